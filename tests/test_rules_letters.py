"""Which letter a case wants and what it may say: above all nothing before its person is identified."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.rules import deadlines, letters
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
