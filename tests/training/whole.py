"""All that is learned, and how it becomes the file that the program ships: each weight one signed byte."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from inbox_agent.rules.features import GROUPS
from inbox_agent.rules.jury import Jury
from inbox_agent.rules.model import RARITY_STEP, Group, Model, Thresholds, Units
from tests.training.examples import Example
from tests.training.learning import HEADS, Values, Vocabulary, Weights, learn_heads, learn_vocabulary, to_row
from tests.training.network import GAIN, VOTES, Network, learn_network, lessons

COARSE_HEAD, COARSE_UNIT = 1.0, 2.0
"""How coarsely weights are kept, in their usual size. With half of each the file is two fifths larger, and with each
writer left out verdicts and rights are no better; with 1.7 and 3.4 one mail in fifty more is unsure. All units of a
group share one step.
"""
_MOST = 127


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of every head stand in the order of the vocabulary's rows, the bias last."""

    vocabulary: Vocabulary
    weights: Weights
    network: Network


def learn_all(examples: Sequence[Example]) -> Learned:
    """Vocabulary, weights of every head and the network."""
    vocabulary = learn_vocabulary(examples)
    rows = [to_row(example.found, vocabulary) for example in examples]
    alone = [[to_row(found, vocabulary) for found in example.alone] for example in examples]
    weights = learn_heads(rows, alone, examples)
    return Learned(vocabulary, weights, learn_network(lessons(rows, alone, examples), vocabulary.size))


def to_model(learned: Learned, thresholds: Thresholds, jury: Jury, corpus: str) -> Model:
    """Fold the rarity into the weights and keep each as one signed byte."""
    network = learned.network
    names = [f"unit {at}" for at in range(len(network.bias))]
    heard = dict(zip(names, GAIN * network.ears.T, strict=True))
    columns = {head: learned.weights[head][:-1] for head in HEADS} | heard
    groups = {group: _group(learned.vocabulary.entries[group], columns) for group in GROUPS}
    bias = {head: float(learned.weights[head][-1]) for head in HEADS}
    bias |= dict(zip(names, map(float, network.bias), strict=True))
    votes = {head: tuple(map(float, said)) for head, said in zip(VOTES, network.votes.T, strict=True)}
    silent = dict(zip(VOTES, map(float, network.vote_bias), strict=True))
    units = Units(tuple(names[: network.whole]), tuple(names[network.whole :]), votes, silent)
    return Model(HEADS, groups, bias, thresholds, corpus, units, jury)


def as_kept(learned: Learned) -> Learned:
    """The same with every weight as coarse as the program keeps it: what bars and jury are learned of."""
    kept = to_model(learned, Thresholds(0.0, 0.0, {}), Jury(), "")
    heads = {head: _unfolded(learned.vocabulary, kept, head) for head in (*HEADS, *kept.sets.whole, *kept.sets.alone)}
    weights = {head: np.append(heads[head], learned.weights[head][-1]) for head in HEADS}
    ears = np.stack([heads[name] for name in (*kept.units.whole, *kept.units.loudest)], 1) / GAIN
    return replace(learned, weights=weights, network=replace(learned.network, ears=np.ascontiguousarray(ears)))


def _unfolded(vocabulary: Vocabulary, kept: Model, head: str) -> Values:
    """What `_group` folded."""
    column = np.zeros(vocabulary.size)
    for name, group in kept.groups.items():
        entries = vocabulary.entries[name].values()
        rarity = np.array([max(1, rarity) for _, rarity in entries]) * RARITY_STEP
        column[[place for place, _ in entries]] = np.array(group.weights[head]) * group.steps[head] / rarity
    return column


def _group(entries: dict[str, tuple[int, int]], columns: dict[str, Values]) -> Group:
    places = np.array([place for place, _ in entries.values()], np.intp)
    rarity = np.array([rarity for _, rarity in entries.values()])
    folded = {head: column[places] * (rarity * RARITY_STEP) for head, column in columns.items()}
    of_units = _usual([values for head, values in folded.items() if head not in HEADS]) * COARSE_UNIT
    steps = {head: (_usual([folded[head]]) * COARSE_HEAD if head in HEADS else of_units) or 1.0 for head in folded}
    return Group(
        rows={name: at for at, name in enumerate(entries)},
        rarity=bytes(map(int, rarity)),
        weights={head: array("b", _rounded(values / steps[head])) for head, values in folded.items()},
        steps=steps,
    )


def _usual(columns: Sequence[Values]) -> float:
    """The root mean square of these weights."""
    together = sum(float(np.add.reduce(values * values)) for values in columns)
    return math.sqrt(together / max(1, sum(map(len, columns))))


def _rounded(values: Values) -> Iterator[int]:
    return (max(-_MOST, min(_MOST, round(value))) for value in values.tolist())
