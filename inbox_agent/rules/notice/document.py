"""A notice as sections of sentences: what each stands under decides how it is read.

Owns where a heading, a label, a wrapped line and a sentence end. Refuses meaning beyond the topic of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from inbox_agent.rules.notice import marks
from inbox_agent.rules.notice.page import CELL, HEAD
from inbox_agent.rules.notice.topics import Topic, topics_of

_NUMBER = re.compile(r"^\s*(?:§\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-ZÅÄÖ][.)]|[IVX]{1,4}\.)\s+(?=\S)")
_BULLET = re.compile(r"\s*(?:[-–—•*·○▪‣✓✔»➢]|o(?=\s)|[a-z]\))\s*(?=\S)")
_LABEL = re.compile(r"((?:[^:]|:(?=\w)){2,70}?)\s*:(?=\s|\Z)\s*(.*)", re.DOTALL)
_ENDS = re.compile(r"[.!?]['\"”)]?$")
_GOES_ON = re.compile(
    r"(?:\b(?:ja|tai|sekä|eli|och|eller|and|or|on|ovat|saa|tekee|hoitaa|huoltaa|toimittaa|ylläpitää|lähettää|välittää)"
    r"|[,(]|\b(?:EU|ETA):n(?: tai)?)$",
    re.IGNORECASE,
)
# Lines that stand alone whatever their length: data, not prose.
_DATA = re.compile(
    r"(?:y\W?tunnus|business id|fo-n|\d{5}\s|p\.|puh|tel|tfn|gsm|s\W?posti|[A-ZÅÄÖ][\wåäöÅÄÖ -]{2,40}:\s|[A-ZÅÄÖ]\.\s"
    r"|\d{1,2}[.)]\s)|.*(?:@|[(\[]\s?(?:at|ät|a)\s?[)\]])",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:Oyj?|Ab|Ky|Ay|ry|r\.y\.|Tmi|Ltd|Osk)\b")
# A label that only goes on telling how to reach whoever the section is about.
_DETAIL = re.compile(r"(?:muut )?yhteystiedot|kontaktuppgifter|contact details", re.IGNORECASE)
_PROSE = re.compile(r"[A-ZÅÄÖ][^:|]{40}.*")
_WHO = frozenset({Topic.CONTROLLER, Topic.CONTACT, Topic.DPO, Topic.JOINT})
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_LONG_HEADING = 100
# A line that a list of rights follows: "Sinulla on oikeus:".
_LEADS_IN = re.compile(r"\b(?:oikeus|right to|rätt att)$", re.IGNORECASE)
# What the first column of a table may be that tells nothing itself.
_ROW_NAMES = frozenset({"ryhmä", "toiminto", "palvelu", "tieto", "tiedot", "rekisteröidyt", "group", "service", "data"})
_FEW_WORDS = 4
_BULLETED_TOPICS = 4  # so many topics in bulleted lines of their own are a notice's headings, not a list
_SHORT_LINE = 42
_WRAPPED = 45
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

# A sentence ends at its mark before a capital; a mark that belongs to an abbreviation, a number or an address does not.
# Careless writers leave the space out, or put it before the mark.
_END = re.compile(
    r"[.!?]['\"”)]?\s+(?=[\"”'(A-ZÅÄÖ0-9])|(?<=[a-zåäö)])\s?\.(?=[A-ZÅÄÖ][a-zåäö])(?!\S{0,60}@)|\s\.\s?(?=[a-zåäö])|\.\.\s+(?=[a-zåäö])"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(/])(?:[A-Za-zÅÄÖåäö]|[Kk]umppa?|as|krs|mm|ns|ks|os|kk|kp|PL|nro|no|nr|ym|yms|st|op|esim|puh|tel|tfn|art|jne|sis|vrt|kpl|klo|alv|r\.y|\d{1,2})$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, label or item of a list on one line; `section` counts from 0, the part before any heading."""

    text: str
    topics: frozenset[Topic]
    section: int

    def about(self, *topics: Topic) -> bool:
        return not self.topics.isdisjoint(topics)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `lines` are as printed, wrapped ones made whole; `sentences` as read."""

    heading: str
    topics: frozenset[Topic]
    lines: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @cached_property
    def text(self) -> str:
        """Headings and lines as printed."""
        return "\n".join(line for section in self.sections for line in (section.heading, *section.lines) if line)

    def under(self, *topics: Topic) -> tuple[Sentence, ...]:
        """The sentences that stand under headings about any of these topics."""
        return tuple(sentence for sentence in self.sentences if sentence.about(*topics))

    def sections_about(self, *topics: Topic) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if not section.topics.isdisjoint(topics))


def document(text: str) -> Document:
    """Cut a notice's plain lines (see `page.plain`) into sections."""
    pieces = [_Piece("", frozenset(), [])]
    labelled, empty = False, False
    for heading, content in _cut(_without_bullets(text.splitlines())):
        if content and _DETAIL.match(heading) and not pieces[-1].topics.isdisjoint(_WHO):
            pieces[-1].lines.append(f"{heading}: {content}")
            continue
        if heading:
            pieces.append(_Piece(heading, topics_of(heading), []))
        elif content and labelled and empty and _PROSE.fullmatch(content.strip()):
            pieces.append(_Piece("", frozenset(), []))  # what a label tells ends with its paragraph
        labelled = (bool(heading) and content is not None) if heading or (content and empty) else labelled
        empty = content is not None and not content.strip()
        if content is not None:
            pieces[-1].lines.append(content)
    return Document(tuple(_section(number, piece) for number, piece in enumerate(pieces)))


