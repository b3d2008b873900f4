"""Names of two words as the model keeps them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.pairs import Pairs, paired

_WORD = st.text("abå€", max_size=3)
_NAME = st.one_of(_WORD, st.builds("{} {}".format, _WORD, _WORD))


def in_order(names: set[str]) -> list[str]:
    """Names as the model has them."""
    return sorted(names, key=lambda name: name.split(" "))


@given(st.sets(_NAME))
def test_every_name_has_the_row_of_its_place(names: set[str]) -> None:
    """Single words and pairs alike, the empty word among them; and no other name has one."""
    wanted = in_order(names)
    pairs = Pairs.of(wanted)
    assert list(pairs) == wanted
    assert [pairs[name] for name in wanted] == list(range(len(wanted)))
    assert [name for name in ("a", "å b", " ", "", "zz", "a zz", "zz a") if name in pairs] == [
        name for name in ("a", "å b", " ", "", "zz", "a zz", "zz a") if name in names
    ]


@given(st.sets(_NAME))
def test_what_follows_a_word_is_found_with_its_row(names: set[str]) -> None:
    """The same rows by the first word; nothing behind a word that begins no pair."""
    pairs = Pairs.of(in_order(names))
    found = {f"{first} {second}": row for first in pairs.words for second, row in pairs.followers[first].items()}
    assert found == {name: row for name, row in pairs.items() if " " in name}
    assert pairs.followers["zz"] == {}


@given(st.sets(_NAME), st.binary(max_size=5), st.binary(max_size=5))
def test_pairs_survive_their_file(names: set[str], before: bytes, behind: bytes) -> None:
    """Whatever stands before and behind them in it."""
    pairs = Pairs.of(in_order(names))
    raw = before + pairs.packed() + behind
    again, ends = Pairs.unpacked(pairs.words, len(pairs), raw, len(before))
    assert again == pairs
    assert raw[ends:] == behind


def test_another_order_is_refused() -> None:
    """Rows that are not in the order of their words cannot be kept so."""
    with pytest.raises(ValueError, match="order"):
        paired({"b": 0, "a": 1})


def test_what_is_not_known_is_not_remembered() -> None:
    """A hostile mail of words never met does not fill the memory."""
    pairs = Pairs.of(["a b"])
    for number in range(100):
        assert pairs.followers[f"word{number}"] == {}
    assert len(pairs.followers) == 0
