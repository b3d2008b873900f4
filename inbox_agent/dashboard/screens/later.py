"""When a letter should leave that is approved today: a day and an hour, in Finland's time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget
from textual.widgets import Input

from inbox_agent.dashboard.safe import SafeInput, SafeStatic, own
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import days
from inbox_agent.rules.schedule import WORK_BEGINS, leaves_at
from inbox_agent.rules.typed import typed_day, typed_hour
from inbox_agent.texts import gettext as _


class LaterWindow(Window[datetime]):
    """Answers the instant (aware UTC) that was said; `now` is aware. The letter is shown for its approval after it."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.heading = _("When should the letter leave?")
        self.submit_label = _("Show the letter")
        self._now = now

    def on_mount(self) -> None:
        self.query_one("#day").focus()

    def body(self) -> Iterable[Widget]:
        yield labelled(_("Day"))
        yield SafeInput(placeholder=_("day.month.year"), id="day", compact=True)
        yield labelled(_("Hour"))
        yield SafeInput(days.clock(WORK_BEGINS), id="hour", compact=True)
        until = _("In Finland's time. Until then u in the case takes the letter back.")
        yield SafeStatic(own(until, FAINT), classes="apart")

    def answer(self) -> datetime | None:
        day = typed_day(self.query_one("#day", Input).value)
        hour = typed_hour(self.query_one("#hour", Input).value)
        if day is not None and hour is not None:
            try:
                moment = leaves_at(f"{day.isoformat()}T{hour:%H:%M}")
            except UsageProblem:
                moment = self._now
            if moment > self._now:
                return moment
        said = _("A day like 24.11.2026 and an hour like 9:00, still to come.")
        self.problem(said, "#day" if day is None else "#hour")
        return None
