"""The year's report for people: a table with bars for a terminal, a CSV for a spreadsheet, one page to be printed.

The page loads nothing: its charts are drawn in it (SVG), every bar with its number beside it, so that neither colour
nor length alone says anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from inbox_agent.phrasing import words
from inbox_agent.phrasing.days import numeric
from inbox_agent.phrasing.listing import table
from inbox_agent.rules.stats import Line, Report
from inbox_agent.texts import gettext as _

_BAR = 24  # cells
_NONE = "–"
_DELIMITER = ";"  # what spreadsheets of Finland and Sweden expect, whose decimal sign is the comma


def headings() -> tuple[str, ...]:
    """The columns of a line, in their order."""
    return (
        _("right"),
        _("came in"),
        _("got an answer"),
        _("waiting"),
        _("median days"),
        _("too late"),
        _("extended"),
        _("refused or in part"),
        _("asked who it is"),
    )


def cells(line: Line) -> tuple[str, ...]:
    numbers = (line.late, line.extended, line.refused, line.identity_asked)
    return (name(line), str(line.received), str(line.answered), str(line.waiting), days(line), *map(str, numbers))


def name(line: Line) -> str:
    return words.types([str(line.kind)]) if line.kind else _("all together")


def days(line: Line) -> str:
    """The median with the decimal sign of the language, a dash where nothing was answered."""
    if line.median_days is None:
        return _NONE
    whole = line.median_days == int(line.median_days)
    return str(int(line.median_days)) if whole else f"{line.median_days:.1f}".replace(".", _("0.5")[1])


def as_table(report: Report) -> tuple[str, ...]:
    """The report as aligned lines, then its bars."""
    if not report.lines:
        return (_("No requests were received in {year}.").format(year=report.year),)
    rows = [cells(line) for line in (*report.lines, report.total)]
    return (
        *table(headings(), rows),
        "",
        _("Received by right"),
        *bars([(name(line), line.received) for line in report.lines]),
        "",
        _("Received by month"),
        *bars([(f"{month}/{report.year}", count) for month, count in enumerate(report.months, start=1)]),
    )


def bars(counted: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Horizontal bars, each with its name and its number; months, which begin with a number, by their last digit."""
    most, widest = max((count for _name, count in counted), default=0), max(len(label) for label, _count in counted)
    padded = ((label.rjust(widest) if label[:1].isdigit() else label.ljust(widest), count) for label, count in counted)
    return tuple(
        f"{label}  {'█' * round(_BAR * count / most) if most else ''}{' ' if count else ''}{count}"
        for label, count in padded
    )


def as_csv(report: Report) -> str:
    """The report for a spreadsheet, in UTF-8 with a mark of it (RFC 4180 but for the delimiter). No median is an empty
    cell, so that the column holds numbers only.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_DELIMITER)
    writer.writerow(headings())
    lines = (cells(line) for line in (*report.lines, report.total))
    writer.writerows(["" if cell == _NONE else cell for cell in line] for line in lines)
    return "\ufeff" + out.getvalue()


def as_html(report: Report, controller: str) -> str:
    """The report as one page that prints on A4 and needs no other file."""
    title = _("Data subjects' requests in {year}").format(year=report.year)
    counted = _("Counted on {day}").format(day=numeric(report.on))
    head = "".join(f"<th>{escape(text)}</th>" for text in headings())
    rows = "".join(_row(line) for line in report.lines)
    by_right = _chart(_("Received by right"), [(name(line), line.received) for line in report.lines])
    by_month = _chart(
        _("Received by month"), [(f"{month}/{report.year}", count) for month, count in enumerate(report.months, 1)]
    )
    return (
        f'<!doctype html>\n<html lang="{_("en")}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(controller)}<br>{escape(counted)}</p>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot>{_row(report.total)}</tfoot></table>\n"
        f"{by_right}\n{by_month}\n</body>\n</html>\n"
    )


def _row(line: Line) -> str:
    first, *rest = cells(line)
    return f"<tr><th>{escape(first)}</th>{''.join(f'<td>{escape(text)}</td>' for text in rest)}</tr>"


def _chart(title: str, counted: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars as SVG, in hundredths of their width, each with its name and its number."""
    most, high = max((count for _name, count in counted), default=0) or 1, 22
    parts = []
    for place, (label, count) in enumerate(counted):
        top, width = place * high, 420 * count / most
        parts.append(
            f'<text x="0" y="{top + 15}">{escape(label)}</text>'
            f'<rect x="200" y="{top + 3}" width="{width:.1f}" height="{high - 6}"/>'
            f'<text x="{206 + width:.1f}" y="{top + 15}">{count}</text>'
        )
    size = f'viewBox="0 0 680 {high * len(counted) or high}" role="img" aria-label="{escape(title)}"'
    return f"<h2>{escape(title)}</h2>\n<svg {size}>{''.join(parts)}</svg>"


_STYLE = (
    "@page{size:A4 landscape;margin:15mm}"
    "body{font:11pt/1.4 sans-serif;color:#000;background:#fff;max-width:270mm;margin:0 auto}"
    "@media screen{body{padding:8mm}}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #999;padding:3px 6px;text-align:right}"
    "th:first-child{text-align:left;white-space:nowrap}"
    "tfoot{font-weight:bold}"
    "svg{width:100%;max-width:200mm;font:12px sans-serif}"
    "rect{fill:#0b5fa5}"
    "h2{font-size:12pt;break-after:avoid}"
    "svg,table{break-inside:avoid}"
)
