"""About how much each sentence says for several heads of the model, by its words and families alone.

Owns the first look at a long mail's sentences, before the few that may be the loudest are scored (`rules.kinds`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from operator import add, mul, truediv

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.model import Group, Model

_MOST = 5_000  # sets of families that are remembered; a hostile mail must not fill the memory


class _Rows(dict[Families, tuple[int, ...]]):
    """The rows of a set of families."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._rows = rows

    def __missing__(self, said: Families) -> tuple[int, ...]:
        if len(self) >= _MOST:
            self.clear()
        rows = self[said] = tuple(row for family in said if (row := self._rows.get(family)) is not None)
        return rows


class Volumes:
    """The volumes of sentences for some heads of one model."""

    def __init__(self, model: Model, heads: tuple[str, ...]) -> None:
        self._heads = heads
        self._words, self._families = model.groups["words"], model.groups["families"]
        self._rows = _Rows(self._families.rows)
        self._silence = (0,) * len(heads)

    def of(self, own: Sequence[Sentence]) -> dict[str, tuple[float, ...]]:
        """Head -> the volume of each of these sentences, of which there is at least one; a longer one has no more."""
        return dict(zip(self._heads, zip(*map(self._of, own), strict=True), strict=True))

    def _of(self, sentence: Sentence) -> Iterable[float]:
        words = map(self._words.rows.get, sentence.forms)
        families = chain.from_iterable(map(self._rows.__getitem__, sentence.tags))
        said = map(add, self._said(self._words, words), self._said(self._families, families))
        return map(truediv, said, repeat(math.sqrt(len(sentence.forms))))

    def _said(self, group: Group, rows: Iterable[int | None]) -> Iterable[float]:
        found = [row for row in rows if row is not None]
        sums = group.side_by_side(self._heads).sums(found)[0] if found else self._silence
        return map(mul, sums, map(group.steps.__getitem__, self._heads))
