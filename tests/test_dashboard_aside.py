"""Mails that were set aside or could not be read: they become cases, or go under one, and come out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.under import PutUnderWindow, TakeOutWindow, WhichCaseWindow
from inbox_agent.dashboard.widgets.line import CommandLine
from state.model import CaseKey, CaseStatus, RequestKind
from tests.agent_world import until
from tests.dashboard_desk import Desk, busy, press, screen_text, settled


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return busy(tmp_path / "inbox.db")


async def test_a_mail_set_aside_becomes_a_case_of_the_ticked_rights(desk: Desk) -> None:
    """T asks for the rights; the case opens, its clock running from the mail's own receipt."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "down", "t", "space", "down", "down", "space", "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
        opened = app.screen.case_key
    with desk.views() as views:
        case = views.case(opened)
    assert [request.kind for request in case.requests] == [RequestKind.ACCESS, RequestKind.ERASURE]
    assert case.received_on == desk.ago(2).date()
    assert case.status is CaseStatus.OPEN


async def test_a_mail_that_nobody_could_read_becomes_a_case_too(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "t", "space", "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
    with desk.views() as views:
        assert views.counts(desk.now.date()).quarantined == 0


@pytest.mark.parametrize("keys", [("2", "down", "j"), ("2", "down", "enter", "j")])
async def test_a_mail_set_aside_is_put_under_the_case_it_names(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """The case stands first because the mail names its number; another address is warned about."""
    desk = Desk(tmp_path / "inbox.db")
    desk.case(30, "Pentti Pyytäjä", RequestKind.ACCESS)
    case = desk.case(20, "Aino Esimerkki", RequestKind.ERASURE)
    desk.aside(3, "Aino Toisaalta", "Lisää asiaan 2026-0002")
    desk.aside(1, "Verkkokauppa", "Tilausvahvistus")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        text = screen_text(app)
        assert text.index("2026-0002") < text.index("2026-0001")
        await press(pilot, "enter")
        assert isinstance(app.screen, PutUnderWindow)
        text = screen_text(app)
        assert "Lisää asiaan 2026-0002" in text
        assert "did not come from this case's address" in text
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_key == case
        # the conversation goes to its end once it has been laid out
        await until(lambda: "Lisää asiaan" in screen_text(app))
    with desk.views() as views:
        assert [request.kind for request in views.case(case).requests] == [RequestKind.ERASURE]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_mail_put_under_a_wrong_case_is_taken_out_again(desk: Desk, size: tuple[int, int]) -> None:
    """The key is told when it is put there; both are shown; the journal keeps that it stood there."""
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "2", "j", *"2026-0001", "enter", "ctrl+s")
        assert any("Shift+U" in notice.message for notice in app._notifications)
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "U")
        assert isinstance(app.screen, TakeOutWindow)
        assert "2026-0001" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "taken out of this case" in screen_text(app)
        await press(pilot, "U")
        assert isinstance(app.screen, CaseScreen)


async def test_of_several_mails_put_under_a_case_the_one_that_is_meant_is_taken_out(desk: Desk) -> None:
    with desk.views() as views:
        first, second = (row.key for row in views.set_aside())
    with desk.store() as store:
        for mail in (first, second):
            desk.review(store).cases.put_under(mail, CaseKey(1))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "U", "down", "ctrl+s")
    with desk.views() as views:
        assert views.message(first).case is None
        assert views.message(second).case == CaseKey(1)


@pytest.mark.parametrize("typed", ["niemel", "0002", "2026-0002"])
async def test_the_case_that_is_meant_is_chosen_among_those_that_what_is_typed_finds(desk: Desk, typed: str) -> None:
    """Without anything typed all open cases stand there: nobody has to know a number by heart."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "j")
        assert isinstance(app.screen, WhichCaseWindow)
        text = screen_text(app)
        assert all(name in text for name in ("Pentti Ahola", "Oskari Niemelä", "Ville Virta"))
        await press(pilot, *typed)
        text = screen_text(app)
        assert "Oskari Niemelä" in text
        await press(pilot, "enter")
        assert isinstance(app.screen, PutUnderWindow)
        assert "2026-0002" in screen_text(app)


async def test_among_the_cases_the_arrows_choose_while_the_field_keeps_the_focus(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "j", "down", "down", "up", "enter")
        assert isinstance(app.screen, PutUnderWindow)
        assert "Oskari Niemelä" in screen_text(app)


async def test_a_mail_set_aside_is_put_under_a_case_by_saying_so(desk: Desk) -> None:
    """Both are shown before anything is done; the line names the case, so that nothing is asked."""
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "s")
        pilot.app.screen.query_one(CommandLine).field.value = "liitä tämä asiaan 2026-0001"
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, PutUnderWindow)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert pilot.app.screen.case_key == 1


async def test_a_mail_in_quarantine_is_put_under_a_case_with_the_right_that_it_adds(desk: Desk) -> None:
    """Nothing points to a case there: its number is typed. The further right runs from the mail's own receipt."""
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "j", *"2", "enter")
        assert isinstance(app.screen, PutUnderWindow)
        await press(pilot, "tab", "space", "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
    with desk.views() as views:
        *_, added = views.case(CaseKey(2)).requests
        assert added.received_on == desk.ago(3).date()
        assert views.counts(desk.now.date()).quarantined == 0


async def test_a_mail_of_a_dismissed_case_opens_that_case(desk: Desk) -> None:
    """It has a case already: opening that one again keeps its clock and its number."""
    with desk.store() as store:
        desk.review(store).cases.dismiss(CaseKey(2))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "end")
        assert "Make a case" not in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "r")
    with desk.views() as views:
        assert views.case(CaseKey(2)).status is CaseStatus.OPEN


async def test_no_right_no_case(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "t", "ctrl+s")
        assert "Tick at least one right." in screen_text(app)
        await press(pilot, "escape")
    with desk.views() as views:
        assert views.counts(desk.now.date()).set_aside == 2


@pytest.mark.parametrize("key", ["t", "ctrl+s"])
async def test_enter_on_a_mail_shows_it_and_offers_to_make_it_a_case(desk: Desk, key: str) -> None:
    """By the key of the list, or by that of every window."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "enter")
        assert "Hei, Marraskuun uutiskirje." in screen_text(app)
        await press(pilot, key)
        assert "Which rights does the mail exercise?" in screen_text(app)


async def test_make_a_case_is_offered_for_mails_only(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        assert isinstance(app.screen, MainScreen)
        assert "Make a case" not in screen_text(app)
