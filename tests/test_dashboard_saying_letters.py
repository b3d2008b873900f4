"""The line: a letter is changed and held back by it, and leaves by its own key alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Input

from inbox_agent.dashboard.screens.approve import ApproveWindow
from inbox_agent.dashboard.screens.later import LaterWindow
from inbox_agent.dashboard.widgets.letter import LetterPane
from state.model import (
    CaseKey,
    DraftStatus,
    Letter,
)
from tests.dashboard_desk import Desk, opened, press, screen_text, stored
from tests.dashboard_line import NARROW, WIDE, say


async def test_an_approval_still_needs_its_key(desk: Desk, case: CaseKey) -> None:
    """The word "hyväksy" shows the letter once more; Enter there approves nothing, however often."""
    draft = desk.proposed(case)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "hyväksy kirje", confirm=True)
        assert isinstance(pilot.app.screen, ApproveWindow)
        await press(pilot, "enter")

    with desk.views() as views:
        assert views.draft(draft).status is DraftStatus.PROPOSED


async def test_an_approval_is_taken_back(desk: Desk, case: CaseKey) -> None:
    draft = desk.proposed(case)
    with desk.store() as store:
        approval = desk.review(store).approval
        approval.approve(draft, approval.dated(draft).text_hash)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "peru lähetys", confirm=True)

    with desk.views() as views:
        assert views.draft(draft).status is DraftStatus.PROPOSED


async def test_a_sentence_is_put_into_the_letter(desk: Desk, case: CaseKey) -> None:
    """Into the field, where it is read before it is stored."""
    draft = desk.proposed(case)
    async with desk.app().run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, "lisää kirjeeseen: pahoittelemme viivettä", confirm=True)
        assert "Pahoittelemme viivettä" in screen.query_one(LetterPane).written.body

    with desk.views() as views:
        assert "Pahoittelemme" not in views.draft(draft).body


async def test_a_sentence_is_taken_out(desk: Desk, case: CaseKey) -> None:
    """The one that was named by its words; where none is, the letter stays as it is."""
    desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    async with desk.app().run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        before = screen.query_one(LetterPane).written.body
        assert "Muuta teidän ei tarvitse tehdä nyt." in before
        await say(pilot, "poista kirjeestä lause: muuta teidän ei tarvitse tehdä nyt", confirm=True)
        after = screen.query_one(LetterPane).written.body
        await press(pilot, "escape")
        shown = await say(pilot, "poista kirjeestä sanat appelsiini ja banaani")

    assert after == before.replace("Muuta teidän ei tarvitse tehdä nyt. ", "")
    assert "No single sentence" in shown


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("vaihda sinuttelu", "fi", "pyyntösi"),
        ("kirjoita ruotsiksi", "sv", "begäran"),
        ("muuta teitittelyksi", "fi", "pyyntönne"),
    ],
)
async def test_a_letter_is_said_by_another_reviewed_template(
    desk: Desk, case: CaseKey, text: str, language: str, words: str
) -> None:
    """In the other form of address, or in another language; it is proposed anew, and nothing of it is generated."""
    desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    async with desk.app().run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, text, confirm=True)
        post = screen.post

    assert post is not None
    assert (post.draft.language, post.draft.status) == (language, DraftStatus.PROPOSED)
    assert words in post.draft.body


async def test_own_words_are_not_translated(desk: Desk, case: CaseKey) -> None:
    """What a person changed by hand stays; the line says so."""
    draft = desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    with desk.store() as store:
        old = store.drafts.get(draft)
        desk.review(store).letters.edit(draft, old.subject, f"{old.body}\nTerveisin\n", old.text_hash)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "kirjoita ruotsiksi", confirm=True)

    assert stored(desk, draft).status is DraftStatus.PROPOSED


async def test_a_letter_is_approved_for_a_day_and_an_hour_by_its_key(desk: Desk, case: CaseKey) -> None:
    """What is no such time, or has passed, is asked again; the letter itself still needs its own key."""
    draft = desk.proposed(case)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "T")
        window = pilot.app.screen
        assert isinstance(window, LaterWindow)
        for day, hour in (
            ("", "9"),
            ("23.11.2026", "9.00"),
            ("27.11.2026", "25.00"),
            ("27.11.2026", "heti"),
            ("27.11.2026", ""),
        ):
            window.query_one("#day", Input).value = day
            window.query_one("#hour", Input).value = hour
            await press(pilot, "ctrl+s")
            assert pilot.app.screen is window
        window.query_one("#hour", Input).value = "9.30"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ApproveWindow)
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        await press(pilot, "A")

    assert stored(desk, draft).status is DraftStatus.APPROVED
    with desk.store() as store:
        assert store.drafts.ready(datetime(2026, 11, 27, 7, 29, tzinfo=UTC)) == ()


async def test_a_letter_waits_for_the_time_said(desk: Desk, case: CaseKey) -> None:
    """The window and the head tell when it leaves; it is not ready before, and u takes it back."""
    draft = desk.proposed(case)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "hyväksy ja lähetä perjantaina klo 9", confirm=True)
        assert isinstance(pilot.app.screen, ApproveWindow)
        assert "It leaves Fri 27.11.2026 9:00" in screen_text(pilot.app)  # type: ignore[arg-type]
        with desk.store() as store:
            assert store.drafts.get(draft).body.endswith(", 27.11.2026\n")
        await press(pilot, "A")
        assert "leaves Fri 27.11.2026 9:00" in screen_text(pilot.app)  # type: ignore[arg-type]
        friday = datetime(2026, 11, 27, 7, tzinfo=UTC)
        with desk.store() as store:
            assert store.drafts.ready(friday - timedelta(seconds=1)) == ()
            assert [letter.key for letter in store.drafts.ready(friday)] == [draft]
        await press(pilot, "u")

    assert stored(desk, draft).status is DraftStatus.PROPOSED
