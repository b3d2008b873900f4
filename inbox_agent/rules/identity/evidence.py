"""What is known of who asks: what a mail shows of its sender, what is on file, what earlier dealings and proofs say.

Owns the evidence and the worth of each proof. Refuses to judge a level: that is `rules.identity.assessment`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inbox_agent.rules import deadlines
from inbox_agent.rules.addresses import domain_of
from inbox_agent.rules.levels import L0, L2
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.scans import SCANNED
from inbox_agent.rules.web_forms import WEB_FORM
from replies.reckoning import months_after
from state.lifecycle import CODE_LIFE, FOR_ANOTHER, WRONG_CODES
from state.model import Case, Channel, Code, Contact, Match, Message, Proof, ProofKind


class Evidence(StrEnum):
    """What the mail itself says about its sender, and what is on file about that address."""

    ADDRESS_AUTHENTICATED = "address_authenticated"
    OTHER_DOMAIN_AUTHENTICATED = "other_domain_authenticated"  # a pass, but not for the From address
    AUTHENTICATION_FAILED = "authentication_failed"
    NOT_AUTHENTICATED = "not_authenticated"  # no result that we trust
    FORWARDED = "forwarded"  # whoever is authenticated, it is not the data subject
    WEB_FORM = "web_form"  # our own form sent it, whoever filled it in
    SCANNED = "scanned"  # our own device sent it, whoever wrote the paper
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
    CODE_WRONG = "code_wrong"  # wrong codes came in the stead of the one that is out
    CODE_STOPPED = "code_stopped"  # too many of them: it counts no more
    CODE_EXPIRED = "code_expired"
    CODE_FROM_ELSEWHERE = "code_from_elsewhere"  # a code came back, but it had not gone to the contact on file


_BY_HAND = {
    Channel.LETTER: Evidence.BY_LETTER,
    Channel.CALL: Evidence.BY_CALL,
    Channel.VISIT: Evidence.BY_VISIT,
}


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


def of_mail(message: InboundMessage) -> tuple[Evidence, ...]:
    """What one mail shows of its sender."""
    forwarded = (Evidence.FORWARDED,) if message.forwarded else ()
    form = (Evidence.WEB_FORM,) if WEB_FORM in message.flags else ()
    paper = (Evidence.SCANNED,) if SCANNED in message.flags else ()
    return (*forwarded, *form, *paper, _authentication(message))


def _authentication(message: InboundMessage) -> Evidence:
    if message.auth == "fail":
        return Evidence.AUTHENTICATION_FAILED
    if message.auth != "pass":
        return Evidence.NOT_AUTHENTICATED
    return Evidence.ADDRESS_AUTHENTICATED if message.address_authenticated else Evidence.OTHER_DOMAIN_AUTHENTICATED


def of_opening(case: Case, messages: Collection[Message]) -> tuple[Evidence, ...]:
    """What the mail that opened the case shows of its sender."""
    if case.channel in _BY_HAND:
        return (_BY_HAND[case.channel],)
    opening = next(iter(messages), None)
    if opening is None:
        return (Evidence.NOT_AUTHENTICATED,)
    codes = opening.analysis.get("identity", {}).get("reasons", ()) or (Evidence.NOT_AUTHENTICATED,)
    return tuple(Evidence(code) for code in codes)


def of_register(contact: Contact | None) -> tuple[Evidence, ...]:
    """What the look into the register brought."""
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


def of_history(case: Case, known: Known, today: date, months: int) -> Iterator[Evidence]:
    """What earlier dealings say of the address. A proof ages: after `months` it says nothing (our choice)."""
    if known.verified and today <= months_after(deadlines.helsinki_date(known.verified), months):
        yield Evidence.VERIFIED_EARLIER
    if _near_the_writer(case, known):
        yield Evidence.NEAR_THE_WRITER
    yield from _of_waiting(known.codes, today)
    address = case.subject.address.casefold()
    if sum(message.sender.address.casefold() == address for message in known.messages) > 1:
        yield Evidence.CORRESPONDED


def _of_waiting(codes: Collection[Code], today: date) -> Iterator[Evidence]:
    """What became of the code that is out: who waits for one that counts no more would wait in vain."""
    newest = max((code for code in codes if code.sent_at), key=lambda code: code.key, default=None)
    if newest is None or newest.sent_at is None or newest.used_at is not None or newest.doubted:
        return
    if newest.wrong >= WRONG_CODES:
        yield Evidence.CODE_STOPPED
    elif deadlines.helsinki_date(newest.sent_at + CODE_LIFE) < today:
        yield Evidence.CODE_EXPIRED
    elif newest.wrong:
        yield Evidence.CODE_WRONG


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


def counted(known: Known) -> Iterator[Proof]:
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
