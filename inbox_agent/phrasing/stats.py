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
        _("answered"),
        _("waiting"),
        _("median days"),
        _("too late"),
        _("extended"),
        _("refused or in part"),
        _("identity asked"),
    )


def cells(line: Line) -> tuple[str, ...]:
    numbers = (line.late, line.extended, line.refused, line.identity_asked)
    return (name(line), str(line.received), str(line.answered), str(line.waiting), days(line), *map(str, numbers))


def name(line: Line) -> str:
    return words.types([str(line.kind)]) if line.kind else _("in all")


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
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(controller)}<br>{escape(counted)}</p>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot>{_row(report.total)}</tfoot></table>\n"
        f"{by_right}\n{by_month}\n</body>\n</html>\n"
    )


def _row(line: Line) -> str:
    """A line of the table; each number also bears its column's name, which a narrow screen shows beside it."""
    first, *rest = cells(line)
    numbers = zip(headings()[1:], rest, strict=True)
    said = "".join(f'<td data-is="{escape(column)}">{escape(text)}</td>' for column, text in numbers)
    return f"<tr><th>{escape(first)}</th>{said}</tr>"


def _chart(title: str, counted: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars, drawn (SVG) as shares of the longest, each with its name and its number."""
    most = max((count for _name, count in counted), default=0) or 1
    bars = "".join(f"<dt>{escape(label)}</dt><dd>{_bar(count / most)}{count}</dd>" for label, count in counted)
    return f"<h2>{escape(title)}</h2>\n<dl>{bars}</dl>"


def _bar(share: float) -> str:
    width = f"{_LONGEST * share:.1f}%"
    return f'<svg aria-hidden="true" style="width:{width}"><rect width="100%" height="100%"/></svg>'


_LONGEST = 88  # hundredths of the room beside the names: the number stands after the bar

_STYLE = (
    "@page{size:A4 landscape;margin:15mm}"
    "body{font:11pt/1.4 sans-serif;color:#000;background:#fff;max-width:270mm;margin:0 auto}"
    "@media screen{body{padding:8mm}}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #999;padding:3px 6px;text-align:right}"
    "th:first-child{text-align:left;white-space:nowrap}"
    "tfoot{font-weight:bold}"
    "dl{display:grid;grid-template-columns:29.4% 1fr;row-gap:1.8mm;max-width:200mm;font-size:10pt;line-height:4.7mm}"
    "dd{margin:0;display:flex;gap:2mm}"
    "svg{height:4.7mm}"
    "rect{fill:#0b5fa5}"
    "h2{font-size:12pt;break-after:avoid}"
    "dl,table{break-inside:avoid}"
    # A telephone: each line of the table is a card, each number beside its column's name; a bar is below its name.
    "@media screen and (max-width:1100px){"
    "body{padding:4mm}"
    "h1{font-size:16pt}"
    "table,tbody,tfoot{display:block}"
    "thead{display:none}"
    "tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(15em,1fr));column-gap:2em}"
    "tr>th:first-child{grid-column:1/-1;white-space:normal;padding-top:1em}"
    "td{display:flex;justify-content:space-between;gap:1em;border-color:#ddd}"
    "td::before{content:attr(data-is);font-weight:normal;text-align:left}"
    "}"
    "@media screen and (max-width:500px){dl{grid-template-columns:1fr}dd{margin-bottom:1mm}}"
)
