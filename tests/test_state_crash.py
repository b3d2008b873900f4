"""A process that is killed between any two statements leaves the store before or after the act, never between."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import state
from state.journal import Entity
from state.model import CaseKey, CaseStatus, DraftStatus
from state.store.store import Store
from tests.state_examples import approved, opened

ROOT = Path(state.__file__).parents[1]

# Runs one act and kills its own process (SIGKILL: no clean-up of any kind) before the n-th statement.
_DIES = """
import os, signal, sys
from state.model import Act, Cursor, RequestKind
from state.store.store import Store
from tests.state_examples import *

def take_in(store):
    with store.transaction():
        store.intake.open_case(mail(7), case(RequestKind.ACCESS, RequestKind.ERASURE), by_agent(Act.CASE_OPENED))
        store.intake.follow_up(mail(8), 1, (right(),), by_agent(Act.MESSAGE_FILED))
        store.reading.save_cursor(Cursor("a", "INBOX", 7, 8))

def dismiss(store):
    store.cases.dismiss(1, by_person(Act.CASE_DISMISSED))

def claim(store):
    store.drafts.claim(1, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))

path, act, left = sys.argv[1], globals()[sys.argv[2]], int(sys.argv[3])
store = Store.open(path)

def count(statement):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

store._database._connection.set_trace_callback(count)
act(store)
store._database._connection.set_trace_callback(None)
print(left)
"""


def _run(path: Path, act: str, statements: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _DIES, str(path), act, str(statements)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _prepared(path: Path) -> dict[tuple[Entity, int], str]:
    with Store.open(path) as store:
        approved(store, opened(store))
        return dict(store.journal.replay())


def _statuses(store: Store) -> dict[tuple[Entity, int], str]:
    tables = {"messages": Entity.MESSAGE, "cases": Entity.CASE, "requests": Entity.REQUEST, "drafts": Entity.DRAFT}
    return {
        (entity, row["id"]): row["status"]
        for table, entity in tables.items()
        for row in store._database.rows(f"select id, status from {table}")  # noqa: S608
    }


@pytest.mark.parametrize("act", ["take_in", "dismiss", "claim"])
def test_a_kill_between_two_statements_leaves_nothing_half_written(tmp_path: Path, act: str) -> None:
    whole = tmp_path / "whole.db"
    _prepared(whole)
    finished = _run(whole, act, 10_000)
    assert finished.returncode == 0, finished.stderr
    statements = 10_000 - int(finished.stdout)
    assert statements > 5

    for killed_before in range(0, statements, max(1, statements // 8)):
        path = tmp_path / f"{killed_before}.db"
        before = _prepared(path)
        assert _run(path, act, killed_before).returncode == -signal.SIGKILL
        with Store.open(path) as store:
            store.journal.verify()
            assert _statuses(store) == dict(store.journal.replay()) == before
            assert store._database.rows("pragma integrity_check")[0][0] == "ok"
            assert store.reading.cursor("a", "INBOX") is None
            assert store.drafts.in_flight() == ()


def test_what_was_interrupted_can_be_done_again(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    _prepared(path)
    assert _run(path, "take_in", 20).returncode == -signal.SIGKILL
    assert _run(path, "take_in", 10_000).returncode == 0
    with Store.open(path) as store:
        assert [found.number for found in store.cases.open_cases()] == ["2026-0001", "2026-0002"]
        assert store.cases.get(CaseKey(1)).status is CaseStatus.OPEN
        assert store.drafts.for_case(CaseKey(1))[0].status is DraftStatus.APPROVED
        store.journal.verify()


def test_a_kill_while_the_file_is_created_leaves_a_file_that_can_be_opened(tmp_path: Path) -> None:
    script = """
import os, signal, sqlite3, sys
from state import database
left = int(sys.argv[2])
def connect(*arguments, **settings):
    connection = sqlite3.Connection(*arguments, **settings)
    def count(statement):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
    connection.set_trace_callback(count)
    return connection
database.sqlite3.connect = connect
database.Database.open(sys.argv[1])
"""
    for killed_before in (3, 12, 40):
        path = tmp_path / f"{killed_before}.db"
        command = [sys.executable, "-c", script, str(path), str(killed_before)]
        assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL
        with Store.open(path) as store:
            opened(store)
            store.journal.verify()
