"""One connection to a mailbox over IMAP, for asyncio.

One connection is one object is one thread: the library blocks, so each `ImapMailbox` owns a thread that alone
uses the session, and its coroutines wait for that thread. Closing is bounded even when the server is dead. A
connection is never mended: after a failure every act raises MailboxUnreachable, and a new one is opened.

Errors, all of `inbox_agent.errors`: MailboxUnreachable (network, TLS, timeout, a server that cannot answer now
or answers nonsense), LoginRefused, FolderMissing, NotKept, UsageProblem (see `wire.tls_context`). None holds a password
or a mail's text.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent import futures
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from typing import Self, TypeVar

from inbox_agent.adapters.fetch import SIZES_AT_ONCE, Delivered, batches
from inbox_agent.adapters.secrets import Secret, revealed
from inbox_agent.adapters.session import Patience, Session, translated
from inbox_agent.errors import LoginRefused, MailboxUnreachable
from inbox_agent.profile import Mailbox
from state.model import Fetched, FolderInfo, FolderState, Place, RawMessage

T = TypeVar("T")

USUAL_PATIENCE = Patience()


class ImapMailbox:
    """A mailbox between `connect` and `close`. `wake` may be called from any thread, the rest from one loop."""

    def __init__(self, server: Mailbox, secret: Secret, patience: Patience = USUAL_PATIENCE) -> None:
        self._server = server
        self._secret = secret
        self._patience = patience
        self._thread = futures.ThreadPoolExecutor(1, thread_name_prefix=f"imap-{server.host}")
        self._session: Session | None = None  # touched by the thread only, but for `Session.cut`
        self._selected: tuple[str, int] = ("", 0)  # folder and its UIDVALIDITY
        self._closed = False
        self._sleeper, self._waker = socket.socketpair()
        self._sleeper.setblocking(False)
        self._waker.setblocking(False)

    @classmethod
    @asynccontextmanager
    async def open(cls, server: Mailbox, secret: Secret, patience: Patience = USUAL_PATIENCE) -> AsyncIterator[Self]:
        """A connected mailbox, closed in the end."""
        mailbox = cls(server, secret, patience)
        try:
            await mailbox.connect()
            yield mailbox
        finally:
            await mailbox.close()

    async def connect(self) -> None:
        """Connect and log in. Raises LoginRefused, which must not be tried again blindly: accounts get locked."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connect)

    async def close(self) -> None:
        """Log out and end the thread, within twice `Patience.close`: then the connection is cut.

        A thread that is still connecting ends by itself, when `Patience.connect` is over.
        """
        if self._closed:
            return
        self._closed = True
        self.wake()
        goodbye = self._thread.submit(self._disconnect)
        self._thread.shutdown(wait=False)
        ended = partial(futures.wait, [goodbye], self._patience.close)
        if not (await asyncio.to_thread(ended)).done:
            if (session := self._session) is not None:
                session.cut()
            await asyncio.to_thread(ended)

    async def folders(self) -> tuple[FolderInfo, ...]:
        """Every folder that can hold mail, with its special use."""
        return await self._run(Session.folders)

    async def select(self, folder: str) -> FolderState:
        """Open a folder for the acts below. Raises FolderMissing."""
        state = await self._run(partial(Session.select, folder=folder))
        self._selected = (folder, state.uidvalidity)
        return state

    async def uids(self, after: int, since: date | None) -> list[int]:
        """UIDs above `after` in the selected folder, ascending; with `since`, none received on or after that day
        is missing, and some of the day before may be among them.
        """
        return await self._run(partial(Session.uids, after=after, since=since))

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[Fetched]:
        """The mails, ascending by UID, in batches bounded by count and bytes. Sets no flag.

        Mails deleted meanwhile are left out; those that are there and not given are named. Where the connection
        breaks, MailboxUnreachable names the batch that was being read.
        """
        ascending = sorted(uids)
        for start in range(0, len(ascending), SIZES_AT_ONCE):
            some = ascending[start : start + SIZES_AT_ONCE]
            sizes = await self._run(partial(Session.sizes, uids=some))
            for batch in batches(sizes):
                mails, withheld = await self._read(batch, sizes)
                if mails or withheld:
                    yield Fetched(self._raw_messages(mails), withheld)

    async def head(self, uid: int) -> RawMessage | None:
        """A mail's header in place of its bytes, where even that is given."""
        mail = await self._run(partial(Session.head, uid=uid))
        return None if mail is None else self._raw_messages([mail])[0]

    async def wait(self, seconds: float) -> bool:
        """Wait until mail is announced in the selected folder (then true), `wake` is called or the time is over."""
        try:
            return await self._run(partial(Session.wait, wake=self._sleeper, seconds=seconds), seconds)
        except asyncio.CancelledError:
            self.wake()  # else the thread would go on waiting for nobody
            raise

    def wake(self) -> None:
        """End the present `wait`, or the next one if there is none."""
        with suppress(OSError):  # closed, or full of earlier calls
            self._waker.send(b"\0")

    async def append(self, folder: str, raw: bytes, flags: Sequence[str]) -> None:
        """Put a mail into a folder. Raises FolderMissing, NotKept."""
        await self._run(partial(Session.append, folder=folder, raw=raw, flags=flags))

    async def contains(self, folder: str, message_id: str) -> bool:
        """Whether the folder holds a mail of this Message-ID. Selects it. Raises FolderMissing."""
        return await self._run(partial(Session.contains, folder=folder, message_id=message_id))

    async def answers(self, folder: str, to: str | None, naming: str) -> list[bytes]:
        """The newest mails of a folder that answer a Message-ID or name this in their subject. Selects the folder."""
        return await self._run(partial(Session.answers, folder=folder, to=to, naming=naming))

    async def take_back(self, folder: str, message_id: str, ours: Callable[[bytes], bool]) -> None:
        """Remove what we put into a folder ourselves, if `ours` knows it again. Selects the folder."""
        await self._run(partial(Session.take_back, folder=folder, message_id=message_id, ours=ours))

    async def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails of the selected folder; the profile must name a folder to move to. Raises FolderMissing,
        NotKept.
        """
        if uids:
            await self._run(partial(Session.move, uids=uids, folder=folder))

    # -- on the thread ----------------------------------------------------------------------------

    def _connect(self) -> None:
        while self._session is None:
            secret = revealed(self._secret)
            try:
                with translated(self._server):
                    self._session = Session.open(self._server, secret, self._patience)
            except LoginRefused as error:
                if isinstance(self._secret, str) or not self._secret.rejected(error):
                    raise

    def _act(self, act: Callable[[Session], T]) -> T:
        if self._session is None:
            raise self._unreachable("not connected")
        try:
            with translated(self._server):
                return act(self._session)
        except MailboxUnreachable:
            self._session.drop()
            self._session = None
            raise

    def _disconnect(self) -> None:
        if self._session is not None:
            self._session.close()
        self._sleeper.close()
        self._waker.close()

    # -- in the loop ------------------------------------------------------------------------------

    async def _run(self, act: Callable[[Session], T], longer: float = 0.0) -> T:
        """Let the thread act, which may take `longer` than an act does. Raises what `_act` raises."""
        running = asyncio.get_running_loop().run_in_executor(self._thread, self._act, act)
        try:
            async with asyncio.timeout(self._patience.act + longer):  # wait_for of Python 3.11 can lose a cancellation
                return await running
        except TimeoutError:
            if (session := self._session) is not None:
                session.cut()
            raise self._unreachable("timeout") from None

    async def _read(self, batch: Sequence[int], sizes: Mapping[int, int]) -> tuple[list[Delivered], tuple[int, ...]]:
        try:
            return await self._run(partial(Session.read, batch=batch, sizes=sizes))
        except MailboxUnreachable as error:
            raise MailboxUnreachable(error.host, error.port, error.why, batch) from None

    def _raw_messages(self, mails: Sequence[Delivered]) -> tuple[RawMessage, ...]:
        folder, uidvalidity = self._selected
        account = self._server.account
        return tuple(
            RawMessage(Place(account, folder, uidvalidity, mail.uid), mail.received_at, mail.raw) for mail in mails
        )

    def _unreachable(self, why: str) -> MailboxUnreachable:
        return MailboxUnreachable(self._server.host, self._server.port, why)
