"""The vocabulary: closed sets and frozen records that every room shares.

Owns the names of things and their shapes. Refuses behaviour: what may change into what stands in
`state.lifecycle`, what a date is worth in `inbox_agent.rules.deadlines`.

The string values of the enumerations are stored in the database; to rename one is a migration.
Instants (`*_at`) are aware UTC datetimes. Legal dates (`*_on`, promise, backstop, target) are plain
dates in Europe/Helsinki; the conversion happens once, in `rules.deadlines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

MessageKey = NewType("MessageKey", int)
CaseKey = NewType("CaseKey", int)
RequestKey = NewType("RequestKey", int)
DraftKey = NewType("DraftKey", int)
CanaryKey = NewType("CanaryKey", int)
DutyKey = NewType("DutyKey", int)
CodeKey = NewType("CodeKey", int)
CorrectionKey = NewType("CorrectionKey", int)

# A JSON object: exactly what `inbox-agent explain --json` prints for one mail, stored beside it.
Analysis = Mapping[str, Any]


class RequestKind(StrEnum):
    """The rights a data subject exercises (GDPR articles 15-22 and 7(3))."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    MARKETING_OBJECTION = "marketing_objection"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    AUTOMATED_DECISION = "automated_decision"


FOLLOW_UP = "follow_up"
"""Beside the nine kinds, what `types` may hold: a mail that joins a case and never starts a clock."""


class Verdict(StrEnum):
    """What recognition says of one mail. `UNSURE` opens a candidate that a person closes."""

    REQUEST = "request"
    UNSURE = "unsure"
    NOT_REQUEST = "not_request"


class MessageKind(StrEnum):
    """What sort of mail it is, whatever it says."""

    MAIL = "mail"
    AUTO_REPLY = "auto_reply"
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
    AUTOMATIC = "automatic"  # auto-reply, bounce, receipt, calendar: see the message's kind
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


class RequestStatus(StrEnum):
    """One right exercised, with its own clock and outcome."""

    OPEN = "open"
    DECIDED = "decided"  # a person chose the outcome; the letter has not left yet
    ANSWERED = "answered"
    DROPPED = "dropped"  # not a request after all, or withdrawn


class Outcome(StrEnum):
    """How a request ends (GDPR 12(3)-(6), 11(2))."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_DATA = "no_data"
    NOT_IDENTIFIED = "not_identified"
    ART11 = "art11"
    FORWARDED = "forwarded"


class ExtensionReason(StrEnum):
    """The only reasons for which the time to answer may be extended (GDPR 12(3))."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"


class Letter(StrEnum):
    """What a draft is for. The outcome letter holds one part per right (replies.context.Part)."""

    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY_QUESTION = "identity_question"
    IDENTITY_CODE = "identity_code"  # a one-time code to the contact on file
    AUTHORITY_QUESTION = "authority_question"  # to whoever writes for somebody else, or about the dead
    MARKETING_STOPPED = "marketing_stopped"
    MORE_INFORMATION = "more_information"
    EXTENSION = "extension"
    FEE = "fee"  # before any work (GDPR 12(5), 15(3))
    LATE_NOTICE = "late_notice"  # the answer itself is not ready, and its promise has passed
    FOLLOW_UP = "follow_up"  # to somebody who comes back to an answer
    NOT_A_REQUEST = "not_a_request"  # courtesy to a mail that was none
    OUTCOME = "outcome"


class DraftStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"  # the mail server said no for good
    UNCERTAIN = "uncertain"  # the wire broke after the claim: looked up in Sent, else a person says
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class DutyKind(StrEnum):
    """What must be done besides answering. The first four come with the right, the next two with its outcome, the
    others with the letter that told it; `ANSWER_OMBUDSMAN` comes with a letter of the authority. The last two come
    from nobody's law: a person asked to be reminded.
    """

    STOP_MARKETING = "stop_marketing"  # GDPR 21(3)
    STOP_PROCESSING = "stop_processing"  # what rested on a withdrawn consent: GDPR 7(3)
    FREEZE_RECORDINGS = "freeze_recordings"  # what would vanish before it is answered: GDPR 15(3), 5(2)
    CONSIDER_RESTRICTION = "consider_restriction"  # while an objection is weighed: GDPR 18(1)(d)
    INSTRUCT_PROCESSORS = "instruct_processors"  # GDPR 28(3)(e)
    INFORM_JOINT_CONTROLLERS = "inform_joint_controllers"  # GDPR 26(3)
    TELL_RECIPIENTS = "tell_recipients"  # GDPR 19
    TELL_SOURCE = "tell_source"  # no law asks it: where the controller's notice promises it
    TELL_CONTROLLERS = "tell_controllers"  # of data made public: GDPR 17(2)
    ERASE = "erase"  # what a letter promised to erase once its copy has arrived: GDPR 17(1)
    TELL_BEFORE_LIFTING = "tell_before_lifting"  # GDPR 18(3)
    ANSWER_OMBUDSMAN = "answer_ombudsman"  # Data Protection Act 1050/2018, section 18
    REMINDER = "reminder"
    AWAIT_REPLY = "await_reply"  # a reminder unless the person has written before


class DutyStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # its reason went away: the right was dropped, its outcome taken back


class Counting(StrEnum):
    """How a duty's date follows from its first day."""

    ON = "on"  # that very day
    DAYS = "days"
    WORKING_DAYS = "working_days"


class IdentityLevel(StrEnum):
    """How sure we are of who asks, in order: comparison is by value ("L0" < "L1").

    L0 nothing fits; L1 the sender's address is genuine; L2 a round trip to the contact on file; L3 a log-in, two
    channels or a visit; L4 strong electronic identification. Our choice, after EDPB Guidelines 01/2022, 58-79.
    """

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"


class ProofKind(StrEnum):
    """How somebody was identified. The evidence itself is never kept: only that it was seen, by whom, when."""

    ROUND_TRIP = "round_trip"  # a one-time code came back; recorded by the assistant
    CALL_BACK = "call_back"  # to a number on file
    LOG_IN = "log_in"  # to the person's own account
    KNOWN_FACTS = "known_facts"  # two or three that only the customer knows
    ID_SHOWN = "id_shown"  # on a visit; looked at, not copied
    STRONG = "strong"  # strong electronic identification
    SIGNED_LETTER = "signed_letter"
    JOINT_CONTROLLER = "joint_controller"  # another joint controller has identified the person (GDPR 26)
    AUTHORITY = "authority"  # valtakirja, a guardian's order, a custodian's extract: who may speak, not who it is
    OTHER = "other"


class Match(StrEnum):
    """What a look into the register brought. Only EXACT and CHOSEN name a contact on file."""

    EXACT = "exact"  # one entry has this very address
    CHOSEN = "chosen"  # a person says which entry it is
    NEAR = "near"  # entries that resemble: for the person's eyes
    SEVERAL = "several"  # more than one entry fits: never picked
    NONE = "none"


class Act(StrEnum):
    """What an event records. One act, one change of state, one event (invariant 4)."""

    MESSAGE_FILED = "message_filed"
    MESSAGE_SET_ASIDE = "message_set_aside"
    MESSAGE_QUARANTINED = "message_quarantined"
    MESSAGE_SEEN_AGAIN = "message_seen_again"
    MESSAGE_ERASED = "message_erased"
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
class Party:
    """A correspondent as the mail names them. `address` is as written, trimmed; may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies on a server: the key of idempotent intake (RFC 3501, 2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class FolderInfo:
    """A folder as the server names it; `special_use` is its attribute (RFC 6154, 2), or empty."""

    name: str
    special_use: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as selecting it told (RFC 3501, 6.3.1): `uidnext` is above every UID given so far, 0 if not told."""

    uidvalidity: int
    uidnext: int
    exists: int


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
class DueDates:
    """The three dates of one clock (GDPR 12(3), Regulation 1182/71 art. 3).

    `promise`: the unrolled last day, told outwards. `backstop`: rolled to a working day, shown inside
    only. `target`: the last working day that is no eve, on or before the promise.
    """

    promise: date
    backstop: date
    target: date


