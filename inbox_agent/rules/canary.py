"""Test mails through the public contact address: when one is due, when it is missing, and how it is known again.

A canary is known by a header or by its Message-ID, never by its subject: an answer to it quotes the subject, and is
no proof that mail arrives.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from inbox_agent.profile import Canary as Settings
from state.model import Canary

HEADER = "X-Inbox-Agent-Canary"
TRY_AGAIN_AFTER = timedelta(days=1)  # while the last one is missing (our choice)

_MARK = re.compile(
    rb"^(?:X-Inbox-Agent-Canary:[ \t]*|Message-ID:[ \t]*<canary\.)([0-9a-f]{32})(?:[ \t]*\r?$|@)",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 65536  # bytes in which a mail's header is looked for


def message_id(token: str, domain: str) -> str:
    return f"<canary.{token}@{domain}>"


def token_of(raw: bytes) -> str | None:
    """The token of a mail that says it is a canary. Whether anybody sent that one, the store knows."""
    head = re.split(rb"\r?\n\r?\n", raw[:_HEAD], maxsplit=1)[0]
    found = _MARK.search(head)
    return found[1].decode().lower() if found else None


def missing(last: Canary | None, settings: Settings, now: datetime) -> bool:
    """Whether the last canary should have been found by now (aware), and was not."""
    if last is None or not settings.every_days or last.arrived_at is not None:
        return False
    return now - last.claimed_at > timedelta(minutes=settings.within_minutes)


def due(last: Canary | None, settings: Settings, now: datetime) -> bool:
    """Whether one is to be sent now: at first, every so many days, and daily while the last one is missing."""
    if not settings.every_days:
        return False
    pause = TRY_AGAIN_AFTER if missing(last, settings, now) else timedelta(days=settings.every_days)
    return last is None or now - last.claimed_at >= pause
