"""How many cores the agent may use decides how many readers a backlog is worth."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inbox_agent.adapters.cores import cores

SEEN = len(os.sched_getaffinity(0))


def group(folder: Path, own: str, **quotas: str) -> int:
    """Cores of a process in the group `own`; a quota's name is its group's path, `_` for a slash."""
    for name, quota in quotas.items():
        path = folder / "groups" / name.strip("_").replace("_", "/")
        path.mkdir(parents=True, exist_ok=True)
        (path / "cpu.max").write_text(f"{quota}\n")
    (folder / "own").write_text(f"0::{own}\n")
    return cores(folder / "groups", folder / "own")


@pytest.mark.parametrize(
    ("own", "quotas", "expected"),
    [
        ("/", {"_": "max 100000"}, SEEN),
        ("/", {"_": "100000 100000"}, 1),
        ("/", {"_": "30000 100000"}, 1),
        ("/", {"_": "6400000 100000"}, SEEN),
        ("/system/agent", {"system_agent": "max 100000", "system": "150000 100000"}, 1),
        ("/system/agent", {"system_agent": "50000 50000", "system": "max 100000"}, 1),
        ("/elsewhere", {"system": "100000 100000"}, SEEN),
        ("/", {"_": "nonsense"}, SEEN),
        ("/", {"_": "100000 0"}, SEEN),
    ],
)
def test_the_smallest_quota_on_the_way_counts(tmp_path: Path, own: str, quotas: dict[str, str], expected: int) -> None:
    """Of the process's own control group and of all above it; what cannot be read says nothing."""
    assert group(tmp_path, own, **quotas) == expected


def test_without_control_groups_the_affinity_counts(tmp_path: Path) -> None:
    assert cores(tmp_path, tmp_path / "none") == SEEN


@pytest.mark.parametrize(
    ("own", "quotas", "expected"),
    [
        ("/", {"": (-1, 100_000)}, SEEN),
        ("/", {"": (100_000, 100_000)}, 1),
        ("/system/agent", {"system/agent": (-1, 100_000), "system": (150_000, 100_000)}, 1),
        ("/docker/abc", {"": (100_000, 100_000)}, 1),  # in a container the root is its own group
        ("/", {"": (100_000, 0)}, SEEN),
    ],
)
def test_a_quota_of_the_first_version_counts_too(
    tmp_path: Path, own: str, quotas: dict[str, tuple[int, int]], expected: int
) -> None:
    """There each controller has its own tree of groups, and quota and period a file each."""
    for name, (quota, period) in quotas.items():
        path = tmp_path / "groups" / "cpu,cpuacct" / name
        path.mkdir(parents=True, exist_ok=True)
        (path / "cpu.cfs_quota_us").write_text(f"{quota}\n")
        (path / "cpu.cfs_period_us").write_text(f"{period}\n")
    (tmp_path / "own").write_text(f"5:memory:/elsewhere\n4:cpu,cpuacct:{own}\n0::/init\n")
    assert cores(tmp_path / "groups", tmp_path / "own") == expected
