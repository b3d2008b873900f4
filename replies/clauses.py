"""Where a sentence ends, and a clause in it: what a denial denies, and no more.

Owns the cuts, and the reading of `data/clauses.toml`. Refuses to know what is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypedDict, cast

from replies.data_files import table

# A sentence ends at its stop before a capital or a quotation mark, and at every line break; "5.4.2026",
# "2 kap. 10 §" and "P. Virtanen" hold no such place.
SENTENCE_ENDS = re.compile(r"(?<=[.!?])(?<!\b[A-ZÅÄÖ]\.)\s+(?=[\"A-ZÅÄÖ])|\n+")
FAR = 1000


class _InLanguage(TypedDict):
    but: list[str]
    joined: list[str]
    denies: str


def around(text: str, end: int, language: str) -> str:
    """The clause that a match which ends there ends in."""
    sentence = text[max(0, end - FAR) : end + FAR]
    at, begins, stops = min(end, FAR), 0, len(sentence)
    for cut in _ends(language).finditer(sentence):
        if cut.end() < at:
            begins = cut.end()
        elif cut.start() >= at:
            stops = cut.start()
            break
    return sentence[begins:stops]


def affirmed(sentence: str, language: str) -> str:
    """A sentence without those of its clauses that deny something."""
    return " ".join(clause for clause in _clauses(sentence, language) if not _denying(language).search(clause))


def _clauses(sentence: str, language: str) -> Iterator[str]:
    begins = 0
    for cut in _ends(language).finditer(sentence):
        yield sentence[begins : cut.end()]
        begins = cut.end()
    yield sentence[begins:]


@cache
def _ends(language: str) -> re.Pattern[str]:
    """Every cut of a language; a comma within a number is none."""
    said = _data()[language]
    always = rf"{SENTENCE_ENDS.pattern}|[,;:](?!\d)|\s[–-]\s|\b(?:{'|'.join(said['but'])})\b"
    return re.compile("|".join((always, *said["joined"])))


@cache
def _denying(language: str) -> re.Pattern[str]:
    return re.compile(_data()[language]["denies"], re.IGNORECASE)


@cache
def _data() -> Mapping[str, _InLanguage]:
    return cast("Mapping[str, _InLanguage]", table("clauses.toml"))
