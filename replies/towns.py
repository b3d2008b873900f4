"""Where a text tells a Finnish town by itself, or a village: in a local case, or behind a preposition.

Owns the reading of `data/towns.toml` and how its names are inflected; a place that it does not list shows by what its
name ends in. Refuses to know whose town it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from replies.data_files import table

_VOWELS = "aeiouyåäö"
_WHERE = r"(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle)"
_INTO = r"(?:\w?(?:aan|een|iin|oon|uun|yyn|ään|öön)|\w{0,2}seen)"


def places(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The places of the words that tell one: "Siilinjärvellä", "Kuopion kauppahallissa", "in Kuopio"."""
    for pattern in _patterns(language):
        yield from (match.span() for match in pattern.finditer(text))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Of the names that are nothing else, however they are written, of the others, with their capital letter, and of
    what ends as names of places do.
    """
    data = table("towns.toml")
    listed, common = str(data["towns"]).split(), set(str(data["common"]).split())
    capital = [name for name in listed if name.partition("/")[0] in common]
    alone = [name for name in listed if name.partition("/")[0] not in common]
    whole = "|".join(map(re.escape, data["irregular"]))
    before = "" if language == "fi" else rf"(?i:{data['prepositions'][language]})\s+"
    form = _inflected if language == "fi" else _as_it_is
    tails = "|".join(map(form, str(data["tails"]).split()))
    return (
        re.compile(rf"\b{before}(?:{'|'.join(map(form, alone))})\b|\b(?:{whole})\b", re.IGNORECASE),
        re.compile(rf"\b{before}(?:{'|'.join(map(form, capital))})\b"),
        re.compile(rf"\b{before}[A-ZÅÄÖ][\w-]{{1,}}(?:{tails})\b"),
    )


def _as_it_is(name: str) -> str:
    return re.escape(name.partition("/")[0])


def _inflected(name: str) -> str:
    """A name of the list in the local cases of Finnish, and as what a place there is called by."""
    strong, _, weak = name.partition("/")
    if not weak and strong[-1] not in _VOWELS:
        strong = f"{strong}i"  # as Finnish inflects a Swedish name: "Finströmissä"
    weak = weak or strong
    return rf"{weak}{_WHERE}|{strong[:-1]}{_INTO}|{weak}en|{weak}n\s+\w+{_WHERE}"
