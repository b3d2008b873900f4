"""Whether a mail names recordings, footage or logs: data that is gone in weeks unless somebody stops that.

Owns the reading of `lexicon/recordings.toml`. Refuses to say whether there are any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from inbox_agent.rules.lexicon_files import table

_MOST = 5


@dataclass(frozen=True, slots=True)
class _Words:
    """`plain`: the end of an inflected word, and how that is called by itself."""

    named: re.Pattern[str]
    held: tuple[str, ...]
    stem: int
    plain: tuple[tuple[re.Pattern[str], str], ...]


def named(text: str) -> tuple[str, ...]:
    """The recordings a text names, in its own words, each once, the first few."""
    words = _words()
    folded = text.casefold().replace("ı", "i").replace("\u0307", "")  # what no case tells apart
    if not any(letters in folded for letters in words.held):
        return ()
    found = dict.fromkeys(match[0].casefold() for match in words.named.finditer(text))
    return tuple(found)[:_MOST]


def kept(known: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The recordings to keep: those the controller knows it makes, and what a text names besides them, as a task calls
    them: "tallenteen" is "tallenteet".
    """
    stem = _words().stem
    stems = {word[:stem].casefold() for name in known for word in name.split()}
    besides = (_plainly(word) for word in named(text) if word[:stem] not in stems)
    return tuple(dict.fromkeys((*known, *besides)))


def _plainly(word: str) -> str:
    for inflected, plain in _words().plain:
        if inflected.search(word):
            return inflected.sub(plain, word)
    return word


@cache
def _words() -> _Words:
    given = table("recordings.toml")
    plain = ((re.compile(rf"{one['ending']}$"), str(one["called"])) for one in given["plain"])
    return _Words(
        named=re.compile(rf"\b(?:{'|'.join(given['named'])})\b", re.IGNORECASE),
        held=tuple(given["held"]),
        stem=int(given["stem"]),
        plain=tuple(plain),
    )
