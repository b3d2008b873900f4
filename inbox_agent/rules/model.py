"""The linear model: which features speak for a request and for each right, and how loudly.

Owns the shipped weights' file and its arithmetic, in plain Python: a few thousand look-ups and sums a mail.
Refuses to learn: `tests/training/train.py` writes the file.

The file, compressed with zlib: one line of JSON (the header), then per group its feature names (one a line,
UTF-8), then per group one byte a feature for its rarity and one signed byte a feature and head for its weight.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from operator import itemgetter
from typing import Any

from inbox_agent.rules.features import GROUPS, Features
from inbox_agent.rules.lanes import Lanes

Rows = Mapping[str, Collection[int]]
"""Group -> the rows of the features that are present and known, each once."""

VERDICT = "verdict"
RARITY_STEP = 1 / 32  # resolution of the stored rarity (natural logarithm)
SAID = "said "
"""Before the name of a kind: the head that scores one sentence instead of a mail."""
SAID_WEIGHT = 0.5  # of the loudest sentence beside the whole mail; 0.3 and 0.6 did alike with writers left out
GROUP_WEIGHTS = {"words": 1.2, "parts": 1.6, "families": 1.0, "frames": 0.8, "context": 0.5}
"""How much each group of features may say: between the best of scans with each writer left out, one group at a time."""


_SQUARES = tuple(step**2 for step in range(256))


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
        object.__setattr__(self, "squares", tuple(map(_SQUARES.__getitem__, self.rarity)))

    def side_by_side(self, heads: tuple[str, ...]) -> Lanes:
        """The weights of these heads as one number a row."""
        if heads not in self._lanes:
            self._lanes[heads] = Lanes([self.weights[head] for head in heads])
        return self._lanes[heads]


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
        for name in GROUPS:
            rows = tuple(found[name])
            if not rows:
                continue
            group, at = self.groups[name], itemgetter(*rows, rows[0])  # of one row alone it would give no tuple
            share = GROUP_WEIGHTS[name] / math.sqrt(len(rows))
            squares = sum(at(group.squares)) - group.squares[rows[0]]
            square += share * share * squares * RARITY_STEP**2
            if together:
                sums = group.side_by_side(tuple(heads)).sums(rows)
            else:
                sums = [sum(at(weights)) - weights[rows[0]] for weights in map(group.weights.__getitem__, heads)]
            for head, total in zip(heads, sums, strict=True):
                totals[head] += share * group.steps[head] * total
        return {head: totals[head] / (math.sqrt(square) or 1.0) + self.bias[head] for head in heads}


def pack(model: Model) -> bytes:
    """The bytes of the model's file; the same model gives the same bytes."""
    header = {
        "heads": model.heads,
        "bias": model.bias,
        "low": model.thresholds.low,
        "high": model.thresholds.high,
        "kinds": model.thresholds.kinds,
        "corpus": model.corpus,
        "groups": {name: {"size": len(group.rows), "steps": group.steps} for name, group in model.groups.items()},
    }
    names = "".join(f"{feature}\n" for name in GROUPS for feature in model.groups[name].rows)
    weights = b"".join(
        part
        for name in GROUPS
        for part in (
            model.groups[name].rarity,
            *(model.groups[name].weights[head].tobytes() for head in model.heads),
        )
    )
    text = json.dumps(header, sort_keys=True) + "\n" + names
    encoded = text.encode()
    return zlib.compress(len(encoded).to_bytes(4, "big") + encoded + weights, 9)


def unpack(packed: bytes) -> Model:
    """Read what `pack` wrote."""
    raw = zlib.decompress(packed)
    end = 4 + int.from_bytes(raw[:4], "big")
    first, *names = raw[4:end].decode().split("\n")
    header: dict[str, Any] = json.loads(first)
    heads = tuple(header["heads"])
    groups, at, weights_at = {}, 0, end
    for name in GROUPS:
        size, steps = header["groups"][name]["size"], header["groups"][name]["steps"]
        rows = dict(zip(names[at : at + size], range(size), strict=True))
        blocks = [raw[weights_at + size * block : weights_at + size * (block + 1)] for block in range(len(heads) + 1)]
        weights = {head: array("b", block) for head, block in zip(heads, blocks[1:], strict=True)}
        groups[name] = Group(rows, blocks[0], weights, steps)
        at, weights_at = at + size, weights_at + size * (len(heads) + 1)
    thresholds = Thresholds(header["low"], header["high"], header["kinds"])
    return Model(heads, groups, header["bias"], thresholds, header["corpus"])


def shipped() -> Model:
    """The model that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "model.bin").read_bytes())
