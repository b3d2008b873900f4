"""The line: what is said is shown first and done on Enter again; questions are answered; nothing leaves by a line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, SelectionList, TextArea

from inbox_agent.dashboard import naming
from inbox_agent.dashboard.screens import case_says
from inbox_agent.dashboard.screens.approve import ApproveWindow
from inbox_agent.dashboard.screens.asking import ExtensionWindow, WriteWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.duties import DutiesWindow
from inbox_agent.dashboard.screens.hands import AwayWindow
from inbox_agent.dashboard.screens.joining import JoinWindow, PartWindow
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.later import LaterWindow
from inbox_agent.dashboard.screens.outcome import FactsWindow, OutcomeWindow
from inbox_agent.dashboard.screens.record import RecordWindow
from inbox_agent.dashboard.screens.who_asks import WhoAsksWindow
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.letter import LetterPane
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.errors import UsageProblem
from inbox_agent.rules.commands.model import ASKING, Intent
from inbox_agent.rules.letters import live_requests
from state.model import (
    Absence,
    CaseKey,
    CaseStatus,
    Channel,
    DraftStatus,
    DutyKind,
    DutyStatus,
    Letter,
    Outcome,
    ProofKind,
    RequestKind,
)
from state.views import TurnKind
from tests.dashboard_desk import Desk, fields, fill, opened, press, screen_text, settled, stored
from tests.dashboard_hostile import MARKUP

NARROW, WIDE = (80, 24), (160, 50)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "inbox.db")


@pytest.fixture
def case(desk: Desk) -> CaseKey:
    return desk.case(
        3,
        "Aino Esimerkki",
        RequestKind.ERASURE,
        text="Poistakaa tietoni.",
        evidence=(("erasure", "Poistakaa tietoni"),),
    )


async def say(pilot: Pilot[None], text: str, *, confirm: bool = False) -> str:
    """Write a line and press Enter, with `confirm` once more; what stands above the line then."""
    await press(pilot, "s")
    line = pilot.app.screen.query_one(CommandLine)
    line.field.value = text
    await settled(pilot)
    await press(pilot, "enter")
    shown = told(pilot)
    if confirm:
        await press(pilot, "enter")
    return shown


def told(pilot: Pilot[None]) -> str:
    line = next(iter(pilot.app.screen.query(CommandLine)), None)
    if line is None:
        return ""  # a window stands over it
    box = line.query_one("#told")
    return str(box.query_one("#told-text").render()) if box.display else ""


# -- two Enters --------------------------------------------------------------------------------------


async def test_the_first_enter_does_nothing(desk: Desk, case: CaseKey) -> None:
    """A deed is shown filled in and the store is as before."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, "ei ole pyyntö")

    assert "Enter again" in shown
    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN


async def test_a_deed_tells_which_words_made_it(desk: Desk, case: CaseKey) -> None:
    """Whoever is misunderstood sees which words to change."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, "ei ole pyyntö")

    (decided,) = (line for line in shown.splitlines() if "Decided by:" in line)
    assert {"ei", "pyyntö"} <= set(re.findall(r"\w+", decided))


async def test_the_second_enter_does_it(desk: Desk, case: CaseKey) -> None:
    """The same line confirmed opens the window of its key, which tells what follows; nothing is dismissed before."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "ei ole pyyntö", confirm=True)
        await settled(pilot)

        assert isinstance(pilot.app.screen, Confirm)

    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN


async def test_another_text_is_another_order(desk: Desk, case: CaseKey) -> None:
    """What was changed after it was shown is shown anew, never done at once."""
    async with desk.app().run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, "ei ole pyyntö")
        screen.query_one(CommandLine).field.value = "kirjaa: asiakas soitti"
        await settled(pilot)
        await press(pilot, "enter")

    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN
        assert not [turn for turn in views.conversation(case) if turn.kind is TurnKind.NOTE]


async def test_escape_gives_up_and_then_leaves(desk: Desk, case: CaseKey) -> None:
    """The first Escape takes the order back, the second goes to the conversation; the case stays open on the screen."""
    async with desk.app().run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, "ei ole pyyntö")
        await press(pilot, "escape")
        assert (told(pilot), screen.query_one(CommandLine).field.value) == ("", "")
        await press(pilot, "escape")

        assert not screen.query_one(CommandLine).field.has_focus
        assert pilot.app.screen is screen


