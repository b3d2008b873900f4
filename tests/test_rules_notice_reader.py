"""Reading a privacy notice: what it says and nothing else, in whatever shape it comes."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.notice import marks, names
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.page import plain
from inbox_agent.rules.notice.proposal import proposal
from inbox_agent.rules.notice.reader import facts, read
from inbox_agent.rules.notice.subjects import subjects
from inbox_agent.rules.notice.topics import Topic
from tests.notice_corpus import MEASURED, SETS, Labelled, labelled, misses

DEVELOP = [notice for which in SETS if which not in MEASURED for notice in labelled(which)]
APART = labelled("apart")


def reading(text: str) -> Facts:
    return facts(read(text))


# Scope "module": all that is asked of one notice is asked in a row, of one reading.
@pytest.mark.parametrize("notice", DEVELOP, ids=lambda notice: notice.name, scope="module")
def test_a_notice_is_read_as_a_careful_reader_would(notice: Labelled) -> None:
    assert list(misses(notice, notice.facts)) == []


def test_notices_that_no_rule_was_written_on_are_read_too() -> None:
    """At least 95 of 100 fields of the notices kept apart are right, and hardly any is invented."""
    judged = sum(len(Name) - len(notice.unjudged) for notice in APART)
    wrong = [miss for notice in APART for miss in misses(notice, notice.facts)]

    assert len(wrong) <= judged * 0.05
    assert len([miss for miss in wrong if miss[1] is None]) <= 2


@pytest.mark.parametrize("notice", DEVELOP + APART, ids=lambda notice: notice.name, scope="module")
def test_every_value_stands_on_words_of_the_notice(notice: Labelled) -> None:
    """A quote is one stretch of the notice, character for character save its white space."""
    whole = _squeezed(" ".join((notice.document.text, plain(notice.source))))
    for name, field in notice.facts.items():
        assert (field.value is None) == (field.quote is None) or field.value is False, name
        assert field.quote is None or _squeezed(field.quote) in whole, name


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@given(st.text())
def test_any_text_is_read_without_complaint(text: str) -> None:
    assert set(reading(text)) == set(Name)


def test_what_is_not_said_is_null() -> None:
    """A text about nothing fills no field but the two that say no."""
    said = {
        name for name, field in reading("Tervetuloa sivuillemme!\n\nMeillä on hyvää kahvia.\n").items() if field.value
    }

    assert said == set()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("tuki@yritys.example", "tuki@yritys.example"),
        ("tuki(a)yritys.example", "tuki@yritys.example"),
        ("tuki (at) yritys.example", "tuki@yritys.example"),
        ("tuki[at]yritys[piste]example", "tuki@yritys.example"),
        ("tuki (ät) yritys (dot) example", "tuki@yritys.example"),
        ("Tuki@Yritys.example.", "tuki@yritys.example"),
    ],
)
def test_obfuscated_addresses_are_read(written: str, address: str) -> None:
    assert [found for found, _ in marks.emails(f"Kirjoita: {written} niin vastaamme.")] == [address]


def test_a_templates_address_is_nobodys() -> None:
    assert list(marks.emails("etunimi.sukunimi@yritys.example tai tietosuoja@om.fi")) == []


def test_a_business_id_with_a_wrong_check_digit_is_null() -> None:
    text = "Rekisterinpitäjä\nKelmu Oy\nY-tunnus {}\nKatutie 1, 00100 Helsinki\n"

    assert reading(text.format("9100017-9"))[Name.BUSINESS_ID].value == "9100017-9"
    assert reading(text.format("9100017-8"))[Name.BUSINESS_ID].value is None


def test_a_name_is_not_guessed_from_an_address() -> None:
    """Spelling out `maija.mallikas@` would put a name into letters that the notice never gave."""
    text = "Rekisterinpitäjä\nKelmu Oy, Katutie 1, 00100 Helsinki\nSähköposti: maija.mallikas@kelmu.example\n"

    assert reading(text)[Name.CONTACT_NAME].value is None


def test_the_ombudsmans_details_are_not_the_controllers() -> None:
    text = (
        "Valitusoikeus\nTietosuojavaltuutetun toimisto\nPL 800, 00531 Helsinki\nLintulahdenkuja 4, 00530 Helsinki\n"
        "puh. 029 566 6700, tietosuoja@om.fi\n"
    )
    found = reading(text)

    assert [found[name].value for name in (Name.CONTACT_EMAIL, Name.CONTACT_PHONE, Name.ADDRESS)] == [None] * 3
    assert found[Name.COMPLAINT_BODY_PRESENT].value is True


def test_what_is_around_a_page_is_not_the_notice() -> None:
    """Menus, banners, footers, data for search engines and scripts say nothing about the promises."""
    page = """<html><head><script type="application/ld+json">{"email": "nuuskija@muu.example"}</script></head><body>
    <nav><a>Soita 09 000 0001</a></nav><div class="cookie-banner"><p>Säilytämme evästeet 13 kuukautta.</p></div>
    <h2>Rekisterinpitäjä</h2><p>Kelmu Oy</p><h2>Tarkoitus</h2><p>Tilausten hoito</p>
    <footer>info@toimisto.example</footer><script>var a = "Rekisterinpitäjä: Muu Oy";</script></body></html>"""
    found = reading(page)

    assert found[Name.CONTROLLERS].value == ("Kelmu Oy",)
    assert [found[name].value for name in (Name.CONTACT_EMAIL, Name.CONTACT_PHONE, Name.RETENTION)] == [None] * 3


def test_a_notice_inside_a_pages_data_is_found() -> None:
    """A page that builds itself in the browser holds its text as strings."""
    page = (
        '<html><body><div id="root"></div><script>window.__DATA__ = {"title": "Seloste", "body": '
        '"<h2>Rekisterinpitäjä</h2><p>Kelmu Oy</p><h2>S\\u00e4ilytysaika</h2><p>Kaksi vuotta tilauksesta.</p>"};'
        "</script></body></html>"
    )
    found = reading(page)

    assert found[Name.CONTROLLERS].value == ("Kelmu Oy",)
    assert found[Name.RETENTION].value == "Kaksi vuotta tilauksesta."


def test_a_quotation_mark_takes_nothing_away() -> None:
    """Strings are looked into only where nothing else is a notice; one alone is none."""
    told = reading("Privacy notice\n\nController\nKelmu Oy\n\nYour rights\nYou may see your details.\nIt's free.\n")

    assert told[Name.CONTROLLERS].value == ("Kelmu Oy",)


HOSTILE = {
    "unclosed tags": '<div class="cookie">' * 2_000 + "<p>Rekisterinpitäjä" * 5,
    "nested tables": "<table><tr><td>" * 2_000 + "Kelmu Oy" + "</td></tr></table>" * 2_000,
    "open comments": "<!--" * 5_000 + "</p><p><div>",
    "open templates": "<?php" * 5_000,
    "short codes": "[a_b " * 5_000,
    "quotation marks": '"' + '\\"' * 10_000,
    "one word": "a" * 20_000,
    "full stops": "a." * 10_000,
    "capitals": "Aa " * 7_000,
    "digits": "1 " * 10_000,
    "at signs": "a (at) " * 3_000,
    "legal forms": "Aaa Oy " * 3_000,
    "labels": "Rekisterinpitäjä: Kelmu Oy\n" * 1_000,
    "rows": "| Rekisterinpitäjä | Kelmu Oy |\n" * 1_000,
    "stars": "**" * 10_000,
    "lines of spaces": (" " * 1_000 + "x\n") * 20,
    "private characters": "\ue000\ue001Rekisterinpitäjä\ue001\ue000\n",
    "terminal escapes": "Rekisterinpitäjä\n\x1b[31mKelmu\x1b[0m Oy \u202e\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_read_to_its_end(text: str) -> None:
    found = reading(text)

    assert set(found) == set(Name)
    assert all("\x1b" not in str(field.quote) for field in found.values())


@pytest.mark.parametrize(
    "line", ["varmistetaan aina, kuka pyytää", "lettuja (kesällä); muuten ei", "importointi", "return"]
)
def test_words_that_begin_like_program_text_are_read(line: str) -> None:
    """Only program text is left out: a wrapped line may begin with any word."""
    assert line in plain(f"Rekisterinpitäjä huolehtii, että se\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "var a = 1;",
        "import React from 'react';",
        "  return (",
        ".hero { color: red }",
        "});",
        "max-width: 960px;",
        "go('a');",
    ],
)
def test_program_text_is_left_out(line: str) -> None:
    assert line.strip() not in plain(f"Rekisterinpitäjä\n{line}\nKelmu Oy\n")


PLAIN = [
    notice for notice in DEVELOP if not any(mark in notice.source for mark in "<|#*\t") and "   " not in notice.source
]


def wrapped(text: str) -> str:
    lines = (textwrap.wrap(line, 95, break_on_hyphens=False, break_long_words=False) for line in text.splitlines())
    return "\n".join(line for part in lines for line in part or [""])


def as_paragraphs(text: str) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())
    return f"<html><body><div>{lines}</div></body></html>"


def as_lines(text: str) -> str:
    return f"<html><body><div>{html.escape(text).replace(chr(10), '<br>')}</div></body></html>"


PUBLISHED: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped,
    "paragraphs": as_paragraphs,
    "line breaks": as_lines,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("manner", PUBLISHED)
def test_a_notice_says_the_same_whatever_it_is_published_in(manner: str) -> None:
    """Of all the fields of all plain notices at most one in two hundred is read otherwise, none is invented."""
    changed = [miss for notice in PLAIN for miss in misses(notice, reading(PUBLISHED[manner](notice.source)))]

    assert len(changed) <= len(PLAIN) * len(Name) / 200
    assert [miss for miss in changed if miss[1] is None] == []


def test_a_postal_code_and_its_town_are_no_part_of_the_name_that_follows() -> None:
    told = reading(
        "Yhteisrekisterinpitäjät\n\nLumikello Kiinteistöt Oy, Varastokuja 2, 20320 Turku\n"
        "Lumikello Siivous Oy, Varastokuja 2, 20320 Turku\n"
    )

    assert told[Name.CONTROLLERS].value == ("Lumikello Kiinteistöt Oy", "Lumikello Siivous Oy")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Kuuraparran Rengas ja Vaihto Oy", "Kuuraparran Rengas ja Vaihto Oy"),
        ("Kuuraparran Rengas Oy ja Pohjan Vaihto Oy", "Kuuraparran Rengas Oy"),
    ],
)
def test_a_name_with_ja_in_it_is_told_from_two_names(line: str, name: str) -> None:
    assert reading(f"Rekisteriseloste\n\n1. Rekisterinpitäjä\n{line}\nHallatie 14\n98100 Kemijärvi\n")[
        Name.CONTROLLERS
    ].value == (name,)


@pytest.mark.parametrize(
    ("day", "iso"), [("den 1 oktober 2025", "2025-10-01"), ("14 maj 2024", "2024-05-14"), ("November 2025", "2025-11")]
)
def test_a_date_in_swedish_and_a_month_in_english_are_read(day: str, iso: str) -> None:
    assert reading(f"Dataskydd\n\nUppdaterad {day}\n")[Name.LAST_UPDATED].value == iso


@pytest.mark.parametrize("day", ["14 January 2025", "14th January 2025", "January 14, 2025"])
def test_a_date_in_english_is_read(day: str) -> None:
    assert reading(f"Privacy notice\n\nLast updated: {day}\n")[Name.LAST_UPDATED].value == "2025-01-14"


def test_a_traders_own_deletion_in_the_first_person_is_retention() -> None:
    said = "Hävitän tiedot, kun viimeisestä käynnistäsi on kulunut kaksi vuotta."

    assert reading(f"Tietosuoja\n\nVastaan itse asiakkaideni tiedoista. {said}")[Name.RETENTION].value == said


def test_who_does_what_is_a_sentence_and_no_list_of_names() -> None:
    told = reading(
        "Rekisterinpitäjä\n\nSahramipuoti Oy\n\nTietojen vastaanottajat\n\n"
        "Varausjärjestelmän toimittaa Aikalevy Oy ja kirjanpidon hoitaa Tilitaito Kuusela Ky."
    )

    assert told[Name.RECIPIENTS].value == ("Aikalevy Oy", "Tilitaito Kuusela Ky")


def test_each_cell_of_a_table_is_told_under_its_own_column() -> None:
    """A row is not a purpose: its cells are a purpose, a basis and a period."""
    told = reading(
        "<h1>Tietosuojaseloste</h1><table><tr><th>Käyttötarkoitus</th><th>Oikeusperuste</th><th>Säilytysaika</th></tr>"
        "<tr><td>Asumisen hallinta</td><td>Sopimus</td><td>2 vuotta</td></tr></table>"
    )

    assert told[Name.PURPOSES].value == "Asumisen hallinta"
    assert told[Name.LEGAL_BASES].value == ("contract",)
    assert told[Name.RETENTION].value == "2 vuotta"


@pytest.mark.parametrize(
    "text",
    [
        "Rekisterin nimi: Jäsenrekisteri\nTarkoitus: jäsenyys\nRekisterin nimi: Työnhakijarekisteri\n",
        "Rekisterit\n\n- Jäsenrekisteri\n- Työnhakijarekisteri\n",
    ],
)
def test_every_register_is_read(text: str) -> None:
    assert reading(text)[Name.REGISTER_NAMES].value == ("Jäsenrekisteri", "Työnhakijarekisteri")


def test_a_service_and_its_provider_in_brackets_are_one_recipient() -> None:
    told = reading("Vastaanottajat\n\nUutiskirje lähetetään palvelulla Mailchimp (Intuit Inc).\n")

    assert told[Name.RECIPIENTS].value == ("Mailchimp",)


def test_a_person_is_named_without_their_title() -> None:
    assert reading("Contact person\n\nMs Aino Saarela\n")[Name.CONTACT_NAME].value == "Aino Saarela"


def test_a_table_of_fields_and_a_table_of_purposes_are_told_apart() -> None:
    """The rows of one are labels with values; the other has a head, and its first column says nothing itself."""
    told = reading(
        "<h1>Tietosuojaseloste</h1><table><tr><td>Rekisterin nimi</td><td>Asiakasrekisteri</td></tr></table>"
        "<table><tr><th>Tiedot</th><th>Miksi</th><th>Kuinka kauan</th></tr>"
        "<tr><td>Avaimet</td><td>Kotikäynnit</td><td>6 kk</td></tr></table>"
    )

    assert told[Name.REGISTER_NAMES].value == ("Asiakasrekisteri",)
    assert told[Name.PURPOSES].value == "Kotikäynnit"
    assert told[Name.RETENTION].value == "6 kk"


def test_registers_named_in_one_sentence_are_all_read() -> None:
    told = reading("Pidämme kahta rekisteriä: jäsenrekisteriä ja kurssirekisteriä.")

    assert told[Name.REGISTER_NAMES].value == ("jäsenrekisteri", "kurssirekisteri")


def test_a_cell_that_reaches_over_several_rows_stands_in_each_of_them() -> None:
    """Down the side it names every row; within a table of purposes its basis is each row's."""
    side = reading(
        "<h1>Tietosuojaseloste</h1><table><tr><th rowspan=2>Rekisterinpitäjä</th><td>Hallan Paja Oy</td></tr>"
        "<tr><td>Utukatu 9, 00990 Helsinki</td></tr></table>"
    )
    assert side[Name.CONTROLLERS].value == ("Hallan Paja Oy",)
    assert side[Name.ADDRESS].value == "Utukatu 9, 00990 Helsinki"
    within = reading(
        "<h1>Tietosuojaseloste</h1><table><tr><th>Tarkoitus</th><th>Peruste</th><th>Säilytys</th></tr>"
        '<tr><td>Tilaukset</td><td rowspan="2">sopimus</td><td>2 vuotta</td></tr>'
        "<tr><td>Toimitukset</td><td>1 vuosi</td></tr>"
        "<tr><td>Turvallisuus</td><td>oikeutettu etu</td><td>30 vrk</td></tr></table>"
    )
    assert within[Name.LEGAL_BASES].value == ("contract", "legitimate_interest")
    assert within[Name.RETENTION].value == "2 vuotta; 1 vuosi; 30 vrk"


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("Emme luovuta tietoja, paitsi vakuutusyhtiö Kilpi Oy:lle.", ("Kilpi Oy",)),
        ("Tietoja ei luovuteta muille kuin Perintä-Kolmio Oy:lle.", ("Perintä-Kolmio Oy",)),
        ("Unpaid bills go to the debt collection agency Perintä-Kolmio Oy.", ("Perintä-Kolmio Oy",)),
        ("Kirjanpito: tilitoimisto Saldo Oy.", ("tilitoimisto Saldo Oy",)),
        ("Kirjanpidon hoitaa Tilitoimisto Saldo Oy.", ("Tilitoimisto Saldo Oy",)),
        (
            "Välitämme tiedot krematoriolle, seurakunnalle ja urakoitsijoille.",
            ("krematorio", "seurakunta", "urakoitsijat"),
        ),
        ("Kerromme tiedot tarvittaessa viranomaiselle ja huoltokeskukselle.", ("viranomaiset", "huoltokeskus")),
        ("Uppgifterna lämnas till färjeverket och hamnen.", ("färjeverket", "hamnen")),
    ],
)
def test_a_recipient_is_one_however_it_is_told(told: str, named: tuple[str, ...]) -> None:
    """What only says what kind of firm it is makes no second one; an exception from "to nobody" is one."""
    notice = f"Rekisterinpitäjä\n\nHallan Paja Oy\n\nTietojen vastaanottajat\n\n{told}\n"
    assert reading(notice)[Name.RECIPIENTS].value == named


