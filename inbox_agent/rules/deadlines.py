"""The law's arithmetic of one clock: receipt, promise, backstop, target, extension, and how each came about.

Months are counted as Regulation (EEC, Euratom) 1182/71 says; they are never thirty days. Outwards only the
unrolled date is promised; the date rolled to a working day is a backstop shown inside (our choice: GDPR
12(3) says "within one month" and Finland's authority is silent on rolling). Refuses to word anything
(`inbox_agent.phrasing.deadlines`) and to read a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from inbox_agent.profile import Deadlines
from inbox_agent.rules import calendar_fi
from replies.reckoning import months_after
from state.lifecycle import LIVE_REQUESTS
from state.model import Case, DueDates, ExtensionReason, Request, RequestKind

HELSINKI = ZoneInfo("Europe/Helsinki")

# A mail server gives up on a mail after four to five days (RFC 5321, 4.5.4.1): a Date that lies further
# back than that is a wrong clock, not a slow way (our choice).
LONGEST_WAY = timedelta(days=5)
LONGEST_KEPT = timedelta(days=365)
"""By so much the Received field on top may lie before INTERNALDATE and be believed (our choice): a server that writes
none leaves that place to strangers."""
PROMPT_QUESTION = 5  # working days from receipt within which a question may stop the clock (our choice)
AT_ONCE = 1  # working days within which marketing ends and a withdrawn consent is followed (our choice)

_DAY = timedelta(days=1)


class Provision(StrEnum):
    """Where a step stands in law, or that it stands nowhere."""

    GDPR_12_3 = "GDPR 12(3)"
    EVENT_DAY = "Regulation 1182/71, 3(1)"
    MONTHS = "Regulation 1182/71, 3(2)(c)"
    HOLIDAYS_COUNT = "Regulation 1182/71, 3(3)"
    ROLLING = "Regulation 1182/71, 3(4)"
    NOTICE = "the controller's notice"
    OUR_CHOICE = "our choice"


class StepCode(StrEnum):
    """What one step of a derivation says."""

    RECEIVED = "received"
    SAME_DAY = "same_day"
    LAST_DAY = "last_day"
    ALL_DAYS_COUNT = "all_days_count"
    PROMISED = "promised"
    NOTICE_PROMISES = "notice_promises"
    NOT_ROLLED = "not_rolled"
    EVE_NOT_ROLLED = "eve_not_rolled"
    ROLLED = "rolled"
    TARGET_SAME = "target_same"
    TARGET_EARLIER = "target_earlier"
    EXTENSION_NOTICE = "extension_notice"
    THREE_MONTHS = "three_months"
    TWO_MORE_MONTHS = "two_more_months"
    EXTENSION_PROMISED = "extension_promised"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: from `start` to `on`, with the days in between that could not serve."""

    code: StepCode
    provision: Provision
    start: date
    on: date
    passed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One request's clock. `extension` is what it would be if it were extended; `steps` derive every date."""

    received_on: date
    due: DueDates
    extension: DueDates
    steps: tuple[Step, ...]


class Gate(StrEnum):
    """Whether a deadline may be extended, and why not."""

    OPEN = "open"
    NOT_YET_RECEIVED = "not_yet_received"
    ALREADY_EXTENDED = "already_extended"
    TOO_LATE = "too_late"
    UNLAWFUL_REASON = "unlawful_reason"


@dataclass(frozen=True, slots=True)
class ExtensionGate:
    allowed: bool
    code: Gate


@dataclass(frozen=True, slots=True)
class Fallback:
    """A later last day that could be argued for. No provision grants it, so nothing is planned by it."""

    on: date
    paused_days: int


class Urgency(StrEnum):
    """How near a target is, counted in working days (our choice)."""

    CALM = "calm"
    SOON = "soon"  # five working days or fewer to the target
    URGENT = "urgent"  # two or fewer
    DUE_TODAY = "due_today"  # the target is reached; no working day is left after today
    OVERDUE = "overdue"  # the promise is broken


