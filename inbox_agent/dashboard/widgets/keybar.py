"""The keys at the bottom of a screen, as many as fit in full: none is cut, and the way out and the help always stay.

What does not fit works all the same; the palette and `/` name it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # no public name for what a Footer holds

ALWAYS = frozenset({"back", "dismiss", "handbook"})
FIRST_TO_GO = ("switch", "filter", "edit")  # what the mouse, Enter or the letter itself does as well
_AROUND = 3  # cells around a key and its name


class KeyBar(Footer):
    """A footer that leaves out what would be cut."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        shown = [key for key in super().compose() if isinstance(key, FooterKey)]
        kept = fitting([(key.action, _cells(key)) for key in shown], self.app.size.width)
        self.styles.grid_size_columns = max(len(kept), 1)
        yield from (key for key in shown if key.action in kept)

    def on_resize(self, event: Resize) -> None:
        self.refresh(recompose=True)


def fitting(actions: Sequence[tuple[str, int]], width: int) -> set[str]:
    """The actions that are shown in so many cells, given the cells of each, the most pressing first."""
    cells = dict(actions)
    names = [action for action, _cells_of in actions if action.rpartition(".")[2] not in ALWAYS]
    going = [*(name for name in FIRST_TO_GO if name in names), *(n for n in reversed(names) if n not in FIRST_TO_GO)]
    while going and sum(cells.values()) > width:
        del cells[going.pop(0)]
    return set(cells)


def _cells(key: FooterKey) -> int:
    return len(key.key_display) + len(key.description) + _AROUND
