"""`inbox-agent check`: look whether everything is there; each line green, or what to do. Changes nothing."""

from __future__ import annotations

import argparse
import asyncio

from inbox_agent import bootstrap
from inbox_agent.adapters.terminal import wrapped
from inbox_agent.commands import opening
from inbox_agent.errors import Alarmed
from inbox_agent.phrasing.alarms import where
from inbox_agent.phrasing.checking import line
from inbox_agent.profile import ControllerProfile
from inbox_agent.services.checking import Checking
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Check profile, log-ins, folders, clock and database; each line says what to do.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--alive", action="store_true", help=_("only whether the running assistant does its work; asks no mail server")
    )


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    checking = bootstrap.checking(opening.profile(arguments), path, opening.now(arguments))
    if arguments.alive:
        return _alive(checking, opening.profile(arguments))
    return asyncio.run(told(checking))


def _alive(checking: Checking, profile: ControllerProfile) -> int:
    """For a supervisor: 0 where all is well."""
    found = checking.alarms()
    for alarm in found:
        print(line("agent", "", Alarmed(alarm.trouble, alarm.since, alarm.cases), where(alarm, profile)))
    if not found:
        print(line("agent", "", None))
    return Alarmed.exit_code if found else 0


async def told(checking: Checking, *, leaving_out: str = "") -> int:
    """Tell each finding, but for those of one step; the exit code of the first trouble."""
    first = 0  # the first trouble is often the others' cause, and says what to do first
    async for finding in checking.findings():
        if finding.step == leaving_out:
            continue
        print(wrapped(line(finding.step, finding.detail, finding.error)), flush=True)
        first = first or (getattr(finding.error, "exit_code", 1) if finding.error else 0)
    return first
