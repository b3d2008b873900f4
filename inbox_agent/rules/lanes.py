"""The weights of many heads as one number a row, so that one sum of such numbers holds the sums of all heads, and that
of the squares of the rarities with them.

Each head has a lane of sixteen bits, in which its signed weights stand raised by 128; the two bytes of the square have
one each. As many rows are added at once as a lane has room for. Then the lanes are drawn apart to twice their width:
there is room for whatever is added further or taken away again. A row's number is made when it is first met: most of
them never are. One head alone has numbers that stand ready. Pure arithmetic: the sums are those of the weights and
squares, exactly.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from operator import itemgetter
from struct import Struct

_BITS = 16  # of a lane
_LANE = (1 << _BITS) - 1
_WIDE = 2 * _BITS
_RAISED = 128
_MIDDLE = 1 << (_WIDE - 1)
_AT_ONCE = (1 << _BITS) // (2 * _RAISED)
_LOW = 0xFFFFFFFF
_RAISING = bytes((byte + _RAISED) % 256 for byte in range(256))

Tally = int
"""The sums of all lanes over some rows; those of further rows can be added, and taken away."""

Sums = Sequence[int]
"""Of some heads; then of the low bytes of the squares, and of their high bytes."""


class Layout:
    """Where the lanes of so many heads stand, and behind them those of the square. Bytes become lanes in a few steps,
    and lanes are drawn apart in a few, because both times every other one comes first.
    """

    def __init__(self, heads: int) -> None:
        self.heads, self._lanes = heads, (heads + 2 + 3) // 4 * 4
        self.others = 8 * self._lanes - 8
        self.bytes = _ones(_BITS, range(self._lanes)) * 0xFF
        self.raised = _ones(_BITS, map(self._place, range(heads))) * _RAISED
        low, high = (_BITS * self._place(heads + byte) for byte in (0, 1))
        self.squares = [(one**2 & 0xFF) << low | one**2 >> 8 << high for one in range(256)]
        self._every_other, self._others = _ones(_WIDE, range(self._lanes // 2)) * _LANE, _BITS * self._lanes
        self._apart_raised = self._apart(self.raised)

    def tally(self, total: int, rows: int) -> Tally:
        """That of a sum of the numbers of so many rows."""
        return self._apart(total) - rows * self._apart_raised

    def reader(self, heads: Sequence[int]) -> Callable[[Tally], Sums]:
        """What reads the sums of these heads off a tally."""
        lanes = [self._place(self._place(head)) for head in (*heads, self.heads, self.heads + 1)]
        there = sorted(lanes)
        read = Struct("<" + "".join("i" if lane in there else "4x" for lane in range(self._lanes))).unpack
        ordered, size = itemgetter(*map(there.index, lanes)), 4 * self._lanes
        middle = self._apart_raised // _RAISED * _MIDDLE

        def sums(tally: Tally) -> Sums:
            # To the middle of each lane, where the sign of a number is one bit of it: then it is read as it stands.
            told: Sums = ordered(read(((tally + middle) ^ middle).to_bytes(size, "little")))
            return told

        return sums

    def _place(self, at: int) -> int:
        return at // 2 + at % 2 * (self._lanes // 2)

    def _apart(self, total: int) -> int:
        return total & self._every_other | (total >> _BITS & self._every_other) << self._others


def _ones(bits: int, lanes: Iterable[int]) -> int:
    """A one at the beginning of each of these lanes."""
    return sum(1 << bits * lane for lane in lanes)


class _Numbers(dict[int, int]):
    """Row -> its number; there are no more of them than rows."""

    def __init__(self, layout: Layout, weights: memoryview, rarity: bytes) -> None:
        self._layout, self._weights, self._rarity = layout, weights, rarity

    def __missing__(self, row: int) -> int:
        layout, heads = self._layout, self._layout.heads
        close = int.from_bytes(self._weights[row * heads : (row + 1) * heads], "little")
        lanes = (
            close | close << layout.others
        ) & layout.bytes ^ layout.raised  # the sign is the bit that raising turns
        number = self[row] = lanes | layout.squares[self._rarity[row]]
        return number


class Lanes:
    """What rows of one group say to all heads. `weights`: one signed byte a row and head, row by row; `rarity`: of each
    row.
    """

    def __init__(self, layout: Layout, weights: memoryview, rarity: bytes) -> None:
        self._layout, self._numbers = layout, _Numbers(layout, weights, rarity)

    def tally(self, rows: Collection[int]) -> Tally:
        """That of these rows, each as often as it is among them."""
        if len(rows) <= _AT_ONCE:
            return self._layout.tally(sum(map(self._numbers.__getitem__, rows)), len(rows))
        left = iter(rows)
        return sum(map(self.tally, iter(lambda: tuple(islice(left, _AT_ONCE)), ())))


class Lane:
    """The same for one head, whose weights are given as one signed byte a row."""

    def __init__(self, weights: array[int], squares: array[int] | memoryview) -> None:
        numbers = bytearray(8 * len(weights))
        low, high = memoryview(squares).cast("B")[::2], memoryview(squares).cast("B")[1::2]
        numbers[::8], numbers[4::8], numbers[5::8] = weights.tobytes().translate(_RAISING), low, high
        self._numbers = memoryview(numbers).cast("Q")

    def sums(self, rows: Sequence[int]) -> tuple[int, int]:
        """Of the weights of these rows, of which there is at least one, and of their squares."""
        total = sum(itemgetter(*rows, rows[0])(self._numbers)) - self._numbers[rows[0]]  # of one it gives no tuple
        return (total & _LOW) - _RAISED * len(rows), total >> 32
