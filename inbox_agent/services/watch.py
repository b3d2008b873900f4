"""The agent: keeps the mailbox watched, letters sent and reminders made, and says that it lives.

Supervises; decides nothing. Every wait ends at once when it is told to stop, every failure of the wire
ends in a new connection after a jittered wait, a refused log-in is shown and not tried again by itself.
No failure of one task ends another.
What it does stands in the store, so that it may be killed at any instant.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
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
from state.errors import StateError
from state.model import Heartbeat
from state.store.store import Store

log = structlog.get_logger()

MAILBOX, AGENT = "mailbox", "agent"  # the components that beat: the connection, and the process itself
ALIVE_EVERY = 5.0  # seconds
FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0  # seconds; full jitter between nothing and the doubled delay
LOOK_FOR_APPROVALS = 0.5
LOOK_FOR_REMINDERS = 60.0
LOOK_FOR_ENDED_CASES = 3600.0
LAST_LETTER = 20.0  # that a letter on its way may still take when the agent is told to stop


class Connection(Mailbox, Protocol):
    """A mailbox that can also wait for news."""

    async def wait(self, seconds: float) -> bool:
        """Wait (IDLE) until the selected folder changes or the time is over. May be cancelled."""
        ...


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
    _unsettled: bool = True  # a crash or a failure may have left letters claimed

    async def once(self) -> SyncReport:
        """One pass: settle what a crash left, sync, draft, remind, send what is approved, purge what is due.

        A mailbox that cannot be read keeps nobody from being reminded: its error is raised last.
        """
        await self.sending.settle_interrupted()
        report, failed = SyncReport(), None
        try:
            async with self.connect() as mailbox:
                report = await self._sync_all(mailbox)
        except InboxAgentError as error:
            failed = error
        await self.reminding.remind()
        await self.sending.send_approved()
        self.purging.purge()
        if failed is not None:
            raise failed
        return report

    async def run(self) -> None:
        """Work until `stop` is called, whatever fails meanwhile: wire, store, or code of ours."""
        async with asyncio.TaskGroup() as tasks:
            mailbox = tasks.create_task(self._watch_mailbox())
            letters = {
                tasks.create_task(self._send_when_approved()),
                tasks.create_task(self._repeat(self.reminding.remind, LOOK_FOR_REMINDERS)),
            }
            tasks.create_task(self._repeat(self._purge, LOOK_FOR_ENDED_CASES))
            tasks.create_task(self._repeat(self._live, ALIVE_EVERY))
            await self._stop.wait()
            mailbox.cancel()  # a batch is stored whole or not at all, so any moment is good
            _, late = await asyncio.wait(letters, timeout=LAST_LETTER)
            for task in late:
                task.cancel()  # it stays claimed, and is looked up at the next start
        self._beat(AGENT, "stopped")

    def stop(self) -> None:
        """End every wait. Safe to call from a signal handler of the loop."""
        self._stop.set()

    # -- the mailbox ------------------------------------------------------------------------------

    async def _watch_mailbox(self) -> None:
        delay = FIRST_DELAY
        while True:
            try:
                self._beat(MAILBOX, "connecting")
                async with self.connect() as mailbox:
                    await self._sync_all(mailbox)
                    delay = FIRST_DELAY
                    await self._stay(mailbox)
            except LoginRefused as error:
                self._beat(MAILBOX, "login_refused", why=error.answer)
                log.error("login_refused", host=error.host)
                return
            except (InboxAgentError, StateError) as error:
                self._beat(MAILBOX, "disconnected", why=str(error))
                log.warning("disconnected", error=type(error).__name__)
            except Exception as error:  # a bug of ours must not end the watch
                self._beat(MAILBOX, "disconnected", why=type(error).__name__)
                log.exception("disconnected")
            delay = await self._back_off(delay)

    async def _stay(self, mailbox: Connection) -> None:
        """Wait for news in the first folder; look into all of them at intervals, whatever IDLE says."""
        settings, clock = self.profile.mailbox, asyncio.get_running_loop().time
        first = settings.folders[0]
        everything_at = clock() + settings.sync_minutes * 60
        there = await mailbox.select(first)
        while True:
            # First a look: what came here while the other folders were read is announced by nobody.
            self._note(await self._poll(mailbox).sync_selected(first, there))
            await mailbox.wait(min(settings.idle_minutes * 60, max(everything_at - clock(), 0)))
            if clock() >= everything_at:
                await self._sync_all(mailbox)
                there = await mailbox.select(first)
                everything_at = clock() + settings.sync_minutes * 60

    async def _sync_all(self, mailbox: Connection) -> SyncReport:
        folders = watched(await mailbox.folders(), self.profile.mailbox)
        return self._note(await self._poll(mailbox).sync(folders))

    def _poll(self, mailbox: Connection) -> Poll:
        return Poll(mailbox, self.store, self.recogniser, self.profile, self.now)

    def _note(self, report: SyncReport) -> SyncReport:
        """After every look: propose letters for what is new, and show that the mailbox was read."""
        self.drafting.lay_down_duties()
        self.drafting.propose_first_letters()
        self._beat(MAILBOX, "connected", fetched=report.fetched)
        if report.fetched:
            log.info("synced", fetched=report.fetched, cases=report.cases, set_aside=report.set_aside)
        return report

    # -- letters and reminders --------------------------------------------------------------------

    async def _send_when_approved(self) -> None:
        await self._repeat(self._settle_and_send, LOOK_FOR_APPROVALS)

    async def _settle_and_send(self) -> None:
        """Send what is approved. At the start, and after a failure, first look up what may have been left claimed."""
        if self._unsettled:
            await self.sending.settle_interrupted()
        self._unsettled = True
        await self.sending.send_approved()
        self._unsettled = False

    async def _purge(self) -> None:
        self.purging.purge()

    async def _live(self) -> None:
        self._beat(AGENT, "alive")

    # -- going on ---------------------------------------------------------------------------------

    async def _repeat(self, act: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Do it at intervals until told to stop. What fails is tried again, after longer and longer waits."""
        delay = FIRST_DELAY
        while not self._stop.is_set():
            try:
                await act()
            except (InboxAgentError, StateError) as error:
                log.error("failed", act=act.__name__, error=type(error).__name__)
                delay = await self._back_off(delay)
            except Exception:  # a bug of ours in one act must not end the others
                log.exception("failed", act=act.__name__)
                delay = await self._back_off(delay)
            else:
                delay = FIRST_DELAY
                await self._pause(seconds)

    async def _back_off(self, delay: float) -> float:
        """Wait up to `delay` seconds; return how long the next wait may be."""
        await self._pause(random.uniform(0, delay))  # noqa: S311  # jitter, not a secret
        return min(delay * 2, LONGEST_DELAY)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def _beat(self, component: str, state: str, **detail: str | int | None) -> None:
        """Show life. A sign that the store cannot take is missed: what shows it also shows its age."""
        with suppress(StateError):
            self.store.pulse.beat(Heartbeat(component, self.now(), state, detail))
