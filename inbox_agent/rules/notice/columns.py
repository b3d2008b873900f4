"""Columns set with spaces, as the text of a PDF gives them, as rows of cells.

Owns where a column begins: where many lines begin anew after a gap. Refuses what a cell means, but for headings that
head the same in two languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from inbox_agent.rules.notice.topics import topics_of

_COLUMN = re.compile(r"(\s{0,8}\S.{0,30}?\S)\s{3,}(\S.{0,200})")
_TWO_TEXTS = re.compile(r"(\s{0,8}[^\s:][^:]{1,30}:\s\S.*?)\s{2,}([^\s:][^:]{1,30}:\s\S.*)")
_SIDE_BY_SIDE = re.compile(r"(\s{0,8}\S.{0,70}?)\s{2,}(\S.{0,200})")
_NUMBER_APART = re.compile(
    r"^(\s{0,12})(\(?(?:\d{1,2}(?:\.\d{1,2})*[a-d]?[.)]?|[a-z]\)|[ivx]{1,4}\)|[IVX]{1,5}[.)]?))(\s{2,8})(?=\S)"
)
_NUMBER_TAB = re.compile(r"^(\s*\d{1,2}(?:\.\d{1,2})*[.)]?)\t\s*")
_TABS = re.compile(r" {0,3}\t\s*")
_GAP = re.compile(r"\S\s{2,}(?=\S)")
_NUMBERED = re.compile(r"\s{0,8}\d{1,2}[.)]\s+\S")
_BROKEN_WORD = re.compile(r"[a-zåäö]-$")
_BROKEN_CAPITALS = re.compile(r"[A-ZÅÄÖ]{3}-$")
_HYPHENATED_PAIR = re.compile(r"(?:ja|tai|sekä|och|eller|and|or)\b")
_WHOLE_NAME = re.compile(r"\b(?:Oyj?|Ab|AB|Ky|Ay|ry|rf|Ltd|Inc|GmbH|AG)\.?$")  # of a company: its label is at its end
_FEWEST_ROWS = 4
_FEWEST_BEGINNINGS = 3


@dataclass
class _Row:
    """A label and the lines that stand beside it, these with their white space."""

    label: str
    values: list[str] = field(default_factory=list)


def columns(lines: Sequence[str], parted_by: str) -> list[str]:
    """Lines whose columns are set with spaces as rows, a label beside its cells, each pair `parted_by` a mark.
    A label may be broken over lines, and a value goes on below itself. Lines set in no columns stay as they are.
    """
    lines = _tabbed(lines, parted_by)
    # A number of a paragraph is no column: it stands beside its text, which stays where it is.
    lines = [_NUMBER_APART.sub(lambda at: f"{at[1]}{at[3][1:]}{at[2]} ", line.expandtabs()) for line in lines]
    if (middle := _middle(lines)) is not None:
        return [*(line[:middle].rstrip() for line in lines), "", *(line[middle:] for line in lines)]
    starts = Counter(found.start(2) for line in lines if (found := _COLUMN.fullmatch(line)))
    if not starts or (most := starts.most_common(1)[0])[1] < _FEWEST_ROWS:
        return list(lines)
    rows = _rows(lines, most[0])
    further = _further(row for row in rows if row.values)
    return [line for row in rows for line in _told(row, further, parted_by)]


def _tabbed(lines: Sequence[str], parted_by: str) -> Sequence[str]:
    """Lines whose cells are parted by tabs as rows, where several are, as a spreadsheet's text has them."""
    lines = [_NUMBER_TAB.sub(r"\1 ", line) for line in lines]  # a number of a heading is no cell
    rows = {at: cells for at, line in enumerate(lines) if len(cells := _TABS.split(line.strip())) > 1}
    if len(rows) < _FEWEST_ROWS:
        return lines
    return [parted_by.join(rows[at]) if at in rows else line for at, line in enumerate(lines)]