@pytest.mark.parametrize("told", ["Emme luovuta tietoja ulkopuolisille.", "Vi lämnar inte ut uppgifter till andra."])
def test_nobody_is_no_recipient(told: str) -> None:
    assert reading(f"Vastaanottajat\n\n{told}\n")[Name.RECIPIENTS].value is None


def test_who_practises_alone_is_the_controller_by_name() -> None:
    """A supplier with a company's form that a sentence names is none."""
    told = reading(
        "Hieroja Aino Saarela\n\nOlen yksityinen elinkeinonharjoittaja. Ajanvaraukseni toimittaa Aikalevy Oy. "
        "Henkilötietoja käsittelen ajanvarausta varten.\n"
    )
    assert told[Name.CONTROLLERS].value == ("Aino Saarela",)


def test_a_server_in_another_country_of_the_union_is_no_transfer() -> None:
    told = reading("Siirto EU:n ulkopuolelle\n\nPalvelimet sijaitsevat Irlannissa. Tietoja ei siirretä muualle.\n")
    assert told[Name.TRANSFER].value == "no"


def test_a_short_english_notice_with_an_apostrophe_is_no_program_text() -> None:
    """What stands between two apostrophes is not taken for the notice that a script holds."""
    told = reading(
        "# Privacy\n\nPolku Media osk (business ID 9424106-6) is at Puutarhakatu 15, 20100 Turku. It's small, and "
        "here's what we do. Complain to the Data Protection Ombudsman.\n"
    )
    assert told[Name.CONTROLLERS].value == ("Polku Media osk",)
    assert told[Name.BUSINESS_ID].value == "9424106-6"


