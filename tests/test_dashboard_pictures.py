"""Pictures of every screen at the smallest and at a large size: what a person sees is what was looked at.

After a wanted change: `pytest tests/test_dashboard_pictures.py --snapshot-update`, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Select, TextArea

from inbox_agent.dashboard.screens.asking import DifferenceWindow
from inbox_agent.dashboard.screens.joining import JoinWindow, PartWindow
from inbox_agent.dashboard.screens.outcome import FactsWindow
from inbox_agent.dashboard.screens.record import DeliveredWindow
from inbox_agent.dashboard.screens.remember import RememberWindow
from inbox_agent.dashboard.widgets.letter import LetterPane
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.services.deciding import Choice
from inbox_agent.services.learning import Lesson
from inbox_agent.services.on_paper import Recorded
from inbox_agent.services.who_asks import REASONS
from replies.filters import day
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    Channel,
    DutyKind,
    Event,
    IdentityLevel,
    Judgement,
    Letter,
    MessageKey,
    Outcome,
    Party,
    Reason,
    RequestKind,
    Verdict,
)
from state.views import QueueRow
from tests.dashboard_desk import Desk, opened, press, settled

SIZES = {"80x24": (80, 24), "160x50": (160, 50)}
Drive = Callable[[Pilot[None]], Awaitable[None]]
LETTER = """Hei,

olemme saaneet viestinne {received}. Ymmärsimme, että pyydätte tietojanne. Pahoittelemme, jos vastaus on \
viipynyt muuton vuoksi.

Viestistä ei näe, kuka sen lähetti. Emme voi vielä vahvistaa, käsittelemmekö niitä. Miten sopii:
a) koodi
b) soitto

Vastaamme viimeistään {promise}.

Ystävällisin terveisin
Helmi Ruokojärvi, Esimerkki Oy, helmi@yritys.example
Asia {number}
"""
"""The pictures' own text in the place of the template's, with nothing for the linter to remark."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "inbox.db")
    late = desk.case(
        33,
        "Pentti Ahola",
        RequestKind.ERASURE,
        text="Hei,\n\npoistakaa kaikki minua koskevat tiedot.\n\nTerveisin\nPentti Ahola",
        quoted="\n\n> Hyvä asiakas,\n> tässä uutiskirjeemme.",
        evidence=(("erasure", "poistakaa kaikki minua koskevat tiedot"),),
        attachments=["valtakirja.pdf"],
    )
    written(desk, desk.proposed(late, days=32))
    asked = desk.case(29, "Maija Virtanen", RequestKind.ACCESS, RequestKind.RECTIFICATION, flags=["identity_code"])
    sent(desk, asked)
    desk.case(26, "", RequestKind.ACCESS, sender=Party("", "j.k@posti.example"), level=IdentityLevel.L2)
    ban = desk.case(
        22, "Aino Maria Elisabet Korhonen-Lehtovaara", RequestKind.MARKETING_OBJECTION, required=IdentityLevel.L0
    )
    desk.uncertain(desk.proposed(ban, Letter.MARKETING_STOPPED, 21), 21)
    desk.case(20, "Oskari Niemelä", RequestKind.PORTABILITY, RequestKind.ACCESS, RequestKind.OBJECTION)
    desk.case(5, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    written(desk, desk.proposed(desk.case(1, "Tiina Ranta", RequestKind.ACCESS), Letter.ACKNOWLEDGEMENT, 1))
    desk.aside(2, "Verkkokauppa", "Tilausvahvistus 10293")
    desk.aside(1, "Uutiset", "Marraskuun uutiskirje", Reason.MASS_MAIL)
    desk.quarantined(3)
    desk.beats()
    return desk


def written(desk: Desk, draft: int) -> None:
    """A letter whose text is the picture's own, so that better templates change no picture."""
    with desk.store() as store:
        old = store.drafts.get(draft)  # type: ignore[arg-type]
        case = store.cases.get(old.case)
        days = {"received": case.received_on, "promise": case.requests[0].due.promise}
        told = {name: day(date, "fi") for name, date in days.items()}
        body, event = LETTER.format(number=case.number, **told), Event(desk.now, AGENT, Act.DRAFT_EDITED)
        store.drafts.edit(old.key, old.subject, body, old.text_hash, event, original_body=body)


def sent(desk: Desk, case: CaseKey) -> None:
    draft = desk.proposed(case, days=28)
    written(desk, draft)
    desk.uncertain(draft, 28)
    with desk.store() as store:
        review = desk.review(store, desk.ago(27))
        review.letters.settle(draft, was_sent=True)
        review.cases.note(case, "Toivoo vastausta postitse.")


def keys(*pressed: str) -> Drive:
    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *pressed)

    return drive