def _middle(lines: Sequence[str]) -> int | None:
    """Where the second of two columns begins that each tell the whole by themselves, as a text in two languages does:
    many lines have a label with its value in both, or a heading of the same in both.
    """
    labelled = (found for line in lines if (found := _TWO_TEXTS.fullmatch(line)))
    headed = (found for line in lines if (found := _SIDE_BY_SIDE.fullmatch(line)) and _head_alike(found[1], found[2]))
    starts = Counter(found.start(2) for found in (*labelled, *headed))
    if not starts or (most := starts.most_common(1)[0])[1] < _FEWEST_ROWS:
        return None
    at = most[0]
    told = [line for line in lines if line.strip()]
    apart = sum(not line[at - 2 : at].strip() for line in told)
    return at if apart == len(told) else None


def _head_alike(one: str, other: str) -> bool:
    """Whether two headings side by side head the same in two languages: "Tietolähteet", "Sources"."""
    one, other = one.strip(), other.strip()
    if one.casefold() == other.casefold() or one.endswith((".", ",", ":")) or other.endswith((".", ",", ":")):
        return False
    return not topics_of(one).isdisjoint(topics_of(other))


def _rows(lines: Sequence[str], at: int) -> list[_Row]:
    rows: list[_Row] = []
    numbered = sum(bool(_NUMBERED.match(line[:at])) for line in lines) >= _FEWEST_ROWS
    for line in lines:
        left, right = line[:at].strip(), line[at:].rstrip()
        if line[:at].strip() and not line[max(at - 2, 0) : at].isspace():
            left, right = line.strip(), ""  # a line of its own, across the columns
        goes_on = not left or (left[:1].islower() and not (rows and _WHOLE_NAME.search(rows[-1].label[-8:])))
        if numbered and rows and _NUMBERED.match(rows[-1].label):
            # Each label has its number: what has none goes on with the last, unless it runs across the columns.
            goes_on = not _NUMBERED.match(left) and (bool(right) or not left or left.isupper())
        if rows and rows[-1].values and goes_on and (left or right):
            rows[-1].label = cell((rows[-1].label, left))
            rows[-1].values.append(right)
        else:
            rows.append(_Row(left, [right] if right else []))
    return rows


def _further(rows: Iterable[_Row]) -> list[int]:
    """Where more columns begin beside the first of the values: where several rows do."""
    begins = Counter(
        start for row in rows for start in {found.end() for value in row.values for found in _GAP.finditer(value)}
    )
    return sorted(start for start, often in begins.items() if often >= _FEWEST_BEGINNINGS)


def _told(row: _Row, further: Sequence[int], parted_by: str) -> list[str]:
    cuts = [start for start in further if _parts(row.values, start)]
    if cuts:
        edges = [0, *cuts, None]
        cells = [cell(value[begin:end] for value in row.values) for begin, end in pairwise(edges)]
        return [parted_by.join(cell for cell in (row.label, *cells) if cell)]
    values = [value.strip() for value in row.values]
    return [f"{row.label}{parted_by}{values[0]}", *values[1:]] if row.label and values else [row.label, *values]


def _parts(values: Sequence[str], start: int) -> bool:
    """Whether a row has a cell that begins there, and no line that runs across."""
    begun = any(value[start : start + 1].strip() and value[start - 2 : start].isspace() for value in values)
    return begun and all(not value[start - 1 : start].strip() for value in values)


def cell(pieces: Iterable[str]) -> str:
    """The lines of one cell as one, a word that is broken at a line's end made whole."""
    told = ""
    for piece in filter(None, map(str.strip, pieces)):
        small = _BROKEN_WORD.search(told) and piece[:1].islower() and not _HYPHENATED_PAIR.match(piece)
        if small or (_BROKEN_CAPITALS.search(told) and piece[:3].isupper() and not piece.startswith(("JA ", "TAI "))):
            told = told[:-1] + piece
        else:
            told = f"{told} {piece}".strip()
    return told
