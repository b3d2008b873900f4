"""What the scored reader hears in a stretch of a line: its intent, how loud, and how far the next one is behind.

Refuses the arguments, which the fields read from the same words, and the choice between it and the grammar, which
`chosen` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from inbox_agent.rules.commands.clauses import Clause, clauses
from inbox_agent.rules.commands.clues import clues
from inbox_agent.rules.commands.grammar import Rule
from inbox_agent.rules.commands.labels import SLOT, is_label, meant, slot_names, whole
from inbox_agent.rules.commands.model import ASKING, Intent, Place
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.scores import Scores

_CLEARLY = 0.3
_GROUNDED = frozenset({Intent.FEE, Intent.EXTEND})
_FARTHEST = -9.0  # below every margin


@dataclass(frozen=True)
class Heard:
    """The margins of all labels for one stretch."""

    margins: Mapping[str, float]

    @cached_property
    def by_intent(self) -> Mapping[Intent, float]:
        """The margin of each intent: midway between that of its loudest label and that of the intent as a whole."""
        loudest: dict[Intent, float] = {}
        for label, margin in self.margins.items():
            if is_label(label):
                intent = Intent(label.partition(".")[0])
                loudest[intent] = max(margin, loudest.get(intent, _FARTHEST))
        return {intent: (margin + self.margins.get(whole(intent), margin)) / 2 for intent, margin in loudest.items()}

    @cached_property
    def label(self) -> str:
        of_intent = (label for label in self.margins if is_label(label) and meant(label)[0] is self.intent)
        return max(of_intent, key=lambda one: (self.margins[one], one))

    @cached_property
    def slots(self) -> Mapping[str, tuple[str, float]]:
        """What each slot of the intent says, and how far the next value is behind."""
        return {name: found for name in slot_names(self.intent) if (found := self._slot(f"{self.intent}{SLOT}{name}="))}

    def _slot(self, prefix: str) -> tuple[str, float] | None:
        margins = sorted(((m, label) for label, m in self.margins.items() if label.startswith(prefix)), reverse=True)
        if len(margins) < 2:
            return None
        (first, label), (second, _) = margins[:2]
        return label.removeprefix(prefix), first - second

    @cached_property
    def intent(self) -> Intent:
        """The loudest one."""
        return max(self.by_intent, key=lambda one: (self.by_intent[one], one))

    @property
    def args(self) -> Mapping[str, Any]:
        """The argument of the label; a ground or a reason, which nobody may invent, only where it is clearly heard."""
        alike = (margin for label, margin in self.margins.items() if label == str(self.intent))
        near = any(self.margins[self.label] - margin < _CLEARLY for margin in alike) and self.intent in _GROUNDED
        return {} if near else meant(self.label)[1]

    @property
    def margin(self) -> float:
        """How loud the intent is."""
        return self.by_intent[self.intent]

    @cached_property
    def gap(self) -> float:
        """How far the next intent is behind."""
        return self.margin - max(margin for intent, margin in self.by_intent.items() if intent is not self.intent)

    @property
    def rule(self) -> Rule:
        """As a rule of the grammar that asks for no meanings."""
        return Rule(self.intent, (), (), self.args, self.margin, self.intent in ASKING, frozenset(), 0)


@dataclass(frozen=True)
class Hearing:
    """One line heard by the scored reader, clause by clause; what was heard of a stretch is remembered."""

    line: Line
    place: Place
    scores: Scores
    _heard: dict[tuple[int, int], Heard] = field(default_factory=dict)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clauses(self.line)) or (Clause(0, len(self.line.words), ""),)

    def of(self, first: int, end: int) -> Heard:
        """What the clauses `first` up to `end` say together."""
        if (first, end) not in self._heard:
            found = clues(self.line, (self.words(first, end),), self.place)
            self._heard[first, end] = Heard(self.scores.margins(found))
        return self._heard[first, end]

    def words(self, first: int, end: int) -> tuple[int, int]:
        """The words of these clauses, with what stands between them."""
        last = end == len(self.clauses)
        start = self.clauses[first].start if first else 0
        return start, len(self.line.words) if last else self.clauses[end - 1].end


@dataclass(frozen=True, slots=True)
class Piece:
    """Clauses of one command, and what was heard of them."""

    spans: tuple[tuple[int, int], ...]
    heard: Heard
    clauses: tuple[int, int]
