"""How a file of learned weights begins: what is told of them, as a line of JSON, and names, one a line, behind the
length of both.

The one home of that form for the recogniser of mails, the reader of the line and its excerpts. What follows is each
file's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LENGTH = 4  # bytes of a length, the greatest first


@dataclass(frozen=True, slots=True)
class Preamble:
    """What a file begins with. `ends`: where what is each file's own begins."""

    told: Mapping[str, Any]
    names: list[str]
    ends: int


def preamble(told: Mapping[str, Any], names: Iterable[str] | None = None, *, sort_keys: bool = False) -> bytes:
    """The bytes of one; the same facts give the same bytes. Without `names` no line ends."""
    line = json.dumps(told, sort_keys=sort_keys)
    return measured((line if names is None else "".join(f"{one}\n" for one in (line, *names))).encode())


def read_preamble(raw: bytes) -> Preamble:
    """Read what `preamble` wrote, at the beginning of these bytes."""
    text = next(pieces(raw))
    line, *names = text.decode().split("\n")
    return Preamble(json.loads(line), names[:-1], _LENGTH + len(text))


def measured(piece: bytes) -> bytes:
    """A piece behind its length."""
    return len(piece).to_bytes(_LENGTH, "big") + piece


def pieces(packed: bytes) -> Iterator[bytes]:
    """The pieces of a row of `measured` ones."""
    at = 0
    while at < len(packed):
        start = at + _LENGTH
        at = start + int.from_bytes(packed[at:start], "big")
        yield packed[start:at]
