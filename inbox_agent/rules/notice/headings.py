"""Which lines of a notice are headings or labels, and which cells of a table stand under which head.

Owns `cut`, from lines to headings and what stands under each. Refuses what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.cells import (
    FEW_WORDS,
    by_columns,
    end_of_rows,
    is_table_head,
    only_heads,
    rows_of_others,
    stands_in_table,
)
from inbox_agent.rules.notice.paragraphs import BULLET, GOES_ON, joined
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.topics import NUMBER, Topic, topics_of

LABEL = re.compile(r"((?:[^:]|:(?=\w)){2,70}?)\s*:(?=\s|\Z)\s*(.*)", re.DOTALL)
"""A label and what it tells."""
_COMPANY = re.compile(r"\b(?:Oyj?|Ab|Ky|Ay|ry|r\.y\.|Tmi|Ltd|Osk)\b")
_SENTENCE_WITHIN = re.compile(r"[a-zåäö]{3}[.!]\s+[A-ZÅÄÖ]")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_LONG_HEADING = 100
# A line that a list of rights follows: "Sinulla on oikeus:".
_LEADS_IN = re.compile(r"\b(?:oikeus|right to|rätt att)$", re.IGNORECASE)
_SHORT_LINE = 42
_COUNTED = re.compile(r"\s*(?P<number>\d{1,2}|[IVX]{1,5})[.)]?\s+(?P<words>[A-ZÅÄÖ][^@]{1,60}[^\s.,;:@])\s*")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_ALONE = re.compile(r"[A-ZÅÄÖ][^\W\d]+(?: [^\W\d]+){0,4}\??")
_PROSE = re.compile(r"[A-ZÅÄÖ][^:|]{50}.*")
_SHOUTED = re.compile(r"\s*(?:\d{1,2}[.)]?\s+)?[A-ZÅÄÖ]{3,}(?:[ /-][A-ZÅÄÖ/-]+){0,7}\??\s*")
_POSTAL = re.compile(r"\d{3}|\bPL\b")
_FEWEST_COUNTED, _FEWEST_KNOWN = 5, 3
_BARS = re.compile(r"\s+[|·•]\s+")
_FEWEST_LINKS = 3
_VERBS = re.compile(
    r"\b(?:on|ovat|ei|voi(?:t|daan|vat|mme)?|saa(?:t|mme|daan)?|käsit(?:ellään|telemme|televät|telee|telen)|kerätään|tallennetaan|luovut(?:amme|etaan)"
    r"|siirretään|säilyt(?:ämme|etään)|pidetään|perustuu|tulee|pyydämme|vastaa(?:mme)?|annetaan"
    r"|koske(?:e|vat)|kuulu(?:u|vat)|edellyttää|sisältää)\b",
    re.IGNORECASE,
)

_ASKED = re.compile(r"([A-ZÅÄÖ][^?.:]{2,50}\?)\s+(\S.*)", re.DOTALL)
# What a paragraph begins with and is about: "Oikeuksistasi. Voit pyytää ...".
_RUN_IN = re.compile(r"([A-ZÅÄÖ][^\W\d]+(?:\s[^\W\d]+)?)\.\s+([A-ZÅÄÖ].{30,})", re.DOTALL)
_DOES = re.compile(r"\b(?:vi|we|du|you|\w+(?:mme|taan|tään|daan|dään|vat|vät|t?as|[^s]es))\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:kuka|ketkä|keitä|kenen|kenestä|kehen|miksi|mitä|mitkä|mistä|mihin|minne|miten|millä|kenelle|keille|kuinka|kauanko|[a-zåäö]+k[oö]\b)",
    re.IGNORECASE,
)


def cut(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Each line as (heading, content): either may be missing. Several lines may make one heading."""
    at = 0
    of_others = rows_of_others(lines)
    own_line = {**_shouted(lines), **_standing_alone(lines), **_counted(lines)}
    above = frozenset[Topic]()
    while at < len(lines):
        line = lines[at]
        if not line.strip(f" \t{CELL}"):
            yield "", ""
            at += 1
        elif at in own_line:
            above = topics_of(own_line[at])
            yield own_line[at], None
            at += 1
        elif at in of_others:
            above = frozenset()
            yield of_others[at]
            at += 1
        elif only_heads(lines, at, above):
            at += 1
        elif Topic.RECIPIENTS in above and (end := end_of_rows(lines, at)):
            yield from (("", row) for row in lines[at:end])
            at = end
        elif told := by_columns(lines, at):
            yield from told[0]
            at = told[1]
        elif wrapped := _wrapped_heading(lines, at):
            above = topics_of(wrapped[0])
            yield wrapped[0], None
            at = wrapped[1]
        elif found := _heading(line, "".join(lines[at + 1 : at + 2]).strip(), first=not stands_in_table(lines, at)):
            above = topics_of(found[0]) if found[1] is None else frozenset()
            yield found
            at += 1
        else:
            yield "", line
            at += 1


def _counted(lines: Sequence[str]) -> dict[int, str]:
    """The headings that are numbered from one on through the notice, be they about something known or not."""
    found: dict[int, str] = {}
    reached = 0
    for at, (line, following) in enumerate(zip(lines, (*lines[1:], ""), strict=False)):
        told = _COUNTED.fullmatch(line)
        # What another number follows at once stands in a list.
        if told is None or _place(told["number"]) != reached + 1 or _COUNTED.fullmatch(following):
            continue
        reached += 1
        if not (told["words"].endswith("-") or following.strip()[:1].islower()):  # it is broken over lines
            found[at] = told["words"]
    known = sum(bool(topics_of(words)) for words in found.values())
    return found if len(found) >= _FEWEST_COUNTED and known >= _FEWEST_KNOWN else {}


