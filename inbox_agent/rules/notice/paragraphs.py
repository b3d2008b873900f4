"""Where a paragraph and a sentence end: wrapped prose is made whole, addresses and lists stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from inbox_agent.rules.notice.signs import CELL, HEAD

# A mark of a list, or the number of a paragraph within its section: "a)", "(ii)", "7.1 Tiedot".
BULLET = re.compile(
    r"\s*(?:[-–—•*·○▪‣✓✔»➢]|o(?=\s)|\(?[a-z]\)|\([ivx]{1,4}\)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-ZÅÄÖ]))\s*(?=\S)"
)
_NUMBERED = re.compile(r"^\d{1,3}\.\s+(?=[A-ZÅÄÖ][^.]{20})")  # a paragraph of a legal text
_ENDS = re.compile(r"[.!?]['\"”)]?$")
GOES_ON = re.compile(
    r"(?:\b(?:ja|tai|sekä|eli|och|eller|and|or|on|ovat|saa|tekee|hoitaa|huoltaa|toimittaa|ylläpitää|lähettää|välittää"
    r"|lain|lakien|asetuksen|artiklan|kohdan|viimeistään|enintään|vähintään|noin)"
    r"|[,(]|\b(?:EU|ETA):n(?: tai)?)$",
    re.IGNORECASE,
)
# Lines that stand alone whatever their length: data, not prose.
_DATA = re.compile(
    r"(?:y\W?tunnus|business id|fo-n|\d{5}\s|p\.|puh(?:elin)?\b|tel|tfn|gsm|s\W?posti|[A-ZÅÄÖ][\wåäöÅÄÖ -]{2,40}:\s"
    r"|[A-ZÅÄÖ]\.\s|\d{1,2}[.)]\s)",
    re.IGNORECASE,
)
_COUNTED_LABEL = re.compile(r"\d{1,2}[.)]\s+[A-ZÅÄÖ][^:.]{2,60}:\s")  # "2. Yhteyshenkilö: ..."
_AT = r"(?:@|[(\[]\s?(?:at|ät|a)\s?[)\]])"
_HOLDS_ADDRESS = re.compile(rf".*{_AT}", re.IGNORECASE)
_BEGINS_WITH_ADDRESS = re.compile(rf"\S+\s?{_AT}", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"[a-zåäö]-$")
_OF_A_PAIR = re.compile(r"(?:ja|tai|sekä|eli|och|eller|and|or)\b")
_LONGEST = 4_000  # characters of a sentence; the longest lists of recipients have a fourth of it
_NARROWEST, _FEWEST_BREAKS = 28, 2
_WRAPPED, _FLOWING = 45, 60  # characters of a line that went on to the margin; of one that is prose beyond doubt
# A sentence ends at its mark before a capital; a mark that belongs to an abbreviation, a number or an address does not.
# Careless writers leave the space out, or put it before the mark.
_END = re.compile(
    r"[.!?]['\"”)]?\s+(?=[\"”'(A-ZÅÄÖ0-9])|(?<=[a-zåäö)])\s?\.(?=[A-ZÅÄÖ][a-zåäö])(?!\S{0,60}@)|\s\.\s?(?=[a-zåäö])|\.\.\s+(?=[a-zåäö])"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(/])(?:[A-Za-zÅÄÖåäö]|[Kk]umppa?|as|krs|mm|ns|ks|os|kk|kp|PL|nro|no|nr|ym|yms|st|op|esim|puh|tel|tfn|[Aa]rt|jne|sis|vrt|kpl|klo|alv|r\.y|\d{1,2})$"
)


def sentences(lines: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs(lines):
        start = 0
        for end in _END.finditer(paragraph):
            if end[0][0] == "." and _ABBREVIATED.search(paragraph, max(start, end.start() - 8), end.start()):
                continue
            yield from _borne(paragraph[start : end.end()].strip())
            start = end.end()
        if rest := paragraph[start:].strip():
            yield from _borne(rest)


def _borne(sentence: str) -> Iterator[str]:
    """A sentence no longer than anybody writes, so that no list of words is searched for in an endless one."""
    while len(sentence) > _LONGEST:
        end = sentence.rfind(" ", 1, _LONGEST)
        end = end if end > 0 else _LONGEST
        yield sentence[:end].rstrip()
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines that belong together as one: wrapped prose is joined; addresses and lists are not."""
    paragraph = ""
    last = ""
    apart = False
    given = list(lines)
    narrow = _narrow(given)
    for at, raw in enumerate(given):
        line = tidy(raw)
        if not line:
            apart = True
            continue
        goes_on = _broken_off(last, line) if apart else _continues(last, line) or at in narrow
        if paragraph and goes_on and not BULLET.match(raw) and CELL not in raw.strip(CELL):
            paragraph = joined(paragraph, line)
        else:
            if paragraph:
                yield paragraph
            paragraph = BULLET.sub("", line, count=1) if BULLET.match(raw) else _NUMBERED.sub("", line)
        last, apart = line, False
    if paragraph:
        yield paragraph


