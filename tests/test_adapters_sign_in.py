"""Signing in with Google and Microsoft: agreed once by a person, refreshed before each connection, ended loudly."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from inbox_agent.adapters.google import Google
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.microsoft import Microsoft
from inbox_agent.adapters.secrets import AccessToken
from inbox_agent.adapters.smtp import SmtpSender
from inbox_agent.adapters.token_cache import TokenCache
from inbox_agent.errors import GrantExpired, LoginRefused, MailboxUnreachable, SecretMissing, SendingDeferred
from inbox_agent.phrasing.errors import phrase
from inbox_agent.profile import Mailbox, SignIn
from tests.profile_texts import WITH_SIGN_IN
from tests.servers.certificate import Certificate
from tests.servers.provider import CLIENT, USER, Provider
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import SmtpServer
from tests.servers.tokens import demanding

PROVIDERS = ["google", "microsoft"]
REFUSED = GrantExpired("posti.example", USER, "no")


@pytest.fixture
def provider(certificate: Certificate) -> Iterator[Provider]:
    server = Provider(certificate)
    server.start()
    yield server
    server.stop()


class App:
    """The program as one of the providers knows it. `time` is Google's clock; msal has its own."""

    def __init__(self, name: str, provider: Provider, certificate: Certificate, folder: Path) -> None:
        settings = SignIn(
            client_id=CLIENT, authority=provider.authority, ca_file=str(certificate.cert), tenant="yritys.example"
        )
        self.name, self.provider = name, provider
        self.cache = TokenCache(folder / "tokens.json")
        self.time = datetime.now(UTC)  # noqa: TID251  # msal reads the clock by itself
        self.grants: Google | Microsoft = (
            Google(settings, self.cache, lambda: self.time) if name == "google" else Microsoft(settings, self.cache)
        )

    def sign_in(self) -> None:
        """A person agrees in a browser."""

        def browser(address: str) -> None:
            threading.Thread(target=self.provider.agree, args=[address], daemon=True).start()

        self.grants.sign_in(USER, browser, 0, 10)

    def token(self) -> AccessToken:
        return AccessToken(USER, self.grants.fresh)


@pytest.fixture(params=PROVIDERS)
def app(request: pytest.FixtureRequest, provider: Provider, certificate: Certificate, tmp_path: Path) -> App:
    return App(request.param, provider, certificate, tmp_path)


def mailbox_of(server: ScriptedImap) -> Mailbox:
    return Mailbox(host="127.0.0.1", port=server.port, tls="none", user=USER, sign_in="google")


# -- the grant ------------------------------------------------------------------------------------


def test_before_anybody_signed_in_a_person_is_asked_to(app: App) -> None:
    with pytest.raises(GrantExpired) as raised:
        app.token()()
    assert "inbox-agent login" in phrase(raised.value)[-1]
    assert app.provider.asked == []


def test_a_sign_in_gives_tokens_that_are_kept(app: App) -> None:
    """One agreement, proved by PKCE; later tokens come from the cache, without asking."""
    app.sign_in()
    asked = len(app.provider.asked)
    assert app.token()() == app.provider.granted[0]
    assert len(app.provider.asked) == asked == 1
    assert "code_verifier" in app.provider.asked[0]


