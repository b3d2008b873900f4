"""Whether a mail in the Sent folder is one of our proposed letters, sent by a person from their own mail program.

It must answer the same mail (or name the case), go to the same person and say most of what the letter says: a
short word between the two settles nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

from state.model import Draft

SAME_LETTER = 0.6  # of the letter's lines are in the mail (our choice)


@dataclass(frozen=True, slots=True)
class SentCopy:
    """A mail that a person sent."""

    message_id: str
    subject: str
    text: str
    answers: str
    to: frozenset[str]


def read(raw: bytes) -> SentCopy | None:
    """What a sent mail says; None where it cannot be read, has no Message-ID or was sent by a program."""
    try:
        mail = message_from_bytes(raw, policy=default)
        part = mail.get_body(("plain", "html")) if isinstance(mail, EmailMessage) else None
        text = str(part.get_content()) if part is not None else ""
        message_id, automatic = str(mail["Message-ID"] or "").strip(), mail["Auto-Submitted"]
        to = getaddresses([str(value) for name in ("To", "Cc") for value in mail.get_all(name, [])])
        subject, answers = str(mail["Subject"] or ""), f"{mail['In-Reply-To'] or ''} {mail['References'] or ''}"
    except (LookupError, ValueError, TypeError, AttributeError, MessageError):
        return None
    if not message_id or automatic:
        return None
    clean = text.replace("\r\n", "\n").replace("\0", "")
    return SentCopy(
        message_id, " ".join(subject.split()), clean, answers, frozenset(address.casefold() for _, address in to)
    )


def belongs(copy: SentCopy, draft: Draft, number: str) -> bool:
    """Whether the mail is in the letter's conversation: to the same person, about the same mail or case."""
    answered = draft.envelope.in_reply_to
    same = (answered is not None and answered in copy.answers) or number in copy.subject
    return same and draft.envelope.to.address.casefold() in copy.to


def same_letter(copy: SentCopy, draft: Draft) -> bool:
    """Whether it says most of what the letter says, whatever was added."""
    wanted = [line for line in _lines(draft.body) if line]
    there = set(_lines(copy.text))
    return bool(wanted) and sum(line in there for line in wanted) >= SAME_LETTER * len(wanted)


def digest(text: str) -> str:
    """What two copies of one text share, however a server or a program breaks and trims its lines."""
    return hashlib.sha256("\n".join(line for line in _lines(text) if line).encode("utf-8", "replace")).hexdigest()


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]
