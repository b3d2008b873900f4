"""Which lines of a notice are headings or labels, and which cells of a table stand under which head.

Owns `cut`, from lines to headings and what stands under each. Refuses what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inbox_agent.rules.notice import marks
from inbox_agent.rules.notice.page import CELL, HEAD
from inbox_agent.rules.notice.paragraphs import BULLET, GOES_ON, tidy
from inbox_agent.rules.notice.topics import Topic, topics_of

_NUMBER = re.compile(r"^\s*(?:§\s*)?(?:\d{1,2}(?:\.\d{1,2})*[a-d]?[.)]?|[A-ZÅÄÖ][.)]|[IVX]{1,4}\.)\s+(?=\S)")
_LABEL = re.compile(r"((?:[^:]|:(?=\w)){2,70}?)\s*:(?=\s|\Z)\s*(.*)", re.DOTALL)
_COMPANY = re.compile(r"\b(?:Oyj?|Ab|Ky|Ay|ry|r\.y\.|Tmi|Ltd|Osk)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_LONG_HEADING = 100
# A line that a list of rights follows: "Sinulla on oikeus:".
_LEADS_IN = re.compile(r"\b(?:oikeus|right to|rätt att)$", re.IGNORECASE)
# What the first column of a table may be that tells nothing itself.
_ROW_NAMES = frozenset({"ryhmä", "toiminto", "palvelu", "tieto", "tiedot", "rekisteröidyt", "group", "service", "data"})
_FEW_WORDS = 4
_BULLETED_TOPICS = 4  # so many topics in bulleted lines of their own are a notice's headings, not a list
_SHORT_LINE = 42
_COUNTED = re.compile(r"\s*(?P<number>\d{1,2})[.)]?\s+(?P<words>[A-ZÅÄÖ][^@]{1,60}[^\s.,;:@])\s*")
_FEWEST_COUNTED, _FEWEST_KNOWN = 5, 3
_VERBS = re.compile(
    r"\b(?:on|ovat|ei|voi(?:t|daan|vat|mme)?|saa(?:t|mme|daan)?|käsit(?:ellään|telemme|televät|telee|telen)|kerätään|tallennetaan|luovut(?:amme|etaan)"
    r"|siirretään|säilyt(?:ämme|etään)|pidetään|perustuu|tulee|pyydämme|vastaa(?:mme)?|annetaan)\b",
    re.IGNORECASE,
)

_ASKED = re.compile(r"([A-ZÅÄÖ][^?.:]{2,50}\?)\s+(\S.*)", re.DOTALL)
_ASKS = re.compile(
    r"(?:kuka|ketkä|keitä|kenen|kenestä|kehen|miksi|mitä|mitkä|mistä|mihin|minne|miten|millä|kenelle|keille|kuinka|kauanko|[a-zåäö]+k[oö]\b)",
    re.IGNORECASE,
)


def cut(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Each line as (heading, content): either may be missing. Several lines may make one heading."""
    at = 0
    counted = _counted(lines)
    above = frozenset[Topic]()
    while at < len(lines):
        line = lines[at]
        if not line.strip(f" \t{CELL}"):
            yield "", ""
            at += 1
        elif at in counted:
            above = topics_of(counted[at])
            yield counted[at], None
            at += 1
        elif Topic.RECIPIENTS in above and (end := _end_of_rows(lines, at)):
            yield from (("", row) for row in lines[at:end])
            at = end
        elif table := _table(lines, at):
            yield from table[0]
            at = table[1]
        elif joined := _wrapped_heading(lines, at):
            above = topics_of(joined[0])
            yield joined[0], None
            at = joined[1]
        elif found := _heading(line, lines[at + 1].strip() if at + 1 < len(lines) else ""):
            above = topics_of(found[0]) if found[1] is None else frozenset()
            yield found
            at += 1
        else:
            yield "", line
            at += 1


def _counted(lines: Sequence[str]) -> dict[int, str]:
    """The headings that are numbered from one on through the notice, be they about something known or not."""
    found: dict[int, str] = {}
    for at, (line, following) in enumerate(zip(lines, (*lines[1:], ""), strict=False)):
        told = _COUNTED.fullmatch(line)
        # What another number follows at once stands in a list.
        if told and int(told["number"]) == len(found) + 1 and not _COUNTED.fullmatch(following):
            found[at] = told["words"]
    known = sum(bool(topics_of(words)) for words in found.values())
    return found if len(found) >= _FEWEST_COUNTED and known >= _FEWEST_KNOWN else {}


def _heading(line: str, following: str) -> tuple[str, str | None] | None:
    """The heading that a line is or begins with, and the rest of the line."""
    marked = HEAD in line
    line = line.replace(HEAD, "").strip().strip(CELL).strip()
    label, parted, rest = line.partition(CELL)
    if parted and not marked and _is_table_head(line.split(CELL)):
        return line.replace(CELL, ", "), None
    if parted:
        return _labelled(label, rest.replace(CELL, ", "), marked)
    if marked:
        return line.rstrip(" :"), None
    bare = _NUMBER.sub("", line, count=1)
    numbered = bare != line
    if (found := _LABEL.fullmatch(bare)) and (labelled := _labelled(found[1], found[2], marked=False)):
        return labelled
    if (asked := _ASKED.fullmatch(bare)) and topics_of(asked[1]):
        return asked[1], asked[2]
    if (BULLET.match(line) and not numbered) or len(bare) > _LONG_HEADING or not bare:
        return None
    if bare.endswith("?") and "." not in bare[:-1]:
        return bare, None
    goes_on = following[:1].islower() and not BULLET.match(following)
    return (bare, None) if not goes_on and _looks_like_heading(bare, numbered) else None


