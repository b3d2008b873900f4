"""Tables for the command line: cases and mails as aligned lines, safe to print on any terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

from inbox_agent.phrasing import days, mails, words
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.visible import masked, visible, visible_line
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.views import AsideRow, Counts, QueueRow

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|–")


def safe(text: str) -> str:
    """One line of mail text, made harmless for a terminal and with personal identity codes masked."""
    return masked(visible_line(text))


def json_line(value: object) -> str:
    """A value as one line of JSON whose texts are harmless for a terminal, personal identity codes masked."""
    return json.dumps(_shown(value), ensure_ascii=False)


def _shown(value: object) -> object:
    match value:
        case str():
            return masked(visible(value))
        case Mapping():
            return {str(key): _shown(one) for key, one in value.items()}
        case list() | tuple():
            return [_shown(one) for one in value]
        case _:
            return value


def queue(rows: Sequence[QueueRow], counts: Counts) -> tuple[str, ...]:
    """The open cases, the nearest promise first, and what lies beside them."""
    if not rows:
        return (_("No open cases."), _counts(counts))
    header = (_("case"), _("answer by"), _("left"), _("rights"), _("person"), _("status"))
    cells = [
        (
            row.number,
            days.numeric(row.promise),
            words.days_left(row.days_left),
            words.matter(row.kinds, row.flags, row.status),
            safe(row.name or row.address),
            words.case_status(row.status),
        )
        for row in rows
    ]
    rights = max(len(line[3]) for line in cells)  # never cut: what else is asked decides what is owed
    return (*table(header, cells, widest=max(rights, 38)), _counts(counts))


def aside(rows: Sequence[AsideRow]) -> tuple[str, ...]:
    """Mails that became no case, with the reason. The first column is the number that `correct --mail` takes."""
    if not rows:
        return (_("Nothing has been set aside."),)
    header = (_("mail"), _("received"), _("from"), _("subject"), _("why set aside"))
    cells = [
        (
            str(row.key),
            days.numeric(helsinki_date(row.received_at)),
            safe(row.sender.address),
            safe(row.subject),
            mails.reason(row.reason),
        )
        for row in rows
    ]
    return table(header, cells)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 38) -> tuple[str, ...]:
    """Align cells in columns, numbers by their last digit; a cell over `widest` is cut with an ellipsis, except in the
    last column.
    """
    lines = [[_cut(cell, widest) for cell in line[:-1]] + [line[-1]] for line in (header, *rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(header))]
    pads = [_pad_before if all(map(_is_number, column)) else _pad for column in zip(*rows, strict=True)]
    return tuple(
        "  ".join(pad(cell, width) for pad, cell, width in zip(pads, line, widths, strict=True)).rstrip()
        for line in lines
    )


def _is_number(cell: str) -> bool:
    """A count or a measure; the dash says that there is none."""
    return _NUMBER.fullmatch(cell) is not None


def _counts(counts: Counts) -> str:
    said = _(
        "{open} open, {overdue} overdue, {candidates} not sure, {aside} set aside, {quarantined} quarantined"
    ).format(
        open=counts.open,
        overdue=counts.overdue,
        candidates=counts.candidates,
        aside=counts.set_aside,
        quarantined=counts.quarantined,
    )
    tasks = ngettext("{n} task is due (inbox-agent duties)", "{n} tasks are due (inbox-agent duties)", counts.tasks)
    return f"{said}; {tasks.format(n=counts.tasks)}" if counts.tasks else said


def _cut(text: str, widest: int) -> str:
    return text if _width(text) <= widest else text[: widest - 1] + "…"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _pad_before(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
