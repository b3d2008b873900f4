"""The person's own editor, for letters that want more than a small field."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

USUAL = "nano"


class NoEditor(Exception):
    """The editor could not be run, or ended with an error; the text is unchanged."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command


def command(environment: Mapping[str, str] = os.environ) -> str:
    """What the person chose: $VISUAL, else $EDITOR, else the usual one."""
    return environment.get("VISUAL") or environment.get("EDITOR") or USUAL


def edited(text: str, editor: str) -> str:
    """Let `editor` change the text and return it. Blocks until the editor ends; raises NoEditor.

    The file lies in a folder that only its owner can enter, and is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="letter-") as folder:
        path = Path(folder) / "letter.txt"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603  # the person's own program
            return path.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise NoEditor(editor) from error
