"""Taking back: letters before they leave (an approval withdrawn, a proposal superseded), duties without a cause.

Refuses what is on its way: a claimed letter can only be settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from state.database import utc_text
from state.model import (
    CHANGED_WITH_OTHERS,
    Act,
    CaseKey,
    Draft,
    DraftStatus,
    Duty,
    DutyKind,
    DutyStatus,
    Event,
    RequestKey,
    RequestKind,
)
from state.store.ledger import Ledger

PROPOSED = frozenset({DraftStatus.PROPOSED})
UNSENT = PROPOSED | {DraftStatus.APPROVED}
WITH_THE_OUTCOME = frozenset({DutyKind.INSTRUCT_PROCESSORS, DutyKind.INFORM_JOINT_CONTROLLERS, DutyKind.FORWARD})
"""The duties that an outcome brings before its letter leaves: they go when it is taken back."""
OF_A_REQUEST = frozenset(DutyKind) - {DutyKind.ANSWER_OMBUDSMAN}
"""The duties that there are only because somebody made a request; the authority is answered whatever it was."""
UNTIL_THE_REPLY = frozenset({DutyKind.AWAIT_REPLY})
"""The duties that end when the person has written."""
UNTIL_THE_OUTCOME = frozenset({DutyKind.CONSIDER_RESTRICTION})
"""The duties that make sense only as long as nothing has been decided."""


def with_the_outcome(kind: RequestKind) -> frozenset[DutyKind]:
    """The same of this right: who processes the data is found out with a change, and for a copy before any outcome."""
    return WITH_THE_OUTCOME | {DutyKind.FIND_PROCESSORS} if kind in CHANGED_WITH_OTHERS else WITH_THE_OUTCOME


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


def open_duties(
    ledger: Ledger,
    case: CaseKey,
    request: RequestKey | None = None,
    kinds: frozenset[DutyKind] = frozenset(DutyKind),
) -> list[Duty]:
    """The duties of a case (or of one of its rights) that are still to be done."""
    return [
        duty
        for duty in ledger.records.duties(case)
        if duty.status is DutyStatus.OPEN and request in {None, duty.request} and duty.kind in kinds
    ]


def cancel(ledger: Ledger, duties: Iterable[Duty], event: Event) -> None:
    """Cancel these open duties."""
    columns = {"settled_at": utc_text(event.at)}
    for duty in duties:
        ledger.move_duty(duty, DutyStatus.CANCELLED, Act.DUTY_CANCELLED, event, columns=columns)
