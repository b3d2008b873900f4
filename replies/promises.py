"""When a person's own sentence puts the answer that is still to come: past the promised day it is none in time.

Owns the reading of `data/promises.toml`. Refuses to know the promised day, which the context does, and days that a
template tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from replies import facts, filters, wording
from replies.data_files import table
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
_PIECES = re.compile(r"[^,;:]+")


@dataclass(frozen=True, slots=True)
class _Times:
    answers: re.Pattern[str]
    months: re.Pattern[str]
    names: tuple[str, ...]
    units: re.Pattern[str]
    next: re.Pattern[str]
    years: re.Pattern[str]
    received: re.Pattern[str]
    numbers: Mapping[str, int]
    in_days: Mapping[str, int]
    in_months: Mapping[str, int]


def beyond(read: Lens) -> Iterator[tuple[int, int]]:
    """The sentences that put our answer to a time that begins after the promised day (GDPR 12(3))."""
    if read.letter in _NOTHING_TO_COME:
        return
    reviewed = {" ".join(said.split()) for _, said in wording.sentences(read.around.template)}
    times, latest = _times(read.language), last(read)
    for span, said in wording.sentences(read.body):
        sentence = " ".join(said.split())
        if sentence not in reviewed and any(day > latest for day in _put_to(read, times, sentence)):
            yield span


def last(read: Lens) -> date:
    """The last day on which the answer may come: in a late letter the firm one that it names, or one that is near."""
    firm = facts.day("answer_by", "").read(read.context.facts) if read.late else None
    if isinstance(firm, date):
        return firm
    return read.context.today + _FEW_DAYS if read.late else read.context.promise


def _put_to(read: Lens, times: _Times, sentence: str) -> Iterator[date]:
    """The first days of the times to which the clauses of a sentence put the answer."""
    for piece in _PIECES.findall(sentence):
        if times.answers.search(piece):
            yield from _days(read, piece)
            undated = re.sub(filters.DATE_PATTERN[read.language], " ", piece)
            yield from (_month(times, read.context.today, found[1]) for found in times.months.finditer(undated))
            yield from (_next(found, read.context.today) for found in times.next.finditer(undated))
            yield from (_year(found, read.context.today) for found in times.years.finditer(undated))
            law_s = times.received.search(sentence) is not None
            yield from _counted(read, times, times.years.sub(" ", times.next.sub(" ", undated)), law_s=law_s)


def _days(read: Lens, piece: str) -> Iterator[date]:
    found = (filters.read_day(day[0], read.language) for day in re.finditer(filters.DATE_PATTERN[read.language], piece))
    return (day for day in found if day is not None)


def _month(times: _Times, today: date, name: str) -> date:
    """The first day of a month that is named without its year: of this month, or of the next of that name."""
    number = times.names.index(name) + 1
    return date(today.year + (number < today.month), number, 1)


def _next(found: re.Match[str], today: date) -> date:
    if found["week"]:
        return today + timedelta(days=7 - today.weekday())
    if found["month"]:
        return date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return date(today.year + 1, 1, 1)


def _year(found: re.Match[str], today: date) -> date:
    """The first day of a year that is named, of this one where none is, or the last day of this one."""
    return date(today.year, 12, 31) if found["end"] else date(int(found["year"] or today.year), 1, 1)


def _counted(read: Lens, times: _Times, piece: str, *, law_s: bool) -> Iterator[date]:
    """What a number of weeks or months from the receipt comes to; in a late letter any is a new time, which is said.
    `law_s`: it is said to run from there, as the law's month does, which puts nothing off.
    """
    received_on = read.context.received_on
    for found in times.units.finditer(piece) if not read.late else ():
        number = (found["number"] or "1").casefold()
        count = min(int(number) if number.isdigit() else times.numbers[number], _MANY)
        unit = found["unit"].casefold()
        ends = months_after(received_on, count * times.in_months.get(unit, 0))
        ends += timedelta(days=count * times.in_days.get(unit, 0))
        if not (law_s and ends <= months_after(received_on, 1)):
            yield ends


@cache
def _times(language: str) -> _Times:
    given: Mapping[str, Any] = table("promises.toml")[language]
    words = {name: re.compile(given[name], re.IGNORECASE) for name in ("answers", "units", "next", "years", "received")}
    months = re.compile(given["months"])  # "may" is no month
    return _Times(
        **words,
        months=months,
        names=tuple(given["names"]),
        numbers=given["numbers"],
        in_days=given["in_days"],
        in_months=given["in_months"],
    )
