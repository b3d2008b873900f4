"""The journal: every change, once, in order, chained by hashes.

Owns the events and the names of changes (which act an edge is). Refuses personal data: an event holds
ids, dates, codes and hashes, so that the journal outlives a purge. Each line's hash covers the line and
the hash before it (sha256 over canonical JSON); what is altered, inserted or removed in the middle breaks
the chain. The removal of the newest lines leaves a whole chain: `replay` then disagrees with the tables.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from state.database import Database, instant, json_object, json_text, utc_text
from state.errors import BrokenChain, IllegalTransition
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DutyStatus,
    Event,
    MessageStatus,
    RequestStatus,
    StoredEvent,
)

GENESIS: Final = "0" * 64
"""What stands before the first event."""

Facts = Mapping[str, str | int | bool | None]
"""What an event may say besides its act: ids, dates, codes, hashes."""


class Entity(StrEnum):
    """Whose change an event records."""

    MESSAGE = "message"
    CASE = "case"
    REQUEST = "request"
    DRAFT = "draft"
    REMINDER = "reminder"
    DUTY = "duty"
    CANARY = "canary"
    DESK = "desk"


# Which act an edge of the lifecycle is; from None where the row came to be. A change has one name, so that the
# journal cannot say one thing and the tables another. A test holds this against the lifecycle tables.
_Edges = Mapping[tuple[str | None, str], Act]

_MESSAGE: Final[_Edges] = {
    (None, MessageStatus.FILED): Act.MESSAGE_FILED,
    (None, MessageStatus.SET_ASIDE): Act.MESSAGE_SET_ASIDE,
    (None, MessageStatus.QUARANTINED): Act.MESSAGE_QUARANTINED,
    (MessageStatus.FILED, MessageStatus.SET_ASIDE): Act.MESSAGE_SET_ASIDE,
    (MessageStatus.SET_ASIDE, MessageStatus.FILED): Act.MESSAGE_FILED,
    (MessageStatus.QUARANTINED, MessageStatus.FILED): Act.MESSAGE_FILED,
    (MessageStatus.QUARANTINED, MessageStatus.SET_ASIDE): Act.MESSAGE_SET_ASIDE,
}
_CASE: Final[_Edges] = {
    (None, CaseStatus.CANDIDATE): Act.CASE_OPENED,
    (None, CaseStatus.OPEN): Act.CASE_OPENED,
    (CaseStatus.CANDIDATE, CaseStatus.OPEN): Act.CASE_CONFIRMED,
    (CaseStatus.CANDIDATE, CaseStatus.DISMISSED): Act.CASE_DISMISSED,
    (CaseStatus.OPEN, CaseStatus.WAITING): Act.CASE_WAITING,
    (CaseStatus.OPEN, CaseStatus.CLOSED): Act.CASE_CLOSED,
    (CaseStatus.OPEN, CaseStatus.DISMISSED): Act.CASE_DISMISSED,
    (CaseStatus.WAITING, CaseStatus.OPEN): Act.CASE_RESUMED,
    (CaseStatus.WAITING, CaseStatus.CLOSED): Act.CASE_CLOSED,
    (CaseStatus.WAITING, CaseStatus.DISMISSED): Act.CASE_DISMISSED,
    (CaseStatus.CLOSED, CaseStatus.OPEN): Act.CASE_REOPENED,
    (CaseStatus.CLOSED, CaseStatus.CANDIDATE): Act.CASE_REOPENED,
    (CaseStatus.CLOSED, CaseStatus.PURGED): Act.CASE_PURGED,
    (CaseStatus.DISMISSED, CaseStatus.OPEN): Act.CASE_REOPENED,
    (CaseStatus.DISMISSED, CaseStatus.PURGED): Act.CASE_PURGED,
}
_REQUEST: Final[_Edges] = {
    (None, RequestStatus.OPEN): Act.REQUEST_OPENED,
    (RequestStatus.OPEN, RequestStatus.DECIDED): Act.REQUEST_DECIDED,
    (RequestStatus.OPEN, RequestStatus.DROPPED): Act.REQUEST_DROPPED,
    (RequestStatus.DECIDED, RequestStatus.OPEN): Act.REQUEST_UNDECIDED,
    (RequestStatus.DECIDED, RequestStatus.ANSWERED): Act.REQUEST_ANSWERED,
    (RequestStatus.DECIDED, RequestStatus.DROPPED): Act.REQUEST_DROPPED,
    (RequestStatus.ANSWERED, RequestStatus.OPEN): Act.REQUEST_REOPENED,
    (RequestStatus.DROPPED, RequestStatus.OPEN): Act.REQUEST_REOPENED,
}
_DRAFT: Final[_Edges] = {
    (None, DraftStatus.PROPOSED): Act.DRAFT_PROPOSED,
    (DraftStatus.PROPOSED, DraftStatus.APPROVED): Act.DRAFT_APPROVED,
    (DraftStatus.PROPOSED, DraftStatus.REJECTED): Act.DRAFT_REJECTED,
    (DraftStatus.PROPOSED, DraftStatus.SUPERSEDED): Act.DRAFT_SUPERSEDED,
    (DraftStatus.APPROVED, DraftStatus.SENDING): Act.SENDING_CLAIMED,
    (DraftStatus.APPROVED, DraftStatus.PROPOSED): Act.APPROVAL_WITHDRAWN,
    (DraftStatus.APPROVED, DraftStatus.SENT): Act.DRAFT_DELIVERED,
    (DraftStatus.SENDING, DraftStatus.SENT): Act.DRAFT_SENT,
    (DraftStatus.SENDING, DraftStatus.REFUSED): Act.DRAFT_REFUSED,
    (DraftStatus.SENDING, DraftStatus.UNCERTAIN): Act.SENDING_UNCERTAIN,
    (DraftStatus.SENDING, DraftStatus.APPROVED): Act.SENDING_DEFERRED,
    (DraftStatus.UNCERTAIN, DraftStatus.SENT): Act.DRAFT_SENT,
    (DraftStatus.UNCERTAIN, DraftStatus.REFUSED): Act.DRAFT_REFUSED,
}
_DUTY: Final[_Edges] = {
    (None, DutyStatus.OPEN): Act.DUTY_OPENED,
    (DutyStatus.OPEN, DutyStatus.DONE): Act.DUTY_DONE,
    (DutyStatus.OPEN, DutyStatus.CANCELLED): Act.DUTY_CANCELLED,
    (DutyStatus.DONE, DutyStatus.OPEN): Act.DUTY_REOPENED,
}
EDGES: Final[Mapping[Entity, _Edges]] = MappingProxyType(
    {Entity.MESSAGE: _MESSAGE, Entity.CASE: _CASE, Entity.REQUEST: _REQUEST, Entity.DRAFT: _DRAFT, Entity.DUTY: _DUTY}
)


def act_of(entity: Entity, old: str | None, new: str) -> Act:
    """The act that an edge is. Raises IllegalTransition where nothing may come to be as `new`."""
    act = EDGES[entity].get((old, new))
    if act is None:
        raise IllegalTransition(entity, old or "nothing", new)
    return act


@dataclass(frozen=True, slots=True)
class Journal:
    _database: Database

    def append(
        self,
        event: Event,
        entity: Entity,
        entity_id: int,
        case: CaseKey | None,
        *,
        old: str | None = None,
        new: str | None = None,
    ) -> StoredEvent:
        """Write the next line, inside the caller's transaction. `old` and `new` stay None where no status changed."""
        last = self._database.row("select seq, hash from events order by seq desc limit 1")
        seq, prev_hash = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        line = {
            "seq": seq,
            "at": utc_text(event.at),
            "actor": event.actor,
            "act": str(event.act),
            "entity": str(entity),
            "entity_id": entity_id,
            "case_id": case,
            "old": old,
            "new": new,
            "facts": json_text(dict(event.facts)),
            "prev_hash": prev_hash,
        }
        digest = _digest(line)
        self._database.insert("events", {**line, "hash": digest})
        return StoredEvent(seq, entity, entity_id, case, old, new, event, prev_hash, digest)

    def last(self) -> int:
        """The number of the newest line; 0 where there is none."""
        row = self._database.row("select max(seq) as seq from events")
        return int(row["seq"] or 0) if row else 0

    def events(self, case: CaseKey) -> tuple[StoredEvent, ...]:
        """What happened to a case and to everything in it, oldest first."""
        rows = self._database.rows("select * from events where case_id = ? order by seq", case)
        return tuple(_event(row) for row in rows)

    def verify(self) -> int:
        """Walk the whole chain; return how many events it has. Raises BrokenChain at the first that disagrees."""
        expected, previous = 1, GENESIS
        for row in self._database.each("select * from events order by seq"):
            line = {column: row[column] for column in row.keys() if column != "hash"}  # noqa: SIM118  # a Row iterates values
            if row["seq"] != expected or row["prev_hash"] != previous or row["hash"] != _digest(line):
                raise BrokenChain(expected)
            expected, previous = expected + 1, row["hash"]
        return expected - 1

    def replay(self) -> Mapping[tuple[Entity, int], str]:
        """The status of every row as the journal tells it, from its changes alone."""
        rows = self._database.each("select entity, entity_id, new from events where new is not null order by seq")
        return {(Entity(row["entity"]), row["entity_id"]): row["new"] for row in rows}


def _digest(line: Mapping[str, object]) -> str:
    return hashlib.sha256(json_text(line).encode()).hexdigest()


def _event(row: sqlite3.Row) -> StoredEvent:
    event = Event(instant(row["at"]), row["actor"], Act(row["act"]), json_object(row["facts"]))
    case = None if row["case_id"] is None else CaseKey(row["case_id"])
    return StoredEvent(
        row["seq"], row["entity"], row["entity_id"], case, row["old"], row["new"], event, row["prev_hash"], row["hash"]
    )
