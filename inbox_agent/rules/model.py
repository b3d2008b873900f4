"""The learned model: which features speak for a request and for each right, and how loudly.

Owns the shipped weights' file and its arithmetic, in plain Python: a few thousand look-ups and sums a mail. What the
units of the network make of their sums is `rules.network`, what corrects the scores `rules.jury`. Refuses to learn:
`tests/training/train.py` writes the file.

The file is a row of pieces, each compressed with zlib behind its length. The first is a preamble (`rules.preamble`)
with the names of the features, group by group (of groups of pairs their words), then per group one byte a feature for
its rarity, then which words make which pairs (`rules.pairs`). Then one piece for the verdict and one for all other
heads and units (`Sets`): per group and feature one signed byte a head for its weight.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from importlib import resources
from itertools import chain, islice
from typing import Any, NamedTuple

from inbox_agent.rules.columns import Columns, Stored, together
from inbox_agent.rules.features import GROUPS, Features
from inbox_agent.rules.jury import Jury
from inbox_agent.rules.lanes import Lane
from inbox_agent.rules.pairs import Pairs, paired
from inbox_agent.rules.preamble import Preamble, measured, pieces, preamble, read_preamble
from inbox_agent.rules.trees import read, told

Rows = Mapping[str, Collection[int]]
"""Group -> the rows of the features that are present and known, each once."""

VERDICT = "verdict"
RARITY_STEP = 1 / 32  # resolution of the stored rarity (natural logarithm)
SAID = "said "
"""Before the name of a kind: the head that scores one sentence instead of a mail."""
PAIRED = ("words", "stems")
"""The groups whose names are words and pairs of words."""
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
    squares: memoryview = field(init=False, compare=False)  # of the rarity of each row
    _lanes: dict[str, Lane] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        squares = bytearray(2 * len(self.rarity))
        squares[::2], squares[1::2] = self.rarity.translate(_LOW), self.rarity.translate(_HIGH)
        object.__setattr__(self, "squares", memoryview(squares).cast("H"))

    def lane(self, head: str) -> Lane:
        """The weights of one head, and the squares, as one number a row."""
        if head not in self._lanes:
            self._lanes[head] = Lane(self.weights[head], self.squares)
        return self._lanes[head]

    def together(self, heads: tuple[str, ...]) -> memoryview:
        """The weights of these heads row by row, one signed byte each."""
        if isinstance(self.weights, Columns):
            return self.weights.together(heads)
        return together([self.weights[head] for head in heads])


@dataclass(frozen=True, slots=True)
class Units:
    """The units of the network, scored like heads: those that look at the whole mail, those that look at one sentence.
    For the verdict and each right: `votes`, what each of them says, in that order, and `bias`, what is said when all
    are silent.
    """

    whole: tuple[str, ...] = ()
    loudest: tuple[str, ...] = ()
    votes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)


class Sets(NamedTuple):
    """The heads that are asked together: the verdict; of a whole mail the rights and the network's units that look at
    it; of one sentence the same. Empty where a model has none.
    """

    verdict: tuple[str, ...]
    whole: tuple[str, ...]
    alone: tuple[str, ...]

    @property
    def both(self) -> tuple[str, ...]:
        """What is asked of every mail that is not hopeless, of the whole and of its sentences."""
        return self.whole + self.alone

    @property
    def stored(self) -> list[tuple[str, ...]]:
        """What lies side by side in the file."""
        return [heads for heads in (self.verdict, self.both) if heads]


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
    jury: Jury = field(default_factory=Jury)

    @property
    def sets(self) -> Sets:
        """Everything that has weights: what is asked together stands together."""
        return _sets(self.heads, self.units)

    def rows(self, found: Features) -> Rows:
        """Where these features stand; what was never learned stands nowhere."""
        return {
            name: [row for feature in found[name] if (row := self.groups[name].rows.get(feature)) is not None]
            for name in GROUPS
        }

    def scores(self, found: Rows, heads: tuple[str, ...]) -> dict[str, float]:
        """The score of each head for these features; about -1 to 1, more is more."""
        return {head: self._score(found, head) for head in heads}

    def _score(self, found: Rows, head: str) -> float:
        total, square = 0.0, 0.0
        for name in GROUPS:
            if rows := found[name]:
                group, share = self.groups[name], share_of(name, len(rows))
                said, squares = group.lane(head).sums(tuple(rows))
                square += share * share * squares
                total += said * (share * group.steps[head])
        return total / length_of(square) + self.bias[head]


def share_of(group: str, rows: int) -> float:
    """How much each of so many rows of a group may say."""
    return GROUP_WEIGHTS[group] / math.sqrt(rows)


def length_of(square: float) -> float:
    """The length by which a mail or a sentence is scaled to one; `square`: in stored units."""
    return math.sqrt(square) * RARITY_STEP or 1.0


def pack(model: Model) -> bytes:
    """The bytes of the model's file; the same model gives the same bytes."""
    pairs = {name: paired(model.groups[name].rows) for name in PAIRED}
    written = {name: pairs[name].words if name in pairs else list(model.groups[name].rows) for name in GROUPS}
    header = {
        "heads": model.heads,
        "units": asdict(model.units),
        "bias": model.bias,
        "low": model.thresholds.low,
        "high": model.thresholds.high,
        "kinds": model.thresholds.kinds,
        "corpus": model.corpus,
        "jury": {
            "verdict": told(model.jury.verdict),
            "rights": told(model.jury.rights),
            "bars": model.jury.bars,
        },
        "groups": {
            name: {"size": len(group.rarity), "written": len(written[name]), "steps": group.steps}
            for name, group in model.groups.items()
        },
    }
    rarity = b"".join(model.groups[name].rarity for name in GROUPS)
    weights = (b"".join(model.groups[name].together(heads) for name in GROUPS) for heads in model.sets.stored)
    first = preamble(header, chain.from_iterable(written.values()), sort_keys=True)
    first += rarity + b"".join(pairs[name].packed() for name in PAIRED)
    return b"".join(map(measured, (zlib.compress(first, 9), *map(_of_weights, weights))))


