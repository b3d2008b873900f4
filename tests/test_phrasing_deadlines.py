"""A derivation in words: every step a sentence, every date in it, every provision beside it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.phrasing import days
from inbox_agent.phrasing.deadlines import derivation, fallback
from inbox_agent.rules.deadlines import compute, suspension_fallback

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_easter_example_in_words() -> None:
    assert derivation(compute(date(2026, 3, 5))) == (
        "The request arrived on Thursday 5.3.2026; the day of arrival is not counted"
        " (Regulation 1182/71, article 3(1))",
        "The month ends on the same day of the next month, on Sunday 5.4.2026 (Regulation 1182/71, article 3(2)(c))",
        "Weekends and holidays within the month are counted (Regulation 1182/71, article 3(3))",
        "The answer is due without undue delay, on Sunday 5.4.2026 at the latest; this day is promised (Article 12(3))",
        "The last day would move to Tuesday 7.4.2026 (no working day: Sunday 5.4.2026 (Easter Sunday) and"
        " Monday 6.4.2026 (Easter Monday)); that day is a reserve, promised to nobody"
        " (Regulation 1182/71, article 3(4))",
        "The target is the last day before it with open offices, Thursday 2.4.2026 (closed: Friday 3.4.2026"
        " (Good Friday), Saturday 4.4.2026 and Sunday 5.4.2026 (Easter Sunday)) (our choice)",
        "An extension and its reasons must be told to the person at the latest on Sunday 5.4.2026 (Article 12(3))",
        "Extended, the time ends three months from the arrival, on Friday 5.6.2026 (Article 12(3))",
        "Counted as two more months from the end of the first, it ends on Friday 5.6.2026 (Article 12(3))",
        "Of the two the earlier is promised: Friday 5.6.2026 (our choice)",
        "Friday 5.6.2026 is a working day, so the last day does not move (Regulation 1182/71, article 3(4))",
        "The target is that same day, Friday 5.6.2026 (our choice)",
    )


def test_a_missing_day_number_is_explained() -> None:
    assert derivation(compute(date(2026, 1, 31)))[1] == (
        "The next month has no day 31, so the month ends on its last day, on Saturday 28.2.2026"
        " (Regulation 1182/71, article 3(2)(c))"
    )


def test_an_eve_is_explained() -> None:
    lines = derivation(compute(date(2026, 11, 24)))
    assert lines[4].startswith("Thursday 24.12.2026 (Christmas Eve) is a working day in law")
    assert "Wednesday 23.12.2026" in lines[5]


@given(DAYS)
def test_every_date_of_the_deadline_stands_in_its_derivation(received: date) -> None:
    deadline = compute(received)
    text = "\n".join(derivation(deadline))
    for due in (deadline.due, deadline.extension):
        for day in (due.promise, due.backstop, due.target):
            assert days.numeric(day) in text
    assert "{" not in text
    assert len(text.splitlines()) == len(deadline.steps)


def test_the_fallback_says_that_it_is_disputed() -> None:
    found = suspension_fallback(compute(date(2026, 3, 5)), date(2026, 3, 9), date(2026, 3, 19))
    assert found is not None
    said = fallback(found)
    assert "10 days" in said
    assert "on Wednesday 15.4.2026" in said
    assert "disputed" in said


@given(DAYS)
def test_a_day_is_the_same_in_every_form(day: date) -> None:
    """Weekday and date agree in the three forms that sentences need."""
    assert days.on(day) == f"on {days.named(day)}"
    assert days.to(day) == f"to {days.named(day)}"
    assert days.named(day) == f"{day:%A} {day.day}.{day.month}.{day.year}"
