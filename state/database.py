"""The one connection to the file: recognised as ours, brought up to date, and its write block.

Owns pragmas, transactions, the translation of SQLite's errors and the forms in which instants and JSON
are stored. Refuses to know any table. A connection belongs to the thread that opened it; whoever works in
another thread opens its own, and SQLite keeps them apart.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, Self

import sqlite_utils

from state.errors import ForeignDatabase, NewerDatabase, NoDatabase, StateError, StoreBusy, StoreFull, StoreUnusable
from state.migrations import MIGRATIONS, NAMES

APPLICATION_ID: Final = 0x49_6E_42_78  # "InBx" in the file's header: whose database this is
BUSY_TIMEOUT: Final = 5.0  # seconds that a writer waits for another one

SqlValue = str | int | bytes | None
_TRIES: Final = 20  # to switch a new file's journal while others create it

# What a full disk or a quota looks like, besides SQLITE_FULL: writing, growing or flushing failed.
_NO_ROOM = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE"})
_UNUSABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")

# How a transaction begins, ends and is undone: the outermost, and one within it.
_WHOLE = ("begin immediate", "commit", "rollback")
_PART = ("savepoint part", "release part", "rollback to part; release part")


class Database:
    """A connection with explicit transactions: outside `transaction` nothing can be written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection
        self._writing = False
        self._file: _File | None = None  # none for one in memory, or one that is only read

    @classmethod
    def open(cls, path: Path | str, busy_timeout: float = BUSY_TIMEOUT, *, create: bool = True) -> Self:
        """Open for reading and writing; migrate where needed, and create if `create` says so. ":memory:" lives as long
        as it is open.

        Raises NoDatabase, ForeignDatabase, NewerDatabase, StoreBusy, StoreFull, StoreUnusable; a stranger's file is not
        touched.
        """
        with _translated():
            if str(path) != ":memory:":
                _make_sure_of(Path(path), create)
            connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)
        try:
            database = cls(connection)
            database._prepare(path)
            if str(path) != ":memory:":
                database._file = _File(Path(path).absolute(), _identity(Path(path)))
        except BaseException:
            connection.close()
            raise
        return database

    @classmethod
    def open_readonly(cls, path: Path | str, busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """Open an existing database for reading only; works while another process writes. Raises as `open`."""
        with _translated():
            address = f"{Path(path).absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(address, uri=True, timeout=busy_timeout, isolation_level=None)
        try:
            database = cls(connection)
            database._refuse_strangers(path, blank=False)
        except BaseException:
            connection.close()
            raise
        return database

    def close(self) -> None:
        self._connection.close()

    # -- reading ----------------------------------------------------------------------------------

    def rows(self, sql: str, *values: SqlValue) -> list[sqlite3.Row]:
        with _translated():
            return self._connection.execute(sql, values).fetchall()

    def named(self, sql: str, values: Mapping[str, SqlValue]) -> list[sqlite3.Row]:
        """The rows of a question whose values have names; those it does not name are ignored."""
        with _translated():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: SqlValue) -> sqlite3.Row | None:
        """The first row, or None."""
        with _translated():
            row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def each(self, sql: str, *values: SqlValue) -> Iterator[sqlite3.Row]:
        """The rows one by one, for tables that need not fit into memory."""
        with _translated():
            yield from self._connection.execute(sql, values)

    def data_version(self) -> int:
        """A number that changes when another connection wrote (PRAGMA data_version)."""
        row = self.row("pragma data_version")
        return int(row[0]) if row else 0

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the database in several queries, whoever writes meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._control("begin")
        try:
            yield
        finally:
            self._commit_what_stands()

    # -- writing ----------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of it or nothing. Within another one it joins it; failing alone it undoes only itself.

        BEGIN IMMEDIATE: a deferred transaction that first reads fails at once when another process commits
        in between, whatever the busy timeout. Raises StoreBusy, StoreFull, StoreUnusable (also where the file was moved
        away or replaced since it was opened).
        """
        if self._writing:
            self._refuse_undone()
            with self._enclosed(*_PART):
                yield
            return
        if self._file is not None and _identity(self._file.path) != self._file.identity:
            # What is written to it now, nobody who opens the database later would find.
            raise StoreUnusable(f"{self._file.path} was moved or replaced")
        self._writing = True
        try:
            with self._enclosed(*_WHOLE):
                yield
        finally:
            self._writing = False

    def write(self, sql: str, *values: SqlValue) -> int:
        """Run one INSERT, UPDATE or DELETE inside a transaction; return how many rows it touched."""
        return self._changed(sql, values).rowcount

    def insert(self, table: str, columns: Mapping[str, SqlValue]) -> int:
        """Insert one row; return its integer key. Names of tables and columns are our own, never from a mail."""
        marks = ", ".join("?" * len(columns))
        statement = f"insert into {table} ({', '.join(columns)}) values ({marks})"  # noqa: S608  # names are ours
        return int(self._changed(statement, tuple(columns.values())).lastrowid or 0)

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that erased bytes do not linger there."""
        if not self._connection.in_transaction:
            self.rows("pragma wal_checkpoint(truncate)")

    def _changed(self, sql: str, values: tuple[SqlValue, ...]) -> sqlite3.Cursor:
        if not self._writing:
            raise RuntimeError("a write outside a transaction would leave no room for its event")
        self._refuse_undone()
        with _translated():
            return self._connection.execute(sql, values)

    @contextmanager
    def _enclosed(self, begin: str, commit: str, undo: str) -> Iterator[None]:
        self._control(begin)
        try:
            yield
            self._refuse_undone()
            self._control(commit)
        except BaseException:
            if self._connection.in_transaction:
                self._control(undo)
            raise

    def _refuse_undone(self) -> None:
        """A full disk makes SQLite undo the whole transaction by itself; what comes after must not stand alone."""
        if not self._connection.in_transaction:
            raise StoreFull("the transaction was undone")

    def _commit_what_stands(self) -> None:
        """Unless SQLite has undone it by itself, as on a full disk: that is told by the error under way."""
        if self._connection.in_transaction:
            self._control("commit")

    def _control(self, statements: str) -> None:
        with _translated():
            for statement in statements.split("; "):
                self._connection.execute(statement)

    # -- opening ----------------------------------------------------------------------------------

    def _prepare(self, path: Path | str) -> None:
        self._refuse_strangers(path, blank=True)
        self._keep_a_write_ahead_log()
        self._control("pragma synchronous = full")  # a commit is on the disk: the mail server may forget the mail
        self._control("pragma foreign_keys = on")
        self._control("pragma secure_delete = on")  # what a purge erases is overwritten in the file
        self._migrate(path)

    def _keep_a_write_ahead_log(self) -> None:
        """Let readers and the writer not wait for one another.

        The switch needs the file to itself, and SQLite does not wait for that by itself: somebody who creates
        the same file at this moment is waited for here.
        """
        for _ in range(_TRIES):
            try:
                self._control("pragma journal_mode = wal")
            except StoreBusy:
                self._control("begin exclusive; rollback")
            else:
                return
        self._control("pragma journal_mode = wal")

    def _refuse_strangers(self, path: Path | str, blank: bool) -> None:
        """Look before anything is changed; `blank` says whether an empty file will do."""
        try:
            with self.snapshot():
                [owner] = self._connection.execute("pragma application_id").fetchone()
                [tables] = self._connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            if _name(error) == "SQLITE_NOTADB":
                raise ForeignDatabase(path) from error
            _raise_ours(error)
        if owner != APPLICATION_ID and not (blank and owner == 0 and tables == 0):
            raise ForeignDatabase(path)
        self._refuse_newer(path)

    def _refuse_newer(self, path: Path | str) -> None:
        with _translated():
            applied = {migration.name for migration in MIGRATIONS.applied(self._utils())}
        if applied - NAMES:
            raise NewerDatabase(path)

    def _migrate(self, path: Path | str) -> None:
        """Apply what is pending, all of it or nothing; a second process waits and finds it done."""
        if not MIGRATIONS.pending(self._utils()):
            return
        with self.transaction(), _translated():
            self._refuse_newer(path)
            MIGRATIONS.apply(self._utils())
            self._connection.execute(f"pragma application_id = {APPLICATION_ID}")

    def _utils(self) -> sqlite_utils.Database:
        return sqlite_utils.Database(self._connection, execute_plugins=False)


