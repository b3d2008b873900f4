"""Taking letters back before they leave: an approval withdrawn, a proposal superseded.

Refuses what is on its way: a claimed letter can only be settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from state.model import Act, CaseKey, Draft, DraftStatus, Event
from state.store.ledger import Ledger

PROPOSED = frozenset({DraftStatus.PROPOSED})
UNSENT = PROPOSED | {DraftStatus.APPROVED}


def drafts_in(ledger: Ledger, case: CaseKey, statuses: frozenset[DraftStatus]) -> list[Draft]:
    """The letters of a case that are in one of these statuses, oldest first."""
    return [draft for draft in ledger.records.drafts(case) if draft.status in statuses]


def withdraw(ledger: Ledger, draft: Draft, event: Event) -> Draft:
    """Take an approval back, whole: who, when, of what and from when on."""
    columns = {"approved_by": None, "approved_at": None, "approved_hash": None, "not_before": None}
    ledger.move_draft(draft, DraftStatus.PROPOSED, Act.APPROVAL_WITHDRAWN, event, columns=columns)
    return replace(draft, status=DraftStatus.PROPOSED)


def retract(ledger: Ledger, drafts: Iterable[Draft], event: Event) -> None:
    """Supersede these letters, approved ones included. Raises IllegalTransition where one is on its way."""
    for draft in drafts:
        proposed = withdraw(ledger, draft, event) if draft.status is DraftStatus.APPROVED else draft
        ledger.move_draft(proposed, DraftStatus.SUPERSEDED, Act.DRAFT_SUPERSEDED, event)
