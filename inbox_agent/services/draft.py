"""The assistant's own first steps with every open case: its duties laid down, its first letter proposed.

Proposes, never sends. What the letter is and what it may mention is decided in `rules.letters`, its
words in `replies`. Later letters are composed when a person chooses (services.review).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import structlog

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, letters, waiting
from inbox_agent.services import obliging
from inbox_agent.services.writing import Random, Writing
from replies.errors import RepliesError
from state.model import AGENT, Act, Case, Event, Letter, Outcome
from state.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Drafting:
    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]
    random: Random = secrets.token_bytes

    def lay_down_duties(self) -> int:
        """Lay down the duties that come with the rights of new cases; return with how many rights."""
        try:
            return obliging.oblige(self.store, self.profile, Event(self.now(), AGENT, Act.DUTY_OPENED))
        except (ValueError, LookupError):  # a day beyond the calendar, say: letters must go on
            log.exception("duties_not_laid_down")
            return 0

    def propose_first_letters(self, most: int | None = None) -> int:
        """Propose the first letter of each open case that has had none yet, of `most` at once; return how many."""
        # A letter that a person rejected is not proposed again; one that a changed case superseded is.
        wanting = ((case, letters.first_letter_of(case, self.profile)) for case in self.store.cases.without_letter())
        written = (1 for case, letter in wanting if letter is not None and self._first(case, letter))
        return sum(islice(written, most))

    def _first(self, case: Case, letter: Letter) -> bool:
        return self._or_say(case, lambda: self._propose(case, letter))

    def propose_final_answers(self) -> int:
        """Draft "not identified" for every case whose person was asked and has proved nothing, in time before the
        target (GDPR 12(4)); return for how many. A person approves it, or takes the outcomes back.
        """
        today = deadlines.helsinki_date(self.now())
        return sum(self._propose_final(case, today) for case in self.store.cases.with_sent(waiting.ASKING))

    def _propose_final(self, case: Case, today: date) -> bool:
        sent = self.store.drafts.with_deliveries(case.key)
        facts = waiting.final_facts(case, sent, self.profile, today)
        if facts is None:
            return False
        event = Event(self.now(), AGENT, Act.REQUEST_DECIDED)

        def decide_and_propose() -> bool:  # both or neither: a decision that no letter tells would be shown as done
            with self.store.transaction():
                for request in waiting.unanswered(case):
                    self.store.cases.decide(request.key, Outcome.NOT_IDENTIFIED, facts, event)
                    obliging.decided(self.store, self.profile, request.key, today, event)
                return self._propose(self.store.cases.get(case.key), Letter.OUTCOME)

        return self._or_say(case, decide_and_propose)

    def _or_say(self, case: Case, write: Callable[[], bool]) -> bool:
        try:
            return write()
        except (RepliesError, ValueError):  # one letter that cannot be written must not keep back the others
            log.exception("letter_not_written", case=case.number)
            return False

    def _propose(self, case: Case, letter: Letter) -> bool:
        event = Event(self.now(), AGENT, Act.DRAFT_PROPOSED)
        # Without an address there is nobody to write to: the case itself says so.
        return Writing(self.store, self.profile, self.random).propose(case, letter, event) is not None
