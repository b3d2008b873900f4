"""How long accounting material is kept, from the end of its financial year (Accounting Act 1336/1997, 2:10).

Vouchers and other correspondence on transactions: six years from the end of the calendar year in which the financial
year ended. Financial statements, the books and their lists: ten years from the end of the financial year. Refuses to
say what is a voucher: a customer card is none.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

VOUCHER_YEARS = 6
BOOK_YEARS = 10


def kept_until(material: str, year_end: date) -> date:
    """The last day of the duty to keep "vouchers" or "books" of the financial year that ended on `year_end`."""
    if material == "books":
        return _in_year(year_end.year + BOOK_YEARS, year_end.month, year_end.day)
    return date(year_end.year + VOUCHER_YEARS, 12, 31)


def year_end(of: date, ends: tuple[int, int]) -> date:
    """The end of the financial year to which the day `of` belongs; financial years end on `ends`, (month, day)."""
    month, day = ends
    this_year = _in_year(of.year, month, day)
    return this_year if of <= this_year else _in_year(of.year + 1, month, day)


def day_and_month(text: str) -> tuple[int, int] | None:
    """(month, day) of "30.6."; None where it is no day of a year."""
    found = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", text.strip())
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1] else None


def _in_year(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
