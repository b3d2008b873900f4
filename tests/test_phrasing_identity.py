"""Every code of an identity assessment has its sentence."""

from __future__ import annotations

import pytest

from inbox_agent.phrasing import identity
from inbox_agent.rules.identity import Doubt, Evidence, Sign


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
