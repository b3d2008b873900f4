"""What a person wrote into a letter before its reader is identified shows, whatever it says (GDPR 12(6), 32)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from replies.album import VOICES, Specimen, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from state.model import Letter

OWN = {"own_words_before_identity", "form_words_before_identity", "own_sentence"}
ALBUM = {(language, found.title): found for language, form in VOICES for found in specimens(language, form)}


def warned(specimen: Specimen, body: str, *, identified: bool = False) -> list[str]:
    """The sentences that the linter doubts as no template's."""
    context = replace(specimen.context, identified=identified)
    words = template_words(context, specimen.text.body, context.today)
    found = lint(body, specimen.text.subject, context, Around(template=words))
    return [body[slice(*one.span)] for one in found if one.code in OWN and one.span]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_as_its_template_gave_it_is_not_doubted(language: str) -> None:
    """No reviewed sentence is a person's; where it is late the cause is, and that alone."""
    first = {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION, Letter.ACKNOWLEDGEMENT}
    doubted = {
        one.title: warned(one, one.text.body) for one in specimens(language, "te") if one.context.letter in first
    }
    assert {title: len(found) for title, found in doubted.items()} == {title: "late" in title for title in doubted}


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize("title", ["acknowledgement, late", "identity_question, late", "access not_identified"])
def test_a_gap_left_for_the_cause_of_a_delay_is_the_templates_own(language: str, form: str, title: str) -> None:
    """Nobody has written anything yet; once somebody fills the gap, what they wrote is theirs."""
    [found] = [one for one in specimens(language, form) if one.title == title]
    parts = tuple(
        replace(part, facts={name: said for name, said in part.facts.items() if name != "late_reason"})
        for part in found.context.parts
    )
    context = replace(found.context, today=date(2026, 4, 9), facts={}, parts=parts, with_gaps=True)
    late = Specimen(title, context)
    assert warned(late, late.text.body) == []
    [gap] = re.findall(r"[^\n.:]*: \[[^\]]+\]\.", late.text.body)
    filled = gap.replace(gap[gap.index("[") : gap.index("]") + 1], "qwerty")
    assert warned(late, late.text.body.replace(gap, filled)) == [filled.strip()]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Muistamme teidät hyvin kesän kurssilta."),
        ("sv", "Vi minns dig väl från sommarens kurs."),
        ("en", "We remember you well from the summer course."),
    ],
)
def test_a_sentence_that_somebody_added_is_doubted_until_the_reader_is_known(language: str, sentence: str) -> None:
    """No list of words knows everything that tells; once who asks is known it is no matter."""
    specimen = ALBUM[language, "identity_question"]
    edited = f"{specimen.text.body}\n{sentence}\n"
    assert warned(specimen, edited) == [sentence]
    assert warned(specimen, edited, identified=True) == []


