"""The controller's own phrases: one step at most, never a request down, whatever stands in the file or in the mail."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.errors import BrokenPhrases
from inbox_agent.rules import phrasebook
from inbox_agent.rules.classify import Classification, Recogniser
from inbox_agent.rules.own_phrases import OWN_PHRASE, Taught, heard, lowered
from inbox_agent.rules.parse import InboundMessage, parse
from inbox_agent.rules.phrasebook import NOT_REQUEST, REQUEST, OwnPhrase, OwnPhrases
from state.model import MessageKind, RequestKind, Verdict
from tests.conftest import build_mail

STEP = {Verdict.NOT_REQUEST: 0, Verdict.UNSURE: 1, Verdict.REQUEST: 2}
words = st.sampled_from(["poistakaa", "kortti", "lasku", "rivi", "Älkää", "kiitos", "tyyny", "tiedot"])
kinds = st.lists(st.sampled_from(RequestKind), min_size=1, max_size=2, unique=True).map(tuple)
texts = st.lists(words, min_size=3, max_size=5).map(" ".join)
phrases = st.one_of(
    st.builds(OwnPhrase, text=texts, says=st.just(REQUEST), kinds=kinds),
    st.builds(OwnPhrase, text=texts, says=st.just(NOT_REQUEST)),
)
verdicts = st.sampled_from(Verdict)


@cache
def recogniser() -> Recogniser:
    return Recogniser.load()


def mail(body: str, **more: str) -> InboundMessage:
    return parse(build_mail(body=body, **{"subject": "Asia", **more}), own_domains=("yritys.example",))


def book(*said: OwnPhrase) -> OwnPhrases:
    return OwnPhrases(phrase=said)


def no_request(text: str) -> OwnPhrase:
    return OwnPhrase(text=text, says=NOT_REQUEST)


def request(text: str, *rights: RequestKind) -> OwnPhrase:
    return OwnPhrase(text=text, says=REQUEST, kinds=rights or (RequestKind.ERASURE,))


def judged(
    verdict: Verdict, rest: Verdict = Verdict.NOT_REQUEST, message: InboundMessage | None = None, *said: OwnPhrase
) -> Classification:
    """A verdict of some recogniser, heard with these phrases; `rest` is what it says of the mail without them."""
    kinds = () if verdict is Verdict.NOT_REQUEST else ("access",)
    found = Classification(verdict, kinds, (), ())
    return heard(found, message or mail("x"), book(*said), lambda _rest: Classification(rest, (), (), ()))


@given(st.lists(words, min_size=1, max_size=40), st.lists(phrases, max_size=12), verdicts, verdicts)
def test_a_request_stays_one_and_no_verdict_moves_more_than_a_step(
    body: Sequence[str], said: list[OwnPhrase], verdict: Verdict, rest: Verdict
) -> None:
    """Whatever the phrases: a request is never lowered, nor what a phrase calls a request; rights are only added."""
    after = judged(verdict, rest, mail(" ".join(body)), *said)
    assert abs(STEP[after.verdict] - STEP[verdict]) <= 1
    if verdict is Verdict.REQUEST:
        assert after.verdict is Verdict.REQUEST
        assert "access" in after.kinds
    if STEP[after.verdict] < STEP[verdict]:
        assert rest is Verdict.NOT_REQUEST
        assert lowered(after)
        assert not any(
            one.says == REQUEST and one.words and one.text.casefold() in " ".join(body).casefold() for one in said
        )


def test_a_phrase_of_a_request_raises_one_step_with_its_rights_and_is_shown_as_written() -> None:
    said = request("tyhjätkää koko lappu", RequestKind.ERASURE, RequestKind.ACCESS)
    found = judged(Verdict.NOT_REQUEST, Verdict.NOT_REQUEST, mail("Moi! TYHJÄTKÄÄ  koko\nlappu, kiitti."), said)
    assert (found.verdict, found.kinds) == (Verdict.UNSURE, ("access", "erasure"))
    assert [(one.type, one.phrase) for one in found.evidence] == [(OWN_PHRASE, "TYHJÄTKÄÄ koko lappu")]
    assert judged(Verdict.UNSURE, Verdict.UNSURE, mail("tyhjatkaa koko lappu"), said).verdict is Verdict.REQUEST


def test_an_unsure_mail_is_lowered_with_its_reason_only_where_the_rest_asks_for_nothing() -> None:
    said = no_request("poistakaa laskulta toinen rivi")
    message = mail("Poistakaa laskulta toinen rivi.")
    low = judged(Verdict.UNSURE, Verdict.NOT_REQUEST, message, said)
    assert (low.verdict, low.kinds) == (Verdict.NOT_REQUEST, ())
    assert [(one.type, one.phrase) for one in low.against] == [(OWN_PHRASE, "Poistakaa laskulta toinen rivi")]
    for rest in (Verdict.UNSURE, Verdict.REQUEST):
        kept = judged(Verdict.UNSURE, rest, message, said)
        assert kept.verdict is Verdict.UNSURE
        assert kept.against[0].type == OWN_PHRASE


def test_on_a_request_a_phrase_against_is_only_noted() -> None:
    found = judged(
        Verdict.REQUEST,
        Verdict.NOT_REQUEST,
        mail("Poistakaa laskulta toinen rivi."),
        no_request("laskulta toinen rivi"),
    )
    assert found.verdict is Verdict.REQUEST
    assert found.against[0].phrase == "laskulta toinen rivi"
    assert not lowered(found)


def test_a_request_beside_a_phrase_is_heard_by_the_shipped_recogniser() -> None:
    """A hidden wish in the same mail, even in the same sentence, is not set aside with the phrase."""
    taught = Taught(recogniser(), lambda: book(no_request("laskun toinen rivi on liikaa")))
    for more in ("Poistakaa kaikki tietoni rekisteristänne.", "ja poistakaa kaikki tietoni rekisteristänne"):
        found = taught.classify(mail(f"Hei, laskun toinen rivi on liikaa {more}"))
        assert found.verdict is not Verdict.NOT_REQUEST


@pytest.mark.parametrize(
    ("text", "body", "stands"),
    [
        ("tyhjätkää koko lappu", "tyhjätkää koko lappunen", False),  # whole words
        ("tyhjätkää koko lap*", "tyhjätkää koko lappunen", True),
        ("tyhjätkää … lappu", "tyhjätkää nyt tämä ihan koko lappu", False),  # four words
        ("tyhjätkää … lappu", "tyhjätkää Maija Mallikkaan lappu", True),
        ("tyhjätkää ... lappu", "tyhjätkää lappu", True),
        ("tyhjätkää lappu heti", "tyhjätkää lappu 1234 heti", True),  # numbers are passed over
        ("tyhjätkää (koko|puoli) lappu.+", "tyhjätkää koko lappu", False),  # no regular expression
        ("tyhjätkää koko lappu", "Hei\n\n> tyhjätkää koko lappu\n", False),  # quoted
    ],
)
def test_phrases_are_whole_words_of_the_mails_own(text: str, body: str, stands: bool) -> None:
    after = judged(Verdict.UNSURE, Verdict.UNSURE, mail(body), request(text))
    assert (after.verdict is Verdict.REQUEST) is stands


def test_what_a_program_sent_is_left_as_it_is() -> None:
    message = replace(mail("tyhjätkää koko lappu"), kind=MessageKind.AUTO_REPLY)
    assert judged(Verdict.NOT_REQUEST, Verdict.NOT_REQUEST, message, request("tyhjätkää koko lappu")).evidence == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lasku", "phrase_short"),
        ("se on ja", "phrase_short"),
        ("… lasku puuttuu", "phrase_gap"),
        ("aa* laskun rivit", "phrase_ending"),
        ("sana " * 41, "phrase_long"),
        ("12345 67890 123", "phrase_short"),
    ],
)
def test_a_phrase_that_says_nothing_is_refused_with_its_line(text: str, code: str) -> None:
    broken = f'# oma\n[[phrase]]\nsays = "not_request"\ntext = "{text}"\n'
    with pytest.raises(BrokenPhrases) as found:
        phrasebook.parse(broken, "x")
    assert [(one.line, one.code) for one in found.value.problems] == [(4, code)]


def test_rights_belong_to_requests_only_and_every_problem_is_listed() -> None:
    broken = '[[phrase]]\nsays = "request"\ntext = "tyhjätkää lappu"\n[[phrase]]\nsays = "maybe"\ntext = "a"\n'
    with pytest.raises(BrokenPhrases) as found:
        phrasebook.parse(broken, "x")
    assert [(one.line, one.code) for one in found.value.problems] == [
        (1, "phrase_kinds"),
        (5, "literal_error"),
        (6, "phrase_short"),
    ]


hostile = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)


@given(hostile, hostile)
def test_whatever_a_person_writes_comes_back_from_the_file(text: str, by: str) -> None:
    """Quotes, brackets, escapes, line ends: what is remembered is what was written, and the file stays whole."""
    phrase = (
        OwnPhrase(text=f"{text.strip()} tyhjätkää lappu", says=NOT_REQUEST, by=by)
        if not phrasebook.fault(f"{text.strip()} tyhjätkää lappu")
        else no_request("tyhjätkää lappu heti")
    )
    written = phrasebook.with_phrase("# oma huomautus\n", phrase, "x")
    assert phrasebook.parse(written, "x").phrase == (phrase,)
    assert written.startswith("# oma huomautus\n")


def test_the_same_words_said_anew_take_the_place_of_the_old() -> None:
    one, two = no_request("laskun rivi puuttuu"), no_request("toinen asia kokonaan")
    text = phrasebook.with_phrase(phrasebook.with_phrase("", one, "x"), two, "x")
    changed = phrasebook.with_phrase(text, request("Laskun RIVI, puuttuu!"), "x")
    assert [(one.text, one.says) for one in phrasebook.parse(changed, "x").phrase] == [
        ("toinen asia kokonaan", NOT_REQUEST),
        ("Laskun RIVI, puuttuu!", REQUEST),
    ]
    assert changed.startswith(phrasebook.HEADING)


def test_a_thousand_phrases_and_a_long_word_cost_little() -> None:
    """No timing is asserted beyond what a hang would break: the search does not grow with the phrases."""
    letters = "abcdefghij"
    names = ("".join(f"{letters[int(digit)]}z" for digit in f"{number:04}") for number in range(1000))
    many = book(*(no_request(f"poistakaa {name}* … kortti (x+)+$ [a-z]") for name in names))
    for body in ("poistakaa " * 2_000, "a" * 10_000, "poistakaa aaaa kortti x a z " * 40_000):
        message = mail(body)
        begun = time.process_time()
        judged(Verdict.UNSURE, Verdict.UNSURE, message, *many.phrase)
        assert time.process_time() - begun < 5
