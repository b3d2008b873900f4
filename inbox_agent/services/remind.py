"""Reminders to the contact person and the deputy: one mail a pass about every case that is due for one.

Each reminder is claimed in the store before the wire is touched, so that none is ever sent twice. What the
mail server certainly did not take (deferred, or our log-in refused) is put off in the store, and tried again, worded
anew, by this process or the next. What a crash on the wire or a refusal costs stays claimed and unsent and is not made
up for: the case's next rung follows.
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
from inbox_agent.rules import deadlines
from inbox_agent.rules.alarms import NOTICES
from inbox_agent.rules.presence import away
from inbox_agent.rules.reminders import DutyReminder, Reminder, due, duty_due, too_early
from inbox_agent.services.notices import AGAIN_AFTER, Ending, Notices
from inbox_agent.services.send import RETRY_LOGIN_AFTER, Sender
from inbox_agent.services.way_out import WayOut
from state.model import AGENT, Act, Case, Event
from state.store.reminders import Claim
from state.store.store import Store

LOOK_AHEAD = timedelta(days=7)  # a working day before a duty's date is never farther away

AnyReminder = Reminder | DutyReminder
_Words = tuple[str, str, str]  # subject, body, calendar
_NOTHING: _Words = ("", "", "")


@dataclass(slots=True)
class Reminding:
    """One pass reminds of all that is due. Between passes it holds only how far it has looked."""

    store: Store
    sender: Sender
    profile: ControllerProfile
    now: Callable[[], datetime]
    new_message_id: Callable[[], str]
    _looked_on: date | None = field(default=None, init=False)  # at all open cases
    _seen: int = field(default=0, init=False)  # of the journal, at the last look

    async def remind(self) -> int:
        """Remind of every case that is due for it; return of how many. The wire's errors are logged, not raised."""
        reminders, words = self._claim_due()
        way_out = WayOut(self.store, self.now, NOTICES)
        if not reminders:
            if not self.store.reminders.waiting():
                way_out.rests(RETRY_LOGIN_AFTER)
            return 0
        ending = await Notices(self.sender, self.profile, self.now, self.new_message_id, way_out).send(*words)
        if ending in AGAIN_AFTER:
            self._put_off(reminders, self.now() + AGAIN_AFTER[ending])
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
        return calendars.as_file(cases.values(), duties, self.now())

    def _away(self) -> str:
        absence = away(self.profile, self.store.absences.all(), deadlines.helsinki_date(self.now()))
        return absences.told(self.profile, absence) if absence else ""

    def _claim_due(self) -> tuple[list[AnyReminder], _Words]:
        """What is due and whose it is to tell, with the words for it: what cannot be worded is not claimed either."""
        if too_early(self.profile, self.now()):
            return [], _NOTHING
        today, seen = deadlines.helsinki_date(self.now()), self.store.journal.last()
        again = self.store.reminders.to_claim_again(self.now())
        found: list[AnyReminder] = [*self._due(self._worth_a_look(today, again), again), *self._duties_due(again)]
        words = _NOTHING
        if found or again:
            with self.store.transaction():
                found = [reminder for reminder in found if self._claim(reminder)]
                self.store.reminders.let_lie(again - {_key(reminder) for reminder in found})
                words = self._worded(found) if found else _NOTHING
        self._looked_on, self._seen = today, seen
        return found, words

    def _worth_a_look(self, today: date, again: frozenset[Claim]) -> Sequence[Case]:
        """The cases for which something else may be due than at the last look."""
        if self._looked_on != today:
            return self.store.cases.open_cases()
        changed = self.store.cases.changed_since(self._seen)
        put_off = {key for key, _, _ in again} - {case.key for case in changed}
        return [*changed, *map(self.store.cases.get, sorted(put_off))]

    def _due(self, cases: Sequence[Case], again: frozenset[Claim]) -> list[Reminder]:
        """What is due, as if the claims that were put off had never been made: their case may have moved on."""
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

    def _duties_due(self, again: frozenset[Claim]) -> list[DutyReminder]:
        """The duties due for a reminder, those of cases that are over included."""
        soon = deadlines.helsinki_date(self.now()) + LOOK_AHEAD
        due_soon = [(self.store.cases.get(duty.case), duty) for duty in self.store.duties.due(soon)]
        found = (
            duty_due(case, duty, _but(self.store.reminders.claimed(case.key), case, again), self.profile, self.now())
            for case, duty in due_soon
        )
        return [reminder for reminder in found if reminder is not None]

    def _claim(self, reminder: AnyReminder) -> bool:
        return self.store.reminders.claim(*_key(reminder), Event(self.now(), AGENT, Act.REMINDER_CLAIMED))

    def _put_off(self, reminders: Sequence[AnyReminder], until: datetime) -> None:
        with self.store.transaction():
            for reminder in reminders:
                self.store.reminders.put_off(*_key(reminder), until)

    def _record_sent(self, reminders: Sequence[AnyReminder]) -> None:
        with self.store.transaction():
            for reminder in reminders:
                self.store.reminders.sent(*_key(reminder), Event(self.now(), AGENT, Act.REMINDER_SENT))


def _but(claimed: frozenset[tuple[str, date]], case: Case, again: frozenset[Claim]) -> frozenset[tuple[str, date]]:
    """The claims that were made, as if those that were put off had never been."""
    return claimed - {(rung, on) for key, rung, on in again if key == case.key}


def _key(reminder: AnyReminder) -> Claim:
    return (reminder.case.key, str(reminder.rung), reminder.on)
