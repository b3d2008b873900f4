"""The file that keeps what a sign-in gave: for its owner only, whole at every instant, one writer at a time."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inbox_agent.errors import SecretMissing


@dataclass(frozen=True, slots=True)
class TokenCache:
    """One JSON object at `path`. Raises SecretMissing ("file_open_to_others", "file_unreadable")."""

    path: Path

    @contextmanager
    def opened(self) -> Iterator[dict[str, Any]]:
        """What is kept, to be read and changed; changes are stored when all went well. Others wait meanwhile."""
        with self.path.with_name(f"{self.path.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = self._read()
            before = json.dumps(kept)
            yield kept
            if json.dumps(kept) != before:
                self._write(kept)

    def _read(self) -> dict[str, Any]:
        try:
            with self.path.open(encoding="utf-8") as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    raise SecretMissing(str(self.path), "file_open_to_others")
                kept: dict[str, Any] = json.load(file)
                return kept
        except FileNotFoundError:
            return {}
        except ValueError:  # not ours, or broken: whoever signs in again writes it anew
            return {}
        except OSError:
            raise SecretMissing(str(self.path), "file_unreadable") from None

    def _write(self, kept: dict[str, Any]) -> None:
        """Beside the old file, flushed, then in its place: a crash leaves the one or the other (mkstemp: 0600)."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{self.path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
