"""The agent: keeps the mailbox watched, letters sent and reminders made, and says that it lives.

Supervises; decides nothing. Every wait ends at once when it is told to stop, every failure of the wire
ends in a new connection after a jittered wait, a refused log-in is shown and not tried again by itself.
What it does stands in the store, so that it may be killed at any instant.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from inbox_agent.errors import InboxAgentError, LoginRefused
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.folders import watched
from inbox_agent.services.draft import Drafting
from inbox_agent.services.poll import Mailbox, Poll, SyncReport
from inbox_agent.services.purge import Purging
from inbox_agent.services.remind import Reminding
from inbox_agent.services.send import Sending
from state.model import Heartbeat
from state.store.store import Store

log = structlog.get_logger()

MAILBOX, AGENT = "mailbox", "agent"  # the components that beat: the connection, and the process itself
ALIVE_EVERY = 5.0  # seconds
FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0  # seconds; full jitter between nothing and the doubled delay
LOOK_FOR_APPROVALS = 0.5  # seconds between looks whether somebody else wrote to the store
LOOK_FOR_REMINDERS = 60.0
LOOK_FOR_ENDED_CASES = 3600.0


class Connection(Mailbox, Protocol):
    """A mailbox that can also wait for news."""

    async def wait(self, seconds: float) -> bool:
        """Wait (IDLE) until the selected folder changes, `wake` is called or the time is over."""
        ...

    def wake(self) -> None: ...


@dataclass
class Agent:
    """The running assistant. `connect` opens one connection to the mailbox."""

    connect: Callable[[], AbstractAsyncContextManager[Connection]]
    store: Store
    recogniser: Recogniser
    profile: ControllerProfile
    drafting: Drafting
    sending: Sending
    reminding: Reminding
    purging: Purging
    now: Callable[[], datetime]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def once(self) -> SyncReport:
        """One pass: settle what a crash left, sync, draft, remind, send what is approved, purge what is due."""
        await self.sending.settle_interrupted()
        async with self.connect() as mailbox:
            report = await self._sync_all(mailbox)
        await self.reminding.remind()
        await self.sending.send_approved()
        self.purging.purge()
        return report

    async def run(self) -> None:
        """Work until `stop` is called. Raises nothing that a new connection can heal."""
        await self.sending.settle_interrupted()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch_mailbox())
            tasks.create_task(self._send_when_approved())
            tasks.create_task(self._remind_in_time())
            tasks.create_task(self._erase_in_time())
            tasks.create_task(self._show_life())

    def stop(self) -> None:
        """End every wait. Safe to call from a signal handler of the loop."""
        self._stop.set()

    # -- the mailbox ------------------------------------------------------------------------------

    async def _watch_mailbox(self) -> None:
        delay = FIRST_DELAY
        while not self._stop.is_set():
            try:
                self._beat("connecting")
                async with self.connect() as mailbox:
                    await self._sync_all(mailbox)
                    delay = FIRST_DELAY
                    await self._stay(mailbox)
            except LoginRefused as error:
                self._beat("login_refused", why=error.answer)
                log.error("login_refused", host=error.host)
                await self._stop.wait()
            except InboxAgentError as error:
                self._beat("disconnected", why=str(error))
                log.warning("disconnected", error=type(error).__name__)
                await self._pause(random.uniform(0, delay))  # noqa: S311  # jitter, not a secret
                delay = min(delay * 2, LONGEST_DELAY)

    async def _stay(self, mailbox: Connection) -> None:
        """Wait for news in the first folder; look into all of them at intervals, whatever IDLE says."""
        settings = self.profile.mailbox
        everything_at = asyncio.get_running_loop().time() + settings.sync_minutes * 60
        first = settings.folders[0]
        there = await mailbox.select(first)
        while not self._stop.is_set():
            left = everything_at - asyncio.get_running_loop().time()
            await self._wait(mailbox, min(settings.idle_minutes * 60, max(left, 0)))
            if self._stop.is_set():
                return
            if asyncio.get_running_loop().time() >= everything_at:
                await self._sync_all(mailbox)
                there = await mailbox.select(first)
                everything_at = asyncio.get_running_loop().time() + settings.sync_minutes * 60
            else:
                self._note(await self._poll(mailbox).sync_selected(first, there))

    async def _wait(self, mailbox: Connection, seconds: float) -> None:
        waker = asyncio.create_task(self._wake_on_stop(mailbox))
        try:
            await mailbox.wait(seconds)
        finally:
            waker.cancel()

    async def _wake_on_stop(self, mailbox: Connection) -> None:
        await self._stop.wait()
        mailbox.wake()

    async def _sync_all(self, mailbox: Connection) -> SyncReport:
        folders = watched(await mailbox.folders(), self.profile.mailbox)
        return self._note(await self._poll(mailbox).sync(folders))

    def _poll(self, mailbox: Connection) -> Poll:
        return Poll(mailbox, self.store, self.recogniser, self.profile, self.now)

    def _note(self, report: SyncReport) -> SyncReport:
        """After every look: propose letters for what is new, and show that the mailbox was read."""
        self.drafting.propose_first_letters()
        self._beat("connected", fetched=report.fetched)
        if report.fetched:
            log.info("synced", fetched=report.fetched, cases=report.cases, set_aside=report.set_aside)
        return report

    # -- letters and reminders --------------------------------------------------------------------

    async def _send_when_approved(self) -> None:
        """Look into the store when somebody else wrote to it, and when a time to undo ends."""
        while not self._stop.is_set():
            await self.sending.send_approved()
            await self._pause(LOOK_FOR_APPROVALS)

    async def _remind_in_time(self) -> None:
        while not self._stop.is_set():
            await self.reminding.remind()
            await self._pause(LOOK_FOR_REMINDERS)

    async def _erase_in_time(self) -> None:
        while not self._stop.is_set():
            self.purging.purge()
            await self._pause(LOOK_FOR_ENDED_CASES)

    async def _show_life(self) -> None:
        while not self._stop.is_set():
            self.store.pulse.beat(Heartbeat(AGENT, self.now(), "alive", {}))
            await self._pause(ALIVE_EVERY)
        self.store.pulse.beat(Heartbeat(AGENT, self.now(), "stopped", {}))

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def _beat(self, state: str, **detail: str | int | None) -> None:
        self.store.pulse.beat(Heartbeat(MAILBOX, self.now(), state, detail))
