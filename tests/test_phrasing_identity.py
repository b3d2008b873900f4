"""Every code of an identity assessment has its sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inbox_agent.phrasing import identity
from inbox_agent.rules.identity import Doubt, Evidence, Sign
from inbox_agent.rules.waiting import Wait


@pytest.mark.parametrize("code", list(Evidence))
def test_evidence_is_worded_also_from_a_stored_analysis(code: Evidence) -> None:
    assert identity.evidence(str(code)) == identity.evidence(code) != ""


@pytest.mark.parametrize("code", list(Sign))
def test_signs_are_worded(code: Sign) -> None:
    assert identity.sign(str(code)) == identity.sign(code) != ""


@pytest.mark.parametrize("code", list(Doubt))
def test_reasons_are_worded(code: Doubt) -> None:
    assert identity.doubt(str(code)) == identity.doubt(code) != ""


def test_no_two_codes_share_a_sentence() -> None:
    said = [*map(identity.evidence, Evidence), *map(identity.sign, Sign), *map(identity.doubt, Doubt)]
    assert len(set(said)) == len(said)


DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("asked_on", "past", "coming"),
    [(None, "although the day for it was 10.3.2026", "ask at the latest"), (DAY, "has been due since", "is drafted")],
)
def test_a_day_that_has_passed_is_not_told_as_one_to_come(asked_on: date | None, past: str, coming: str) -> None:
    """Nobody is told to do something by yesterday."""
    before, after = (
        " ".join(identity.waited(Wait(DAY, asked_on, None, DAY, None, today)))
        for today in (DAY - timedelta(days=1), DAY + timedelta(days=1))
    )
    assert coming in before
    assert past not in before
    assert past in after
    assert coming not in after
