"""The law of change: which status may follow which. Nothing else judges a move.

Five small machines (message, case, request, draft, duty) as literal tables; `advance` is the only judge.
The tables cannot say who may make a move, or that an approval binds a text: the first is the services'
business, the second is `text_hash` here and a CHECK in the schema. What no table offers cannot happen:
there is no edge from *proposed* to *sending*, none out of *sent*, none back from *purged*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from state.errors import IllegalTransition
from state.model import (
    TELLS_OF_DATA,
    TELLS_OUTCOMES,
    Case,
    CaseStatus,
    Code,
    Draft,
    DraftStatus,
    DutyStatus,
    Envelope,
    IdentityLevel,
    Letter,
    MessageStatus,
    Outcome,
    Request,
    RequestKind,
    RequestStatus,
    answer_is_silent,
)

Status = TypeVar("Status", MessageStatus, CaseStatus, RequestStatus, DraftStatus, DutyStatus)

MESSAGE: Mapping[MessageStatus, frozenset[MessageStatus]] = MappingProxyType(
    {
        # A person may correct every disposition; a filed mail leaves only with its dismissed case.
        MessageStatus.FILED: frozenset({MessageStatus.SET_ASIDE}),
        MessageStatus.SET_ASIDE: frozenset({MessageStatus.FILED}),
        MessageStatus.QUARANTINED: frozenset({MessageStatus.FILED, MessageStatus.SET_ASIDE}),
    }
)

CASE: Mapping[CaseStatus, frozenset[CaseStatus]] = MappingProxyType(
    {
        CaseStatus.CANDIDATE: frozenset({CaseStatus.OPEN, CaseStatus.DISMISSED}),
        CaseStatus.OPEN: frozenset({CaseStatus.WAITING, CaseStatus.CLOSED, CaseStatus.DISMISSED}),
        CaseStatus.WAITING: frozenset({CaseStatus.OPEN, CaseStatus.CLOSED, CaseStatus.DISMISSED}),
        # Back to a candidate only where the joining that had confirmed it is undone.
        CaseStatus.CLOSED: frozenset({CaseStatus.OPEN, CaseStatus.CANDIDATE, CaseStatus.PURGED}),
        CaseStatus.DISMISSED: frozenset({CaseStatus.OPEN, CaseStatus.PURGED}),
        CaseStatus.PURGED: frozenset(),
    }
)

REQUEST: Mapping[RequestStatus, frozenset[RequestStatus]] = MappingProxyType(
    {
        RequestStatus.OPEN: frozenset({RequestStatus.DECIDED, RequestStatus.DROPPED}),
        RequestStatus.DECIDED: frozenset({RequestStatus.OPEN, RequestStatus.ANSWERED, RequestStatus.DROPPED}),
        RequestStatus.ANSWERED: frozenset({RequestStatus.OPEN}),
        RequestStatus.DROPPED: frozenset({RequestStatus.OPEN}),
    }
)

DRAFT: Mapping[DraftStatus, frozenset[DraftStatus]] = MappingProxyType(
    {
        DraftStatus.PROPOSED: frozenset({DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.SUPERSEDED}),
        # Straight to sent only where a person delivered it: the store lets no letter with an e-mail address pass.
        DraftStatus.APPROVED: frozenset({DraftStatus.SENDING, DraftStatus.PROPOSED, DraftStatus.SENT}),
        # Back to approved only where the server certainly took nothing (a 4xx before it had the text).
        DraftStatus.SENDING: frozenset(
            {DraftStatus.SENT, DraftStatus.REFUSED, DraftStatus.UNCERTAIN, DraftStatus.APPROVED}
        ),
        DraftStatus.UNCERTAIN: frozenset({DraftStatus.SENT, DraftStatus.REFUSED}),
        DraftStatus.SENT: frozenset(),
        DraftStatus.REFUSED: frozenset(),
        DraftStatus.REJECTED: frozenset(),
        DraftStatus.SUPERSEDED: frozenset(),
    }
)

DUTY: Mapping[DutyStatus, frozenset[DutyStatus]] = MappingProxyType(
    {
        DutyStatus.OPEN: frozenset({DutyStatus.DONE, DutyStatus.CANCELLED}),
        DutyStatus.DONE: frozenset({DutyStatus.OPEN}),  # ticked by mistake
        DutyStatus.CANCELLED: frozenset(),
    }
)

OUT_OF_HAND = frozenset(
    {DraftStatus.UNCERTAIN, DraftStatus.SENT, DraftStatus.REFUSED, DraftStatus.REJECTED, DraftStatus.SUPERSEDED}
)
"""Letters that are never sent again, whatever becomes of them."""

# What still wants something of somebody.
LIVE_CASES = frozenset({CaseStatus.CANDIDATE, CaseStatus.OPEN, CaseStatus.WAITING})
LIVE_REQUESTS = frozenset({RequestStatus.OPEN, RequestStatus.DECIDED})
UNSETTLED_DRAFTS = frozenset({DraftStatus.PROPOSED, DraftStatus.APPROVED, DraftStatus.SENDING, DraftStatus.UNCERTAIN})

COPIES = frozenset({RequestKind.ACCESS, RequestKind.PORTABILITY})
"""The rights that an erasure waits for: what is erased can be given to nobody any more (GDPR 15(3), 20(1))."""


_OF_A_BAN = frozenset({Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED})
_ON_A_GROUND = frozenset({Outcome.REFUSED, Outcome.PARTLY})


def may_end(kind: RequestKind, outcome: Outcome, decision: Mapping[str, str]) -> bool:
    """Whether a right may end so: a ban on direct marketing is absolute and needs no proof (GDPR 21(2)-(3)); what is
    not done has its ground among the facts of the decision (GDPR 12(4)).
    """
    if kind is RequestKind.MARKETING_OBJECTION and outcome not in _OF_A_BAN:
        return False
    return outcome not in _ON_A_GROUND or bool(decision.get("ground", "").strip())


def in_time(letter: Letter, requests: Collection[Request]) -> bool:
    """Whether a letter may still be approved: a fee is asked before any work, so for open rights only (GDPR 12(5))."""
    return letter is not Letter.FEE or (
        bool(requests) and all(request.status is RequestStatus.OPEN for request in requests)
    )


def copy_owed(case: Case) -> bool:
    """Whether somebody still waits for a copy, so that nothing of theirs may be erased yet."""
    return any(request.kind in COPIES and request.status in LIVE_REQUESTS for request in case.requests)


def answered_unidentified(case: Case) -> bool:
    """Whether one of a case's rights ended in "not identified": a late proof brings it back to life (GDPR 12(6))."""
    return any(request.outcome is Outcome.NOT_IDENTIFIED for request in case.requests)


