"""The two loops that learning spends its time in, compiled (numba): the same numbers as numpy gives, in the same order
of every addition, so that the bits stay those of `learning` on any machine.

Rows lie one behind the other (`Packed`). Owns no choice of what is learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

Places = NDArray[np.intp]
Values = NDArray[np.float64]
Table = NDArray[np.float64]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Compiled when first called, without any liberty in the arithmetic: nothing is reordered or fused."""
    quick: _Function = njit(cache=True, fastmath=False)(function)
    return quick


class Packed(NamedTuple):
    """Row n stands from `starts[n]` up to `starts[n + 1]`."""

    starts: Places
    places: Places
    values: Values


def packed(rows: Iterable[tuple[Places, Values]]) -> Packed:
    """Lay rows one behind the other."""
    told = list(rows)
    starts = np.zeros(len(told) + 1, np.intp)
    starts[1:] = np.cumsum([len(places) for places, _ in told])
    if not told:
        return Packed(starts, np.zeros(0, np.intp), np.zeros(0))
    return Packed(starts, np.concatenate([one for one, _ in told]), np.concatenate([one for _, one in told]))


@compiled
def pairwise(values: Values) -> float:
    """The sum as numpy's own `add.reduce` adds: eight at a time, long rows in halves."""
    size = len(values)
    if size < 8:
        total = 0.0
        for value in values:
            total += value
        return total
    if size > 128:
        half = size // 2
        half -= half % 8
        return pairwise(values[:half]) + pairwise(values[half:])
    sums = values[:8].copy()
    at = 8
    while at + 8 <= size:
        for lane in range(8):
            sums[lane] += values[at + lane]
        at += 8
    total = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    for value in values[at:]:
        total += value
    return total


class Descent(NamedTuple):
    """One head while it learns: rows with their squares, their labels (1 or -1), the slack that their costs give them,
    and what was found so far (`alphas` of the rows, `weights` of the features).
    """

    rows: Packed
    squares: Values
    labels: Values
    slack: Values
    alphas: Values
    weights: Values


@compiled
def descend(head: Descent, order: Places) -> None:
    """One round of dual coordinate descent over the rows in this order; changes `alphas` and `weights`."""
    rows, squares, labels, slack, alphas, weights = head
    for at in order:
        first, last = rows.starts[at], rows.starts[at + 1]
        places, values = rows.places[first:last], rows.values[first:last]
        score = pairwise(weights[places] * values)
        gradient = labels[at] * score - 1.0 + slack[at] * alphas[at]
        new = max(alphas[at] - gradient / (squares[at] + slack[at]), 0.0)
        step = (new - alphas[at]) * labels[at]
        if step != 0.0:
            alphas[at] = new
            for one in range(len(places)):
                weights[places[one]] += step * values[one]


class Slope(NamedTuple):
    """Numbers that descend, each the slower the more it has moved (AdaGrad: `moved` holds the squares)."""

    now: Table
    moved: Table


class Member(NamedTuple):
    """One network while it learns: a row a feature, unit or head. The first `whole` units hear the whole mail."""

    ears: Slope
    bias: Slope
    votes: Slope
    vote_bias: Slope
    whole: int


class Lessons(NamedTuple):
    """Mails, their sentences (those of mail n from `first[n]` up to `first[n + 1]`), and per mail and head the label
    and what a mistake costs.
    """

    mails: Packed
    sentences: Packed
    first: Places
    labels: Table
    costs: Table


class Heard(NamedTuple):
    """A mail (one row), its sentences, and how much of each unit is heard."""

    mail: Packed
    alone: Packed
    kept: Values


class Pace(NamedTuple):
    """How fast is learned (`step`), what a unit hears is multiplied with (`gain`), and how many features and units are
    left out by chance.
    """

    step: float
    gain: float
    features: float
    units: float


@compiled
def listen(ears: Table, whole: int, told: Heard, gain: float) -> tuple[Values, Places]:
    """What the units hear of a mail and of the sentences in it, and for each unit that hears one sentence, which."""
    heard, chosen = np.zeros(ears.shape[1]), np.zeros(ears.shape[1], np.intp)
    _hear(ears, range(whole), told.mail, 0, heard)
    loudest = range(whole, ears.shape[1])
    for sentence in range(len(told.alone.starts) - 1):
        each = np.zeros(ears.shape[1])
        _hear(ears, loudest, told.alone, sentence, each)
        for unit in loudest:
            if sentence == 0 or each[unit] > heard[unit]:
                heard[unit], chosen[unit] = each[unit], sentence
    return gain * heard, chosen


