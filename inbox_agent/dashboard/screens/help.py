"""The handbook on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from inbox_agent.dashboard.handbook import tasks
from inbox_agent.dashboard.hanging import NUMBERED
from inbox_agent.dashboard.safe import SafeButton, SafeStatic
from inbox_agent.dashboard.screens.window import Window
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.texts import gettext as _


class Step(SafeStatic):
    """One step of a task, which may bear its number."""

    SIGNS = NUMBERED


class HelpWindow(Window[bool]):
    """Every task, one under another; Escape or F1 closes. The task that begins with `act` is shown first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "leave", show=False)]

    read_first = True

    def __init__(self, act: str = "") -> None:
        super().__init__()
        self.heading = _("Handbook")
        self._act = act

    def body(self) -> Iterable[Widget]:
        for task in sorted(tasks(), key=lambda task: not self._act or task.act != self._act):
            yield SafeStatic(Content.styled(task.heading, "bold $text-primary"), classes="task")
            for step in task.steps:
                yield Step(Content(step), classes="step")

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(Content.assemble(_("Close"), ("  Esc", FAINT)), id="cancel", action="screen.leave")

    def action_submit(self) -> None:
        self.dismiss(None)
