"""How long accounting material is kept, from the end of its financial year (Accounting Act 1336/1997, 2:10).

Vouchers and other correspondence on transactions: six years from the end of the calendar year in which the financial
year ended. Financial statements, the books and their lists: ten years from the end of the financial year. Refuses to
say what is a voucher: a customer card is none.
"""

from __future__ import annotations

import calendar
from datetime import date

VOUCHER_YEARS = 6
BOOK_YEARS = 10


def kept_until(material: str, year_end: date) -> date:
    """The last day of the duty to keep "vouchers" or "books" of the financial year that ended on `year_end`."""
    if material == "books":
        return _in_year(year_end.year + BOOK_YEARS, year_end.month, year_end.day)
    return date(year_end.year + VOUCHER_YEARS, 12, 31)


def last_year_end(financial_year_end: tuple[int, int], today: date) -> date:
    """The end of the newest financial year that is over today; `financial_year_end` is (month, day)."""
    month, day = financial_year_end
    this_year = _in_year(today.year, month, day)
    return this_year if this_year <= today else _in_year(today.year - 1, month, day)


def _in_year(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
