"""The numbered boxes of the old form (rekisteriseloste) as the text of a file gives them: a number by itself, the label
broken over lines in the margin or below the number, what it tells beside or below it.

Owns where a box and its label end. Refuses headings that bear their number on their own line, and what a label means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from inbox_agent.rules.notice.paragraphs import joined
from inbox_agent.rules.notice.topics import topics_of

_NUMBERED = re.compile(r"(?P<margin>\s{0,3}(?P<number>\d{1,2})[a-d]?[.)]?)(?P<gap>\s+|$)(?P<rest>.*)")
_BESIDE = re.compile(r"\s{0,3}(?P<label>\S.{0,24}?)\s{2,}(?P<told>\S.*)")
# One space before what the form itself prints within a box.
_PRINTED = re.compile(r"\s{0,3}(?P<label>[a-zåäö]+)\s(?P<told>(?:Nimi|Osoite|Muut yhteystiedot|Puhelin)\b.*)")
_GOES_ON = re.compile(r"[a-zåäö]|EU\b|ETA\b")  # a label, from its line above
_MARGIN = 8  # columns of the margin at least: what begins behind them is told, and no label
_LONGEST_PART, _OVER = 20, 2  # letters of a label's piece; columns by which it may run over its margin
_FEWEST = 4


@dataclass
class _Box:
    """The lines `start` to `end` of one box: its label's pieces, and what it tells."""

    start: int
    end: int
    label: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return reduce(joined, self.label) if self.label else ""


def boxes(lines: Sequence[str], marked_by: str) -> list[str]:
    """Lines whose boxes are headings, `marked_by` a mark, with what each tells below it; others stay as they are."""
    found = {box.start: box for box in _found([line.expandtabs() for line in lines]) if topics_of(box.heading)}
    if len(found) < _FEWEST:
        return list(lines)
    told: list[str] = []
    at = 0
    while at < len(lines):
        if box := found.get(at):
            told += ["", f"{marked_by}{box.heading}", *box.told, ""]
            at = box.end
        else:
            told.append(lines[at])
            at += 1
    return told


def _found(lines: Sequence[str]) -> Iterator[_Box]:
    """The boxes, whose numbers count on."""
    starts: list[tuple[int, bool]] = []
    reached = 0
    for at, line in enumerate(lines):
        numbered = _NUMBERED.fullmatch(line.rstrip())
        if numbered and int(numbered["number"]) in {reached, reached + 1} - {0}:
            reached = int(numbered["number"])
            starts.append((at, not numbered["rest"] or len(numbered["margin"] + numbered["gap"]) >= _MARGIN))
    for (start, is_box), (end, _) in pairwise((*starts, (len(lines), False))):
        if is_box:
            yield _read(lines, start, end)


def _read(lines: Sequence[str], start: int, end: int) -> _Box:
    """One box: pieces of the label until it is whole, everything else as told."""
    box = _Box(start, end)
    numbered = _NUMBERED.fullmatch(lines[start].rstrip())
    beside = 0
    if numbered and numbered["rest"]:
        box.told.append(numbered["rest"])
        beside = numbered.start("rest")
    in_margin = bool(box.told) or any(_BESIDE.fullmatch(line.rstrip()) for line in lines[start + 1 : end])
    for line in lines[start + 1 : end]:
        piece, told = _parted(line.rstrip(), beside)
        goes_on = not (box.label and topics_of(box.heading)) or _GOES_ON.match(piece)
        if piece and goes_on and (in_margin or not box.told):
            box.label.append(piece)
        elif piece:
            told = f"{piece} {told}".strip()
        if told or not line.strip():
            box.told.append(told)
    return box


def _parted(line: str, beside: int) -> tuple[str, str]:
    """What of a line is a piece of the label, and what is told; `beside`: the column in which that begins, if known."""
    if line[:_MARGIN].isspace() or not line:
        return "", line.strip()
    for at in range(beside - 1, beside + _OVER) if beside else ():
        if line[at : at + 1] == " " and line[at + 1 : at + 2].strip():
            return line[:at].strip(), line[at + 1 :]
    if found := _BESIDE.fullmatch(line) or _PRINTED.fullmatch(line):
        return found["label"], found["told"].strip()
    return (line.strip(), "") if len(line.strip()) <= _LONGEST_PART else ("", line.strip())
