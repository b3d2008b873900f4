"""Rows of tables among a notice's lines: which say what their columns hold, and how far a table reaches.

Owns the cells. Refuses what a single label or a heading is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from inbox_agent.rules.notice.heads import is_head
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.topics import Topic, topics_of

# What the first column of a table may be that tells nothing itself.
_ROW_NAMES = frozenset({"ryhmä", "toiminto", "palvelu", "tieto", "tiedot", "rekisteröidyt", "group", "service", "data"})
FEW_WORDS = 4
"""A label in a list or a table has no more."""
_DETAIL = re.compile(
    r"nimi|(?:posti|käynti)?osoite|puh|sähköposti|s-posti|y-?tunnus|(?:muut )?yhteystie|kotipaikka|namn|adress|telefon"
    r"|e-?post|fo-|name|address|(?:tele)?phone|e-?mail|business id|verkkosivu|www",
    re.IGNORECASE,
)  # a label that goes on telling who somebody is
_FEWEST_ROWS = 5


def rows_of_others(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The rows of a table of labels whose label is about nothing known: they end the row above them. What only goes on
    to tell who somebody is does not.
    """
    found: dict[int, tuple[str, str]] = {}
    rows = {at: cells for at, line in enumerate(lines) if len(cells := cells_of(line)) == 2 and all(cells)}
    known = sum(bool(topics_of(label)) for label, _ in rows.values())
    if known < _FEWEST_ROWS or known * 2 < len(rows):
        return found
    for at, (label, rest) in rows.items():
        told = topics_of(label) or _DETAIL.match(label) or len(label.split()) > FEW_WORDS or not label[:1].isupper()
        if not told and not re.search(r"[\d@,.:]", label) and at - 1 in rows | dict.fromkeys(_blank_below(rows, lines)):
            found[at] = (label, rest)
    return found


def _blank_below(rows: Iterable[int], lines: Sequence[str]) -> Iterator[int]:
    """Empty lines right below rows."""
    return (at + 1 for at in rows if at + 1 < len(lines) and not lines[at + 1].strip())


def by_columns(lines: Sequence[str], at: int) -> tuple[list[tuple[str, str | None]], int] | None:
    """The cells of a table whose head says what its columns are about, each cell under its own column's heading."""
    first, *others = lines[at].strip().split(CELL)
    if first.startswith(HEAD) and not any(HEAD in cell for cell in others):
        return None  # a label in bold and its value
    heads = cells_of(lines[at])
    if len(heads) < 2 or not is_table_head(heads[not heads[0] :]) or stands_in_table(lines, at):
        return None
    told: list[tuple[str, str | None]] = []
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(cells_of(lines[end])) == len(heads)):
        if HEAD in lines[end]:
            break  # a table within a table's cell: the rows of the outer one go on
        if lines[end].strip():
            for head, cell in zip(heads, cells_of(lines[end]), strict=True):
                told += [(head, None), ("", cell)] if cell else []
        end += 1
    return (told, end) if told else None


def stands_in_table(lines: Sequence[str], at: int) -> bool:
    """Whether a row stands below another of as many cells."""
    above = next((line for line in reversed(lines[max(0, at - 2) : at]) if line.strip()), "")
    return CELL in above.strip(CELL) and len(cells_of(above)) == len(cells_of(lines[at]))


def only_heads(lines: Sequence[str], at: int, above: frozenset[Topic]) -> bool:
    """Whether a row stands over a table and only says what its columns hold, no topic among them: "Tieto, aika";
    `above`: what the table's own heading is about. What they are about is no topic of a column.
    """
    cells = [cell for cell in cells_of(lines[at]) if cell]
    own = {Topic.CONTENT} | (above & {Topic.REGISTER, Topic.RETENTION})
    if len(cells) < 2 or stands_in_table(lines, at) or any(topics_of(cell) - own for cell in cells):
        return False
    return all(map(is_head, cells))


def end_of_rows(lines: Sequence[str], at: int) -> int | None:
    """Where a table ends whose rows each tell one recipient: none of them, its head apart, is labelled otherwise."""
    size = len(cells_of(lines[at]))
    rows, end = 0, at
    while end < len(lines) and (not lines[end].strip() or len(cells_of(lines[end])) == size):
        if not lines[end].strip() and not lines[end - 1].strip():
            break
        if label := next(filter(None, cells_of(lines[end])), ""):
            rows += 1
            if topics_of(label) - {Topic.RECIPIENTS, Topic.CONTROLLER}:
                return None
        end += 1
    return end if size > 1 and rows > 1 else None


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace(HEAD, "").strip().split(CELL)]


def is_table_head(cells: Sequence[str]) -> bool:
    """Whether a row names what its columns are about, each something else."""
    if any(len(cell.split()) > FEW_WORDS or re.search(r"[@,.\d]", cell) for cell in cells):
        return False
    found = [topics_of(cell) for cell in cells]
    named = all(found) or ((not cells[0] or cells[0].lower() in _ROW_NAMES) and all(found[1:]))
    named = named or (len(cells) > 2 and sum(map(bool, found)) > len(cells) / 2)
    return named and len(cells) > 1 and sum(map(len, found)) == len(frozenset().union(*found))
