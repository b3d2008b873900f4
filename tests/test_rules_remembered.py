"""What is remembered is made once, and never grows beyond its bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.remembered import Remembered


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(2, 9))
def test_no_more_is_remembered_than_there_is_room_for(asked: list[int], most: int) -> None:
    """And whatever was forgotten is made anew: the answer is always that of the maker."""
    squares: Remembered[int, int] = Remembered(lambda one: one * one, most)
    for one in asked:
        assert squares[one] == one * one
        assert len(squares) <= most


def test_what_was_met_last_is_remembered() -> None:
    made: list[str] = []
    words: Remembered[str, str] = Remembered(lambda word: made.append(word) or word, 4)
    for word in ("a", "b", "c", "d", "e", "d", "e"):
        assert words[word] == word
    assert made == ["a", "b", "c", "d", "e"]
    assert "a" not in words
