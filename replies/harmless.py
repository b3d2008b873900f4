"""What may be said before the reader is identified: a closed list, for nobody can list what must not be.

Owns the reading of `data/harmless.toml`. Refuses to know what any other sentence means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Literal, cast

from replies.data_files import filled, named, table

_List = Literal["any", "when", "at_once", "of_a_ban", "ban", "unasked"]


def says_nothing(said: str, language: str, known: Set[str], *, of_a_ban: bool, asks: bool) -> bool:
    """Whether a sentence says nothing of its reader, however it is read: each of its words is one of the closed list,
    or a name or number of ours (`known`). `of_a_ban`: it stands in a letter that confirms a ban on marketing, which
    itself has no time; `asks`: in one that asks its reader something, so that nobody is told not to answer.
    """
    about_it = of_a_ban and _listed(("ban",), language).search(said) is not None
    lists = _lists(of_a_ban=of_a_ban, about_it=about_it, asks=asks)
    left = _listed(tuple(lists), language).sub(" ", said)
    return all(word in known and not word.islower() for word in re.findall(r"\w+", left))


def _lists(*, of_a_ban: bool, about_it: bool, asks: bool) -> Iterator[_List]:
    yield "any"
    yield "at_once" if about_it else "when"
    if of_a_ban:
        yield "of_a_ban"
    if not asks:
        yield "unasked"


@cache
def _listed(lists: tuple[_List, ...], language: str) -> re.Pattern[str]:
    words = named(_words()[language], language)
    listed = (filled(pattern, words) for name in lists for pattern in _data()[name][language])
    return re.compile(rf"\b(?:{'|'.join(sorted(listed, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return cast("Mapping[str, Mapping[str, str]]", table("harmless.toml")["words"])


@cache
def _data() -> Mapping[_List, Mapping[str, list[str]]]:
    return cast("Mapping[_List, Mapping[str, list[str]]]", table("harmless.toml"))
