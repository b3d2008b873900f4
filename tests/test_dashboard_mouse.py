"""Every deed by mouse too: what a key does, a click on its name at the bottom, or on its line among all acts, does as
well, and the buttons of the windows do what the keys beside their labels do.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.keys import named
from inbox_agent.dashboard.screens.all_acts import AllActsWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.mail import MailWindow
from inbox_agent.dashboard.screens.under import PutUnderWindow, WhichCaseWindow
from inbox_agent.dashboard.widgets.casehead import CaseHead
from inbox_agent.dashboard.widgets.keybar import KeyName
from state.model import CaseKey, CaseStatus, DutyKind, DutyStatus, IdentityLevel, Letter, RequestKind
from tests.dashboard_desk import Desk, opened, press, screen_text, settled

SIZE = (160, 24)  # every key has room at the bottom; the fewer lines are drawn, the sooner it ends
ALL_IN_VIEW = (100, 50)  # the window of all acts shows every one
SCROLLED = re.compile("[▁-▇]")  # a scrollbar is drawn once more when its list has settled
Seen = tuple[str, str, tuple[str, ...], bool]
"""The screen, its text, what was told, and whether the program ends."""
Deed = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A case in each state that a person acts on, and mails on the other shelves."""
    desk = Desk(tmp_path / "inbox.db")
    desk.proposed(desk.case(20, "Aino Esimerkki", RequestKind.ERASURE, text="Poistakaa.\n\n> vanha"))
    desk.case(15, "Eero Esimerkki", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    uncertain = desk.case(10, "Oili Esimerkki", RequestKind.ACCESS, level=IdentityLevel.L2)
    desk.uncertain(desk.proposed(uncertain, Letter.ACKNOWLEDGEMENT))
    with desk.store() as store:
        desk.review(store).cases.dismiss(desk.case(5, "Ulla Esimerkki", RequestKind.ACCESS))
    desk.aside(2, "Verkkokauppa", "Tilausvahvistus")
    desk.quarantined(3)
    desk.beats()
    return desk


PLACES: dict[str, Sequence[str] | CaseKey] = {
    "list": (),
    "aside": ("2",),
    "month": ("c",),
    "numbers": ("y",),
    "proposed": CaseKey(1),
    "candidate": CaseKey(2),
    "uncertain": CaseKey(3),
}
"""Where a person may be, and the keys that lead there."""


@dataclass
class Desktop:
    """A program in one place, led back there after each deed, over the store as it was in the beginning."""

    desk: Desk
    place: str
    told: list[str]
    size: tuple[int, int] = SIZE

    @asynccontextmanager
    async def at(self) -> AsyncIterator[Pilot[None]]:
        copy = self.desk.path.with_name("copy.db")
        for old in copy.parent.glob("copy.db*"):
            old.unlink()
        shutil.copy(self.desk.path, copy)
        async with replace(self.desk, path=copy).app().run_test(size=self.size) as pilot:
            await settled(pilot)
            where = PLACES[self.place]
            if isinstance(where, int):
                await opened(pilot, where)
            else:
                await press(pilot, *where)
            yield pilot

    async def same(self, pairs: Sequence[tuple[str, Deed, Deed]]) -> None:
        """Each pair of deeds ends in the same place, with the same on the screen and the same told."""
        rest = list(pairs)
        while rest:
            async with self.at() as pilot:
                begin = await self._seen(pilot)
                while rest:
                    name, by_key, by_mouse = rest.pop(0)
                    first = await self._after(pilot, by_key)
                    if not await self._led_back(pilot, begin):
                        async with self.at() as anew:
                            assert await self._after(anew, by_mouse) == first, name
                        break
                    assert await self._after(pilot, by_mouse) == first, name
                    if not await self._led_back(pilot, begin):
                        break

    async def _after(self, pilot: Pilot[None], deed: Deed) -> Seen:
        self.told.clear()
        await deed(pilot)
        return await self._seen(pilot)

    async def _led_back(self, pilot: Pilot[None], begin: Seen) -> bool:
        for _ in range(3):
            found = await self._seen(pilot)
            if found[:2] == begin[:2] and found[-1] == begin[-1]:
                return True
            await press(pilot, "escape")
        return False

    async def _seen(self, pilot: Pilot[None]) -> Seen:
        """Where the person is, what stands there, what was told, and whether the program ends."""
        app = pilot.app
        assert isinstance(app, Dashboard)
        text = "\n".join(line.rstrip() for line in SCROLLED.sub(" ", screen_text(app)).splitlines())
        return type(app.screen).__name__, text, tuple(self.told), app._exit


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the program tells goes here: on the screen it would stand for some seconds."""
    notices: list[str] = []
    monkeypatch.setattr(Dashboard, "notify", lambda _app, message, **_how: notices.append(message))
    return notices


def pressing(*keys: str) -> Deed:
    async def deed(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)

    return deed


def clicking(key: str) -> Deed:
    """On the name of that key at the bottom."""

    async def deed(pilot: Pilot[None]) -> None:
        [name] = [name for name in pilot.app.screen.query(KeyName) if name._key == key]
        assert await pilot.click(name)
        await settled(pilot)

    return deed


def clicking_line(action: str) -> Deed:
    """On the line of that act in the window of all acts."""

    async def deed(pilot: Pilot[None]) -> None:
        assert await pilot.click("#all-acts")
        await settled(pilot)
        window = pilot.app.screen
        assert isinstance(window, AllActsWindow)
        at = [found and found.action for found in window._lines].index(action)
        acts = window.query_one("#acts-list", OptionList)
        acts.scroll_to(y=at, animate=False)
        await settled(pilot)
        assert await pilot.click(acts, offset=(2, at - int(acts.scroll_y)))
        await settled(pilot)

    return deed


def pressing_then_clicking(key: str, button: str) -> Deed:
    async def deed(pilot: Pilot[None]) -> None:
        await press(pilot, key)
        assert await pilot.click(f"#{button}")
        await settled(pilot)

    return deed


@pytest.mark.parametrize("place", PLACES)
async def test_a_click_on_a_key_at_the_bottom_does_what_the_key_does(desk: Desk, told: list[str], place: str) -> None:
    desktop = Desktop(desk, place, told)
    async with desktop.at() as pilot:
        keys = [name._key for name in pilot.app.screen.query(KeyName)]
    assert keys

    await desktop.same([(key, pressing(key), clicking(key)) for key in keys])


@pytest.mark.parametrize("place", ["proposed"])
async def test_a_click_on_a_line_of_all_acts_does_what_its_key_does(desk: Desk, told: list[str], place: str) -> None:
    """So that what has no room at the bottom is reached by the mouse too."""
    desktop = Desktop(desk, place, told, ALL_IN_VIEW)
    async with desktop.at() as pilot:
        keys = {binding.action: binding.key for node in (pilot.app.screen, pilot.app) for binding in named(node)}
    assert len(keys) > 5

    await desktop.same([(action, pressing(key), clicking_line(action)) for action, key in keys.items()])


@pytest.mark.parametrize("place", ["list"])
async def test_the_buttons_of_every_window_do_what_the_keys_beside_them_do(
    desk: Desk, told: list[str], place: str
) -> None:
    """What is missing is told the same, and Cancel leads back as Escape does."""
    desktop = Desktop(desk, place, told)
    windows = []
    async with desktop.at() as pilot:
        begin = await desktop._seen(pilot)
        for key in [binding.key for binding in named(pilot.app.screen)]:
            await press(pilot, key)
            if pilot.app.screen.query("#buttons #submit") and pilot.app.screen.query("#buttons #cancel"):
                windows.append(key)
            await desktop._led_back(pilot, begin)
    assert windows

    ways = [("cancel", "escape"), ("submit", "ctrl+s")]
    await desktop.same(
        [
            (f"{key}, {button}", pressing(key, by_key), pressing_then_clicking(key, button))
            for key in windows
            for button, by_key in ways
        ]
    )


async def test_a_click_on_a_line_of_any_list_does_what_enter_or_space_does_there(desk: Desk) -> None:
    """A shelf, a mail set aside, a case that is proposed for it, a task of all cases, and one to be ticked."""
    with desk.store() as store:
        task = desk.review(store).duties.add(CaseKey(1), DutyKind.TELL_RECIPIENTS, date(2026, 11, 1), "Lähetti Oy")
    desk.aside(1, "Aino Esimerkki", "Lisää asiaan 2026-0003")
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        async def click(where: str, line: int = 0) -> Screen[object]:
            assert await pilot.click(where, offset=(8, line))
            await settled(pilot)
            return pilot.app.screen

        await click("#shelves #aside")
        assert isinstance(await click("#rows", 1), MailWindow)
        assert isinstance(await click("#under"), WhichCaseWindow)
        assert isinstance(await click("#letters"), PutUnderWindow)
        await press(pilot, "escape", "k")
        assert isinstance(screen := await click("#due-list"), CaseScreen)
        assert screen.case_key == 1
        await press(pilot, "k")
        await click("#duties")
        await click("#submit")
    with desk.views() as views:
        assert next(duty for duty in views.duties(CaseKey(1)) if duty.key == task).status is DutyStatus.DONE


async def test_a_click_on_what_is_to_be_done_does_it(desk: Desk) -> None:
    """The line under the name says it with its key, and is the first thing that a hand on the mouse goes to."""
    async with desk.app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, CaseKey(2))
        assert screen_text(pilot.app).splitlines()[2].startswith(" ▸ Say whether this is a request")  # type: ignore[arg-type]
        await pilot.click(CaseHead, offset=(5, 1))
        await settled(pilot)
        assert pilot.app.screen is screen
        await pilot.click(CaseHead, offset=(5, 2))
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChooseKinds)