def _table(lines: Sequence[str], at: int) -> tuple[list[tuple[str, str | None]], int] | None:
    """The cells of a table whose head says what its columns are about, each cell under its own column's heading."""
    first, *others = lines[at].strip().split(CELL)
    if first.startswith(HEAD) and not any(HEAD in cell for cell in others):
        return None  # a label in bold and its value
    heads = _cells(lines[at])
    if len(heads) < 2 or not _is_table_head(heads[not heads[0] :]):
        return None
    told: list[tuple[str, str | None]] = []
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(_cells(lines[end])) == len(heads)):
        if lines[end].strip():
            for head, cell in zip(heads, _cells(lines[end]), strict=True):
                told += [(head, None), ("", cell)] if cell else []
        end += 1
    return (told, end) if told else None


def _end_of_rows(lines: Sequence[str], at: int) -> int | None:
    """Where a table ends whose rows each tell one recipient: none of them, its head apart, is labelled otherwise."""
    size = len(_cells(lines[at]))
    rows, end = 0, at
    while end < len(lines) and (not lines[end].strip() or len(_cells(lines[end])) == size):
        if not lines[end].strip() and not lines[end - 1].strip():
            break
        if label := next(filter(None, _cells(lines[end])), ""):
            rows += 1
            if topics_of(label) - {Topic.RECIPIENTS, Topic.CONTROLLER}:
                return None
        end += 1
    return end if size > 1 and rows > 1 else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace(HEAD, "").strip().split(CELL)]


def _is_table_head(cells: Sequence[str]) -> bool:
    """Whether a row names what its columns are about, each something else."""
    if any(len(cell.split()) > _FEW_WORDS or re.search(r"[@,.\d]", cell) for cell in cells):
        return False
    found = [topics_of(cell) for cell in cells]
    named = all(found) or ((not cells[0] or cells[0].lower() in _ROW_NAMES) and all(found[1:]))
    return named and len(cells) > 1 and sum(map(len, found)) == len(frozenset().union(*found))


def _labelled(label: str, rest: str, marked: bool) -> tuple[str, str | None] | None:
    label = _NUMBER.sub("", label.strip(), count=1).strip(" :")
    # One word is a label, be it a verb: "Luovutetaan".
    asks = _ASKS.match(label) or (not rest.strip() and _LEADS_IN.search(label))
    told = len(label.split()) > 1 and _VERBS.search(label) and not asks
    if not (marked or (topics_of(label) and len(label.split()) <= 8 and not told)):
        return None
    if BULLET.match(label) and not marked:
        return None
    return label, rest.strip() or None


def _looks_like_heading(line: str, numbered: bool) -> bool:
    if line.endswith((".", ",", ";", "…")) or "@" in line or re.search(r"\d{3}", line) or line.count(",") > 1:
        return False
    if _COMPANY.search(line) or ("," in line and any(marks.persons(line))):
        return False
    if line.isupper() and len(line) > 3:
        return numbered or bool(topics_of(line))
    # What stands in brackets is about what stands before them: "Uutiskirje (suostumus)".
    if not topics_of(line if numbered else _BRACKETS.sub("", line)) or (_VERBS.search(line) and not _ASKS.match(line)):
        return False
    return numbered or (line[:1].isupper() and len(line) <= 80)


def _wrapped_heading(lines: Sequence[str], at: int) -> tuple[str, int] | None:
    """A heading in a narrow column, broken over lines and closed by an empty one."""
    end = at
    if CELL in lines[at].strip(f" \t{CELL}"):
        return None  # its own cell stands beside it
    while end < len(lines) and end - at < 7 and lines[end].strip() and len(lines[end].strip()) <= _SHORT_LINE:
        line = lines[end].strip()
        if end > at and not (line[:1].islower() or GOES_ON.search(lines[end - 1].strip())):
            return None
        end += 1
    if end - at < 2 or (end < len(lines) and lines[end].strip()):
        return None
    joined = " ".join(line.strip() for line in lines[at:end])
    if not topics_of(joined) or not joined[:1].isupper() or "@" in joined or _VERBS.search(joined.rstrip(".")):
        return None
    return joined.rstrip("."), end


def without_bullets(lines: Sequence[str]) -> Sequence[str]:
    """The lines, headings freed of their bullets where a notice prints its headings as a list of one item each."""
    heads = {at for at in range(len(lines)) if _is_bulleted_heading(lines, at)}
    told = frozenset[Topic]().union(*(topics_of(lines[at]) for at in heads))
    if len(told) < _BULLETED_TOPICS:
        return lines
    return [BULLET.sub("", line, count=1) if at in heads else line for at, line in enumerate(lines)]


def _is_bulleted_heading(lines: Sequence[str], at: int) -> bool:
    """A bullet with a heading's words, parted by an empty line from something that is no further item."""
    if not BULLET.match(lines[at]) or at + 1 >= len(lines) or lines[at + 1].strip():
        return False
    bare = tidy(BULLET.sub("", lines[at], count=1))
    follows = next((line for line in lines[at + 1 :] if line.strip()), "")
    return bool(follows) and not BULLET.match(follows) and _looks_like_heading(bare, numbered=False)
