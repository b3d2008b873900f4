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

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines
from inbox_agent.rules.analysis import analysis, not_understood
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.intake import Join, OpenCase, Quarantine, SetAside, decide
from inbox_agent.rules.understand import Understood, understand
from state.errors import StoreBusy, StoreFull, StoreUnusable
from state.model import (
    AGENT,
    Act,
    Arrival,
    Cursor,
    Event,
    FolderInfo,
    FolderState,
    MessageKind,
    Party,
    RawMessage,
    Reason,
    Verdict,
)
from state.store.store import Store

log = structlog.get_logger()


class Mailbox(Protocol):
    """What intake needs of a mail server. Raises the errors of `inbox_agent.errors`."""

    async def folders(self) -> tuple[FolderInfo, ...]: ...

    async def select(self, folder: str) -> FolderState: ...

    async def uids(self, after: int, since: date | None) -> list[int]:
        """UIDs above `after` in the selected folder, ascending; with `since`, received on or after that day."""
        ...

    def fetch(self, uids: Sequence[int]) -> AsyncIterator[list[RawMessage]]:
        """The mails, in batches bounded by count and bytes. Sets no flag."""
        ...

    async def move(self, uids: Sequence[int], folder: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one pass over the folders brought: counts, and since when a first pass looked back."""

    fetched: int = 0
    cases: int = 0
    joined: int = 0
    set_aside: int = 0
    quarantined: int = 0
    known: int = 0
    first_since: date | None = None

    def __add__(self, other: SyncReport) -> SyncReport:
        return SyncReport(
            self.fetched + other.fetched,
            self.cases + other.cases,
            self.joined + other.joined,
            self.set_aside + other.set_aside,
            self.quarantined + other.quarantined,
            self.known + other.known,
            self.first_since or other.first_since,
        )


@dataclass(frozen=True, slots=True)
class Poll:
    """One pass over the mailbox. `folders` are read in this order; the junk folder is one of them."""

    mailbox: Mailbox
    store: Store
    recogniser: Recogniser
    profile: ControllerProfile
    now: Callable[[], datetime]

    async def sync(self, folders: Sequence[str]) -> SyncReport:
        """Take in everything that is new in these folders. Repeating it is harmless."""
        report = SyncReport()
        for folder in folders:
            report += await self.sync_selected(folder, await self.mailbox.select(folder))
        return report

    async def sync_selected(self, folder: str, there: FolderState) -> SyncReport:
        """Take in what is new in the folder that is selected as `there` says: news need no second look at it."""
        cursor = self.store.intake.cursor(self.profile.account, folder)
        if cursor is None or cursor.uidvalidity != there.uidvalidity:
            # A new UIDVALIDITY makes every known UID void (RFC 3501, 2.3.1.1): read again, known bytes are recognised.
            cursor, since = Cursor(self.profile.account, folder, there.uidvalidity, 0), self._first_since()
            log.info("first_look", folder=folder, since=str(since))
        else:
            since = None
        uids = await self.mailbox.uids(cursor.last_uid, since)
        report = SyncReport(first_since=since)
        async for batch in self.mailbox.fetch(uids):
            report += self.take_in(batch, cursor)
            await self._after_storing([mail.place.uid for mail in batch])
        self._catch_up(cursor, there)
        return report

    def _first_since(self) -> date:
        since = self.profile.mailbox.since
        return deadlines.helsinki_date(self.now()) - since if isinstance(since, timedelta) else since

    def _catch_up(self, cursor: Cursor, there: FolderState) -> None:
        """Remember mails older than the first look's date as read, so that the next pass asks only for new ones."""
        stored = self.store.intake.cursor(cursor.account, cursor.folder)
        if stored is None or stored.uidvalidity != cursor.uidvalidity:
            self.store.intake.save_cursor(replace(cursor, last_uid=max(there.uidnext - 1, 0)))

    async def _after_storing(self, uids: Sequence[int]) -> None:
        if self.profile.mailbox.move_to:
            await self.mailbox.move(uids, self.profile.mailbox.move_to)

    def take_in(self, batch: Sequence[RawMessage], cursor: Cursor) -> SyncReport:
        """Understand and store one batch: all of it, its cursor included, or nothing."""
        understood = [(mail, self._understand(mail)) for mail in batch]
        with self.store.transaction():
            report = SyncReport(fetched=len(batch))
            for mail, thoughts in understood:
                report += self._store_or_quarantine(mail, thoughts)
            last = max((mail.place.uid for mail in batch), default=cursor.last_uid)
            self.store.intake.save_cursor(replace(cursor, last_uid=last))
        return report

    def _understand(self, mail: RawMessage) -> Understood | None:
        """None where our own code failed on the mail: it is quarantined, the others go on."""
        try:
            return understand(mail.raw, self.recogniser, self.profile)
        except Exception:  # a bug of ours must cost neither this mail nor the batch
            log.exception("mail_not_understood", folder=mail.place.folder, uid=mail.place.uid)
            return None

    def _store_or_quarantine(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        try:
            with self.store.transaction():
                return self._store(mail, understood)
        except (StoreBusy, StoreFull, StoreUnusable):
            raise
        except Exception:  # the same: what we cannot decide on is quarantined, the others go on
            log.exception("mail_not_understood", folder=mail.place.folder, uid=mail.place.uid)
            return self._store(mail, None)

    def _store(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        intake = self.store.intake
        if intake.seen(mail.place):
            return SyncReport(known=1)
        content_hash = hashlib.sha256(mail.raw).hexdigest()
        if (known := intake.known(content_hash)) is not None:
            intake.sighted(known, mail.place, self._event(Act.MESSAGE_SEEN_AGAIN))
            return SyncReport(known=1)
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
                intake.open_case(arrival, case, self._event(Act.CASE_OPENED))
                return SyncReport(cases=1)
            case Join(case_key, requests, undelivered):
                if undelivered:
                    self.store.cases.reopen(case_key, self._event(Act.CASE_REOPENED))
                intake.follow_up(arrival, case_key, requests, self._event(Act.MESSAGE_FILED))
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


def _unreadable(mail: RawMessage, content_hash: str) -> Arrival:
    return Arrival(
        raw=mail,
        content_hash=content_hash,
        message_id=None,
        sender=Party("", ""),
        subject="",
        sent_at=None,
        kind=MessageKind.MAIL,
        language="fi",
        verdict=Verdict.UNSURE,
        analysis=not_understood(),
    )
