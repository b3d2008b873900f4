"""What a person fills into the fields of an answer or a letter is held to what their own sentences are held to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.context import DraftContext
from replies.drafting import compose
from replies.lens import NOBODY, Around
from replies.linter import Finding, lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found.context for language in LANGUAGES for found in specimens(language, "te")}


def codes(context: DraftContext, around: Around = NOBODY) -> set[str]:
    text = compose(context)
    return {finding.code for finding in lint(text.body, text.subject, context, around)}


def answer(language: str, title: str, around: Around = NOBODY, **facts: str) -> set[str]:
    """The codes of what is wrong with an answer of the album whose only part has these facts."""
    context = ALBUM[language, title]
    [one] = context.parts
    return codes(replace(context, parts=(replace(one, facts={**one.facts, **facts}),)), around)


def letter(language: str, title: str, around: Around = NOBODY, **facts: str) -> set[str]:
    context = ALBUM[language, title]
    return codes(replace(context, facts={**context.facts, **facts}), around)


AGAINST = [
    ("fi", "portability refused wrong_basis", "käsittely perustuu sopimukseen", True),
    ("fi", "portability refused wrong_basis", "tietoja käsitellään suostumuksenne nojalla", True),
    ("fi", "portability refused wrong_basis", "käsittely ei perustu sopimukseen vaan oikeutettuun etuun", False),
    ("fi", "portability refused not_automated", "siirto ei ole teknisesti mahdollista", True),
    ("fi", "portability refused not_automated", "teknisen tuen paperikansiot ovat vain paperilla", False),
    ("fi", "portability refused not_automated", "teknisistä syistä siirto ei onnistu", True),
    ("sv", "portability refused not_automated", "tekniska supportens mappar finns bara på papper", False),
    ("en", "portability refused not_automated", "the folders of technical support are on paper only", False),
    ("fi", "portability refused not_automated", "asiakaskortit ovat paperisessa kortistossa", False),
    ("fi", "objection refused wrong_basis", "käsittely perustuu oikeutettuun etuun", True),
    ("fi", "objection refused wrong_basis", "käsittely perustuu valmennussopimukseen 12.3.2026", False),
    ("fi", "objection refused compelling_grounds", "asiakasanalyysi on meille liiketaloudellisesti tärkeä", True),
    ("fi", "objection refused compelling_grounds", "estämme taloudellisen tuen väärinkäytön", False),
    ("fi", "objection refused compelling_grounds", "taloudellisen tuen saaminen on meille tärkeää", True),
    ("fi", "consent_withdrawal refused wrong_basis", "käsittely perustuu suostumukseenne", True),
    ("fi", "access refused research", "käytämme tietoja asiakastutkimukseen", True),
    ("sv", "portability refused wrong_basis", "behandlingen grundar sig på avtal", True),
    ("sv", "objection refused wrong_basis", "behandlingen grundar sig på vårt berättigade intresse", True),
    ("sv", "objection refused compelling_grounds", "analysen är viktig för oss", True),
    ("sv", "access refused research", "uppgifterna används för en kundundersökning", True),
    ("en", "portability refused wrong_basis", "the processing is based on a contract", True),
    ("en", "portability refused not_automated", "the transfer is not technically possible", True),
    ("en", "objection refused wrong_basis", "the processing rests on our legitimate interests", True),
    ("en", "objection refused compelling_grounds", "the analysis is commercially important", True),
    ("en", "access refused research", "we use the data for customer research", True),
]


@pytest.mark.parametrize(("language", "title", "explained", "wrong"), AGAINST)
def test_no_reason_contradicts_the_ground_it_explains(language: str, title: str, explained: str, wrong: bool) -> None:
    """A right is not refused by naming the very basis that gives it (GDPR 20(1), 21(1), 7(3))."""
    found = answer(language, title, explained=explained)
    assert found - {"refusal_unexplained"} == ({"reason_against_ground"} if wrong else set())


MARKETED = [
    ("fi", "erasure refused still_needed", "tarvitsemme tietoja markkinointiin", True),
    (
        "fi",
        "erasure refused legal_claim",
        "uutiskirjettä koskeva kantelu on vireillä, ja markkinointi on lopetettu",
        False,
    ),
    ("fi", "erasure refused open_invoice", "lasku 77 mainostoimistopalvelusta on maksamatta", False),
    ("fi", "erasure refused open_invoice", "lasku 77 on maksamatta, ja markkinointipalvelumme tarvitsee tietoja", True),
    (
        "fi",
        "consent_withdrawal refused wrong_basis",
        "käsittely perustuu oikeutettuun etuun ja markkinointi jatkuu",
        True,
    ),
    ("fi", "erasure refused still_needed", "lähetämme teille tarjouksia tuotteista", True),
    ("fi", "erasure refused still_needed", "pyysitte tarjousta, ja toimitus on kesken", False),
    ("sv", "erasure refused still_needed", "vi skickar erbjudanden till dig", True),
    ("en", "erasure refused still_needed", "we send you offers of our products", True),
    ("sv", "erasure refused still_needed", "uppgifterna behövs för marknadsföring", True),
    ("en", "erasure refused still_needed", "we need the data for marketing", True),
]


@pytest.mark.parametrize(("language", "title", "explained", "wrong"), MARKETED)
def test_nothing_is_kept_or_goes_on_for_marketing(language: str, title: str, explained: str, wrong: bool) -> None:
    assert answer(language, title, explained=explained) == ({"marketing_no_ground"} if wrong else set())


def test_no_restriction_ends_for_marketing() -> None:
    """A restriction is lifted when its ground is over (GDPR 18(3))."""
    assert letter("fi", "restriction_lifted", lifted_why="tarvitsemme tietoja taas markkinointiin") == {
        "marketing_no_ground"
    }


POSSIBLE = [
    ("fi", "säilytämme tiedot mahdollisten tulevien vaatimusten varalta", True),
    ("fi", "säilytämme kaiken varmuuden vuoksi", True),
    ("fi", "haastehakemus on jätetty; tulevan kanteen käsittely alkaa 3.2.2027", False),
    ("fi", "mikään kanne ei ole vireillä, mutta säilytämme tiedot tulevan kanteen varalta", True),
    ("fi", "kantelu on tehty toisesta asiasta, ja tiedot säilytetään mahdollisia vaateita varten", True),
    ("fi", "kanne on nostettu, mutta säilytämme muutkin tiedot kaiken varalta", True),
    ("fi", "riitautitte laskun 12, ja vaatimus on auki", False),
    ("sv", "vi sparar allt för säkerhets skull", True),
    ("sv", "tvisten om faktura 12 pågår", False),
    ("en", "we keep the data in case of future claims", True),
    ("en", "the dispute about invoice 12 is pending", False),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), POSSIBLE)
def test_a_claim_that_may_come_some_day_keeps_nothing(language: str, explained: str, wrong: bool) -> None:
    """Article 17(3)(e) keeps what a claim needs, not what one might."""
    expected = {"claim_only_possible"} if wrong else set()
    assert answer(language, "erasure refused legal_claim", explained=explained) == expected


CARDS = [
    ("fi", "erasure refused legal_claim", "koko asiakaskortti", True),
    ("fi", "erasure refused legal_obligation", "kaikki henkilötiedot", True),
    ("fi", "erasure refused freedom_of_expression", "kaikki", True),
    ("fi", "erasure refused contract_needed", "koko asiakaskortti", False),
    ("fi", "erasure refused legal_claim", "kaikki laskua 12 koskevat viestit", False),
    ("sv", "erasure refused legal_claim", "kundkortet, bokningar och anteckningar", True),
    ("sv", "erasure refused still_needed", "hela kundkortet", False),
    ("sv", "erasure refused open_invoice", "hela kundkortet", True),
    ("en", "erasure refused legal_obligation", "the whole customer card", True),
    ("en", "erasure refused legal_claim", "everything", True),
]


@pytest.mark.parametrize(("language", "title", "kept", "wrong"), CARDS)
def test_no_ground_keeps_the_whole_card_unexplained(language: str, title: str, kept: str, wrong: bool) -> None:
    assert answer(language, title, kept=kept) == ({"whole_card_kept"} if wrong else set())


NEEDING = {
    "fi": (
        ["kortti on kätevä", "asiakaskortti on tarpeen", "olette asiakkaamme", "sopimus ei ole enää voimassa"],
        ["huoltosopimus on voimassa", "jäsenyytenne jatkuu", "takuuaika on kesken", "kurssi päättyy 3.6.2027"],
        "koko asiakaskortti",
    ),
    "sv": (
        ["kortet är praktiskt", "kundkortet behövs", "du är vår kund", "avtalet är inte längre i kraft"],
        ["serviceavtalet gäller", "medlemskapet fortsätter", "garantin löper till 2027", "kursen pågår"],
        "hela kundkortet",
    ),
    "en": (
        ["the card is handy", "the customer card is needed", "you are our customer", "the contract is no longer valid"],
        ["the service contract is in force", "your membership continues", "the warranty runs until 2027"],
        "the whole customer card",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_runs_and_is_named_needs_the_whole_card(language: str) -> None:
    """That a reason names the card explains nothing; a claim needs what it is about (GDPR 17(1), 17(3))."""
    without, running, card = NEEDING[language]
    for ground in ("still_needed", "contract_needed", "legal_claim"):
        title = f"erasure refused {ground}"
        wrong = {
            said
            for said in (*without, *running)
            if "whole_card_kept" in answer(language, title, kept=card, explained=said)
        }
        assert wrong == {*without, *(running if ground == "legal_claim" else ())}


ACTS = {
    "fi": (["kirjanpitolain 2 luvun 10 §", "kirjanpitolaki (1336/1997)", "KPL 2:10 §"], "luottotietolain 18 §"),
    "sv": (["2 kap. 10 § i bokföringslagen", "bokföringslagen (1336/1997)"], "18 § i kreditupplysningslagen"),
    "en": (["section 10 of chapter 2 of the Accounting Act", "Act 1336/1997"], "section 18 of the Credit Data Act"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_accounting_act_keeps_nothing_by_the_door_of_another_act(language: str) -> None:
    """Its own ground holds the checks of what it keeps, and counts the day (1336/1997, 2:10)."""
    accounting, other = ACTS[language]
    title = "erasure refused legal_obligation"
    assert all("accounting_act_elsewhere" in answer(language, title, other_law=said) for said in accounting)
    assert "accounting_act_elsewhere" not in answer(language, title, other_law=other)
    assert "accounting_act_elsewhere" not in answer("fi", title, other_law="luottotietolain 18 § (KPL ei sovellu)")


@pytest.mark.parametrize(
    ("language", "event"),
    [("fi", "kymmenen vuotta on kulunut"), ("sv", "tio år har gått"), ("en", "ten years have passed")],
)
def test_years_that_begin_nowhere_are_no_event(language: str, event: str) -> None:
    assert answer(language, "erasure refused legal_obligation", until_event=event) == {"until_no_event"}


REPEATED = [
    ("fi", "erasure refused legal_obligation", "arvonlisäverolaki", True),
    ("fi", "erasure refused legal_obligation", "arvonlisäverolain 209 § velvoittaa säilyttämään tiedot", True),
    ("fi", "erasure refused legal_obligation", "myimme teille tavaraa verotta EU-maahan", False),
    ("fi", "erasure refused freedom_of_expression", "meillä on sananvapaus", True),
    ("fi", "access partly", "liikesalaisuus", True),
    ("sv", "erasure refused legal_obligation", "209 § i mervärdesskattelagen kräver det", True),
    ("sv", "erasure refused freedom_of_expression", "vi har yttrandefrihet", True),
    ("en", "erasure refused legal_obligation", "the VAT Act requires us to keep the data", True),
    ("en", "erasure refused freedom_of_expression", "we have freedom of speech", True),
]


@pytest.mark.parametrize(("language", "title", "explained", "wrong"), REPEATED)
def test_a_reason_says_more_than_the_law(language: str, title: str, explained: str, wrong: bool) -> None:
    """A refusal tells the facts of the case (GDPR 12(4)), whatever its ground."""
    assert answer(language, title, explained=explained) == ({"refusal_unexplained"} if wrong else set())


@pytest.mark.parametrize(
    ("language", "event"),
    [("fi", "laki sallii"), ("fi", "aika kuluu"), ("sv", "lagen tillåter det"), ("en", "the law allows it")],
)
def test_what_the_law_allows_is_no_event(language: str, event: str) -> None:
    """Nobody can tell from it when the keeping ends (GDPR 5(1)(e))."""
    assert answer(language, "erasure refused legal_obligation", until_event=event) == {"until_no_event"}


ASKED = [
    ("fi", "vahvistatteko nimenne ja henkilötunnuksenne", "identity_code_demanded"),
    ("fi", "henkilötunnuksenne", "identity_code_demanded"),
    ("fi", "lähettäisittekö kuvan ajokortistanne", "id_copy_demanded"),
    ("fi", "millä pankilla asioitte ja mikä on verkkopankkitunnuksenne", "bank_details_demanded"),
    ("fi", "allekirjoitatteko pyynnön", "signature_demanded"),
    ("fi", "palautatteko pyynnön lomakkeella", "form_demanded"),
    ("fi", "mihin tarvitsette tietoja", "reason_demanded"),
    ("fi", "aiotteko haastaa meidät oikeuteen", "reason_demanded"),
    ("fi", "onko teillä diagnoosi", "health_data_demanded"),
    ("sv", "din personbeteckning", "identity_code_demanded"),
    ("sv", "undertecknar du begäran", "signature_demanded"),
    ("sv", "vad ska du använda uppgifterna till", "reason_demanded"),
    ("sv", "återsänder du begäran på vår blankett", "form_demanded"),
    ("en", "your personal identity code", "identity_code_demanded"),
    ("en", "a picture of your driving licence", "id_copy_demanded"),
    ("en", "what you need the data for", "reason_demanded"),
    ("en", "are you going to sue us", "reason_demanded"),
    ("en", "will you return the request on our form", "form_demanded"),
]


@pytest.mark.parametrize(("language", "question", "code"), ASKED)
def test_whatever_a_question_names_is_asked_for(language: str, question: str, code: str) -> None:
    """In whatever form: a question to the reader is a demand (GDPR 5(1)(c), 12(2), 12(6); 1050/2018, 29 §)."""
    context = replace(ALBUM[language, "more_information"], question=question)
    assert codes(context) == {code}


BEYOND = {
    "fi": {
        "vahvistatteko nimenne ja syntymäaikanne": "data_demanded",
        "mikä on syntymäaikanne ja sosiaaliturvatunnuksenne": "identity_code_demanded",
        "lähettäisittekö valokuvan itsestänne": "selfie_demanded",
        "otattehan yhteyttä mobiilivarmenteella ja kerrotte PIN-koodin": "bank_details_demanded",
        "voisitteko printata, täyttää ja skannata oheisen asiakirjan": "form_demanded",
        "mistä syystä olette kiinnostunut tiedoista": "reason_demanded",
        "tunnusluku, jolla kirjaudutte pankkiin": "bank_details_demanded",
        "montako euroa olette valmis maksamaan": "fee_unlawful",
        "mitä sairauksia teillä on": "data_demanded",
        "onko teillä asianajaja": "data_demanded",
        "henkilökorttinne numero": "data_demanded",
        "passinne numero": "data_demanded",
        "kaikki osoitteenne viimeiseltä kymmeneltä vuodelta": "data_demanded",
        "työnantajanne ja ammattinne": "data_demanded",
        "mikä on siviilisäätynne": "data_demanded",
        "minkä ikäinen olette": "data_demanded",
        "onko teillä lapsia": "data_demanded",
        "mitkä laskut haluatte ja mikä on osoitteenne": "data_demanded",
        "haluatteko kertoa palkkanne": "data_demanded",
    },
    "sv": {
        "varför du är intresserad av uppgifterna": "reason_demanded",
        "ditt passnummer": "data_demanded",
        "vilka sjukdomar du har": "data_demanded",
        "vilka fakturor vill du ha och vad är din adress": "data_demanded",
        "din adress och din födelsetid": "data_demanded",
        "kan du skriva ut, fylla i och skanna bilagan": "form_demanded",
    },
    "en": {
        "what is your date of birth and national insurance number": "identity_code_demanded",
        "your passport number": "data_demanded",
        "what made you interested in the data": "reason_demanded",
        "which illnesses you have": "data_demanded",
        "which invoices would you like, and what is your home address": "data_demanded",
        "your online banking password": "bank_details_demanded",
        "could you print, fill in and scan the attached document": "form_demanded",
    },
}
TO_THE_POINT = {
    "fi": [
        "mitä palvelua tai mitä vuosia pyyntö koskee",
        "mitä asioita pyyntönne koskee",
        "missä toimipisteessämme asioitte",
        "haluatteko tiedot sähköisesti vai paperilla",
        "tarkoitatteko laskujanne vai tilauksianne",
        "minkä tilauksenne tietoja pyyntö koskee",
        "saammeko lähettää jäljennöksen sähköpostiosoitteeseenne",
        "koskeeko pyyntö myös puhelutallenteita",
        "minä vuosina osallistuitte kursseille",
        "missä muodossa haluatte tiedot",
        "onko teillä useampi asiakastili",
        "minkä järjestelmän tietoja tarkoitatte",
        "riittävätkö viimeisten kahden vuoden tiedot",
        "mitkä tietonne haluatte oikaista",
        "milloin soititte asiakaspalveluumme",
        "miltä ajalta laskunne haluatte",
        "haluatteko kaikki laskunne vai vain vuoden 2025 laskut",
        "minkä kurssinne tietoja haluatte",
        "haluatteko tiedot myös työkuvistanne",
        "haluatko kaikki viestisi",
        "haluatko viime kuusi kuukautta vai koko ajan",
        "mikä vuosi sinua kiinnostaa",
        "haluatko tiedot sähköpostiisi",
        "haluatteko palkkatiedot vai työajat",
        "palkkatietojenne vuodet",
        "mikä on tilausnumeronne",
        "mikä on asiakasnumeronne",
        "toimitammeko tiedot asianajotoimistonne osoitteeseen",
        "onko teillä mielessä tietty tapahtuma",
        "pyydättekö tiedot maksamistanne laskuista",
        "mitkä osoitteenne haluatte oikaista",
    ],
    "sv": [
        "vilken tjänst eller vilka år gäller begäran",
        "vill du ha uppgifterna elektroniskt eller på papper",
        "vilken av dina beställningar menar du",
        "har du flera konton hos oss",
        "vid vilket kontor var du kund",
        "räcker uppgifterna från de två senaste åren",
        "får vi skicka kopian per e-post",
        "gäller begäran också inspelningar",
        "vilka av dina fakturor vill du ha",
        "vill du ha löneuppgifterna från 2024",
        "vilket är ditt kundnummer",
    ],
    "en": [
        "which service or which years is the request about",
        "would you like the data on paper or in electronic form",
        "which of your orders do you mean",
        "do you have several accounts with us",
        "at which of our offices were you served",
        "are the last two years enough",
        "may we send the copy to your e-mail address",
        "does the request also concern call recordings",
        "which years of your invoices would you like",
        "would you like all your messages or those of 2025",
        "what is your order number",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_asks_what_the_request_is_about_and_nothing_of_its_person(language: str) -> None:
    """Neither data of their own nor a way in, a form, a motive or money (GDPR 5(1)(c), 12(2), 12(5))."""
    context = replace(ALBUM[language, "more_information"], identified=True)
    missed = [said for said, code in BEYOND[language].items() if code not in codes(replace(context, question=said))]
    assert missed == []
    found = {said: codes(replace(context, question=said)) for said in TO_THE_POINT[language]}
    assert {said: wrong for said, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_ones_own_is_answered_for(language: str) -> None:
    """No list of classes knows all that may be asked too much: whoever asks ticks that it is about the request."""
    context = replace(ALBUM[language, "more_information"], identified=True)
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    own = [one for one in lint(text.body, text.subject, context, around) if one.severity is Severity.OWN]
    assert [(one.code, context.question.strip(" .?") in one.sentence) for one in own] == [("own_sentence", True)]


NAMED = Around(people=("Matti Virtanen",))


@pytest.mark.parametrize(
    ("title", "facts", "wrong"),
    [
        ("access partly", {"left_out": "sähköpostit, joissa Matti Virtanen kertoo teistä"}, True),
        ("access partly", {"explained": "Matti Virtanen pyysi, ettei hänen kertomaansa paljasteta"}, True),
        ("rectification refused data_accurate", {"explained": "esimiehenne Matti Virtanen vahvisti tiedon"}, True),
        ("automated_decision refused human_decided", {"explained": "hakemuksen ratkaisi Matti Virtanen"}, False),
        ("rectification granted", {"corrected": "nimi Matti Virtanen on nyt Matti Lahti"}, False),
    ],
)
def test_no_field_names_another_person(title: str, facts: dict[str, str], wrong: bool) -> None:
    """A refusal that protects somebody does not give them away (GDPR 15(4), 5(1)(f))."""
    assert answer("fi", title, NAMED, **facts) == ({"person_named"} if wrong else set())


def test_no_finding_names_who_told() -> None:
    assert letter("fi", "follow_up, stands", NAMED, finding="naapurinne Matti Virtanen soitti meille") == {
        "person_named"
    }


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-04-17", set()),
        ("2026-05-20", {"late_far"}),
        ("2026-06-05", {"late_far"}),
        ("2026-06-06", {"late_too_far"}),
    ],
)
def test_a_late_answer_is_not_put_off_for_months(day: str, found: set[str]) -> None:
    """A late notice gives itself no new month, and nothing beyond the third from receipt (GDPR 12(3))."""
    assert ALBUM["fi", "late_notice"].received_on.isoformat() == "2026-03-05"
    assert letter("fi", "late_notice", answer_by=day) == found


MOTIVES = [
    ("fi", "valmistelette kannetta meitä vastaan"),
    ("fi", "aiotte valittaa meistä tietosuojavaltuutetulle"),
    ("fi", "olette tehnyt meistä kantelun"),
    ("sv", "du förbereder en talan mot oss"),
    ("en", "you are preparing a lawsuit against us"),
]


@pytest.mark.parametrize("title", ["access refused other_act", "access refused unfounded_or_excessive"])
@pytest.mark.parametrize(("language", "explained"), MOTIVES)
def test_what_somebody_wants_their_data_for_is_no_ground(title: str, language: str, explained: str) -> None:
    """Neither motive nor plans are looked at (EDPB Guidelines 01/2022, 166-167)."""
    assert "lawsuit_no_ground" in answer(language, title, explained=explained)


NOTHING = [
    ("fi", "erasure granted", {"erased": "ei mitään"}, True),
    ("fi", "erasure granted", {"erased": "osa tiedoista"}, True),
    ("fi", "erasure granted", {"erased": "tiedot, joita emme tarvitse"}, True),
    ("fi", "erasure granted", {"erased": "tietojen näkyvyys"}, True),
    ("fi", "erasure granted", {"erased_from": "ei mistään"}, True),
    ("fi", "erasure granted", {"erased": "asiakaskortti ja tilaushistoria"}, False),
    ("fi", "rectification granted", {"corrected": "ei muutettu"}, True),
    ("fi", "rectification granted", {"corrected": "lisäsimme huomautuksen, tieto jäi ennalleen"}, True),
    ("fi", "rectification granted", {"corrected": "sukunimi on nyt Esimerkki"}, False),
    ("fi", "restriction granted", {"restricted": "ei mitään"}, True),
    ("fi", "objection granted", {"stopped": "ei mikään"}, True),
    ("fi", "access no_data", {"searched": "emme etsineet"}, True),
    ("fi", "access no_data", {"searched": "muistin varassa"}, True),
    ("fi", "access no_data", {"identifiers": "ei mitään"}, True),
    ("sv", "erasure granted", {"erased": "ingenting"}, True),
    ("sv", "access no_data", {"searched": "ur minnet"}, True),
    ("en", "erasure granted", {"erased": "nothing"}, True),
    ("en", "erasure granted", {"erased": "some of the data"}, True),
    ("en", "rectification granted", {"corrected": "it was not changed"}, True),
]


@pytest.mark.parametrize(("language", "title", "facts", "wrong"), NOTHING)
def test_an_answer_that_gives_says_what_was_done(language: str, title: str, facts: dict[str, str], wrong: bool) -> None:
    """What its act stands on neither denies it nor hollows it out (GDPR 5(1)(a), 17(1))."""
    assert ("nothing_done" in answer(language, title, **facts)) is wrong


@pytest.mark.parametrize("facts", ["profilointi aloitetaan uudelleen vuoden päästä", "käytämme tietoja silti"])
def test_what_stopped_begins_no_more(facts: str) -> None:
    assert "afterwards_contradicts" in answer("fi", "objection granted", afterwards=facts)


@pytest.mark.parametrize(
    ("said", "wrong"), [("sähköposti", True), ("kaikki paitsi kirjeet", True), ("sähköposti ja puhelut", False)]
)
def test_a_ban_is_confirmed_for_every_channel(said: str, wrong: bool) -> None:
    """Its scope is all of direct marketing unless the person narrowed it (GDPR 21(2)-(3))."""
    used = Around(channels=("sähköposti", "puhelin"))
    assert ("channels_left_out" in answer("fi", "marketing_objection granted", used, channels=said)) is wrong


OWN_TROUBLE = [
    ("fi", "restriction refused", "kiistätte tiedon, mutta olemme siitä varmoja", True),
    ("fi", "restriction refused", "järjestelmässä ei ole rajoitustoimintoa", True),
    ("fi", "restriction refused", "ette kiistä tietojen paikkansapitävyyttä", False),
    ("fi", "rectification refused data_accurate", "järjestelmämme ei salli muutosta", True),
    ("fi", "rectification refused data_accurate", "laskussa on sama osoite kuin pyynnössänne", False),
    ("sv", "restriction refused", "systemet stöder inte begränsning", True),
    ("en", "restriction refused", "you contest the data, but we are sure", True),
]


@pytest.mark.parametrize(("language", "begin", "explained", "wrong"), OWN_TROUBLE)
def test_what_the_law_grants_and_a_systems_trouble_refuse_nothing(
    language: str, begin: str, explained: str, wrong: bool
) -> None:
    """That the accuracy is contested is the condition of a restriction itself (GDPR 18(1)(a))."""
    title = next(title for spoken, title in ALBUM if spoken == language and title.startswith(begin))
    assert ("reason_against_ground" in answer(language, title, explained=explained)) is wrong


BY_ITSELF = [
    ("fi", "human_decided", "työntekijä napsauttaa järjestelmän päätöksen hyväksytyksi", True),
    ("fi", "human_decided", "käsittelijä hyväksyy ehdotuksen aina sellaisenaan", True),
    ("fi", "human_decided", "luottopäällikkö tutki hakemuksen liitteet ja päätti itse", False),
    ("fi", "human_decided", "järjestelmä ei päättänyt vaan luottopäällikkö tutki hakemuksen", False),
    ("fi", "no_significant_effect", "luottohakemuksenne vain hylättiin", True),
    ("fi", "no_significant_effect", "hylkäsimme vain työhakemuksenne", True),
    ("fi", "no_significant_effect", "päätös koski sitä, mikä mainos sivulla näytettiin", False),
    ("fi", "no_significant_effect", "luottohakemustanne ei hylätty, vaan toimitustapa vaihtui", False),
    ("sv", "human_decided", "en anställd klickar på systemets beslut", True),
    ("sv", "human_decided", "kreditchefen gick igenom ansökan och beslutade själv", False),
    ("sv", "no_significant_effect", "kreditansökan avslogs bara", True),
    ("sv", "no_significant_effect", "beslutet gällde vilken annons som visades", False),
    ("en", "human_decided", "an employee always approves what the system proposes", True),
    ("en", "human_decided", "the credit manager studied the application and decided", False),
    ("en", "no_significant_effect", "your loan application was only rejected", True),
    ("en", "no_significant_effect", "the decision was about which advertisement was shown", False),
]


def test_who_only_passes_on_what_a_machine_decided_has_not_decided() -> None:
    """And what refuses somebody a credit or work affects them (GDPR 22(1), recital 71)."""
    for language, ground, explained, wrong in BY_ITSELF:
        found = answer(language, "automated_decision refused human_decided", ground=ground, explained=explained)
        assert ("reason_against_ground" in found) is wrong, explained


IN_FILES = [
    ("fi", "skannatut sopimukset kuvina", True),
    ("fi", "yhteystiedot, tilaukset ja lataamanne valokuvat", False),
    ("fi", "yhteystiedot ja tilaukset, ei skannattuja sopimuksia", False),
    ("fi", "skannaustilaukset CSV-tiedostona", False),
    ("en", "the photographs that you gave, as images and a JSON file", False),
    ("sv", "avtalen som bilder", True),
    ("sv", "kontaktuppgifter och beställningar", False),
    ("en", "contracts scanned as images", True),
    ("en", "contact details, orders and the photos that you gave", False),
]


def test_pictures_of_documents_are_no_portable_data() -> None:
    for language, contents, wrong in IN_FILES:
        found = answer(language, "portability granted", contents=contents)
        assert ("pdf_for_portability" in found) is wrong, contents


@pytest.mark.parametrize(("why", "wrong"), [("emme jaksa pitää tietoja erillään", True), ("tieto on oikaistu", False)])
def test_a_restriction_is_lifted_on_its_ground_alone(why: str, wrong: bool) -> None:
    """It ends where its condition does (GDPR 18(1)-(3)), not where it is a trouble."""
    assert ("reason_against_ground" in letter("fi", "restriction_lifted", lifted_why=why)) is wrong


UNLAWFUL = [
    ("fi", "näette tietonne itse asiakasportaalista", True),
    ("fi", "vastaaminen veisi kohtuuttomasti työaikaamme", True),
    ("fi", "ette ole maksanut laskujanne", True),
    ("fi", "poistamme tiedot joka tapauksessa", True),
    ("fi", "pyysitte samoja tietoja kolmesti tässä kuussa, eivätkä ne ole muuttuneet", False),
    ("sv", "det skulle ta för mycket arbetstid", True),
    ("en", "you can see your data in the customer portal", True),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), UNLAWFUL)
def test_what_is_convenient_for_us_refuses_no_access(language: str, explained: str, wrong: bool) -> None:
    found = answer(language, "access refused unfounded_or_excessive", explained=explained)
    assert ("access_ground_unlawful" in found) is wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["access refused unfounded_or_excessive", "erasure refused legal_claim"])
def test_the_reason_of_a_refusal_is_its_writers_to_answer_for(language: str, title: str) -> None:
    """No list knows every reason that is none, and the burden is the controller's (GDPR 12(5), 5(2))."""
    context = replace(ALBUM[language, title], identified=True)
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    own = [one for one in lint(text.body, text.subject, context, around) if one.severity is Severity.OWN]
    assert {one.code for one in own} == {"own_ground"}
    given = context.parts[0].facts
    words = [given[name].rstrip(".") for name in ("kept", "explained") if name in given]
    assert [word in one.sentence for word, one in zip(words, own, strict=True)] == [True] * len(words)