@dataclass(frozen=True, slots=True)
class NewRequest:
    """One right to be opened with its case, its clock already computed. `identity_required` is what an answer to it
    needs: it raises its case's level, never lowers it.
    """

    kind: RequestKind
    received_on: date
    due: DueDates
    identity_required: IdentityLevel = IdentityLevel.L0


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
class Request:
    key: RequestKey
    case: CaseKey
    kind: RequestKind
    status: RequestStatus
    received_on: date
    due: DueDates
    extended: DueDates | None
    extension_reason: str | None
    outcome: Outcome | None
    decision: Mapping[str, str]  # the facts the outcome's letter needs (replies.context.Part)

    @property
    def current(self) -> DueDates:
        """The dates in force: the extension's where one was made."""
        return self.extended or self.due


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
class Message:
    """An incoming mail as stored, without its raw bytes (`Store.intake.raw`)."""

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
class Envelope:
    """Whom a letter goes to and which mail it answers. `references` ends with `in_reply_to`."""

    to: Party
    in_reply_to: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A letter to be proposed. `requests` are the rights it answers or extends; `facts` what its sending will
    record (an extension's reason).
    """

    case: CaseKey
    letter: Letter
    language: str
    template: str
    envelope: Envelope
    subject: str
    body: str
    requests: tuple[RequestKey, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter on its way. `text_hash` is `lifecycle.text_hash` of recipient, subject and body as they stand;
    `approved_hash` is the hash a person approved, or None.
    """

    key: DraftKey
    case: CaseKey
    letter: Letter
    status: DraftStatus
    language: str
    template: str
    envelope: Envelope
    subject: str
    body: str
    text_hash: str
    original_body: str  # as the template gave it, to show what a person changed
    created_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    approved_hash: str | None
    requests: tuple[RequestKey, ...]
    facts: Mapping[str, str]
    not_before: datetime | None  # an approved letter is held until then: the time to undo

    @property
    def on_paper(self) -> bool:
        """Whether a person brings it to its reader: it has no e-mail address, and no mail server ever sees it."""
        return not self.envelope.to.address


@dataclass(frozen=True, slots=True)
class Masked:
    """A letter's texts as they are kept once it has left, without a secret that only its reader may hold. The hashes
    stay those of the text that was approved and sent.
    """

    body: str
    original_body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The one sending of an approved draft: claimed with its Message-ID before the wire is touched. A letter that a
    person delivered has no Message-ID of its own; both its instants are the delivery's.
    """

    draft: DraftKey
    message_id: str
    claimed_at: datetime
    attempts: int
    settled_at: datetime | None
    answer: str | None  # the server's last word, sanitised


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word against the linter: the codes of the errors, and why the letter leaves all the same."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """From what a duty's date was counted, so that it can be counted again: `days` of `counting` after `start`."""

    counting: Counting
    start: date
    days: int = 0


@dataclass(frozen=True, slots=True)
class NewDuty:
    """Something to be done by `due_on`. `request` is the right it follows from (None: from the case as a whole);
    `about` whom or what it concerns, in words that a purge erases.
    """

    kind: DutyKind
    due_on: date
    reckoning: Reckoning
    request: RequestKey | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of a case with its own date. `settled_at` is when it was done or cancelled."""

    key: DutyKey
    case: CaseKey
    request: RequestKey | None
    kind: DutyKind
    status: DutyStatus
    due_on: date
    reckoning: Reckoning
    about: str
    opened_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Contact:
    """What the controller has on file for a case's person, as far as identity needs it. Empty fields: not on file."""

    match: Match
    name: str = ""
    address: str = ""  # e-mail
    phone: str = ""
    number: str = ""  # customer number
    protected: bool = False  # turvakielto
    changed_on: date | None = None  # when the contact details were changed last


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code that went out with a letter. Only its salted hash is kept. `sent_at`: when its letter was
    claimed, None before; it is good for `lifecycle.CODE_LIFE` from then.
    """

    key: CodeKey
    case: CaseKey
    draft: DraftKey
    address: str  # where the letter goes
    salt: str
    digest: str
    wrong: int  # how many wrong codes came back in its stead
    sent_at: datetime | None
    used_at: datetime | None
    doubted: bool = False  # the proofs of its case were taken back after it had left


@dataclass(frozen=True, slots=True)
class Proof:
    """One recorded identification: who saw it, when, and to which level it suffices."""

    at: datetime
    actor: str
    kind: ProofKind
    level: IdentityLevel


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


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The agent's last sign of life. `state` is a closed word of services.watch; `detail` its facts."""

    component: str
    at: datetime
    state: str
    detail: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed letter that lies in the mailbox's Drafts folder. `digest` is of its body as it was put there."""

    draft: DraftKey
    text_hash: str
    message_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Canary:
    """One test mail through the public contact address. `arrived_at` is the server's own time of receipt."""

    key: CanaryKey
    token: str
    claimed_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None
    folder: str | None  # where it was found


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
