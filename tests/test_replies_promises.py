"""An own sentence puts the answer to no time past the promised day, ends no ban, and tells nobody not to answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.lens import Around
from replies.linter import lint
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}


def errors(language: str, title: str, sentence: str, *, identified: bool = False) -> set[str]:
    """The codes of the errors in an album letter (received 5.3.2026, promised by 5.4.2026) with this sentence more."""
    letter = ALBUM[language, title]
    context, body = replace(letter.context, identified=identified), letter.text.body
    said = lint(f"{body}\n{sentence}\n", letter.text.subject, context, Around(template=body, composed=body))
    return {one.code for one in said if one.severity is Severity.ERROR}


BEYOND = [
    ("fi", "acknowledgement", "Vastaamme toukokuussa."),
    ("fi", "acknowledgement", "Vastaamme viimeistään kesäkuussa."),
    ("fi", "acknowledgement", "Asiakaspalvelumme on suljettu kesäkuussa, vastaamme elokuussa."),
    ("fi", "acknowledgement", "Käsittely kestää kaksi kuukautta."),
    ("fi", "acknowledgement", "Vastaamme kolmen kuukauden kuluessa."),
    ("fi", "acknowledgement", "Vastaamme 6.4.2026."),
    ("fi", "acknowledgement", "Palaamme asiaan ensi vuonna."),
    ("fi", "acknowledgement", "Käsittely kestää vuoden."),
    ("fi", "acknowledgement", "Vastaamme vuoden kuluessa."),
    ("fi", "acknowledgement", "Vastaamme vuoden 2027 alussa."),
    ("fi", "acknowledgement", "Vastaamme tämän vuoden loppuun mennessä."),
    ("fi", "acknowledgement", "Lain mukaan vastaamme kolmen kuukauden kuluessa."),
    ("fi", "acknowledgement", "Laki sallii, että vastaamme kahden kuukauden kuluttua."),
    ("fi", "acknowledgement", "Vastaamme kolmen kuukauden kuluttua siitä, kun olemme selvittäneet asian."),
    ("fi", "acknowledgement", "Vastaamme kahden kuukauden kuluessa pyynnön saapumisesta."),
    ("fi", "acknowledgement", "Vastaamme kuuden viikon kuluessa siitä, kun saimme pyynnön."),
    ("fi", "identity_question", "Käsittelemme pyyntönne syyskuussa."),
    ("fi", "more_information", "Saatte vastauksen vasta toukokuun aikana."),
    ("fi", "late_notice", "Vastaamme heinäkuussa."),
    ("sv", "acknowledgement", "Vi svarar i maj."),
    ("sv", "acknowledgement", "Behandlingen tar två månader."),
    ("sv", "acknowledgement", "Vi återkommer nästa år."),
    ("sv", "acknowledgement", "Vi svarar inom ett år."),
    ("sv", "acknowledgement", "Vi svarar år 2027."),
    ("sv", "acknowledgement", "Vi svarar före årets slut."),
    ("sv", "acknowledgement", "Enligt lagen svarar vi inom tre månader."),
    ("sv", "acknowledgement", "Vi svarar inom två månader efter det att saken har utretts."),
    ("sv", "acknowledgement", "Vi svarar inom två månader från det att vi tog emot begäran."),
    ("sv", "identity_question", "Vi behandlar begäran i september."),
    ("en", "acknowledgement", "We will answer in May."),
    ("en", "acknowledgement", "Processing takes two months."),
    ("en", "acknowledgement", "We will come back to you next year."),
    ("en", "acknowledgement", "We will answer within a year."),
    ("en", "acknowledgement", "We will answer in 2027."),
    ("en", "acknowledgement", "We will answer by the end of the year."),
    ("en", "acknowledgement", "By law we will answer within three months."),
    ("en", "acknowledgement", "We will answer within two months of receiving your request."),
    ("en", "acknowledgement", "We will reply six weeks after the request came."),
    ("en", "identity_question", "We will process your request in September."),
]


@pytest.mark.parametrize("identified", [False, True])
@pytest.mark.parametrize(("language", "title", "sentence"), BEYOND)
def test_nobody_is_promised_an_answer_past_the_promised_day(
    language: str, title: str, sentence: str, identified: bool
) -> None:
    """A ceiling is no target, and a holiday of ours moves nothing (GDPR 12(3))."""
    assert "answer_beyond" in errors(language, title, sentence, identified=identified)


IN_TIME = [
    ("fi", "acknowledgement", "Vastaamme maaliskuussa."),
    ("fi", "acknowledgement", "Vastaamme viimeistään huhtikuun alussa."),
    ("fi", "acknowledgement", "Palaamme asiaan viimeistään ensi viikolla."),
    ("fi", "acknowledgement", "Käsittely vie viikon."),
    ("fi", "acknowledgement", "Käsittely kestää yleensä kaksi viikkoa."),
    ("fi", "acknowledgement", "Vastaamme kuukauden kuluessa."),
    ("fi", "acknowledgement", "Vastaamme kuukauden kuluessa pyynnön saapumisesta."),
    ("fi", "acknowledgement", "Lain mukaan vastaamme kuukauden kuluessa siitä, kun saimme pyynnön."),
    ("fi", "acknowledgement", "Vastaamme neljän viikon kuluessa vastaanottamisesta."),
    ("fi", "acknowledgement", "Vastaamme 20.3.2026."),
    ("fi", "acknowledgement", "Toimistomme on suljettu heinäkuussa."),
    ("fi", "acknowledgement", "Kysymyksiin vastaa asiakaspalvelu, myös toukokuussa."),
    ("fi", "acknowledgement", "Käsittelemme kaikki vuoden 2024 tiedot."),
    ("fi", "acknowledgement", "Käsittelemme vuosien 2023 ja 2024 tilaukset."),
    ("fi", "acknowledgement", "Vastaamme vielä tämän vuoden puolella."),
    ("fi", "acknowledgement", "Käsittelemme viime vuoden tilaukset."),
    ("fi", "identity_question", "Vastaamme, kun olemme saaneet vahvistuksen."),
    ("fi", "access granted", "Vastaamme toiseen kysymykseenne toukokuussa."),
    ("sv", "acknowledgement", "Vi svarar i mars."),
    ("sv", "acknowledgement", "Vi återkommer nästa vecka."),
    ("sv", "acknowledgement", "Behandlingen tar en vecka."),
    ("sv", "acknowledgement", "Vi svarar inom en månad efter att vi fått begäran."),
    ("sv", "acknowledgement", "Enligt lagen svarar vi inom en månad från det att vi fick begäran."),
    ("sv", "acknowledgement", "Vi svarar i år."),
    ("sv", "acknowledgement", "Vi behandlar alla uppgifter från år 2024."),
    ("sv", "acknowledgement", "Vårt kontor är stängt i juli."),
    ("sv", "acknowledgement", "Vi svarar den 20.3.2026."),
    ("en", "acknowledgement", "We will answer in March."),
    ("en", "acknowledgement", "We may answer earlier, and will answer in time."),
    ("en", "acknowledgement", "We will come back to you next week."),
    ("en", "acknowledgement", "Processing takes a week."),
    ("en", "acknowledgement", "By law we will answer within one month of receipt."),
    ("en", "acknowledgement", "We will answer this year."),
    ("en", "acknowledgement", "We will process all orders made in 2024."),
    ("en", "acknowledgement", "Our office is closed in July."),
    ("en", "acknowledgement", "We will answer by 20 March 2026."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), IN_TIME)
def test_a_time_within_the_promise_may_be_told(language: str, title: str, sentence: str) -> None:
    assert "answer_beyond" not in errors(language, title, sentence, identified=True)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Vastaamme kuukauden kuluessa."),
        ("sv", "Vi svarar inom en månad."),
        ("en", "We will answer within a month."),
    ],
)
def test_a_month_is_as_long_as_the_calendar_has_it(language: str, sentence: str) -> None:
    """February's too: a month from 5 February is 5 March (Regulation 1182/71, 3(2)(c))."""
    letter = ALBUM[language, "acknowledgement"]
    days = {"received_on": date(2026, 2, 5), "today": date(2026, 2, 6), "promise": date(2026, 3, 5)}
    context, body = replace(letter.context, identified=True, **days), letter.text.body
    said = lint(f"{body}\n{sentence}\n", letter.text.subject, context, Around(template=body, composed=body))
    assert "answer_beyond" not in {one.code for one in said}


