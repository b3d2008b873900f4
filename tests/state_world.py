"""What the hostile machine acts in: one file with two connections, time, secrets, and a death that can be survived."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from state.errors import CodeNotTaken, IllegalTransition, NotAuthorised, NotFound, NotIdentified, StaleWrite
from state.model import AGENT, Act, Arrival, CaseKey, Event, Party
from state.store.store import Store
from tests.state_examples import NOW, PERSON, mail

T = TypeVar("T")

FILES = ("inbox.db", "inbox.db-wal")


@dataclass(frozen=True)
class Pick:
    """Which row an act is tried on: mostly one on which it is lawful, sometimes any."""

    index: int
    lawfully: bool

    def among(self, rows: Sequence[T], lawful: Callable[[T], bool]) -> T:
        fitting = [row for row in rows if lawful(row)] if self.lawfully else []
        chosen = fitting or rows
        return chosen[self.index % len(chosen)]


class World:
    """`agent` and `desk` are two processes' connections to one file; `secrets` are the words that belong to a case."""

    def __init__(self) -> None:
        self.folders = [Path(tempfile.mkdtemp())]
        self.minutes = 0
        self.uid = 0
        self.secrets: dict[CaseKey, set[str]] = {}
        self.open()

    def open(self) -> None:
        self.agent, self.desk = (Store.open(self.folders[-1] / "inbox.db", busy_timeout=0.1) for _ in range(2))
        for store in (self.agent, self.desk):
            # Deaths here are copies of files, which need no flushing; a thousand of them would.
            store._database.rows("pragma synchronous = off")

    def close(self) -> None:
        self.agent.close()
        self.desk.close()

    def end(self) -> None:
        self.close()
        for folder in self.folders:
            shutil.rmtree(folder)

    # -- death ------------------------------------------------------------------------------------

    def leave_behind(self) -> None:
        """Keep what a process that dies now leaves on the disk: the file and its log, nothing closed or flushed."""
        self.folders.append(Path(tempfile.mkdtemp()))
        for name in FILES:
            shutil.copy(self.folders[-2] / name, self.folders[-1] / name)

    def go_on(self) -> None:
        """Open what was left behind."""
        self.close()
        self.open()

    # -- acting -----------------------------------------------------------------------------------

    def by_agent(self, act: Act) -> Event:
        return Event(self.now(), AGENT, act)

    def by_person(self, act: Act) -> Event:
        return Event(self.now(), PERSON, act)

    def now(self) -> datetime:
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    def minutes_since(self, at: datetime) -> float:
        """How old something will be at the next act."""
        return (NOW + timedelta(minutes=self.minutes + 1) - at).total_seconds() / 60

    def attempt(self, lawful: bool, act: Callable[[], object]) -> bool:
        """Do what is lawful; see that what is not raises and changes nothing. Say whether it was done."""
        if lawful:
            act()
            return True
        before = self.everything()
        refusals = (IllegalTransition, StaleWrite, NotIdentified, NotAuthorised, CodeNotTaken, NotFound)
        with pytest.raises(refusals):
            act()
        assert self.everything() == before
        return False

    def everything(self) -> list[tuple[object, ...]]:
        """Every row of every table."""
        database = self.agent._database
        tables = database.rows("select name from sqlite_master where type = 'table' and name not like '%migrations'")
        return [tuple(row) for table in tables for row in database.rows(f"select * from {table[0]}")]  # noqa: S608

    def bytes_on_disk(self) -> bytes:
        return b"".join((self.folders[-1] / name).read_bytes() for name in FILES)

    # -- what must be forgotten -------------------------------------------------------------------

    def secret(self, of: CaseKey | None = None) -> str:
        """A word that stands nowhere else; it belongs to a case, or (None) to whom the caller says."""
        word = f"salaisuus{self.now():%d%H%M}x"
        if of is not None:
            self.secrets.setdefault(of, set()).add(word)
        return word

    def mail(self) -> Arrival:
        """A new mail in which everything that its writer could have written is secret: one word, its sender's name."""
        self.uid += 1
        word = self.secret()
        arrival = mail(self.uid, text=f"{word} pyytää", sender=Party(word, f"{word}@posti.example"))
        return replace(arrival, message_id=f"<{word}@posti.example>", subject=f"{word}: tietoni")
