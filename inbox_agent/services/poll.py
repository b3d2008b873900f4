r"""Intake: from the mailbox into the store, nothing lost, nothing twice.

Fetches in batches, understands each mail, lets `rules.intake` decide, and stores raw bytes, receipt,
understanding, case and cursor in one transaction a batch. Only after that is the server's mailbox
touched, and only if the profile says so. Reads by its own cursor on (folder, UIDVALIDITY, UID), never
by `\Seen`. Decides nothing itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from inbox_agent.errors import FolderMissing, MailboxEmptied, MailboxUnreachable
from inbox_agent.phrasing.syncing import where_it_lies
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules import canary, deadlines
from inbox_agent.rules.analysis import analysis, not_understood
from inbox_agent.rules.intake import Join, OpenCase, Quarantine, SetAside, decide
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.understand import Understood, understand
from inbox_agent.services import identifying, obliging
from state.errors import StoreBusy, StoreFull, StoreUnusable
from state.model import (
    AGENT,
    Act,
    Arrival,
    Cursor,
    Event,
    Fetched,
    FolderInfo,
    FolderState,
    MessageKind,
    Party,
    Place,
    RawMessage,
    Reason,
    Verdict,
    Withheld,
)
from state.store.store import Store

log = structlog.get_logger()


TRIES = 3  # of a mail alone, before a person sees it in quarantine (our choice)
TRY_AGAIN_AFTER = timedelta(minutes=5)


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

    async def move(self, uids: Sequence[int], folder: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one pass over the folders brought: counts, since when a first pass looked back, when the earliest mail that
    was fetched had been received, and the folders that are suddenly empty.
    """

    fetched: int = 0
    cases: int = 0
    joined: int = 0
    set_aside: int = 0
    quarantined: int = 0
    known: int = 0
    withheld: int = 0
    recovered: int = 0  # mails below the cursor that were in no book
    first_since: date | None = None
    earliest: datetime | None = None
    emptied: tuple[MailboxEmptied, ...] = ()
    missing: FolderMissing | None = None  # a folder that the profile names, or that vanished meanwhile

    def __add__(self, other: SyncReport) -> SyncReport:
        return SyncReport(
            self.fetched + other.fetched,
            self.cases + other.cases,
            self.joined + other.joined,
            self.set_aside + other.set_aside,
            self.quarantined + other.quarantined,
            self.known + other.known,
            self.withheld + other.withheld,
            self.recovered + other.recovered,
            self.first_since or other.first_since,
            min((at for at in (self.earliest, other.earliest) if at), default=None),
            self.emptied + other.emptied,
            self.missing or other.missing,
        )


def first_since(server: Server, now: datetime) -> date:
    """How far back a first look reaches: a legal date in Helsinki."""
    return deadlines.helsinki_date(now) - server.since if isinstance(server.since, timedelta) else server.since