NEAR_MATCHES = [
    ("fi", "nimellä on kaksi asiakasta"),
    ("fi", "tällä nimellä on rekisterissä kolme jäsentä"),
    ("fi", "samannimisiä asiakkaita on kaksi, toinen Kuopiossa ja toinen Oulussa"),
    ("fi", "asiakkaina on kaksi, toinen Kuopiossa ja toinen Oulussa"),
    ("fi", "meillä on toinenkin samanniminen"),
    ("fi", "sähköpostiosoitteella löytyi kaksi eri asiakasta"),
    ("fi", "haulla löytyi kaksi osumaa"),
    ("fi", "emme voi tietää, kumpi kahdesta samannimisestä asiakkaasta olette"),
    ("fi", "kumman asiakasnumero on teidän"),
    ("fi", "kumpi heistä olette"),
    ("fi", "oletteko Kuopion vai Oulun asiakas"),
    ("sv", "det finns två kunder med samma namn"),
    ("sv", "namnet har två kunder"),
    ("sv", "en annan kund heter samma sak"),
    ("sv", "kunderna är två, en i Kuopio och en i Uleåborg"),
    ("sv", "vilken av kunderna du är"),
    ("sv", "vi har en till med samma namn"),
    ("en", "we have two customers with that name"),
    ("en", "another customer has the same name"),
    ("en", "the name matches three members"),
    ("en", "the customers are two, one in Kuopio and one in Oulu"),
    ("en", "which of the customers you are"),
    ("en", "you have a namesake with us"),
]