async def test_what_was_said_comes_back(desk: Desk, case: CaseKey) -> None:
    """Up shows the line before."""
    async with desk.app().run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, "montako päivää jäljellä")
        await press(pilot, "escape", "s", "up")

        assert screen.query_one(CommandLine).field.value == "montako päivää jäljellä"


async def test_a_forbidden_command_does_nothing(desk: Desk, case: CaseKey) -> None:
    """However often Enter is pressed."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "älä merkitse roskaksi äläkä sulje", confirm=True)
        await press(pilot, "enter", "enter")

    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN


# -- questions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("miksi luulet että tämä on poistopyyntö", "Poistakaa tietoni"),
        ("montako päivää jäljellä", "27 days left"),
        ("miten määräaika lasketaan", "Article 12(3)"),
        ("mitä erääntyy tässä kuussa", "Nothing."),
        ("näytä kaikki määräajat", "Aino Esimerkki"),
        ("mitä teen seuraavaksi", "2026-0001"),
        ("paljonko pyyntöjä tänä vuonna", "median days"),
        ("apua", "You can say"),
        ("vie exceliin", "--csv"),
        ("kiitos", "You are welcome"),
        ("hoida tää", "I am not sure"),
    ],
)
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_questions_are_answered_at_once(
    desk: Desk, case: CaseKey, size: tuple[int, int], text: str, answer: str
) -> None:
    """From the views and from what was stored with the mail; nothing waits for Enter again."""
    async with desk.app().run_test(size=size) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, text)

    assert answer in shown
    assert "Enter again" not in shown


async def test_over_the_list_a_case_is_opened_by_number_and_by_name(desk: Desk, case: CaseKey) -> None:
    """By "avaa 1", by the person's name, and by "avaa seuraava"."""
    for text in ("avaa 1", "näytä Aino Esimerkin asia", "avaa seuraava"):
        async with desk.app().run_test(size=NARROW) as pilot:
            await settled(pilot)
            await say(pilot, text)
            await settled(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, CaseScreen)
            assert screen.case_key == case


async def test_over_the_list_a_search_filters(desk: Desk, case: CaseKey) -> None:
    """What is sought narrows the list."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await settled(pilot)
        await say(pilot, "etsi Virtanen")
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot)

        assert screen.query_one("#filter", Input).value == "Virtanen"


async def test_a_request_on_paper_comes_filled_in(desk: Desk) -> None:
    """Who, when, how and what stand in the window of such requests."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await say(pilot, "Laine soitti eilen ja pyysi poistamaan tietonsa", confirm=True)
        window = pilot.app.screen

        assert isinstance(window, RecordWindow)
        assert window.query_one("#name", Input).value == "Laine"
        assert window.query_one("#day", Input).value == "23.11.2026"
        assert window.query_one("#channel", Select).value is Channel.CALL
        assert window.query_one("#kinds", SelectionList).selected == [RequestKind.ERASURE]


async def test_a_holiday_said_over_the_list_comes_filled_in(desk: Desk, case: CaseKey) -> None:
    """The deputy's days; recorded only in the window."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await say(pilot, "olen lomalla 1.12.-15.12., sijainen hoitaa", confirm=True)
        assert isinstance(pilot.app.screen, AwayWindow)
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        assert views.absences() == (Absence(date(2026, 12, 1), date(2026, 12, 15)),)


async def test_a_deed_said_over_the_list_is_confirmed_in_its_case(desk: Desk, case: CaseKey) -> None:
    """The case comes into view with the form; only there it is done."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await settled(pilot)
        await say(pilot, "kirjaa: asiakas soitti", confirm=True)
        await settled(pilot)
        assert isinstance(pilot.app.screen, CaseScreen)
        assert "asiakas soitti" in told(pilot)
        with desk.views() as views:
            assert not [turn for turn in views.conversation(case) if turn.kind is TurnKind.NOTE]
        await press(pilot, "enter")

    with desk.views() as views:
        (note,) = [turn for turn in views.conversation(case) if turn.kind is TurnKind.NOTE]
    assert note.text == "asiakas soitti"


