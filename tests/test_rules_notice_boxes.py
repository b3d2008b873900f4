"""The old form's numbered boxes, with labels broken over lines, are read as the form that they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice.boxes import boxes
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.reader import facts, read
from inbox_agent.rules.notice.signs import HEAD

IN_THE_MARGIN = """
                              REKISTERISELOSTE

1a        Nimi
Rekisterin-    Kalapaikan Soutajat ry
pitäjä         Y-tunnus 9100017-9
          Osoite
               Rantatie 4, 83900 Juuka

2         Nimi
Yhteys-        Sihteeri Aino Vesaranta
henkilö   Osoite
rekisteriä     Mäkitie 3, 83900 Juuka
koskevissa Muut yhteystiedot
asioissa       puh. 0400 000 941, aino@soutajat.example

3
Rekisterin     Jäsen- ja veneluettelo
nimi

4              Jäsenmaksujen laskutus, vene-
Henkilö-       paikkojen jakaminen ja talkoista
tietojen       tiedottaminen.
käsittelyn
tarkoitus

5              Jäsen itse liittyessään.
Säännön-
mukaiset
tietolähteet

6              Ei siirretä.
Siirto
EU:n tai ETA:n
ulkopuolelle
"""

BELOW_THE_NUMBER = """REKISTERISELOSTE

1
Rekisterin-
pitäjä
Kalapaikan Soutajat ry
Y-tunnus 9100017-9
Rantatie 4, 83900 Juuka
2
Yhteys-
henkilö
rekisteriä
koskevissa
asioissa
Aino Vesaranta
0400 000 941
aino@soutajat.example
3
Rekisterin
nimi
Jäsen- ja veneluettelo
4
Henkilötietojen
käsittelyn
tarkoitus
Jäsenmaksujen laskutus, vene-
paikkojen jakaminen ja talkoista tiedottaminen.
5
Säännönmukaiset
tietolähteet
Jäsen itse liittyessään.
6
Siirto
EU:n tai ETA:n
ulkopuolelle
Ei siirretä.
"""


def reading(text: str) -> Facts:
    return facts(read(text))


@pytest.mark.parametrize("form", [IN_THE_MARGIN, BELOW_THE_NUMBER], ids=["in the margin", "below the number"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        (Name.CONTROLLERS, ("Kalapaikan Soutajat ry",)),
        (Name.BUSINESS_ID, "9100017-9"),
        (Name.ADDRESS, "Rantatie 4, 83900 Juuka"),
        (Name.CONTACT_NAME, "Aino Vesaranta"),
        (Name.CONTACT_EMAIL, "aino@soutajat.example"),
        (Name.CONTACT_PHONE, "0400 000 941"),
        (Name.REGISTER_NAMES, ("Jäsen- ja veneluettelo",)),
        (Name.PURPOSES, "Jäsenmaksujen laskutus, venepaikkojen jakaminen ja talkoista tiedottaminen."),
        (Name.SOURCES, "Jäsen itse liittyessään."),
        (Name.TRANSFER, "no"),
    ],
)
def test_a_label_that_is_broken_over_lines_heads_what_stands_beside_or_below_it(
    form: str, name: Name, value: object
) -> None:
    assert reading(form)[name].value == value


def test_a_label_may_fill_its_margin_to_the_last_column() -> None:
    told = reading(
        IN_THE_MARGIN
        + """
7         Jäsen saa tarkastaa tietonsa. Pyyntö lähetetään
Tarkastus- allekirjoitettuna seuran osoitteeseen.
oikeus
"""
    )

    assert told[Name.SIGNATURE_REQUIRED].value is True


def test_the_rows_of_an_outer_table_go_on_behind_one_within_a_cell() -> None:
    told = reading(
        "<table><tr><td><b>Rekisterinpitäjä</b></td><td>Kelmu Oy</td></tr>"
        "<tr><td><b>Tietojen luovutukset</b></td><td><table><tr><th>Kenelle</th><th>Mitä</th></tr>"
        "<tr><td>Luku Oy</td><td>laskut</td></tr></table></td></tr>"
        "<tr><td><b>Siirto EU:n ulkopuolelle</b></td><td>Ei.</td></tr></table>"
    )

    assert told[Name.RECIPIENTS].value == ("Luku Oy",)
    assert told[Name.TRANSFER].value == "no"


def test_a_heading_that_bears_its_number_on_its_own_line_is_no_box() -> None:
    lines = ["1. Rekisterinpitäjä", "Kelmu Oy", "2. Yhteyshenkilö", "Aino Vesaranta", "3", "4", "5 vuotta"]

    assert boxes(lines, HEAD) == lines


@given(st.lists(st.text(alphabet="123456 -äRekistrnpthjö", max_size=30), max_size=30))
def test_no_letter_of_any_text_is_lost(lines: list[str]) -> None:
    """Whatever is taken for a box, its words come out of it."""
    told = "".join(boxes(lines, HEAD)).replace(HEAD, "")

    assert sorted(filter(str.isalpha, told)) == sorted(filter(str.isalpha, "".join(lines)))
