"""Shapes and turns of phrase in which notices come: drawn tables, quoted summaries, bent names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice.drawn import tables
from inbox_agent.rules.notice.facts import Facts, Name, Value
from inbox_agent.rules.notice.linter import lint
from inbox_agent.rules.notice.reader import facts, read
from inbox_agent.rules.notice.topics import topics_of

FORM = """
+------------------------+--------------------------------------+
| 1. Rekisterinpitäjä    | Veneveistämö Sorvi Oy                |
|                        | Satamatie 4, 65800 Raippaluoto       |
+------------------------+--------------------------------------+
| 2. Yhteyshenkilö       | Aino Vesaranta                       |
| rekisteriä koskevissa  | aino@sorvi.example                   |
| asioissa               |                                      |
+------------------------+--------------------------------------+
| 3. Muuta               | Veneet talvehtivat hallissa.         |
+------------------------+--------------------------------------+
"""


def reading(text: str) -> Facts:
    return facts(read(text))


ABOVE = "Tietosuojaseloste\n\nRekisterinpitäjä\nPuoti Oy\n\nTietolähteet\nAsiakas.\n\nVastaanottajat\nPosti Oy"


def codes(text: str) -> set[str]:
    """What is found in a notice; a few lines alone would be none."""
    document = read(f"{ABOVE}\n\n{text}")
    return {finding.code for finding in lint(document, facts(document))}


UNFRAMED = """
Rekisterinpitäjä       | Veneveistämö Sorvi Oy
                       | Satamatie 4, 65800 Raippaluoto
-----------------------------------------------------
Yhteyshenkilö          | Aino Vesaranta
rekisteriä koskevissa  | aino@sorvi.example
asioissa               |
-----------------------------------------------------
Muuta                  | Veneet talvehtivat hallissa.
-----------------------------------------------------
"""


@pytest.mark.parametrize("form", [FORM, FORM.replace("|", "│"), UNFRAMED])
def test_a_drawn_table_is_read_row_by_row(form: str) -> None:
    """A label broken over lines is one, and a value keeps its lines."""
    told = reading(form)
    assert told[Name.CONTROLLERS].value == ("Veneveistämö Sorvi Oy",)
    assert told[Name.ADDRESS].value == "Satamatie 4, 65800 Raippaluoto"
    assert told[Name.CONTACT_NAME].value == "Aino Vesaranta"
    assert told[Name.CONTACT_EMAIL].value == "aino@sorvi.example"


def test_what_a_drawn_table_labels_is_a_heading() -> None:
    """Be it about something known or not: it ends what stands above it."""
    headings = [section.heading for section in read(FORM).sections]
    assert headings == ["", "Rekisterinpitäjä", "Yhteyshenkilö rekisteriä koskevissa asioissa", "Muuta"]


def test_a_table_of_one_line_a_row_is_left_as_it_is() -> None:
    rows = ["| Mikä | Kuka |", "|------|------|", "| Laskut | Tilitoimisto Tase Oy |", "", "Luvut a | b ja c | d."]
    assert tables(rows, "¤", "#") == rows


@given(st.lists(st.text(alphabet="ab |+-", max_size=30), max_size=20))
def test_no_letter_of_a_drawn_table_is_lost_or_invented(lines: list[str]) -> None:
    told = "".join(tables(lines, "¤", "#"))
    assert sorted(filter(str.isalpha, told)) == sorted(filter(str.isalpha, "".join(lines)))


@pytest.mark.parametrize("heading", ["3. Rekisteri", "3 Rekisteri", "III. Rekisteri", "C) Rekisteri"])
def test_a_number_hides_no_heading(heading: str) -> None:
    assert topics_of(heading) == topics_of("Rekisteri") != frozenset()


def test_a_quoted_summary_stands_in_its_section() -> None:
    """Of helpers that are only counted nobody is named, nor by where they are and what they do."""
    text = """
## 1 Who runs the app

> **In short:** Kiuas & Kajo Oy, a small company in Tampere.

## 2 Who gets it

> **In short:** three helpers. No advertisers.

