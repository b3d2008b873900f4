"""The sentences of a mail laid in one row, with gaps between them, so that what is asked of neighbouring words is
asked of the whole mail at once. Owns the row; refuses to know what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_agent.rules.features import NEAR, REACH, Sentence
from inbox_agent.rules.lexicon import Families

GAP = max(REACH, NEAR + 1)
"""How far any question looks: no further than the gap before, between and behind the sentences."""

_NO_WORDS = ("",) * GAP
_NO_FAMILIES: tuple[Families, ...] = (frozenset(),) * GAP


@dataclass(frozen=True, slots=True)
class Laid:
    """The forms and the families of all words, each in one row; a gap holds the empty word and no families. `spans`:
    where each sentence stands in them.
    """

    forms: Sequence[str]
    tags: Sequence[Families]
    spans: Sequence[slice]


def laid(own: Sequence[Sentence]) -> Laid:
    """Lay these sentences in a row."""
    forms, tags = list(_NO_WORDS), list(_NO_FAMILIES)
    spans = []
    for sentence in own:
        start = len(forms)
        forms += sentence.forms
        tags += sentence.tags
        spans.append(slice(start, len(forms)))
        forms += _NO_WORDS
        tags += _NO_FAMILIES
    return Laid(forms, tags, spans)