def test_the_cache_is_its_owners_alone_and_whole_at_every_instant(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mode 0600 from the first byte; a write that fails leaves the old file."""
    app.sign_in()
    before = app.cache.path.read_bytes()
    assert stat.S_IMODE(app.cache.path.stat().st_mode) == 0o600

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), app.cache.opened() as kept:
        kept["more"] = 1
    assert app.cache.path.read_bytes() == before
    assert [path.name for path in app.cache.path.parent.iterdir() if "lock" not in path.name] == ["tokens.json"]


def test_a_cache_that_others_may_read_is_refused(app: App) -> None:
    app.sign_in()
    app.cache.path.chmod(0o644)
    with pytest.raises(SecretMissing, match="file_open_to_others"):
        app.token()()


def test_a_refused_token_is_not_shown_again(app: App) -> None:
    """The server refuses what the cache holds: the next connection has a new one."""
    app.sign_in()
    token = app.token()
    first = token()
    token.rejected(REFUSED)
    second = token()
    assert first != second == app.provider.granted[-1] == token()


def test_a_token_near_its_end_is_refreshed_before_it_is_shown(
    provider: Provider, certificate: Certificate, tmp_path: Path
) -> None:
    app = App("google", provider, certificate, tmp_path)
    app.sign_in()
    app.time += timedelta(minutes=56)
    assert app.token()() == provider.granted[1]
    assert provider.asked[-1]["grant_type"] == "refresh_token"


def test_microsofts_short_token_is_refreshed_before_it_is_shown(
    provider: Provider, certificate: Certificate, tmp_path: Path
) -> None:
    provider.lives = 10
    app = App("microsoft", provider, certificate, tmp_path)
    app.sign_in()
    assert app.token()() == provider.granted[1]


def test_a_grant_that_ended_is_told_without_the_providers_prose(app: App) -> None:
    app.sign_in()
    app.provider.refuses = True
    token = app.token()
    token.rejected(REFUSED)
    with pytest.raises(GrantExpired) as raised:
        token()
    assert raised.value.answer == "invalid_grant"
    assert "secret" not in str(raised.value)


def test_a_provider_that_does_not_answer_is_no_end_of_the_grant(app: App) -> None:
    """It is tried again later; nobody has to sign in for it."""
    app.sign_in()
    app.provider.broken = True
    token = app.token()
    token.rejected(REFUSED)
    with pytest.raises(MailboxUnreachable):
        token()
    app.provider.broken = False
    assert token()


THROTTLED, OVERLOADED, TOKENLESS = (
    (429, {"error": "quota"}),
    (400, {"error": "temporarily_unavailable"}),
    (200, {"a": "b"}),
)


@pytest.mark.parametrize(
    ("name", "busy"),
    [("google", THROTTLED), ("google", OVERLOADED), ("google", TOKENLESS), ("microsoft", OVERLOADED)],
)
def test_a_provider_that_is_busy_is_no_end_of_the_grant(
    provider: Provider, certificate: Certificate, tmp_path: Path, name: str, busy: tuple[int, dict[str, str]]
) -> None:
    """Throttled or overloaded, it has not judged us: nobody has to sign in again."""
    app = App(name, provider, certificate, tmp_path)
    app.sign_in()
    provider.busy = busy
    token = app.token()
    token.rejected(REFUSED)
    with pytest.raises(MailboxUnreachable):
        token()
    provider.busy = None
    assert token()


def test_nobody_agrees_in_time(app: App) -> None:
    with pytest.raises(GrantExpired, match="in time"):
        app.grants.sign_in(USER, lambda _address: None, 0, 0.2)


def test_a_code_can_be_typed_elsewhere(provider: Provider, certificate: Certificate, tmp_path: Path) -> None:
    """Microsoft's way for machines without a browser."""
    app = App("microsoft", provider, certificate, tmp_path)
    shown: list[str] = []
    assert isinstance(app.grants, Microsoft)
    app.grants.sign_in_elsewhere(USER, shown.append)
    assert shown == ["code ABCD"]
    assert app.token()() == provider.granted[0]


def test_two_users_grants_do_not_displace_each_other(app: App) -> None:
    """Also where the other signed in while the first one was agreeing."""
    app.sign_in()
    with app.cache.opened() as kept:
        kept["other"] = {"kept": True}
    app.sign_in()
    assert json.loads(app.cache.path.read_text())["other"] == {"kept": True}


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """The agent refreshes while a person signs in: no change is lost."""
    cache = TokenCache(tmp_path / "tokens.json")

    def count_up() -> None:
        for _ in range(20):
            with cache.opened() as kept:
                kept["n"] = kept.get("n", 0) + 1

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with cache.opened() as kept:
        assert kept == {"n": 80}


# -- the wires ------------------------------------------------------------------------------------


async def test_imap_is_entered_by_token_and_a_revoked_one_is_renewed(app: App, scripted_imap: ScriptedImap) -> None:
    """The first token was revoked before its time: nobody is alarmed, its successor is let in at once."""
    app.sign_in()
    demanding(scripted_imap, lambda: set(app.provider.granted[1:]))
    async with ImapMailbox.open(mailbox_of(scripted_imap), app.token()) as mailbox:
        assert await mailbox.folders()


async def test_a_mailbox_that_refuses_a_renewed_token_too_has_ended_the_grant(
    app: App, scripted_imap: ScriptedImap
) -> None:
    """One token more for each try, and no more."""
    app.sign_in()
    demanding(scripted_imap, set)
    for tries in (1, 2):
        with pytest.raises(GrantExpired):
            async with ImapMailbox.open(mailbox_of(scripted_imap), token := app.token()):
                pass
        assert scripted_imap.times(b"AUTHENTICATE") == 2 * tries
    with pytest.raises(GrantExpired):
        async with ImapMailbox.open(mailbox_of(scripted_imap), token):
            pass
    assert scripted_imap.times(b"AUTHENTICATE") == 5


async def test_a_server_without_xoauth2_is_told(scripted_imap: ScriptedImap) -> None:
    with pytest.raises(LoginRefused, match="XOAUTH2"):
        async with ImapMailbox.open(mailbox_of(scripted_imap), "token"):
            pass


async def test_smtp_is_entered_by_token_and_a_refused_one_is_renewed(app: App, smtp_server: SmtpServer) -> None:
    app.sign_in()
    smtp_server.methods = {"XOAUTH2"}
    sender = SmtpSender(smtp_server.profile(user=USER, sign_in=app.name), app.token())
    with pytest.raises(GrantExpired):
        await sender.probe()
    smtp_server.tokens = set(await asyncio.to_thread(_renewed, app))
    await sender.send(_letter(), USER, "aino@posti.example")
    assert smtp_server.mails[0].login == USER


def _renewed(app: App) -> list[str]:
    """The provider's next tokens are what the server lets in."""
    app.token().rejected(REFUSED)
    return [*app.provider.granted, *(f"access-{number}" for number in range(1, 20))]


async def test_a_letter_waits_while_the_provider_does_not_answer(
    provider: Provider, certificate: Certificate, tmp_path: Path, smtp_server: SmtpServer
) -> None:
    """Certainly nothing was taken: it is tried again by itself."""
    app = App("google", provider, certificate, tmp_path)
    app.sign_in()
    provider.broken = True
    app.time += timedelta(hours=2)
    smtp_server.methods = {"XOAUTH2"}
    with pytest.raises(SendingDeferred):
        await SmtpSender(smtp_server.profile(user=USER, sign_in="google"), app.token()).send(
            _letter(), USER, "a@b.example"
        )
    assert smtp_server.mails == ()


def _letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = USER, "aino@posti.example", "Asia"
    message.set_content("Hei")
    return message


# -- the command ----------------------------------------------------------------------------------

_PROFILE = f"""{WITH_SIGN_IN}user = "{{user}}"
sign_in = "{{provider}}"
"""


@pytest.mark.parametrize("name", PROVIDERS)
def test_login_signs_in_once_for_reading_and_sending(  # noqa: PLR0917  # fixtures
    name: str,
    provider: Provider,
    certificate: Certificate,
    tmp_path: Path,
    scripted_imap: ScriptedImap,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`inbox-agent login`, a browser, and `inbox-agent check` has both wires green."""
    path = tmp_path / "inbox-agent.toml"
    path.write_text(
        _PROFILE.format(
            imap=scripted_imap.port, smtp=smtp_server.port, user=USER, provider=name, client=CLIENT,
            authority=provider.authority, ca=certificate.cert,
        )
    )  # fmt: skip
    browser = tmp_path / "browser.py"
    browser.write_text(
        "import ssl, sys\nfrom urllib.request import urlopen\n"
        f"back = urlopen(sys.argv[1], context=ssl.create_default_context(cafile={str(certificate.cert)!r})).read()\n"
        "where, _, form = back.decode().partition('#')\nurlopen(where, form.encode() or None).read()\n"
    )
    monkeypatch.setenv("BROWSER", f"{sys.executable} {browser} %s &")
    demanding(scripted_imap, lambda: set(provider.granted))
    smtp_server.methods, smtp_server.tokens = {"XOAUTH2"}, {f"access-{number}" for number in range(1, 20)}

    def command(word: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "inbox_agent", word, "--profile", str(path)]
        environment = {**os.environ, "INBOX_AGENT_LANGUAGE": "en"}
        return subprocess.run(words, check=False, capture_output=True, text=True, timeout=60, env=environment)

    before = command("check")
    assert before.returncode == 5
    assert "inbox-agent login" in before.stdout
    assert command("login").returncode == 0
    assert len(provider.asked) == 1
    said = command("check").stdout
    assert "✓ Mailbox, log-in" in said
    assert "✓ Sending, log-in" in said
