"""Stores as builds of days past wrote them (`tests/stores`): opened, brought up to date, nothing of them lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.poll import Poll
from state.model import (
    CaseKey,
    DraftStatus,
    Fetched,
    FolderInfo,
    FolderState,
    MessageKey,
    MessageStatus,
    Place,
    RawMessage,
    Reason,
)
from state.store.store import Store
from state.views import Views

STORES = Path(__file__).parent / "stores"
LATER = datetime(2026, 11, 30, 9, tzinfo=UTC)
BUILDS = ("2026-11-28", "2026-11-29")


def an_old_store(build: str, folder: Path) -> Path:
    """The file as that build left it."""
    path = folder / "inbox.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((STORES / f"{build}.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


@pytest.mark.parametrize("build", BUILDS)
def test_every_mail_case_and_letter_of_an_old_store_is_there_and_can_be_shown(build: str, tmp_path: Path) -> None:
    """What it holds is what its journal tells; the letter that left stays left."""
    path = an_old_store(build, tmp_path)
    with Store.open(path) as store:
        store.verify()
        mails = [store.mails.get(MessageKey(row["id"])) for row in store._database.rows("select id from messages")]
        places = [store.mails.get(mail.key).place for mail in mails]
        [letter, *_] = store.drafts.for_case(CaseKey(1))
    with Views.open(path) as views:
        queue = views.queue(LATER.date())
        turns = {row.key: views.conversation(row.key) for row in queue}
        aside = {row.key for row in (*views.set_aside(), *views.quarantined())}

    assert len(set(places)) == len(mails)
    assert letter.status is DraftStatus.SENT
    assert all(any(turn.message for turn in told) for told in turns.values())
    assert {mail.key for mail in mails if mail.case is None} == aside


class Later:
    """The same mailbox, whose server gives every mail by now."""

    def __init__(self, *uids: int) -> None:
        self.uids_there = uids

    async def folders(self) -> tuple[FolderInfo, ...]:
        return (FolderInfo("INBOX", ""),)

    async def select(self, folder: str) -> FolderState:
        return FolderState(1, 6, 5)

    async def uids(self, after: int, since: date | None) -> list[int]:
        return [uid for uid in self.uids_there if uid > after]

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[Fetched]:
        for uid in uids:
            raw = f"From: Aino {uid} <aino{uid}@posti.example>\r\nMessage-ID: <ny{uid}@posti.example>\r\n\r\nHei.\r\n"
            yield Fetched((RawMessage(Place(specimen().account, "INBOX", 1, uid), LATER, raw.encode()),))

    async def head(self, uid: int) -> RawMessage | None:
        return None

    async def move(self, uids: Sequence[int], folder: str) -> None: ...


@pytest.mark.parametrize(("build", "waiting"), [("2026-11-28", (4, 5)), ("2026-11-29", (4,))])
async def test_a_mail_that_an_old_build_gave_up_is_taken_in_once_its_server_gives_it(
    build: str, waiting: tuple[int, ...], tmp_path: Path
) -> None:
    """Before, what stood for it in quarantine was all that anybody would ever see of it."""
    with Store.open(an_old_store(build, tmp_path)) as store:
        before = len(store._database.rows("select id from messages"))
        mailbox = Later(1, 2, 3, 4, 5)
        poll = Poll(mailbox, specimen().mailbox, store, Recogniser.load(), specimen(), lambda: LATER)
        for _ in range(2):
            await poll.sync(["INBOX"])
        stood = [store.mails.get(MessageKey(key)) for key in (4, 5)]

        assert len(store._database.rows("select id from messages")) == before + len(waiting)
        assert {(mail.status, mail.reason) for mail in stood} == {(MessageStatus.SET_ASIDE, Reason.GIVEN_AT_LAST)}
        assert store._database.rows("select 1 from withheld") == []
        store.verify()


def test_a_contact_that_a_person_typed_in_an_old_build_is_still_to_be_looked_up(tmp_path: Path) -> None:
    """What the agent looked up is not asked again."""
    with Store.open(an_old_store("2026-11-29", tmp_path)) as store:
        assert [case.key for case in store.cases.not_looked_up()] == [CaseKey(2)]


_KILLED = """
import os, signal, sys
import sqlite_utils
execute, left = sqlite_utils.Database.execute, [int(sys.argv[2])]
def killing(self, *arguments):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(self, *arguments)
sqlite_utils.Database.execute = killing
from state.store.store import Store
Store.open(sys.argv[1])
"""


@pytest.mark.parametrize("statement", [5, 40, 120])
def test_killed_while_an_old_store_is_brought_up_to_date_nothing_of_it_is_lost(statement: int, tmp_path: Path) -> None:
    """All steps or none: the next start finds the old store, and brings it up to date."""
    path = an_old_store("2026-11-28", tmp_path)
    done = subprocess.run([sys.executable, "-c", _KILLED, path, str(statement)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        store.verify()
        assert len(store._database.rows("select id from messages")) == 5