def test_the_ombudsmans_own_number_is_nobodys_channel() -> None:
    told = reading("Rekisterinpitäjä\n\nHallan Paja Oy\n\nOikeutesi\n\nVoit valittaa, puh. 029 566 6700.\n")
    assert told[Name.CONTACT_PHONE].value is None


def test_registers_that_are_headings_are_all_read() -> None:
    told = reading(
        "# Tietosuoja\n\n## Asiakasrekisteri\n\nTarkoitus: laskutus.\n\n## Työnhakijarekisteri\n\nTarkoitus: haku.\n"
    )
    assert told[Name.REGISTER_NAMES].value == ("Asiakasrekisteri", "Työnhakijarekisteri")


BULLETED = """Tietosuoja

 • Rekisterinpitäjä

Nimi:        Satamatyöntekijöiden osasto 91 ry
Sähköposti:  raimo.laituri @ satama91.example

 • Rekisteriasioista vastaava henkilö

Tähän tarvittaessa henkilö, johon voi ottaa yhteyttä.

Nimi:        Raimo Laituri

 • Rekisterin käyttötarkoitus

Rekisteriä käytetään jäsenasioiden hoitoon.

 • Säännönmukaiset tietolähteet

Jäsenen oma ilmoitus.

 • Tietojen siirto EU:n tai ETA:n ulkopuolelle

Tietoja ei siirretä EU:n ulkopuolelle.
"""


