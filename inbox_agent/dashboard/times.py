"""Dates, hours and lengths of time as a person of the interface's language writes them."""

from __future__ import annotations

from datetime import date, datetime

from inbox_agent.phrasing import days
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.rules.typed import typed_day
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext


def weekday(day: date) -> str:
    """Two or three letters: "ti"."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def short_day(day: date) -> str:
    """Weekday, day and month: "ti 24.11."."""
    return _("{weekday} {day}.{month}.").format(weekday=weekday(day), day=day.day, month=day.month)


def full_day(day: date) -> str:
    """Weekday, day, month and year: "ti 24.11.2026"."""
    return _("{weekday} {day}.{month}.{year}").format(weekday=weekday(day), day=day.day, month=day.month, year=day.year)


def hour(instant: datetime) -> str:
    """The hour in Helsinki: "klo 9.05"."""
    return days.hour(instant.astimezone(HELSINKI).time())


def moment(instant: datetime) -> str:
    """Day and hour in Helsinki: "ti 24.11.2026 klo 9.05"."""
    return f"{full_day(instant.astimezone(HELSINKI).date())} {hour(instant)}"


def ago(seconds: float) -> str:
    """How long since something: "12 s sitten", "3 min sitten", "2 t sitten", "4 päivää sitten"."""
    whole = max(int(seconds), 0)
    if whole < 120:
        return _("{n} s ago").format(n=whole)
    if whole < 2 * 3600:
        return _("{n} min ago").format(n=whole // 60)
    if whole < 48 * 3600:
        return _("{n} h ago").format(n=whole // 3600)
    return ngettext("{n} day ago", "{n} days ago", whole // 86400).format(n=whole // 86400)


def as_typed(iso: str) -> str:
    """An ISO date as people type it; anything else as it is."""
    day = typed_day(iso)
    return f"{day.day}.{day.month}.{day.year}" if day else iso


def month(day: date) -> str:
    """The month's name, as a heading: "Marraskuu"."""
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return names[day.month - 1]
