"""When a person's own sentence puts the answer that is still to come: past the promised day it is none in time.

Owns the reading of `data/promises.toml`. Refuses to know the promised day, which the context does, and days that a
template tells.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from replies import facts, filters, wording
from replies.data_files import one_of, table
from replies.lens import Lens
from replies.reckoning import months_after
from state.model import Letter

# An answer and what comes after it put nothing off; an extension has rules of its own.
_NOTHING_TO_COME = frozenset(
    {Letter.OUTCOME, Letter.LATE_DELIVERY, Letter.FOLLOW_UP}
    | {Letter.NOT_A_REQUEST, Letter.RESTRICTION_LIFTED, Letter.EXTENSION}
)
_FEW_DAYS = timedelta(days=14)  # our choice: a late answer is near
_MANY = 99  # of whatever is counted: further off than any promise
_MONTH = 30  # days, of which a half is counted
_JUST_PAST = timedelta(days=60)
_DAY = timedelta(days=1)
_MonthAndDay = tuple[int, int]
_PIECES = re.compile(r"[^,;:]+")


@dataclass(frozen=True, slots=True)
class _Season:
    """A season or a feast."""

    said: re.Pattern[str]
    first: _MonthAndDay
    last: _MonthAndDay


@dataclass(frozen=True, slots=True)
class _Times:
    """How a language tells times; the patterns' groups are told in the data."""

    answers: re.Pattern[str]
    elsewhere: re.Pattern[str]
    restarts: re.Pattern[str]
    received: re.Pattern[str]
    from_letter: re.Pattern[str]
    far: re.Pattern[str]
    dates: re.Pattern[str]
    months: re.Pattern[str]
    weeks: re.Pattern[str]
    units: re.Pattern[str]
    next: re.Pattern[str]
    years: re.Pattern[str]
    before: re.Pattern[str]
    within: re.Pattern[str]
    seasons: tuple[_Season, ...]
    names: tuple[str, ...]
    numbers: Mapping[str, float]
    in_days: Mapping[str, float]
    in_months: Mapping[str, int]


def beyond(read: Lens) -> Iterator[tuple[int, int]]:
    """The sentences that put our answer to a time that begins after the promised day (GDPR 12(3))."""
    if read.letter in _NOTHING_TO_COME:
        return
    reviewed = {" ".join(said.split()) for _, said in wording.sentences(read.around.template)}
    times, latest, asked = _times(read.language), last(read), _asked(read)
    for span, said in wording.sentences(read.body):
        sentence = " ".join(said.split())
        if sentence in reviewed or sentence.strip(" ?.").casefold() in asked:
            continue
        if any(day > latest for day in _put_to(read, times, sentence)):
            yield span


def _asked(read: Lens) -> str:
    """The question about the request: the times in it are those of what was asked for."""
    return " ".join(f"{read.context.question} {read.context.facts.get('question', '')}".split()).casefold()


def last(read: Lens) -> date:
    """The last day on which the answer may come: in a late letter the firm one that it names, or one that is near."""
    firm = facts.day("answer_by", "").read(read.context.facts) if read.late else None
    if isinstance(firm, date):
        return firm
    return read.context.today + _FEW_DAYS if read.late else read.context.promise


def _put_to(read: Lens, times: _Times, sentence: str) -> Iterator[date]:
    """The times to which the clauses of a sentence put the answer: the last days of those that are named, which the
    answer may take, and the first days of those that years and weeks count.
    """
    if times.restarts.search(sentence):
        yield date.max
    law_s = times.received.search(sentence) is not None
    for piece in _of_the_answer(times, sentence):
        yield from _days(read, piece)
        yield from _named(read, times, re.sub(filters.DATE_PATTERN[read.language], " ", piece))
        yield from _counted(read, times, _uncounted(read, times, piece), law_s=law_s)


def _uncounted(read: Lens, times: _Times, piece: str) -> str:
    """A clause without the days, years and weeks that are named in it, which count nothing."""
    for named in (re.compile(filters.DATE_PATTERN[read.language]), times.dates, times.next, times.years):
        piece = named.sub(" ", piece)
    return piece


def _of_the_answer(times: _Times, sentence: str) -> Iterator[str]:
    """The clauses of a sentence about an answer, without those about something else and what only goes on with them."""
    aside = False
    for piece in _PIECES.findall(sentence) if times.answers.search(sentence) and "?" not in sentence else ():
        if times.elsewhere.search(piece):
            aside = True
        elif times.answers.search(piece):
            aside = False
        if not aside:
            yield piece


def _named(read: Lens, times: _Times, piece: str) -> Iterator[date]:
    today = read.context.today
    if times.far.search(piece):
        yield date.max
    yield from filter(None, (_day(times, today, found) for found in times.dates.finditer(piece)))
    piece = times.dates.sub(" ", piece)
    yield from (_month(times, today, found) for found in times.months.finditer(piece))
    yield from (_week(today, int(found[1])) for found in times.weeks.finditer(piece))
    yield from (_season(times, today, one, found) for one in times.seasons for found in one.said.finditer(piece))
    yield from (_next(times, found, today) for found in times.next.finditer(piece))
    yield from (_year(found, today) for found in times.years.finditer(piece))


