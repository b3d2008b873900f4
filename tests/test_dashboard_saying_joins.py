"""The line and the keys: cases of one matter joined, and parted again."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from inbox_agent.dashboard import naming
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.joining import JoinWindow, PartWindow
from inbox_agent.errors import UsageProblem
from inbox_agent.rules.letters import live_requests
from state.model import (
    CaseKey,
    CaseStatus,
    Letter,
    RequestKind,
)
from tests.dashboard_desk import Desk, opened, press, screen_text, settled
from tests.dashboard_line import NARROW, WIDE, say


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


@pytest.mark.parametrize("line", ["/separate", "peru viimeisin"])
async def test_parting_is_had_by_name_by_the_line_and_in_the_list_of_all_acts(
    desk: Desk, case: CaseKey, line: str
) -> None:
    """Whoever does not know the key finds it; both cases are shown before anything is undone."""
    later = desk.case(1, "Aino Esimerkki", RequestKind.ACCESS, text="Haluan myös tietoni.")
    with desk.store() as store:
        desk.review(store).cases.join(case, later)
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        assert "Shift+J  Separate joined cases again" in screen_acts(pilot)
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
        assert "2026-0002 cannot be separated any more" in notice.message


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