async def outcome(pilot: Pilot[None]) -> None:
    await keys("down", "enter", "o")(pilot)
    pilot.app.screen.query(".outcome").first(Select).value = Outcome.REFUSED
    await settled(pilot)


async def typed(pilot: Pilot[None]) -> None:
    """A letter with something wrong in it, not saved."""
    await keys("enter", "e")(pilot)
    area = pilot.app.screen.query_one("#letter-text", TextArea)
    area.text = f"{area.text}\nLähettäkää kopio passista. [täydennä]\n"
    await settled(pilot)


async def errors(pilot: Pilot[None]) -> None:
    await typed(pilot)
    await press(pilot, "f8")


def over(window: Callable[[], ModalScreen[Any]]) -> Drive:
    """A window over the list, asked for with texts of the picture's own."""

    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        pilot.app.push_screen(window())
        await settled(pilot)

    return drive


def said(line: str, *first: str) -> Drive:
    """What the line shows of a text, over the list or after the keys that lead elsewhere."""

    async def drive(pilot: Pilot[None]) -> None:
        await keys(*first, "s")(pilot)
        pilot.app.screen.query_one(CommandLine).field.value = line
        await settled(pilot)
        await press(pilot, "enter")

    return drive


async def scheduled(pilot: Pilot[None]) -> None:
    """The last look at a letter that was approved for a time."""
    await said("hyväksy ja lähetä perjantaina klo 9", *["down"] * 6, "enter")(pilot)
    await press(pilot, "enter")


LESSON = Lesson(MessageKey(1), Judgement(Verdict.REQUEST, ("erasure",)), ("ottakaa nimeni pois", "* tietoni pois"), ())


async def outlook(_texts: object) -> Verdict:
    return Verdict.REQUEST


