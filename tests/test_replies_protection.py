"""Whoever has a turvakielto: no address, town or number of theirs in any letter, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies import protection
from replies.album import specimens
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity
from state.model import Letter

WHEREABOUTS = [
    "Mallikatu 12",
    "Mannerheimintie 3 B 14",
    "Itä-Hakkilantie 7",
    "Storgatan 5 A 2",
    "PL 123",
    "00100 Helsinki",
    "FI-20500 Turku",
    "040 123 4567",
    "+358 40 123 4567",
    "0401234567",
    "09 1234 5678",
]
HARMLESS = [
    "Asia 2026-0007",
    "vastaamme viimeistään su 5.4.2026",
    "tietosuoja-asetuksen 12 artiklan 3 kohta",
    "koodi K7QM-4XT9-2RPA",
    "Y-tunnus 1234567-1",
    "säilytämme 10 vuotta ja 31.12.2035 asti",
    "saldo 1 250,00 euroa",
]


@pytest.mark.parametrize("where", WHEREABOUTS)
def test_addresses_towns_and_numbers_are_masked(where: str) -> None:
    assert protection.masked(f"Osoite on {where}, kiitos.") == f"Osoite on {protection.MASK}, kiitos."


@pytest.mark.parametrize("text", HARMLESS)
def test_what_every_letter_says_is_left_alone(text: str) -> None:
    assert protection.masked(text) == text


@given(st.text(max_size=500))
def test_nothing_is_left_after_masking(text: str) -> None:
    assert list(protection.places(protection.masked(text))) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_letter_of_the_album_tells_where_a_protected_person_is(language: str) -> None:
    """Our own address and the ombudsman's stand in it all the same, and are no finding."""
    for specimen in specimens(language, "te"):
        context = replace(specimen.context, protected=True)
        letter = compose(context)
        if specimen.context.letter is not Letter.OUTCOME:
            assert letter == compose(specimen.context) or protection.MASK in letter.body
        found = lint(letter.body, letter.subject, context)
        assert "protected_person" in {finding.code for finding in found}
        assert [finding for finding in found if finding.code == "protected_address"] == []


def test_facts_are_masked_and_what_a_person_types_is_an_error() -> None:
    specimen = next(one for one in specimens("fi", "te") if one.context.letter is Letter.OUTCOME)
    [part] = specimen.context.parts
    facts = {**part.facts, "contents": "Mallikatu 12, 00100 Helsinki", "categories": "puhelin 040 123 4567"}
    context = replace(specimen.context, protected=True, parts=(replace(part, facts=facts),))
    body = compose(context).body
    assert "Mallikatu" not in body
    assert "040 123 4567" not in body
    [found] = [one for one in lint(f"{body}\nMallikatu 12", "Asia 2026-0007", context) if "address" in one.code]
    assert (found.code, found.severity) == ("protected_address", Severity.ERROR)


