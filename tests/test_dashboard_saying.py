"""The line: what is said is shown first and done on Enter again; questions are answered; nothing leaves by a line."""

from __future__ import annotations

import re
from datetime import date

import pytest
from textual.widgets import Input, Select, SelectionList

from inbox_agent.dashboard.screens import case_says
from inbox_agent.dashboard.screens.asking import WriteWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.hands import AwayWindow
from inbox_agent.dashboard.screens.record import RecordWindow
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.rules.commands.model import ASKING, Intent
from state.model import (
    Absence,
    CaseKey,
    CaseStatus,
    Channel,
    RequestKind,
)
from state.views import TurnKind
from tests.dashboard_desk import Desk, opened, press, screen_text, settled
from tests.dashboard_hostile import MARKUP
from tests.dashboard_line import NARROW, WIDE, say, told

# -- two Enters ---------------------------------------------------------------------------------------


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


# -- questions ----------------------------------------------------------------------------------------


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
        ("vie exceliin", "as CSV"),
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


# -- what is not done ---------------------------------------------------------------------------------


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

    assert f"did not understand this: {left_out}" in shown
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


def number_of(choice: str, offered: str) -> str:
    """The number before a choice; which of two near readings is the nearer, what was learned says."""
    return next(line.split()[0].rstrip(".") for line in offered.splitlines() if choice in line)


async def test_what_was_picked_by_number_is_done_as_the_words_said(desk: Desk, case: CaseKey) -> None:
    """The reason that a letter takes from the line is never "2"."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        offered = await say(pilot, "peru äskeinen muistutus")
        await say(pilot, number_of("Remind me", offered), confirm=True)

        assert pilot.app.screen.said_line == "peru äskeinen muistutus"


# -- by name, and hostile -----------------------------------------------------------------------------


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
        picked = await say(pilot, number_of("Take back", offered))

    assert "Did you mean one of these?" in offered
    assert "Take back" in picked
