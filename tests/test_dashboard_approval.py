"""The last look at a letter: what may leave, what must be said first, and what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from inbox_agent.dashboard.screens.approve import ApproveWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.services.deciding import Choice
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    Event,
    IdentityLevel,
    Letter,
    Outcome,
    RequestKind,
)
from tests.dashboard_case import NARROW, WIDE, case_of, edit, notices
from tests.dashboard_desk import Desk, opened, press, screen_text, settled, stored


async def test_approval_shows_everything_and_takes_a_deliberate_key(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """Neither Enter, nor the key that opened the window, nor Ctrl+S approves; Shift+A does."""
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=(100, 120)) as pilot:
        await opened(pilot, case)
        await press(pilot, "a")
        text = screen_text(app)
        assert isinstance(app.screen, ApproveWindow)
        assert "aino@posti.example" in text
        for line in stored(desk, draft).body.split():
            assert line in text
        await press(pilot, "enter", "a", "ctrl+s", "space", "y")
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        await press(pilot, "A")
    approved = stored(desk, draft)
    assert approved.status is DraftStatus.APPROVED
    assert approved.approved_by == "person:Helmi Ruokojärvi"
    assert approved.approved_hash == approved.text_hash


async def test_a_passing_notice_leaves_a_windows_buttons_free(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """What was typed is saved on the way to the approval, whose buttons the notice of that must not cover."""
    app = desk.app()
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "e", "x", "f8")
        assert isinstance(app.screen, ApproveWindow)
        [notice] = app.screen.query(Toast)
        assert not notice.region.overlaps(app.screen.query_one("#buttons").region)


async def test_escape_approves_nothing(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "a", "escape")
        assert isinstance(app.screen, CaseScreen)
    assert stored(desk, asked[1]).status is DraftStatus.PROPOSED


async def test_what_changed_while_it_was_shown_is_not_approved(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """The approval is of the text that was on the screen; another one is refused with a sentence."""
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "a")
        edit(desk, draft, "Aivan toinen teksti.")
        await press(pilot, "A")
        assert "Somebody else was faster" in notices(app)
    assert stored(desk, draft).status is DraftStatus.PROPOSED


def acknowledged(desk: Desk) -> tuple[CaseKey, DraftKey]:
    """A letter whose reader is identified."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, level=IdentityLevel.L2)
    return case, desk.proposed(case, Letter.ACKNOWLEDGEMENT)


async def test_what_was_typed_is_saved_before_it_is_approved(desk: Desk) -> None:
    case, draft = acknowledged(desk)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "e", "H", "o", "i", "f8")
        assert isinstance(app.screen, ApproveWindow)
        await press(pilot, "A", "space", "A")
    approved = stored(desk, draft)
    assert approved.status is DraftStatus.APPROVED
    assert approved.body.startswith("Hoi")


async def test_own_sentences_are_ticked_as_true_before_the_letter_leaves(desk: Desk) -> None:
    """Each is shown by its words; without the tick Shift+A only leads to it."""
    case, draft = acknowledged(desk)
    edit(desk, draft, stored(desk, draft).body + "Muistamme teidät hyvin.\n")
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "a")
        assert "“Muistamme teidät hyvin.”" in screen_text(app)
        await press(pilot, "A")
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        assert "tick that they are true" in screen_text(app)
        await press(pilot, "space", "A")
    assert stored(desk, draft).status is DraftStatus.APPROVED


async def test_own_sentences_to_somebody_unidentified_need_a_reason_and_no_tick(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """They may tell whether there is data, however they are worded (GDPR 12(6), 32)."""
    case, draft = asked
    edit(desk, draft, stored(desk, draft).body + "Teitä koskevia merkintöjä on kolme.\n")
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "a")
        assert "“Teitä koskevia merkintöjä on kolme.”" in screen_text(app)
        assert not app.screen.query("#owned")
        await press(pilot, "A")
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        app.screen.query_one("#anyway", Input).focus()
        app.screen.query_one("#anyway", Input).value = "Hän kysyi juuri tätä puhelimessa."
        await press(pilot, "enter")
    assert stored(desk, draft).status is DraftStatus.APPROVED


