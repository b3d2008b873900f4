"""The second vote: what words and families mean together, which no sum of them tells.

Owns the arithmetic of a small network (`model.Units`). A unit hears the whole mail, or the sentence that rouses it
most, and is silent below zero; what the units say is added to the linear score. Where that is clearly against a
request the network is not asked, which spares ordinary mail the work. Refuses to learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.model import Model, Rows
from inbox_agent.rules.rows import Finder

HOPELESS = -0.7
"""A linear score below which hardly a request lies: three of 4,719, with each writer left out."""
AGAINST = -9.0
"""The vote on a hopeless mail: lower than any that units ever gave."""


class Network:
    """The units of one model."""

    def __init__(self, weights: Model, finder: Finder) -> None:
        self._model, self._finder, self._units = weights, finder, weights.units

    def vote(self, found: Rows, own: Sequence[Sentence], linear: float) -> float:
        """What to add to the linear score of the verdict, which is `linear`."""
        if not self._units.votes:
            return 0.0
        if linear < HOPELESS:
            return AGAINST
        roused = [*self._by_the_whole(found), *self._by_a_sentence(own)]
        return sum(map(mul, roused, self._units.votes), self._units.bias)

    def _by_the_whole(self, found: Rows) -> list[float]:
        units = self._units.whole
        return self._roused(units, self._model.heard(found, units))

    def _by_a_sentence(self, own: Sequence[Sentence]) -> list[float]:
        units = self._units.loudest
        alone = (self._finder.of_sentence(own, at) for at in range(len(own)))
        heard = [self._model.heard(one, units) for one in alone] or [[0.0] * len(units)]
        return self._roused(units, list(map(max, zip(*heard, strict=True))))

    def _roused(self, units: Sequence[str], heard: Sequence[float]) -> list[float]:
        return [max(0.0, one + self._model.bias[unit]) for unit, one in zip(units, heard, strict=True)]
