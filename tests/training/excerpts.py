"""Learn the reader of excerpts from the labelled commands: which words are the text of an argument.

An averaged perceptron a row of labels (Collins, 2002), which must be surer than by one of each wrong label, and must do
without half of its clues, each time others: a new hand shows it few that it knows. The gold texts are put into the line
by `placed`; a command whose text does not stand there is not learned from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox_agent.rules.commands.clauses import clauses
from inbox_agent.rules.commands.excerpt_clues import Passage, Stretch, clues_of
from inbox_agent.rules.commands.excerpts import (
    ARGUMENTS,
    BEGINS,
    GOES_ON,
    LABELS,
    OUTSIDE,
    Clues,
    Excerpts,
    Head,
    key,
    likeliest,
    packed_head,
)
from inbox_agent.rules.commands.fields import by_words
from inbox_agent.rules.commands.labels import label, meant
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.own_words import codes, value_at, worded
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Line

EPOCHS = 24
HIDDEN = 0.5
"""The share of the clues that is not shown."""
MARGIN = 1.0
DIGITS = 2  # of a stored weight
SEED = 20261129

Marked = tuple[Clues, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of a line with its intent and what its label says."""

    line: Line
    stretch: Stretch
    intent: Intent
    args: Mapping[str, Any]


def learn_excerpts(told: Sequence[Told], corpus: str) -> Excerpts:
    """The weights of every argument that is read so."""
    packed = {}
    for intent, names in ARGUMENTS.items():
        for name in names:
            marked = [one for command in told if command.intent is intent for one in _marked(command, name)]
            packed[key(intent, name)] = packed_head(_learn(marked))
    return Excerpts(packed, corpus)


def _marked(command: Told, name: str) -> Iterator[Marked]:
    """The clues of a command's words and their labels for one argument."""
    args = _single(command.intent, command.args)
    if args is None or name not in worded(command.intent, args):
        return
    labels = _labels(command, name, args.get(name))
    if labels is not None:
        passage = Passage(
            command.line, command.stretch, value_at(command.line, command.stretch, _by_rules(command, name))
        )
        yield clues_of(passage), labels


def _single(intent: Intent, args: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The arguments; of an outcome its own, where it is one."""
    if intent is not Intent.SET_OUTCOME:
        return args
    outcomes = args.get("outcomes", ())
    return outcomes[0] if len(outcomes) == 1 else None


def _by_rules(command: Told, name: str) -> object:
    """What the rules read as the argument."""
    spans = tuple(
        (one.start, one.end)
        for one in clauses(command.line)
        if command.stretch[0] <= one.start and one.end <= command.stretch[1]
    )
    fixed = meant(label(command.intent, command.args))[1]
    given = by_words(Spoken(command.line, spans or (command.stretch,)), command.intent, fixed)
    single = _single(command.intent, given)
    return single.get(name) if single else None


def _labels(command: Told, name: str, value: Any) -> list[int] | None:
    """The label of each word; None where a text of the argument does not stand in the line."""
    found = [OUTSIDE] * (command.stretch[1] - command.stretch[0])
    texts = [one for one in (value if isinstance(value, list) else [value]) if one and one not in codes(name)]
    for text in texts:
        place = value_at(command.line, command.stretch, text)
        if place is None:
            return None
        start, end = place[0] - command.stretch[0], place[1] - command.stretch[0]
        found[start:end] = [BEGINS, *[GOES_ON] * (end - start - 1)]
    return found


@dataclass(slots=True)
class _Sums:
    """A weight now, and summed over all steps so far (by the trick of Daumé: times the step it was changed at)."""

    now: list[float]
    changed: list[float]

    def add(self, label: int, value: float, step: int) -> None:
        self.now[label] += value
        self.changed[label] += value * step

    def mean(self, steps: int) -> list[float]:
        return [now - changed / steps for now, changed in zip(self.now, self.changed, strict=True)]


def _none() -> _Sums:
    return _Sums([0.0] * len(LABELS), [0.0] * len(LABELS))


def _learn(marked: Sequence[Marked]) -> Head:
    weights: dict[str, _Sums] = {}
    behind = [_none() for _ in LABELS]
    order = list(range(len(marked)))
    chance = random.Random(SEED)  # a fixed shuffle, not a secret
    step = 1
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for at in order:
            _learn_one(_partly_shown(marked[at], chance), weights, behind, step)
            step += 1
    return _head(weights, behind, step)


def _partly_shown(marked: Marked, chance: random.Random) -> Marked:
    clues, wanted = marked
    return [[clue for clue in one if chance.random() >= HIDDEN] for one in clues], wanted


def _learn_one(marked: Marked, weights: dict[str, _Sums], behind: Sequence[_Sums], step: int) -> None:
    clues, wanted = marked
    rows = []
    for one, right in zip(clues, wanted, strict=True):
        row = [0.0 if label == right else MARGIN for label in LABELS]
        for known in (weights[clue].now for clue in one if clue in weights):
            row = [total + weight for total, weight in zip(row, known, strict=True)]
        rows.append(row)
    got = likeliest(rows, [one.now for one in behind])
    for at, (right, wrong) in enumerate(zip(wanted, got, strict=True)):
        if right != wrong:
            for clue in clues[at]:
                sums = weights.setdefault(clue, _none())
                sums.add(right, 1.0, step)
                sums.add(wrong, -1.0, step)
        if at and (wanted[at - 1], right) != (got[at - 1], wrong):
            behind[wanted[at - 1]].add(right, 1.0, step)
            behind[got[at - 1]].add(wrong, -1.0, step)


def _head(weights: Mapping[str, _Sums], behind: Sequence[_Sums], steps: int) -> Head:
    """The mean weights over all steps, those of being outside taken from the others, rounded."""
    clues = {}
    for clue in sorted(weights):
        outside, begins, goes_on = weights[clue].mean(steps)
        told = [round(begins - outside, DIGITS), round(goes_on - outside, DIGITS)]
        if any(told):
            clues[clue] = told
    return Head(clues, [[round(one, DIGITS) for one in sums.mean(steps)] for sums in behind])
