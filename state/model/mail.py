"""Incoming mail: where it lies, what was understood of it, where it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from state.model.keys import CaseKey, CorrectionKey, MessageKey

# A JSON object: exactly what `inbox-agent explain --json` prints for one mail, stored beside it.
Analysis = Mapping[str, Any]


class Verdict(StrEnum):
    """What recognition says of one mail. `UNSURE` opens a candidate that a person closes."""

    REQUEST = "request"
    UNSURE = "unsure"
    NOT_REQUEST = "not_request"


class Attempt(StrEnum):
    """What each version of the program tries once on a stored mail on which an earlier one failed."""

    READ = "read"
    CUT = "cut"
    MASK = "mask"


class MessageKind(StrEnum):
    """What sort of mail it is, whatever it says."""

    MAIL = "mail"
    AUTO_REPLY = "auto_reply"
    AUTOMATIC = "automatic"  # by a program, and no answer: a web form or a ticket system may pass on a person's words
    BOUNCE = "bounce"
    READ_RECEIPT = "read_receipt"
    NEWSLETTER = "newsletter"
    LIST = "list"
    CALENDAR = "calendar"


class MessageStatus(StrEnum):
    """Where an incoming mail ended: every one is in exactly one of these (invariant 3)."""

    FILED = "filed"
    SET_ASIDE = "set_aside"
    QUARANTINED = "quarantined"


class Reason(StrEnum):
    """Why a mail was set aside or quarantined."""

    NOT_A_REQUEST = "not_a_request"
    OWN_PHRASE = "own_phrase"  # unsure, and a phrase of the controller's own says that it is no request
    AUTOMATIC = "automatic"  # auto-reply, bounce, receipt, calendar, a program's mail: see the message's kind
    MASS_MAIL = "mass_mail"
    OWN_MAIL = "own_mail"  # sent by the controller's own people or by us
    UNREADABLE = "unreadable"  # could not be parsed: a person looks at the raw mail
    TOO_LARGE = "too_large"
    CANARY = "canary"  # our own test mail, come back
    NOT_GIVEN = "not_given"  # the server holds it and does not give it: only its place, at best its head, is known
    GIVEN_AT_LAST = "given_at_last"  # stood for such a mail until the server gave it, which is taken in by itself
    BY_PERSON = "by_person"


class Relation(StrEnum):
    """How a filed mail belongs to its case."""

    OPENING = "opening"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Party:
    """A correspondent as the mail names them. `address` is as written, trimmed; may be empty."""

    name: str
    address: str

    def shares_address(self, other: Party) -> bool:
        """Whether both are written to at one address; upper and lower case are one (our choice: RFC 5321, 2.4, leaves
        the local part to its host, and no host of today tells them apart).
        """
        return self.address.casefold() == other.address.casefold()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies on a server: the key of idempotent intake (RFC 3501, 2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int

    @property
    def key(self) -> tuple[str, str, int, int]:
        """Its four parts, in this order."""
        return self.account, self.folder, self.uidvalidity, self.uid


@dataclass(frozen=True, slots=True)
class FolderInfo:
    """A folder as the server names it; `special_use` is its attribute (RFC 6154, 2), or empty."""

    name: str
    special_use: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as selecting it told (RFC 3501, 6.3.1): `uidnext` is above every UID given so far, 0 if not told.
    `read_only`: nothing in it may be changed, though that was asked for.
    """

    uidvalidity: int
    uidnext: int
    exists: int
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One mail as the mailbox gave it. `received_at` is INTERNALDATE, the receipt: arrival at the first mailbox under
    the controller's control (EDPB Guidelines 01/2022, 159).
    """

    place: Place
    received_at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """One batch as the mailbox gave it. `withheld`: UIDs that lie there and were not given."""

    mails: tuple[RawMessage, ...]
    withheld: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A mail that lies on the server and could not be read yet, after so many tries of it alone."""

    place: Place
    tries: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been read: every UID up to `last_uid` is stored or noted as withheld.

    `since`: a first look that reaches back to this day has not ended yet. `held`: the mails that the folder held when
    it was last looked at.
    """

    account: str
    folder: str
    uidvalidity: int
    last_uid: int
    since: date | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """An incoming mail on its way into the store: the raw bytes and what was understood of them."""

    raw: RawMessage
    content_hash: str  # sha256 of the raw bytes, hexadecimal
    message_id: str | None
    sender: Party
    subject: str
    sent_at: datetime | None  # the Date header: shown, never evidence of receipt
    kind: MessageKind
    language: str  # fi, sv, en
    verdict: Verdict
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Message:
    """An incoming mail as stored, without its raw bytes (`Store.mails.raw`)."""

    key: MessageKey
    case: CaseKey | None
    relation: Relation | None
    status: MessageStatus
    reason: Reason | None
    place: Place
    received_at: datetime
    content_hash: str
    message_id: str | None
    sender: Party
    subject: str
    sent_at: datetime | None
    kind: MessageKind
    language: str
    verdict: Verdict
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a mail was taken for: the verdict and the `types` beside it."""

    verdict: Verdict
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word against a judgement of a mail. No text: that is the mail's, and goes with it."""

    key: CorrectionKey
    message: MessageKey
    case: CaseKey | None
    before: Judgement
    after: Judgement
    actor: str
    at: datetime