def _narrow(lines: Sequence[str]) -> frozenset[int]:
    """The lines that go on from the one above in prose set in a narrow column: each was broken where its next word
    would not have fitted, and some go on in small letters.
    """
    found: set[int] = set()
    for whole in _blocks(lines):
        width = max(len(lines[at].rstrip()) for at in whole)
        pairs = list(pairwise(whole))
        broken = [below for at, below in pairs if len(lines[at].rstrip()) + 1 + len(lines[below].split()[0]) > width]
        small = sum(lines[at].lstrip()[:1].islower() for at in whole)
        if width >= _NARROWEST and len(broken) == len(pairs) >= _FEWEST_BREAKS and small * 2 >= len(pairs):
            found.update(at for at in broken if not (_DATA.match(lines[at].strip()) or _HOLDS_ADDRESS.match(lines[at])))
    return frozenset(found)


def _blocks(lines: Sequence[str]) -> Iterator[list[int]]:
    """The runs of lines between empty ones."""
    for empty, run in groupby(range(len(lines)), lambda at: not lines[at].strip()):
        if not empty:
            yield list(run)


def _broken_off(last: str, line: str) -> bool:
    """Whether a line goes on behind a gap: a page may put each line of its prose into a paragraph of its own."""
    return (
        len(last) >= _FLOWING and not _ENDS.search(last) and not last.endswith((":", ";", ",")) and line[:1].islower()
    )


def _continues(last: str, line: str) -> bool:
    if not last:
        return False
    if (_BROKEN_WORD.search(last) and line[:1].islower()) or (line.startswith("(") and not _ENDS.search(last)):
        return True
    flows = len(last) >= _FLOWING and not _ENDS.search(last) and not last.endswith((":", ";"))
    if _COUNTED_LABEL.match(line):
        return False
    if _HOLDS_ADDRESS.match(line):
        return flows and not _BEGINS_WITH_ADDRESS.match(line) and not _HOLDS_ADDRESS.match(last)
    if _DATA.match(line):
        return flows and last.endswith(",")
    return (
        line[:1].islower()
        or GOES_ON.search(last) is not None
        or (len(last) >= _WRAPPED and not _ENDS.search(last) and not last.endswith((":", ";")))
    )


def stands_alone(line: str) -> bool:
    """Whether a line is data that no paragraph goes on with: a label, an address, a number."""
    bare = line.strip()
    return bool(_DATA.match(bare) or _COUNTED_LABEL.match(bare) or _BEGINS_WITH_ADDRESS.match(bare))


def joined(paragraph: str, line: str) -> str:
    if _BROKEN_WORD.search(paragraph) and line[:1].islower() and not _OF_A_PAIR.match(line):
        return paragraph[:-1] + line
    return f"{paragraph} {line}"


def tidy(line: str) -> str:
    return " ".join(line.replace(HEAD, "").strip(f" \t{CELL}").replace(f":{CELL}", ": ").replace(CELL, ", ").split())
