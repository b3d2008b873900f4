"""A lawful letter meets no error, whatever true words its writer chose; only their tick is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, REFUSED = "access granted", "erasure refused legal_claim"


def errors(
    language: str, title: str, *, add: str = "", old: str = "", new: str = "", identified: bool | None = None
) -> set[str]:
    """The codes of the errors in a letter of the album with a sentence more, or one line in other words."""
    letter = ALBUM[language, title]
    context = letter.context if identified is None else replace(letter.context, identified=identified)
    body = letter.text.body
    [line] = [one for one in body.splitlines() if old in one] if old else [""]
    edited = body.replace(line, new) if old else f"{body}\n{add}\n"
    said = lint(edited, letter.text.subject, context, Around(composed=body))
    return {one.code for one in said if one.severity is Severity.ERROR}


TRUE = [
    ("fi", ACCESS, "Emme peri käsittelymaksua.", set()),
    ("fi", ACCESS, "Lisäjäljennöksestä voimme periä kohtuullisen maksun (15 artiklan 3 kohta).", set()),
    ("fi", ACCESS, "Emme peri maksua viestistä, mutta jäljennöksestä perimme 30 euroa.", {"fee_unlawful"}),
    ("fi", ACCESS, "Lisäjäljennöksestä perimme 30 euron maksun.", {"fee_unlawful"}),
    ("sv", ACCESS, "Behandlingen av din begäran kostar inget.", set()),
    ("sv", ACCESS, "Nästa kopia kostar 30 euro.", {"fee_unlawful"}),
    ("en", ACCESS, "We charge nothing for this answer.", set()),
    ("en", ACCESS, "We do not charge a fee for copies.", set()),
    ("en", ACCESS, "There is no handling fee.", set()),
    ("en", ACCESS, "This answer and the copy cost you nothing.", set()),
    ("en", ACCESS, "The next copy costs 30 euros.", {"fee_unlawful"}),
    ("fi", ACCESS, "Evästeet vanhenevat 30 päivässä.", set()),
    ("fi", ACCESS, "Vastaamme seuraavaan pyyntöön 30 päivässä.", {"thirty_days"}),
    ("sv", ACCESS, "Kakorna upphör efter 30 dagar.", set()),
    ("en", ACCESS, "Cookies expire in 30 days.", set()),
    ("fi", ACCESS, "Entinen henkilötietolaki kumottiin vuonna 2019.", set()),
    ("fi", ACCESS, "Toimimme silti henkilötietolain mukaan, vaikka se kumottiin.", {"repealed_law"}),
    ("sv", ACCESS, "Personuppgiftslagen upphävdes 2019.", set()),
    ("en", ACCESS, "The Personal Data Act was repealed in 2019.", set()),
    ("fi", ACCESS, "Jäljennös lähetetään kirjeenä, kun olette maksanut postikulut.", {"fee_unlawful"}),
    ("fi", ACCESS, "Olette maksanut laskun 1042, ja kuitti on mukana.", set()),
    ("sv", ACCESS, "Kopian skickas när du har betalat portot.", {"fee_unlawful"}),
    ("en", ACCESS, "The copy is posted once you have paid the postage.", {"fee_unlawful"}),
    ("fi", "portability granted", "PDF-tiedostoa emme lähetä.", set()),
    ("fi", "portability granted", "Emme voineet tehdä CSV-tiedostoa, joten liitteenä on PDF.", {"pdf_for_portability"}),
    ("en", "portability granted", "The data is not in PDF.", set()),
]


@pytest.mark.parametrize(("language", "title", "sentence", "found"), TRUE)
def test_what_is_denied_or_only_mentioned_is_no_error(
    language: str, title: str, sentence: str, found: set[str]
) -> None:
    assert errors(language, title, add=sentence) == found


REWORDED = [
    ("fi", REFUSED, "Jos katsotte", "Voitte kannella asiasta tietosuojavaltuutetulle (tietosuojalain 21 §).", set()),
    ("fi", REFUSED, "Jos katsotte", "Tietosuojavaltuutettu valvoo meitä.", {"complaint_missing"}),
    ("sv", REFUSED, "Om du anser", "Du kan klaga hos dataombudsmannen (77 artikeln i dataskyddsförordningen).", set()),
    ("fi", ACCESS, "Käsittelyn tarkoitukset", "Mihin käytämme tietojanne: tilausten toimittamiseen.", set()),
]


@pytest.mark.parametrize(("language", "title", "old", "new", "found"), REWORDED)
def test_what_a_letter_owes_may_be_said_plainly(language: str, title: str, old: str, new: str, found: set[str]) -> None:
    assert errors(language, title, old=old, new=new) == found


def test_to_be_sorry_is_an_apology() -> None:
    said = "Olemme pahoillamme, että jouduitte odottamaan."
    assert "apology_missing" not in errors("fi", "late_notice", old="Pahoittelemme", new=said)


CLAIMS = [
    ("fi", "ette ole kiistänyt tietojen paikkansapitävyyttä ettekä vaadi niitä oikeudenkäyntiä varten", False),
    ("fi", "tarvitsette tietoja oikeudenkäyntiä varten", True),
    ("fi", "ette tarvitse jäljennöstä muuhun kuin oikeudenkäyntiä varten", True),
    ("en", "the data is not contested, and you do not need it for litigation", False),
    ("en", "you need the data for litigation", True),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), CLAIMS)
def test_that_no_claim_needs_the_data_denies_the_condition_of_a_restriction(
    language: str, explained: str, wrong: bool
) -> None:
    """It is the condition itself (GDPR 18(1)(c)); that there is a claim is no ground against a right."""
    letter = next(
        one for (spoken, title), one in ALBUM.items() if spoken == language and title.startswith("restriction refused")
    )
    [part] = letter.context.parts
    context = replace(letter.context, parts=(replace(part, facts={**part.facts, "explained": explained}),))
    text = compose(context)
    assert ("lawsuit_no_ground" in {one.code for one in lint(text.body, text.subject, context)}) is wrong


EARLY = [
    ("fi", "acknowledgement", "Olemme toimistolla arkisin klo 9–16.", False),
    ("fi", "acknowledgement", "Palaamme asiaan viimeistään ensi viikolla.", False),
    ("fi", "acknowledgement", "Pyyntönne on meille tärkeä.", False),
    ("fi", "acknowledgement", "Tilauksenne 1042 on meillä.", True),
    ("fi", "acknowledgement", "Kävitte luonamme toukokuussa.", True),
    ("fi", "acknowledgement", "Sähköpostiosoitteenne on meillä tallessa.", True),
    ("en", "acknowledgement", "Your e-mail address is on file.", True),
    ("fi", "identity_question", "Voitte soittaa meille arkisin klo 9–16.", False),
    ("fi", "identity_question", "Henkilötunnusta emme tarvitse.", False),
    ("fi", "marketing_stopped", "Laskut lähetämme edelleen, koska ne eivät ole markkinointia.", False),
    ("fi", "marketing_stopped", "Kielto koskee myös puhelinta ja tekstiviestejä.", False),
    ("fi", "marketing_stopped", "Laskunne lähetämme edelleen.", True),
    ("sv", "acknowledgement", "Vi är på kontoret vardagar kl. 9–16.", False),
    ("sv", "acknowledgement", "Din beställning finns hos oss.", True),
    ("en", "acknowledgement", "Our office is open from 9 to 16.", False),
    ("en", "acknowledgement", "Your order is with us.", True),
]


@pytest.mark.parametrize(("language", "title", "sentence", "wrong"), EARLY)
def test_a_harmless_sentence_costs_a_tick_before_the_reader_is_known(
    language: str, title: str, sentence: str, wrong: bool
) -> None:
    """What tells of no data, of nothing of the reader's and of nobody needs no reason that would wear reasons out."""
    letter = ALBUM[language, title]
    context, body = replace(letter.context, identified=False), letter.text.body
    said = lint(f"{body}\n{sentence}\n", letter.text.subject, context, Around(template=body, composed=body))
    assert any(one.severity is Severity.ERROR for one in said) is wrong
    assert wrong or any(one.sentence == sentence for one in said)