def test_headings_printed_as_a_list_head_what_stands_under_them() -> None:
    """Each with its bullet, an empty line behind; a number within a name belongs to it; spaces hide an address."""
    told = reading(BULLETED)
    assert told[Name.CONTROLLERS].value == ("Satamatyöntekijöiden osasto 91 ry",)
    assert told[Name.CONTACT_NAME].value == "Raimo Laituri"
    assert told[Name.CONTACT_EMAIL].value == "raimo.laituri@satama91.example"
    assert told[Name.PURPOSES].value == "Rekisteriä käytetään jäsenasioiden hoitoon."
    assert told[Name.SOURCES].value == "Jäsenen oma ilmoitus."
    assert told[Name.TRANSFER].value == "no"


def test_a_list_of_bullets_alone_makes_no_headings() -> None:
    told = reading("Oikeutesi\n\n• tietojen tarkastus\n\n• tietojen poisto\n\nOta yhteyttä: info@kuusi.example")
    assert told[Name.CONTACT_EMAIL].value == "info@kuusi.example"


def test_a_vat_number_is_a_business_id() -> None:
    assert reading("Controller\n\nKuura Labs Oy, FI15728600, Helsinki")[Name.BUSINESS_ID].value == "1572860-0"
    assert reading("Controller\n\nKuura Labs Oy, FI15728601, Helsinki")[Name.BUSINESS_ID].value is None


