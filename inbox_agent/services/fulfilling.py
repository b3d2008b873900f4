"""What a person says of a case's duties: one more, done, nothing to do, not done after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inbox_agent.rules import duties
from inbox_agent.services.acting import Acting
from state.model import Act, CaseKey, DutyKey, DutyKind


@dataclass(frozen=True, slots=True)
class Fulfilling(Acting):
    def add(self, case: CaseKey, kind: DutyKind, due: date, about: str = "") -> DutyKey:
        """Lay down a duty of the person's own choosing, such as the day that the ombudsman's letter names."""
        return self.store.duties.open(case, duties.by_person(kind, due, about), self.event(Act.DUTY_OPENED))

    def done(self, duty: DutyKey) -> None:
        """Raises IllegalTransition for an erasure while a copy is owed."""
        self.store.duties.done(duty, self.event(Act.DUTY_DONE))

    def cancel(self, duty: DutyKey) -> None:
        """Say that there is nothing to do after all."""
        self.store.duties.cancel(duty, self.event(Act.DUTY_CANCELLED))

    def reopen(self, duty: DutyKey) -> None:
        """Say that it was not done."""
        self.store.duties.reopen(duty, self.event(Act.DUTY_REOPENED))
