"""The cases of one day, to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from inbox_agent.dashboard.safe import SafeButton, SafeOption, SafeOptionList
from inbox_agent.dashboard.screens.window import Window, keyed
from inbox_agent.texts import gettext as _
from state.model import CaseKey


class DayWindow(Window[CaseKey]):
    """Answers which of a day's cases is opened. Each comes with its line."""

    def __init__(self, heading: str, cases: Sequence[tuple[CaseKey, Content]]) -> None:
        super().__init__()
        self.heading = heading
        self._cases = tuple(cases)

    def body(self) -> Iterable[Widget]:
        yield SafeOptionList(*(SafeOption(line, str(key)) for key, line in self._cases), id="letters")

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(_("Open"), "Enter"), id="submit", action="screen.submit")
        yield SafeButton(keyed(_("Cancel"), "Esc"), id="cancel", action="screen.leave")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def answer(self) -> CaseKey | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._cases[at][0]

    @on(OptionList.OptionSelected)
    def on_chosen(self) -> None:
        self.action_submit()
