"""What the acts of a case's screen share: the case, the letter in view, and reading them anew."""

from __future__ import annotations

from abc import abstractmethod

from textual.worker import Worker

from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.readings import Dossier, Post
from inbox_agent.dashboard.widgets.letter import LetterPane
from state.model import CaseKey


class CaseDesk(DeskScreen):
    """One case on the screen. `found` is None until it has been read."""

    def __init__(self, context: Context, case: CaseKey) -> None:
        super().__init__(context)
        self.case_key = case
        self.found: Dossier | None = None
        self.letter_number = 0

    @abstractmethod
    def read(self) -> Worker[None]:
        """Read the case anew and show it; what is being typed stays."""

    @property
    def pane(self) -> LetterPane:
        return self.query_one(LetterPane)

    @property
    def post(self) -> Post | None:
        """The letter in view."""
        if not self.found or not self.found.letters:
            return None
        return self.found.letters[self.letter_number % len(self.found.letters)]
