"""Weeks, months and days by name, and moving by them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from replies.reckoning import months_after

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_MONTHS = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april"),
    ("toukokuu", "maj", "may"),
    ("kesakuu", "juni", "june"),
    ("heinakuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november"),
    ("joulukuu", "december"),
)
_SHORT_MONTHS = {
    "jan": 1,
    "feb": 2,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "okt": 10,
    "nov": 11,
    "dec": 12,
}


def unit(form: str) -> str | None:
    """The unit ("week", "month", "day") where a folded word names one."""
    if form.startswith(("viiko", "viikk", "vecko", "vecka", "week")) or form in {"vk", "vko", "vkon", "vkoa"}:
        return "week"
    if form.startswith(("kuukau", "kuukaus", "manad", "month")) or form in {"kk", "kuun"}:
        return "month"
    if form.startswith(("paiva", "paivi", "dag", "day")) or form in {"pv", "pvn", "paivan", "pvan", "pvaa", "pva"}:
        return "day"
    return None


def moved(today: date, unit: str, count: int) -> date:
    """The day so many units ahead, or behind where negative; a month later is the same date, at latest its last day."""
    if unit == "day":
        return today + count * DAY
    if unit == "week":
        return today + count * WEEK
    return months_after(today, count)


def month_named(form: str) -> int | None:
    """The number of the month that a folded word names."""
    for index, stems in enumerate(_MONTHS, start=1):
        if form in stems or form.startswith(stems[0]) or (form.endswith("s") and form[:-1] in stems):
            return index
    return _SHORT_MONTHS.get(form)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def month_end(today: date, month: int) -> date:
    """The last day of the next such month."""
    year = today.year if month >= today.month else today.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def last_of_month(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
