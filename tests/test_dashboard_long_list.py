"""A list of any length: the window of rows moves along, the place is kept, and what is said narrows it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from inbox_agent.dashboard.readings import LIMIT, Overview
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.list_desk import NEAR, ListDesk
from inbox_agent.dashboard.widgets.rows import RowList
from inbox_agent.rules import deadlines
from state.model import CaseKey, RequestKind
from tests.dashboard_desk import NOW, Desk, press, screen_text, settled
from tests.test_dashboard_saying import say

MANY = 3 * LIMIT
SIZE = (80, 24)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """So many cases that the list needs several windows; the n-th is promised as the n-th."""
    desk = Desk(tmp_path / "inbox.db")
    first = deadlines.helsinki_date(NOW) + timedelta(days=2)
    with desk.store() as store, store.transaction():
        store._database.write(
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < ?2) "
            "insert into cases (year, serial, status, subject_name, subject_address, sought, flags, language, "
            "received_at, received_on, identity_level, identity_required, opened_at) "
            "select 2025, i, 'open', 'Nimi ' || i, i || '@posti.example', 'nimi ' || i, '[]', "
            "case when i % 100 then 'fi' else 'sv' end, ?1, '2026-11-20', 'L0', 'L1', ?1 from n",
            NOW.isoformat(),
            MANY,
        )
        store._database.write(
            "insert into requests (case_id, kind, status, received_on, promise_on, backstop_on, target_on) "
            "select id, case when id % 300 then 'access' else 'erasure' end, 'open', '2026-11-20', on_day, on_day, "
            "on_day from (select id, date(?1, (id / 10) || ' days') as on_day from cases)",
            first.isoformat(),
        )
    return desk


def chosen(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(RowList).chosen or ""


def names(pilot: Pilot[None]) -> list[str]:
    """The lines of the list in view."""
    return [line for line in screen_text(pilot.app).splitlines() if "Nimi" in line]  # type: ignore[arg-type]


def choose(pilot: Pilot[None], at: int) -> None:
    pilot.app.screen.query_one(RowList).highlighted = at


async def test_the_first_lines_are_a_screenful_and_the_rest_follows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk opens as fast over many cases as over few."""
    shown: list[int] = []
    show = ListDesk._show

    def noted(screen: ListDesk, found: Overview) -> None:
        shown.append(len(found.cases))
        show(screen, found)

    monkeypatch.setattr(ListDesk, "_show", noted)
    async with desk.app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert shown[0] <= SIZE[1]
        assert shown[-1] == LIMIT


async def test_the_end_is_the_very_last_case_and_home_the_first(desk: Desk) -> None:
    async with desk.app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "end")
        assert chosen(pilot) == f"case-{MANY}"
        assert f"2025-{MANY}" in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "home")
        assert chosen(pilot) == "case-1"


async def test_going_down_and_up_meets_every_case(desk: Desk) -> None:
    """Page by page through several windows, and back; no line is left out."""
    async with desk.app().run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        rows = pilot.app.screen.query_one(RowList)
        for key, upwards in (("down", False), ("up", True)):
            met: list[str] = []
            while not met or met[-1] != (f"case-{MANY}", "case-1")[upwards]:
                shown = [rows.get_option_at_index(at).id or "" for at in range(rows.option_count)]
                rest = shown[: shown.index(chosen(pilot)) + 1][::-1] if upwards else shown[shown.index(chosen(pilot)) :]
                met += rest[: len(rest) - NEAR // 2] if len(rest) > NEAR else rest
                choose(pilot, shown.index(met[-1]))
                await settled(pilot)
                await press(pilot, key)
            numbers = [int(key.removeprefix("case-")) for key in met]
            assert sorted(numbers) == list(range(1, MANY + 1))
            assert numbers == sorted(numbers, reverse=upwards)


async def test_what_comes_meanwhile_moves_nothing(desk: Desk) -> None:
    """In the middle of a long list a case appears above: the screen stays as it was."""
    async with desk.app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        choose(pilot, LIMIT - 1)
        await settled(pilot)
        before, shown = chosen(pilot), names(pilot)
        desk.case(20, "Uusi Tulija", RequestKind.ACCESS)
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        screen.read()
        await settled(pilot)

        assert (chosen(pilot), names(pilot)) == (before, shown)


async def test_the_month_shows_its_own_cases_however_many_come_before(desk: Desk) -> None:
    """The last case of all is promised in four months or so; turned there, the month shows it."""
    with desk.views() as views:
        last = views.case(CaseKey(MANY)).requests[0].current.promise
    async with desk.app().run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await press(pilot, "c", *["pagedown"] * ((last.year - 2026) * 12 + last.month - 11))
        assert str(MANY) in screen_text(pilot.app)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "only", "cases"),
    [
        ("näytä kaikki poistopyynnöt", "Only: erasure", range(300, MANY + 1, 300)),
        ("näytä ruotsinkieliset", "Only: Swedish", range(100, MANY + 1, 100)),
        ("näytä ruotsinkieliset poistopyynnöt", "Only: erasure · Swedish", range(300, MANY + 1, 300)),
        ("mitä erääntyy tällä viikolla", "Only: target by 29.11.2026", range(1, 40)),
    ],
)
async def test_a_line_narrows_the_list(desk: Desk, text: str, only: str, cases: range) -> None:
    """However far down they stand; Escape shows all again."""
    async with desk.app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await say(pilot, text)
        await settled(pilot)
        rows = pilot.app.screen.query_one(RowList)
        shown = [rows.get_option_at_index(at).id for at in range(rows.option_count)]
        assert shown == [f"case-{case}" for case in cases]
        assert only in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "escape")
        assert rows.option_count == LIMIT
        assert "Only:" not in screen_text(pilot.app)  # type: ignore[arg-type]
