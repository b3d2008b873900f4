"""A month as a page of a calendar: what is promised on which day, and Finland's holidays."""

from __future__ import annotations

import calendar
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import checked, mail_line, own
from inbox_agent.dashboard.signs import SIGNS, STYLES
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import days
from inbox_agent.rules import calendar_fi
from inbox_agent.rules.deadlines import urgency
from state.model import DueDates
from state.views import QueueRow, Span

LEAST = 2  # lines of one day: its number, and room for one case or for how many there are
_WEEK = 7
_ROOMY = 110  # columns: weeks by number


class MonthPage(Widget, can_focus=True):
    """One month, Monday first. `chosen` is the day under the cursor; the month shown is its month."""

    chosen: reactive[date] = reactive(date(2000, 1, 1))

    class DayChosen(Message):
        """The cursor stands on another day."""

    class DayOpened(Message):
        """The chosen day was clicked again."""

    def __init__(self, today: date) -> None:
        super().__init__(id="month")
        self._today = today
        self._cases: Mapping[date, Sequence[QueueRow]] = {}
        self.set_reactive(MonthPage.chosen, today)

    def show(self, cases: Mapping[date, Sequence[QueueRow]], today: date) -> None:
        """Show these cases, by the day that is promised."""
        self._cases, self._today = cases, today
        self.refresh()

    def move(self, days: int) -> None:
        self.chosen += timedelta(days=days)

    def turn(self, months: int) -> None:
        """Go to the same day of another month, or to its last."""
        years, month = divmod(self.chosen.month - 1 + months, 12)
        year, month = self.chosen.year + years, month + 1
        self.chosen = date(year, month, min(self.chosen.day, calendar.monthrange(year, month)[1]))

    def watch_chosen(self) -> None:
        self.post_message(self.DayChosen())

    def on_click(self, event: Click) -> None:
        """The mouse chooses a day."""
        weeks = self._weeks()
        week, column = (event.y - 1) // self._lines(weeks), (event.x - self._gutter) // max(self._cell, 1)
        if 0 <= week < len(weeks) and 0 <= column < _WEEK:
            before, self.chosen = self.chosen, weeks[week][column]
            if before == self.chosen:
                self.post_message(self.DayOpened())

    @property
    def _cell(self) -> int:
        return (self.content_size.width - self._gutter) // _WEEK

    @property
    def _gutter(self) -> int:
        """Where there is room, the number of each week stands before it."""
        return 4 if self.content_size.width >= _ROOMY else 0

    def _lines(self, weeks: Sequence[object]) -> int:
        """How many lines a day has: a taller window shows more of its cases."""
        return max(LEAST, (self.content_size.height - 1) // len(weeks))

    def _weeks(self) -> list[list[date]]:
        return calendar.Calendar().monthdatescalendar(self.chosen.year, self.chosen.month)

    @property
    def span(self) -> Span:
        """The days in view."""
        weeks = self._weeks()
        return Span(weeks[0][0], weeks[-1][-1])

    def render(self) -> Content:
        weeks = self._weeks()
        head = Content(" " * self._gutter) + Content("").join(
            self._fit(own(times.weekday(day), FAINT)) for day in weeks[0]
        )
        high = self._lines(weeks)
        lines = [head, *(self._week_line(week, line, high) for week in weeks for line in range(high))]
        return checked(Content("\n").join(lines))

    def _week_line(self, week: Sequence[date], line: int, high: int) -> Content:
        number = own(f"{week[0].isocalendar().week:>2}" if line == 0 else "", FAINT)
        shown = Content("").join(self._day_line(day, line, high) for day in week)
        return number.truncate(self._gutter, pad=True) + shown if self._gutter else shown

    def _day_line(self, day: date, line: int, high: int) -> Content:
        above = self._above(day, high)
        shown = self._fit(above[line] if line < len(above) else self._case(day, line - len(above), high - len(above)))
        if day == self.chosen:
            return shown.stylize("on $chosen")
        return shown if day.month == self.chosen.month else shown.stylize(FAINT)

    def _above(self, day: date, high: int) -> tuple[Content, ...]:
        """What stands above a day's cases: its number, today's framed, and a holiday by name, beside it or below.
        Where the page is too narrow for the name, the mark alone: under the page the chosen day's is told.
        """
        style = "bold" if calendar_fi.is_working_day(day) else FAINT
        found = calendar_fi.name(day)
        number = f"[{day.day}]" if day == self._today else f" {day.day}"
        if found is None:
            return (own(number, style),)
        number, name, room = f"{number} ✶", days.holiday(found), max(self._cell - 1, 1)
        if len(f"{number} {name}") <= room:
            return (own(f"{number} {name}", style),)
        lines = textwrap.wrap(name, room, break_long_words=False)
        if len(lines) >= high - LEAST + 1 or any(len(line) > room for line in lines):
            return (own(number, style),)
        margin = " " if max(map(len, lines)) < room else ""
        return (own(number, style), *(own(margin + line, style) for line in lines))

    def _case(self, day: date, place: int, room: int) -> Content:
        """One of a day's cases; the last line counts those for which there is no room."""
        cases = self._cases.get(day, ())
        if place >= min(len(cases), room):
            return Content("")
        if place == room - 1 and len(cases) > room:
            return own(f" +{len(cases) - place}", "bold")
        row = cases[place]
        near = urgency(DueDates(row.promise, row.backstop, row.target), self._today)
        return own(f" {SIGNS[near]} ", STYLES[near]) + mail_line(_surname(row))

    def _fit(self, content: Content) -> Content:
        return content.truncate(self._cell - 1, ellipsis=True, pad=True) + Content(" ")


def _surname(row: QueueRow) -> str:
    """What tells people apart in few cells."""
    return row.name.split()[-1] if row.name.split() else row.address
