"""Opens attached documents, each in a process of its own that may use little time and memory and knows no secret.

A hostile file costs that process and nothing else: it is ended after PATIENCE, its memory is limited, and its
environment holds no password. All files together get BUDGET in each PERIOD, so that a heap of slow files holds up
no other mail for long.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from inbox_agent.rules.attached import MOST_TEXT, FileState, Format, ReadingEnded

PATIENCE = 4.0
"""Seconds for one file, below what a service has to end in (our choice, as the others here)."""

BUDGET, PERIOD = 30.0, 600.0  # seconds
_PASSED_ON = ("PATH", "HOME", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")
_READER = Path(__file__).with_name("attached_reader.py")


@dataclass
class AttachedFiles:
    """A reader of attached documents for as long as a program runs. May be called from any thread."""

    patience: float = PATIENCE
    _spent: float = field(default=0.0, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set, init=False)
    _given_up: bool = field(default=False, init=False)

    def __call__(self, data: bytes, form: Format) -> tuple[FileState, str]:
        """The text of a file. Never raises for what the file holds; a state says why there is none. Raises
        ReadingEnded once it was given up.
        """
        if self._given_up:
            raise ReadingEnded
        started = time.monotonic()
        if started - self._since > PERIOD:
            self._since, self._spent = started, 0.0
        if self._spent > BUDGET:
            return FileState.TOO_SLOW, ""
        try:
            return self._read(data, form)
        finally:
            self._spent += time.monotonic() - started

    def give_up(self) -> None:
        """End what is being read, and read nothing more: the program ends, and what it reads now is never told."""
        self._given_up = True
        for process in tuple(self._running):
            process.kill()

    def _read(self, data: bytes, form: Format) -> tuple[FileState, str]:
        command = [sys.executable, "-P", str(_READER), str(form), str(MOST_TEXT)]
        known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=known)  # noqa: S603  # our own words
        except OSError:  # no process to be had now: a person reads the file
            return FileState.NO_READER, ""
        self._running.add(process)
        if self._given_up:  # while the process was made
            process.kill()
        try:
            out, _ = process.communicate(data, timeout=self.patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return FileState.TOO_SLOW, ""
        finally:
            self._running.discard(process)
        if self._given_up:
            raise ReadingEnded
        return _said(out) or (FileState.TOO_LARGE, "")  # it was ended by its bounds


def _said(out: bytes) -> tuple[FileState, str] | None:
    try:
        said = json.loads(out)
        return FileState(said["state"]), str(said["text"])
    except (ValueError, KeyError, TypeError):
        return None
