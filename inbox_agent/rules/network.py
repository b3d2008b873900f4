"""The second vote: what words and families mean together, which no sum of them tells.

Owns the arithmetic of a small network (`model.Units`). A unit hears the whole mail, or the sentence that rouses it
most, and is silent below zero; what the units say for the verdict and for each right is added to the linear scores.
Where that of the verdict is clearly against a request the network is not asked, which spares ordinary mail the work.
Refuses to learn.
"""

from __future__ import annotations

from operator import mul

from inbox_agent.rules.hearing import Heard
from inbox_agent.rules.model import SAID, Model

HOPELESS = -0.7
"""A linear score below which hardly a request lies: 14 of 10,126, with each writer left out, and half
of all other mails."""
AGAINST = -9.0
"""The vote on a hopeless mail: lower than any that units ever gave."""


class Network:
    """The units of one model."""

    def __init__(self, weights: Model) -> None:
        units = weights.units
        self._bias = [weights.bias[unit] for unit in (*units.whole, *units.loudest)]
        heads = [head for head in weights.heads if not head.startswith(SAID)]
        self._votes = {head: (units.votes.get(head, ()), units.bias.get(head, 0.0)) for head in heads}

    def votes(self, heard: Heard) -> dict[str, float]:
        """What to add to the linear score of the verdict, and what is said for each right."""
        told = zip((*heard.whole, *heard.loudest), self._bias, strict=True)
        roused = [max(0.0, one + bias) for one, bias in told]
        return {head: sum(map(mul, roused, said), bias) for head, (said, bias) in self._votes.items()}
