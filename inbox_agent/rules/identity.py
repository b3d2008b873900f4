"""How sure we are who wrote, how sure we must be before answering, why we may ask, and what to ask next.

Owns the judgement of one mail and of a case with all that is known of it, every step named. The tables stand in
`rules.levels`. Every identity question has a reason: the controller may ask only where it has reasonable doubts
(GDPR 12(6)). What the register says raises the need inside, and never changes what the person is asked: the same
letter goes to those who are in the register and to those who are not (GDPR 32; our choice).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from inbox_agent.profile import ControllerProfile, Identity
from inbox_agent.rules import deadlines
from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.levels import (
    AUTHORITY_SETTLES,
    L0,
    L1,
    L2,
    L3,
    PROOFS,
    RECENT_CHANGE,
    Sign,
    needed,
    proven,
    required_level,
)
from inbox_agent.rules.parse import InboundMessage
from state.lifecycle import FOR_ANOTHER
from state.model import (
    Case,
    Channel,
    Code,
    Contact,
    IdentityLevel,
    Match,
    Message,
    Proof,
    ProofKind,
    RequestKind,
    RequestStatus,
)

__all__ = ["Sign", "assess", "assess_case", "required_level"]

# A word of the address's own name that says that several people read it: info@, perhe.esimerkki@.
_SHARED = re.compile(
    r"(^|[._+-])(info|perhe|suku|toimisto|asiakaspalvelu|posti|myynti|tilaukset|hallitus|kirjaamo|taloyhti[oö]|yhteys"
    r"|office|sales|contact|family|admin|support|team|kontakt|familj|familjen|kansli)($|[._+-])",
    re.IGNORECASE,
)
_SPELLING, _CONTACT_CHANGE = "spelling", "contact_change"
_LIVE = frozenset({RequestStatus.OPEN, RequestStatus.DECIDED})


class Evidence(StrEnum):
    """What the mail itself says about its sender, and what is on file about that address."""

    ADDRESS_AUTHENTICATED = "address_authenticated"
    OTHER_DOMAIN_AUTHENTICATED = "other_domain_authenticated"  # a pass, but not for the From address
    AUTHENTICATION_FAILED = "authentication_failed"
    NOT_AUTHENTICATED = "not_authenticated"  # no result that we trust
    FORWARDED = "forwarded"  # whoever is authenticated, it is not the data subject
    BY_LETTER = "by_letter"  # no mail: nothing authenticates anything
    BY_CALL = "by_call"
    BY_VISIT = "by_visit"
    ON_FILE = "on_file"  # the register holds this very address, once
    CHOSEN = "chosen"  # a person says which entry it is
    RESEMBLES = "resembles"  # the register holds entries that are like it
    HOMONYMS = "homonyms"  # several entries fit: none is picked
    NOT_ON_FILE = "not_on_file"
    NOT_LOOKED_UP = "not_looked_up"
    VERIFIED_EARLIER = "verified_earlier"  # the same address, in another case, lately
    CORRESPONDED = "corresponded"  # later mails of the same person joined the case
    NEAR_THE_WRITER = "near_the_writer"  # what is on file for another is the writer's own domain, or they named it
    CODE_FROM_ELSEWHERE = "code_from_elsewhere"  # a code came back, but it had not gone to the contact on file


class Doubt(StrEnum):
    """Why an identity question may be asked. NO_DOUBT: it may not."""

    NO_DOUBT = "no_doubt"
    PROTECTED_PERSON = "protected_person"
    DISPUTED = "disputed"
    SUSPICIOUS_SENDER = "suspicious_sender"
    ANOTHER_PERSON = "another_person"
    SEVERAL_READERS = "several_readers"
    CHANGED_CONTACT = "changed_contact"
    TAKEOVER = "takeover"  # contact details are to be changed: asked over the old ones
    FAILED_AUTHENTICATION = "failed_authentication"
    UNPROVEN_SENDER = "unproven_sender"
    UNPROVEN_WRITER = "unproven_writer"  # it came by no mail
    NOT_ON_FILE = "not_on_file"
    ADDRESS_NOT_ENOUGH = "address_not_enough"


class Way(StrEnum):
    """How the person may show who they are, the least burdensome first."""

    CODE = "code"
    CALL_BACK = "call_back"
    OTHER_ADDRESS = "other_address"
    KNOWN_FACTS = "known_facts"
    LOG_IN = "log_in"
    CODE_AND_CALL = "code_and_call"
    VISIT = "visit"
    STRONG = "strong"


class OwnStep(StrEnum):
    """What we do ourselves before anybody is asked anything more."""

    LOOK_UP = "look_up"  # see whether the address is in the register
    LOOK_UP_PERSON = "look_up_person"  # the same where there is no mail, and so perhaps no address
    CHOOSE_ENTRY = "choose_entry"  # look at the entries that resemble
    ASK_DISCRIMINATOR = "ask_discriminator"  # homonyms: customer number, year of contact, town
    ASK_AUTHORITY = "ask_authority"
    EXPLAIN_DECEASED = "explain_deceased"


_BY_HAND = {
    Channel.LETTER: Evidence.BY_LETTER,
    Channel.CALL: Evidence.BY_CALL,
    Channel.VISIT: Evidence.BY_VISIT,
}
_GIVING = frozenset({Evidence.ADDRESS_AUTHENTICATED, Evidence.ON_FILE, Evidence.VERIFIED_EARLIER})


class Effect(StrEnum):
    """What a finding does."""

    GIVES = "gives"  # this level
    RAISES = "raises"  # the need
    KEEPS_DOWN = "keeps_down"  # the level
    SHOWS = "shows"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence with what it does: `code` is of Evidence, Sign or ProofKind; `level` where it gives one."""

    code: StrEnum
    effect: Effect
    level: IdentityLevel | None = None


