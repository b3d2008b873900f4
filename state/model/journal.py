"""What an event records: who did what, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from state.model.keys import CaseKey


class Act(StrEnum):
    """What an event records. One act, one change of state, one event (invariant 4)."""

    MESSAGE_FILED = "message_filed"
    MESSAGE_SET_ASIDE = "message_set_aside"
    MESSAGE_QUARANTINED = "message_quarantined"
    MESSAGE_SEEN_AGAIN = "message_seen_again"
    MESSAGE_ERASED = "message_erased"
    MESSAGE_PUT_UNDER = "message_put_under"
    MESSAGE_TAKEN_OUT = "message_taken_out"
    CANARY_CLAIMED = "canary_claimed"
    CANARY_SENT = "canary_sent"
    CANARY_ARRIVED = "canary_arrived"
    MESSAGE_CUT = "message_cut"
    CASE_OPENED = "case_opened"
    CASE_CONFIRMED = "case_confirmed"
    CASE_DISMISSED = "case_dismissed"
    CASE_WAITING = "case_waiting"
    CASE_RESUMED = "case_resumed"
    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    CASE_PURGED = "case_purged"
    REQUEST_OPENED = "request_opened"
    REQUEST_EXTENDED = "request_extended"
    REQUEST_DECIDED = "request_decided"
    REQUEST_UNDECIDED = "request_undecided"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_DROPPED = "request_dropped"
    REQUEST_REOPENED = "request_reopened"
    REQUEST_RECEIPT_RESTORED = "request_receipt_restored"
    IDENTITY_RECORDED = "identity_recorded"
    IDENTITY_WITHDRAWN = "identity_withdrawn"
    IDENTITY_ASSESSED = "identity_assessed"
    IDENTITY_OVERRIDDEN = "identity_overridden"
    CONTACT_RECORDED = "contact_recorded"
    CODE_ISSUED = "code_issued"
    CODE_RETURNED = "code_returned"
    CODE_WRONG = "code_wrong"
    CODE_MASKED = "code_masked"
    CASE_FLAGGED = "case_flagged"
    CASE_HANDED_OVER = "case_handed_over"
    ABSENCE_SET = "absence_set"
    CASE_JOINED = "case_joined"
    CASE_PARTED = "case_parted"
    CASE_RECEIVED_EARLIER = "case_received_earlier"
    NOTE_ADDED = "note_added"
    DRAFT_PROPOSED = "draft_proposed"
    DRAFT_EDITED = "draft_edited"
    FINDINGS_OVERRIDDEN = "findings_overridden"
    DRAFT_APPROVED = "draft_approved"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    DRAFT_REJECTED = "draft_rejected"
    DRAFT_SUPERSEDED = "draft_superseded"
    SENDING_CLAIMED = "sending_claimed"
    SENDING_DEFERRED = "sending_deferred"
    DRAFT_OFFERED = "draft_offered"
    OFFER_WITHDRAWN = "offer_withdrawn"
    SENT_COPY_NOTICED = "sent_copy_noticed"
    DRAFT_SENT = "draft_sent"
    DRAFT_DELIVERED = "draft_delivered"
    DRAFT_REFUSED = "draft_refused"
    SENDING_UNCERTAIN = "sending_uncertain"
    REMINDER_CLAIMED = "reminder_claimed"
    REMINDER_SENT = "reminder_sent"
    DUTY_OPENED = "duty_opened"
    DUTY_DONE = "duty_done"
    DUTY_CANCELLED = "duty_cancelled"
    DUTY_REOPENED = "duty_reopened"
    DUTY_MOVED = "duty_moved"
    CORRECTED = "corrected"
    CORRECTION_EXPORTED = "correction_exported"


MAIL_CLIENT = "person:mail client"
"""Who sent a letter from the mailbox itself: a person, whose name the mailbox does not tell."""

AGENT = "agent"
"""The actor of what the program does by itself; people are `person:<name as given in the profile>`."""


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what, when. `facts` holds ids, dates, codes and hashes: never a letter's text or a name."""

    at: datetime
    actor: str
    act: Act
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One line of the journal. `old` is None where the entity came to be; `hash` covers all of it and `prev_hash`."""

    seq: int
    entity: str
    entity_id: int
    case: CaseKey | None
    old: str | None
    new: str | None
    event: Event
    prev_hash: str
    hash: str
