"""Which answer exists for which right, and the facts without which it may not be written.

Owns the pairs of right and outcome and, for each, the closed list of facts (GDPR 12(3)-(4), 15(1), 17-19 say which).
Refuses to render, and to fill a gap: a fact that is not there is named, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from replies import filters
from replies.grounds import FEE_GROUNDS, GROUNDS, Ends, carrying
from replies.pairs import outcomes_for
from state.model import ExtensionReason, Letter, Outcome, RequestKind, answer_is_silent

LANGUAGES = ("fi", "sv", "en")
SUBJECT_WORDS: Mapping[str, str] = MappingProxyType({"fi": "Asia", "sv": "Ärende", "en": "Case"})
"""The one word that stands before the case number in a subject line."""

EXTENSION_REASONS = tuple(str(reason) for reason in ExtensionReason)
"""The only reasons for which the time to answer may be extended (GDPR 12(3))."""


EXTENSION_IN = ("amount", "scattered", "others", "unreadable")
"""In what the complexity of a request consists (EDPB Guidelines 01/2022, 163): how much it covers, where that is kept,
what of it belongs to others, what must be made of it before anybody understands it.
"""

SCOPES = ("all", "certain", "information", "recipients")
"""What of access somebody asked for: everything with a copy, a copy of certain data, the information alone, or who has
got the data.
"""
COPIED = frozenset({"all", "certain"})
"""The scopes in which a copy is given."""
_INFORMED = ("all", "information")

ROLES = (
    "lawyer",
    "guardian",
    "custodian",
    "spouse",
    "relative",
    "agent",
    "portal",
    "works_council",
    "third_person",
    "deceased",
)
"""For whom somebody writes, as a question about their authority tells them apart."""

DOUBTS = (
    "address_not_enough",
    "failed_authentication",
    "unproven_sender",
    "passed_on",
    "web_form",
    "suspicious_sender",
    "answer_elsewhere",
    "another_person",
    "several_readers",
    "takeover",
    "unproven_writer",
)
"""The reasons to doubt who asks that a letter may tell: all from what reached us, none from any register."""


class FactKind(StrEnum):
    """What a value is: a person's own words, an ISO date, or one of `Fact.choices`."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a letter says. `source`: the provision that wants it said, or "our choice".

    `only_if` names another fact and the values of it under which this one is asked at all. `computed`: no form asks
    it, because it follows from the others by law, or from what is on record. `grounds`: the provisions of the choices,
    one each, if they have any. `withheld_if`: like `only_if`, where it may be left unsaid though it is required.
    """

    name: str
    required: bool = True
    kind: FactKind = FactKind.TEXT
    choices: tuple[str, ...] = ()
    source: str = ""
    only_if: tuple[str, frozenset[str]] | None = None
    computed: bool = False
    grounds: tuple[str, ...] = ()
    withheld_if: tuple[str, frozenset[str]] | None = None

    def needed(self, facts: Mapping[str, str]) -> bool:
        """Whether it must be said, given the other facts."""
        withheld = self.withheld_if is not None and facts.get(self.withheld_if[0], "") in self.withheld_if[1]
        return self.required and self.applies(facts) and not withheld

    def applies(self, facts: Mapping[str, str]) -> bool:
        """Whether it is asked, given the other facts."""
        return self.only_if is None or facts.get(self.only_if[0], "") in self.only_if[1]

    def read(self, facts: Mapping[str, str]) -> str | date | None:
        """Its value; None where it says nothing, is no ISO date, or is not one of the choices."""
        given = filters.plain(facts.get(self.name, "")).strip()
        if self.kind is FactKind.DATE:
            return _iso(given)
        if self.kind is FactKind.CHOICE and given not in self.choices:
            return None
        return given if filters.phrase(given) else None


def tells_of_data(kind: RequestKind, outcome: Outcome) -> bool:
    """Whether the answer says anything of what is or is not held, so that its reader must be identified first."""
    return not answer_is_silent(kind, outcome)


def access_scope(facts: Mapping[str, str]) -> str:
    """What of access an answer gives: one of `SCOPES`, everything unless somebody narrowed it (GDPR 15(1), 15(3))."""
    said = facts.get("scope", "")
    return said if said in SCOPES else "all"


def facts_needed(kind: RequestKind, outcome: Outcome, *, late: bool = False) -> tuple[Fact, ...]:
    """The facts of one part of an outcome letter, in the order a form asks them; none for a pair that is not. A late
    answer owes its cause too, which one of its parts tells.
    """
    if outcome not in outcomes_for(kind):
        return ()
    return (*_of(kind, outcome), *((LATE_REASON,) if late else ()))


def letter_facts(letter: Letter, *, late: bool = True) -> tuple[Fact, ...]:
    """The facts of a letter as a whole: `DraftContext.facts`, `question`, `new_promise` and `extension_*`. Before the
    promised day has passed (`late` False) nobody is asked for a cause.
    """
    may = late and letter not in _NEVER_LATE
    return (*_LETTER_FACTS.get(letter, ()), *((replace(LATE_REASON, required=False),) if may else ()))


def missing(facts: Iterable[Fact], given: Mapping[str, str]) -> tuple[str, ...]:
    """The required facts that are not there or not usable."""
    return tuple(fact.name for fact in facts if fact.needed(given) and fact.read(given) is None)


def settled(facts: Iterable[Fact], given: Mapping[str, str]) -> dict[str, str | date]:
    """The usable facts, dates as dates. What the catalogue does not know is left out."""
    values = ((fact.name, fact.read(given)) for fact in facts if fact.applies(given))
    return {name: value for name, value in values if value is not None}


def _iso(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _text(name: str, source: str, required: bool = True) -> Fact:
    return Fact(name, required, source=source)


def _date(name: str, source: str, required: bool = True) -> Fact:
    return Fact(name, required, FactKind.DATE, source=source)


def _choice(name: str, source: str, *choices: str) -> Fact:
    return Fact(name, True, FactKind.CHOICE, choices, source)


def _on_grounds(name: str, source: str, provisions: Mapping[str, str]) -> Fact:
    """A choice among grounds, each with its provision."""
    return replace(_choice(name, source, *provisions), grounds=tuple(provisions.values()))


def _when(fact: Fact, other: str, *values: str) -> Fact:
    return replace(fact, only_if=(other, frozenset(values)))


def _in_scope(fact: Fact, *scopes: str) -> Fact:
    """Asked where access is answered in one of these scopes; where nobody has said which, in full."""
    return _when(fact, "scope", *scopes, *(("",) if "all" in scopes else ()))


LATE_REASON = _text("late_reason", "GDPR 12(3)")
"""Why an answer is late. Nobody but the person knows it, so that no proposal ever says it."""
# An answer gives its reason in its parts, a notice of lateness always, the others are about no deadline.
_NEVER_LATE = frozenset(
    {Letter.OUTCOME, Letter.LATE_NOTICE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED, Letter.NOT_A_REQUEST}
)
_DOUBT = replace(_choice("doubt", "GDPR 12(6)", *DOUBTS), required=False)
_DONE_ON = _date("done_on", "GDPR 12(3)")
_TRACE_UNTIL = _date("trace_until", "GDPR 5(1)(e), 5(2)")
_AFTERWARDS = _text("afterwards", "GDPR 17(1)", required=False)

_WAYS = ("attached", "protected_file", "secure_mail", "secure_link", "account", "registered_letter", "pick_up")
_LINK_UNTIL = _when(_date("available_until", "our choice"), "delivery", "secure_link")

_NOTIFIED = (
    _choice("notified", "GDPR 19", "told", "to_be_told", "no_recipients", "not_possible"),
    _when(_text("notified_named", "GDPR 19", required=False), "notified", "told", "to_be_told"),
    _when(_text("not_notified_why", "GDPR 19"), "notified", "not_possible"),
)

_GRANTED: Mapping[RequestKind, tuple[Fact, ...]] = MappingProxyType(
    {
        RequestKind.ACCESS: (
            replace(_choice("scope", "GDPR 15(1), 15(3)", *SCOPES), required=False),
            _in_scope(_choice("delivery", "GDPR 15(3), 32", *_WAYS), *sorted(COPIED)),
            _in_scope(_text("asked_data", "GDPR 15(3)"), "certain"),
            _LINK_UNTIL,
            _in_scope(_text("purposes", "GDPR 15(1)(a)"), *_INFORMED),
            _in_scope(_text("categories", "GDPR 15(1)(b)"), *_INFORMED),
            _in_scope(_text("recipients", "GDPR 15(1)(c)"), *_INFORMED, "recipients"),
            _in_scope(_text("retention", "GDPR 15(1)(d)"), *_INFORMED),
            _in_scope(_text("sources", "GDPR 15(1)(g)"), *_INFORMED),
            _in_scope(_choice("automated_decisions", "GDPR 15(1)(h)", "none", "made"), *_INFORMED),
            _when(_text("automated_explained", "GDPR 15(1)(h)"), "automated_decisions", "made"),
            _in_scope(_choice("transfers", "GDPR 15(2)", "none", "made"), *_INFORMED),
            _when(_text("transfers_explained", "GDPR 15(2)"), "transfers", "made"),
            _in_scope(_text("codes", "GDPR 12(1)", required=False), "all"),
        ),
        RequestKind.RECTIFICATION: (_text("corrected", "GDPR 16"), _DONE_ON, *_NOTIFIED),
        RequestKind.ERASURE: (
            _text("erased", "GDPR 17(1)"),
            _text("erased_from", "GDPR 17(1), 28(3)"),
            _DONE_ON,
            _choice("backups", "GDPR 17(1)", "none", "overwritten"),
            _when(_date("backups_until", "GDPR 17(1)"), "backups", "overwritten"),
            _TRACE_UNTIL,
            _choice("suppression", "GDPR 21(3)", "none", "kept"),
            replace(_choice("published", "GDPR 17(2)", "no", "told", "to_be_told"), required=False),
            *_NOTIFIED,
        ),
        RequestKind.RESTRICTION: (
            _text("restricted", "GDPR 18(1)"),
            _DONE_ON,
            _date("review_on", "GDPR 18(3)", required=False),
            *_NOTIFIED,
        ),
        RequestKind.PORTABILITY: (
            _choice("delivery", "GDPR 20(1)-(2), 32", *_WAYS, "direct_transfer"),
            _LINK_UNTIL,
            _when(_text("transferred_to", "GDPR 20(2)"), "delivery", "direct_transfer"),
            _when(_DONE_ON, "delivery", "direct_transfer"),
            _choice("file_format", "GDPR 20(1)", "CSV", "JSON", "XML"),
            _text("contents", "GDPR 20(1)"),
        ),
        RequestKind.OBJECTION: (_text("stopped", "GDPR 21(1)"), _DONE_ON, _AFTERWARDS),
        RequestKind.MARKETING_OBJECTION: (
            _DONE_ON,
            _text("channels", "GDPR 21(3)"),
            _date("pipeline_until", "GDPR 21(3)", required=False),
        ),
        RequestKind.CONSENT_WITHDRAWAL: (_text("stopped", "GDPR 7(3)"), _DONE_ON, _AFTERWARDS),
        RequestKind.AUTOMATED_DECISION: (
            _text("decision", "GDPR 22(3)"),
            _text("reviewer", "GDPR 22(3)"),
            _DONE_ON,
            _choice("reviewed", "GDPR 22(3)", "changed", "upheld"),
            _text("result", "GDPR 22(3)"),
            _text("logic", "GDPR 15(1)(h)"),
        ),
    }
)

_NO_DATA: Mapping[RequestKind, tuple[Fact, ...]] = MappingProxyType(
    {
        RequestKind.MARKETING_OBJECTION: (_text("searched", "GDPR 12(3)"), _DONE_ON),
        RequestKind.AUTOMATED_DECISION: (_text("searched", "GDPR 15(1)(h)"),),
    }
)
_NOTHING_FOUND = (
    _text("searched", "GDPR 12(3)"),
    _text("identifiers", "GDPR 12(3)"),
    _date("erased_earlier", "GDPR 12(3)", required=False),
    _TRACE_UNTIL,
)

_SAME_FOR_EVERY_RIGHT: Mapping[Outcome, tuple[Fact, ...]] = MappingProxyType(
    {
        Outcome.NOT_IDENTIFIED: (
            _date("asked_on", "GDPR 12(6)"),
            _DOUBT,
            _date("open_until", "our choice", required=False),
        ),
        Outcome.ART11: (_text("why", "GDPR 11(2)"), _text("extra_data", "GDPR 11(2)")),
        Outcome.FORWARDED: (_text("forwarded_to", "GDPR 28(3)(e)", required=False), _DONE_ON),
    }
)

_LETTER_FACTS: Mapping[Letter, tuple[Fact, ...]] = MappingProxyType(
    {
        Letter.ACKNOWLEDGEMENT: (_date("answer_by", "GDPR 12(3)", required=False),),
        Letter.IDENTITY_QUESTION: (
            replace(_DOUBT, computed=True),
            _date("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.IDENTITY_CODE: (Fact("code", source="GDPR 12(6)", computed=True), replace(_DOUBT, computed=True)),
        Letter.AUTHORITY_QUESTION: (
            _choice("role", "our choice", *ROLES),
            _date("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.MARKETING_STOPPED: (
            _date("done_on", "GDPR 21(3)", required=False),
            _text("channels", "GDPR 21(3)", required=False),
            _date("pipeline_until", "GDPR 21(3)", required=False),
        ),
        Letter.MORE_INFORMATION: (
            _text("question", "GDPR recital 63"),
            _text("given_already", "GDPR recital 63", required=False),
            _date("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.EXTENSION: (
            replace(_date("new_promise", "GDPR 12(3)"), computed=True),
            _choice("extension_reason", "GDPR 12(3)", *EXTENSION_REASONS),
            _when(_choice("extension_in", "GDPR 12(3)", *EXTENSION_IN), "extension_reason", "complexity"),
            _text("extension_explained", "GDPR 12(3)"),
            _text("given_already", "GDPR 12(3)", required=False),
        ),
        Letter.FEE: (
            _on_grounds("fee_ground", "GDPR 12(5), 15(3)", FEE_GROUNDS),
            _when(_date("copy_given_on", "GDPR 15(3)"), "fee_ground", "further_copy"),
            _when(_choice("same_copy", "GDPR 15(3)", "so"), "fee_ground", "further_copy"),
            _text("fee_explained", "GDPR 12(5)"),
            _text("fee_amount", "GDPR 12(5)"),
            _text("fee_basis", "GDPR 12(5)"),
            _choice("not_begun", "GDPR 12(5); EDPB Guidelines 01/2022, 31, 194", "so"),
            _date("reply_by", "our choice", required=False),
            _date("answer_by", "GDPR 12(3)", required=False),
        ),
        Letter.LATE_NOTICE: (
            LATE_REASON,
            _date("answer_by", "GDPR 12(3)"),
        ),
        Letter.FOLLOW_UP: (
            _date("followed_on", "GDPR 12(1)"),
            _text("concern", "GDPR 12(1)"),
            _text("finding", "GDPR 12(1)"),
            _choice("result", "GDPR 12(1)", "stands", "mended"),
            _when(_text("remedied", "GDPR 12(1)"), "result", "mended"),
            _when(_date("remedied_on", "GDPR 12(1)"), "result", "mended"),
        ),
        Letter.RESTRICTION_LIFTED: (
            _text("restricted", "GDPR 18(1)"),
            _date("lifted_on", "GDPR 18(3)"),
            _text("lifted_why", "GDPR 18(3)"),
        ),
        Letter.NOT_A_REQUEST: (
            _text("concern", "GDPR 12(2)"),
            _text("passed_to", "our choice", required=False),
            _text("reply", "our choice", required=False),
        ),
    }
)


def _of(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    if outcome is Outcome.GRANTED:
        return _GRANTED[kind]
    if outcome is Outcome.PARTLY:
        return (*_GRANTED[kind], *_refusal(kind, outcome))
    if outcome is Outcome.REFUSED:
        return _refusal(kind, outcome)
    if outcome is Outcome.NO_DATA:
        return _NO_DATA.get(kind, _NOTHING_FOUND)
    return _SAME_FOR_EVERY_RIGHT[outcome]


def _refusal(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    """What a refusal owes: what stays undone, on which ground, why in this case, until when (GDPR 12(4))."""
    return (
        *_undone(kind, outcome),
        _on_grounds(
            "ground", "GDPR 12(4)", {ground.code: ", ".join(ground.provisions) for ground in carrying(kind, outcome)}
        ),
        # The reasons are told unless telling would defeat the purpose of the limit (Data Protection Act, 34 §).
        replace(_text("explained", "GDPR 12(4)"), withheld_if=("ground", frozenset({"national_limit"}))),
        *_conditional(kind, outcome),
    )


def _undone(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    if kind is RequestKind.ERASURE:
        return (_text("kept", "GDPR 12(4)"),)
    return (_text("left_out", "GDPR 12(4)"),) if outcome is Outcome.PARTLY else ()


def _conditional(kind: RequestKind, outcome: Outcome) -> Iterable[Fact]:
    """What only some grounds want said; a right whose grounds never want it has no such fact.

    The Accounting Act keeps vouchers and books, so that it refuses the whole only where nothing else is held.
    """
    grounds = GROUNDS[kind]
    dated = [ground.code for ground in grounds if ground.ends is Ends.ON_A_DATE]
    wanted = {
        _choice("material", "1336/1997, 2:10", "vouchers", "books"): dated,
        _date("newest_on", "1336/1997, 2:10"): dated,
        _date("oldest_on", "1336/1997, 2:10", required=False): dated,
        _text("financial_year_end", "1336/1997, 2:10"): dated,
        replace(_date("kept_until", "GDPR 12(4)"), computed=True): dated,
        replace(_date("oldest_until", "GDPR 12(4)", required=False), computed=True): dated,
        _choice("nothing_else", "1336/1997, 2:10", "so"): dated if outcome is Outcome.REFUSED else [],
        _text("until_event", "GDPR 12(4)"): [ground.code for ground in grounds if ground.ends is Ends.WITH_AN_EVENT],
        _text("other_law", "GDPR 12(4)"): [ground.code for ground in grounds if ground.other_law],
        _text("safeguards", "GDPR 22(2)-(3)"): [ground.code for ground in grounds if ground.safeguards],
    }
    return (_when(fact, "ground", *codes) for fact, codes in wanted.items() if codes)
