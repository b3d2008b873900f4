"""The line of the dashboard, as the tests write into it: a case to speak of, two sizes of terminal."""

from __future__ import annotations

from textual.pilot import Pilot

from inbox_agent.dashboard.widgets.line import CommandLine
from state.model import CaseKey, RequestKind
from tests.dashboard_desk import Desk, press, settled

NARROW, WIDE = (80, 24), (160, 50)


def erasure_case(desk: Desk) -> CaseKey:
    return desk.case(
        3,
        "Aino Esimerkki",
        RequestKind.ERASURE,
        text="Poistakaa tietoni.",
        evidence=(("erasure", "Poistakaa tietoni"),),
    )


async def say(pilot: Pilot[None], text: str, *, confirm: bool = False) -> str:
    """Write a line and press Enter, with `confirm` once more; what stands above the line then."""
    await press(pilot, "s")
    line = pilot.app.screen.query_one(CommandLine)
    line.field.value = text
    await settled(pilot)
    await press(pilot, "enter")
    shown = told(pilot)
    if confirm:
        await press(pilot, "enter")
    return shown


def told(pilot: Pilot[None]) -> str:
    line = next(iter(pilot.app.screen.query(CommandLine)), None)
    if line is None:
        return ""  # a window stands over it
    box = line.query_one("#told")
    return str(box.query_one("#told-text").render()) if box.display else ""
