"""An answer to whoever speaks for another tells whose data it is, and never calls it the reader's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import VOICES, Specimen, specimens
from replies.drafting import compose
from replies.errors import MissingFacts
from replies.linter import lint
from state.model import Letter

OF_OWN_DATA = {Letter.AUTHORITY_QUESTION, Letter.NOT_A_REQUEST, Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE}


def letters(language: str, form: str) -> list[Specimen]:
    """Every letter of the album as its reader would get it who speaks for another."""
    found = (one for one in specimens(language, form) if one.context.letter not in OF_OWN_DATA)
    return [replace(one, context=replace(one.context, represented=True)) for one in found]


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_no_letter_calls_the_data_its_readers_own(language: str, form: str) -> None:
    """Every right with every outcome, every ground, every scope; and each answer names whose data it is (C6)."""
    for specimen in letters(language, form):
        text = specimen.text
        codes = {one.code for one in lint(text.body, text.subject, specimen.context)}
        assert "taken_for_the_reader" not in codes, (specimen.title, text.body)
        assert ("Eetu Esimerkki" in text.body) is (specimen.context.letter is Letter.OUTCOME), specimen.title


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_the_same_letter_to_the_person_themselves_is_caught_where_another_reads_it(language: str, form: str) -> None:
    """What a person writes into it too: the words that address the data subject are an error."""
    [own] = [one for one in specimens(language, form) if one.title == "access granted"]
    text = own.text
    found = lint(text.body, text.subject, replace(own.context, represented=True))
    assert "taken_for_the_reader" in {one.code for one in found}
    assert "taken_for_the_reader" not in {one.code for one in lint(text.body, text.subject, own.context)}


def test_an_answer_about_nobody_is_not_written() -> None:
    """Whose data it is, is asked once, of the right that comes first."""
    [own] = [one for one in specimens("fi", "te") if one.title == "access granted"]
    facts = {name: said for name, said in own.context.parts[0].facts.items() if name != "data_subject"}
    unnamed = replace(own.context, represented=True, parts=(replace(own.context.parts[0], facts=facts),))
    with pytest.raises(MissingFacts) as caught:
        compose(unnamed)
    assert caught.value.names == ("access.data_subject",)


@pytest.mark.parametrize(
    ("language", "form", "lives"),
    [
        ("fi", "te", "jossa hän asuu tai työskentelee"),
        ("fi", "sina", "jossa hän asuu tai työskentelee"),
        ("sv", "te", "där personen bor eller arbetar"),
        ("en", "te", "where that person lives or works"),
    ],
)
def test_another_authority_is_that_of_where_the_data_subject_lives(language: str, form: str, lives: str) -> None:
    """Not of where whoever speaks for them does (GDPR 77(1)); to the person themselves it stays their own."""
    told = [one.text.body for one in letters(language, form)]
    assert any(lives in body for body in told)
    own = ["jossa asutte", "jossa asut ", "där du bor", "where you live"]
    assert not any(words in body for body in told for words in own)
    assert not any(lives in one.text.body for one in specimens(language, form) if not one.context.represented)


@pytest.mark.parametrize(
    ("language", "form", "sorry", "exercised"),
    [
        ("fi", "te", "Otamme osaa.", ("kieltonne", "kieltonsa", "kieltää", "Jos saatte")),
        ("fi", "sina", "Otamme osaa.", ("kieltosi", "kieltonsa", "kieltää", "Jos saat")),
        ("sv", "te", "Vi beklagar sorgen.", ("förbud", "Om du får")),
        ("en", "te", "Please accept our condolences.", ("objection", "If you receive")),
    ],
)
def test_one_who_has_died_forbids_nothing(language: str, form: str, sorry: str, exercised: tuple[str, ...]) -> None:
    """Whoever tells of a death is not answered as if the dead exercised a right (GDPR recital 27): marketing ends, and
    no complaint of theirs is offered.
    """
    told = [one for one in specimens(language, form) if one.context.deceased]
    assert len(told) == 2
    for specimen in told:
        text = specimen.text
        assert sorry in text.body
        assert not any(words in text.body for words in (*exercised, "77", "tietosuoja.fi", "dataskydd.fi"))
        assert lint(text.body, text.subject, specimen.context) == ()
