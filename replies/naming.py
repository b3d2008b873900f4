"""A name as Finnish inflects it, of a person or of a firm.

Owns the pattern that finds it. Refuses to know whose name it is.
"""

from __future__ import annotations

import re

_SHORT = 5  # letters: of a shorter one too little would stay without its end


def inflected(name: str) -> str:
    """A pattern for a name in any case of Finnish and in either order: Jere Lumikosken, Virtasen Pirkko."""
    words = [stem(word) for word in name.split()]
    orders = (words, [*words[-1:], *words[:-1]])
    return r"(?<!\w)(?:" + "|".join(r"\s+".join(order) for order in orders) + r")(?!\w)"


def stem(word: str) -> str:
    """What stays of a word while its end and its last consonant change (Lahti, Lahden); of -nen, -se-."""
    if len(word) < _SHORT:
        return re.escape(word) + r"\w{0,5}"
    if word.casefold().endswith("nen"):
        return re.escape(word[:-3]) + r"(?:nen|s\w{1,7})"
    return re.escape(word[:-2]) + r"\w{1,8}"