_DOUBTS: dict[str, Doubt] = {
    Sign.PROTECTED: Doubt.PROTECTED_PERSON,
    Sign.DISPUTE: Doubt.DISPUTED,
    Sign.REPLY_TO_ELSEWHERE: Doubt.SUSPICIOUS_SENDER,
    Sign.ANSWER_ELSEWHERE: Doubt.SUSPICIOUS_SENDER,
    Sign.LOOKALIKE_DOMAIN: Doubt.SUSPICIOUS_SENDER,
    Sign.DISPLAY_NAME_TRICK: Doubt.SUSPICIOUS_SENDER,
    Sign.SEVERAL_FROM: Doubt.SUSPICIOUS_SENDER,
    Sign.REPRESENTATIVE: Doubt.ANOTHER_PERSON,
    Sign.DECEASED: Doubt.ANOTHER_PERSON,
    Sign.THIRD_PERSON: Doubt.ANOTHER_PERSON,
    Sign.GROUP_REWRITTEN: Doubt.SEVERAL_READERS,
    Sign.SHARED_MAILBOX: Doubt.SEVERAL_READERS,
    Sign.EMPLOYER_ADDRESS: Doubt.SEVERAL_READERS,
    Sign.ADDRESS_CHANGED: Doubt.CHANGED_CONTACT,
    _CONTACT_CHANGE: Doubt.TAKEOVER,
    Evidence.AUTHENTICATION_FAILED: Doubt.FAILED_AUTHENTICATION,
    Evidence.OTHER_DOMAIN_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.NOT_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.FORWARDED: Doubt.UNPROVEN_SENDER,
    Evidence.BY_LETTER: Doubt.UNPROVEN_WRITER,
    Evidence.BY_CALL: Doubt.UNPROVEN_WRITER,
    Evidence.BY_VISIT: Doubt.UNPROVEN_WRITER,
    Evidence.NOT_ON_FILE: Doubt.NOT_ON_FILE,
    Evidence.ADDRESS_AUTHENTICATED: Doubt.ADDRESS_NOT_ENOUGH,
}


@dataclass(frozen=True, slots=True)
class IdentityAssessment:
    """One mail judged alone. `level` is reached, `required` is needed. `raised` holds the signs that raised the need,
    `reason` is what an identity question would be justified by.
    """

    level: IdentityLevel
    required: IdentityLevel
    evidence: tuple[Evidence, ...]
    raised: tuple[Sign, ...]
    reason: Doubt


