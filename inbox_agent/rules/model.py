"""The learned model: which features speak for a request and for each right, and how loudly.

Owns the shipped weights' file and its arithmetic, in plain Python: a few thousand look-ups and sums a mail. What
the units of the network make of their sums is `rules.network`. Refuses to learn: `tests/training/train.py` writes
the file.

The file is a row of pieces, each compressed with zlib behind its length (four bytes, the greatest first). The first
is one line of JSON (the header), then per group its feature names (one a line, UTF-8), then per group one byte a
feature for its rarity. Then one piece for each set of heads that are asked together (`Model.sets`): per group and
feature one signed byte a head for its weight.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import resources
from operator import itemgetter
from typing import Any, TypeAlias

from inbox_agent.rules.columns import Columns, Stored, together
from inbox_agent.rules.features import GROUPS, Features
from inbox_agent.rules.lanes import Lanes

Rows = Mapping[str, Collection[int]]
"""Group -> the rows of the features that are present and known, each once."""

_LookUp: TypeAlias = "itemgetter[tuple[int, ...]]"

VERDICT = "verdict"
RARITY_STEP = 1 / 32  # resolution of the stored rarity (natural logarithm)
SAID = "said "
"""Before the name of a kind: the head that scores one sentence instead of a mail."""
SAID_WEIGHT = 0.5  # of the loudest sentence beside the whole mail; 0.3 and 0.6 did alike with writers left out
GROUP_WEIGHTS = {"words": 1.2, "stems": 1.6, "parts": 1.6, "families": 1.0, "frames": 0.8, "context": 0.5}
"""How much each group of features may say: between the best of scans with each writer left out, one group at a time."""


_SQUARES = [(step**2).to_bytes(2, "little") for step in range(256)]
_LOW, _HIGH = (bytes(square[at] for square in _SQUARES) for at in (0, 1))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores below `low` are not_request, from `high` on request, between them unsure. `kinds`: one bar a head."""

    low: float
    high: float
    kinds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of features: row of each name, rarity of each row, and per head the weight of each row."""

    rows: Mapping[str, int]
    rarity: bytes
    weights: Mapping[str, array[int]]
    steps: Mapping[str, float]  # what one unit of a stored weight is worth, per head
    squares: Sequence[int] = field(init=False, compare=False)  # of the rarity of each row
    _lanes: dict[tuple[str, ...], Lanes] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        squares = bytearray(2 * len(self.rarity))
        squares[::2], squares[1::2] = self.rarity.translate(_LOW), self.rarity.translate(_HIGH)
        object.__setattr__(self, "squares", memoryview(squares).cast("H"))

    def side_by_side(self, heads: tuple[str, ...]) -> Lanes:
        """The weights of these heads as one number a row."""
        if heads not in self._lanes:
            self._lanes[heads] = Lanes(self.together(heads), len(heads))
        return self._lanes[heads]

    def together(self, heads: tuple[str, ...]) -> memoryview:
        """The weights of these heads row by row, one signed byte each."""
        if isinstance(self.weights, Columns):
            return self.weights.together(heads)
        return together([self.weights[head] for head in heads])


@dataclass(frozen=True, slots=True)
class Units:
    """The units of the network, scored like heads: those that look at the whole mail, those that look at one sentence.
    `votes`: what each of them says for the verdict, in that order; `bias`: what is said when all are silent.
    """

    whole: tuple[str, ...] = ()
    loudest: tuple[str, ...] = ()
    votes: tuple[float, ...] = ()
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """Heads: `verdict`, the nine kinds and `follow_up`, and each of these once more for one sentence alone (`SAID`).
    `corpus` is the digest of what it was trained on.
    """

    heads: tuple[str, ...]
    groups: Mapping[str, Group]
    bias: Mapping[str, float]
    thresholds: Thresholds
    corpus: str
    units: Units = Units()

    @property
    def sets(self) -> tuple[tuple[str, ...], ...]:
        """Everything that has weights, in the order of the file: what is asked together stands together."""
        return _sets(self.heads, self.units)

    def rows(self, found: Features) -> Rows:
        """Where these features stand; what was never learned stands nowhere."""
        return {
            name: [row for feature in found[name] if (row := self.groups[name].rows.get(feature)) is not None]
            for name in GROUPS
        }

    def scores(self, found: Rows, heads: Sequence[str], together: bool = False) -> dict[str, float]:
        """The score of each head for these features; about -1 to 1, more is more. `together`: the same from numbers
        that hold all heads at once, built when first needed; worth it where the same heads are asked often.
        """
        totals = dict.fromkeys(heads, 0.0)
        square = 0.0
        for group, rows, share, squared, at in self._present(found):
            square += squared
            if together:
                sums = group.side_by_side(tuple(heads)).sums(rows)
            else:
                sums = [sum(at(weights)) - weights[rows[0]] for weights in map(group.weights.__getitem__, heads)]
            for head, total in zip(heads, sums, strict=True):
                totals[head] += share * group.steps[head] * total
        length = math.sqrt(square) * RARITY_STEP or 1.0
        return {head: totals[head] / length + self.bias[head] for head in heads}

    def heard(self, found: Rows, units: tuple[str, ...]) -> list[float]:
        """What each of these units hears of these features, without its bias. In each group all have one step."""
        parts, square = [], 0.0
        for group, rows, share, squared, _ in self._present(found):
            square += squared
            parts.append((share * group.steps[units[0]], group.side_by_side(units).sums(rows)))
        length = math.sqrt(square) * RARITY_STEP or 1.0
        total = [0.0] * len(units)
        for loudness, sums in parts:
            scaled = loudness / length
            total = [one + scaled * other for one, other in zip(total, sums, strict=True)]
        return total

    def _present(self, found: Rows) -> Iterator[tuple[Group, tuple[int, ...], float, float, _LookUp]]:
        """Per group that has any: its rows, what one counts, the square of all, how to look them up at once."""
        for name in GROUPS:
            if rows := tuple(found[name]):
                at = itemgetter(*rows, rows[0])  # of one row alone it would give no tuple
                group, share = self.groups[name], GROUP_WEIGHTS[name] / math.sqrt(len(rows))
                squared = share * share * (sum(at(group.squares)) - group.squares[rows[0]])
                yield group, rows, share, squared, at


def pack(model: Model) -> bytes:
    """The bytes of the model's file; the same model gives the same bytes."""
    header = {
        "heads": model.heads,
        "units": asdict(model.units),
        "bias": model.bias,
        "low": model.thresholds.low,
        "high": model.thresholds.high,
        "kinds": model.thresholds.kinds,
        "corpus": model.corpus,
        "groups": {name: {"size": len(group.rows), "steps": group.steps} for name, group in model.groups.items()},
    }
    names = "".join(f"{feature}\n" for name in GROUPS for feature in model.groups[name].rows)
    text = f"{json.dumps(header, sort_keys=True)}\n{names}".encode()
    rarity = b"".join(model.groups[name].rarity for name in GROUPS)
    weights = (b"".join(model.groups[name].together(heads) for name in GROUPS) for heads in model.sets)
    pieces = (zlib.compress(piece, 9) for piece in (_measured(text) + rarity, *weights))
    return b"".join(map(_measured, pieces))


