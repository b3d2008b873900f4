"""An approval for a time: the letter waits for it, and is never kept until it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox_agent.errors import UsageProblem
from inbox_agent.rules.schedule import leaves_at
from state.model import DraftKey, RequestKind
from tests.dashboard_desk import NOW, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "inbox.db")


@pytest.fixture
def letter(desk: Desk) -> DraftKey:
    """A question in a case whose answer is promised in three weeks and a day: on 21.12.2026."""
    return desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ACCESS))


def approve(desk: Desk, letter: DraftKey, at: datetime) -> datetime:
    with desk.store() as store:
        return desk.review(store).approval.approve(letter, store.drafts.get(letter).text_hash, leaves_at=at)


def test_it_leaves_at_the_time_said(desk: Desk, letter: DraftKey) -> None:
    assert approve(desk, letter, NOW + timedelta(days=2)) == NOW + timedelta(days=2)


def test_a_time_that_has_passed_leaves_the_time_to_undo(desk: Desk, letter: DraftKey) -> None:
    hold = timedelta(seconds=desk.profile.replies.hold_seconds)

    assert approve(desk, letter, NOW - timedelta(days=2)) == NOW + hold


def test_no_letter_is_kept_until_it_is_late(desk: Desk, letter: DraftKey) -> None:
    """The promised day itself is in time."""
    with pytest.raises(UsageProblem, match="leaves_too_late"):
        approve(desk, letter, datetime(2026, 12, 22, 6, tzinfo=UTC))
    approve(desk, letter, datetime(2026, 12, 21, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2026-11-30", datetime(2026, 11, 30, 6, tzinfo=UTC)),
        ("2026-11-30T09:00", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 6, tzinfo=UTC)),
    ],
)
def test_times_are_finnish(said: str, instant: datetime) -> None:
    """In winter and in summer; a day alone means the beginning of the working day."""
    assert leaves_at(said) == instant
