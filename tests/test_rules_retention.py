"""When a case's personal data is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import profile as profiles
from inbox_agent.profile import Retention
from inbox_agent.rules import deadlines, letters, outcomes
from inbox_agent.rules.retention import over_since, purge_on, told_until
from state.model import Case, CaseStatus, IdentityLevel, NewCase, NewRequest, Party, RequestKind
from tests.bare_profile import BARE

RECEIVED = datetime(2026, 3, 5, 9, tzinfo=UTC)
PROFILE = profiles.parse(BARE)
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
    assert purge_on(a_case(CaseStatus.CLOSED, RECEIVED), Retention()) == date(2029, 3, 5)
    assert purge_on(a_case(CaseStatus.DISMISSED, RECEIVED), Retention()) == date(2026, 6, 3)


DAYS = st.dates(date(2020, 1, 1), date(2039, 12, 31))
RETENTIONS = st.one_of(
    st.builds(Retention, closed_months=st.integers(1, 120)), st.builds(Retention, closed_days=st.integers(1, 4000))
)


def closed(on: date, told: str = "") -> Case:
    """A case closed at noon, whose answer told this day."""
    noon = datetime.combine(on, time(12), deadlines.HELSINKI)
    case = a_case(CaseStatus.CLOSED, noon)
    return replace(case, requests=(replace(case.requests[0], decision={"trace_until": told} if told else {}),))


@given(DAYS, RETENTIONS)
def test_a_letter_names_the_very_day_on_which_the_case_is_erased(day: date, retention: Retention) -> None:
    """Answered and closed on one day: what is proposed to be told is what happens."""
    case = closed(day)
    profile = PROFILE.model_copy(update={"retention": retention})
    told = outcomes.proposals(case.requests[0], profile, day, "fi")["trace_until"]
    assert purge_on(closed(day, told), retention) == date.fromisoformat(told) == told_until(day, retention)


@given(DAYS, st.integers(0, 400), RETENTIONS)
def test_nothing_is_kept_longer_than_a_letter_said(answered: date, later: int, retention: Retention) -> None:
    """Closed weeks after the answer: the day that was told comes first; one before the closing binds nobody."""
    over, told = answered + timedelta(days=later), told_until(answered, retention)
    erased = purge_on(closed(over, told.isoformat()), retention)
    assert erased == (told if told > over else told_until(over, retention))


@given(DAYS, st.integers(1, 40))
def test_years_are_calendar_years(day: date, years: int) -> None:
    """The same day of the month; of the leap day the month's last."""
    erased = purge_on(closed(day), Retention(closed_months=12 * years))
    assert erased is not None
    assert (erased.year, erased.month) == (day.year + years, day.month)
    assert erased.day == day.day or (day.month, day.day, erased.day) == (2, 29, 28)


def test_a_told_day_that_is_none_counts_for_nothing() -> None:
    assert purge_on(closed(date(2026, 3, 5), "pian"), Retention()) == date(2029, 3, 5)


@given(DAYS, RETENTIONS, st.integers(0, 40))
def test_no_case_whose_day_has_come_is_passed_over(day: date, retention: Retention, later: int) -> None:
    """What is looked at holds every case that is due, that day and later, and none that is kept for a week yet."""
    for at, case in enumerate((closed(day), replace(closed(day), status=CaseStatus.DISMISSED))):
        erased_on = purge_on(case, retention)
        assert erased_on is not None
        assert day <= over_since(erased_on + timedelta(days=later), retention)[at]
        assert day > over_since(erased_on - timedelta(days=7), retention)[at]
