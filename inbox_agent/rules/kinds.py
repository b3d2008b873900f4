"""Which rights a mail speaks of: what the whole mail says for each, and the sentence that says it loudest."""

from __future__ import annotations

from collections.abc import Mapping

from inbox_agent.rules.hearing import Heard
from inbox_agent.rules.model import SAID, SAID_WEIGHT, Model


class Kinds:
    """The rights of mails by one model."""

    def __init__(self, weights: Model) -> None:
        bars, bias = weights.thresholds.kinds, weights.bias
        self._bars = {
            kind: bars[kind] - bias[kind] - SAID_WEIGHT * bias[SAID + kind]
            for kind in weights.heads
            if SAID + kind in weights.heads
        }

    def over(self, heard: Heard) -> dict[str, float]:
        """How far each kind is over its bar (below: negative)."""
        told = zip(self._bars.items(), heard.kinds, heard.said, strict=True)
        return {kind: whole + SAID_WEIGHT * said - bar for (kind, bar), whole, said in told}

    @staticmethod
    def among(over: Mapping[str, float]) -> tuple[str, ...]:
        """The kinds over their bars, and the one nearest to it where none is."""
        best = max(over, key=over.__getitem__, default=None)
        return tuple(kind for kind, above in over.items() if above > 0 or kind == best)
