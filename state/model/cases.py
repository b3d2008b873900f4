"""One conversation with one data subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from state.model.identity import IdentityLevel
from state.model.keys import CaseKey
from state.model.mail import Party
from state.model.requests import NewRequest, Outcome, Request, RequestKind

CASE_NUMBER: Final = r"\b20\d\d-\d{4,}\b"
"""A case's number as it is written in a text: a pattern, to be searched for."""


class CaseStatus(StrEnum):
    """One conversation with one data subject. Overdue is computed, never stored."""

    CANDIDATE = "candidate"  # perhaps a request: provisional clock, a person confirms or dismisses
    OPEN = "open"  # our turn
    WAITING = "waiting"  # their turn; the clock runs all the same (GDPR 12(3) knows no pause)
    CLOSED = "closed"
    DISMISSED = "dismissed"
    PURGED = "purged"


class Channel(StrEnum):
    """How a request reached the controller. GDPR 12 knows no form: a call or a visit is a request too."""

    MAIL = "mail"
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened. `status` is CANDIDATE or OPEN; a candidate's requests carry provisional clocks. `postal` is
    the postal address of somebody who did not write by e-mail, several lines.
    """

    status: CaseStatus
    subject: Party
    language: str
    received_at: datetime
    received_on: date
    identity_level: IdentityLevel
    identity_required: IdentityLevel
    flags: tuple[str, ...]
    requests: tuple[NewRequest, ...]
    channel: Channel = Channel.MAIL
    postal: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    key: CaseKey
    number: str  # "2026-0007": all that a subject line carries (our choice)
    status: CaseStatus
    subject: Party
    language: str
    received_at: datetime
    received_on: date
    identity_level: IdentityLevel
    identity_required: IdentityLevel
    flags: tuple[str, ...]
    requests: tuple[Request, ...]
    opened_at: datetime
    closed_at: datetime | None
    channel: Channel = Channel.MAIL
    postal: str = ""
    assigned: str = ""  # to whom of the controller's people it was handed over
    joined_to: CaseKey | None = None  # the case in which it goes on: this one has ended


@dataclass(frozen=True, slots=True)
class KnownThread:
    """A case an incoming mail might belong to. `by_reference`: one of the mail's references is in it."""

    case: CaseKey
    number: str
    status: CaseStatus
    address: str  # the data subject's
    kinds: frozenset[RequestKind]  # of the requests still open or decided
    by_reference: bool
    on_file: str = ""  # the address of the contact on file
    unidentified: bool = False  # it ended because its person was not identified: a proof opens it again


@dataclass(frozen=True, slots=True)
class YearRow:
    """One right as a yearly report counts it: no name, no text. `answered_at` is when its answer left."""

    kind: RequestKind
    received_on: date
    answered_at: datetime | None
    promise: date  # the extension's where one was made
    extended: bool
    outcome: Outcome | None
    identity_asked: bool
    channel: Channel


@dataclass(frozen=True, slots=True)
class Absence:
    """From when to when (both included) the contact person is away."""

    first: date
    last: date