@pytest.mark.parametrize("field", ["why", "extra_data"])
@pytest.mark.parametrize(("language", "said"), NEAR_MATCHES)
def test_a_near_match_is_told_to_nobody(language: str, field: str, said: str) -> None:
    """Whom we cannot single out is not told who else there is, nor of whom to say "that is me" (GDPR 12(6), 15(4))."""
    assert "near_match_told" in {one.code for one in _of_art11(language, **{field: said})}


NO_NEAR_MATCH = [
    ("fi", "kameran tallenteessa ei ole nimiä"),
    ("fi", "tallenteella näkyy useita henkilöitä, emmekä tiedä, kuka heistä olette"),
    ("fi", "pelkän nimen perusteella emme voi erottaa samannimisiä henkilöitä toisistaan"),
    ("fi", "samalla nimellä voi olla monta asiakasta"),
    ("fi", "kävijätilastossa on vain IP-osoitteita"),
    ("fi", "kyselyyn vastasi 340 asiakasta ilman nimeä"),
    ("fi", "ryhmässä oli viisi asiakasta, eikä äänitteestä erota, kuka puhuu"),
    ("fi", "paperilomakkeet on arkistoitu päivän eikä nimen mukaan"),
    ("fi", "asiakkaat kirjataan pelkällä numerolla"),
    ("fi", "evästeen tunnistetta ei ole liitetty keneenkään"),
    ("fi", "puhelut tallennetaan numeron mukaan, eikä pyynnössä ole numeroa"),
    ("fi", "asiakasnumero, laskun numero tai tilauspäivä"),
    ("fi", "kummassa myymälässä kävitte ja kumpana päivänä"),
    ("fi", "kaksi viimeisintä käyntipäivää ja puhelinnumero"),
    ("sv", "på inspelningen syns flera personer, och vi vet inte vem av dem du är"),
    ("sv", "flera kunder kan ha samma namn"),
    ("sv", "personer med samma namn kan inte skiljas åt bara på namnet"),
    ("sv", "kunderna antecknas bara med ett nummer"),
    ("sv", "svaren samlades in utan namn"),
    ("sv", "besöksstatistiken innehåller bara IP-adresser"),
    ("sv", "pappersblanketterna är ordnade efter dag, inte efter namn"),
    ("sv", "kundnummer, fakturanummer eller beställningsdag"),
    ("sv", "vilken av butikerna du besökte och när"),
    ("sv", "två besöksdagar och ett telefonnummer"),
    ("en", "the recording shows several people, and we do not know which of them you are in it"),
    ("en", "several customers may have the same name"),
    ("en", "a name alone does not tell one person from another"),
    ("en", "customers are recorded by a number only"),
    ("en", "the answers were collected without names"),
    ("en", "the statistics hold IP addresses only"),
    ("en", "the paper forms are filed by day, not by name"),
    ("en", "customer number, invoice number or the day of the order"),
    ("en", "which of the shops you visited, and when"),
    ("en", "two days of visits and a phone number"),
]


