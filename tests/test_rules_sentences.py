"""A sentence is taken out by its words: exactly one, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.sentences import without

BODY = "Hyvä Aino\n\nOlemme saaneet pyyntönne 22.10.2026. Vastaamme pian. Kiitos!\n\nTerveisin\nHelmi\n"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("vastaamme", "Hyvä Aino\n\nOlemme saaneet pyyntönne 22.10.2026. Kiitos!\n\nTerveisin\nHelmi\n"),
        ("lause: saaneet", "Hyvä Aino\n\nVastaamme pian. Kiitos!\n\nTerveisin\nHelmi\n"),
        ("terveisin", "Hyvä Aino\n\nOlemme saaneet pyyntönne 22.10.2026. Vastaamme pian. Kiitos!\n\nHelmi\n"),
    ],
)
def test_the_one_sentence_that_was_named_goes(said: str, left: str) -> None:
    assert without(BODY, said) == left


@pytest.mark.parametrize("said", ["", "lause", "banaani", "on", "vastaamme kiitos"])
def test_where_none_or_several_are_meant_nothing_goes(said: str) -> None:
    assert without(BODY, said) is None


@given(st.text("aAbcö. !?\n", max_size=80), st.text("abcö ", max_size=12))
def test_nothing_is_added(body: str, said: str) -> None:
    """What is left was there, in its order."""
    left = without(body, said)
    if left is not None:
        letters = iter(body)
        assert all(letter in letters for letter in left if not letter.isspace())
