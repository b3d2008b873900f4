"""Answers of one letter that go against each other are decided as data, before and after the letter is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from replies.album import part, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.linter import lint
from replies.pairs import fits
from replies.together import apart
from replies.wording import Severity
from state.model import Outcome, RequestKind

K, E = RequestKind, Outcome

AGAINST = [
    ((K.ACCESS, E.GRANTED), (K.ERASURE, E.NO_DATA)),
    ((K.ACCESS, E.NO_DATA), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.ART11), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.PARTLY)),
    ((K.ACCESS, E.NO_DATA), (K.RECTIFICATION, E.REFUSED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.ERASURE, E.NO_DATA)),
    ((K.OBJECTION, E.GRANTED), (K.ACCESS, E.NO_DATA)),
]
BESIDE = [
    ((K.ACCESS, E.NO_DATA), (K.ERASURE, E.NO_DATA)),
    ((K.ACCESS, E.GRANTED), (K.ERASURE, E.REFUSED)),
    ((K.ACCESS, E.NO_DATA), (K.MARKETING_OBJECTION, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.MARKETING_OBJECTION, E.GRANTED)),
    ((K.ACCESS, E.NOT_IDENTIFIED), (K.CONSENT_WITHDRAWAL, E.GRANTED)),
    ((K.ACCESS, E.GRANTED), (K.MARKETING_OBJECTION, E.NO_DATA)),
    ((K.ACCESS, E.GRANTED), (K.AUTOMATED_DECISION, E.NO_DATA)),
    ((K.ACCESS, E.FORWARDED), (K.ERASURE, E.GRANTED)),
]


@pytest.mark.parametrize(("one", "other"), AGAINST)
def test_what_one_answer_denies_no_other_speaks_of(one: tuple[K, E], other: tuple[K, E]) -> None:
    """Who is not identified, whose data cannot be told from others', and of whom none is held gets nothing else."""
    assert apart([one, other]) == (one, other)
    assert apart([other, one]) == (other, one)


@pytest.mark.parametrize(("one", "other"), BESIDE)
def test_answers_that_are_true_together_stand_together(one: tuple[K, E], other: tuple[K, E]) -> None:
    assert apart([one, other]) is None


def test_no_answer_goes_against_itself() -> None:
    """The same outcome of two rights never does."""
    for first, second, outcome in product(K, K, E):
        if first is not second and fits(first, outcome) and fits(second, outcome):
            assert apart([(first, outcome), (second, outcome)]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_whose_answers_deny_each_other_has_an_error(language: str) -> None:
    """However it came to be: the letter is read as it is about to be approved."""
    album = {one.title: one.context for one in specimens(language, "te")}
    given = album["access granted"]
    for title, found in (("erasure no_data", {"answers_apart"}), ("erasure refused legal_claim", set())):
        context = replace(given, parts=(*given.parts, *album[title].parts))
        text = compose(context)
        said = lint(text.body, text.subject, context)
        assert {one.code for one in said if one.severity is Severity.ERROR} == found


@pytest.mark.parametrize(
    ("language", "keeps"),
    [("fi", "säilyvät myös meillä"), ("sv", "finns kvar också hos oss"), ("en", "also keep the data")],
)
def test_who_asks_for_the_erasure_too_is_not_told_to_ask_for_it(language: str, keeps: str) -> None:
    """What is carried over stays with us only where nobody asks in the same letter that it goes (GDPR 20(3))."""
    album = {one.title: one.context for one in specimens(language, "te")}
    carried = album["portability granted"]
    (erased,) = album["erasure granted"].parts
    after = replace(erased, facts={**erased.facts, "done_on": carried.today.isoformat()})
    both = replace(carried, parts=(*carried.parts, after))
    assert keeps in compose(carried).body
    assert keeps not in compose(both).body


@pytest.mark.parametrize(
    ("language", "restricted", "erased", "found"),
    [
        ("fi", "asiakaskortti", "asiakaskortti ja tilaukset", "restricted_erased"),
        ("fi", "asiakaskortin tiedot", "kaikki tietonne", "restricted_erased"),
        ("fi", "reklamaatiokirjeenvaihto", "uutiskirjeen tilaus", "restricted_beside_erased"),
        ("sv", "kundkortet", "kundkort", "restricted_erased"),
        ("sv", "reklamationen", "prenumerationen", "restricted_beside_erased"),
        ("en", "customer card", "orders and the customer card", "restricted_erased"),
        ("en", "the complaint", "newsletter subscription", "restricted_beside_erased"),
    ],
)
def test_what_is_restricted_is_not_erased(language: str, restricted: str, erased: str, found: str) -> None:
    """Restricted data is stored and nothing else (GDPR 18(2)): erasing it beside is an error, other data a remark."""
    album = {one.title: one.context for one in specimens(language, "te")}
    one, other = album["restriction granted"], album["erasure granted"]
    facts = {**one.parts[0].facts, "restricted": restricted}, {**other.parts[0].facts, "erased": erased}
    parts = part(language, K.RESTRICTION, E.GRANTED, **facts[0]), part(language, K.ERASURE, E.GRANTED, **facts[1])
    context = replace(one, parts=parts)
    text = compose(context)
    codes = {finding.code for finding in lint(text.body, text.subject, context)}
    assert codes & {"restricted_erased", "restricted_beside_erased"} == {found}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("after", "received", "wrong"),
    [(0, 3, False), (5, 3, False), (8, 3, True), (-4, 3, True), (-3, 3, False), (4, 28, True)],
)
def test_a_request_is_passed_on_at_once(language: str, after: int, received: int, wrong: bool) -> None:
    """Neither before it came, nor later than within a week and its month of 30 days (GDPR 12(3), 28(3)(e))."""
    album = {one.title: one.context for one in specimens(language, "te")}
    one = album["access forwarded, by a day to come"]
    came, day = one.today - timedelta(received), one.today + timedelta(after)
    [told] = one.parts
    parts = (replace(told, facts={**told.facts, "forwarded_on": day.isoformat()}),)
    context = replace(one, parts=parts, received_on=came, promise=came + timedelta(30))
    text = compose(context)
    found = {each.code for each in lint(text.body, text.subject, context) if each.severity is Severity.ERROR}
    assert found == ({"passed_on_amiss"} if wrong else set())


