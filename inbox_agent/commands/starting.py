"""A start of the agent that fails is told by mail too: what the command line says is read by nobody at night."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
from inbox_agent.services.watch import Agent

log = structlog.get_logger()

_TOLD_OTHERWISE = (AgentRunning, UsageProblem, BrokenPipeError)  # mail is read; whoever typed it is told
_OF_MAILBOXES = (FolderMissing, LoginRefused, MailboxEmptied, MailboxUnreachable, NotKept)
"""What a pass has told by itself: it had started."""


@contextmanager
def told_by_mail(path: Path, now: bootstrap.Now) -> Iterator[None]:
    """A start, or a whole pass: what fails within is raised, and before that told to the people of the profile at
    `path`, unless somebody sits at the terminal and is told there.
    """
    try:
        yield
    except _TOLD_OTHERWISE:
        raise
    except _OF_MAILBOXES:
        _succeeded(path, now)
        raise
    except Exception as error:
        if not sys.stderr.isatty():
            log.error("not_started", error=type(error).__name__, told_by_mail=_tell(error, path, now))
        raise
    _succeeded(path, now)


def begins(path: Path, now: bootstrap.Now, agent: Agent) -> None:
    """Have the agent that is put together now tell the end of what was told of the starts before it."""
    if (starting := bootstrap.starting(path, now)) is not None:
        starting.begins(agent.alarming)


def _succeeded(path: Path, now: bootstrap.Now) -> None:
    if (starting := bootstrap.starting(path, now)) is not None:
        starting.succeeded()


def _tell(error: Exception, path: Path, now: bootstrap.Now) -> bool:
    try:
        starting = bootstrap.starting(path, now)
        return starting is not None and asyncio.run(starting.failed(error))
    except Exception:  # a bug of ours here must not hide what was wrong
        log.exception("not_told")
        return False
