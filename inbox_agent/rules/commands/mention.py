"""One day that was said, and what reads it.

Owns the record; what makes one stands in `dates` and `spans`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that was said, over the words `start` up to `end`. `ahead`: read as still to come; `behind`: as past.

    `until` and `since`: said as an end or a beginning. `time` is HH:MM.
    """

    start: int
    end: int
    ahead: date
    behind: date
    time: str = ""
    until: bool = False
    since: bool = False
    month: bool = False  # a whole month, `ahead` and `behind` its first day

    def day(self, *, past: bool) -> date:
        return self.behind if past else self.ahead


Reader: TypeAlias = Callable[[Sequence[str], int, date], Mention | None]
"""Reads the folded words from one place on, counted from today; None where no day begins there."""