def _without_bullets(lines: Sequence[str]) -> Sequence[str]:
    """The lines, headings freed of their bullets where a notice prints its headings as a list of one item each."""
    heads = {at for at in range(len(lines)) if _is_bulleted_heading(lines, at)}
    told = frozenset[Topic]().union(*(topics_of(lines[at]) for at in heads))
    if len(told) < _BULLETED_TOPICS:
        return lines
    return [_BULLET.sub("", line, count=1) if at in heads else line for at, line in enumerate(lines)]


def _is_bulleted_heading(lines: Sequence[str], at: int) -> bool:
    """A bullet with a heading's words, parted by an empty line from something that is no further item."""
    if not _BULLET.match(lines[at]) or at + 1 >= len(lines) or lines[at + 1].strip():
        return False
    bare = _tidy(_BULLET.sub("", lines[at], count=1))
    follows = next((line for line in lines[at + 1 :] if line.strip()), "")
    return bool(follows) and not _BULLET.match(follows) and _looks_like_heading(bare, numbered=False)


@dataclass
class _Piece:
    heading: str
    topics: frozenset[Topic]
    lines: list[str]


def _section(number: int, piece: _Piece) -> Section:
    sentences = tuple(Sentence(text, piece.topics, number) for text in _sentences(piece.lines))
    lines = tuple(line for line in _paragraphs(piece.lines) if line)
    return Section(piece.heading, piece.topics, lines, sentences)


def _cut(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Each line as (heading, content): either may be missing. Several lines may make one heading."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip(f" \t{CELL}"):
            yield "", ""
            at += 1
        elif table := _table(lines, at):
            yield from table[0]
            at = table[1]
        elif joined := _wrapped_heading(lines, at):
            yield joined[0], None
            at = joined[1]
        elif found := _heading(line, lines[at + 1].strip() if at + 1 < len(lines) else ""):
            yield found
            at += 1
        else:
            yield "", line
            at += 1


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
    if _BULLET.match(line) or len(bare) > _LONG_HEADING or not bare:
        return None
    if bare.endswith("?") and "." not in bare[:-1]:
        return bare, None
    goes_on = following[:1].islower() and not _BULLET.match(following)
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
    if _BULLET.match(label) and not marked:
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
        if end > at and not (line[:1].islower() or _GOES_ON.search(lines[end - 1].strip())):
            return None
        end += 1
    if end - at < 2 or (end < len(lines) and lines[end].strip()):
        return None
    joined = " ".join(line.strip() for line in lines[at:end])
    if not topics_of(joined) or not joined[:1].isupper() or "@" in joined or _VERBS.search(joined.rstrip(".")):
        return None
    return joined.rstrip("."), end


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for paragraph in _paragraphs(lines):
        start = 0
        for end in _END.finditer(paragraph):
            if end[0][0] == "." and _ABBREVIATED.search(paragraph, max(start, end.start() - 8), end.start()):
                continue
            yield paragraph[start : end.end()].strip()
            start = end.end()
        if rest := paragraph[start:].strip():
            yield rest


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines that belong together as one: wrapped prose is joined; addresses and lists are not."""
    paragraph = ""
    last = ""
    for raw in lines:
        line = _tidy(raw)
        if paragraph and line and not _BULLET.match(raw) and _continues(last, line):
            paragraph = _joined(paragraph, line)
        else:
            if paragraph:
                yield paragraph
            paragraph = _BULLET.sub("", line, count=1) if _BULLET.match(raw) else line
        last = line
    if paragraph:
        yield paragraph


def _continues(last: str, line: str) -> bool:
    if not last or _DATA.match(line):
        return False
    return (
        line[:1].islower()
        or _GOES_ON.search(last) is not None
        or (len(last) >= _WRAPPED and not _ENDS.search(last) and not last.endswith((":", ";")))
    )


def _joined(paragraph: str, line: str) -> str:
    if (
        re.search(r"[a-zåäö]-$", paragraph)
        and line[:1].islower()
        and not re.match(r"(?:ja|tai|sekä|eli|och|and)\b", line)
    ):
        return paragraph[:-1] + line
    return f"{paragraph} {line}"


def _tidy(line: str) -> str:
    return " ".join(line.replace(HEAD, "").strip(f" \t{CELL}").replace(CELL, ", ").split())
