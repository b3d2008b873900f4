"""One unlawful sentence is the same error in Finnish, Swedish and English; a lawful one beside it is none in any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, ERASURE, PORTABLE = "access granted", "erasure granted", "portability granted"
REFUSED, STOPPED, ASKS = "erasure refused open_invoice", "consent_withdrawal granted", "more_information"


def errors(language: str, title: str, sentence: str) -> set[str]:
    letter = ALBUM[language, title]
    context = replace(letter.context, identified=True)
    words = template_words(context, letter.text.body, context.today)
    around = Around(template=words, composed=letter.text.body)
    said = lint(f"{letter.text.body}\n{sentence}\n", letter.text.subject, context, around)
    return {one.code for one in said if one.severity is Severity.ERROR}


SAME = [
    (
        "complaint_denied",
        REFUSED,
        "Tästä ei voi valittaa.",
        "Det går inte att klaga på detta.",
        "You cannot complain about this.",
    ),
    (
        "complaint_denied",
        REFUSED,
        "Muutosta ei voi hakea, sillä päätöksemme on lopullinen.",
        "Det kan inte överklagas.",
        "This cannot be appealed.",
    ),
    (
        "fee_unlawful",
        ACCESS,
        "Pyynnön käsittely maksoi meille 300 euroa, ja laskutamme sen teiltä.",
        "Behandlingen kostade oss 300 euro, och vi fakturerar dig den.",
        "Handling this cost us 300 euros, and we will invoice you.",
    ),
    (
        "fee_unlawful",
        ACCESS,
        "Jäljennös toimitetaan vasta, kun lasku on maksettu.",
        "Kopian skickas först när fakturan är betald.",
        "The copy will be sent only once the invoice has been paid.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Tietojanne ei poisteta uutiskirjepalvelusta.",
        "Dina uppgifter raderas inte från nyhetsbrevstjänsten.",
        "Your data is not erased from the newsletter service.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Tiedot säilyvät vielä asiakasrekisterissä.",
        "Uppgifterna finns kvar i kundregistret.",
        "The data remains in the customer register.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Pidämme kuitenkin varmuuden vuoksi kopion tiedoistanne.",
        "Vi behåller en kopia för säkerhets skull.",
        "We keep a copy just in case.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Olemme merkinneet tiedot poistettaviksi.",
        "Vi har markerat uppgifterna för radering.",
        "We have marked the data for erasure.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Siihen asti voimme palauttaa ne käyttöön.",
        "Till dess kan vi återställa dem.",
        "Until then we can restore them.",
    ),
    (
        "granted_denied",
        ERASURE,
        "Aiomme poistaa tiedot.",
        "Vi har för avsikt att radera uppgifterna.",
        "We plan to erase the data.",
    ),
    (
        "act_unstated",
        ACCESS,
        "Ilmoitimme pyynnöstänne työnantajallenne.",
        "Vi har informerat din arbetsgivare om begäran.",
        "We have informed your employer of the request.",
    ),
    (
        "left_out_of_granted",
        ACCESS,
        "Puhelusta annamme vain kirjallisen tiivistelmän.",
        "Av samtalet ger vi bara en skriftlig sammanfattning.",
        "Of the call we give only a written summary.",
    ),
    (
        "left_out_of_granted",
        ACCESS,
        "Tallenteet saa kuunnella vain toimistollamme.",
        "Inspelningarna får du lyssna på bara på vårt kontor.",
        "You may listen to the recordings only at our office.",
    ),
    (
        "silence_closes",
        ASKS,
        "Jos ette vastaa viikossa, suljemme asian.",
        "Om du inte svarar inom en vecka avslutar vi ärendet.",
        "If you do not answer within a week, we close the case.",
    ),
    (
        "silence_closes",
        ACCESS,
        "Ellette ilmoita muuta, pyyntönne katsotaan peruutetuksi.",
        "Om vi inte hör av dig anses begäran återtagen.",
        "If we do not hear from you, the request is considered withdrawn.",
    ),
    (
        "reader_bound",
        ACCESS,
        "Tällä vastauksella luovutte kaikista vaatimuksista meitä kohtaan.",
        "Med detta svar avstår du från alla krav mot oss.",
        "With this answer you waive all claims against us.",
    ),
    (
        "once_a_year",
        ACCESS,
        "Jäljennöksen saa vain kerran vuodessa maksutta.",
        "Du får en kopia gratis bara en gång per år.",
        "A copy is free only once a year.",
    ),
    ("thirty_days", ACCESS, "Vastausaika on 30 päivää.", "Svarstiden är 30 dagar.", "The time to answer is 30 days."),
    (
        "signature_demanded",
        ACCESS,
        "Allekirjoittakaa oheinen lomake ja palauttakaa se.",
        "Underteckna bifogad blankett och returnera den.",
        "Sign the enclosed form and return it.",
    ),
    (
        "stopped_goes_on",
        STOPPED,
        "Jatkamme käsittelyä oikeutetun edun nojalla.",
        "Vi fortsätter behandlingen med stöd av berättigat intresse.",
        "We continue the processing on legitimate interest.",
    ),
]


@pytest.mark.parametrize(("code", "title", "fi", "sv", "en"), SAME, ids=lambda text: text[:24])
def test_an_unlawful_sentence_is_the_same_error_in_each_language(
    code: str, title: str, fi: str, sv: str, en: str
) -> None:
    for language, sentence in (("fi", fi), ("sv", sv), ("en", en)):
        assert code in errors(language, title, sentence), sentence


FREE = [
    (
        REFUSED,
        "Tästä voi valittaa tietosuojavaltuutetulle.",
        "Det går att klaga hos dataombudsmannen.",
        "You can complain to the Ombudsman about this.",
    ),
    (
        REFUSED,
        "Lasku 1042 on edelleen maksamatta.",
        "Faktura 1042 är fortfarande obetald.",
        "Invoice 1042 is still unpaid.",
    ),
    (ACCESS, "Vastaaminen ei maksa teille mitään.", "Svaret kostar dig ingenting.", "The answer costs you nothing."),
    (
        ACCESS,
        "Jäljennös sisältää myös laskut, jotka olette maksanut.",
        "Kopian innehåller också de betalda fakturorna.",
        "The copy also contains the paid invoices.",
    ),
    (
        ACCESS,
        "Liitimme myös puhelun kirjallisen tiivistelmän.",
        "Vi bifogade också en skriftlig sammanfattning av samtalet.",
        "We also enclosed a written summary of the call.",
    ),
    (
        ACCESS,
        "Tallenteet voitte kuunnella millä tahansa laitteella.",
        "Inspelningarna kan du lyssna på med vilken apparat som helst.",
        "You can listen to the recordings on any device.",
    ),
    (
        ACCESS,
        "Jos haluatte, voitte tulla kuuntelemaan tallenteet vain sovittuna aikana.",
        "Om du vill kan du lyssna på dem bara efter överenskommelse.",
        "If you wish, you can listen to them at our office only by appointment.",
    ),
    (
        ERASURE,
        "Asiakasrekisterissä ei ole enää tietojanne.",
        "I kundregistret finns inga uppgifter kvar.",
        "The customer register no longer holds your data.",
    ),
    (
        ERASURE,
        "Muiden asiakkaiden tietoja ei poisteta.",
        "Andras uppgifter raderas inte.",
        "Other people's data is not erased.",
    ),
    (
        ERASURE,
        "Säilytämme kopion tästä vastauksesta.",
        "Vi behåller en kopia av detta svar.",
        "We keep a copy of this answer.",
    ),
    (
        ERASURE,
        "Varmuuskopiosta voimme palauttaa tiedot vain hakemalla poiston uudelleen.",
        "Från säkerhetskopian kan vi inte återställa dem.",
        "Should we restore a back-up, we erase them again.",
    ),
    (
        ASKS,
        "Jos ette vastaa, etsimme tiedot nimellänne.",
        "Om du inte svarar söker vi med ditt namn.",
        "If you do not answer, we search by your name.",
    ),
    (
        ASKS,
        "Vastaamme teille silti, vaikka ette vastaisi.",
        "Vi svarar dig ändå, även om du inte svarar.",
        "We will answer you all the same, even if you do not reply.",
    ),
    (
        ACCESS,
        "Voitte käyttää vastausta miten haluatte.",
        "Du kan använda svaret som du vill.",
        "You may use the answer as you like.",
    ),
]


@pytest.mark.parametrize(("title", "fi", "sv", "en"), FREE, ids=lambda text: text[:24])
def test_a_lawful_sentence_is_an_error_in_none(title: str, fi: str, sv: str, en: str) -> None:
    for language, sentence in (("fi", fi), ("sv", sv), ("en", en)):
        assert errors(language, title, sentence) == set(), sentence
