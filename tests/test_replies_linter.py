"""The linter: the whole catalogue is clean, and every finding can be made to appear."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from replies import authority
from replies.album import VOICES, Specimen, part, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.grounds import carrying
from replies.lens import Around
from replies.linter import Finding, lint
from replies.wording import Severity
from state.model import Letter, Outcome, RequestKind

ALBUM = {(language, specimen.title): specimen for language, form in VOICES for specimen in specimens(language, form)}


def findings(specimen: Specimen, edit: Callable[[str], str] = str, *, identified: bool | None = None) -> list[Finding]:
    """What the linter says of a letter of the album after a person's edit of its body."""
    context, text = specimen.context, specimen.text
    known = context.identified if identified is None else identified
    return list(lint(edit(text.body), text.subject, replace(context, identified=known)))


def without(pattern: str) -> Callable[[str], str]:
    """An edit that deletes every line with the pattern."""

    def edit(body: str) -> str:
        kept = [line for line in body.splitlines() if not re.search(pattern, line, re.IGNORECASE)]
        assert len(kept) < len(body.splitlines()), "the edit must change something"
        return "\n".join(kept)

    return edit


def adding(sentence: str) -> Callable[[str], str]:
    """An edit that puts a sentence before the closing words."""
    return lambda body: f"{body}\n{sentence}\n"


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_every_letter_of_the_catalogue_is_clean(language: str, form: str) -> None:
    """Not a warning in the whole album, but where a refusal keeps its reasons back and a copy goes unprotected."""
    found = {specimen.title: findings(specimen) for specimen in specimens(language, form)}
    answered_for = {"access partly national_limit, reasons withheld", "delivery attached"}
    assert {title for title, said in found.items() if said} == answered_for