def helsinki_date(instant: datetime) -> date:
    """The legal date of an instant: Helsinki's. Raises ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone has no date")
    return instant.astimezone(HELSINKI).date()


def end_of_day(day: date) -> datetime:
    """The instant at which a legal day is over."""
    return datetime.combine(day + timedelta(days=1), time(), HELSINKI)


def receipt(stored_at: datetime, received_at: datetime | None) -> datetime:
    """The instant of a mail's receipt: when it was stored where it lies (INTERNALDATE), or the earlier one that our own
    server wrote on top of it (Received). A mail that was moved from another mailbox, or fetched later, has a new
    INTERNALDATE, and the company had it before. Both are aware.
    """
    if received_at is not None and timedelta() < stored_at - received_at <= LONGEST_KEPT:
        return received_at
    return stored_at


def receipt_date(received_at: datetime, sent_at: datetime | None, count_from: str) -> date:
    """The day from which the month runs: receipt at the controller's server, whoever reads it when.

    With `count_from` "sending" the notice has promised to count from the making of the request: the earlier
    of both, as far as the sender's clock can be believed. Both instants are aware.
    """
    if count_from == "sending" and sent_at is not None and timedelta() <= received_at - sent_at <= LONGEST_WAY:
        return helsinki_date(sent_at)
    return helsinki_date(received_at)


def promised(received_on: date, settings: Deadlines) -> date | None:
    """The day by which the controller's notice promises the answer; None where it promises nothing but the law's month.

    The day of receipt is not counted (Regulation 1182/71, 3(1)).
    """
    days = [received_on + settings.answer_days * _DAY] if settings.answer_days else []
    if settings.answer_working_days:
        days.append(calendar_fi.add_working_days(received_on, settings.answer_working_days))
    return min(days, default=None)


def under(received_on: date, settings: Deadlines) -> Deadline:
    """The dates of a request received on this day, by what the controller's notice promises."""
    return compute(received_on, promised(received_on, settings))


def of_case(case: Case) -> Deadline:
    """The clock of the rights that came with the case, by the day that they were given."""
    days = [request.due.promise for request in case.requests if request.received_on == case.received_on]
    return compute(case.received_on, min(days, default=None))


def received_earlier(case: Case, on: date, settings: Deadlines) -> Deadline:
    """The dates of a case that turns out to have been received on this earlier day. No day that was promised moves to
    a later one, whatever the notice promises by now.
    """
    days = [request.due.promise for request in case.requests if request.status in LIVE_REQUESTS]
    return compute(on, min((*days, *filter(None, (promised(on, settings),))), default=None))


def right_received_earlier(request: Request, on: date, settings: Deadlines) -> Deadline:
    """The same for one right alone."""
    return compute(on, min((request.due.promise, *filter(None, (promised(on, settings),)))))


def compute(received_on: date, promised_on: date | None = None) -> Deadline:
    """Every date of a request received on this day, with its derivation. Raises ValueError from the year 9999 on.

    `promised_on`: the day that the controller's notice promises. An earlier one than the month's end is kept, and an
    extension is told by it (our choice); a later one gives nothing, and an extension's own end is the law's.
    """
    month = months_after(received_on, 1)
    promise = month if promised_on is None else min(month, promised_on)
    direct, chained = months_after(received_on, 3), months_after(month, 2)
    extension = min(direct, chained)
    steps = (
        *_month_steps(received_on, month, promise),
        *_working_day_steps(promise),
        Step(StepCode.EXTENSION_NOTICE, Provision.GDPR_12_3, received_on, promise),
        Step(StepCode.THREE_MONTHS, Provision.GDPR_12_3, received_on, direct),
        Step(StepCode.TWO_MORE_MONTHS, Provision.GDPR_12_3, month, chained),
        Step(StepCode.EXTENSION_PROMISED, Provision.OUR_CHOICE, received_on, extension),
        *_working_day_steps(extension),
    )
    return Deadline(received_on, _due(promise), _due(extension), steps)


def on(day: date) -> DueDates:
    """The dates of what has a day of its own, which no month counts: a letter of the supervisory authority names it."""
    return _due(day)