# -- deeds -------------------------------------------------------------------------------------------


async def test_the_identity_question_is_written(desk: Desk, case: CaseKey) -> None:
    """Proposed, not sent."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "pyydä asiakasnumeroa", confirm=True)

    with desk.views() as views:
        (draft,) = views.drafts(case)
    assert (draft.letter, draft.status) == (Letter.IDENTITY_QUESTION, DraftStatus.PROPOSED)


async def test_an_outcome_comes_filled_in(desk: Desk, case: CaseKey) -> None:
    """Outcome, ground, what is kept and the day stand in the window; the person completes it."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "hylkää laskujen osalta kirjanpitolain takia, muut poistettu eilen", confirm=True)
        window = pilot.app.screen

        assert isinstance(window, OutcomeWindow)
        assert window.query_one(".outcome", Select).value is Outcome.PARTLY
        fields = [field.value for field in window.query(Input)] + [field.text for field in window.query(TextArea)]
        assert "laskut" in fields
        assert "accounting_law" in [field.value for field in window.query(Select)]


async def test_an_act_that_was_named_comes_filled_in(desk: Desk, case: CaseKey) -> None:
    """The ground is that another Act binds, and its name is where the letter cites it; the section the person adds."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "poisto evätään perusopetuslain nojalla", confirm=True)
        window = pilot.app.screen

        assert "legal_obligation" in [field.value for field in window.query(Select)]
        fields = [field.value for field in window.query(Input)] + [field.text for field in window.query(TextArea)]
        assert "perusopetuslaki" in fields


async def test_a_ground_of_another_right_is_told_and_not_filled_in(desk: Desk) -> None:
    """Accounting law refuses no access request, however it is said."""
    asked = desk.case(4, "Eino Esimerkki", RequestKind.ACCESS, text="Mitä tietoja teillä on minusta?")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, asked)
        shown = await say(pilot, "hylkää kirjanpitolain takia", confirm=True)

        assert "does not answer this right" in shown
        assert "accounting_law" not in [field.value for field in pilot.app.screen.query(Select)]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("pyydä tarkentamaan pyyntöä", WriteWindow),
        ("jatka määräaikaa, pyyntö koskee kuutta sopimusta", ExtensionWindow),
        ("peri 10 euron maksu toisesta kopiosta", FactsWindow),
        ("henkilöllisyys varmistettu takaisinsoitolla", WhoAsksWindow),
    ],
)
async def test_deeds_that_need_more_open_their_window(desk: Desk, case: CaseKey, text: str, window: type) -> None:
    """The same window as behind the key."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, text, confirm=True)

        assert isinstance(pilot.app.screen, window)


async def test_an_unlawful_reason_is_told_before_anything(desk: Desk, case: CaseKey) -> None:
    """The finding stands in the form, and the window chooses no reason of its own."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, "jatka määräaikaa loman takia", confirm=True)

        assert "no reason for an extension" in shown
        assert fields(pilot.app.screen)["extension_reason"].value == ""


async def test_the_reason_said_in_the_line_stands_in_the_window(desk: Desk, case: CaseKey) -> None:
    """Nobody types it twice; in what it is complex is still theirs to choose."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "jatka määräaikaa, pyyntö koskee kuutta sopimusta", confirm=True)

        assert fields(pilot.app.screen)["extension_explained"].value == "pyyntö koskee kuutta sopimusta"