@pytest.mark.parametrize("field", ["why", "extra_data"])
@pytest.mark.parametrize(("language", "said"), NO_NEAR_MATCH)
def test_what_the_data_lacks_and_what_would_help_is_no_near_match(language: str, field: str, said: str) -> None:
    assert "near_match_told" not in {one.code for one in _of_art11(language, **{field: said})}


def _of_art11(language: str, **facts: str) -> tuple[Finding, ...]:
    context = ALBUM[language, "access art11"]
    [one] = context.parts
    context = replace(context, parts=(replace(one, facts={**one.facts, **facts}),))
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    return lint(text.body, text.subject, context, around)


KEPT = [
    ("fi", "erasure refused open_invoice", "ostohistoria ja markkinointiprofiili", True),
    ("fi", "erasure refused open_invoice", "lasku 1042 ja uutiskirjetilaus", True),
    ("fi", "erasure refused open_invoice", "lasku 1042 ja sitä koskeva kirjeenvaihto", False),
    ("fi", "erasure refused open_invoice", "mainospalvelun lasku 1042", False),
    ("fi", "erasure refused accounting_law", "markkinoinnin laskut vuosilta 2024 ja 2025", False),
    ("fi", "erasure refused open_invoice", "maksusuunnitelma ja yhteystiedot", False),
    ("sv", "erasure refused open_invoice", "faktura 1042 och marknadsföringsprofilen", True),
    ("sv", "erasure refused open_invoice", "faktura 1042 och korrespondensen om den", False),
    ("sv", "erasure refused open_invoice", "reklamfaktura 1042", False),
    ("en", "erasure refused open_invoice", "invoice 1042 and the marketing profile", True),
    ("en", "erasure refused open_invoice", "invoice 1042 and the correspondence about it", False),
    ("en", "erasure refused open_invoice", "invoice 1042 for advertising", False),
]


