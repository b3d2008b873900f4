"""How long accounting material is kept: Accounting Act 1336/1997, 2:10, with the rulebook's examples."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import profile as profiles
from inbox_agent.errors import BrokenProfile
from inbox_agent.rules import accounting

ENDS = st.dates(date(1998, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("year_end", "vouchers", "books"),
    [
        (date(2025, 12, 31), date(2031, 12, 31), date(2035, 12, 31)),
        (date(2024, 3, 31), date(2030, 12, 31), date(2034, 3, 31)),
        (date(2024, 2, 29), date(2030, 12, 31), date(2034, 2, 28)),
        (date(2026, 1, 1), date(2032, 12, 31), date(2036, 1, 1)),
    ],
)
def test_vouchers_six_calendar_years_books_ten_years(year_end: date, vouchers: date, books: date) -> None:
    assert accounting.kept_until("vouchers", year_end) == vouchers
    assert accounting.kept_until("books", year_end) == books


@given(ENDS)
def test_no_material_is_kept_less_than_the_law_says(year_end: date) -> None:
    """At least six whole years, never seven; books ten years, to the day where there is such a day."""
    vouchers = accounting.kept_until("vouchers", year_end)
    assert 6 <= vouchers.year - year_end.year <= 6
    assert (vouchers.month, vouchers.day) == (12, 31)
    assert 3652 <= (accounting.kept_until("books", year_end) - year_end).days <= 3653


@given(st.integers(1, 12), st.integers(1, 31), ENDS)
def test_a_day_belongs_to_the_financial_year_that_ends_next(month: int, day: int, of: date) -> None:
    end = accounting.year_end(of, (month, day))
    assert of <= end
    assert (end - of).days <= 366
    assert end.month == month


@pytest.mark.parametrize(
    ("text", "found"), [("30.6.", (6, 30)), ("31.12", (12, 31)), ("29.2.", (2, 29)), ("31.6.", None), ("2025", None)]
)
def test_the_end_of_a_financial_year_is_read_as_a_day_and_a_month(text: str, found: tuple[int, int] | None) -> None:
    assert accounting.day_and_month(text) == found


def test_the_profile_says_when_the_financial_year_ends() -> None:
    text = """
        [controller]
        name = "Esimerkki Oy"
        [contact]
        name = "Helmi"
        email = "helmi@yritys.example"
        [mailbox]
        host = "mail.example"
        [smtp]
        host = "mail.example"
        sender = "tietosuoja@yritys.example"
    """
    assert profiles.parse(text).accounting.financial_year_end == (12, 31)
    own = profiles.parse(text + '[accounting]\nfinancial_year_end = "31.3."')
    assert own.accounting.financial_year_end == (3, 31)
    for bad in ('"maaliskuu"', '"31.13."', '"0.3."'):
        with pytest.raises(BrokenProfile):
            profiles.parse(text + f"[accounting]\nfinancial_year_end = {bad}")