def advance(old: Status, new: Status) -> Status:
    """Return `new` if it may follow `old`; raise IllegalTransition, changing nothing, if not."""
    table: Mapping[Status, frozenset[Status]] = _TABLES[type(old)]
    if new not in table[old]:
        raise IllegalTransition(_NOUNS[type(old)], old, new)
    return new


CODE_LIFE = timedelta(days=7)
"""How long a one-time code is good, from the sending of its letter (our choice)."""

WRONG_CODES = 5
"""So many wrong ones in its stead stop a code (our choice)."""


def tells_of_data(letter: Letter, requests: Collection[Request]) -> bool:
    """Whether a letter says anything of what is or is not held, so that its reader must be identified first.

    An answer about no right, or about one whose outcome is not known, is taken to. A ban on direct marketing is
    carried out for whoever asks (GDPR 21(2)-(3)) and confirms nothing.
    """
    if letter in TELLS_OF_DATA:
        return True
    if letter not in TELLS_OUTCOMES:
        return False
    return not requests or not all(answer_is_silent(one.kind, one.outcome) for one in requests)


def known_enough(case: Case, requests: Collection[Request]) -> bool:
    """Whether somebody is known well enough for what is told of these requests. A ban on direct marketing needs no
    proof of who asks; that nothing was found under a name is told to its bearer only (GDPR 12(6), 32; our reading).
    """
    needed = case.identity_required
    if any(one.kind is RequestKind.MARKETING_OBJECTION and one.outcome is Outcome.NO_DATA for one in requests):
        needed = max(needed, IdentityLevel.L1)
    return case.identity_level >= needed


FOR_ANOTHER = frozenset({"representative", "third_person", "deceased"})
"""The flags of a case whose writer asks for, or about, somebody else."""


def needs_authority(case: Case, letter: Draft, *, seen: bool) -> bool:
    """Whether a letter would tell a writer of somebody else's data. `seen`: the authority was.

    The data subject may always be answered directly, at an address of their own (EDPB Guidelines 01/2022, 80-82).
    """
    about = [request for request in case.requests if request.key in letter.requests]
    told = tells_of_data(letter.letter, about)
    return not seen and told and reads_for_another(case, letter.envelope.to.address)


def reads_for_another(case: Case, address: str) -> bool:
    """Whether whoever reads a letter at this address, or on paper where it is empty, is a writer who asks for, or
    about, somebody else.
    """
    own = not address or address.casefold() == case.subject.address.casefold()
    return own and not FOR_ANOTHER.isdisjoint(case.flags)


def waiting_codes(codes: Collection[Code], now: datetime) -> tuple[Code, ...]:
    """The codes that would still be taken, one of each case at most: two that were joined have asked twice."""
    cases = dict.fromkeys(code.case for code in codes)
    found = (redeemable((code for code in codes if code.case == case), now) for case in cases)
    return tuple(filter(None, found))


def redeemable(codes: Iterable[Code], now: datetime) -> Code | None:
    """The one code of a case that would still be taken: the newest that left, if unused, in time, not
    stopped and not doubted since.
    """
    sent = [code for code in codes if code.sent_at is not None]
    newest = max(sent, key=lambda code: code.key, default=None)
    if newest is None or newest.sent_at is None or newest.used_at is not None or newest.wrong >= WRONG_CODES:
        return None
    if newest.doubted:
        return None
    return newest if now < newest.sent_at + CODE_LIFE else None


def text_hash(envelope: Envelope, subject: str, body: str) -> str:
    """What an approval binds: recipient, subject and body, as one sha256 in hexadecimal.

    The separator is NUL, which no part can hold (the sanitiser and the composer refuse it).
    """
    parts = (envelope.to.name, envelope.to.address, envelope.in_reply_to or "", subject, body)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


_TABLES: Mapping[type, Mapping] = MappingProxyType(  # type: ignore[type-arg]  # five tables of five types
    {MessageStatus: MESSAGE, CaseStatus: CASE, RequestStatus: REQUEST, DraftStatus: DRAFT, DutyStatus: DUTY}
)
_NOUNS: Mapping[type, str] = MappingProxyType(
    {
        MessageStatus: "message",
        CaseStatus: "case",
        RequestStatus: "request",
        DraftStatus: "draft",
        DutyStatus: "duty",
    }
)
