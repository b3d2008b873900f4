"""The scored reader: which intent the clues of a stretch speak for, and how loudly.

Owns the shipped weights' file (`inbox_agent/lexicon/commands/scores.bin`) and its arithmetic, in plain Python; loaded
when a line first asks for it. Refuses to learn: `tests/training/commands.py` writes the file.

The file, compressed with zlib: a preamble (`rules.preamble`) with the names of the clues, then per clue two bytes for
how many heads it speaks of, and then all these heads (two bytes each) and all weights (a signed byte each). A head is
a label, a slot's value or an intent as a whole (`labels`).
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

from inbox_agent.rules.preamble import preamble, read_preamble

_BYTES = 2  # of a count and of a head


@dataclass(frozen=True, slots=True)
class Scores:
    """`rows`: clue -> row; row r holds `heads[starts[r]:starts[r + 1]]`, label by label, and as many `weights`, each
    worth `step`. `joints`: clue of a joint -> weight, "" the bias. `corpus` is the digest of what it was learned from.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    rows: Mapping[str, int]
    starts: Sequence[int]
    heads: array[int]
    weights: array[int]
    joints: Mapping[str, float]
    corpus: str

    def joint(self, found: Mapping[str, float]) -> float:
        """Above 0 where another command begins."""
        return math.fsum(value * self.joints.get(clue, 0.0) for clue, value in found.items()) + self.joints.get("", 0.0)

    def margins(self, found: Iterable[str]) -> dict[str, float]:
        """The margin of each label, about -2 to 2: above 0 the clues speak for it."""
        known = [row for clue in found if (row := self.rows.get(clue)) is not None]
        totals = [0] * len(self.labels)
        for row in known:
            its = slice(self.starts[row], self.starts[row + 1])
            for head, weight in zip(self.heads[its], self.weights[its], strict=True):
                totals[head] += weight
        scale = self.step / (math.sqrt(len(known)) or 1.0)
        return {label: total * scale + bias for label, total, bias in zip(self.labels, totals, self.bias, strict=True)}


def pack(model: Scores) -> bytes:
    """The bytes of the model's file; the same model gives the same bytes."""
    header = {
        "labels": model.labels,
        "bias": model.bias,
        "step": model.step,
        "joints": model.joints,
        "corpus": model.corpus,
    }
    names = sorted(model.rows, key=model.rows.__getitem__)
    counts = array("H", (end - start for start, end in zip(model.starts, model.starts[1:], strict=False)))
    numbers = _little(counts).tobytes() + _little(model.heads).tobytes() + model.weights.tobytes()
    return zlib.compress(preamble({**header, "clues": len(names)}, names) + numbers, 9)


def _little(numbers: array[int]) -> array[int]:
    """Numbers of two bytes in the order of the file, the lesser byte first, or back from it."""
    turned = numbers[:]
    if sys.byteorder == "big":
        turned.byteswap()
    return turned


def unpack(packed: bytes) -> Scores:
    """Read what `pack` wrote."""
    raw = zlib.decompress(packed)
    begins = read_preamble(raw)
    header, size = begins.told, begins.told["clues"]
    at = begins.ends + _BYTES * size
    starts = array("I", accumulate(_little(array("H", raw[begins.ends : at])), initial=0))
    behind = at + _BYTES * starts[-1]
    return Scores(
        tuple(header["labels"]),
        tuple(header["bias"]),
        header["step"],
        dict(zip(begins.names, range(size), strict=True)),
        starts,
        _little(array("H", raw[at:behind])),
        array("b", raw[behind:]),
        header["joints"],
        header["corpus"],
    )


@cache
def shipped() -> Scores:
    """The weights that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "commands" / "scores.bin").read_bytes())
