"""What a template's author meant to be filled in, and its user left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice.wording import words

_LEFT = words("placeholders.left")
# Upper-case marks only; in lower case these are words.
_CASED = re.compile(r"\b(?:XX+|NN|N\.N\.)(?!\w)")


def placeholders(text: str) -> Iterator[str]:
    """Each leftover as it stands in the text."""
    for pattern in (_LEFT, _CASED):
        for found in pattern.finditer(text):
            yield found[0]


def is_placeholder(text: str) -> bool:
    """Whether nothing but a template's leftover stands there."""
    return not text.strip(" _.-…") or bool(_LEFT.search(text) or _CASED.search(text))
