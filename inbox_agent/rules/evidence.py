"""Why: the phrases of a mail that decided, and those that counted against, verbatim.

Owns the way from weights back to words. A word's share is what the model gives the word itself, the pair with
its left neighbour and its families; the loudest run of words within one sentence is the phrase shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_agent.rules.features import Sentence
from inbox_agent.rules.model import Model, Weigher

_LONGEST = 9  # words of a phrase that is shown
_SHORTEST = 2


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
    weight: float
    start: int
    end: int
    subject: bool


def deciding(model: Model, head: str, own: Sequence[Sentence], subject: str, words: str) -> str:
    """The phrase that says most for a head; empty where there is no text."""
    return _phrase(max(_runs(model, head, own, 1.0), key=_weight, default=None), subject, words)


def opposing(model: Model, head: str, own: Sequence[Sentence], subject: str, words: str) -> str:
    """The phrase that says most against a head; empty where there is no text."""
    return _phrase(max(_runs(model, head, own, -1.0), key=_weight, default=None), subject, words)


def _weight(run: _Run) -> float:
    return run.weight


def _phrase(run: _Run | None, subject: str, words: str) -> str:
    return "" if run is None else (subject if run.subject else words)[run.start : run.end]


def _runs(model: Model, head: str, own: Sequence[Sentence], sign: float) -> list[_Run]:
    words, families = model.weigher(head, "words"), model.weigher(head, "families")
    return [_loudest(sentence, _shares(words, families, sentence, sign)) for sentence in own if sentence.tokens]


def _shares(words: Weigher, families: Weigher, sentence: Sentence, sign: float) -> list[float]:
    shares, previous = [], ""
    for token, tags in zip(sentence.tokens, sentence.tags, strict=True):
        share = words(token.form) + words(f"{previous} {token.form}") + sum(map(families, tags))
        shares.append(sign * share)
        previous = token.form
    return shares


def _loudest(sentence: Sentence, shares: Sequence[float]) -> _Run:
    """The run of at most nine words with the greatest sum; a single word takes a neighbour along."""
    best, at, length = float("-inf"), 0, 1
    for start in range(len(shares)):
        total = 0.0
        for end in range(start, min(start + _LONGEST, len(shares))):
            total += shares[end]
            if total > best:
                best, at, length = total, start, end - start + 1
    last = min(at + max(length, _SHORTEST), len(shares)) - 1
    return _Run(best, sentence.tokens[at].start, sentence.tokens[last].end, sentence.subject)
