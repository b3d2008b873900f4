"""Tables drawn with characters, as old forms and printed texts have them, as rows of cells.

Owns which lines are one row: what stands between two drawn rules. Refuses tables of one line a row (Markdown's own),
whose every line is a row already, and what a cell means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from inbox_agent.rules.notice.columns import cell

_RULE = re.compile(r"\s*(?=[^\n]*[-=─━═_])[-=+|_─━═│┃║├┤┌┐└┘┬┴┼╔╗╚╝╠╣╦╩╬╪╞╡╟╢\s]{5,}")
_BAR = re.compile(r"[|│┃║]")
_BARRED = re.compile(r"(?:^|\s)[|│┃║]|[|│┃║](?:\s|$)")
_FEWEST_RULES = 3
_LABEL_AND_VALUE, _LONGEST_LABEL = 2, 8


def tables(lines: Sequence[str], parted_by: str, marked_by: str) -> list[str]:
    """Lines whose drawn tables are rows, `parted_by` a mark; a value goes on below itself. A label beside its value is
    `marked_by` another. Lines in no such table stay as they are.
    """
    told: list[str] = []
    for drawn, block in groupby(lines, lambda line: bool(_RULE.fullmatch(line) or _BARRED.search(line))):
        run = list(block)
        told += _rows(run, parted_by, marked_by) if drawn and _is_table(run) else run
    return told


def _is_table(run: Sequence[str]) -> bool:
    """Whether enough rules part its rows, one of which at least goes over several lines."""
    rules = [bool(_RULE.fullmatch(line)) for line in run]
    longest = max((len(list(group)) for is_rule, group in groupby(rules) if not is_rule), default=0)
    return sum(rules) >= _FEWEST_RULES and longest > 1


def _rows(run: Sequence[str], parted_by: str, marked_by: str) -> Iterator[str]:
    framed = all(_BAR.match(line.strip()) for line in run if not _RULE.fullmatch(line))
    for is_rule, group in groupby(run, lambda line: bool(_RULE.fullmatch(line))):
        if not is_rule:
            yield from _row([_cells(line, framed=framed) for line in group], parted_by, marked_by)
            yield ""


def _cells(line: str, *, framed: bool) -> list[str]:
    """What the bars of a line part; the first and the last of them are the table's frame where it has one."""
    bare = line.strip()
    if framed:
        bare = bare[1 : -1 if len(bare) > 1 and _BAR.match(bare[-1]) else None]
    return [part.strip() for part in _BAR.split(bare)]


def _row(lines: Sequence[list[str]], parted_by: str, marked_by: str) -> Iterator[str]:
    """One row, whose cells go on from line to line. A value keeps its lines: an address has its own."""
    size = max(map(len, lines))
    columns = [[line[at] if at < len(line) else "" for line in lines] for at in range(size)]
    if size != _LABEL_AND_VALUE:
        yield parted_by.join(filter(None, map(cell, columns)))
        return
    label, values = cell(columns[0]), [value for value in columns[1] if value]
    mark = marked_by if len(label.split()) <= _LONGEST_LABEL else ""
    yield f"{mark}{label}{parted_by}{values[0]}" if label and values else label or "".join(values[:1])
    yield from values[1:]