def test_a_sentence_that_somebody_changed_is_doubted_and_one_that_went_is_not() -> None:
    specimen = ALBUM["fi", "identity_question"]
    changed = specimen.text.body.replace("Emme tarvitse niitä.", "Emme tarvitse niitä, koska muistamme äänenne.")
    assert warned(specimen, changed) == ["Emme tarvitse niitä, koska muistamme äänenne."]
    assert warned(specimen, specimen.text.body.replace("Emme tarvitse niitä.", "")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_typed_into_a_form_is_doubted_and_nothing_around_it(language: str) -> None:
    """A question typed before the letter was written is as much their own as one typed into it."""
    specimen = ALBUM[language, "more_information"]
    doubted = warned(specimen, specimen.text.body)
    question = specimen.context.question
    assert doubted
    assert all(part.strip() in " ".join(question.split()) or part in question for part in doubted)


def codes_of(specimen: Specimen, **facts: str) -> set[str]:
    """What is found in a letter that is written with these words while its reader is not identified."""
    context = replace(specimen.context, identified=False, facts={**specimen.context.facts, **facts})
    body = compose(context).body
    words = template_words(context, body, context.today)
    return {one.code for one in lint(body, specimen.text.subject, context, Around(template=words)) if one.code in OWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_form_need_a_reason_before_the_reader_is_known(language: str) -> None:
    """How much there is tells that there is data: as a sentence of one's own does."""
    assert codes_of(ALBUM[language, "extension, complexity"]) == {"form_words_before_identity"}


QUESTIONS = [
    ("fi", "Mitä palvelua, toimipistettä ja vuosia pyyntö koskee?", "own_sentence"),
    ("fi", "Tarkoitatteko tilaustanne 1042?", "form_words_before_identity"),
    ("sv", "Vilken tjänst och vilka år gäller begäran?", "own_sentence"),
    ("sv", "Menar du din beställning?", "form_words_before_identity"),
    ("en", "Which service and which years does the request cover?", "own_sentence"),
    ("en", "Do you mean your order 1042?", "form_words_before_identity"),
]


@pytest.mark.parametrize(("language", "question", "code"), QUESTIONS)
def test_what_a_request_is_about_may_be_asked_before_the_reader_is_known(
    language: str, question: str, code: str
) -> None:
    """Of which service, place and years it is tells nothing (GDPR recital 63); which order is meant does."""
    specimen = ALBUM[language, "more_information"]
    assert codes_of(replace(specimen, context=replace(specimen.context, question=question))) == {code}


CAUSES = [
    ("fi", "viesti jäi roskapostiin", "own_sentence"),
    ("fi", "tietonne olivat kahdessa järjestelmässä", "form_words_before_identity"),
    ("fi", "viesti jäi Hannelelta lukematta", "form_words_before_identity"),
    ("fi", "lomake puuttui", "form_words_before_identity"),
    ("fi", "velkanne oli perinnässä", "form_words_before_identity"),
    ("fi", "diagnoosinne oli arkistossa", "form_words_before_identity"),
    ("fi", "jäsenmaksunne ja riita kanssanne", "form_words_before_identity"),
    ("fi", "kaikki, mitä teistä on tallessa, piti hakea arkistosta", "form_words_before_identity"),
    ("fi", "viestinne jäi roskapostiin", "own_sentence"),
    ("sv", "din skuld var hos inkasso", "form_words_before_identity"),
    ("sv", "ditt meddelande hamnade i skräpposten", "own_sentence"),
    ("en", "your debt was with collectors", "form_words_before_identity"),
    ("en", "your purchases were in the old shop", "form_words_before_identity"),
    ("en", "your message lay among the junk", "own_sentence"),
    ("fi", "löysimme teiltä laskun 77: kiire", "form_words_before_identity"),
    ("fi", "Viesti jäi roskapostiin: suodatin erehtyi", "own_sentence"),
    ("sv", "meddelandet hamnade i skräpposten", "own_sentence"),
    ("sv", "dina uppgifter fanns i två system", "form_words_before_identity"),
    ("sv", "vi hittade din faktura: brådska", "form_words_before_identity"),
    ("en", "the message lay among the junk", "own_sentence"),
    ("en", "your records were hard to find", "form_words_before_identity"),
    ("en", "your records were hard to find: a busy week", "form_words_before_identity"),
]


@pytest.mark.parametrize(("language", "cause", "code"), CAUSES)
def test_the_cause_of_a_delay_is_ticked_and_tells_neither_of_data_nor_of_a_colleague(
    language: str, cause: str, code: str
) -> None:
    """It is owed whoever asks (GDPR 12(3)); what it tells beyond the delay needs a reason."""
    assert codes_of(ALBUM[language, "acknowledgement, late"], late_reason=cause) == {code}


@pytest.mark.parametrize(
    ("filled", "code"),
    [("viesti jäi roskapostiin", "own_sentence"), ("Hannele unohti", "own_sentence_before_identity")],
)
def test_a_filled_gap_that_names_somebody_needs_a_reason(filled: str, code: str) -> None:
    """A gap for the cause of a delay takes the cause."""
    context = replace(ALBUM["fi", "acknowledgement, late"].context, facts={}, with_gaps=True, identified=False)
    letter = compose(context)
    body = letter.body.replace("[kerro tähän syy]", f"se, että {filled}")
    found = lint(body, letter.subject, context, Around(template=letter.body, composed=letter.body))
    assert code in {one.code for one in found}


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_only_the_sentence_of_the_reason_is_doubted_in_an_extension(language: str, form: str) -> None:
    [specimen] = [one for one in specimens(language, form) if one.title == "extension, complexity"]
    doubted = " ".join(warned(specimen, specimen.text.body))
    assert specimen.context.extension_explained.rstrip(".") in doubted
    assert warned(specimen, specimen.text.body.replace(specimen.context.extension_explained.rstrip("."), "")) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_words_about_a_day_to_come_are_its_own(language: str) -> None:
    """That a request will be passed on is told in other words than that it was."""
    [found] = [one for one in specimens(language, "te") if one.title == "access forwarded"]
    [one] = found.context.parts
    ahead = found.context.today.replace(day=found.context.today.day + 2).isoformat()
    context = replace(found.context, parts=(replace(one, facts={**one.facts, "forwarded_on": ahead}),))
    body = compose(context).body
    [passed_on] = [
        said for said in re.split(r"(?<=[.:]) |\n", body) if re.search(r"\b21[. ](?:3\.|March) ?2026\.", said)
    ]
    assert passed_on in template_words(context, body, context.today)