ENDED = [
    ("fi", "marketing_stopped", "Saatamme silti lähettää teille tarjouksia.", {"marketing_goes_on"}),
    ("fi", "marketing_stopped", "Kielto on voimassa vuoden.", {"ban_narrowed"}),
    ("fi", "marketing_stopped", "Kielto koskee vain sähköpostia.", {"ban_narrowed"}),
    ("fi", "marketing_stopped", "Kielto koskee myös puhelinta.", set()),
    ("fi", "marketing_stopped", "Kielto on voimassa, kunnes itse perutte sen.", set()),
    ("fi", "marketing_stopped", "Kielto ei koske laskuja.", set()),
    ("fi", "marketing_stopped", "Jo painossa oleva asiakaslehti voi vielä tulla.", set()),
    (
        "fi",
        "erasure granted",
        "Säilytämme kuitenkin sähköpostiosoitteenne markkinointia varten.",
        {"marketing_goes_on"},
    ),
    ("fi", "erasure granted", "Uutiskirjeiden lähetys loppui samalla.", set()),
    ("fi", "consent_withdrawal granted", "Jatkamme käsittelyä oikeutetun edun perusteella.", {"stopped_goes_on"}),
    ("fi", "objection granted", "Jatkamme kuitenkin profilointia.", {"stopped_goes_on"}),
    ("fi", "objection granted", "Emme jatka profilointia.", set()),
    ("sv", "marketing_stopped", "Vi kan ändå skicka erbjudanden.", {"marketing_goes_on"}),
    ("sv", "marketing_stopped", "Förbudet gäller bara e-post.", {"ban_narrowed"}),
    ("sv", "consent_withdrawal granted", "Vi fortsätter behandlingen.", {"stopped_goes_on"}),
    ("en", "marketing_stopped", "We may still send you offers.", {"marketing_goes_on"}),
    ("en", "marketing_stopped", "The ban is valid for one year.", {"ban_narrowed"}),
    ("en", "marketing_stopped", "We will still send you invoices, as they are not marketing.", set()),
    ("en", "objection granted", "We continue to process the data.", {"stopped_goes_on"}),
]


