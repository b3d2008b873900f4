"""A printed notice is one text: pages, running heads and words broken at a line's end leave nothing behind."""

from __future__ import annotations

import textwrap
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice.columns import columns
from inbox_agent.rules.notice.page import plain
from inbox_agent.rules.notice.printed import unbroken, unpaged
from inbox_agent.rules.notice.reader import facts, read
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


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        (Topic.SOURCES, "Mistä meidät löytää"),
        (Topic.CONTROLLER, "Kuka vastaa kysymyksiini?"),
        (Topic.CONTROLLER, "Vem ansvarar för vad"),
        (Topic.RECIPIENTS, "Kenelle annan tietoni?"),
        (Topic.RECIPIENTS, "Kuka auttaa, jos on kysyttävää?"),
    ],
)
def test_a_heading_is_not_about_what_it_only_resembles(topic: Topic, heading: str) -> None:
    assert topic not in topics_of(heading)


_ONE_LINE_EACH = """Tietosuojaseloste

Rekisterinpitäjä

Kauppakeskus Tuulenhelma Kiinteistö Oy vastaa asiakkaiden tiedoista, ja sen osoite on Tuulikatu 1, 40100 Jyväskylä.

Tarkoitus ja peruste

Käsittelemme asiakkaiden tietoja tilausten toimittamiseksi ja laskuttamiseksi, ja se perustuu asiakkaan sopimukseen.

Vastaanottajat

Laskut tulostaa ja postittaa Postiliuska Oy, ja kirjanpidon hoitaa lukuumme Tilitoimisto Helmitase Oy Jyväskylästä.

Säilytysaika

Tiedot poistetaan kahden vuoden kuluttua siitä, kun asiakkuus on päättynyt, ja tositteet kuuden vuoden kuluttua.
"""


@pytest.mark.parametrize("width", [34, 44, 60, 72])
def test_a_margin_changes_nothing_that_is_read(width: int) -> None:
    """Names, clauses and lists that a narrow column breaks over lines are read as if they were not."""
    narrow = "\n".join(textwrap.fill(line, width) if line else "" for line in _ONE_LINE_EACH.splitlines())
    whole = {name: field.value for name, field in facts(read(_ONE_LINE_EACH)).items()}
    assert {name: field.value for name, field in facts(read(narrow)).items()} == whole


def test_a_text_set_in_as_a_whole_is_read_as_if_it_were_not() -> None:
    assert plain(textwrap.indent(_ONE_LINE_EACH, " " * 6)) == plain(_ONE_LINE_EACH)


def test_preformatted_text_keeps_its_columns() -> None:
    rows = ("Rekisterinpitäjä    Kelmu Oy", "Yhteyshenkilö       Aino", "Tietolähteet        Asiakas")
    form = "\n".join((*rows, "Säilytysaika        Vuosi", ""))
    assert plain(f"<html><body><pre>{form}</pre></body></html>").split() == plain(form).split()


def test_addresses_and_lists_stay_apart_where_a_text_has_a_margin() -> None:
    prose = (
        "Tiedot saadaan asiakkaalta itseltään ja hänen\nluvallaan hänen työnantajaltaan tai muulta\ntaholta.\n\n" * 6
    )
    own = ("Kelmu Oy, asiakaspalvelu ja tilaukset Turku", "Y-tunnus 9100017-9")
    lines = "\n".join((*own, "- asiakas, jonka tilaus on vielä kesken oleva", "- muu", ""))
    told = plain(f"{prose}{lines}").splitlines()
    assert told[-4:] == lines.splitlines()
