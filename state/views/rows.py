"""The shapes that are shown: rows of lists and turns of a conversation.

Texts from mails are as stored; whoever prints them sanitises them first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from state.model import (
    CaseKey,
    CaseStatus,
    Delivery,
    Draft,
    DraftStatus,
    Duty,
    DutyKind,
    IdentityLevel,
    Letter,
    Message,
    MessageKey,
    MessageKind,
    Party,
    Reason,
    RequestKind,
    StoredEvent,
    Verdict,
)


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date


class Place(NamedTuple):
    """Where a case stands in the list: the key of its order."""

    promise: date
    key: CaseKey


class MailPlace(NamedTuple):
    """Where a mail stands in a list of mails, the newest first."""

    received_at: datetime
    key: MessageKey


@dataclass(frozen=True, slots=True)
class MailPage:
    """Which part of a list of mails is read: at most `limit` from `start` on, that place included; `backwards` those
    before it, or the last ones of all, still the newest first.
    """

    limit: int = 500
    start: MailPlace | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which cases a list shows; what is empty narrows nothing. `text` is sought in number, name and address, from the
    beginning of a word on, whatever the case of its letters.

    `status` None: the live cases, of which `statuses` may name some. `kind`: those that hold this right. `received` is
    about the case's receipt, `promise` about its promise, `target` about the target of a live right.
    """

    text: str = ""
    status: CaseStatus | None = None
    statuses: tuple[CaseStatus, ...] = ()
    kind: RequestKind | None = None
    language: str = ""
    received: Span | None = None
    promise: Span | None = None
    target: Span | None = None


ALL: Final = Narrowing()


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is read: at most `limit` rows from `start` on, that place included; `backwards` the rows
    before it, or the last ones of all, still the nearest promise first.
    """

    limit: int = 500
    start: Place | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case in the list. The dates are those of its earliest live request, an extension counted; where no
    request is live any more, of its earliest.
    """

    key: CaseKey
    number: str
    name: str
    address: str
    kinds: tuple[RequestKind, ...]  # of the live requests; of all where none is live
    status: CaseStatus
    promise: date
    target: date
    backstop: date
    received_on: date
    days_left: int  # from today to the promise; negative: overdue
    draft: DraftStatus | None  # of the newest letter that wants something: unsettled, else refused last
    letter: Letter | None  # which letter that is
    identity_level: IdentityLevel
    identity_required: IdentityLevel
    flags: tuple[str, ...]
    language: str
    on_paper: bool = False  # that letter is delivered by a person
    assigned: str = ""
    tasks: frozenset[DutyKind] = frozenset()  # what is still to be done besides answering

    @property
    def place(self) -> Place:
        return Place(self.promise, self.key)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything that somebody may have to look at."""

    candidates: int
    open: int
    waiting: int
    overdue: int  # live cases whose promise has passed
    due_this_week: int  # live cases whose promise is today or within the seven days after it
    proposed: int  # letters to review
    outgoing: int  # letters approved or being sent
    uncertain: int  # letters of which a person must say whether they left
    set_aside: int
    quarantined: int
    next_on: date | None = None  # the nearest promise that has not passed
    tasks: int = 0  # duties whose date is today or has passed, those of closed cases included


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One mail outside the queue. `case` is the dismissed case it was set aside with, if any."""

    key: MessageKey
    case: CaseKey | None
    received_at: datetime
    sender: Party
    subject: str
    kind: MessageKind
    reason: Reason
    verdict: Verdict
    language: str

    @property
    def place(self) -> MailPlace:
        return MailPlace(self.received_at, self.key)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One open duty in the due list, with its case's number and person."""

    duty: Duty
    number: str
    name: str
    address: str


class TurnKind(StrEnum):
    """Whose turn it is in a conversation."""

    INCOMING = "incoming"  # their mail
    LETTER = "letter"  # ours, proposed or sent
    NOTE = "note"  # a person's remark, seen by nobody outside
    EVENT = "event"  # something that was done


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation. Which of the records is set follows from the kind.

    incoming: `message`, `text` is what its writer added (quotes cut). letter: `draft`, and `delivery` once it
    was claimed; `text` is the body as it stands. note: `event`, `text` is the note. event: `event`, `text` is
    what a person wrote beside it (how somebody was identified), mostly empty.
    """

    at: datetime
    kind: TurnKind
    message: Message | None = None
    draft: Draft | None = None
    delivery: Delivery | None = None
    text: str = ""
    event: StoredEvent | None = None