KEPT_FOR_STOPPED = [
    ("fi", K.CONSENT_WITHDRAWAL, "valmennuksen seuranta", "seuranta jatkuu kesään 2027"),
    ("fi", K.OBJECTION, "profilointi", "ostoprofiili ohjaa suositteluja 31.12.2027 asti"),
    ("fi", K.CONSENT_WITHDRAWAL, "kuvien julkaisu verkkosivuilla", "julkaisu jatkuu vuoden loppuun"),
    ("sv", K.CONSENT_WITHDRAWAL, "uppföljning av coachningen", "uppföljningen pågår till sommaren 2027"),
    ("sv", K.OBJECTION, "profilering", "köpprofilen styr rekommendationerna"),
    ("en", K.CONSENT_WITHDRAWAL, "tracking of the coaching", "the tracking goes on until summer 2027"),
    ("en", K.OBJECTION, "profiling for recommendations", "the purchase profile steers what you are shown"),
]
KEPT_ON_ANOTHER_GROUND = [
    ("fi", K.CONSENT_WITHDRAWAL, "valmennuksen seuranta", "valmennussopimuksenne on voimassa kesään 2027"),
    ("fi", K.CONSENT_WITHDRAWAL, "uutiskirje", "tilauksenne 12 on toimittamatta"),
    ("fi", K.OBJECTION, "profilointi", "pesukoneen takuu on voimassa 2.2.2028 asti"),
    ("fi", K.OBJECTION, "ostohistorian analysointi", "palautusaikanne on vielä kesken"),
    ("sv", K.CONSENT_WITHDRAWAL, "nyhetsbrevet", "din beställning 12 är inte levererad"),
    ("sv", K.OBJECTION, "profilering", "garantin för maskinen gäller till 2028"),
    ("en", K.CONSENT_WITHDRAWAL, "the newsletter", "your order 12 has not been delivered"),
    ("en", K.OBJECTION, "profiling", "the warranty of the machine runs until 2028"),
]
PERHAPS_ON_ANOTHER_GROUND = [
    ("fi", K.CONSENT_WITHDRAWAL, "kurssin tallenteiden julkaisu", "kurssinne kestää kesään 2027"),
    ("fi", K.CONSENT_WITHDRAWAL, "sijaintitietojen käsittely", "tiliänne käytetään yhä"),
    ("fi", K.CONSENT_WITHDRAWAL, "valmennuksen seuranta", "seuranta jatkuu sopimuksen mukaan kesään 2027"),
    ("sv", K.CONSENT_WITHDRAWAL, "publicering av bilder från kursen", "kursen pågår till sommaren 2027"),
    ("en", K.CONSENT_WITHDRAWAL, "publication of pictures of the course", "the course runs until summer 2027"),
]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        *((row, {"needed_for_stopped"}) for row in KEPT_FOR_STOPPED),
        *((row, set()) for row in KEPT_ON_ANOTHER_GROUND),
        *((row, {"needed_beside_stopped"}) for row in PERHAPS_ON_ANOTHER_GROUND),
    ],
)
def test_nothing_is_still_needed_for_what_the_letter_ends(row: tuple[str, K, str, str], codes: set[str]) -> None:
    """Data of a processing that its person ended goes, unless another purpose and its ground need it (17(1)(b)-(c))."""
    language, right, stopped, why = row
    ended = part(language, right, E.GRANTED, stopped=stopped, afterwards="")
    kept = part(language, K.ERASURE, E.REFUSED, ground="still_needed", explained=why)
    given = next(one.context for one in specimens(language, "te") if one.title == "access granted")
    context = replace(given, parts=(ended, kept))
    text = compose(context)
    found = {finding.code for finding in lint(text.body, text.subject, context)}
    assert found & {"needed_for_stopped", "needed_beside_stopped"} == codes
    assert "answers_apart" not in found
