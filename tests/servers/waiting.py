"""Waiting for what gives no event of its own: another process, another thread's end."""

from __future__ import annotations

import time
from collections.abc import Callable

LOOK_EVERY = 0.01  # seconds


def until(condition: Callable[[], bool], seconds: float = 10.0, what: str = "") -> None:
    """Return as soon as `condition` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        time.sleep(LOOK_EVERY)
