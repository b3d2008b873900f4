"""The dates of a case as lines: what is promised, what to aim at, what is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import own
from inbox_agent.dashboard.signs import SIGNS, STYLES, bar
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import words
from inbox_agent.rules.deadlines import urgency
from inbox_agent.texts import gettext as _
from state.lifecycle import LIVE_REQUESTS
from state.model import Case, Request

_BAR = 16  # cells


def clock_lines(case: Case, today: date) -> Iterable[Content]:
    """One right a line with its status, then the dates of each different clock."""
    for request in case.requests:
        yield right_line(request)
    shown = set()
    for request in case.requests:
        if request.status in LIVE_REQUESTS and request.current not in shown:
            shown.add(request.current)
            yield from _dates(request, today)


def right_line(request: Request) -> Content:
    """A right, how far it is, and how it ends."""
    outcome = f": {words.outcome(request.outcome)}" if request.outcome else ""
    status = f"{words.request_status(request.status)}{outcome}"
    return Content.assemble((words.types([str(request.kind)]), "bold"), "  ", (status, FAINT))


def days_line(request: Request, today: date, cells: int = _BAR) -> Content:
    """Days left as words, colour and bar."""
    due = request.current
    near = urgency(due, today)
    words_left = own(f"{SIGNS[near]} {words.days_left((due.promise - today).days)}", STYLES[near])
    return Content.assemble(words_left, "  ", bar(request.received_on, due.promise, today, near, cells))


def _dates(request: Request, today: date) -> Iterable[Content]:
    due = request.current
    yield days_line(request, today)
    yield _date(_("received"), request.received_on)
    yield _date(_("target"), due.target)
    promised = _("promised (extended)") if request.extended else _("promised")
    yield _date(promised, due.promise)
    if due.backstop != due.promise:
        yield _date(_("latest, if all else fails"), due.backstop)


def _date(what: str, day: date) -> Content:
    return Content.assemble((f"{times.full_day(day):<15} ", ""), (what, FAINT))


def earliest(case: Case) -> Request:
    """The request whose promise comes first; of the live ones, where there are any."""
    live = [request for request in case.requests if request.status in LIVE_REQUESTS]
    return min(live or case.requests, key=lambda request: request.current.promise)
