"""The month: deadlines and holidays on one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inbox_agent import texts
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.day import DayWindow
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.month import MonthScreen
from inbox_agent.dashboard.widgets.month import MonthPage
from inbox_agent.phrasing import days
from inbox_agent.rules import calendar_fi
from state.model import RequestKind
from tests.dashboard_case import notices
from tests.dashboard_desk import Desk, press, screen_text, settled


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "inbox.db")
    desk.case(24, "Oskari Niemelä", RequestKind.PORTABILITY)  # promised on 30.11.
    for name in ("Pentti Ahola", "Aino Kivi", "Eero Laine"):
        desk.case(12, name, RequestKind.ACCESS)  # promised on 12.12.
    return desk


async def test_each_case_stands_on_the_day_that_is_promised(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c")
        text = screen_text(app)
    assert "November 2026" in text
    assert "[24]" in text
    assert "● Niemelä" in text


async def test_the_deadlines_are_saved_for_a_calendar_that_names_nobody(desk: Desk) -> None:
    saved: dict[str, str] = {}
    app = desk.app(keep=lambda name, text: saved.update({name: text}) or Path("/reports") / name)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "ctrl+s")
        assert "Saved: inbox-agent.ics, in the folder /reports" in notices(app)
    assert "SUMMARY:Last day to answer case 2026-0001" in saved["inbox-agent.ics"]
    assert "Niemelä" not in saved["inbox-agent.ics"]


async def test_more_cases_than_room_are_counted(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "pagedown")
        text = screen_text(app)
    assert "December 2026" in text
    assert "○ Ahola" in text
    assert "+2" in text


async def test_the_last_week_of_a_long_month_is_whole_on_the_smallest_screen(desk: Desk) -> None:
    """Six weeks and the day below them: what does not fit into a day is counted, not cut off at the bottom."""
    for name in ("Aino Yksi", "Eero Kaksi"):
        desk.case(24, name, RequestKind.ACCESS)  # promised on 30.11., as Oskari Niemelä's
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", *["right"] * 6)
        text = screen_text(app)
    assert "Mon 30.11.2026" in text
    assert "+3" in text


async def test_on_a_tall_screen_all_of_the_chosen_day_is_named(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "pagedown", *["left"] * 12)
        text = screen_text(app)
    assert "Sat 12.12.2026" in text
    assert all(name in text for name in ("Pentti Ahola", "Aino Kivi", "Eero Laine"))


async def test_a_holiday_is_named_on_its_day(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "pagedown", "right", "right")
        assert "Sat 26.12.2026  ✶ Boxing Day" in screen_text(app)


async def test_enter_opens_the_days_case_and_home_leads_to_today(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "enter")
        assert isinstance(app.screen, MonthScreen)
        await press(pilot, "down", "left", "home", "down", "left", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_key == 1
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, MainScreen)


async def test_a_click_chooses_a_day(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c")
        await pilot.click(MonthPage, offset=(3, 1))
        await settled(pilot)
        assert app.screen.query_one(MonthPage).chosen == date(2026, 10, 26)
        assert "October 2026" in screen_text(app)


@pytest.mark.parametrize(
    ("day", "months", "turned"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_month_is_turned_to_the_same_day_or_its_last(day: date, months: int, turned: date) -> None:
    page = MonthPage(day)
    page.turn(months)
    assert page.chosen == turned


async def test_of_several_cases_on_a_day_the_person_says_which(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "pagedown", "up", "up", "right", "right", "enter")
        assert isinstance(app.screen, DayWindow)
        assert "Eero Laine" in screen_text(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_key == 3


async def test_a_second_click_on_a_day_opens_its_case(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c")
        page = app.screen.query_one(MonthPage)
        monday = (3, 1 + 5 * page._lines(page._weeks()))
        await pilot.click(MonthPage, offset=monday)
        await settled(pilot)
        assert isinstance(app.screen, MonthScreen)
        await pilot.click(MonthPage, offset=monday)
        await settled(pilot)
        assert isinstance(app.screen, CaseScreen)


async def test_where_there_is_room_weeks_have_numbers_and_holidays_names(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await press(pilot, "c", "right")
        text = screen_text(app)
        assert "31 ✶ All Saints' Day" in text
        assert any(line.startswith(" 48  ") for line in text.splitlines())
        assert "Nothing is promised for this day." in text
        await pilot.click(MonthPage, offset=(6, 1))
        await settled(pilot)
        assert app.screen.query_one(MonthPage).chosen == date(2026, 10, 26)


@pytest.mark.parametrize("size", [(120, 40), (132, 40), (160, 50), (240, 70)])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_a_holiday_is_named_whole_or_by_its_mark_alone(desk: Desk, language: str, size: tuple[int, int]) -> None:
    """Easter Monday and Independence Day have the longest names of all; none is cut in the page."""
    texts.use(language)
    for month, day in ((4, 6), (12, 6)):
        name = days.holiday(calendar_fi.name(date(2026, month, day)))  # type: ignore[arg-type]
        app = desk.app()
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await press(pilot, "c")
            page = app.screen.query_one(MonthPage)
            page.chosen = date(2026, month, 15)
            await settled(pilot)
            shown = page.render().plain
        assert "✶" in shown
        assert "…" not in shown
        assert size[0] < 160 or all(word in shown for word in name.split())