async def test_a_reason_of_ours_is_refused_in_the_window_that_keeps_the_words(desk: Desk, case: CaseKey) -> None:
    """Nothing typed is lost, and nothing is written, before the reason is one of the request's (GDPR 12(3))."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "p")
        window = pilot.app.screen
        assert isinstance(window, ExtensionWindow)
        fill(window, extension_reason="complexity")
        await settled(pilot)
        fill(window, extension_in="scattered", extension_explained="meillä on lomakausi")
        await press(pilot, "ctrl+s")
        assert "“lomakausi” is no reason" in screen_text(pilot.app)
        assert pilot.app.screen is window
        fill(window, extension_explained="tiedot ovat kuudessa sopimuksessa")
        await press(pilot, "ctrl+s")
        assert pilot.app.screen is not window


async def test_an_extension_that_comes_too_late_is_not_called_lawful(desk: Desk) -> None:
    """Whatever the reason: the first month is over, and Enter again does nothing."""
    late = desk.case(40, "Oili Rinne", RequestKind.ERASURE)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, late)
        shown = await say(pilot, "jatka määräaikaa, pyyntö koskee kuutta sopimusta", confirm=True)

        assert "within the first month" in shown
        assert "In law: not so" in shown
        assert isinstance(pilot.app.screen, CaseScreen)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((RequestKind.MARKETING_OBJECTION, RequestKind.ERASURE), "✓ erasure: may be extended"),
        ((RequestKind.MARKETING_OBJECTION,), "no right waits whose deadline could be extended"),
    ],
)
async def test_no_time_is_offered_for_a_ban_on_marketing(desk: Desk, kinds: tuple[RequestKind, ...], told: str) -> None:
    """It is acted on at once (GDPR 21(3)): the window speaks of the other rights, or says why it offers nothing."""
    banned = desk.case(2, "Oili Rinne", *kinds)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, banned)
        await press(pilot, "p")
        shown = screen_text(pilot.app)

    assert told in shown
    assert "✓ ban on direct marketing" not in shown


async def test_a_candidate_is_confirmed_with_the_rights_said(desk: Desk) -> None:
    """The rights said are ticked in the window."""
    unsure = desk.case(2, "Oili Rinne", RequestKind.ERASURE, status=CaseStatus.CANDIDATE)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, unsure)
        await say(pilot, "tämä on oikaisupyyntö eikä poisto", confirm=True)
        assert isinstance(pilot.app.screen, ChooseKinds)
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        stored = views.case(unsure)
    assert stored.status is CaseStatus.OPEN
    assert RequestKind.RECTIFICATION in {request.kind for request in stored.requests}


async def test_a_case_is_opened_again(desk: Desk, case: CaseKey) -> None:
    with desk.store() as store:
        desk.review(store).cases.dismiss(case)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "avaa asia uudelleen", confirm=True)

    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN


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
        assert "Teidän ei tarvitse tehdä nyt mitään." in before
        await say(pilot, "poista kirjeestä lause: ei tarvitse tehdä nyt mitään", confirm=True)
        after = screen.query_one(LetterPane).written.body
        await press(pilot, "escape")
        shown = await say(pilot, "poista kirjeestä sanat appelsiini ja banaani")

    assert after == before.replace("Teidän ei tarvitse tehdä nyt mitään. ", "")
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


async def test_a_case_is_handed_over(desk: Desk, case: CaseKey) -> None:
    """To the name said, in its base form."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "siirrä tämä Korhoselle", confirm=True)

    with desk.views() as views:
        assert views.case(case).assigned == "Korhonen"


