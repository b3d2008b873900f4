"""Every right that was exercised in a year, as far as a report counts it: no name, no text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from state.database import Database, instant
from state.model import Channel, Outcome, RequestKind, RequestStatus, YearRow

_YEAR: Final = """
    select requests.kind, requests.status, requests.received_on, requests.outcome, cases.channel,
        coalesce(extended_promise_on, requests.promise_on) as promise, extended_promise_on is not null as extended,
        (select max(claimed_at) from draft_requests as about
            join drafts on drafts.id = about.draft_id and drafts.status = 'sent'
                and letter in ('outcome', 'marketing_stopped')
            join deliveries on deliveries.draft_id = drafts.id
            where about.request_id = requests.id) as told_at,
        (select max(at) from events where events.case_id = requests.case_id and entity = 'request'
            and entity_id = requests.id and act = 'request_answered') as answered_at,
        exists (select 1 from drafts where drafts.case_id = requests.case_id and drafts.status = 'sent'
            and letter in ('identity_question', 'identity_code', 'authority_question')) as asked
    from requests join cases on cases.id = requests.case_id
    where requests.received_on between ? and ?
        and requests.status <> 'dropped' and cases.status not in ('candidate', 'dismissed')
    order by requests.received_on, requests.id
"""


def year(database: Database, number: int) -> tuple[YearRow, ...]:
    """The rights received in this year, oldest first; what was no request, or was withdrawn, is left out."""
    rows = database.rows(_YEAR, f"{number}-01-01", f"{number}-12-31")
    return tuple(
        YearRow(
            kind=RequestKind(row["kind"]),
            received_on=date.fromisoformat(row["received_on"]),
            answered_at=_answered(row["status"], row["told_at"] or row["answered_at"]),
            promise=date.fromisoformat(row["promise"]),
            extended=bool(row["extended"]),
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            identity_asked=bool(row["asked"]),
            channel=Channel(row["channel"]),
        )
        for row in rows
    )


def _answered(status: str, at: str | None) -> datetime | None:
    return instant(at) if status == RequestStatus.ANSWERED and at else None
