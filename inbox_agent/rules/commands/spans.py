"""Days that a span tells: "ensi viikolla", "kuun loppuun", "viikon päästä", "kaksi viikkoa sitten", "end of 2033"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from inbox_agent.rules.commands.dates import NEXT, weekday_index
from inbox_agent.rules.commands.mention import Mention, Reader
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.units import DAY, WEEK, last_of_month, month_end, month_named, moved, unit

_AHEAD = frozenset({"paasta", "kuluttua", "sisalla", "kulut", "paast", "sisaan", "perasta", "paahan", "paaksi"})
_AGO = frozenset({"sitten", "ago", "sedan", "aiemmin"})
_WITHIN = frozenset({"viikossa", "kuukaudessa", "viikkoon", "kuukauteen", "paivassa", "paivaan"})
TERMS = frozenset({"viikossa", "kuukaudessa"})
"""Words of a mention that may be a mere term: "ei pysty kuukaudessa" names no day."""
_LONGEST = 400  # units: what is farther away is no date that a person plans with
_END_OF = frozenset({"end", "slutet", "utgangen"})


def counted(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "kolmen päivän päästä", "viikon kuluttua", "två veckor", "in 3 days", "kaksi viikkoa sitten"."""
    if at and forms[at - 1] in _VAGUE:
        return None  # "muutaman päivän päästä" names no day
    count, unit_at = _count(forms, at)
    named = unit(forms[unit_at]) if unit_at < len(forms) else None
    if unit_at < len(forms) and forms[unit_at].startswith("fortnight"):
        named, count = "week", 2 * count
    if named is None or not 0 < count <= _LONGEST:
        return None
    after = forms[unit_at + 1] if unit_at + 1 < len(forms) else ""
    before = forms[at - 1] if at else ""
    before = forms[at - 2] if before == "ett" and at > 1 else before
    if after in _AGO and (after != "sedan" or before == "for"):
        day = moved(today, named, -count)
        return Mention(at, unit_at + 2, day, day)
    if after in _AHEAD or before in {"in", "om", "within", "inom"} or forms[unit_at] in _WITHIN:
        day = moved(today, named, count)
        end = unit_at + 2 if after in _AHEAD else unit_at + 1
        return Mention(at, end, day, day)
    return None


_VAGUE = frozenset({"muutaman", "muutama", "muutamaa", "usean", "useamman", "nagra", "few", "some", "several", "flera"})


def _count(forms: Sequence[str], at: int) -> tuple[int, int]:
    if unit(forms[at]):
        return 1, at
    if forms[at] in {"a", "en", "ett", "yhden", "one"}:
        double = forms[at + 1 : at + 2] and forms[at + 1] in {"couple", "par"}
        return (2, at + 2 + (_at(forms, at + 2) == "of")) if double else (1, at + 1)
    value = number(forms[at])
    if value is not None and forms[at] == "couple":
        return value, at + 1 + (_at(forms, at + 1) == "of")
    return (value, at + 1) if value is not None else (0, len(forms))


