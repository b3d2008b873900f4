"""The instant from which a letter may leave, from the day or the hour that a person named.

Refuses to know what "tomorrow" is: the line's words are dates by then. A day without an hour means the beginning of
the working day. Hours are Finnish ones: an offset from UTC beside them is refused, for it would say another hour.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from inbox_agent.errors import UsageProblem
from inbox_agent.rules.deadlines import HELSINKI

WORK_BEGINS = time(8)
"""When a letter leaves of which only the day was said (our choice)."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HOUR = re.compile(rf"{_DAY.pattern}[T ]\d{{2}}:\d{{2}}(:\d{{2}})?", re.ASCII)
_OFFSET = re.compile(r"\s*(Z|[+-]\d{2}(:?\d{2}){0,2})", re.ASCII | re.IGNORECASE)


def leaves_at(said: str) -> datetime:
    """The instant (aware UTC) that an ISO day means, or an ISO day with an hour in Helsinki after a T or a space.

    Raises UsageProblem: `time` for what is no such time, `time_offset` for one with an offset.
    """
    text = said.strip()
    hour = _HOUR.match(text)
    if hour and _OFFSET.fullmatch(text, hour.end()):
        raise UsageProblem("time_offset", said)
    try:
        if _DAY.fullmatch(text):
            local = datetime.combine(date.fromisoformat(text), WORK_BEGINS)
        elif hour and hour.end() == len(text):
            local = datetime.fromisoformat(text)
        else:
            raise UsageProblem("time", said)
        return local.replace(tzinfo=HELSINKI).astimezone(UTC)
    except (ValueError, OverflowError):  # a day that no calendar has; the first and the last one that Python knows
        raise UsageProblem("time", said) from None
