"""What every command prints of hostile mails, in a real terminal: letters only, and no personal identity code."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from inbox_agent.adapters import terminal
from tests.commands_hostile import COMMANDS, GIVEN, MARK
from tests.dashboard_hostile import IDENTITY_CODE
from tests.dashboard_terminal import in_a_terminal
from tests.test_dashboard_safe import CONTROLS


def test_whatever_is_printed_is_letters_only(tmp_path: Path) -> None:
    """No sequence, no control, no turned text of a stranger's comes through, in answers, questions and errors; and each
    command did say something.
    """
    command = [sys.executable, "-m", "tests.commands_hostile", str(tmp_path)]
    status, written = in_a_terminal(command, (100, 40), after="yes: ", keys=b"no\n")
    assert status == 0, written[-2000:]
    parts = written.split(MARK)[1:-1]

    assert len(parts) == len(COMMANDS)
    for words, part in zip(COMMANDS, parts, strict=True):
        said = " ".join(words).replace(GIVEN, "HOSTILE")
        assert part.partition("\n")[2].strip(), said
        assert [part[max(found.start() - 60, 0) : found.end()] for found in CONTROLS.finditer(part)] == [], said
        assert IDENTITY_CODE not in part, said
        assert re.search(r"Traceback|Error:", part) is None, said


def test_no_way_of_writing_goes_around_the_border(monkeypatch: pytest.MonkeyPatch) -> None:
    """One text, many lines, bytes: the last have no border that could be kept, so there is no way for them."""
    behind = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    monkeypatch.setattr(sys, "stdout", behind)
    with terminal.letters_only():
        sys.stdout.write("\x1b[31mpunainen")
        sys.stdout.writelines(["\x1b]0;otsikko\x07", "\u202ekäännetty"])
        for way in ("buffer", "detach"):
            with pytest.raises(AttributeError):
                getattr(sys.stdout, way)
    behind.flush()

    assert behind.buffer.getvalue().decode() == "\ufffd[31mpunainen\ufffd]0;otsikko\ufffd\ufffdkäännetty"  # type: ignore[attr-defined]
