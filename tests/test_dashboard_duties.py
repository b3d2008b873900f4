"""Tasks on the screen: shown with the case, ticked with Space, listed by date across all cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select, SelectionList, TextArea

from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.messages import StoreChanged
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.due_list import DueListScreen
from inbox_agent.dashboard.screens.duties import DutiesWindow, MoveWindow
from inbox_agent.rules import duties
from inbox_agent.services.deciding import Choice
from replies.album import part
from state.model import AGENT, Act, CaseKey, DutyKind, DutyStatus, Event, IdentityLevel, Outcome, RequestKind
from tests.dashboard_desk import PROFILE, Desk, opened, press, screen_text, settled

SIZE = (80, 40)


@pytest.fixture
def case(desk: Desk) -> CaseKey:
    """An access and an erasure; two tasks, the first one late."""
    key = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, RequestKind.ERASURE)
    with desk.store() as store:
        for kind, day in ((DutyKind.TELL_RECIPIENTS, 23), (DutyKind.ERASE, 30)):
            new = duties.by_person(kind, date(2026, 11, day), "Lähetti [Vinha] Oy")
            store.duties.open(key, new, Event(desk.ago(3), AGENT, Act.DUTY_OPENED))
    return key


@asynccontextmanager
async def tasks(desk: Desk, case: CaseKey) -> AsyncIterator[Pilot[None]]:
    """The window of the case's tasks, with the cursor on the first of them."""
    async with desk.app().run_test(size=SIZE) as pilot:
        await opened(pilot, case)
        await press(pilot, "k")
        assert isinstance(pilot.app.screen, DutiesWindow)
        pilot.app.screen.query_one(SelectionList).focus()
        await press(pilot, "home")
        yield pilot


def text_of(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app, Dashboard)
    return screen_text(pilot.app)


async def move(pilot: Pilot[None], to: str, why: str) -> None:
    """Give the task under the cursor another day."""
    await press(pilot, "m")
    assert isinstance(pilot.app.screen, MoveWindow)
    pilot.app.screen.query_one("#to", Input).value = to
    pilot.app.screen.query_one("#why", Input).value = why
    await press(pilot, "ctrl+s")


def statuses(desk: Desk, case: CaseKey) -> list[DutyStatus]:
    with desk.views() as views:
        return [duty.status for duty in views.duties(case)]


async def test_a_case_shows_what_is_to_be_done(desk: Desk, case: CaseKey) -> None:
    async with desk.app().run_test(size=(80, 80)) as pilot:  # all of the assistant's turn
        await opened(pilot, case)
        shown = " ".join(text_of(pilot).split())
    assert "tell the recipients of the data: Lähetti [Vinha] Oy" in shown
    assert "1 day late" in shown


async def test_a_task_is_ticked_and_its_tick_taken_back(desk: Desk, case: CaseKey) -> None:
    for expected in (DutyStatus.DONE, DutyStatus.OPEN):
        async with tasks(desk, case) as pilot:
            await press(pilot, "space", "ctrl+s")
        assert statuses(desk, case) == [expected, DutyStatus.OPEN]


async def test_an_erasure_is_not_ticked_before_its_copy_is_sent(desk: Desk, case: CaseKey) -> None:
    """The store says no in a sentence; nothing of what was ticked is kept."""
    async with tasks(desk, case) as pilot:
        pilot.app.screen.query_one(SelectionList).select_all()
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
    assert statuses(desk, case) == [DutyStatus.OPEN, DutyStatus.OPEN]


async def test_a_task_is_moved_and_another_cancelled_each_with_its_reason(desk: Desk, case: CaseKey) -> None:
    """The keys m and x ask why; nothing is recorded before Ctrl+S in the list."""
    async with tasks(desk, case) as pilot:
        await move(pilot, "", "")
        assert "A date like 24.11.2026." in text_of(pilot)
        pilot.app.screen.query_one("#to", Input).value = "7.12.2026"
        await press(pilot, "ctrl+s")
        assert "Write in a few words why." in text_of(pilot)
        pilot.app.screen.query_one("#why", Input).value = "Vinha on kiinni"
        await press(pilot, "ctrl+s")
        assert "→ Mon 7.12." in text_of(pilot)
        await press(pilot, "down", "x")
        pilot.app.screen.query_one("#why", Input).value = "mitään ei poisteta"
        await press(pilot, "ctrl+s")
        assert statuses(desk, case) == [DutyStatus.OPEN, DutyStatus.OPEN]
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CaseScreen)
    with desk.views() as views:
        found = {duty.kind: (duty.status, duty.due_on) for duty in views.duties(case)}
        told = {turn.text for turn in views.conversation(case)}
    assert found == {
        DutyKind.TELL_RECIPIENTS: (DutyStatus.OPEN, date(2026, 12, 7)),
        DutyKind.ERASE: (DutyStatus.CANCELLED, date(2026, 11, 30)),
    }
    assert {"Vinha on kiinni", "mitään ei poisteta"} <= told


