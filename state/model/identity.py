"""Who is asking: how sure we are, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from state.model.keys import CaseKey, CodeKey, DraftKey


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
