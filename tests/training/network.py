"""A small network beside the linear model: what words and families mean together, which no sum of them tells.

Units look at the whole mail, or each at the sentence that rouses it most, and are silent below zero; every head is a
sum of units. The rights are learned beside the verdict and share its units, so that one mail teaches more. A few
members are trained apart and their votes added: they err in different mails. Learned one mail at a time by AdaGrad
(Duchi et al., 2011) with squared hinge loss, while features and units are dropped at random (Srivastava et al., 2014).

The loop is `quick.take`. Square roots are exact everywhere; of numpy only what `learning` allows itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inbox_agent.rules.model import VERDICT
from tests.training.examples import KINDS, Example
from tests.training.learning import SEED, Row, Values
from tests.training.quick import Heard, Lessons, Member, Pace, Slope, listen, packed, take

VOTES = (VERDICT, *KINDS)
EPOCHS = 10
PACE = 0.05
FEATURES_DROPPED, UNITS_DROPPED = 0.3, 0.25
GAIN = 4.0  # of what a unit hears: rows have unit length, spread over hundreds of features
KIND_COST = 0.3  # of a mistake on a right, beside one on the verdict
MEMBERS = ((8, 8), (8, 8), (8, 8))
"""Of each member: the units that look at the whole mail, and those that look at one sentence."""

Table = NDArray[np.float64]
_AT_ONCE = 1000  # lessons whose chances are drawn together
_COSTS = np.array([1.0] + [KIND_COST] * len(KINDS))


@dataclass(frozen=True, slots=True)
class Network:
    """`ears`: what each unit hears of each feature (features x units, the first `whole` of them on the whole mail);
    `bias` of each unit; `votes`: what each unit says for each head (units x VOTES), and `vote_bias`.
    """

    ears: Table
    bias: Values
    votes: Table
    vote_bias: Values
    whole: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One example as the network learns from it: rows without the linear model's bias."""

    mail: Row
    alone: tuple[Row, ...]
    labels: Values  # one of 1, -1, 0 for each of VOTES
    cost: float


def lessons(rows: Sequence[Row], alone: Sequence[Sequence[Row]], examples: Sequence[Example]) -> list[Lesson]:
    """Every example that says something; a mail that is no request asks for no right either."""
    return [
        Lesson(_bare(row), tuple(map(_bare, sentences)), _labels(example), example.cost)
        for row, sentences, example in zip(rows, alone, examples, strict=True)
        if example.labels[VERDICT]
    ]


def _bare(row: Row) -> Row:
    return row[0][:-1], row[1][:-1]


def _labels(example: Example) -> Values:
    if example.labels[VERDICT] < 0:
        return np.full(len(VOTES), -1.0)
    return np.array([float(example.labels[head]) for head in VOTES])


def learn_network(told: Sequence[Lesson], features: int) -> Network:
    """The members side by side; always the same for the same lessons in the same order."""
    members = [_learn(told, features, whole, loudest, SEED + at) for at, (whole, loudest) in enumerate(MEMBERS)]
    parts = [_units(member, slice(None, member.whole)) for member in members]
    parts += [_units(member, slice(member.whole, None)) for member in members]
    ears, bias, votes = zip(*parts, strict=True)
    return Network(
        np.concatenate(ears, axis=1),
        np.concatenate(bias),
        np.concatenate(votes) / len(members),
        sum((member.vote_bias for member in members), np.zeros(len(VOTES))) / len(members),
        sum(member.whole for member in members),
    )


def _units(member: Network, which: slice) -> tuple[Table, Values, Table]:
    return member.ears[:, which], member.bias[which], member.votes[which]


def votes(network: Network, mail: Row, alone: Sequence[Row]) -> list[float]:
    """What the network says for each of VOTES."""
    told = Heard(packed([_bare(mail)]), packed(map(_bare, alone)), np.ones_like(network.bias))
    heard, _ = listen(network.ears, network.whole, told, GAIN)
    roused = np.maximum(heard + network.bias, 0.0)
    said: list[float] = (np.add.reduce(network.votes * roused[:, None], axis=0) + network.vote_bias).tolist()
    return said


def _learn(told: Sequence[Lesson], features: int, whole: int, loudest: int, seed: int) -> Network:
    chance = np.random.RandomState(seed)  # its stream is frozen: the same in every version of numpy
    member = _newborn(chance, features, whole, whole + loudest)
    lessons = _laid(told)
    draws = np.diff(lessons.mails.starts) + np.array([sum(len(row[0]) for row in one.alone) for one in told])
    for epoch in range(EPOCHS):
        order = chance.permutation(len(told))
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            drawn = chance.random_sample(int(draws[some].sum()) + len(some) * (whole + loudest))
            take(lessons, some, member, drawn, Pace(PACE * (1 - epoch / EPOCHS), GAIN, FEATURES_DROPPED, UNITS_DROPPED))
    return Network(member.ears.now, member.bias.now[:, 0], member.votes.now, member.vote_bias.now[:, 0], whole)


def _newborn(chance: np.random.RandomState, features: int, whole: int, units: int) -> Member:
    ears = _slope(np.zeros((features, units)), 1e-3)
    bias = _slope(chance.uniform(0.02, 0.2, units)[:, None], 1e-2)
    votes = _slope(chance.uniform(-0.3, 0.3, (units, len(VOTES))), 1e-2)
    return Member(ears, bias, votes, _slope(np.zeros((len(VOTES), 1)), 1e-2), whole)


def _slope(start: Table, moved: float) -> Slope:
    return Slope(np.ascontiguousarray(start), np.full(start.shape, moved))


def _laid(told: Sequence[Lesson]) -> Lessons:
    first = np.zeros(len(told) + 1, np.intp)
    first[1:] = np.cumsum([len(one.alone) for one in told])
    return Lessons(
        packed(one.mail for one in told),
        packed(row for one in told for row in one.alone),
        first,
        np.array([one.labels for one in told]),
        np.array([_COSTS * one.cost for one in told]),
    )
