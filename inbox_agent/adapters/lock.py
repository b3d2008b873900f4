"""One agent a database: a lock on a file beside it, held as long as the process lives.

The system lets go of it when the process ends, however it ends, so that nothing stale is left behind.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inbox_agent.adapters.small_files import for_its_owner
from inbox_agent.errors import AgentRunning


@contextmanager
def only_agent(database: Path) -> Iterator[None]:
    """Hold the lock of this database's agent. Raises AgentRunning where another process holds it.

    A second agent would take a letter that the first is sending for one that a crash left behind.
    """
    with for_its_owner(beside(database), os.O_APPEND) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AgentRunning(database) from None
        yield


def beside(database: Path) -> Path:
    """The file that is locked. It stays behind when the database is gone."""
    itself = database.resolve()  # two profiles may name it by two ways
    return itself.with_name(f"{itself.name}.lock")
