"""Small decision trees whose sum corrects a score: the arithmetic, and how they are told in a file.

Refuses to grow them: `tests/training/forest.py` does. What they look at is named by `rules.jury`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Split = tuple[int, float, int, int]
"""The fact looked at, the most it may be, and where to go on if it is no more and if it is: to a later split, or below
zero to a leaf (-1 the first, -2 the next).
"""


class Tree(NamedTuple):
    """The first split is the root; without one the first leaf is all."""

    splits: tuple[Split, ...]
    leaves: tuple[float, ...]


Forest = tuple[Tree, ...]


def say(forest: Forest, facts: Sequence[float]) -> float:
    """What all of them add."""
    said = 0.0
    for splits, leaves in forest:  # asked hundreds of times a mail: written out, it takes two thirds of the time
        at = 0 if splits else -1
        while at >= 0:
            fact, most, under, over = splits[at]
            at = under if facts[fact] <= most else over
        said += leaves[-1 - at]
    return said


def told(forest: Forest) -> list[Any]:
    """As values of JSON."""
    return [[tree.splits, tree.leaves] for tree in forest]


def read(values: Iterable[Any]) -> Forest:
    """Read what `told` wrote."""
    return tuple(Tree(tuple(map(tuple, splits)), tuple(leaves)) for splits, leaves in values)
