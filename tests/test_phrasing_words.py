"""The names of things: every member of every closed vocabulary has one, in English and in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from inbox_agent import texts
from inbox_agent.phrasing import acts, days, deadlines, facts, mails, provisions, words
from inbox_agent.rules.calendar_fi import Eve, Holiday
from inbox_agent.rules.deadlines import Provision, Urgency
from inbox_agent.rules.duties import SOURCES
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.notice import linter
from replies import catalogue, wording
from replies.pairs import UNFIT
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    IdentityLevel,
    Letter,
    MessageKind,
    MessageStatus,
    Outcome,
    Reason,
    RequestKind,
    RequestStatus,
    Verdict,
)

VOCABULARIES: list[tuple[Callable[[Any], str], type[StrEnum]]] = [
    (words.kind, RequestKind),
    (mails.verdict, Verdict),
    (mails.message_kind, MessageKind),
    (mails.message_status, MessageStatus),
    (mails.reason, Reason),
    (words.case_status, CaseStatus),
    (words.request_status, RequestStatus),
    (words.outcome, Outcome),
    (words.letter, Letter),
    (words.draft_status, DraftStatus),
    (words.identity_level, IdentityLevel),
    (words.urgency, Urgency),
    (words.extension_reason, ExtensionReason),
    (acts.act, Act),
    (words.duty, DutyKind),
    (words.duty_status, DutyStatus),
    (days.holiday, Holiday),
    (days.holiday, Eve),
    (deadlines.provision, Provision),
]


@pytest.mark.parametrize(("name", "vocabulary"), VOCABULARIES, ids=lambda each: getattr(each, "__name__", None))
def test_every_member_has_a_name_of_its_own(name: Callable[[Any], str], vocabulary: type[StrEnum]) -> None:
    names = [name(member) for member in vocabulary]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(3, "3 days left"), (1, "1 day left"), (0, "due today"), (-1, "1 day late"), (-2, "2 days late")],
)
def test_days_left_are_words(left: int, expected: str) -> None:
    assert words.days_left(left) == expected


def test_types_are_a_list_of_names() -> None:
    assert words.types(["access", "follow_up"]) == "access to data, follow-up"
    assert words.types([]) == ""


def test_a_letter_of_the_authority_exercises_no_right() -> None:
    """Until a person says that it does: its right is the clock's."""
    kinds, flags = (RequestKind.ACCESS,), (FROM_AUTHORITY,)
    assert words.matter(kinds, flags, CaseStatus.CANDIDATE) == "letter of the authority"
    assert words.matter(kinds, flags, CaseStatus.OPEN) == "access to data"
    assert words.matter(kinds, (), CaseStatus.CANDIDATE) == "access to data"


@pytest.mark.parametrize("sign", list(Sign))
def test_every_sign_that_is_a_flag_of_the_mail_has_words(sign: Sign) -> None:
    assert mails.flag(sign) != sign.replace("_", " ")


def test_a_code_that_nobody_named_is_shown_spelled_out() -> None:
    assert mails.flag("something_new") == "something new"
    assert words.types(["something_new"]) == "something new"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_a_remark_stands_on_is_told_in_the_interface_s_language(language: str) -> None:
    """No English name of an Act, a court or a recital beside a Finnish or Swedish remark."""
    texts.use(language)
    told = {facts.source(rule.source) for rule in (*wording.forbidden("fi"), *wording.required("fi").values())}
    assert not [said for said in told if re.search(r"\b(?:Act|section|recital|Court|Regulation|choice)", said)]


CITED = [
    ("GDPR 12(3)", "12 artiklan 3 kohta", "artikel 12.3", "Article 12(3)"),
    (
        "GDPR 12(5)-(6), 15(1)(h)",
        "12 artiklan 5–6 kohta, 15 artiklan 1 kohdan h alakohta",
        "artikel 12.5–6, artikel 15.1 h",
        "Article 12(5)–(6), Article 15(1)(h)",
    ),
    ("GDPR recital 63", "johdanto-osan 63 kappale", "skäl 63", "recital 63"),
    ("GDPR 13(1)(f), 44-49", "13 artiklan 1 kohdan f alakohta, 44–49 artikla", "artikel 13.1 f, artikel 44–49", ""),
    ("1050/2018, 18", "tietosuojalain (1050/2018) 18\u00a0§", "18\u00a0§ i dataskyddslagen (1050/2018)", ""),
    ("GDPR 12(2), 24; TSV Otavamedia", "12 artiklan 2 kohta, 24 artikla; TSV Otavamedia", "", ""),
]


@pytest.mark.parametrize(("source", "fi", "sv", "en"), CITED)
def test_forms_and_screens_cite_the_law_in_their_own_language(source: str, fi: str, sv: str, en: str) -> None:
    for language, said in (("fi", fi), ("sv", sv), ("en", en)):
        texts.use(language)
        assert not said or provisions.source(source) == said


def test_no_source_is_left_in_the_notation_of_the_program() -> None:
    asked = [catalogue.facts_needed(kind, outcome, catalogue.ONCE) for kind in RequestKind for outcome in Outcome]
    asked += map(catalogue.letter_facts, Letter)
    named = {source for facts_ in asked for fact in facts_ for source in (fact.source, *fact.grounds)}
    named |= set(SOURCES.values()) | {gap.source for gap in UNFIT.values()}
    named |= {rule.source for rule in wording.required("fi").values()}
    named |= {rule.source for rule in wording.forbidden("fi")} | {rule.source for rule in linter.rules().values()}
    texts.use("fi")
    assert [source for source in named if "GDPR" in provisions.source(source)] == []
