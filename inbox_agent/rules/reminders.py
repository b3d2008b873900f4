"""When the contact person is reminded of a case: a ladder of days, computed from facts each time anew.

Owns the rungs and the choice among them. Keeps no list of what is to come, so downtime loses nothing: of
all rungs reached by today only the newest is due, and it covers the older ones. A rung is its name and its
day; what was claimed once is never due again. The whole ladder is our choice, cautious and configurable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import calendar_fi, deadlines, letters
from inbox_agent.rules.duties import days_left
from state.lifecycle import LIVE_CASES
from state.model import Case, DueDates, Duty, Letter, Request, RequestStatus

ACKNOWLEDGED_WITHIN = 1  # working days
DUTY = "duty"  # with the duty's key: the name of its reminders


class Rung(StrEnum):
    """Why a person is reminded; of several that stand on one day the last one here is said."""

    ACKNOWLEDGE = "acknowledge"  # no letter has left
    ASK_IDENTITY = "ask_identity"  # the person must be identified and has not been asked
    FIRST_DRAFT = "first_draft"  # no outcome has been chosen
    TARGET = "target"  # so many working days before the target, and the target itself
    EXTENSION = "extension"  # the last good days to decide whether to extend
    ACT_AT_ONCE = "act_at_once"  # marketing goes on, a withdrawn consent is still used
    OVERDUE = "overdue"  # each day after the promise


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one case. `on` is the rung's own day, `due` the most pressing right's dates in force,
    `days_left` the days from today to its promise, negative after it.
    """

    case: Case
    rung: Rung
    on: date
    due: DueDates
    days_left: int


def too_early(profile: ControllerProfile, now: datetime) -> bool:
    """Whether it is before the profile's hour in Helsinki: nobody is reminded at night."""
    return now.astimezone(deadlines.HELSINKI).hour < profile.reminders.hour


def due(
    case: Case,
    sent: frozenset[Letter],
    claimed: frozenset[tuple[str, date]],
    profile: ControllerProfile,
    now: datetime,
) -> Reminder | None:
    """The reminder to make now, if any. `sent`: letters of the case that have left; `claimed`: (rung, day) made.

    On one day, from the hour on, it changes only with the case itself. None while it is too early.
    """
    today, waiting = deadlines.helsinki_date(now), letters.live_requests(case)
    if case.status not in LIVE_CASES or not waiting or too_early(profile, now):
        return None
    pressing = min(waiting, key=lambda request: request.current.promise)
    ladder = (*_of_case(case, sent, profile), *_at_once(waiting), *_of_request(pressing, profile, today))
    reached = [(on, rung) for on, rung in ladder if on <= today]
    if not reached:
        return None
    on, rung = max(reached, key=lambda step: (step[0], _SEVERITY[step[1]]))
    if on <= max((day for name, day in claimed if not name.startswith(DUTY)), default=date.min):
        return None
    return Reminder(case, rung, on, pressing.current, (pressing.current.promise - today).days)


@dataclass(frozen=True, slots=True)
class DutyReminder:
    """One reminder of one duty. `on` is the day it stands on, `days_left` the days until it is awaited."""

    case: Case
    duty: Duty
    on: date
    days_left: int

    @property
    def rung(self) -> str:
        """The name under which it is claimed: of this very duty."""
        return f"{DUTY} {self.duty.key}"


def duty_due(
    case: Case, duty: Duty, claimed: frozenset[tuple[str, date]], profile: ControllerProfile, now: datetime
) -> DutyReminder | None:
    """The reminder of an open duty to make now, if any: a working day before its date, on it, and each day after."""
    today = deadlines.helsinki_date(now)
    if too_early(profile, now) or today < calendar_fi.add_working_days(duty.due_on, -1):
        return None
    on = today if today >= duty.due_on else calendar_fi.add_working_days(duty.due_on, -1)
    reminder = DutyReminder(case, duty, on, days_left(duty, today))
    return None if (reminder.rung, on) in claimed else reminder


_SEVERITY = {rung: number for number, rung in enumerate(Rung)}


def _of_case(case: Case, sent: frozenset[Letter], profile: ControllerProfile) -> Iterator[tuple[date, Rung]]:
    if not sent and profile.replies.acknowledge:
        yield calendar_fi.add_working_days(case.received_on, ACKNOWLEDGED_WITHIN), Rung.ACKNOWLEDGE
    if case.identity_level < case.identity_required and Letter.IDENTITY_QUESTION not in sent:
        within = profile.identity.ask_within_working_days
        yield calendar_fi.add_working_days(case.received_on, within), Rung.ASK_IDENTITY


def _at_once(waiting: tuple[Request, ...]) -> Iterator[tuple[date, Rung]]:
    for request in waiting:
        if request.status is RequestStatus.OPEN and (day := deadlines.act_by(request.kind, request.received_on)):
            yield day, Rung.ACT_AT_ONCE


def _of_request(request: Request, profile: ControllerProfile, today: date) -> Iterator[tuple[date, Rung]]:
    settings, current = profile.reminders, request.current
    undecided = request.status is RequestStatus.OPEN
    for days in settings.ladder:
        on = calendar_fi.add_working_days(current.target, -days)
        if on > request.received_on:
            yield on, Rung.TARGET
    if undecided:
        yield request.received_on + timedelta(days=settings.first_draft_day), Rung.FIRST_DRAFT
    if undecided and request.extended is None and deadlines.act_by(request.kind, request.received_on) is None:
        yield calendar_fi.add_working_days(current.target, -settings.extension_at), Rung.EXTENSION
    if today > current.promise:
        yield today, Rung.OVERDUE
