"""What is made once and met often, remembered within bounds: a hostile mail must not fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeVar

WORDS = 20_000
"""Words, or whatever mails have as many of: 2,800 labelled mails have so many different ones."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """Key -> what `make` makes of it. Where there are as many as `most`, the older half is forgotten."""

    def __init__(self, make: Callable[[Key], Value], most: int = WORDS) -> None:
        self._make, self._most = make, most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]
        value = self[key] = self._make(key)
        return value
