"""The weights of several heads as one number a row, so that one sum of such numbers holds the sums of all heads.

Each head has a lane of sixteen bits, in which its signed weights stand raised by 128: as many rows are added at once
as a lane has room for. Pure arithmetic: the sums are those of the weights, exactly.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import itemgetter

_BYTES = 2  # of a lane
_RAISED = 128
_AT_ONCE = 0xFFFF // 0xFF
_RAISING = bytes((byte + _RAISED) % 256 for byte in range(256))


class Lanes:
    """`weights`: per head one signed byte a row."""

    def __init__(self, weights: Sequence[array[int]]) -> None:
        self._width = _BYTES * len(weights)
        side = bytearray(self._width * len(weights[0]))
        for head, column in enumerate(weights):
            side[_BYTES * head :: self._width] = column.tobytes().translate(_RAISING)
        starts = range(0, len(side), self._width)
        self._numbers = [int.from_bytes(side[start : start + self._width], "little") for start in starts]

    def sums(self, rows: Sequence[int]) -> list[int]:
        """Per head, the sum of the weights of these rows, of which there is at least one."""
        parts = [self._sums(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE)]
        return parts[0] if len(parts) == 1 else [sum(of_head) for of_head in zip(*parts, strict=True)]

    def _sums(self, rows: Sequence[int]) -> list[int]:
        total = sum(itemgetter(*rows, rows[0])(self._numbers)) - self._numbers[rows[0]]
        raised = _RAISED * len(rows)
        lanes = memoryview(total.to_bytes(self._width, "little")).cast("H")
        return [lane - raised for lane in lanes]
