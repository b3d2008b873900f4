"""Why: the phrases of a mail that decided, and those that counted against, verbatim.

Owns the way from weights back to words. A word's share is what the model gives the word itself, the pair with
its left neighbour and its families; the loudest run of words within one sentence is the phrase shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import add, mul

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.fold import spans
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.model import Group, Model
from inbox_agent.rules.remembered import Remembered
from inbox_agent.rules.rows import Spelled

_LONGEST = 9  # words of a phrase that is shown
_SHORTEST = 2
_ROUNDED = 1e-9  # more than the rounding of such a sum


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

    def __init__(self, model: Model) -> None:
        self._voices = _Heads(model)

    def deciding(self, head: str, own: Sequence[Spelled], subject: str, words: str) -> str:
        """The phrase that says most for a head; empty where there is no text."""
        return _phrase(self._loudest(head, own, 1), subject, words)

    def opposing(self, head: str, own: Sequence[Spelled], subject: str, words: str) -> str:
        """The phrase that says most against a head; empty where there is no text."""
        return _phrase(self._loudest(head, own, -1), subject, words)

    def _loudest(self, head: str, own: Sequence[Spelled], sign: int) -> _Run | None:
        """Of several equally loud ones the first."""
        best, end = None, 0
        shares = self._voices[head].shares(own, sign)
        for sentence in (one.sentence for one in own):
            start, end = end, end + len(sentence.forms)
            # No run of a sentence is louder than all of its words that speak for it.
            if best is None or sum(filter(_speaks, shares[start:end])) > best.weight - _ROUNDED:
                run = _loudest(sentence, shares[start:end])
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
        self._weights = array("b", [*words.weights[head], 0])  # at last of NONE, which is -1
        self._step = words.steps[head]
        self._families: Remembered[Families, float] = Remembered(lambda said: _weight(families, head, said))

    def shares(self, own: Sequence[Spelled], sign: int) -> list[float]:
        """What each word of these sentences in a row says for the head, or against it."""
        weight, step = self._weights.__getitem__, repeat(self._step)
        words = map(mul, map(weight, chain.from_iterable(one.alone for one in own)), step)
        pairs = map(mul, map(weight, chain.from_iterable(one.pairs for one in own)), step)
        families = map(self._families.__getitem__, chain.from_iterable(one.sentence.tags for one in own))
        return list(map(mul, repeat(sign), map(add, map(add, words, pairs), families)))


def _weight(group: Group, head: str, families: Families) -> float:
    rows = map(group.rows.get, sorted(families))
    return sum(0.0 if row is None else group.weights[head][row] * group.steps[head] for row in rows)


_speaks = (0.0).__lt__


def _phrase(run: _Run | None, subject: str, words: str) -> str:
    if run is None:
        return ""
    sentence, text = run.sentence, subject if run.sentence.subject else words
    there = spans(text, sentence.start, sentence.end)
    return text[there[run.first][0] : there[run.last][1]]


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
