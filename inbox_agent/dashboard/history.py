"""The lines that were said to the assistant, for going back to one of them."""

from __future__ import annotations

_MOST_REMEMBERED = 100  # lines


class History:
    """The lines said so far, of all screens."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._at = 0

    def add(self, line: str) -> None:
        """Remember a line as the newest; said twice in a row it is remembered once."""
        if self._lines[-1:] != [line]:
            self._lines = [*self._lines, line][-_MOST_REMEMBERED:]
        self._at = len(self._lines)

    def step(self, by: int) -> str:
        """The line before (-1) or after (1) the one shown; nothing behind the newest."""
        self._at = max(0, min(self._at + by, len(self._lines)))
        return self._lines[self._at] if self._at < len(self._lines) else ""

    @property
    def newest(self) -> str:
        """What was said last; empty before anything was."""
        return self._lines[-1] if self._lines else ""
