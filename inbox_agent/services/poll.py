r"""Intake: from the mailbox into the store, nothing lost, nothing twice.

Fetches in batches and has each batch taken in (`services.taking`) in one transaction with its cursor. Only after
that is the server's mailbox touched, and only if the profile says so. Reads by its own cursor on (folder,
UIDVALIDITY, UID), never by `\Seen`. A mail that cannot be read holds up no other. Decides nothing itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from inbox_agent.errors import FolderMissing, MailboxEmptied, MailboxUnreachable, NotKept
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.attached import ReadsFile
from inbox_agent.rules.folders import is_named
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.parse import identifier_of
from inbox_agent.rules.understand import Understood
from inbox_agent.services import codes
from inbox_agent.services.first_look import FirstLook, first_look
from inbox_agent.services.report import SyncReport
from inbox_agent.services.taking import Taking
from inbox_agent.services.thinking import Beside, Readers, Sharing, alone
from state.model import Cursor, Fetched, FolderInfo, FolderState, Place, RawMessage, Withheld
from state.store.store import Store

log = structlog.get_logger()

TRIES = 3  # of a mail alone, before a person sees it in quarantine (our choice)
TRY_AGAIN_AFTER = timedelta(minutes=5)
TRY_QUARANTINED_AFTER = timedelta(hours=6)  # servers are mended; a mail that breaks the wire must not break it often


class Mailbox(Protocol):
    """What intake needs of a mail server. Raises the errors of `inbox_agent.errors`."""

    async def folders(self) -> tuple[FolderInfo, ...]: ...

    async def select(self, folder: str) -> FolderState: ...

    async def uids(self, after: int, since: date | None) -> list[int]:
        """UIDs above `after` in the selected folder, ascending; with `since`, received on or after that day."""
        ...

    def fetch(self, uids: Sequence[int]) -> AsyncIterator[Fetched]:
        """The mails, in batches bounded by count and bytes. Sets no flag."""
        ...

    async def head(self, uid: int) -> RawMessage | None:
        """The header of a mail that is not given whole, in place of its bytes."""
        ...

    async def move(self, uids: Sequence[int], folder: str) -> None:
        """Raises NotKept where the folder takes none."""
        ...


@dataclass(frozen=True, slots=True)
class Poll:
    """One pass over one mailbox of the profile, which is `server`. Mails are moved to `move_to` once they are stored;
    empty: the server's mailbox is not changed. `beside` starts the readers that many mails are worth.
    """

    mailbox: Mailbox
    server: Server
    store: Store
    recogniser: Classifies
    profile: ControllerProfile
    now: Callable[[], datetime]
    move_to: str = ""
    reads: ReadsFile | None = None
    beside: Readers = alone

    async def sync(self, folders: Sequence[str]) -> SyncReport:
        """Take in everything that is new in these folders, in this order. Repeating it is harmless.

        A folder that vanished since it was listed keeps nobody from reading the others.
        """
        report = SyncReport()
        for folder in folders:
            try:
                there = await self.mailbox.select(folder)
            except FolderMissing as error:
                report += SyncReport(missing=error)
                continue
            await self._begin_again_if_renumbered(folder, there)
            report += await self.sync_selected(folder, there)
        return report

    async def sync_selected(self, folder: str, there: FolderState) -> SyncReport:
        """Take in what is new in the folder that is selected as `there` says: news need no second look at it."""
        known = self.store.reading.cursor(self.server.account, folder)
        cursor, doubted = await self._continued(known, folder, there)
        uids = await self.mailbox.uids(cursor.last_uid, cursor.since)
        report = SyncReport(first_since=cursor.since, doubted=doubted)
        try:
            with self.beside(len(uids)) as readers:
                report += await self._read(uids, cursor, readers)
        except MailboxUnreachable as error:
            self._withhold(cursor, error.reading)
            raise
        report += await self._read_withheld(cursor)
        emptied = self._emptied(known, there, folder)
        self._end_look(cursor, there, held=emptied.had if emptied else there.exists)
        return report + SyncReport(emptied=(emptied,) if emptied else ())

    async def _read(self, uids: Sequence[int], cursor: Cursor, readers: Sequence[Beside]) -> SyncReport:
        """Fetch, understand and store batch by batch. Readers begin with the next batch before this one is stored."""
        report, ended = SyncReport(), threading.Event()
        try:
            async with aclosing(self._batches(uids, readers, ended)) as batches:
                async for fetched, sharing, following in batches:
                    thoughts = await self._thought(sharing)
                    if following is not None:
                        following.begin(readers)
                    report += self.take_in(fetched.mails, cursor, fetched.withheld, thoughts)
                    report += await self._after_storing([mail.place.uid for mail in fetched.mails])
        finally:
            ended.set()
        return report

    async def _batches(
        self, uids: Sequence[int], readers: Sequence[Beside], ended: threading.Event
    ) -> AsyncGenerator[tuple[Fetched, Sharing, Sharing | None], None]:
        """Each batch, begun, and where there are readers the one after it, which is theirs to begin. What was fetched
        before the connection broke is given first.
        """
        waiting: tuple[Fetched, Sharing] | None = None
        try:
            async for fetched in self.mailbox.fetch(uids):
                sharing = Sharing(fetched.mails, self._taking.understand, ended)
                if waiting is not None:
                    yield *waiting, sharing
                else:
                    sharing.begin(readers)
                waiting = (fetched, sharing)
                if not readers:
                    yield *waiting, None
                    waiting = None
        except MailboxUnreachable:
            if waiting is not None:
                yield *waiting, None
            raise
        if waiting is not None:
            yield *waiting, None

    async def reconcile(self, folders: Sequence[str]) -> SyncReport:
        """Compare what lies in these folders with what is stored, below the cursors too, and take in what is missing.

        Nothing should be: a cursor that passed a mail in silence would be an error of the server or of ours.
        """
        report = SyncReport()
        for folder in folders:
            there = await self.mailbox.select(folder)
            cursor = self.store.reading.cursor(self.server.account, folder)
            if cursor is None or cursor.uidvalidity != there.uidvalidity or cursor.since is not None:
                continue  # a first look is due or on its way
            look = await self._first_look(folder, there)
            below = [uid for uid in await self.mailbox.uids(0, look.since) if uid <= cursor.last_uid]
            missing = self.store.reading.unaccounted(cursor, below)
            if missing:
                log.error("mails_missing", mails=len(missing))
                async for fetched in self.mailbox.fetch(missing):
                    thoughts = await self._understood(fetched.mails)
                    report += self.take_in(fetched.mails, cursor, fetched.withheld, thoughts)
                    report += await self._after_storing([mail.place.uid for mail in fetched.mails])
            report += SyncReport(recovered=len(missing))
        return report

    async def _begin_again_if_renumbered(self, folder: str, there: FolderState) -> None:
        """A folder that has just been selected must not give UIDs that it gave before (RFC 3501, 2.3.1.1). One that was
        restored from a backup does: under them new mails would pass for read.
        """
        known = self.store.reading.cursor(self.server.account, folder)
        if known is None or known.uidvalidity != there.uidvalidity:
            return
        if 0 < there.uidnext <= known.last_uid or await self._another_lies_there(known):
            log.error("numbers_given_again", folder=folder)
            look = await self._first_look(folder, there)
            self.store.reading.begin_again(replace(known, last_uid=0, since=look.since))

    async def _another_lies_there(self, known: Cursor) -> bool:
        """Whether the newest mail that was read is another by now. Told by the Message-ID alone: some servers write a
        mail's bytes anew each time.
        """
        newest = self.store.reading.newest(known)
        head = await self.mailbox.head(newest[0]) if newest and known.since is None else None
        if newest is None or head is None:
            return False
        found = identifier_of(head.raw)
        return found is not None and found != newest[1]

    async def _continued(self, known: Cursor | None, folder: str, there: FolderState) -> tuple[Cursor, datetime | None]:
        """Where reading goes on. A first look that was broken off goes on as one, with its own beginning. With it what
        made our clock doubtful.
        """
        if known is not None and known.uidvalidity == there.uidvalidity:
            return known, None
        # A new UIDVALIDITY makes every known UID void (RFC 3501, 2.3.1.1): read again, known bytes are recognised.
        look = await self._first_look(folder, there)
        log.info("first_look", since=str(look.since), clock_doubted=look.doubted is not None)
        self.store.reading.forget_numbering(self.server.account, folder, there.uidvalidity)
        return Cursor(self.server.account, folder, there.uidvalidity, 0, look.since), look.doubted

    async def _first_look(self, folder: str, there: FolderState) -> FirstLook:
        return await first_look(self.mailbox, folder, there, self.server, self.now())

    def _emptied(self, known: Cursor | None, there: FolderState, folder: str) -> MailboxEmptied | None:
        """Whether a folder that held much is empty now, though we move nothing. Junk empties itself."""
        enough = self.profile.alarms.emptied_from
        if known is None or there.exists or self.move_to or not is_named(folder, self.server.folders):
            return None
        return MailboxEmptied(folder, known.held) if enough and known.held >= enough else None

    def _end_look(self, cursor: Cursor, there: FolderState, held: int) -> None:
        """Remember what a first look left out as read, so that the next one asks only for new mails."""
        stored = self.store.reading.cursor(cursor.account, cursor.folder) or cursor
        reached = stored.last_uid if stored.uidvalidity == cursor.uidvalidity else 0
        ended = replace(cursor, last_uid=reached, held=held)
        if cursor.since is not None and there.uidnext:  # else nobody knows where what was left out ends
            ended = replace(ended, last_uid=max(reached, there.uidnext - 1), since=None)
        if ended != stored:
            self.store.reading.save_cursor(ended)

    async def _after_storing(self, uids: Sequence[int]) -> SyncReport:
        """Move them where the profile wants it. A folder that takes none keeps nobody from reading on."""
        if self.move_to and uids:
            try:
                await self.mailbox.move(uids, self.move_to)
            except NotKept as error:
                log.warning("mails_not_moved", mails=len(uids), why=error.answer)
                return SyncReport(unmoved=error)
        return SyncReport()

    async def _understood(self, batch: Sequence[RawMessage]) -> list[Understood | None]:
        """What is thought of each mail, by nobody else."""
        ended = threading.Event()
        sharing = Sharing(batch, self._taking.understand, ended)
        sharing.begin(())
        try:
            return await self._thought(sharing)
        finally:
            ended.set()

    async def _thought(self, sharing: Sharing) -> list[Understood | None]:
        """What is thought of each mail, and which codes it brings back, found beside the loop: that may take seconds,
        and an agent that is told to stop meanwhile stops at once, and the thread after the mail in its hands. Nothing
        is stored here.
        """
        thoughts = await asyncio.to_thread(sharing.end)
        return await codes.read_beside(self.store, thoughts, self.now(), sharing.ended)

    def take_in(
        self,
        batch: Sequence[RawMessage],
        cursor: Cursor,
        withheld: Sequence[int] = (),
        thoughts: Sequence[Understood | None] | None = None,
    ) -> SyncReport:
        """Store one batch as it was understood: all of it, what was `withheld` of it and its cursor included, or
        nothing. Without `thoughts` it is understood first.
        """
        taking = self._taking
        if thoughts is None:
            thoughts = [taking.understand(mail) for mail in batch]
        with self.store.transaction():
            received = [mail.received_at for mail in batch]
            earliest, latest = min(received, default=None), max(received, default=None)
            report = SyncReport(fetched=len(batch), withheld=len(withheld), earliest=earliest, latest=latest)
            for mail, understood in zip(batch, thoughts, strict=True):
                report += taking.store_or_quarantine(mail, understood)
            self._withhold(cursor, withheld)
            uids = [*(mail.place.uid for mail in batch), *withheld]
            self.store.reading.save_cursor(replace(cursor, last_uid=max([cursor.last_uid, *uids])))
        return report

    # -- mails that the server holds and does not give --------------------------------------------

    def _withhold(self, cursor: Cursor, uids: Sequence[int]) -> None:
        """Note the mails of a batch that could not be read, to be read alone, and let the cursor pass them."""
        if not uids:
            return
        with self.store.transaction():
            for uid in uids:
                place = Place(cursor.account, cursor.folder, cursor.uidvalidity, uid)
                self.store.reading.withhold(place, 0, self.now())
            stored = self.store.reading.cursor(cursor.account, cursor.folder)
            reached = stored.last_uid if stored and stored.uidvalidity == cursor.uidvalidity else cursor.last_uid
            self.store.reading.save_cursor(replace(cursor, last_uid=max(reached, *uids)))
        log.warning("mails_withheld", mails=len(uids))

    async def _read_withheld(self, cursor: Cursor) -> SyncReport:
        """Try the withheld mails again, each alone and after everything else, so that none holds up another."""
        report = SyncReport()
        for waiting in self._to_try(cursor):
            try:
                fetched = [batch async for batch in self.mailbox.fetch([waiting.place.uid])]
            except MailboxUnreachable:
                self._tried(waiting, None)
                raise
            if any(batch.withheld for batch in fetched):
                report += self._tried(waiting, await self.mailbox.head(waiting.place.uid))
                continue
            mails = [mail for batch in fetched for mail in batch.mails]
            thoughts = await self._understood(mails)
            with self.store.transaction():
                if mails:
                    self._taking.make_way(waiting.place)
                reached = self.store.reading.cursor(cursor.account, cursor.folder) or cursor
                report += self.take_in(mails, reached, (), thoughts)
                self.store.reading.release(waiting.place)
            report += await self._after_storing([mail.place.uid for mail in mails])
        return report

    def _to_try(self, cursor: Cursor) -> list[Withheld]:
        """The withheld mails whose turn it is: those in quarantine seldom, the others soon."""
        where = (cursor.account, cursor.folder, cursor.uidvalidity)
        soon = self.store.reading.withheld(*where, self.now() - TRY_AGAIN_AFTER)
        seldom = self.store.reading.withheld(*where, self.now() - TRY_QUARANTINED_AFTER)
        return [one for one in soon if one.tries < TRIES] + [one for one in seldom if one.tries >= TRIES]

    def _tried(self, waiting: Withheld, head: RawMessage | None) -> SyncReport:
        """Count one more try. After TRIES a person sees what is known of the mail, if it be only its place; it is tried
        on, for as long as it lies there.
        """
        tries = waiting.tries + 1
        with self.store.transaction():
            self.store.reading.withhold(waiting.place, tries, self.now())
            if tries < TRIES:
                return SyncReport()
            log.error("mail_not_given", uid=waiting.place.uid)
            return self._taking.quarantine_unseen(waiting.place, head)

    @property
    def _taking(self) -> Taking:
        return Taking(self.store, self.recogniser, self.profile, self.now, self.reads)
