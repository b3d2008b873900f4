"""A desk with invented cases for the tests of the dashboard: a real store in a folder, a clock that stands still."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import textual.app
import textual.pilot
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from inbox_agent import profile as profiles
from inbox_agent.adapters.theme_file import ThemeFile
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.dashboard.screens import list_desk
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.widgets.form import FactField
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines
from inbox_agent.rules.alarms import connection
from inbox_agent.services.review import Keep, Press, Review
from state.model import (
    AGENT,
    Act,
    Arrival,
    CaseKey,
    CaseStatus,
    Draft,
    DraftKey,
    Event,
    Heartbeat,
    IdentityLevel,
    Letter,
    MessageKey,
    MessageKind,
    NewCase,
    NewRequest,
    Party,
    Place,
    RawMessage,
    Reason,
    RequestKind,
    Verdict,
)
from state.store.store import Store
from state.views import Views
from tests.dashboard_idle import idle

# After every key, click and pause the pilot waits 20 ms at least: most of these tests' time, and still a guess.
textual.app.wait_for_idle = textual.pilot.wait_for_idle = idle
list_desk.FILTER_AFTER = 0.001  # seconds: whoever types here has paused

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)  # a Tuesday, 14.05 in Helsinki

ERASED_ON_2_12 = {
    "erased": "asiakastiedot",
    "erased_from": "asiakasrekisteri",
    "done_on": "2026-12-02",
    "backups": "none",
    "trace_until": "2028-12-31",
    "suppression": "none",
    "notified": "no_recipients",
}
"""The facts of an erasure that is to come, of the second of December, in letters before it."""

PROFILE = profiles.parse(
    """
    [controller]
    name = "Esimerkki Oy"
    business_id = "1234567-1"
    domains = ["yritys.example"]
    [contact]
    name = "Helmi Ruokojärvi"
    email = "helmi@yritys.example"
    phone = "040 000 0000"
    [mailbox]
    host = "mail.example"
    user = "tietosuoja@yritys.example"
    [smtp]
    host = "mail.example"
    sender = "tietosuoja@yritys.example"
    [processing]
    processors = "none"
    """
)


NO_FILE = ThemeFile(Path("/nowhere/theme"))


@dataclass
class Desk:
    """One store on a disk; `now` is the clock of everything, which a test may turn."""

    path: Path
    profile: ControllerProfile = PROFILE
    now: datetime = NOW
    uid: int = field(default=0)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """A connection of the agent's, beside the dashboard's own."""
        with Store.open(self.path) as store:
            yield store

    @contextmanager
    def views(self) -> Iterator[Views]:
        with Views.open(self.path) as views:
            yield views

    def review(self, store: Store, at: datetime | None = None, person: str = "Helmi Ruokojärvi") -> Review:
        return Review(store, self.profile, lambda: at or self.now, person, lambda count: bytes(range(count)))

    def app(
        self,
        *,
        press: Press | None = None,
        keep: Keep | None = None,
        patience: float = 5,
        theme: ThemeFile = NO_FILE,
        changed: ControllerProfile | None = None,
    ) -> Dashboard:
        """A dashboard that looks for news only when a test tells it to. `press` is the printer, `keep` the disk,
        `patience` the seconds for which it waits where somebody else writes, `theme` what it remembers its theme in,
        `changed` the profile as it is changed while the desk is open.
        """

        def review() -> Review:
            return replace(self.review(Store.open(self.path, busy_timeout=patience)), press=press, keep=keep)

        def gateway() -> Gateway:
            return Gateway(lambda: Views.open(self.path), review)

        def renew(mark: str) -> tuple[Gateway, ControllerProfile] | None:
            return (gateway(), changed) if changed and changed.mark == mark else None

        return Dashboard(
            gateway(),
            self.profile,
            lambda: self.now,
            look_every=3600,
            theme=theme.read(),
            remember=theme.remember,
            renew=renew,
        )

    def ago(self, days: int, hour: int = 9) -> datetime:
        return (self.now - timedelta(days=days)).replace(hour=hour, minute=14)

    # -- what has happened ------------------------------------------------------------------------

    def mail(
        self,
        at: datetime,
        sender: Party,
        subject: str,
        text: str,
        *,
        kinds: tuple[RequestKind, ...] = (),
        verdict: Verdict = Verdict.REQUEST,
        evidence: tuple[tuple[str, str], ...] = (),
        **analysed: Any,
    ) -> Arrival:
        """A mail with what recognition would store beside it."""
        self.uid += 1
        raw = f"Subject: {subject}\r\n\r\n{text}\r\n{self.uid}".encode("utf-8", "surrogatepass")
        message_id = f"<mail-{self.uid}@posti.example>"
        message = {
            "message_id": message_id,
            "attachments": analysed.pop("attachments", []),
            "text": text + analysed.pop("quoted", ""),
            "new_text": text,
            "references": [],
        }
        analysis = {
            "message": message,
            "verdict": str(verdict),
            "types": [str(kind) for kind in kinds],
            "evidence": [{"type": kind, "phrase": phrase} for kind, phrase in evidence],
            "against": [],
            "identity": {"level": "L1", "required": "L2", "reasons": ["address_authenticated"]},
            "flags": [],
            **analysed,
        }
        return Arrival(
            raw=RawMessage(Place(self.profile.account, "INBOX", 1, self.uid), at, raw),
            content_hash=hashlib.sha256(raw).hexdigest(),
            message_id=message_id,
            sender=sender,
            subject=subject,
            sent_at=at,
            kind=MessageKind.MAIL,
            language="fi",
            verdict=verdict,
            analysis=analysis,
        )

    def case(
        self,
        days: int,
        name: str,
        *kinds: RequestKind,
        status: CaseStatus = CaseStatus.OPEN,
        text: str = "Hei, poistakaa tietoni.",
        level: IdentityLevel = IdentityLevel.L1,
        required: IdentityLevel = IdentityLevel.L2,
        sender: Party | None = None,
        subject: str = "Pyyntö",
        **analysed: Any,
    ) -> CaseKey:
        """A case whose mail came so many days ago."""
        at = self.ago(days)
        party = sender or Party(name, f"{name.split(maxsplit=1)[0].lower()}@posti.example")
        arrival = self.mail(at, party, subject, text, kinds=kinds, **analysed)
        on = deadlines.helsinki_date(at)
        due = deadlines.compute(on).due
        flags = tuple(analysed.get("flags", ()))
        requests = tuple(NewRequest(kind, on, due) for kind in kinds)
        new = NewCase(status, party, "fi", at, on, level, required, flags, requests)
        with self.store() as store:
            return store.intake.open_case(arrival, new, Event(at, AGENT, Act.CASE_OPENED))

    def aside(self, days: int, name: str, subject: str, reason: Reason = Reason.NOT_A_REQUEST) -> MessageKey:
        at = self.ago(days, 13)
        mail = self.mail(at, Party(name, "kauppa@kauppa.example"), subject, f"Hei, {subject}.")
        with self.store() as store:
            return store.intake.set_aside(mail, reason, Event(at, AGENT, Act.MESSAGE_SET_ASIDE))

    def quarantined(self, days: int) -> MessageKey:
        at = self.ago(days, 13)
        mail = self.mail(at, Party("", ""), "", "\ufffd\ufffd")
        with self.store() as store:
            return store.intake.quarantine(mail, Reason.UNREADABLE, Event(at, AGENT, Act.MESSAGE_QUARANTINED))

    def proposed(self, case: CaseKey, letter: Letter = Letter.IDENTITY_QUESTION, days: int = 1) -> DraftKey:
        with self.store() as store:
            return self.review(store, self.ago(days, 10)).letters.propose(case, letter)

    def sending(self, draft: DraftKey, days: int = 1) -> None:
        """Approve a letter and claim its sending, as the agent does."""
        at = self.ago(days, 11)
        with self.store() as store:
            approval = self.review(store, at).approval
            approval.approve(draft, approval.dated(draft).text_hash, "kirje on luettu kahdesti", owned=True)
            store.drafts.claim(draft, f"<ours-{draft}@yritys.example>", Event(at, AGENT, Act.SENDING_CLAIMED))

    def uncertain(self, draft: DraftKey, days: int = 1) -> None:
        self.sending(draft, days)
        with self.store() as store:
            store.drafts.uncertain(draft, "interrupted", Event(self.ago(days, 11), AGENT, Act.SENDING_UNCERTAIN))

    def beats(self, mailbox: str = "connected", seconds: int = 12, **detail: str) -> None:
        """The agent's last signs of life."""
        with self.store() as store:
            store.pulse.beat(Heartbeat("agent", self.now - timedelta(seconds=2), "alive", {}))
            store.pulse.beat(
                Heartbeat(connection(PROFILE.account), self.now - timedelta(seconds=seconds), mailbox, detail)
            )