- **Pilvilampi Hosting Oy**, Finland: servers
- **Crashpanda Inc.**, United States: crash reports
"""
    assert reading(text)[Name.CONTROLLERS].value == ("Kiuas & Kajo Oy",)
    assert reading(text)[Name.RECIPIENTS].value == ("Pilvilampi Hosting Oy", "Crashpanda Inc")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ota yhteyttä Maija Virtaseen", "Maija Virtanen"),
        ("kirjoita Matti Mäkelälle", "Matti Mäkelä"),
        ("ota yhteyttä Aino Mäkelään", "Aino Mäkelä"),
        ("soita Aino Korpiselle", "Aino Korpinen"),
        ("yhteyshenkilönä on Leena Illelle", "Leena Illelle"),
    ],
)
def test_a_contact_person_is_called_by_their_name(written: str, name: str) -> None:
    text = f"Rekisterinpitäjä: Puoti Oy\n\nYhteyshenkilö\nRekisteriä koskevissa asioissa {written}.\n"
    assert reading(text)[Name.CONTACT_NAME].value == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Puoti kaiken Maailman Oy", "Puoti kaiken Maailman Oy"),
        ("Ateljé Barnen på Ön Ab", "Ateljé Barnen på Ön Ab"),
        ("Tiedoistanne vastaa Hautaustoimisto Ilta Oy", "Hautaustoimisto Ilta Oy"),
        ("Yhtiön nimi on Tase Oy", "Tase Oy"),
    ],
)
def test_a_small_word_within_a_name_is_told_from_a_sentence(line: str, name: str) -> None:
    assert reading(f"Rekisterinpitäjä\n{line}, Kauppakatu 3, 33100 Tampere\n")[Name.CONTROLLERS].value == (name,)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Name.FEE_CLAUSE, "Oikeutesi\nSaat kopion tiedoistasi. Maksua ei ole.", "Maksua ei ole."),
        (Name.FEE_CLAUSE, "Mitä se maksaa?\nEi mitään, vaikka kysyisit usein.", "Ei mitään, vaikka kysyisit usein."),
        (
            Name.IDENTITY_CLAUSE,
            "Pitääkö minun todistaa, kuka olen?\nYleensä ei. Jos epäilen lähettäjää, soitan sinulle.",
            "Yleensä ei. Jos epäilen lähettäjää, soitan sinulle.",
        ),
        (Name.REGISTER_NAMES, "Luettelon nimi on vanhan tavan mukaan Jäsenkortisto.", ("Jäsenkortisto",)),
        (Name.REGISTER_NAMES, "Rekisteri\nKamerarekisteri. Kuvassa on ulko-ovi.", ("Kamerarekisteri",)),
        (Name.REGISTER_NAMES, "Rekisterin nimi\nKundregister / Asiakasrekisteri", ("Asiakasrekisteri",)),
        (
            Name.RECIPIENTS,
            "Kenelle tietoja annetaan\nLain vaatimat tiedot annan verottajalle.",
            ("Verohallinto (verottaja)",),
        ),
        (Name.LAST_UPDATED, "Hallitus on hyväksynyt tämän 12. helmikuuta 2020.", "2020-02-12"),
        (
            Name.SIGNATURE_REQUIRED,
            "Who gets it\nWe have signed standard contractual clauses with Crashpanda Inc.",
            None,
        ),
        (Name.FEE_CLAUSE, "Tietoja ei anneta muille paitsi avustusten maksua varten pankille.", None),
    ],
)
def test_a_turn_of_phrase_is_read_for_what_it_says(field: Name, text: str, value: Value) -> None:
    assert reading(f"{text}\n")[field].value == value


RIGHTS = "Oikeutesi\nVoit pyytää jäljennöksen tiedoistasi, oikaisua, poistamista, rajoittamista ja vastustaa. "


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        (f"{RIGHTS}Tiedot saat myös mukaasi CSV-tiedostona.", "rights_missing:portability", False),
        (f"{RIGHTS}Premium-tilaajat saavat tietonsa CSV-tiedostona.", "portability_narrowed", True),
        (f"{RIGHTS}Lakiin perustuvan rekisterin tietoja ei voida poistaa.", "erasure_narrowed", False),
        (f"{RIGHTS}Muistiinpanot ovat sisäisiä asiakirjoja, eikä niitä anneta.", "access_narrowed", True),
        (f"{RIGHTS}Pyytäjän on täsmennettävä kirjallisesti, mitä hän tarkoittaa.", "must_specify_in_writing", True),
        (f"{RIGHTS}Henkilöllisyys todetaan aina passista.", "identity_always", True),
        ("Kenelle\nTautiepäilyistä ilmoitamme Eviralle.", "old_authority_name", True),
        ("Kontaktperson\nE-post: <fyll i>", "placeholder_left", True),
        ("Prenumerera: [e-post] [Skicka]", "placeholder_left", False),
        (
            "Yhteisrekisterinpitäjät\nA Oy ja B Oy. Sisäiset vastuut on kirjattu yhtiöiden väliseen sopimukseen.",
            "joint_essence_missing",
            True,
        ),
        ("Säilytysaika\nVihkot ovat tallessa, mitään tarkkaa aikaa ei ole.", "retention_vague", True),
        (
            "Uutiskirje ja evästeet\nKirje vaatii suostumuksesi. Voit perua suostumuksen milloin vain.",
            "rights_missing:consent_withdrawal",
            False,
        ),
    ],
)
def test_a_clause_is_found_and_nothing_else(text: str, code: str, found: bool) -> None:
    assert (code in codes(f"{text}\n")) is found


PARTS = (
    ("Rekisterinpitäjä", "Kukkakauppa Vuokko Oy, Kauppakatu 3, 33100 Tampere"),
    ("Yhteyshenkilö", "Aino Vesaranta, aino.vesaranta@vuokko.example"),
    ("Käsittelyn tarkoitus", "Tilausten toimittaminen."),
    ("Tietolähteet", "Asiakas."),
    ("Vastaanottajat", "Tilitoimisto Tase Oy."),
    ("Säilytysaika", "Kaksi vuotta."),
    ("Rekisteröidyn oikeudet", "Pääsy, oikaisu ja poisto. Vastaamme kuukauden kuluessa."),
)
DRESSES = (
    "{0}\n{1}\n",
    "» {0}\n{1}\n",
    "📍 {0}\n{1}\n",
    "[{0}]\n{1}\n",
    "== {0} ==\n{1}\n",
    "{0} +\n{1}\n",
    "{0}\n~~~~~~~~~~~~\n{1}\n",
    "{0} – {1}\n",
    "{0};{1}",
    "{0}\t{1}",
    "- **{0}**: {1}",
    "I {0}\n{1}\n",
)


@pytest.mark.parametrize("dress", DRESSES)
def test_headings_dressed_alike_head_what_stands_below_them(dress: str) -> None:
    """Nothing in a field's words tells what it is about: its heading does, however it looks."""
    told = reading("Tietosuojaseloste\n\n" + "\n".join(dress.format(*part) for part in PARTS))
    assert told[Name.CONTROLLERS].value == ("Kukkakauppa Vuokko Oy",)
    assert told[Name.CONTACT_NAME].value == "Aino Vesaranta"
    assert told[Name.PURPOSES].value == "Tilausten toimittaminen."
    assert told[Name.SOURCES].value == "Asiakas."
    assert told[Name.RECIPIENTS].value == ("Tilitoimisto Tase Oy",)
    assert told[Name.RETENTION].value == "Kaksi vuotta."
    assert told[Name.RESPONSE_TIME].value == "kuukauden kuluessa"


