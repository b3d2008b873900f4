"""What the faces read. Every method is one look at one state of the database; nothing here can write.

A `Views` belongs to the thread that opened it and works while the agent writes. `data_version` says
cheaply whether looking again is worth it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from state.database import BUSY_TIMEOUT, Database, SqlValue, instant, utc_text
from state.journal import Journal
from state.model import (
    Absence,
    Act,
    Case,
    CaseKey,
    Code,
    Contact,
    Delivery,
    Draft,
    DraftKey,
    DraftStatus,
    Duty,
    Heartbeat,
    Message,
    MessageKey,
    MessageKind,
    MessageStatus,
    Party,
    Proof,
    Reason,
    StoredEvent,
    Verdict,
    YearRow,
)
from state.records import Records
from state.views import conversation, queue, yearly
from state.views.rows import ALL, AsideRow, Counts, DutyRow, MailPage, Narrowing, Page, QueueRow, Turn

A_WEEK: Final = timedelta(days=7)
FIRST: Final = Page()
NEWEST: Final = MailPage()

_ASIDE: Final = (
    "select id, case_id, received_at, sender_name, sender_address, subject, kind, reason, verdict, language"
    " from messages where status = ? and erased = 0"
)

_COUNTS: Final = """
    with live as (select * from case_tally where status in ('candidate', 'open', 'waiting') and cases > 0)
    select
        (select coalesce(sum(cases), 0) from live where status = 'candidate') as candidates,
        (select coalesce(sum(cases), 0) from live where status = 'open') as open,
        (select coalesce(sum(cases), 0) from live where status = 'waiting') as waiting,
        (select coalesce(sum(cases), 0) from live where promise_on < ?1 and promise_on <> '') as overdue,
        (select coalesce(sum(cases), 0) from live where promise_on between ?1 and ?2) as due_this_week,
        (select min(promise_on) from live where promise_on >= ?1) as next_on,
        (select count(*) from drafts where status = 'proposed') as proposed,
        (select count(*) from drafts where status in ('approved', 'sending')) as outgoing,
        (select count(*) from drafts where status = 'uncertain') as uncertain,
        (select coalesce(sum(mails), 0) from mail_tally where status = 'set_aside') as set_aside,
        (select coalesce(sum(mails), 0) from mail_tally where status = 'quarantined') as quarantined,
        (select count(*) from duties where status = 'open' and due_on <= ?1) as tasks
