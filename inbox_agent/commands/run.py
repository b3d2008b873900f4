"""`inbox-agent run`: the agent itself, until it is told to stop, or for one pass."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import threading

from inbox_agent import bootstrap
from inbox_agent.adapters import supervisor
from inbox_agent.commands import opening
from inbox_agent.phrasing.syncing import sync_report
from inbox_agent.services.watch import Agent
from inbox_agent.texts import gettext as _

LATEST = 4.5  # seconds from the signal to the process's end


def summary() -> str:
    return _("Watch the mailbox, draft, remind and send what is approved, until stopped.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help=_("one pass (sync, draft, remind, send), then exit"))


def run(arguments: argparse.Namespace) -> int:
    with opening.store(arguments) as store, opening.only_agent(arguments):
        now = opening.now(arguments) if arguments.once else opening.running_now(arguments)
        agent = bootstrap.agent(opening.profile(arguments), opening.profile_path(arguments), store, now)
        return asyncio.run(_once(agent) if arguments.once else _until_stopped(agent))


async def _once(agent: Agent) -> int:
    print("\n".join(sync_report(await agent.once())))
    return 0


async def _until_stopped(agent: Agent) -> int:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        supervisor.stopping()
        _end_at_the_latest()
        agent.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    await agent.run()
    return 0


def _end_at_the_latest() -> None:
    """A thread that waits for a dead server cannot be ended, and would hold the process. All that counts is stored."""
    timer = threading.Timer(LATEST, os._exit, [0])
    timer.daemon = True
    timer.start()
