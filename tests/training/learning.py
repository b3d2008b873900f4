"""Weights from examples: linear support vector machines with squared hinge loss, by dual coordinate descent
(Hsieh et al., 2008).

Two kinds of heads. One weighs a whole mail. The other (`said`) weighs one sentence: which sentence of a mail
asks for a right nobody has marked, so it is learned in turns (Andrews et al., 2003): at first each sentence of
a mail that asks for it counts, then only the one that the last turn found loudest.

Of numpy only what gives the same bits on every machine is used: element by element, and its own sums; no product
of matrices, no logarithm or exponential of arrays.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inbox_agent.rules.features import GROUPS
from inbox_agent.rules.model import GROUP_WEIGHTS, RARITY_STEP, SAID, VERDICT
from tests.training.examples import KINDS, Example, Named
from tests.training.quick import Descent, descend, packed

HEADS = (VERDICT, *KINDS, *(SAID + kind for kind in KINDS))
EPOCHS = 8
TURNS = 3
RARE = {"words": 3, "stems": 4, "parts": 4}
"""A feature of fewer mails is not learned, in the other groups one of fewer than two. With rarer words and parts of
words mails of writers left out are told apart no better.
"""
SEED = 20260101

Places = NDArray[np.intp]
Values = NDArray[np.float64]
Row = tuple[Places, Values]
Weights = dict[str, Values]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Group -> name -> (row, rarity in steps)."""

    entries: dict[str, dict[str, tuple[int, int]]]
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """One row with its label, 1 or -1, and what a mistake on it costs."""

    row: Row
    label: int
    cost: float


def learn_heads(rows: Sequence[Row], alone: Sequence[Sequence[Row]], examples: Sequence[Example]) -> Weights:
    """The weights of every head, the bias last. `rows`: each example's; `alone`: those of its sentences."""
    size = 1 + max(int(places[-1]) for places, _ in rows)
    weights = {}
    for head in (VERDICT, *KINDS):
        pairs = zip(rows, examples, strict=True)
        told = [Told(row, one.labels[head], one.cost) for row, one in pairs if one.labels[head]]
        weights[head] = learn(told, size)
    asking = [at for at, example in enumerate(examples) if example.asks]
    for kind in KINDS:
        weights[SAID + kind] = learn_said([alone[at] for at in asking], [examples[at] for at in asking], kind, size)
    return weights


def learn_vocabulary(examples: Sequence[Example]) -> Vocabulary:
    """Which features are known, and how rare each is (inverse document frequency, in whole steps)."""
    entries: dict[str, dict[str, tuple[int, int]]] = {}
    size = 0
    for group in GROUPS:
        counts = Counter(name for example in examples for name in example.found[group])
        known = sorted(name for name, count in counts.items() if count >= RARE.get(group, 2))
        rarity = {name: round(math.log(len(examples) / counts[name]) / RARITY_STEP) for name in known}
        entries[group] = {name: (size + at, min(255, rarity[name])) for at, name in enumerate(known)}
        size += len(known)
    return Vocabulary(entries, size)


def to_row(found: Named, vocabulary: Vocabulary) -> Row:
    """The scaled vector of one example: unit length, and the bias as a last feature of value 1."""
    places: list[int] = []
    values: list[float] = []
    for group in GROUPS:
        # Names come in the order of the alphabet, and so do their places.
        known = [entry for entry in map(vocabulary.entries[group].get, found[group]) if entry]
        share = GROUP_WEIGHTS[group] / math.sqrt(len(known)) * RARITY_STEP if known else 0.0
        places += [place for place, _ in known]
        values += [share * rarity for _, rarity in known]
    length = math.sqrt(math.fsum(value * value for value in values)) or 1.0
    scaled = [*(value / length for value in values), 1.0]
    return np.array([*places, vocabulary.size], np.intp), np.array(scaled)


def learn(examples: Sequence[Told], size: int) -> Values:
    """The weights of one head, the bias last; always the same for the same examples in the same order."""
    slack = np.array([0.5 / told.cost for told in examples])
    labels = np.array([float(told.label) for told in examples])
    squares = np.array([np.add.reduce(told.row[1] * told.row[1]) for told in examples])
    rows, alphas, weights = packed(told.row for told in examples), np.zeros(len(examples)), np.zeros(size)
    head = Descent(rows, squares, labels, slack, alphas, weights)
    order = list(range(len(examples)))
    chance = random.Random(SEED)  # a fixed shuffle, not a secret
    for _ in range(EPOCHS):
        chance.shuffle(order)
        descend(head, np.array(order, np.intp))
    return weights


def learn_together(rows: Sequence[Row], labels: NDArray[np.int8], size: int) -> NDArray[np.float64]:
    """As `learn`, many heads of the same rows at once, a mistake on each costing 1: the weights of each in a column.
    `labels`: 1 or -1 for each row and head.
    """
    weights = np.zeros((size, labels.shape[1]))
    alphas = np.zeros(labels.shape)
    signs = labels.astype(np.float64)
    squares = [float(np.add.reduce(values * values)) for _, values in rows]
    order = list(range(len(rows)))
    chance = random.Random(SEED)  # a fixed shuffle, not a secret
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for at in order:
            places, values = rows[at][0], rows[at][1][:, None]
            known = weights[places]
            gradient = signs[at] * np.add.reduce(known * values, axis=0) - 1.0 + 0.5 * alphas[at]
            new = np.maximum(alphas[at] - gradient / (squares[at] + 0.5), 0.0)
            weights[places] = known + values * ((new - alphas[at]) * signs[at])
            alphas[at] = new
    return weights


def learn_said(mails: Sequence[Sequence[Row]], examples: Sequence[Example], kind: str, size: int) -> Values:
    """The weights of one kind for one sentence alone."""
    pairs = list(zip(mails, examples, strict=True))
    # The sentences of one mail together weigh little more than one: a long mail must not teach the most.
    never = [
        Told(row, -1, example.cost / math.sqrt(len(rows)))
        for rows, example in pairs
        if example.labels[kind] < 0
        for row in rows
    ]
    asking = [(rows, example.cost) for rows, example in pairs if example.labels[kind] > 0]
    loudest = [Told(row, 1, cost) for rows, cost in asking for row in rows]
    weights = np.zeros(size)
    for _ in range(TURNS):
        weights = learn([*never, *loudest], size)
        loudest = [Told(_loudest(rows, weights), 1, cost) for rows, cost in asking]
    return weights


def _loudest(rows: Iterable[Row], weights: Values) -> Row:
    return max(rows, key=lambda row: score(row, weights))


def score(row: Row, weights: Values) -> float:
    """The product of a row and the weights."""
    places, values = row
    return float(np.add.reduce(weights[places] * values))
