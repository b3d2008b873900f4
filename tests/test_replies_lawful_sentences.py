"""A lawful sentence of a person's own meets no error: it costs a tick at most."""

from __future__ import annotations

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.lens import Around
from replies.linter import lint
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ASKING, GUARDIAN, RECEIVED = "identity_question", "authority_question, guardian", "acknowledgement"
BANNED, LIFTED, ACCESS = "marketing_stopped", "restriction_lifted", "access granted"
ERASED = "erasure granted"


def errors(language: str, title: str, sentence: str) -> set[str]:
    """The codes of the errors in a letter of the album that somebody wrote one more sentence into."""
    letter = ALBUM[language, title]
    body = f"{letter.text.body}\n{sentence}\n"
    around = Around(template=letter.text.body, composed=letter.text.body)
    said = lint(body, letter.text.subject, letter.context, around)
    return {one.code for one in said if one.severity is Severity.ERROR}


SPARED = [
    ("fi", ASKING, "Teidän ei tarvitse lähettää kopiota passista."),
    ("fi", ASKING, "Älkää lähettäkö henkilötunnustanne."),
    ("fi", ASKING, "Henkilötunnusta teidän ei tarvitse ilmoittaa."),
    ("fi", ASKING, "Teidän ei tarvitse liittää vastaukseenne kuvaa ajokortista."),
    ("fi", ASKING, "Älkää liittäkö viestiin kopiota henkilökortista."),
    ("fi", GUARDIAN, "Päätös edunvalvonnasta riittää, henkilötunnuksen voi peittää siitä."),
    ("fi", GUARDIAN, "Henkilötunnuksen voitte peittää."),
    ("sv", ASKING, "Du behöver inte skicka någon kopia av ditt pass."),
    ("sv", ASKING, "Du behöver inte skicka din personbeteckning."),
    ("sv", ASKING, "Skicka inte din personbeteckning till oss."),
    ("sv", ASKING, "Du behöver inte bifoga en bild av ditt körkort."),
    ("sv", GUARDIAN, "Beslutet räcker, personbeteckningen kan du täcka över."),
    ("en", ASKING, "You need not send a copy of your passport."),
    ("en", ASKING, "You do not need to send your identity code."),
    ("en", ASKING, "Please do not send us a copy of your passport."),
    ("en", ASKING, "You do not have to give your personal identity code."),
    ("en", GUARDIAN, "The decision is enough, the personal identity code may be covered."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), SPARED)
def test_what_the_reader_need_not_give_is_not_demanded(language: str, title: str, sentence: str) -> None:
    """As the letter itself says: no identity code and no copy of a document (GDPR 5(1)(c), 12(6))."""
    assert errors(language, title, sentence) == set()


@pytest.mark.parametrize(
    ("language", "title", "sentence", "code"),
    [
        ("fi", ASKING, "Teidän ei tarvitse tulla käymään, lähettäkää kopio passista.", "id_copy_demanded"),
        ("fi", ASKING, "Teidän ei tarvitse lähettää muuta kuin kopio passista.", "id_copy_demanded"),
        ("fi", ASKING, "Teidän ei tarvitse soittaa, kopio passista riittää.", "id_copy_demanded"),
        ("fi", GUARDIAN, "Lähettäkää päätös ja henkilötunnuksenne.", "identity_code_demanded"),
        ("sv", ASKING, "Du behöver inte skicka annat än en kopia av ditt pass.", "id_copy_demanded"),
        ("sv", ASKING, "Du behöver inte ringa, skicka en kopia av ditt pass.", "id_copy_demanded"),
        ("en", ASKING, "You need not send anything but a copy of your passport.", "id_copy_demanded"),
        ("en", ASKING, "You do not need to call: send a copy of your passport.", "id_copy_demanded"),
        ("en", ASKING, "You need not only give your name but your identity code.", "own_sentence_before_identity"),
        ("fi", ASKING, "Teidän ei tarvitse lähettää asiakasnumeroanne.", "own_sentence_before_identity"),
    ],
)
def test_a_denial_of_something_else_excuses_no_demand(language: str, title: str, sentence: str, code: str) -> None:
    assert code in errors(language, title, sentence)


