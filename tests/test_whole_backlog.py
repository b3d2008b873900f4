"""A long backlog, which several processes read: whatever breaks it off, each mail is taken in once."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent.adapters.beside import WORTH_IT
from inbox_agent.adapters.cores import cores
from tests.bench.bench import fill
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.servers.waiting import until
from tests.whole_way import Company

MAILS = WORTH_IT + 300  # a dozen batches: between the first and the last there is time to be noticed


@pytest.mark.skipif(cores() == 1, reason="readers need a second core")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGKILL])
def test_a_backlog_that_is_broken_off_is_taken_in_whole(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, told: signal.Signals
) -> None:
    """Ended by TERM or killed amid its first look: no reader stays behind, the next look lacks nothing."""
    company = Company.found(tmp_path, account, smtp_server, mailbox='since = "3650d"')
    fill(account, MAILS, small=True)
    agent = company.start("run")
    try:
        until(lambda: _stored(company) > 0, what="the first batch")
        readers = _readers(agent.pid)
        assert readers
        agent.send_signal(told)
        agent.wait(5)
        until(lambda: not any(map(_alive, readers)), what="the end of the readers")
        assert 0 < _stored(company) < MAILS  # it was broken off: the next look has something to do
    finally:
        agent.kill()

    assert company.command("run", "--once").returncode == 0
    assert _stored(company) == MAILS
    assert company.command("run", "--once").returncode == 0
    assert _stored(company) == MAILS


def _stored(company: Company) -> int:
    """Asked beside the store, which takes its time to open: the first batch is to be noticed at once."""
    where = bootstrap.database(company.profile, company.profile_path)
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{where}?mode=ro", uri=True)) as database:
        return int(database.execute("select count(*) from messages").fetchone()[0])
    return 0  # the agent has not laid it out yet


def _readers(agent: int) -> list[int]:
    """The processes that it started to read along."""
    found = Path(f"/proc/{agent}/task/{agent}/children").read_text().split()
    return [int(child) for child in found if b"beside_reader" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _alive(process: int) -> bool:
    said = Path(f"/proc/{process}/cmdline")
    return said.exists() and said.read_bytes() != b""  # of one that has ended and is not yet buried nothing is said