@pytest.mark.parametrize(
    ("text", "assigned", "reminders"),
    [
        ("siirrä Korhoselle 24.11.-15.12.", "Korhonen", [(date(2026, 12, 16), "← Helmi Ruokojärvi")]),
        (
            "siirrä Korhoselle 1.12.-15.12.",
            "",
            [(date(2026, 12, 1), "→ Korhonen"), (date(2026, 12, 16), "← Helmi Ruokojärvi")],
        ),
    ],
)
async def test_a_case_is_handed_over_for_some_days(
    desk: Desk, case: CaseKey, text: str, assigned: str, reminders: list[tuple[date, str]]
) -> None:
    """Nothing moves by itself: the person is reminded of the days to come."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, text, confirm=True)

    with desk.views() as views:
        assert views.case(case).assigned == assigned
        assert [(duty.due_on, duty.about) for duty in views.duties(case)] == reminders


async def test_what_failed_is_noted(desk: Desk, case: CaseKey) -> None:
    """An identity that was not established raises no level."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "tunnistus ei onnistunut", confirm=True)

    with desk.views() as views:
        (note,) = [turn for turn in views.conversation(case) if turn.kind is TurnKind.NOTE]
    assert "Identity" in note.text


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "henkilöllisyys varmistettu, soitin tuttuun numeroon eilen",
            ProofKind.CALL_BACK,
            "a call to a number on file, on Monday 23.11.2026",
        ),
        ("henkilöllisyys varmistettu asiakasnumerolla", ProofKind.OTHER, "customer number"),
    ],
)
async def test_the_proof_that_was_said_is_filled_in(
    desk: Desk, case: CaseKey, text: str, kind: ProofKind, words: str
) -> None:
    """What was understood is not asked a second time; the level is seen, and recorded by the person."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, text, confirm=True)
        window = pilot.app.screen
        assert isinstance(window, WhoAsksWindow)
        assert (window.query_one("#kind", Select).value, window.query_one("#method", Input).value) == (kind, words)
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        [proof] = views.proofs(case)
    assert proof.kind is kind


async def test_a_task_is_ticked(desk: Desk) -> None:
    """The one open task that is meant."""
    banned = desk.case(2, "Oili Rinne", RequestKind.MARKETING_OBJECTION)
    with desk.store() as store:
        review = desk.review(store)
        key = review.duties.add(banned, DutyKind.TELL_RECIPIENTS, desk.now.date(), "Lähetti Oy")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, banned)
        await say(pilot, "vastaanottajille ilmoitettu eilen", confirm=True)

    with desk.views() as views:
        (duty,) = [duty for duty in views.duties(banned) if duty.key == key]
    assert duty.status is DutyStatus.DONE


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        ("muistuta torstaina", (DutyKind.REMINDER, date(2026, 11, 26), "")),
        ("muistuta 5.12. soittaa Virtaselle", (DutyKind.REMINDER, date(2026, 12, 5), "soittaa Virtaselle")),
        ("muistuta huomenna klo 9 jos ei ole vastannut", (DutyKind.AWAIT_REPLY, date(2026, 11, 25), "at 09:00")),
    ],
)
async def test_a_reminder_is_a_task_with_its_day(
    desk: Desk, case: CaseKey, text: str, laid_down: tuple[DutyKind, date, str]
) -> None:
    """Laid down on the second Enter, with what was said of it; "peru muistutus" takes it away again."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, text)
        with desk.views() as views:
            assert views.duties(case) == ()
        await press(pilot, "enter")
        with desk.views() as views:
            (duty,) = views.duties(case)
        await say(pilot, "peru muistutus", confirm=True)

    assert (duty.kind, duty.due_on, duty.about) == laid_down
    with desk.views() as views:
        assert [left.status for left in views.duties(case)] == [DutyStatus.CANCELLED]


async def test_a_reminder_is_moved_to_another_day(desk: Desk, case: CaseKey) -> None:
    """The one before it is cancelled, the new day stands alone."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "muistuta huomenna", confirm=True)
        await say(pilot, "siirrä muistutus ylihuomiseen", confirm=True)

    with desk.views() as views:
        live = [duty.due_on for duty in views.duties(case) if duty.status is DutyStatus.OPEN]
        assert live == [desk.now.date() + timedelta(days=2)]


async def test_of_two_reminders_none_is_cancelled_by_the_line(desk: Desk, case: CaseKey) -> None:
    """Which one is meant was not said: the tasks are shown, and both stay."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "muistuta huomenna", confirm=True)
        await settled(pilot)
        await say(pilot, "muistuta ylihuomenna", confirm=True)
        await settled(pilot)
        await say(pilot, "peru muistutus", confirm=True)
        await settled(pilot)

        assert isinstance(pilot.app.screen, DutiesWindow)

    with desk.views() as views:
        duties = [one for one in views.duties(case) if one.kind is DutyKind.REMINDER]
        assert [one.status for one in duties] == [DutyStatus.OPEN, DutyStatus.OPEN]


async def test_of_two_reminders_one_is_moved_and_the_other_stays(desk: Desk, case: CaseKey) -> None:
    """The one whose words were said; where either may be meant, the tasks are shown and none is moved."""
    tomorrow = desk.now.date() + timedelta(days=1)
    with desk.store() as store:
        duties = desk.review(store).duties
        duties.remind(case, tomorrow, "soittaa Virtaselle")
        duties.remind(case, tomorrow, "kysy arkistosta")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "siirrä muistutus ylihuomiseen", confirm=True)
        assert isinstance(pilot.app.screen, DutiesWindow)

    with desk.store() as store:
        duties = desk.review(store).duties
        live = [(one.due_on, one.about) for one in store.duties.of_case(case) if one.status is DutyStatus.OPEN]
        assert live == [(tomorrow, "soittaa Virtaselle"), (tomorrow, "kysy arkistosta")]
        duties.remind_instead(case, tomorrow + timedelta(days=1), named="virtaselle")
        live = [(one.due_on, one.about) for one in store.duties.of_case(case) if one.status is DutyStatus.OPEN]
        assert live == [(tomorrow, "kysy arkistosta"), (tomorrow + timedelta(days=1), "soittaa Virtaselle")]