IN_TIME = [
    ("fi", "Vastaamme viimeistään 5.4.2026."),
    ("fi", "Vastaamme viimeistään su 5.4.2026."),
    ("fi", "Palaamme asiaan 30.3.2026."),
    ("fi", "Vastaamme kuukauden kuluessa siitä, kun saimme pyynnön."),
    ("fi", "Jos asialla on kiire, soittakaa minulle."),
    ("fi", "Jos teillä on kysyttävää, kirjoittakaa meille."),
    ("sv", "Vi svarar senast 5.4.2026."),
    ("sv", "Vi svarar inom en månad från det att vi fick begäran."),
    ("sv", "Ring mig gärna om du har frågor."),
    ("sv", "Om det är brådskande, ring oss."),
    ("en", "We will answer by 5 April 2026."),
    ("en", "We will answer within a month of receiving your request."),
    ("en", "Please call me if you have questions."),
    ("en", "If it is urgent, please call us."),
]


@pytest.mark.parametrize(("language", "sentence"), IN_TIME)
def test_the_promised_day_and_how_to_reach_us_may_be_told_to_anybody(language: str, sentence: str) -> None:
    """The exact day tells no more of the reader than "next week" does (GDPR 12(3))."""
    assert errors(language, RECEIVED, sentence) == set()


@pytest.mark.parametrize(
    ("language", "sentence", "code"),
    [
        ("fi", "Vastaamme viimeistään 5.5.2026.", "answer_beyond"),
        ("fi", "Kävitte meillä 12.3.2026.", "own_sentence_before_identity"),
        ("fi", "Kiitos viestistänne 3.2.2024.", "own_sentence_before_identity"),
        ("fi", "Jos asialla on kiire, soittakaa lääkärillenne.", "own_sentence_before_identity"),
        ("sv", "Vi svarar senast 5.5.2026.", "answer_beyond"),
        ("sv", "Tack för ditt meddelande 3.2.2024.", "own_sentence_before_identity"),
        ("en", "We will answer by 5 May 2026.", "answer_beyond"),
        ("en", "Thank you for your message 3 February 2024.", "own_sentence_before_identity"),
    ],
)
def test_a_day_too_late_or_gone_by_is_still_found(language: str, sentence: str, code: str) -> None:
    assert code in errors(language, RECEIVED, sentence)


TRUE = [
    ("fi", BANNED, "Kielto on voimassa toistaiseksi eli kunnes itse perutte sen."),
    ("sv", BANNED, "Förbudet gäller tills vidare, alltså tills du själv återkallar det."),
    ("en", BANNED, "The ban applies until further notice, that is, until you withdraw it yourself."),
    ("fi", LIFTED, "Osoite on tarkistettu ja oikaistu, joten tiedot ovat taas käytössä."),
    ("fi", LIFTED, "Oikaisimme osoitteen 3.3.2026."),
    ("sv", LIFTED, "Adressen har kontrollerats och rättats, så uppgifterna är åter i bruk."),
    ("en", LIFTED, "The address has been checked and corrected, so the data is in use again."),
    ("fi", ACCESS, "Uudesta jäljennöksestä voimme periä kulut, mutta uusi pyyntö on maksuton."),
    ("fi", ACCESS, "Seuraavasta jäljennöksestä voimme periä hallinnolliset kustannukset."),
    ("sv", ACCESS, "För en ny kopia kan vi ta ut kostnaderna, men en ny begäran är avgiftsfri."),
    ("en", ACCESS, "For a further copy we may charge the costs, but a new request is free."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), TRUE)
def test_what_the_law_itself_says_is_no_error(language: str, title: str, sentence: str) -> None:
    """A ban until it is taken back (GDPR 21(3)), data corrected (18(1)(a)), the costs of a further copy (15(3))."""
    assert errors(language, title, sentence) == set()


@pytest.mark.parametrize(
    ("language", "title", "sentence", "code"),
    [
        ("fi", BANNED, "Kielto on voimassa toistaiseksi.", "ban_narrowed"),
        ("fi", BANNED, "Kielto on voimassa vuoden eli kunnes itse perutte sen.", "ban_narrowed"),
        ("sv", BANNED, "Förbudet gäller tills vidare.", "ban_narrowed"),
        ("fi", LIFTED, "Olemme poistaneet osoitteen.", "act_unstated"),
        ("en", LIFTED, "We have erased the address.", "act_unstated"),
        ("fi", ACCESS, "Tästä jäljennöksestä voimme periä kulut.", "fee_unlawful"),
        ("fi", ACCESS, "Uudesta pyynnöstä voimme periä kulut.", "fee_unlawful"),
        ("fi", ACCESS, "Uudesta jäljennöksestä voimme periä 50 euroa.", "fee_unlawful"),
    ],
)
def test_what_narrows_a_ban_erases_or_costs_is_still_found(language: str, title: str, sentence: str, code: str) -> None:
    assert code in errors(language, title, sentence)


