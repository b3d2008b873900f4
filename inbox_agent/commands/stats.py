"""`inbox-agent stats`: a year's requests in numbers, for the report."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.adapters import given_file
from inbox_agent.commands import opening
from inbox_agent.phrasing import stats as phrasing
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules import stats
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.texts import gettext as _
from state.views import Views


def summary() -> str:
    return _("Count a year's requests: per right, median days, late, extended, refused, identity asked.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, default=None, help=_("of which year (default: this one)"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help=_("one JSON object"))
    how.add_argument("--csv", action="store_true", help=_("for a spreadsheet"))
    how.add_argument("--html", type=Path, metavar="FILE", help=_("write one page to be printed, with charts"))


def run(arguments: argparse.Namespace) -> int:
    path, profile = opening.profile_path(arguments), opening.profile(arguments)
    today = helsinki_date(opening.now(arguments)())
    year = arguments.year or today.year
    opening.store(arguments).close()
    with Views.open(bootstrap.database(profile, path)) as views:
        report = stats.report(views.year(year), year, today)
    if arguments.json:
        print(json_line(as_json(report)))
    elif arguments.csv:
        print(phrasing.as_csv(report), end="")
    elif arguments.html:
        if given_file.write(arguments.html, phrasing.as_html(report, profile.controller.name)):
            print(_("{path} is written.").format(path=arguments.html))
    else:
        print("\n".join(phrasing.as_table(report)))
    return 0


def as_json(report: stats.Report) -> dict[str, Any]:
    """The report as `stats --json` prints it."""
    lines = [{("right" if key == "kind" else key): value for key, value in asdict(one).items()} for one in report.lines]
    total = {key: value for key, value in asdict(report.total).items() if key != "kind"}
    return {"year": report.year, "rights": lines, "total": total, "months": list(report.months)}
