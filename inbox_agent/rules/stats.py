"""A year's requests counted, as the controller's report wants them: per right, and by month. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from inbox_agent.rules.deadlines import helsinki_date
from state.model import Outcome, RequestKind, YearRow

REFUSALS = frozenset({Outcome.REFUSED, Outcome.PARTLY})
"""An answer that withholds something owes reasons, complaint and court (GDPR 12(4)): it is counted as refused."""


@dataclass(frozen=True, slots=True)
class Line:
    """One right's year. `median_days` is from receipt to answer, None where nothing was answered. `late`: answered
    after its promise, or unanswered when it has passed.
    """

    kind: RequestKind | None  # None: all together
    received: int
    answered: int
    waiting: int
    median_days: float | None
    late: int
    extended: int
    refused: int
    identity_asked: int


@dataclass(frozen=True, slots=True)
class Report:
    """`lines` of the rights that were exercised, `total` of all; `months` holds twelve counts of receipts. `on` is the
    day as of which it was counted.
    """

    year: int
    lines: tuple[Line, ...]
    total: Line
    months: tuple[int, ...]
    on: date


def report(rows: Sequence[YearRow], year: int, today: date) -> Report:
    """Count the rights received in `year`, as they stand on the day `today`."""
    by_kind = ((kind, [row for row in rows if row.kind is kind]) for kind in RequestKind)
    lines = tuple(_line(kind, of_kind, today) for kind, of_kind in by_kind if of_kind)
    months = tuple(sum(row.received_on.month == month for row in rows) for month in range(1, 13))
    return Report(year, lines, _line(None, rows, today), months, today)


def _line(kind: RequestKind | None, rows: Sequence[YearRow], today: date) -> Line:
    took = [(helsinki_date(row.answered_at) - row.received_on).days for row in rows if row.answered_at]
    return Line(
        kind=kind,
        received=len(rows),
        answered=len(took),
        waiting=len(rows) - len(took),
        median_days=median(took) if took else None,
        late=sum(_late(rows, today)),
        extended=sum(row.extended for row in rows),
        refused=sum(row.outcome in REFUSALS for row in rows),
        identity_asked=sum(row.identity_asked for row in rows),
    )


def _late(rows: Iterable[YearRow], today: date) -> Iterable[bool]:
    return ((helsinki_date(row.answered_at) if row.answered_at else today) > row.promise for row in rows)
