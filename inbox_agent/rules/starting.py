"""Starts of the agent that failed: which of them the contact person is told of, and when again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inbox_agent.rules.deadlines import helsinki_date


@dataclass(frozen=True, slots=True)
class FailedStart:
    """Starts that failed in one way: since when, on which day that was told last, and when a mail server that did not
    take it may be asked again.
    """

    since: datetime
    told_on: date | None = None
    not_before: datetime | None = None


def is_due(known: FailedStart | None, now: datetime, *, passes: bool) -> bool:
    """Whether a start that failed so is told now: once a day. What often passes by itself (`passes`), when it has
    lasted until the next start.
    """
    if known is None:
        return not passes
    waits = known.not_before is not None and now < known.not_before
    return known.told_on != helsinki_date(now) and not waits
