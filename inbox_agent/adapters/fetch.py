r"""Reading mails off the selected folder of one IMAP connection, in bounded batches, without setting a flag.

Runs on the connection's own thread. Asks for sizes first, so that a batch is bounded by bytes as well as by
count; asks by lists of numbers only (imapclient 4.0 and 4.1 fail on ranges). A mail the server leaves out of
its answer is asked for once more by itself. If it is gone by then, another client deleted it; if it is there,
the server cannot give it, and says so beside the mails that it did give.
"""

from __future__ import annotations

import imaplib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient

BATCH_MAILS = 50  # more in one answer is hardly faster, and needs more memory
BATCH_BYTES = 8 * 2**20
LARGEST_MAIL = 40 * 2**20  # of a larger mail only the beginning is read: our choice, above what most servers accept
SIZES_AT_ONCE = 500  # numbers in one command: well below the line length that servers take (RFC 7162, 4)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One mail as the server gave it; `received_at` is INTERNALDATE, aware, in UTC."""

    uid: int
    received_at: datetime
    raw: bytes


def sizes(client: IMAPClient, uids: Sequence[int]) -> dict[int, int]:
    """The size of each mail in bytes, in the order given; where it is not told, one that makes it travel alone."""
    try:
        answer = client.fetch(uids, ["RFC822.SIZE"])
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # one mail that it cannot measure must not hold up the others
        answer = {}
    return {uid: answer.get(uid, {}).get(b"RFC822.SIZE", BATCH_BYTES) for uid in uids}


def batches(sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Cut the mails into batches, in the order given, each within BATCH_MAILS and BATCH_BYTES or of one mail."""
    batch: list[int] = []
    total = 0
    for uid, size in sizes.items():
        if batch and (len(batch) == BATCH_MAILS or total + size > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def read(client: IMAPClient, batch: Sequence[int], sizes: Mapping[int, int]) -> tuple[list[Delivered], tuple[int, ...]]:
    """The mails of one of `batches`, in its order, and the UIDs of those that are there and were not given; those
    deleted meanwhile are in neither.

    Of a mail above LARGEST_MAIL the first LARGEST_MAIL bytes are read: a true beginning, whose multipart or
    base64 ends in the middle, which a parser can see.
    """
    part = f"BODY.PEEK[]<0.{LARGEST_MAIL}>" if sizes[batch[0]] > LARGEST_MAIL else "BODY.PEEK[]"
    got = _fetch(client, batch, part)
    mails: list[Delivered] = []
    withheld: list[int] = []
    for uid in batch:
        mail = got.get(uid) or _fetch(client, [uid], part).get(uid)
        if mail is not None:
            mails.append(mail)
        elif _exists(client, uid):
            withheld.append(uid)
    return mails, tuple(withheld)


def head(client: IMAPClient, uid: int) -> Delivered | None:
    """The header of a mail that is not given whole, in place of its text; None where that is not given either."""
    return _fetch(client, [uid], "BODY.PEEK[HEADER]").get(uid)


def _fetch(client: IMAPClient, uids: Sequence[int], part: str) -> dict[int, Delivered]:
    try:
        answer = client.fetch(uids, [part, "INTERNALDATE"])
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        # A "NO" to a batch may concern one mail of it that another client deleted (RFC 2180, 4.1.2).
        return {}
    found = (_delivered(uid, fields) for uid, fields in answer.items())
    return {mail.uid: mail for mail in found if mail is not None}


def _delivered(uid: int, fields: Mapping[bytes, Any]) -> Delivered | None:
    """None where the server left out the text or the date, or gives a date that no clock knows."""
    raw = next((value for name, value in fields.items() if name.startswith(b"BODY[")), None)
    received_at = fields.get(b"INTERNALDATE")
    if not isinstance(raw, bytes) or not isinstance(received_at, datetime):
        return None
    try:
        return Delivered(uid, received_at.astimezone(UTC), raw)
    except OverflowError:
        return None


def _exists(client: IMAPClient, uid: int) -> bool:
    client.noop()  # lets the server own up to what other clients deleted
    return uid in client.search(["UID", str(uid)])
