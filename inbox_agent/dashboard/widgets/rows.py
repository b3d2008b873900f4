"""Lists whose lines are two rows of columns, laid out for whatever width there is.

Owns the layout and the keeping of the place: when rows change under the person's hands, the same line
stays chosen and the list does not jump.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets.option_list import Option

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.safe import SafeOptionList, checked
from inbox_agent.texts import gettext as _

GAP = 2  # cells between columns
LINES = 2  # of a row
_SMALLEST = 78  # cells of a line on a screen of eighty columns


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a line: two texts, one above the other. `width` cells, and its `share` of what a line has more than
    on the smallest screen.

    `short` stands for `top` where that does not fit, `long` for `bottom` where there is room for it.
    """

    top: Content
    bottom: Content
    width: int
    share: float = 0.0
    short: Content | None = None
    long: Content | None = None

    def cells(self, total: int) -> int:
        """How wide this column is in a line of `total` cells."""
        return self.width + int(max(total - _SMALLEST, 0) * self.share)

    def top_in(self, width: int) -> Content:
        return self.short if self.short and self.top.cell_length > width else self.top

    def bottom_in(self, width: int) -> Content:
        return self.long if self.long and self.long.cell_length <= width else self.bottom


@dataclass(frozen=True)
class TwoRows(Visual):
    """A line of columns, made only when it comes into view. `facts` are what it shows: equal facts, equal line.

    The column named by `filling` takes the space that the others leave.
    """

    make: Callable[[], tuple[Column, ...]] = field(compare=False)
    facts: object
    filling: int = 1

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return LINES

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        columns = self.make()
        widths = [column.cells(width) for column in columns]
        others = sum(widths) - widths[self.filling] + GAP * (len(widths) - 1)
        widths[self.filling] = max(width - others, 1)
        tops = [column.top_in(cells) for column, cells in zip(columns, widths, strict=True)]
        bottoms = [column.bottom_in(cells) for column, cells in zip(columns, widths, strict=True)]
        # Rules are left out: alignment and wrapping of the list are not those of its cells.
        plain = RenderOptions(options.get_style, {})
        lines = (_line(cells, widths) for cells in (tops, bottoms))
        return [strip for line in lines for strip in line.render_strips(width, 1, style, plain)]


def _line(cells: Sequence[Content], widths: Sequence[int]) -> Content:
    """One row of a line. A cell that says nothing leaves its room to the one before it."""
    shown: list[tuple[Content, int]] = []
    for cell, width in zip(cells, widths, strict=True):
        if shown and not cell.cell_length:
            before, room = shown.pop()
            shown.append((before, room + GAP + width))
        else:
            shown.append((cell, width))
    fitted = (checked(cell).truncate(width, ellipsis=True, pad=True) for cell, width in shown)
    return Content(" " * GAP).join(fitted)


class Row(Option):
    """One line of a `RowList`."""

    def __init__(self, line: TwoRows, key: str) -> None:
        super().__init__(line, id=key)


class RowList(SafeOptionList):
    """A list of `TwoRows`, by key. Setting the same rows again changes nothing on the screen."""

    class Edge(Message):
        """Home or End was pressed: the first or the last line of all is wanted, shown now or not."""

        def __init__(self, last: bool) -> None:
            super().__init__()
            self.last = last

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        keys.give(self, [keys.key("enter", "select", _("Open"), "Enter")])
        self._shown: tuple[tuple[str, TwoRows], ...] = ()

    def show_rows(self, rows: Mapping[str, TwoRows]) -> None:
        """Show these lines, keeping the chosen one chosen and in its place."""
        shown = tuple(rows.items())
        if shown == self._shown:
            return
        chosen, index, offset = self.chosen, self.highlighted, self.scroll_y
        at_top = offset == 0
        self._shown = shown
        self.set_options(Row(line, key) for key, line in shown)
        if chosen is not None and chosen in rows:
            self.highlighted = self.get_option_index(chosen)
            if not at_top:  # what came and went above it moves nothing under the person's eyes
                offset += LINES * (self.highlighted - (index or 0))
        elif shown:
            self.highlighted = min(index or 0, len(shown) - 1)
        self.scroll_to(y=offset, animate=False)

    def action_cursor_down(self) -> None:
        """One line down; at the end it stays, since what is shown may be a part of the list."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        if self.highlighted != 0:
            super().action_cursor_up()

    def action_first(self) -> None:
        super().action_first()
        self.post_message(self.Edge(last=False))

    def action_last(self) -> None:
        super().action_last()
        self.post_message(self.Edge(last=True))

    @property
    def chosen(self) -> str | None:
        """The key of the highlighted line."""
        option = self.highlighted_option
        return option.id if option else None

    def choose(self, key: str) -> None:
        """Highlight the line of this key, if it is there."""
        if any(shown == key for shown, _line in self._shown):
            self.highlighted = self.get_option_index(key)

    def choose_or_first(self, key: str) -> None:
        """Highlight the line of this key, else the first."""
        if self.option_count:
            self.highlighted = 0
            self.scroll_home(animate=False)
            self.choose(key)