@dataclass(frozen=True, slots=True)
class Known:
    """What bears on who asks, besides the case itself. `contact` is None where nobody has looked; `verified` is when
    the same address last proved L2 or more in another case that still believes it, None where it never did.
    """

    messages: tuple[Message, ...] = ()
    contact: Contact | None = None
    codes: tuple[Code, ...] = ()
    proofs: tuple[Proof, ...] = ()
    verified: datetime | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A case judged with all that is known. `asked` is what the person may be told is needed: from the mail and the
    profile alone, never from the register. `ways` suffice for it, `own` comes first and asks nobody.
    """

    level: IdentityLevel
    required: IdentityLevel
    asked: IdentityLevel
    findings: tuple[Finding, ...]
    reason: Doubt
    ways: tuple[Way, ...]
    own: OwnStep | None

    @property
    def reached(self) -> bool:
        return self.level >= self.required


# -- one mail -----------------------------------------------------------------------------------------


def assess(
    message: InboundMessage, kinds: tuple[RequestKind, ...], profile: Identity, own_domains: Collection[str] = ()
) -> IdentityAssessment:
    """Judge one mail that exercises these rights; without any, it is judged as a request for access.

    Without a register at hand an authentic address is L1; `assess_case` knows more.
    """
    evidence, signs = _evidence(message), _signs(message, own_domains)
    level = L1 if evidence == (Evidence.ADDRESS_AUTHENTICATED,) and not signs else L0
    asked = kinds or (RequestKind.ACCESS,)
    required = needed(asked, profile.sensitivity, signs, spelling=is_spelling(message.flags))
    # A ban on marketing needs nobody's identity, so no sign raises it.
    raised = signs if set(asked) != {RequestKind.MARKETING_OBJECTION} else ()
    reason = Doubt.NO_DOUBT if level >= required else _doubt(message.flags, signs, evidence)
    return IdentityAssessment(level, required, evidence, raised, reason)


def is_spelling(flags: Collection[str]) -> bool:
    """Whether a rectification is of a name's spelling and of nothing else, as far as mails say (`rules.speakers`)."""
    return _SPELLING in flags and _CONTACT_CHANGE not in flags


def signs_in(flags: Collection[str], address: str, own_domains: Collection[str] = ()) -> tuple[Sign, ...]:
    """The signs among a mail's or a case's flags and in its person's address."""
    found = {
        Sign.SHARED_MAILBOX: bool(_SHARED.search(address.rpartition("@")[0])),
        Sign.EMPLOYER_ADDRESS: within(domain_of(address), own_domains),
    }
    return tuple(sign for sign in Sign if sign in flags or found.get(sign, False))


def _evidence(message: InboundMessage) -> tuple[Evidence, ...]:
    forwarded = (Evidence.FORWARDED,) if message.forwarded else ()
    return (*forwarded, _authentication(message))


def _authentication(message: InboundMessage) -> Evidence:
    if message.auth == "fail":
        return Evidence.AUTHENTICATION_FAILED
    if message.auth != "pass":
        return Evidence.NOT_AUTHENTICATED
    return Evidence.ADDRESS_AUTHENTICATED if message.address_authenticated else Evidence.OTHER_DOMAIN_AUTHENTICATED


def _signs(message: InboundMessage, own_domains: Collection[str]) -> tuple[Sign, ...]:
    person = message.forwarded.subject_address if message.forwarded else message.sender.address
    return signs_in(message.flags, person, own_domains)


def _doubt(flags: Collection[str], signs: Collection[Sign], evidence: Collection[Evidence]) -> Doubt:
    takeover = (_CONTACT_CHANGE,) if _CONTACT_CHANGE in flags else ()
    return next((_DOUBTS[code] for code in (*signs, *takeover, *evidence) if code in _DOUBTS), Doubt.ADDRESS_NOT_ENOUGH)


# -- a case -------------------------------------------------------------------------------------------


def assess_case(case: Case, known: Known, profile: ControllerProfile, today: date) -> Assessment:
    """Judge a case by its mails, the register, the codes that came back and the proofs that people saw."""
    kinds = _kinds(case)
    proofs = tuple(_counted(known))
    told = signs_in(case.flags, case.subject.address, profile.controller.domains)
    signs = _unsettled((*told, *_signs_on_file(known.contact, today)), known)
    spelling, sensitivity = is_spelling(case.flags), profile.identity.sensitivity
    asked = needed(kinds, sensitivity, _unsettled(told, known), spelling=spelling)
    required = needed(kinds, sensitivity, signs, spelling=spelling)
    history = tuple(_history(case, known, today, profile.identity.history_months))
    evidence = (*_of_mails(case, known.messages), *_on_file(known.contact), *history)
    by_mail = _by_mail(evidence, signs, known.contact, in_use=profile.customers.in_use)
    level = max(by_mail, proven(proofs))
    reason = Doubt.NO_DOUBT if level >= required else _doubt(case.flags, signs, evidence)
    return Assessment(
        level=level,
        required=required,
        asked=asked,
        findings=tuple(_findings(evidence, by_mail, signs, proofs, known)),
        reason=reason,
        ways=() if level >= required else _ways(case, asked, profile.identity, {proof.kind for proof in proofs}),
        own=None if level >= required else _own_step(case, signs, known),
    )


