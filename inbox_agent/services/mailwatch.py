"""The watch over one mailbox: connected as long as it can be, looked into whatever IDLE says, its state shown.

Every failure of the wire ends in a new connection after a jittered wait. After a refused log-in or an expired sign-in
it is looked now and then whether there is another secret, which asks the mail server nothing.
Decides nothing about mails: that is `services.poll`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from inbox_agent.errors import GrantExpired, InboxAgentError, LoginRefused, SecretMissing
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.alarms import Trouble, connection, looks, oddities
from inbox_agent.rules.attached import ReadsFile
from inbox_agent.rules.folders import Survey, survey
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.services.first_look import MAY_BE_AHEAD
from inbox_agent.services.poll import Mailbox, Poll
from inbox_agent.services.report import SyncReport
from inbox_agent.services.thinking import Readers, alone
from state.errors import StateError, StoreFull, StoreUnusable
from state.model import Heartbeat
from state.store.store import Store

log = structlog.get_logger()

FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0  # seconds; full jitter between nothing and the doubled delay
LOOK_FOR_SECRET = 60.0
LOOK_AT_SECRET = 2.0  # seconds: whoever corrects it wants to see that it works
UNHEARD_AFTER = timedelta(seconds=90)  # a mail that lay there so long while we listened was not announced
RECONCILE_EVERY = timedelta(days=1)
DEAF_ROUND = 60.0  # seconds of IDLE where the server is known to be deaf


class Connection(Mailbox, Protocol):
    """A mailbox that can also wait for news."""

    async def wait(self, seconds: float) -> bool:
        """Wait (IDLE) until the selected folder changes or the time is over. May be cancelled."""
        ...


Connect = Callable[["Server"], AbstractAsyncContextManager[Connection]]


@dataclass
class MailWatch:
    """One mailbox of the profile. `pause` waits so many seconds, or until the agent is told to stop."""

    server: Server
    connect: Connect
    store: Store
    recogniser: Classifies
    profile: ControllerProfile
    now: Callable[[], datetime]
    beat: Callable[[Heartbeat], None]
    after_look: Callable[[], Awaitable[object]]
    pause: Callable[[float], Awaitable[None]]
    reads: ReadsFile | None = None
    beside: Readers = alone
    renewed: Callable[[Server, datetime], bool] = lambda _server, _since: False  # another secret than was refused then
    _odd: dict[str, str] = field(default_factory=dict)
    _odd_since: datetime | None = None
    _reconciled: datetime | None = None
    _newest: datetime | None = None  # of the mails that were read, when it was received

    async def once(self) -> SyncReport:
        """One look into every folder. Raises what kept it from being whole, after all that could be read was read."""
        try:
            async with self.connect(self.server) as mailbox:
                report = await self._sync_all(mailbox)
        except Exception as error:
            self._show_failure(error)
            raise
        if report.missing is not None:
            raise report.missing
        return report

    async def watch(self) -> None:
        """Watch until cancelled."""
        delay = FIRST_DELAY
        while True:
            try:
                self._show("connecting")
                async with self.connect(self.server) as mailbox:
                    await self._sync_all(mailbox)
                    delay = FIRST_DELAY
                    await self._stay(mailbox)
            except Exception as error:  # noqa: BLE001  # told; a bug of ours must not end the watch either
                self._show_failure(error)
                if isinstance(error, LoginRefused | SecretMissing) and await self._another_secret():
                    continue
            delay = await back_off(delay, self.pause)

    async def _another_secret(self) -> bool:
        """Wait for another secret, and whether it came: until then the server is not asked with the same one."""
        refused_at, clock = self.now(), asyncio.get_running_loop().time
        until = clock() + LOOK_FOR_SECRET
        while (left := until - clock()) > 0:
            await self.pause(min(LOOK_AT_SECRET, left))
            if await asyncio.to_thread(self.renewed, self.server, refused_at):
                return True
        return False

    async def _stay(self, mailbox: Connection) -> None:
        """Wait for news in the first folder; look into all of them at intervals, whatever IDLE says."""
        clock = asyncio.get_running_loop().time
        everything_at = clock() + self.server.sync_minutes * 60
        there = await self._survey(mailbox)
        first = there.read[0]
        selected = await mailbox.select(first)
        announced = True
        while True:
            # First a look: what came here while the other folders were read is announced by nobody.
            report = await self._note(await self._poll(mailbox, there).sync_selected(first, selected))
            self._listen(report, announced)
            if clock() >= everything_at:
                await self._sync_all(mailbox)
                there = await self._survey(mailbox)
                selected = await mailbox.select(first)
                announced, everything_at = True, clock() + self.server.sync_minutes * 60
                continue
            announced = await mailbox.wait(min(self._round(), everything_at - clock()))

    def _round(self) -> float:
        usual = self.server.idle_minutes * 60
        return min(usual, DEAF_ROUND) if Trouble.DEAF in self._odd else usual

    def _listen(self, report: SyncReport, announced: bool) -> None:
        """Notice a server that takes mail in and does not say so: IDLE is deaf, and asked more often from now on."""
        if announced and report.fetched and Trouble.DEAF in self._odd:
            del self._odd[Trouble.DEAF]
        elif not announced and report.earliest and self.now() - report.earliest > UNHEARD_AFTER:
            self._odd[Trouble.DEAF] = ""
            log.warning("idle_deaf")
        self._show_oddities()

    async def _survey(self, mailbox: Connection) -> Survey:
        """What there is to read. Raises FolderMissing where nothing is."""
        found = survey(await mailbox.folders(), self.server)
        if found.missing is not None and not found.read:
            self._remember(Trouble.FOLDER_MISSING, "1")
            self._show_oddities()  # at once: no look will succeed that would show it
            raise found.missing
        return found

    async def _sync_all(self, mailbox: Connection) -> SyncReport:
        there = await self._survey(mailbox)
        poll = self._poll(mailbox, there)
        report = await poll.sync(there.read)
        if self._reconciled is None or self.now() - self._reconciled >= RECONCILE_EVERY:
            report += await poll.reconcile(there.read)
            self._reconciled = self.now()
        missing = there.missing or report.missing
        self._remember(Trouble.FOLDER_MISSING, "1" if missing else None)
        self._remember(Trouble.EMPTIED, str(report.emptied[0].had) if report.emptied else None)
        return await self._note(report + SyncReport(missing=missing), whole=True)

    def _poll(self, mailbox: Connection, there: Survey) -> Poll:
        return Poll(
            mailbox,
            self.server,
            self.store,
            self.recogniser,
            self.profile,
            self.now,
            move_to=there.move_to,
            reads=self.reads,
            beside=self.beside,
        )

    async def _note(self, report: SyncReport, *, whole: bool = False) -> SyncReport:
        """After every look: let the agent do what follows, and show that the mailbox was read."""
        self._look_at_clock(report)
        if report.fetched:
            self._remember(Trouble.NOT_MOVED, report.unmoved.answer if report.unmoved else None)
        await self.after_look()
        self._show("connected", fetched=report.fetched)
        if whole:
            self.beat(Heartbeat(looks(self.server.account), self.now(), "done", {}))
            self._show_oddities()
        if report.fetched:
            log.info("synced", fetched=report.fetched, cases=report.cases, set_aside=report.set_aside)
        return report

    def _look_at_clock(self, report: SyncReport) -> None:
        """No mail is received in the future: our clock is behind, until it has passed the mail's."""
        self._newest = max((at for at in (self._newest, report.latest) if at), default=None)
        ahead = self._newest is not None and self._newest - self.now() > MAY_BE_AHEAD
        self._remember(Trouble.CLOCK_BEHIND, str(self._newest) if ahead else None)

    # -- what is shown ----------------------------------------------------------------------------

    def _show(self, state: str, **detail: str | int | None) -> None:
        self.beat(Heartbeat(connection(self.server.account), self.now(), state, detail))

    def _show_failure(self, error: Exception) -> None:
        """Why the mailbox could not be read."""
        match error:
            case LoginRefused():
                trouble = Trouble.GRANT_EXPIRED if isinstance(error, GrantExpired) else Trouble.LOGIN_REFUSED
                self._show(trouble, why=error.answer)
                log.error(str(trouble), host=error.host)
            case SecretMissing():
                self._show("disconnected", why=str(error))
                log.error("secret_missing", why=error.why)
            case StoreFull() | StoreUnusable():
                self._show(Trouble.STORE_FAILS, why=str(error))
                log.error("store_fails", error=type(error).__name__)
            case InboxAgentError() | StateError():
                self._show("disconnected", why=str(error))
                log.warning("disconnected", error=type(error).__name__)
            case _:
                self._show("disconnected", why=type(error).__name__)
                log.error("disconnected", exc_info=error)

    def _remember(self, trouble: Trouble, fact: str | None) -> None:
        if fact is None:
            self._odd.pop(trouble, None)
        else:
            self._odd[trouble] = fact

    def _show_oddities(self) -> None:
        """Since when there is something odd stays what it was while there is."""
        self._odd_since = (self._odd_since or self.now()) if self._odd else None
        since = self._odd_since or self.now()
        self.beat(Heartbeat(oddities(self.server.account), since, "odd" if self._odd else "none", dict(self._odd)))


async def back_off(delay: float, pause: Callable[[float], Awaitable[None]]) -> float:
    """Wait up to `delay` seconds; return how long the next wait may be."""
    await pause(random.uniform(0, delay))  # noqa: S311  # jitter, not a secret
    return min(delay * 2, LONGEST_DELAY)
