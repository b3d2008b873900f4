"""What a person writes into an answer that no fact of the case states (GDPR 5(1)(a), 12(3), 15(4))."""

from __future__ import annotations

import pytest

from replies.album import VOICES, specimens
from replies.catalogue import LANGUAGES
from replies.lens import Around
from replies.linter import lint

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, ERASURE = "access granted", "erasure granted"


def found(language: str, title: str, sentence: str) -> set[str]:
    """The codes of what is wrong with a letter of the album into which a person wrote this sentence."""
    letter = ALBUM[language, title]
    body = letter.text.body
    edited = f"{body}\n{sentence}\n"
    return {one.code for one in lint(edited, letter.text.subject, letter.context, Around(composed=body))}


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_a_letter_as_it_was_composed_adds_nothing(language: str, form: str) -> None:
    for one in specimens(language, form):
        assert lint(one.text.body, one.text.subject, one.context, Around(composed=one.text.body)) == (), one.title


EXTENDED = [
    ("fi", "Jatkamme määräaikaa kahdella kuukaudella.", True),
    ("fi", "Vastausaikaa pidennetään 5.6.2026 asti.", True),
    ("fi", "Tarvitsemme vielä kuukauden lisäajan.", True),
    ("fi", "Emme jatka määräaikaa.", False),
    ("fi", "Kuten ilmoitimme 5.4.2026, jatkoimme määräaikaa.", False),
    ("fi", "Jatkamme uutiskirjeen lähettämistä vasta, kun pyydätte sitä.", False),
    ("sv", "Vi förlänger tidsfristen med två månader.", True),
    ("sv", "Tidsfristen förlängs inte.", False),
    ("en", "We are extending the deadline by two months.", True),
    ("en", "We will not extend the deadline.", False),
]


@pytest.mark.parametrize(("language", "sentence", "wrong"), EXTENDED)
def test_an_extension_is_told_in_its_own_notice_alone(language: str, sentence: str, wrong: bool) -> None:
    """In any other letter it would go round the gate of article 12(3)."""
    assert found(language, ACCESS, sentence) == ({"extension_elsewhere"} if wrong else set())


ACTS = [
    ("fi", ACCESS, "Poistimme samalla kaikki tietonne.", True),
    ("fi", ACCESS, "Olemme lopettaneet kaiken markkinoinnin.", True),
    ("fi", ACCESS, "Tietonne on nyt oikaistu.", True),
    ("fi", ACCESS, "Välitimme tietonne tilitoimistolle.", True),
    ("fi", ACCESS, "Poistimme liitteestä muiden ihmisten tiedot.", False),
    ("fi", ACCESS, "Emme ole poistaneet mitään.", False),
    ("fi", ACCESS, "Poistamme tiedot, kun säilytysaika päättyy.", False),
    ("fi", ERASURE, "Olemme siis poistaneet tietonne.", False),
    ("fi", ERASURE, "Olemme lopettaneet kaiken markkinoinnin.", True),
    ("fi", "marketing_stopped", "Olemme lopettaneet kaiken markkinoinnin.", False),
    ("sv", ACCESS, "Vi raderade samtidigt alla dina uppgifter.", True),
    ("sv", ACCESS, "Vi har upphört med all marknadsföring.", True),
    ("sv", ACCESS, "Vi raderade andras uppgifter ur bilagan.", False),
    ("sv", ERASURE, "Vi har alltså raderat uppgifterna.", False),
    ("en", ACCESS, "We have also erased all your data.", True),
    ("en", ACCESS, "We stopped all marketing.", True),
    ("en", ACCESS, "We have not erased anything.", False),
    ("en", ACCESS, "The data has not been transferred to anybody.", False),
    ("en", ERASURE, "So we have erased your data.", False),
]


@pytest.mark.parametrize(("language", "title", "sentence", "wrong"), ACTS)
def test_an_act_that_no_answer_states_is_doubted(language: str, title: str, sentence: str, wrong: bool) -> None:
    """What an answer states may be said in other words."""
    assert found(language, title, sentence) == ({"act_unstated"} if wrong else set())


NAMES = [
    ("fi", "Liitteenä on myös naapurinne Matti Meikäläisen lähettämä valitus.", True),
    ("fi", "Lapsenne Ella Esimerkki on myös rekisterissä.", True),
    ("fi", "Matti Meikäläinen on lähettänyt valituksen.", True),
    ("fi", "Valituksen teki Anne Meikäläinen.", True),
    ("fi", "Annoimme tiedot Maija Esimerkille.", False),
    ("fi", "Saimme Verohallinnon kirjeen.", False),
    ("fi", "Tiedot saa myös Posti Oyj.", False),
    ("fi", "Rekisterissä on myös valitus Helsingin Sanomista ja Turun yliopistosta.", False),
    ("fi", "Saksan Postin kuljetustiedot ovat liitteessä.", False),
    ("fi", "Sähköpostia käsittelee Microsoft Ireland.", False),
    ("fi", "Rekisteristä vastaa Kuurankukka Oy.", False),
    ("sv", "Bifogat finns din granne Matti Meikäläinens klagomål.", True),
    ("sv", "Vi Esimerkki svarar gärna på frågor.", False),
    ("en", "Attached is a complaint by your neighbour Matti Virtanen.", True),
    ("en", "We asked the Finnish Tax Office and the Supreme Court.", False),
]


@pytest.mark.parametrize(("language", "sentence", "wrong"), NAMES)
def test_a_name_that_no_fact_holds_is_doubted(language: str, sentence: str, wrong: bool) -> None:
    """Somebody else's data may stand in the answer (GDPR 15(4))."""
    assert found(language, ACCESS, sentence) == ({"unknown_name"} if wrong else set())
