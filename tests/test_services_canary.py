"""The test mail through the public address: sent now and then, known again, never a case, missed aloud."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.commands.opening import specimen
from inbox_agent.errors import LoginRefused, SendingDeferred, SendingRefused
from inbox_agent.profile import Canary as Settings
from inbox_agent.rules import canary
from inbox_agent.rules.alarms import CANARY
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.canary import Canarying
from inbox_agent.services.poll import Mailbox, Poll
from state.model import Cursor, MessageStatus, Place, RawMessage, Reason
from state.store.store import Store
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

BEGIN = datetime(2026, 3, 6, 9, tzinfo=UTC)


class Wire:
    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.fails: Exception | None = None

    async def send(self, message: EmailMessage, _sender: str, recipient: str) -> str:
        if self.fails is not None:
            raise self.fails
        self.taken.append((recipient, message.as_bytes()))
        return "250 taken"


class Mine:
    """A mine with a bird in it, and time."""

    def __init__(self, **settings: object) -> None:
        self.profile = specimen().model_copy(update={"canary": Settings(**{"every_days": 7, **settings})})  # type: ignore[arg-type]
        self.store, self.wire, self.time = Store.open(":memory:"), Wire(), BEGIN
        self.uids, self.tokens = count(1), count(1)
        self.start()

    def start(self) -> None:
        """The process starts (again): what it held in memory is gone."""
        token = lambda: f"{next(self.tokens):032x}"  # noqa: E731  # it is the whole of it
        self.birds = Canarying(self.store, self.wire, self.profile, lambda: self.time, token)

    async def look(self, **later: float) -> None:
        self.time += timedelta(**later)
        await self.birds.look()

    def comes(self, raw: bytes) -> None:
        """A mail comes into the mailbox."""
        uid = next(self.uids)
        poll = Poll(
            cast("Mailbox", None), self.profile.mailbox, self.store, Recogniser.load(), self.profile, lambda: self.time
        )
        mail = RawMessage(Place(self.profile.account, "INBOX", 1, uid), self.time, raw)
        poll.take_in([mail], Cursor(self.profile.account, "INBOX", 1, uid - 1))

    @property
    def state(self) -> str:
        beat = self.store.pulse.read(CANARY)
        return beat.state if beat else ""

    @property
    def fates(self) -> list[tuple[MessageStatus, Reason | None]]:
        rows = self.store._database.rows("select id from messages order by id")
        found = [self.store.mails.get(row["id"]) for row in rows]
        return [(message.status, message.reason) for message in found]


async def test_unless_it_is_wanted_none_is_sent() -> None:
    mine = Mine(every_days=0)
    await mine.look(days=400)
    assert mine.wire.taken == []


async def test_one_is_sent_every_so_many_days_to_the_public_address() -> None:
    mine = Mine(address="tietosuoja@julkinen.example")
    for _ in range(15):
        mine.comes(mine.wire.taken[-1][1]) if mine.wire.taken else None
        await mine.look(days=1)
    assert [recipient for recipient, _ in mine.wire.taken] == ["tietosuoja@julkinen.example"] * 3


async def test_its_arrival_is_evidence_and_it_is_no_case() -> None:
    """Recorded with the server's own time of receipt, in the journal too; set aside as what it is."""
    mine = Mine()
    await mine.look()
    mine.time += timedelta(minutes=3)
    mine.comes(mine.wire.taken[0][1])
    await mine.look()

    last = mine.store.canaries.last()
    assert last is not None
    assert (last.arrived_at, last.folder) == (BEGIN + timedelta(minutes=3), "INBOX")
    assert mine.fates == [(MessageStatus.SET_ASIDE, Reason.CANARY)]
    assert mine.state == "well"
    mine.store.journal.verify()


async def test_its_absence_is_shown_and_the_next_one_follows_the_day_after() -> None:
    mine = Mine(within_minutes=30)
    await mine.look()
    await mine.look(minutes=29)
    assert mine.state == "well"
    await mine.look(minutes=2)
    assert mine.state == "missing"
    assert len(mine.wire.taken) == 1
    await mine.look(days=1)
    assert len(mine.wire.taken) == 2
    mine.comes(mine.wire.taken[1][1])
    await mine.look()
    assert mine.state == "well"


async def test_a_forwarding_that_rewrites_the_message_id_does_not_hide_it() -> None:
    mine = Mine()
    await mine.look()
    mine.comes(mine.wire.taken[0][1].replace(b"Message-ID: <canary.", b"Message-ID: <rewritten."))
    last = mine.store.canaries.last()
    assert last is not None
    assert last.arrived_at is not None