OF_A_BAN = [
    ("fi", "Kielto on voimassa viikon.", True),
    ("fi", "Kielto on voimassa joulukuussa.", True),
    ("fi", "Kielto tulee voimaan tammikuussa.", True),
    ("fi", "Kielto on voimassa arkisin.", True),
    ("fi", "Kielto koskee puhelinta arkisin klo 9–16.", True),
    ("fi", "Kielto tulee voimaan ensi viikolla.", True),
    ("fi", "Tiedotteet lähetetään edelleen.", True),
    ("fi", "Asiakaslehti lähetetään edelleen.", True),
    ("fi", "Uutiskirje tulee kuitenkin edelleen.", True),
    ("sv", "Förbudet gäller till nästa vecka.", True),
    ("sv", "Förbudet gäller i december.", True),
    ("sv", "Förbudet gäller på vardagar.", True),
    ("sv", "Nyhetsbrevet skickas fortfarande.", True),
    ("en", "The ban applies until next week.", True),
    ("en", "The ban is in force in December.", True),
    ("en", "The ban applies on weekdays.", True),
    ("en", "The newsletter is still sent.", True),
    ("fi", "Kielto tulee voimaan heti.", False),
    ("fi", "Kielto on voimassa tänään.", False),
    ("fi", "Kielto koskee kaikkia kanavia.", False),
    ("fi", "Kielto on voimassa, kunnes itse perutte sen.", False),
    ("fi", "Laskut ja tilausvahvistukset lähetämme edelleen.", False),
    ("fi", "Jo painossa oleva asiakaslehti voi vielä tulla perille.", False),
    ("fi", "Toimistomme on auki arkisin klo 9–16.", False),
    ("fi", "Teidän ei tarvitse vastata.", False),
    ("fi", "Pidämme yhteystiedon estolistalla.", False),
    ("sv", "Förbudet gäller genast.", False),
    ("sv", "Förbudet gäller alla kanaler.", False),
    ("sv", "Förbudet gäller tills du själv återkallar det.", False),
    ("sv", "Du behöver inte svara.", False),
    ("en", "The ban applies from today.", False),
    ("en", "The ban covers all channels.", False),
    ("en", "The ban stands until you yourself withdraw it.", False),
    ("en", "You do not need to reply.", False),
]


