"""Everything that can be done where the person is, by name: the window of Ctrl+P.

Owns the window; which acts there are is `naming`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Input, OptionList

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.naming import Act, grouped, matching
from inbox_agent.dashboard.safe import SafeButton, SafeInput, SafeOption, SafeOptionList, own
from inbox_agent.dashboard.screens.window import Window, keyed
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.texts import gettext as _

_FIELD = 2  # lines over the list


class AllActsWindow(Window[Act]):
    """Answers which act is meant."""

    def __init__(self, acts: Sequence[Act]) -> None:
        super().__init__()
        self.heading = _("What can be done here")
        self._acts = acts
        self._lines: list[Act | None] = []  # what each line of the list does; a heading nothing

    def body(self) -> Iterable[Widget]:
        field = SafeInput(placeholder=_("A part of its name"), id="wanted", compact=True)
        ways = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
        keys.give(field, [keys.quiet(key, f"screen.move('{way}')") for key, way in ways.items()])
        yield field
        yield SafeOptionList(id="acts-list")

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(_("Do it"), "Enter"), id="submit", action="screen.submit")
        yield SafeButton(keyed(_("Cancel"), "Esc"), id="cancel", action="screen.leave")

    def on_mount(self) -> None:
        self.query_one("#wanted").focus()
        self._list()

    def on_resize(self, event: Resize) -> None:
        """The list scrolls, and nothing around it."""
        super().on_resize(event)
        for acts in self.query("#acts-list"):
            acts.styles.max_height = max(self._room - _FIELD, 1)

    @on(Input.Changed, "#wanted")
    def _list(self) -> None:
        self.problem("")
        acts = self.query_one("#acts-list", OptionList)
        acts.clear_options()
        self._lines = []
        for heading, found in self._found:
            if heading:
                self._add(SafeOption(own(heading, "bold"), disabled=True), None)
            for act in found:
                self._add(SafeOption(act.told), act)
        acts.highlighted = next((at for at, act in enumerate(self._lines) if act), None)
        acts.scroll_home(animate=False)
        if not self._lines:
            acts.add_option(SafeOption(own(_("There is no such act here."), FAINT)))

    def _add(self, line: SafeOption, act: Act | None) -> None:
        self.query_one("#acts-list", OptionList).add_option(line)
        self._lines.append(act)

    @property
    def _found(self) -> list[tuple[str, list[Act]]]:
        """All of them under their headings; of those that are typed for, only the acts."""
        wanted = self.query_one("#wanted", Input).value
        found = matching(self._acts, wanted)
        return list(grouped(found)) if not wanted.strip() else [("", found)] if found else []

    def action_move(self, way: str) -> None:
        getattr(self.query_one("#acts-list", OptionList), f"action_{way}")()

    def answer(self) -> Act | None:
        at = self.query_one("#acts-list", OptionList).highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @on(Input.Submitted, "#wanted")
    @on(OptionList.OptionSelected, "#acts-list")
    def on_chosen(self) -> None:
        self.action_submit()
