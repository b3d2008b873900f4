"""Before the reader is known, an own sentence is free of an error only where it is known to tell nothing of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
LETTERS = ("acknowledgement", "identity_question", "more_information", "marketing_stopped")


def stopped(language: str, title: str, sentence: str) -> bool:
    """Whether the letter with this sentence more meets an error that it does not meet without."""
    letter = ALBUM[language, title]
    context, body = replace(letter.context, identified=False), letter.text.body
    around = Around(template=body, composed=body)
    said = lint(f"{body}\n{sentence}\n", letter.text.subject, context, around)
    return any(one.severity is Severity.ERROR for one in said)


TELLING = [
    ("fi", "Olette käynyt meillä hoidossa kolme kertaa."),
    ("fi", "Kyllä, olette ollut meillä töissä."),
    ("fi", "Olette meille tuttu vuosien takaa."),
    ("fi", "Olet ollut asunnottomana meidän majoituksessa."),
    ("fi", "Kyllä, meillä on kaikki tallella."),
    ("fi", "Hoitonne jatkuu meillä."),
    ("fi", "Tervetuloa takaisin."),
    ("fi", "Muistamme käyntinne hyvin."),
    ("fi", "Jatkamme siitä, mihin viimeksi jäimme."),
    ("fi", "Emme ole kuulleet teistä pitkään aikaan."),
    ("fi", "Vanhat paperit ovat hyllyssä."),
    ("sv", "Du gick i terapi hos oss hela vintern."),
    ("sv", "Du handlade hos oss i våras."),
    ("sv", "Vi minns besöket väl."),
    ("sv", "Välkommen tillbaka till oss."),
    ("sv", "Vi har allting kvar."),
    ("en", "You came to our clinic for therapy last winter."),
    ("en", "We know who writes: a patient of ours since spring."),
    ("en", "Welcome back."),
    ("en", "We still have everything."),
    ("en", "It was nice to see you in March."),
]


@pytest.mark.parametrize("title", LETTERS)
@pytest.mark.parametrize(("language", "sentence"), TELLING)
def test_that_somebody_is_known_to_us_is_an_error_in_whatever_words(language: str, title: str, sentence: str) -> None:
    """Whether there is anything to know is what only an identified reader is told (GDPR 12(6), 32)."""
    assert stopped(language, title, sentence)


HARMLESS = [
    ("fi", "Olemme toimistolla arkisin klo 9–16."),
    ("fi", "Toimistomme on auki maanantaista perjantaihin klo 9-16."),
    ("fi", "Voitte soittaa meille arkisin klo 9–16."),
    ("fi", "Voitte myös vastata tähän viestiin."),
    ("fi", "Henkilötunnusta emme tarvitse."),
    ("fi", "Emme tarvitse henkilötunnusta."),
    ("fi", "Teidän ei tarvitse nyt tehdä mitään."),
    ("fi", "Teidän ei nyt tarvitse tehdä mitään."),
    ("fi", "Palaamme asiaan viimeistään ensi viikolla."),
    ("fi", "Vastaamme teille mahdollisimman pian."),
    ("fi", "Pyyntönne on meille tärkeä."),
    ("fi", "Vastaamme kyllä, vaikka ette valitsisi näistä mitään."),
    ("fi", "Kiitos kärsivällisyydestänne ja pahoittelut odotuksesta."),
    ("fi", "Olemme pahoillamme, että jouduitte odottamaan."),
    ("sv", "Vi är på kontoret vardagar kl. 9–16."),
    ("sv", "Du kan ringa oss vardagar kl. 9–16."),
    ("sv", "Vi behöver inte din personbeteckning."),
    ("sv", "Du behöver inte göra något nu."),
    ("sv", "Vi återkommer så snart som möjligt."),
    ("sv", "Din begäran är viktig för oss."),
    ("en", "Our office is open from 9 to 16."),
    ("en", "You can call us on weekdays from 9 to 16."),
    ("en", "We do not need your identity code."),
    ("en", "You do not need to do anything now."),
    ("en", "We will come back to you next week."),
    ("en", "Your request is important to us."),
]


@pytest.mark.parametrize("title", LETTERS[:3])
@pytest.mark.parametrize(("language", "sentence"), HARMLESS)
def test_hours_ways_to_reach_us_thanks_and_what_is_not_needed_stop_no_letter(
    language: str, title: str, sentence: str
) -> None:
    assert not stopped(language, title, sentence)


CAUSES = [
    ("fi", "viestinne meni roskapostiin", False),
    ("fi", "olette meille tuttu", True),
    ("fi", "entisenä potilaana asianne oli arkistossa", True),
    ("fi", "työsuhteen ajalta on paljon papereita", True),
    ("sv", "meddelandet hamnade i skräpposten", False),
    ("sv", "du gick i terapi hos oss", True),
    ("en", "your message went to the spam folder", False),
    ("en", "you came to our clinic and the file was away", True),
]


@pytest.mark.parametrize(("language", "cause", "wrong"), CAUSES)
def test_why_an_answer_is_late_does_not_tell_that_its_reader_is_known(language: str, cause: str, wrong: bool) -> None:
    late = ALBUM[language, "late_notice"].context
    context = replace(late, identified=False, facts={**late.facts, "late_reason": cause})
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    said = lint(text.body, text.subject, context, around)
    assert ("form_words_before_identity" in {one.code for one in said}) is wrong


OF_A_BAN = [
    ("fi", "Laskut ja tilausvahvistukset lähetämme edelleen, koska ne eivät ole markkinointia."),
    ("fi", "Kielto koskee myös puhelinta ja tekstiviestejä."),
    ("fi", "Pidämme yhteystiedon estolistalla."),
    ("fi", "Kielto on voimassa, kunnes itse perutte sen."),
    ("fi", "Jo painossa oleva asiakaslehti voi vielä tulla huhtikuussa."),
    ("sv", "Förbudet gäller tills du själv återkallar det."),
    ("sv", "Fakturor och orderbekräftelser skickar vi fortfarande, eftersom de inte är reklam."),
    ("en", "The ban stands until you yourself withdraw it."),
    ("en", "We will still send you invoices and order confirmations, as they are not marketing."),
    ("sv", "Fakturor skickar vi fortfarande, eftersom de inte är marknadsföring."),
    ("sv", "Förbudet gäller också telefon och textmeddelanden."),
    ("en", "We will still send invoices, as they are not marketing."),
    ("en", "The ban also covers phone calls and text messages."),
]


@pytest.mark.parametrize(("language", "sentence"), OF_A_BAN)
def test_what_a_ban_covers_stops_no_confirmation_of_it(language: str, sentence: str) -> None:
    """It is told to anybody who forbids marketing, as of anybody (GDPR 21(2)-(3))."""
    assert not stopped(language, "marketing_stopped", sentence)


OF_NUMBERS = [
    ("fi", "3 pyyntöä, jotka saimme 2.3.2026, 3.3.2026 ja 5.3.2026", False),
    ("fi", "viisi pyyntöä, jotka koskevat eri palveluja", False),
    ("fi", "neljä pyyntöä kahden viikon aikana", False),
    ("fi", "kolme pyyntöä viidestä sopimuksestanne", True),
    ("fi", "kolme pyyntöä, ja asiakkuutenne on vuodelta 2009", True),
    ("sv", "3 begäranden, som kom 2.3.2026, 3.3.2026 och 5.3.2026", False),
    ("sv", "fem begäranden som gäller olika tjänster", False),
    ("sv", "tre begäranden om dina fem avtal", True),
    ("en", "3 requests, received 2 March 2026, 3 March 2026 and 5 March 2026", False),
    ("en", "five requests that concern different services", False),
    ("en", "three requests about your five contracts", True),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), OF_NUMBERS)
def test_who_asked_often_may_be_told_how_often_before_they_are_known(
    language: str, explained: str, wrong: bool
) -> None:
    """They know how many requests they made; what there is to answer them with is another thing (GDPR 12(6))."""
    notice = ALBUM[language, "extension, number_of_requests"].context
    context = replace(notice, identified=False, extension_explained=explained)
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    said = lint(text.body, text.subject, context, around)
    assert any(one.severity is Severity.ERROR for one in said) is wrong