def busy(path: Path) -> Desk:
    """Three cases, the first one late with its letter proposed; two mails set aside, one that could not be read."""
    desk = Desk(path)
    late = desk.case(33, "Pentti Ahola", RequestKind.ERASURE)
    desk.proposed(late)
    desk.case(20, "Oskari Niemelä", RequestKind.PORTABILITY)
    desk.case(5, "Ville Virta", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
    desk.aside(2, "Verkkokauppa", "Tilausvahvistus")
    desk.aside(1, "Uutiset", "Marraskuun uutiskirje", Reason.MASS_MAIL)
    desk.quarantined(3)
    desk.beats()
    return desk


async def settled(pilot: Pilot[None], rounds: int = 8) -> None:
    """Wait until what was asked of the store is answered and shown, follow-up questions included.

    The gateway answers in order, so a question of our own is answered after those before it. An act that saves first
    asks several times, each after the last was answered.
    """
    app = pilot.app
    assert isinstance(app, Dashboard)
    for _ in range(rounds):
        await idle()
        await app.context.gateway.read(lambda views: views.data_version())
    await idle()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, each after what the one before it did."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def screen_text(app: Dashboard) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def opened(pilot: Pilot[None], case: CaseKey) -> CaseScreen:
    """Show a case as Enter on its line does."""
    app = pilot.app
    assert isinstance(app, Dashboard)
    await settled(pilot)
    app.open_case(case)
    await settled(pilot)
    assert isinstance(app.screen, CaseScreen)
    return app.screen


def stored(desk: Desk, draft: DraftKey) -> Draft:
    with desk.views() as views:
        return views.draft(draft)


def fields(section: Widget) -> dict[str, FactField]:
    return {field.fact.name: field for field in section.query(FactField) if field.display}


def fill(section: Widget, **values: str) -> None:
    for name, value in values.items():
        field = fields(section)[name].query("Select, TextArea, Input").first()
        if isinstance(field, TextArea):
            field.text = value
        elif isinstance(field, Input | Select):
            field.value = value
