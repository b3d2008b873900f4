"""How a letter differs from what the template gave."""

from __future__ import annotations

import difflib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines of both texts in order, each with its sign: "+" added, "-" removed, " " the same."""

    lines: tuple[tuple[str, str], ...]

    @property
    def added(self) -> int:
        return sum(sign == "+" for sign, _line in self.lines)

    @property
    def removed(self) -> int:
        return sum(sign == "-" for sign, _line in self.lines)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def difference(template: str, letter: str) -> Difference:
    """Compare line by line; white space at line ends does not count."""
    old = [line.rstrip() for line in template.strip().splitlines()]
    new = [line.rstrip() for line in letter.strip().splitlines()]
    compared = difflib.ndiff(old, new, linejunk=None, charjunk=None)
    return Difference(tuple((line[0], line[2:]) for line in compared if line[0] in "+- "))
