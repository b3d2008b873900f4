"""Which families of the lexicon meet in the sentences of a mail, as rows of the model's table of frames.

Owns the faster way to what `features.frames` names: families are bits, who meets whom is gathered over the whole
mail, and no meeting is looked up twice. The names decide; a test holds both ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import compress
from operator import or_
from typing import TypeAlias

from inbox_agent.rules.features import ACTS, NEAR, ROLES, Sentence
from inbox_agent.rules.laid import Laid
from inbox_agent.rules.lexicon import Families

_Others = tuple[int, dict[int, int]]
_NO_OTHERS: _Others = (0, {})

_REMEMBERED = 5_000  # sets of families; a hostile mail must not fill the memory

_Set: TypeAlias = tuple[int, Families, int]
"""A set of families: as bits, the acts among them, and the roles that they fill."""


@dataclass(frozen=True, slots=True)
class Met:
    """Of each word in a row: its families, the same as bits, those of the next NEAR - 1 words, its acts, and the roles
    that are filled from NEAR words before it to NEAR + 1 behind it.
    """

    tags: Sequence[Families]
    bits: Sequence[int]
    later: Sequence[int]
    acts: Sequence[Families]
    roles: Sequence[int]


class _Sets(dict[Families, _Set]):
    def __init__(self, bit: Mapping[str, int]) -> None:
        self._bit = bit

    def __missing__(self, families: Families) -> _Set:
        if len(self) >= _REMEMBERED:
            self.clear()
        roles = sum(1 << at for at, (_, role) in enumerate(ROLES) if families & role)
        met = self[families] = (sum(self._bit.get(one, 0) for one in families), families & ACTS, roles)
        return met


class _Acts(dict[tuple[Families, int], frozenset[int]]):
    """Acts and the roles that are filled near them -> the rows of these acts."""

    def __init__(self, frames: Mapping[str, int]) -> None:
        self._frames = frames

    def __missing__(self, acting: tuple[Families, int]) -> frozenset[int]:
        if len(self) >= _REMEMBERED:
            self.clear()
        acts, roles = acting
        named = (self._frames.get(f"{act} {_letters(roles)}") for act in acts)
        rows = self[acting] = frozenset(row for row in named if row is not None)
        return rows


class Meetings:
    """Finds the rows of frames in one table of them (name -> row)."""

    def __init__(self, frames: Mapping[str, int]) -> None:
        together, onward = (_meetings(frames, mark) for mark in (" & ", " > "))
        families = {family for one in (*together, *onward) for family in one[:2]}
        bit = {family: 1 << at for at, family in enumerate(sorted(families))}
        self._sets, self._acts = _Sets(bit), _Acts(frames)
        self._together, self._onward = _by_first(together, bit), _by_first(onward, bit)

    def met(self, row: Laid) -> Met:
        """What stands where in a row of sentences."""
        bits, acts, roles = zip(*map(self._sets.__getitem__, row.tags), strict=True)
        later = list(map(or_, bits[1:], map(or_, bits[2:], bits[3:])))
        two = list(map(or_, roles, roles[1:]))
        four = list(map(or_, two, two[2:]))
        eight = map(or_, four, four[4:])
        near = map(or_, eight, two[2 * NEAR :])  # of the word that stands NEAR behind the first of them
        return Met(row.tags, bits, later, acts, [*(0,) * NEAR, *near])

    def rows(self, met: Met, own: Sequence[Sentence], spans: Sequence[slice], whole: slice) -> Collection[int]:
        """The rows of `features.frames` of sentences that stand at these places, all of them within `whole`."""
        return [
            *_standing(self._together, _beside(met.bits, own, spans)),
            *_standing(self._onward, _behind(met.tags[whole], met.later[whole])),
            *self._acting(met.acts[whole], met.roles[whole]),
        ]

    def _acting(self, acts: Sequence[Families], roles: Sequence[int]) -> Collection[int]:
        """The acts of each word with the roles that its neighbourhood fills."""
        found = set(compress(zip(acts, roles, strict=False), acts))
        return set().union(*map(self._acts.__getitem__, found))


def _beside(bits: Sequence[int], own: Sequence[Sentence], spans: Sequence[slice]) -> dict[str, int]:
    """Each family and those that stand in a sentence with it."""
    together: dict[str, int] = {}
    for sentence, span in zip(own, spans, strict=True):
        met = reduce(or_, bits[span])
        for family in sentence.said:
            together[family] = together.get(family, 0) | met
    return together


def _behind(tags: Sequence[Families], later: Sequence[int]) -> dict[str, int]:
    """Each family and those that follow it near."""
    after: dict[Families, int] = {}
    for families, met in zip(tags, later, strict=False):
        if families and met:
            after[families] = after.get(families, 0) | met
    onward: dict[str, int] = {}
    for families, met in after.items():
        for family in families:
            onward[family] = onward.get(family, 0) | met
    return onward


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