@pytest.mark.parametrize(("language", "title", "kept", "wrong"), KEPT)
def test_a_marketing_profile_collects_no_debt(language: str, title: str, kept: str, wrong: bool) -> None:
    """It is no voucher either (GDPR 17(1)(a), 17(3))."""
    assert ("marketing_no_ground" in answer(language, title, kept=kept)) is wrong


ON_PAPER = [
    ("fi", "paperikansio", True),
    ("fi", "valokuva sopimuksesta", True),
    ("fi", "näyttökuvat tilauksista", True),
    ("fi", "PDF-tuloste", True),
    ("fi", "kuvagallerian tiedot", False),
    ("fi", "tilaukset, joissa on tuotekuvan osoite", False),
    ("fi", "valokuvat, jotka latasitte palveluun", False),
    ("fi", "kirjaston lainat ja varaukset", False),
    ("sv", "foton av avtalet", True),
    ("sv", "pappersmappen", True),
    ("sv", "bilder som du laddat upp", False),
    ("en", "photos of the contract", True),
    ("en", "paper files", True),
    ("en", "photos that you uploaded, with captions", False),
]


@pytest.mark.parametrize(("language", "contents", "wrong"), ON_PAPER)
def test_paper_and_pictures_of_it_are_no_portable_data(language: str, contents: str, wrong: bool) -> None:
    assert ("pdf_for_portability" in answer(language, "portability granted", contents=contents)) is wrong


