"""A person at work: what every act of theirs needs, and the event that names them.

The tasks (`judging`, `deciding`, `corresponding`, `approving`, `fulfilling`, `who_asks`, ...) are its parts;
`services.review` holds them together.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from inbox_agent.errors import UsageProblem
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, letters
from inbox_agent.services.writing import Adjust, Random, Writing, as_it_is
from replies.context import NO_FACTS
from state.model import Act, Case, DraftKey, Event, Letter
from state.store.store import Store

Task = TypeVar("Task", bound="Acting")


@dataclass(frozen=True, slots=True)
class Acting:
    """`person` goes into every event as the actor `person:<name>`."""

    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]
    person: str
    random: Random = secrets.token_bytes

    def at(self, task: type[Task]) -> Task:
        """The same person at one of their tasks."""
        return task(self.store, self.profile, self.now, self.person, self.random)

    def event(self, act: Act) -> Event:
        return Event(self.now(), f"person:{self.person}", act)

    def today(self) -> date:
        return deadlines.helsinki_date(self.now())

    def write(
        self, case: Case, letter: Letter, adjust: Adjust = as_it_is, facts: Mapping[str, str] = NO_FACTS
    ) -> DraftKey:
        """Propose a letter. Raises UsageProblem where there is nobody to write to and for a letter of the authority,
        and the errors of `replies`.
        """
        if letters.of_authority(case):
            raise UsageProblem("to_authority", case.number)
        writing = Writing(self.store, self.profile, self.random)
        draft = writing.propose(case, letter, self.event(Act.DRAFT_PROPOSED), adjust, facts)
        if draft is None:
            raise UsageProblem("no_address", case.number)
        return draft
