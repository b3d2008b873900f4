"""The weights of several heads as one number a row, so that one sum of such numbers holds the sums of all heads.

Each head has a lane of sixteen bits, in which its signed weights stand raised by 128: as many rows are added at once
as a lane has room for. A row's number is made when it is first met: most of them never are. Pure arithmetic: the sums
are those of the weights, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

_BYTES = 2  # of a lane
_RAISED = 128
_AT_ONCE = 0xFFFF // 0xFF
_RAISING = bytes((byte + _RAISED) % 256 for byte in range(256))


class _Numbers(dict[int, int]):
    """Row -> its number; there are no more of them than rows."""

    def __init__(self, weights: memoryview, heads: int) -> None:
        self._weights, self._heads = weights, heads

    def __missing__(self, row: int) -> int:
        lanes = bytearray(_BYTES * self._heads)
        lanes[::_BYTES] = bytes(self._weights[row * self._heads : (row + 1) * self._heads]).translate(_RAISING)
        number = self[row] = int.from_bytes(lanes, "little")
        return number


class Lanes:
    """`weights`: one signed byte a row and head, row by row, of so many `heads`."""

    def __init__(self, weights: memoryview, heads: int) -> None:
        self._width = _BYTES * heads
        self._numbers = _Numbers(weights, heads)

    def sums(self, rows: Sequence[int]) -> list[int]:
        """Per head, the sum of the weights of these rows, of which there is at least one."""
        parts = [self._sums(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE)]
        return parts[0] if len(parts) == 1 else [sum(of_head) for of_head in zip(*parts, strict=True)]

    def _sums(self, rows: Sequence[int]) -> list[int]:
        total = sum(itemgetter(*rows, rows[0])(self._numbers)) - self._numbers[rows[0]]
        raised = _RAISED * len(rows)
        lanes = memoryview(total.to_bytes(self._width, "little")).cast("H")
        return [lane - raised for lane in lanes]
