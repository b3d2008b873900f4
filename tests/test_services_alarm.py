"""Alarms by mail: each trouble once a day, its end once, by a road that still works, whatever the store does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.errors import LoginRefused, SendingDeferred, SendingRefused
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import AGENT, NOTICES, connection, looks, oddities
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.notices import Notices
from inbox_agent.services.way_out import WayOut
from state.errors import StoreFull
from state.model import Heartbeat
from state.store.store import Store


class Wire:
    """A mail server that still works, until a test says what it does."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.fails: Exception | None = None
        self.refuses: dict[str, Exception] = {}  # by recipient

    async def send(self, message: EmailMessage, _sender: str, recipient: str) -> str:
        if error := self.fails or self.refuses.get(recipient):
            raise error
        self.taken.append(message)
        return f"250 {recipient}"


class Night:
    """An agent's signs of life, and time that passes."""

    def __init__(self, profile: ControllerProfile | None = None) -> None:
        self.store, self.wire, self.time = Store.open(":memory:"), Wire(), datetime(2026, 3, 6, 9, tzinfo=UTC)
        self.begun = self.time.isoformat()
        self.profile = profile or specimen()
        self.state = "connected"
        self.start()

    def start(self) -> None:
        """The process starts (again): what it held in memory is gone."""
        way_out = WayOut(self.store, lambda: self.time, NOTICES)
        notices = Notices(self.wire, self.profile, lambda: self.time, lambda: "<n@yritys.example>", way_out)
        self.alarming = Alarming(self.store, notices, self.profile, lambda: self.time)

    async def pass_time(self, **more: float) -> None:
        self.time += timedelta(**more)
        account = self.profile.account
        self.store.pulse.beat(Heartbeat(AGENT, self.time, "alive", {"since": self.begun}))
        self.store.pulse.beat(Heartbeat(connection(account), self.time, self.state, {"why": "NO helmi@oma.example"}))
        if self.state == "connected":
            self.store.pulse.beat(Heartbeat(looks(account), self.time, "done", {}))
        await self.alarming.look()

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.wire.taken]


@pytest.fixture
def night() -> Night:
    return Night()


async def test_a_refused_login_is_mailed_at_once_and_once_a_day(night: Night) -> None:
    """Also across a restart; the next day it is said again."""
    night.state = "login_refused"
    for _ in range(5):
        await night.pass_time(minutes=1)
        night.start()
    assert len(night.wire.taken) == 1
    await night.pass_time(days=1)
    assert len(night.wire.taken) == 2


async def test_the_mail_holds_nothing_of_what_the_server_said(night: Night) -> None:
    night.state = "login_refused"
    await night.pass_time(minutes=1)
    [mail] = night.wire.taken
    assert "helmi" not in mail.get_content()
    assert night.profile.mailbox.user not in mail.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_a_mailbox_that_nobody_could_read_for_half_an_hour_is_told(night: Night) -> None:
    night.state = "disconnected"
    await night.pass_time(minutes=29)
    assert night.subjects == []
    await night.pass_time(minutes=2)
    assert len(night.subjects) == 1


async def test_the_deputy_hears_of_it_too() -> None:
    profile = specimen()
    contact = profile.contact.model_copy(update={"deputy_name": "Ville", "deputy_email": "ville@yritys.example"})
    night = Night(profile.model_copy(update={"contact": contact}))
    night.state = "login_refused"
    await night.pass_time(minutes=1)
    assert len(night.wire.taken) == 2


async def test_a_deputy_whose_address_is_gone_does_not_cost_the_contact_person_a_second_try() -> None:
    """Greylisting puts off every first try: were the deputy's refusal the end of it, nobody would ever be told."""
    profile = specimen()
    contact = profile.contact.model_copy(update={"deputy_name": "Ville", "deputy_email": "ville@yritys.example"})
    night = Night(profile.model_copy(update={"contact": contact}))
    night.state = "login_refused"
    night.wire.refuses = {
        contact.email: SendingDeferred("451 greylisted"),
        "ville@yritys.example": SendingRefused(550, "no such user"),
    }
    await night.pass_time(minutes=1)
    del night.wire.refuses[contact.email]
    await night.pass_time(minutes=6)
    await night.pass_time(minutes=6)
    assert len(night.subjects) == 1