def _of_weights(piece: bytes) -> bytes:
    """Weights side by side hardly repeat one another: compressed byte by byte they are shorter, and in a moment."""
    way = zlib.compressobj(9, strategy=zlib.Z_HUFFMAN_ONLY)
    return way.compress(piece) + way.flush()


def unpack(packed: bytes) -> Model:
    """Read what `pack` wrote."""
    first, *weights = pieces(packed)
    raw = zlib.decompress(first)
    begins = read_preamble(raw)
    header, units = begins.told, _units(begins.told["units"])
    heads = tuple(header["heads"])
    sets = [Stored(*one) for one in zip(_sets(heads, units).stored, weights, strict=True)]
    groups, before = {}, 0
    tables, rarity = _tables(begins, raw)
    for name in GROUPS:
        size, steps = header["groups"][name]["size"], header["groups"][name]["steps"]
        groups[name] = Group(tables[name], rarity[before : before + size], Columns(sets, before, size), steps)
        before += size
    thresholds = Thresholds(header["low"], header["high"], header["kinds"])
    heard = header["jury"]
    jury = Jury(read(heard["verdict"]), read(heard["rights"]), heard["bars"])
    return Model(heads, groups, header["bias"], thresholds, header["corpus"], units, jury)


def _units(told: Mapping[str, Any]) -> Units:
    votes = {head: tuple(said) for head, said in told["votes"].items()}
    return Units(tuple(told["whole"]), tuple(told["loudest"]), votes, told["bias"])


def _tables(begins: Preamble, raw: bytes) -> tuple[dict[str, Mapping[str, int]], bytes]:
    """The row of each name, by group; and the rarities of all rows."""
    groups, names = begins.told["groups"], iter(begins.names)
    written = {name: list(islice(names, groups[name]["written"])) for name in GROUPS}
    ends = begins.ends + sum(groups[name]["size"] for name in GROUPS)
    tables: dict[str, Mapping[str, int]] = {
        name: dict(zip(written[name], range(len(written[name])), strict=True)) for name in GROUPS if name not in PAIRED
    }
    at = ends
    for name in PAIRED:
        tables[name], at = Pairs.unpacked(written[name], groups[name]["size"], raw, at)
    return tables, raw[begins.ends : ends]


def shipped() -> Model:
    """The model that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "model.bin").read_bytes())


def _sets(heads: tuple[str, ...], units: Units) -> Sets:
    said = tuple(head for head in heads if head.startswith(SAID))
    kinds = tuple(head for head in heads if SAID + head in said)
    others = tuple(head for head in heads if head not in {*said, *kinds})
    return Sets(others, kinds + units.whole, said + units.loudest)
