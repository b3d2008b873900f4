"""Taking mails in: each is stored once, with its bytes, its place and what becomes of it.

A mail is its content (sha256 of the raw bytes); the same bytes at another place are a sighting, not
another mail. Refuses to decide what a mail is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from state.database import json_text, utc_text
from state.errors import NotFound, StaleWrite
from state.journal import Entity, Facts
from state.lifecycle import LIVE_REQUESTS
from state.model import (
    Act,
    Arrival,
    Case,
    CaseKey,
    CaseStatus,
    Contact,
    Cursor,
    Event,
    KnownThread,
    Message,
    MessageKey,
    MessageKind,
    MessageStatus,
    NewCase,
    NewRequest,
    Outcome,
    Place,
    Reason,
    Relation,
    RequestKind,
    Withheld,
)
from state.store import erasure, filing
from state.store.ledger import Columns, Ledger
from state.store.retraction import UNTIL_THE_REPLY, cancel, open_duties


@dataclass(frozen=True, slots=True)
class Intake:
    _ledger: Ledger

    # -- where we are -----------------------------------------------------------------------------

    def cursor(self, account: str, folder: str) -> Cursor | None:
        row = self._ledger.database.row("select * from cursors where account = ? and folder = ?", account, folder)
        if row is None:
            return None
        since = date.fromisoformat(row["since"]) if row["since"] else None
        return Cursor(account, folder, row["uidvalidity"], row["last_uid"], since, row["held"])

    def read_before(self, account: str) -> bool:
        """Whether any folder of this mailbox has ever been looked into."""
        return self._ledger.database.row("select 1 from cursors where account = ?", account) is not None

    def save_cursor(self, cursor: Cursor) -> None:
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert or replace into cursors (account, folder, uidvalidity, last_uid, since, held) "
                "values (?, ?, ?, ?, ?, ?)",
                cursor.account,
                cursor.folder,
                cursor.uidvalidity,
                cursor.last_uid,
                cursor.since.isoformat() if cursor.since else None,
                cursor.held,
            )

    def withhold(self, place: Place, tries: int, at: datetime) -> None:
        """Note that the mail at this place could not be read, after `tries` tries of it alone."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert or replace into withheld (account, folder, uidvalidity, uid, tries, tried_at) "
                "values (?, ?, ?, ?, ?, ?)",
                *_where(place),
                tries,
                utc_text(at),
            )

    def withheld(self, account: str, folder: str, uidvalidity: int, tried_before: datetime) -> tuple[Withheld, ...]:
        """The mails of a folder that are to be read alone: never tried so, or last before `tried_before`."""
        rows = self._ledger.database.rows(
            "select uid, tries from withheld where account = ? and folder = ? and uidvalidity = ? "
            "and (tries = 0 or tried_at < ?) order by uid",
            account,
            folder,
            uidvalidity,
            utc_text(tried_before),
        )
        return tuple(Withheld(Place(account, folder, uidvalidity, row["uid"]), row["tries"]) for row in rows)

    def unaccounted(self, cursor: Cursor, uids: Sequence[int]) -> list[int]:
        """Those of these UIDs of the cursor's folder that are neither stored nor noted as withheld, ascending."""
        rows = self._ledger.database.rows(
            "select value from json_each(?4) where value not in "
            "(select uid from sightings where account = ?1 and folder = ?2 and uidvalidity = ?3) and value not in "
            "(select uid from withheld where account = ?1 and folder = ?2 and uidvalidity = ?3) order by value",
            cursor.account,
            cursor.folder,
            cursor.uidvalidity,
            json_text(list(uids)),
        )
        return [row["value"] for row in rows]

    def release(self, place: Place) -> None:
        """Forget that a mail was withheld: it is stored, or nobody will ever see it."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "delete from withheld where account = ? and folder = ? and uidvalidity = ? and uid = ?", *_where(place)
            )

    def forget_numbering(self, account: str, folder: str, uidvalidity: int) -> None:
        """Drop what was withheld under other numberings of the folder than this one: their UIDs are void."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "delete from withheld where account = ? and folder = ? and uidvalidity <> ?",
                account,
                folder,
                uidvalidity,
            )

    def seen(self, place: Place) -> bool:
        """Whether the mail at this place has been taken in."""
        row = self._ledger.database.row(
            "select 1 from sightings where account = ? and folder = ? and uidvalidity = ? and uid = ?", *_where(place)
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
            message = self.message(key)
            if not self.seen(place):
                self._sight(key, place)
                facts: Facts = {"folder": place.folder, "uidvalidity": place.uidvalidity, "uid": place.uid}
                self._ledger.remark(Entity.MESSAGE, key, message.case, Act.MESSAGE_SEEN_AGAIN, event, facts=facts)

    def open_case(self, arrival: Arrival, case: NewCase, event: Event) -> CaseKey:
        """Open a case with this mail. Raises StaleWrite where the mail is known already, unless it lies unread in
        quarantine (`unread`): then it is read now, and leaves it.
        """
        with self._ledger.database.transaction():
            self._refuse_read(arrival)
            key = filing.open_case(self._ledger, case, event)
            self._file(arrival, key, Relation.OPENING, event)
            return key

    def follow_up(self, arrival: Arrival, case: CaseKey, requests: tuple[NewRequest, ...], event: Event) -> MessageKey:
        """Put a mail under its case, with the rights it adds. It is our turn then: a waiting case resumes, an ended
        one is open again (a dismissed one with its rights). The reminders that wait for a reply end.

        Raises StaleWrite where the mail is known already (as `open_case` does), IllegalTransition where the case is
        purged.
        """
        with self._ledger.database.transaction():
            self._refuse_read(arrival)
            stored = self._ledger.records.case(case)
            filing.refuse_purged(stored)
            key = self._file(arrival, case, Relation.FOLLOW_UP, event)
            self._make_it_our_turn(stored, event)
            if arrival.kind is MessageKind.MAIL:
                cancel(self._ledger, open_duties(self._ledger, case, kinds=UNTIL_THE_REPLY), event)
            for request in requests:
                filing.open_request(self._ledger, case, request, event)
            return key

    def set_aside(self, arrival: Arrival, reason: Reason, event: Event) -> MessageKey:
        """Keep a mail that wants no answer, with the reason. Raises StaleWrite as `open_case` does."""
        with self._ledger.database.transaction():
            self._refuse_read(arrival)
            return self._keep(arrival, MessageStatus.SET_ASIDE, reason, event)

    def quarantine(self, arrival: Arrival, reason: Reason, event: Event) -> MessageKey:
        """Keep a mail that could not be understood for a person's eyes. Raises StaleWrite where it is known already."""
        with self._ledger.database.transaction():
            self._refuse_known(arrival)
            return self._keep(arrival, MessageStatus.QUARANTINED, reason, event)

    def unread(self, version: str, most: int = 100) -> tuple[Message, ...]:
        """The mails in quarantine that could not be read and that this version of the program has not tried yet, the
        oldest first.
        """
        rows = self._ledger.database.rows(
            "select id from messages left join rereads on rereads.message_id = id where status = 'quarantined' "
            "and reason = 'unreadable' and erased = 0 and version is not ? order by id limit ?",
            version,
            most,
        )
        return tuple(self.message(MessageKey(row["id"])) for row in rows)

    def tried(self, key: MessageKey, version: str) -> None:
        """Note that this version of the program tried to read the mail."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert or replace into rereads (message_id, version) values (?, ?)", key, version
            )

    def make_way(self, key: MessageKey, place: Place, event: Event) -> None:
        """What stood for the mail at `place` gives the place up, for the mail itself is here now; in quarantine it is
        set aside, elsewhere it stays as the person left it. To be followed by taking the mail in.
        """
        with self._ledger.database.transaction():
            message = self.message(key)
            self._ledger.database.write(
                "delete from sightings where account = ? and folder = ? and uidvalidity = ? and uid = ? "
                "and message_id = ?",
                *_where(place),
                key,
            )
            if message.status is MessageStatus.QUARANTINED:
                why: Columns = {"reason": Reason.GIVEN_AT_LAST}
                aside = MessageStatus.SET_ASIDE
                self._ledger.move_message(
                    message, aside, event, case=None, facts={"reason": Reason.GIVEN_AT_LAST}, columns=why
                )

    def erase_set_aside(self, settled_before: datetime, event: Event) -> int:
        """Erase what is personal in the mails that were set aside before `settled_before` and belong to no case; return
        how many. Their place and hash remain, so that none is taken in as a new one.
        """
        with self._ledger.database.transaction():
            rows = self._ledger.database.rows(
                # None was set aside before it came: most are passed over without a look into the journal.
                "select id from messages where status = 'set_aside' and erased = 0 and case_id is null "
                "and received_at < ?1 and id not in "
                "(select entity_id from events where entity = 'message' and new is not null and at >= ?1)",
                utc_text(settled_before),
            )
            for row in rows:
                erasure.erase_mail(self._ledger.database, row["id"])
                self._ledger.remark(Entity.MESSAGE, row["id"], None, Act.MESSAGE_ERASED, event)
        if rows:
            self._ledger.database.checkpoint()
        return len(rows)

    # -- what a person makes of a stored mail -----------------------------------------------------

    def refile(self, key: MessageKey, case: NewCase, event: Event) -> CaseKey:
        """Make a set-aside or quarantined mail a case. Raises IllegalTransition where it is filed or erased."""
        with self._ledger.database.transaction():
            message = self.message(key)
            opened = filing.open_case(self._ledger, case, event)
            filing.put_under(self._ledger, message, opened, Relation.OPENING, event)
            return opened

    def attach(self, key: MessageKey, case: CaseKey, event: Event) -> None:
        """Put a set-aside or quarantined mail under a case; a waiting one resumes, an ended one stays ended.

        Raises IllegalTransition where the mail is filed or erased, or the case is purged.
        """
        with self._ledger.database.transaction():
            stored = self._ledger.records.case(case)
            filing.refuse_purged(stored)
            filing.put_under(self._ledger, self.message(key), case, Relation.FOLLOW_UP, event)
            if stored.status is CaseStatus.WAITING:
                filing.resume_case(self._ledger, stored, event)

    def cut(self, key: MessageKey, rest: bytes, event: Event) -> None:
        """Keep only the rest of a mail's bytes: what was cut out must not be kept. Its hash stays that of the whole,
        so that the same mail is known again. A mail that was cut before stays as it is.
        """
        with self._ledger.database.transaction():
            message = self.message(key)
            touched = self._ledger.database.write("update messages set cut = 1 where id = ? and cut = 0", key)
            if touched:
                self._ledger.database.write("update raw_messages set raw = ? where message_id = ?", rest, key)
                self._ledger.remark(Entity.MESSAGE, key, message.case, Act.MESSAGE_CUT, event)
        self._ledger.database.checkpoint()

    def mask(self, key: MessageKey, subject: str, analysis: Mapping[str, Any], event: Event) -> None:
        """Show a mail otherwise from now on: without the one-time codes in it. Its bytes stay as they are."""
        with self._ledger.database.transaction():
            message = self.message(key)
            settings = "update messages set subject = ?, analysis = ?, codes_read = 1 where id = ? and erased = 0"
            self._ledger.database.write(settings, filing.storable(subject), json_text(analysis), key)
            self._ledger.remark(Entity.MESSAGE, key, message.case, Act.CODE_MASKED, event)

    def codes_read(self, keys: Sequence[MessageKey]) -> None:
        """Note that these mails show no one-time code."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "update messages set codes_read = 1 where id in (select value from json_each(?))", json_text(list(keys))
            )

    # -- looking up -------------------------------------------------------------------------------

    def unread_for_codes(self, since: datetime, most: int) -> tuple[Message, ...]:
        """Mails received at `since` or later that an older version stored without looking for one-time codes."""
        rows = self._ledger.database.rows(
            "select id from messages where codes_read = 0 and erased = 0 and received_at >= ? order by received_at"
            " limit ?",
            utc_text(since),
            most,
        )
        return tuple(self.message(MessageKey(row["id"])) for row in rows)

    def with_uncut_documents(self) -> tuple[MessageKey, ...]:
        """The mails that still hold copies of identity documents and need them no more: those of cases without an
        undecided right, and those that were set aside.
        """
        rows = self._ledger.database.rows(
            "select id from messages where cut = 0 and erased = 0 and instr(analysis, '\"identity_document\"') > 0"
            " and (case_id is not null or status = 'set_aside')"
            " and not exists (select 1 from requests where case_id = messages.case_id and status = 'open') order by id"
        )
        return tuple(MessageKey(row["id"]) for row in rows)

    def message(self, key: MessageKey) -> Message:
        """Raises NotFound."""
        return self._ledger.records.message(key)

    def of_case(self, case: CaseKey) -> tuple[Message, ...]:
        """The mails of a case, oldest first."""
        return self._ledger.records.messages(case)

    def raw(self, key: MessageKey) -> bytes:
        """The mail's bytes as the server gave them. Raises NotFound, also after a purge."""
        row = self._ledger.database.row("select raw from raw_messages where message_id = ?", key)
        if row is None:
            raise NotFound("message", key)
        return bytes(row["raw"])

    def threads(self, message_ids: Sequence[str], address: str) -> tuple[KnownThread, ...]:
        """The cases that hold any of these Message-IDs (their mails' or our letters'), or whose data subject
        has this address, oldest first. Purged cases are in neither, nor is one that goes on in another case.
        """
        database = self._ledger.database
        with database.snapshot():
            rows = database.rows(
                "select case_id from threads where message_id in (select value from json_each(?))",
                json_text([filing.storable(message_id) for message_id in message_ids]),
            )
            referenced = {CaseKey(row["case_id"]) for row in rows}
            rows = database.rows("select id from cases where subject_key = ?", filing.address_key(address))
            by_address = {CaseKey(row["id"]) for row in rows}
            on_file = "select case_id from contacts where lower(address) = ?"
            by_address |= {
                CaseKey(row["case_id"]) for row in database.rows(on_file, filing.storable(address).lower() or None)
            }
            cases = self._ledger.records.cases(sorted(referenced | by_address))
            records = self._ledger.records
            live = [case for case in cases if case.joined_to is None]
            return tuple(_thread(case, case.key in referenced, records.contact(case.key)) for case in live)

    # -- within -----------------------------------------------------------------------------------

    def _make_it_our_turn(self, case: Case, event: Event) -> None:
        """Filed silently under a case that waits or has ended, a mail would not be read."""
        match case.status:
            case CaseStatus.WAITING:
                filing.resume_case(self._ledger, case, event)
            case CaseStatus.CLOSED if _is_unidentified(case):  # the answer waits for a proof, which this may be
                filing.restore(self._ledger, case, event)
            case CaseStatus.CLOSED:  # answered is answered; a person sees whether this changes it
                filing.reopen_case(self._ledger, case, event)
            case CaseStatus.DISMISSED:
                filing.restore(self._ledger, case, event)

    def _keep(self, arrival: Arrival, status: MessageStatus, reason: Reason, event: Event) -> MessageKey:
        return self._store(arrival, None, {"status": status, "reason": reason}, event, {"reason": reason})

    def _file(self, arrival: Arrival, case: CaseKey, relation: Relation, event: Event) -> MessageKey:
        fate: Columns = {"status": MessageStatus.FILED, "case_id": case, "relation": relation, "reason": None}
        key = self._store(arrival, case, fate, event, {"relation": relation})
        filing.point_to(self._ledger, _id(arrival), case)
        return key

    def _store(
        self,
        arrival: Arrival,
        case: CaseKey | None,
        fate: Columns,
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
        if (waiting := self._unread(arrival)) is not None:
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
        account, folder, uidvalidity, uid = _where(place)
        self._ledger.database.insert(
            "sightings",
            {"message_id": key, "account": account, "folder": folder, "uidvalidity": uidvalidity, "uid": uid},
        )

    def _unread(self, arrival: Arrival) -> Message | None:
        """The same mail as it lies in quarantine because it could not be read."""
        known = self.known(arrival.content_hash)
        message = self.message(known) if known is not None else None
        waits = message is not None and message.status is MessageStatus.QUARANTINED
        return message if message and waits and message.reason is Reason.UNREADABLE else None

    def _refuse_read(self, arrival: Arrival) -> None:
        if self._unread(arrival) is None:
            self._refuse_known(arrival)

    def _refuse_known(self, arrival: Arrival) -> None:
        known = self.known(arrival.content_hash)
        if known is not None or self.seen(arrival.raw.place):
            raise StaleWrite("message", known or arrival.raw.place, "new")


def _thread(case: Case, by_reference: bool, contact: Contact | None) -> KnownThread:
    kinds: frozenset[RequestKind] = frozenset(
        request.kind
        for request in case.requests
        if request.status in LIVE_REQUESTS or request.outcome is Outcome.NOT_IDENTIFIED
    )
    return KnownThread(
        case=case.key,
        number=case.number,
        status=case.status,
        address=case.subject.address,
        kinds=kinds,
        by_reference=by_reference,
        on_file=contact.address if contact else "",
        unidentified=_is_unidentified(case),
    )


def _is_unidentified(case: Case) -> bool:
    """Whether a case was answered with "not identified"."""
    return any(request.outcome is Outcome.NOT_IDENTIFIED for request in case.requests)


def _where(place: Place) -> tuple[str, str, int, int]:
    return place.account, place.folder, place.uidvalidity, place.uid


def _id(arrival: Arrival) -> str | None:
    return filing.storable(arrival.message_id) if arrival.message_id else None
