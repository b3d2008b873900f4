"""The Decider: facts about one mail in, what becomes of it out. Touches nothing.

Every mail ends in exactly one of four decisions. The asymmetry is deliberate (our choice): a missed
request is a fine, a false alarm is a minute; whatever is not clearly something else reaches a person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, duties
from inbox_agent.rules.identity.signs import is_spelling
from inbox_agent.rules.levels import required_level
from inbox_agent.rules.own_phrases import lowered
from inbox_agent.rules.scans import SCANNED
from inbox_agent.rules.threads import Joins, Stranger, find_thread
from inbox_agent.rules.understand import Understood
from inbox_agent.rules.web_forms import WEB_FORM, is_ours
from replies.authority import sends_from
from state.model import (
    CaseKey,
    CaseStatus,
    IdentityLevel,
    KnownThread,
    MessageKind,
    NewCase,
    NewRequest,
    Reason,
    RequestKind,
    Verdict,
)

_AUTOMATIC = frozenset({MessageKind.AUTO_REPLY, MessageKind.BOUNCE, MessageKind.READ_RECEIPT, MessageKind.CALENDAR})
_WRITTEN = frozenset({MessageKind.MAIL, MessageKind.AUTOMATIC})  # authorities send letters through programs, too
_ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.DISMISSED})
FROM_AUTHORITY = "from_authority"
"""The flag of a case that a letter of the supervisory authority opened."""

KIND_UNKNOWN = "kind_unknown"
"""The flag of a case that has a right for its clock's sake alone, until a person says which it is."""

BY_PROGRAM = "by_program"
"""The flag of a case that a program's mail opened: a web form's, a ticket system's."""

