"""Where in a line the words of a value stand, whatever their endings: "laskut" in "laskuja lukuun ottamatta".

Refuses to put a word into another form.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold

_AROUND = '.,;:!?"'
_ENOUGH = 0.6
"""The share of the words of a value that must stand in the line,"""
_ALIKE = 0.55
"""and of the letters of a word, from its beginning."""
_LETTERS = 3


def placed(words: Sequence[Word], value: str) -> tuple[int, int] | None:
    """The places of the first and behind the last of the words of a value; None where too few are there."""
    wanted = [word for piece in value.split() if (word := fold(piece.strip(_AROUND)))]
    each = [[at for at, word in enumerate(words) if _is(word, one)] for one in wanted]
    met = [places for places in each if places]
    if not met or len(met) < _ENOUGH * len(wanted):
        return None
    chosen: list[int] = []
    for places in met:
        later = [at for at in places if not chosen or at > max(chosen)]
        chosen.append((later or places)[0])
    return min(chosen), max(chosen) + 1


def _is(word: Word, wanted: str) -> bool:
    form = fold(word.text)
    if word.kind == "quoted":
        return wanted in form
    alike = next((at for at, (one, other) in enumerate(zip(form, wanted, strict=False)) if one != other), None)
    shorter = min(len(form), len(wanted))
    alike = shorter if alike is None else alike
    return form == wanted or (alike >= max(2, _ALIKE * shorter) and alike >= min(shorter, _LETTERS))