@compiled
def _hear(ears: Table, units: range, rows: Packed, row: int, heard: Values) -> None:
    for at in range(rows.starts[row], rows.starts[row + 1]):
        for unit in units:
            heard[unit] += ears[rows.places[at], unit] * rows.values[at]


@compiled
def take(lessons: Lessons, order: Places, member: Member, drawn: Values, pace: Pace) -> None:
    """Learn from these lessons in this order; changes `member`. `drawn`: a number by chance for each feature of each
    mail, of its sentences, and for each unit, in that order.
    """
    units, used = len(member.bias.now), 0
    for at in order:
        mail = _thinned(lessons.mails, at, at + 1, drawn[used:], pace.features)
        used += lessons.mails.starts[at + 1] - lessons.mails.starts[at]
        first, last = lessons.first[at], lessons.first[at + 1]
        alone = _thinned(lessons.sentences, first, last, drawn[used:], pace.features)
        used += lessons.sentences.starts[last] - lessons.sentences.starts[first]
        kept = (drawn[used : used + units] >= pace.units) / (1 - pace.units)
        used += units
        _learn(member, Heard(mail, alone, kept), lessons.labels[at], lessons.costs[at], pace)


@compiled
def _learn(member: Member, told: Heard, labels: Values, costs: Values, pace: Pace) -> None:
    heard, chosen = listen(member.ears.now, member.whole, told, pace.gain)
    heard += member.bias.now[:, 0]
    said = np.maximum(heard, 0.0) * told.kept
    blame = _blame(member, said, labels, costs)
    if blame.any():
        guilt = _guilt(member, blame, told.kept * (heard > 0))
        _amend(member, said, blame, guilt, pace.step)
        _amend_ears(member, told, chosen, guilt, pace)


@compiled
def _thinned(rows: Packed, first: int, last: int, drawn: Values, dropped: float) -> Packed:
    """What chance leaves of these rows."""
    start, end = rows.starts[first], rows.starts[last]
    kept = drawn[: end - start] >= dropped
    starts = np.zeros(last - first + 1, np.intp)
    for row in range(first, last):
        left = kept[rows.starts[row] - start : rows.starts[row + 1] - start].sum()
        starts[row - first + 1] = starts[row - first] + left
    return Packed(starts, rows.places[start:end][kept], rows.values[start:end][kept] / (1 - dropped))


@compiled
def _blame(member: Member, said: Values, labels: Values, costs: Values) -> Values:
    """Of each head, how far what the units say for it is from what it should be."""
    heads = np.zeros(len(labels))
    for unit in range(len(said)):
        heads += member.votes.now[unit] * said[unit]
    heads += member.vote_bias.now[:, 0]
    short = np.maximum(1.0 - labels * heads, 0.0) * (labels != 0)
    return -labels * short * costs


@compiled
def _guilt(member: Member, blame: Values, awake: Values) -> Values:
    """How much of the blame falls on each unit that is awake."""
    guilt = np.zeros(len(awake))
    for unit in range(len(awake)):
        guilt[unit] = pairwise(member.votes.now[unit] * blame) * awake[unit]
    return guilt


@compiled
def _amend(member: Member, said: Values, blame: Values, guilt: Values, step: float) -> None:
    for head in range(len(blame)):
        _descend(member.vote_bias, head, 0, blame[head], step)
        for unit in range(len(said)):
            _descend(member.votes, unit, head, said[unit] * blame[head], step)
    for unit in range(len(guilt)):
        _descend(member.bias, unit, 0, guilt[unit], step)


@compiled
def _amend_ears(member: Member, told: Heard, chosen: Places, guilt: Values, pace: Pace) -> None:
    """Each guilty unit hears the features of its mail or sentence otherwise."""
    for unit in np.flatnonzero(guilt):
        rows, row = (told.mail, 0) if unit < member.whole else (told.alone, chosen[unit])
        if row + 1 < len(rows.starts):  # a mail may have no sentence
            for at in range(rows.starts[row], rows.starts[row + 1]):
                _descend(member.ears, rows.places[at], unit, pace.gain * rows.values[at] * guilt[unit], pace.step)


@compiled
def _descend(slope: Slope, row: int, column: int, gradient: float, step: float) -> None:
    moved = slope.moved[row, column] + gradient * gradient
    slope.moved[row, column] = moved
    slope.now[row, column] -= step * gradient / np.sqrt(moved)
