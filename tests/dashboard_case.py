"""A case with a letter for the tests of its screen, and what is looked up of it in the store."""

from __future__ import annotations

from textual.pilot import Pilot

from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.widgets.letter import LetterPane
from state.model import (
    AGENT,
    Act,
    Case,
    CaseKey,
    Draft,
    DraftKey,
    Event,
    RequestKind,
)
from tests.dashboard_desk import Desk

WIDE = (160, 50)
NARROW = (80, 24)


def asked_case(desk: Desk) -> tuple[CaseKey, DraftKey]:
    """A case with a proposed identity question."""
    case = desk.case(
        3,
        "Aino Esimerkki",
        RequestKind.ERASURE,
        text="Hei, poistakaa\n tietoni. Tunnukseni on 131052-952K.",
        quoted="\n> vanha viesti\n> toinen rivi",
        evidence=(("erasure", "poistakaa tietoni"),),
        attachments=["valtakirja.pdf"],
        flags=["identity_code"],
    )
    return case, desk.proposed(case)


def case_of(desk: Desk, case: CaseKey) -> Case:
    with desk.views() as views:
        return views.case(case)


def newest(desk: Desk, case: CaseKey) -> Draft:
    with desk.views() as views:
        return views.drafts(case)[-1]


def edit(desk: Desk, draft: DraftKey, body: str) -> None:
    """Somebody else's hand."""
    with desk.store() as store:
        old = store.drafts.get(draft)
        desk.review(store, person="Sijainen").letters.edit(draft, old.subject, body, old.text_hash)


def notices(app: Dashboard) -> str:
    return "\n".join(notice.message for notice in app._notifications)


async def judged(pilot: Pilot[None], pane: LetterPane) -> None:
    """The linter looks when typing has paused."""
    await pilot.pause()
    pane._show_judgement()
    await pilot.pause()


def event(desk: Desk) -> Event:
    return Event(desk.now, AGENT, Act.REQUEST_DROPPED)