def asked_level(case: Case, profile: ControllerProfile) -> IdentityLevel:
    """The level that the person may be told is needed: what the mails and the profile say, never the register."""
    signs = signs_in(case.flags, case.subject.address, profile.controller.domains)
    return needed(_kinds(case), profile.identity.sensitivity, signs, spelling=is_spelling(case.flags))


def ways(asked: IdentityLevel, profile: Identity, had: Collection[ProofKind] = ()) -> tuple[Way, ...]:
    """The ways that suffice for a level, the least burdensome first; never fewer than two (our choice, GDPR 12(2)).

    Logging in is named only where the profile offers it. Strong identification is always one of two at L4: an
    electronic signing service gives it to a company that has nothing of its own.
    """
    if asked <= L2:
        return (Way.CODE, Way.CALL_BACK, Way.OTHER_ADDRESS)
    if asked > L3:
        return (Way.STRONG, Way.VISIT)
    offered = tuple(way for way in (Way.LOG_IN, Way.STRONG) if way in profile.ways)
    one_more = {
        ProofKind.ROUND_TRIP: (Way.CALL_BACK, Way.KNOWN_FACTS),
        ProofKind.CALL_BACK: (Way.CODE, Way.KNOWN_FACTS),
    }
    had_one = next((kind for kind in one_more if kind in had), None)
    return (*offered, *(one_more[had_one] if had_one else (Way.CODE_AND_CALL,)), Way.VISIT)


def ways_on_paper(found: Collection[Way]) -> tuple[Way, ...]:
    """The ways to prove who one is that need no e-mail; never fewer than two (our choice, GDPR 12(2))."""
    mailed = {Way.CODE, Way.CODE_AND_CALL, Way.OTHER_ADDRESS}
    left = tuple(way for way in found if way not in mailed)
    return left if len(left) > 1 else tuple(dict.fromkeys((*left, Way.CALL_BACK, Way.VISIT)))


def _ways(case: Case, asked: IdentityLevel, profile: Identity, had: Collection[ProofKind]) -> tuple[Way, ...]:
    found = ways(asked, profile, had)
    return found if case.subject.address or case.channel is Channel.MAIL else ways_on_paper(found)


def _history(case: Case, known: Known, today: date, months: int) -> Iterator[Evidence]:
    """What earlier dealings say of the address. A proof ages: after `months` it says nothing (our choice)."""
    if known.verified and today <= deadlines.add_months(deadlines.helsinki_date(known.verified), months):
        yield Evidence.VERIFIED_EARLIER
    if _near_the_writer(case, known):
        yield Evidence.NEAR_THE_WRITER
    address = case.subject.address.casefold()
    if sum(message.sender.address.casefold() == address for message in known.messages) > 1:
        yield Evidence.CORRESPONDED


def _near_the_writer(case: Case, known: Known) -> bool:
    """Whether somebody who writes for another may read the address on file: it is of their own domain, or they named it
    themselves. A code that comes back from there could prove the writer alone, so a person looks where it stands.
    """
    address = known.contact.address.casefold() if known.contact else ""
    if not address or FOR_ANOTHER.isdisjoint(case.flags):
        return False
    named = (str(message.analysis.get("message", {}).get("text", "")) for message in known.messages)
    same_domain = domain_of(address) == domain_of(case.subject.address.casefold())
    return same_domain or any(address in text.casefold() for text in named)


def _kinds(case: Case) -> tuple[RequestKind, ...]:
    live = tuple(request.kind for request in case.requests if request.status in _LIVE)
    return live or tuple(request.kind for request in case.requests) or (RequestKind.ACCESS,)


def _counted(known: Known) -> Iterator[Proof]:
    """The proofs with what each is worth now: a code counts only if it went to the contact on file."""
    for proof in known.proofs:
        if proof.kind is ProofKind.ROUND_TRIP:
            continue  # the codes themselves tell
        yield proof
    for code in known.codes:
        if code.used_at is not None and not code.doubted:
            level = L2 if _went_to_file(code, known.contact) else L0
            yield Proof(code.used_at, "agent", ProofKind.ROUND_TRIP, level)


def _went_to_file(code: Code, contact: Contact | None) -> bool:
    return bool(contact and contact.address and contact.address.casefold() == code.address.casefold())


