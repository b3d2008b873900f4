"""The names of things: every member of every closed vocabulary has one, in English and in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from inbox_agent import texts
from inbox_agent.phrasing import days, deadlines, facts, words
from inbox_agent.rules.calendar_fi import Eve, Holiday
from inbox_agent.rules.deadlines import Provision, Urgency
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.rules.levels import Sign
from replies import wording
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
    (words.verdict, Verdict),
    (words.message_kind, MessageKind),
    (words.message_status, MessageStatus),
    (words.reason, Reason),
    (words.case_status, CaseStatus),
    (words.request_status, RequestStatus),
    (words.outcome, Outcome),
    (words.letter, Letter),
    (words.draft_status, DraftStatus),
    (words.identity_level, IdentityLevel),
    (words.urgency, Urgency),
    (words.extension_reason, ExtensionReason),
    (words.act, Act),
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
    assert words.flag(sign) != sign.replace("_", " ")


def test_a_code_that_nobody_named_is_shown_spelled_out() -> None:
    assert words.flag("something_new") == "something new"
    assert words.types(["something_new"]) == "something new"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_a_remark_stands_on_is_told_in_the_interface_s_language(language: str) -> None:
    """No English name of an Act, a court or a recital beside a Finnish or Swedish remark."""
    texts.use(language)
    told = {facts.source(rule.source) for rule in (*wording.forbidden("fi"), *wording.required("fi").values())}
    assert not [said for said in told if re.search(r"\b(?:Act|section|recital|Court|Regulation|choice)", said)]
