"""Letters: proposed, approved, sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from state.model.keys import CaseKey, DraftKey, RequestKey
from state.model.mail import Party


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
    LATE_DELIVERY = "late_delivery"  # an answer on paper reached its reader late and does not say so
    FOLLOW_UP = "follow_up"  # to somebody who comes back to an answer
    RESTRICTION_LIFTED = "restriction_lifted"  # told before it is lifted (GDPR 18(3))
    NOT_A_REQUEST = "not_a_request"  # courtesy to a mail that was none
    OUTCOME = "outcome"


TELLS_OF_DATA = frozenset({Letter.FEE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED})
"""The letters that say something of what is held, whatever the outcome: a fee for a further copy that there was a first
one, the answer to a further message what was found, the end of a restriction that there is something restricted. Their
reader must be identified first.
"""
TELLS_OUTCOMES = frozenset({Letter.OUTCOME, Letter.LATE_DELIVERY})
"""The letters that say how rights ended: what they say of data is what those outcomes say."""


class DraftStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"  # the mail server said no for good
    UNCERTAIN = "uncertain"  # the wire broke after the claim: looked up in Sent, else a person says
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a letter goes to and which mail it answers. `references` ends with `in_reply_to`."""

    to: Party
    in_reply_to: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A letter to be proposed. `requests` are the rights it answers or extends; `facts` what its sending will
    record (an extension's reason), and what it was written from that no person chose (why identity is doubted).
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
    unseen: bool = False  # the mailbox could not be read then: a newer mail, or a copy sent from there, was not seen


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word against the linter: the codes of the errors, and why the letter leaves all the same."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed letter that lies in the mailbox's Drafts folder. `digest` is of its body as it was put there."""

    draft: DraftKey
    text_hash: str
    message_id: str
    digest: str
