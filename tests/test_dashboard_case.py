"""One case: what is shown of it, and the acts of a person on it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Select, TextArea
from textual.widgets._toast import Toast

from inbox_agent.dashboard.safe import SafeStatic, tell
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.conversation import Conversation
from inbox_agent.dashboard.widgets.letter import LetterPane
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    DraftKey,
    Event,
    IdentityLevel,
    Letter,
    ProofKind,
    RequestKind,
)
from tests.dashboard_case import NARROW, WIDE, case_of, event, newest
from tests.dashboard_desk import Desk, fill, opened, press, screen_text, settled


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


async def test_of_what_may_be_no_request_nobody_is_told_to_ask_who_asks(desk: Desk) -> None:
    """First a person says whether it is one: only then a question may go out."""
    maybe = desk.case(10, "Aino Esimerkki", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    sure = desk.case(10, "Eero Esimerkki", RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=(WIDE[0], 120)) as pilot:
        for case, told in ((maybe, False), (sure, True)):
            await opened(pilot, case)
            assert ("The person has not been asked" in screen_text(app)) is told
            await press(pilot, "escape")


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
        store.drafts.uncertain(draft, "interrupted", event(desk))
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


async def test_status_and_dates_of_a_case_of_several_rights_are_whole_at_80_columns(desk: Desk) -> None:
    case = desk.case(20, "Oskari Niemelä", RequestKind.PORTABILITY, RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        head = screen_text(app).splitlines()[:3]
    assert "· open" in " ".join(head)
    assert "promised" in " ".join(head)
    assert "…" not in " ".join(head[1:])


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
        assert "Minkä vuosien tietoja" in newest(desk, case).body


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
        assert "monimutkainen ja koskee suurta määrää aineistoa: pyyntö koskee" in newest(desk, case).body
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


async def test_a_passing_notice_is_seen_once_and_leaves_the_line_free(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """Over a case, and where a window has come over both."""
    app = desk.app()
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        screen = await opened(pilot, asked[0])
        tell(screen, "Tallennettu kansioon, jolla on pitkä nimi. " * 3, seconds=60)
        await settled(pilot)
        [shown] = app.screen.query(Toast)
        assert shown.region.bottom <= screen.query_one("#line").region.y
        await press(pilot, "i")
        seen = [toast for each in app.screen_stack for toast in each.query(Toast) if toast.visible]
    assert len(seen) == 1


async def test_who_asks_tells_nothing_twice(desk: Desk, asked: tuple[CaseKey, DraftKey]) -> None:
    """What stands over the fields is not told again under them."""
    app = desk.app()
    async with app.run_test(size=(WIDE[0], 90)) as pilot:
        await opened(pilot, asked[0])
        await press(pilot, "i")
        lines = [line.strip() for part in app.screen.query(SafeStatic) for line in str(part.render()).splitlines()]
    told = [line for line in lines if line]
    assert "May be asked, the least first:" in " ".join(told)
    assert len(told) == len(set(told))


async def test_a_letter_that_left_is_seen_in_the_conversation_where_only_one_of_them_fits(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """Whoever approved it from the letter is not left before an empty one."""
    case, draft = asked
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "tab")
        assert both_shown(screen) == (False, True)
        desk.sending(draft)
        with desk.store() as store:
            store.drafts.sent(draft, "250 ok", event(desk))
        await app.look()
        await settled(pilot)
        assert both_shown(screen) == (True, False)
        assert screen.query_one(Conversation).is_vertical_scroll_end


async def test_what_the_assistant_proposes_in_the_conversation_names_no_key_that_does_not_work(
    desk: Desk, asked: tuple[CaseKey, DraftKey]
) -> None:
    """The head names the key for it where the cursor is; what was said in the conversation stays as it was said."""
    app = desk.app()
    async with app.run_test(size=(WIDE[0], 120)) as pilot:
        screen = await opened(pilot, asked[0])
        await press(pilot, "s")
        desk.beats()
        await app.look()
        await settled(pilot)
        assert "▸ Approve the identity question  F8" in screen_text(app)
        proposal = list(screen.query_one(Conversation).query(".assistant"))[-1]
        assert str(proposal.render()).splitlines()[-1] == "▸ Approve the identity question"


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


async def test_a_case_whose_rights_are_all_settled_is_closed(desk: Desk) -> None:
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS)
    with desk.store() as store:
        store.cases.drop_request(store.cases.get(case).requests[0].key, event(desk))
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
        app.screen.query_one("#method", Input).value = "tiesi tilausten ajat ja laskun summan"
        app.screen.query_one("#on-file", Input).value = "aino.vanha@posti.example"
        await press(pilot, "ctrl+s")
        assert newest(desk, case).letter is Letter.IDENTITY_CODE
        assert newest(desk, case).envelope.to.address == "aino.vanha@posti.example"
    assert case_of(desk, case).identity_level is IdentityLevel.L1
