"""Several people at one desk: who is on which case, whose case it is, who answers while somebody is away.

Being on a case locks nothing: it is seen by the others, and the store judges every act as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inbox_agent.errors import UsageProblem
from inbox_agent.rules.presence import DESK
from inbox_agent.services.acting import Acting
from inbox_agent.services.fulfilling import Fulfilling
from state.lifecycle import LIVE_CASES
from state.model import Absence, Act, Case, CaseKey, Heartbeat

_LONG_DEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hands(Acting):
    def here(self, desk: str, case: CaseKey | None) -> None:
        """Say that this person, at the desk of this id, is on a case, or on none."""
        now = self.now()
        with self.store.transaction():
            self.store.pulse.forget_silent(DESK, now - _LONG_DEAD)
            self.store.pulse.beat(Heartbeat(f"{DESK}{desk}", now, "here", {"person": self.person, "case": case}))

    def left(self, desk: str) -> None:
        """Say that the desk of this id was closed."""
        self.store.pulse.forget(f"{DESK}{desk}")

    def hand_over(
        self, case: CaseKey, to: str, note: str = "", *, first: date | None = None, last: date | None = None
    ) -> None:
        """Give a case to a colleague, with a note for them, from one day (by default at once) to another (by default
        for good): nothing moves by itself, so what is to come is a reminder of that day. Raises UsageProblem for
        nobody, for a case that has ended, and where the last day has passed or comes before the first.
        """
        colleague, words = to.strip(), note.strip()
        self._check(self.store.cases.get(case), colleague, max(first or self.today(), self.today()), last)
        fulfilling = self.at(Fulfilling)
        with self.store.transaction():
            if first is not None and first > self.today():
                fulfilling.remind(case, first, " ".join(filter(None, (f"→ {colleague}", words))))
            else:
                self.store.cases.hand_over(case, colleague, words, self.event(Act.CASE_HANDED_OVER))
            if last is not None:
                fulfilling.remind(case, last + timedelta(days=1), f"← {self.person}")

    @staticmethod
    def _check(case: Case, to: str, first: date, last: date | None) -> None:
        """What is to happen later is refused now: on that day nobody would be asked."""
        if not to:
            raise UsageProblem("hand_over_to", case.number)
        if case.status not in LIVE_CASES:
            raise UsageProblem("hand_over_ended", case.number)
        if last is not None and last < first:
            raise UsageProblem("hand_over_days", case.number)

    def away(self, absences: tuple[Absence, ...]) -> None:
        """Set when the contact person is away, in place of what was set before."""
        self.store.absences.set(absences, self.event(Act.ABSENCE_SET))
