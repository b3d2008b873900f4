"""Which letter a case wants and what it may say: above all nothing before its person is identified."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.profile import Form
from inbox_agent.rules import deadlines, letters
from replies.drafting import compose
from replies.linter import lint
from state.model import CaseStatus, IdentityLevel, Letter, NewCase, NewRequest, Party, RequestKind

PROFILE = specimen()
DAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
BAN, ACCESS = RequestKind.MARKETING_OBJECTION, RequestKind.ACCESS


@pytest.mark.parametrize(
    ("kinds", "identified", "letter"),
    [
        ((BAN,), True, Letter.MARKETING_STOPPED),
        ((BAN, ACCESS), False, Letter.IDENTITY_QUESTION),
    ],
)
def test_only_a_ban_is_answered_before_its_person_is_identified(
    kinds: tuple[RequestKind, ...], identified: bool, letter: Letter
) -> None:
    """A ban on marketing needs nobody's identity; access beside it does, before anything is told."""
    requests = tuple(NewRequest(kind, DAY, deadlines.compute(DAY).due) for kind in kinds)
    levels = (IdentityLevel.L0, letters.required_level(kinds, PROFILE))
    person = Party("Aino", "aino@posti.example")
    case = letters.preview(NewCase(CaseStatus.OPEN, person, "fi", NOW, DAY, *levels, (), requests))

    assert letters.first_letter_of(case, PROFILE) is letter
    assert letters.context(case, letter, PROFILE, DAY).identified is identified


@pytest.mark.parametrize(
    ("form", "says", "written"),
    [
        (Form.TE, True, "te"),
        (Form.SINA, True, "sina"),
        (Form.SINA, False, "te"),
        (Form.ALWAYS_SINA, False, "sina"),
    ],
)
def test_a_letter_says_sina_to_who_says_it(form: Form, says: bool, written: str) -> None:
    """Where the profile says "sina"; "te" and "always_sina" ask nobody."""
    profile = PROFILE.model_copy(update={"replies": PROFILE.replies.model_copy(update={"form": form})})
    requests = (NewRequest(ACCESS, DAY, deadlines.compute(DAY).due),)
    level, who = IdentityLevel.L2, Party("Pekka Laki", "pekka@posti.example")
    case = letters.preview(NewCase(CaseStatus.OPEN, who, "fi", NOW, DAY, level, level, (), requests))

    assert letters.context(case, Letter.ACKNOWLEDGEMENT, profile, DAY, says_sina=says).form == written


@pytest.mark.parametrize(("counting", "made"), [("sending", True), ("receipt", False)])
def test_a_letter_names_the_day_of_receipt_as_that_of_receipt(counting: str, made: bool) -> None:
    """Where a notice counts from the making, the day of making is said beside it, and the time still ends by it."""
    settings = PROFILE.deadlines.model_copy(update={"count_from": counting})
    profile = PROFILE.model_copy(update={"deadlines": settings})
    day = date(2026, 3, 2) if made else DAY
    requests = (NewRequest(ACCESS, day, deadlines.compute(day).due),)
    level, who = IdentityLevel.L2, Party("Aino Esimerkki", "aino@posti.example")
    new = NewCase(CaseStatus.OPEN, who, "fi", NOW, day, level, level, (), requests)
    context = letters.context(letters.preview(new), Letter.ACKNOWLEDGEMENT, profile, DAY)
    assert (context.received_on, context.counted_from) == (DAY, day if made else None)
    assert context.promise == deadlines.compute(day).due.promise
    body = compose(context).body
    assert "5.3.2026" in body
    assert ("Laskemme vastausajan 2.3.2026 alkaen." in body) is made


def test_a_letter_written_before_the_counting_changed_is_to_be_written_anew() -> None:
    """It confirms a receipt on the day of making, which is not true, though its last line may bear the right day."""
    settings = PROFILE.deadlines.model_copy(update={"count_from": "sending"})
    profile = PROFILE.model_copy(update={"deadlines": settings})
    made, level = date(2026, 3, 2), IdentityLevel.L2
    requests = (NewRequest(ACCESS, made, deadlines.compute(made).due),)
    who = Party("Aino Esimerkki", "aino@posti.example")
    case = letters.preview(NewCase(CaseStatus.OPEN, who, "fi", NOW, made, level, level, (), requests))
    context = letters.context(case, Letter.ACKNOWLEDGEMENT, profile, DAY)
    older = compose(replace(context, received_on=made, counted_from=None))
    found = lint(older.body, older.subject, context)
    assert [(one.code, str(one.severity)) for one in found] == [("received_missing", "error")]
    assert lint(compose(context).body, older.subject, context) == ()


@pytest.mark.parametrize(("kinds", "cause"), [((BAN,), "ban_needs_no_identity"), ((BAN, ACCESS), "no_doubt")])
def test_why_nobody_is_asked_who_they_are_is_told_truly(kinds: tuple[RequestKind, ...], cause: str) -> None:
    """Whoever bans marketing is not thereby established: nobody needs to know who they are (GDPR 21(2)-(3))."""
    requests = tuple(NewRequest(kind, DAY, deadlines.compute(DAY).due) for kind in kinds)
    needed = letters.required_level(kinds, PROFILE)
    person = Party("Aino", "aino@posti.example")
    case = letters.preview(NewCase(CaseStatus.OPEN, person, "fi", NOW, DAY, needed, needed, (), requests))

    assert letters.obstacle(case, Letter.IDENTITY_QUESTION, DAY) == cause
