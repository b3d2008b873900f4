"""Folding: one spelling for what people write in many.

Owns lower case without diacritics ("Säilyttäkää" and "sailyttakaa" are one), tokens that remember where
they stood, and sentences. Refuses meaning: that is the lexicon's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*|[€🛑]")
# A sentence ends at its mark or at an empty line; a single line break may be a mere wrap.
_END = re.compile(r"[.!?;…]+(?=\s|$)|\n\s*\n|\n(?=\s*[-*•])")
_DOUBLED = re.compile(r"(.)\1+")
_APOSTROPHES = str.maketrans("", "", "'’´`")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands in the text it came from, and its folded form."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Fold one word or phrase: lower case, no diacritics, no apostrophes."""
    bare = word.lower().translate(_APOSTROPHES)
    if bare.isascii():
        return bare
    return "".join(mark for mark in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(mark))


class _Bare(dict[int, str]):
    """Letter -> lower case without diacritics; remembers what it has met, within bounds."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        bare = unicodedata.normalize("NFKD", letter)[0].lower()[:1] or letter
        if len(self) < _LETTERS:
            self[point] = bare
        return bare


_LETTERS = 4_096  # of all alphabets together; a hostile mail must not fill the memory
_BARE = _Bare()


def fold_in_place(text: str) -> str:
    """Fold a whole text, one character for each, so that places stay the same. Remembers no text."""
    return text.lower() if text.isascii() else text.translate(_BARE)


@lru_cache(maxsize=20_000)
def squeeze(form: str) -> str:
    """Make doubled letters one, so that slips and dialects meet ("ennää", "henkilötietot")."""
    return _DOUBLED.sub(r"\1", form)


def sentences(text: str, longest: int = 60) -> list[list[Token]]:
    """Cut a text into sentences of tokens; none is longer than `longest` tokens. Linear in the text's length."""
    found: list[list[Token]] = []
    start = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        words = [Token(match.start(), match.end(), fold(match[0][:40])) for match in _TOKEN.finditer(text, start, end)]
        found += [words[at : at + longest] for at in range(0, len(words), longest)]
        start = end
    return found