def may_extend(deadline: Deadline, today: date, reason: str, already: bool) -> ExtensionGate:
    """Whether an extension may be announced today: once, in the first month, for a lawful reason (GDPR 12(3)).

    The month ends with the promise, never with the rolled day (our choice). `already`: it has been extended.
    """
    code = _gate(deadline, today, reason, already)
    return ExtensionGate(code is Gate.OPEN, code)


def suspension_fallback(deadline: Deadline, asked_on: date, answered_on: date | None) -> Fallback | None:
    """The last day if waiting for the person's identity or clarification had stopped the clock.

    EDPB Guidelines 01/2022, 159, say that it may; GDPR 12(3) knows no pause. None where even they would give
    none: asked late, or not answered yet, so that nobody can say how long the pause is.
    """
    prompt = deadline.received_on <= asked_on <= calendar_fi.add_working_days(deadline.received_on, PROMPT_QUESTION)
    if not prompt or answered_on is None or answered_on < asked_on:
        return None
    pause = answered_on - asked_on
    return Fallback(deadline.due.promise + pause, pause.days)


def act_by(kind: RequestKind, received_on: date) -> date | None:
    """The day by which to do what is asked, where the answer's month is only the outside (GDPR 7(3), 21(3)).

    None for the rights that wait for a decision.
    """
    if kind in {RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL}:
        return calendar_fi.add_working_days(received_on, AT_ONCE)
    return None


def urgency(due: DueDates, today: date) -> Urgency:
    """How near the target is today."""
    if today > due.promise:
        return Urgency.OVERDUE
    if today >= due.target:
        return Urgency.DUE_TODAY
    if today >= calendar_fi.add_working_days(due.target, -2):
        return Urgency.URGENT
    return Urgency.SOON if today >= calendar_fi.add_working_days(due.target, -5) else Urgency.CALM


def _gate(deadline: Deadline, today: date, reason: str, already: bool) -> Gate:
    if today < deadline.received_on:
        return Gate.NOT_YET_RECEIVED
    if already:
        return Gate.ALREADY_EXTENDED
    if today > deadline.due.promise:
        return Gate.TOO_LATE
    return Gate.OPEN if reason in {str(lawful) for lawful in ExtensionReason} else Gate.UNLAWFUL_REASON


def _due(promise: date) -> DueDates:
    return DueDates(promise, calendar_fi.next_working_day(promise), _target(promise))


def _target(promise: date) -> date:
    """The last working day that is no eve, on or before the promise (our choice: on eves offices are closed)."""
    day = promise
    while not calendar_fi.is_working_day(day) or calendar_fi.is_eve(day):
        day -= _DAY
    return day


def _month_steps(received_on: date, ends: date, promise: date) -> Iterator[Step]:
    month = StepCode.SAME_DAY if ends.day == received_on.day else StepCode.LAST_DAY
    yield Step(StepCode.RECEIVED, Provision.EVENT_DAY, received_on, received_on)
    yield Step(month, Provision.MONTHS, received_on, ends)
    yield Step(StepCode.ALL_DAYS_COUNT, Provision.HOLIDAYS_COUNT, received_on, ends)
    if promise < ends:
        yield Step(StepCode.NOTICE_PROMISES, Provision.NOTICE, received_on, promise)
    else:
        yield Step(StepCode.PROMISED, Provision.GDPR_12_3, received_on, promise)


def _working_day_steps(promise: date) -> Iterator[Step]:
    due = _due(promise)
    if due.backstop > promise:
        passed = _days(promise, due.backstop)
        yield Step(StepCode.ROLLED, Provision.ROLLING, promise, due.backstop, passed)
    else:
        still = StepCode.EVE_NOT_ROLLED if calendar_fi.is_eve(promise) else StepCode.NOT_ROLLED
        yield Step(still, Provision.ROLLING, promise, promise)
    if due.target < promise:
        passed = _days(due.target + _DAY, promise + _DAY)
        yield Step(StepCode.TARGET_EARLIER, Provision.OUR_CHOICE, promise, due.target, passed)
    else:
        yield Step(StepCode.TARGET_SAME, Provision.OUR_CHOICE, promise, promise)


def _days(first: date, end: date) -> tuple[date, ...]:
    """The days from `first` up to, not including, `end`."""
    return tuple(first + number * _DAY for number in range((end - first).days))
