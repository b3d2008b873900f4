"""When a case's personal data is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inbox_agent.profile import Retention
from inbox_agent.rules import deadlines, letters
from inbox_agent.rules.retention import purge_on
from state.model import Case, CaseStatus, IdentityLevel, NewCase, NewRequest, Party, RequestKind

RECEIVED = datetime(2026, 3, 5, 9, tzinfo=UTC)
LATE_EVENING = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)  # 1.4. in Helsinki


def a_case(status: CaseStatus, closed_at: datetime | None) -> Case:
    day = deadlines.helsinki_date(RECEIVED)
    request = NewRequest(RequestKind.ACCESS, day, deadlines.compute(day).due)
    levels = (IdentityLevel.L1, IdentityLevel.L2)
    new = NewCase(status, Party("", "aino@posti.example"), "fi", RECEIVED, day, *levels, (), (request,))
    return replace(letters.preview(new), closed_at=closed_at)


@pytest.mark.parametrize(
    ("status", "erased_on"),
    [(CaseStatus.CLOSED, date(2026, 4, 11)), (CaseStatus.DISMISSED, date(2026, 4, 4))],
)
def test_a_case_that_is_over_is_erased_so_many_days_after_its_helsinki_day(status: CaseStatus, erased_on: date) -> None:
    retention = Retention(closed_days=10, dismissed_days=3)
    assert purge_on(a_case(status, LATE_EVENING), retention) == erased_on


@pytest.mark.parametrize("status", [CaseStatus.CANDIDATE, CaseStatus.OPEN, CaseStatus.WAITING, CaseStatus.PURGED])
def test_a_case_that_is_not_over_has_no_such_day(status: CaseStatus) -> None:
    assert purge_on(a_case(status, LATE_EVENING), Retention()) is None


def test_without_the_instant_of_its_end_nothing_is_erased() -> None:
    assert purge_on(a_case(CaseStatus.CLOSED, None), Retention()) is None


def test_three_years_and_ninety_days_are_the_defaults() -> None:
    assert purge_on(a_case(CaseStatus.CLOSED, RECEIVED), Retention()) == date(2029, 3, 4)
    assert purge_on(a_case(CaseStatus.DISMISSED, RECEIVED), Retention()) == date(2026, 6, 3)
