"""How many cores this process may use: of the machine's, by its affinity and by the quota of its control group."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def cores(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """At least one. A container or a unit with half of eight cores has four, however many it sees."""
    seen = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([seen, *(int(quota) for quota in _quotas(groups, own))]))


def _quotas(groups: Path, own: Path) -> list[float]:
    """In cores, of the group and of all above it (cgroups(7))."""
    found: list[float] = []
    with suppress(OSError, ValueError):
        for line in own.read_text(encoding="utf-8").splitlines():
            _number, controllers, path = line.split(":", 2)
            if not controllers:  # version 2: one tree of groups, whose `cpu.max` holds quota and period
                for group in _upward(groups, path):
                    found += _quota(_words(group / "cpu.max"))
            elif "cpu" in controllers.split(","):  # version 1: a tree for each controller
                for group in _upward(groups / controllers, path):
                    found += _quota(_words(group / "cpu.cfs_quota_us") + _words(group / "cpu.cfs_period_us"))
    return found


def _upward(root: Path, path: str) -> Iterator[Path]:
    """A group and all above it. In a container the root may be our own group, whatever it is called outside."""
    group = root / path.lstrip("/")
    while group != root and root in group.parents:
        yield group
        group = group.parent
    yield root


def _words(told: Path) -> list[str]:
    with suppress(OSError):
        return told.read_text(encoding="utf-8").split()
    return []


def _quota(told: list[str]) -> list[float]:
    """Quota and period in microseconds; none where there is no bound ("max", below zero)."""
    with suppress(ValueError, ZeroDivisionError):
        quota, period = map(int, told)
        return [quota / period] if quota > 0 else []
    return []
