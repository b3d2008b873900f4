"""Answers of one letter that go against each other are decided as data, before and after the letter is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.linter import lint
from replies.pairs import fits
from replies.together import apart
from replies.wording import Severity
from state.model import Outcome, RequestKind

K, E = RequestKind, Outcome

AGAINST = [
    ((K.ACCESS, E.GRANTED), (K.ERASURE, E.NO_DATA)),
    ((K.ACCESS, E.NO_DATA), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.ART11), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.PARTLY)),
    ((K.ACCESS, E.NO_DATA), (K.RECTIFICATION, E.REFUSED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.NO_DATA)),
    ((K.OBJECTION, E.GRANTED), (K.ACCESS, E.NO_DATA)),
]
BESIDE = [
    ((K.ACCESS, E.NO_DATA), (K.ERASURE, E.NO_DATA)),
    ((K.ACCESS, E.GRANTED), (K.ERASURE, E.REFUSED)),
    ((K.ACCESS, E.NO_DATA), (K.MARKETING_OBJECTION, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.MARKETING_OBJECTION, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.CONSENT_WITHDRAWAL, E.GRANTED)),
    ((K.ACCESS, E.GRANTED), (K.MARKETING_OBJECTION, E.NO_DATA)),
    ((K.ACCESS, E.GRANTED), (K.AUTOMATED_DECISION, E.NO_DATA)),
    ((K.ACCESS, E.FORWARDED), (K.ERASURE, E.GRANTED)),
]


@pytest.mark.parametrize(("one", "other"), AGAINST)
def test_what_one_answer_denies_no_other_speaks_of(one: tuple[K, E], other: tuple[K, E]) -> None:
    """Who is not identified, whose data cannot be told from others', and of whom none is held gets nothing else."""
    assert apart([one, other]) == (one, other)
    assert apart([other, one]) == (other, one)


@pytest.mark.parametrize(("one", "other"), BESIDE)
def test_answers_that_are_true_together_stand_together(one: tuple[K, E], other: tuple[K, E]) -> None:
    assert apart([one, other]) is None


def test_no_answer_goes_against_itself() -> None:
    """The same outcome of two rights never does."""
    for first, second, outcome in product(K, K, E):
        if first is not second and fits(first, outcome) and fits(second, outcome):
            assert apart([(first, outcome), (second, outcome)]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_whose_answers_deny_each_other_has_an_error(language: str) -> None:
    """However it came to be: the letter is read as it is about to be approved."""
    album = {one.title: one.context for one in specimens(language, "te")}
    given = album["access granted"]
    for title, found in (("erasure no_data", {"answers_apart"}), ("erasure refused legal_claim", set())):
        context = replace(given, parts=(*given.parts, *album[title].parts))
        text = compose(context)
        said = lint(text.body, text.subject, context)
        assert {one.code for one in said if one.severity is Severity.ERROR} == found
