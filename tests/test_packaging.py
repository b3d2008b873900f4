"""What is installed is whole: the wheel holds every room and all its data, and works away from its sources."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import inbox_agent
import state

ROOT = Path(__file__).parents[1]
DATA = ("*.toml", "*.j2", "*.txt", "*.bin", "*.tcss", "*.mo", "py.typed")
PACKAGES = ("inbox_agent", "replies", "state")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_everything_that_the_sources_hold(unpacked: Path) -> None:
    """No module, template, lexicon, profile or catalogue stays behind."""
    patterns = ("*.py", *DATA)
    sources = {
        path.relative_to(ROOT)
        for package in PACKAGES
        for pattern in patterns
        for path in (ROOT / package).rglob(pattern)
    }

    assert sources
    assert sources - {path.relative_to(unpacked) for path in unpacked.rglob("*")} == set()


def test_the_wheel_works_away_from_its_sources(unpacked: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere it derives a deadline in Finnish."""
    run = subprocess.run(
        [sys.executable, "-m", "inbox_agent", "deadline", "2026-03-05", "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(run.stdout)["derivation"][0].startswith("Pyyntö saapui torstaina 5.3.2026")


def test_the_package_called_state_is_ours() -> None:
    """Its name is a common word: what is imported stands beside our other packages."""
    assert Path(state.__file__).parents[1] == Path(inbox_agent.__file__).parents[1]
