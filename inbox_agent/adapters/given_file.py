"""The FILE of a command: a path, or `-` for the input or the output (POSIX 12.2, guideline 13)."""

from __future__ import annotations

import sys
from pathlib import Path

_STANDARD = Path("-")


def is_standard(path: Path) -> bool:
    """Whether `-` was given: the input where it is read, the output where it is written."""
    return path == _STANDARD


def read_bytes(path: Path) -> bytes:
    return sys.stdin.buffer.read() if is_standard(path) else path.read_bytes()


def write(path: Path, text: str) -> bool:
    """Put the text there, its line ends as they are, in UTF-8; whether a file was written."""
    if is_standard(path):
        sys.stdout.write(text)
        return False
    path.write_text(text, encoding="utf-8", newline="")
    return True