def _place(number: str) -> int:
    """The place in its row that a number of either kind tells; 0 for letters that are none."""
    if number.isdigit():
        return int(number)
    return _ROMAN.index(number) if number in _ROMAN else 0


def _shouted(lines: Sequence[str]) -> dict[int, str]:
    """Lines in capitals, where a notice has its known headings so: others are headings too."""
    found = {at: NUMBER.sub("", line.strip()) for at, line in enumerate(lines) if _SHOUTED.fullmatch(line)}
    found = {at: words for at, words in found.items() if not (_COMPANY.search(words) or _POSTAL.search(words))}
    known = sum(bool(topics_of(words)) for words in found.values())
    return found if known >= _FEWEST_KNOWN and known * 2 >= len(found) else {}


def _standing_alone(lines: Sequence[str]) -> dict[int, str]:
    """Short lines between an empty one and prose, where a notice has its known headings so: others are headings too."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        bare, following = line.strip(), next((below for below in lines[at + 1 : at + 3] if below.strip()), "")
        if (at and lines[at - 1].strip()) or not _ALONE.fullmatch(bare) or not _PROSE.fullmatch(following.strip()):
            continue
        if not (_COMPANY.search(bare) or _VERBS.search(bare) or any(names.persons(bare))):
            found[at] = bare
    known = sum(bool(topics_of(words)) for words in found.values())
    return found if known >= _FEWEST_KNOWN and known * 2 >= len(found) else {}


def _heading(line: str, following: str, *, first: bool) -> tuple[str, str | None] | None:
    """The heading that a line is or begins with, and the rest of the line. `first`: it stands in no table's middle."""
    marked = HEAD in line
    line = line.replace(HEAD, "").strip().strip(CELL).strip()
    label, parted, rest = line.partition(CELL)
    if parted and not marked and first and is_table_head(line.split(CELL)):
        return line.replace(CELL, ", "), None
    if parted:
        return _labelled(label, rest.replace(CELL, ", "), marked)
    if marked:
        return line.rstrip(" :"), None
    if _is_menu(line):
        return None
    bare = NUMBER.sub("", line, count=1)
    numbered = bare != line
    if (found := LABEL.fullmatch(bare)) and (labelled := _labelled(found[1], found[2], marked=False)):
        return labelled
    if (asked := _ASKED.fullmatch(bare)) and topics_of(asked[1]):
        return asked[1], asked[2]
    if first and (begun := _RUN_IN.fullmatch(bare)) and _names_a_topic(begun[1]):
        return begun[1], begun[2]
    if (BULLET.match(line) and not numbered) or len(bare) > _LONG_HEADING or not bare:
        return None
    if bare.endswith("?") and "." not in bare[:-1]:
        return bare, None
    goes_on = following[:1].islower() and not BULLET.match(following)
    return (bare, None) if not goes_on and looks_like_heading(bare, numbered) else None


def _is_menu(line: str) -> bool:
    """Whether a line is a page's menu, copied with its bars: several links, most of them about nothing that a notice
    tells.
    """
    links = [link for link in _BARS.split(line) if link.strip()]
    return len(links) >= _FEWEST_LINKS and sum(bool(topics_of(link)) for link in links) * 2 < len(links)


def _names_a_topic(words: str) -> bool:
    return bool(topics_of(words) - {Topic.CONSENT}) and not (_VERBS.search(words) or _DOES.search(words))


def _labelled(label: str, rest: str, marked: bool) -> tuple[str, str | None] | None:
    label = NUMBER.sub("", label.strip(), count=1).strip(" :")
    if _SENTENCE_WITHIN.search(label):
        return None  # "Laskutus. Peruste: sopimus"
    if label.endswith("?") and rest.strip() and len(label.split()) <= FEW_WORDS:
        return label, rest.strip()
    # One word is a label, be it a verb: "Luovutetaan".
    asks = _ASKS.match(label) or (not rest.strip() and _LEADS_IN.search(label))
    told = len(label.split()) > 1 and _VERBS.search(label) and not asks
    if not (marked or (topics_of(label) and len(label.split()) <= 8 and not told)):
        return None
    if BULLET.match(label) and not marked:
        return None
    return label, rest.strip() or None


def looks_like_heading(line: str, numbered: bool) -> bool:
    """Whether the words of a line can head what stands below it."""
    if line.endswith((".", ",", ";", "…")) or "@" in line or re.search(r"\d{3}", line) or line.count(",") > 1:
        return False
    if _COMPANY.search(line) or ("," in line and any(names.persons(line))):
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
        goes_on = (line[:1].islower() or GOES_ON.search(lines[end - 1].strip())) and not BULLET.match(line)
        if end > at and not goes_on:
            return None
        end += 1
    if end - at < 2 or (end < len(lines) and lines[end].strip()):
        return None
    whole = NUMBER.sub("", reduce(joined, (line.strip() for line in lines[at:end])), count=1)
    if not topics_of(whole) or not whole[:1].isupper() or "@" in whole or _VERBS.search(whole.rstrip(".")):
        return None
    return whole.rstrip("."), end
