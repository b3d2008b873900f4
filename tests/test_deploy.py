"""The unit files: systemd understands them, they leave the process next to no rights, and name what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inbox_agent.cli import main
from inbox_agent.commands import run

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = ["inbox-agent.service", "inbox-agent-check.service"]
EXPOSED = 2.0  # of 10, systemd's own scale; a mail reader must reach the network

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")


def installed(name: str, folder: Path) -> Path:
    """A copy that names what is on this machine."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = text.replace("/opt/inbox-agent/bin/inbox-agent", sys.executable).replace("User=inbox-agent", "User=daemon")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(name: str, tmp_path: Path) -> None:
    """No word is unknown to it."""
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", installed(name, tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert [line for line in done.stderr.splitlines() if name in line] == []


@needs_systemd
def test_the_process_is_left_next_to_no_rights(tmp_path: Path) -> None:
    words = ["systemd-analyze", "security", "--offline=yes", installed(UNITS[0], tmp_path)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if "Overall exposure" not in done.stdout:
        pytest.skip(f"this systemd cannot judge a file: {done.stderr[:80]}")
    found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert found is not None
    assert float(found[1]) <= EXPOSED


@pytest.mark.parametrize("name", UNITS)
def test_the_command_in_the_unit_is_one_of_ours(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = re.findall(r"ExecStart=\S+ (.*)", (DEPLOY / name).read_text(encoding="utf-8"))[0].split()
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out


def test_systemd_waits_longer_for_the_end_than_the_end_takes() -> None:
    text = (DEPLOY / UNITS[0]).read_text(encoding="utf-8")
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > run.LATEST
