"""Which years words name, and whether they go on from one, or back to a beginning that has none.

Owns the reading of `data/years.toml`. Refuses to know what is of those years, and the numbers of invoices, which the
caller takes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from replies.data_files import table

# The number of an Act, or of an invoice ("2017-0031"), is no year; that of a month before one is ("12/2013").
_YEAR = re.compile(r"(?<![\d/-])(?:(?:0?[1-9]|1[0-2])/)?((?:19|20)\d\d)(?!\d|[-/]\d)")
_SPAN = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?:\s?[–-]\s?((?:19|20)\d\d)|\s?–\s?(\d\d))(?![\d.])")
_SHORT = r"\s+['’]?((?:20)?\d\d)(?:\s?[–-]\s?['’]?((?:20)?\d\d))?(?![\d.:])"
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class _Words:
    short: re.Pattern[str]
    since: re.Pattern[str]
    start: re.Pattern[str]
    several: re.Pattern[str]
    all: re.Pattern[str]


def named(said: str, language: str) -> tuple[int, ...]:
    """Every year that words name, of a span its ends."""
    spans = tuple(_ends(said))
    rest = _SPAN.sub(" ", said)
    told = (year for found in _words(language).short.finditer(rest) for year in found.groups() if year)
    short = (int(year[-2:]) + _CENTURY for year in told)
    return (*spans, *map(int, _YEAR.findall(rest)), *short)


def spanned(said: str) -> bool:
    """Whether words name years by the ends of a span, and not one by one."""
    return _SPAN.search(said) is not None


def goes_on(said: str, language: str) -> bool:
    """Whether words go on from the year that they name."""
    words = _words(language)
    return words.since.search(said) is not None or words.start.search(said) is not None


def without_beginning(said: str, language: str) -> bool:
    """Whether words go back to a beginning, or take in all there is, without a year, or are of more than they name."""
    words = _words(language)
    anyway = words.several.search(said) is not None
    return anyway or (not named(said, language) and any(way.search(said) for way in (words.start, words.all)))


def _ends(said: str) -> Iterator[int]:
    """The ends of the spans; the last may be short ("2012–25")."""
    for found in _SPAN.finditer(said):
        first, last, short = found.groups()
        yield int(first)
        yield int(last or first[:2] + short)


@cache
def _words(language: str) -> _Words:
    given: dict[str, str] = table("years.toml")[language]
    short = re.compile(rf"\b{given['short']}{_SHORT}", re.IGNORECASE)
    rest = {name: re.compile(given[name], re.IGNORECASE) for name in ("since", "start", "several", "all")}
    return _Words(short=short, **rest)