def test_services_used_are_recipients_and_a_purpose_is_none() -> None:
    told = reading(
        "Why\n\nBookkeeping and orders.\n\nSharing\n\n"
        "We use RevenueCat (subscriptions, USA), Oak Cloud for hosting and Sentry (crash reports)."
    )
    assert set(told[Name.RECIPIENTS].value or ()) == {"RevenueCat", "Oak Cloud", "Sentry"}


def test_who_processes_on_our_behalf_is_a_recipient() -> None:
    told = reading(
        "Kenelle tietoja luovutetaan?\n\nTietoja käsittelevät puolestamme Lehtipilvi, Maksutupa ja Kuljetin."
    )
    assert told[Name.RECIPIENTS].value == ("Lehtipilvi", "Maksutupa", "Kuljetin")


def test_a_swedish_notice_is_read_by_its_own_words() -> None:
    told = reading(
        "1. Personuppgiftsansvarig\n\nStrandvik Segelsällskap r.f.\n\n1. Ansvarig person för registret\n\n"
        "Ordförande\n\n"
        "Mia Strandvik\n\nVem får uppgifterna?\n\nBokföringsbyrån.\n\nDina rättigheter\n\n"
        "En begäran besvaras inom en månad. Om vi är osäkra på vem du är kan vi be dig bekräfta din identitet."
    )
    assert told[Name.CONTACT_NAME].value == "Mia Strandvik"
    assert told[Name.RECIPIENTS].value == ("Bokföringsbyrån",)
    assert told[Name.RESPONSE_TIME].value == "inom en månad"
    assert "identitet" in str(told[Name.IDENTITY_CLAUSE].value)


def test_purposes_and_bases_may_share_a_heading() -> None:
    told = reading(
        "Mihin tarkoituksiin henkilötietoja käsitellään ja millä perusteilla?\n\n"
        "• asiakkaan suostumus uutiskirjeeseen;\n• sopimuksen täytäntöön paneminen, kun tilaus toimitetaan;"
    )
    assert told[Name.LEGAL_BASES].value == ("consent", "contract")


