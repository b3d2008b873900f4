"""Small trees learned one after the other, each of what those before it leave wrong (gradient boosting, Friedman,
2001), with squared hinge loss and a score to begin with.

Facts are cut into at most 64 steps of equal shares; a tree grows where it gains most until it has its leaves. Sums are
taken in one order, cuts and leaves are kept rounded: the same facts give the same trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inbox_agent.rules.trees import Forest, Split, Tree
from tests.training.quick import Table, Values, compiled

STEP = 0.2  # of what a leaf would say of its mails alone
AT_LEAST = 50  # mails or rights in a leaf
RIDGE = 1.0
STEPS = 64
ROUNDED = 5  # decimals

Cells = NDArray[np.uint8]
Members = NDArray[np.intp]


class Size(NamedTuple):
    """How many trees grow, and how many leaves each has at most."""

    trees: int
    leaves: int


class Cut(NamedTuple):
    """Where a leaf is best cut: what that gains (0: nowhere), the fact, and the last step of the lower part."""

    gain: float
    fact: int
    step: int


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Some of the rows; `parent`: the split above it and whether it is the upper part (the root has none)."""

    members: Members
    cut: Cut
    parent: tuple[int, bool] | None


def grow(facts: Table, start: Values, labels: Values, margin: float, size: Size) -> Forest:
    """The trees that bring scores from `start` on the right side of zero by `margin`. `labels`: 1 or -1."""
    edges = [np.unique(np.round(_quantiles(column), ROUNDED)) for column in facts.T]
    cells = np.stack([np.searchsorted(edge, column) for edge, column in zip(edges, facts.T, strict=True)], 1)
    cells, scores, forest = np.ascontiguousarray(cells, np.uint8), start.copy(), []
    for _ in range(size.trees):
        short = np.maximum(margin - labels * scores, 0.0)
        slope, bend = labels * short, (short > 0).astype(np.float64)
        leaves, splits = _grown(cells, slope, bend, size.leaves)
        said = [_said(leaf.members, slope, bend) for leaf in leaves]
        for leaf, one in zip(leaves, said, strict=True):
            scores[leaf.members] += one
        forest.append(_tree(leaves, splits, edges, said))
    return tuple(forest)


def _quantiles(column: Values) -> Values:
    ordered = np.sort(column)
    return ordered[np.arange(1, STEPS) * len(ordered) // STEPS]


def _said(members: Members, slope: Values, bend: Values) -> float:
    pulled, stiff = float(np.add.reduce(slope[members])), float(np.add.reduce(bend[members]))
    return round(STEP * pulled / (stiff + RIDGE), ROUNDED)


def _grown(
    cells: Cells, slope: Values, bend: Values, most: int
) -> tuple[list[_Leaf], list[tuple[Cut, tuple[int, bool] | None]]]:
    """The leaves of one tree, and its splits in the order in which they were made."""

    def leaf(members: Members, parent: tuple[int, bool] | None) -> _Leaf:
        return _Leaf(members, Cut(*best_cut(cells, members, slope, bend)), parent)

    leaves, splits = [leaf(np.arange(len(cells)), None)], []
    while len(leaves) < most:
        at = max(range(len(leaves)), key=lambda one: leaves[one].cut.gain)
        loudest = leaves[at]
        if loudest.cut.gain <= 0:
            break
        under = cells[loudest.members, loudest.cut.fact] <= loudest.cut.step
        split = len(splits)
        splits.append((loudest.cut, loudest.parent))
        parts = (loudest.members[under], False), (loudest.members[~under], True)
        leaves[at : at + 1] = [leaf(members, (split, upper)) for members, upper in parts]
    return leaves, splits


def _tree(
    leaves: list[_Leaf],
    splits: list[tuple[Cut, tuple[int, bool] | None]],
    edges: list[Values],
    said: list[float],
) -> Tree:
    following: dict[tuple[int, bool], int] = {}
    following |= {parent: at for at, (_, parent) in enumerate(splits) if parent}
    following |= {leaf.parent: -1 - at for at, leaf in enumerate(leaves) if leaf.parent}
    told: list[Split] = [
        (cut.fact, float(edges[cut.fact][cut.step]), following[at, False], following[at, True])
        for at, (cut, _) in enumerate(splits)
    ]
    return Tree(tuple(told), tuple(said))


@compiled
def best_cut(cells: Cells, members: Members, slope: Values, bend: Values) -> tuple[float, int, int]:
    """The cut of these rows that gains most: the gain, the fact and the last step of the lower part."""
    facts = cells.shape[1]
    pulled, stiff = np.zeros((facts, STEPS)), np.zeros((facts, STEPS))
    count = np.zeros((facts, STEPS), np.intp)
    for row in members:
        for fact in range(facts):
            step = cells[row, fact]
            pulled[fact, step] += slope[row]
            stiff[fact, step] += bend[row]
            count[fact, step] += 1
    gain, at, last = 0.0, 0, 0
    for fact in range(facts):
        all_pulled, all_stiff, every = 0.0, 0.0, 0
        for step in range(STEPS):
            all_pulled += pulled[fact, step]
            all_stiff += stiff[fact, step]
            every += count[fact, step]
        whole = all_pulled * all_pulled / (all_stiff + RIDGE)
        low_pulled, low_stiff, low = 0.0, 0.0, 0
        for step in range(STEPS - 1):
            low_pulled += pulled[fact, step]
            low_stiff += stiff[fact, step]
            low += count[fact, step]
            if low < AT_LEAST or every - low < AT_LEAST:
                continue
            high_pulled, high_stiff = all_pulled - low_pulled, all_stiff - low_stiff
            parts = low_pulled * low_pulled / (low_stiff + RIDGE) + high_pulled * high_pulled / (high_stiff + RIDGE)
            if parts - whole > gain:
                gain, at, last = parts - whole, fact, step
    return gain, at, last
