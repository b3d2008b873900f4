"""What the scored reader hears in a stretch of a line, and how sure it is.

Owns the bars: below them nothing was understood, for a misunderstanding must not act. Refuses the arguments, which the
fields read from the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inbox_agent.rules.commands.clues import Spans, clues
from inbox_agent.rules.commands.grammar import Rule
from inbox_agent.rules.commands.labels import meant
from inbox_agent.rules.commands.model import ASKING, Intent, Place
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.scores import shipped

_LOUD = -0.25
"""The least margin of an intent that is believed where the grammar hears none."""
_APART = 0.3
"""How far the next intent must stay behind it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The loudest intent with the argument of its label, its margin, and how far behind the next intent is."""

    intent: Intent
    args: Mapping[str, Any]
    margin: float
    gap: float

    @property
    def sure(self) -> bool:
        return self.margin >= _LOUD and self.gap >= _APART

    @property
    def rule(self) -> Rule:
        """As a rule of the grammar that asks for no meanings."""
        return Rule(self.intent, (), (), self.args, self.margin, self.intent in ASKING, frozenset(), 0)


def hear(line: Line, spans: Spans, place: Place) -> Heard:
    """The intent that these word ranges speak for most."""
    margins = shipped().margins(clues(line, spans, place))
    best = max(margins, key=lambda label: (margins[label], label))
    intent, args = meant(best)
    others = (margin for label, margin in margins.items() if meant(label)[0] is not intent)
    return Heard(intent, args, margins[best], margins[best] - max(others))
