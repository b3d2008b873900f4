"""The shape of the tables, as steps that are only ever appended to: one file each, `NNNN_name.sql`.

Owns every CREATE. Refuses to look at `state.model`: the values are spelled out, because a step must do
tomorrow what it does today. What the program promises and SQL can say is said here: what is set together,
what an approval binds, what is unique. `state.lifecycle` remains the judge of moves.

Kept by sqlite-utils' own migrations. Instants are ISO text in UTC with microseconds, legal dates ISO text,
JSON is text. Columns that hold personal data are named in `state.store.erasure` and may be null for it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Final

import sqlite_utils
from sqlite_utils.migrations import Migrations

Step = Callable[[sqlite_utils.Database], None]


def _words_of_cases(database: sqlite_utils.Database) -> None:
    """Give the cases that are there their words."""
    rows = database.execute("select id, sought || ' ' || number from cases where sought is not null").fetchall()
    for case, sought in rows:
        for word in set(re.findall(r"[^\W_]+", sought)):
            database.execute("insert into words (word, case_id) values (?, ?)", (word, case))


def _written() -> Iterator[tuple[str, Step]]:
    """The steps that are files: all that SQL can say alone."""
    for file in resources.files(__name__).iterdir():
        if file.name.endswith(".sql"):
            yield file.name.removesuffix(".sql"), _step(tuple(_statements(file.read_text(encoding="utf-8"))))


def _statements(script: str) -> Iterator[str]:
    """One by one: sqlite3's own `executescript` would commit the transaction under us."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip().removesuffix(";")
            statement = ""


def _step(statements: tuple[str, ...]) -> Step:
    def run(database: sqlite_utils.Database) -> None:
        for statement in statements:
            database.execute(statement)

    return run


_STEPS: Final = dict(_written()) | {"0014_words_of_cases": _words_of_cases}

NAMES: Final = frozenset(_STEPS)
"""The steps this version knows; a database that has others was written by a newer one."""

MIGRATIONS: Final = Migrations("inbox-agent")
for _name in sorted(_STEPS):
    MIGRATIONS(name=_name)(_STEPS[_name])
