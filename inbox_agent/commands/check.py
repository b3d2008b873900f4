"""`inbox-agent check`: look whether everything is there; each line green, or what to do. Changes nothing."""

from __future__ import annotations

import argparse
import asyncio

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.phrasing.checking import line
from inbox_agent.services.checking import Checking
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Check profile, log-ins, folders, clock and database; each line says what to do.")


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    checking = bootstrap.checking(opening.profile(arguments), path, opening.now(arguments))
    return asyncio.run(_told(checking))


async def _told(checking: Checking) -> int:
    worst = 0
    async for finding in checking.findings():
        print(line(finding.step, finding.detail, finding.error), flush=True)
        worst = max(worst, getattr(finding.error, "exit_code", 1) if finding.error else 0)
    return worst
