"""A profile that is changed while the desk is open: the desk goes on by the one that the agent works by."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import PROFILE as COMPONENT
from state.model import Heartbeat, RequestKind
from tests.dashboard_desk import PROFILE, Desk, opened, press, screen_text, settled

CHANGED = PROFILE.model_copy(update={"controller": PROFILE.controller.model_copy(update={"name": "Uusi Nimi Oy"})})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "inbox.db")
    desk.case(3, "Aino Esimerkki", RequestKind.ERASURE)
    desk.case(2, "Ville Virta", RequestKind.ACCESS)
    desk.beats()
    return desk


async def agent_takes_over(pilot: Pilot[None], desk: Desk, profile: ControllerProfile) -> None:
    """As the agent's heartbeat tells it a second after the desk was opened."""
    with desk.store() as store:
        store.pulse.beat(Heartbeat(COMPONENT, desk.now + timedelta(seconds=1), "whole", {"mark": profile.mark}))
    await look(pilot)


async def look(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, Dashboard)
    await pilot.app.look()
    await settled(pilot, rounds=6)


def text(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app, Dashboard)
    return screen_text(pilot.app)


async def test_a_desk_at_rest_goes_on_by_the_changed_profile_in_its_place(desk: Desk) -> None:
    async with desk.app(changed=CHANGED).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+f", *"ville", "enter")
        await agent_takes_over(pilot, desk, CHANGED)
        shown = text(pilot)
        assert "Uusi Nimi Oy" in shown
        assert "Ville Virta" in shown
        assert "Aino Esimerkki" not in shown, "what the list was narrowed to stays"
        await press(pilot, "enter")
        assert "Ville Virta" in text(pilot)


async def test_what_is_being_written_is_not_taken_away(desk: Desk) -> None:
    """The desk goes on by the new profile when the line is empty again."""
    async with desk.app(changed=CHANGED).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s", *"muis")
        await agent_takes_over(pilot, desk, CHANGED)
        assert pilot.app.screen.query_one(CommandLine).field.value == "muis"
        assert "the profile was changed" in text(pilot)
        await press(pilot, *["backspace"] * 4, "escape")
        desk.beats(seconds=5)
        await look(pilot)
        assert "Uusi Nimi Oy" in text(pilot)


async def test_an_open_case_is_not_closed_for_it(desk: Desk) -> None:
    with desk.views() as views:
        [first, _second] = views.queue(desk.now.date())
    async with desk.app(changed=CHANGED).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, first.key)
        await agent_takes_over(pilot, desk, CHANGED)
        assert pilot.app.screen is screen
        await press(pilot, "escape")
        await settled(pilot, rounds=6)
        assert "Uusi Nimi Oy" in text(pilot)


async def test_a_profile_by_which_this_desk_cannot_go_on_is_told(desk: Desk) -> None:
    """Such as one with another database: the person opens the desk again."""
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await agent_takes_over(pilot, desk, CHANGED)
        assert "leave the desk (Ctrl+Q) and open it again" in text(pilot)
