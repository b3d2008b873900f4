"""Starts of the agent that failed: which of them the contact person is told of, and when again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inbox_agent.rules.deadlines import helsinki_date


@dataclass(frozen=True, slots=True)
class FailedStart:
    """Starts that failed in one way: since when without a good one between, on which day that was told last, whether
    that is over, and when a mail server that did not take it may be asked again.
    """

    since: datetime | None
    told_on: date | None = None
    not_before: datetime | None = None
    over: bool = False

    @property
    def end_is_due(self) -> bool:
        return self.told_on is not None and not self.over


def is_due(known: FailedStart | None, now: datetime, *, passes: bool) -> bool:
    """Whether a start that failed so is told now: once a day. What often passes by itself (`passes`), when it has
    lasted until the next start.
    """
    if known is None:
        return not passes
    return not keeps_quiet(known, now) and not (passes and known.since is None)


def keeps_quiet(known: FailedStart, now: datetime) -> bool:
    """Whether a good start between leaves it as it is: it was told today, or the mail server is to be left alone."""
    return known.told_on == helsinki_date(now) or (known.not_before is not None and now < known.not_before)
