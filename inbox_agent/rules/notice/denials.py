"""Whether a notice's clause denies what its words look like: "you need no signature", "we no longer rely on that Act".

Owns what a denial reaches: the clause that it stands in, and the one without a verb that goes on ("... etkä
allekirjoitusta"). Refuses a denial of anything but a demand, a limit or a ground: who takes no unsigned request
demands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from inbox_agent.rules.notice.wording import words

_DENIES = words("denials.denies")
_TURNS = words("denials.turns")
_GOES_ON = words("denials.goes_on")
_SAYS = words("denials.says")
_COMMA = re.compile(r",\s")


def denied(text: str, found: re.Match[str]) -> bool:
    """Whether the clause in which a match in `text` ends denies it."""
    return next((deny for end, deny in _clauses(text) if found.end() <= end), False)


def asserts(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern matches somewhere in a text where no clause denies it."""
    return any(not denied(text, found) for found in pattern.finditer(text))


def _clauses(text: str) -> Iterator[tuple[int, bool]]:
    """Where each clause ends, and whether it denies."""
    begin, denies = 0, False
    for end in (*(turn.start() for turn in _TURNS.finditer(text) if turn.start() > 0), len(text)):
        for close, clause in _parts(text, begin, end):
            denies = _DENIES.search(clause) is not None or (denies and _GOES_ON.match(clause) is not None)
            yield close, denies
        begin = end


def _parts(text: str, begin: int, end: int) -> list[tuple[int, str]]:
    """A clause cut at its commas where one part denies and another says of itself what must or may be; else whole."""
    ends = [*(comma.start() for comma in _COMMA.finditer(text, begin + 1, end)), end]
    parts = [(close, text[start:close]) for start, close in pairwise((begin, *ends))]
    denying = [_DENIES.search(part) is not None for _, part in parts]
    saying = any(_SAYS.search(part) for (_, part), denies in zip(parts, denying, strict=True) if not denies)
    return parts if any(denying) and saying else [(end, text[begin:end])]
