"""A mailbox without a password, the whole way: an ended sign-in is told, and renewed while the agent runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.errors import LoginRefused
from inbox_agent.rules import deadlines
from inbox_agent.rules.alarms import Trouble, alarms, connection
from inbox_agent.services import mailwatch, watch
from state.model import AGENT, Act, CaseStatus, Event, IdentityLevel, NewCase, NewRequest, RequestKind
from tests.agent_world import until
from tests.profile_texts import WITH_PASSWORD, WITH_SIGN_IN
from tests.servers.certificate import Certificate
from tests.servers.provider import CLIENT, USER, Provider
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import SmtpServer
from tests.servers.tokens import demanding
from tests.state_examples import AINO, mail
from tests.whole_way import parsed

_PASSWORD = f"""{WITH_PASSWORD}user = "tietosuoja@yritys.example"
secret = "file:{{secret}}"
[alarms]
mail = false
"""


@pytest.fixture
def provider(certificate: Certificate) -> Iterator[Provider]:
    server = Provider(certificate)
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", ["google", "microsoft"])
async def test_an_ended_sign_in_is_mailed_and_its_renewal_noticed_without_a_restart(  # noqa: PLR0917  # fixtures
    name: str,
    provider: Provider,
    certificate: Certificate,
    tmp_path: Path,
    scripted_imap: ScriptedImap,
    smtp_server: SmtpServer,
    mail: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody has signed in: a mail says what to do. Somebody signs in: the mail that waited becomes a case."""
    monkeypatch.setattr(mailwatch, "LOOK_FOR_SECRET", 0.05)
    monkeypatch.setattr(mailwatch, "FIRST_DELAY", 0.05)
    monkeypatch.setattr(watch, "LOOK_FOR_TROUBLE", 0.05)
    demanding(scripted_imap, lambda: set(provider.granted))
    scripted_imap.mails = {1: mail(message_id="<1@posti.example>")}
    path = tmp_path / "inbox-agent.toml"
    path.write_text(
        WITH_SIGN_IN.format(
            imap=scripted_imap.port, smtp=smtp_server.port, user=USER, provider=name, client=CLIENT,
            authority=provider.authority, ca=certificate.cert,
        )
    )  # fmt: skip
    profile = profiles.read(path)
    with bootstrap.first_store(profile, path) as store:
        agent = bootstrap.agent(profile, path, store, bootstrap.clock())
        work = asyncio.create_task(agent.run())

        def state() -> str:
            beat = store.pulse.read(connection(profile.account))
            return beat.state if beat else ""

        await until(lambda: state() == "grant_expired" and bool(smtp_server.mails))
        notice = parsed(smtp_server.mails[0].raw)
        assert "inbox-agent login" in notice.get_content()
        assert provider.asked == []  # nothing was asked of the mail server, nor of the provider

        signing_in = bootstrap.google if name == "google" else bootstrap.microsoft
        waiting: list[asyncio.Future[None]] = []
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(
            signing_in(profile, path).sign_in,
            USER,
            lambda address: waiting.append(loop.run_in_executor(None, provider.agree, address)),
            0,
            20,
        )
        await asyncio.gather(*waiting)
        await until(lambda: state() == "connected" and len(store.cases.open_cases()) == 1)
        agent.stop()
        await asyncio.wait_for(work, 30)


async def test_a_reminder_shut_out_by_a_wrong_password_leaves_as_soon_as_the_right_one_stands_in_its_file(
    tmp_path: Path, scripted_imap: ScriptedImap, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a restart and without an hour's wait; the dashboard says meanwhile what is wrong."""
    monkeypatch.setattr(watch, "LOOK_FOR_APPROVALS", 0.05)
    secret = tmp_path / "password"
    secret.write_text("väärä", encoding="utf-8")
    secret.chmod(0o600)
    path = tmp_path / "inbox-agent.toml"
    path.write_text(_PASSWORD.format(imap=scripted_imap.port, smtp=smtp_server.port, secret=secret), encoding="utf-8")
    profile, received = profiles.read(path), datetime(2026, 3, 2, 10, tzinfo=UTC)
    now = bootstrap.clock(received + timedelta(days=1))
    with bootstrap.first_store(profile, path) as store:
        request = NewRequest(RequestKind.ACCESS, received.date(), deadlines.compute(received.date()).due)
        levels = (IdentityLevel.L2, IdentityLevel.L2)
        new = NewCase(CaseStatus.OPEN, AINO, "fi", received, received.date(), *levels, (), (request,))
        store.intake.open_case(mail(1), new, Event(received, AGENT, Act.CASE_OPENED))
        agent = bootstrap.agent(profile, path, store, now)
        work = asyncio.create_task(agent.run())

        def troubles() -> list[Trouble]:
            return [alarm.trouble for alarm in alarms(store.pulse.all(), profile, now())]

        await until(lambda: Trouble.CANNOT_SEND in troubles())
        secret.write_text(smtp_server.password, encoding="utf-8")
        await until(lambda: any("2026-0001" in parsed(taken.raw).as_string() for taken in smtp_server.mails))
        await until(lambda: Trouble.CANNOT_SEND not in troubles())
        agent.stop()
        await asyncio.wait_for(work, 30)
        assert len(smtp_server.mails) == 1


async def test_a_single_pass_that_is_not_let_in_tells_it_as_the_running_agent_does(
    tmp_path: Path, scripted_imap: ScriptedImap, smtp_server: SmtpServer
) -> None:
    """Of an agent that cron starts nobody reads the exit status: the dashboard says it, a mail tells it once, and its
    end.
    """
    scripted_imap.on(b"LOGIN", lambda wire, tag, _: wire.send(tag + b" NO [AUTHENTICATIONFAILED] no"))
    smtp_server.password = "salainen"
    secret = tmp_path / "password"
    secret.write_text(smtp_server.password, encoding="utf-8")
    secret.chmod(0o600)
    path = tmp_path / "inbox-agent.toml"
    text = _PASSWORD.format(imap=scripted_imap.port, smtp=smtp_server.port, secret=secret)
    path.write_text(text.replace("mail = false", "mail = true"), encoding="utf-8")
    profile, now = profiles.read(path), bootstrap.clock()
    with bootstrap.first_store(profile, path) as store:
        for _ in range(2):
            with pytest.raises(LoginRefused):
                await bootstrap.agent(profile, path, store, now).once()
        assert [alarm.trouble for alarm in alarms(store.pulse.all(), profile, now())] == [Trouble.LOGIN_REFUSED]
        assert len(smtp_server.mails) == 1
        scripted_imap.on(b"LOGIN", scripted_imap.ok)
        await bootstrap.agent(profile, path, store, now).once()
        assert alarms(store.pulse.all(), profile, now()) == ()
    assert len(smtp_server.mails) == 2
