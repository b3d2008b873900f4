"""In which theme the dashboard was seen last: one word in a small file beside the database.

A comfort and nothing more: where it cannot be read or written the dashboard begins with its first theme.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inbox_agent.adapters.small_files import replace_text

_LONGEST = 100  # bytes


@dataclass(frozen=True, slots=True)
class ThemeFile:
    path: Path

    def read(self) -> str:
        """The theme's name; empty where none is known."""
        try:
            with self.path.open("rb") as file:
                return file.read(_LONGEST).decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def remember(self, name: str) -> None:
        with suppress(OSError):
            replace_text(self.path, f"{name}\n")
