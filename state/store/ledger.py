"""The one hand that changes a status: judged, compared, swapped and written into the journal, or not at all.

Owns the primitive every part of the store writes through. Refuses to know any business act. Who acts and
when comes from the caller's event; what the line is called follows from the edge itself (`journal.act_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from state.database import Database, SqlValue
from state.errors import Contradiction, IllegalTransition, StaleWrite
from state.journal import Entity, Facts, Journal, act_of
from state.lifecycle import Status, advance
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    DraftStatus,
    Duty,
    DutyStatus,
    Event,
    Message,
    MessageStatus,
    Request,
    RequestStatus,
    StoredEvent,
)
from state.records import Records

Columns = Mapping[str, SqlValue]

NOTHING: Final[Mapping[str, None]] = MappingProxyType({})

_TABLES: Final = MappingProxyType(
    {
        Entity.MESSAGE: "messages",
        Entity.CASE: "cases",
        Entity.REQUEST: "requests",
        Entity.DRAFT: "drafts",
        Entity.DUTY: "duties",
    }
)


class _Row(NamedTuple):
    entity: Entity
    key: int
    case: CaseKey | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the parts of the store share: the database, its journal, its records."""

    database: Database
    journal: Journal
    records: Records

    def create(
        self, entity: Entity, case: CaseKey | None, columns: Columns, event: Event, *, facts: Facts = NOTHING
    ) -> int:
        """Insert a row (its `status` among the columns) and its first event; return its key."""
        status = str(columns["status"])
        act = act_of(entity, None, status)
        key = self.database.insert(_TABLES[entity], columns)
        within = CaseKey(key) if entity is Entity.CASE else case
        self.journal.append(_named(event, act, facts), entity, key, within, new=status)
        return key

    def move_message(
        self,
        message: Message,
        new: MessageStatus,
        event: Event,
        *,
        case: CaseKey | None,
        facts: Facts = NOTHING,
        columns: Columns = NOTHING,
    ) -> None:
        """Move a mail; `case` is the one it belongs to afterwards (its relation is a column)."""
        row = _Row(Entity.MESSAGE, message.key, case)
        act = act_of(Entity.MESSAGE, message.status, advance(message.status, new))
        self._move(row, message.status, new, act, event, facts=facts, columns={"case_id": case, **columns})

    def move_case(self, case: Case, new: CaseStatus, act: Act, event: Event, *, columns: Columns = NOTHING) -> None:
        row = _Row(Entity.CASE, case.key, case.key)
        self._move(row, case.status, new, act, event, facts=NOTHING, columns=columns)

    def move_request(
        self,
        request: Request,
        new: RequestStatus,
        act: Act,
        event: Event,
        *,
        facts: Facts = NOTHING,
        columns: Columns = NOTHING,
    ) -> None:
        row = _Row(Entity.REQUEST, request.key, request.case)
        self._move(row, request.status, new, act, event, facts=facts, columns=columns)

    def move_draft(
        self,
        draft: Draft,
        new: DraftStatus,
        act: Act,
        event: Event,
        *,
        facts: Facts = NOTHING,
        columns: Columns = NOTHING,
    ) -> None:
        row = _Row(Entity.DRAFT, draft.key, draft.case)
        self._move(row, draft.status, new, act, event, facts=facts, columns=columns)

    def move_duty(
        self, duty: Duty, new: DutyStatus, act: Act, event: Event, *, columns: Columns = NOTHING
    ) -> StoredEvent:
        row = _Row(Entity.DUTY, duty.key, duty.case)
        return self._move(row, duty.status, new, act, event, facts={"kind": str(duty.kind)}, columns=columns)

    def count_duty_anew(self, duty: Duty, columns: Columns, event: Event, facts: Facts) -> StoredEvent:
        """Give an open duty another date. Raises StaleWrite where it is settled, or was moved, meanwhile."""
        settings = ", ".join(f"{column} = ?" for column in columns)
        touched = self.database.write(
            f"update duties set {settings} where id = ? and status = ? and due_on = ?",  # noqa: S608  # names are ours
            *columns.values(),
            duty.key,
            DutyStatus.OPEN,
            duty.due_on.isoformat(),
        )
        if touched == 0:
            raise StaleWrite(Entity.DUTY, duty.key, duty.status)
        return self.remark(Entity.DUTY, duty.key, duty.case, Act.DUTY_MOVED, event, facts=facts)

    def remark(
        self, entity: Entity, key: int, case: CaseKey | None, act: Act, event: Event, *, facts: Facts = NOTHING
    ) -> StoredEvent:
        """Record something that changes no status."""
        return self.journal.append(_named(event, act, facts), entity, key, case)

    def verify(self) -> int:
        """Walk the journal's chain, and hold every status against what it tells; return how many events it has.

        Raises BrokenChain, and Contradiction for the first row that it tells otherwise.
        """
        with self.database.snapshot():
            events = self.journal.verify()
            told = dict(self.journal.replay())
            for entity, table in _TABLES.items():
                for row in self.database.each(f"select id, status from {table} order by id"):  # noqa: S608  # names are ours
                    if told.pop((entity, row["id"]), None) != row["status"]:
                        raise Contradiction(entity, row["id"])
            for entity, key in told:
                raise Contradiction(entity, key)
        return events

    def _move(
        self, row: _Row, old: Status, new: Status, act: Act, event: Event, *, facts: Facts, columns: Columns
    ) -> StoredEvent:
        """Swap `old` for `new` if the row still is `old`, and record it as `act`.

        Raises IllegalTransition (no such edge, or the edge is another act) or StaleWrite; nothing is changed then.
        """
        if act_of(row.entity, old, advance(old, new)) is not act:
            raise IllegalTransition(row.entity, old, new)
        settings = "".join(f", {column} = ?" for column in columns)
        touched = self.database.write(
            f"update {_TABLES[row.entity]} set status = ?{settings} where id = ? and status = ?",  # noqa: S608  # names are ours
            new,
            *columns.values(),
            row.key,
            old,
        )
        if touched == 0:
            raise StaleWrite(row.entity, row.key, old)
        return self.journal.append(_named(event, act, facts), row.entity, row.key, row.case, old=old, new=new)


def _named(event: Event, act: Act, facts: Facts) -> Event:
    """The event of one change: the caller's facts belong to the act that the caller named, not to what follows."""
    own = event.facts if event.act is act else NOTHING
    return replace(event, act=act, facts={**own, **facts})
