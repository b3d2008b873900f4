"""A start that fails: whoever waits for reminders has it by mail, unless somebody sits at the terminal and reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from inbox_agent import texts
from inbox_agent.bootstrap import clock
from inbox_agent.commands.opening import specimen
from inbox_agent.commands.starting import told_by_mail
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.notices import Notices
from state.errors import StoreUnusable
from state.store.store import Store
from tests.profile_texts import WITH_PASSWORD
from tests.servers.smtpd import SmtpServer


def profile(folder: Path, smtp: SmtpServer) -> Path:
    """One with a fault."""
    path = folder / "inbox-agent.toml"
    path.write_text(WITH_PASSWORD.format(imap="no port", smtp=smtp.port, secret=folder / "password"), encoding="utf-8")
    return path


@pytest.fixture
def alarming() -> Alarming:
    store, now = Store.open(":memory:"), clock()
    return Alarming(store, Notices(None, specimen(), now, str, None), specimen(), now)


def start(folder: Path, smtp: SmtpServer, errors_to: int) -> int:
    words = [sys.executable, "-m", "inbox_agent", "run", "--profile", str(profile(folder, smtp))]
    return subprocess.run(words, check=False, stdin=subprocess.DEVNULL, stderr=errors_to, timeout=60).returncode


@pytest.mark.parametrize(("at_a_terminal", "mails"), [(False, 1), (True, 0)])
def test_a_failed_start_is_mailed_where_nobody_sits(
    tmp_path: Path, smtp_server: SmtpServer, at_a_terminal: bool, mails: int
) -> None:
    terminal, screen = os.openpty()
    code = start(tmp_path, smtp_server, screen if at_a_terminal else subprocess.DEVNULL)
    os.close(terminal)
    os.close(screen)

    assert code == 3
    assert len(smtp_server.mails) == mails


def breaks_off(path: Path, alarming: Alarming, *, begun: bool) -> None:
    with told_by_mail(path, clock()) as started:
        if begun:
            started.begins(alarming)
        raise StoreUnusable("disk")


@pytest.mark.parametrize("begun", [True, False])
def test_a_pass_that_broke_off_is_not_told_as_one_that_read_nothing(
    tmp_path: Path, smtp_server: SmtpServer, alarming: Alarming, begun: bool
) -> None:
    texts.use("fi")
    with pytest.raises(StoreUnusable):
        breaks_off(profile(tmp_path, smtp_server), alarming, begun=begun)
    mail = message_from_bytes(smtp_server.mails[0].raw, policy=policy.default)
    assert ("kierros keskeytyi" in str(mail["Subject"])) is begun
    assert ("postia ei lueta" in mail.get_content()) is not begun
