"""Headings that a notice dresses all alike: behind bullets or signs, between brackets, before a dash or a tab.

One such line is a line like any other; so many about so many topics are the notice's headings. Owns that count.
Refuses lists of rights, which are told alike too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from inbox_agent.rules.notice.cells import FEW_WORDS
from inbox_agent.rules.notice.headings import LABEL, looks_like_heading
from inbox_agent.rules.notice.paragraphs import BULLET, tidy
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.topics import RIGHTS, Topic, topics_of

_FEWEST_TOPICS = 4
# Signs around a heading's words: "» Vastaanottajat", "[Säilytysaika]", "== Oikeudet ==", "Tietolähteet +".
_SIGNS = r"[^\w\s\"'”’(),.;:!?<>|@&%€$/-]"
_SIGNED = re.compile(rf"\s*{_SIGNS}{{0,6}}\s{{0,3}}(?P<words>[^\W\d_].{{1,80}}?)\s{{0,3}}{_SIGNS}{{0,6}}\s*")
# A label parted from what it tells by something else than a colon.
_PARTED = re.compile(r"\s{0,8}(?P<label>[A-ZÅÄÖ][^–—\t;|:\ue001]{2,60}?)(?P<by>\s[–—-]\s|\s{0,3}\t\s*|;)(?P<told>\S.*)")
_ITEM = re.compile(r"(?P<indent> *)[-–—•*·○▪][ \t]+(?=\S)")
_QUESTION = re.compile(r"\s*(?:K|Q|F|Kysymys|Question|Fråga)\s?[:.]\s+(?P<words>\S.{1,120}\?)\s*")
_ANSWER = re.compile(r"\s*(?:V|A|S|Vastaus|Answer|Svar)\s?[:.]\s+(?P<told>\S.*)")

Lines = Sequence[str]


def undressed(lines: Lines) -> Lines:
    """The lines with such headings as headings are marked."""
    for found in (_nested, _bulleted, _signed, _parted, _asked):
        heads = found(lines)
        told = frozenset[Topic]().union(*(topics_of(words) for words, _ in heads.values()))
        if len(told - RIGHTS | told & {Topic.RIGHTS}) >= _FEWEST_TOPICS:
            lines = [heads[at][1] if at in heads else line for at, line in enumerate(lines)]
    return lines


def _nested(lines: Lines) -> Mapping[int, tuple[str, str]]:
    """The items of a list whose own lists tell what they are about."""
    heads: dict[int, tuple[str, str]] = {}
    for at, (line, below) in enumerate(pairwise(lines)):
        item, inner = _ITEM.match(line), _ITEM.match(below)
        words = tidy(line[item.end() :]) if item else ""
        if item and inner and len(inner["indent"]) > len(item["indent"]) and len(words.split()) <= 2 * FEW_WORDS:
            heads[at] = (words, f"{HEAD}{words}")
    return heads


def _bulleted(lines: Lines) -> Mapping[int, tuple[str, str]]:
    """Headings printed as a list of one item each, and labels behind bullets or letters."""
    at_all = (at for at in range(len(lines)) if _is_bulleted_heading(lines, at) or _is_bulleted_label(lines[at]))
    return {at: (lines[at], BULLET.sub("", lines[at], count=1)) for at in at_all}


def _is_bulleted_label(line: str) -> bool:
    """A label behind a bullet or a letter that is about something else than one right: "c) Vastaanottajat: ..."."""
    found = LABEL.fullmatch(BULLET.sub("", line, count=1)) if BULLET.match(line) else None
    return found is not None and len(found[1].split()) <= FEW_WORDS and _heads_a_part(topics_of(found[1]))


def _heads_a_part(topics: frozenset[Topic]) -> bool:
    return bool(topics - RIGHTS or Topic.RIGHTS in topics)


def _is_bulleted_heading(lines: Lines, at: int) -> bool:
    """A bullet with a heading's words, parted by an empty line from something that is no further item."""
    if not BULLET.match(lines[at]) or at + 1 >= len(lines) or lines[at + 1].strip():
        return False
    bare = tidy(BULLET.sub("", lines[at], count=1))
    follows = next((line for line in lines[at + 1 :] if line.strip()), "")
    return bool(follows) and not BULLET.match(follows) and looks_like_heading(bare, numbered=False)


def _signed(lines: Lines) -> Mapping[int, tuple[str, str]]:
    return _matching(lines, _SIGNED, lambda found: f"{HEAD}{found['words']}", signs=True)


def _parted(lines: Lines) -> Mapping[int, tuple[str, str]]:
    return _matching(lines, _PARTED, lambda found: f"{HEAD}{found['label']}{CELL}{found['told']}", signs=False)


def _asked(lines: Lines) -> Mapping[int, tuple[str, str]]:
    """Questions and answers that each bear a letter for what they are: "K: Kuka vastaa?", "V: Me"."""
    heads: dict[int, tuple[str, str]] = {}
    for at, line in enumerate(lines):
        if question := _QUESTION.fullmatch(line):
            heads[at] = (question["words"], f"{HEAD}{question['words']}")
        elif (answer := _ANSWER.fullmatch(line)) and heads:
            heads[at] = ("", answer["told"])
    return heads


def _matching(
    lines: Lines, pattern: re.Pattern[str], marked: Callable[[re.Match[str]], str], *, signs: bool
) -> dict[int, tuple[str, str]]:
    """The lines of this shape whose words are about something, as they are to be read."""
    heads: dict[int, tuple[str, str]] = {}
    for at, line in enumerate(lines):
        found = None if HEAD in line or CELL in line else pattern.fullmatch(line)
        if found is None:
            continue
        words = found["words"] if signs else found["label"]
        bare = line.strip() == words
        if not bare and len(words.split()) <= 2 * FEW_WORDS and looks_like_heading(words, numbered=False):
            heads[at] = (words, marked(found))
    return heads
