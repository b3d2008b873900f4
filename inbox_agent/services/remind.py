"""Reminders to the contact person and the deputy: one mail a pass about every case that is due for one.

Each reminder is claimed in the store before the wire is touched, so that none is ever sent twice. What the
mail server certainly did not take (deferred, or our log-in refused) this same process tries again, worded anew. What
a crash or a refusal costs stays claimed and unsent in the store and is not made up for: the case's next rung follows.
That is the price of "never twice" (our choice): a lost rung has a successor, and after the promise one comes
every day. All open cases are looked at once a day; from then on only those to which something has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from inbox_agent.phrasing import absence as absences
from inbox_agent.phrasing import calendars
from inbox_agent.phrasing import reminders as phrasing
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, ics
from inbox_agent.rules.presence import away
from inbox_agent.rules.reminders import DutyReminder, Reminder, due, duty_due, too_early
from inbox_agent.services.notices import AGAIN_AFTER, Ending, Notices
from inbox_agent.services.send import Sender
from state.model import AGENT, Act, Case, CaseKey, Event
from state.store.store import Store

LOOK_AHEAD = timedelta(days=7)  # a working day before a duty's date is never farther away

AnyReminder = Reminder | DutyReminder
_Key = tuple[CaseKey, str, date]
_Words = tuple[str, str, str]  # subject, body, calendar
_NOTHING: _Words = ("", "", "")


@dataclass(slots=True)
class Reminding:
    """One pass reminds of all that is due. Between passes it holds only which claims the server deferred."""

    store: Store
    sender: Sender
    profile: ControllerProfile
    now: Callable[[], datetime]
    new_message_id: Callable[[], str]
    _deferred: frozenset[_Key] = field(default=frozenset(), init=False)
    _again_at: datetime | None = field(default=None, init=False)
    _looked_on: date | None = field(default=None, init=False)  # at all open cases
    _seen: int = field(default=0, init=False)  # of the journal, at the last look

    async def remind(self) -> int:
        """Remind of every case that is due for it; return of how many. The wire's errors are logged, not raised."""
        reminders, words = self._claim_due()
        if not reminders:
            return 0
        ending = await Notices(self.sender, self.profile, self.now, self.new_message_id).send(*words)
        if ending in AGAIN_AFTER:
            self._deferred |= {_key(reminder) for reminder in reminders}
            self._again_at = self.now() + AGAIN_AFTER[ending]
        if ending is not Ending.TAKEN:
            return 0
        self._record_sent(reminders)
        return len(reminders)

    def _worded(self, reminders: Sequence[AnyReminder]) -> _Words:
        return phrasing.subject(reminders), phrasing.body(reminders, self._away()), self._calendar(reminders)

    def _calendar(self, reminders: Sequence[AnyReminder]) -> str:
        """The days that these reminders are about, for the recipients' own calendars."""
        cases = {reminder.case.key: reminder.case for reminder in reminders}
        duties = ((one.case.number, one.duty) for one in reminders if isinstance(one, DutyReminder))
        entries = (*calendars.of_cases(cases.values()), *calendars.of_duties(duties))
        return ics.calendar(entries, calendars.name(), self.now())

    def _away(self) -> str:
        absence = away(self.profile, self.store.absences.all(), deadlines.helsinki_date(self.now()))
        return absences.told(self.profile, absence) if absence else ""

    def _claim_due(self) -> tuple[list[AnyReminder], _Words]:
        """What is due and whose it is to tell, with the words for it: what cannot be worded is not claimed either."""
        if too_early(self.profile, self.now()):
            return [], _NOTHING
        today, seen, again = deadlines.helsinki_date(self.now()), self.store.journal.last(), self._to_try_again()
        found: list[AnyReminder] = [*self._due(self._worth_a_look(today, again), again), *self._duties_due(again)]
        words = _NOTHING
        if found:
            with self.store.transaction():
                found = [reminder for reminder in found if self._claim(reminder, again)]
                words = self._worded(found) if found else _NOTHING
        if again:  # not before: where the store was busy, they are tried at the next look
            self._deferred, self._again_at = frozenset(), None
        self._looked_on, self._seen = today, seen
        return found, words

    def _to_try_again(self) -> frozenset[_Key]:
        """The claims that were deferred, once it is time to try them again."""
        return self._deferred if self._again_at is not None and self.now() >= self._again_at else frozenset()

    def _worth_a_look(self, today: date, again: frozenset[_Key]) -> Sequence[Case]:
        """The cases for which something else may be due than at the last look."""
        if self._looked_on != today:
            return self.store.cases.open_cases()
        changed = self.store.cases.changed_since(self._seen)
        deferred = {key for key, _, _ in again} - {case.key for case in changed}
        return [*changed, *map(self.store.cases.get, sorted(deferred))]

    def _due(self, cases: Sequence[Case], again: frozenset[_Key]) -> list[Reminder]:
        """What is due, as if the deferred claims had never been made: their case may have moved on."""
        keys = [case.key for case in cases]
        left, claimed = self.store.drafts.left(keys), self.store.reminders.claimed_of(keys)
        none: frozenset[Any] = frozenset()
        found = (
            due(
                case,
                left.get(case.key, none),
                _but(claimed.get(case.key, none), case, again),
                self.profile,
                self.now(),
            )
            for case in cases
        )
        return [reminder for reminder in found if reminder is not None]

    def _duties_due(self, again: frozenset[_Key]) -> list[DutyReminder]:
        """The duties due for a reminder, those of cases that are over included."""
        soon = deadlines.helsinki_date(self.now()) + LOOK_AHEAD
        due_soon = [(self.store.cases.get(duty.case), duty) for duty in self.store.duties.due(soon)]
        found = (
            duty_due(case, duty, _but(self.store.reminders.claimed(case.key), case, again), self.profile, self.now())
            for case, duty in due_soon
        )
        return [reminder for reminder in found if reminder is not None]

    def _claim(self, reminder: AnyReminder, again: frozenset[_Key]) -> bool:
        event = Event(self.now(), AGENT, Act.REMINDER_CLAIMED)
        return _key(reminder) in again or self.store.reminders.claim(*_key(reminder), event)

    def _record_sent(self, reminders: Sequence[AnyReminder]) -> None:
        with self.store.transaction():
            for reminder in reminders:
                self.store.reminders.sent(*_key(reminder), Event(self.now(), AGENT, Act.REMINDER_SENT))


def _but(claimed: frozenset[tuple[str, date]], case: Case, again: frozenset[_Key]) -> frozenset[tuple[str, date]]:
    """The claims that were made, as if the deferred ones had never been."""
    return claimed - {(rung, on) for key, rung, on in again if key == case.key}


def _key(reminder: AnyReminder) -> _Key:
    return (reminder.case.key, str(reminder.rung), reminder.on)
