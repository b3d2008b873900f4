"""Folding: one spelling for what people write in many.

Owns lower case without diacritics ("Säilyttäkää" and "sailyttakaa" are one), tokens that remember where
they stood, and sentences. Refuses meaning: that is the lexicon's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*|[€🛑]")
# A sentence ends at its mark or at an empty line; a single line break may be a mere wrap.
_END = re.compile(r"[.!?;…]+(?=\s|$)|\n\s*\n|\n(?=\s*[-*•])")
_APOSTROPHES = str.maketrans("", "", "'’´`")
_LONGEST_WORD = 40  # letters of a word that are read
_REMEMBERED = 5_000  # words; a hostile mail must not fill the memory


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands in the text it came from, and its folded form."""

    start: int
    end: int
    form: str


class Clause(NamedTuple):
    """One sentence: the piece of the text that holds it, and the folded forms of its words."""

    start: int
    end: int
    forms: Sequence[str]


@lru_cache(maxsize=4_000)
def fold(word: str) -> str:
    """Fold one word or phrase: lower case, no diacritics, no apostrophes."""
    # The letters of Finnish and Swedish first: what is then ASCII needs no normalising, which is slow.
    bare = word.lower().replace("ä", "a").replace("ö", "o").replace("å", "a").translate(_APOSTROPHES)
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
    if not text.isascii():
        for letter in {letter for letter in set(text) if not letter.isascii()}:  # few, however long the text
            text = text.replace(letter, _BARE[ord(letter)])
    return text.lower()


@lru_cache(maxsize=4_000)
def squeeze(form: str) -> str:
    """Make doubled letters one, so that slips and dialects meet ("ennää", "henkilötietot")."""
    return "".join(compress(form, map(ne, form, f"{form[1:]}\n")))


class _Forms(dict[str, str]):
    """Word as written -> its folded form; remembers what it has met, within bounds."""

    def __missing__(self, word: str) -> str:
        form = fold(word[:_LONGEST_WORD])
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = form
        return form


_FORM_OF = _Forms().__getitem__


def clauses(text: str, longest: int = 60) -> Iterator[Clause]:
    """Cut a text into sentences of words; none is empty or longer than `longest` words. Linear in the text's length."""
    start = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        forms = list(map(_FORM_OF, _TOKEN.findall(text, start, end)))
        if len(forms) > longest:
            yield from _cut(tokens(text, start, end), longest)
        elif forms:
            yield Clause(start, end, forms)
        start = end


def _cut(words: Sequence[Token], longest: int) -> Iterator[Clause]:
    for at in range(0, len(words), longest):
        piece = words[at : at + longest]
        yield Clause(piece[0].start, piece[-1].end, [token.form for token in piece])


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words of a piece of a text, with their places in the whole text."""
    return [Token(match.start(), match.end(), _FORM_OF(match[0])) for match in _TOKEN.finditer(text, start, end)]


def spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of these words alone."""
    return [match.span() for match in _TOKEN.finditer(text, start, end)]


def sentences(text: str) -> list[list[Token]]:
    """The sentences of a text (`clauses`) with the places of their words: slower, for who shows them."""
    return [tokens(text, clause.start, clause.end) for clause in clauses(text)]