OBSERVED = [
    ("fi", "tiedot ovat kertyneet palvelun käytöstänne"),
    ("fi", "sykekäyrät tallensi kello, ette te"),
    ("fi", "sovellus mittasi askeleet"),
    ("fi", "sijaintitiedot tallentuivat sovellusta käyttäessänne"),
    ("fi", "ostohistoria on kertynyt ostoksistanne"),
    ("sv", "uppgifterna har uppkommit genom din användning av tjänsten"),
    ("sv", "pulskurvorna registrerades av klockan"),
    ("sv", "appen mätte stegen"),
    ("en", "the data was recorded by our app while you used it"),
    ("en", "the watch measured the heart rate, not you"),
    ("en", "the purchase history was collected when you bought from us"),
]
CONCLUDED = [
    ("fi", "luokitus on meidän tekemämme päätelmä"),
    ("fi", "pistemäärä on laskettu palvelun käytöstänne kertyneistä tiedoista"),
    ("fi", "arvion on kirjoittanut valmentaja"),
    ("fi", "muistiinpanot ovat valmentajan omia havaintoja"),
    ("fi", "tieto on saatu luottotietoyhtiöltä"),
    ("fi", "tiedon antoi työnantaja"),
    ("fi", "asiakasryhmän valitsi järjestelmämme ostohistoriasta laskemalla"),
    ("fi", "tallensimme merkinnän itse puhelun jälkeen"),
    ("fi", "ennuste on johdettu käyttötiedoista"),
    ("fi", "hintaluokan olemme määrittäneet itse"),
    ("fi", "osoite saatiin väestötietojärjestelmästä"),
    ("sv", "klassificeringen är vår egen slutsats"),
    ("sv", "poängen har beräknats av det som har uppkommit genom din användning"),
    ("sv", "bedömningen har skrivits av coachen"),
    ("sv", "uppgiften kommer från kreditupplysningsföretaget"),
    ("sv", "anteckningarna är coachens egna iakttagelser"),
    ("sv", "prisklassen har vi själva bestämt"),
    ("sv", "prognosen bygger på vår egen modell"),
    ("sv", "uppgiften lämnades av arbetsgivaren"),
    ("sv", "vi antecknade saken själva efter samtalet"),
    ("sv", "adressen kom från befolkningsdatasystemet"),
    ("en", "the classification is our own conclusion"),
    ("en", "the score was calculated from data recorded by our app"),
    ("en", "the assessment was written by the coach"),
    ("en", "the data comes from the credit agency"),
    ("en", "the notes are the coach's own remarks"),
    ("en", "we set the price class ourselves"),
    ("en", "the forecast rests on our own model"),
    ("en", "the employer gave the data"),
    ("en", "we noted it ourselves after the call"),
    ("en", "the address came from the population register"),
]


