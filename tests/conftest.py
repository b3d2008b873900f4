"""What tests share: the servers they speak to, and a builder of simple mails."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings

from inbox_agent import texts
from inbox_agent.adapters import collector
from tests.servers import certificate as certificates
from tests.servers import dovecot as dovecots
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Account, Dovecot
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import SmtpServer

if TYPE_CHECKING:
    from state.model import CaseKey, DraftKey
    from tests.dashboard_desk import Desk

# A busy machine is no counterexample: examples have no time limit. On CI a failure prints how to repeat it.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("INBOX_AGENT_HYPOTHESIS_PROFILE", "dev"))

# Not the default traces: rendering every local variable takes seconds, and agents under test fail on purpose.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

# What moves on the screen is where it ends at once. Textual reads it when it is loaded.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 2**30  # bytes: five times what a whole run leaves


def _hold_in_memory() -> None:
    """Folders of tests lie in memory where there is room for them: there no commit of a store waits for a disk."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    found = os.statvfs(MEMORY)
    if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked for anew, by whoever asked already


_hold_in_memory()

DOVECOT = "2.3."  # 2.4 reads another language of configuration


def pytest_report_header() -> str:
    return f"dovecot: {dovecots.version() or 'ABSENT: the tests against a real IMAP server are SKIPPED'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses Dovecot bears its marker."""
    for item in items:
        if "dovecot" in getattr(item, "fixturenames", ()):
            item.add_marker("dovecot")


def pytest_collection_finish() -> None:
    """What is collected lives as long as the process: no search for circles need go through it."""
    collector.seldom()


@pytest.fixture(autouse=True)
def _english() -> None:
    """Interface texts are their English ids, whatever language an earlier test of the process chose."""
    texts.use("en")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A dashboard over a database of its own, still empty. Its import takes a second, which other tests do not need."""
    from tests.dashboard_desk import Desk  # noqa: PLC0415

    return Desk(tmp_path / "inbox.db")


@pytest.fixture
def case(desk: Desk) -> CaseKey:
    """The case that lines are written about: somebody asked for an erasure."""
    from tests.dashboard_line import erasure_case  # noqa: PLC0415

    return erasure_case(desk)


@pytest.fixture
def asked(desk: Desk) -> tuple[CaseKey, DraftKey]:
    """A case with a proposed identity question."""
    from tests.dashboard_case import asked_case  # noqa: PLC0415

    return asked_case(desk)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificates.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def _shared_dovecot(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    found = dovecots.version()
    if found is None or not found.startswith(DOVECOT):
        pytest.skip(f"needs Dovecot {DOVECOT}x (apt-get install dovecot-imapd dovecot-lmtpd), found {found}")
    server = Dovecot(request.getfixturevalue("certificate"))
    server.start()
    yield server
    server.remove()


@pytest.fixture
def dovecot(_shared_dovecot: Dovecot) -> Dovecot:
    """A running Dovecot, one for each test process. A test may stop, kill or freeze it: the next finds it running."""
    _shared_dovecot.revive()
    return _shared_dovecot


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """An empty mailbox of its own for each test."""
    return dovecot.new_account()


@pytest.fixture
def start_smtp(certificate: Certificate) -> Iterator[Callable[..., SmtpServer]]:
    """Start SMTP servers (`tls="implicit"`, ...), stopped in the end."""
    started: list[SmtpServer] = []

    def start(**settings: Any) -> SmtpServer:
        server = SmtpServer(certificate, **settings)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def smtp_server(start_smtp: Callable[..., SmtpServer]) -> SmtpServer:
    """An SMTP server on plain loopback; see `SmtpServer.on` and `SmtpServer.delivers_to`."""
    return start_smtp()


@pytest.fixture
def scripted_imap() -> Iterator[ScriptedImap]:
    """An IMAP server that misbehaves on order."""
    server = ScriptedImap()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mail() -> Callable[..., bytes]:
    """Build a simple raw mail; header names are written with underscores (`in_reply_to="<...>"`)."""
    return build_mail


def build_mail(
    subject: str = "Omat tietoni",
    body: str = "Hei,\n\nmitä tietoja teillä on minusta?\n\nTerveisin\nMaija Mallikas\n",
    sender: str = "Maija Mallikas <maija.mallikas@posti.example>",
    to: str = "tietosuoja@yritys.example",
    **headers: str,
) -> bytes:
    """The same arguments give the same bytes. A Message-ID and a Date only if they are asked for."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    for name, value in headers.items():
        message[name.replace("_", "-").title().replace("Message-Id", "Message-ID")] = value
    message.set_content(body)
    return message.as_bytes()
