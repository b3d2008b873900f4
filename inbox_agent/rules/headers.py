"""The header section of a mail or of one of its parts: fields in order, identifiers, dates.

Owns unfolding (RFC 5322, 2.2.3) and the bounds on what a header may hold. Addresses are `rules.addresses`, encoded
words `rules.words`. Refuses to fail: a line that is no field is skipped and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

from inbox_agent.rules.words import header_text

MAX_FIELDS = 10_000
"""Fields kept of one header section (our choice); the rest is dropped and said."""

MAX_FIELD = 65_536
"""Bytes kept of one field (our choice)."""

MAX_IDENTIFIERS = 500
"""Message identifiers kept of one field (our choice)."""

_NAME = re.compile(rb"[!-9;-~]+[ \t]*")
_LONGEST_NAME = 200
_IDENTIFIER = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,900}>")
_BARE_IDENTIFIER = re.compile(r"[^<>\s,;\"\x00-\x1f\x7f]{1,450}@[^<>\s,;\"\x00-\x1f\x7f]{1,450}")
_LONGEST_DATE = 200


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one header section. Names are lower case; values are unfolded raw bytes without outer space."""

    fields: tuple[tuple[str, bytes], ...]
    index: dict[str, list[bytes]]

    def first(self, name: str) -> bytes | None:
        """The first field of this name, raw; None where there is none."""
        values = self.index.get(name)
        return values[0] if values else None

    def all(self, name: str) -> Sequence[bytes]:
        """Every field of this name, topmost first."""
        return self.index.get(name, ())

    def text(self, name: str) -> str:
        """The first field of this name as characters; "" where there is none."""
        raw = self.first(name)
        return header_text(raw) if raw else ""

    def token(self, name: str) -> str:
        """The first field of this name as a keyword: lower case, without parameters and comments."""
        raw = self.first(name)
        return raw.decode("latin-1").partition(";")[0].partition("(")[0].strip().lower() if raw else ""

    def __contains__(self, name: str) -> bool:
        return name in self.index


def read_headers(block: bytes) -> tuple[Headers, set[str]]:
    """Read a header section (without its empty line). Returns the fields and what was wrong with them."""
    defects: set[str] = set()
    fields: list[tuple[str, bytes]] = []
    index: dict[str, list[bytes]] = {}
    for line in block.replace(b"\r\n", b"\n").replace(b"\n ", b" ").replace(b"\n\t", b"\t").split(b"\n"):
        raw_name, colon, value = line.partition(b":")
        name = _field_name(raw_name) if colon and len(raw_name) <= _LONGEST_NAME else ""
        if not name:
            if line.strip() and not line.startswith((b"From ", b">From ")):  # mbox's own line is no field
                defects.add("broken_headers")
            continue
        if len(fields) >= MAX_FIELDS or len(value) > MAX_FIELD:
            defects.add("too_many_headers" if len(fields) >= MAX_FIELDS else "header_too_long")
            if len(fields) >= MAX_FIELDS:
                break
        value = value[:MAX_FIELD].strip()
        fields.append((name, value))
        index.setdefault(name, []).append(value)
    return Headers(tuple(fields), index), defects


@lru_cache(maxsize=4096)
def _field_name(raw: bytes) -> str:
    """A field's name in lower case; "" where these bytes cannot be one (RFC 5322, 2.2; space after it is obsolete)."""
    return raw.decode("ascii").strip().lower() if _NAME.fullmatch(raw) else ""


def identifiers(raw: bytes | None) -> tuple[str, ...]:
    """The message identifiers in a field, with their angle brackets, in order, without duplicates (RFC 5322, 3.6.4).

    Only what can stand in a header again is an identifier: no white space, no controls, bounded length.
    """
    if not raw:
        return ()
    text = raw.decode("utf-8", "replace")
    found = _IDENTIFIER.findall(text)
    if not found and "<" not in text:
        found = [f"<{bare}>" for bare in _BARE_IDENTIFIER.findall(text)]
    return tuple(dict.fromkeys(found[:MAX_IDENTIFIERS]))


def date_of(raw: bytes | None) -> datetime | None:
    """An RFC 5322 date as an aware UTC datetime; None where it is missing or makes no sense."""
    if not raw:
        return None
    try:
        parsed = parsedate_tz(raw[:_LONGEST_DATE].decode("latin-1"))
        if parsed is None:
            return None
        zone = timezone(timedelta(seconds=parsed[9] or 0))
        return datetime(*parsed[:6], tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def received_date(raw: bytes) -> datetime | None:
    """The instant of a Received field: what follows its last semicolon (RFC 5321, 4.4)."""
    return date_of(raw.rpartition(b";")[2])
