"""What the program says of itself holds nothing that anybody wrote: not in a log, not in a trace, not in a warning."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog

from inbox_agent.adapters import logs, supervisor
from inbox_agent.rules.alarms import connection
from inbox_agent.services.taking import Taking
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.servers.waiting import until
from tests.whole_way import Company

Build = Callable[..., bytes]

# Words that stand nowhere but in the mails, in each place that a log might quote.
WORDS = ("Salaniemi", "kuutamokatu", "010190-900P", "mustikkasoppa", "hiljainenkohta", "liitenimi")


def mails(mail: Build) -> list[bytes]:
    """Mails that give every reason to complain of them."""
    asks = (
        "Hei,\n\nkäytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta "
        "käsittelette.\n\nKuutamokatu 3, 010190-900P, mustikkasoppa\n"
    )
    person = "Aino Salaniemi <aino.salaniemi@kuutamokatu.example>"
    ordinary = mail(subject="mustikkasoppa 010190-900P", body=asks, sender=person, message_id="<salaniemi@x.example>")
    return [
        ordinary,
        ordinary.replace(b"Content-Type: text/plain", b"Content-Type: hiljainenkohta/salaniemi; charset=liitenimi"),
        b"From: \xff\xfe Salaniemi\r\nSubject: =?utf-8?b?///mustikkasoppa?=\r\n\r\n\x00\xffkuutamokatu 010190-900P",
        b"Salaniemi mustikkasoppa kuutamokatu" * 50,
        mail(
            subject="Re: mustikkasoppa",
            sender=person,
            body="poistakaa tietoni, Salaniemi",
            auto_submitted="auto-replied",
        ),
    ]


def test_a_log_that_cannot_be_written_ends_nothing(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Build
) -> None:
    """The disk of the log is full: mail is taken in all the same."""
    company = Company.found(tmp_path, account, smtp_server)
    company.receives(mail(body="Hei, poistakaa kaikki henkilötietoni.\n", message_id="<1@posti.example>"))
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "inbox_agent", "run", "--once", "--profile", str(company.profile_path)]
        done = subprocess.run(words, check=False, stdout=subprocess.PIPE, stderr=full, timeout=60)

    assert done.returncode == 0
    with company.store() as store:
        assert len(store.cases.open_cases()) == 1


def test_a_running_agent_logs_nothing_of_the_mails(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Build
) -> None:
    """Taken in, answered, refused and broken off: the log tells what happened and nothing of what was written."""
    company = Company.found(tmp_path, account, smtp_server)
    for raw in mails(mail):
        account.append(raw)
    smtp_server.on("RCPT", "550 5.1.1 aino.salaniemi@kuutamokatu.example mustikkasoppa")
    agent = company.start("run")
    try:
        with company.store() as store:
            until(
                lambda: (
                    (beat := store.pulse.read(connection(company.profile.account))) is not None
                    and beat.state == "connected"
                )
            )
            drafts = [draft for case in store.cases.open_cases() for draft in store.drafts.for_case(case.key)]
            for draft in drafts:
                company.review(store).approval.approve(draft.key, draft.text_hash)
            until(lambda: smtp_server.attempts("RCPT") >= len(drafts) > 0)
            account.dovecot.kill()
            until(lambda: "disconnected" in (tmp_path / "agent.log").read_text())
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait(10)
    said = (tmp_path / "agent.log").read_text()
    assert "synced" in said
    assert not [word for word in WORDS if word.casefold() in said.casefold()]


def test_a_bug_of_ours_is_logged_by_its_place_and_not_by_its_words(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Build
) -> None:
    """An exception that quotes the mail is the likeliest leak: only its type and its way are said."""
    company = Company.found(tmp_path, account, smtp_server)
    account.append(mails(mail)[0])
    script = (
        "import sys\n"
        "from inbox_agent.services import taking\n"
        "def broken(raw, *rest): raise ValueError(f'cannot read {raw!r}')\n"
        "taking.understand = broken\n"
        "from inbox_agent.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    words = [sys.executable, "-c", script, "run", "--once", "--profile", str(company.profile_path)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=60)

    assert "error=ValueError" in done.stderr
    assert f":{Taking.understand.__name__}" in done.stderr
    assert not [word for word in WORDS if word.casefold() in done.stderr.casefold()]


def test_other_libraries_are_heard_without_their_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    logs.to_stderr()
    try:
        int("mustikkasoppa")
    except ValueError:
        logging.getLogger("library").exception("cannot parse %s", "kuutamokatu")
    finally:
        structlog.configure(**before)
        logging.basicConfig(handlers=[], force=True)
    said = capsys.readouterr().err
    assert "library=library" in said
    assert "error=ValueError" in said
    assert not [word for word in WORDS if word in said]


UNHEARD = """
async def main():
    async def task(): raise ValueError("mustikkasoppa")
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("mustikkasoppa"))
    asyncio.create_task(task())
    await asyncio.sleep(0.01)
    del future
asyncio.run(main())
"""
IN_A_THREAD = """
def fails(): raise ValueError("mustikkasoppa")
thread = threading.Thread(target=fails); thread.start(); thread.join()
"""
AT_THE_TOP = """
raise ExceptionGroup("mustikkasoppa", [ValueError("mustikkasoppa")])
"""


@pytest.mark.parametrize(
    ("failing", "said"), [(UNHEARD, "ValueError"), (IN_A_THREAD, "ValueError"), (AT_THE_TOP, "ExceptionGroup")]
)
def test_an_exception_that_nobody_caught_is_logged_without_its_words(failing: str, said: str) -> None:
    """In a task or a future that nobody asks, in a thread, or on the way out of the program."""
    script = f"import asyncio, threading\nfrom inbox_agent.adapters import logs\nlogs.to_stderr()\n{failing}"
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)

    assert f"error={said}" in done.stderr
    assert "mustikkasoppa" not in done.stderr


def test_the_journal_gets_one_line_an_event_with_its_priority(tmp_path: Path) -> None:
    """No time, which the journal adds; nothing that could pretend to be another line."""
    script = (
        "import os, sys\n"
        "s = os.fstat(2); os.environ['JOURNAL_STREAM'] = f'{s.st_dev}:{s.st_ino}'\n"
        "from inbox_agent.adapters import logs\n"
        "import structlog\n"
        "logs.to_stderr()\n"
        "structlog.get_logger().error('broken', why='a\\n<0>b')\n"
        "structlog.get_logger().info('synced', fetched=3)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    assert done.stderr.splitlines() == [
        '<3>level=error event=broken why="a <0>b"',
        "<6>level=info event=synced fetched=3",
    ]
    assert tmp_path.exists()


def test_the_supervisor_hears_that_we_are_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nobody is spoken to where nobody supervises."""
    supervisor.alive()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        supervisor.alive()
        assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
        supervisor.stopping()
        assert systemd.recv(100) == b"STOPPING=1"
    assert os.environ["NOTIFY_SOCKET"]
