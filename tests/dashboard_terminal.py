"""A real terminal for a program under test: what it writes, and keys for it once it has shown something."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def in_a_terminal(
    command: list[str], size: tuple[int, int] = (160, 50), *, after: str = "", keys: bytes = b""
) -> tuple[int, str]:
    """Run a program in a terminal of `size` columns and lines; return how it ended and everything it wrote.

    Once it has shown `after` (sequences left out), `keys` are pressed.
    """
    ours, theirs = pty.openpty()
    columns, lines = size
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    # The terminal's own size counts, not what a test runner says of its own.
    inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
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
