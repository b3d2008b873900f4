"""The weights of one group of features as they lie in the model's file: side by side for each set of heads.

A set is inflated when one of its heads is first asked for: ordinary mail needs the verdict alone. Heads of a set are
asked together (`rules.lanes`), so they stand row by row. Pure.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

Heads = tuple[str, ...]


class Stored:
    """One set of heads over all groups: its heads, and their weights, group by group and row by row."""

    def __init__(self, heads: Heads, packed: bytes) -> None:
        self.heads, self._packed = heads, packed

    @cached_property
    def weights(self) -> bytes:
        """One signed byte a row and head."""
        return zlib.decompress(self._packed)


class Columns(Mapping[str, "array[int]"]):
    """Head -> the weight of each row. `before`: how many rows the groups before it have, `size`: how many it has."""

    def __init__(self, sets: Sequence[Stored], before: int, size: int) -> None:
        self._sets = {stored.heads: stored for stored in sets}
        self._of = {head: stored for stored in sets for head in stored.heads}
        self._before, self._size = before, size
        self._columns: dict[str, array[int]] = {}

    def together(self, heads: Heads) -> memoryview:
        """The weights of these heads, row by row."""
        if stored := self._sets.get(heads):
            width = len(heads)
            return memoryview(stored.weights)[width * self._before : width * (self._before + self._size)]
        return together([self[head] for head in heads])

    def __getitem__(self, head: str) -> array[int]:
        if head not in self._columns:
            heads = self._of[head].heads
            self._columns[head] = array("b", self.together(heads)[heads.index(head) :: len(heads)].tobytes())
        return self._columns[head]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


def together(columns: Sequence[array[int]]) -> memoryview:
    """Columns as rows."""
    side = bytearray(len(columns) * len(columns[0]))
    for head, column in enumerate(columns):
        side[head :: len(columns)] = column.tobytes()
    return memoryview(side)