async def test_of_a_tick_and_another_day_the_later_one_counts(desk: Desk, case: CaseKey) -> None:
    """A task that is done is not moved: the line shows which of both is meant, and all else is recorded too."""
    async with tasks(desk, case) as pilot:
        await move(pilot, "7.12.2026", "Vinha on kiinni")
        await press(pilot, "space")
        assert "→ Mon 7.12." not in text_of(pilot)
        pilot.app.screen.query_one("#new-kind", Select).value = DutyKind.ANSWER_OMBUDSMAN
        pilot.app.screen.query_one("#new-due", Input).value = "15.12.2026"
        await press(pilot, "ctrl+s")
    assert statuses(desk, case) == [DutyStatus.DONE, DutyStatus.OPEN, DutyStatus.OPEN]


async def test_what_is_moved_is_ticked_no_more(desk: Desk, case: CaseKey) -> None:
    async with tasks(desk, case) as pilot:
        await press(pilot, "space")
        await move(pilot, "7.12.2026", "Vinha on kiinni")
        assert "→ Mon 7.12." in text_of(pilot)
        await press(pilot, "ctrl+s")
    assert statuses(desk, case) == [DutyStatus.OPEN, DutyStatus.OPEN]
    with desk.views() as views:
        assert date(2026, 12, 7) in {duty.due_on for duty in views.duties(case)}


async def test_a_task_of_ones_own_is_laid_down(desk: Desk, case: CaseKey) -> None:
    async with tasks(desk, case) as pilot:
        pilot.app.screen.query_one("#new-kind", Select).value = DutyKind.ANSWER_OMBUDSMAN
        await press(pilot, "ctrl+s")
        assert "A date like 24.11.2026." in text_of(pilot)
        pilot.app.screen.query_one("#new-due", Input).value = "15.12.2026"
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        added = views.duties(case)[-1]
    assert (added.kind, added.due_on) == (DutyKind.ANSWER_OMBUDSMAN, date(2026, 12, 15))


async def test_the_tasks_of_all_cases_stand_by_date_and_open_their_case(desk: Desk, case: CaseKey) -> None:
    async with desk.app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "k")
        assert isinstance(pilot.app.screen, DueListScreen)
        lines = [line for line in text_of(pilot).splitlines() if "2026-0001" in line]
        assert len(lines) == 2
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert pilot.app.screen.case_key == case


