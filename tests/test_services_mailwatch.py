"""Each mailbox is watched for itself: refused, expired, deaf or hung, it holds up no other and is told of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.commands.opening import specimen
from inbox_agent.errors import GrantExpired, InboxAgentError, LoginRefused, SecretMissing
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.alarms import oddities
from inbox_agent.services import mailwatch, watch
from inbox_agent.services.mailwatch import Connection
from inbox_agent.services.watch import Agent
from state.model import (
    FolderState,
)
from tests.agent_world import LETTER, NOW, Doing, Fake, agent, connection_state, until
from tests.servers.dovecot import Account

Build = Callable[..., bytes]


@pytest.fixture
def mailbox() -> Fake:
    return Fake()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailwatch, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_REMINDERS", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_TROUBLE", 0.05)
    monkeypatch.setattr(watch, "LOOK_FOR_APPROVALS", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_ENDED_CASES", 0.01)


async def test_mail_that_comes_while_other_folders_are_read_is_not_left_lying(mailbox: Fake) -> None:
    """Nobody announces it, so it is looked for before the agent waits."""

    def comes() -> None:
        mailbox.mails = [LETTER]

    mailbox.at_select = comes
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    task = asyncio.create_task(running.run())
    await until(lambda: mailbox.waits > 0)
    running.stop()
    await task

    assert len(running.store.cases.open_cases()) == 1


async def test_an_expired_sign_in_is_loud_and_its_renewal_is_noticed(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token stopped renewing: shown and mailed at once, and the agent goes on by itself once a person signed in."""
    monkeypatch.setattr(mailwatch, "LOOK_FOR_SECRET", 0.01)
    fails: list[Exception] = [GrantExpired("login.example", "t", "invalid_grant") for _ in range(5)]
    sending = Doing()
    running = agent(mailbox, sending=sending, reminding=Doing(), purging=Doing(), fails=fails)
    shown: list[str] = []
    task = asyncio.create_task(running.run())
    await until(lambda: bool(shown.append(connection_state(running))) or mailbox.waits > 0)
    running.stop()
    await task

    assert "grant_expired" in shown
    assert connection_state(running) == "connected"
    assert running.store.reminders.claimed(None)


async def test_a_refused_password_is_tried_once(mailbox: Fake) -> None:
    """Accounts get locked: it is looked for another one, seldom."""
    fails: list[Exception] = [LoginRefused("mail.example", "t", "no") for _ in range(9)]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=fails)
    task = asyncio.create_task(running.run())
    await until(lambda: connection_state(running) == "login_refused")
    await until(lambda: bool(running.store.reminders.claimed(None)))
    running.stop()
    await task

    assert len(fails) == 8


@pytest.mark.parametrize(
    "error",
    [LoginRefused("mail.example", "t", "no"), SecretMissing("file:/x", "file_missing")],
    ids=["wrong", "missing"],
)
async def test_a_password_that_was_put_right_is_tried_at_once(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch, error: InboxAgentError
) -> None:
    """Whoever corrects it sees within seconds whether it works; nobody has to start the agent again."""
    monkeypatch.setattr(mailwatch, "LOOK_AT_SECRET", 0.01)
    fails: list[Exception] = [error]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=fails)
    right: list[bool] = []
    running.renewed = lambda _server, _since: bool(right)
    task = asyncio.create_task(running.run())
    await until(lambda: connection_state(running) in {"login_refused", "disconnected"})
    right.append(True)
    await until(lambda: connection_state(running) == "connected")
    running.stop()
    await task

    assert fails == []  # it was refused once, and let in at the first try after that


