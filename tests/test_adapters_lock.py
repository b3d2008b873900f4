"""One agent a database, however it is named."""

from __future__ import annotations

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
