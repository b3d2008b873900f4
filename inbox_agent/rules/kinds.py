"""Which rights a mail speaks of: what the whole mail says for each, and the sentence that says it loudest.

To score every sentence of a long mail costs more than all the rest of its recognition, and few can be the loudest
of any right. Those are found by the weights of their words and families alone, without pairs, parts of words and
frames, and only they are scored. A test holds that every labelled mail keeps the rights that scoring all would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.model import SAID, SAID_WEIGHT, Model, Rows
from inbox_agent.rules.rows import Finder
from inbox_agent.rules.volumes import Volumes

_FEW = 9  # sentences that are scored for a right; for one labelled mail six were too few
_CLOSE = 0.8  # to where it would count: a right so near it has all its few sentences scored, the others the first alone


class Kinds:
    """The rights of mails by one model."""

    def __init__(self, weights: Model, finder: Finder) -> None:
        self._model, self._finder = weights, finder
        self._said = {head: SAID + head for head in weights.heads if SAID + head in weights.heads}
        self._volumes = Volumes(weights, tuple(self._said.values()))

    def over(self, found: Rows, own: Sequence[Sentence]) -> dict[str, float]:
        """How far each kind is over its bar (below: negative); nothing where the mail has no sentence."""
        if not own:
            return {}
        bars = self._model.thresholds.kinds
        whole = self._model.scores(found, tuple(self._said))
        return self._over({kind: whole[kind] - bars[kind] for kind in self._said}, own)

    @staticmethod
    def among(over: Mapping[str, float]) -> tuple[str, ...]:
        """The kinds over their bars, and the one nearest to it where none is."""
        best = max(over, key=over.__getitem__, default=None)
        return tuple(kind for kind, above in over.items() if above > 0 or kind == best)

    def _over(self, over: Mapping[str, float], own: Sequence[Sentence]) -> dict[str, float]:
        """How far each kind is over its bar, with the sentence that says it loudest."""
        if len(own) <= _FEW:
            return self._raised(over, own, range(len(own)))
        volumes, numbers = self._volumes.of(own), range(len(own))
        first = {max(numbers, key=volume.__getitem__) for volume in volumes.values()}
        loud = self._raised(over, own, first)
        bar = min(0.0, max(loud.values()))
        near = [volumes[self._said[kind]] for kind in over if bar - _CLOSE < loud[kind] <= bar]
        others = {at for volume in near for at in nlargest(_FEW, numbers, key=volume.__getitem__)} - first
        louder = self._raised(over, own, others) if others else loud
        return {kind: max(loud[kind], louder[kind]) for kind in over}

    def _raised(self, over: Mapping[str, float], own: Sequence[Sentence], numbers: Iterable[int]) -> dict[str, float]:
        """By the loudest of the sentences of these numbers, of which there is at least one."""
        heads = tuple(self._said.values())
        scores = [self._model.scores(self._finder.of_sentence(own, at), heads) for at in numbers]
        return {kind: over[kind] + SAID_WEIGHT * max(one[head] for one in scores) for kind, head in self._said.items()}
