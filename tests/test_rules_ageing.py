"""Facts that age: each says when it was checked, and none is forgotten for more than a year unnoticed."""

from __future__ import annotations

from datetime import date, timedelta

from inbox_agent.errors import CheckedFact, FactsAged
from inbox_agent.phrasing.errors import phrase
from inbox_agent.rules import ageing


def test_every_fact_has_a_source_a_check_and_a_name_in_words() -> None:
    known = ageing.facts()

    assert {fact.name for fact in known} == {"ombudsman", "holidays", "accounting", "transfers", "authorities"}
    assert all(fact.source and fact.checked_on >= date(2026, 1, 1) for fact in known)
    assert all(not line.startswith(f"{fact.name}:") for fact in known for line in phrase(FactsAged([fact])))


def test_a_check_counts_for_a_year() -> None:
    fact = CheckedFact("ombudsman", date(2026, 3, 30), "tietosuoja.example")

    assert ageing.aged((fact,), fact.checked_on + ageing.YEAR) == ()
    assert ageing.aged((fact,), fact.checked_on + ageing.YEAR + timedelta(days=1)) == (fact,)


def test_each_aged_fact_is_told_with_its_source() -> None:
    told = phrase(FactsAged(ageing.facts()))

    assert all(any(fact.source in line for line in told) for fact in ageing.facts())