async def test_errors_must_be_overruled_with_a_reason(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """With linter errors Shift+A does nothing; only a reason lets the letter go, and the journal keeps it."""
    case, draft = asked
    edit(desk, draft, "Lähettäkää kopio passista. [täydennä]")
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "a")
        assert "✖ Something was left to be filled in." in screen_text(app)
        await press(pilot, "A")
        assert stored(desk, draft).status is DraftStatus.PROPOSED
        app.screen.query_one("#anyway", Input).focus()
        await press(pilot, *"no", "enter")
        assert "Write in a few words why" in screen_text(app)
        app.screen.query_one("#anyway", Input).value = "Henkilö pyysi itse lomaketta."
        await press(pilot, "enter")
    assert stored(desk, draft).status is DraftStatus.APPROVED
    with desk.views() as views:
        [told] = [turn for turn in views.conversation(case) if turn.event and turn.text]
    assert (told.event and told.event.event.act, told.text) == (
        Act.FINDINGS_OVERRIDDEN,
        "Henkilö pyysi itse lomaketta.",
    )


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_of_a_letter_with_something_to_fill_in_the_next_step_is_to_fill_it_in(
    desk: Desk, size: tuple[int, int]
) -> None:
    """What blocks the approval is named, its key leads to the very place, and what is typed takes its room; only then
    is the next step to approve. The list over the case tells the same.
    """
    case = desk.case(40, "Pentti Ahola", RequestKind.ERASURE)
    draft = desk.proposed(case)
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "▸ Correct the letter first" in screen_text(app)
        await opened(pilot, case)
        assert "▸ Fill in the letter: [kerro tähän syy], [anna tähän päivä]  e" in screen_text(app)
        assert "Approve the" not in screen_text(app)
        await press(pilot, "e", *"Loma.", "ctrl+s")
        assert "▸ Fill in the letter: [anna tähän päivä]  Esc e" in screen_text(app)
        await press(pilot, "escape", "e", *"1.12.2026", "ctrl+s")
        assert "▸ Approve the identity question  F8" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert "▸ Approve the identity question" in screen_text(app)
    assert "Syy viivästykseen: Loma.. Vastaamme viimeistään 1.12.2026." in stored(desk, draft).body


async def test_whoever_would_approve_a_faulty_letter_is_led_to_its_fault(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """What is wrong besides something to fill in is named in words, and from the last look e leads to the letter."""
    case, draft = asked
    edit(desk, draft, "Hei! Lähettäkää kopio passista.")
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        assert "▸ Correct the letter: Do not ask for a copy of an identity document. (and" in screen_text(app)
        await press(pilot, "a")
        assert "Correct the letter  e" in screen_text(app)
        await press(pilot, "e")
        assert app.screen is screen
        assert screen.query_one("#letter-text", TextArea).selected_text == "kopio passista"
    assert stored(desk, draft).status is DraftStatus.PROPOSED


async def test_of_a_letter_that_is_held_back_the_next_step_is_who_asks(desk: Desk) -> None:
    """An answer that tells of data cannot be approved before its reader is known."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    with desk.store() as store:
        review = desk.review(store)
        [request] = store.cases.get(case).requests
        choice = Choice(
            request.key,
            Outcome.NO_DATA,
            {"searched": "asiakasrekisteri", "identifiers": "nimi", "trace_until": "2027-12-01"},
        )
        review.outcomes.choose(case, (choice,), unidentified=True)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "▸ Establish the identity" in screen_text(app)
        await opened(pilot, case)
        assert "▸ Establish the identity  i" in screen_text(app)


async def test_an_approval_is_counted_down_and_taken_back(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "a", "A")
        assert "leaves in 10 s" in screen_text(app)
        desk.now += timedelta(seconds=4)
        await press(pilot, "z")
        assert "leaves in 6 s" in screen_text(app)
        await press(pilot, "u")
    assert stored(desk, draft).status is DraftStatus.PROPOSED


async def test_a_letter_that_was_sent_is_said_in_view_at_the_smallest_size(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "a", "A")
        desk.now += timedelta(seconds=11)
        with desk.store() as store:
            store.drafts.claim(draft, "<ours@yritys.example>", Event(desk.now, AGENT, Act.SENDING_CLAIMED))
            store.drafts.sent(draft, "250 OK", Event(desk.now, AGENT, Act.DRAFT_SENT))
        await press(pilot, "z")
        app.screen.read()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "✓ The letter was sent 14:05" in screen_text(app)
        desk.now += timedelta(minutes=11)
        app.screen.read()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "target" in screen_text(app)


@pytest.mark.parametrize(("button", "status"), [("#left", DraftStatus.SENT), ("#stayed", DraftStatus.REFUSED)])
async def test_a_person_says_whether_an_uncertain_letter_left(
    desk: Desk, asked: tuple[CaseKey, DraftKey], button: str, status: DraftStatus
) -> None:
    case, draft = asked
    desk.uncertain(draft)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        assert "Nobody knows whether this letter left" in screen_text(app)
        await press(pilot, "g", "ctrl+s")
        assert stored(desk, draft).status is DraftStatus.UNCERTAIN
        await pilot.click(button)
        await settled(pilot)
    assert stored(desk, draft).status is status
    waits = case_of(desk, case).status is CaseStatus.WAITING
    assert waits == (status is DraftStatus.SENT)


async def test_a_letter_that_could_not_leave_says_why_and_no_hour(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """That it leaves in an hour would be read as if nothing were wrong."""
    case, draft = asked
    desk.sending(draft, 0)
    with desk.store() as store:
        later = desk.now + timedelta(hours=1)
        store.drafts.deferred(draft, "LoginRefused", later, Event(desk.now, AGENT, Act.SENDING_DEFERRED))
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        text = " ".join(screen_text(app).split())
    assert "could not leave yet: the mail server refuses our log-in. It is tried again by itself. u takes it" in text
    assert "leaves Tue" not in text
