"""Days and hours as people type them. Owns the reading; what they then mean is whoever asked for them's."""

from __future__ import annotations

import re
from datetime import date, time

_FINNISH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)\.?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})(?:[.:](\d\d))?", re.ASCII)
_OURS = 2000  # the century of a year of two digits
_LAST_SHORT = 2040  # beyond it a year of two digits may as well be of the century before: whoever means it writes four


def typed_day(text: str) -> date | None:
    """Read a day as it is written in Finland, "24.11.2026" or "24.11.26", or as ISO 8601 writes one, "2026-11-24"; None
    where it is no day.
    """
    if finnish := _FINNISH.fullmatch(text.strip()):
        day, month, year = finnish.groups()
        return _day(_century(year), int(month), int(day))
    iso = _ISO.fullmatch(text.strip())
    return _day(*map(int, iso.groups())) if iso else None


def typed_hour(text: str) -> time | None:
    """Read an hour of the day, "9", "9.30" or "09:30"; None where it is none, and where nothing is typed."""
    typed = _HOUR.fullmatch(text.strip())
    try:
        return time(int(typed[1]), int(typed[2] or 0)) if typed else None
    except ValueError:
        return None


def _century(year: str) -> int:
    """The whole year; 0, which no calendar has, where two digits do not tell it."""
    whole = int(year) + (_OURS if len(year) == 2 else 0)
    return 0 if len(year) == 2 and whole > _LAST_SHORT else whole


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
