"""From raw bytes to everything we think of them: the one way both intake and `explain` take.

Puts parsing, recognition and identity in order. Refuses to decide what happens next: that is
`rules.intake`, which also knows the other cases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.attached import AttachedText, ReadsFile, as_mail, proposal, read_attached
from inbox_agent.rules.classify import Classification
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.documents import IDENTITY_DOCUMENT, copies
from inbox_agent.rules.identity.assessment import IdentityAssessment, assess
from inbox_agent.rules.impostors import bears_name
from inbox_agent.rules.joint import JOINT_RECEIPT, EarlierReceipt, earlier_receipt
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.parse import InboundMessage, parse
from inbox_agent.rules.roundtrip import NOTHING_BROUGHT, NOTHING_WRITTEN, Brought, Written, written
from inbox_agent.rules.scans import SCANNED, by_our_device
from inbox_agent.rules.scope import Narrowed, logic, narrowed
from inbox_agent.rules.sealed import SEALED, is_sealed
from inbox_agent.rules.speakers import EVERYTHING, NOTHING_SAID, Circumstance, Heard, Said, heard
from inbox_agent.rules.web_forms import WEB_FORM, is_ours, sent_by_form, who_filled_it_in
from state.model import MessageKind, Party, RequestKind, Verdict

_ABOUT_LOGIC = frozenset({RequestKind.ACCESS, RequestKind.AUTOMATED_DECISION})
_OF_ANY_MAIL = (Circumstance.ANSWER_ELSEWHERE,)


@dataclass(frozen=True, slots=True)
class Understood:
    """One mail, understood. `subject` is the person it is about: its sender, the original one of a forward, whoever
    filled in our web form, or nobody yet, of a paper that a device scanned. `narrowed`: what of access it asks for,
    where that is less than everything; `logic`: its words that ask how it is decided automatically. What it `brought`
    back of our one-time codes is known once it has been read against them (`services.codes`).
    """

    message: InboundMessage
    classification: Classification
    identity: IdentityAssessment
    subject: Party
    said: Said = NOTHING_SAID
    earlier: EarlierReceipt | None = None
    narrowed: Narrowed | None = None
    attached: tuple[AttachedText, ...] = ()
    written: Written = NOTHING_WRITTEN
    brought: Brought = NOTHING_BROUGHT
    logic: str = ""

    @property
    def kinds(self) -> tuple[RequestKind, ...]:
        """The rights exercised, without the follow-up relation."""
        return _rights(self.classification)

    @property
    def pointers(self) -> tuple[str, ...]:
        """The Message-IDs by which it may belong to a case: what it answers, and what it says was not delivered."""
        return (*self.message.references, *self.message.bounced)

    @property
    def needs_human(self) -> bool:
        """Whether something about the mail wants a person's eyes before anything else."""
        message = self.message
        return bool(
            self.classification.verdict is Verdict.UNSURE
            or message.flags
            or message.forwarded
            or message.attachment_only
            or "unreadable" in message.defects
        )


def understand(
    raw: bytes, recogniser: Classifies, profile: ControllerProfile, reads: ReadsFile | None = None
) -> Understood:
    """Parse and judge one mail. Never raises for what a mail holds. Documents that hold the matter alone are opened by
    `reads`; without it they stay closed.
    """
    message = read_mail(raw, profile)
    scanned = by_our_device(message, profile)
    if scanned:  # the paper's words count, not those of the device that calls itself automatic
        message = replace(message, kind=MessageKind.MAIL, attachment_only=True)
    invited = message.kind is MessageKind.CALENDAR
    classification = _in_an_invitation(message, recogniser) if invited else recogniser.classify(message)
    closed = copies(raw, said_by(message)) if message.attachments else ()
    attached = read_attached(raw, reads, closed) if message.attachment_only and reads else ()
    classification = proposal(message, classification, attached, recogniser)
    classification = _unseen(message, classification, recogniser)
    if (sealed := is_sealed(message)) and classification.verdict is Verdict.NOT_REQUEST:
        classification = replace(classification, verdict=Verdict.UNSURE)
    words = heard(message)
    if classification.verdict is Verdict.NOT_REQUEST:
        classification = _seen_all_the_same(words, classification)
    kinds = _rights(classification)
    # Of no request it does not matter who speaks for whom; where the answer is to go always does.
    said = words.said(_OF_ANY_MAIL if classification.verdict is Verdict.NOT_REQUEST else EVERYTHING)
    earlier = _earlier_receipt(message, profile)
    signs = {
        IDENTITY_DOCUMENT: bool(closed),
        JOINT_RECEIPT: earlier is not None,
        WEB_FORM: not scanned and sent_by_form(message, profile),
        SCANNED: scanned,
        SEALED: sealed,
        Sign.OUR_NAME: _under_our_name(message.sender, profile),
    }
    found = {*message.flags, *said.flags, *(flag for flag, seen in signs.items() if seen)}
    message = replace(message, flags=tuple(sorted(found)))
    identity = assess(message, kinds, profile.identity, profile.controller.domains)
    codes = written(message.subject, message.new_text, message.text)
    asked = narrowed(message.subject, said_by(message)) if RequestKind.ACCESS in kinds else None
    how_decided = logic(message.subject, said_by(message)) if not _ABOUT_LOGIC.isdisjoint(kinds) else ""
    return Understood(
        message, classification, identity, _data_subject(message), said, earlier, asked, attached, codes,
        logic=how_decided,
    )  # fmt: skip


