"""Taking mails in: each is stored once, with its bytes, its place and what becomes of it.

A mail is its content (sha256 of the raw bytes); the same bytes at another place are a sighting, not
another mail. Refuses to decide what a mail is, and leaves what is stored to `store.mails`; only a mail that lay
unread in quarantine is taken in after all.
"""

from __future__ import annotations

from dataclasses import dataclass

from state.database import json_text, utc_text
from state.errors import StaleWrite
from state.journal import Entity, Facts
from state.model import (
    Act,
    Arrival,
    CaseKey,
    Event,
    Message,
    MessageKey,
    MessageKind,
    MessageStatus,
    NewCase,
    NewRequest,
    Place,
    Reason,
    Relation,
)
from state.store import filing
from state.store.ledger import Columns, Ledger
from state.store.retraction import UNTIL_THE_REPLY, cancel, open_duties


@dataclass(frozen=True, slots=True)
class Intake:
    _ledger: Ledger

    # -- what was taken in ------------------------------------------------------------------------

    def seen(self, place: Place) -> bool:
        """Whether the mail at this place has been taken in."""
        row = self._ledger.database.row(
            "select 1 from sightings where account = ? and folder = ? and uidvalidity = ? and uid = ?", *place.key
        )
        return row is not None

    def known(self, content_hash: str) -> MessageKey | None:
        """The stored mail with these bytes, wherever it was seen."""
        row = self._ledger.database.row("select id from messages where content_hash = ?", content_hash)
        return None if row is None else MessageKey(row["id"])

    # -- what becomes of a new mail ---------------------------------------------------------------

    def sighted(self, key: MessageKey, place: Place, event: Event) -> None:
        """Remember that a known mail lies at another place too; a place already known changes nothing."""
        with self._ledger.database.transaction():
            message = self._ledger.records.message(key)
            if not self.seen(place):
                self._sight(key, place)
                facts: Facts = {"folder": place.folder, "uidvalidity": place.uidvalidity, "uid": place.uid}
                self._ledger.remark(Entity.MESSAGE, key, message.case, Act.MESSAGE_SEEN_AGAIN, event, facts=facts)

    def open_case(self, arrival: Arrival, case: NewCase, event: Event) -> CaseKey:
        """Open a case with this mail. Raises StaleWrite where the mail is known already, unless it lies unread in
        quarantine (`Mails.unread`): then it is read now, and leaves it.
        """
        with self._ledger.database.transaction():
            waiting = self._unread(arrival)
            key = filing.open_case(self._ledger, case, event)
            self._file(arrival, waiting, key, Relation.OPENING, event)
            return key

    def follow_up(self, arrival: Arrival, case: CaseKey, requests: tuple[NewRequest, ...], event: Event) -> MessageKey:
        """Put a mail under its case, with the rights it adds. It is our turn then: a waiting case resumes, an ended
        one is open again (a dismissed one with its rights). The reminders that wait for a reply end.

        Raises StaleWrite where the mail is known already (as `open_case` does), IllegalTransition where the case is
        purged.
        """
        with self._ledger.database.transaction():
            waiting = self._unread(arrival)
            stored = self._ledger.records.case(case)
            filing.refuse_purged(stored)
            key = self._file(arrival, waiting, case, Relation.FOLLOW_UP, event)
            filing.make_it_our_turn(self._ledger, stored, event)
            if arrival.kind is MessageKind.MAIL:
                cancel(self._ledger, open_duties(self._ledger, case, kinds=UNTIL_THE_REPLY), event)
            for request in requests:
                filing.open_request(self._ledger, case, request, event)
            return key

    def set_aside(self, arrival: Arrival, reason: Reason, event: Event) -> MessageKey:
        """Keep a mail that wants no answer, with the reason. Raises StaleWrite as `open_case` does."""
        with self._ledger.database.transaction():
            return self._keep(arrival, self._unread(arrival), MessageStatus.SET_ASIDE, reason, event)

    def quarantine(self, arrival: Arrival, reason: Reason, event: Event) -> MessageKey:
        """Keep a mail that could not be understood for a person's eyes. Raises StaleWrite where it is known already."""
        with self._ledger.database.transaction():
            self._refuse_known(arrival, self.known(arrival.content_hash))
            return self._keep(arrival, None, MessageStatus.QUARANTINED, reason, event)

    def make_way(self, key: MessageKey, place: Place, event: Event) -> None:
        """What stood for the mail at `place` gives the place up, for the mail itself is here now; in quarantine it is
        set aside, elsewhere it stays as the person left it. To be followed by taking the mail in.

        It was seen all the same, and is found by that: its own sighting stays, in a numbering that no server gives.
        """
        with self._ledger.database.transaction():
            message = self._ledger.records.message(key)
            self._ledger.database.write(
                "update or replace sightings set uidvalidity = -message_id where account = ? and folder = ? "
                "and uidvalidity = ? and uid = ? and message_id = ?",
                *place.key,
                key,
            )
            if message.status is MessageStatus.QUARANTINED:
                why: Columns = {"reason": Reason.GIVEN_AT_LAST}
                aside = MessageStatus.SET_ASIDE
                self._ledger.move_message(
                    message, aside, event, case=None, facts={"reason": Reason.GIVEN_AT_LAST}, columns=why
                )

    # -- within -----------------------------------------------------------------------------------

    def _keep(
        self, arrival: Arrival, waiting: Message | None, status: MessageStatus, reason: Reason, event: Event
    ) -> MessageKey:
        fate: Columns = {"status": status, "reason": reason}
        return self._store(arrival, waiting, None, fate, event=event, facts={"reason": reason})

    def _file(
        self, arrival: Arrival, waiting: Message | None, case: CaseKey, relation: Relation, event: Event
    ) -> MessageKey:
        fate: Columns = {"status": MessageStatus.FILED, "case_id": case, "relation": relation, "reason": None}
        key = self._store(arrival, waiting, case, fate, event=event, facts={"relation": relation})
        filing.point_to(self._ledger, _id(arrival), case)
        return key

    def _store(
        self,
        arrival: Arrival,
        waiting: Message | None,
        case: CaseKey | None,
        fate: Columns,
        *,
        event: Event,
        facts: Facts,
    ) -> MessageKey:
        understood: Columns = {
            "content_hash": arrival.content_hash,
            "received_at": utc_text(arrival.raw.received_at),
            "message_id": _id(arrival),
            "sender_name": filing.storable(arrival.sender.name),
            "sender_address": filing.storable(arrival.sender.address),
            "subject": filing.storable(arrival.subject),
            "sent_at": utc_text(arrival.sent_at) if arrival.sent_at else None,
            "kind": arrival.kind,
            "language": arrival.language,
            "verdict": arrival.verdict,
            "analysis": json_text(arrival.analysis),
            "codes_read": 1,
        }
        if waiting is not None:
            new = MessageStatus(str(fate["status"]))
            columns = {
                name: value for name, value in {**understood, **fate}.items() if name not in {"status", "case_id"}
            }
            self._ledger.move_message(waiting, new, event, case=case, facts=facts, columns=columns)
            return waiting.key
        key = MessageKey(self._ledger.create(Entity.MESSAGE, case, {**understood, **fate}, event, facts=facts))
        self._ledger.database.insert("raw_messages", {"message_id": key, "raw": arrival.raw.raw})
        self._sight(key, arrival.raw.place)
        return key

    def _sight(self, key: MessageKey, place: Place) -> None:
        account, folder, uidvalidity, uid = place.key
        self._ledger.database.insert(
            "sightings",
            {"message_id": key, "account": account, "folder": folder, "uidvalidity": uidvalidity, "uid": uid},
        )

    def _unread(self, arrival: Arrival) -> Message | None:
        """The same mail as it lies in quarantine because it could not be read; None for one that is new. Raises
        StaleWrite for one that is known otherwise.
        """
        known = self.known(arrival.content_hash)
        message = self._ledger.records.message(known) if known is not None else None
        if message and message.status is MessageStatus.QUARANTINED and message.reason is Reason.UNREADABLE:
            return message
        self._refuse_known(arrival, known)
        return None

    def _refuse_known(self, arrival: Arrival, known: MessageKey | None) -> None:
        if known is not None or self.seen(arrival.raw.place):
            raise StaleWrite("message", known or arrival.raw.place, "new")


def _id(arrival: Arrival) -> str | None:
    return filing.storable(arrival.message_id) if arrival.message_id else None