def test_layers_that_open_are_headings() -> None:
    told = reading(
        "# Linturinki – tietosuoja\n\n<details><summary>Kauanko tiedot säilyvät?</summary>\n\n"
        "* Raportit: 90 päivää.\n\n</details>\n\n<details><summary>Kuka vastaa tiedoistani?</summary>\n\n"
        "Siipikarta Oy, 1572860\u20110\n\n</details>\n"
    )
    assert "90 päivää" in str(told[Name.RETENTION].value)
    assert told[Name.BUSINESS_ID].value == "1572860-0"


def test_a_condition_is_no_recipient() -> None:
    told = reading("Disclosures\n\nYour data is disclosed to Kela and, with your consent, to your employer.")
    assert told[Name.RECIPIENTS].value == ("Kela",)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Vakuutusyhtiö Turvakas saa tapaturmailmoituksen.", {"Vakuutusyhtiö Turvakas"}),
        ("Rekisteriä käyttää isännöintiyhtiö.", {"isännöintiyhtiö"}),
        ("Laskut lähettää Kirkon palvelukeskus.", {"Kirkon palvelukeskus"}),
        ("Kuljetuksen tekee Rahti Oy; maksut välittää Maksukas.", {"Rahti Oy", "Maksukas"}),
        ("Viranomainen saa tietoja, jos laki niin määrää.", {"viranomainen"}),
        ("Osoitteiston saa kirjapaino Paperi ja Painoväri Oy.", {"kirjapaino Paperi ja Painoväri Oy"}),
        ("Työttömyyskassa saa tiedon liittymisestä.", {"työttömyyskassa"}),
        ("Läsnäolot toimitetaan kunnalle, ja Kela saa tiedon hoitosuhteesta.", {"Kela"}),
        ("Rekisteröity saa tietonsa.", set()),
        ("Potilastietoja saa luovuttaa vain suostumuksella.", set()),
        ("Pelastuslaitokselle annetaan luettelo, ja huoltoyhtiö saa avainlistan.", {"huoltoyhtiö"}),
        ("Tietoja käsittelevät vain ne työntekijämme, jotka tarvitsevat niitä.", set()),
        ("Ystäväsi näkevät vain havainnot, jotka jaat.", set()),
        ("Tilitoimisto ei saa tietoja.", set()),
    ],
)
def test_who_gets_data_is_the_subject_wherever_it_stands(sentence: str, told: set[str]) -> None:
    """Finnish turns its sentences round: the ending of the noun and the verb's number say who gets what."""
    assert set(subjects(sentence, told=True)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kykyhaku Rantanen ja Mielonen Ky", ["Kykyhaku Rantanen ja Mielonen Ky"]),
        ("Paahtimo Oy ja Myymälä Oy", ["Paahtimo Oy", "Myymälä Oy"]),
        ("Posti ja Matkahuolto Oy vievät paketit", ["Matkahuolto Oy"]),
        ("Asiakkaat ja Testi Oy sopivat", ["Testi Oy"]),
        ("Pilvi Sverige AB. Pilvi Oyj vastaa", ["Pilvi Sverige AB", "Pilvi Oyj"]),
        ("Köket, Matlådan i Nykarleby Ab, får veta", ["Matlådan i Nykarleby Ab"]),
    ],
)
def test_two_words_of_one_name_are_no_two_names(text: str, told: list[str]) -> None:
    assert [name for name, _ in names.organisations(text)] == told


@pytest.mark.parametrize(("name", "written"), [("nature_sv", "sv"), ("saas_en", "en"), ("library", None)])
def test_a_profile_speaks_the_language_of_its_notice(name: str, written: str | None) -> None:
    """What a Swedish notice tells is proposed to Swedish letters; a Finnish one needs no word of it."""
    (notice,) = [each for each in labelled("seventeenth") if each.name == name]
    told = proposal(notice.document, notice.facts)
    assert [one.value for one in told if (one.section, one.key) == ("replies", "language")] == (
        [written] if written else []
    )


def test_paragraphs_numbered_apart_from_their_text_are_no_columns() -> None:
    """A lawyer's "3.1" stands before its sentence, and its "(a)" before an item."""
    told = reading(
        "1      REKISTERINPITÄJÄ\n\n1.1    Rekisterinpitäjä on Meklarit Kuusama Oy, Y-tunnus 9433210-1, käyntiosoite\n"
        "       Linnankatu 2 A, 13100 Hämeenlinna.\n\n2      KÄSITTELYN TARKOITUKSET\n\n"
        "2.1    Tietoja käsitellään seuraavia tarkoituksia varten:\n       (a)  vakuutusten kilpailuttaminen;\n"
        "       (b)  asiakkaan tunteminen.\n\n3      VASTAANOTTAJAT\n\n3.1    Tietoja luovutetaan Verohallinnolle.\n"
    )
    assert told[Name.ADDRESS].value == "Linnankatu 2 A, 13100 Hämeenlinna"
    assert "(a)" not in str(told[Name.PURPOSES].value)
    assert "vakuutusten kilpailuttaminen" in str(told[Name.PURPOSES].value)
    assert told[Name.RECIPIENTS].value == ("Verohallinto",)


