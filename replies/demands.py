"""Whether a sentence asks its reader for something: a thing that is told may be named, one that is asked for may not.

Owns the reading of `data/demands.toml`. Refuses to know what may not be asked for: that is `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from replies.data_files import table


def demanded(sentence: str, language: str, *, telling: bool) -> bool:
    """Whether the sentence asks for something. `telling`: it stands in a letter that tells of data, where what we say
    that we need is told and not asked for; there only words to the reader ask.
    """
    asking = _patterns("asks", language) if telling else (*_patterns("asks", language), *_patterns("needs", language))
    return any(pattern.search(sentence) for pattern in asking)


def spared(clause: str, language: str) -> bool:
    """Whether a clause says that the reader need not give what it names, or may cover it."""
    return any(pattern.search(clause) for pattern in _patterns("spared", language))


@cache
def _patterns(way: str, language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in _data()[way][language])


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    return table("demands.toml")
