"""Which rights a mail speaks of: what the whole mail says for each, and the sentence that says it loudest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from operator import add

from inbox_agent.rules.hearing import Heard
from inbox_agent.rules.jury import Spoken
from inbox_agent.rules.model import SAID, Model


class Kinds:
    """The rights of mails by one model."""

    def __init__(self, weights: Model) -> None:
        self._names = tuple(head for head in weights.heads if SAID + head in weights.heads)
        self._bias = [weights.bias[kind] for kind in self._names]
        self._said_bias = [weights.bias[SAID + kind] for kind in self._names]
        self._bars, self._jury = weights.thresholds.kinds, weights.jury

    def spoken(self, heard: Heard, votes: Mapping[str, float], known: int) -> Spoken:
        """What is heard, with the biases, and the network's `votes`. `known`: how many features of the mail are."""
        each = [list(map(add, sentence, self._said_bias)) for sentence in heard.said]
        voted = [votes[kind] for kind in self._names]
        return Spoken(list(map(add, heard.kinds, self._bias)), each, voted, known)

    def over(self, spoken: Spoken) -> dict[str, float]:
        """How far each kind is over its bar (below: negative), before the jury has seen it."""
        return {kind: one - self._bars[kind] for kind, one in zip(self._names, spoken.sums, strict=True)}

    def among(self, spoken: Spoken, named: Collection[str] = ()) -> tuple[str, ...]:
        """The kinds over their bars, those that plain words `named`, and the nearest where none is over its bar."""
        over = self._jury.of_rights(spoken, self.over(spoken))
        nearest = max(over, key=over.__getitem__, default=None)
        return tuple(kind for kind, above in over.items() if above > 0 or kind == nearest or kind in named)