WITHDRAWN = "consent_withdrawal granted"
SHOWN = [
    ("fi", "Säilytämme todisteen siitä, että annoitte suostumuksen uutiskirjeeseen."),
    ("fi", "Pidämme merkinnän uutiskirjeen suostumuksesta ja sen peruuttamisesta."),
    ("fi", "Säilytämme suostumuksen tallenteen, jotta voimme osoittaa markkinoinnin luvalliseksi."),
    ("sv", "Vi sparar beviset på ditt samtycke till nyhetsbrevet."),
    ("sv", "Vi behåller en anteckning om samtycket till reklam."),
    ("en", "We keep the proof of your consent to the newsletter."),
    ("en", "We retain a record of the consent to marketing and of its withdrawal."),
]
SENT_ON = [
    ("fi", "Säilytämme uutiskirjetilauksenne, jotta voimme kertoa tarjouksista."),
    ("fi", "Suostumuksenne on kirjattu, ja lähetämme uutiskirjeen edelleen."),
    ("fi", "Pidämme suostumuksenne uutiskirjeeseen voimassa."),
    ("sv", "Vi behåller samtycket och skickar nyhetsbrevet."),
    ("sv", "Vi sparar ditt samtycke till nyhetsbrevet för senare bruk."),
    ("en", "We keep your consent and will send you the newsletter."),
    ("en", "We keep your consent to the newsletter in force."),
]


@pytest.mark.parametrize(
    ("language", "sentence", "wrong"),
    [*((*row, False) for row in SHOWN), *((*row, True) for row in SENT_ON)],
)
def test_the_proof_of_a_consent_is_no_marketing_that_goes_on(language: str, sentence: str, wrong: bool) -> None:
    """What is kept to show that there was one (GDPR 7(1)); what is sent on it is."""
    assert ("marketing_goes_on" in errors(language, WITHDRAWN, sentence)) is wrong


OF_WHAT_WAS_GRANTED = [
    ("fi", ACCESS, "Tallenteet ovat liitteenä; alkuperäiset jäävät myös meille."),
    ("fi", ACCESS, "Emme anna tietoja työnantajallenne."),
    ("fi", ACCESS, "Suosittelemme, että otatte yhteyttä valtuutettuun, jos asia jää epäselväksi."),
    ("sv", ACCESS, "Du kan också lyssna på inspelningarna på vår mottagning."),
    ("fi", ACCESS, "Emme ole kertoneet pyynnöstänne työnantajallenne."),
    ("fi", ERASED, "Laskuja emme ole poistaneet, koska niitä ei ollut."),
    ("sv", ACCESS, "Vi har inte berättat om din begäran för din arbetsgivare."),
    ("en", ACCESS, "We have not told your employer about your request."),
]
NOT_AS_GRANTED = [
    ("fi", ACCESS, "Ettehän tee asiasta kantelua."),
    ("fi", ACCESS, "Suosittelemme, ettette ota yhteyttä valtuutettuun."),
    ("sv", ACCESS, "Vi hoppas att du inte klagar."),
    ("en", ACCESS, "We hope you will not complain."),
    ("fi", ACCESS, "Tallenteita voi kuunnella ainoastaan vastaanotollamme."),
    ("sv", ACCESS, "Inspelningarna avlyssnas enbart på vår mottagning."),
    ("en", ACCESS, "The recordings may be heard only at our premises."),
    ("fi", ACCESS, "Alkuperäiset tallenteet jäävät meille."),
    ("fi", ACCESS, "Emme anna tietoja teille emmekä työnantajallenne."),
    ("fi", ERASED, "Laskuja emme ole poistaneet, koska niistä on hyötyä."),
    ("en", ACCESS, "We have told your employer about your request."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), OF_WHAT_WAS_GRANTED)
def test_what_leaves_the_grant_whole_is_no_error(language: str, title: str, sentence: str) -> None:
    """What we keep too, what another is not told, and what there never was takes nothing from the reader."""
    assert errors(language, title, sentence) == set()


@pytest.mark.parametrize(("language", "title", "sentence"), NOT_AS_GRANTED)
def test_what_takes_from_the_grant_is_still_an_error(language: str, title: str, sentence: str) -> None:
    assert errors(language, title, sentence)
