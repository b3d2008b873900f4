"""The keys at the bottom of a screen, as many as fit in full: none is cut, and the way out and the help always stay.

What does not fit works all the same; the palette and `/` name it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen

from inbox_agent.dashboard.context import DeskScreen
from inbox_agent.dashboard.safe import SafeStatic

ALWAYS = frozenset({"back", "dismiss", "give_up", "handbook"})
FIRST_TO_GO = ("switch", "edit")  # what the mouse or the letter itself does as well
_AROUND = 3  # cells around a key and its name


class KeyName(SafeStatic):
    """A key and what it does; a click does the same."""

    def __init__(self, binding: Binding, shown: str) -> None:
        super().__init__(
            Content.assemble((f" {shown} ", "bold $footer-key-foreground"), (f"{binding.description} ", "$foreground"))
        )
        self._key = binding.key

    def on_mouse_down(self) -> None:
        self.app.simulate_key(self._key)


class KeyBar(Horizontal):
    """The keys that can be used now, without those that would be cut."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self._ready = False  # until the screen tells of its keys, what they depend on may not be there yet

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def compose(self) -> ComposeResult:
        if not self._ready:
            return
        found: dict[str, Binding] = {}
        pressing = self.screen.pressing if isinstance(self.screen, DeskScreen) else ""
        for active in self.screen.active_bindings.values():
            if active.binding.show or active.binding.action == pressing:
                found.setdefault(active.binding.action, active.binding)
        first = sorted(found.values(), key=lambda binding: binding.action != pressing)
        shown = [(binding, self.app.get_key_display(binding)) for binding in first]
        actions = [(binding.action, _cells(binding, name)) for binding, name in shown]
        kept = fitting(actions, self.app.size.width, pressing)
        yield from (KeyName(binding, name) for binding, name in shown if binding.action in kept)

    def on_resize(self, event: Resize) -> None:
        self.refresh(recompose=True)

    def _changed(self, screen: Screen[object]) -> None:
        self._ready = True
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self.recompose)


def fitting(actions: Sequence[tuple[str, int]], width: int, pressing: str = "") -> set[str]:
    """The actions that are shown in so many cells, given the cells of each, the most pressing first. The one that is to
    be done next stays, too.
    """
    cells = dict(actions)
    names = [action for action, _cells_of in actions if action.rpartition(".")[2] not in {*ALWAYS, pressing}]
    going = [*(name for name in FIRST_TO_GO if name in names), *(n for n in reversed(names) if n not in FIRST_TO_GO)]
    while going and sum(cells.values()) > width:
        del cells[going.pop(0)]
    return set(cells)


def _cells(binding: Binding, name: str) -> int:
    return len(name) + len(binding.description) + _AROUND
