"""The Finnish calendar: which days the law counts as working days."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as other_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules import calendar_fi
from inbox_agent.rules.calendar_fi import Eve, Holiday

YEARS = range(2020, 2041)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))

# year: pääsiäispäivä, helatorstai, juhannuspäivä, pyhäinpäivä, as printed calendars have them
MOVABLE = """
    2020 12.4. 21.5. 20.6. 31.10.
    2021  4.4. 13.5. 26.6.  6.11.
    2022 17.4. 26.5. 25.6.  5.11.
    2023  9.4. 18.5. 24.6.  4.11.
    2024 31.3.  9.5. 22.6.  2.11.
    2025 20.4. 29.5. 21.6.  1.11.
    2026  5.4. 14.5. 20.6. 31.10.
    2027 28.3.  6.5. 26.6.  6.11.
    2028 16.4. 25.5. 24.6.  4.11.
    2038 25.4.  3.6. 26.6.  6.11.
"""


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_an_independent_calendar_once_its_eves_are_left_out(year: int) -> None:
    theirs = set(other_calendar.country_holidays("FI", years=year))
    assert theirs - set(calendar_fi.eves(year)) == set(calendar_fi.holidays(year))


@pytest.mark.parametrize("year", YEARS)
def test_the_independent_calendar_would_have_moved_deadlines_from_both_eves(year: int) -> None:
    """Why we keep a calendar of our own."""
    assert set(calendar_fi.eves(year)) <= set(other_calendar.country_holidays("FI", years=year))


@pytest.mark.parametrize("line", MOVABLE.split("\n")[1:-1])
def test_movable_days_are_those_of_the_printed_calendars(line: str) -> None:
    year, *days = line.split()
    easter, ascension, midsummer, all_saints = (_date(day, int(year)) for day in days)
    found = {name: day for day, name in calendar_fi.holidays(int(year)).items()}
    assert found[Holiday.EASTER_SUNDAY] == easter
    assert found[Holiday.GOOD_FRIDAY] == easter - timedelta(days=2)
    assert found[Holiday.EASTER_MONDAY] == easter + timedelta(days=1)
    assert found[Holiday.ASCENSION] == ascension
    assert found[Holiday.PENTECOST] == easter + timedelta(days=49)
    assert found[Holiday.MIDSUMMER] == midsummer
    assert found[Holiday.ALL_SAINTS] == all_saints


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_the_thirteen_holidays_and_both_eves(year: int) -> None:
    assert set(calendar_fi.holidays(year).values()) == set(Holiday)
    assert set(calendar_fi.eves(year).values()) == set(Eve)


def test_eves_are_known_and_are_working_days() -> None:
    christmas_eve, midsummer_eve = date(2026, 12, 24), date(2026, 6, 19)
    assert calendar_fi.name(christmas_eve) is Eve.CHRISTMAS_EVE
    assert calendar_fi.name(midsummer_eve) is Eve.MIDSUMMER_EVE
    assert calendar_fi.is_eve(christmas_eve)
    assert calendar_fi.is_working_day(christmas_eve)
    assert calendar_fi.is_working_day(midsummer_eve)


def test_a_holiday_on_a_weekend_gives_no_day_in_lieu() -> None:
    """Independence Day of 2026 is a Sunday, Boxing Day a Saturday."""
    assert calendar_fi.is_working_day(date(2026, 12, 7))
    assert calendar_fi.is_working_day(date(2026, 12, 28))


@given(DAYS)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    found = calendar_fi.next_working_day(day)
    between = [day + timedelta(days=number) for number in range((found - day).days)]
    assert calendar_fi.is_working_day(found)
    assert not any(calendar_fi.is_working_day(earlier) for earlier in between)


@given(DAYS, st.integers(-60, 60))
def test_working_days_are_counted_one_by_one(day: date, number: int) -> None:
    found = calendar_fi.add_working_days(day, number)
    first, last = (day + timedelta(days=1), found) if number > 0 else (found, day - timedelta(days=1))
    counted = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    assert sum(calendar_fi.is_working_day(each) for each in counted) == abs(number)
    assert found == day if number == 0 else calendar_fi.is_working_day(found)


def _date(text: str, year: int) -> date:
    day, month, _ = text.split(".")
    return date(year, int(month), int(day))
