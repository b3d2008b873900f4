"""A Swedish thing is kept without its article, and with all of its letters where nothing tells that it has one."""

from __future__ import annotations

import pytest

from inbox_agent.rules.commands.swedish_nouns import without_article

WHOLE = (
    "budget ticket paket internet examen ärenden möten foton konton värden ansikten meddelanden utlåtanden säkerhet"
    " verksamhet kvalitet universitet sekretess vatten fönster tecken robot horn organ plan önskan ansökan papperen"
    " Anden Karin Sjögren Stenholmen Virtanen Väisänen Ekman inget vilket mycket öppen barn namn lager register"
)


@pytest.mark.parametrize("noun", WHOLE.split())
def test_letters_that_are_no_article_stay(noun: str) -> None:
    """They would be lost in the letter that names what is kept."""
    assert without_article(noun) == noun


DEFINITE = {
    "mötet": "möte",
    "ärendet": "ärende",
    "lagret": "lager",
    "registret": "register",
    "kundregistret": "kundregister",
    "numret": "nummer",
    "kontot": "konto",
    "fotot": "foto",
    "natten": "natt",
    "biljetten": "biljett",
    "bilden": "bild",
    "brevet": "brev",
    "bokningssystemet": "bokningssystem",
    "programmet": "program",
    "rummet": "rum",
    "meddelandet": "meddelande",
    "ansiktet": "ansikte",
    "samtycket": "samtycke",
    "hyresavtalet": "hyresavtal",
    "bokföringen": "bokföring",
    "säkerheten": "säkerhet",
    "universitetet": "universitet",
    "kameran": "kamera",
    "fakturan": "faktura",
    "datorn": "dator",
    "e-posten": "e-post",
    "kvittona": "kvitton",
    "fakturorna": "fakturor",
    "bilderna": "bilder",
    "verifikaten": "verifikat",
    "landet": "land",
}


@pytest.mark.parametrize(("said", "noun"), DEFINITE.items())
def test_an_article_goes(said: str, noun: str) -> None:
    assert without_article(said) == noun
