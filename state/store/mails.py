"""Mails that are stored: looked up, put where a person says, tried again, and made less of what must not be kept.

Owns what becomes of a mail after its intake. Refuses to bring back what was erased, and to judge a text: it is told
what to cut and what to hide. The bytes of a mail change in one way only (`cut`); its hash stays that of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from state.database import json_text, utc_text
from state.errors import NotFound
from state.journal import Entity
from state.model import (
    MAIL_CLIENT,
    Act,
    Attempt,
    CaseKey,
    DraftKey,
    Event,
    Message,
    MessageKey,
    NewCase,
    Relation,
)
from state.store import erasure, filing
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Mails:
    _ledger: Ledger

    # -- looking up ---------------------------------------------------------------------------------

    def get(self, key: MessageKey) -> Message:
        """Raises NotFound."""
        return self._ledger.records.message(key)

    def of_case(self, case: CaseKey) -> tuple[Message, ...]:
        """The mails of a case, oldest first."""
        return self._ledger.records.messages(case)

    def filed_since_approval(self, draft: DraftKey) -> tuple[Message, ...]:
        """The mails that were put under a letter's case after it was approved last, whenever they had come.

        Of a letter that was sent from a mail program it is known only when that was noticed: there it counts from the
        letter's proposal, or from an approval at the desk.
        """
        rows = self._ledger.database.rows(
            "select distinct entity_id from events where entity = 'message' and new = 'filed'"
            " and case_id = (select case_id from drafts where id = ?1)"
            " and seq > (select max(seq) from events where entity = 'draft' and entity_id = ?1"
            " and (act = ?2 or act = ?3 and actor <> ?4))",
            draft,
            Act.DRAFT_PROPOSED,
            Act.DRAFT_APPROVED,
            MAIL_CLIENT,
        )
        return tuple(self.get(MessageKey(row["entity_id"])) for row in rows)

    def raw(self, key: MessageKey) -> bytes:
        """The mail's bytes as the server gave them. Raises NotFound, also after a purge."""
        row = self._ledger.database.row("select raw from raw_messages where message_id = ?", key)
        if row is None:
            raise NotFound("message", key)
        return bytes(row["raw"])

    # -- what a person makes of it ------------------------------------------------------------------

    def refile(self, key: MessageKey, case: NewCase, event: Event) -> CaseKey:
        """Make a set-aside or quarantined mail a case. Raises IllegalTransition where it is filed or erased."""
        with self._ledger.database.transaction():
            message = self.get(key)
            opened = filing.open_case(self._ledger, case, event)
            filing.put_under(self._ledger, message, opened, Relation.OPENING, event)
            return opened

    # -- what each version of the program tries -----------------------------------------------------

    def unread(self, version: str) -> tuple[Message, ...]:
        """The mails in quarantine that could not be read and that this version of the program has not tried yet, the
        oldest first; of many the first hundred.
        """
        rows = self._ledger.database.rows(
            "select id from messages where status = 'quarantined' and reason = 'unreadable' and erased = 0"
            " and not exists (select 1 from attempts where message_id = messages.id and attempt = ? and version = ?)"
            " order by id limit 100",
            Attempt.READ,
            version,
        )
        return tuple(self.get(MessageKey(row["id"])) for row in rows)

    def with_uncut_documents(self, version: str) -> tuple[MessageKey, ...]:
        """The mails that still hold copies of identity documents and need them no more, and that this version of the
        program has not tried yet: those of cases without an undecided right, and those that were set aside.
        """
        rows = self._ledger.database.rows(
            "select id from messages where cut = 0 and erased = 0 and instr(analysis, '\"identity_document\"') > 0"
            " and (case_id is not null or status = 'set_aside')"
            " and not exists (select 1 from requests where case_id = messages.case_id and status = 'open')"
            " and not exists (select 1 from attempts where message_id = messages.id and attempt = ? and version = ?)"
            " order by id",
            Attempt.CUT,
            version,
        )
        return tuple(MessageKey(row["id"]) for row in rows)

    def tried(self, key: MessageKey, attempt: Attempt, version: str) -> None:
        """Note that this version of the program tried it on the mail."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert or replace into attempts (message_id, attempt, version) values (?, ?, ?)", key, attempt, version
            )

    def unread_for_codes(self, since: datetime, version: str, most: int) -> tuple[MessageKey, ...]:
        """Mails received at `since` or later that an older version stored without looking for one-time codes, and on
        which this version has not failed.
        """
        rows = self._ledger.database.rows(
            "select id from messages where codes_read = 0 and erased = 0 and received_at >= ?"
            " and not exists (select 1 from attempts where message_id = messages.id and attempt = ? and version = ?)"
            " order by received_at limit ?",
            utc_text(since),
            Attempt.MASK,
            version,
            most,
        )
        return tuple(MessageKey(row["id"]) for row in rows)

    # -- what must not be kept, or shown ------------------------------------------------------------

    def cut(self, key: MessageKey, rest: bytes, event: Event) -> None:
        """Keep only the rest of a mail's bytes: what was cut out must not be kept. Its hash stays that of the whole,
        so that the same mail is known again. A mail that was cut before stays as it is.
        """
        with self._ledger.database.transaction():
            message = self.get(key)
            touched = self._ledger.database.write("update messages set cut = 1 where id = ? and cut = 0", key)
            if touched:
                self._ledger.database.write("update raw_messages set raw = ? where message_id = ?", rest, key)
                self._ledger.remark(Entity.MESSAGE, key, message.case, Act.MESSAGE_CUT, event)
        self._ledger.database.checkpoint()

    def mask(self, key: MessageKey, subject: str, analysis: Mapping[str, Any], event: Event) -> None:
        """Show a mail otherwise from now on: without the one-time codes in it. Its bytes stay as they are, and so does
        one that was erased.
        """
        with self._ledger.database.transaction():
            message = self.get(key)
            settings = "update messages set subject = ?, analysis = ?, codes_read = 1 where id = ? and erased = 0"
            if self._ledger.database.write(settings, filing.storable(subject), json_text(analysis), key):
                self._ledger.remark(Entity.MESSAGE, key, message.case, Act.CODE_MASKED, event)

    def codes_read(self, keys: Sequence[MessageKey]) -> None:
        """Note that these mails show no one-time code."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "update messages set codes_read = 1 where id in (select value from json_each(?))", json_text(list(keys))
            )

    def erase_set_aside(self, settled_before: datetime, event: Event) -> int:
        """Erase what is personal in the mails that were set aside before `settled_before` and belong to no case; return
        how many. Their place and hash remain, so that none is taken in as a new one.
        """
        with self._ledger.database.transaction():
            rows = self._ledger.database.rows(
                # None was set aside before it came: most are passed over without a look into the journal.
                "select id from messages where status = 'set_aside' and erased = 0 and case_id is null "
                "and received_at < ?1 and not exists (select 1 from events where entity = 'message' "
                "and new is not null and entity_id = messages.id and at >= ?1)",
                utc_text(settled_before),
            )
            for row in rows:
                erasure.erase_mail(self._ledger.database, row["id"])
                self._ledger.remark(Entity.MESSAGE, row["id"], None, Act.MESSAGE_ERASED, event)
        if rows:
            self._ledger.database.checkpoint()
        return len(rows)