def _days(read: Lens, piece: str) -> Iterator[date]:
    found = (filters.read_day(day[0], read.language) for day in re.finditer(filters.DATE_PATTERN[read.language], piece))
    return (day for day in found if day is not None)


def _day(times: _Times, today: date, found: re.Match[str]) -> date | None:
    """A day that is named without its year."""
    month = found["month"]
    number = int(month) if month.isdigit() else times.names.index(month.casefold()) + 1
    return _near(today, lambda year: date(year, number, int(found["day"])))


def _near(today: date, of_year: Callable[[int], date]) -> date | None:
    """The first such day that is to come, or just past: whoever names December in January names the last one. None
    where no year about this one has it: then it is the number of something else.
    """
    for year in range(today.year - 1, today.year + 2):
        with suppress(ValueError):  # this year has no such day or week
            if (day := of_year(year)) > today - _JUST_PAST:
                return day
    return None


def _is_before(times: _Times, found: re.Match[str]) -> bool:
    """Whether the time is only what the answer comes before."""
    if times.within.match(found.string, found.start()):
        return False
    return times.before.search(found.string, 0, found.start()) is not None


def _month(times: _Times, today: date, found: re.Match[str]) -> date:
    """The last day of a month, or of the part of it, that is named."""
    number = times.names.index(found["month"].casefold()) + 1

    def ends(year: int) -> date:
        return date(year, number, monthrange(year, number)[1])

    day = ends(int(found["year"])) if found["year"] else _near(today, ends) or date.max
    if _is_before(times, found):
        return day.replace(day=1) - _DAY
    return day.replace(day=1 if found["early"] else 15) if found["early"] or found["mid"] else day


def _week(today: date, number: int) -> date:
    """The first day of a week that is named by its number."""
    return _near(today, lambda year: date.fromisocalendar(year, number, 1)) or date.max


def _season(times: _Times, today: date, season: _Season, found: re.Match[str]) -> date:
    """The last day of a season or a feast, or that before its first."""
    before = _is_before(times, found)
    day = _near(today, lambda year: date(year, *(season.first if before else season.last))) or date.max
    return day - _DAY if before else day


def _next(times: _Times, found: re.Match[str], today: date) -> date:
    """The first day of what comes next, or that before it."""
    day = _begins(found, today)
    return day - _DAY if _is_before(times, found) else day


def _begins(found: re.Match[str], today: date) -> date:
    if found["week"]:
        return today + timedelta(days=7 - today.weekday())
    if found["month"]:
        return date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return date(today.year + 1, 1, 1)


def _year(found: re.Match[str], today: date) -> date:
    """The first day of a year that is named, of this one where none is, or the last day of this one."""
    return date(today.year, 12, 31) if found["end"] else date(int(found["year"] or today.year), 1, 1)


def _counted(read: Lens, times: _Times, piece: str, *, law_s: bool) -> Iterator[date]:
    """What a number of weeks or months from the receipt comes to, or from today; in a late letter any is a new time,
    which is said. `law_s`: it is said to run from the receipt, as the law's month does, which puts nothing off.
    """
    for found in times.units.finditer(piece) if not read.late else ():
        number = (found["number"] or "1").casefold()
        count = min(int(number) if number.isdigit() else times.numbers[number], _MANY)
        from_now, unit = found["hence"] or times.from_letter.search(piece), found["unit"].casefold()
        whole, half = divmod(count * times.in_months.get(unit, 0), 1)
        ends = months_after(read.context.today if from_now else read.context.received_on, int(whole))
        ends += timedelta(days=count * times.in_days.get(unit, 0) + half * _MONTH)
        if not (law_s and ends <= months_after(read.context.received_on, 1)):
            yield ends


_WHOLE = (
    *("answers", "elsewhere", "restarts", "received", "from_letter", "far", "before", "within"),
    *("dates", "weeks", "units", "next", "years"),
)


@cache
def _times(language: str) -> _Times:
    given: Mapping[str, Any] = table("promises.toml")[language]
    words = {name: re.compile(one_of(given[name]), re.IGNORECASE) for name in _WHOLE}
    seasons = tuple(
        _Season(re.compile(said, re.IGNORECASE), (first[0], first[1]), (last[0], last[1]))
        for said, first, last in given["seasons"]
    )
    return _Times(
        **words,
        months=re.compile(given["months"]),  # "may" is no month
        seasons=seasons,
        names=tuple(name.casefold() for name in given["names"]),
        numbers=given["numbers"],
        in_days=given["in_days"],
        in_months=given["in_months"],
    )