def span(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "ensi viikolla" is its Monday, "viikon loppuun" its Sunday, "kuun loppuun" the month's last day."""
    found = (reader(forms, at, today) for reader in _SPANS)
    return next((mention for mention in found if mention is not None), None)


def _next_week(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] not in NEXT or not _at(forms, at + 1).startswith(("viiko", "vecka", "week", "viikko")):
        return None
    if at + 2 < len(forms) and weekday_index(forms, at + 2) is not None:
        return None  # "ensi viikon tiistaina": the day itself is read
    monday, after = today - today.weekday() * DAY, _at(forms, at + 2)
    if after.startswith("lop") or after == "viimeinen":
        day = monday + 13 * DAY
        return Mention(at, at + 3, day, day, until=True)
    return Mention(at, at + 2, monday + WEEK, monday + WEEK)


def _weekend(forms: Sequence[str], at: int, today: date) -> Mention | None:
    parted = forms[at].startswith("viikon") and _at(forms, at + 1).startswith("loppu")
    if not parted and forms[at] not in {"viikonloppuna", "viikonloppuun"}:
        return None
    day = today + (6 - today.weekday()) * DAY
    return Mention(at, at + (2 if _at(forms, at + 1).startswith("loppu") else 1), day, day, until=True)


def _end_of_this_month(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] not in {"kuun", "kuukauden"} or not _at(forms, at + 1).startswith("lop"):
        return None
    day = last_of_month(today)
    return Mention(at, at + 2, day, day, until=True)


def _end_of_a_year(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] not in {"vuoden", "vuojen", *_END_OF} or not (year := _year(forms, at)):
        return None
    day = date(year[0], 12, 31)
    return Mention(at, year[1], day, day, until=True)


def _end_of_a_unit(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] not in _END_OF or not (ended := _ended(forms, at)):
        return None
    day = ended[1](today)
    return Mention(at, ended[0], day, day, until=True)


def _end_of_this_year(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] != "vuoden" or not _at(forms, at + 1).startswith("lop"):
        return None
    day = date(today.year, 12, 31)
    return Mention(at, at + 2, day, day, until=True)


def _next_month(forms: Sequence[str], at: int, today: date) -> Mention | None:
    if forms[at] not in NEXT or not _at(forms, at + 1).startswith(("kuu", "manad", "month")):
        return None
    day = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    if _at(forms, at + 2).startswith("lop"):
        return Mention(at, at + 3, last_of_month(day), last_of_month(day), until=True)
    return Mention(at, at + 2, day, day)


def _end_of_a_bare_year(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "2034 loppuun"."""
    after, before = _at(forms, at + 1), forms[at - 1] if at else ""
    told = after.startswith("lop") or after in {"asti", "saakka"} or before in {"vuoteen", "until", "till", "tills"}
    if not re.fullmatch(r"20\d\d", forms[at]) or not told:
        return None
    day = date(int(forms[at]), 12, 31)
    return Mention(at, at + (2 if after.startswith("lop") else 1), day, day, until=True)


def _last_day(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "marraskuun viimeinen", "kuun vikana päivänä", "sista november"."""
    one, two = forms[at], _at(forms, at + 1)
    month = month_named(two) if one == "sista" else month_named(one)
    this = one in {"kuun", "kuukauden"}
    if not (one == "sista" and month) and not (two.startswith(_LAST_ONE) and (month or this)):
        return None
    day = last_of_month(today) if not month else month_end(today, month)
    return Mention(at, at + 2 + _at(forms, at + 2).startswith("paiv"), day, day)


_LAST_ONE = ("viimei", "viimes", "vika", "viime")
_SPANS: tuple[Reader, ...] = (
    _last_day,
    _end_of_a_bare_year,
    _next_week,
    _weekend,
    _end_of_this_month,
    _end_of_a_year,
    _end_of_a_unit,
    _end_of_this_year,
    _next_month,
)


def _at(forms: Sequence[str], at: int) -> str:
    return forms[at] if at < len(forms) else ""


def _ended(forms: Sequence[str], at: int) -> tuple[int, Callable[[date], date]] | None:
    """What ends ("end of the month", "slutet av veckan"): where that is said, and its last day."""
    ends: dict[str, Callable[[date], date]] = {
        "week": lambda today: today + (6 - today.weekday()) * DAY,
        "month": last_of_month,
    }
    for near in range(at + 1, min(at + 4, len(forms))):
        if (named := unit(forms[near])) in ends:
            return near + 1, ends[named]
        if month := month_named(forms[near]):
            year = re.fullmatch(r"20\d\d", _at(forms, near + 1))
            return near + 1 + bool(year), partial(_month_ended, month, year and int(year[0]))
        if forms[near] in {"year", "aret", "aaret"}:
            return near + 1, lambda today: date(today.year, 12, 31)
    return None


def _month_ended(month: int, year: int | None, today: date) -> date:
    return month_end(date(year, 1, 1) if year else today, month)


def _year(forms: Sequence[str], at: int) -> tuple[int, int] | None:
    """The year whose end is said ("vuoden 2032 loppuun", "utgången av 2033", "end of 2033"), and where that ends."""
    for near in (at + 1, at + 2):
        form = forms[near] if near < len(forms) else ""
        if re.fullmatch(r"20\d\d", form):
            ended = near + 1 < len(forms) and forms[near + 1].startswith("lop")
            if forms[at] not in {"vuoden", "vuojen"} or ended:
                return int(form), near + 1 + ended
    return None
