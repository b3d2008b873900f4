"""Small files beside the profile: whole at every instant, one writer at a time, for their owner alone."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Others who want to write the file wait meanwhile. The lock is a file beside it, because the file is replaced."""
    with for_its_owner(path.with_name(f"{path.name}.lock"), os.O_APPEND) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def replace_text(path: Path, text: str, mode: int = 0o600) -> None:
    """Write beside the old file, flush, then put it in its place: a crash leaves the one or the other, in UTF-8."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def for_its_owner(path: Path, how: int) -> BinaryIO:
    """Open a file to be written (`how`: O_APPEND, or O_TRUNC to begin anew), made where there is none. Nobody else may
    read it, whoever was allowed to before.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with suppress(PermissionError):  # somebody else's file stays as they want it
        os.fchmod(handle, 0o600)
    return os.fdopen(handle, "wb")
