"""Letters in the mailbox's Drafts folder: which lie there, and which a person sent from their own mail program.

Owns what was noticed, so that nothing is noticed twice. Refuses to send and to look: it is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from state.journal import Entity
from state.model import Act, CaseKey, Draft, DraftKey, Event, Offer
from state.store import filing
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Offers:
    _ledger: Ledger

    def all(self) -> tuple[Offer, ...]:
        """What lies in the Drafts folder, oldest first."""
        rows = self._ledger.database.rows("select * from offers order by draft_id")
        return tuple(
            Offer(DraftKey(row["draft_id"]), row["text_hash"], row["message_id"], row["digest"]) for row in rows
        )

    def missing(self) -> tuple[Draft, ...]:
        """Proposed letters of cases that are not over and that do not lie there, oldest first."""
        return self._ledger.records.drafts_not_offered()

    def offered(self, offer: Offer, event: Event) -> None:
        """A proposed letter was put there; an earlier one of the same letter is forgotten."""
        with self._ledger.database.transaction():
            draft = self._ledger.records.draft(offer.draft)
            self._ledger.database.write(
                "insert or replace into offers (draft_id, text_hash, message_id, digest) values (?, ?, ?, ?)",
                offer.draft,
                offer.text_hash,
                offer.message_id,
                offer.digest,
            )
            facts = {"hash": offer.text_hash, "message_id": offer.message_id}
            self._ledger.remark(Entity.DRAFT, offer.draft, draft.case, Act.DRAFT_OFFERED, event, facts=facts)

    def withdrawn(self, key: DraftKey, event: Event) -> None:
        """It lies there no more, or is no longer ours to take away. What was not offered changes nothing."""
        with self._ledger.database.transaction():
            if self._ledger.database.write("delete from offers where draft_id = ?", key):
                case = self._ledger.records.draft(key).case
                self._ledger.remark(Entity.DRAFT, key, case, Act.OFFER_WITHDRAWN, event)

    def noticed(self, case: CaseKey, message_id: str, event: Event) -> bool:
        """Record a letter of the case that a person sent by hand, so that answers to it find the case; False where it
        was noticed before.
        """
        with self._ledger.database.transaction():
            known = self._ledger.database.row("select 1 from sent_copies where message_id = ?", message_id)
            if known is not None:
                return False
            self._ledger.database.insert("sent_copies", {"message_id": message_id, "case_id": case})
            filing.point_to(self._ledger, message_id, case)
            self._ledger.remark(Entity.CASE, case, case, Act.SENT_COPY_NOTICED, event)
            return True
