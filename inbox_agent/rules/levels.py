"""How sure we must be before an answer, and how sure each proof makes us: the deciding rules, as data.

Owns the tables (README shows them, generated from here). Refuses to judge a mail or a case: that is `rules.identity`.
A personal identity code raises nothing: identifying by it, alone or with a name, is forbidden (tietosuojalaki
1050/2018, 29 §, as amended 1225/2023).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from inbox_agent.profile import Sensitivity
from state.lifecycle import FOR_ANOTHER
from state.model import IdentityLevel, Proof, ProofKind, RequestKind

L0, L1, L2, L3, L4 = IdentityLevel
COLUMNS = tuple(Sensitivity)

_Row = tuple[IdentityLevel, IdentityLevel, IdentityLevel]

# What an answer needs, by what the registers hold: a contact card, ordinary customers' data, sensitive data.
# Ours in its detail (GDPR 12(6), 32 leave it to the controller); where a range is defensible, the note says why.
REQUIRED: Mapping[RequestKind, _Row] = MappingProxyType(
    {
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
)
SPELLING: _Row = (L1, L1, L2)
"""Rectification of a name's or a title's spelling, and of nothing else: nobody is taken over by it."""

PROOFS: Mapping[ProofKind, IdentityLevel | None] = MappingProxyType(
    {
        ProofKind.ROUND_TRIP: L2,
        ProofKind.CALL_BACK: L2,
        ProofKind.KNOWN_FACTS: L1,  # with a proof of L2: L3
        ProofKind.LOG_IN: L3,
        ProofKind.ID_SHOWN: L4,
        ProofKind.STRONG: L4,
        ProofKind.SIGNED_LETTER: L1,  # there is mostly nothing to compare a signature with
        ProofKind.AUTHORITY: L0,  # says who may speak, not who it is
        ProofKind.JOINT_CONTROLLER: None,  # as the other controller established
        ProofKind.OTHER: None,  # as the person who records it says
    }
)
"""The level a proof gives by itself; None where whoever records it says."""

_CHANNELS = frozenset({ProofKind.ROUND_TRIP, ProofKind.CALL_BACK})


class Sign(StrEnum):
    """What makes an impostor likelier: each keeps the mail at L0, and together they raise the need by one level.

    Where parsing finds them they are flags of the mail, by the same names.
    """

    REPLY_TO_ELSEWHERE = "reply_to_elsewhere"
    ANSWER_ELSEWHERE = "answer_elsewhere"  # the text asks for the answer at another address
    LOOKALIKE_DOMAIN = "lookalike_domain"
    DISPLAY_NAME_TRICK = "display_name_trick"
    OUR_NAME = "our_name"  # that of our contact person or deputy, at an address that is not ours
    SEVERAL_FROM = "several_from"
    REPRESENTATIVE = "representative"
    DECEASED = "deceased"
    THIRD_PERSON = "third_person"
    DISPUTE = "dispute"  # a former spouse, a custody case, a stalker
    GROUP_REWRITTEN = "group_rewritten"  # a mailing group has put its own address in the sender's place
    SHARED_MAILBOX = "shared_mailbox"
    EMPLOYER_ADDRESS = (
        "employer_address"  # the controller's own domain: it reads its people's mail, or their successors do
    )
    ADDRESS_CHANGED = "address_changed"  # on file, within `RECENT_CHANGE` days
    PROTECTED = "protected"  # turvakielto: nothing but L4 will do


AUTHORITY_SETTLES = frozenset(map(Sign, FOR_ANOTHER))
"""Signs that an authority which was seen takes away."""

RECENT_CHANGE = 90
"""Days for which a changed address is suspect (our choice)."""

_HIGHER = {L0: L1, L1: L2, L2: L3, L3: L4, L4: L4}


def required_level(kind: RequestKind, sensitivity: Sensitivity, *, spelling: bool = False) -> IdentityLevel:
    """The level that an answer to this right needs where nothing is suspicious."""
    row = SPELLING if spelling and kind is RequestKind.RECTIFICATION else REQUIRED[kind]
    return row[COLUMNS.index(sensitivity)]


def needed(
    kinds: Collection[RequestKind], sensitivity: Sensitivity, signs: Collection[Sign], *, spelling: bool = False
) -> IdentityLevel:
    """The level that an answer to all of these rights needs. No sign raises a marketing ban: it needs nobody."""
    return max(_with_signs(kind, required_level(kind, sensitivity, spelling=spelling), signs) for kind in kinds)


def _with_signs(kind: RequestKind, level: IdentityLevel, signs: Collection[Sign]) -> IdentityLevel:
    if kind is RequestKind.MARKETING_OBJECTION or not signs:
        return level
    return L4 if Sign.PROTECTED in signs else _HIGHER[level]


def proven(proofs: Collection[Proof]) -> IdentityLevel:
    """The level that proofs give together: two known channels are L3, so is one with what only the customer knows."""
    best = max((proof.level for proof in proofs), default=L0)
    # What is worth less than L2, as a code that had not gone to the contact on file, is no known channel.
    kinds = {proof.kind for proof in proofs if proof.level >= L2 or proof.kind is ProofKind.KNOWN_FACTS}
    if best >= L2 and (kinds >= _CHANNELS or ProofKind.KNOWN_FACTS in kinds):
        return max(best, L3)
    return best


def proof_level(kind: ProofKind, given: IdentityLevel | None) -> IdentityLevel:
    """The level to record with a proof: the table's, or what whoever records it says. Raises ValueError without one."""
    fixed = PROOFS[kind]
    if fixed is not None:
        return fixed
    if given is None:
        raise ValueError("this kind of proof needs a level")
    return given
