"""The lawful grounds for not doing what was asked, right by right.

Owns which ground exists for which right, on which provision it stands, and how long it may hold. Refuses to word it
(templates) and to judge whether it fits a case: that is a person's decision, who also writes down the facts of the
case. What has no ground here cannot be refused: a ban on direct marketing is absolute (GDPR 21(2)-(3)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from state.model import Outcome, RequestKind

ACCOUNTING_ACT = "1336/1997 2:10"
DATA_PROTECTION_ACT_34 = "1050/2018 34"
NATIONAL_LIMIT = "national_limit"
EXCESSIVE = "unfounded_or_excessive"
STILL_NEEDED = "still_needed"


class Ends(StrEnum):
    """How the letter tells until when a temporary ground holds."""

    ON_A_DATE = "date"
    WITH_AN_EVENT = "event"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. `provisions` in the notation of `replies.citations`, the first being the ground's own.

    `ends` is None where the ground is not temporary. `other_law`: the letter must name a further Act's section.
    `in_part_only`: it never carries a refusal of the whole. `safeguards`: the letter must name those that go with it.
    """

    code: str
    provisions: tuple[str, ...]
    ends: Ends | None = None
    other_law: bool = False
    in_part_only: bool = False
    safeguards: bool = False


_EXCESSIVE = Ground(EXCESSIVE, ("GDPR 12(5)",))
_JOURNALISM = Ground("journalism", ("1050/2018 27", "GDPR 85(2)"))
_RESEARCH = Ground("research", ("1050/2018 31", "GDPR 89(2)"))
_OTHER_ACT = Ground("other_act", ("GDPR 23(1)",), other_law=True)
"""What no table can list: another Act limits the right. Which one, and why it does here, the person writes."""

GROUNDS: Mapping[RequestKind, tuple[Ground, ...]] = MappingProxyType(
    {
        RequestKind.ACCESS: (
            # It limits the copy alone: the confirmation, the information and the rest of it are owed (recital 63).
            Ground("others_rights", ("GDPR 15(4)",), in_part_only=True),
            Ground(NATIONAL_LIMIT, (DATA_PROTECTION_ACT_34,)),
            _JOURNALISM,
            _RESEARCH,
            _OTHER_ACT,
            _EXCESSIVE,
        ),
        RequestKind.RECTIFICATION: (
            Ground("data_accurate", ("GDPR 16",)),
            Ground("recorded_assessment", ("GDPR 16",)),
            Ground("true_at_its_time", ("GDPR 16",)),
            _JOURNALISM,
            _RESEARCH,
            _OTHER_ACT,
            _EXCESSIVE,
        ),
        RequestKind.ERASURE: (
            Ground("accounting_law", (ACCOUNTING_ACT, "GDPR 17(3)(b)"), Ends.ON_A_DATE),
            Ground("open_invoice", ("GDPR 17(1)(a)", "GDPR 17(3)(e)"), Ends.WITH_AN_EVENT),
            Ground("contract_needed", ("GDPR 17(1)(a)", "GDPR 6(1)(b)"), Ends.WITH_AN_EVENT),
            Ground(STILL_NEEDED, ("GDPR 17(1)(a)",), Ends.WITH_AN_EVENT),
            Ground("legal_claim", ("GDPR 17(3)(e)",), Ends.WITH_AN_EVENT),
            Ground("legal_obligation", ("GDPR 17(3)(b)",), Ends.WITH_AN_EVENT, other_law=True),
            Ground("freedom_of_expression", ("GDPR 17(3)(a)",)),
            Ground("public_health", ("GDPR 17(3)(c)",)),
            Ground("research", ("GDPR 17(3)(d)",)),
            _EXCESSIVE,
        ),
        RequestKind.RESTRICTION: (
            Ground("no_restriction_ground", ("GDPR 18(1)",)),
            _JOURNALISM,
            _RESEARCH,
            _OTHER_ACT,
            _EXCESSIVE,
        ),
        RequestKind.PORTABILITY: (
            Ground("wrong_basis", ("GDPR 20(1)(a)",)),
            Ground("not_provided", ("GDPR 20(1)",)),
            Ground("not_automated", ("GDPR 20(1)(b)",)),
            Ground("others_rights", ("GDPR 20(4)",), in_part_only=True),
            _JOURNALISM,
            _OTHER_ACT,
            _EXCESSIVE,
        ),
        RequestKind.OBJECTION: (
            Ground("compelling_grounds", ("GDPR 21(1)",)),
            Ground("legal_claim", ("GDPR 21(1)",), Ends.WITH_AN_EVENT),
            Ground("wrong_basis", ("GDPR 21(1)",)),
            _JOURNALISM,
            _RESEARCH,
            _OTHER_ACT,
            _EXCESSIVE,
        ),
        RequestKind.MARKETING_OBJECTION: (),
        # Article 12(5) does not reach article 7(3): a withdrawal is never excessive.
        RequestKind.CONSENT_WITHDRAWAL: (Ground("wrong_basis", ("GDPR 7(3)",)),),
        RequestKind.AUTOMATED_DECISION: (
            Ground("human_decided", ("GDPR 22(1)",)),
            Ground("no_significant_effect", ("GDPR 22(1)",)),
            # What a contract or consent allows leaves the right to a human's part in it: that is never refused (22(3)).
            Ground("needed_for_contract", ("GDPR 22(2)(a)",), safeguards=True),
            Ground("explicit_consent", ("GDPR 22(2)(c)",), safeguards=True),
            Ground("allowed_by_law", ("GDPR 22(2)(b)",), other_law=True, safeguards=True),
            _EXCESSIVE,
        ),
    }
)


LIMITS: Mapping[str, str] = MappingProxyType(
    {"security": "1050/2018 34(1)(1)", "danger": "1050/2018 34(1)(2)", "supervision": "1050/2018 34(1)(3)"}
)
"""The only limits of access in the Data Protection Act, each with its provision."""

FEE_GROUNDS: Mapping[str, str] = MappingProxyType(
    {"unfounded": "GDPR 12(5)", "excessive": "GDPR 12(5)", "further_copy": "GDPR 15(3)"}
)
"""The only grounds for a fee, each with its provision. The burden of proof is the controller's."""


def carrying(kind: RequestKind, outcome: Outcome) -> tuple[Ground, ...]:
    """The grounds on which this outcome of the right can stand."""
    return tuple(one for one in GROUNDS[kind] if outcome is not Outcome.REFUSED or not one.in_part_only)


def ground(kind: RequestKind, code: str) -> Ground | None:
    """The ground of that code for that right, or None where the law gives none."""
    return next((ground for ground in GROUNDS[kind] if ground.code == code), None)
