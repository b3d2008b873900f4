"""Which right has which answer, and why not the others: the catalogue is total but for these.

Owns the pairs that make no sense, each with its reason and provision. Refuses to word them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from state.model import Letter, Outcome, RequestKind


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a right has no such answer: a word that phrasing knows, and the provision it stands on."""

    code: str
    source: str


_ABSOLUTE = Unfit("absolute", "GDPR 21(2)-(3)")
_NO_PROOF = Unfit("no_proof_needed", "GDPR 21(2)-(3)")
_AT_ONCE = Unfit("at_once", "GDPR 12(3), 21(3)")
_MARKETING_ONLY = Unfit("marketing_only", "GDPR 21(2)-(3)")

UNFIT: Mapping[tuple[RequestKind, Outcome | Letter], Unfit] = MappingProxyType(
    {
        (RequestKind.MARKETING_OBJECTION, Outcome.PARTLY): _ABSOLUTE,
        (RequestKind.MARKETING_OBJECTION, Outcome.REFUSED): _ABSOLUTE,
        (RequestKind.MARKETING_OBJECTION, Outcome.NOT_IDENTIFIED): _NO_PROOF,
        (RequestKind.MARKETING_OBJECTION, Outcome.ART11): _NO_PROOF,
        (RequestKind.MARKETING_OBJECTION, Letter.IDENTITY_QUESTION): _NO_PROOF,
        (RequestKind.MARKETING_OBJECTION, Letter.IDENTITY_CODE): _NO_PROOF,
        (RequestKind.MARKETING_OBJECTION, Letter.AUTHORITY_QUESTION): _NO_PROOF,
        (RequestKind.MARKETING_OBJECTION, Letter.MORE_INFORMATION): Unfit("no_reason_needed", "GDPR 21(2)-(3)"),
        (RequestKind.MARKETING_OBJECTION, Letter.EXTENSION): _AT_ONCE,
        (RequestKind.MARKETING_OBJECTION, Letter.FEE): Unfit("always_free", "GDPR recital 70"),
        (RequestKind.CONSENT_WITHDRAWAL, Letter.EXTENSION): Unfit("at_once", "GDPR 7(3)"),
        # Article 12(5) does not reach article 7(3): a withdrawal is never excessive.
        (RequestKind.CONSENT_WITHDRAWAL, Letter.FEE): Unfit("always_free", "GDPR 7(3)"),
        **{
            (kind, Letter.MARKETING_STOPPED): _MARKETING_ONLY
            for kind in RequestKind
            if kind is not RequestKind.MARKETING_OBJECTION
        },
        **{
            (kind, Letter.RESTRICTION_LIFTED): Unfit("restriction_only", "GDPR 18(3)")
            for kind in RequestKind
            if kind is not RequestKind.RESTRICTION
        },
    }
)
"""The pairs that make no sense, each with its reason; every other pair of right and answer has its words."""

GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})
"""The outcomes that give something of what was asked."""
REFUSING = frozenset({Outcome.REFUSED, Outcome.PARTLY})
"""The outcomes that leave something of it undone, each on its ground (GDPR 12(4))."""
NOT_ACTING = REFUSING | {Outcome.NOT_IDENTIFIED, Outcome.ART11}
"""The outcomes by which we do not act on something, so that the letter tells of both remedies (GDPR 12(4))."""
OF_EVERY_RIGHT = frozenset({Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED})
"""The outcomes that say the same of whichever right, and nothing of data."""

COMPLAINED_OF = frozenset(
    {Letter.FEE, Letter.LATE_NOTICE, Letter.LATE_DELIVERY, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}
)
"""The letters besides answers that tell the ways to complain: they keep somebody waiting or kept them, ask for money,
stand by an answer or end what it gave.
"""
WITHOUT_A_RIGHT = frozenset({Letter.NOT_A_REQUEST})
"""The letters that speak of no right."""
OF_NO_DEADLINE = WITHOUT_A_RIGHT | {Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}
"""The letters that no promised day is waited for with."""
SILENT_ON_DELAY = OF_NO_DEADLINE | {Letter.EXTENSION, Letter.IDENTITY_CODE}
"""The letters that explain no delay: an extension is not late but unlawful then, and a code goes to whom the file
names.
"""


def fits(kind: RequestKind, answer: Outcome | Letter) -> bool:
    """Whether a letter of that sort, or an answer letter with that outcome, may be written about this right."""
    return (kind, answer) not in UNFIT


def outcomes_for(kind: RequestKind) -> tuple[Outcome, ...]:
    """Every outcome that makes sense for this right, in the order a person is offered them."""
    return tuple(outcome for outcome in Outcome if fits(kind, outcome))
