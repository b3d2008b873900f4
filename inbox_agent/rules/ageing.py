"""Facts about the world that the program repeats and that age, and which of them somebody should look at again.

Owns the list of them. Refuses to know the facts themselves: each stands in its own data, with the day of its check.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib import resources

from inbox_agent.errors import CheckedFact
from inbox_agent.rules import calendar_fi
from replies.authority import ombudsman

YEAR = timedelta(days=366)
"""An older check is worth another (our choice)."""


def facts() -> tuple[CheckedFact, ...]:
    """Every fact that ages, with its check and its source."""
    office, holidays = ombudsman("fi"), calendar_fi.statute()
    text = resources.files("inbox_agent").joinpath("lexicon/facts.toml").read_text(encoding="utf-8")
    return (
        CheckedFact("ombudsman", office.checked_on, office.source),
        CheckedFact("holidays", holidays.checked_on, holidays.source),
        *(CheckedFact(name, entry["checked_on"], entry["source"]) for name, entry in tomllib.loads(text).items()),
    )


def aged(known: tuple[CheckedFact, ...], today: date) -> tuple[CheckedFact, ...]:
    """Those whose check is more than a year old."""
    return tuple(fact for fact in known if today - fact.checked_on > YEAR)
