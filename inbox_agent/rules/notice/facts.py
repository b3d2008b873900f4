"""What a notice says, field by field, each with the words that it came from and how sure the reading is.

Owns the shape. A field that the notice does not fill is `NOTHING`: to fill it would be to invent a promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | bool | tuple[str, ...] | None


class Name(StrEnum):
    """The fields, in the order in which they are told."""

    CONTROLLERS = "controllers"
    JOINT_CONTROLLERS = "joint_controllers"
    BUSINESS_ID = "business_id"
    CONTACT_NAME = "contact_name"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    ADDRESS = "address"
    REGISTER_NAMES = "register_names"
    PURPOSES = "purposes"
    LEGAL_BASES = "legal_bases"
    SOURCES = "sources"
    RECIPIENTS = "recipients"
    TRANSFER = "transfer_outside_eu"
    RETENTION = "retention"
    RESPONSE_TIME = "response_time"
    FEE_CLAUSE = "fee_clause"
    IDENTITY_CLAUSE = "identity_clause"
    SIGNATURE_REQUIRED = "signature_required"
    LANGUAGES = "languages"
    COMPLAINT_BODY_PRESENT = "complaint_body_present"
    DPO = "dpo"
    LAST_UPDATED = "last_updated"


class Basis(StrEnum):
    """The legal bases of GDPR 6(1) that a private controller names."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Transfer(StrEnum):
    """What is said of transfers outside the EU and the EEA (GDPR 13(1)(f))."""

    NO = "no"
    POSSIBLE = "possible"
    YES = "yes"
    ADEQUACY_ONLY = "adequacy_only"


@dataclass(frozen=True, slots=True)
class Field:
    """`quote` is one stretch of the notice with its white space made single; `sure` from 0 to 1."""

    value: Value
    quote: str | None
    sure: float


NOTHING = Field(None, None, 0.0)

SURE, LIKELY, GUESS = 0.95, 0.8, 0.5
"""How sure: the words stand under their own heading or label; they follow from the sentence; from the shape alone."""

Facts: TypeAlias = Mapping[Name, Field]