_MASS = frozenset({MessageKind.NEWSLETTER, MessageKind.LIST})


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A new case, or a candidate where recognition was unsure."""

    case: NewCase


@dataclass(frozen=True, slots=True)
class Join:
    """The mail belongs to `case`; `requests` are rights it adds, each with its own clock. `undelivered`: it tells that
    the answer which closed the case did not arrive, so what was answered is open again, with its old clock.
    """

    case: CaseKey
    requests: tuple[NewRequest, ...]
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Quarantine:
    reason: Reason


IntakeDecision = OpenCase | Join | SetAside | Quarantine


def decide(
    understood: Understood, received_at: datetime, threads: Sequence[KnownThread], profile: ControllerProfile
) -> IntakeDecision:
    """Decide what becomes of one mail. `received_at` is the receipt (`deadlines.receipt`)."""
    message = understood.message
    if "unreadable" in message.defects:
        return Quarantine(Reason.UNREADABLE)
    thread = find_thread(message, understood.subject.address, understood.classification, threads)
    if _from_authority(understood) and not isinstance(thread, Joins):
        # No request, but nothing to be set aside in silence either: its day to answer is a task (1050/2018, 18).
        return OpenCase(_of_authority(understood, received_at, profile))
    if reason := _set_aside_whatever_it_says(understood, thread, profile):
        return SetAside(reason)
    # A program writes for many from one address, and what confirms a letter of ours must open no case again.
    if isinstance(thread, Joins) and message.kind is not MessageKind.AUTOMATIC:
        return _continued(understood, thread, received_at, profile)
    if isinstance(thread, Stranger):
        return OpenCase(_case(understood, CaseStatus.CANDIDATE, received_at, profile, ("other_sender_in_thread",)))
    match understood.classification.verdict:
        case Verdict.REQUEST if understood.kinds and _written_by_who_asks(understood):
            return OpenCase(_case(understood, CaseStatus.OPEN, received_at, profile))
        case Verdict.NOT_REQUEST if not message.attachment_only:
            return SetAside(Reason.OWN_PHRASE if lowered(understood.classification) else Reason.NOT_A_REQUEST)
        case _:
            return OpenCase(_case(understood, CaseStatus.CANDIDATE, received_at, profile))


def _continued(
    understood: Understood, thread: Joins, received_at: datetime, profile: ControllerProfile
) -> Join | SetAside:
    if understood.message.kind is MessageKind.BOUNCE:
        return Join(thread.case, (), undelivered=thread.thread.status is CaseStatus.CLOSED)
    ended = thread.thread.status in _ENDED and not thread.thread.unidentified
    if ended and understood.classification.verdict is Verdict.NOT_REQUEST:
        return SetAside(Reason.NOT_A_REQUEST)  # thanks under a finished case must not open it again
    return Join(thread.case, _new_rights(understood, thread, received_at, profile))


def _written_by_who_asks(understood: Understood) -> bool:
    """Else a person must see first who asks, and nothing is written to the sender by itself (RFC 3834, 2)."""
    message = understood.message
    return message.kind is not MessageKind.AUTOMATIC and not {WEB_FORM, SCANNED} & set(message.flags)


def _set_aside_whatever_it_says(
    understood: Understood, thread: Joins | Stranger | None, profile: ControllerProfile
) -> Reason | None:
    message, verdict = understood.message, understood.classification.verdict
    if message.kind in _AUTOMATIC:
        # A bounce of our own letter belongs to its case: the answer was not delivered.
        ours = isinstance(thread, Joins) and thread.thread.status is not CaseStatus.DISMISSED
        typed = message.kind is MessageKind.CALENDAR and verdict is not Verdict.NOT_REQUEST
        return None if typed or (message.kind is MessageKind.BOUNCE and ours) else Reason.AUTOMATIC
    if message.kind is MessageKind.AUTOMATIC and verdict is Verdict.NOT_REQUEST:
        return Reason.AUTOMATIC
    if message.kind in _MASS and verdict is not Verdict.REQUEST and not isinstance(thread, Joins):
        # A company's own address may be a group, whose software makes a list mail of everything that comes.
        return None if message.kind is MessageKind.LIST and verdict is Verdict.UNSURE else Reason.MASS_MAIL
    if is_ours(message.sender.address, profile) and not message.forwarded and SCANNED not in message.flags:
        strange = WEB_FORM in message.flags and verdict is not Verdict.NOT_REQUEST
        return None if strange else Reason.OWN_MAIL
    return None


def _from_authority(understood: Understood) -> bool:
    return understood.message.kind in _WRITTEN and sends_from(understood.message.sender.address)


def _of_authority(understood: Understood, received_at: datetime, profile: ControllerProfile) -> NewCase:
    case = _case(understood, CaseStatus.CANDIDATE, received_at, profile, (FROM_AUTHORITY,))
    return of_authority(case, duties.with_authority(understood.message.new_text, case.received_on).due_on)


def of_authority(case: NewCase, by: date) -> NewCase:
    """The case of a letter of the authority: its clock is the day `by` which that is answered, so that the case stands,
    and is reminded of, there.
    """
    due = deadlines.on(by)
    return replace(case, requests=tuple(replace(request, due=due) for request in case.requests))


def _new_rights(
    understood: Understood, thread: Joins, received_at: datetime, profile: ControllerProfile
) -> tuple[NewRequest, ...]:
    """Rights that the case does not hold yet start their own clock; a reminder starts none, unless all its clocks
    have stopped: opened again without one, an answered case would be watched by nobody.
    """
    received_on = _received_on(understood, received_at, profile)
    if thread.thread.status is CaseStatus.CLOSED and not thread.thread.unidentified:
        return tuple(new_request(kind, received_on, profile) for kind in understood.kinds or (RequestKind.ACCESS,))
    if understood.classification.verdict is not Verdict.REQUEST:
        return ()
    return tuple(
        new_request(kind, received_on, profile) for kind in understood.kinds if kind not in thread.thread.kinds
    )


def _case(
    understood: Understood,
    status: CaseStatus,
    received_at: datetime,
    profile: ControllerProfile,
    more_flags: tuple[str, ...] = (),
) -> NewCase:
    received_on = _received_on(understood, received_at, profile)
    # A case without a known right (a reminder whose case we do not know, a scan) still needs a clock.
    kinds = understood.kinds or (RequestKind.ACCESS,)
    unknown = () if understood.kinds else (KIND_UNKNOWN,)
    message = understood.message
    forwarded = ("forwarded",) if message.forwarded else ()
    attached = ("attachment_only",) if message.attachment_only else ()
    by_program = (BY_PROGRAM,) if message.kind is MessageKind.AUTOMATIC else ()
    return NewCase(
        status=status,
        subject=understood.subject,
        language=spoken(message.language, profile),
        received_at=received_at,
        received_on=received_on,
        # Where a register is connected, an address that nobody has looked up yet proves nothing.
        identity_level=IdentityLevel.L0 if profile.customers.in_use else understood.identity.level,
        identity_required=understood.identity.required,
        flags=(*message.flags, *forwarded, *attached, *by_program, *unknown, *more_flags),
        requests=tuple(new_request(kind, received_on, profile, message.flags) for kind in kinds),
    )


def spoken(language: str, profile: ControllerProfile) -> str:
    """In which language a mail of this one is answered: one in which the controller answers at all."""
    return language if language in profile.replies.languages else profile.replies.language


def _received_on(understood: Understood, received_at: datetime, profile: ControllerProfile) -> date:
    return deadlines.receipt_date(received_at, understood.message.sent_at, profile.deadlines.count_from)


def new_request(
    kind: RequestKind, received_on: date, profile: ControllerProfile, flags: Collection[str] = ()
) -> NewRequest:
    """A right of a new case, with its clock; `flags` are those of the mail that exercises it."""
    required = required_level(kind, profile.identity.sensitivity, spelling=is_spelling(flags))
    due = deadlines.under(received_on, profile.deadlines).due
    return NewRequest(kind, received_on, due, required)
