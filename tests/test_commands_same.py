"""Which readings of a line LABELS.md of the lines takes for one, and which it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands_same import same


def outcome(**facts: object) -> dict[str, Any]:
    return {"outcomes": [{"outcome": "granted", **facts}]}


def test_a_right_that_is_not_labelled_may_be_the_one_whose_deed_is_told() -> None:
    assert same(outcome(), outcome(right="erasure"), "tyhjättiin kaikki")
    assert not same(outcome(), outcome(right="erasure"), "kyllä tälle")


def test_a_right_that_is_labelled_must_come() -> None:
    assert not same(outcome(right="erasure"), outcome(), "tyhjättiin kaikki")


def test_the_right_of_each_of_several_outcomes_must_be_as_labelled() -> None:
    wanted = {"outcomes": [{"outcome": "granted"}, {"outcome": "refused", "right": "access"}]}
    got = {"outcomes": [{"outcome": "granted", "right": "erasure"}, {"outcome": "refused", "right": "access"}]}
    assert not same(wanted, got, "poistettu, tietoja ei anneta")


@pytest.mark.parametrize(
    ("wanted", "got", "is_same"),
    [
        ({}, {"lawful": True}, True),
        ({}, {"lawful": False}, False),
        ({}, {"lawful": None}, False),
        ({"lawful": None}, {"lawful": None}, True),
        ({"lawful": None}, {}, False),
        ({"lawful": False}, {"lawful": None}, False),
    ],
)
def test_a_warning_comes_where_it_is_labelled_and_nowhere_else(
    wanted: dict[str, Any], got: dict[str, Any], is_same: bool
) -> None:
    assert same(wanted, got, "hylkää") is is_same


def test_what_is_asked_tells_by_the_words_that_carry_it() -> None:
    assert same({"about": "mikä hoitojakso"}, {"about": "mitä hoitojaksoa hän tarkoittaa"}, "")
    assert not same({"about": "mikä hoitojakso"}, {"about": "mitä laskua hän tarkoittaa"}, "")


def test_that_a_human_decided_has_two_names_against_an_automated_decision_alone() -> None:
    """Portability, too, is refused for what is not automated, which is another ground."""
    decided, automated = (
        {"right": "automated_decision", "ground": name} for name in ("human_decided", "not_automated")
    )
    assert same(automated, decided, "")
    assert not same({**automated, "right": "portability"}, {**decided, "right": "portability"}, "")


def test_a_question_that_asks_nothing_but_which_data_may_be_left_out() -> None:
    """The letter asks that anyway; one that names a thing must come."""
    assert same({}, {"about": "mitä tietoja hän tarkoittaa"}, "")
    assert not same({}, {"about": "mitä laskuja hän tarkoittaa"}, "")
    assert not same({"about": "mitä laskuja"}, {}, "")


def test_what_is_wrong_is_of_rectification_whichever_of_the_two_tells_it() -> None:
    both = {"right": "rectification", "about": "mikä osoitteessa on väärin"}
    assert same({"about": "mikä osoitteessa on väärin"}, both, "")
    assert same({"right": "rectification"}, both, "")
    assert not same({"about": "mikä osoitteessa on väärin"}, {"right": "rectification"}, "")


def test_a_passage_is_one_with_or_without_its_kind() -> None:
    taken, other = ({"change": "remove", "value": value} for value in ("kappale evästeistä", "kappale kameroista"))
    assert same({"change": "remove", "value": "evästeet"}, taken, "")
    assert not same({"change": "remove", "value": "evästeet"}, other, "")
    assert not same({"change": "add", "value": "evästeet"}, {**taken, "change": "add"}, "")