async def test_one_that_a_refused_log_in_kept_back_is_sent_when_the_server_lets_us_in() -> None:
    """It is no fault of the public address, so that nobody is told that requests to it are lost."""
    mine = Mine()
    mine.wire.fails = LoginRefused("mail.example", "us", "535 no")
    await mine.look()
    mine.wire.fails = None
    await mine.look(minutes=59)
    assert mine.wire.taken == []
    await mine.look(minutes=2)
    assert len(mine.wire.taken) == 1


async def test_an_answer_to_it_is_no_arrival() -> None:
    """An absence notice of a helpdesk proves nothing about our mailbox."""
    mine = Mine()
    await mine.look()
    token = f"{1:032x}"
    mine.comes(
        b"From: tuki@yritys.example\r\nSubject: Re: Test mail of inbox-agent\r\n"
        + f"In-Reply-To: <canary.{token}@yritys.example>\r\n".encode()
        + b"References: <canary." + token.encode() + b"@yritys.example>\r\n"
        b"Message-ID: <a@b.example>\r\n\r\nOlen lomalla."
    )  # fmt: skip
    last = mine.store.canaries.last()
    assert last is not None
    assert last.arrived_at is None


async def test_a_forged_one_is_an_ordinary_mail() -> None:
    """Nobody sent that token: what the mail says decides, so that a request cannot be hidden behind the header."""
    mine = Mine()
    await mine.look()
    mine.comes(
        b"From: Aino <aino@posti.example>\r\nSubject: Tietoni\r\nX-Inbox-Agent-Canary: " + b"f" * 32 + b"\r\n\r\n"
        b"Kaytan tarkastusoikeuttani ja pyydan jaljennoksen kaikista henkilotiedoista, joita minusta kasittelette."
    )
    assert mine.fates[0][1] is not Reason.CANARY


async def test_one_that_the_server_deferred_is_the_same_one_later() -> None:
    mine = Mine()
    mine.wire.fails = SendingDeferred("451 later")
    await mine.look()
    mine.wire.fails = None
    await mine.look(minutes=1)
    assert mine.wire.taken == []
    await mine.look(minutes=5)
    assert len(mine.wire.taken) == 1
    assert f"{1:032x}".encode() in mine.wire.taken[0][1]


async def test_one_that_was_not_taken_before_a_crash_is_the_same_one_after_it() -> None:
    """A new process sends it again, once: were it taken both times, both are known as ours."""
    mine = Mine()
    mine.wire.fails = SendingDeferred("451 later")
    await mine.look()
    mine.wire.fails = None
    mine.start()
    await mine.look(minutes=1)
    assert mine.wire.taken == []
    for _ in range(3):
        await mine.look(minutes=5)
    assert len(mine.wire.taken) == 1
    mine.start()
    await mine.look(minutes=5)
    assert len(mine.wire.taken) == 1
    assert f"{1:032x}".encode() in mine.wire.taken[0][1]


async def test_one_that_the_server_refused_is_missing() -> None:
    mine = Mine()
    mine.wire.fails = SendingRefused(550, "no")
    await mine.look()
    await mine.look(hours=2)
    assert mine.state == "missing"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\r\n\r\nX-Inbox-Agent-Canary: " + b"a" * 32,
        b"X-Inbox-Agent-Canary: " + b"a" * 31 + b"\r\n\r\n",
        b"X-Inbox-Agent-Canary: " + b"a" * 33 + b"\r\n\r\n",
        b"In-Reply-To: <canary." + b"a" * 32 + b"@x>\r\n\r\n",
        b"",
        b"\x00" * 100,
    ],
)
def test_what_only_resembles_one_is_none(raw: bytes) -> None:
    assert canary.token_of(raw) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_canary_or_none(raw: bytes) -> None:
    """Whatever arrives is looked at: nothing raises, and a token is 32 small hexadecimal digits."""
    token = canary.token_of(raw)
    assert token is None or (len(token) == 32 and set(token) <= set("0123456789abcdef"))


async def test_on_real_servers_it_goes_out_and_comes_back(
    tmp_path: Path, account: Account, smtp_server: SmtpServer
) -> None:
    """By SMTP, by delivery, by IMAP: one pass sends it, the next one finds it, `check` tells it."""
    smtp_server.delivers_to = account.dovecot
    company = Company.found(tmp_path, account, smtp_server)
    text = company.profile_path.read_text(encoding="utf-8")
    more = f'[canary]\nevery_days = 7\naddress = "{account.address}"\n'
    company.profile_path.write_text(text + more, encoding="utf-8")
    with company.store() as store:
        await company.agent(store).once()
        await company.agent(store).once()
        last = store.canaries.last()
        assert last is not None
        assert last.arrived_at is not None
        assert store.cases.open_cases() == ()
    assert "Koeviesti" in company.command("check").stdout
