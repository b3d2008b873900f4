"""The line: tasks ticked, reminders made, moved and cancelled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inbox_agent.dashboard.screens.duties import DutiesWindow
from state.model import (
    CaseKey,
    DutyKind,
    DutyStatus,
    RequestKind,
)
from tests.dashboard_desk import Desk, opened, press, settled
from tests.dashboard_line import NARROW, WIDE, say


async def test_a_task_is_ticked(desk: Desk) -> None:
    """The one open task that is meant."""
    banned = desk.case(2, "Oili Rinne", RequestKind.MARKETING_OBJECTION)
    with desk.store() as store:
        review = desk.review(store)
        key = review.duties.add(banned, DutyKind.TELL_RECIPIENTS, desk.now.date(), "Lähetti Oy")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, banned)
        await say(pilot, "vastaanottajille ilmoitettu eilen", confirm=True)

    with desk.views() as views:
        (duty,) = [duty for duty in views.duties(banned) if duty.key == key]
    assert duty.status is DutyStatus.DONE


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        ("muistuta torstaina", (DutyKind.REMINDER, date(2026, 11, 26), "")),
        ("muistuta 5.12. soittaa Virtaselle", (DutyKind.REMINDER, date(2026, 12, 5), "soittaa Virtaselle")),
        ("muistuta huomenna klo 9 jos ei ole vastannut", (DutyKind.AWAIT_REPLY, date(2026, 11, 25), "at 9:00")),
    ],
)
async def test_a_reminder_is_a_task_with_its_day(
    desk: Desk, case: CaseKey, text: str, laid_down: tuple[DutyKind, date, str]
) -> None:
    """Laid down on the second Enter, with what was said of it; "peru muistutus" takes it away again."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, text)
        with desk.views() as views:
            assert views.duties(case) == ()
        await press(pilot, "enter")
        with desk.views() as views:
            (duty,) = views.duties(case)
        await say(pilot, "peru muistutus", confirm=True)

    assert (duty.kind, duty.due_on, duty.about) == laid_down
    with desk.views() as views:
        assert [left.status for left in views.duties(case)] == [DutyStatus.CANCELLED]


async def test_a_reminder_is_moved_to_another_day(desk: Desk, case: CaseKey) -> None:
    """The one before it is cancelled, the new day stands alone."""
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "muistuta huomenna", confirm=True)
        await say(pilot, "siirrä muistutus ylihuomiseen", confirm=True)

    with desk.views() as views:
        live = [duty.due_on for duty in views.duties(case) if duty.status is DutyStatus.OPEN]
        assert live == [desk.now.date() + timedelta(days=2)]


async def test_of_two_reminders_none_is_cancelled_by_the_line(desk: Desk, case: CaseKey) -> None:
    """Which one is meant was not said: the tasks are shown, and both stay."""
    async with desk.app().run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "muistuta huomenna", confirm=True)
        await settled(pilot)
        await say(pilot, "muistuta ylihuomenna", confirm=True)
        await settled(pilot)
        await say(pilot, "peru muistutus", confirm=True)
        await settled(pilot)

        assert isinstance(pilot.app.screen, DutiesWindow)

    with desk.views() as views:
        duties = [one for one in views.duties(case) if one.kind is DutyKind.REMINDER]
        assert [one.status for one in duties] == [DutyStatus.OPEN, DutyStatus.OPEN]


async def test_of_two_reminders_one_is_moved_and_the_other_stays(desk: Desk, case: CaseKey) -> None:
    """The one whose words were said; where either may be meant, the tasks are shown and none is moved."""
    tomorrow = desk.now.date() + timedelta(days=1)
    with desk.store() as store:
        duties = desk.review(store).duties
        duties.remind(case, tomorrow, "soittaa Virtaselle")
        duties.remind(case, tomorrow, "kysy arkistosta")
    async with desk.app().run_test(size=WIDE) as pilot:
        await opened(pilot, case)
        await say(pilot, "siirrä muistutus ylihuomiseen", confirm=True)
        assert isinstance(pilot.app.screen, DutiesWindow)

    with desk.store() as store:
        duties = desk.review(store).duties
        live = [(one.due_on, one.about) for one in store.duties.of_case(case) if one.status is DutyStatus.OPEN]
        assert live == [(tomorrow, "soittaa Virtaselle"), (tomorrow, "kysy arkistosta")]
        duties.remind_instead(case, tomorrow + timedelta(days=1), named="virtaselle")
        live = [(one.due_on, one.about) for one in store.duties.of_case(case) if one.status is DutyStatus.OPEN]
        assert live == [(tomorrow, "kysy arkistosta"), (tomorrow + timedelta(days=1), "soittaa Virtaselle")]


async def test_a_deed_that_the_store_has_no_time_for_is_told(desk: Desk, case: CaseKey) -> None:
    """Somebody else writes for longer than anybody waits: a sentence, and the case stays in view."""
    with desk.store() as store:
        desk.review(store).duties.remind(case, desk.now.date())
    async with desk.app(patience=0.05).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, case)
        with desk.store() as store, store.transaction():
            await say(pilot, "peru muistutus", confirm=True)
        assert pilot.app.screen is screen
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
    with desk.views() as views:
        assert [duty.status for duty in views.duties(case)] == [DutyStatus.OPEN]
