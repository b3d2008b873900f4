"""Readers beside the agent: processes that understand mails of a long backlog while it fetches, reads and stores.

Each lasts for one pass over a folder, knows no secret and writes nowhere. It ends with the process that started it,
however that ends: nobody holds the other end of its wire any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing.connection import Pipe

from inbox_agent.adapters.cores import cores
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.understand import Understood

WORTH_IT = 300
"""Mails that a reader pays for: to start one takes about as long as to understand so many (our choice)."""

MOST = 3
"""Readers at one time, however many cores and mailboxes there are: each takes some 120 MB (our choice)."""

_USUAL, _SOON = sys.getswitchinterval(), 0.001  # seconds
_PROGRAM = version("inbox-agent")  # as it was when this process began: an update may replace it meanwhile
_MODULE = "inbox_agent.adapters.beside_reader"
_PASSED_ON = ("PATH", "HOME", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")


@dataclass
class ReadersBeside:
    """Starts readers, for all mailboxes of one agent. `taught`: whether the controller has phrases of its own; they are
    heard in one process alone.
    """

    profile: ControllerProfile
    taught: Callable[[], bool]
    cores: Callable[[], int] = cores
    _at_work: int = field(default=0, init=False)

    @contextmanager
    def __call__(self, mails: int) -> Iterator[Sequence[ReaderBeside]]:
        """The readers that so many mails are worth: none for few, on one core, or while another mailbox has all."""
        free = min(self.cores() - 1, MOST) - self._at_work
        with ExitStack() as ending:
            readers = []
            with suppress(OSError):  # no more processes to be had now, or phrases that cannot be read: fewer read
                for _ in range(free if mails >= WORTH_IT and not self.taught() else 0):
                    readers.append(ReaderBeside(self.profile, self.taught))
                    self._count(1)
                    ending.callback(self._end, readers[-1])
            yield readers

    def _count(self, more: int) -> None:
        """While a reader is at work, this process answers it soon, though it understands mails itself: the interpreter
        lets a thread wait for another one five milliseconds, in which the reader would be done with its next mail.
        """
        self._at_work += more
        sys.setswitchinterval(_SOON if self._at_work else _USUAL)

    def _end(self, reader: ReaderBeside) -> None:
        self._count(-1)
        reader.end()


class ReaderBeside:
    """One reader. Asked by one thread at a time."""

    def __init__(self, profile: ControllerProfile, taught: Callable[[], bool]) -> None:
        self._taught = taught
        self._program: str | None = None  # the reader's, once it has told
        self._wire, theirs = Pipe()
        known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        nowhere = subprocess.DEVNULL
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  # our own words
                [sys.executable, "-P", "-m", _MODULE, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env=known,
            )
        with suppress(OSError):  # it is gone already: so the first question says
            self._wire.send(profile)

    def understand(self, raws: Sequence[bytes]) -> Sequence[Understood | None]:
        """What it thinks of each mail; None for one that it leaves to us. Raises OSError or EOFError once it is gone,
        or its answers would lack what a person has taught meanwhile, or be those of another version.
        """
        if self._taught() or not self._same_program():
            raise EOFError
        self._wire.send(raws)
        told: Sequence[Understood | None] = self._wire.recv()
        return told

    def _same_program(self) -> bool:
        if self._program is None:
            self._program = self._wire.recv()
        return self._program == _PROGRAM

    def end(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
