"""The assistant's own first steps with every open case: its duties laid down, its first letter proposed.

Proposes, never sends. What the letter is and what it may mention is decided in `rules.letters`, its
words in `replies`. Later letters are composed when a person chooses (services.review).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, letters, waiting
from inbox_agent.services import obliging
from inbox_agent.services.one_by_one import one_by_one
from inbox_agent.services.writing import Random, Writing
from state.model import AGENT, Act, Case, Event, Letter, Outcome, Request
from state.store.store import Store


@dataclass(frozen=True, slots=True)
class Drafting:
    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]
    random: Random = secrets.token_bytes

    def lay_down_duties(self) -> int:
        """Lay down the duties that come with the rights of new cases; return with how many rights."""

        def lay_down(request: Request) -> bool:
            obliging.with_right(self.store, self.profile, request, Event(self.now(), AGENT, Act.DUTY_OPENED))
            return True

        return one_by_one(self.store.duties.unobliged(), lay_down, "duties_not_laid_down", self._case_of)

    def _case_of(self, request: Request) -> str:
        return self.store.cases.get(request.case).number

    def propose_first_letters(self, most: int = -1) -> int:
        """Propose the first letter of each open case that has had none yet, of `most` at once; return how many."""
        # A letter that a person rejected is not proposed again; one that a changed case superseded is.
        return self._for_each(self.store.cases.without_letter(), self._first, most)

    def _first(self, case: Case) -> bool:
        with self.store.transaction():  # as the case is now: a person may have ended it since the list was made
            now = self.store.cases.get(case.key)
            letter = letters.first_letter_of(now, self.profile)
            return letter is not None and self._propose(now, letter)

    def propose_final_answers(self) -> int:
        """Draft "not identified" for every case whose person was asked and has proved nothing, in time before the
        target (GDPR 12(4)); return for how many. A person approves it, or takes the outcomes back.
        """
        today = deadlines.helsinki_date(self.now())
        return self._for_each(self.store.cases.with_sent(waiting.ASKING), lambda case: self._propose_final(case, today))

    def _propose_final(self, case: Case, today: date) -> bool:
        if self._final_facts(case, today) is None:
            return False
        event = Event(self.now(), AGENT, Act.REQUEST_DECIDED)
        with self.store.transaction():  # both or neither: a decision that no letter tells would be shown as done
            case = self.store.cases.get(case.key)  # somebody may have identified the person since the list was made
            facts = self._final_facts(case, today)
            if facts is None:
                return False
            for request in waiting.unanswered(case):
                self.store.cases.decide(request.key, Outcome.NOT_IDENTIFIED, facts, event)
                obliging.decided(self.store, self.profile, request.key, today, event)
            return self._propose(self.store.cases.get(case.key), Letter.OUTCOME)

    def _final_facts(self, case: Case, today: date) -> Mapping[str, str] | None:
        sent = self.store.drafts.with_deliveries(case.key)
        return waiting.final_facts(case, sent, self.profile, today)

    @staticmethod
    def _for_each(cases: Iterable[Case], write: Callable[[Case], bool], most: int = -1) -> int:
        return one_by_one(cases, write, "letter_not_written", lambda case: case.number, most)

    def _propose(self, case: Case, letter: Letter) -> bool:
        event = Event(self.now(), AGENT, Act.DRAFT_PROPOSED)
        writing = Writing(self.store, self.profile, self.random)
        # Without an address there is nobody to write to: the case itself says so.
        return writing.propose(case, letter, event, lambda context: replace(context, with_gaps=True)) is not None
