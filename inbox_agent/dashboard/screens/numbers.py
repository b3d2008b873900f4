"""The year in numbers: what the controller's report asks, with bars, to be saved as CSV and as a page to print."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.keys import give, key
from inbox_agent.dashboard.safe import SafeStatic, own, tell
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.phrasing import stats as phrasing
from inbox_agent.phrasing.listing import table
from inbox_agent.rules import stats
from inbox_agent.rules.stats import Line, Report
from inbox_agent.texts import gettext as _

_NONE = frozenset({"0", "–"})


class NumbersScreen(DeskScreen):
    """One year; the arrows turn to another."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.year = context.today().year
        self.report: Report | None = None

    def keys(self) -> list[Binding]:
        return [
            key("ctrl+s", "export", _("Save as CSV and as a page")),
            key("escape", "dismiss", _("Back"), "Esc"),
        ]

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="year-heading")
        with VerticalScroll(id="year"):
            yield SafeStatic(id="numbers")
        yield KeyBar()

    def on_mount(self) -> None:
        year = self.query_one("#year")
        earlier, later = (
            key("left", "screen.turn(-1)", _("Earlier"), "←"),
            key("right", "screen.turn(1)", _("Later"), "→"),
        )
        give(year, [earlier, later])  # the arrows are the year's, which never scrolls sideways
        year.focus()
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        year, today = self.year, self.context.today()
        rows = await self.look(lambda views: views.year(year))
        if rows is None:
            return
        self.report = stats.report(rows, year, today)
        heading = _("Data subjects' requests in {year}").format(year=year)
        self.query_one("#year-heading", SafeStatic).show(own(heading, "bold"))
        self._show_numbers()

    def on_resize(self) -> None:
        if self.query("#numbers"):  # a screen that is closing may be resized when its parts are gone already
            self._show_numbers()

    def _show_numbers(self) -> None:
        if self.report is not None:
            width = self.query_one("#year").scrollable_content_region.width or self.size.width
            self.query_one("#numbers", SafeStatic).show(_content(self.report, width))

    def action_turn(self, by: int) -> None:
        self.year = min(max(self.year + by, 2018), self.context.today().year)
        self.read()

    @work
    async def action_export(self) -> None:
        """Save both files beside the profile, and say where they are."""
        if (report := self.report) is None:
            return
        page = phrasing.as_html(report, self.context.profile.controller.name)
        sheet, name = phrasing.as_csv(report), f"inbox-agent-{report.year}"
        try:
            paths = await self.context.gateway.act(
                lambda review: [review.save(f"{name}.html", page), review.save(f"{name}.csv", sheet)]
            )
        except NotDone as error:
            self.complain(error)
            return
        names = ", ".join(path.name for path in paths)
        tell(self, _("Saved: {names}, in the folder {folder}").format(names=names, folder=paths[0].parent), seconds=20)


def _content(report: Report, width: int) -> Content:
    """A table where the window is wide enough for it, else every right as a card of its numbers; then the bars."""
    if not report.lines:
        return own(phrasing.as_table(report)[0], FAINT)
    head, *rows = table(phrasing.headings(), [phrasing.cells(one) for one in (*report.lines, report.total)])
    if len(head) <= width:
        lines = [own(head, FAINT), *map(own, rows[:-1]), own(rows[-1], "bold"), Content(" ")]
    else:
        lines = _card(report.total, width)
        lines += [line for one in report.lines for line in _card(one, width, only_some=True)]
    for title, counted in (
        (_("Received by right"), [(phrasing.name(one), one.received) for one in report.lines]),
        (_("Received by month"), [(f"{number}/{report.year}", count) for number, count in enumerate(report.months, 1)]),
    ):
        lines += [
            own(title, "bold $text-primary"),
            *(own(bar).highlight_regex("█+", style="$primary") for bar in phrasing.bars(counted)),
            Content(" "),
        ]
    return Content("\n").join(lines)


def _card(line: Line, width: int, *, only_some: bool = False) -> list[Content]:
    """A right's numbers, each beside its name, as many in a line as fit; with `only_some`, none that is nothing."""
    _right, *names = phrasing.headings()
    head, *numbers = phrasing.cells(line)
    lines = [Content("")]
    for name, number in zip(names, numbers, strict=True):
        if only_some and number in _NONE:
            continue
        said = Content.assemble((f"{name} ", FAINT), (number, "bold"))
        if lines[-1] and lines[-1].cell_length + said.cell_length + 2 > width:
            lines.append(Content(""))
        lines[-1] += Content("  ") + said if lines[-1] else said
    return [own(head, "bold $text-primary"), *lines, Content(" ")]
