"""Why: the phrases of a mail that decided, and those that counted against, verbatim.

Owns the way from weights back to words. A word's share is what the model gives the word itself, the pair with
its left neighbour and its families; the loudest run of words within one sentence is the phrase shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add, mul
from typing import TypeVar

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.fold import tokens
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.model import Group, Model
from inbox_agent.rules.rows import Finder, Row

_LONGEST = 9  # words of a phrase that is shown
_SHORTEST = 2
_ROUNDED = 1e-9  # more than the rounding of such a sum
_MOST = 5_000  # words or sets of families that are remembered for each head

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase of the mail, verbatim, and the kind (or `request`) it speaks for or against. `attachment` names the
    file that it stands in, where that is not the mail itself.
    """

    type: str
    phrase: str
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a sentence, from the one at `first` to the one at `last`."""

    weight: float
    sentence: Sentence
    first: int
    last: int


class Voices:
    """How loudly the words of mails speak for and against the heads of one model, before scaling."""

    def __init__(self, model: Model, finder: Finder) -> None:
        self._finder = finder
        self._voices = _Heads(model)

    def deciding(self, head: str, own: Sequence[Sentence], subject: str, words: str) -> str:
        """The phrase that says most for a head; empty where there is no text."""
        return _phrase(self._loudest(head, own, 1), subject, words)

    def opposing(self, head: str, own: Sequence[Sentence], subject: str, words: str) -> str:
        """The phrase that says most against a head; empty where there is no text."""
        return _phrase(self._loudest(head, own, -1), subject, words)

    def _loudest(self, head: str, own: Sequence[Sentence], sign: int) -> _Run | None:
        """Of several equally loud ones the first."""
        best: _Run | None = None
        row = self._finder.row(own)
        shares = self._voices[head].shares(row, sign)
        for_it = list(map(max, shares, repeat(0.0)))
        for sentence, span in zip(own, row.laid.spans, strict=True):
            # No run of a sentence is louder than all of its words that speak for it.
            if best is None or sum(for_it[span]) > best.weight - _ROUNDED:
                run = _loudest(sentence, shares[span])
                best = run if best is None or run.weight > best.weight else best
        return best


class _Heads(dict[str, "_Voice"]):
    """The voice of each head, made when it is first asked: most mails ask for the verdict's alone."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, head: str) -> _Voice:
        voice = self[head] = _Voice(self._model, head)
        return voice


class _Voice:
    """What words, pairs of words and families add to one head."""

    def __init__(self, model: Model, head: str) -> None:
        words, families = model.groups["words"], model.groups["families"]
        pairs, step = words.weights[head], words.steps[head]
        self._pairs: _Remembered[int | None] = _Remembered(lambda row: 0.0 if row is None else pairs[row] * step)
        self._words: _Remembered[str] = _Remembered(lambda form: _weight(words, head, form))
        self._families: _Remembered[Families] = _Remembered(
            lambda said: sum(_weight(families, head, family) for family in sorted(said))
        )

    def shares(self, row: Row, sign: int) -> list[float]:
        """What each word in the row says for the head, or against it."""
        words = map(self._words.__getitem__, row.laid.forms)
        families = map(self._families.__getitem__, row.laid.tags)
        said = map(add, map(add, words, map(self._pairs.__getitem__, row.pairs)), families)
        return list(map(mul, repeat(sign), said))


class _Remembered(dict[Key, float]):
    """What is weighed once and met often, within bounds: a hostile mail must not fill the memory."""

    def __init__(self, weigh: Callable[[Key], float]) -> None:
        self._weigh = weigh

    def __missing__(self, key: Key) -> float:
        if len(self) >= _MOST:
            self.clear()
        weight = self[key] = self._weigh(key)
        return weight


def _weight(group: Group, head: str, feature: str) -> float:
    row = group.rows.get(feature)
    return 0.0 if row is None else group.weights[head][row] * group.steps[head]


def _phrase(run: _Run | None, subject: str, words: str) -> str:
    if run is None:
        return ""
    sentence, text = run.sentence, subject if run.sentence.subject else words
    there = tokens(text, sentence.start, sentence.end)
    return text[there[run.first].start : there[run.last].end]


def _loudest(sentence: Sentence, shares: Sequence[float]) -> _Run:
    """The run of at most nine words with the greatest sum; a single word takes a neighbour along."""
    best, at, length = float("-inf"), 0, 1
    for start in range(len(shares)):
        total = 0.0
        for end in range(start, min(start + _LONGEST, len(shares))):
            total += shares[end]
            if total > best:
                best, at, length = total, start, end - start + 1
    return _Run(best, sentence, at, min(at + max(length, _SHORTEST), len(shares)) - 1)
