"""A notice that was copied in one go: its numbered headings stand within a line, before what they head.

Owns where such a heading begins and ends. Refuses lines whose numbers do not count from one on, or head nothing known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from inbox_agent.rules.notice.signs import HEAD
from inbox_agent.rules.notice.topics import Topic, topics_of

_LONG = 300
_FEWEST_HEADS, _FEWEST_TOPICS = 5, 4
_NUMBER = re.compile(r"(?<!\S)(\d{1,2})\.\s+(?=[A-ZÅÄÖ])")
# A heading goes on in small letters; the capital after it begins what it heads: "3. Rekisterin nimi Asiakasrekisteri".
_HEADED = re.compile(
    r"\d{1,2}\.\s+(?P<head>[A-ZÅÄÖ][\w/-]*(?:\s+(?:[a-zåäö][\w:/-]*|EU\S*|ETA\S*)){0,7})\s+(?P<told>\S.*)"
)


def unrolled(lines: Sequence[str]) -> Iterator[str]:
    """The lines, such a one as a line for each heading and one for what it heads."""
    for line in lines:
        parts = _parts(line) if len(line) > _LONG else []
        yield from _lines(parts) if parts else (line,)


def _parts(line: str) -> list[str]:
    """The line cut before each number that counts on from one; nothing where too few of them do."""
    cuts: list[int] = []
    for found in _NUMBER.finditer(line):
        if int(found[1]) == len(cuts) + 1:
            cuts.append(found.start())
    parts = [line[begin:end] for begin, end in pairwise((*cuts, len(line)))]
    heads = (headed["head"] for part in parts if (headed := _HEADED.match(part)))
    told = frozenset[Topic]().union(*map(topics_of, heads))
    return [line[: cuts[0]], *parts] if len(cuts) >= _FEWEST_HEADS and len(told) >= _FEWEST_TOPICS else []


def _lines(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        found = _HEADED.match(part)
        if found and topics_of(found["head"]):
            yield f"{HEAD}{found['head']}"
            yield found["told"].strip()
        else:
            yield part.strip()
