"""Denials in a notice: what its clause denies is no demand, and a demand behind a denial of something else is one."""

from __future__ import annotations

import pytest

from inbox_agent.rules.notice.facts import Name
from inbox_agent.rules.notice.linter import examine
from inbox_agent.rules.notice.reader import facts, read

HEADINGS = {"fi": "Oikeutesi\n\n", "sv": "Dina rättigheter\n\n", "en": "Your rights\n\n"}

DEMANDS = [
    ("signature_demanded", "fi", "Emme peri maksua, mutta pyyntö on allekirjoitettava."),
    ("signature_demanded", "fi", "Et tarvitse lomaketta, mutta pyynnössä on oltava allekirjoitus."),
    ("signature_demanded", "fi", "Et tarvitse lomaketta ja pyyntö on allekirjoitettava."),
    ("signature_demanded", "fi", "Emme tarvitse perusteluja, kunhan pyyntö on allekirjoitettu."),
    ("signature_demanded", "fi", "Pyyntö on allekirjoitettava eikä sähköposti riitä."),
    ("signature_demanded", "fi", "Emme käsittele pyyntöjä ilman allekirjoitusta."),
    ("signature_demanded", "fi", "Emme vaadi lomaketta emmekä vastaa pyyntöihin ilman allekirjoitusta."),
    ("signature_demanded", "fi", "Pyyntö on allekirjoitettava, mutta lomaketta ei tarvita."),
    ("signature_demanded", "fi", "Pyyntö on allekirjoitettava, lomaketta ei tarvita."),
    ("signature_demanded", "fi", "Emme vaadi lomaketta, pyynnön pitää olla allekirjoitettu."),
    ("signature_demanded", "sv", "Du behöver inte använda en blankett, men begäran ska vara undertecknad."),
    ("signature_demanded", "sv", "Vi tar ingen avgift, men begäran ska undertecknas."),
    ("signature_demanded", "en", "You do not need a form, but the request must be signed."),
    ("signature_demanded", "en", "We do not accept requests without a signature."),
    ("signature_demanded", "en", "You need not use our form, a signed request is required."),
    ("in_person_only", "fi", "Tiedot on noudettava toimistolta, ajanvarausta ei tarvita."),
    ("once_a_year_fee", "fi", "Tiedot saa maksutta kerran vuodessa, perusteluja ei tarvita."),
    ("once_a_year_fee", "fi", "Emme vaadi perusteluja, mutta pyyntö on maksuton vain kerran vuodessa."),
    ("in_person_only", "fi", "Et tarvitse lomaketta, mutta tiedot on noudettava toimistolta."),
    ("in_person_only", "en", "You need no form, but copies are given only in person."),
    ("repealed_law", "fi", "Emme tarvitse suostumustasi, sillä käsittelemme tietoja henkilötietolain nojalla."),
    ("privacy_shield", "fi", "Emme vaadi suostumusta, vaan siirto perustuu Privacy Shield -järjestelyyn."),
    ("identity_code_demanded", "fi", "Kysymme aina henkilötunnuksesi pyynnön yhteydessä."),
    ("identity_code_demanded", "fi", "Pyynnössä on mainittava henkilötunnus."),
    ("identity_code_demanded", "fi", "Et tarvitse lomaketta, mutta ilmoita pyynnössä henkilötunnuksesi."),
    ("identity_code_demanded", "sv", "Begäran ska innehålla din personbeteckning."),
    ("identity_code_demanded", "en", "Your request must include your personal identity code."),
]
DENIALS = [
    ("signature_demanded", "fi", "Et tarvitse lomaketta etkä allekirjoitusta."),
    ("signature_demanded", "fi", "Et tarvitse allekirjoitusta."),
    ("signature_demanded", "fi", "Pyyntö ei edellytä lomaketta eikä allekirjoitusta."),
    ("signature_demanded", "fi", "Pyynnön allekirjoittaminen on vapaaehtoista."),
    ("signature_demanded", "fi", "Emme enää vaadi pyynnöltä allekirjoitusta."),
    ("signature_demanded", "fi", "Pyynnön sähköinen allekirjoitus käy, mutta sitä ei tarvita."),
    ("signature_demanded", "fi", "Lomaketta, allekirjoitusta tai käyntiä emme vaadi pyyntöön."),
    ("signature_demanded", "fi", "Pyynnön ei tarvitse olla kirjallinen, allekirjoitettu tai perusteltu."),
    ("signature_demanded", "sv", "Din begäran behöver inte vara undertecknad."),
    ("signature_demanded", "sv", "Du behöver varken blankett eller underskrift för din begäran."),
    ("signature_demanded", "en", "You do not need a form or a signature for your request."),
    ("signature_demanded", "en", "Your request needs no signature."),
    ("once_a_year_fee", "fi", "Pyyntöihin vastaaminen on maksutonta, emmekä rajoita sitä kertaan vuodessa."),
    ("once_a_year_fee", "fi", "Vastaamme pyyntöihin maksutta niin usein kuin haluat, emme vain kerran vuodessa."),
    ("once_a_year_fee", "en", "Requests are free, and not only once a year."),
    ("in_person_only", "fi", "Tietojen noutaminen toimistolta on vapaaehtoista."),
    ("privacy_shield", "fi", "Emme nojaa Privacy Shield -järjestelyyn."),
    ("privacy_shield", "sv", "Vi stöder oss inte på Privacy Shield."),
    ("privacy_shield", "en", "We do not rely on the Privacy Shield."),
    ("repealed_law", "fi", "Emme enää tukeudu henkilötietolakiin (523/1999)."),
    ("repealed_law", "sv", "Vi tillämpar inte längre personuppgiftslagen."),
    ("identity_code_demanded", "fi", "Emme kysy henkilötunnustasi pyynnön yhteydessä."),
    ("identity_code_demanded", "fi", "Älä lähetä henkilötunnustasi pyynnön mukana."),
    ("identity_code_demanded", "fi", "Pyynnössä ei tarvitse mainita henkilötunnusta."),
]


def found_or_asked(text: str) -> set[str]:
    document = read(text)
    return {finding.code for finding in examine(document, facts(document))}


@pytest.mark.parametrize(("code", "language", "clause"), DEMANDS)
def test_a_demand_behind_the_denial_of_something_else_is_found(code: str, language: str, clause: str) -> None:
    assert code in found_or_asked(HEADINGS[language] + clause)


@pytest.mark.parametrize(("code", "language", "clause"), DENIALS)
def test_what_its_clause_denies_is_no_demand(code: str, language: str, clause: str) -> None:
    assert code not in found_or_asked(HEADINGS[language] + clause)


@pytest.mark.parametrize(("clause", "wanted"), [(DENIALS[0][2], None), (DEMANDS[0][2], True)])
def test_the_reader_takes_no_denied_signature_for_a_demanded_one(clause: str, wanted: object) -> None:
    assert facts(read(HEADINGS["fi"] + clause))[Name.SIGNATURE_REQUIRED].value is wanted
