"""A start that fails: whoever waits for reminders has it by mail, unless somebody sits at the terminal and reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.profile_texts import WITH_PASSWORD
from tests.servers.smtpd import SmtpServer


def start(folder: Path, smtp: SmtpServer, errors_to: int) -> int:
    """Start the agent by a profile with a fault."""
    path = folder / "inbox-agent.toml"
    path.write_text(WITH_PASSWORD.format(imap="no port", smtp=smtp.port, secret=folder / "password"), encoding="utf-8")
    words = [sys.executable, "-m", "inbox_agent", "run", "--profile", str(path)]
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
