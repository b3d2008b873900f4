"""The lines of a printed text, as a PDF gives them: pages are one text, and headings broken at a hyphen are whole.

Owns page numbers, running heads and feet, and the rules beside them. Refuses what the words say, but for whether a
broken line is a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce

from inbox_agent.rules.notice.paragraphs import joined
from inbox_agent.rules.notice.topics import NUMBER, topics_of

_PAGE_NUMBER = re.compile(
    r"\s*(?:sivu|sida|page)?\s*\d{1,2}\s*(?:\(\s*\d{1,2}\s*\)|/\s*\d{1,2}|(?:of|av)\s+\d{1,2})\s*", re.IGNORECASE
)
_RUNNING_HEAD = re.compile(r"\s*(?P<head>\S.{3,80}?)\s{3,}\d{1,2}\s*(?:\(\s*\d{1,2}\s*\)|/\s*\d{1,2})\s*")
_IN_TWO_PARTS = re.compile(r"\s*\S.{0,60}?\s{3,}\S.*")  # as a head has its name and its title
_RULE = re.compile(r"\s*[-_=–—]{4,}\s*")
_PAGES, _HEAD_LINES = 2, 4
_BROKEN = re.compile(r"[a-zåäö]-$")
_MOST_LINES = 400  # of a page and its foot
_LONGEST_PIECE, _MOST_PIECES = 36, 3  # characters of a heading's line in a narrow column


def unpaged(lines: list[str]) -> list[str]:
    """The lines without page numbers, and without what stands beside each of them anew."""
    lines = _without_running_heads(lines)
    numbered = [at for at, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line)]
    if len(numbered) < _PAGES:
        return lines
    near = {at for place in numbered for at in range(place - _HEAD_LINES, place + _HEAD_LINES + 1)}
    seen: set[str] = set()
    kept = []
    for at, line in enumerate(lines):
        bare = line.strip()
        if at in numbered or (at in near and bare and bare in seen):
            continue
        seen.add(bare)
        kept.append(line)
    return kept


def _without_running_heads(lines: list[str]) -> list[str]:
    """The lines with the one that heads or ends every page, its number at its end, only once and without number, at
    the head of the text; what stands beside each of them anew goes too, and the rules that part the pages.
    """
    heads = [(at, found["head"]) for at, line in enumerate(lines) if (found := _RUNNING_HEAD.fullmatch(line))]
    counted = Counter(head for _, head in heads)
    often = {head for head, count in counted.items() if count >= _PAGES}
    places = {at: head for at, head in heads if head in often}
    if not places:
        return lines
    first = {head: at for at, head in reversed(places.items())}
    kept = [head for head, at in first.items() if at > _HEAD_LINES and not _named_above(head, lines[:at])]
    seen: set[str] = set()
    for at, line in enumerate(lines):
        bare = line.strip()
        above = [place for place in range(max(0, at - _HEAD_LINES), at) if place in places]
        if at in places:
            if at == first[places[at]] and at <= _HEAD_LINES:
                kept.append(places[at])
        elif above and (
            _RULE.fullmatch(line) or (bare in seen and (_IN_TWO_PARTS.fullmatch(line) or _again(at, above)))
        ):
            continue
        else:
            kept.append(line)
        if bare:
            seen.add(bare)
    return kept


def _named_above(head: str, lines: Sequence[str]) -> bool:
    """Whether the text says by itself what the foot of its pages says."""
    return any(head in line for line in lines[:_MOST_LINES])


def _again(at: int, above: Sequence[int]) -> bool:
    """Whether a line stands right below a running head, which every page begins with."""
    return at - above[-1] <= _PAGES


def unbroken(lines: Sequence[str]) -> list[str]:
    """The lines with numbered headings whole that a narrow column breaks within a word: "1 Rekisterin-", "pitäjä"."""
    whole: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_broken(lines, at)
        whole.append(reduce(joined, (line.strip() for line in lines[at:end])) if end > at + 1 else lines[at])
        at = max(end, at + 1)
    return whole


def _end_of_broken(lines: Sequence[str], at: int) -> int:
    """The end of the lines that make a numbered heading broken within words; `at` where none begins there."""
    first = lines[at].strip()
    if not (_BROKEN.search(first) and NUMBER.match(first) and len(first) <= _LONGEST_PIECE):
        return at
    end = at + 1
    while end < len(lines) and end - at <= _MOST_PIECES and _BROKEN.search(lines[end - 1].strip()):
        if len(lines[end].strip()) > _LONGEST_PIECE or not lines[end].strip()[:1].islower():
            return at
        end += 1
    told = reduce(joined, (line.strip() for line in lines[at:end]))
    return end if not told.endswith((".", "-")) and topics_of(told) else at
