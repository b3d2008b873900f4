"""Letters on their way: proposed, edited, approved, claimed, settled.

Owns the binding of an approval to its text. Refuses to send, and to let a letter go whose text is not, at
that moment, the very text that a person approved.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from state.database import json_text, utc_text
from state.errors import IllegalTransition, NotAuthorised, NotIdentified, StaleWrite
from state.journal import Entity
from state.lifecycle import OUT_OF_HAND, in_time, text_hash
from state.model import (
    AGENT,
    Act,
    CaseKey,
    Delivery,
    Draft,
    DraftKey,
    DraftStatus,
    Envelope,
    Event,
    Letter,
    Masked,
    NewDraft,
    Override,
)
from state.store import filing
from state.store.ledger import Columns, Ledger
from state.store.retraction import PROPOSED, drafts_in, retract, withdraw


@dataclass(frozen=True, slots=True)
class Drafts:
    _ledger: Ledger

    # -- looking up -------------------------------------------------------------------------------

    def get(self, key: DraftKey) -> Draft:
        """Raises NotFound."""
        return self._ledger.records.draft(key)

    def for_case(self, case: CaseKey) -> tuple[Draft, ...]:
        """Every letter of a case, whatever became of it, oldest first."""
        return self._ledger.records.drafts(case)

    def left(self, cases: Collection[CaseKey]) -> Mapping[CaseKey, frozenset[Letter]]:
        """Which letters of these cases have left, or may have; a case of which none has is left out."""
        rows = self._ledger.database.rows(
            "select case_id, letter from drafts where case_id in (select value from json_each(?))"
            " and status in ('sending', 'sent', 'uncertain')",
            json_text(list(cases)),
        )
        found: defaultdict[CaseKey, set[Letter]] = defaultdict(set)
        for row in rows:
            found[CaseKey(row["case_id"])].add(Letter(row["letter"]))
        return {case: frozenset(letters) for case, letters in found.items()}

    def with_deliveries(self, case: CaseKey) -> tuple[tuple[Draft, Delivery | None], ...]:
        """Every letter of a case with its sending, oldest first."""
        return tuple((draft, self.delivery(draft.key)) for draft in self.for_case(case))

    def ready(self, now: datetime) -> tuple[Draft, ...]:
        """Approved letters whose time to undo is over, the longest waiting first."""
        return self._ledger.records.drafts_ready(utc_text(now))

    def in_flight(self) -> tuple[tuple[Draft, Delivery], ...]:
        """Letters that were claimed and not settled: being sent, or nobody knows."""
        return self._ledger.records.in_flight(DraftStatus.SENDING, DraftStatus.UNCERTAIN)

    def delivery(self, key: DraftKey) -> Delivery | None:
        """The sending of a letter; None where it was never claimed."""
        return self._ledger.records.delivery(key)

    def too_early(self, draft: Draft) -> bool:
        """Whether a letter would tell of data to somebody who may not be told yet: `approve` refuses it."""
        try:
            self._refuse_too_early(draft)
        except (NotIdentified, NotAuthorised):
            return True
        return False

    # -- a person's hands -------------------------------------------------------------------------

    def propose(self, new: NewDraft, event: Event) -> DraftKey:
        """Propose a letter; an earlier proposal of the same letter in the same case is superseded.

        Raises IllegalTransition where the case is purged, ValueError for a text with NUL.
        """
        with self._ledger.database.transaction():
            filing.refuse_purged(self._ledger.records.case(new.case))
            earlier = drafts_in(self._ledger, new.case, PROPOSED)
            retract(self._ledger, [draft for draft in earlier if draft.letter is new.letter], event)
            digest = _hash(new.envelope, new.subject, new.body)
            facts = {"letter": new.letter, "template": new.template, "hash": digest}
            key = DraftKey(
                self._ledger.create(Entity.DRAFT, new.case, _columns(new, digest, event), event, facts=facts)
            )
            for request in new.requests:
                self._ledger.database.insert("draft_requests", {"draft_id": key, "request_id": request})
            return key

    def edit(
        self,
        key: DraftKey,
        subject: str,
        body: str,
        expected_hash: str,
        event: Event,
        *,
        original_body: str | None = None,
    ) -> None:
        """Change a proposed text; with `original_body` also what its template is said to have given.

        Raises StaleWrite where it is no longer the text with `expected_hash`, IllegalTransition where it is no longer a
        proposal, ValueError for a text with NUL.
        """
        with self._ledger.database.transaction():
            draft = self._expected(key, expected_hash)
            if draft.status is not DraftStatus.PROPOSED:
                raise IllegalTransition("draft", draft.status, DraftStatus.PROPOSED)
            digest = _hash(draft.envelope, subject, body)
            if digest == draft.text_hash:
                return
            self._ledger.database.write(
                "update drafts set subject = ?, body = ?, original_body = ?, text_hash = ? where id = ?",
                subject,
                body,
                draft.original_body if original_body is None else original_body,
                digest,
                key,
            )
            self._ledger.remark(Entity.DRAFT, key, draft.case, Act.DRAFT_EDITED, event, facts={"hash": digest})

    def approve(
        self,
        key: DraftKey,
        expected_hash: str,
        not_before: datetime,
        event: Event,
        override: Override | None = None,
    ) -> None:
        """Approve the text with `expected_hash`, to be sent from `not_before` on. The event's actor is the approver;
        with `override` the journal tells which of the linter's errors that person let stand, and beside it why.

        Raises StaleWrite where the text has changed, IllegalTransition where it is no proposal, no person approves, or
        it asks a fee for what is decided already, NotIdentified or NotAuthorised where it would tell of data too early.
        """
        with self._ledger.database.transaction():
            draft = self._expected(key, expected_hash)
            if event.actor == AGENT:
                raise IllegalTransition("draft", draft.status, DraftStatus.APPROVED)
            if draft.status is DraftStatus.PROPOSED:
                self._refuse_too_early(draft)
            if not in_time(draft.letter, [self._ledger.records.request(request) for request in draft.requests]):
                raise IllegalTransition("draft", draft.status, DraftStatus.APPROVED)
            columns = {
                "approved_by": event.actor,
                "approved_at": utc_text(event.at),
                "approved_hash": expected_hash,
                "not_before": utc_text(not_before),
            }
            facts = {"hash": expected_hash}
            if override is not None:
                overridden = {"codes": ",".join(override.codes), **facts}
                said = self._ledger.remark(
                    Entity.DRAFT, key, draft.case, Act.FINDINGS_OVERRIDDEN, event, facts=overridden
                )
                filing.write_beside(self._ledger, said, override.reason)
            self._ledger.move_draft(
                draft, DraftStatus.APPROVED, Act.DRAFT_APPROVED, event, facts=facts, columns=columns
            )

    def withdraw_approval(self, key: DraftKey, event: Event) -> None:
        """Take an approval back, until the sending is claimed."""
        with self._ledger.database.transaction():
            withdraw(self._ledger, self.get(key), event)

    def supersede(self, key: DraftKey, event: Event) -> None:
        """Take a proposal back that what is known now has made needless. Raises IllegalTransition for any other."""
        with self._ledger.database.transaction():
            draft = self.get(key)
            if draft.status is not DraftStatus.PROPOSED:
                raise IllegalTransition("draft", draft.status, DraftStatus.SUPERSEDED)
            retract(self._ledger, (draft,), event)

    def reject(self, key: DraftKey, event: Event) -> None:
        with self._ledger.database.transaction():
            self._ledger.move_draft(self.get(key), DraftStatus.REJECTED, Act.DRAFT_REJECTED, event)

    # -- the sending ------------------------------------------------------------------------------

    def claim(self, key: DraftKey, message_id: str, event: Event, *, unseen: bool = False) -> Delivery:
        """Claim a letter before the wire is touched. After a deferral it keeps its first Message-ID. `unseen`: the
        mailbox cannot be read meanwhile.

        Raises StaleWrite where the text is not the approved one any more, IllegalTransition where it is not approved or
        has no address to be sent to, NotIdentified where the person is less surely identified now than at the approval,
        NotAuthorised where they turned out to write for another.
        """
        with self._ledger.database.transaction():
            draft = self.get(key)
            _refuse_changed(draft)
            if draft.on_paper:
                raise IllegalTransition("draft", draft.status, DraftStatus.SENDING)
            if draft.status is DraftStatus.APPROVED:
                self._refuse_too_early(draft)
            earlier = self.delivery(key)
            message_id = earlier.message_id if earlier else message_id
            attempt = earlier.attempts + 1 if earlier else 1
            facts = {"hash": draft.approved_hash, "message_id": message_id, "attempt": attempt}
            self._ledger.move_draft(draft, DraftStatus.SENDING, Act.SENDING_CLAIMED, event, facts=facts)
            self._ledger.database.write(
                "insert into deliveries (draft_id, message_id, claimed_at, attempts, unseen) values (?, ?, ?, ?, ?) "
                "on conflict (draft_id) do update set claimed_at = excluded.claimed_at, attempts = excluded.attempts, "
                "unseen = excluded.unseen",
                key,
                message_id,
                utc_text(event.at),
                attempt,
                int(unseen),
            )
            filing.point_to(self._ledger, message_id, draft.case)
            return Delivery(key, message_id, event.at, attempt, None, earlier.answer if earlier else None, unseen)

    def sent_by_hand(self, key: DraftKey, subject: str, body: str, message_id: str, event: Event) -> None:
        """Record that a person sent this letter, in these words, from their own mail program: approved and claimed in
        one, so that it is never sent by us as well. `sent` follows. Of the Message-ID, which their program made of
        whatever it liked, only a hash stays where it outlives a purge (`Offers.noticed` keeps the rest).

        Raises IllegalTransition where it is on its way or settled, NotIdentified, NotAuthorised, ValueError for a text
        with NUL.
        """
        with self._ledger.database.transaction():
            if self.get(key).status is DraftStatus.APPROVED:
                self.withdraw_approval(key, event)
            self.edit(key, subject, body, self.get(key).text_hash, event)
            self.approve(key, self.get(key).text_hash, event.at, event)
            self._ledger.database.write("delete from deliveries where draft_id = ?", key)  # of a try that was deferred
            self.claim(key, f"sha256:{hashlib.sha256(message_id.encode('utf-8', 'replace')).hexdigest()}", event)

    def delivered(self, key: DraftKey, how: str, at: datetime, event: Event, masked: Masked | None = None) -> None:
        """A person brought an approved letter that has no e-mail address to its reader, at the instant `at`. `masked`:
        as for `sent`.

        Raises IllegalTransition for a letter with one, for one that is not approved and for an instant after the
        event's, StaleWrite where the text is not the approved one, NotIdentified and NotAuthorised as `claim` does.
        """
        with self._ledger.database.transaction():
            draft = self.get(key)
            _refuse_changed(draft)
            if not draft.on_paper or at > event.at:
                raise IllegalTransition("draft", draft.status, DraftStatus.SENT)
            if draft.status is DraftStatus.APPROVED:
                self._refuse_too_early(draft)
            facts = {"hash": draft.approved_hash, "how": how, "at": utc_text(at)}
            self._ledger.move_draft(draft, DraftStatus.SENT, Act.DRAFT_DELIVERED, event, facts=facts)
            if masked is not None:
                self.conceal(key, masked, event)
            columns: Columns = {
                "draft_id": key,
                "message_id": f"on paper: {key}",
                "claimed_at": utc_text(at),
                "attempts": 1,
                "settled_at": utc_text(at),
                "answer": filing.storable(how),
            }
            self._ledger.database.insert("deliveries", columns)

    def sent(self, key: DraftKey, answer: str, event: Event, masked: Masked | None = None) -> None:
        """The server took it, or it was found in Sent. `masked`: its texts as they are kept from now on."""
        with self._ledger.database.transaction():
            self._settle(key, DraftStatus.SENT, Act.DRAFT_SENT, answer, event)
            if masked is not None:
                self.conceal(key, masked, event)

    def conceal(self, key: DraftKey, masked: Masked, event: Event) -> None:
        """Keep a letter without its one-time code from now on. What was approved and sent stays provable: its hash
        stands in the journal, and is that of the kept text with the code put back in, as its reader has it; beside it
        stands the hash of what is kept, so that this cannot be changed unseen either.

        Raises IllegalTransition for a letter that may still be sent.
        """
        with self._ledger.database.transaction():
            draft = self.get(key)
            if draft.status not in OUT_OF_HAND:
                raise IllegalTransition("draft", draft.status, DraftStatus.SENT)
            self._ledger.database.write(
                "update drafts set body = ?, original_body = ? where id = ?", masked.body, masked.original_body, key
            )
            self._ledger.database.write("update codes set masked = 1 where draft_id = ?", key)
            facts = {"kept": text_hash(draft.envelope, draft.subject, masked.body)}
            self._ledger.remark(Entity.DRAFT, key, draft.case, Act.CODE_MASKED, event, facts=facts)

    def with_codes(self) -> tuple[Draft, ...]:
        """Letters that are never sent again and still hold their one-time code, oldest first."""
        keys = self._ledger.database.rows(
            "select draft_id from codes join drafts on drafts.id = draft_id"
            " where masked = 0 and status in (select value from json_each(?)) order by draft_id",
            json_text(sorted(OUT_OF_HAND)),
        )
        return tuple(self.get(DraftKey(row["draft_id"])) for row in keys)

    def refused(self, key: DraftKey, answer: str, event: Event) -> None:
        """The server refused it for good, or a person says that it never left."""
        self._settle(key, DraftStatus.REFUSED, Act.DRAFT_REFUSED, answer, event)

    def deferred(self, key: DraftKey, answer: str, not_before: datetime, event: Event) -> None:
        """The server certainly took nothing: approved as before, to be tried again from `not_before` on."""
        with self._ledger.database.transaction():
            columns = {"not_before": utc_text(not_before)}
            self._ledger.move_draft(self.get(key), DraftStatus.APPROVED, Act.SENDING_DEFERRED, event, columns=columns)
            self._answered(key, answer, None)

    def uncertain(self, key: DraftKey, answer: str, event: Event) -> None:
        """The wire broke after the claim: nobody knows."""
        with self._ledger.database.transaction():
            self._ledger.move_draft(self.get(key), DraftStatus.UNCERTAIN, Act.SENDING_UNCERTAIN, event)
            self._answered(key, answer, None)

    # -- within -----------------------------------------------------------------------------------

    def _refuse_too_early(self, draft: Draft) -> None:
        filing.refuse_unauthorised(self._ledger, draft)
        filing.refuse_unidentified(self._ledger, draft)

    def _expected(self, key: DraftKey, expected_hash: str) -> Draft:
        draft = self.get(key)
        if draft.text_hash != expected_hash:
            raise StaleWrite("draft", key, expected_hash)
        return draft

    def _settle(self, key: DraftKey, new: DraftStatus, act: Act, answer: str, event: Event) -> None:
        with self._ledger.database.transaction():
            self._ledger.move_draft(self.get(key), new, act, event)
            self._answered(key, answer, event.at)

    def _answered(self, key: DraftKey, answer: str, settled_at: datetime | None) -> None:
        self._ledger.database.write(
            "update deliveries set answer = ?, settled_at = ? where draft_id = ?",
            filing.storable(answer),
            utc_text(settled_at) if settled_at else None,
            key,
        )


def _columns(new: NewDraft, digest: str, event: Event) -> Columns:
    return {
        "case_id": new.case,
        "letter": new.letter,
        "status": DraftStatus.PROPOSED,
        "language": new.language,
        "template": new.template,
        "to_name": new.envelope.to.name,
        "to_address": new.envelope.to.address,
        "in_reply_to": new.envelope.in_reply_to,
        "reference_ids": json_text(list(new.envelope.references)),
        "subject": new.subject,
        "body": new.body,
        "original_body": new.body,
        "facts": json_text(dict(new.facts)),
        "text_hash": digest,
        "created_at": utc_text(event.at),
    }


def _refuse_changed(draft: Draft) -> None:
    """Raise StaleWrite for an approved letter whose text is not the one that was approved."""
    text_now = text_hash(draft.envelope, draft.subject, draft.body)
    if draft.status is DraftStatus.APPROVED and text_now != draft.approved_hash:
        raise StaleWrite("draft", draft.key, DraftStatus.APPROVED)


def _hash(envelope: Envelope, subject: str, body: str) -> str:
    """`lifecycle.text_hash` of a text that may be stored. Raises ValueError for NUL, which separates its parts."""
    if any("\0" in part for part in (envelope.to.name, envelope.to.address, envelope.in_reply_to or "", subject, body)):
        raise ValueError("NUL in a letter")
    return text_hash(envelope, subject, body)
