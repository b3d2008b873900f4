"""Which of many patterns a text can meet at all, told by its words: most patterns are spared most texts.

A pattern that cannot match without one of some letters in a row ("holhooja", "edunvalvo") is tried only on a text that
holds a word with them; what a word opens is remembered. Refuses to decide: a text that is let through may still not
match. Where no such letters are known for a pattern, it is always tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# The standard library's own reader of patterns: a second one of ours would be the risk. A piece that it may name
# otherwise one day is taken as one that says nothing, and the pattern is tried.
from re import _constants as said  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

_WORD = re.compile(r"\w+")
_LEAST = 3  # letters that tell something
_REMEMBERED = 5_000  # words; a hostile mail must not fill the memory
_Piece = tuple[Any, Any]  # what kind, and what of it
_INSIDE = (said.SUBPATTERN, said.ASSERT)  # what stands inside is in the text
_REPEATED = (said.MAX_REPEAT, said.MIN_REPEAT, said.POSSESSIVE_REPEAT)


class Openers(dict[str, int]):
    """What each word opens, as bits: bit n for the pattern with the number n."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always = 0
        self._by_beginning: dict[str, list[tuple[str, int]]] = {}
        for number, pattern in enumerate(patterns):
            letters = needed(pattern)
            if not letters:
                self._always |= 1 << number
            for one in letters:
                self._by_beginning.setdefault(one[:_LEAST], []).append((one, 1 << number))

    def opened(self, text: str) -> int:
        """The patterns that the text may match, as bits."""
        bits = self._always
        for word in set(_WORD.findall(text)):
            bits |= self[word]
        return bits

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        bits = 0
        for start in range(len(word) - _LEAST + 1):
            for letters, bit in self._by_beginning.get(word[start : start + _LEAST], ()):
                if word.startswith(letters, start):
                    bits |= bit
        self[word] = bits
        return bits


def needed(pattern: str) -> frozenset[str]:
    """Letters in a row, within one word, of which every match of the pattern holds some; empty where none are known."""
    return _of_sequence(reader.parse(pattern))


def _of_sequence(pieces: Sequence[_Piece]) -> frozenset[str]:
    """Each piece is matched, so the best of them speaks for all: that whose shortest letters are the longest."""
    choices = [*_runs(pieces), *map(_of_piece, pieces)]
    return max(choices, key=_worth, default=frozenset())


def _runs(pieces: Sequence[_Piece]) -> Iterator[frozenset[str]]:
    text = "".join(chr(what) if op is said.LITERAL else "\n" for op, what in pieces)
    yield from (frozenset([run]) for run in _WORD.findall(text) if len(run) >= _LEAST)


def _of_piece(piece: _Piece) -> frozenset[str]:
    op, what = piece
    if op in _INSIDE or (op in _REPEATED and what[0] > 0):
        return _of_sequence(what[-1])
    if op is said.BRANCH:
        branches = [_of_sequence(branch) for branch in what[-1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    return frozenset()


def _worth(letters: frozenset[str]) -> tuple[int, int]:
    return min(map(len, letters), default=0), -len(letters)
