"""About how much each sentence says for several heads of the model, by its words and families alone.

Owns the first look at a long mail's sentences, before the few that may be the loudest are scored (`rules.kinds`). The
weights of all heads lie in one number a word, as in `rules.lanes`, here with room for any sentence. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import add, mul, truediv
from typing import Generic, TypeVar

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.model import Group, Model

_BITS = 32  # of a lane
_MOST = 5_000  # words or sets of families that are remembered; a hostile mail must not fill the memory

Key = TypeVar("Key")


class _Remembered(dict[Key, int], Generic[Key]):
    def __init__(self, number: Callable[[Key], int]) -> None:
        self._number = number

    def __missing__(self, key: Key) -> int:
        if len(self) >= _MOST:
            self.clear()
        number = self[key] = self._number(key)
        return number


class Volumes:
    """The volumes of sentences for some heads of one model."""

    def __init__(self, model: Model, heads: tuple[str, ...]) -> None:
        self._heads = heads
        words, families = model.groups["words"], model.groups["families"]
        self._words: _Remembered[str] = _Remembered(lambda form: self._number(words, (form,)))
        self._families: _Remembered[Families] = _Remembered(lambda said: self._number(families, said))
        self._word_steps, self._family_steps = ([group.steps[head] for head in heads] for group in (words, families))
        self._middle = sum(1 << (_BITS * head + _BITS - 1) for head in range(len(heads)))

    def of(self, own: Sequence[Sentence]) -> dict[str, tuple[float, ...]]:
        """Head -> the volume of each of these sentences, of which there is at least one; a longer one has no more."""
        return dict(zip(self._heads, zip(*map(self._of, own), strict=True), strict=True))

    def _of(self, sentence: Sentence) -> Iterable[float]:
        words = map(mul, self._sums(map(self._words.__getitem__, sentence.forms)), self._word_steps)
        families = map(mul, self._sums(map(self._families.__getitem__, sentence.tags)), self._family_steps)
        return map(truediv, map(add, words, families), repeat(math.sqrt(len(sentence.forms))))

    def _sums(self, numbers: Iterable[int]) -> Sequence[int]:
        """The lanes of the sum of these numbers, with their signs."""
        total = (sum(numbers) + self._middle) ^ self._middle
        return memoryview(total.to_bytes(_BITS // 8 * len(self._heads), "little")).cast("i")

    def _number(self, group: Group, features: Iterable[str]) -> int:
        rows = [row for feature in features if (row := group.rows.get(feature)) is not None]
        weights = (group.weights[head] for head in self._heads)
        return sum(sum(of_head[row] for row in rows) << (_BITS * at) for at, of_head in enumerate(weights))