def test_a_table_of_recipients_tells_who_and_not_what_for() -> None:
    told = reading(
        "# Tietosuoja\n\n## Kenelle tietoja menee?\n\n| Kuka | Mitä varten |\n|---|---|\n| Posti | paketit |\n"
        "| Kirjanpito | Tilitoimisto Saldo Oy |\n| Stripe | maksut |\n\n## Säilytysaika\n\n2 vuotta\n"
    )
    assert told[Name.RECIPIENTS].value == ("Posti", "Tilitoimisto Saldo Oy", "Stripe")
    assert told[Name.CONTROLLERS].value is None
    assert told[Name.PURPOSES].value is None


def test_the_rows_of_a_table_do_not_run_into_each_other() -> None:
    told = reading(
        "## Yhteisrekisterinpitäjät\n\n| Yhtiö | Mitä tekee | Kotipaikka |\n|---|---|---|\n"
        "| Autotalo Rauta Oy | myy autoja ja varaosia | Seinäjoki |\n| Rauta Huolto Oy | huoltaa | Vaasa |\n"
    )
    assert told[Name.CONTROLLERS].value == ("Autotalo Rauta Oy", "Rauta Huolto Oy")


def test_words_in_bold_that_begin_a_sentence_are_no_heading() -> None:
    document = read("## Mitä voit vaatia\n\n**Siirtää** tietosi muualle koneluettavina.\n")
    assert [each.text for each in document.under(Topic.RIGHTS)] == ["Siirtää tietosi muualle koneluettavina."]


def test_a_lead_in_about_nothing_known_stays_in_its_section() -> None:
    told = reading("## Säilytysajat\n\n**Ostokset:** 2 vuotta.\n\n**Keikkavaraukset:** 5 vuotta.\n")
    assert told[Name.RETENTION].value == "Ostokset: 2 vuotta. Keikkavaraukset: 5 vuotta."


def test_prose_that_breaks_before_an_address_is_one_sentence() -> None:
    document = read(
        "Rekisterinpitäjä on Kutomo Oy. Jos olen mielestäsi toiminut väärin, voit tehdä valituksen\n"
        "tietosuojavaltuutetulle (PL 800, 00531 Helsinki, tietosuoja@om.fi).\n"
    )
    assert len(document.sentences) == 2


def test_an_answer_is_read_with_the_question_above_it() -> None:
    told = reading("När får jag svar?\n\nInom en månad från att vi fått din begäran.\n")
    assert told[Name.RESPONSE_TIME].value == "Inom en månad från att vi fått din begäran"


def test_headings_numbered_through_a_notice_end_a_section_whatever_they_are_about() -> None:
    told = read(
        "1. Who we are\nKelp Oy\n2. What we use it for\nOrders.\n3. How long we keep it\nTwo years.\n"
        "4. Your rights\nYou can access your data.\n5. Our history\nFounded in 1999 by two sisters.\n"
    )
    assert not any(each.about(Topic.RIGHTS) for each in told.sentences if "sisters" in each.text)


def test_a_form_of_business_in_small_letters_is_no_part_of_the_name() -> None:
    told = reading("Rekisterinpitäjä\ntoiminimi Viritys Aaltokangas, Y-tunnus 9428816-3\n")
    assert told[Name.CONTROLLERS].value == ("Viritys Aaltokangas",)


def test_a_name_in_capitals_is_told_as_the_notice_writes_it_elsewhere() -> None:
    told = reading("VIRITYS AALTO OY\nTietosuojaseloste\n\nViritys Aalto Oy:n asiakkaat saavat tietonsa pyynnöstä.\n")
    assert told[Name.CONTROLLERS].value == ("Viritys Aalto Oy",)


def test_a_category_is_told_in_finnish_and_in_the_word_of_a_swedish_notice() -> None:
    """The letters of such a notice, which are Swedish, have its own word."""
    document = read("Mottagare\n\nVid skada lämnas uppgifter till försäkringsbolaget.\n")
    told = proposal(document, facts(document))

    assert facts(document)[Name.RECIPIENTS].value == ("vakuutusyhtiö (försäkringsbolaget)",)
    assert [one.value for one in told if one.key == "recipients"] == [("försäkringsbolaget",)]