SCREENS: dict[str, Drive] = {
    "open": keys(),
    "aside": keys("2"),
    "quarantine": keys("3"),
    "closed": keys("4"),
    "filter": keys("ctrl+f", *"maija"),
    "mail": keys("2", "enter"),
    "month": keys("c", "right"),
    "handbook": keys("f1"),
    "light": keys("f2"),
    "contrast": keys("f2", "f2"),
    "case": keys("enter"),
    "letter": keys("enter", "tab"),
    "typed": typed,
    "approve": keys("enter", "a"),
    "errors": errors,
    "held": keys("enter", "a", "A"),
    "waiting": keys("down", "enter", "end"),
    "no_letter": keys("down", "down", "enter", "tab"),
    "settle": keys("down", "down", "down", "enter", "g"),
    "confirm": keys(*["down"] * 5, "enter", "v"),
    "outcome": outcome,
    "extension": keys("down", "enter", "p"),
    "question": keys("down", "enter", "q"),
    "identity": keys("enter", "i"),
    "record": keys("n"),
    "all_acts": keys("enter", "ctrl+p"),
    "stroke": keys("enter", "s", "slash"),
    "numbers": keys("y"),
    "away": keys("l"),
    "hand_over": keys("enter", "f"),
    "later": keys("enter", "T"),
    "which": keys("enter", "j"),
    "fee": over(lambda: FactsWindow(Letter.FEE, {"fee_amount": "12 euroa"})),
    "note": keys("enter", "N"),
    "other_letter": keys("enter", "w"),
    "dismiss": keys("enter", "d"),
    "difference": over(lambda: DifferenceWindow("Hei,\n\nvanha rivi\nsama rivi\n", "Hei,\n\nuusi rivi\nsama rivi\n")),
    "delivered": over(lambda: DeliveredWindow(date(2026, 11, 24))),
    "remember": over(lambda: RememberWindow(LESSON, outlook)),
    "form": said("muistuta torstaina soittaa asiakkaalle", "down", "enter"),
    "narrowed": said("näytä kaikki poistopyynnöt"),
    "scheduled": scheduled,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
def test_picture(desk: Desk, name: str, size: str, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(SCREENS[name]))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["tasks", "due"])
def test_picture_of_tasks(desk: Desk, name: str, size: str, snap_compare: Callable[..., bool]) -> None:
    """Of a case, to be ticked, and of all cases by date: one late, one done, one of the person's own."""
    case, other = (row.key for row in views_of(desk)[:2])
    with desk.store() as store:
        duties = desk.review(store).duties
        duties.add(case, DutyKind.TELL_RECIPIENTS, date(2026, 11, 23), "Lähetti Oy")
        duties.done(duties.add(case, DutyKind.INSTRUCT_PROCESSORS, date(2026, 11, 20), "Kirjepalvelu Oy"))
        duties.remind(case, date(2026, 11, 26), "soittaa asiakkaalle")
        duties.remind(other, date(2026, 12, 1), unless_reply=True)
    drive = keys("enter", "k") if name == "tasks" else keys("k")

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(drive))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_a_letter_on_paper(desk: Desk, size: str, snap_compare: Callable[..., bool]) -> None:
    """Approved: it is to be printed and delivered."""
    with desk.store() as store:
        review = desk.review(store)
        told = Recorded(
            Channel.LETTER,
            "Eeva Kirje",
            date(2026, 11, 20),
            (RequestKind.ACCESS,),
            "Mitä tiedätte?",
            "",
            "Katu 1\nHelsinki",
        )
        case = review.on_paper.record(told)
        draft = review.letters.propose(case, Letter.ACKNOWLEDGEMENT)
        written(desk, draft)
        review.approval.approve(draft, store.drafts.get(draft).text_hash, anyway="kuvaa varten riittävä")

    async def drive(pilot: Pilot[None]) -> None:
        await opened(pilot, case)
        await press(pilot, "tab")

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(drive))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_joining(desk: Desk, size: str, snap_compare: Callable[..., bool]) -> None:
    """Two addresses: the warning stands in view."""
    with desk.views() as views:
        one, other = (views.case(row.key) for row in views_of(desk)[:2])

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(over(lambda: JoinWindow(one, other))))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["proposed", "under"])
def test_picture_of_putting_a_mail_under_a_case(
    desk: Desk, name: str, size: str, snap_compare: Callable[..., bool]
) -> None:
    """The case that the mail names is proposed; then both are shown, with a warning about the address."""
    desk.aside(1, "Pentti Toisaalta", "Lisää asiaan 2026-0001")
    drive = keys("2", "j", *(("enter",) if name == "under" else ()))

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(drive))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_a_day(desk: Desk, size: str, snap_compare: Callable[..., bool]) -> None:
    """Two cases are promised for it."""
    desk.case(26, "Lauri Toinen", RequestKind.ERASURE)

    async def drive(pilot: Pilot[None]) -> None:
        await keys("c", *["right"] * 5, "enter")(pilot)

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(drive))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_parting(desk: Desk, size: str, snap_compare: Callable[..., bool]) -> None:
    with desk.views() as views:
        one, other = (views.case(row.key) for row in views_of(desk)[:2])

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(over(lambda: PartWindow(one, other))))


def views_of(desk: Desk) -> tuple[QueueRow, ...]:
    with desk.views() as views:
        return views.queue(date(2026, 11, 24))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_letting_go(desk: Desk, size: str, snap_compare: Callable[..., bool]) -> None:
    """An answer written before its reader was identified; a reason is chosen, the why half said."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    with desk.store() as store:
        review = desk.review(store)
        [request] = store.cases.get(case).requests
        facts = {"searched": "asiakasrekisteri", "identifiers": "nimi", "trace_until": "2028-12-31"}
        choice = Choice(request.key, Outcome.NO_DATA, facts)
        written(desk, review.outcomes.choose(case, (choice,), unidentified=True))

    async def drive(pilot: Pilot[None]) -> None:
        await opened(pilot, case)
        await press(pilot, "L")
        pilot.app.screen.query_one("#reason", Select).value = REASONS[0]
        pilot.app.screen.query_one("#why", Input).value = "tunnen hänet ja soitimme eilen"
        await settled(pilot)

    assert snap_compare(desk.app(), terminal_size=SIZES[size], run_before=still(drive))


def still(drive: Drive) -> Drive:
    """A picture is of one moment: nothing slides, no cursor blinks, the linter has looked."""

    async def driven(pilot: Pilot[None]) -> None:
        pilot.app.animation_level = "none"
        await drive(pilot)
        for field in pilot.app.screen.query("Input, TextArea"):
            field.cursor_blink = False  # type: ignore[attr-defined]
            field._cursor_visible = field.has_focus  # type: ignore[attr-defined]  # it may just have gone dark
        for pane in pilot.app.screen.query(LetterPane):
            pane._show_judgement()
        await settled(pilot)

    return driven
