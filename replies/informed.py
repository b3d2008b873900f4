"""What an answer to access tells of the processing: whether each item of it says anything (GDPR 15(1)-(2)).

Owns the look at the values of its facts. Refuses to know the words, which are `replies.wording`'s, and whether what an
item says is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from replies import filters
from replies.context import Part
from replies.lens import Lens
from replies.pairs import GIVING
from replies.wording import Required
from state.model import RequestKind

_WORDS_OF_LOGIC = 4  # "an algorithm decides" tells nothing that its reader could contest (C-203/22)


def empty(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where an item holds empty words: recipients that nobody is named of, a storage time without a measure, a decision
    without its logic.
    """
    nobody, no_measure = rule.patterns
    for part in _access(read):
        for name, hollow in (("recipients", nobody), ("retention", no_measure)):
            said = filters.phrase(part.facts.get(name, ""))
            if hollow.fullmatch(said):
                yield from read.shows(said)
        logic = filters.phrase(part.facts.get("automated_explained", ""))
        if part.facts.get("automated_decisions") == "made" and len(logic.split()) < _WORDS_OF_LOGIC:
            yield from read.shows(logic)


def unsafe(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a transfer abroad is told without what safeguards it (GDPR 15(2))."""
    [safeguard] = rule.patterns
    for part in _access(read):
        said = filters.phrase(part.facts.get("transfers_explained", ""))
        if part.facts.get("transfers") == "made" and not safeguard.search(said):
            yield from read.shows(said)


def transfers_denied(read: Lens) -> Iterator[tuple[int, int]]:
    """The recipients that are known to move data outside the EU and the EEA, in an answer that says that none goes."""
    if any(part.facts.get("transfers") == "none" for part in _access(read)):
        for service in read.around.abroad:
            yield from read.shows(service)


def _access(read: Lens) -> Iterator[Part]:
    return (part for part in read.parts if part.kind is RequestKind.ACCESS and part.outcome in GIVING)
