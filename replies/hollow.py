"""Whether an item of an answer says anything that its reader could check: a closed list of the words that do not.

Owns the reading of `data/hollow.toml`. Refuses to know whether what any other item says is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from replies.data_files import table

Item = Literal["purposes", "categories", "recipients", "retention", "sources", "logic"]


def empty(item: Item, said: str, language: str) -> bool:
    """Whether every word of it is one of those that say nothing there; it has some."""
    return bool(said) and not re.search(r"\w", _listed(item, language).sub(" ", said))


def withheld(said: str, language: str) -> bool:
    """Whether it says that the logic of a decision is not told, or known."""
    return any(re.search(pattern, said, re.IGNORECASE) for pattern in _data()["withheld"][language])


@cache
def _listed(item: Item, language: str) -> re.Pattern[str]:
    listed = sorted((*_data()["any"][language], *_data()[item][language]), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w-])", re.IGNORECASE)


@cache
def _data() -> Mapping[str, Any]:
    return table("hollow.toml")
