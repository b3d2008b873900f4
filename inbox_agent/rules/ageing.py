"""Facts about the world that the program repeats and that age, and which of them somebody should look at again.

Owns the list of them. Refuses to know the facts themselves: each stands in its own data, with the day of its check.
"""

from __future__ import annotations

from datetime import date, timedelta

from inbox_agent.errors import CheckedFact
from inbox_agent.rules import calendar_fi
from inbox_agent.rules.lexicon_files import table
from replies.authority import ombudsman

YEAR = timedelta(days=366)
"""An older check is worth another (our choice)."""


def facts() -> tuple[CheckedFact, ...]:
    """Every fact that ages, with its check and its source."""
    office, holidays = ombudsman("fi"), calendar_fi.statute()
    return (
        CheckedFact("ombudsman", office.checked_on, office.source),
        CheckedFact("holidays", holidays.checked_on, holidays.source),
        *(CheckedFact(name, entry["checked_on"], entry["source"]) for name, entry in table("facts.toml").items()),
    )


def aged(known: tuple[CheckedFact, ...], today: date) -> tuple[CheckedFact, ...]:
    """Those whose check is more than a year old."""
    return tuple(fact for fact in known if today - fact.checked_on > YEAR)
