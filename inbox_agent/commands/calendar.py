"""`inbox-agent calendar`: the deadlines of the open cases and the open tasks as a calendar file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from inbox_agent.adapters import given_file
from inbox_agent.commands import opening
from inbox_agent.phrasing import calendars
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Write the deadlines as a calendar file (.ics), without anybody's name.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help=_("where to (default: the output)")
    )


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)()
    with opening.store(arguments) as store:
        duties = ((store.cases.get(duty.case).number, duty) for duty in store.duties.due(date.max))
        text = calendars.as_file(store.cases.open_cases(), duties, now)
    if given_file.write(arguments.file, text):
        print(_("{path} is written.").format(path=arguments.file))
    return 0
