"""To which cases a mail may belong: those that it points to, and those of its writer.

Owns the finding by Message-ID and by address. Refuses to choose: that is `rules.threads`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from state.database import json_text
from state.lifecycle import LIVE_REQUESTS, answered_unidentified
from state.model import Case, CaseKey, Contact, KnownThread, Outcome, RequestKind
from state.store import filing
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Threads:
    _ledger: Ledger

    def known(self, message_ids: Sequence[str], address: str) -> tuple[KnownThread, ...]:
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
        unidentified=answered_unidentified(case),
    )
