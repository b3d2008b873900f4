"""`inbox-agent dashboard`: the desk of the person who answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.commands import opening
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Open the desk: cases by deadline, letters to approve.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help=_("who is at the desk (default: the contact person)"))


def run(arguments: argparse.Namespace) -> int:
    return show(opening.profile_path(arguments), opening.running_now(arguments), arguments.person)


def show(profile_path: Path, now: bootstrap.Now, person: str | None = None) -> int:
    """Open the desk over a profile's store, until its person leaves."""
    profile = profiles.read(profile_path)
    desk = bootstrap.desk(profile, profile_path, now, person)
    Dashboard(Gateway(desk.open_views, desk.open_review), profile, now).run()
    return 0
