"""The unit files: systemd understands them, they leave the process next to no rights, and name what exists."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from inbox_agent.cli import main
from inbox_agent.commands import run
from inbox_agent.errors import UsageProblem
from inbox_agent.services import watch
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = ["inbox-agent.service", "inbox-agent-check.service"]
EXPOSED = 2.0  # of 10, systemd's own scale; a mail reader must reach the network

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")


def installed(name: str, folder: Path) -> Path:
    """A copy that names what is on this machine."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = text.replace("/opt/inbox-agent/bin/inbox-agent", sys.executable).replace("User=inbox-agent", "User=daemon")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_an_agent_that_could_not_start_is_started_again() -> None:
    """Where no mail server took the news of it a later start tells; only a wrong command stays wrong."""
    unit = (DEPLOY / UNITS[0]).read_text(encoding="utf-8")
    assert "Restart=on-failure" in unit
    assert re.findall(r"RestartPreventExitStatus=(.*)", unit) == [str(UsageProblem.exit_code)]


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(name: str, tmp_path: Path) -> None:
    """No word is unknown to it."""
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", installed(name, tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert [line for line in done.stderr.splitlines() if name in line] == []


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_the_process_is_left_next_to_no_rights(name: str, tmp_path: Path) -> None:
    words = ["systemd-analyze", "security", "--offline=yes", installed(name, tmp_path)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if "Overall exposure" not in done.stdout:
        pytest.skip(f"this systemd cannot judge a file: {done.stderr[:80]}")
    found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert found is not None
    assert float(found[1]) <= EXPOSED


@pytest.mark.parametrize("name", UNITS)
def test_the_command_in_the_unit_is_one_of_ours(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = re.findall(r"ExecStart=\S+ (.*)", (DEPLOY / name).read_text(encoding="utf-8"))[0].split()
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out


def test_systemd_waits_longer_for_the_end_than_the_end_takes() -> None:
    text = (DEPLOY / UNITS[0]).read_text(encoding="utf-8")
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > run.LATEST


@pytest.mark.parametrize("abstract", [False, True])
def test_the_agent_tells_systemd_that_it_is_ready_alive_and_stopping(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch, abstract: bool
) -> None:
    """The words of Type=notify and WatchdogSec= from the real process, over a socket like systemd's (sd_notify(3))."""
    company = Company.found(tmp_path, account, smtp_server)
    name = f"inbox-agent-test-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name}" if abstract else name)
        systemd.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}" if abstract else name)
        agent = company.start("run")
        try:
            assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
            assert b"WATCHDOG=1" in systemd.recv(100)  # and again
        finally:
            agent.send_signal(signal.SIGTERM)
        assert systemd.recv(100) == b"STOPPING=1"
        assert agent.wait(5) == 0


def test_systemd_hears_of_us_more_often_than_it_asks() -> None:
    text = (DEPLOY / UNITS[0]).read_text(encoding="utf-8")
    assert int(re.findall(r"WatchdogSec=(\d+)", text)[0]) > 2 * watch.ALIVE_EVERY
