"""A printed notice is one text: pages, running heads and words broken at a line's end leave nothing behind."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice.columns import columns
from inbox_agent.rules.notice.page import plain
from inbox_agent.rules.notice.printed import unbroken, unpaged
from inbox_agent.rules.notice.topics import RIGHTS, Topic, topics_of
from tests.notice_corpus import FOLDER

_PAGES = """Kelmu Oy                       Tietosuojaseloste
Asiakkaat                      10.12.2025

1 Rekisterinpitäjä
Kelmu Oy

Kelmu Oy                                          1 (2)
-------------------------------------------------------
Kelmu Oy                       Tietosuojaseloste
Asiakkaat                      10.12.2025

2 Säilytysaika
Vuosi.

Kelmu Oy                                          2 (2)
"""


def test_what_heads_and_ends_every_page_is_told_once() -> None:
    told = [line for line in unpaged(_PAGES.splitlines()) if line.strip()]
    assert [line.split()[0] for line in told] == ["Kelmu", "Asiakkaat", "1", "Kelmu", "2", "Vuosi."]


def test_a_page_foot_that_names_who_else_is_named_nowhere_is_kept_at_the_head() -> None:
    text = "Tietosuojaseloste\n\nVuosi.\n\na\nb\nc\nKelmu Oy     1 (2)\n\nKaksi.\n\nKelmu Oy     2 (2)\n"
    assert unpaged(text.splitlines())[0] == "Kelmu Oy"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("1 Rekisterin-\npitäjä\nKelmu Oy", "1 Rekisterinpitäjä"),
        ("3 Tarkoitus ja oi-\nkeusperuste\nTilausten toimittaminen", "3 Tarkoitus ja oikeusperuste"),
        ("7. Säilytys-\najat", "7. Säilytysajat"),
        ("5. Uppgifts-\nkällor\nDu själv", "5. Uppgiftskällor"),
    ],
)
def test_a_heading_broken_within_a_word_is_whole(broken: str, whole: str) -> None:
    assert unbroken(broken.splitlines())[0] == whole


@pytest.mark.parametrize(
    "prose", ["4 kuukautta vuok-\nrasuhteen päättymisestä.", "1. Asiakas- ja\nmarkkinointirekisteri"]
)
def test_prose_and_pairs_are_left_as_they_are(prose: str) -> None:
    assert unbroken(prose.splitlines()) == prose.splitlines()


@given(st.lists(st.text(alphabet="ab- 1.(2)\u00e4", max_size=12)))
def test_no_letter_of_a_heading_is_lost(lines: list[str]) -> None:
    letters = "".join("".join(lines).split()).replace("-", "")
    assert "".join("".join(unbroken(lines)).split()).replace("-", "") == letters


def test_two_languages_side_by_side_are_two_texts() -> None:
    """Where headings of the same stand beside each other, the columns are no table."""
    lines = [
        "Rekisterinpitäjä          Controller",
        "Kelmu Oy                  Kelmu Oy",
        "Tietolähteet              Sources",
        "Asiakas itse.             The customer.",
        "Vastaanottajat            Recipients",
        "Posti Oyj.                Posti Oyj.",
        "Säilytysaika              Retention",
        "Vuosi.                    One year.",
    ]
    assert columns(lines, "|") == [*(line[:26].rstrip() for line in lines), "", *(line[26:] for line in lines)]


def test_a_cell_that_a_word_processor_fills_with_a_paragraph_is_one_cell() -> None:
    rows = "".join(
        f"<tr><td width=1><p class=MsoNormal><b>{label}<o:p></o:p></b></p></td><td><p>{told}</p></td></tr>"
        for label, told in (("Rekisterinpitäjä", "Kelmu Oy"), ("Tietolähteet", "Asiakas"))
    )
    told = plain(f"<html><body><p>Henkilötiedot</p><table>{rows}</table></body></html>")
    assert [line.split("\ue001")[-1] for line in told.splitlines() if "Kelmu" in line] == ["Kelmu Oy"]


_HEADINGS = tomllib.loads((FOLDER / "headings.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("topic", "heading"), [(topic, each) for topic, held in _HEADINGS.items() for each in held])
def test_a_heading_is_known_in_whatever_words(topic: str, heading: str) -> None:
    about = topics_of(heading)
    assert Topic(topic) in about or (Topic(topic) in RIGHTS and about & {Topic.RIGHTS, Topic.REQUEST})