def _rights(classification: Classification) -> tuple[RequestKind, ...]:
    known = {str(kind): kind for kind in RequestKind}
    return tuple(known[kind] for kind in classification.kinds if kind in known)


def _in_an_invitation(message: InboundMessage, recogniser: Classifies) -> Classification:
    """What somebody typed into an invitation, or into the answer to one, comes before a person where it asks."""
    said = recogniser.classify(replace(message, kind=MessageKind.MAIL))
    if said.verdict is Verdict.REQUEST:
        return replace(said, verdict=Verdict.UNSURE)
    return replace(said, verdict=Verdict.NOT_REQUEST, kinds=(), evidence=())


def _unseen(message: InboundMessage, own: Classification, recogniser: Classifies) -> Classification:
    """What asks for a right only where no client shows it comes before a person: somebody may have written it."""
    if own.verdict is not Verdict.NOT_REQUEST or not message.unseen:
        return own
    said = recogniser.classify(as_mail(message, message.unseen))
    return own if said.verdict is Verdict.NOT_REQUEST else replace(said, verdict=Verdict.UNSURE)


def _seen_all_the_same(words: Heard, classification: Classification) -> Classification:
    """What is taken for no request, and a person must see: it is not set aside."""
    if words.writes_for_others():
        return replace(classification, verdict=Verdict.UNSURE)
    if words.changes_the_register():
        return replace(classification, verdict=Verdict.UNSURE, kinds=(str(RequestKind.RECTIFICATION),))
    return classification


def read_mail(raw: bytes, profile: ControllerProfile) -> InboundMessage:
    """Parse one mail as this controller does: its joint controllers' people are colleagues."""
    joint = [domain for domains in profile.controller.joint_domains.values() for domain in domains]
    return parse(raw, profile.identity.trusted_authserv_ids, (*profile.controller.domains, *joint))


def said_by(message: InboundMessage) -> str:
    """What a mail says in its own words, and in those of the mail that it passes on."""
    return f"{message.new_text}\n{message.forwarded.text}" if message.forwarded else message.new_text


def _under_our_name(sender: Party, profile: ControllerProfile) -> bool:
    """Whether somebody writes under the name of our contact person or deputy from an address that is not ours."""
    contact, joint = profile.contact, profile.controller.joint_domains.values()
    ours = (*profile.controller.domains, *(domain for domains in joint for domain in domains))
    theirs = {address.casefold() for address in (contact.email, contact.deputy_email) if address}
    if is_ours(sender.address, profile) or within(domain_of(sender.address), ours):
        return False
    return sender.address.casefold() not in theirs and bears_name(sender.name, (contact.name, contact.deputy_name))


def _earlier_receipt(message: InboundMessage, profile: ControllerProfile) -> EarlierReceipt | None:
    came = message.received_at or message.sent_at
    return earlier_receipt(message.forwarded, profile.controller, helsinki_date(came)) if came else None


def _data_subject(message: InboundMessage) -> Party:
    forwarded = message.forwarded
    if forwarded and forwarded.subject_address:
        return Party("", forwarded.subject_address)
    if SCANNED in message.flags:
        return Party("", "")
    return who_filled_it_in(message) if WEB_FORM in message.flags else message.sender