@pytest.mark.parametrize(("language", "sentence", "wrong"), OF_A_BAN)
def test_a_sentence_about_a_ban_has_no_time(language: str, sentence: str, wrong: bool) -> None:
    """Nor does anything that may be advertising go on (GDPR 21(3))."""
    assert bool(errors(language, "marketing_stopped", sentence)) is wrong


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Kielto on voimassa 17.3.2026 alkaen."),
        ("fi", "Uutiskirje ei tule enää."),
        ("fi", "Jäsenlehti, joka on jo painossa, voi vielä tulla."),
        ("fi", "Tilausvahvistukset tulevat edelleen."),
        ("sv", "Förbudet gäller från och med den 17.3.2026."),
        ("sv", "Orderbekräftelserna skickas fortfarande."),
        ("sv", "Nyhetsbrevet skickas inte längre."),
        ("en", "The ban applies from 17 March 2026."),
        ("en", "Order confirmations are still sent."),
        ("en", "The newsletter is no longer sent."),
    ],
)
def test_what_is_true_of_a_ban_stops_no_letter_to_a_known_reader(language: str, sentence: str) -> None:
    assert errors(language, "marketing_stopped", sentence, identified=True) == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fi", "Teidän ei tarvitse vastata."), ("sv", "Du behöver inte svara."), ("en", "You do not need to reply.")],
)
def test_who_is_asked_something_is_not_told_not_to_answer(language: str, sentence: str) -> None:
    """Their silence would end in no answer (GDPR 12(2), 12(6)); a mere receipt asks nothing."""
    assert errors(language, "identity_question", sentence)
    assert not errors(language, "acknowledgement", sentence)
