"""The first screen: what must be done, by deadline; what was set aside, and why.

Owns the keys and what is where. The lists stand in `list_desk`, the acts in `list_acts`, the line in `list_says`; what
a case looks like inside is `screens.case`, the lines are `widgets.lines`.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Tab, Tabs

from inbox_agent.dashboard.keys import give, key, quiet
from inbox_agent.dashboard.safe import SafeInput, SafeStatic, own
from inbox_agent.dashboard.screens.list_desk import shelf_names
from inbox_agent.dashboard.screens.list_says import ListSays
from inbox_agent.dashboard.widgets.banner import Banner
from inbox_agent.dashboard.widgets.chosen import ChosenLine
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.dashboard.widgets.preview import Preview
from inbox_agent.dashboard.widgets.rows import RowList
from inbox_agent.texts import gettext as _
from state.views import Narrowing


class FilterInput(SafeInput):
    """The filter's field, with the two ways out of it."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Name, address or case number"), id="filter")
        leave = [
            key("enter", "submit", _("To the list"), "Enter"),
            key("escape", "screen.clear_filter", _("Clear the filter"), "Esc"),
        ]
        give(self, leave)


class MainScreen(ListSays):
    """The lists, the filter, and beside them (where there is room) the chosen case."""

    def keys(self) -> list[Binding]:
        shelves = [
            quiet(f"{number}", f"shelf('{shelf}')", name)
            for number, (shelf, name) in enumerate(shelf_names().items(), start=1)
        ]
        return [
            *shelves,
            key("t", "make_case", _("Make a case")),
            key("j", "put_under", _("Put under a case")),
            key("s", "say", _("Say")),
            key("ctrl+f", "filter", _("Filter")),
            quiet("slash", "name_act"),
            key("n", "record", _("By letter, call or visit")),
            key("c", "month", _("Month")),
            key("k", "duties", _("Tasks")),
            key("y", "numbers", _("The year in numbers")),
            key("l", "away", _("Holidays and deputy")),
            quiet("escape", "clear_filter", _("Clear the filter")),
            quiet("left", "next_shelf(-1)"),
            quiet("right", "next_shelf(1)"),
        ]

    def compose(self) -> ComposeResult:
        yield Banner(self.context.profile, self.context.now)
        # Numbered from the start: a label that grew would leave the line under it behind for a moment.
        named = enumerate(shelf_names().items(), start=1)
        yield Tabs(*(Tab(own(f"{number} {name}"), id=str(shelf)) for number, (shelf, name) in named), id="shelves")
        with Horizontal(id="desk"):
            with Vertical(id="lists"):
                yield SafeStatic(id="narrowed")
                yield SafeStatic(id="empty")
                yield RowList(id="rows")
                yield ChosenLine(id="chosen")
            yield Preview(self.context, id="preview")
        yield FilterInput()
        yield self.line()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#shelves").can_focus = False
        self._filter.display = False
        self.query_one("#narrowed").display = False
        self._rows.focus()
        self.watch(self._rows, "scroll_y", self.on_scrolled, init=False)
        self.read()

    def hush(self) -> None:
        self._rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"make_case", "put_under"}:
            return self.chosen_mail is not None
        if action == "filter":
            return not self._filter.has_focus
        if action == "clear_filter":
            return self.asked.wanted != Narrowing() or self._filter.display
        return True

    def action_filter(self) -> None:
        self._filter.display = True
        self._filter.focus()

    def action_clear_filter(self) -> None:
        self.narrow(self.shelf, Narrowing())
