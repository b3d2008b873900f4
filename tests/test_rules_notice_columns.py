"""Columns set with spaces are read as rows of cells, one register beside another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice.columns import columns

_TABLE = """
                  Asiakasrekisteri            Kamerarekisteri
Tarkoitus         Liittymis- ja käyttö-       Omaisuuden suojaami-
                  sopimusten hoito            nen myymälässä
Vastaanottajat    Laskuriihi Oy, perintä-     Poliisi
                  toimisto
Siirto EU:n       Ei siirretä                 Ei siirretä
ulkopuolelle
Säilytysaika      3 vuotta                    30 vuorokautta

Tietoja saa pyynnöstä, ja pyyntöön vastataan kuukauden kuluessa sen saapumisesta.
"""


def test_the_cells_of_several_columns_do_not_run_into_each_other() -> None:
    rows = columns(_TABLE.splitlines(), "|")
    assert "Asiakasrekisteri|Kamerarekisteri" in rows
    assert "Tarkoitus|Liittymis- ja käyttösopimusten hoito|Omaisuuden suojaaminen myymälässä" in rows
    assert "Vastaanottajat|Laskuriihi Oy, perintätoimisto|Poliisi" in rows
    assert "Siirto EU:n ulkopuolelle|Ei siirretä|Ei siirretä" in rows


def test_a_line_across_the_columns_stays_one_line() -> None:
    rows = columns(_TABLE.splitlines(), "|")
    assert rows[-1] == "Tietoja saa pyynnöstä, ja pyyntöön vastataan kuukauden kuluessa sen saapumisesta."


@given(st.lists(st.text(alphabet="ab \t", max_size=40), max_size=20))
def test_no_letter_is_lost_or_invented(lines: list[str]) -> None:
    told = "".join(columns(lines, "|"))
    assert sorted("".join(told.replace("|", "").split())) == sorted("".join("".join(lines).split()))


def test_two_languages_side_by_side_are_read_one_after_the_other() -> None:
    """A label and its value on either side make two texts, not a label beside its values."""
    both = (
        "Miksi: tilausten toimitus        Varför: leverans av beställningar",
        "Peruste: sopimus                 Grund: avtal",
        "Mistä: tilaajalta                Källa: beställaren",
        "Kenelle: Leipäkuljetus Oy        Till vem: Leipäkuljetus Oy",
    )
    told = columns(both, "|")
    assert told[:4] == [
        "Miksi: tilausten toimitus",
        "Peruste: sopimus",
        "Mistä: tilaajalta",
        "Kenelle: Leipäkuljetus Oy",
    ]
    assert told[-1] == "Till vem: Leipäkuljetus Oy"
