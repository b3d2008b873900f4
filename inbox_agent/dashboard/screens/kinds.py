"""Choosing the rights that a mail exercises."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from inbox_agent.dashboard.safe import SafeStatic, TickList, own
from inbox_agent.dashboard.screens.window import Window
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import words
from inbox_agent.texts import gettext as _
from state.model import RequestKind


class ChooseKinds(Window[tuple[RequestKind, ...]]):
    """One or more of the nine rights; `proposed` are ticked to begin with."""

    def __init__(self, heading: str, proposed: tuple[RequestKind, ...], submit: str = "") -> None:
        super().__init__()
        self.heading = heading
        self.submit_label = submit or _("Make it a request")
        self._proposed = proposed

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(_("Space ticks a right. Each gets its own deadline of one month."), FAINT))
        yield TickList[RequestKind](
            *(
                Selection(own(words.types([str(kind)])), kind, initial_state=kind in self._proposed, id=str(kind))
                for kind in RequestKind
            ),
            id="kinds",
        )

    def answer(self) -> tuple[RequestKind, ...] | None:
        chosen = self.query_one("#kinds", SelectionList).selected
        if not chosen:
            self.problem(_("Tick at least one right."), "#kinds")
            return None
        return tuple(kind for kind in RequestKind if kind in chosen)
