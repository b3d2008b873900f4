"""Who asks: the contact on file, one-time codes, proofs that people saw, and letters let go all the same.

Every method is one transaction with its event. Refuses to judge a level: it is told. What it enforces itself are
the codes' own promises: one use, seven days from the sending, the newest only, five wrong ones or a doubt stop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from state.database import json_text, utc_text
from state.errors import CodeNotTaken, IllegalTransition, StaleWrite
from state.journal import Entity, Facts
from state.lifecycle import waiting_codes
from state.model import (
    AGENT,
    Act,
    CaseKey,
    Code,
    CodeKey,
    Contact,
    Draft,
    DraftKey,
    DraftStatus,
    Event,
    IdentityLevel,
    Proof,
    ProofKind,
)
from state.store import filing
from state.store.ledger import Columns, Ledger


@dataclass(frozen=True, slots=True)
class Identification:
    _ledger: Ledger

    # -- looking up -------------------------------------------------------------------------------

    def contact(self, case: CaseKey) -> Contact | None:
        """What is on file for a case's person; None where nobody has looked."""
        return self._ledger.records.contact(case)

    def looked_up(self, case: CaseKey) -> bool:
        """Whether the register was asked about what stands there."""
        row = self._ledger.database.row("select looked_up from contacts where case_id = ?", case)
        return row is not None and bool(row["looked_up"])

    def codes(self, case: CaseKey) -> tuple[Code, ...]:
        """The one-time codes of a case, and of those that were joined to it, oldest first."""
        return self._ledger.records.codes(case)

    def verified_earlier(self, case: CaseKey) -> datetime | None:
        """When the same address last proved L2 or more in another case."""
        return self._ledger.records.verified_earlier(case)

    def proofs(self, case: CaseKey) -> tuple[Proof, ...]:
        """How a case's person was identified, oldest first, without what was withdrawn."""
        return self._ledger.records.proofs(case)

    # -- what is known ----------------------------------------------------------------------------

    def record_contact(self, case: CaseKey, contact: Contact, event: Event, *, looked_up: bool = True) -> None:
        """Keep what the register holds, in place of what was kept before. `looked_up`: whether the register was asked
        about just this; what was not is (`Cases.not_looked_up`).
        """
        with self._ledger.database.transaction():
            filing.refuse_purged(self._ledger.records.case(case))
            self._ledger.database.write(
                "insert or replace into contacts"
                " (case_id, match, name, address, phone, number, protected, changed_on, looked_up)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                case,
                contact.match,
                *map(filing.storable, (contact.name, contact.address, contact.phone, contact.number)),
                int(contact.protected),
                contact.changed_on.isoformat() if contact.changed_on else None,
                int(looked_up),
            )
            facts = {"match": contact.match}
            self._ledger.remark(Entity.CASE, case, case, Act.CONTACT_RECORDED, event, facts=facts)

    def record_proof(self, case: CaseKey, kind: ProofKind, level: IdentityLevel, words: str, event: Event) -> None:
        """Record that a proof was seen. `words` are kept beside the event, never the evidence."""
        with self._ledger.database.transaction():
            filing.refuse_purged(self._ledger.records.case(case))
            facts = {"proof": kind, "level": level}
            filing.remark_beside(self._ledger, case, Act.IDENTITY_RECORDED, words, event, facts=facts)

    def withdraw_proofs(self, case: CaseKey, words: str, event: Event) -> None:
        """Take every proof of a case back: what they proved is doubted. A code that has left counts no more."""
        with self._ledger.database.transaction():
            filing.refuse_purged(self._ledger.records.case(case))
            filing.remark_beside(self._ledger, case, Act.IDENTITY_WITHDRAWN, words, event)

    def assess(self, case: CaseKey, level: IdentityLevel, required: IdentityLevel, event: Event) -> bool:
        """Put the levels that follow from everything known into the case; False where they stand so already."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.case(case)
            filing.refuse_purged(stored)
            if (stored.identity_level, stored.identity_required) == (level, required):
                return False
            self._ledger.database.write(
                "update cases set identity_level = ?, identity_required = ? where id = ?", level, required, case
            )
            facts = {"level": level, "required": required}
            self._ledger.remark(Entity.CASE, case, case, Act.IDENTITY_ASSESSED, event, facts=facts)
            return True

    def flag(self, case: CaseKey, flag: str, on: bool, event: Event) -> None:
        """Put a flag on a case, or take it off; one that stands so already changes nothing."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.case(case)
            filing.refuse_purged(stored)
            if (flag in stored.flags) is on:
                return
            flags = [*stored.flags, flag] if on else [kept for kept in stored.flags if kept != flag]
            self._ledger.database.write("update cases set flags = ? where id = ?", json_text(flags), case)
            facts: Facts = {"flag": flag, "on": on}
            self._ledger.remark(Entity.CASE, case, case, Act.CASE_FLAGGED, event, facts=facts)

    # -- one-time codes ---------------------------------------------------------------------------

    def issue(self, draft: DraftKey, salt: str, digest: str, event: Event) -> CodeKey:
        """Keep the hash of the code that a proposed letter carries. Raises IllegalTransition for any other."""
        with self._ledger.database.transaction():
            letter = self._ledger.records.draft(draft)
            if letter.status is not DraftStatus.PROPOSED:
                raise IllegalTransition("draft", letter.status, DraftStatus.PROPOSED)
            columns: Columns = {"case_id": letter.case, "draft_id": draft, "salt": salt, "digest": digest}
            key = self._ledger.database.insert("codes", columns)
            self._ledger.remark(Entity.CASE, letter.case, letter.case, Act.CODE_ISSUED, event, facts={"code": key})
            return CodeKey(key)

    def redeem(self, key: CodeKey, event: Event) -> None:
        """Take a code that came back, once. Raises CodeNotTaken where it does not count."""
        with self._ledger.database.transaction():
            code = self._counting(key, event)
            self._ledger.database.write("update codes set used_at = ? where id = ?", utc_text(event.at), key)
            self._ledger.remark(Entity.CASE, code.case, code.case, Act.CODE_RETURNED, event, facts={"code": key})

    def miss(self, key: CodeKey, event: Event) -> None:
        """Count a wrong code that came in a code's stead. Raises CodeNotTaken where that one does not count anyway."""
        with self._ledger.database.transaction():
            code = self._counting(key, event)
            self._ledger.database.write("update codes set wrong = wrong + 1 where id = ?", key)
            facts = {"code": key, "wrong": code.wrong + 1}
            self._ledger.remark(Entity.CASE, code.case, code.case, Act.CODE_WRONG, event, facts=facts)

    def _counting(self, key: CodeKey, event: Event) -> Code:
        code = self._ledger.records.code(key)
        if code not in waiting_codes(self._ledger.records.codes(code.case), event.at):
            raise CodeNotTaken(key)
        return code

    # -- all the same -----------------------------------------------------------------------------

    def let_go(self, draft: Draft) -> bool:
        """Whether a person lets this very text go."""
        return self._ledger.records.overridden(draft.key, draft.text_hash)

    def override(self, draft: DraftKey, expected_hash: str, reason: str, words: str, event: Event) -> None:
        """Let the proposed text with `expected_hash` be approved although its reader is not identified.

        The approval is another act, so the text is looked at twice; a changed text needs a new override. Raises
        StaleWrite where the text has changed, IllegalTransition where it is no proposal or no person says so,
        NotAuthorised for an answer to whoever writes for another: that waits for their authority.
        """
        with self._ledger.database.transaction():
            letter = self._ledger.records.draft(draft)
            if letter.text_hash != expected_hash:
                raise StaleWrite("draft", draft, expected_hash)
            if letter.status is not DraftStatus.PROPOSED or event.actor == AGENT:
                raise IllegalTransition("draft", letter.status, DraftStatus.APPROVED)
            filing.refuse_unauthorised(self._ledger, letter)
            self._ledger.database.write(
                "insert or replace into overrides (draft_id, text_hash, reason, person, at) values (?, ?, ?, ?, ?)",
                draft,
                expected_hash,
                reason,
                event.actor,
                utc_text(event.at),
            )
            facts: Facts = {"draft": draft, "hash": expected_hash, "reason": reason}
            filing.remark_beside(self._ledger, letter.case, Act.IDENTITY_OVERRIDDEN, words, event, facts=facts)
