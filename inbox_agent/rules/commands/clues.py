"""What a stretch of a line shows the scored reader: its words, their beginnings and letters, meanings, and neighbours.

Owns the names of these clues; what each of them speaks for is learned (`scores`). Days, numbers and names stand for
their kind: which day it is says nothing of what is asked. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from inbox_agent.rules.commands.model import Place
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

Spans = Sequence[tuple[int, int]]

_LETTERS = (3, 4, 5, 6)  # in a row, with the ends of the word
_KINDS = frozenset({"num", "case", "money", "clock", "email", "file", "quoted", "day"})
_BEGINNING, _END = 4, 3  # letters
_MOST = 12  # words; longer stretches are as long


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    tags: Sequence[str]
    plain: bool  # a word of its own, no kind


def clues(line: Line, spans: Spans, place: Place) -> frozenset[str]:
    """The clues of these word ranges, each once."""
    tokens = list(_tokens(line, spans))
    found = {f"@{place}", f"n:{min(len(tokens), _MOST) // 2}"}
    for token in tokens:
        found.update(_of_word(token))
    found.update(_of_neighbours(tokens))
    found.update(_of_meanings(tokens))
    found.update(_of_ends(tokens))
    if _asked(line, spans):
        found.add("?")
    return frozenset(found)


def _tokens(line: Line, spans: Spans) -> Iterator[_Token]:
    begins = {mention.start for mention in line.mentions}
    inside = {at for mention in line.mentions for at in range(mention.start, mention.end)}
    for at in (at for start, end in sorted(spans) for at in range(start, end)):
        word = line.words[at]
        if at in inside:
            if at in begins:
                yield _Token("DAY", ("DAY",), plain=False)
        elif word.kind != "mark":
            yield _token(word)


def _token(word: Word) -> _Token:
    if word.kind in _KINDS:
        return _Token(word.kind.upper(), (word.kind.upper(),), plain=False)
    if "name" in word.tags and word.text[:1].isupper():
        return _Token("NAME", ("NAME",), plain=False)
    return _Token(word.form, sorted(word.tags), plain=True)


def _of_word(token: _Token) -> Iterator[str]:
    yield f"w:{token.form}"
    for tag in token.tags:
        yield f"t:{tag}"
        kind, dot, _ = tag.partition(".")
        if dot:
            yield f"t:{kind}"
    if token.plain:
        written = f"^{token.form}$"
        for count in _LETTERS:
            for at in range(len(written) - count + 1):
                yield f"c:{written[at : at + count]}"


def _of_neighbours(tokens: Sequence[_Token]) -> Iterator[str]:
    forms = ["^", *(token.form for token in tokens), "$"]
    for one, other in pairwise(forms):
        yield f"b:{one}_{other}"
    for near in (1, 2):
        for first, second in zip(tokens, tokens[near:], strict=False):
            for one in first.tags:
                for other in second.tags:
                    yield f"p:{one}>{other}"


def _of_meanings(tokens: Sequence[_Token]) -> Iterator[str]:
    for one, other in combinations(sorted({tag for token in tokens for tag in token.tags}), 2):
        yield f"q:{one}&{other}"


def _of_ends(tokens: Sequence[_Token]) -> Iterator[str]:
    if not tokens:
        return
    first, last = tokens[0], tokens[-1]
    yield f"f:{first.form}"
    yield f"fb:{first.form[:_BEGINNING]}"
    yield f"fe:{first.form[-_END:]}"
    yield from (f"ft:{tag}" for tag in first.tags)
    yield f"l:{last.form}"
    yield f"le:{last.form[-_END:]}"
    yield from (f"lt:{tag}" for tag in last.tags)


def _asked(line: Line, spans: Spans) -> bool:
    marks: Collection[str] = {line.words[at].text for start, end in spans for at in range(start, end)}
    last = max((end for _, end in spans), default=0)
    behind = line.words[last].text if last < len(line.words) else ""
    return "?" in marks or behind == "?"