async def test_its_end_is_told_once_also_after_a_restart(night: Night) -> None:
    """And what never was told has no end to tell."""
    await night.pass_time(minutes=1)
    assert night.subjects == []
    night.state = "login_refused"
    await night.pass_time(minutes=1)
    night.state = "connected"
    night.start()
    for _ in range(3):
        await night.pass_time(minutes=1)
    assert len(night.subjects) == 2
    assert re.search("works again", night.subjects[-1])


async def test_a_deferred_alarm_is_tried_again_and_a_lost_one_is_not(night: Night) -> None:
    night.state, night.wire.fails = "login_refused", SendingDeferred("451 later")
    await night.pass_time(minutes=1)
    night.wire.fails = None
    await night.pass_time(minutes=1)
    assert night.subjects == []
    await night.pass_time(minutes=5)
    await night.pass_time(minutes=5)
    assert len(night.subjects) == 1


async def test_an_alarm_that_the_server_did_not_take_is_told_by_the_next_process(night: Night) -> None:
    """Also one that lasts, which no later day tells again."""
    night.store.pulse.beat(Heartbeat(oddities(night.profile.account), night.time, "odd", {"emptied": "40"}))
    night.wire.fails = SendingDeferred("451 later")
    await night.pass_time(minutes=1)
    night.wire.fails = None
    night.start()
    await night.pass_time(minutes=1)
    assert night.subjects == []
    for _ in range(3):
        night.start()
        await night.pass_time(minutes=5)
    assert len(night.subjects) == 1


async def test_an_alarm_that_our_own_log_in_kept_back_is_told_once_it_is_mended(night: Night) -> None:
    """One password for reading and sending: neither works, and a mail comes as soon as sending does."""
    night.state, night.wire.fails = "login_refused", LoginRefused("mail.example", "us", "535 no")
    await night.pass_time(minutes=1)
    night.wire.fails = None
    await night.pass_time(minutes=30)
    assert night.subjects == []
    await night.pass_time(minutes=31)
    assert len(night.subjects) == 1


async def test_the_end_of_what_nobody_heard_of_is_not_told(night: Night) -> None:
    night.state, night.wire.fails = "login_refused", LoginRefused("mail.example", "us", "535 no")
    await night.pass_time(minutes=1)
    night.state, night.wire.fails = "connected", None
    await night.pass_time(minutes=1)
    night.start()
    await night.pass_time(hours=2)
    assert night.subjects == []


async def test_a_store_that_cannot_be_written_is_told_all_the_same(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: no claim can be stored, so this process remembers; one failed look is nothing yet."""
    await night.pass_time(minutes=1)

    def full(*_arguments: object) -> None:
        raise StoreFull("no room")

    for part, act in (("pulse", "beat"), ("reminders", "claim"), ("reminders", "sent")):
        monkeypatch.setattr(type(getattr(night.store, part)), act, full)
    await night.alarming.look()
    assert night.subjects == []
    for _ in range(3):
        await night.alarming.look()
    assert len(night.subjects) == 1
    assert "database" in night.subjects[0]


async def test_what_lasts_is_told_once(night: Night) -> None:
    """An emptied folder stays empty for weeks: one mail, not one a day."""
    odd = Heartbeat(oddities(night.profile.account), night.time, "odd", {"emptied": "40"})
    night.store.pulse.beat(odd)
    for _ in range(4):
        await night.pass_time(days=1)
    assert len(night.subjects) == 1


async def test_who_wants_no_mail_gets_none() -> None:
    profile = specimen()
    quiet = profile.model_copy(update={"alarms": profile.alarms.model_copy(update={"mail": False})})
    night = Night(quiet)
    night.state = "login_refused"
    await night.pass_time(minutes=1)
    assert night.subjects == []
