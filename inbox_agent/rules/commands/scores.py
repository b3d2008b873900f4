"""The scored reader: which intent the clues of a stretch speak for, and how loudly.

Owns the shipped weights' file (`inbox_agent/lexicon/commands/scores.bin`) and its arithmetic, in plain Python; loaded
when a line first asks for it. Refuses to learn: `tests/training/commands.py` writes the file.

The file, compressed with zlib: one line of JSON (the header), the names of the clues, one a line (UTF-8), then per clue
one byte for how many labels it speaks of, and then all these labels (a byte each) and all weights (a signed byte each).
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

from inbox_agent.rules.commands.clues import weight


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
    heads: bytes
    weights: array[int]
    joints: Mapping[str, float]
    corpus: str

    def joint(self, found: Mapping[str, float]) -> float:
        """Above 0 where another command begins."""
        return math.fsum(value * self.joints.get(clue, 0.0) for clue, value in found.items()) + self.joints.get("", 0.0)

    def margins(self, found: Iterable[str]) -> dict[str, float]:
        """The margin of each label, about -2 to 2: above 0 the clues speak for it."""
        known = [(row, weight(clue)) for clue in sorted(found) if (row := self.rows.get(clue)) is not None]
        length = math.sqrt(math.fsum(value * value for _, value in known)) or 1.0
        totals = [0.0] * len(self.labels)
        for row, value in known:
            for at in range(self.starts[row], self.starts[row + 1]):
                totals[self.heads[at]] += value * self.weights[at]
        scale = self.step / length
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
    counts = bytes(end - start for start, end in zip(model.starts, model.starts[1:], strict=False))
    text = (json.dumps({**header, "clues": len(names)}) + "\n" + "".join(f"{name}\n" for name in names)).encode()
    return zlib.compress(len(text).to_bytes(4, "big") + text + counts + model.heads + model.weights.tobytes(), 9)


def unpack(packed: bytes) -> Scores:
    """Read what `pack` wrote."""
    raw = zlib.decompress(packed)
    end = 4 + int.from_bytes(raw[:4], "big")
    first, *names = raw[4:end].decode().split("\n")
    header = json.loads(first)
    size = header["clues"]
    starts = array("I", accumulate(raw[end : end + size], initial=0))
    at = end + size
    return Scores(
        tuple(header["labels"]),
        tuple(header["bias"]),
        header["step"],
        dict(zip(names, range(size), strict=False)),
        starts,
        raw[at : at + starts[-1]],
        array("b", raw[at + starts[-1] :]),
        header["joints"],
        header["corpus"],
    )


@cache
def shipped() -> Scores:
    """The weights that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "commands" / "scores.bin").read_bytes())
