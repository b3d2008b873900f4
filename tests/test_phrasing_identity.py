"""Every code of an identity assessment has its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from inbox_agent import texts
from inbox_agent.phrasing import identity, words
from inbox_agent.phrasing.identity import assessed
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.rules.identity.doubts import Doubt
from inbox_agent.rules.identity.evidence import Evidence
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.waiting import Wait, wait
from state.model import IdentityLevel, ProofKind
from tests.identity_world import AINO, World, asked_world


@pytest.mark.parametrize("code", list(Evidence))
def test_evidence_is_worded(code: Evidence) -> None:
    assert identity.evidence(code) != ""


@pytest.mark.parametrize("code", list(Sign))
def test_signs_are_worded(code: Sign) -> None:
    assert identity.sign(code) != ""


@pytest.mark.parametrize("code", list(Doubt))
def test_reasons_are_worded(code: Doubt) -> None:
    assert identity.doubt(code) != ""


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


def test_who_need_not_be_asked_is_not_told_to_be_asked() -> None:
    assert identity.waited(Wait(DAY, None, None, DAY, None, DAY, needed=False)) == ()


def test_of_a_proof_that_was_lost_nothing_is_told_as_if_it_stood(tmp_path: Path) -> None:
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{AINO};;1;;\n"))
    key, who = world.only.key, world.review.who_asks

    def told() -> str:
        sent, trail = world.store.drafts.with_deliveries(key), world.store.journal.events(key)
        return " ".join(identity.waited(wait(world.case(key), sent, trail, world.profile, world.now.date())))

    assert "Without a proof" in told()
    who.prove(key, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
    assert "Without a proof" not in told()
    world.later(days=1)
    who.prove(key, ProofKind.ID_SHOWN, None, "näytti passin paikalla")
    sent, trail = world.store.drafts.with_deliveries(key), world.store.journal.events(key)
    proved = wait(world.case(key), sent, trail, world.profile, world.now.date()).proved_on
    assert proved == world.now.date() - timedelta(days=1)
    who.doubt(key, "numero olikin väärä")
    assert "Without a proof" in told()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_level_is_told_in_words_and_not_by_its_code_alone(language: str) -> None:
    """A bare L1 means nothing to a reader: in Finnish and Swedish the words come first."""
    texts.use(language)
    for level in IdentityLevel:
        for said in ("Reached: {level} – {words}", "Needed: {level} – {words}"):
            line = texts.gettext(said).format(level=level, words=words.identity_level(level))
            assert words.identity_level(level) in line
            assert language == "en" or line.index(words.identity_level(level)) < line.index(f"({level})")


def test_that_nobody_needs_to_be_known_is_no_level_to_reach() -> None:
    """“Needed: not established” read as if doubt were wanted."""
    none, found = IdentityLevel.L0, Doubt.NO_DOUBT
    told = assessed(Assessment(IdentityLevel.L1, none, none, (), found, found, (), None))
    assert told[1] == "Needed: L0 – no proof of who asks"


@pytest.mark.parametrize(("language", "proof"), [("fi", "rekisteriin"), ("sv", "registret"), ("en", "records")])
def test_the_first_level_is_not_of_an_address_alone(language: str, proof: str) -> None:
    """Who writes on paper reaches it by facts that only they know."""
    texts.use(language)
    assert proof in words.identity_level(IdentityLevel.L1)
