"""A real terminal for a program under test: what it writes, and keys for it once it has shown something."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence

CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def in_a_terminal(
    command: list[str], size: tuple[int, int] = (160, 50), *, after: str = "", keys: bytes = b""
) -> tuple[int, str]:
    """Run a program in a terminal of `size` columns and lines; return how it ended and everything it wrote.

    Once it has shown `after` (sequences left out), `keys` are pressed.
    """
    process, ours = _started(command, size)
    written = bytearray()
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
            if keys and after in CSI.sub("", written.decode("utf-8", "replace")):
                os.write(ours, keys)
                keys = b""
    except OSError:
        pass  # the other end is closed: the program has ended
    finally:
        os.close(ours)
    return process.wait(timeout=60), written.decode("utf-8")


def closed_after(command: list[str], steps: Sequence[tuple[str, bytes]], size: tuple[int, int] = (80, 24)) -> int:
    """Press the keys of each step once its text was shown since the step before; with the last step's text, close the
    terminal as its window's cross does. How the program ended; TimeoutExpired where it goes on without a terminal.
    """
    process, ours = _started(command, size)
    try:
        for after, keys in steps:
            written = bytearray()
            while after not in CSI.sub("", written.decode("utf-8", "replace")):
                if not select.select([ours], [], [], 60)[0]:
                    raise TimeoutError(f"it went silent before it showed {after!r}")
                written += os.read(ours, 65536)
            os.write(ours, keys)
    finally:
        os.close(ours)  # a terminal's own process group is told of it by SIGHUP
    try:
        return process.wait(timeout=60)
    finally:
        process.kill()


def _started(command: list[str], size: tuple[int, int]) -> tuple[subprocess.Popen[bytes], int]:
    """The program in a terminal of its own, and our end of that."""
    ours, theirs = pty.openpty()
    columns, lines = size
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    # The terminal's own size counts, not what a test runner says of its own.
    inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    in_its_own = [sys.executable, "-c", _OWN_TERMINAL, *command]
    process = subprocess.Popen(
        in_its_own, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    return process, ours


_OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