"""


class Views:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = Records(database)
        self._journal = Journal(database)

    @classmethod
    def open(cls, path: Path | str, *, busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """Open an existing database for reading. Raises ForeignDatabase, NewerDatabase, StoreBusy, StoreUnusable."""
        return cls(Database.open_readonly(path, busy_timeout))

    # -- lists ------------------------------------------------------------------------------------

    def queue(self, today: date, wanted: Narrowing = ALL, page: Page = FIRST) -> tuple[QueueRow, ...]:
        """A page of the cases by promise, the nearest first."""
        with self._database.snapshot():
            return queue.page(self._database, self._records, today, wanted, page)

    def ended_with_letter(self, today: date) -> tuple[QueueRow, ...]:
        """The cases that are over and in which a letter still wants somebody: the list of live ones lacks them."""
        with self._database.snapshot():
            return queue.ended(self._database, self._records, today)

    def counts(self, today: date) -> Counts:
        """How much there is of everything on the day `today` (Europe/Helsinki)."""
        [row] = self._database.rows(_COUNTS, today.isoformat(), (today + A_WEEK).isoformat())
        next_on = date.fromisoformat(row["next_on"]) if row["next_on"] else None
        return Counts(**{**dict(row), "next_on": next_on})

    def set_aside(
        self, page: MailPage = NEWEST, meant: Callable[[AsideRow], bool] | None = None
    ) -> tuple[AsideRow, ...]:
        """A page of the mails that want no answer, the newest first, or of those that are meant; those of purged cases
        are gone.
        """
        return self._aside(MessageStatus.SET_ASIDE, page, meant)

    def quarantined(
        self, page: MailPage = NEWEST, meant: Callable[[AsideRow], bool] | None = None
    ) -> tuple[AsideRow, ...]:
        """A page of the mails that nobody could read, the newest first, or of those that are meant."""
        return self._aside(MessageStatus.QUARANTINED, page, meant)

    def uncertain(self) -> tuple[tuple[Draft, Delivery], ...]:
        """The letters of which a person must say whether they left."""
        return self._records.in_flight(DraftStatus.UNCERTAIN)

    def duties_due(self, today: date, within: timedelta | None = None, limit: int = 500) -> tuple[DutyRow, ...]:
        """The open duties of all cases by date: those due `within` so much time from today, or all."""
        until = date.max if within is None else today + within
        with self._database.snapshot():
            found = self._records.duties_due(until.isoformat())[:limit]
            cases = {case.key: case for case in self._records.cases({duty.case: None for duty in found})}
        return tuple(
            DutyRow(
                duty,
                cases[duty.case].number,
                cases[duty.case].subject.name,
                cases[duty.case].subject.address,
            )
            for duty in found
        )

    # -- one thing --------------------------------------------------------------------------------

    def case(self, key: CaseKey) -> Case:
        """Raises NotFound."""
        return self._records.case(key)

    def took_in(self, key: CaseKey) -> tuple[Case, ...]:
        """The cases that were joined to this one and still hold their data, in the order of their joining."""
        rows = self._database.rows(
            "select cases.id from cases join events on events.case_id = cases.id and act = ?"
            " where joined_to = ? and status <> 'purged' group by cases.id order by max(seq)",
            Act.CASE_JOINED,
            key,
        )
        return self._records.cases(CaseKey(row["id"]) for row in rows)

    def placed(self, key: CaseKey) -> tuple[Message, ...]:
        """The mails that a person put under this case and that still stand there, the newest placing first."""
        rows = self._database.rows(
            "select messages.id from messages join events on entity = 'message' and entity_id = messages.id"
            " and act = ?1 and events.case_id = ?2 where messages.case_id = ?2 and messages.status = 'filed'"
            " and erased = 0 and not exists (select 1 from events later where later.case_id = ?2"
            " and later.entity = 'message' and later.entity_id = messages.id and later.act = ?3"
            " and later.seq > events.seq) order by events.seq desc",
            Act.MESSAGE_PUT_UNDER,
            key,
            Act.MESSAGE_FILED,
        )
        return tuple(self._records.message(MessageKey(row["id"])) for row in rows)

    def by_number(self, number: str) -> Case:
        """Find a case by its number ("2026-0007"). Raises NotFound."""
        return self._records.case_by_number(number)

    def conversation(self, case: CaseKey) -> tuple[Turn, ...]:
        """Their mails, our letters, notes and what was done, oldest first."""
        return conversation.conversation(self._database, self._records, self._journal, case)

    def trail(self, case: CaseKey) -> tuple[StoredEvent, ...]:
        """Everything the journal says of a case, oldest first."""
        return self._journal.events(case)

    def message(self, key: MessageKey) -> Message:
        """Raises NotFound."""
        return self._records.message(key)

    def draft(self, key: DraftKey) -> Draft:
        """Raises NotFound."""
        return self._records.draft(key)

    def drafts(self, case: CaseKey) -> tuple[Draft, ...]:
        """Every letter of a case, whatever became of it, oldest first."""
        return self._records.drafts(case)

    def other_people(self, case: CaseKey) -> tuple[str, ...]:
        """The names of the people of the other cases that are not over."""
        return self._records.other_people(case)

    def duties(self, case: CaseKey) -> tuple[Duty, ...]:
        """What must be done in a case besides answering, by date, whatever became of it."""
        return self._records.duties(case)

    def delivery(self, draft: DraftKey) -> Delivery | None:
        """The sending of a letter; None where it was never claimed."""
        return self._records.delivery(draft)

    def contact(self, case: CaseKey) -> Contact | None:
        """What is on file for a case's person; None where nobody has looked."""
        return self._records.contact(case)

    def let_go(self, draft: Draft) -> bool:
        """Whether a person lets this very text go although its reader is not identified."""
        return self._records.overridden(draft.key, draft.text_hash)

    def codes(self, case: CaseKey) -> tuple[Code, ...]:
        """The one-time codes of a case, oldest first."""
        return self._records.codes(case)

    def verified_earlier(self, case: CaseKey) -> datetime | None:
        """When the same address last proved L2 or more in another case."""
        return self._records.verified_earlier(case)

    def proofs(self, case: CaseKey) -> tuple[Proof, ...]:
        """How a case's person was identified, oldest first, without what was withdrawn."""
        return self._records.proofs(case)

    def year(self, number: int) -> tuple[YearRow, ...]:
        """The rights received in this year, for its report; what was no request is left out."""
        with self._database.snapshot():
            return yearly.year(self._database, number)

    def absences(self) -> tuple[Absence, ...]:
        """When the contact person is away, as was set in the dashboard, by date."""
        return self._records.absences()

    # -- the agent --------------------------------------------------------------------------------

    def heartbeat(self, component: str) -> Heartbeat | None:
        """The last sign of life; None if there was none."""
        return self._records.heartbeat(component)

    def heartbeats(self) -> dict[str, Heartbeat]:
        """The last sign of every component, by its name."""
        return self._records.heartbeats()

    def data_version(self) -> int:
        """A number that changes when somebody wrote."""
        return self._database.data_version()

    def last_event(self) -> int:
        """The number of the newest entry of the journal, 0 where there is none: unlike `data_version` it tells of
        deeds only, not of signs of life.
        """
        return self._journal.last()

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- within -----------------------------------------------------------------------------------

    def _aside(
        self, status: MessageStatus, page: MailPage, meant: Callable[[AsideRow], bool] | None
    ) -> tuple[AsideRow, ...]:
        """By index from the place on, one by one: nobody reads more than they take."""
        values: list[SqlValue] = [status]
        place = ""
        if page.start is not None:
            place = f"and (received_at, id) {'>' if page.backwards else '<='} (?, ?) "
            values += [utc_text(page.start.received_at), page.start.key]
        way = "" if page.backwards else " desc"
        rows = self._database.each(f"{_ASIDE} {place}order by received_at{way}, id{way}", *values)
        found = tuple(islice(filter(meant, map(_aside_row, rows)), page.limit))
        return found[::-1] if page.backwards else found


def _aside_row(row: sqlite3.Row) -> AsideRow:
    return AsideRow(
        key=MessageKey(row["id"]),
        case=None if row["case_id"] is None else CaseKey(row["case_id"]),
        received_at=instant(row["received_at"]),
        sender=Party(row["sender_name"] or "", row["sender_address"] or ""),
        subject=row["subject"] or "",
        kind=MessageKind(row["kind"]),
        reason=Reason(row["reason"]),
        verdict=Verdict(row["verdict"]),
        language=row["language"],
    )