def _unsettled(signs: Collection[Sign], known: Known) -> tuple[Sign, ...]:
    """The signs that no proof has taken away yet."""
    settled = AUTHORITY_SETTLES if any(proof.kind is ProofKind.AUTHORITY for proof in known.proofs) else frozenset()
    return tuple(sign for sign in Sign if sign in signs and sign not in settled)


def _signs_on_file(contact: Contact | None, today: date) -> Iterator[Sign]:
    if contact is None:
        return
    if contact.protected:
        yield Sign.PROTECTED
    if contact.changed_on and timedelta(0) <= today - contact.changed_on <= timedelta(days=RECENT_CHANGE):
        yield Sign.ADDRESS_CHANGED


def _of_mails(case: Case, messages: Collection[Message]) -> tuple[Evidence, ...]:
    """What the mail that opened the case shows of its sender."""
    if case.channel in _BY_HAND:
        return (_BY_HAND[case.channel],)
    opening = next(iter(messages), None)
    if opening is None:
        return (Evidence.NOT_AUTHENTICATED,)
    codes = opening.analysis.get("identity", {}).get("reasons", ()) or (Evidence.NOT_AUTHENTICATED,)
    return tuple(Evidence(code) for code in codes)


def _on_file(contact: Contact | None) -> tuple[Evidence, ...]:
    if contact is None:
        return (Evidence.NOT_LOOKED_UP,)
    return (
        {
            Match.EXACT: Evidence.ON_FILE,
            Match.CHOSEN: Evidence.CHOSEN,
            Match.NEAR: Evidence.RESEMBLES,
            Match.SEVERAL: Evidence.HOMONYMS,
            Match.NONE: Evidence.NOT_ON_FILE,
        }[contact.match],
    )


def _by_mail(
    evidence: Collection[Evidence], signs: Collection[Sign], contact: Contact | None, *, in_use: bool
) -> IdentityLevel:
    """L1: the address is authentic and on file, or was verified lately in another case. Where no register is connected,
    authentic must do (our choice).
    """
    if Evidence.ADDRESS_AUTHENTICATED not in evidence or Evidence.FORWARDED in evidence or signs:
        return L0
    if Evidence.VERIFIED_EARLIER in evidence and (contact is None or contact.match in {Match.NONE, Match.NEAR}):
        return L1
    if contact is None:
        return L0 if in_use else L1
    return L1 if contact.match is Match.EXACT else L0


def _findings(
    evidence: Collection[Evidence],
    by_mail: IdentityLevel,
    signs: Collection[Sign],
    proofs: Collection[Proof],
    known: Known,
) -> Iterator[Finding]:
    for code in evidence:
        gives = by_mail is L1 and code in _GIVING
        keeps = code in {Evidence.AUTHENTICATION_FAILED, Evidence.FORWARDED, Evidence.NOT_ON_FILE}
        effect = Effect.GIVES if gives else Effect.KEEPS_DOWN if keeps else Effect.SHOWS
        yield Finding(code, effect, L1 if gives else None)
    for sign in signs:
        yield Finding(sign, Effect.RAISES)
    for proof in proofs:
        if proof.kind is ProofKind.ROUND_TRIP and proof.level is L0:
            yield Finding(Evidence.CODE_FROM_ELSEWHERE, Effect.SHOWS)
        else:
            yield Finding(proof.kind, Effect.GIVES, proof.level)


def _own_step(case: Case, signs: Collection[Sign], known: Known) -> OwnStep | None:
    if Sign.DECEASED in signs:
        return OwnStep.EXPLAIN_DECEASED
    if Sign.REPRESENTATIVE in signs or Sign.THIRD_PERSON in signs:
        return OwnStep.ASK_AUTHORITY
    match known.contact.match if known.contact else None:
        case None:
            return OwnStep.LOOK_UP if case.channel is Channel.MAIL else OwnStep.LOOK_UP_PERSON
        case Match.SEVERAL:
            return OwnStep.ASK_DISCRIMINATOR
        case Match.NEAR:
            return OwnStep.CHOOSE_ENTRY
    return None


def proof_level(kind: ProofKind, given: IdentityLevel | None) -> IdentityLevel:
    """The level to record with a proof: the table's, or what whoever records it says. Raises ValueError without one."""
    fixed = PROOFS[kind]
    if fixed is not None:
        return fixed
    if given is None:
        raise ValueError("this kind of proof needs a level")
    return given
