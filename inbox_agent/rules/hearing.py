"""What the rights and the units of the network hear of a mail and of each of its sentences.

Owns asking them together: most of what a look at a mail costs is finding its features' weights, whether few heads have
them or many. What is made of it is `rules.kinds` and `rules.network`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.model import Model, Rows
from inbox_agent.rules.rows import Finder


@dataclass(frozen=True, slots=True)
class Heard:
    """Without the biases. `kinds` and `whole`: what the rights and the units hear of the whole mail; `said`: what the
    rights hear of each sentence; `loudest`: what each unit hears of the sentence that says most to it (nothing, where
    the mail has none).
    """

    kinds: Sequence[float]
    whole: Sequence[float]
    said: Sequence[Sequence[float]]
    loudest: Sequence[float]


class Hearing:
    """The heads of one model."""

    def __init__(self, weights: Model, finder: Finder) -> None:
        self._model, self._finder, self._sets = weights, finder, weights.sets
        self._kinds = len(weights.sets.whole) - len(weights.units.whole)

    def of(self, found: Rows, own: Sequence[Sentence]) -> Heard:
        """Of a mail of these rows and sentences."""
        first, heads = self._kinds, self._sets.alone
        whole = self._model.heard(found, self._sets.whole)
        each = [self._model.heard(self._finder.of_sentence(own, at), heads) for at in range(len(own))]
        loudest = list(map(max, zip(*each, strict=True))) if each else [0.0] * len(heads)
        return Heard(whole[:first], whole[first:], [one[:first] for one in each], loudest[first:])