async def test_a_deed_that_the_store_has_no_time_for_is_told(desk: Desk, case: CaseKey) -> None:
    """Somebody else writes for longer than anybody waits: a sentence, and the case stays in view."""
    with desk.store() as store:
        desk.review(store).duties.remind(case, desk.now.date())
    async with desk.app(patience=0.05).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        with desk.store() as store, store.transaction():
            await say(pilot, "peru muistutus", confirm=True)
        assert pilot.app.screen is screen
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
    with desk.views() as views:
        assert [duty.status for duty in views.duties(case)] == [DutyStatus.OPEN]


async def test_two_cases_of_one_matter_are_joined(desk: Desk, case: CaseKey) -> None:
    """Both are shown with what comes of it; the one received first goes on and is opened."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, later)
        await say(pilot, "yhdistä asiaan 1", confirm=True)
        assert isinstance(pilot.app.screen, JoinWindow)
        shown = screen_text(pilot.app)  # type: ignore[arg-type]
        assert "differ" not in shown
        await press(pilot, "ctrl+s")
        screen = pilot.app.screen
        assert isinstance(screen, CaseScreen)
        assert screen.case_key == case

    with desk.views() as views:
        stays, left = views.case(case), views.case(later)
        assert {request.kind for request in stays.requests} == {RequestKind.ERASURE, RequestKind.ACCESS}
        assert (left.status, left.joined_to) == (CaseStatus.CLOSED, case)
        assert [turn.text for turn in views.conversation(case) if turn.message] == [
            "Poistakaa tietoni.",
            "Haluan myös tietoni.",
        ]


async def test_a_joining_is_undone_by_the_line(desk: Desk, case: CaseKey) -> None:
    """Where no letter is to be called back, "undo" parts what was joined; both cases are shown first."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    with desk.store() as store:
        desk.review(store).cases.join(case, later)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "pura yhdistäminen")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PartWindow)
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        assert views.case(later).joined_to is None


async def test_joined_by_a_key_and_parted_again(desk: Desk, case: CaseKey) -> None:
    """From the case that went on, or from the one that went over, which says where it goes on."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    for where in (case, later):
        async with desk.app().run_test(size=NARROW) as pilot:
            await opened(pilot, later)
            await press(pilot, "j", "1", "enter")
            assert isinstance(pilot.app.screen, JoinWindow)
            await press(pilot, "ctrl+s", "escape", "escape")
            await opened(pilot, where)
            assert ("goes on in 2026-0001" in screen_text(pilot.app)) is (where == later)  # type: ignore[arg-type]
            await press(pilot, "J")
            assert isinstance(pilot.app.screen, PartWindow)
            await press(pilot, "ctrl+s")

        with desk.views() as views:
            assert views.case(later).joined_to is None
            texts_of = [[turn.text for turn in views.conversation(key) if turn.message] for key in (case, later)]
            assert texts_of == [["Poistakaa tietoni."], ["Haluan myös tietoni."]]
            assert [one.kind for one in live_requests(views.case(case))] == [RequestKind.ERASURE]
            assert [one.kind for one in live_requests(views.case(later))] == [RequestKind.ACCESS]


@pytest.mark.parametrize("line", ["/part", "peru viimeisin"])
async def test_parting_is_had_by_name_by_the_line_and_in_the_list_of_all_acts(
    desk: Desk, case: CaseKey, line: str
) -> None:
    """Whoever does not know the key finds it; both cases are shown before anything is undone."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    with desk.store() as store:
        desk.review(store).cases.join(case, later)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        assert "Shift+J  Part joined cases again" in screen_acts(pilot)
        await say(pilot, line, confirm=not line.startswith("/"))
        await settled(pilot)
        assert isinstance(pilot.app.screen, PartWindow)

    with desk.views() as views:
        assert views.case(later).joined_to == case


