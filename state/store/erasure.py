"""Which columns are personal, and their erasure.

What remains of a purged case identifies nobody: number, kinds, statuses, dates, the controller's own
people, and two hashes. A mail's content hash stays so that the same mail is not taken in as a new one;
a letter's text hash stays because it is what was approved and sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from state.database import Database
from state.model import CaseKey, MessageKey

PERSONAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cases": ("subject_name", "subject_address", "subject_key", "sought", "flags", "postal"),
        "requests": ("decision",),
        "messages": ("message_id", "sender_name", "sender_address", "subject", "analysis"),
        "drafts": (
            "to_name",
            "to_address",
            "in_reply_to",
            "reference_ids",
            "subject",
            "body",
            "original_body",
            "facts",
        ),
        "deliveries": ("answer",),
        "duties": ("about",),
        "notes": ("text",),
    }
)
"""The columns that an erasure empties. Raw mails, the Message-IDs that lead to the case, the contact on file
and the codes are removed whole."""

_WHOLE: Final = ("words", "threads", "contacts", "codes", "sent_copies")

_OF_CASE: Final[Mapping[str, str]] = MappingProxyType(
    {"cases": "id = ?", "deliveries": "draft_id in (select id from drafts where case_id = ?)"}
)


def erase_mail(database: Database, message: MessageKey) -> None:
    """Empty every personal column of a mail that belongs to no case, and drop its bytes, inside the caller's
    transaction.
    """
    database.write("delete from raw_messages where message_id = ?", message)
    emptied = ", ".join(f"{column} = null" for column in PERSONAL["messages"])
    database.write(f"update messages set {emptied}, erased = 1 where id = ?", message)  # noqa: S608  # names are ours


def erase(database: Database, case: CaseKey) -> None:
    """Empty every personal column of a case and of all that belongs to it, inside the caller's transaction."""
    database.write("delete from raw_messages where message_id in (select id from messages where case_id = ?)", case)
    for table in _WHOLE:
        database.write(f"delete from {table} where case_id = ?", case)  # noqa: S608  # names are ours
    for table, columns in PERSONAL.items():
        emptied = ", ".join(f"{column} = null" for column in columns)
        belonging = _OF_CASE.get(table, "case_id = ?")
        database.write(f"update {table} set {emptied} where {belonging}", case)  # noqa: S608  # names are ours
    database.write("update messages set erased = 1 where case_id = ?", case)
