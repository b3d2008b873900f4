"""A start of the agent that fails is told by mail too: what the command line says is read by nobody at night."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from inbox_agent import bootstrap
from inbox_agent.errors import (
    AgentRunning,
    FolderMissing,
    LoginRefused,
    MailboxEmptied,
    MailboxUnreachable,
    NotKept,
    UsageProblem,
)
from inbox_agent.services.alarm import Alarming

log = structlog.get_logger()

_TOLD_OTHERWISE = (AgentRunning, UsageProblem, BrokenPipeError)  # mail is read; whoever typed it is told
_OF_MAILBOXES = (FolderMissing, LoginRefused, MailboxEmptied, MailboxUnreachable, NotKept)
"""What a pass has told by itself: it had started."""


@dataclass(slots=True)
class Start:
    path: Path
    now: bootstrap.Now
    begun: bool = False

    def begins(self, alarming: Alarming) -> None:
        """Have the agent that is put together now tell the end of what was told of the starts before it."""
        self.begun = True
        if (starting := bootstrap.starting(self.path, self.now)) is not None:
            starting.begins(alarming)

    def succeeded(self) -> None:
        if (starting := bootstrap.starting(self.path, self.now)) is not None:
            starting.succeeded()

    def tell(self, error: Exception) -> bool:
        try:
            starting = bootstrap.starting(self.path, self.now)
            return starting is not None and asyncio.run(starting.failed(error, begun=self.begun))
        except Exception:  # a bug of ours here must not hide what was wrong
            log.exception("not_told")
            return False


@contextmanager
def told_by_mail(path: Path, now: bootstrap.Now) -> Iterator[Start]:
    """A start, or a whole pass: what fails within is raised, and before that told to the people of the profile at
    `path`, unless somebody sits at the terminal and is told there.
    """
    start = Start(path, now)
    try:
        yield start
    except _TOLD_OTHERWISE:
        raise
    except _OF_MAILBOXES:
        start.succeeded()
        raise
    except Exception as error:
        if not sys.stderr.isatty():
            log.error("not_started", error=type(error).__name__, told_by_mail=start.tell(error))
        raise
    start.succeeded()
