"""The letter beside the conversation: written, saved, never overwritten."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from inbox_agent.dashboard.screens.asking import DifferenceWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.widgets.letter import LetterPane
from state.model import (
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    Letter,
)
from tests.dashboard_case import NARROW, WIDE, case_of, edit, judged, newest, notices
from tests.dashboard_desk import Desk, opened, press, screen_text, settled, stored


async def test_the_recipient_stands_large_over_the_letter(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "e")
        text = screen_text(app)
    assert "TO  Aino Esimerkki" in text
    assert "    aino@posti.example" in text
    assert "○ Proposed. Nothing leaves before you approve it." in text


async def test_typing_is_judged_marked_and_saved(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        assert "as the template gave it" in screen_text(app)
        area = screen.query_one("#letter-text", TextArea)
        area.text = f"{area.text}\nLähettäkää kopio passista.\n"
        pane = screen.query_one(LetterPane)
        await judged(pilot, pane)
        text = screen_text(app)
        assert "✎ Changes not saved yet" in text
        assert "2 lines added" in text or "1 line added" in text
        assert "✖ Do not ask for a copy of an identity document." in text
        await press(pilot, "ctrl+s")
        assert "✎ Changes not saved yet" not in screen_text(app)
    assert stored(desk, draft).body.endswith("kopio passista.\n")


async def test_leaving_the_case_saves_what_was_typed(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "e", "X", "escape", "escape")
        assert isinstance(app.screen, MainScreen)
    assert stored(desk, draft).body.startswith("X")


async def test_typing_is_never_overwritten_by_another_hand(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """Somebody else's change is told; ours stays in the field until Ctrl+R takes theirs."""
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "e", "O", "m", "a")
        edit(desk, draft, "Toisen teksti.")
        await app.look()
        await settled(pilot)
        area = screen.query_one("#letter-text", TextArea)
        assert area.text.startswith("Oma")
        assert "Somebody else has changed this letter" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert stored(desk, draft).body == "Toisen teksti."
        await press(pilot, "ctrl+r", "escape")
        assert "Somebody else has changed this letter." in screen_text(app)  # nothing is thrown away unasked
        await press(pilot, "ctrl+r", "ctrl+s")
        assert area.text == "Toisen teksti."


async def test_leaving_with_an_overtaken_text_asks_first(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "e", "X")
        edit(desk, draft, "Toisen teksti.")
        await app.look()
        await press(pilot, "escape", "escape")
        assert "Discard your text?" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "escape", "ctrl+s")
        assert isinstance(app.screen, MainScreen)
    assert stored(desk, draft).body == "Toisen teksti."


async def test_a_letter_that_is_read_takes_no_key_for_a_letter(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """Behind Tab the keys do what they do in the conversation; e, or a click into the text, begins to write."""
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "tab", "D")
        assert isinstance(app.screen, DifferenceWindow)
        await press(pilot, "escape")
        assert not screen.pane.dirty
        await press(pilot, "e", "X")
        assert screen.pane.dirty
        await press(pilot, "escape", "tab", "X")
        assert screen.pane.written.body == f"X{stored(desk, draft).body}"
        await pilot.click("#letter-text", offset=(1, 1))
        await press(pilot, "Y")
        assert "Y" in screen.pane.written.body.splitlines()[1]


async def test_quitting_saves_what_was_typed(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "e", "X")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert stored(desk, draft).body.startswith("X")


async def test_the_persons_own_editor_changes_the_letter(
    desk: Desk, asked: tuple[CaseKey, DraftKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal that cannot be lent says so; the text stays."""
    case, draft = asked
    monkeypatch.setenv("VISUAL", "true")
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        before = stored(desk, draft).body
        await press(pilot, "ctrl+e")
        assert "cannot lend itself" in notices(app)
    assert stored(desk, draft).body == before


async def test_the_differences_from_the_template_are_shown_line_by_line(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    case, draft = asked
    edit(desk, draft, stored(desk, draft).body + "Vielä yksi rivi.\n")
    app = desk.app()
    async with app.run_test(size=(100, 90)) as pilot:
        await opened(pilot, case)
        await press(pilot, "D")
        assert "+ Vielä yksi rivi." in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_a_rejected_letter_is_gone_and_the_case_goes_on(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "x", "ctrl+s")
        assert "No letter is waiting." in screen_text(app)
    assert stored(desk, draft).status is DraftStatus.REJECTED
    assert case_of(desk, case).status is CaseStatus.OPEN


async def test_of_several_letters_each_can_be_looked_at(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        assert "acknowledgement 1/2" in screen_text(app)
        await press(pilot, "m")
        assert "identity question 2/2" in screen_text(app)
        assert screen.post is not None
        assert screen.post.draft.key == draft


async def test_another_letter_is_written_by_choice(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "w", "enter")
    assert newest(desk, case).letter is Letter.ACKNOWLEDGEMENT