WHERE = {
    "fi": (
        [
            "Uusi osoitteenne on Kuja 2.",
            "Postinumeronne on 70100.",
            "Muutitte Kuopioon maaliskuussa.",
            "Kävimme Kallion toimipisteessänne.",
            "Numeronne päättyy 4455.",
            "Koulunne on Puijonsarven koulu.",
            "Asutte nyt Joensuussa.",
            "Asutte nyt kuopiossa.",
            "Tapaamme Kuopion kauppahallissa.",
            "Siellä Siilinjärvellä hoidimme asian.",
            "Lähetimme paketin Tampereelle.",
            "Tavattiin viimeksi Lahdessa.",
            "Kirje palautui Turusta.",
            "Veimme sen rovaniemelle.",
            "Kirje palautui Uudestakaupungista.",
            "Tapaamme Pihtiputaalla.",
            "Lähetimme sen Kemiönsaareen.",
            "Veimme sen Iihin.",
            "Tapasimme Mänttä-Vilppulassa.",
            "Kuuntelimme sen Akaalla.",
            "Kirje tuli takaisin Sundista.",
            "Tapaamme Vehkalahdella.",
            "Veimme sen Nuijamaankylään.",
        ],
        [
            "Osoitettanne emme kerro tässä kirjeessä.",
            "Olemme oikaisseet osoitteenne 17.3.2026.",
            "Osoitteemme on Utukatu 9, 00990 Helsinki.",
            "Voitte soittaa numeroon 040 000 0000.",
            "Puhelinnumeronne on oikaistu kaikissa järjestelmissämme.",
            "Laskuja on 12.",
            "Lasku numero 1042 on maksamatta.",
            "Kävitte meillä 3 kertaa.",
            "Puhelin: GDPR 15 artikla",
            "Kunnan päätös 12 §.",
            "Osoitteenne poistettiin Postin palvelusta.",
            "Uusi osoite on kerrottu Lähetti Vinha Oy:lle.",
            "Tiedot poistettiin Severasta ja Mailchimpistä.",
            "Ilmoitimme Kelalle ja Verohallinnolle.",
            "Saimme tiedot Lahtisen tilitoimistosta.",
            "Sovimme asiasta Kivisen kanssa.",
            "Osa tiedoista oli uudessa järjestelmässä.",
            "Osoitimme lahdelta puuttuvan tiedon.",
            "Pöydällä on kotkan kuva.",
            "Päätöksestä voi valittaa Helsingin hallinto-oikeuteen.",
            "Tapaamme toimistossamme Helsingissä.",
        ],
    ),
    "sv": (
        [
            "Din nya adress är Gränd 2.",
            "Ditt postnummer är 70100.",
            "Du flyttade till Kuopio i mars.",
            "Vi träffas i Åbo.",
            "Brevet kom tillbaka från Esbo.",
            "Vi träffas i Nystad.",
            "Brevet skickades till Kimitoön.",
            "Vi träffades i Enonkoski.",
            "Brevet kom från Vehkalahti.",
        ],
        [
            "Vi uppger inte din adress i detta brev.",
            "Adressen rättades den 17 mars 2026.",
            "Faktura nummer 1042 är obetald.",
            "Du besökte oss 3 gånger.",
            "Uppgifterna raderades från Severa.",
            "Vi träffas på vårt kontor i Helsinki.",
        ],
    ),
    "en": (
        [
            "Your new address is Kuja 2.",
            "Your number ends in 4455.",
            "You moved to Kuopio in March.",
            "We meet in Tampere.",
            "The letter came back from Oulu.",
            "We meet in Uusikaupunki.",
            "The letter came back from Vehkalahti.",
            "We sent it to Pihtipudas.",
        ],
        [
            "We do not tell your address in this letter.",
            "The address was corrected on 17 March 2026.",
            "Invoice number 1042 is unpaid.",
            "You visited us 3 times.",
            "The data was erased from Severa.",
            "We told it to Postnord.",
            "We meet at our office in Helsinki.",
        ],
    ),
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_own_sentence_tells_where_a_protected_person_is(language: str) -> None:
    """A town, a school or the end of a number says as much as a street (Act 661/2009, 36 §)."""
    letter = {one.title: one for one in specimens(language, "te")}["rectification granted"]
    context = replace(letter.context, protected=True)
    body = compose(context).body
    around = Around(template=template_words(context, body, context.today), composed=body)

    def found(said: str) -> bool:
        told = lint(f"{body}\n{said}\n", letter.text.subject, context, around)
        return "protected_address" in {one.code for one in told}

    telling, silent = WHERE[language]
    assert [said for said in telling if not found(said)] == []
    assert [said for said in silent if found(said)] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_where_nobody_knows_the_template_every_sentence_is_looked_at(language: str) -> None:
    """A letter of which that is lost tells as much."""
    letter = {one.title: one for one in specimens(language, "te")}["rectification granted"]
    context = replace(letter.context, protected=True)
    body = compose(context).body
    for said in WHERE[language][0]:
        told = lint(f"{body}\n{said}\n", letter.text.subject, context)
        assert "protected_address" in {one.code for one in told}, said
