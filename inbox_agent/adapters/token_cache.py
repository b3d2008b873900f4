"""The file that keeps what a sign-in gave: for its owner only, whole at every instant, one writer at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inbox_agent.adapters.small_files import only_writer, replace_text
from inbox_agent.errors import SecretMissing


@dataclass(frozen=True, slots=True)
class TokenCache:
    """One JSON object at `path`. Raises SecretMissing ("file_open_to_others", "file_unreadable")."""

    path: Path

    @contextmanager
    def opened(self) -> Iterator[dict[str, Any]]:
        """What is kept, to be read and changed; changes are stored when all went well. Others wait meanwhile."""
        with only_writer(self.path):
            kept = self._read()
            before = json.dumps(kept)
            yield kept
            if (after := json.dumps(kept)) != before:
                replace_text(self.path, after)

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
