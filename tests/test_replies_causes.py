"""The cause of a delay tells what became of the request, and of nobody else (GDPR 5(1)(c), 9, 12(3))."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox_agent.rules import personal
from replies.album import specimens
from replies.choices import LANGUAGES
from replies.context import DraftContext
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found.context for language in LANGUAGES for found in specimens(language, "te")}
JUDGED = {"cause_of_somebody", "cause_no_excuse", "person_named"}


def codes(context: DraftContext, added: str = "") -> dict[str, Severity]:
    text = compose(context)
    body = f"{text.body}\n{added}\n" if added else text.body
    around = Around(
        template=template_words(context, text.body, context.today),
        composed=text.body,
        people=personal.whole_names(body),
        half_names=personal.half_names(body),
    )
    return {one.code: one.severity for one in lint(body, text.subject, context, around)}


def late_answer(language: str, cause: str) -> DraftContext:
    context = ALBUM[language, "transferred and corrected, late"]
    return replace(
        context, parts=tuple(replace(one, facts={**one.facts, "late_reason": cause}) for one in context.parts)
    )


def late_notice(language: str, cause: str) -> DraftContext:
    context = ALBUM[language, "late_notice"]
    return replace(context, identified=False, facts={**context.facts, "late_reason": cause})


OF_SOMEBODY = [
    ("fi", "työntekijämme sairastui", "cause_of_somebody"),
    ("fi", "kollegamme oli äitiyslomalla", "cause_of_somebody"),
    ("fi", "asian hoitaja oli pitkään sairaana", "cause_of_somebody"),
    ("fi", "asian hoitaja irtisanottiin", "cause_of_somebody"),
    ("fi", "työntekijän sairausloman vuoksi asia jäi kesken", "cause_of_somebody"),
    ("fi", "toisen asiakkaan kiireellinen asia meni edelle", "cause_of_somebody"),
    ("fi", "muiden asiakkaiden pyynnöt menivät edelle", "cause_of_somebody"),
    ("fi", "Liisa unohti sen", "person_named"),
    ("fi", "työntekijämme Pekka oli poissa", "person_named"),
    ("fi", "Liisa Esimerkki ei vastannut viestiin", "person_named"),
    ("sv", "vår anställda insjuknade", "cause_of_somebody"),
    ("sv", "vår kollega var föräldraledig", "cause_of_somebody"),
    ("sv", "handläggaren blev sjuk", "cause_of_somebody"),
    ("sv", "handläggaren sades upp", "cause_of_somebody"),
    ("sv", "en annan kunds brådskande ärende gick före", "cause_of_somebody"),
    ("sv", "Liisa glömde det", "person_named"),
    ("en", "our employee fell ill", "cause_of_somebody"),
    ("en", "our colleague was on maternity leave", "cause_of_somebody"),
    ("en", "the clerk was dismissed", "cause_of_somebody"),
    ("en", "another customer's urgent matter came first", "cause_of_somebody"),
    ("en", "Liisa forgot it", "person_named"),
]
NO_EXCUSE = [
    ("fi", "kiire"),
    ("fi", "meillä oli ruuhkaa ja henkilöstöpula"),
    ("fi", "lomakausi"),
    ("fi", "odotimme teidän vastaustanne henkilöllisyydestä"),
    ("fi", "pyyntönne oli epäselvä"),
    ("fi", "ette vastannut kysymykseemme"),
    ("sv", "personalbrist"),
    ("sv", "vi väntade på ditt svar"),
    ("sv", "begäran var otydlig"),
    ("en", "we were busy"),
    ("en", "we waited for your answer"),
    ("en", "your request was unclear"),
]
LAWFUL = [
    ("fi", "pyyntö oli jäänyt roskapostikansioon"),
    ("fi", "viestinne ohjautui vanhaan osoitteeseemme"),
    ("fi", "pyyntö oli liitetty vahingossa toisen asiakkaan asiaan"),
    ("fi", "postin lakko viivytti kirjettä"),
    ("fi", "Elisan sähköpostipalvelussa oli häiriö"),
    ("fi", "tallenteet pyydettiin puhelinpalvelun toimittajalta, joka vastasi vasta 2.4.2026"),
    ("fi", "sopimus toimittajan kanssa irtisanottiin, ja tiedot saatiin vasta siirron jälkeen"),
    ("fi", "asiaa hoitanut henkilö vaihtui, ja pyyntö jäi siirtämättä"),
    ("fi", "sairastuin itse, ja toimin yksin"),
    ("fi", "järjestelmän vaihto kadotti pyynnön työjonosta"),
    ("fi", "kirje meni väärään toimipisteeseen"),
    ("fi", "sairaalan järjestelmä oli poissa käytöstä"),
    ("sv", "begäran hade hamnat i skräpposten"),
    ("sv", "meddelandet gick till vår gamla adress"),
    ("sv", "begäran kopplades av misstag till en annan kunds ärende"),
    ("sv", "poststrejken försenade brevet"),
    ("sv", "inspelningarna kom först den 2.4.2026 från vår leverantör"),
    ("sv", "avtalet med leverantören sades upp och uppgifterna fick flyttas"),
    ("sv", "ärendet bytte handläggare och begäran blev liggande"),
    ("sv", "jag var sjuk och arbetar ensam"),
    ("sv", "sjukhusets system var ur bruk"),
    ("sv", "brevet gick till fel kontor"),
    ("en", "the request had ended up in the junk folder"),
    ("en", "your message went to our old address"),
    ("en", "the request was filed by mistake with another customer's case"),
    ("en", "the post strike delayed the letter"),
    ("en", "the recordings came from our supplier on 2 April 2026 only"),
    ("en", "the message was dismissed as spam"),
    ("en", "the case changed hands and the request was left lying"),
    ("en", "I was ill and work alone"),
    ("en", "the letter went to the wrong office"),
    ("en", "the address was ill-formatted and the message bounced"),
]


@pytest.mark.parametrize("written", [late_answer, late_notice])
@pytest.mark.parametrize(("language", "cause", "code"), OF_SOMEBODY)
def test_a_delay_is_put_on_nobody(written: object, language: str, cause: str, code: str) -> None:
    """Neither to somebody known nor to whoever asks: a colleague's illness and another customer's haste are theirs."""
    context = late_answer(language, cause) if written is late_answer else late_notice(language, cause)
    assert codes(context)[code] is Severity.ERROR


@pytest.mark.parametrize(("language", "cause"), NO_EXCUSE)
def test_what_excuses_no_delay_is_remarked_on(language: str, cause: str) -> None:
    """It may be the true cause: the letter may leave with it."""
    found = codes(late_answer(language, cause))
    assert found["cause_no_excuse"] is Severity.WARNING
    assert Severity.ERROR not in found.values()


@pytest.mark.parametrize(("language", "cause"), LAWFUL)
def test_what_became_of_the_request_is_a_cause(language: str, cause: str) -> None:
    found = codes(late_answer(language, cause))
    assert found.keys() & JUDGED == set()
    assert Severity.ERROR not in found.values()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Vastauksemme viivästyi, koska työntekijämme sairastui."),
        ("fi", "Syy viivästykseen: Liisa unohti sen."),
        ("sv", "Svaret blev försenat eftersom vår anställda insjuknade."),
        ("en", "The answer is late because our employee fell ill."),
    ],
)
def test_a_cause_in_an_own_sentence_is_read_as_one_in_a_form(language: str, sentence: str) -> None:
    """Whether a colon leads to it or not."""
    assert codes(ALBUM[language, "transferred and corrected, late"], sentence).keys() & {
        "cause_of_somebody",
        "person_named",
    }
