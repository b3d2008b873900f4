"""The profile's file while a program works by it: whether somebody has changed it since."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.profile import ControllerProfile

_Mark = tuple[int, int, int, int] | None


@dataclass
class ProfileFile:
    path: Path
    _judged: _Mark = field(init=False)  # what was read last
    _seen: _Mark = field(init=False)  # at the last look

    def __post_init__(self) -> None:
        self._judged = self._seen = self._mark()

    def changed(self) -> bool:
        """Whether it is another one than was read last, and the same as at the last look: an editor may still write."""
        before, self._seen = self._seen, self._mark()
        return self._seen != self._judged and self._seen == before

    def read(self) -> ControllerProfile:
        """What stands there now. Raises NoProfile, BrokenProfile."""
        self._judged = self._mark()
        return profiles.read(self.path)

    def _mark(self) -> _Mark:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
