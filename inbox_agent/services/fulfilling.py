"""What a person says of a case's duties: one more, done, on another day, nothing to do, not done after all; and what to
remind of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import duties
from inbox_agent.rules.leaving import reasoned
from inbox_agent.services import settle
from inbox_agent.services.acting import Acting
from inbox_agent.services.writing import Writing, untouched
from state.model import REMINDERS, Act, CaseKey, DraftStatus, Duty, DutyKey, DutyKind, DutyStatus, Event

_DONE_ONCE = frozenset({DutyKind.FIND_PROCESSORS, DutyKind.FORWARD})
"""What is done for all rights of a case at once: who processes for us is found out, a mail is passed on, once."""


@dataclass(frozen=True, slots=True)
class Fulfilling(Acting):
    def add(self, case: CaseKey, kind: DutyKind, due: date, about: str = "") -> DutyKey:
        """Lay down a duty of the person's own choosing, such as the day that the ombudsman's letter names."""
        return self.store.duties.open(case, duties.by_person(kind, due, about), self.event(Act.DUTY_OPENED))

    def remind(self, case: CaseKey, due: date, about: str = "", *, unless_reply: bool = False) -> DutyKey:
        """Lay down a reminder for a day; `unless_reply`: it ends by itself once the data subject has written.

        Raises UsageProblem for a day that has passed.
        """
        if due < self.today():
            raise UsageProblem("reminder_in_the_past", self.store.cases.get(case).number)
        new = duties.reminder(due, about, unless_reply=unless_reply)
        return self.store.duties.open(case, new, self.event(Act.DUTY_OPENED))

    def remind_instead(
        self, case: CaseKey, due: date, about: str = "", *, named: str = "", unless_reply: bool = False
    ) -> DutyKey | None:
        """The same in the place of the one reminder of the case that is meant, whose words stay where there are no new
        ones; or beside the others where none is still to come. `named`: what tells it from the others.

        None where several may be meant: nothing is changed then.
        """
        with self.store.transaction():
            live = self._reminders(case)
            meant = [duty for duty in live if named and named.casefold() in duty.about.casefold()] or live
            if len(meant) > 1:
                return None
            for duty in meant:
                self.cancel(duty.key, "")
                about, unless_reply = about or duty.about, unless_reply or duty.kind is DutyKind.AWAIT_REPLY
            return self.remind(case, due, about, unless_reply=unless_reply)

    def forget_reminders(self, case: CaseKey) -> int:
        """Cancel the reminders that are still to come in a case; return how many there were."""
        with self.store.transaction():
            live = self._reminders(case)
            for duty in live:
                self.cancel(duty.key, "")
        return len(live)

    def _reminders(self, case: CaseKey) -> list[Duty]:
        return [
            one for one in self.store.duties.of_case(case) if one.kind in REMINDERS and one.status is DutyStatus.OPEN
        ]

    def done(self, duty: DutyKey) -> None:
        """Say that it is done; and its twins, which several rights of one case brought and one deed does. What that
        deed has ticked already stays as it is.

        Raises IllegalTransition for an erasure while a copy is owed.
        """
        with self.store.transaction():
            self._by_one_deed(duty, DutyStatus.DONE, Act.DUTY_DONE, self.store.duties.done)
            self._ended(duty)

    def _twins(self, meant: Duty) -> tuple[DutyKey, ...]:
        """The other duties of the case that are the same deed: open as it is, or ticked by it at the same instant."""
        laid = self.store.duties.of_case(meant.case) if meant.kind in _DONE_ONCE else ()
        return tuple(one.key for one in laid if one.key != meant.key and _deed(one) == _deed(meant))

    def cancel(self, duty: DutyKey, why: str) -> None:
        """Say that there is nothing to do after all. Raises UsageProblem without a reason in words, and for what a
        letter promised whose reader knows of nothing else.
        """
        self._not_promised(duty)
        reason = self._reason(duty, why)
        with self.store.transaction():
            self.store.duties.cancel(duty, self.event(Act.DUTY_CANCELLED), reason)
            self._tell_anew(duty)
            self._ended(duty)

    def _ended(self, settled: DutyKey) -> None:
        """The case that only waited for its reader to hear why the answer came late is over."""
        duty = self.store.duties.get(settled)
        sent = [one for one in self.store.drafts.for_case(duty.case) if one.status is DraftStatus.SENT]
        if duty.kind is DutyKind.TELL_OF_DELAY and sent:
            settle.ended(self.store, sent[-1], self.event(Act.CASE_CLOSED))

    def move(self, duty: DutyKey, to: date, why: str) -> None:
        """Set another date. Raises UsageProblem without a reason in words, for a day that has passed, and for a
        later one than a letter promised whose reader knows of none.
        """
        if to < self.today():
            raise UsageProblem("duty_moved_back", to.isoformat())
        if to > self.store.duties.get(duty).due_on:
            self._not_promised(duty)
        reason = self._reason(duty, why)
        with self.store.transaction():
            self.store.duties.move(duty, to, duties.moved(to), reason, self.event(Act.DUTY_MOVED))
            self._tell_anew(duty)

    def reopen(self, duty: DutyKey) -> None:
        """Say that it was not done, nor were its twins that the same deed ticked. It stays open where it is."""
        self._by_one_deed(duty, DutyStatus.OPEN, Act.DUTY_REOPENED, self.store.duties.reopen)

    def _by_one_deed(
        self, duty: DutyKey, becomes: DutyStatus, act: Act, change: Callable[[DutyKey, Event], None]
    ) -> None:
        """Change a duty and its twins by one event; a twin that an earlier change took along stays as it is."""
        with self.store.transaction():
            meant = self.store.duties.get(duty)
            twins = self._twins(meant)
            if twins and meant.status is becomes:
                return
            event = self.event(act)
            for each in (duty, *twins):
                change(each, event)
                self._tell_anew(each)

    def _tell_anew(self, key: DutyKey) -> None:
        """An answer that nobody has approved, in the template's own words, tells of the task as it stands now: what was
        promised by a day is told as done, or promised by another.
        """
        duty = self.store.duties.get(key)
        case = self.store.cases.get(duty.case)
        if case.identity_level < case.identity_required:
            return
        for draft in self.store.drafts.for_case(duty.case):
            tells = draft.status is DraftStatus.PROPOSED and duty.kind in duties.TOLD_IN.get(draft.letter, ())
            if tells and duty.request in draft.requests and untouched(draft, case):
                Writing(self.store, self.profile, self.random).anew(draft, self.event(Act.DRAFT_PROPOSED))

    def _not_promised(self, key: DutyKey) -> None:
        duty = self.store.duties.get(key)
        case = self.store.cases.get(duty.case)
        if duties.promised(duty, case, self.store.drafts.for_case(case.key)):
            raise UsageProblem("duty_promised", case.number)

    def _reason(self, duty: DutyKey, why: str) -> str:
        """The law says "without undue delay" (GDPR 12(3), 19): whoever takes longer, or does nothing, says why (5(2)).
        A reminder of one's own needs none.
        """
        if not reasoned(why) and self.store.duties.get(duty).kind not in REMINDERS:
            raise UsageProblem("duty_reason", str(duty))
        return why.strip()


def _deed(duty: Duty) -> tuple[DutyKind, str, DutyStatus, datetime | None]:
    return duty.kind, duty.about, duty.status, duty.settled_at
