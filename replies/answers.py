"""What the answer to each right says, by how that ends: the closed lists of an outcome letter's facts.

Owns the facts of what is given, done, not found or passed on (GDPR 12(3), 15(1), 16-22). Those of what is refused are
`replies.refusals`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from replies import facts
from replies.choices import COPIED, DOUBTS, SCOPES
from replies.facts import Fact
from replies.refusals import refusal
from state.model import Outcome, RequestKind

_INFORMED = ("all", "information")
DOUBT = replace(facts.choice("doubt", "GDPR 12(6)", *DOUBTS), required=False)
_DONE_ON = facts.day("done_on", "GDPR 12(3)")
_TRACE_UNTIL = facts.day("trace_until", "GDPR 5(1)(e), 5(2)")
_AFTERWARDS = facts.text("afterwards", "GDPR 17(1)", required=False)


def _in_scope(fact: Fact, *scopes: str) -> Fact:
    """Asked where access is answered in one of these scopes; where nobody has said which, in full."""
    return facts.when(fact, "scope", *scopes, *(("",) if "all" in scopes else ()))


_WAYS = ("protected_file", "secure_mail", "secure_link", "account", "registered_letter", "pick_up")
_UNPROTECTED = "attached"  # the last resort: a person answers for it (GDPR 32)
_LINK_UNTIL = facts.when(facts.day("available_until", "our choice"), "delivery", "secure_link")

_NOTIFIED = (
    facts.choice("notified", "GDPR 19", "told", "to_be_told", "no_recipients", "not_possible"),
    facts.when(facts.text("notified_named", "GDPR 19", required=False), "notified", "told", "to_be_told"),
    facts.when(facts.text("not_notified_why", "GDPR 19"), "notified", "not_possible"),
)

_GRANTED: Mapping[RequestKind, tuple[Fact, ...]] = MappingProxyType(
    {
        RequestKind.ACCESS: (
            replace(facts.choice("scope", "GDPR 15(1), 15(3)", *SCOPES), required=False),
            _in_scope(facts.choice("delivery", "GDPR 15(3), 32", *_WAYS, _UNPROTECTED), *sorted(COPIED)),
            _in_scope(facts.text("asked_data", "GDPR 15(3)"), "certain"),
            _LINK_UNTIL,
            _in_scope(facts.text("purposes", "GDPR 15(1)(a)"), *_INFORMED),
            _in_scope(facts.text("categories", "GDPR 15(1)(b)"), *_INFORMED),
            _in_scope(facts.text("recipients", "GDPR 15(1)(c)"), *_INFORMED, "recipients"),
            _in_scope(facts.text("retention", "GDPR 15(1)(d)"), *_INFORMED),
            _in_scope(facts.text("sources", "GDPR 15(1)(g)"), *_INFORMED),
            _in_scope(facts.choice("automated_decisions", "GDPR 15(1)(h)", "none", "made"), *_INFORMED),
            facts.when(facts.text("automated_explained", "GDPR 15(1)(h)"), "automated_decisions", "made"),
            _in_scope(facts.choice("transfers", "GDPR 15(2)", "none", "made"), *_INFORMED),
            facts.when(facts.text("transfers_explained", "GDPR 15(2)"), "transfers", "made"),
            _in_scope(facts.text("codes", "GDPR 12(1)", required=False), "all"),
        ),
        RequestKind.RECTIFICATION: (facts.text("corrected", "GDPR 16"), _DONE_ON, *_NOTIFIED),
        RequestKind.ERASURE: (
            facts.text("erased", "GDPR 17(1)"),
            facts.text("erased_from", "GDPR 17(1), 28(3)"),
            replace(_DONE_ON, ahead=True),
            facts.choice("backups", "GDPR 17(1)", "none", "overwritten"),
            facts.when(facts.day("backups_until", "GDPR 17(1)"), "backups", "overwritten"),
            _TRACE_UNTIL,
            facts.choice("suppression", "GDPR 21(3)", "none", "kept"),
            replace(facts.choice("published", "GDPR 17(2)", "no", "told", "to_be_told"), required=False),
            *_NOTIFIED,
        ),
        RequestKind.RESTRICTION: (
            facts.text("restricted", "GDPR 18(1)"),
            _DONE_ON,
            facts.day("review_on", "GDPR 18(3)", required=False),
            *_NOTIFIED,
        ),
        RequestKind.PORTABILITY: (
            facts.choice("delivery", "GDPR 20(1)-(2), 32", *_WAYS, "direct_transfer", _UNPROTECTED),
            _LINK_UNTIL,
            facts.when(facts.text("transferred_to", "GDPR 20(2)"), "delivery", "direct_transfer"),
            facts.when(_DONE_ON, "delivery", "direct_transfer"),
            facts.choice("file_format", "GDPR 20(1)", "CSV", "JSON", "XML"),
            facts.text("contents", "GDPR 20(1)"),
        ),
        RequestKind.OBJECTION: (facts.text("stopped", "GDPR 21(1)"), _DONE_ON, _AFTERWARDS),
        RequestKind.MARKETING_OBJECTION: (
            _DONE_ON,
            facts.text("channels", "GDPR 21(3)"),
            facts.day("pipeline_until", "GDPR 21(3)", required=False),
        ),
        RequestKind.CONSENT_WITHDRAWAL: (facts.text("stopped", "GDPR 7(3)"), _DONE_ON, _AFTERWARDS),
        RequestKind.AUTOMATED_DECISION: (
            facts.text("decision", "GDPR 22(3)"),
            facts.text("reviewer", "GDPR 22(3)"),
            _DONE_ON,
            facts.choice("reviewed", "GDPR 22(3)", "changed", "upheld"),
            facts.text("result", "GDPR 22(3)"),
            facts.text("logic", "GDPR 15(1)(h)"),
        ),
    }
)

_NO_DATA: Mapping[RequestKind, tuple[Fact, ...]] = MappingProxyType(
    {
        RequestKind.MARKETING_OBJECTION: (facts.text("searched", "GDPR 12(3)"), _DONE_ON),
        RequestKind.AUTOMATED_DECISION: (facts.text("searched", "GDPR 15(1)(h)"),),
    }
)
_NOTHING_FOUND = (
    facts.text("searched", "GDPR 12(3)"),
    facts.text("identifiers", "GDPR 12(3)"),
    facts.day("erased_earlier", "GDPR 12(3)", required=False),
    _TRACE_UNTIL,
)

_SAME_FOR_EVERY_RIGHT: Mapping[Outcome, tuple[Fact, ...]] = MappingProxyType(
    {
        Outcome.NOT_IDENTIFIED: (
            facts.day("asked_on", "GDPR 12(6)"),
            DOUBT,
            facts.day("open_until", "our choice", required=False),
        ),
        Outcome.ART11: (facts.text("why", "GDPR 11(2)"), facts.text("extra_data", "GDPR 11(2)")),
        Outcome.FORWARDED: (
            facts.text("forwarded_to", "GDPR 28(3)(e)"),
            replace(facts.choice("receiver", "GDPR 12(1)", "named", "unnamed"), required=False),
            facts.when(facts.text("unnamed_why", "GDPR 5(2)"), "receiver", "unnamed"),
            facts.day("forwarded_on", "GDPR 28(3)(e)"),
        ),
    }
)


def answer(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    if outcome is Outcome.GRANTED:
        return _GRANTED[kind]
    if outcome is Outcome.PARTLY:
        return (*_GRANTED[kind], *refusal(kind, outcome))
    if outcome is Outcome.REFUSED:
        return refusal(kind, outcome)
    if outcome is Outcome.NO_DATA:
        return _NO_DATA.get(kind, _NOTHING_FOUND)
    return _SAME_FOR_EVERY_RIGHT[outcome]
