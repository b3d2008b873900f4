"""`inbox-agent deadline`: the dates of a request that came on a day, with their derivation."""

from __future__ import annotations

import argparse
from datetime import date

from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing.deadlines import derivation
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules import deadlines
from inbox_agent.rules.analysis import dates
from inbox_agent.rules.typed import typed_day
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Compute the deadlines of requests received on these days, each step with its provision.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("date", nargs="+", metavar="DATE", help=_("day of receipt, 24.11.2026 or 2026-11-24"))
    parser.add_argument("--extended", action="store_true", help=_("show the extension's dates as those in force"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    for text in arguments.date:
        deadline = deadlines.compute(_date(text))
        if arguments.json:
            print(json_line(as_json(deadline, extended=arguments.extended)))
        else:
            print("\n".join(derivation(deadline)), end="\n\n")
    return 0


def as_json(deadline: deadlines.Deadline, *, extended: bool = False) -> dict[str, object]:
    """The contract of `deadline --json`; with `extended` the dates in force are the extension's."""
    due = deadline.extension if extended else deadline.due
    return {
        "received": str(deadline.received_on),
        **dates(due),
        "extension": dates(deadline.extension),
        "derivation": list(derivation(deadline)),
    }


def _date(text: str) -> date:
    day = typed_day(text)
    if day is None or day.year == date.max.year:  # its month after would lie beyond what a date can be
        raise UsageProblem("date", text)
    return day