@dataclass(frozen=True, slots=True)
class _File:
    """Where the file was when it was opened, and which one it was."""

    path: Path
    identity: tuple[int, int] | None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def utc_text(moment: datetime) -> str:
    """An aware instant as ISO text in UTC with microseconds, so that the order of texts is the order of instants."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def instant(text: str) -> datetime:
    """The aware UTC instant that `utc_text` wrote."""
    return datetime.fromisoformat(text)


def json_text(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, ASCII only, so that equal values are equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def json_object(text: str | None) -> dict[str, Any]:
    """The JSON object in a column; an erased one is empty."""
    value: dict[str, Any] = json.loads(text) if text else {}
    return value


def _make_sure_of(path: Path, create: bool) -> None:
    if create:
        _create_private(path)
    elif not path.exists():  # SQLite would make one
        raise NoDatabase(path)


def _create_private(path: Path) -> None:
    """Create a missing file for its owner only, before SQLite does it for everybody: mail lies in it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreUnusable(str(error)) from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        _raise_ours(error)


def _raise_ours(error: sqlite3.DatabaseError) -> NoReturn:
    """Errors that a person can mend become ours; a bug of ours stays what it is."""
    name = _name(error)
    raised: StateError
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        raised = StoreBusy(str(error))
    elif name in _NO_ROOM:
        raised = StoreFull(str(error))
    elif name.startswith(_UNUSABLE):
        raised = StoreUnusable(str(error))
    else:
        raise error
    raise raised from error


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "")
