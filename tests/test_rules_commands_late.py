"""A question about the open case's lateness is of its deadline; one about any case lists what is late."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2027, 4, 14, 10, tzinfo=ZoneInfo("Europe/Helsinki"))


def said(text: str, place: Place = Place.CASE) -> tuple[Said, ...]:
    return understand(text, NOW, place)


@pytest.mark.parametrize("text", ["onko tämä jo myöhässä", "are we late with this", "är det här ärendet försenat"])
def test_whether_a_case_is_late_is_told_by_its_days_left(text: str) -> None:
    """The list of all that is late would not answer it."""
    (one,) = said(text)

    assert (one.intent, dict(one.args)) == (Intent.EXPLAIN_DEADLINE, {"about": "days_left"})


@pytest.mark.parametrize("text", ["miksi tämä on myöhässä", "why is this overdue", "varför är det här försenat"])
def test_why_a_case_is_late_is_told_by_how_its_date_comes(text: str) -> None:
    """Nothing about what the mail asks was asked."""
    (one,) = said(text)

    assert (one.intent, dict(one.args)) == (Intent.EXPLAIN_DEADLINE, {})


@pytest.mark.parametrize("text", ["onko mikään myöhässä", "is anything late", "vilka ärenden är försenade"])
def test_what_is_late_is_listed(text: str) -> None:
    """No case is meant, wherever it is asked."""
    (one,) = said(text)

    assert (one.intent, dict(one.args)) == (Intent.SHOW_DUE, {"period": "overdue"})


@pytest.mark.parametrize(
    "text",
    [
        "missä vaiheessa tämä on ja miksi se on myöhässä",
        "what's the status and why is it late",
        "hur är läget och varför är det försenat",
    ],
)
def test_what_where_and_why_in_one_breath_are_two_answers(text: str) -> None:
    """The state of the case, then its deadline."""
    assert [one.intent for one in said(text)] == [Intent.SHOW_CASE, Intent.EXPLAIN_DEADLINE]