def test_two_that_answer_each_for_itself_are_both_told_and_proposed_as_no_joint_controllers() -> None:
    document = read(
        "Tämä seloste koskee kahta itsenäistä rekisterinpitäjää.\n\nHoitolaitos Kipinä Ky\nY-tunnus 9581228-9\n\n"
        "Jalkahoitola Varvas Tmi\nY-tunnus 9581235-0\n"
    )
    assert facts(document)[Name.CONTROLLERS].value == ("Hoitolaitos Kipinä Ky", "Jalkahoitola Varvas Tmi")
    assert [one for one in proposal(document, facts(document)) if one.key == "joint"] == []


def test_of_two_words_in_one_case_the_first_only_describes_the_recipient() -> None:
    told = reading("Luovutukset\n\nTietoja annetaan tarvittaessa toimialaa valvovalle viranomaiselle.\n")
    assert told[Name.RECIPIENTS].value == ("viranomaiset",)


def test_whom_the_notice_itself_informs_is_no_recipient() -> None:
    told = reading("Tällä tietosuojaselosteella annetaan tietoja rekisteröidylle ja henkilöstölle.\n")
    assert told[Name.RECIPIENTS].value is None


@pytest.mark.parametrize(
    "name",
    ["Under the Clock Coworking Oy", "Pöllösten ja Pulkkisten Sukuseura ry", "Latch and Key Oy", "Lokero ja Lukko Oy"],
)
def test_small_words_within_a_firms_name_belong_to_it(name: str) -> None:
    assert reading(f"Rekisterinpitäjä\n\n{name}, Y-tunnus 1234567-1\n")[Name.CONTROLLERS].value == (name,)


def test_roman_numbers_beside_their_headings_are_no_column() -> None:
    parts = ("JOHDANTO", "REKISTERINPITÄJÄ", "TARKOITUKSET", "LÄHTEET", "VASTAANOTTAJAT")
    text = "".join(
        f"{roman:<8}{head}\n\n{at}.      Kelmu Oy kertoo tässä asiasta, josta on hyvä tietää\n        jotakin.\n\n"
        for at, (roman, head) in enumerate(zip(("I", "II", "III", "IV", "V"), parts, strict=True), start=1)
    )
    told = read(text)

    assert [section.heading for section in told.sections if section.topics] == list(parts[1:])
    assert all("jotakin." in section.text.replace("\n", " ") for section in told.sections if section.topics)


def test_a_head_that_stands_on_every_page_is_told_once() -> None:
    page = "Kelmu Oy                 Tietosuojaseloste                 {} (3)\n                         1.10.2025\n\n\n"
    text = "".join(page.format(at) + f"Rivi {at} kertoo, ja\nse jatkuu seuraavalla.\n\n\n\n\n" for at in (1, 2, 3))
    told = read(text)

    assert told.text.count("1.10.2025") == 1
    assert "(2)" not in told.text
    assert facts(told)[Name.LAST_UPDATED].value == "2025-10-01"


TWO = "Tietosuojaseloste\n\nRekisterinpitäjä\n{}\n\nTarkoitus\nTilausten hoito.\n"


@pytest.mark.parametrize(
    ("told", "joint"),
    [
        ("Kelmu Oy", False),
        ("Kelmu Osuuspuoti Oy (”Kelmu Oy”)", False),
        ("Kelmu Oy\nKirjanpidon hoitaa Sorvi Oy", False),
        ("Rekisteriä ylläpitävät yhdessä Kelmu Oy ja Sorvi Oy.", True),
        ("Me Kelmu Oy ja Sorvi Oy pidämme rekisteriä yhdessä.", None),
        ("Kelmu Oy. Pidämme rekisteriä yhdessä muiden puotien kanssa.", None),
        ("Kelmu Oy\nSorvi Oy", None),
    ],
)
def test_whether_controllers_are_joint_is_left_open_where_the_notice_leaves_it(told: str, joint: bool | None) -> None:
    """Who keeps a register "together" may be a joint controller (GDPR 26) or not: no is said only of one alone."""
    assert reading(TWO.format(told))[Name.JOINT_CONTROLLERS].value is joint


@pytest.mark.parametrize(
    "written",
    [
        "Osoite Katutie 3\n00100 Helsinki",
        "Käyntiosoite: Katutie 3, 00100 Helsinki",
        "Osoite\nKatutie 3, 00100 Helsinki",
    ],
)
def test_what_says_that_an_address_follows_is_no_part_of_it(written: str) -> None:
    assert [found for found, _ in marks.addresses(written)] == ["Katutie 3, 00100 Helsinki"]


@pytest.mark.parametrize(
    ("written", "latest"),
    [
        ("Laadittu 25.5.2018, päivitetty 11/2023", "2023-11"),
        ("Laadittu 5/2018, päivitetty 12.3.2024", "2024-03-12"),
        ("Created 25 May 2018, last updated March 2023", "2023-03"),
    ],
)
def test_a_month_beside_a_whole_date_is_a_date_too(written: str, latest: str) -> None:
    assert reading(f"{written}\n\nTietosuojaseloste\n")[Name.LAST_UPDATED].value == latest
