"""How many cores this process may use: of the machine's, by its affinity and by the quota of its control group."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def cores(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """At least one. A container or a unit with half of eight cores has four, however many it sees."""
    seen = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([seen, *(int(quota) for quota in _quotas(groups, own))]))


def _quotas(groups: Path, own: Path) -> list[float]:
    """In cores, of the group and of all above it (cgroups(7), version 2: `cpu.max` holds quota and period)."""
    found: list[float] = []
    with suppress(OSError, ValueError):
        lines = own.read_text(encoding="utf-8").splitlines()
        path = next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), None)
        for group in (groups / path, *(groups / path).parents) if path is not None else ():
            found += _quota(group / "cpu.max")
            if group == groups:
                break
    return found


def _quota(told: Path) -> list[float]:
    with suppress(OSError, ValueError, ZeroDivisionError):
        quota, period = told.read_text(encoding="utf-8").split()
        return [] if quota == "max" else [int(quota) / int(period)]
    return []
