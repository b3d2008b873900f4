"""A small network beside the linear model: what words and families mean together, which no sum of them tells.

Units look at the whole mail, or each at the sentence that rouses it most, and are silent below zero; every head is a
sum of units. The rights are learned beside the verdict and share its units, so that one mail teaches more; only the
verdict is shipped (for the rights the linear heads do as well). A few members are trained apart and their votes added:
they err in different mails. Learned one mail at a time by AdaGrad (Duchi et al., 2011) with squared hinge loss, while
features and units are dropped at random (Srivastava et al., 2014).

Of numpy only what `learning` allows itself, and square roots, which are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inbox_agent.rules.model import VERDICT
from tests.training.examples import KINDS, Example
from tests.training.learning import SEED, Row, Values

VOTES = (VERDICT, *KINDS)
EPOCHS = 10
PACE = 0.05
FEATURES_DROPPED, UNITS_DROPPED = 0.3, 0.25
GAIN = 4.0  # of what a unit hears: rows have unit length, spread over hundreds of features
KIND_COST = 0.3  # of a mistake on a right, beside one on the verdict
MEMBERS = ((8, 8), (8, 8), (8, 8))
"""Of each member: the units that look at the whole mail, and those that look at one sentence."""

Table = NDArray[np.float64]
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


def vote(network: Network, mail: Row, alone: Sequence[Row]) -> float:
    """What the network says for the verdict."""
    heard, _ = _listen(network.ears, network.whole, _bare(mail), [_bare(row) for row in alone])
    return float(_say(np.maximum(heard + network.bias, 0.0), network.votes)[0] + network.vote_bias[0])


def _listen(ears: Table, whole: int, mail: Row, alone: Sequence[Row]) -> tuple[Values, NDArray[np.intp]]:
    """What the units hear, and for each that looks at one sentence the number of that sentence."""
    loudest = ears.shape[1] - whole
    heard = np.zeros(whole + loudest)
    heard[:whole] = GAIN * np.add.reduce(ears[mail[0], :whole] * mail[1][:, None], axis=0)
    if not alone or not loudest:
        return heard, np.zeros(loudest, np.intp)
    each = np.array([np.add.reduce(ears[places, whole:] * values[:, None], axis=0) for places, values in alone])
    chosen = each.argmax(axis=0)
    heard[whole:] = GAIN * each[chosen, np.arange(loudest)]
    return heard, chosen


def _say(units: Values, votes: Table) -> Values:
    said: Values = np.add.reduce(votes * units[:, None], axis=0)
    return said


def _learn(told: Sequence[Lesson], features: int, whole: int, loudest: int, seed: int) -> Network:
    learner = _Learner(features, whole, loudest, seed)
    for epoch in range(EPOCHS):
        for at in learner.chance.permutation(len(told)):
            learner.take(told[at], PACE * (1 - epoch / EPOCHS))
    return Network(learner.ears.now, learner.bias.now, learner.votes.now, learner.vote_bias.now, whole)


class _Slope:
    """Numbers that descend, each the slower the more it has moved."""

    def __init__(self, start: Table, moved: float) -> None:
        self.now, self._moved = start, np.full(start.shape, moved)

    def descend(self, gradient: Table, pace: float, at: tuple[object, ...] = (...,)) -> None:
        moved = self._moved[at] + gradient * gradient
        self._moved[at] = moved
        self.now[at] -= pace * gradient / np.sqrt(moved)


class _Learner:
    """One member while it learns."""

    def __init__(self, features: int, whole: int, loudest: int, seed: int) -> None:
        self.chance = np.random.RandomState(seed)  # its stream is frozen: the same in every version of numpy
        units = whole + loudest
        self._whole = whole
        self.ears = _Slope(np.zeros((features, units)), 1e-3)
        self.bias = _Slope(self.chance.uniform(0.02, 0.2, units), 1e-2)
        self.votes = _Slope(self.chance.uniform(-0.3, 0.3, (units, len(VOTES))), 1e-2)
        self.vote_bias = _Slope(np.zeros(len(VOTES)), 1e-2)

    def take(self, lesson: Lesson, pace: float) -> None:
        """Learn from one lesson, of which some features and units are left out by chance."""
        mail, alone = self._thinned(lesson.mail), [self._thinned(row) for row in lesson.alone]
        heard, chosen = _listen(self.ears.now, self._whole, mail, alone)
        heard += self.bias.now
        kept = (self.chance.random_sample(len(heard)) >= UNITS_DROPPED) / (1 - UNITS_DROPPED)
        units = np.maximum(heard, 0.0) * kept
        said = _say(units, self.votes.now) + self.vote_bias.now
        short = np.maximum(1.0 - lesson.labels * said, 0.0) * (lesson.labels != 0)
        blame = -lesson.labels * short * _COSTS * lesson.cost
        if blame.any():
            heard_blame = np.add.reduce((self.votes.now * blame).T, axis=0) * kept * (heard > 0)
            self.votes.descend(units[:, None] * blame, pace)
            self.vote_bias.descend(blame, pace)
            self.bias.descend(heard_blame, pace)
            self._blame_ears(mail, alone, chosen, heard_blame, pace)

    def _thinned(self, row: Row) -> Row:
        kept = self.chance.random_sample(len(row[0])) >= FEATURES_DROPPED
        return row[0][kept], row[1][kept] / (1 - FEATURES_DROPPED)

    def _blame_ears(
        self, mail: Row, alone: Sequence[Row], chosen: NDArray[np.intp], blame: Values, pace: float
    ) -> None:
        whole = self._whole
        if whole:
            gradient = (GAIN * mail[1])[:, None] * blame[:whole]
            self.ears.descend(gradient, pace, (mail[0], slice(None, whole)))
        for at, (places, values) in enumerate(alone):
            units = np.flatnonzero((chosen == at) & (blame[whole:] != 0))
            if len(units):
                gradient = (GAIN * values)[:, None] * blame[whole + units]
                self.ears.descend(gradient, pace, np.ix_(places, whole + units))
