"""The assistant's own first steps with every open case: its duties laid down, its first letter proposed.

Proposes, never sends. What the letter is and what it may mention is decided in `rules.letters`, its
words in `replies`. Later letters are composed when a person chooses (services.review).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, letters
from inbox_agent.services import obliging
from inbox_agent.services.writing import written
from replies.errors import RepliesError
from state.model import AGENT, Act, Case, Event, Letter
from state.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Drafting:
    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]

    def lay_down_duties(self) -> int:
        """Lay down the duties that come with the rights of new cases; return with how many rights."""
        return obliging.oblige(self.store, self.profile, Event(self.now(), AGENT, Act.DUTY_OPENED))

    def propose_first_letters(self) -> int:
        """Propose the first letter of every open case that has had no letter yet; return how many."""
        # A letter that a person rejected is not proposed again; one that a changed case superseded is.
        wanting = ((case, letters.first_letter_of(case, self.profile)) for case in self.store.cases.without_letter())
        return sum(self._propose_or_say(case, letter) for case, letter in wanting if letter is not None)

    def _propose_or_say(self, case: Case, letter: Letter) -> bool:
        try:
            return self._propose(case, letter)
        except (RepliesError, ValueError):  # one letter that cannot be written must not keep back the others
            log.exception("letter_not_written", case=case.number)
            return False

    def _propose(self, case: Case, letter: Letter) -> bool:
        now = self.now()
        envelope = letters.envelope(case, self.store.intake.of_case(case.key))
        if not envelope.to.address:
            return False  # nobody to write to: the case itself says so
        context = letters.context(case, letter, self.profile, deadlines.helsinki_date(now))
        draft = written(case, envelope, context)
        self.store.drafts.propose(draft, Event(now, AGENT, Act.DRAFT_PROPOSED))
        return True
