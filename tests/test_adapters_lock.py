"""One agent a database, however it is named."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from inbox_agent.adapters.lock import only_agent
from inbox_agent.errors import AgentRunning


def test_a_database_that_two_profiles_name_by_two_ways_has_one_agent(tmp_path: Path) -> None:
    """A second one would take the letter that the first is sending for one that a crash left behind."""
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    (tmp_path / "other.db").symlink_to(tmp_path / "data" / "inbox.db")
    names = (tmp_path / "data" / "inbox.db", tmp_path / "link" / "inbox.db", tmp_path / "other.db")
    for first in names:
        for second in names:
            with only_agent(first), pytest.raises(AgentRunning), only_agent(second):
                pass
        with only_agent(first):
            assert not (tmp_path / "other.db.lock").exists()


def test_nobody_else_can_take_the_lock(tmp_path: Path) -> None:
    """Who may read a file may lock it, and the agent would not start."""
    (tmp_path / "inbox.db.lock").touch(0o644)
    with only_agent(tmp_path / "inbox.db"):
        assert stat.S_IMODE((tmp_path / "inbox.db.lock").stat().st_mode) == 0o600
