"""One case: the conversation, the letter, and every act of a person on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea
from textual.widgets._toast import Toast

from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.screens.approve import ApproveWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.conversation import Conversation
from inbox_agent.dashboard.widgets.letter import LetterPane
from inbox_agent.services.deciding import Choice
from state.model import (
    AGENT,
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    DraftKey,
    DraftStatus,
    Event,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    RequestKind,
)
from tests.dashboard_desk import Desk, fill, opened, press, screen_text, settled, stored

WIDE = (160, 50)
NARROW = (80, 24)


@pytest.fixture
def asked(desk: Desk) -> tuple[CaseKey, DraftKey]:
    """A case with a proposed identity question."""
    case = desk.case(
        3,
        "Aino Esimerkki",
        RequestKind.ERASURE,
        text="Hei, poistakaa\n tietoni. Tunnukseni on 131052-952K.",
        quoted="\n> vanha viesti\n> toinen rivi",
        evidence=(("erasure", "poistakaa tietoni"),),
        attachments=["valtakirja.pdf"],
        flags=["identity_code"],
    )
    return case, desk.proposed(case)


def case_of(desk: Desk, case: CaseKey) -> Case:
    with desk.views() as views:
        return views.case(case)


# -- what is shown --------------------------------------------------------------------------------


async def test_the_conversation_tells_mail_reasons_identity_and_deadline(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    app = desk.app()
    async with app.run_test(size=(WIDE[0], 120)) as pilot:
        await opened(pilot, asked[0])
        text = screen_text(app)
        await press(pilot, "z")
        unfolded = screen_text(app)
    assert "Aino Esimerkki <aino@posti.example>" in text
    assert "Attachment: valtakirja.pdf" in text
    assert "the mail holds a personal identity code" in text
    assert "######-####" in text
    assert "131052" not in text
    assert "+ ”poistakaa tietoni”  erasure" in text
    assert "Needed: L2 – confirmed through contact details on file" in text
    assert "How the deadline comes:" not in text
    assert "How the deadline comes:" in unfolded
    assert "(Regulation 1182/71, article 3(2)(c))" in " ".join(unfolded.replace("▌", " ").split())


async def test_evidence_is_underlined_across_line_breaks(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, asked[0])
        content = next(iter(screen.query_one(Conversation).query(".theirs"))).render()
        underlined = [content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)]
    assert underlined == ["poistakaa\n tietoni"]


async def test_quotes_are_folded_until_z(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=(WIDE[0], 120)) as pilot:
        await opened(pilot, asked[0])
        assert "2 quoted lines hidden" in screen_text(app)
        assert "> vanha viesti" not in screen_text(app)
        await press(pilot, "z")
        assert "> vanha viesti" in screen_text(app)
        assert "If it were extended:" in " ".join(str(part.render()) for part in app.screen.query(".assistant"))


async def test_sent_letters_and_notes_stand_in_the_conversation(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    desk.sending(draft)
    with desk.store() as store:
        store.drafts.uncertain(draft, "interrupted", _event(desk))
        review = desk.review(store)
        review.letters.settle(draft, was_sent=True)
        review.cases.note(case, "Soitti ja kiitti.")
    app = desk.app()
    async with app.run_test(size=(160, 120)) as pilot:
        await opened(pilot, case)
        text = screen_text(app)
    assert "Our letter: identity question" in text
    assert "sent · said by a person" in text
    assert "✎ Helmi Ruokojärvi" in text
    assert "Soitti ja kiitti." in text


async def test_letter_and_conversation_stand_side_by_side_or_behind_tab(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, asked[0])
        assert both_shown(screen) == (True, True)
        await pilot.resize_terminal(*NARROW)
        await settled(pilot)
        assert both_shown(screen) == (True, False)
        await press(pilot, "tab")
        assert both_shown(screen) == (False, True)
        await press(pilot, "escape")
        assert both_shown(screen) == (True, False)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)


def both_shown(screen: CaseScreen) -> tuple[bool, bool]:
    conversation, letter = screen.query_one(Conversation), screen.query_one(LetterPane)
    return bool(conversation.display), bool(letter.display)


async def test_the_recipient_stands_large_over_the_letter(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "e")
        text = screen_text(app)
    assert "TO  Aino Esimerkki" in text
    assert "    aino@posti.example" in text
    assert "○ Proposed. Nothing leaves before you approve it." in text


# -- approval -------------------------------------------------------------------------------------


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
        assert "▸ Mend the letter first" in screen_text(app)
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
        assert "▸ Mend the letter: Do not ask for a copy of an identity document. (and" in screen_text(app)
        await press(pilot, "a")
        assert "Mend the letter  e" in screen_text(app)
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
        assert "aim at" in screen_text(app)


async def test_status_and_dates_of_a_case_of_several_rights_are_whole_at_80_columns(desk: Desk) -> None:
    case = desk.case(20, "Oskari Niemelä", RequestKind.PORTABILITY, RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        head = screen_text(app).splitlines()[:3]
    assert "· open" in " ".join(head)
    assert "promised" in " ".join(head)
    assert "…" not in " ".join(head[1:])


# -- the text -------------------------------------------------------------------------------------


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
        assert "Throw your text away?" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "escape", "ctrl+s")
        assert isinstance(app.screen, MainScreen)
    assert stored(desk, draft).body == "Toisen teksti."


async def test_quitting_saves_what_was_typed(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "e", "X")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert stored(desk, draft).body.startswith("X")


async def test_the_newest_mail_is_in_view_first(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    with desk.store() as store:
        first = store.mails.of_case(case)[0]
        mail = desk.mail(desk.ago(1), first.sender, "Vs: Pyyntö", "Tässä asiakasnumeroni.")
        store.intake.follow_up(mail, case, (), Event(desk.ago(1), AGENT, Act.MESSAGE_FILED))
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        assert "Tässä asiakasnumeroni." in screen_text(app)
        assert "it starts no new deadline" in screen_text(app)


async def test_the_window_of_all_acts_finds_them_by_name(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    app = desk.app()
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "ctrl+p", *"note", "enter")
        assert "For us only." in screen_text(app)


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


# -- uncertain letters ----------------------------------------------------------------------------


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


# -- the case -------------------------------------------------------------------------------------


async def test_a_candidate_is_confirmed_as_it_was_understood(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "v", "ctrl+s")
    assert case_of(desk, case).status is CaseStatus.OPEN
    assert kinds(desk, case) == {RequestKind.ACCESS}


async def test_a_candidate_is_confirmed_with_other_rights(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "v", "space", "down", "down", "space", "ctrl+s")
    assert kinds(desk, case) == {RequestKind.ERASURE}


def kinds(desk: Desk, case: CaseKey) -> set[RequestKind]:
    return {request.kind for request in case_of(desk, case).requests if request.status != "dropped"}


@pytest.mark.parametrize("status", [CaseStatus.CANDIDATE, CaseStatus.OPEN])
async def test_what_is_no_request_is_dismissed_after_a_question_and_can_be_reopened(
    desk: Desk, status: CaseStatus
) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, status=status)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "d")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "escape")
        assert case_of(desk, case).status is status
        await press(pilot, "d", "ctrl+s")
        assert case_of(desk, case).status is CaseStatus.DISMISSED
        await press(pilot, "r")
    assert case_of(desk, case).status is CaseStatus.OPEN


async def test_more_information_is_asked_in_the_persons_words(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "q", "ctrl+s")
        assert "Write something first." in screen_text(app)
        app.screen.query_one("#words", TextArea).text = "minkä vuosien tietoja pyyntönne koskee"
        await press(pilot, "ctrl+s")
        assert newest(desk, case).letter is Letter.MORE_INFORMATION
        assert "minkä vuosien tietoja" in newest(desk, case).body


async def test_an_extension_shows_the_laws_answer_and_writes_the_notice(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "p")
        assert "may be extended until" in screen_text(app)
        assert "(Article 12(3))" in " ".join(screen_text(app).split())
        fill(app.screen, extension_reason="complexity")
        await settled(pilot)
        fill(app.screen, extension_explained="pyyntö koskee kuutta sopimusta vuosilta 2009–2026")
        await press(pilot, "ctrl+s")
        assert "1 field left to fill in: " in screen_text(app)  # in what it is complex
        fill(app.screen, extension_in="amount")
        await press(pilot, "ctrl+s")
        assert "monimutkainen, sillä se koskee suurta määrää aineistoa: pyyntö koskee" in newest(desk, case).body
        assert newest(desk, case).letter is Letter.EXTENSION
        assert newest(desk, case).facts["reason"] == "complexity"
    assert case_of(desk, case).requests[0].extended is None


async def test_nobody_asks_the_authority_who_it_is(desk: Desk) -> None:
    """Beside a letter of the Ombudsman's office stands no question of identity; beside a request there does."""
    authority = desk.case(
        3, "Tietosuojavaltuutetun toimisto", RequestKind.ACCESS, status=CaseStatus.CANDIDATE, flags=("from_authority",)
    )
    request = desk.case(3, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    for case, asked in ((authority, False), (request, True)):
        app = desk.app()
        async with app.run_test(size=WIDE) as pilot:
            await opened(pilot, case)
            assert ("Who is asking" in screen_text(app)) is asked


async def test_a_late_extension_is_refused_with_its_reason(desk: Desk) -> None:
    case = desk.case(40, "Ville Virta", RequestKind.ACCESS, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "p")
        assert "✖ 2026-0001: an extension must be told within the first month" in screen_text(app)
        assert not app.screen.query("TextArea, Select")  # there is nothing to fill in
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_an_identity_is_recorded_with_its_method(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "i", "ctrl+s")
        assert "Choose a proof, give the address on file, or ask for a new code." in screen_text(app)
        app.screen.query_one("#method", Input).value = "soitettiin rekisterin numeroon"
        await press(pilot, "ctrl+s")
        assert "Next: nothing." in screen_text(app)
    assert case_of(desk, case).identity_level is IdentityLevel.L2


async def test_who_asks_can_be_answered_without_reading_to_the_end(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """On the smallest screen the questions stand under what is missing, the first one opens with Enter, and a level is
    asked only of a proof that has none of its own.
    """
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "i")
        text = screen_text(app)
        assert text.index("Needed: L2") < text.index("A proof that was seen") < text.index("How it was established")
        assert "The address in your register" in text
        assert "Which level it proves" not in text
        await press(pilot, "enter", "end", "enter")
        assert app.screen.query_one("#kind", Select).value is ProofKind.OTHER
        assert "Which level it proves" in screen_text(app)


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


async def test_what_was_done_several_times_is_told_once(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    with desk.store() as store:
        for day in range(1, 4):
            store.reminders.claim(case, f"step-{day}", desk.now.date(), Event(desk.now, AGENT, Act.REMINDER_CLAIMED))
            store.reminders.sent(case, f"step-{day}", desk.now.date(), Event(desk.now, AGENT, Act.REMINDER_SENT))
    app = desk.app()
    async with app.run_test(size=(160, 120)) as pilot:
        await opened(pilot, case)
        text = screen_text(app)
    assert text.count("reminder sent") == 1
    assert "(the assistant)  × 3" in text


async def test_a_box_that_is_ticked_has_another_sign(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """Colour alone would say it to some."""
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "i")
        assert "☐ Write a letter with a new one-time code" in screen_text(app)
        app.screen.query_one("#new-code").value = True  # type: ignore[attr-defined]
        await settled(pilot)
        assert "☑ Write a letter with a new one-time code" in screen_text(app)


async def test_a_note_is_kept(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    app = desk.app()
    async with app.run_test(size=(160, 90)) as pilot:
        await opened(pilot, case)
        await press(pilot, "N")
        app.screen.query_one("#words", TextArea).text = "Toivoo vastausta postitse."
        await press(pilot, "ctrl+s")
        assert "Toivoo vastausta postitse." in screen_text(app)


async def test_another_letter_is_written_by_choice(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    case, _draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "w", "enter")
    assert newest(desk, case).letter is Letter.ACKNOWLEDGEMENT


async def test_a_case_whose_rights_are_all_settled_is_closed(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS)
    with desk.store() as store:
        store.cases.drop_request(store.cases.get(case).requests[0].key, _event(desk))
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "C", "ctrl+s")
    assert case_of(desk, case).status is CaseStatus.CLOSED


@pytest.mark.parametrize("key", ["a", "u", "g", "c", "r", "x", "t", "m"])
async def test_what_cannot_be_done_has_no_key(desk: Desk, key: str) -> None:
    """An open case without a letter: no window opens and nothing changes."""
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, key)
        assert app.screen is screen
    with desk.views() as views:
        assert len(views.trail(case)) == 3  # the mail filed, the case and its right opened


async def test_the_acts_are_buttons_too(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await pilot.click("#act-note")
        await settled(pilot)
        assert "For us only." in screen_text(app)


def newest(desk: Desk, case: CaseKey) -> Draft:
    with desk.views() as views:
        return views.drafts(case)[-1]


def edit(desk: Desk, draft: DraftKey, body: str) -> None:
    """Somebody else's hand."""
    with desk.store() as store:
        old = store.drafts.get(draft)
        desk.review(store, person="Sijainen").letters.edit(draft, old.subject, body, old.text_hash)


def notices(app: Dashboard) -> str:
    return "\n".join(notice.message for notice in app._notifications)


async def judged(pilot: Pilot[None], pane: LetterPane) -> None:
    """The linter looks when typing has paused."""
    await pilot.pause()
    pane._show_judgement()
    await pilot.pause()


def _event(desk: Desk) -> Event:
    return Event(desk.now, AGENT, Act.REQUEST_DROPPED)


async def test_a_proof_of_a_kind_gives_its_own_level_and_an_address_on_file_a_code(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    case, _draft = asked
    app = desk.app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "i")
        app.screen.query_one("#kind").value = ProofKind.KNOWN_FACTS  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "Say how it was established." in screen_text(app)
        app.screen.query_one("#method", Input).value = "tiesi tilausten ajat"
        app.screen.query_one("#on-file", Input).value = "aino.vanha@posti.example"
        await press(pilot, "ctrl+s")
        assert newest(desk, case).letter is Letter.IDENTITY_CODE
        assert newest(desk, case).envelope.to.address == "aino.vanha@posti.example"
    assert case_of(desk, case).identity_level is IdentityLevel.L1
