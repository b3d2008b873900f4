"""Opens attached documents, each in a process of its own that may use little time and memory and knows no secret.

A hostile PDF or docx costs that process and nothing else: it is ended after PATIENCE, its memory is limited, and its
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

from inbox_agent.rules.attached import MOST_TEXT, FileState, Format

PATIENCE = 4.0
"""Seconds for one file, below what a service has to end in (our choice, as the others here)."""

BUDGET, PERIOD = 30.0, 600.0  # seconds
_PASSED_ON = ("PATH", "HOME", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")
_READER = Path(__file__).with_name("attached_reader.py")


@dataclass
class AttachedFiles:
    """A reader of attached documents for as long as a program runs."""

    patience: float = PATIENCE
    _spent: float = field(default=0.0, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    def __call__(self, data: bytes, form: Format) -> tuple[FileState, str]:
        """The text of a file. Never raises for what the file holds; a state says why there is none."""
        started = time.monotonic()
        if started - self._since > PERIOD:
            self._since, self._spent = started, 0.0
        if self._spent > BUDGET:
            return FileState.TOO_SLOW, ""
        try:
            return _read(data, form, self.patience)
        finally:
            self._spent += time.monotonic() - started


def _read(data: bytes, form: Format, patience: float) -> tuple[FileState, str]:
    command = [sys.executable, "-P", str(_READER), str(form), str(MOST_TEXT)]
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter, our own words
            command, input=data, capture_output=True, timeout=patience, check=False, env=known
        )
    except subprocess.TimeoutExpired:
        return FileState.TOO_SLOW, ""
    except OSError:  # no process to be had now: a person reads the file
        return FileState.NO_READER, ""
    return _said(done.stdout) or (FileState.TOO_LARGE, "")  # it was ended by its bounds


def _said(out: bytes) -> tuple[FileState, str] | None:
    try:
        said = json.loads(out)
        return FileState(said["state"]), str(said["text"])
    except (ValueError, KeyError, TypeError):
        return None
