"""Choosing outcomes: the form follows the catalogue, asks what the law wants said, and decides nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from inbox_agent.dashboard import facts
from inbox_agent.dashboard.screens.outcome import OutcomeWindow, RightSection
from inbox_agent.dashboard.widgets.form import FactField
from replies.catalogue import Fact, FactKind, facts_needed, outcomes_for
from state.model import CaseKey, IdentityLevel, Letter, Outcome, RequestKind, RequestStatus
from tests.dashboard_desk import Desk, press, screen_text, settled

SIZE = (120, 80)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "inbox.db")


@pytest.fixture
def case(desk: Desk) -> CaseKey:
    return desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, RequestKind.OBJECTION, level=IdentityLevel.L2)


async def form(pilot: Pilot[None], case: CaseKey) -> OutcomeWindow:
    app = pilot.app
    await settled(pilot)
    app.open_case(case)  # type: ignore[attr-defined]
    await settled(pilot)
    await press(pilot, "o")
    assert isinstance(app.screen, OutcomeWindow)
    return app.screen


async def choose(pilot: Pilot[None], window: OutcomeWindow, number: int, outcome: Outcome) -> RightSection:
    section = list(window.query(RightSection))[number]
    section.query_one(".outcome", Select).value = outcome
    await settled(pilot)
    return section


def fields(section: RightSection) -> dict[str, FactField]:
    return {field.fact.name: field for field in section.query(FactField) if field.display}


def fill(section: RightSection, **values: str) -> None:
    for name, value in values.items():
        field = fields(section)[name].query("Select, TextArea, Input").first()
        if isinstance(field, TextArea):
            field.text = value
        elif isinstance(field, Input | Select):
            field.value = value


async def test_a_refusal_becomes_a_decided_request_and_a_letter(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        fill(section, ground="accounting_law")
        await settled(pilot)
        fill(section, kept="laskut ja tositteet", explained="laskut kuuluvat kirjanpitoon", kept_until="31.12.2032")
        await press(pilot, "ctrl+s")
        assert "The answer is written." in "".join(notice.message for notice in app._notifications)
    with desk.views() as views:
        erasure, objection = views.case(case).requests
        letter = views.drafts(case)[-1]
    assert (erasure.outcome, erasure.decision["kept_until"]) == (Outcome.REFUSED, "2032-12-31")
    assert objection.status is RequestStatus.OPEN
    assert letter.letter is Letter.OUTCOME
    assert "laskut ja tositteet" in letter.body


async def test_what_is_missing_is_marked_and_nothing_is_decided(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        await press(pilot, "ctrl+s")
        assert app.screen is window
        assert fields(section)["kept"].has_class("missing")
        assert "Something that the law wants said is missing." in screen_text(app)
    with desk.views() as views:
        assert {request.status for request in views.case(case).requests} == {RequestStatus.OPEN}


async def test_nothing_chosen_is_said(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await form(pilot, case)
        await press(pilot, "ctrl+s")
        assert "Choose the outcome of at least one right." in screen_text(app)


async def test_only_facts_that_apply_are_asked(desk: Desk, case: CaseKey) -> None:
    """How long vouchers are kept is asked where the Accounting Act is the ground, and nowhere else."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        assert "kept_until" not in fields(section)
        fill(section, ground="accounting_law")
        await settled(pilot)
        assert "kept_until" in fields(section)
        fill(section, ground="legal_claim")
        await settled(pilot)
        assert "kept_until" not in fields(section)
        assert "until_event" in fields(section)


async def test_proposals_stand_in_the_fields(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.GRANTED)
        assert fields(section)["done_on"].query_one(Input).value == "24.11.2026"


async def test_a_decision_can_be_made_anew(desk: Desk, case: CaseKey) -> None:
    """The earlier values stand in the form; the new outcome replaces the old one and its letter."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        for stopped in ("mainosten lähettäminen", "profilointi"):
            window = await form(pilot, case)
            section = await choose(pilot, window, 1, Outcome.GRANTED)
            fill(section, stopped=stopped)
            await press(pilot, "ctrl+s")
            await press(pilot, "escape")
    with desk.views() as views:
        objection = views.case(case).requests[1]
        letters = [draft for draft in views.drafts(case) if draft.letter is Letter.OUTCOME]
    assert objection.decision["stopped"] == "profilointi"
    assert "profilointi" in letters[-1].body
    assert "mainosten" not in letters[-1].body
    assert [letter.status for letter in letters] == ["superseded", "proposed"]


ALL_FACTS = {
    (fact.name, fact.kind): fact
    for kind in RequestKind
    for outcome in outcomes_for(kind)
    for fact in facts_needed(kind, outcome)
}


@pytest.mark.parametrize("fact", ALL_FACTS.values(), ids=lambda fact: fact.name)
def test_every_fact_and_choice_has_words_of_its_own(fact: Fact) -> None:
    """No form asks for a bare code. File formats are their own names."""
    assert facts.label(fact) != fact.name.replace("_", " ")
    if fact.kind is FactKind.CHOICE and fact.name != "file_format":
        assert all(facts.choice(fact, value) != value for value in fact.choices)
