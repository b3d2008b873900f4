"""What is told of why nobody can be singled out, and by what they could be (GDPR 11(2)).

Owns the reading of `data/unnamed.toml` and where a letter says it. Before its reader is proven to be somebody it is of
a material and of kinds of facts only: what was searched and found tells whom we have. Whoever lets the letter go
answers for who its reader is, and not for whether others may be told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from replies import filters
from replies.data_files import one_of, table
from replies.lens import Lens
from state.model import Letter, Outcome

_FIELDS = ("why", "extra_data")


@dataclass(frozen=True, slots=True)
class _Words:
    spared: re.Pattern[str]
    material: re.Pattern[str]
    lacks: re.Pattern[str]
    found: re.Pattern[str]
    fact: re.Pattern[str]
    given: re.Pattern[str]
    against: re.Pattern[str]


def beyond(read: Lens) -> Iterator[tuple[int, int]]:
    """Where more is told than what the material lacks and which kinds of facts would help."""
    for name, said in _told(read):
        if not _plain(name, said, read.language):
            yield from read.shows(said)


def places(read: Lens) -> Iterator[tuple[int, int]]:
    """Where any of it is told for which nobody has to answer besides: it is plain, or an error. Whose lack is set
    against something that is there may tell of somebody in words that no list has.
    """
    for name, said in _told(read):
        if not (_plain(name, said, read.language) and _words(read.language).against.search(said)):
            yield from read.shows(said)


def _told(read: Lens) -> Iterator[tuple[str, str]]:
    parts = read.parts if read.letter is Letter.OUTCOME and not read.proven else ()
    for part in parts:
        for name in _FIELDS if part.outcome is Outcome.ART11 else ():
            if said := filters.phrase(filters.plain(part.facts.get(name, ""))):
                yield name, said


def _plain(field: str, said: str, language: str) -> bool:
    words = _words(language)
    rest = words.spared.sub(" ", said)
    if words.found.search(rest):
        return False
    if field == "why":
        return bool(words.material.search(said) and words.lacks.search(said))
    return bool(words.fact.search(said)) and not words.given.search(rest)


@cache
def _words(language: str) -> _Words:
    given: Mapping[str, str | list[str]] = table("unnamed.toml")[language]
    return _Words(**{name: _whole(one_of(said)) for name, said in given.items()})


def _whole(said: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{said})(?!\w)", re.IGNORECASE)
