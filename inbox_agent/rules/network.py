"""The second vote: what words and families mean together, which no sum of them tells.

Owns the arithmetic of a small network (`model.Units`). A unit hears the whole mail, or the sentence that rouses it
most, and is silent below zero; what the units say is added to the linear score. Where that is clearly against a
request the network is not asked, which spares ordinary mail the work. Refuses to learn.
"""

from __future__ import annotations

from operator import mul

from inbox_agent.rules.hearing import Heard
from inbox_agent.rules.model import Model

HOPELESS = -0.7
"""A linear score below which hardly a request lies: 14 of 10,126, with each writer left out, and half
of all other mails."""
AGAINST = -9.0
"""The vote on a hopeless mail: lower than any that units ever gave."""


class Network:
    """The units of one model."""

    def __init__(self, weights: Model) -> None:
        self._units, self._bias = weights.units, weights.bias

    def vote(self, heard: Heard) -> float:
        """What to add to the linear score of the verdict."""
        names = (*self._units.whole, *self._units.loudest)
        told = zip(names, (*heard.whole, *heard.loudest), strict=True)
        roused = [max(0.0, one + self._bias[unit]) for unit, one in told]
        return sum(map(mul, roused, self._units.votes), self._units.bias)
