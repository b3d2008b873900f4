"""The reader of excerpts: which words of a command are the text of an argument, by weights that were learned.

Owns the shipped weights' file (`inbox_agent/lexicon/commands/excerpts.bin`) and its arithmetic, in plain Python; the
weights of an argument are unpacked when it is first asked for. A word begins a text, goes on with it, or is outside;
the likeliest such row is found whole (Viterbi). Refuses to learn: `tests/training/commands.py` writes the file.

The file: a preamble (`rules.preamble`), which tells how long the weights of each argument are, and these, as JSON
compressed with zlib.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from inbox_agent.rules.commands.excerpt_clues import Passage, Stretch, clues_of
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.preamble import preamble, read_preamble

OUTSIDE, BEGINS, GOES_ON = range(3)
LABELS = (OUTSIDE, BEGINS, GOES_ON)
NEVER = -1e9
ARGUMENTS: Mapping[Intent, tuple[str, ...]] = {
    Intent.REMIND_ME: ("about", "condition"),
    Intent.ASSIGN: ("note",),
    Intent.ASK_MORE_INFO: ("about",),
    Intent.REOPEN: ("reason",),
    Intent.SEARCH: ("query",),
    Intent.EDIT_DRAFT: ("value",),
    Intent.ASK_IDENTITY: ("facts",),
    Intent.SET_OUTCOME: ("searched", "kept", "to", "ground", "after"),
}
"""The arguments whose text is found so; all others the fields read."""

_NUDGES = (10.0, 20.0, 40.0, 80.0)
"""What a word gains for beginning a text where there must be one, step by step."""
Clues = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Head:
    """The weights of one argument: each clue's for beginning and going on (for being outside they are 0), and those of
    one label behind another.
    """

    clues: Mapping[str, Sequence[float]]
    steps: Sequence[Sequence[float]]

    def labels(self, clues: Clues, shown: Sequence[Sequence[float]] | None = None) -> list[int]:
        """The likeliest label of each word; `shown`: what is added to the labels of each word."""
        rows = [self._said(one) for one in clues]
        if shown is not None:
            rows = [[a + b for a, b in zip(row, more, strict=True)] for row, more in zip(rows, shown, strict=True)]
        return likeliest(rows, self.steps)

    def _said(self, clues: Sequence[str]) -> list[float]:
        begins = goes_on = 0.0
        for clue in clues:
            if (weights := self.clues.get(clue)) is not None:
                begins += weights[0]
                goes_on += weights[1]
        return [0.0, begins, goes_on]


def likeliest(rows: Sequence[Sequence[float]], steps: Sequence[Sequence[float]]) -> list[int]:
    """The row of labels with the largest sum; a text that nobody began does not go on."""
    totals = [rows[0][OUTSIDE], rows[0][BEGINS], NEVER]
    back: list[list[int]] = []
    for row in rows[1:]:
        came = [max(LABELS, key=lambda one: totals[one] + _step(steps, one, label)) for label in LABELS]
        totals = [totals[came[label]] + _step(steps, came[label], label) + row[label] for label in LABELS]
        back.append(came)
    found = [max(LABELS, key=totals.__getitem__)]
    for came in reversed(back):
        found.append(came[found[-1]])
    return found[::-1]


def _step(steps: Sequence[Sequence[float]], one: int, label: int) -> float:
    return NEVER if (one, label) == (OUTSIDE, GOES_ON) else steps[one][label]


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The packed weights of each argument ("remind_me.about"); `corpus`: the digest of what they were learned from."""

    packed: Mapping[str, bytes]
    corpus: str

    def of(self, intent: Intent, name: str, passage: Passage, *, needed: bool = False) -> tuple[Stretch, ...]:
        """The stretches of the line that are the text of an argument, in the order said; `needed`: there is one."""
        head = _unpacked(self.packed[key(intent, name)])
        clues = clues_of(passage) if passage.words else []
        labels = head.labels(clues) if clues else []
        for nudge in _NUDGES if needed and clues else ():
            if BEGINS in labels:
                break
            labels = head.labels(clues, [[0.0, nudge, 0.0]] * len(clues))
        return tuple(_stretches(labels, passage.stretch[0]))


def key(intent: Intent, name: str) -> str:
    """As in "remind_me.about"."""
    return f"{intent}.{name}"


def _stretches(labels: Sequence[int], first: int) -> Iterator[Stretch]:
    start = None
    for at, label in enumerate([*labels, OUTSIDE], first):
        if start is not None and label != GOES_ON:
            yield start, at
            start = None
        if label == BEGINS:
            start = at


def packed_head(head: Head) -> bytes:
    """The bytes of the weights of one argument; the same weights give the same bytes."""
    told = {"clues": {clue: head.clues[clue] for clue in sorted(head.clues)}, "steps": head.steps}
    return zlib.compress(json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode(), 9)


@cache
def _unpacked(packed: bytes) -> Head:
    told = json.loads(zlib.decompress(packed))
    return Head(told["clues"], told["steps"])


def pack(model: Excerpts) -> bytes:
    """The bytes of the file."""
    names = sorted(model.packed)
    header = {"corpus": model.corpus, "lengths": {name: len(model.packed[name]) for name in names}}
    return preamble(header) + b"".join(model.packed[name] for name in names)


def unpack(raw: bytes) -> Excerpts:
    """Read what `pack` wrote."""
    begins = read_preamble(raw)
    packed, at = {}, begins.ends
    for name, length in begins.told["lengths"].items():
        packed[name] = raw[at : at + length]
        at += length
    return Excerpts(packed, begins.told["corpus"])


@cache
def shipped() -> Excerpts:
    """The weights that the program ships."""
    return unpack((resources.files("inbox_agent") / "lexicon" / "commands" / "excerpts.bin").read_bytes())
