"""The agent with everything around it played: a mailbox that a test fills, acts that count their calls and fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime

from inbox_agent.commands.opening import specimen
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.alarms import NOTICES, connection
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.mailwatch import Connection
from inbox_agent.services.notices import Notices
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.taking import Taking
from inbox_agent.services.watch import Agent
from inbox_agent.services.way_out import Door, WayOut
from state.model import (
    Fetched,
    FolderInfo,
    FolderState,
    Place,
    RawMessage,
)
from state.store.store import Store

NOW = datetime(2026, 3, 6, tzinfo=UTC)


LETTER = (
    b"From: Maija <maija@posti.example>\r\nTo: t@yritys.example\r\nSubject: Omat tiedot\r\n"
    b"Message-ID: <1@posti.example>\r\n\r\nPyyd\xc3\xa4n j\xc3\xa4ljenn\xc3\xb6ksen kaikista tiedoistani.\r\n"
)


class Fake:
    """A mailbox with one folder that lets a test put mail there when it likes."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.junk: list[bytes] = []
        self.waits = 0
        self.closed = False
        self.at_select: Callable[[], None] = lambda: None

    async def folders(self) -> tuple[FolderInfo, ...]:
        return (FolderInfo("INBOX", ""), FolderInfo("Junk", "\\Junk"))

    async def select(self, folder: str) -> FolderState:
        self._folder = folder
        if folder == "Junk":
            self.at_select()
        return FolderState(1, len(self._there) + 1, len(self._there))

    async def uids(self, after: int, since: date | None) -> list[int]:
        return [uid for uid in range(1, len(self._there) + 1) if uid > after]

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[Fetched]:
        account = specimen().account
        for uid in uids:
            yield Fetched((RawMessage(Place(account, self._folder, 1, uid), NOW, self._there[uid - 1]),))

    async def head(self, uid: int) -> RawMessage | None:
        return None

    async def move(self, uids: Sequence[int], folder: str) -> None: ...

    async def wait(self, seconds: float) -> bool:
        self.waits += 1
        await asyncio.sleep(3600)
        return False

    @property
    def _there(self) -> list[bytes]:
        return self.mails if self._folder == "INBOX" else self.junk


class Doing:
    """One of the agent's acts, which counts its calls and raises what a test wants."""

    def __init__(self, *errors: Exception) -> None:
        self.calls, self._errors = 0, list(errors)

    async def __call__(self, *_asked: object, **_named: object) -> int:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return 0

    async def send(self, *_letter: object) -> str:
        """As the wire of notices it takes them all."""
        return "250 taken"

    settle_interrupted = send_approved = remind = look = before_sending = __call__

    def purge(self) -> int:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return 0


def agent(mailbox: Fake, *, sending: Doing, reminding: Doing, purging: Doing, fails: list[Exception]) -> Agent:
    @asynccontextmanager
    async def connect(_server: Server) -> AsyncIterator[Connection]:
        if fails:
            raise fails.pop(0)
        try:
            yield mailbox
        finally:
            mailbox.closed = True

    opened: Callable[[Server], AbstractAsyncContextManager[Connection]] = connect
    store, profile = Store.open(":memory:"), specimen()
    return Agent(
        opened,
        store,
        Recogniser.load(),
        profile,
        Identifying(store, profile, None, lambda: NOW, "1.0"),
        Drafting(store, profile, lambda: NOW),
        sending,  # type: ignore[arg-type]
        reminding,  # type: ignore[arg-type]
        purging,  # type: ignore[arg-type]
        Door(store, lambda: NOW),
        Alarming(store, _notices(store, sending), profile, lambda: NOW),
        Doing(),  # type: ignore[arg-type]
        Doing(),  # type: ignore[arg-type]
        Rereading(store, Taking(store, Recogniser.load(), profile, lambda: NOW), "1.0"),
        lambda: NOW,
    )


def _notices(store: Store, sending: Doing) -> Notices:
    way_out = WayOut(store, lambda: NOW, NOTICES)
    return Notices(sending, specimen(), lambda: NOW, lambda: "<a@x>", way_out)  # type: ignore[arg-type]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110  # it looks at a store and at counters, which announce nothing
            await asyncio.sleep(0.005)


def connection_state(running: Agent) -> str:
    beat = running.store.pulse.read(connection(running.profile.account))
    return beat.state if beat else ""
