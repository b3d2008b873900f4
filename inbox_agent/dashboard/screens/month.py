"""The month: deadlines and holidays on one page."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.context import DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.keys import key, quiet
from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.readings import LIMIT
from inbox_agent.dashboard.safe import SafeStatic, mail_line, own, tell
from inbox_agent.dashboard.screens.day import DayWindow
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.dashboard.widgets.month import MonthPage
from inbox_agent.dashboard.widgets.told import joined
from inbox_agent.phrasing import days, words
from inbox_agent.rules import calendar_fi
from inbox_agent.texts import gettext as _
from state.views import Narrowing, Page, QueueRow, Span


class MonthScreen(DeskScreen):
    """A page of the calendar, and under it what the chosen day holds."""

    def keys(self) -> list[Binding]:
        return [
            key("enter", "open", _("Open"), "Enter"),
            key("pageup", "turn(-1)", _("Earlier"), "PgUp"),
            key("pagedown", "turn(1)", _("Later"), "PgDn"),
            quiet("left", "move(-1)"),
            quiet("right", "move(1)"),
            quiet("up", "move(-7)"),
            quiet("down", "move(7)"),
            quiet("home", "today", _("Today")),
            key("ctrl+s", "save_calendar", _("Save for your calendar"), "Ctrl+S"),
            quiet("c", "dismiss"),
            key("escape", "dismiss", _("Back"), "Esc"),
        ]

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="month-name")
        yield MonthPage(self.context.today())
        yield SafeStatic(id="chosen-day")
        yield KeyBar()

    def on_mount(self) -> None:
        self._cases: dict[date, list[QueueRow]] = {}
        self._read_for: Span | None = None
        self._page.focus()
        self.read()

    @property
    def _page(self) -> MonthPage:
        return self.query_one(MonthPage)

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the open cases of the month in view and put each on the day promised."""
        today, span = self.context.today(), self._page.span
        rows = await self.look(lambda views: views.queue(today, Narrowing(promise=span), Page(LIMIT)))
        if rows is None:
            return
        self._read_for = span
        by_day: defaultdict[date, list[QueueRow]] = defaultdict(list)
        for row in rows:
            by_day[row.promise].append(row)
        self._cases = dict(by_day)
        self._page.show(by_day, today)
        self.on_day()

    @on(MonthPage.DayChosen)
    def on_day(self) -> None:
        """Tell the month's name, and of the chosen day the holiday and the cases."""
        chosen = self._page.chosen
        if self._read_for is not None and self._read_for != self._page.span:
            self.read()
        self.query_one("#month-name", SafeStatic).show(own(f"{times.month(chosen)} {chosen.year}", "bold"))
        found = calendar_fi.name(chosen)
        head = own(times.full_day(chosen), "bold")
        if found:
            head += own(f"  ✶ {days.holiday(found)}", "$text-accent")
        lines = [_line(row) for row in self._cases.get(chosen, [])] or [
            own(_("Nothing is promised for this day."), FAINT)
        ]
        most = max(self.app.size.height // 6 - 2, 2)  # the page of the calendar keeps the most of the window
        self.query_one("#chosen-day", SafeStatic).show(joined((head, *lines[:most], *_rest(lines, most))))

    def action_move(self, by: int) -> None:
        self._page.move(by)

    def action_turn(self, months: int) -> None:
        self._page.turn(months)

    def action_today(self) -> None:
        self._page.chosen = self.context.today()

    @on(MonthPage.DayOpened)
    def on_opened(self) -> None:
        self.action_open()

    @work
    async def action_open(self) -> None:
        """Open the chosen day's case; of several, ask which."""
        cases = self._cases.get(self._page.chosen, [])
        wanted = cases[0].key if len(cases) == 1 else None
        if len(cases) > 1:
            window = DayWindow(times.full_day(self._page.chosen), [(row.key, _line(row)) for row in cases])
            wanted = await self.app.push_screen_wait(window)
        if wanted is not None:
            self.app.post_message(CaseWanted(wanted))

    @work
    async def action_save_calendar(self) -> None:
        """Save every deadline and task as a calendar file, and say where it is."""
        try:
            path = await self.context.gateway.act(lambda review: review.save_calendar())
        except NotDone as error:
            self.complain(error)
            return
        said = _("Saved: {name}, in the folder {folder}. Open it in your calendar: it names nobody.")
        tell(self, said.format(name=path.name, folder=path.parent), seconds=20)


def _line(row: QueueRow) -> Content:
    kinds = words.types([str(kind) for kind in row.kinds])
    return Content.assemble((f"{row.number}  ", "bold"), mail_line(row.name or row.address), f"  {kinds}")


def _rest(lines: list[Content], most: int) -> list[Content]:
    return [own(f"+{len(lines) - most}", FAINT)] if len(lines) > most else []
