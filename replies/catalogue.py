"""Which answer exists for which right, and the facts without which it may not be written.

Owns the facts of each letter, an answer's among them. Refuses to render, and to fill a gap: a fact that is not there is
named, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from replies import facts
from replies.answers import DOUBT, answer
from replies.choices import EXTENSION_IN, EXTENSION_REASONS, ROLES
from replies.facts import Fact
from replies.grounds import FEE_GROUNDS
from replies.pairs import outcomes_for
from state.model import Letter, Outcome, RequestKind, answer_is_silent

LATE_REASON = facts.text("late_reason", "GDPR 12(3)")
"""Why an answer is late. Nobody but the person knows it, so that no proposal ever says it."""
DATA_SUBJECT = facts.text("data_subject", "GDPR 5(1)(a), 12(1)")
"""Whose data it is, where somebody else asks for it: a child's, a principal's."""
ONCE = (LATE_REASON, DATA_SUBJECT)
"""What an answer tells once, in one of its parts, where it owes it at all."""
# An answer gives its reason in its parts, what tells of lateness always, the others are about no deadline.
_NEVER_LATE = frozenset(
    {Letter.OUTCOME, Letter.LATE_NOTICE, Letter.LATE_DELIVERY}
    | {Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED, Letter.NOT_A_REQUEST}
)

_LETTER_FACTS: Mapping[Letter, tuple[Fact, ...]] = MappingProxyType(
    {
        Letter.ACKNOWLEDGEMENT: (facts.day("answer_by", "GDPR 12(3)", required=False),),
        Letter.IDENTITY_QUESTION: (
            replace(DOUBT, computed=True),
            facts.day("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.IDENTITY_CODE: (Fact("code", source="GDPR 12(6)", computed=True), replace(DOUBT, computed=True)),
        Letter.AUTHORITY_QUESTION: (
            facts.choice("role", "our choice", *ROLES),
            facts.day("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.MARKETING_STOPPED: (
            facts.day("done_on", "GDPR 21(3)", required=False),
            facts.text("channels", "GDPR 21(3)", required=False),
            facts.day("pipeline_until", "GDPR 21(3)", required=False),
        ),
        Letter.MORE_INFORMATION: (
            facts.text("question", "GDPR recital 63"),
            facts.text("given_already", "GDPR recital 63", required=False),
            facts.day("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.EXTENSION: (
            replace(facts.day("new_promise", "GDPR 12(3)"), computed=True),
            facts.choice("extension_reason", "GDPR 12(3)", *EXTENSION_REASONS),
            facts.when(facts.choice("extension_in", "GDPR 12(3)", *EXTENSION_IN), "extension_reason", "complexity"),
            facts.text("extension_explained", "GDPR 12(3)"),
            facts.text("given_already", "GDPR 12(3)", required=False),
        ),
        Letter.FEE: (
            facts.on_grounds("fee_ground", "GDPR 12(5), 15(3)", FEE_GROUNDS),
            facts.when(facts.day("copy_given_on", "GDPR 15(3)"), "fee_ground", "further_copy"),
            facts.when(facts.choice("same_copy", "GDPR 15(3)", "so"), "fee_ground", "further_copy"),
            facts.text("fee_explained", "GDPR 12(5)"),
            facts.text("fee_amount", "GDPR 12(5)"),
            facts.text("fee_basis", "GDPR 12(5)"),
            facts.choice("not_begun", "GDPR 12(5); EDPB Guidelines 01/2022, 31, 194", "so"),
            facts.day("reply_by", "our choice", required=False),
            facts.day("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.LATE_NOTICE: (
            LATE_REASON,
            facts.day("answer_by", "GDPR 12(3)"),
        ),
        Letter.LATE_DELIVERY: (
            replace(facts.day("delivered_on", "GDPR 12(3)"), computed=True),
            LATE_REASON,
        ),
        Letter.FOLLOW_UP: (
            facts.day("followed_on", "GDPR 12(1)"),
            facts.text("concern", "GDPR 12(1)"),
            facts.text("finding", "GDPR 12(1)"),
            facts.choice("result", "GDPR 12(1)", "stands", "mended"),
            facts.when(facts.text("remedied", "GDPR 12(1)"), "result", "mended"),
            facts.when(facts.day("remedied_on", "GDPR 12(1)"), "result", "mended"),
        ),
        Letter.RESTRICTION_LIFTED: (
            facts.text("restricted", "GDPR 18(1)"),
            facts.day("lifted_on", "GDPR 18(3)"),
            facts.text("lifted_why", "GDPR 18(3)"),
        ),
        Letter.NOT_A_REQUEST: (
            facts.text("concern", "GDPR 12(2)"),
            facts.text("passed_to", "our choice", required=False),
            facts.text("reply", "our choice", required=False),
        ),
    }
)


def tells_of_data(kind: RequestKind, outcome: Outcome) -> bool:
    """Whether the answer says anything of what is or is not held, so that its reader must be identified first."""
    return not answer_is_silent(kind, outcome)


def owed(fact: Fact, answers: Iterable[tuple[RequestKind, Outcome | None]]) -> bool:
    """Whether an answer with these outcomes owes a fact of `ONCE`: whose data it is, only where it tells of some."""
    told = any(outcome and tells_of_data(kind, outcome) for kind, outcome in answers)
    return told or fact != DATA_SUBJECT


def facts_needed(kind: RequestKind, outcome: Outcome, once: tuple[Fact, ...] = ()) -> tuple[Fact, ...]:
    """The facts of one part of an outcome letter, in the order a form asks them; none for a pair that is not. `once`:
    those of `ONCE` that this answer owes, which one of its parts tells.
    """
    if outcome not in outcomes_for(kind):
        return ()
    return (*answer(kind, outcome), *once)


def letter_facts(letter: Letter, *, late: bool = True) -> tuple[Fact, ...]:
    """The facts of a letter as a whole: `DraftContext.facts`, `question`, `new_promise` and `extension_*`. Before the
    promised day has passed (`late` False) nobody is asked for a cause.
    """
    may = late and letter not in _NEVER_LATE
    return (*_LETTER_FACTS.get(letter, ()), *((replace(LATE_REASON, required=False),) if may else ()))
