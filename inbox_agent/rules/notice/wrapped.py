"""Lines that were broken at a margin as the paragraphs that they were: in a mail, a leaflet, a narrow column.

Owns the margin: a text whose every line ends where its next word would not have fitted was broken there. Refuses
texts without one, tables, lists and lines that are data or headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inbox_agent.rules.notice.headings import looks_like_heading
from inbox_agent.rules.notice.paragraphs import BULLET, joined, stands_alone
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.topics import NUMBER

_NARROWEST, _WIDEST = 28, 110  # characters of a line
_FEWEST = 6  # lines that go on in small letters: they show that there is a margin
_ONE_IN = 40
_ROWS = 4  # of a text set in columns, whose cells have margins of their own
_APART = re.compile(r"\S\s{3,}\S|\||^[^\w]*$")
_MARKED = re.compile(rf"[{HEAD}{CELL}]|^\s{{0,3}}#")
_TITLE_ENDS = re.compile(r"[.!?,;]$")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines with those of one paragraph as one, where the text has a margin; else as they are."""
    width = _margin(lines)
    if not _NARROWEST <= width <= _WIDEST or sum(CELL in line for line in lines) >= _ROWS:
        return list(lines)
    broken = [at for at in range(1, len(lines)) if _breaks(lines[at - 1], lines[at], width)]
    if sum(lines[at].lstrip()[:1].islower() for at in broken) < _FEWEST:
        return list(lines)
    goes_on = frozenset(broken)
    told: list[str] = []
    for at, line in enumerate(lines):
        if told and at in goes_on:
            told[-1] = joined(told[-1].rstrip(), line.strip())
        else:
            told.append(line)
    return told


def _margin(lines: Sequence[str]) -> int:
    """How long a line may be: as long as the longest of prose, but for a few that hold a word longer than that."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip() and not _is_apart(line))
    return lengths[-1 - len(lengths) // _ONE_IN] if lengths else 0


def _breaks(line: str, following: str, width: int) -> bool:
    """Whether a line ends where the word that begins the next one would have run over the margin, and goes on there."""
    if not line.strip() or not following.strip() or _is_apart(line) or _is_apart(following):
        return False
    if BULLET.match(following) or NUMBER.match(following) or stands_alone(following):
        return False
    if not len(line.rstrip()) <= width < len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]):
        return False
    bare = NUMBER.sub("", line.strip(), count=1)
    heads = not _TITLE_ENDS.search(bare) and looks_like_heading(bare, numbered=bare != line.strip())
    return following.lstrip()[:1].islower() or not heads


def _is_apart(line: str) -> bool:
    """Whether a line is set in columns, marked as a heading or a row, or a rule."""
    return bool(_APART.search(line) or _MARKED.search(line))
