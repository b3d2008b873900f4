"""How sure we are who wrote, how sure we must be before answering, and why we may ask.

Owns the table of levels, the signs that raise them and the reason that every identity question needs: the
controller may ask only where it has reasonable doubts (GDPR 12(6)). Judges the mail alone, so it never goes
beyond L1; the higher levels come from a round trip or a log-in, which a person records. A personal identity
code raises nothing: identifying by it alone is forbidden (tietosuojalaki 1050/2018, 29 §).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from inbox_agent.profile import Identity, Sensitivity
from inbox_agent.rules.parse import InboundMessage
from state.model import IdentityLevel, RequestKind

L0, L1, L2, L3, L4 = IdentityLevel

# What an answer needs, by what the registers hold: a contact card, ordinary customers' data, sensitive data.
# Ours in its detail (GDPR 12(6), 32 leave it to the controller); where a range is defensible, the note says why.
_REQUIRED: dict[RequestKind, tuple[IdentityLevel, IdentityLevel, IdentityLevel]] = {
    RequestKind.ACCESS: (L1, L2, L3),
    RequestKind.RECTIFICATION: (L2, L2, L3),  # as for an address or account: a false one takes the person over
    RequestKind.ERASURE: (L1, L2, L3),  # cannot be undone
    RequestKind.RESTRICTION: (L1, L1, L2),  # can be undone
    RequestKind.PORTABILITY: (L1, L2, L3),
    RequestKind.OBJECTION: (L1, L2, L2),  # upheld, it is a ground of erasure (17(1)(c))
    RequestKind.MARKETING_OBJECTION: (L0, L0, L0),  # absolute (21(3))
    RequestKind.CONSENT_WITHDRAWAL: (L0, L1, L1),  # as easy as giving it (7(3))
    RequestKind.AUTOMATED_DECISION: (L2, L2, L3),
}
_COLUMNS = tuple(Sensitivity)

# A word of the address's own name that says that several people read it: info@, perhe.esimerkki@.
_SHARED = re.compile(
    r"(^|[._+-])(info|perhe|suku|toimisto|asiakaspalvelu|posti|myynti|tilaukset|hallitus|kirjaamo|taloyhti[oö]|yhteys"
    r"|office|sales|contact|family|admin|support|team|kontakt|familj|familjen|kansli)($|[._+-])",
    re.IGNORECASE,
)


class Evidence(StrEnum):
    """What the mail itself says about its sender."""

    ADDRESS_AUTHENTICATED = "address_authenticated"
    OTHER_DOMAIN_AUTHENTICATED = "other_domain_authenticated"  # a pass, but not for the From address
    AUTHENTICATION_FAILED = "authentication_failed"
    NOT_AUTHENTICATED = "not_authenticated"  # no result that we trust
    FORWARDED = "forwarded"  # whoever is authenticated, it is not the data subject


class Sign(StrEnum):
    """What makes an impostor likelier: each keeps the mail at L0, and together they raise the need by one level.

    Where parsing finds them they are flags of the mail, by the same names.
    """

    REPLY_TO_ELSEWHERE = "reply_to_elsewhere"
    LOOKALIKE_DOMAIN = "lookalike_domain"
    DISPLAY_NAME_TRICK = "display_name_trick"
    SEVERAL_FROM = "several_from"
    REPRESENTATIVE = "representative"
    THIRD_PERSON = "third_person"
    GROUP_REWRITTEN = "group_rewritten"  # a mailing group has put its own address in the sender's place
    SHARED_MAILBOX = "shared_mailbox"


class Doubt(StrEnum):
    """Why an identity question may be asked. NO_DOUBT: it may not."""

    NO_DOUBT = "no_doubt"
    SUSPICIOUS_SENDER = "suspicious_sender"
    ANOTHER_PERSON = "another_person"
    SEVERAL_READERS = "several_readers"
    FAILED_AUTHENTICATION = "failed_authentication"
    UNPROVEN_SENDER = "unproven_sender"
    ADDRESS_NOT_ENOUGH = "address_not_enough"


_DOUBTS: dict[str, Doubt] = {
    Sign.REPLY_TO_ELSEWHERE: Doubt.SUSPICIOUS_SENDER,
    Sign.LOOKALIKE_DOMAIN: Doubt.SUSPICIOUS_SENDER,
    Sign.DISPLAY_NAME_TRICK: Doubt.SUSPICIOUS_SENDER,
    Sign.SEVERAL_FROM: Doubt.SUSPICIOUS_SENDER,
    Sign.REPRESENTATIVE: Doubt.ANOTHER_PERSON,
    Sign.THIRD_PERSON: Doubt.ANOTHER_PERSON,
    Sign.GROUP_REWRITTEN: Doubt.SEVERAL_READERS,
    Sign.SHARED_MAILBOX: Doubt.SEVERAL_READERS,
    Evidence.AUTHENTICATION_FAILED: Doubt.FAILED_AUTHENTICATION,
    Evidence.OTHER_DOMAIN_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.NOT_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.FORWARDED: Doubt.UNPROVEN_SENDER,
    Evidence.ADDRESS_AUTHENTICATED: Doubt.ADDRESS_NOT_ENOUGH,
}


@dataclass(frozen=True, slots=True)
class IdentityAssessment:
    """`level` is reached, `required` is needed. `raised` holds the signs that raised the need, `reason` is what
    an identity question would be justified by.
    """

    level: IdentityLevel
    required: IdentityLevel
    evidence: tuple[Evidence, ...]
    raised: tuple[Sign, ...]
    reason: Doubt


def required_level(kind: RequestKind, sensitivity: Sensitivity) -> IdentityLevel:
    """The level that an answer to this right needs where nothing is suspicious."""
    return _REQUIRED[kind][_COLUMNS.index(sensitivity)]


def assess(message: InboundMessage, kinds: tuple[RequestKind, ...], profile: Identity) -> IdentityAssessment:
    """Judge one mail that exercises these rights; without any, it is judged as a request for access."""
    evidence, signs = _evidence(message), _signs(message)
    level = L1 if evidence == (Evidence.ADDRESS_AUTHENTICATED,) and not signs else L0
    asked = kinds or (RequestKind.ACCESS,)
    required = max(_needed(kind, profile.sensitivity, bool(signs)) for kind in asked)
    # A ban on marketing needs nobody's identity, so no sign raises it.
    raised = signs if set(asked) != {RequestKind.MARKETING_OBJECTION} else ()
    reason = Doubt.NO_DOUBT if level >= required else _DOUBTS[(*signs, *evidence)[0]]
    return IdentityAssessment(level, required, evidence, raised, reason)


def _needed(kind: RequestKind, sensitivity: Sensitivity, suspicious: bool) -> IdentityLevel:
    level = required_level(kind, sensitivity)
    if kind is RequestKind.MARKETING_OBJECTION or not suspicious:
        return level
    return _HIGHER[level]


_HIGHER = {L0: L1, L1: L2, L2: L3, L3: L4, L4: L4}


def _evidence(message: InboundMessage) -> tuple[Evidence, ...]:
    forwarded = (Evidence.FORWARDED,) if message.forwarded else ()
    return (*forwarded, _authentication(message))


def _authentication(message: InboundMessage) -> Evidence:
    if message.auth == "fail":
        return Evidence.AUTHENTICATION_FAILED
    if message.auth != "pass":
        return Evidence.NOT_AUTHENTICATED
    return Evidence.ADDRESS_AUTHENTICATED if message.address_authenticated else Evidence.OTHER_DOMAIN_AUTHENTICATED


def _signs(message: InboundMessage) -> tuple[Sign, ...]:
    person = message.forwarded.subject_address if message.forwarded else message.sender.address
    shared = _SHARED.search(person.rpartition("@")[0])
    return tuple(sign for sign in Sign if sign in message.flags or (sign is Sign.SHARED_MAILBOX and shared))
