"""Letting an answer go without identification: what is missing and what leaves is seen, a reason is demanded."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Select

from inbox_agent.dashboard.screens.approve import ApproveWindow
from inbox_agent.dashboard.screens.let_go import LetGoWindow
from inbox_agent.services.deciding import Choice
from state.model import Act, CaseKey, DraftKey, DraftStatus, Event, Outcome, RequestKind
from tests.dashboard_desk import Desk, opened, press, screen_text, stored

SIZES = [(80, 24), (160, 50)]
FACTS = {"searched": "asiakasrekisteri", "identifiers": "nimi ja sähköpostiosoite", "trace_until": "2028-12-31"}


def early(desk: Desk, **more: object) -> tuple[CaseKey, DraftKey]:
    """An answer that tells of data, written before its reader was identified."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, **more)  # type: ignore[arg-type]
    with desk.store() as store:
        review = desk.review(store)
        [request] = store.cases.get(case).requests
        return case, review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, FACTS),), unidentified=True)


def overridden(desk: Desk, case: CaseKey) -> list[Event]:
    with desk.store() as store:
        return [one.event for one in store.journal.events(case) if one.event.act is Act.IDENTITY_OVERRIDDEN]


@pytest.mark.parametrize("size", SIZES)
async def test_a_held_back_answer_leaves_by_a_look_a_reason_and_an_approval(desk: Desk, size: tuple[int, int]) -> None:
    case, draft = early(desk)
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "a")
        assert app.screen is screen
        await press(pilot, "L")
        window = app.screen
        assert isinstance(window, LetGoWindow)
        body = "\n".join(str(part.render()) for part in window.query("#body SafeStatic"))
        assert "Needed: L2" in body
        assert "aino@posti.example" in body
        assert stored(desk, draft).body.splitlines()[0] in body
        window.query_one("#reason", Select).value = "known_in_person"
        window.query_one("#why", Input).value = "tunnen hänet ja soitimme"
        await press(pilot, "f9")
        assert app.screen is screen
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        await press(pilot, "a")
        assert isinstance(app.screen, ApproveWindow)
        again = "\n".join(str(part.render()) for part in app.screen.query("#body SafeStatic"))
        assert "▲ Its reader is not identified (L1; this answer needs L2): it was let go with a reason." in " ".join(
            again.split()
        )
        await press(pilot, "A")
    assert stored(desk, draft).status is DraftStatus.APPROVED
    [event] = overridden(desk, case)
    assert event.actor == "person:Helmi Ruokojärvi"


async def test_without_reason_or_words_nothing_is_let_go(desk: Desk) -> None:
    case, draft = early(desk)
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(pilot, case)
        await press(pilot, "L", "f9")
        assert "Choose a reason and write in a few words why." in screen_text(app)
        app.screen.query_one("#why", Input).value = "tunnen hänet ja soitimme"
        await press(pilot, "enter", "ctrl+s", "f9")
        assert isinstance(app.screen, LetGoWindow)
        await press(pilot, "escape")
    assert stored(desk, draft).status is DraftStatus.PROPOSED
    assert overridden(desk, case) == []


async def test_a_text_changed_after_it_was_let_go_is_held_back_again(desk: Desk) -> None:
    case, draft = early(desk)
    with desk.store() as store:
        review = desk.review(store)
        letter = store.drafts.get(draft)
        review.who_asks.let_go(draft, letter.text_hash, "urgent", "kiire, henkilö tunnetaan")
        review.letters.edit(draft, letter.subject, letter.body + "\nLisäys.\n", letter.text_hash)
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "a")
        assert app.screen is screen
        assert "▲ Held back" in screen_text(app)
    assert stored(desk, draft).status is DraftStatus.PROPOSED


async def test_a_protected_person_is_never_let_go(desk: Desk) -> None:
    case, draft = early(desk, flags=["protected"])
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(pilot, case)
        await press(pilot, "L")
        app.screen.query_one("#reason", Select).value = "urgent"
        app.screen.query_one("#why", Input).value = "kiire, henkilö tunnetaan"
        await press(pilot, "f9")
        assert "turvakielto" in "\n".join(notice.message for notice in app._notifications)
    assert overridden(desk, case) == []
    assert stored(desk, draft).status is DraftStatus.PROPOSED


async def test_what_is_no_answer_about_data_is_not_offered_to_be_let_go(desk: Desk) -> None:
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    desk.proposed(case)
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "L")
        assert app.screen is screen
