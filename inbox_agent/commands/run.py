"""`inbox-agent run`: the agent itself, until it is told to stop, or for one pass."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.adapters import collector, logs, supervisor
from inbox_agent.adapters.terminal import wrapped
from inbox_agent.commands import opening
from inbox_agent.commands.starting import Start, told_by_mail
from inbox_agent.errors import Alarmed
from inbox_agent.phrasing.alarms import where
from inbox_agent.phrasing.checking import line
from inbox_agent.phrasing.syncing import sync_report
from inbox_agent.services.checking import NOT_RUNNING
from inbox_agent.services.succession import Succession
from inbox_agent.texts import gettext as _
from state.store.store import Store

LATEST = 4.5  # seconds from the signal to the process's end


def summary() -> str:
    return _("Watch the mailbox, draft, remind and send what is approved, until stopped.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help=_("one pass (sync, draft, remind, send), then exit"))


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    now = opening.now(arguments) if arguments.once else opening.running_now(arguments)
    with ExitStack() as held:
        with told_by_mail(path, now) as start:
            store = held.enter_context(opening.first_store(arguments))
            held.enter_context(opening.only_agent(arguments))
            if arguments.once:
                return _pass(path, store, now, start)
            agents = bootstrap.succession(path, store, now)
            start.begins(agents.agent.alarming)
        collector.seldom()
        return asyncio.run(_until_stopped(agents))


def _pass(path: Path, store: Store, now: bootstrap.Now, start: Start) -> int:
    profile = profiles.read(path)
    agent = bootstrap.agent(profile, path, store, now)
    start.begins(agent.alarming)
    collector.seldom()
    if sys.stderr.isatty():
        logs.to_stderr(logging.CRITICAL)  # somebody sits here who is told in words
    print(wrapped("\n".join(sync_report(asyncio.run(agent.once())))))
    for alarm in bootstrap.checking(profile, path, now).alarms():
        if alarm.trouble not in NOT_RUNNING:
            error = Alarmed(alarm.trouble, alarm.since, alarm.cases)
            print(wrapped(line("agent", "", error, where(alarm, profile))))
    return 0


async def _until_stopped(agent: Succession) -> int:
    """Told to end, it ends in time, whatever it does: the signal is heard by a thread of its own, for the loop is deaf
    while it waits for a database that somebody else has locked.
    """
    loop = asyncio.get_running_loop()
    heard, rung = socket.socketpair()
    rung.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(rung.fileno())  # written to at once, wherever the program is
    threading.Thread(target=_end, args=(heard, loop, agent), daemon=True).start()
    try:
        await agent.run()
    finally:
        signal.set_wakeup_fd(-1)
    return 0


def _end(heard: socket.socket, loop: asyncio.AbstractEventLoop, agent: Succession) -> None:
    """A thread that waits for a dead server cannot be ended, and would hold the process. All that counts is stored."""
    if not heard.recv(1):  # nobody told it: the program ended by itself
        return
    supervisor.stopping()
    agent.give_up()
    with suppress(RuntimeError):  # it has just ended by itself
        loop.call_soon_threadsafe(agent.stop)
    time.sleep(LATEST)
    os._exit(0)
