"""Run in a terminal of its own: drives the dashboard through every screen with mails that attack it.

`python -m tests.dashboard_hostile FOLDER` ends with 0 if the dashboard was still well at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import TextArea

from inbox_agent.dashboard import screens, times
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.readings import judge
from inbox_agent.dashboard.safe import mail_line, tell
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.day import DayWindow
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.duties import MoveWindow
from inbox_agent.dashboard.screens.joining import JoinWindow, PartWindow
from inbox_agent.dashboard.screens.later import LaterWindow
from inbox_agent.dashboard.screens.let_go import LetGoWindow
from inbox_agent.dashboard.screens.outcome import FactsWindow
from inbox_agent.dashboard.screens.record import DeliveredWindow
from inbox_agent.dashboard.screens.remember import RememberWindow
from inbox_agent.dashboard.screens.under import PutUnderWindow, TakeOutWindow, WhichCaseWindow
from inbox_agent.rules.alarms import connection
from inbox_agent.rules.phrasebook import OwnPhrase
from inbox_agent.services.learning import Lesson
from state.model import (
    AGENT,
    Act,
    Case,
    CaseKey,
    CaseStatus,
    DraftKey,
    DutyKind,
    Event,
    Heartbeat,
    IdentityLevel,
    Judgement,
    Letter,
    MessageKey,
    Party,
    ProofKind,
    Reason,
    RequestKind,
    Verdict,
)
from state.store.store import Store
from tests.dashboard_desk import PROFILE, Desk, press, settled

MARKUP = "[bold]x[/] [/] [@click=app.exit]here[/] [link=https://evil.example]y[/] [a['b[0]']] $error {0} %s :warning:"
ESCAPES = (
    "\x1b]52;c;aGFja2Vk\x07 \x1b]0;owned\x1b\\ \x1b[2J \x1b[38;5;123m \x1bP1$r\x1b\\"
    " \x9b31m \x9d0;c1\x9c \x90 \x07 \x08 \x7f \x00"
)
LETTERS = (
    "\u202egnp.exe\u202c \u2066a\u2069 \u200b\u200d\ufeff \u061c \u2028"
    " \U000e0041\U000e007f \ud800 \ufdd0 \r\n \x0b \x0c"
)
HOSTILE = f"{MARKUP} {ESCAPES} {LETTERS}"
IDENTITY_CODE = "131052-952K"  # of nobody: the numbers from 900 on are for tests
STORED = HOSTILE.replace("\x00", "").replace("\ud800", "")  # an address, a letter, a note can hold neither


def seed(desk: Desk) -> None:
    """Put the attack into everything that a stranger, a server or another person can word."""
    party = Party(f"Aino {STORED}", f"aino{STORED}@posti.example")
    hostile = {
        "sender": party,
        "subject": HOSTILE,
        "text": f"Hei, poistakaa tietoni. {IDENTITY_CODE}\n{HOSTILE}\n" * 3,
        "quoted": f"\n> {HOSTILE}",
        "evidence": (("erasure", "poistakaa tietoni"), (HOSTILE, HOSTILE)),
        "against": [{"type": "request", "phrase": HOSTILE}],
        "attachments": [f"{HOSTILE}.exe"],
        "flags": ["identity_code", HOSTILE],
    }
    case = desk.case(3, "Aino", RequestKind.ERASURE, RequestKind.ACCESS, **hostile)  # type: ignore[arg-type]
    desk.uncertain(desk.proposed(case), 1)
    draft = desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    desk.case(5, "Ville", RequestKind.ACCESS, status=CaseStatus.CANDIDATE, **hostile)  # type: ignore[arg-type]
    mail = desk.mail(desk.ago(1), party, HOSTILE, HOSTILE, against=[{"type": "request", "phrase": HOSTILE}])
    unread = desk.mail(desk.ago(1), party, HOSTILE, HOSTILE)
    with desk.store() as store:
        store.intake.set_aside(mail, Reason.NOT_A_REQUEST, Event(desk.now, AGENT, Act.MESSAGE_SET_ASIDE))
        store.intake.quarantine(unread, Reason.UNREADABLE, Event(desk.now, AGENT, Act.MESSAGE_QUARANTINED))
        store.pulse.beat(Heartbeat("agent", desk.now, "alive", {}))
        store.pulse.beat(Heartbeat(connection(PROFILE.account), desk.now, "disconnected", {"why": HOSTILE}))
        _words(store, desk, case, draft)


def _words(store: Store, desk: Desk, case: CaseKey, draft: DraftKey) -> None:
    """What another person at another desk may have written."""
    review = desk.review(store, person=f"Helmi {STORED}")
    old = store.drafts.get(draft)
    review.letters.edit(draft, old.subject + STORED, old.body + STORED, old.text_hash)
    review.cases.note(case, STORED)
    review.who_asks.prove(case, ProofKind.OTHER, IdentityLevel.L1, STORED)
    review.duties.add(case, DutyKind.TELL_RECIPIENTS, desk.now.date(), STORED)
    review.hands.hand_over(case, f"Liisa {STORED}", STORED)


async def _at_once(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    return cases


def _windows(desk: CaseScreen) -> Iterator[ModalScreen[Any]]:
    """The windows that open only where something special has happened, with what they would show of this case."""
    found, post = desk.found, desk.post
    assert found is not None
    assert post is not None
    today = desk.context.today()
    yield JoinWindow(found.case, replace(found.case, key=CaseKey(99)))
    yield PartWindow(found.case, replace(found.case, key=CaseKey(99)))
    yield WhichCaseWindow("", lambda _text: _at_once((found.case,)))
    yield PutUnderWindow(found.known.messages[0], found.case)
    yield TakeOutWindow((found.known.messages[0], found.known.messages[0]), found.case)
    yield DayWindow(times.full_day(today), [(found.case.key, mail_line(found.case.subject.name))])
    yield LetGoWindow(post.draft, judge(found, desk.context.profile, today)[0])
    yield MoveWindow(found.duties[-1], cancel=True)
    yield DeliveredWindow(today)
    yield LaterWindow(desk.context.now())
    yield FactsWindow(Letter.FEE, {"fee_explained": HOSTILE, "fee_amount": HOSTILE})

    async def outlook(_texts: tuple[str, ...]) -> Verdict:
        return Verdict.REQUEST

    wrong = OwnPhrase.model_construct(
        text=HOSTILE, says="not_request", by=HOSTILE, on=today
    )  # as no check would let it pass
    yield RememberWindow(Lesson(MessageKey(1), Judgement(Verdict.REQUEST, ()), (HOSTILE,), (wrong,)), outlook)


async def drive(pilot: Pilot[None]) -> None:
    """Open everything there is, then leave; an attack that acts would have left earlier."""
    app = pilot.app
    assert isinstance(app, Dashboard)
    await settled(pilot)
    for keys in (("2", "enter", "escape", "t", "escape"), ("3", "enter", "escape", "j", "escape"), ("4", "1")):
        await press(pilot, *keys)
    await press(pilot, "c", "right", "escape", "k", "escape", "y", "escape", "n", "escape", "l", "escape")
    await press(pilot, "ctrl+f", *"aino", "escape")
    await press(pilot, "down", "enter")
    assert isinstance(app.screen, CaseScreen)
    await press(pilot, "z", "g", "escape", "m", "a", "escape", "D", "escape", "o", "escape", "i", "escape")
    await press(pilot, "p", "escape", "q", "escape", "N", "escape", "w", "escape", "x", "escape", "d", "escape")
    await press(pilot, "e", "escape", "f", "escape", "k", "escape")
    for window in _windows(app.screen):
        app.push_screen(window)
        await settled(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen), window
    tell(app.screen, HOSTILE, severity="error")
    await settled(pilot)
    assert isinstance(app.screen, CaseScreen)
    for field in ("#letter-text", "#subject"):
        app.screen.query_one(field).focus().post_message(Paste(HOSTILE))
    await settled(pilot)
    await press(pilot, "f1", "escape", "ctrl+p", "escape")
    for line in (HOSTILE, f"kirjaa: {HOSTILE}", f"etsi {HOSTILE}", f"/{HOSTILE}"):
        app.screen.action_say(line)
        await settled(pilot)
        await press(pilot, "enter", "escape", "escape")
    app.screen.query_one("#letter-text", TextArea).text = app.screen.post.draft.body if app.screen.post else ""
    app.pop_screen()
    await press(pilot, "up", "enter", "v", "escape", "escape", "f2")
    assert isinstance(app.screen, MainScreen)
    app.exit(result=None, return_code=0)


def main() -> int:
    desk = Desk(Path(sys.argv[1]) / "inbox.db")
    seed(desk)
    app, shown = desk.app(), set[type]()
    push = app.push_screen

    def noted(screen: Any, *more: Any, **named: Any) -> Any:
        shown.add(type(screen))
        return push(screen, *more, **named)

    app.push_screen = noted  # type: ignore[method-assign]
    app.run(auto_pilot=drive)
    print("not shown:", [screen.__name__ for screen in _screens() - shown])
    return app.return_code if app.return_code is not None else 1


def _screens() -> set[type]:
    """Every screen and window that the dashboard can show."""
    for module in iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    ours = {one for one in _below(Screen) if one.__module__.startswith(screens.__name__)}
    return {one for one in ours if not any(one in other.__mro__[1:] for other in ours)}


def _below(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


if __name__ == "__main__":
    sys.exit(main())
