"""Where the cursor is: it stands where something is asked, what is written stays in view, and each key named works."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from inbox_agent.dashboard.screens.outcome import OutcomeWindow
from inbox_agent.dashboard.widgets.form import FactField
from state.model import DraftStatus, IdentityLevel, RequestKind
from tests.dashboard_desk import Desk, opened, press, screen_text, settled, stored
from tests.dashboard_line import NARROW, WIDE, say


def step(desk_text: str) -> str:
    """What to do now, with its key, as the head says it."""
    return next(line for line in desk_text.splitlines() if line.strip().startswith("▸")).strip()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_key_of_what_to_do_now_works_where_the_cursor_is(desk: Desk, size: tuple[int, int]) -> None:
    """In the letter and in the line a letter would only be typed: the head names the key that does it there."""
    draft = desk.proposed(case := desk.case(3, "Aino Esimerkki", RequestKind.ERASURE))
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot, case)
        assert step(screen_text(app)) == "▸ Approve the identity question  a"
        await press(pilot, "s")
        assert step(screen_text(app)) == "▸ Approve the identity question  F8"
        await press(pilot, "escape", "e")
        assert step(screen_text(app)) == "▸ Approve the identity question  F8"
        await press(pilot, "f8", "A")
    assert stored(desk, draft).status is DraftStatus.APPROVED


async def test_what_has_no_key_beside_a_letter_is_reached_by_leaving_the_line(desk: Desk) -> None:
    case = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        assert step(screen_text(app)) == "▸ Choose the outcome  o"
        await press(pilot, "s")
        assert step(screen_text(app)) == "▸ Choose the outcome  Esc o"
        await press(pilot, "escape", "o")
        assert isinstance(app.screen, OutcomeWindow)


async def test_enter_is_named_by_what_it_does(desk: Desk) -> None:
    """While a deed waits for the second Enter, the bar says that it does it."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        bars = []
        await press(pilot, "s")
        bars.append(screen_text(app).splitlines()[-1])
        await say(pilot, "ei ole pyyntö")
        bars.append(screen_text(app).splitlines()[-1])
        await press(pilot, "x")
        bars.append(screen_text(app).splitlines()[-1])
    assert ["Enter Do it" in bar for bar in bars] == [False, True, False]
    assert ["Enter Tell the assistant" in bar for bar in bars] == [True, False, True]


async def test_an_outcome_that_was_said_asks_for_what_is_missing_with_the_cursor_there(desk: Desk) -> None:
    """Whoever has said how it ends writes on at once; what the form names as left to fill in takes the words."""
    case = desk.case(3, "Aulis Esimerkki", RequestKind.RECTIFICATION, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, case)
        await say(pilot, "myönnä, oikaistu tänään", confirm=True)
        await settled(pilot)
        assert isinstance(app.screen, OutcomeWindow)
        asked = app.screen.lacking[0]
        await press(pilot, *"1946")
        field = next(one for one in app.screen.query(FactField) if one.fact == asked)
    assert field.value == "1946"


async def test_the_line_that_is_written_stays_in_view_when_remarks_take_room(desk: Desk) -> None:
    """At 80x24 the remarks under a letter grow while it is written, and its field gets lower."""
    desk.proposed(case := desk.case(40, "Pentti Ahola", RequestKind.ERASURE))
    app = desk.app()
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot, case)
        await press(pilot, "e", "Q")
        screen.pane._show_judgement()
        await settled(pilot)
        area = screen.query_one("#letter-text", TextArea)
        assert "Q" in screen_text(app).replace("Ctrl+Q", "")
        assert area.cursor_screen_offset.y < area.region.bottom