SAID = [
    ("identity_code", "fi", "acknowledgement", "Tunnus 010190-999W on merkitty."),
    ("identity_code", "en", "acknowledgement", "Your code 311299Y900a is noted."),
    ("identity_code_demanded", "fi", "identity_question", "Ilmoittakaa henkilötunnuksenne."),
    ("identity_code_demanded", "fi", "identity_question", "Tarvitsemme vielä hetun."),
    ("identity_code_demanded", "fi", "identity_question", "Mikä on henkilötunnuksenne?"),
    ("identity_code_demanded", "fi", "identity_question", "Vastatkaa tähän ja kertokaa henkilötunnus."),
    ("identity_code_demanded", "fi", "identity_question", "Teidän on ilmoitettava myös henkilötunnus."),
    ("identity_code_demanded", "fi", "identity_question", "Voisitteko ilmoittaa henkilötunnuksenne loppuosan?"),
    ("identity_code_demanded", "fi", "identity_question", "Varmistamme asian henkilötunnuksesta."),
    ("identity_code_demanded", "fi", "acknowledgement", "Vastauksesta puuttuu henkilötunnus."),
    ("identity_code_demanded", "fi", "acknowledgement", "Ilmoittakaa:\n- nimi\n- henkilötunnus"),
    ("identity_code_demanded", "fi", "access granted", "Ilmoittakaa vielä henkilötunnuksenne."),
    ("identity_code_demanded", "fi", "erasure refused legal_claim", "Asia etenee, kun ilmoitatte henkilötunnuksenne."),
    ("identity_code_demanded", "fi", "identity_question", "Ilman henkilötunnusta emme voi jatkaa."),
    ("identity_code_demanded", "fi", "identity_question", "Henkilötunnus riittää."),
    ("bank_details_demanded", "fi", "acknowledgement", "Tarvitsemme maksukorttinne numeron."),
    ("id_copy_demanded", "fi", "access granted", "Lähettäkää meille passin kopio."),
    ("identity_code_demanded", "sv", "access granted", "Skicka ännu din personbeteckning."),
    ("identity_code_demanded", "sv", "identity_question", "Du måste uppge din personbeteckning."),
    ("identity_code_demanded", "sv", "identity_question", "Vi behöver din personbeteckning."),
    ("identity_code_demanded", "sv", "identity_question", "Vad är din personbeteckning?"),
    ("identity_code_demanded", "en", "access granted", "Please send us your personal identity code."),
    ("identity_code_demanded", "en", "identity_question", "We need your personal identity code."),
    ("identity_code_demanded", "en", "identity_question", "What is your personal identity code?"),
    ("identity_code_demanded", "en", "identity_question", "You must give your personal identity code."),
    ("identity_code_demanded", "en", "identity_question", "Could you tell us your personal identity code?"),
    ("identity_code_demanded", "sv", "identity_question", "Uppge din personbeteckning."),
    ("identity_code_demanded", "en", "identity_question", "Tell us your personal identity code."),
    ("signature_demanded", "fi", "identity_question", "Lähettäkää meille allekirjoitettu lomake."),
    ("signature_demanded", "fi", "more_information", "Allekirjoittakaa pyyntö ja palauttakaa se."),
    ("signature_demanded", "sv", "identity_question", "Skicka en undertecknad blankett till oss."),
    ("signature_demanded", "en", "identity_question", "Please send us a signed form."),
    ("id_copy_demanded", "fi", "identity_question", "Liittäkää mukaan kopio henkilökortista."),
    ("id_copy_demanded", "fi", "identity_question", "Passistanne tarvitaan skannattu kuva."),
    ("id_copy_demanded", "sv", "identity_question", "Bifoga en kopia av ditt körkort."),
    ("id_copy_demanded", "en", "identity_question", "Attach a copy of your passport."),
    ("login_or_reason_demanded", "fi", "marketing_stopped", "Kirjautukaa ensin palveluumme."),
    ("login_or_reason_demanded", "sv", "marketing_stopped", "Logga in i tjänsten först."),
    ("login_or_reason_demanded", "en", "marketing_stopped", "Please give us your reason."),
    ("thirty_days", "fi", "acknowledgement", "Vastaamme 30 päivän kuluessa."),
    ("thirty_days", "fi", "acknowledgement", "Määräaika on 30 pv."),
    ("thirty_days", "sv", "acknowledgement", "Vi svarar inom 30 dagar."),
    ("thirty_days", "en", "acknowledgement", "We will answer within thirty days."),
    ("repealed_law", "fi", "access granted", "Tämä perustuu henkilötietolain 28 §:ään."),
    ("repealed_law", "fi", "access granted", "Katso laki 523/1999."),
    ("repealed_law", "sv", "access granted", "Detta följer av personuppgiftslagen."),
    ("repealed_law", "en", "access granted", "This follows from the Personal Data Act."),
    ("once_a_year", "fi", "access granted", "Tiedot saa maksutta kerran vuodessa."),
    ("once_a_year", "sv", "access granted", "Uppgifterna är gratis en gång per år."),
    ("once_a_year", "en", "access granted", "The data is free once a year."),
    ("old_authority", "fi", "access granted", "Ratapihantie 9, Helsinki"),
    ("old_authority", "sv", "access granted", "PB 800, 00521 Helsingfors"),
    ("old_authority", "en", "access granted", "http://www.tietosuoja.fi/fi/index.html"),
    ("privacy_shield", "fi", "access granted", "Siirron suojana on Privacy Shield."),
    ("privacy_shield", "sv", "access granted", "Privacy Shield-certifierad mottagare."),
    ("unfilled", "fi", "acknowledgement", "Vastaamme viimeistään [päivämäärä]."),
    ("unfilled", "fi", "acknowledgement", "Vastaamme viimeistään pp.kk.vvvv."),
    ("unfilled", "fi", "acknowledgement", "Rekisterinpitäjä (nimi täydennettävä)"),
    ("unfilled", "sv", "acknowledgement", "Hej {{ namn }}"),
    ("unfilled", "en", "acknowledgement", "We will answer by [...]."),
    ("bare_law", "fi", "access granted", "Lain mukaan emme voi."),
    ("bare_law", "fi", "access granted", "GDPR:n vuoksi emme voi."),
    ("bare_law", "sv", "access granted", "Enligt lagen kan vi inte."),
    ("bare_law", "en", "access granted", "According to the law we cannot."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Syynä on kesälomakausi."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Orsaken är semestrar."),
    ("extension_reason_unlawful", "en", "extension, complexity", "The reason is our workload."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Syynä ovat tekniset ongelmat."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Käsittelijämme on sairauslomalla."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Viivästys tapahtui lomien vuoksi."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Resurssimme eivät riitä."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Orsaken är tekniska problem."),
    ("extension_reason_unlawful", "en", "extension, complexity", "We have technical difficulties."),
    ("extension_reason_unlawful", "en", "extension, complexity", "Our colleague is off sick."),
    ("confirmed_before_identity", "fi", "identity_question", "Olette asiakasrekisterissämme."),
    ("confirmed_before_identity", "fi", "identity_question", "Tietonne ovat rekisterissämme."),
    ("confirmed_before_identity", "fi", "identity_question", "Emme löytäneet tietojanne."),
    ("confirmed_before_identity", "fi", "acknowledgement", "Meillä on teitä koskevia tietoja."),
    ("confirmed_before_identity", "fi", "identity_question", "Olette ollut asiakkaamme vuodesta 2019."),
    ("confirmed_before_identity", "fi", "identity_question", "Löysimme teidät asiakasrekisteristämme."),
    ("confirmed_before_identity", "fi", "identity_question", "Teillä on meillä avoin lasku."),
    ("confirmed_before_identity", "fi", "identity_question", "Teitä ei löydy järjestelmistämme."),
    ("confirmed_before_identity", "fi", "identity_question", "Asiakassuhteenne päättyi vuonna 2021."),
    ("confirmed_before_identity", "fi", "identity_question", "Tilasitte meiltä uutiskirjeen keväällä."),
    ("confirmed_before_identity", "fi", "identity_question", "Nimenne on asiakasluettelossamme."),
    ("confirmed_before_identity", "fi", "identity_question", "Järjestelmissämme on merkintä teistä."),
    ("confirmed_before_identity", "fi", "identity_question", "Tunnistimme teidät asiakkaaksemme."),
    ("confirmed_before_identity", "fi", "identity_question", "Olet tilannut meiltä viime vuonna."),
    ("confirmed_before_identity", "fi", "identity_question", "Olemme jo poistaneet tietonne."),
    ("confirmed_before_identity", "fi", "identity_question", "Nimellänne ei löytynyt mitään."),
    ("confirmed_before_identity", "fi", "identity_question", "Emme tunne teitä."),
    ("confirmed_before_identity", "fi", "identity_question", "Sinulla on meillä voimassa oleva sopimus."),
    ("confirmed_before_identity", "fi", "identity_question", "Meillä ei ole teistä mitään."),
    ("confirmed_before_identity", "sv", "identity_question", "Du har varit kund hos oss sedan 2019."),
    ("confirmed_before_identity", "sv", "identity_question", "Vi hittade dig i kundregistret."),
    ("confirmed_before_identity", "sv", "identity_question", "Du har en obetald faktura hos oss."),
    ("confirmed_before_identity", "sv", "identity_question", "Ditt namn finns inte i våra system."),
    ("confirmed_before_identity", "sv", "identity_question", "Ditt kundförhållande upphörde 2021."),
    ("confirmed_before_identity", "sv", "identity_question", "Du beställde nyhetsbrevet i våras."),
    ("confirmed_before_identity", "sv", "identity_question", "Vi har redan raderat dina uppgifter."),
    ("confirmed_before_identity", "sv", "identity_question", "Vi känner inte till dig."),
    ("confirmed_before_identity", "en", "identity_question", "You have been our customer since 2019."),
    ("confirmed_before_identity", "en", "identity_question", "We found you in our customer register."),
    ("confirmed_before_identity", "en", "identity_question", "You have an open invoice with us."),
    ("confirmed_before_identity", "en", "identity_question", "We could not find you in our systems."),
    ("confirmed_before_identity", "en", "identity_question", "Your contract ended in 2021."),
    ("confirmed_before_identity", "en", "identity_question", "You ordered our newsletter last spring."),
    ("confirmed_before_identity", "en", "identity_question", "We have already erased your data."),
    ("confirmed_before_identity", "en", "identity_question", "Our customer register has an entry about you."),
    ("confirmed_before_identity", "sv", "identity_question", "Vi har uppgifter om dig."),
    ("confirmed_before_identity", "sv", "identity_question", "Du finns i vårt register."),
    ("confirmed_before_identity", "en", "identity_question", "You are in our customer register."),
    ("confirmed_before_identity", "en", "acknowledgement", "We do not hold any of your data."),
]


@pytest.mark.parametrize(("code", "language", "title", "sentence"), SAID)
def test_what_must_not_be_said_is_found_where_it_stands(code: str, language: str, title: str, sentence: str) -> None:
    """One sentence too many: found, with a place inside that sentence."""
    specimen = ALBUM[language, title]
    edited = adding(sentence)(specimen.text.body)
    found = findings(specimen, adding(sentence))
    assert {finding.code for finding in found} == {code}
    for finding in found:
        assert finding.span is not None
        assert edited[slice(*finding.span)] in sentence


NO_REASONS = [
    ("extension_reason_unlawful", "fi", "extension, complexity", "Meillä on nyt paljon töitä."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Yhteyshenkilömme on poissa."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Vaihdamme asiakasjärjestelmää."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Emme ehdi vastata ajoissa."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Tilinpäätös vie aikamme."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Olemme vähän myöhässä kaikessa."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Uusi työntekijämme vasta perehtyy."),
    ("extension_reason_unlawful", "fi", "extension, complexity", "Järjestelmämme päivitys on kesken."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Vi har mycket att göra just nu."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Vår kontaktperson är borta."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Vi byter kundsystem."),
    ("extension_reason_unlawful", "sv", "extension, complexity", "Vi hinner inte svara i tid."),
    ("extension_reason_unlawful", "en", "extension, complexity", "We are very busy at the moment."),
    ("extension_reason_unlawful", "en", "extension, complexity", "Our contact person is away."),
    ("extension_reason_unlawful", "en", "extension, complexity", "We are changing our customer system."),
    ("extension_reason_unlawful", "en", "extension, complexity", "We do not have time to answer."),
    ("ground_unlawful", "fi", "access refused unfounded_or_excessive", "Meillä on paljon työtä."),
    ("ground_unlawful", "fi", "access refused unfounded_or_excessive", "Olette käyttäytynyt töykeästi."),
    ("ground_unlawful", "fi", "access refused unfounded_or_excessive", "Pyynnön käsittely veisi liikaa aikaa."),
    ("lawsuit_no_ground", "fi", "access refused unfounded_or_excessive", "Aiotte haastaa meidät oikeuteen."),
    ("access_ground_unlawful", "fi", "access refused unfounded_or_excessive", "Teillä on jo nämä tiedot."),
    ("access_ground_unlawful", "fi", "access refused unfounded_or_excessive", "Muistiinpanot ovat sisäisiä."),
    ("access_ground_unlawful", "fi", "access refused unfounded_or_excessive", "Ette ole perustellut pyyntöänne."),
    ("ground_unlawful", "fi", "access refused unfounded_or_excessive", "Meillä ei ole henkilökuntaa tähän."),
    ("ground_unlawful", "fi", "erasure refused unfounded_or_excessive", "Poistaminen on liian työlästä."),
    ("ground_unlawful", "fi", "fee, excessive", "Teillä on ollut töykeä käytös."),
    ("ground_unlawful", "fi", "fee, excessive", "Selvittäminen on meille työlästä."),
    ("ground_unlawful", "sv", "access refused unfounded_or_excessive", "Vi har mycket arbete."),
    ("ground_unlawful", "sv", "access refused unfounded_or_excessive", "Du har uppfört dig oförskämt."),
    ("lawsuit_no_ground", "sv", "access refused unfounded_or_excessive", "Du tänker stämma oss."),
    ("access_ground_unlawful", "sv", "access refused unfounded_or_excessive", "Du har redan uppgifterna."),
    ("ground_unlawful", "en", "access refused unfounded_or_excessive", "We have too much work."),
    ("ground_unlawful", "en", "access refused unfounded_or_excessive", "You have been rude to our staff."),
    ("lawsuit_no_ground", "en", "access refused unfounded_or_excessive", "You intend to sue us."),
    ("access_ground_unlawful", "en", "access refused unfounded_or_excessive", "You already have the data."),
]


@pytest.mark.parametrize(("code", "language", "title", "sentence"), NO_REASONS)
def test_what_is_no_reason_in_law_is_found(code: str, language: str, title: str, sentence: str) -> None:
    """A controller's own load never is, nor the manners or the plans of who asks (EDPB Guidelines 01/2022, 162-189)."""
    assert {finding.code for finding in findings(ALBUM[language, title], adding(sentence))} == {code}


HARMLESS = [
    ("fi", "extension, complexity", "Käymme läpi 40 000 riviä teknisten lokien tietoja."),
    ("fi", "extension, complexity", "Pyyntö koskee kymmenen vuoden lomatietoja ja sairauslomia."),
    ("sv", "extension, complexity", "Vi går igenom tekniska loggar."),
    ("en", "extension, complexity", "We go through technical logs and the sick leave records of ten years."),
    ("en", "extension, complexity", "The request covers your holiday bookings of ten years."),
    ("fi", "extension, complexity", "Pyyntö koskee kymmentä järjestelmää, joista kaksi vaihtui vuonna 2020."),
    ("fi", "erasure refused legal_claim", "Aiotte nostaa kanteen, ja tarvitsemme tiedot puolustautumiseen."),
    ("fi", "access granted", "Asiakaspalvelun muistiinpano: asiakas oli töykeä ja kiireinen."),
    ("fi", "access refused unfounded_or_excessive", "Vastaus viivästyi: meillä oli paljon töitä."),
    ("fi", "fee, further_copy", "Teillä on jo nämä tiedot."),
    ("fi", "identity_question", "Henkilötunnusta ei tarvita."),
    ("fi", "identity_question", "Pyyntöä ei tarvitse allekirjoittaa."),
    ("fi", "identity_question", "Älkää lähettäkö kopiota passista."),
    ("sv", "identity_question", "Skicka inte din personbeteckning."),
    ("en", "identity_question", "A signature is not required."),
    ("fi", "access granted", "Puhelutallenteita säilytetään 30 päivää."),
    ("en", "access granted", "Recordings are kept for 30 days."),
    ("fi", "access granted", "Lain mukaan näin on (tietosuojalain 34 §)."),
    ("fi", "access granted", "Kirjanpitolain mukaan näin on."),
    ("en", "access granted", "The European Data Protection Board has issued guidelines."),
    ("fi", "acknowledgement", "Tilausnumero 120326-12 ja Y-tunnus 2345678-9, puhelin 040 1234567."),
    ("fi", "identity_question", "Jos meillä on tietoja, kerromme niistä myöhemmin."),
    ("fi", "access granted", "Olette asiakasrekisterissämme."),
    ("fi", "identity_question", "Emme voi vielä kertoa, löytyykö tietojanne rekistereistämme."),
    ("fi", "identity_question", "Asiakkaamme voivat varmistaa henkilöllisyytensä myös näin."),
    ("fi", "identity_question", "Saimme pyyntönne peruuttaa uutiskirjeen tilauksenne."),
    ("sv", "identity_question", "Vi kan inte säga om du är kund hos oss."),
    ("en", "identity_question", "We cannot say whether you are a customer of ours."),
    ("fi", "access granted", "Poistuneiden asiakkaiden tiedot poistetaan kerran vuodessa."),
    ("sv", "access granted", "Gamla kunders uppgifter raderas en gång om året."),
    ("en", "access granted", "The data of former customers is deleted once a year."),
    ("fi", "access granted", "Tiedot: nimi, henkilötunnus, pankkikortin numero, passin kopio ja kasvokuva."),
    ("fi", "access granted", "Tarvitsemme henkilötunnustanne palkanmaksuun."),
    ("fi", "access granted", "Henkilötunnuksen saimme teiltä, kun työsuhde alkoi. Emme ilmoita sitä muille."),
    ("fi", "access granted", "Työterveyshuolto toimittaa meille lääkärintodistukset."),
    ("fi", "access granted", "Lähetimme teille allekirjoitetun työsopimuksen."),
    ("fi", "erasure granted", "Poistimme myös henkilötunnuksenne."),
    ("fi", "erasure refused accounting_law", "Henkilötunnuksenne tarvitaan palkkakirjanpitoon."),
    ("fi", "more_information", "Tarkoitatteko pyynnöllänne henkilötunnuksen oikaisemista?"),
    ("sv", "access granted", "Uppgifter: namn, personbeteckning, kortnummer och kopia av passet."),
    ("sv", "access granted", "Vi behöver din personbeteckning för att betala lönen."),
    ("sv", "access granted", "Vi måste uppge personbeteckningen för Skatteförvaltningen."),
    ("sv", "erasure granted", "Vi raderade också din personbeteckning."),
    ("en", "access granted", "Data: name, personal identity code, card number, a copy of your passport."),
    (
        "en",
        "access granted",
        "We need your personal identity code to pay your salary and send it to the tax authority.",
    ),
    ("en", "erasure granted", "We also erased your personal identity code."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), HARMLESS)
def test_the_opposite_of_a_fault_is_no_fault(language: str, title: str, sentence: str) -> None:
    """No false alarm about what is lawful to say."""
    assert findings(ALBUM[language, title], adding(sentence)) == []


UNSAID = [
    ("complaint_missing", "fi", "erasure refused accounting_law", r"käsiteltäväksi"),
    ("complaint_missing", "sv", "access no_data", r"klagomål"),
    ("complaint_missing", "en", "access granted", r"complaint"),
    ("complaint_missing", "fi", "access not_identified", r"käsiteltäväksi"),
    ("complaint_missing", "en", "erasure art11", r"complaint"),
    ("complaint_contact_missing", "fi", "access partly", r"osoite:|Puhelin:|Sähköposti:|https://"),
    ("remedy_missing", "fi", "erasure refused legal_claim", r"käräjäoikeu"),
    ("remedy_missing", "sv", "access partly", r"domstol"),
    ("remedy_missing", "en", "access not_identified", r"court"),
    ("ground_missing", "fi", "erasure refused accounting_law", r"kirjanpitolain"),
    ("ground_missing", "sv", "portability refused wrong_basis", r"artikel 20"),
    ("ground_missing", "en", "rectification refused data_accurate", r"Article 16"),
    ("until_missing", "fi", "erasure refused accounting_law", r"31\.12\.2031"),
    ("until_missing", "sv", "erasure partly", r"31\.12\.2031"),
    ("until_missing", "en", "erasure refused open_invoice", r"until the invoice"),
    ("extension_date_missing", "fi", "extension, complexity", r"5\.6\.2026"),
    ("extension_date_missing", "en", "extension, complexity", r"5 June 2026"),
    ("extension_reason_missing", "fi", "extension, complexity", r"monimutkainen"),
    ("extension_reason_missing", "sv", "extension, number_of_requests", r"flera begäranden"),
    ("promise_missing", "fi", "acknowledgement", r"Vastaamme"),
    ("promise_missing", "en", "identity_question", r"we will answer"),
    ("nothing_confirmed_missing", "fi", "identity_question", r"vahvistaa"),
    ("nothing_confirmed_missing", "sv", "identity_question", r"bekräfta"),
    ("stop_date_missing", "fi", "marketing_stopped", r"alkaen"),
    ("suppression_missing", "sv", "marketing_stopped", r"spärrlista"),
    ("suppression_missing", "en", "marketing_objection granted", r"suppression list"),
    ("earlier_processing_missing", "fi", "consent_withdrawal granted", r"lainmukaisena"),
    ("lifting_notice_missing", "en", "restriction granted", r"before the restriction"),
    ("searched_missing", "fi", "access no_data", r"Haimme"),
]


@pytest.mark.parametrize(("code", "language", "title", "pattern"), UNSAID)
def test_what_must_be_said_is_missed_when_it_goes(code: str, language: str, title: str, pattern: str) -> None:
    """A line deleted from a letter that needs it."""
    found = findings(ALBUM[language, title], without(pattern))
    assert code in {finding.code for finding in found}
    assert all(finding.span is None for finding in found)


@pytest.mark.parametrize(
    "subject",
    [
        "Asia 2026-0007: tietojen poistaminen",
        "Re: Asia 2026-0007",
        "Tietopyyntönne",
        "Case 2026-0007",
        "Asia 2026-0007\nBcc: x@paha.example",
        "Asia 2026-0007\n",
        "",
    ],
)
def test_a_subject_with_anything_but_the_number_is_found(subject: str) -> None:
    """In the letter's own language, whole and alone."""
    context, text = ALBUM["fi", "acknowledgement"].context, ALBUM["fi", "acknowledgement"].text
    found = lint(text.body, subject, context)
    assert [(finding.code, finding.span) for finding in found] == [("subject", None)]


@pytest.mark.parametrize(
    ("language", "said", "beside", "undone", "wrong"),
    [
        ("fi", "Profilointi jatkuu kuitenkin", None, False, True),
        ("fi", "Käytämme tietoja edelleen markkinointiin", None, False, True),
        ("fi", "Emme jatka sitä muuallakaan", None, False, False),
        ("fi", "Poistimme samalla profiloinnin tulokset", None, False, False),
        ("fi", "Poistimme samalla profiloinnin tulokset", None, True, True),
        ("fi", "Poistimme samalla profiloinnin tulokset", Outcome.REFUSED, False, True),
        ("fi", "Säilytämme tulokset", Outcome.GRANTED, False, True),
        ("fi", "Säilytämme tulokset", Outcome.REFUSED, False, False),
        ("sv", "Profileringen fortsätter ändå", None, False, True),
        ("sv", "Samtidigt raderade vi resultaten", Outcome.REFUSED, False, True),
        ("en", "We still use the data for advertising", None, False, True),
        ("en", "We keep the results", Outcome.GRANTED, False, True),
        ("en", "We do not keep the results", Outcome.GRANTED, False, False),
    ],
)
def test_what_becomes_of_the_data_does_not_go_against_the_answer(
    language: str, said: str, beside: Outcome | None, undone: bool, wrong: bool
) -> None:
    """What was stopped does not go on; what another part keeps was not erased, nor the other way round."""
    until = date(2026, 3, 24) if undone else None
    told = part(language, RequestKind.CONSENT_WITHDRAWAL, Outcome.GRANTED, afterwards=said)
    stopped = replace(told, undone_until=until, undone_here=undone)
    others = (part(language, RequestKind.ERASURE, beside),) if beside else ()
    context = replace(ALBUM[language, "consent_withdrawal granted"].context, parts=(stopped, *others))
    text = compose(context)
    found = {finding.code for finding in lint(text.body, text.subject, context)}
    assert ("afterwards_contradicts" in found) is wrong


EVERYWHERE = [
    ("fi", "Tietonne on poistettu kaikkialta."),
    ("fi", "Näitä tietoja ei ole luovutettu muille."),
    ("sv", "Uppgifterna har raderats överallt."),
    ("sv", "De här uppgifterna har inte lämnats ut till någon annan."),
    ("en", "The data has been erased everywhere."),
    ("en", "This data has not been disclosed to anyone else."),
]


@pytest.mark.parametrize(("language", "said"), EVERYWHERE)
def test_nothing_is_erased_everywhere_while_nobody_knows_who_has_it(language: str, said: str) -> None:
    """The letter says from where, and that the others are being found out; a person's own words too."""
    specimen = ALBUM[language, "erasure granted, processors sought"]
    known = replace(specimen.context, parts=(replace(specimen.context.parts[0], sought=False),))
    for context, wrong in ((specimen.context, True), (known, False)):
        text = compose(context)
        assert "everywhere_unknown" not in {one.code for one in lint(text.body, text.subject, context)}
        own = lint(f"{text.body}\n{said}\n", text.subject, context)
        assert ("everywhere_unknown" in {one.code for one in own}) is wrong


def test_an_answer_too_early_is_found_however_it_is_worded() -> None:
    """Granted, partly, refused and no data tell of data; a ban on marketing and a question of identity do not."""
    for (language, title), specimen in ALBUM.items():
        answered = {(part.kind, part.outcome) for part in specimen.context.parts if part.outcome}
        early = "confirmed_before_identity" in {finding.code for finding in findings(specimen, identified=False)}
        tells = any(
            outcome in {Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED, Outcome.NO_DATA}
            and (kind, outcome) != (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED)
            for kind, outcome in answered
        ) or specimen.context.letter in {Letter.FEE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}
        assert early == tells, (language, title)


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_names_that_every_letter_of_ours_holds_are_nobody_else_s(language: str, form: str) -> None:
    """The ombudsman's office and our own people write to us too, and then have cases: their names stay ours to say."""
    refusal = next(one for one in specimens(language, form) if one.title == "erasure refused open_invoice")
    sender = refusal.context.sender
    others = (authority.ombudsman(language).name, sender.contact_name, sender.name)
    assert all(name in refusal.text.body for name in others)
    assert lint(refusal.text.body, refusal.text.subject, refusal.context, Around(others=others)) == ()


def test_every_finding_has_its_source() -> None:
    """Whoever is told of a fault can look it up."""
    for specimen in ALBUM.values():
        emptied = findings(specimen, lambda _: "[...]")
        assert all(finding.source and finding.severity in Severity for finding in emptied)
        assert emptied


def test_findings_come_in_the_order_of_the_text() -> None:
    """What is missing first, then from the top down, each once."""
    found = findings(
        ALBUM["fi", "access refused national_limit"],
        lambda body: "Vastaamme 30 päivässä. [x] {{ y }} " + without("käräjäoikeu")(body),
    )
    assert [finding.code for finding in found][:2] == ["remedy_missing", "thirty_days"]
    spans = [finding.span for finding in found if finding.span]
    assert spans == sorted(spans)
    assert len(set(found)) == len(found)


def test_a_ground_nobody_recorded_still_wants_a_provision() -> None:
    """Without a ground among the facts, any provision but the ways to complain will do."""
    specimen = ALBUM["fi", "access refused national_limit"]
    context = specimen.context
    unknown = replace(
        specimen, context=replace(context, parts=tuple(replace(part, facts={}) for part in context.parts))
    )
    body = specimen.text.body

    def codes(text: str) -> set[str]:
        found = lint(text, "Asia 2026-0007", unknown.context)
        return {finding.code for finding in found}

    assert codes(body) == set()
    assert codes(without("34.§")(body)) == {"ground_missing"}


@pytest.mark.parametrize(
    ("language", "nobody"),
    [("fi", "emme luovuta tietoja kenellekään"), ("sv", "inga mottagare"), ("en", "none")],
)
def test_a_recipient_that_the_copy_names_is_told_of_the_erasure(language: str, nobody: str) -> None:
    """The same letter cannot say that a courier has the data and that nobody has (GDPR 15(1)(c), 19)."""
    specimen = ALBUM[language, "access before erasure"]

    def found(notified: str, recipients: str | None = None) -> set[str]:
        parts = tuple(
            replace(
                part,
                facts={
                    **part.facts,
                    **({"notified": notified} if part.kind is RequestKind.ERASURE else {}),
                    **({"recipients": recipients} if recipients and part.kind is RequestKind.ACCESS else {}),
                },
            )
            for part in specimen.context.parts
        )
        context = replace(specimen.context, parts=parts, sender=replace(specimen.context.sender, joint=()))
        text = compose(context)
        return {finding.code for finding in lint(text.body, text.subject, context)}

    assert found("no_recipients") == {"recipients_contradict"}
    assert found("told") == set()
    assert found("no_recipients", nobody) == set()


DENIED = [
    ("fi", "Tietoja ei ole luovutettu muille.", False),
    ("fi", "Kukaan muu ei ole saanut tietoja.", False),
    ("fi", "Muilla ei ole näitä tietoja.", False),
    ("fi", "Tietoja ei ole luovutettu kenellekään muulle.", False),
    ("fi", "Tietoja ei ole luovutettu kenellekään.", True),
    ("fi", "Emme ole antaneet tietoja ulkopuolisille.", True),
    ("sv", "Ingen annan har fått uppgifterna.", False),
    ("sv", "Vi har inte lämnat ut uppgifterna till någon annan.", False),
    ("sv", "Vi har inte lämnat ut uppgifterna till någon.", True),
    ("en", "Nobody else has received the data.", False),
    ("en", "The data has not been disclosed to anyone else.", False),
    ("en", "The data has not been disclosed to any other company.", False),
    ("en", "The data has not been disclosed to anyone.", True),
]


@pytest.mark.parametrize(("language", "said", "wrong"), DENIED)
def test_that_nobody_else_has_the_data_denies_nobody_who_is_named(language: str, said: str, wrong: bool) -> None:
    """Only that nobody at all got it goes against a recipient whom the same letter names (GDPR 19)."""
    context = ALBUM[language, "erasure granted"].context
    [erased] = context.parts
    told = replace(erased, facts={**erased.facts, "notified": "told", "notified_named": f"Posti Oy. {said}"})
    context = replace(context, parts=(told,))
    text = compose(context)
    found = {one.code for one in lint(text.body, text.subject, context)}
    assert ("recipients_contradict" in found) is wrong


@pytest.mark.parametrize(
    ("ways", "codes"),
    [
        ({}, set()),
        ({"address": ""}, set()),
        ({"contact_phone": ""}, set()),
        ({"address": "", "contact_phone": ""}, {"asked_by_mail_only"}),
        ({"address": "", "contact_phone": "", "contact_email": ""}, {"way_in_missing"}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_on_paper_without_a_way_in_is_an_error(language: str, ways: dict[str, str], codes: set[str]) -> None:
    """Whoever gets paper must be able to answer what it asks: they may have no e-mail."""
    fee = ALBUM[language, "on paper: fee"]
    context = replace(fee.context, sender=replace(fee.context.sender, **ways))
    found = {finding.code for finding in lint(compose(context).body, fee.text.subject, context)}
    assert found & {"way_in_missing", "only_mail_in", "asked_by_mail_only"} == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_on_paper_with_an_address_for_mail_alone_is_doubtful(language: str) -> None:
    """It asks nothing, so that it may leave; a way back for somebody without e-mail is still owed."""
    answer = ALBUM[language, "on paper: automated_decision granted"]
    context = replace(answer.context, sender=replace(answer.context.sender, address="", contact_phone=""))
    found = {finding.code: finding.severity for finding in lint(compose(context).body, answer.text.subject, context)}
    assert found["only_mail_in"] is Severity.WARNING
    assert "asked_by_mail_only" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_in_that_a_person_strikes_out_of_paper_are_missed(language: str) -> None:
    """The text that is approved decides, not what the profile knows."""
    fee = ALBUM[language, "on paper: fee"]
    body = fee.text.body
    for way in (fee.context.sender.address, fee.context.sender.contact_phone, fee.context.sender.contact_email):
        body = body.replace(way, "")
    assert "way_in_missing" in {finding.code for finding in lint(body, fee.text.subject, fee.context)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_else_is_held_only_where_no_other_right_says_otherwise(language: str) -> None:
    """Found at its sentence; without another right that was answered out of more data, or without it, nothing."""
    specimen = ALBUM[language, "erasure refused accounting_law"]
    text = specimen.text
    [found] = lint(text.body, text.subject, specimen.context, Around(more_held=True))

    assert found.code == "nothing_else_contradicts"
    assert found.severity is Severity.ERROR
    assert found.span
    begin, end = found.span
    assert lint(text.body, text.subject, specimen.context, Around(more_held=False)) == ()
    without = text.body.replace(text.body[begin:end], "")
    assert lint(without, text.subject, specimen.context, Around(more_held=True)) == ()


def test_the_facts_of_a_copy_may_name_what_was_once_asked_for() -> None:
    """Whence an employer has the identity code is told in words that would else be a demand (GDPR 15(1)(g))."""
    specimen = ALBUM["fi", "access granted"]
    [part] = specimen.context.parts
    sources = "Te itse, kun ilmoitatte henkilötunnuksenne työsuhteen alkaessa"
    context = replace(specimen.context, parts=(replace(part, facts={**part.facts, "sources": sources}),))
    text = compose(context)
    assert sources[3:] in text.body
    assert lint(text.body, text.subject, context) == ()
    [found] = lint(f"{text.body}\nVastaamme, kun ilmoitatte henkilötunnuksenne.\n", text.subject, context)
    assert found.code == "identity_code_demanded"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("explained", "found"),
    [("xx", {"extension_vague"}), ("se vain on", {"extension_uncounted"}), ("40 000 video", set())],
)
def test_a_reason_to_extend_says_what_and_how_much(language: str, explained: str, found: set[str]) -> None:
    """That a request is complex is shown by what there is to go through, not said (GDPR 12(3), 5(2))."""
    specimen = ALBUM[language, "extension, complexity"]
    context = replace(specimen.context, extension_explained=explained)
    assert {one.code for one in lint(compose(context).body, specimen.text.subject, context)} == found


@pytest.mark.parametrize(
    ("language", "explained"), [("fi", "40 000 riviä"), ("sv", "40 000 rader"), ("en", "40,000 rows")]
)
def test_rows_of_a_table_are_a_measure_in_each_language(language: str, explained: str) -> None:
    specimen = ALBUM[language, "extension, complexity"]
    context = replace(specimen.context, extension_explained=explained)
    assert lint(compose(context).body, specimen.text.subject, context) == ()


@pytest.mark.parametrize(
    "said",
    [
        "Jere Lumikosken tilaus",
        "Naapurinne Virtasen Pirkko on asiakas",
        "Pirkko Virtaselle",
        "Matti Lahden",
        "Jere Lumikoski",
    ],
)
def test_another_person_is_found_in_every_case_and_order(said: str) -> None:
    """A name in Finnish seldom stands as the register writes it (GDPR 15(4))."""
    specimen = ALBUM["fi", "access granted"]
    around = Around(others=("Jere Lumikoski", "Pirkko Virtanen", "Matti Lahti"))
    found = lint(f"{specimen.text.body}\n{said}.\n", specimen.text.subject, specimen.context, around)
    assert [one.code for one in found] == ["other_person"]


def test_the_reader_s_own_name_is_nobody_else_s_however_inflected() -> None:
    specimen = ALBUM["fi", "access granted"]
    around = Around(others=("Maija Esimies", "Maija Esimerkkilä"))
    body = f"{specimen.text.body}\nMaija Esimerkin tiedot. Esimerkin Maijalle.\n"
    assert lint(body, specimen.text.subject, specimen.context, around) == ()


def test_portability_is_never_refused_whole_for_the_rights_of_others() -> None:
    """Article 20(4) takes away what is theirs, as 15(4) does: the rest is given."""
    whole, part = (
        {ground.code for ground in carrying(RequestKind.PORTABILITY, outcome)}
        for outcome in (Outcome.REFUSED, Outcome.PARTLY)
    )
    assert ("others_rights" in whole, "others_rights" in part) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_limit_of_the_act_needs_no_reasons(language: str) -> None:
    """Reasons that would defeat the limit stay untold, the way to the ombudsman does not (1050/2018, 34 §)."""
    specimen = ALBUM[language, "access partly national_limit, reasons withheld"]
    assert "34" in specimen.text.body
    told = {
        "fi": "tietosuojavaltuutetulle",
        "sv": "uppgifterna till dataombudsmannen",
        "en": "data to the Data Protection",
    }
    assert specimen.text.body.count(told[language]) == 1
    assert [finding.severity for finding in findings(specimen)] == [Severity.WARNING]


@pytest.mark.parametrize("said", ["kuutta sopimusta", "viittä vuotta", "kahta järjestelmää", "sataa puhelua"])
def test_how_much_may_be_said_in_an_inflected_number(said: str) -> None:
    specimen = ALBUM["fi", "extension, complexity"]
    context = replace(specimen.context, extension_explained=f"pyyntö koskee {said}")
    text = compose(context)
    assert "extension_unmeasured" not in {found.code for found in lint(text.body, text.subject, context)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_identified_tells_of_a_question_that_left(language: str) -> None:
    """Whoever was never asked is not told that they were (GDPR 5(1)(a)); whoever knows of no question judges none."""
    specimen = ALBUM[language, "access not_identified"]
    asked = date.fromisoformat(specimen.context.parts[0].facts["asked_on"])
    text = specimen.text
    for days, codes in ((None, set()), (frozenset({asked}), set()), (frozenset(), {"never_asked"})):
        found = lint(text.body, text.subject, specimen.context, Around(asked_on=days))
        assert {one.code for one in found} == codes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["2026-03-04", "2026-03-20"])
def test_nobody_was_asked_before_their_request_nor_after_today(language: str, day: str) -> None:
    """The request of the album came on 5.3.2026, and its letters are of 19.3.2026."""
    context = ALBUM[language, "access not_identified"].context
    [one] = context.parts
    context = replace(context, parts=(replace(one, facts={**one.facts, "asked_on": day}),))
    text = compose(context)
    assert {one.code for one in lint(text.body, text.subject, context)} == {"never_asked"}


@pytest.mark.parametrize(("added", "found"), [("", False), ("The data: nimi ja osoite.", True)])
def test_our_own_name_is_of_no_language(added: str, found: bool) -> None:
    """A Finnish firm writes English letters too; other Finnish words in them are remarked on."""
    letter = ALBUM["en", "acknowledgement"]
    ours = replace(letter.context.sender, name="Työnohjaus ja valmennus Lumme Oy")
    context = replace(letter.context, sender=ours)
    body = f"{compose(context).body}\n{added}\n"
    assert ("other_language" in {one.code for one in lint(body, letter.text.subject, context)}) is found