@pytest.mark.parametrize(("language", "title", "sentence", "found"), ENDED)
def test_what_ends_does_not_go_on_in_an_own_sentence(language: str, title: str, sentence: str, found: set[str]) -> None:
    """Marketing after a ban, processing after a withdrawal or a granted objection (GDPR 7(3), 21)."""
    assert errors(language, title, add=sentence, identified=True) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_without_its_code_asks_for_none(language: str) -> None:
    """Who was asked and has shown nothing gets no new code: the way is told in other words (GDPR 12(2))."""
    asked = ALBUM[language, "access not_identified"].context
    body = compose(replace(asked, ways=("code_and_call", "visit"), code="")).body
    assert "  " not in body
    with_code = compose(replace(asked, ways=("code_and_call", "visit"), code="N2WY-9DCQ-UP69")).body
    assert ("N2WY-9DCQ-UP69" in with_code, body == with_code) == (True, False)


DENIED = [
    (
        "fi",
        REFUSED,
        "voitte saattaa asian",
        "Tietosuojavaltuutettu ei ota asiaanne käsiteltäväksi.",
        "complaint_missing",
    ),
    ("fi", REFUSED, "voitte saattaa asian", "Jos ette ole tyytyväinen, voitte kannella tietosuojavaltuutetulle.", ""),
    ("fi", REFUSED, "Voitte myös viedä", "Tuomioistuin ei auta.", "remedy_missing"),
    ("fi", REFUSED, "Voitte myös viedä", "Voitte nostaa kanteen käräjäoikeudessa, eikä se vaadi lupaamme.", ""),
    ("fi", ACCESS, "Jäljennös", "Jäljennöstä emme ole liittäneet.", "copy_missing"),
    ("fi", ACCESS, "Vastaamme pyyntöönne", "Vastaamme pyyntöönne, jonka saimme 25.3.2026.", "received_missing"),
    ("fi", ACCESS, "Käsittelyn tarkoitukset", "- Käsittelyn tarkoitukset: emme kerro.", "item_empty"),
    ("fi", ACCESS, "Vastaanottajat", "- Vastaanottajat: kumppanimme.", "item_empty"),
    ("fi", ACCESS, "Vastaanottajat", "- Vastaanottajat: Zef Oy (kyselyt).", ""),
    (
        "sv",
        REFUSED,
        "klagomål till dataombudsmannen",
        "Dataombudsmannen tar inga klagomål om detta.",
        "complaint_missing",
    ),
    ("sv", REFUSED, "till domstol", "Domstol prövar inte saken.", "remedy_missing"),
    ("en", REFUSED, "lodge a complaint", "You cannot complain to the Ombudsman.", "complaint_missing"),
    ("en", REFUSED, "to court", "No court hears this.", "remedy_missing"),
]


@pytest.mark.parametrize(("language", "title", "old", "new", "missed"), DENIED)
def test_what_is_owed_is_not_said_by_denying_it(language: str, title: str, old: str, new: str, missed: str) -> None:
    """A required sentence turned into its opposite is a missing one (GDPR 12(4), 15(1))."""
    said = errors(language, title, old=old, new=new)
    assert (missed in said) if missed else not said
