"""The border to whoever reads what a command prints: no sequence, control or turned text of a stranger passes it.

Owns nothing that is said. What is printed is made safe where it is worded; this stands behind all of it, for the line
that somebody forgets.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from inbox_agent.rules.visible import visible

_PAST_THE_BORDER = frozenset({"buffer", "detach"})  # the bytes behind a text stream, which not every one has


class _Letters:
    """A text stream that passes on what is safe to show; in all else it is the stream behind it, but for its bytes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(visible(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the stream has
        if name in _PAST_THE_BORDER:
            raise AttributeError(name)
        return getattr(self._stream, name)


def wrapped(text: str) -> str:
    """The text for whoever reads it here: broken between words where a terminal would break it within them, what
    follows as far in as the line began.
    """
    if not sys.stdout.isatty():
        return text
    width = max(20, shutil.get_terminal_size().columns - 1)
    return "\n".join(_line(line, width) for line in text.split("\n"))


def _line(line: str, width: int) -> str:
    within = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(line, width, subsequent_indent=within, break_long_words=False, break_on_hyphens=False)


def let_go(*streams: TextIO | None) -> None:
    """Nobody reads these streams any more: what is still to be written goes nowhere, so that the program's end does not
    fail on it.
    """
    with Path(os.devnull).open("wb") as nobody:
        for stream in filter(None, streams):
            os.dup2(nobody.fileno(), stream.fileno())


def let_go_of_the_unsaid() -> None:
    """Let go of the log where its disk is full."""
    try:
        if sys.__stderr__ is not None:
            sys.__stderr__.flush()
    except OSError:
        let_go(sys.__stderr__)


@contextmanager
def letters_only() -> Iterator[None]:
    """Whatever is written to stdout and stderr meanwhile is safe for a terminal."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Letters(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
