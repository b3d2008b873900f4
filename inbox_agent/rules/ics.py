"""The deadlines as a calendar file (RFC 5545): all-day entries that nobody's name stands in. Pure.

Calendars travel to telephones and clouds: an entry says the case's number, never whose it is or what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets of a line (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of one case. `key` makes it the same entry in every export; `said` is what the person reads."""

    key: str
    on: date
    said: str
    more: str = ""


def calendar(entries: Iterable[Entry], name: str, now: datetime) -> str:
    """The entries as one calendar; `now` (aware) is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//inbox-agent//deadlines//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        lines += _event(entry, now)
    return "".join(f"{line}\r\n" for whole in (*lines, "END:VCALENDAR") for line in _folded(whole))


def _event(entry: Entry, now: datetime) -> tuple[str, ...]:
    return (
        "BEGIN:VEVENT",
        f"UID:{entry.key}@inbox-agent",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.said)}",
        *((f"DESCRIPTION:{_text(entry.more)}",) if entry.more else ()),
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def _text(text: str) -> str:
    """Escaped as RFC 5545, 3.3.11 says."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A long line in pieces of at most 75 octets, no letter cut in two."""
    piece, room = "", _LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", _LONGEST - 1
        piece, room = piece + letter, room - size
    yield piece
