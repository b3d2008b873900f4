"""What the rights and the units of the network hear of a mail and of each of its sentences.

Owns asking them together: most of what a look at a mail costs is finding its features' weights, whether few heads have
them or many. Each sentence is added up once, for the heads that look at it and for those that look at the mail: the
mail's sums are those of its sentences, but for what several of them have. What the parts of a word say is remembered.
What is made of all that is `rules.kinds` and `rules.network`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import repeat
from operator import add, mul

from inbox_agent.rules.features import GROUPS
from inbox_agent.rules.lanes import Lanes, Layout, Tally
from inbox_agent.rules.model import Model, Rows, length_of, share_of
from inbox_agent.rules.remembered import Remembered
from inbox_agent.rules.rows import Found, Said, Words, unite

_COUNTS = 1_000  # numbers of rows of a group that are remembered

Tallies = Mapping[str, Tally]
"""By group; those that are empty may lack."""


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

    def __init__(self, weights: Model, words: Words) -> None:
        self._model, self._words, self._sets = weights, words, weights.sets
        self._parts: Remembered[str, Tally] = Remembered(self._of_word)
        self._kinds = len(weights.sets.whole) - len(weights.units.whole)
        self._layout = Layout(len(self._sets.both))
        self._whole, self._alone = (
            _Ear(weights, heads, self._layout) for heads in (self._sets.whole, self._sets.alone)
        )

    def of(self, found: Found) -> Heard:
        """Of a mail of these rows and sentences."""
        first = self._kinds
        sentences = found.each()
        tallies = list(map(self._of_sentence, sentences))
        whole = self._whole.hears(self._of_mail(found, sentences, tallies), found.rows)
        each = [self._alone.hears(one, said.rows) for one, said in zip(tallies, sentences, strict=True)]
        loudest = list(map(max, zip(*each, strict=True))) if each else [0.0] * len(self._sets.alone)
        return Heard(whole[:first], whole[first:], [one[:first] for one in each], loudest[first:])

    def _of_sentence(self, said: Said) -> Tallies:
        lanes = self._lanes
        tallies = {name: lanes[name].tally(rows) for name, rows in said.rows.items() if rows and name != "parts"}
        words = map(self._parts.__getitem__, said.sentence.forms)
        return tallies | {"parts": sum(words) - lanes["parts"].tally(said.again)}

    def _of_mail(self, found: Found, sentences: Sequence[Said], each: Sequence[Tallies]) -> Tallies:
        """Those of its sentences, without what several of them have, and of what none has."""
        return {
            name: sum(one.get(name, 0) for one in each)
            - lanes.tally(unite(said.rows[name] for said in sentences)[1])
            + lanes.tally(found.beside.get(name, ()))
            for name, lanes in self._lanes.items()
        }

    @cached_property
    def _lanes(self) -> Mapping[str, Lanes]:
        """Made when first asked: ordinary mail needs the verdict alone."""
        groups = self._model.groups
        return {
            name: Lanes(self._layout, groups[name].together(self._sets.both), groups[name].rarity) for name in GROUPS
        }

    def _of_word(self, form: str) -> Tally:
        """Its parts."""
        return self._lanes["parts"].tally(self._words[form].parts)


class _Ear:
    """Some of the heads."""

    def __init__(self, weights: Model, heads: tuple[str, ...], layout: Layout) -> None:
        both = weights.sets.both
        self._sums, self._silence = layout.reader([both.index(head) for head in heads]), [0.0] * len(heads)
        self._scales = {
            name: _Scales(name, list(map(weights.groups[name].steps.__getitem__, heads))) for name in GROUPS
        }

    def hears(self, tallies: Tallies, rows: Rows) -> list[float]:
        """What each head hears of these rows, without its bias."""
        each: list[Iterable[float]] = [self._silence]
        square = 0.0
        for name, scales in self._scales.items():
            if count := len(rows[name]):
                sums = self._sums(tallies[name])
                share, scaled = scales[count]
                square += share * share * (sums[-2] + 256 * sums[-1])
                each.append(map(mul, sums, scaled))
        length = length_of(square)
        return [one / length for one in reduce(_added, each)]


def _added(one: Iterable[float], other: Iterable[float]) -> Iterable[float]:
    return map(add, one, other)


class _Scales(Remembered[int, tuple[float, Sequence[float]]]):
    """How many rows of a group there are -> how much each may say, and what one unit of its weight for each head is
    worth then.
    """

    def __init__(self, group: str, steps: Sequence[float]) -> None:
        super().__init__(self._of, _COUNTS)
        self._group, self._steps = group, steps

    def _of(self, rows: int) -> tuple[float, Sequence[float]]:
        share = share_of(self._group, rows)
        return share, tuple(map(mul, repeat(share), self._steps))
