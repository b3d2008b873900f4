"""A case as a conversation: their mails, our letters, notes, and what was done, in the order of time.

Refuses to word anything: an event's act and facts are enough for a face to say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from state.database import Database
from state.journal import Journal
from state.model import Act, CaseKey, Delivery, Draft, DraftStatus, Message, StoredEvent
from state.records import Records
from state.views.rows import Turn, TurnKind

# What a person wants to see between the letters. The rest (filing, claims, edits) stands in the trail.
TOLD: Final = frozenset(
    {
        Act.CASE_CONFIRMED,
        Act.CASE_DISMISSED,
        Act.CASE_WAITING,
        Act.CASE_RESUMED,
        Act.CASE_CLOSED,
        Act.CASE_REOPENED,
        Act.CASE_HANDED_OVER,
        Act.CASE_JOINED,
        Act.CASE_PARTED,
        Act.CASE_PURGED,
        Act.MESSAGE_PUT_UNDER,
        Act.MESSAGE_TAKEN_OUT,
        Act.REQUEST_OPENED,
        Act.REQUEST_EXTENDED,
        Act.REQUEST_DECIDED,
        Act.REQUEST_UNDECIDED,
        Act.REQUEST_DROPPED,
        Act.REQUEST_REOPENED,
        Act.IDENTITY_RECORDED,
        Act.FINDINGS_OVERRIDDEN,
        Act.IDENTITY_WITHDRAWN,
        Act.IDENTITY_OVERRIDDEN,
        Act.CODE_RETURNED,
        Act.CODE_WRONG,
        Act.APPROVAL_WITHDRAWN,
        Act.SENDING_DEFERRED,
        Act.SENT_COPY_NOTICED,
        Act.REMINDER_SENT,
        Act.DUTY_OPENED,
        Act.DUTY_DONE,
        Act.DUTY_CANCELLED,
        Act.DUTY_REOPENED,
        Act.DUTY_MOVED,
    }
)
_ORDER: Final = (TurnKind.INCOMING, TurnKind.EVENT, TurnKind.NOTE, TurnKind.LETTER)


def conversation(database: Database, records: Records, journal: Journal, case: CaseKey) -> tuple[Turn, ...]:
    """Every turn of a case, oldest first. Superseded letters are left out: another one took their place."""
    with database.snapshot():
        turns = [
            *(_incoming(message) for message in records.messages(case)),
            *(_letter(draft, records.delivery(draft.key)) for draft in records.drafts(case) if _stands(draft)),
            *_told(journal.events(case), _beside(database, case)),
        ]
    return tuple(sorted(turns, key=lambda turn: (turn.at, _ORDER.index(turn.kind))))


def _incoming(message: Message) -> Turn:
    understood: Mapping[str, object] = message.analysis.get("message", {})
    text = str(understood.get("new_text") or understood.get("text") or "")
    return Turn(message.received_at, TurnKind.INCOMING, message=message, text=text)


def _letter(draft: Draft, delivery: Delivery | None) -> Turn:
    """A letter stands where it left, or where it was proposed as long as it has not."""
    at = draft.created_at if delivery is None else delivery.settled_at or delivery.claimed_at
    return Turn(at, TurnKind.LETTER, draft=draft, delivery=delivery, text=draft.body)


def _stands(draft: Draft) -> bool:
    return draft.status is not DraftStatus.SUPERSEDED


def _told(events: tuple[StoredEvent, ...], beside: Mapping[int, str]) -> Iterator[Turn]:
    opening = events[0].event if events else None
    for stored in events:
        event = stored.event
        # The rights that came with the first mail are the mail's; those that came later are told.
        came_with_it = event.act is Act.REQUEST_OPENED and opening is not None and event.at == opening.at
        text = beside.get(stored.seq, "")
        if event.act is Act.NOTE_ADDED and stored.seq in beside:  # else it was a copy, and is gone
            yield Turn(event.at, TurnKind.NOTE, text=text, event=stored)
        elif event.act in TOLD and not came_with_it:
            yield Turn(event.at, TurnKind.EVENT, text=text, event=stored)


def _beside(database: Database, case: CaseKey) -> dict[int, str]:
    """What people wrote beside events, by the event's number."""
    rows = database.rows("select event_seq, text from notes where case_id = ?", case)
    return {row["event_seq"]: row["text"] or "" for row in rows}
