"""Days as people type them. Owns the reading; what a day then means is whoever asked for it's."""

from __future__ import annotations

from datetime import date

_CENTURY = 100
_OURS = 2000  # the century of a year of two digits


def typed_day(text: str) -> date | None:
    """Read a day as it is written in Finland, "24.11.2026" or "24.11.26", or as ISO 8601; None where it is no day."""
    parts = text.strip().rstrip(".").split(".")
    try:
        if len(parts) == 3:
            year = int(parts[2])
            return date(year + _OURS if year < _CENTURY else year, int(parts[1]), int(parts[0]))
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