@pytest.mark.parametrize(
    ("language", "explained", "wrong"), [*((*row, True) for row in OBSERVED), *((*row, False) for row in CONCLUDED)]
)
def test_what_somebody_s_use_left_is_theirs_to_carry_over(language: str, explained: str, wrong: bool) -> None:
    """A heart rate that a watch recorded is provided by its wearer, what is concluded of it is not (GDPR 20(1))."""
    found = answer(language, "portability refused not_provided", explained=explained)
    assert ("reason_against_ground" in found) is wrong


LEFT_BEHIND = [
    ("fi", "sykemittaukset lähetti vyö"),
    ("fi", "askeleet ovat aktiivisuusmittarin lukuja"),
    ("fi", "paikannukset ovat autosta"),
    ("fi", "kuuntelukerrat ovat järjestelmämme tuottamia"),
    ("fi", "hakuhistorian loi palvelu"),
    ("fi", "kirjautumistiedot ovat palvelimemme"),
    ("fi", "sähkönkulutuksen lukemat tulevat etäluettavasta mittarista"),
    ("fi", "unitiedot ovat älykellosta"),
    ("fi", "kanta-asiakaskortin ostotiedot ovat kassajärjestelmän"),
    ("fi", "palvelimen lokit eivät ole teidän antamianne"),
    ("fi", "pelitiedot ovat meidän"),
    ("fi", "kirjoittamanne päiväkirja on palvelussamme"),
    ("fi", "kyselyvastaukset kuuluvat meille"),
    ("fi", "tilauksenne on kirjattu järjestelmäämme"),
    ("sv", "stegdata kommer från armbandet"),
    ("sv", "positionerna skickades av din telefon"),
    ("sv", "tittarhistoriken skapades av vår tjänst"),
    ("sv", "loggarna är våra"),
    ("sv", "inköpen slogs in i kassan"),
    ("sv", "mätvärdena lästes av på distans"),
    ("sv", "din sökhistorik hör till oss"),
    ("sv", "bilderna som du har laddat upp är hos oss"),
    ("sv", "dina recensioner hör till vår webbplats"),
    ("en", "the steps come from the wristband"),
    ("en", "the locations were sent by your phone"),
    ("en", "the listening history is made by our service"),
    ("en", "the server logs are ours"),
    ("en", "the purchases were rung up at the till"),
    ("en", "the meter readings were taken remotely"),
    ("en", "your search history belongs to us"),
    ("en", "the photos that you uploaded are on our server"),
    ("en", "your reviews belong to our site"),
]
NOT_LEFT_BEHIND = [
    ("fi", "riskiluokan laskimme ostohistoriasta"),
    ("fi", "kuntoarvio on johdettu sykekäyristä, jotka annamme"),
    ("fi", "lokitiedoista näkyy, ketkä meillä ovat avanneet tietonne"),
    ("fi", "valmentajan muistiinpanot harjoituksista ovat valmentajan omia"),
    ("fi", "pisteet annoimme itse, ja niiden pohjana olleet ostot annamme"),
    ("fi", "luottoluokan saimme luottotietoyhtiöltä"),
    ("fi", "käsittelijän merkinnät ovat meidän kirjoittamiamme"),
    ("fi", "tiedot eivät ole teidän antamianne, vaan ne saatiin viranomaiselta"),
    ("fi", "luokituksen teimme vastaustenne perusteella"),
    ("sv", "riskklassen har vi beräknat av köphistoriken"),
    ("sv", "loggen visar vem hos oss som har öppnat dina uppgifter"),
    ("sv", "konditionsvärdet är en bedömning av pulskurvorna"),
    ("sv", "tränarens anteckningar om passen är tränarens egna"),
    ("sv", "kreditklassen fick vi av kreditupplysningsföretaget"),
    ("sv", "uppgiften lämnades inte av dig utan av myndigheten"),
    ("en", "we calculated the risk class from the purchase history"),
    ("en", "the log data shows who of our staff opened your file"),
    ("en", "the fitness level is an assessment of the heart rate"),
    ("en", "the coach's notes on the sessions are the coach's own"),
    ("en", "the credit class came from the credit agency"),
    ("en", "the authority gave it to us, not you"),
    ("en", "the employer told us your position, and we use data of the trade register"),
    ("sv", "arbetsgivaren lämnade uppgiften"),
]