async def test_the_only_folder_is_told_to_be_missing_as_soon_as_a_command_fails_on_it(
    account: Account, mail: Build
) -> None:
    """Somebody renames it while we listen; it is told until it is there again."""
    server = account.profile(folders=("Tietosuoja",), junk="")
    with account.client() as other:
        other.create_folder("Tietosuoja")
    running = agent(Fake(), sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.profile = running.profile.model_copy(update={"mailbox": server})
    running.connect = lambda server: ImapMailbox.open(server, account.password)
    task = asyncio.create_task(running.run())
    await until(lambda: connection_state(running) == "connected")
    with account.client() as other:
        other.rename_folder("Tietosuoja", "Vanha")
    account.append(mail(), folder="Vanha")
    await until(lambda: "folder_missing" in odd(running))
    assert connection_state(running) != "connected"
    with account.client() as other:
        other.rename_folder("Vanha", "Tietosuoja")
    await until(lambda: "folder_missing" not in odd(running))
    running.stop()
    await task


async def test_a_clock_that_is_behind_the_mails_is_told_until_it_is_right(mailbox: Fake) -> None:
    """Whoever reads deadlines that were counted from it must hear of it."""
    mailbox.mails = [LETTER]  # received at NOW
    clock = [NOW - timedelta(days=40)]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.now = lambda: clock[-1]
    watching = running._mailwatch(running.profile.mailbox)
    await watching.once()
    assert "clock_behind" in odd(running)
    clock.append(NOW)
    await watching.once()
    assert "clock_behind" not in odd(running)


def odd(running: Agent) -> Mapping[str, object]:
    beat = running.store.pulse.read(oddities(running.profile.account))
    return beat.detail if beat else {}


async def test_a_mailbox_that_hangs_holds_up_no_other(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """One server answers nothing for hours: the other mailbox's requests become cases."""
    other = specimen().mailbox.model_copy(update={"user": "rekry@yritys.example"})
    hung = Fake()

    async def hangs(folder: str) -> FolderState:
        await asyncio.sleep(3600)
        raise AssertionError(folder)

    monkeypatch.setattr(hung, "select", hangs)
    mailbox.mails = [LETTER]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.profile = running.profile.model_copy(
        update={"mailbox": other, "more_mailboxes": (running.profile.mailbox,)}
    )

    @asynccontextmanager
    async def connect(server: Server) -> AsyncIterator[Connection]:
        yield hung if server is other else mailbox

    running.connect = connect
    task = asyncio.create_task(running.run())
    await until(lambda: bool(running.store.cases.open_cases()))
    running.stop()
    await asyncio.wait_for(task, 5)


async def test_a_server_that_announces_nothing_is_found_out(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """IDLE went deaf: the mail is found by the look at intervals, and from then on the server is asked more often."""
    rounds: list[float] = []

    async def deaf(seconds: float) -> bool:
        rounds.append(seconds)
        if len(rounds) == 1:
            mailbox.mails = [LETTER]  # received at NOW, announced by nobody
            return False
        mailbox.waits += 1
        await asyncio.sleep(3600)
        return False

    monkeypatch.setattr(mailbox, "wait", deaf)
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.now = lambda: NOW + timedelta(hours=1)
    task = asyncio.create_task(running.run())
    await until(lambda: mailbox.waits > 0)
    running.stop()
    await task

    assert len(running.store.cases.open_cases()) == 1
    odd = running.store.pulse.read(oddities(running.profile.account))
    assert odd is not None
    assert "deaf" in odd.detail
    assert rounds[1] <= mailwatch.DEAF_ROUND < rounds[0]


async def test_mail_in_a_folder_that_nobody_listens_to_is_no_sign_of_deafness(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Junk is looked into at intervals; what lay there meanwhile was not to be announced."""

    async def quiet(seconds: float) -> bool:
        mailbox.junk = [LETTER]
        mailbox.waits += 1
        await asyncio.sleep(min(seconds, 0.05))
        return False

    monkeypatch.setattr(mailbox, "wait", quiet)
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    often = running.profile.mailbox.model_copy(update={"sync_minutes": 0.0005})
    running.profile = running.profile.model_copy(update={"mailbox": often})
    running.now = lambda: NOW + timedelta(hours=1)
    task = asyncio.create_task(running.run())
    await until(lambda: bool(running.store.cases.open_cases()) and mailbox.waits > 3)
    running.stop()
    await task

    odd = running.store.pulse.read(oddities(running.profile.account))
    assert odd is not None
    assert "deaf" not in odd.detail