@asynccontextmanager
async def due_list(desk: Desk, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The tasks of all cases, the first of them under the cursor."""
    async with desk.app().run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "k")
        assert isinstance(pilot.app.screen, DueListScreen)
        yield pilot


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_task_is_ticked_in_the_list_of_all_and_the_tick_is_taken_back(
    desk: Desk, case: CaseKey, size: tuple[int, int]
) -> None:
    """The line stays where it is, marked, so that a slip is seen; whoever comes again sees it no more."""
    async with due_list(desk, size) as pilot:
        assert "Space Done" in text_of(pilot)
        await press(pilot, "space")
        assert statuses(desk, case) == [DutyStatus.DONE, DutyStatus.OPEN]
        assert "✓ done" in text_of(pilot)
        await press(pilot, "space")
        assert statuses(desk, case) == [DutyStatus.OPEN, DutyStatus.OPEN]
        assert "✓ done" not in text_of(pilot)
        await press(pilot, "space", "escape", "k")
        assert "tell the recipients" not in text_of(pilot)


async def test_in_the_list_of_all_an_erasure_waits_for_its_copy_too(desk: Desk, case: CaseKey) -> None:
    async with due_list(desk) as pilot:
        await press(pilot, "down", "space")
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
        assert "✓ done" not in text_of(pilot)
    assert statuses(desk, case) == [DutyStatus.OPEN, DutyStatus.OPEN]


async def test_in_the_list_of_all_a_task_is_moved_and_cancelled_with_a_reason(desk: Desk, case: CaseKey) -> None:
    """The cursor stays on its task, which moves to its new day."""
    async with due_list(desk) as pilot:
        await move(pilot, "7.12.2026", "Vinha on kiinni")
        assert pilot.app.screen.query_one(OptionList).highlighted == 1
        await press(pilot, "x")
        pilot.app.screen.query_one("#why", Input).value = "Vinha ei ole saanut mitään"
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        found = {duty.kind: duty.status for duty in views.duties(case)}
    assert found == {DutyKind.TELL_RECIPIENTS: DutyStatus.CANCELLED, DutyKind.ERASE: DutyStatus.OPEN}


async def test_the_task_under_the_cursor_stays_there_when_others_come_and_go(desk: Desk, case: CaseKey) -> None:
    async with due_list(desk) as pilot:
        await press(pilot, "down")
        with desk.store() as store:
            [first, _erase] = store.duties.of_case(case)
            desk.review(store).duties.done(first.key)
            desk.review(store).duties.add(case, DutyKind.REMINDER, date(2026, 11, 25), "soita")
            desk.review(store).duties.add(case, DutyKind.REMINDER, date(2026, 11, 26), "soita uudelleen")
        pilot.app.screen.post_message(StoreChanged())
        await settled(pilot)
        assert "soita" in text_of(pilot)
        assert pilot.app.screen.query_one(OptionList).highlighted == 2


async def test_what_came_when_its_day_had_passed_is_to_be_done_today_and_late_the_day_after(desk: Desk) -> None:
    """On the first look at an old mailbox there is no wall of red: it is told what is to be done at once, and why."""
    case = desk.case(20, "Aino Esimerkki", RequestKind.ACCESS)
    with desk.store() as store:
        for kind, day in ((DutyKind.STOP_MARKETING, 6), (DutyKind.FREEZE_RECORDINGS, 9)):
            new = duties.by_person(kind, date(2026, 11, day), "")
            store.duties.open(case, new, Event(desk.now, AGENT, Act.DUTY_OPENED))
    async with due_list(desk, (80, 80)) as pilot:
        text = text_of(pilot)
        assert text.count("do it today") == 2
        assert "late" not in text
        assert "The day of 2 tasks had passed when they came to light: do them today." in " ".join(text.split())
        assert "Fri 6.11." in text
        await press(pilot, "enter")
        told = " ".join(text_of(pilot).replace("▌", "").split())
        assert "its day was Friday 6.11.2026 (do it today; Article 21(3))" in told
    desk.now += timedelta(days=1)
    async with due_list(desk) as pilot:
        assert text_of(pilot).count("1 day late") == 2


async def test_a_long_task_goes_on_under_its_beginning(desk: Desk, case: CaseKey) -> None:
    """The column of days holds days alone, so that it can be read down."""
    about = "pyydä kirjapainolta vahvistus siitä, että kesän osoitetiedosto on tuhottu"
    with desk.store() as store:
        desk.review(store).duties.add(case, DutyKind.REMINDER, date(2026, 11, 25), about)
    async with due_list(desk, (80, 24)) as pilot:
        shown = text_of(pilot).splitlines()
        at = next(number for number, line in enumerate(shown) if "pyydä kirjapainolta" in line)
        assert about in " ".join(line.strip() for line in shown[at : at + 2])
        assert {len(line) - len(line.lstrip()) for line in shown[at : at + 2]} == {12}


async def test_a_ticked_task_is_told_as_done_by_the_answer_in_view(tmp_path: Path) -> None:
    """What was typed into the letter is not lost by it: it is saved first, and stays."""
    processing = PROFILE.processing.model_copy(update={"processors": ("Kirjepalvelu Oy",)})
    desk = Desk(tmp_path / "inbox.db", profile=PROFILE.model_copy(update={"processing": processing}))
    case = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, level=IdentityLevel.L2)
    with desk.store() as store:
        review = desk.review(store)
        [request] = store.cases.get(case).requests
        facts = part("fi", RequestKind.ERASURE, Outcome.GRANTED, done_on="2026-11-24").facts
        review.outcomes.choose(case, (Choice(request.key, Outcome.GRANTED, facts),))
    async with desk.app().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, case)
        assert "Ne poistetaan viimeistään" in screen.pane.written.body
        await press(pilot, "k")
        pilot.app.screen.query_one(SelectionList).focus()
        await press(pilot, "home", "space", "ctrl+s")
        assert "Ne on poistettu kaikkialta" in screen.pane.written.body
        area = screen.pane.query_one("#letter-text", TextArea)
        area.text += "\nOma lause."
        await press(pilot, "k")
        pilot.app.screen.query_one(SelectionList).focus()
        await press(pilot, "home", "space", "ctrl+s")
        assert screen.pane.written.body.endswith("Oma lause.")
        assert "Ne on poistettu kaikkialta" in screen.pane.written.body
