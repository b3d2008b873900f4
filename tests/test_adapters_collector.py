"""Python's search for circles of objects costs little while mails are read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

from inbox_agent.adapters import collector
from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.understand import understand


@pytest.fixture
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("usual")
def test_hundred_mails_are_read_with_few_looks_for_circles(mail: Callable[..., bytes]) -> None:
    """And none of them goes through what was loaded before."""
    profile, recogniser = specimen(), Recogniser.load()
    looks: list[int] = []

    def look(phase: str, told: dict[str, int]) -> None:
        looks.extend([told["generation"]] * (phase == "start"))

    collector.seldom()
    gc.callbacks.append(look)
    try:
        for number in range(100):
            understand(mail(f"Tilaus {number}", "Hei, missä tilaukseni viipyy? " * 40), recogniser, profile)
    finally:
        gc.callbacks.remove(look)

    assert len(looks) <= 10
    assert gc.get_freeze_count() > 10_000
