"""Where phrases stand in a text: whole words, in their order, however they are spelled and spaced.

Owns the words of a phrase and the search for many phrases at once, whose time grows with the text and not with the
number of phrases. In a phrase `…` (or `...`) stands for up to three words, and `*` after a word's beginning for any
ending. Marks mean nothing, and numbers in the text are passed over: they are never a phrase's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from inbox_agent.rules.fold import Token, fold, squeeze

GAP = "…"
ENDING = "*"
WIDEST_GAP = 3  # words

_WORD = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")
_PIECE = re.compile(rf"{GAP}|\.\.\.|{_WORD.pattern}\*?")
_LONGEST_WORD = 40


def phrase_words(text: str) -> tuple[str, ...]:
    """The words of a phrase, folded; `…` and a final `*` are kept, numbers are not."""
    return tuple(_folded(match[0]) for match in _PIECE.finditer(text) if not _is_number(match[0]))


def text_words(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a text, or of a piece of it, with their places; numbers are left out."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Token(match.start(), match.end(), _form(match[0])) for match in found if not _is_number(match[0])]


def _folded(piece: str) -> str:
    if piece in {GAP, "..."}:
        return GAP
    return f"{_form(piece[:-1])}{ENDING}" if piece.endswith(ENDING) else _form(piece)


def _form(word: str) -> str:
    return squeeze(fold(word[:_LONGEST_WORD]))


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


@dataclass(slots=True)
class _Node:
    """What may follow: words, beginnings of words, a gap. `phrases` end here."""

    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    phrases: list[int] = field(default_factory=list)

    def grown(self, word: str) -> _Node:
        if word == GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if word.endswith(ENDING):
            return self.stems.setdefault(word.removesuffix(ENDING), _Node())
        return self.words.setdefault(word, _Node())

    def after(self, word: str) -> Iterator[_Node]:
        if (node := self.words.get(word)) is not None:
            yield node
        if self.stems:
            yield from (self.stems[word[:end]] for end in range(1, len(word) + 1) if word[:end] in self.stems)


class Search:
    """Finds any of these phrases, each given as its `phrase_words`."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        self._root = _Node()
        for number, words in enumerate(phrases):
            node = self._root
            for word in words:
                node = node.grown(word)
            node.phrases.append(number)

    def found(self, tokens: Sequence[Token]) -> dict[int, list[tuple[int, int]]]:
        """By the number of each phrase that stands there: the spans [start, end) in the text."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for at, token in enumerate(tokens):
            for number, end in self._from(at, tokens):
                spans.setdefault(number, []).append((token.start, tokens[end - 1].end))
        return spans

    def _from(self, at: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        open_ways = [(node, at + 1) for node in self._root.after(tokens[at].form)]
        known = {(id(node), place) for node, place in open_ways}
        while open_ways:
            node, place = open_ways.pop()
            yield from ((number, place) for number in node.phrases)
            for way in _onward(node, place, tokens):
                if (id(way[0]), way[1]) not in known:
                    known.add((id(way[0]), way[1]))
                    open_ways.append(way)


def _onward(node: _Node, place: int, tokens: Sequence[Token]) -> Iterator[tuple[_Node, int]]:
    if place < len(tokens):
        yield from ((after, place + 1) for after in node.after(tokens[place].form))
    if node.gap is not None:
        yield from ((node.gap, place + skipped) for skipped in range(WIDEST_GAP + 1))
