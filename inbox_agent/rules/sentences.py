"""A letter's sentences, as far as one of them is to be taken out: found by the words that a person says of it."""

from __future__ import annotations

import re

from inbox_agent.rules.fold import fold

_SHORTEST = 4  # letters of a word that tells one sentence from another
_STEM = 5  # letters by which an inflected word is known again
_SAYING_SO = ("lause", "virke", "menin", "sente")  # that it is a sentence says nothing of which
_END = re.compile(r"(?<=[.!?])[ \t]+(?=[A-ZÅÄÖ])")


def without(body: str, said: str) -> str | None:
    """The text without the one sentence that holds all the words that were said; None where none or several do."""
    words = [word[:_STEM] for word in re.findall(r"\w+", fold(said)) if len(word) >= _SHORTEST]
    stems = [stem for stem in words if stem not in _SAYING_SO]
    lines = body.split("\n")
    found = [
        (at, number)
        for at, line in enumerate(lines)
        for number, sentence in enumerate(_END.split(line))
        if stems and all(stem in fold(sentence) for stem in stems)
    ]
    if len(found) != 1:
        return None
    ((at, number),) = found
    kept = [sentence for place, sentence in enumerate(_END.split(lines[at])) if place != number]
    lines[at : at + 1] = [" ".join(kept)] if kept else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