def test_buttons_that_open_a_notice_are_headings_and_others_are_none() -> None:
    opened = "".join(f"<button>{head}</button><div><p>{said}</p></div>" for head, said in PARTS)
    page = f"<html><body><h1>Tietosuojaseloste</h1>{opened}<button>Tilaa uutiskirje</button><p>x</p></body></html>"
    assert reading(page)[Name.RETENTION].value == "Kaksi vuotta."
    assert "Tilaa uutiskirje" not in read(page).text


ASIDE = (
    "## Löytötavarat\nBussiin jääneen esineen luovutamme vain henkilökohtaisesti, allekirjoitettua kuittia vastaan."
    "\n\n## Muuta\nAsukas saa tuoda oksia maksutta kerran vuodessa. Alennusta haetaan kirjallisesti.\n"
)


def test_a_section_about_something_else_says_nothing_of_requests() -> None:
    """Lost property and a fair of branches: no clause on how the rights are used."""
    notice = "\n\n".join(f"## {head}\n{said}" for head, said in PARTS)
    plain, beside = codes(notice), codes(f"{notice}\n\n{ASIDE}")
    assert beside <= plain
    own = notice + "\n\n## Muuta\nTarkastuspyyntö on allekirjoitettava, ja tiedot saa maksutta kerran vuodessa.\n"
    assert {"signature_demanded", "once_a_year_fee"} <= codes(own)
