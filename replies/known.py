"""Whether what a person wrote into a field is plainly an item of its kind: things of a positive list, in known words.

Owns the reading of `data/known.toml`: one floor for every such field. Refuses to say what is wrong: what is neither
plain nor an error is a person's to answer for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from replies.data_files import filled, named, one_of, table, whole


@dataclass(frozen=True, slots=True)
class _Floor:
    """`things`: one of them is there; `words`: all the words that may be; `told`: forms that need neither."""

    told: re.Pattern[str] | None
    never: re.Pattern[str] | None
    things: re.Pattern[str] | None
    words: re.Pattern[str]


def plain(item: str, said: str, language: str, ours: Iterable[str] = ()) -> bool:
    """Whether words are plainly an item; `item` has a floor. `ours`: what the profile itself says, which is as known as
    any of the list.
    """
    floor = _floor(item, language)
    rest = _without(said, ours)
    if not re.search(r"\w", rest):
        return True
    if floor.never is not None and floor.never.search(rest):
        return False
    if floor.told is not None and floor.told.search(said):
        return True
    named_there = rest != said or (floor.things is not None and floor.things.search(rest) is not None)
    return named_there and not re.search(r"\w", floor.words.sub(" ", rest))


def _without(said: str, ours: Iterable[str]) -> str:
    """What is left when the profile's own words are taken out, the longest first."""
    for words in sorted(filter(None, ours), key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", said, flags=re.IGNORECASE)
    return said


@cache
def _floor(item: str, language: str) -> _Floor:
    given: Mapping[str, Any] = table("known.toml")[language]
    parts = named(given["words"], language)
    own = {name: filled(one_of(said), parts) for name, said in given[item].items()}
    things = own.get("things", "")
    words = filter(None, (things, own.get("beside", ""), filled(given["any"]["beside"], parts)))
    return _Floor(
        told=_pattern(own.get("told", "")),
        never=_pattern(own.get("never", "")),
        things=whole(things) if things else None,
        words=whole("|".join(words)),
    )


def _pattern(said: str) -> re.Pattern[str] | None:
    return re.compile(said, re.IGNORECASE) if said else None
