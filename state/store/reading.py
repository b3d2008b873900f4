"""How far the mailboxes have been read: a cursor for each folder, and the mails that a server holds and does not give.

Owns no mail: what was read is taken in by `store.intake`. Refuses nothing; a numbering that became void is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from state.database import json_text, utc_text
from state.model import Cursor, Place, Withheld
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Reading:
    _ledger: Ledger

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

    def newest(self, cursor: Cursor) -> tuple[int, str] | None:
        """The newest mail that was read in the cursor's folder and has a Message-ID: its UID, and that."""
        row = self._ledger.database.row(
            "select uid, messages.message_id as identifier"
            " from sightings join messages on messages.id = sightings.message_id"
            " where account = ? and folder = ? and uidvalidity = ? and messages.message_id is not null"
            " and status <> 'quarantined' order by uid desc limit 1",
            cursor.account,
            cursor.folder,
            cursor.uidvalidity,
        )
        return None if row is None else (row["uid"], row["identifier"])

    def withhold(self, place: Place, tries: int, at: datetime) -> None:
        """Note that the mail at this place could not be read, after `tries` tries of it alone."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert or replace into withheld (account, folder, uidvalidity, uid, tries, tried_at) "
                "values (?, ?, ?, ?, ?, ?)",
                *place.key,
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
                "delete from withheld where account = ? and folder = ? and uidvalidity = ? and uid = ?", *place.key
            )

    def begin_again(self, cursor: Cursor) -> None:
        """Read a folder anew from this cursor on: its server gave UIDs out a second time under one UIDVALIDITY, so that
        what was seen under them says nothing any more. The mails themselves stay, and are known by their bytes.
        """
        with self._ledger.database.transaction():
            where = (cursor.account, cursor.folder, cursor.uidvalidity)
            # In a numbering that no server gives: a mail is found by having been seen. What the backup kept, and an
            # earlier one, was seen there under its number already.
            self._ledger.database.write(
                "update or replace sightings set uidvalidity = -message_id"
                " where account = ? and folder = ? and uidvalidity = ?",
                *where,
            )
            self._ledger.database.write(
                "delete from withheld where account = ? and folder = ? and uidvalidity = ?", *where
            )
            self.save_cursor(cursor)

    def forget_numbering(self, account: str, folder: str, uidvalidity: int) -> None:
        """Drop what was withheld under other numberings of the folder than this one: their UIDs are void."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "delete from withheld where account = ? and folder = ? and uidvalidity <> ?",
                account,
                folder,
                uidvalidity,
            )
