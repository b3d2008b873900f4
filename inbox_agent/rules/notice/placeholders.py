"""What a template's author meant to be filled in, and its user left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice.wording import words

_LEFT = words("placeholders.left")
_WORD = re.compile(r"[^\W\d_]{3,}")
_A_SENTENCE = 6  # words that tell something by themselves
# Upper-case marks only; in lower case these are words.
_CASED = re.compile(r"\b(?:XX+|NN|N\.N\.)(?!\w)")


def placeholders(text: str) -> Iterator[str]:
    """Each leftover as it stands in the text."""
    for pattern in (_LEFT, _CASED):
        for found in pattern.finditer(text):
            yield found[0]


def is_placeholder(text: str) -> bool:
    """Whether nothing but a template's leftover stands there; a sentence may tell something beside the one it holds."""
    bare = _CASED.sub("", _LEFT.sub("", text))
    return not text.strip(" _.-…") or (bare != text and len(_WORD.findall(bare)) < _A_SENTENCE)
