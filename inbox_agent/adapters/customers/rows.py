"""From a row with the company's own column names to an entry. What cannot be read as a date is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from inbox_agent.errors import CustomersUnreadable
from inbox_agent.profile import Customers
from inbox_agent.rules.customers import Entry
from inbox_agent.rules.fold import fold

# What a column of turvakielto says of somebody who has none, by its first word. Anything else is one, be it the day on
# which it ends: whoever is protected is harmed by a mistake, whoever is not is asked a little more (our choice).
_NO = frozenset(
    {"", "0", "e", "ei", "f", "false", "n", "na", "nej", "ingen", "inget", "inte", "no", "none", "not", "null"}
)
_FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def refuse_missing(columns: object, settings: Customers) -> None:
    """Raise CustomersUnreadable where the column with the e-mail address is not there: nobody would ever be found."""
    known = {fold(str(column).strip()) for column in columns} if isinstance(columns, (list, tuple)) else set()
    if fold(settings.address) not in known:
        raise CustomersUnreadable(settings.kind, "no_column", settings.address)


def entry(row: Mapping[str, object], settings: Customers) -> Entry:
    """Read one row; column names are compared without case and diacritics."""
    cells = {fold(str(column).strip()): value for column, value in row.items() if column is not None}

    def cell(column: str) -> object:
        return cells.get(fold(column)) if column else None

    return Entry(
        name=_text(cell(settings.name)),
        address=_text(cell(settings.address)),
        phone=_text(cell(settings.phone)),
        number=_text(cell(settings.number)),
        protected=_first_word(_text(cell(settings.protected))) not in _NO,
        changed_on=_day(cell(settings.changed_on)),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():  # spreadsheets keep every number as a float
        return str(int(value))
    return str(value).strip()


def _first_word(text: str) -> str:
    return next(iter(re.findall(r"\w+", fold(text))), "")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    finnish = _FINNISH_DAY.match(text)
    try:
        if finnish:
            return date(int(finnish[3]), int(finnish[2]), int(finnish[1]))
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
