"""Starts of the agent that failed: which of them the contact person is told of, and when again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inbox_agent.rules.deadlines import helsinki_date


@dataclass(frozen=True, slots=True)
class FailedStart:
    """Starts that failed in one way: since when, and on which day that was told last."""

    since: datetime
    told_on: date | None = None


def is_due(known: FailedStart | None, now: datetime, *, passes: bool) -> bool:
    """Whether a start that failed so is told now: once a day. What often passes by itself (`passes`), when it has
    lasted until the next start.
    """
    if known is None:
        return not passes
    return known.told_on != helsinki_date(now)
