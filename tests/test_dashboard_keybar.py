"""The keys at the bottom: none is cut, the way out and the help always stay."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.widgets import OptionList

from inbox_agent import texts
from inbox_agent.dashboard.context import DeskScreen
from inbox_agent.dashboard.naming import Act
from inbox_agent.dashboard.screens.all_acts import AllActsWindow
from inbox_agent.dashboard.screens.asking import WriteWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.due_list import DueListScreen
from inbox_agent.dashboard.screens.month import MonthScreen
from inbox_agent.dashboard.screens.numbers import NumbersScreen
from inbox_agent.dashboard.widgets.keybar import fitting
from state.model import CaseKey, CaseStatus, RequestKind
from tests.dashboard_desk import Desk, opened, press, screen_text, settled

ACTIONS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(3, 20)), unique_by=lambda pair: pair[0])


@given(ACTIONS, st.integers(20, 120))
def test_what_is_shown_fits_and_the_way_out_is_shown(others: list[tuple[str, int]], width: int) -> None:
    actions = [*others, ("back", 7), ("handbook", 8)]
    shown = fitting(actions, width)

    assert sum(cells for action, cells in actions if action in shown) <= width
    assert {"back", "handbook"} <= shown
    assert shown == {action for action, _ in actions} or sum(cells for _, cells in actions) > width


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_help_is_named_in_a_case_on_the_smallest_screen(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    desk.proposed(case)
    texts.use(language)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, case)
        keys = screen_text(pilot.app).splitlines()[-1]  # type: ignore[arg-type]

    assert keys.rstrip().endswith(f"F1 {texts.gettext('Help')}")


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_on_the_page_of_the_year_its_saving_is_named_on_the_smallest_screen(
    tmp_path: Path, language: str
) -> None:
    desk = Desk(tmp_path / "inbox.db")
    texts.use(language)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "y")
        keys = screen_text(pilot.app).splitlines()[-1]  # type: ignore[arg-type]

    assert "Ctrl+S" in keys
    assert keys.rstrip().endswith(f"F1 {texts.gettext('Help')}")


async def test_while_the_filter_is_typed_the_keys_are_those_out_of_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "inbox.db")
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+f")
        keys = screen_text(pilot.app).splitlines()[-1]  # type: ignore[arg-type]

    assert keys.split() == ["Enter", "To", "the", "list", "Esc", "Clear", "the", "filter", "F1", "Help"]


async def test_the_mouse_reaches_every_act_by_name(tmp_path: Path) -> None:
    """What has no place among the keys at the bottom is a click away, in the list and in a case."""
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, case)
        await pilot.click("#all-acts")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AllActsWindow)


async def test_the_key_of_the_next_step_stands_first_however_narrow(tmp_path: Path) -> None:
    """Also one that is else found in the list of all acts only."""
    desk = Desk(tmp_path / "inbox.db")
    late = desk.case(40, "Pentti Ahola", RequestKind.ERASURE)
    desk.proposed(late)
    unknown = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, late)
        assert screen_text(pilot.app).splitlines()[-1].startswith(" e Edit  a Approve")  # type: ignore[arg-type]
        await press(pilot, "escape")
        await opened(pilot, unknown)
        assert screen_text(pilot.app).splitlines()[-1].startswith(" i Who is asking")  # type: ignore[arg-type]


async def test_all_acts_stand_under_headings_the_next_step_first(tmp_path: Path) -> None:
    """Until something is typed; then those it names, and Enter does the first."""
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(40, "Pentti Ahola", RequestKind.ERASURE)
    desk.proposed(case)
    async with desk.app().run_test(size=(80, 40)) as pilot:
        await opened(pilot, case)
        await press(pilot, "ctrl+p")
        text = screen_text(pilot.app)  # type: ignore[arg-type]
        places = [text.index(words) for words in ("To be done next", "e        Edit", "The request", "The letter")]
        assert places == sorted(places)
        assert "you see every word once more before it leaves" in text
        await press(pilot, *"note")
        found = screen_text(pilot.app)  # type: ignore[arg-type]
        assert "The request" not in found
        assert "Shift+N  Note  for us only" in found
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WriteWindow)


async def test_the_list_of_all_acts_is_leafed_through_from_its_field(tmp_path: Path) -> None:
    """A page down and up again, with the cursor where the name is typed."""
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(40, "Pentti Ahola", RequestKind.ERASURE)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, case)
        await press(pilot, "ctrl+p")
        acts = pilot.app.screen.query_one("#acts-list", OptionList)
        first = acts.highlighted
        await press(pilot, "pagedown")
        assert acts.highlighted is not None
        assert first is not None
        assert acts.highlighted > first + 5
        await press(pilot, "pageup")
        assert acts.highlighted <= first + 1
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "wanted"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_each_act_stands_on_one_line_of_the_narrowest_screen(tmp_path: Path, language: str) -> None:
    texts.use(language)
    context = Desk(tmp_path / "inbox.db").app().context
    given = [screen.keys() for screen in (MainScreen(context), CaseScreen(context, CaseKey(1)))]
    acts = [Act(one.description, "x", one.action, App()) for one in chain.from_iterable(given) if one.description]

    assert [act.name for act in acts if act.told.cell_length > 72] == []


async def test_the_handbook_begins_with_what_is_to_be_done(tmp_path: Path) -> None:
    """Over the list with the whole way of a request, in a case with its next step."""
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(3, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1")
        assert "From a mail to the answer" in screen_text(pilot.app).splitlines()[3]  # type: ignore[arg-type]
        first, second = screen_text(pilot.app).splitlines()[4:6]  # type: ignore[arg-type]
        assert second.index(second.strip("│ ")) == first.index("A mail arrives"), "a number hangs"
        await press(pilot, "escape")
        await opened(pilot, case)
        await press(pilot, "f1")
        assert "Say whether it is a request" in screen_text(pilot.app).splitlines()[3]  # type: ignore[arg-type]


def test_a_key_means_the_same_on_every_screen(tmp_path: Path) -> None:
    """Who has learned a key in the list may press it in a case. v asks for the rights, of
    a candidate too; j puts together, a mail or a case with a case.
    """
    context = Desk(tmp_path / "inbox.db").app().context
    screens: tuple[DeskScreen, ...] = (
        MainScreen(context),
        CaseScreen(context, CaseKey(1)),
        MonthScreen(context),
        NumbersScreen(context),
        DueListScreen(context),
    )
    meant: dict[str, set[str]] = {}
    given = [screen.keys() for screen in screens]
    for binding in chain.from_iterable(given):
        if len(binding.key) == 1 and binding.key not in "vj" and binding.description:
            meant.setdefault(binding.key, set()).add(binding.description)

    assert {key: names for key, names in meant.items() if len(names) > 1} == {}
