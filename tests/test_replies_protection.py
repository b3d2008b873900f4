"""Whoever has a turvakielto: no address, town or number of theirs in any letter, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies import protection
from replies.album import specimens
from replies.drafting import compose
from replies.linter import lint
from replies.wording import Severity
from state.model import Letter

WHEREABOUTS = [
    "Mallikatu 12",
    "Mannerheimintie 3 B 14",
    "Itä-Hakkilantie 7",
    "Storgatan 5 A 2",
    "PL 123",
    "00100 Helsinki",
    "FI-20500 Turku",
    "040 123 4567",
    "+358 40 123 4567",
    "0401234567",
    "09 1234 5678",
]
HARMLESS = [
    "Asia 2026-0007",
    "vastaamme viimeistään su 5.4.2026",
    "tietosuoja-asetuksen 12 artiklan 3 kohta",
    "koodi K7QM-4XT9-2RPA",
    "Y-tunnus 1234567-1",
    "säilytämme 10 vuotta ja 31.12.2035 asti",
    "saldo 1 250,00 euroa",
]


@pytest.mark.parametrize("where", WHEREABOUTS)
def test_addresses_towns_and_numbers_are_masked(where: str) -> None:
    assert protection.masked(f"Osoite on {where}, kiitos.") == f"Osoite on {protection.MASK}, kiitos."


@pytest.mark.parametrize("text", HARMLESS)
def test_what_every_letter_says_is_left_alone(text: str) -> None:
    assert protection.masked(text) == text


@given(st.text(max_size=500))
def test_nothing_is_left_after_masking(text: str) -> None:
    assert list(protection.places(protection.masked(text))) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_letter_of_the_album_tells_where_a_protected_person_is(language: str) -> None:
    """Our own address and the ombudsman's stand in it all the same, and are no finding."""
    for specimen in specimens(language, "te"):
        context = replace(specimen.context, protected=True)
        letter = compose(context)
        if specimen.context.letter is not Letter.OUTCOME:
            assert letter == compose(specimen.context) or protection.MASK in letter.body
        found = lint(letter.body, letter.subject, context)
        assert "protected_person" in {finding.code for finding in found}
        assert [finding for finding in found if finding.code == "protected_address"] == []


def test_facts_are_masked_and_what_a_person_types_is_an_error() -> None:
    specimen = next(one for one in specimens("fi", "te") if one.context.letter is Letter.OUTCOME)
    [part] = specimen.context.parts
    facts = {**part.facts, "contents": "Mallikatu 12, 00100 Helsinki", "categories": "puhelin 040 123 4567"}
    context = replace(specimen.context, protected=True, parts=(replace(part, facts=facts),))
    body = compose(context).body
    assert "Mallikatu" not in body
    assert "040 123 4567" not in body
    [found] = [one for one in lint(f"{body}\nMallikatu 12", "Asia 2026-0007", context) if "address" in one.code]
    assert (found.code, found.severity) == ("protected_address", Severity.ERROR)