@dataclass(frozen=True, slots=True)
class Poll:
    """One pass over one mailbox of the profile, which is `server`. Mails are moved to `move_to` once they are stored;
    empty: the server's mailbox is not changed.
    """

    mailbox: Mailbox
    server: Server
    store: Store
    recogniser: Classifies
    profile: ControllerProfile
    now: Callable[[], datetime]
    move_to: str = ""

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
            report += await self.sync_selected(folder, there)
        return report

    async def sync_selected(self, folder: str, there: FolderState) -> SyncReport:
        """Take in what is new in the folder that is selected as `there` says: news need no second look at it."""
        known = self.store.intake.cursor(self.server.account, folder)
        cursor = self._continued(known, folder, there)
        uids = await self.mailbox.uids(cursor.last_uid, cursor.since)
        report = SyncReport(first_since=cursor.since)
        try:
            async for fetched in self.mailbox.fetch(uids):
                report += self.take_in(fetched.mails, cursor, fetched.withheld)
                await self._after_storing([mail.place.uid for mail in fetched.mails])
        except MailboxUnreachable as error:
            self._withhold(cursor, error.reading)
            raise
        report += await self._read_withheld(cursor)
        emptied = self._emptied(known, there, folder)
        self._end_look(cursor, there, held=emptied.had if emptied else there.exists)
        return report + SyncReport(emptied=(emptied,) if emptied else ())

    async def reconcile(self, folders: Sequence[str]) -> SyncReport:
        """Compare what lies in these folders with what is stored, below the cursors too, and take in what is missing.

        Nothing should be: a cursor that passed a mail in silence would be an error of the server or of ours.
        """
        report = SyncReport()
        for folder in folders:
            there = await self.mailbox.select(folder)
            cursor = self.store.intake.cursor(self.server.account, folder)
            if cursor is None or cursor.uidvalidity != there.uidvalidity or cursor.since is not None:
                continue  # a first look is due or on its way
            below = [
                uid
                for uid in await self.mailbox.uids(0, first_since(self.server, self.now()))
                if uid <= cursor.last_uid
            ]
            missing = self.store.intake.unaccounted(cursor, below)
            if missing:
                log.error("mails_missing", mails=len(missing))
                async for fetched in self.mailbox.fetch(missing):
                    report += self.take_in(fetched.mails, cursor, fetched.withheld)
                    await self._after_storing([mail.place.uid for mail in fetched.mails])
            report += SyncReport(recovered=len(missing))
        return report

    def _continued(self, known: Cursor | None, folder: str, there: FolderState) -> Cursor:
        """Where reading goes on. A first look that was broken off goes on as one, with its own beginning."""
        if known is not None and known.uidvalidity == there.uidvalidity:
            return known
        # A new UIDVALIDITY makes every known UID void (RFC 3501, 2.3.1.1): read again, known bytes are recognised.
        since = first_since(self.server, self.now())
        log.info("first_look", since=str(since))
        self.store.intake.forget_numbering(self.server.account, folder, there.uidvalidity)
        return Cursor(self.server.account, folder, there.uidvalidity, 0, since)

    def _emptied(self, known: Cursor | None, there: FolderState, folder: str) -> MailboxEmptied | None:
        """Whether a folder that held much is empty now, though we move nothing. Junk empties itself."""
        enough = self.profile.alarms.emptied_from
        if known is None or there.exists or self.move_to or folder not in self.server.folders:
            return None
        return MailboxEmptied(folder, known.held) if enough and known.held >= enough else None

    def _end_look(self, cursor: Cursor, there: FolderState, held: int) -> None:
        """Remember what a first look left out as read, so that the next one asks only for new mails."""
        stored = self.store.intake.cursor(cursor.account, cursor.folder) or cursor
        reached = stored.last_uid if stored.uidvalidity == cursor.uidvalidity else 0
        ended = replace(cursor, last_uid=reached, held=held)
        if cursor.since is not None and there.uidnext:  # else nobody knows where what was left out ends
            ended = replace(ended, last_uid=max(reached, there.uidnext - 1), since=None)
        if ended != stored:
            self.store.intake.save_cursor(ended)

    async def _after_storing(self, uids: Sequence[int]) -> None:
        if self.move_to and uids:
            await self.mailbox.move(uids, self.move_to)

    def take_in(self, batch: Sequence[RawMessage], cursor: Cursor, withheld: Sequence[int] = ()) -> SyncReport:
        """Understand and store one batch: all of it, what was `withheld` of it and its cursor included, or nothing."""
        understood = [(mail, self._understand(mail)) for mail in batch]
        with self.store.transaction():
            earliest = min((mail.received_at for mail in batch), default=None)
            report = SyncReport(fetched=len(batch), withheld=len(withheld), earliest=earliest)
            for mail, thoughts in understood:
                report += self._store_or_quarantine(mail, thoughts)
            self._withhold(cursor, withheld)
            uids = [*(mail.place.uid for mail in batch), *withheld]
            self.store.intake.save_cursor(replace(cursor, last_uid=max([cursor.last_uid, *uids])))
        return report

    # -- mails that the server holds and does not give --------------------------------------------

    def _withhold(self, cursor: Cursor, uids: Sequence[int]) -> None:
        """Note the mails of a batch that could not be read, to be read alone, and let the cursor pass them."""
        if not uids:
            return
        with self.store.transaction():
            for uid in uids:
                place = Place(cursor.account, cursor.folder, cursor.uidvalidity, uid)
                self.store.intake.withhold(place, 0, self.now())
            stored = self.store.intake.cursor(cursor.account, cursor.folder)
            reached = stored.last_uid if stored and stored.uidvalidity == cursor.uidvalidity else cursor.last_uid
            self.store.intake.save_cursor(replace(cursor, last_uid=max(reached, *uids)))
        log.warning("mails_withheld", mails=len(uids))

    async def _read_withheld(self, cursor: Cursor) -> SyncReport:
        """Try the withheld mails again, each alone and after everything else, so that none holds up another."""
        report, before = SyncReport(), self.now() - TRY_AGAIN_AFTER
        for waiting in self.store.intake.withheld(cursor.account, cursor.folder, cursor.uidvalidity, before):
            try:
                fetched = [batch async for batch in self.mailbox.fetch([waiting.place.uid])]
            except MailboxUnreachable:
                self._tried(waiting, None)
                raise
            if any(batch.withheld for batch in fetched):
                report += self._tried(waiting, await self.mailbox.head(waiting.place.uid))
                continue
            mails = [mail for batch in fetched for mail in batch.mails]
            with self.store.transaction():
                report += self.take_in(mails, self.store.intake.cursor(cursor.account, cursor.folder) or cursor)
                self.store.intake.release(waiting.place)
            await self._after_storing([mail.place.uid for mail in mails])
        return report

    def _tried(self, waiting: Withheld, head: RawMessage | None) -> SyncReport:
        """Count one more try; after the last a person sees what is known of the mail, if it be only its place."""
        tries = waiting.tries + 1
        if tries < TRIES:
            self.store.intake.withhold(waiting.place, tries, self.now())
            return SyncReport()
        log.error("mail_not_given", uid=waiting.place.uid)
        mail = head or RawMessage(waiting.place, self.now(), b"")
        # No bytes of its own that could be known again: it is the one at this place.
        content_hash = hashlib.sha256(repr(waiting.place).encode()).hexdigest()
        understood = self._understand(mail) if head else None
        known = _arrival(mail, content_hash, understood, self.profile) if understood else None
        arrival = known or _unreadable(mail, content_hash, where_it_lies(waiting.place))
        with self.store.transaction():
            self.store.intake.release(waiting.place)
            if not self.store.intake.seen(waiting.place) and self.store.intake.known(content_hash) is None:
                event = self._event(Act.MESSAGE_QUARANTINED)
                self.store.intake.quarantine(arrival, Reason.NOT_GIVEN, event)
                return SyncReport(quarantined=1)
        return SyncReport()

    # -- one mail ---------------------------------------------------------------------------------

    def _understand(self, mail: RawMessage) -> Understood | None:
        """None where our own code failed on the mail: it is quarantined, the others go on."""
        try:
            return understand(mail.raw, self.recogniser, self.profile)
        except Exception:  # a bug of ours must cost neither this mail nor the batch
            log.exception("mail_not_understood", uid=mail.place.uid)
            return None

    def _store_or_quarantine(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        try:
            with self.store.transaction():
                return self._store(mail, understood)
        except (StoreBusy, StoreFull, StoreUnusable):
            raise
        except Exception:  # the same: what we cannot decide on is quarantined, the others go on
            log.exception("mail_not_understood", uid=mail.place.uid)
            return self._store(mail, None)

    def _store(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        intake = self.store.intake
        if intake.seen(mail.place):
            return SyncReport(known=1)
        content_hash = hashlib.sha256(mail.raw).hexdigest()
        if (known := intake.known(content_hash)) is not None:
            intake.sighted(known, mail.place, self._event(Act.MESSAGE_SEEN_AGAIN))
            return SyncReport(known=1)
        if (token := canary.token_of(mail.raw)) and self.store.canaries.arrived(
            token, mail.received_at, mail.place.folder, self._event(Act.CANARY_ARRIVED)
        ):
            arrival = _arrival(mail, content_hash, understood, self.profile) if understood else None
            event = self._event(Act.MESSAGE_SET_ASIDE)
            intake.set_aside(arrival or _unreadable(mail, content_hash), Reason.CANARY, event)
            return SyncReport(set_aside=1)
        if understood is None:
            intake.quarantine(_unreadable(mail, content_hash), Reason.UNREADABLE, self._event(Act.MESSAGE_QUARANTINED))
            return SyncReport(quarantined=1)
        return self._carry_out(_arrival(mail, content_hash, understood, self.profile), understood)

    def _carry_out(self, arrival: Arrival, understood: Understood) -> SyncReport:
        message, intake = understood.message, self.store.intake
        pointers = (*message.references, *message.bounced)
        threads = intake.threads(pointers, understood.subject.address)
        match decide(understood, arrival.raw.received_at, threads, self.profile):
            case OpenCase(case):
                opened = intake.open_case(arrival, case, self._event(Act.CASE_OPENED))
                obliging.authority_wrote(self.store, opened, message, case.received_on, self._event(Act.DUTY_OPENED))
                pointed = tuple(thread for thread in threads if thread.by_reference or thread.number in message.subject)
                identifying.notice_stray_code(self.store, pointed, message, self._event(Act.CASE_FLAGGED))
                return SyncReport(cases=1)
            case Join(case_key, requests, undelivered):
                if undelivered:
                    self.store.cases.reopen(case_key, self._event(Act.CASE_REOPENED))
                intake.follow_up(arrival, case_key, requests, self._event(Act.MESSAGE_FILED))
                came_on = deadlines.helsinki_date(arrival.raw.received_at)
                obliging.authority_wrote(self.store, case_key, message, came_on, self._event(Act.DUTY_OPENED))
                event = self._event(Act.CODE_RETURNED)
                identifying.code_came_back(self.store, self.profile, case_key, message, event)
                return SyncReport(joined=1)
            case SetAside(reason):
                intake.set_aside(arrival, reason, self._event(Act.MESSAGE_SET_ASIDE))
                return SyncReport(set_aside=1)
            case Quarantine(reason):
                intake.quarantine(arrival, reason, self._event(Act.MESSAGE_QUARANTINED))
                return SyncReport(quarantined=1)

    def _event(self, act: Act) -> Event:
        return Event(self.now(), AGENT, act)


def _arrival(mail: RawMessage, content_hash: str, understood: Understood, profile: ControllerProfile) -> Arrival:
    message = understood.message
    received_on = deadlines.receipt_date(mail.received_at, message.sent_at, profile.deadlines.count_from)
    return Arrival(
        raw=mail,
        content_hash=content_hash,
        message_id=message.message_id,
        sender=message.sender,
        subject=message.subject,
        sent_at=message.sent_at,
        kind=message.kind,
        language=message.language,
        verdict=understood.classification.verdict,
        analysis=analysis(understood, received_on),
    )


def _unreadable(mail: RawMessage, content_hash: str, subject: str = "") -> Arrival:
    return Arrival(
        raw=mail,
        content_hash=content_hash,
        message_id=None,
        sender=Party("", ""),
        subject=subject,
        sent_at=None,
        kind=MessageKind.MAIL,
        language="fi",
        verdict=Verdict.UNSURE,
        analysis=not_understood(),
    )
