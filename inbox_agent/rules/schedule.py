"""The instant from which a letter may leave, from the day or the hour that a person named.

Refuses to know what "tomorrow" is: the line's words are dates by then. A day without an hour means the beginning of
the working day.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from inbox_agent.rules.deadlines import HELSINKI

WORK_BEGINS = time(8)
"""When a letter leaves of which only the day was said (our choice)."""


def leaves_at(said: str) -> datetime:
    """The instant (aware UTC) that an ISO day or an ISO day with an hour in Helsinki means. Raises ValueError."""
    local = datetime.fromisoformat(said)
    if "T" not in said:
        local = datetime.combine(local.date(), WORK_BEGINS)
    return local.replace(tzinfo=HELSINKI).astimezone(UTC)
