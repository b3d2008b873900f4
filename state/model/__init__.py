"""The vocabulary: closed sets and frozen records that every room shares.

Owns the names of things and their shapes. Refuses behaviour: what may change into what stands in
`state.lifecycle`, what a date is worth in `inbox_agent.rules.deadlines`.

Each kind of thing has its module here; the rooms import all of them from `state.model`.

The string values of the enumerations are stored in the database; to rename one is a migration.
Instants (`*_at`) are aware UTC datetimes. Legal dates (`*_on`, promise, backstop, target) are plain
dates in Europe/Helsinki; the conversion happens once, in `rules.deadlines`.
"""

from __future__ import annotations

from state.model.cases import CASE_NUMBER, Absence, Case, CaseStatus, Channel, KnownThread, NewCase, YearRow
from state.model.duties import REMINDERS, Counting, Duty, DutyKind, DutyStatus, NewDuty, Reckoning
from state.model.health import Canary, Heartbeat
from state.model.identity import Code, Contact, IdentityLevel, Match, Proof, ProofKind
from state.model.journal import AGENT, MAIL_CLIENT, Act, Event, StoredEvent
from state.model.keys import CanaryKey, CaseKey, CodeKey, CorrectionKey, DraftKey, DutyKey, MessageKey, RequestKey
from state.model.letters import (
    TELLS_OF_DATA,
    TELLS_OUTCOMES,
    Delivery,
    Draft,
    DraftStatus,
    Envelope,
    Letter,
    Masked,
    NewDraft,
    Offer,
    Override,
)
from state.model.mail import (
    Analysis,
    Arrival,
    Attempt,
    Correction,
    Cursor,
    Fetched,
    FolderInfo,
    FolderState,
    Judgement,
    Message,
    MessageKind,
    MessageStatus,
    Party,
    Place,
    RawMessage,
    Reason,
    Relation,
    Verdict,
    Withheld,
)
from state.model.requests import (
    CHANGED_WITH_OTHERS,
    FOLLOW_UP,
    DueDates,
    ExtensionReason,
    NewRequest,
    Outcome,
    Request,
    RequestKind,
    RequestStatus,
    answer_is_silent,
)

__all__ = [
    "AGENT",
    "CASE_NUMBER",
    "CHANGED_WITH_OTHERS",
    "FOLLOW_UP",
    "MAIL_CLIENT",
    "REMINDERS",
    "TELLS_OF_DATA",
    "TELLS_OUTCOMES",
    "Absence",
    "Act",
    "Analysis",
    "Arrival",
    "Attempt",
    "Canary",
    "CanaryKey",
    "Case",
    "CaseKey",
    "CaseStatus",
    "Channel",
    "Code",
    "CodeKey",
    "Contact",
    "Correction",
    "CorrectionKey",
    "Counting",
    "Cursor",
    "Delivery",
    "Draft",
    "DraftKey",
    "DraftStatus",
    "DueDates",
    "Duty",
    "DutyKey",
    "DutyKind",
    "DutyStatus",
    "Envelope",
    "Event",
    "ExtensionReason",
    "Fetched",
    "FolderInfo",
    "FolderState",
    "Heartbeat",
    "IdentityLevel",
    "Judgement",
    "KnownThread",
    "Letter",
    "Masked",
    "Match",
    "Message",
    "MessageKey",
    "MessageKind",
    "MessageStatus",
    "NewCase",
    "NewDraft",
    "NewDuty",
    "NewRequest",
    "Offer",
    "Outcome",
    "Override",
    "Party",
    "Place",
    "Proof",
    "ProofKind",
    "RawMessage",
    "Reason",
    "Reckoning",
    "Relation",
    "Request",
    "RequestKey",
    "RequestKind",
    "RequestStatus",
    "StoredEvent",
    "Verdict",
    "Withheld",
    "YearRow",
    "answer_is_silent",
]