async def test_a_joining_is_undone_by_saying_so_over_the_list(desk: Desk, case: CaseKey) -> None:
    """The case opens, what was said stands there to be confirmed, and both are shown before anything is undone."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    with desk.store() as store:
        desk.review(store).cases.join(case, later)
    async with desk.app().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await say(pilot, "peru viimeisin", confirm=True)
        await settled(pilot)
        assert isinstance(pilot.app.screen, CaseScreen)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PartWindow)
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        assert views.case(later).joined_to is None


def screen_acts(pilot: Pilot[None]) -> list[str]:
    """What the window of all acts would list."""
    return [str(act.line) for act in naming.here(pilot.app.screen, pilot.app)]


async def test_what_cannot_be_parted_any_more_says_why(desk: Desk, case: CaseKey) -> None:
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    with desk.store() as store:
        desk.review(store).cases.join(case, later)
    desk.sending(desk.proposed(case, Letter.ACKNOWLEDGEMENT, days=0), days=0)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, later)
        await press(pilot, "J", "ctrl+s")
        [notice] = pilot.app._notifications
        assert "2026-0002 cannot be parted any more" in notice.message


@pytest.mark.parametrize("onwards", [True, False])
async def test_a_later_joining_is_parted_first_and_that_is_said(desk: Desk, case: CaseKey, onwards: bool) -> None:
    """Whether the joined case went on in an older one or took a newer one in; then the first can be parted."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    third = desk.case(9 if onwards else 0, "Aino Esimerkki", RequestKind.RESTRICTION, text="Rajoittakaa käsittelyä.")
    with desk.store() as store:
        cases = desk.review(store).cases
        cases.join(case, later)
        stays = cases.join(case, third)
        assert (stays == third) is onwards
        with pytest.raises(UsageProblem, match="part_joined_further"):
            cases.part(later)
        cases.part(case if onwards else third)
        assert cases.part(later) == case


@pytest.mark.parametrize(
    ("text", "instead"),
    [("yhdistä asiat 1, 2 ja 99", "No single open case is meant by 99."), ("yhdistä asiat 1, 2 ja 3", "Two cases")],
)
async def test_cases_are_joined_only_where_every_one_named_is_meant(
    desk: Desk, case: CaseKey, text: str, instead: str
) -> None:
    """One that is unknown, or a third one, is not left out silently."""
    for days in (1, 2):
        desk.case(days, "Aino Esimerkki", RequestKind.ACCESS)
    async with desk.app().run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        await say(pilot, text, confirm=True)
        assert pilot.app.screen is screen
        [notice] = pilot.app._notifications
        assert instead in notice.message


async def test_another_address_is_warned_about_before_joining(desk: Desk, case: CaseKey) -> None:
    """Somebody else's mails in a case are shown to nobody by accident."""
    desk.case(1, "Oili Rinne", RequestKind.ACCESS)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "yhdistä tämä asiaan 2", confirm=True)
        assert "The addresses differ" in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "escape")

    with desk.views() as views:
        assert len(views.queue(desk.now.date())) == 2


