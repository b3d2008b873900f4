"""The units under a running systemd: ready, alive, hardened and still able to work, ended in time, killed when hung."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import systemd
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.servers.systemd import Systemd
from tests.servers.waiting import until
from tests.test_deploy import DEPLOY
from tests.test_rules_attached import ASKS, mail, pdf
from tests.whole_way import PASSWORD_VARIABLE, Company

MISSING = systemd.missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"*** {MISSING}: the units were NOT run by systemd ***")

AGENT, CHECK = "inbox-agent.service", "inbox-agent-check.service"
USER = "daemon"  # where nobody made the user of the unit
PROFILE = "/var/lib/inbox-agent/inbox-agent.toml"
SECRET = "file:/run/credentials/inbox-agent.service/password"

Start = Callable[..., Systemd]


@pytest.fixture
def start(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Iterator[Start]:
    """Start systemd with our units as they are, but for what names this machine; `changed` words are put for others."""
    (tmp_path / "lib").mkdir()
    company = Company.found(tmp_path / "lib", account, smtp_server)
    profile = company.profile_path.read_text(encoding="utf-8").replace(f"env:{PASSWORD_VARIABLE}", SECRET)
    ours = Systemd(tmp_path)

    def starts(changed: dict[str, str] | None = None, broken: bool = False) -> Systemd:
        company.profile_path.write_text("[controller]\n" if broken else profile, encoding="utf-8")
        (tmp_path / "password").write_text(account.password, encoding="utf-8")
        (tmp_path / "units").mkdir()
        words = {
            "User=inbox-agent": f"User={USER}",
            "/etc/inbox-agent.password": systemd.PASSWORD,
            "[Service]": "[Service]\nStandardOutput=append:/run/said\nStandardError=inherit",
            **(changed or {}),
        }
        for unit in DEPLOY.iterdir():
            text = unit.read_text(encoding="utf-8")
            for word, other in words.items():
                text = text.replace(word, other)
            (tmp_path / "units" / unit.name).write_text(text, encoding="utf-8")
        ours.start()
        return ours

    try:
        yield starts
    finally:
        ours.stop()


def cases(ours: Systemd) -> list[dict[str, object]]:
    """What the service has stored, asked as its own user."""
    words = ["runuser", "-u", USER, "--", systemd.PROGRAM, "cases", "--json", "--profile", PROFILE]
    return [json.loads(line) for line in ours.inside(*words).stdout.splitlines()]


def test_under_systemd_it_is_ready_reads_mail_and_attached_files_and_ends_in_time(
    start: Start, account: Account
) -> None:
    """With all of its hardening on, a request that stands only in a PDF is read by a process of its own. Told to stop
    it ends by itself, though systemd kills after five seconds; the check succeeds while it runs and fails afterwards.
    """
    account.append(mail(("pyynto.pdf", "application/pdf", pdf(ASKS))))
    ours = start({"TimeoutStopSec=10": "TimeoutStopSec=5"})
    assert ours.systemctl("start", AGENT).returncode == 0, ours.told(AGENT)  # it has said that it is ready
    until(lambda: bool(cases(ours)), 30, "the case")
    [case] = cases(ours)
    assert case["kinds"] == ["erasure"]
    assert ours.shows(AGENT, "ActiveState") == "active"
    assert ours.systemctl("start", CHECK).returncode == 0
    assert ours.systemctl("stop", AGENT).returncode == 0

    assert ours.shows(AGENT, "Result") == "success"  # else: timeout
    assert ours.shows(AGENT, "ExecMainStatus") == "0"
    assert ours.systemctl("start", CHECK).returncode != 0
    assert ours.shows(CHECK, "ExecMainStatus") == "7"


def test_a_hung_agent_is_killed_and_started_again(start: Start, account: Account) -> None:
    """It stops saying that it lives: systemd ends it, begins it anew, and the mail that came meanwhile is taken in."""
    sooner = {"WatchdogSec=120": "WatchdogSec=11", "TimeoutStopSec=10": "TimeoutStopSec=2"}
    ours = start({**sooner, "RestartSec=30": "RestartSec=1"})
    assert ours.systemctl("start", AGENT).returncode == 0, ours.told(AGENT)
    hung = ours.shows(AGENT, "MainPID")
    ours.inside("kill", "-STOP", hung)
    account.append(mail(("pyynto.pdf", "application/pdf", pdf(ASKS))))
    until(lambda: ours.shows(AGENT, "NRestarts") == "1", 40, "the watchdog")
    until(lambda: ours.shows(AGENT, "ActiveState") == "active", 20, "the new start")

    assert ours.shows(AGENT, "MainPID") != hung
    until(lambda: len(cases(ours)) == 1, 20, "the case")


def test_a_broken_profile_is_tried_again_until_it_is_mended(start: Start) -> None:
    """Each start says by its exit status that it was the profile; a later one may tell what the first could not."""
    ours = start({"RestartSec=30": "RestartSec=1"}, broken=True)
    assert ours.systemctl("start", AGENT).returncode != 0

    until(lambda: int(ours.shows(AGENT, "NRestarts")) >= 1, 20, "the next try")
    until(lambda: ours.shows(AGENT, "ExecMainStatus") == "3", 20, "its exit status")
