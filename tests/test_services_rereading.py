"""A mail that could not be read is tried again by each new version of the program, and loses no day by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import cast

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services import taking
from inbox_agent.services.poll import Mailbox, Poll
from inbox_agent.services.report import SyncReport
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.taking import Taking
from state.model import Act, CaseKey, Cursor, MessageStatus, Place, RawMessage, Reason, Relation
from state.store.store import Store
from state.views import Views

Build = Callable[..., bytes]
CAME, UPGRADED = datetime(2026, 3, 6, 9, tzinfo=UTC), datetime(2026, 3, 20, 9, tzinfo=UTC)
ASKS = "Hei,\n\npyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette.\n\nAino Esimerkki\n"


@dataclass
class Office:
    """A store, and a program that can be too old for a mail."""

    monkeypatch: pytest.MonkeyPatch
    store: Store = field(default_factory=lambda: Store.open(":memory:"))
    now: datetime = CAME
    uid: int = 0

    @property
    def taking(self) -> Taking:
        return Taking(self.store, Recogniser.load(), specimen(), lambda: self.now)

    def comes(self, raw: bytes) -> None:
        self.uid += 1
        profile = specimen()
        poll = Poll(cast("Mailbox", None), profile.mailbox, self.store, Recogniser.load(), profile, lambda: self.now)
        mail = RawMessage(Place(profile.account, "INBOX", 1, self.uid), self.now, raw)
        poll.take_in([mail], Cursor(profile.account, "INBOX", 1, self.uid - 1))

    def comes_unread(self, raw: bytes) -> None:
        with self.monkeypatch.context() as broken:
            broken.setattr(taking, "understand", lambda *_: 1 / 0)
            self.comes(raw)

    async def starts(self, version: str) -> SyncReport:
        return await Rereading(self.store, self.taking, version).look()

    def quarantined(self) -> int:
        return len(Views(self.store._database).quarantined())


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(monkeypatch)


async def test_a_mail_that_the_next_version_can_read_becomes_a_case_with_its_first_receipt(
    office: Office, mail: Build
) -> None:
    """Two weeks in quarantine: the clock has run since the mail came; sender and subject are known now."""
    office.comes_unread(mail("Tietopyyntö", ASKS))
    assert office.quarantined() == 1
    office.now = UPGRADED

    report = await office.starts("2.0")
    [case] = office.store.cases.open_cases()
    [message] = office.store.mails.of_case(case.key)

    assert (report.cases, office.quarantined()) == (1, 0)
    assert (case.received_at, case.received_on) == (CAME, date(2026, 3, 6))
    assert {request.received_on for request in case.requests} == {date(2026, 3, 6)}
    assert (message.status, message.reason, message.relation) == (MessageStatus.FILED, None, Relation.OPENING)
    assert (message.subject, message.received_at) == ("Tietopyyntö", CAME)
    office.store.journal.verify()


async def test_a_further_mail_that_is_read_at_last_joins_its_case(office: Office, mail: Build) -> None:
    office.comes(mail("Tietopyyntö", ASKS, message_id="<1@posti.example>"))
    office.comes_unread(
        mail("Re: Tietopyyntö", "Pyydän samalla, että poistatte tietoni.", in_reply_to="<1@posti.example>")
    )
    report = await office.starts("2.0")

    assert report.joined == 1
    assert len(office.store.mails.of_case(CaseKey(1))) == 2


async def test_a_mail_that_is_no_request_is_set_aside_when_it_is_read_at_last(office: Office, mail: Build) -> None:
    office.comes_unread(mail("Tilaus", "Missä tilaukseni on?\n"))
    report = await office.starts("2.0")

    assert (report.set_aside, office.quarantined()) == (1, 0)
    assert [row.reason for row in Views(office.store._database).set_aside()] == [Reason.NOT_A_REQUEST]


async def test_each_version_tries_once_and_leaves_what_it_cannot_read_where_it_is(office: Office) -> None:
    office.comes(b"\x00\x01\x02")
    tries: list[bytes] = []

    def fails(raw: bytes, *_: object) -> None:
        tries.append(raw)

    office.monkeypatch.setattr(taking, "understand", fails)
    for version in ("1.0", "1.0", "2.0"):
        assert await office.starts(version) == SyncReport()

    assert (len(tries), office.quarantined()) == (2, 1)


async def test_what_a_person_settled_meanwhile_stays_as_it_is(office: Office, mail: Build) -> None:
    """While the mail was read a person put it under a case: no second case is made of it."""
    office.comes_unread(mail("Tietopyyntö", ASKS, message_id="<1@posti.example>"))
    office.comes(mail("Tietopyyntö", ASKS, message_id="<2@posti.example>"))
    [waiting], [case] = office.store.mails.unread("2.0"), office.store.cases.open_cases()
    raw = RawMessage(waiting.place, CAME, office.store.mails.raw(waiting.key))
    understood = office.taking.understand(raw)
    office.store.placing.put_under(waiting.key, case.key, office.taking.event(Act.MESSAGE_FILED))

    assert office.taking.take_again(raw, understood) == SyncReport()
    assert len(office.store.cases.open_cases()) == 1
