"""The weights of several heads as one number a row, so that one sum of such numbers holds the sums of all heads, and
that of the squares of the rarities with them.

Each head has a lane of sixteen bits, in which its signed weights stand raised by 128; above all lanes stands the
square. As many rows are added at once as a lane has room for. A row's number is made when it is first met: most of
them never are. One head alone has wider lanes, and its numbers stand ready. Pure arithmetic: the sums are those of the
weights and squares, exactly.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import add, itemgetter

_BYTES = 2  # of a lane
_BITS = 8 * _BYTES
_RAISED = 128
_MIDDLE = 1 << (_BITS - 1)
_AT_ONCE = _MIDDLE // _RAISED
_LOW = 0xFFFFFFFF
_RAISING = bytes((byte + _RAISED) % 256 for byte in range(256))

Sums = Sequence[int]


class _Numbers(dict[int, int]):
    """Row -> its number; there are no more of them than rows. First come the lanes of every other head from the first,
    then those of the others: so a row's bytes become lanes in a few steps, however many they are.
    """

    def __init__(self, weights: memoryview, squares: Sequence[int], heads: int) -> None:
        self._weights, self._squares, self._heads = weights, squares, heads
        self._raising = int.from_bytes(bytes([_RAISED]) * heads, "little")
        self._others = _BITS * ((heads + 1) // 2)
        self._every_other = sum(0xFF << at for at in range(0, self._others, _BITS))

    def __missing__(self, row: int) -> int:
        weights = self._weights[row * self._heads : (row + 1) * self._heads]
        raised = int.from_bytes(weights, "little") ^ self._raising  # the sign is the bit that raising turns
        first, others = raised & self._every_other, (raised >> 8) & self._every_other
        number = self[row] = self._squares[row] << (_BITS * self._heads) | others << self._others | first
        return number


class Lanes:
    """`weights`: one signed byte a row and head, row by row, of so many `heads`. `squares`: one a row, below 2**16."""

    def __init__(self, weights: memoryview, squares: Sequence[int], heads: int) -> None:
        self._heads, self._first = heads, (heads + 1) // 2
        self._squares = _BITS * heads
        self._every = sum(1 << (_BITS * head) for head in range(heads))
        self._numbers = _Numbers(weights, squares, heads)

    def sums(self, rows: Sequence[int]) -> tuple[Sums, int]:
        """Per head the sum of the weights of these rows, of which there is at least one, and that of their squares."""
        lanes, square = self._sums(rows[:_AT_ONCE])
        for start in range(_AT_ONCE, len(rows), _AT_ONCE):
            further, more = self._sums(rows[start : start + _AT_ONCE])
            lanes, square = list(map(add, lanes, further)), square + more
        sums = [0] * self._heads
        sums[::2], sums[1::2] = lanes[: self._first], lanes[self._first :]
        return sums, square

    def _sums(self, rows: Sequence[int]) -> tuple[Sums, int]:
        """In the order of the lanes."""
        total = sum(map(self._numbers.__getitem__, rows))
        square = total >> self._squares
        # To the middle of each lane, where the sign of a number is one bit of it: then it is read as it stands.
        lanes = (total - (square << self._squares) + (_MIDDLE - _RAISED * len(rows)) * self._every) ^ (
            _MIDDLE * self._every
        )
        return memoryview(lanes.to_bytes(_BYTES * self._heads, "little")).cast("h"), square


class Lane:
    """The same for one head, whose weights are given as one signed byte a row."""

    def __init__(self, weights: array[int], squares: array[int] | memoryview) -> None:
        numbers = bytearray(8 * len(weights))
        low, high = memoryview(squares).cast("B")[::2], memoryview(squares).cast("B")[1::2]
        numbers[::8], numbers[4::8], numbers[5::8] = weights.tobytes().translate(_RAISING), low, high
        self._numbers = memoryview(numbers).cast("Q")

    def sums(self, rows: Sequence[int]) -> tuple[Sums, int]:
        """As those of `Lanes`."""
        total = sum(itemgetter(*rows, rows[0])(self._numbers)) - self._numbers[rows[0]]  # of one it gives no tuple
        return ((total & _LOW) - _RAISED * len(rows),), total >> 32
