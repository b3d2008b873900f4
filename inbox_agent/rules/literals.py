"""Which of many patterns a text can meet at all, told by its words: most patterns are spared most texts.

A pattern that cannot match without one of some letters in a row ("holhooja", "edunvalvo") is tried only on a text that
holds a word with them, and one that needs a verb and a noun on a text with both; what a word holds is remembered.
Refuses to decide: a text that is let through may still not match. A pattern of which no such letters are known is
always tried.
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
_MOST = 64  # runs of letters that one place of a pattern may be read as
_REMEMBERED = 5_000  # words; a hostile mail must not fill the memory
_Piece = tuple[Any, Any]  # what kind, and what of it
_REPEATED = (said.MAX_REPEAT, said.MIN_REPEAT, said.POSSESSIVE_REPEAT)


class Openers(dict[str, int]):
    """What each word holds of what the patterns need, as bits. `masks`: by a pattern's number, all that it needs."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._by_beginning: dict[str, list[tuple[str, int]]] = {}
        bits: dict[frozenset[str], int] = {}
        self.masks = tuple(
            sum(bits.setdefault(letters, 1 << len(bits)) for letters in set(needed(pattern))) for pattern in patterns
        )
        for letters, bit in bits.items():
            for one in letters:
                self._by_beginning.setdefault(one[:_LEAST], []).append((one, bit))

    def opened(self, text: str) -> int:
        """What the text holds. It cannot meet a pattern of whose mask it lacks a bit."""
        bits = 0
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


def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Letters in a row, within one word: of each of these sets every match of the pattern holds some."""
    return tuple(_of_sequence(reader.parse(pattern)))


def longest(pattern: str) -> str:
    """The longest row of characters that stands in every match as it is; empty where there is none."""
    text = "".join(
        chr(what) if op is said.LITERAL else "\n" for op, what in _flat(reader.parse(pattern)) if op is not said.AT
    )
    return max(text.split("\n"), key=len)


def _of_sequence(pieces: Sequence[_Piece]) -> Iterator[frozenset[str]]:
    """Each piece is matched, so each says what is needed. What stands side by side is read together: "h" before "im"
    or "er" is one of two words.
    """
    runs = [""]
    for op, what in _flat(pieces):
        if op is said.LITERAL and _WORD.match(chr(what)):
            runs = [run + chr(what) for run in runs]
        elif op is said.BRANCH and len(runs) * len(what[-1]) <= _MOST:
            begun = [_literal(branch) for branch in what[-1]]
            runs = [run + letters for run in runs for letters, _ in begun]
            if not all(whole for _, whole in begun):
                yield from _of_runs(runs)
                runs = [""]
        elif op is not said.AT:
            yield from _of_runs(runs)
            yield from _of_piece((op, what))
            runs = [""]
    yield from _of_runs(runs)


def _flat(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """A group that is matched once stands where its pieces stand."""
    for op, what in pieces:
        if op is said.SUBPATTERN:
            yield from _flat(what[-1])
        else:
            yield op, what


def _literal(pieces: Sequence[_Piece]) -> tuple[str, bool]:
    """The letters that these pieces begin with, and whether there is nothing else."""
    letters = ""
    for op, what in _flat(pieces):
        if op is said.LITERAL:
            letters += chr(what)
        elif op is not said.AT:
            return letters, False
    return letters, True


def _of_runs(runs: Sequence[str]) -> Iterator[frozenset[str]]:
    """One of these runs of letters is in every match, so the words of the only one are, or the longest of each."""
    told = [[word for word in _WORD.findall(run) if len(word) >= _LEAST] for run in runs]
    if len(told) == 1:
        yield from map(frozenset, ([word] for word in told[0]))
    elif all(told):
        yield frozenset(max(words, key=len) for words in told)


def _of_piece(piece: _Piece) -> Iterator[frozenset[str]]:
    op, what = piece
    if op is said.ASSERT or (op in _REPEATED and what[0] > 0):
        yield from _of_sequence(what[-1])
    if op is said.BRANCH:  # one of them is matched: the best of each speaks for it
        branches = [max(_of_sequence(branch), key=_worth, default=frozenset()) for branch in what[-1]]
        if all(branches):
            yield frozenset().union(*branches)


def _worth(letters: frozenset[str]) -> tuple[int, int]:
    return min(map(len, letters), default=0), -len(letters)
