"""How long a case is kept once it is over: its day of erasure, and nothing else about retention.

A letter tells the same day that `purge_on` gives (`told_until`), so that what it promised is what happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from inbox_agent.profile import Retention
from inbox_agent.rules.deadlines import helsinki_date
from replies.reckoning import months_after
from state.model import Case, CaseStatus

SURE_AFTER = timedelta(days=1)
"""How long a clock must have gone on steadily before anything is erased by it: what a wrong one erases is gone (our
choice). One that is put right within a day, as by a time server after the start, erases nothing.
"""

_PAUSE = timedelta(days=3)  # between two looks, above which nobody knows whether time passed or the clock was set


def steady_since(last: datetime | None, since: datetime | None, now: datetime) -> datetime:
    """Since when the clock has gone on steadily, as far as the looks at it tell: the `last` of them found it steady
    `since` then. None: there was no look.
    """
    steady = last is not None and timedelta() <= now - last <= _PAUSE
    return since if steady and since is not None else now


def told_until(day: date, retention: Retention) -> date:
    """Until when a case that is answered on this day is kept, as its letter says: whole months, unless the profile
    counts in days.
    """
    if retention.closed_days is not None:
        return day + timedelta(days=retention.closed_days)
    return months_after(day, retention.closed_months)


def over_since(today: date, retention: Retention) -> tuple[date, date]:
    """The last days of closing and of dismissal that are worth a look today: whoever ended later is kept in any case,
    unless a letter told a sooner day. Of those before them `purge_on` says it exactly.
    """
    if retention.closed_days is not None:
        closed = today - timedelta(days=retention.closed_days)
    else:
        # Months differ by three days at most: no case of a longer one is passed over.
        closed = months_after(today, -retention.closed_months) + timedelta(days=3)
    return closed, today - timedelta(days=retention.dismissed_days)


def purge_on(case: Case, retention: Retention) -> date | None:
    """The day from which the case's personal data is erased; None while the case is not over.

    No statute sets the time (GDPR 5(1)(e)): the profile does, counted from the closing; what a letter has told the
    person comes before it where it is sooner, so that nothing is kept longer than was said (GDPR 5(1)(a)). A case that
    goes on in another is kept as long as that one (`Cases.ended_cases`).
    """
    if case.closed_at is None:
        return None
    over = helsinki_date(case.closed_at)
    match case.status:
        case CaseStatus.DISMISSED:
            return over + timedelta(days=retention.dismissed_days)
        case CaseStatus.CLOSED:
            told = max(_told(case), default=over)
            counted = told_until(over, retention)
            return min(counted, told) if told > over else counted
        case _:
            return None


def _told(case: Case) -> Iterator[date]:
    """The days that the case's answers named."""
    for request in case.requests:
        try:
            yield date.fromisoformat(request.decision.get("trace_until", ""))
        except ValueError:
            continue
