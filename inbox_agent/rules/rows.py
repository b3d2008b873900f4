"""Where a mail's features stand in the model's tables, found without writing out their names.

Owns a second, faster way to what `rules.features` names: words and pairs of families are looked up as they are, those
of a whole mail at once, and what a word tells is remembered. The names decide (they are what was learned); a test holds
both ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from inbox_agent.rules.features import ACTS, NEAR, ROLES, Reading, Sentence, context, near_stems, parts
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.model import Rows

_Others = tuple[int, dict[int, int]]
_NO_OTHERS: _Others = (0, {})

Found = TypeVar("Found")

NONE = -1
"""The row of what was never learned."""

_REMEMBERED = 5_000  # words, or sets of families; a hostile mail must not fill the memory
_LAST = 500  # sentences
_BEFORE, _AFTER = NEAR, NEAR + 1  # words on either side of an act that may hold its roles


@dataclass(frozen=True, slots=True)
class _Word:
    """The row of a word itself, of it in a subject (NONE where there is none), and those of its parts."""

    alone: int
    in_subject: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """A set of families: as bits, the acts among them, and the roles that they fill."""

    bits: int
    acts: Families
    roles: int


class _Words(dict[str, _Word]):
    def __init__(self, words: Mapping[str, int], pieces: Mapping[str, int]) -> None:
        self._words, self._pieces = words, pieces

    def __missing__(self, form: str) -> _Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        word = self[form] = _Word(
            self._words.get(form, NONE),
            self._words.get(f"s {form}", NONE),
            _known(self._pieces, set(parts((form,)))),
        )
        return word


class _Sets(dict[Families, _Met]):
    def __init__(self, bit: Mapping[str, int]) -> None:
        self._bit = bit

    def __missing__(self, families: Families) -> _Met:
        if len(self) >= _REMEMBERED:
            self.clear()
        roles = sum(1 << at for at, (_, role) in enumerate(ROLES) if families & role)
        met = self[families] = _Met(sum(self._bit.get(one, 0) for one in families), families & ACTS, roles)
        return met


class _Last(dict[int, tuple[Sentence, Found]], Generic[Found]):
    """What was found of the sentences of a mail, which several questions are asked of: kept for the last of them."""

    def of(self, sentence: Sentence, find: Callable[[Sentence], Found]) -> Found:
        known = self.get(id(sentence))
        if known is not None and known[0] is sentence:
            return known[1]
        if len(self) >= _LAST:
            self.clear()
        found = find(sentence)
        self[id(sentence)] = (sentence, found)
        return found


class Finder:
    """Finds the rows of mails and of sentences in one model's tables (group -> name -> row)."""

    def __init__(self, tables: Mapping[str, Mapping[str, int]]) -> None:
        self._tables = tables
        self._words = _Words(tables["words"], tables["parts"])
        together, onward = (_meetings(tables["frames"], mark) for mark in (" & ", " > "))
        families = {family for one in (*together, *onward) for family in one[:2]}
        bit = {family: 1 << at for at, family in enumerate(sorted(families))}
        self._sets = _Sets(bit)
        self._last: _Last[Rows] = _Last()
        self._last_pairs: _Last[list[tuple[int, int]]] = _Last()
        self._together, self._onward = _by_first(together, bit), _by_first(onward, bit)

    def of_mail(self, reading: Reading, own: Sequence[Sentence]) -> Rows:
        """The rows of `features.features`."""
        said = {family for sentence in own for family in sentence.said}
        in_subject = {family for sentence in own if sentence.subject for family in sentence.said}
        last = own[-1].said if own else ()
        names = (*said, *(f"{one} subject" for one in in_subject), *(f"{one} last" for one in last))
        return {
            **self._spoken(own),
            "families": _known(self._tables["families"], names),
            "context": _known(self._tables["context"], set(context(reading, own))),
        }

    def of_sentence(self, sentence: Sentence) -> Rows:
        """The rows of `features.said`."""
        return self._last.of(sentence, self._of_sentence)

    def _of_sentence(self, sentence: Sentence) -> Rows:
        families = _known(self._tables["families"], sentence.said)
        return {**self._spoken((sentence,)), "families": families, "context": ()}

    def pairs(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The known pairs of words: the number of the later word in its sentence, and the pair's row."""
        return self._last_pairs.of(sentence, self._pairs)

    def _pairs(self, sentence: Sentence) -> list[tuple[int, int]]:
        known = self._tables["words"]
        return [(at, row) for at, pair in enumerate(_pairs(sentence)) if (row := known.get(pair)) is not None]

    def _spoken(self, own: Sequence[Sentence]) -> dict[str, Collection[int]]:
        known = [self._words[form] for form in {form for sentence in own for form in sentence.forms}]
        subject = [self._words[form] for sentence in own if sentence.subject for form in sentence.forms]
        words = {row for sentence in own for _, row in self.pairs(sentence)}
        words.update(word.alone for word in known)
        words.update(word.in_subject for word in subject)
        words.discard(NONE)
        return {
            "words": words,
            "stems": _known(self._tables["stems"], {pair for sentence in own for pair in near_stems(sentence.forms)}),
            "parts": set().union(*(word.parts for word in known)),
            "frames": self._frames(own),
        }

    def _frames(self, own: Sequence[Sentence]) -> list[int]:
        """Who meets whom is gathered over the whole mail, so that no meeting is looked up twice."""
        together: dict[str, int] = {}
        onward: dict[str, int] = {}
        acts: set[tuple[Families, int]] = set()
        for sentence in own:
            met = [self._sets[families] for families in sentence.tags]
            bits = 0
            for one in met:
                bits |= one.bits
            for family in sentence.said:
                together[family] = together.get(family, 0) | bits
            _follow(sentence.tags, met, onward)
            acts.update(_acting(met))
        acting = {f"{act} {_letters(roles)}" for done, roles in acts for act in done}
        return [
            *_standing(self._together, together),
            *_standing(self._onward, onward),
            *_known(self._tables["frames"], acting),
        ]


def _follow(tags: Sequence[Families], met: Sequence[_Met], onward: dict[str, int]) -> None:
    """Add to `onward` the families that follow each one near."""
    one, two, three = 0, 0, 0  # of the words behind, the nearest first
    for families, here in zip(reversed(tags), reversed(met), strict=True):
        if families and (later := one | two | three):
            for family in families:
                onward[family] = onward.get(family, 0) | later
        one, two, three = here.bits, one, two


def _acting(met: Sequence[_Met]) -> Iterator[tuple[Families, int]]:
    """The acts of each word with the roles that its neighbourhood fills."""
    for at, one in enumerate(met):
        if one.acts:
            roles = 0
            for other in met[max(0, at - _BEFORE) : at + _AFTER + 1]:
                roles |= other.roles
            yield one.acts, roles


def _pairs(sentence: Sentence) -> Iterator[str]:
    """Two words that follow each other, as the model names them; before the first one stands none."""
    return map("{} {}".format, ("", *sentence.forms), sentence.forms)


def _meetings(frames: Mapping[str, int], mark: str) -> list[tuple[str, str, int]]:
    """The frames of two families, as both and their row."""
    return [(one, other, row) for name, row in frames.items() for one, met, other in (name.partition(mark),) if met]


def _by_first(meetings: Iterable[tuple[str, str, int]], bit: Mapping[str, int]) -> dict[str, _Others]:
    """By the first family: the row of both by the bit of the other, behind all these bits."""
    rows: dict[str, dict[int, int]] = {}
    for one, other, row in meetings:
        rows.setdefault(one, {})[bit[other]] = row
    return {one: (sum(others), others) for one, others in rows.items()}


@cache
def _letters(roles: int) -> str:
    return "".join(letter for at, (letter, _) in enumerate(ROLES) if roles & 1 << at)


def _standing(meetings: Mapping[str, _Others], met: Mapping[str, int]) -> Iterator[int]:
    for family, bits in met.items():
        known, rows = meetings.get(family, _NO_OTHERS)
        left = bits & known
        while left:
            lowest = left & -left
            yield rows[lowest]
            left ^= lowest


def _known(table: Mapping[str, int], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(row for name in names if (row := table.get(name)) is not None)
