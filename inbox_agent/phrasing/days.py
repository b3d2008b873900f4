"""Weekdays, dates, hours and holidays in words, each in the case its sentence needs.

Dates are written as in Finland (5.4.2026) in every language of the interface, an hour as each language does. A language
that inflects weekdays does so in its catalogue: the English texts carry the preposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from inbox_agent.rules import calendar_fi
from inbox_agent.rules.calendar_fi import Eve, Holiday
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.texts import gettext as _


def numeric(day: date) -> str:
    """5.4.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def clock(at: time) -> str:
    """9:05, as it is typed, too: in Finnish and Swedish 9.05."""
    return _("{hour}:{minute:02}").format(hour=at.hour, minute=at.minute)


def hour(at: time) -> str:
    """The same as it stands beside a date: in Finnish "klo 9.05"."""
    return _("{clock}").format(clock=clock(at))


def moment(instant: datetime) -> str:
    """5.4.2026 at 9:05, in Helsinki."""
    local = instant.astimezone(HELSINKI)
    return _("{date} at {hour}").format(date=numeric(local.date()), hour=clock(local.time()))


def named(day: date) -> str:
    """Sunday 5.4.2026."""
    weekdays = (
        _("Monday {date}"),
        _("Tuesday {date}"),
        _("Wednesday {date}"),
        _("Thursday {date}"),
        _("Friday {date}"),
        _("Saturday {date}"),
        _("Sunday {date}"),
    )
    return weekdays[day.weekday()].format(date=numeric(day))


def on(day: date) -> str:
    """On Sunday 5.4.2026."""
    weekdays = (
        _("on Monday {date}"),
        _("on Tuesday {date}"),
        _("on Wednesday {date}"),
        _("on Thursday {date}"),
        _("on Friday {date}"),
        _("on Saturday {date}"),
        _("on Sunday {date}"),
    )
    return weekdays[day.weekday()].format(date=numeric(day))


def to(day: date) -> str:
    """To Tuesday 7.4.2026."""
    weekdays = (
        _("to Monday {date}"),
        _("to Tuesday {date}"),
        _("to Wednesday {date}"),
        _("to Thursday {date}"),
        _("to Friday {date}"),
        _("to Saturday {date}"),
        _("to Sunday {date}"),
    )
    return weekdays[day.weekday()].format(date=numeric(day))


def listed(days: Sequence[date]) -> str:
    """Days in a row, each with its holiday: "Saturday 4.4.2026 and Sunday 5.4.2026 (Easter Sunday)"; may be none."""
    texts = [_with_holiday(day) for day in days]
    if len(texts) < 2:
        return "".join(texts)
    return _("{days} and {last}").format(days=", ".join(texts[:-1]), last=texts[-1])


def _with_holiday(day: date) -> str:
    found = calendar_fi.name(day)
    return f"{named(day)} ({holiday(found)})" if found else named(day)


def holiday(name: Holiday | Eve) -> str:
    """The name of a holiday or an eve."""
    names: dict[Holiday | Eve, str] = {
        Holiday.NEW_YEAR: _("New Year's Day"),
        Holiday.EPIPHANY: _("Epiphany"),
        Holiday.GOOD_FRIDAY: _("Good Friday"),
        Holiday.EASTER_SUNDAY: _("Easter Sunday"),
        Holiday.EASTER_MONDAY: _("Easter Monday"),
        Holiday.MAY_DAY: _("May Day"),
        Holiday.ASCENSION: _("Ascension Day"),
        Holiday.PENTECOST: _("Pentecost"),
        Holiday.MIDSUMMER: _("Midsummer Day"),
        Holiday.ALL_SAINTS: _("All Saints' Day"),
        Holiday.INDEPENDENCE: _("Independence Day"),
        Holiday.CHRISTMAS: _("Christmas Day"),
        Holiday.BOXING_DAY: _("Boxing Day"),
        Eve.CHRISTMAS_EVE: _("Christmas Eve"),
        Eve.MIDSUMMER_EVE: _("Midsummer Eve"),
    }
    return names[name]
