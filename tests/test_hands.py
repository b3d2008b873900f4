"""Several people at one desk: seen by one another, never overwriting, with a deputy for the holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from textual.widgets import Input, TextArea

from inbox_agent import profile as profiles
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.errors import BrokenProfile, UsageProblem
from inbox_agent.phrasing.absence import told
from inbox_agent.rules.presence import away, people
from state.model import Absence, Act, DraftStatus, RequestKind
from state.store.store import Store
from tests.dashboard_desk import Desk, press, screen_text, settled

JOEL = "Joel Mallikas"
DEPUTY = 'deputy_name = "Joel Mallikas"\n    deputy_email = "joel@yritys.example"'


@pytest.fixture
def store(desk: Desk) -> Iterator[Store]:
    with desk.store() as opened:
        yield opened
        opened.journal.verify()


def test_a_colleague_is_seen_until_their_desk_closes_or_falls_silent(desk: Desk, store: Store) -> None:
    case, hands = desk.case(3, "Pentti Ahola", RequestKind.ACCESS), desk.review(store, person=JOEL).hands
    hands.here("joel-1", case)
    seen = store.pulse.all()

    assert people(seen, desk.now, "mine") == {case: (JOEL,)}
    assert people(seen, desk.now, "joel-1") == {}
    assert people(seen, desk.now + timedelta(seconds=61), "mine") == {}
    hands.left("joel-1")
    assert people(store.pulse.all(), desk.now, "mine") == {}


def test_desks_that_died_are_forgotten(desk: Desk, store: Store) -> None:
    """A crash leaves no row for ever."""
    desk.review(store, person=JOEL).hands.here("dead", None)
    desk.review(store, desk.now + timedelta(hours=2)).hands.here("mine", None)
    assert set(store.pulse.all()) == {"desk:mine"}


def test_a_case_is_handed_over_with_a_note_that_is_kept_beside_its_event(desk: Desk, store: Store) -> None:
    case = desk.case(3, "Pentti Ahola", RequestKind.ACCESS)
    desk.review(store).hands.hand_over(case, JOEL, "Soita ensin.")

    assert store.cases.get(case).assigned == JOEL
    with desk.views() as views:
        [turn] = [
            turn for turn in views.conversation(case) if turn.event and turn.event.event.act is Act.CASE_HANDED_OVER
        ]
    assert turn.text == "Soita ensin."


def test_a_case_is_handed_to_somebody_and_only_while_it_is_open(desk: Desk, store: Store) -> None:
    case, review = desk.case(3, "Pentti Ahola", RequestKind.ACCESS), desk.review(store)
    with pytest.raises(UsageProblem, match="hand_over_to"):
        review.hands.hand_over(case, "  ")
    review.cases.dismiss(case)
    with pytest.raises(UsageProblem, match="hand_over_ended"):
        review.hands.hand_over(case, JOEL)


def test_handing_over_later_is_refused_at_once_where_it_would_be_then(desk: Desk, store: Store) -> None:
    """On the day itself nobody is asked: nobody named, a last day before the first, a case that is over."""
    case, review = desk.case(3, "Pentti Ahola", RequestKind.ACCESS), desk.review(store)
    monday, week = desk.now.date() + timedelta(days=6), timedelta(days=7)

    def refused(to: str, first: date | None, last: date | None) -> str:
        with pytest.raises(UsageProblem) as caught:
            review.hands.hand_over(case, to, first=first, last=last)
        return caught.value.code

    assert refused(" ", monday, None) == "hand_over_to"
    assert refused(JOEL, monday, monday - week) == "hand_over_days"
    assert refused(JOEL, None, desk.now.date() - week) == "hand_over_days"
    review.cases.dismiss(case)
    assert refused(JOEL, monday, monday + week) == "hand_over_ended"
    assert store.duties.of_case(case) == ()
    assert not store.cases.get(case).assigned


def test_an_absence_counts_from_its_first_to_its_last_day(desk: Desk) -> None:
    absence = Absence(date(2026, 12, 23), date(2027, 1, 6))
    found = {day: away(desk.profile, (absence,), day) for day in (date(2026, 12, 22), absence.first, absence.last)}
    assert list(found.values()) == [None, absence, absence]


def test_absences_stand_in_the_profile_too_and_the_deputy_is_named() -> None:
    text = _profile(f"{DEPUTY}\n    away = [{{ first = 2026-07-06, last = 2026-08-02 }}]")
    profile = profiles.parse(text)
    absence = away(profile, (), date(2026, 7, 20))

    assert absence is not None
    assert told(profile, absence) == "Helmi Ruokojärvi is away until 2.8.2026: Joel Mallikas answers."


def test_an_absence_that_ends_before_it_begins_is_a_problem_of_the_profile() -> None:
    with pytest.raises(BrokenProfile):
        profiles.parse(_profile("away = [{ first = 2026-08-02, last = 2026-07-06 }]"))


def _profile(more: str) -> str:
    return f"""
    [controller]
    name = "Esimerkki Oy"
    [contact]
    name = "Helmi Ruokojärvi"
    email = "helmi@yritys.example"
    {more}
    [mailbox]
    host = "mail.example"
    user = "tietosuoja@yritys.example"
    [smtp]
    host = "mail.example"
    sender = "tietosuoja@yritys.example"
    """


async def test_the_desk_and_the_case_show_who_else_is_there(desk: Desk, store: Store) -> None:
    case = desk.case(3, "Pentti Ahola", RequestKind.ACCESS)
    desk.review(store, person=JOEL).hands.here("joel-1", case)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "2026-0001 ✎ Joel" in screen_text(app)
        await press(pilot, "enter")
        assert "here too: Joel Mallikas" in screen_text(app)


async def test_the_head_of_a_case_tells_all_however_much_there_is(desk: Desk, store: Store) -> None:
    """On the smallest screen, with many rights and a colleague: rights, dates and the next step all stay."""
    kinds = (RequestKind.PORTABILITY, RequestKind.CONSENT_WITHDRAWAL, RequestKind.MARKETING_OBJECTION)
    case = desk.case(3, "Pentti Ahola", RequestKind.ACCESS, RequestKind.OBJECTION, *kinds)
    desk.review(store, person="Maximiliana Mallikas-Esimerkkilä").hands.here("max-1", case)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        head = " ".join(screen_text(app).split())
    assert "access to data, objection to processing, data portability, withdrawal of consent, ban on" in head
    assert "target" in head
    assert "▸ Establish the identity i" in head
    assert "here too: Maximiliana Mallikas-Esimerkkilä" in head


async def test_an_open_case_is_told_to_the_others_and_taken_back(desk: Desk, store: Store) -> None:
    case = desk.case(3, "Pentti Ahola", RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert people(store.pulse.all(), desk.now, "another") == {case: ("Helmi Ruokojärvi",)}
        await press(pilot, "escape")
        assert people(store.pulse.all(), desk.now, "another") == {}
    assert store.pulse.all() == {}


async def test_f_hands_over_and_the_list_shows_whose_it_is(desk: Desk) -> None:
    desk.case(3, "Pentti Ahola", RequestKind.ACCESS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "f", "ctrl+s")
        assert "Write to whom." in screen_text(app)
        app.screen.query_one("#to", Input).value = JOEL
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
        assert "→ Joel Mallikas" in screen_text(app)
        await press(pilot, "escape")
        assert "2026-0001 → Joel" in screen_text(app)


async def test_l_says_when_the_contact_person_is_away(desk: Desk, store: Store) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "l")
        app.screen.query_one("#first", Input).value = "24.11.2026"
        app.screen.query_one("#last", Input).value = "1.11.2026"
        await press(pilot, "ctrl+s")
        assert "the first before the last" in screen_text(app)
        app.screen.query_one("#last", Input).value = "1.12.2026"
        await press(pilot, "ctrl+s")
        assert "Helmi Ruokojärvi is away until 1.12.2026" in screen_text(app)
    assert store.absences.all() == (Absence(date(2026, 11, 24), date(2026, 12, 1)),)


async def test_who_is_slower_is_told_in_a_sentence_and_overwrites_nothing(desk: Desk, store: Store) -> None:
    """Two dashboards on one letter: the second text is refused and kept on the screen, the first one stands."""
    draft = desk.proposed(desk.case(3, "Pentti Ahola", RequestKind.ACCESS))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "e")
        letter = store.drafts.get(draft)
        desk.review(store, person=JOEL).letters.edit(draft, letter.subject, "Joelin teksti", letter.text_hash)
        app.screen.query_one("#letter-text", TextArea).text = "Helmin teksti"
        await press(pilot, "ctrl+s")
        shown = screen_text(app)
        assert any("Somebody else was faster" in told.message for told in app._notifications)
        assert "Helmin teksti" in shown
    assert store.drafts.get(draft).body == "Joelin teksti"
    assert store.drafts.get(draft).status is DraftStatus.PROPOSED