def unpack(packed: bytes) -> Model:
    """Read what `pack` wrote."""
    first, *weights = _pieces(packed)
    raw = zlib.decompress(first)
    at = 4 + int.from_bytes(raw[:4], "big")
    line, *names = raw[4:at].decode().split("\n")
    header: dict[str, Any] = json.loads(line)
    told = header["units"]
    units = Units(tuple(told["whole"]), tuple(told["loudest"]), tuple(told["votes"]), told["bias"])
    heads = tuple(header["heads"])
    sets = [Stored(*one) for one in zip(_sets(heads, units), weights, strict=True)]
    groups, before = {}, 0
    for name in GROUPS:
        size, steps = header["groups"][name]["size"], header["groups"][name]["steps"]
        rows = dict(zip(names[before : before + size], range(size), strict=True))
        rarity = raw[at + before : at + before + size]
        groups[name] = Group(rows, rarity, Columns(sets, before, size), steps)
        before += size
    thresholds = Thresholds(header["low"], header["high"], header["kinds"])
    return Model(heads, groups, header["bias"], thresholds, header["corpus"], units)


def shipped() -> Model:
    """The model that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "model.bin").read_bytes())


def _sets(heads: tuple[str, ...], units: Units) -> tuple[tuple[str, ...], ...]:
    said = tuple(head for head in heads if head.startswith(SAID))
    kinds = tuple(head for head in heads if SAID + head in said)
    others = tuple((head,) for head in heads if head not in {*said, *kinds})
    return tuple(filter(None, (*others, kinds, said, units.whole, units.loudest)))


def _measured(piece: bytes) -> bytes:
    return len(piece).to_bytes(4, "big") + piece


def _pieces(packed: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(packed):
        start = at + 4
        at = start + int.from_bytes(packed[at:start], "big")
        yield packed[start:at]