@pytest.mark.parametrize("field", ["explained", "left_out"])
@pytest.mark.parametrize(
    ("language", "said", "wrong"),
    [*((*row, True) for row in LEFT_BEHIND), *((*row, False) for row in NOT_LEFT_BEHIND)],
)
def test_what_was_recorded_of_a_use_is_carried_over_whatever_verb_it_is_told_with(
    language: str, said: str, wrong: bool, field: str
) -> None:
    """The thing decides, in what is left out as in why: readings are provided, conclusions and our own notes are not
    (GDPR 20(1); WP 242).
    """
    found = answer(language, "portability partly", ground="not_provided", **{field: said})
    assert ("reason_against_ground" in found) is wrong


LAWFUL_WORDS = [
    ("fi", "rectification granted", {"corrected": "osoite on nyt Tuomiokuja 3"}),
    ("fi", "rectification granted", {"corrected": "Tuomion katu on nyt Tuomiokuja"}),
    ("fi", "portability granted", {"contents": "kuvina ladatut valokuvat"}),
    (
        "fi",
        "automated_decision refused human_decided",
        {"explained": "luottopäällikkö harkitsi itse ja leimasi päätöksen"},
    ),
    (
        "fi",
        "automated_decision refused human_decided",
        {"explained": "esihenkilö tutki hakemuksen itse, ja päätös leimattiin"},
    ),
    (
        "sv",
        "automated_decision refused human_decided",
        {"explained": "kreditchefen prövade saken själv och stämplade beslutet"},
    ),
    (
        "en",
        "automated_decision refused human_decided",
        {"explained": "the credit manager assessed it herself and ticked the form"},
    ),
    ("fi", "erasure refused still_needed", {"kept": "asiakaskortti", "explained": "tilaus 77 on vielä toimittamatta"}),
]
DOUBTED = {"sensitive_in_mail", "pdf_for_portability", "reason_against_ground", "whole_card_kept"}


@pytest.mark.parametrize(("language", "title", "facts"), LAWFUL_WORDS)
def test_a_street_an_upload_a_judgement_and_an_order_to_come_stop_nothing(
    language: str, title: str, facts: dict[str, str]
) -> None:
    """Words that lists of unlawful ones held against their writers."""
    assert not answer(language, title, **facts) & DOUBTED
