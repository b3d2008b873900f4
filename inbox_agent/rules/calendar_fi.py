"""Finland's statutory holidays, computed; the two eves, known and kept apart.

Owns which days are working days in law: Monday to Friday, except the church holidays (Church Act 652/2023,
1:6), Independence Day (Act 388/1937) and May Day. Refuses to make holidays of Christmas Eve and Midsummer
Eve: only the Act on time limits before courts and authorities (150/1930, 5) names them, and it does not
cover a private controller's answer. Local days, Åland's among them, are no part of it. Valid from 1992 on,
when Epiphany and Ascension Day had returned to their own days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from inbox_agent.rules.lexicon_files import table

_DAY = timedelta(days=1)
_SATURDAY = 5  # as date.weekday() counts


class Holiday(StrEnum):
    """The statutory holidays, by their Finnish names."""

    NEW_YEAR = "uudenvuodenpäivä"
    EPIPHANY = "loppiainen"
    GOOD_FRIDAY = "pitkäperjantai"
    EASTER_SUNDAY = "pääsiäispäivä"
    EASTER_MONDAY = "toinen pääsiäispäivä"
    MAY_DAY = "vappu"
    ASCENSION = "helatorstai"
    PENTECOST = "helluntaipäivä"
    MIDSUMMER = "juhannuspäivä"
    ALL_SAINTS = "pyhäinpäivä"
    INDEPENDENCE = "itsenäisyyspäivä"
    CHRISTMAS = "joulupäivä"
    BOXING_DAY = "tapaninpäivä"


class Eve(StrEnum):
    """Days that are working days in law and holidays in practice."""

    CHRISTMAS_EVE = "jouluaatto"
    MIDSUMMER_EVE = "juhannusaatto"


def easter_sunday(year: int) -> date:
    """The Gregorian computus: the Sunday after the first ecclesiastical full moon of spring."""
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    lunar_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - lunar_correction + 15) % 30
    to_sunday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    return date(year, 3, 22) + (epact + to_sunday - 7 * late) * _DAY


@cache
def holidays(year: int) -> Mapping[date, Holiday]:
    """The statutory holidays of one year, whatever weekday they fall on."""
    easter, law = easter_sunday(year), statute()
    days = {date(year, month, day): name for name, (month, day) in law.fixed.items()}
    days |= {easter + offset * _DAY: name for name, offset in law.from_easter.items()}
    days |= {_saturday_from(date(year, month, day)): name for name, (month, day) in law.saturday_from.items()}
    return MappingProxyType({day: Holiday(days[day]) for day in sorted(days)})


@dataclass(frozen=True, slots=True)
class Statute:
    """Which days are holidays by law, and when that was compared with `source`."""

    checked_on: date
    source: str
    fixed: Mapping[str, tuple[int, int]]  # month, day
    from_easter: Mapping[str, int]  # days from Easter Sunday
    saturday_from: Mapping[str, tuple[int, int]]  # the first Saturday on or after month, day


@cache
def statute() -> Statute:
    """The reviewed data of `lexicon/holidays.toml`."""
    return Statute(**table("holidays.toml"))


@cache
def eves(year: int) -> Mapping[date, Eve]:
    """The year's two eves: Midsummer Eve is the Friday before Midsummer Day."""
    return MappingProxyType(
        {
            _saturday_from(date(year, 6, 20)) - _DAY: Eve.MIDSUMMER_EVE,
            date(year, 12, 24): Eve.CHRISTMAS_EVE,
        }
    )


def name(day: date) -> Holiday | Eve | None:
    """What the day is called if it is a holiday or an eve."""
    return holidays(day.year).get(day) or eves(day.year).get(day)


def is_eve(day: date) -> bool:
    return day in eves(day.year)


def is_working_day(day: date) -> bool:
    """Whether the law counts the day as a working day. An eve from Monday to Friday is one."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day on or after `day`."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The working day that is `number` working days after `day`, or before it if negative; `day` itself for zero."""
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _saturday_from(day: date) -> date:
    """The first Saturday on or after `day`."""
    return day + (_SATURDAY - day.weekday()) % 7 * _DAY