async def test_a_letter_is_approved_for_a_day_and_an_hour_by_its_key(desk: Desk, case: CaseKey) -> None:
    """What is no such time, or has passed, is asked again; the letter itself still needs its own key."""
    draft = desk.proposed(case)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await press(pilot, "T")
        window = pilot.app.screen
        assert isinstance(window, LaterWindow)
        for day, hour in (("", "9"), ("23.11.2026", "9.00"), ("27.11.2026", "25.00"), ("27.11.2026", "heti")):
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


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("siirrä kaikki asiat Liisalle", "one by one"),
        ("paperikirje tuli eilen Maija Virtaselta, haluaa tietonsa pois", "over the list"),
        ("tee kirjeestä lyhyempi", "neither shorter nor warmer"),
        ("poista tämä asia", "is not deleted"),
        ("lähetä kaikki", "one by one"),
        ("ohita tunnistus", "identified"),
    ],
)
async def test_what_cannot_be_done_says_what_to_do_instead(desk: Desk, case: CaseKey, text: str, instead: str) -> None:
    """Understood, told honestly, and not waiting for Enter again."""
    desk.proposed(case)
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, text)

    assert instead in shown
    assert "Enter again" not in shown


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("ei ole pyyntö, siirrä 12 Laineelle", "12"),
        ("kysy asiakasnumero tekstiviestillä", "tekstiviestillä"),
    ],
)
async def test_what_was_not_understood_is_not_done(desk: Desk, case: CaseKey, text: str, left_out: str) -> None:
    """Words left out of a deed are named, and a second Enter does nothing of that line."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        shown = await say(pilot, text, confirm=True)

    assert f"did not understand: {left_out}" in shown
    assert "Enter again" not in shown
    with desk.views() as views:
        assert views.case(case).status is CaseStatus.OPEN


async def test_the_cases_own_person_and_right_leave_nothing_out(desk: Desk, case: CaseKey) -> None:
    """Said of this case they are only told."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        with desk.views() as views:
            name = views.case(case).subject.name
        shown = await say(pilot, f"pyydä {name} asiakasnumeroa")

    assert "did not understand" not in shown
    assert "Enter again" in shown


async def test_a_deed_for_another_case_is_not_done_here(desk: Desk, case: CaseKey) -> None:
    """A number said must be this case's."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        with desk.store() as store:
            desk.review(store).cases.dismiss(case)
        await settled(pilot)
        shown = await say(pilot, "avaa 15 uudestaan")

    assert "another case" in shown


# -- by name, and hostile ------------------------------------------------------------------------------


async def test_a_stroke_names_the_acts(desk: Desk, case: CaseKey) -> None:
    """The stroke alone lists them with their keys, as they are typed they become fewer; "/note" opens the note."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await press(pilot, "s", "slash")
        assert "Shift+N Note" in told(pilot)
        assert "Focus" not in told(pilot)  # what is Textual's own has no name in the person's language
        await press(pilot, "n", "o", "t")
        assert told(pilot) == "d Not a request   Shift+N Note"
        await press(pilot, "escape")
        assert not told(pilot)
        await say(pilot, "/note")
        await settled(pilot)

        assert isinstance(pilot.app.screen, WriteWindow)


@pytest.mark.parametrize(
    "text", [MARKUP, f"kirjaa: {MARKUP}", "etsi [@click=app.exit]x[/]", "\x1b]52;c;aGFja2Vk\x07", "ä" * 700]
)
async def test_hostile_text_is_only_text(desk: Desk, case: CaseKey, text: str) -> None:
    """Markup and escapes in the line neither act nor end the program: nothing on the screen can be clicked for them,
    the store stays as it was, and the keys do as before.
    """
    with desk.views() as views:
        before = views.case(case), views.conversation(case)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, text)

        assert "\x1b" not in screen_text(pilot.app)  # type: ignore[arg-type]
        clicks = {
            str(segment.style.meta["@click"])
            for strip in pilot.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and "@click" in segment.style.meta
        }
        assert [click for click in clicks if "exit" in click] == []
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)
    with desk.views() as views:
        assert (views.case(case), views.conversation(case)) == before


def test_every_intent_is_an_answer_or_a_deed_or_says_what_instead() -> None:
    """No intent falls through."""
    covered = ASKING | set(case_says._OFFERS) | {Intent.UNSAFE, Intent.ADD_PAPER_REQUEST}

    assert covered == set(Intent)


async def test_the_choices_of_an_unclear_line_are_picked_by_number(desk: Desk, case: CaseKey) -> None:
    """A line with two near readings shows both; a number shows the one picked, and only Enter again does it."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        offered = await say(pilot, "peru äskeinen muistutus")
        picked = await say(pilot, "1")

    assert "Did you mean one of these?" in offered
    assert "Take back" in picked


async def test_what_was_picked_by_number_is_done_as_the_words_said(desk: Desk, case: CaseKey) -> None:
    """The reason that a letter takes from the line is never "2"."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "peru äskeinen muistutus")
        await say(pilot, "2", confirm=True)

        assert pilot.app.screen.said_line == "peru äskeinen muistutus"
