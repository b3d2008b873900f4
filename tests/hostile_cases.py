"""Cases and tasks in the hostile machine: whose turn it is, notes, what is to be done, the purge."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule

from inbox_agent.rules.duties import due_on
from state.errors import StateError
from state.lifecycle import LIVE_CASES, copy_owed
from state.model import (
    REMINDERS,
    Act,
    CaseStatus,
    Counting,
    Duty,
    DutyKind,
    DutyStatus,
    Reckoning,
)
from tests.hostile_base import (
    IN_FLIGHT,
    Base,
    mostly,
    on,
)
from tests.state_examples import MONDAY, a_duty
from tests.state_world import Pick


class Cases(Base):
    """A person at a case as a whole."""

    @on("cases")
    def wait(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.OPEN), self.world.by_agent(Act.CASE_WAITING)
        self.world.attempt(before.status is CaseStatus.OPEN, lambda: self.world.desk.cases.wait(before.key, event))

    @on("cases")
    def resume(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.WAITING), self.world.by_person(Act.CASE_RESUMED)
        self.world.attempt(before.status is CaseStatus.WAITING, lambda: self.world.desk.cases.resume(before.key, event))

    @on("cases")
    def write_beside_it(self, pick: Pick) -> None:
        before, cases = self._case(pick, *LIVE_CASES), self.world.desk.cases
        word, lawful = self.world.secret(before.key), before.status is not CaseStatus.PURGED
        note = self.world.by_person(Act.NOTE_ADDED)
        self.world.attempt(lawful, lambda: cases.note(before.key, word, note))

    @on("cases", dismissed_first=st.booleans())
    def purge(self, pick: Pick, dismissed_first: bool) -> None:
        before = self._case(pick, *(LIVE_CASES if dismissed_first else (CaseStatus.CLOSED, CaseStatus.DISMISSED)))
        if dismissed_first and before.status in LIVE_CASES:
            self.world.desk.cases.dismiss(before.key, self.world.by_person(Act.CASE_DISMISSED))
            before = self.world.desk.cases.get(before.key)
        event = self.world.by_agent(Act.CASE_PURGED)
        going = [draft for draft in self.world.desk.drafts.for_case(before.key) if draft.status in IN_FLIGHT]
        inside = self.world.desk.mails.of_case(before.key)
        duties = self.world.desk.duties.of_case(before.key)
        owing = [one for one in duties if one.status is DutyStatus.OPEN and one.kind not in REMINDERS]
        goes_on = before.joined_to and self.world.desk.cases.get(before.joined_to).status is not CaseStatus.PURGED
        lawful = before.status in {CaseStatus.CLOSED, CaseStatus.DISMISSED} and not going and not owing and not goes_on
        if self.world.attempt(lawful, lambda: self.world.desk.cases.purge(before.key, event)):
            self.erased |= self.world.secrets.pop(before.key)
            self.erased |= {self.taken[message.content_hash].sender.name for message in inside}
            left = self.world.bytes_on_disk()
            assert not [word for word in self.erased if word.encode() in left]

    @on("cases")
    def crash_in_the_middle(self, pick: Pick) -> None:
        before, found = self.world.everything(), self._case(pick, *LIVE_CASES)
        with suppress(KeyboardInterrupt), self.world.agent.transaction():
            with suppress(StateError):
                self.world.agent.cases.dismiss(found.key, self.world.by_agent(Act.CASE_DISMISSED))
            self.world.leave_behind()
            raise KeyboardInterrupt
        self.world.go_on()
        assert self.world.everything() == before


class Tasks(Base):
    """What must be done besides answering."""

    def _duty(self, pick: Pick, *statuses: DutyStatus) -> Duty:
        found = [self.world.desk.duties.get(key) for key in self.duties]
        return pick.among(found, lambda one: one.status in statuses)

    @on("cases", kind=st.sampled_from(DutyKind), days=st.integers(0, 60), of_a_right=mostly)
    def lay_down_a_duty(self, pick: Pick, kind: DutyKind, days: int, of_a_right: bool) -> None:
        before, event = self._case(pick, *LIVE_CASES), self.world.by_agent(Act.DUTY_OPENED)
        request = before.requests[0].key if of_a_right else None
        new = a_duty(request, kind, self.world.secret(before.key), days)
        lawful, duties = before.status is not CaseStatus.PURGED, self.world.agent.duties
        self.world.attempt(lawful, lambda: self.duties.append(duties.open(before.key, new, event)))

    @rule()
    def lay_down_what_comes_with_rights(self) -> None:
        """Twice does no more than once."""
        duties, event = self.world.agent.duties, self.world.by_agent(Act.DUTY_OPENED)
        for request in (*(wanting := duties.unobliged()), *wanting):
            before = {duty.key for duty in duties.of_case(request.case)}
            duties.oblige(request.key, (a_duty(request.key, DutyKind.STOP_MARKETING),), event)
            self.duties += [duty.key for duty in duties.of_case(request.case) if duty.key not in before]
        assert duties.unobliged() == ()

    @on("duties", person=mostly)
    def do_a_duty(self, pick: Pick, person: bool) -> None:
        duty = self._duty(pick, DutyStatus.OPEN)
        event = (self.world.by_person if person else self.world.by_agent)(Act.DUTY_DONE)
        early = duty.kind is DutyKind.ERASE and copy_owed(self.world.desk.cases.get(duty.case))
        lawful = duty.status is DutyStatus.OPEN and person and not early
        self.world.attempt(lawful, lambda: self.world.desk.duties.done(duty.key, event))

    @on("duties")
    def cancel_a_duty(self, pick: Pick) -> None:
        duty, event = self._duty(pick, DutyStatus.OPEN), self.world.by_person(Act.DUTY_CANCELLED)
        why = self.world.secret(duty.case)
        self.world.attempt(duty.status is DutyStatus.OPEN, lambda: self.world.desk.duties.cancel(duty.key, event, why))

    @on("duties", days=st.integers(0, 90), counting=st.sampled_from(Counting), person=mostly)
    def move_a_duty(self, pick: Pick, days: int, counting: Counting, person: bool) -> None:
        """Only a person, only what is still to be done; the old date and what the new one was counted from are told."""
        duty = self._duty(pick, DutyStatus.OPEN)
        why = self.world.secret(duty.case)
        event = (self.world.by_person if person else self.world.by_agent)(Act.DUTY_MOVED)
        reckoning = Reckoning(counting, MONDAY, days)
        lawful, duties = duty.status is DutyStatus.OPEN and person, self.world.desk.duties
        self.world.attempt(lawful, lambda: duties.move(duty.key, due_on(reckoning), reckoning, why, event))

    @on("duties")
    def a_duty_was_not_done(self, pick: Pick) -> None:
        duty, event = self._duty(pick, DutyStatus.DONE), self.world.by_person(Act.DUTY_REOPENED)
        purged = self.world.desk.cases.get(duty.case).status is CaseStatus.PURGED
        lawful = duty.status is DutyStatus.DONE and not purged
        self.world.attempt(lawful, lambda: self.world.desk.duties.reopen(duty.key, event))
