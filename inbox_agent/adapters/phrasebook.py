"""The file of the controller's own phrases: read anew when it changes, whole at every instant, one writer at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from inbox_agent.adapters.small_files import only_writer, replace_text
from inbox_agent.errors import BrokenPhrases, Problem
from inbox_agent.rules import phrasebook
from inbox_agent.rules.phrasebook import NO_PHRASES, OwnPhrase, OwnPhrases

log = structlog.get_logger()

_Mark = tuple[int, int, int] | None
_NO_FILE = (0, 0, 0)  # no file is marked so


@dataclass
class Phrasebook:
    """The phrases of one file at `path`; a file that is not there holds none."""

    path: Path
    _mark: _Mark = _NO_FILE  # of what was read last
    _known: OwnPhrases = field(default=NO_PHRASES)
    _complained: _Mark = None  # of a file that is not to be read: it is told once, not at every mail

    def read(self) -> OwnPhrases:
        """What the file says now. Raises BrokenPhrases with every problem and its line."""
        mark = self._look()
        if mark != self._mark:
            self._known = phrasebook.parse(self._text(), self.path)
            self._mark = mark
        return self._known

    def current(self) -> OwnPhrases:
        """The same for whoever must go on: while the file is broken or not to be read, what it said before counts."""
        try:
            return self.read()
        except BrokenPhrases as error:
            self._complain([problem.code for problem in error.problems])
            return self._known

    def whole(self) -> bool:
        """Whether the file can be read as it is now."""
        try:
            self.read()
        except BrokenPhrases:
            return False
        return True

    def remember(self, phrase: OwnPhrase) -> None:
        """Add a phrase, in place of what was said of the same words. Raises BrokenPhrases, changing nothing."""
        self._change(lambda text: phrasebook.with_phrase(text, phrase, self.path))

    def forget(self, words: tuple[str, ...]) -> bool:
        """Take out what is said of these words; False where nothing was. Raises BrokenPhrases, changing nothing."""
        known = self.read().phrase
        numbers = [number for number, phrase in enumerate(known) if phrase.words == words]
        if numbers:
            self._change(lambda text: phrasebook.without(text, numbers))
        return bool(numbers)

    def _change(self, change: Callable[[str], str]) -> None:
        with only_writer(self.path):
            text = change(self._text())
            phrasebook.parse(text, self.path)
            mode = self.path.stat().st_mode & 0o777 if self.path.exists() else 0o600
            replace_text(self.path, text, mode)
            self.read()

    def _complain(self, codes: list[str]) -> None:
        try:
            mark = self._look()
        except BrokenPhrases:
            mark = _NO_FILE
        if mark != self._complained:
            self._complained = mark
            log.error("own_phrases_broken", problems=len(codes), codes=sorted(set(codes)))

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unreadable(error) from None
        except UnicodeDecodeError:
            raise BrokenPhrases(self.path, [Problem(1, "", "encoding")]) from None

    def _look(self) -> _Mark:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _unreadable(self, error: OSError) -> BrokenPhrases:
        return BrokenPhrases(self.path, [Problem(1, "", "unreadable", str(error.strerror))])
