"""The year in numbers: what the controller's report asks, with bars, to be saved as CSV and as a page to print."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.keys import key
from inbox_agent.dashboard.safe import SafeStatic, own, tell
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.phrasing import stats as phrasing
from inbox_agent.rules import stats
from inbox_agent.rules.stats import Line, Report
from inbox_agent.texts import gettext as _


class NumbersScreen(DeskScreen):
    """One year; the arrows turn to another."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.year = context.today().year
        self.report: Report | None = None

    def keys(self) -> list[Binding]:
        return [
            key("left", "turn(-1)", _("Earlier"), "←"),
            key("right", "turn(1)", _("Later"), "→"),
            key("x", "export", _("Save as CSV and as a page")),
            key("escape", "dismiss", _("Back"), "Esc"),
        ]

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="year-heading")
        with VerticalScroll(id="year"):
            yield SafeStatic(id="numbers")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#year").focus()
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
        self.query_one("#numbers", SafeStatic).show(_content(self.report))

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
        tell(self, "\n".join(str(path) for path in paths), seconds=20)


def _content(report: Report) -> Content:
    """Every right as a card of its numbers, which needs no wide window; then the bars."""
    if not report.lines:
        return own(phrasing.as_table(report)[0], FAINT)
    lines = [line for one in (report.total, *report.lines) for line in _card(one)]
    for title, counted in (
        (_("Received by right"), [(phrasing.name(one), one.received) for one in report.lines]),
        (_("Received by month"), [(f"{number}/{report.year}", count) for number, count in enumerate(report.months, 1)]),
    ):
        lines += [own(title, "bold $text-primary"), *(own(bar) for bar in phrasing.bars(counted)), Content(" ")]
    return Content("\n").join(lines)


def _card(line: Line) -> list[Content]:
    _right, *names = phrasing.headings()
    head, *numbers = phrasing.cells(line)
    said = Content("  ").join(
        Content.assemble((f"{name}\u00a0".replace(" ", "\u00a0"), FAINT), (number, "bold"))
        for name, number in zip(names, numbers, strict=True)
    )
    return [own(head, "bold $text-primary"), said, Content(" ")]
