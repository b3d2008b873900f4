"""How long a case is kept once it is over: its day of erasure, and nothing else about retention."""

from __future__ import annotations

from datetime import date, timedelta

from inbox_agent.profile import Retention
from inbox_agent.rules.deadlines import helsinki_date
from state.model import Case, CaseStatus


def purge_on(case: Case, retention: Retention) -> date | None:
    """The day from which the case's personal data is erased; None while the case is not over.

    No statute sets the time (GDPR 5(1)(e)): the profile does.
    """
    days = {CaseStatus.CLOSED: retention.closed_days, CaseStatus.DISMISSED: retention.dismissed_days}.get(case.status)
    if days is None or case.closed_at is None:
        return None
    return helsinki_date(case.closed_at) + timedelta(days=days)
