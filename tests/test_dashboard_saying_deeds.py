"""The line: what a person decides, asks and records in a case."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Input, Select, TextArea

from inbox_agent.dashboard.screens.asking import ExtensionWindow, WriteWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.outcome import FactsWindow, OutcomeWindow
from inbox_agent.dashboard.screens.who_asks import WhoAsksWindow
from state.model import (
    CaseKey,
    CaseStatus,
    DraftStatus,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    RequestKind,
)
from state.views import TurnKind
from tests.dashboard_desk import Desk, fields, fill, opened, press, screen_text, settled
from tests.dashboard_line import NARROW, WIDE, say


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


async def test_a_decision_on_a_right_that_nobody_asked_for_is_told_so_and_opens_nothing(desk: Desk) -> None:
    """A form in which nothing is filled in would leave the person to guess why."""
    asked = desk.case(4, "Eino Esimerkki", RequestKind.ACCESS, text="Mitä tietoja teillä on minusta?")
    async with desk.app().run_test(size=WIDE) as pilot:
        screen = await opened(pilot, asked)
        shown = await say(pilot, "poisto toteutettu eilen", confirm=True)

        assert "No decision is open here on this: erasure. v changes what is asked." in shown
        assert pilot.app.screen is screen


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
        ("hän tunnistautui pankkitunnuksilla", ProofKind.STRONG, "pankkitunnukset"),
        ("näytti ajokortin tiskillä", ProofKind.ID_SHOWN, "ajokortti"),
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
        window.query_one("#level", Select).value = IdentityLevel.L1  # asked only of what has no level of its own
        await press(pilot, "ctrl+s")

    with desk.views() as views:
        [proof] = views.proofs(case)
    assert proof.kind is kind


async def test_a_picture_of_a_document_that_was_said_is_recorded_at_no_level(desk: Desk, case: CaseKey) -> None:
    """Anybody may have it (EDPB Guidelines 01/2022, 73-79)."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "lähetti kuvan passista ja se oli kunnossa", confirm=True)
        window = pilot.app.screen
        assert window.query_one("#method", Input).value == "picture of an identity document"
        window.query_one("#level", Select).value = IdentityLevel.L1
        await press(pilot, "ctrl+s")
        assert "proves nobody" in screen_text(pilot.app)

    with desk.views() as views:
        assert not views.proofs(case)
