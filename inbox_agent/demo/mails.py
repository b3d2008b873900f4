"""The demo's invented mails: from `mails.txt` to raw mails as strangers' servers would send them.

Owns the file's format (headers, `---`, body). Every mail says how many days ago it came, so that on any day
deadlines of every colour occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from importlib import resources
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
AUTH_HEADER, FOLDER_HEADER = "X-Demo-Auth", "X-Demo-Folder"
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class DemoMail:
    """One mail, and whether it is a request (`expect`). `later`: seconds after the dashboard opened, or None."""

    key: str
    headers: dict[str, str]
    extra: tuple[tuple[str, str], ...]
    body: str
    expect: str
    later: int | None = None

    @property
    def message_id(self) -> str:
        return f"<{self.key}@{parseaddr(self.headers['from'])[1].rpartition('@')[2]}>"


def load() -> tuple[DemoMail, ...]:
    """All mails of the demo, in the file's order."""
    text = (resources.files("inbox_agent") / "demo" / "mails.txt").read_text(encoding="utf-8")
    return tuple(_block(block) for block in text.split("\n=== ") if block.strip())


def _block(block: str) -> DemoMail:
    head, _, body = block.removeprefix("=== ").partition("\n---\n")
    key, *lines = head.strip().splitlines()
    pairs = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    headers = dict(pair for pair in pairs if pair[0] != "header")
    extra = [value.partition(":") for name, value in pairs if name == "header"]
    return DemoMail(
        key=key.strip(),
        headers=headers,
        extra=tuple((name.strip(), value.strip()) for name, _, value in extra),
        body=body.strip("\n") + "\n",
        expect=headers.get("expect", "not_request"),
        later=int(headers["later"]) if "later" in headers else None,
    )


def arrival(mail: DemoMail, now: datetime) -> datetime:
    """When the mail came, never in the future; `later` mails come now."""
    if mail.later is not None:
        return now
    day = now.astimezone(HELSINKI).date() - timedelta(days=int(mail.headers.get("days_ago", "0")))
    at = time.fromisoformat(mail.headers.get("at", "09:00"))
    return min(datetime.combine(day, at, HELSINKI), now)


def message(mail: DemoMail, mails: dict[str, DemoMail], now: datetime) -> EmailMessage:
    """Write the mail as its sender's program would."""
    written = EmailMessage(policy=SMTP)
    written["From"] = mail.headers["from"]
    written["To"] = mail.headers["to"]
    written["Subject"] = mail.headers.get("subject", "")
    written["Date"] = format_datetime(arrival(mail, now))
    written["Message-ID"] = mail.message_id
    for header, value in _told_to_the_server(mail, mails):
        written[header] = value
    written.set_content(mail.body)
    if mail.headers.get("html") == "yes":
        written.add_alternative(f"<html><body>{_paragraphs(mail.body)}</body></html>", subtype="html")
    if name := mail.headers.get("attachment"):
        written.add_attachment(_PDF, maintype="application", subtype="pdf", filename=name)
    return written


def _told_to_the_server(mail: DemoMail, mails: dict[str, DemoMail]) -> Iterator[tuple[str, str]]:
    if answered := mail.headers.get("answers"):
        yield "In-Reply-To", mails[answered].message_id
        yield "References", mails[answered].message_id
    yield AUTH_HEADER, mail.headers.get("auth", "pass")
    yield FOLDER_HEADER, mail.headers.get("folder", "INBOX")
    yield from mail.extra


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n"))
