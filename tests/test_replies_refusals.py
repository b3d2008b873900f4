"""Several grounds for one answer: each keeps its own data, with its provision, its reason and its end (GDPR 12(4))."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies import filters
from replies.album import VOICES, part, specimens
from replies.catalogue import facts_needed
from replies.choices import LANGUAGES
from replies.citations import cited, provision
from replies.context import DraftContext
from replies.drafting import compose
from replies.errors import MissingFacts
from replies.facts import missing, numbered
from replies.grounds import ground
from replies.lens import Around
from replies.linter import lint
from replies.pairs import REFUSING
from replies.refusals import NUMBERS, by_ground
from replies.template_words import template_words
from state.model import Letter, Outcome, RequestKind

VOUCHERS_AND_CLAIM = "erasure partly accounting_law legal_claim open_invoice"
WHOLE = "erasure refused legal_claim accounting_law"
COPY = "access partly others_rights journalism"
ALBUM = {(voice, found.title): found for voice in VOICES for found in specimens(*voice)}


def answer(title: str, language: str = "fi", **facts: str) -> DraftContext:
    """An answer of the album with these facts in its only part; an empty one is taken out."""
    context = ALBUM[(language, "te"), title].context
    [one] = context.parts
    given = {name: said for name, said in {**one.facts, **facts}.items() if said}
    return replace(context, parts=(replace(one, facts=given),))


def found(context: DraftContext, body: str = "") -> set[str]:
    text = compose(context)
    return {finding.code for finding in lint(body or text.body, text.subject, context)}


@pytest.mark.parametrize("title", [VOUCHERS_AND_CLAIM, WHOLE, COPY])
@pytest.mark.parametrize(("language", "form"), VOICES)
def test_each_ground_tells_its_data_its_reason_and_its_end_in_turn(language: str, form: str, title: str) -> None:
    """What belongs to one ground stands before the next one's data; each way on is told once, at the end."""
    specimen = ALBUM[(language, form), title]
    body, place = specimen.text.body, 0
    for facts in by_ground(specimen.context.parts[0].facts):
        said = [facts[name] for name in ("kept", "left_out", "explained", "until_event") if name in facts]
        for words in map(filters.phrase, said):
            assert body.index(words, place) >= place
            place = body.index(words, place)
    paragraphs = body.split("\n\n")
    assert len(paragraphs) == len(set(paragraphs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_an_answer_on_several_grounds(language: str) -> None:
    for title in (VOUCHERS_AND_CLAIM, WHOLE, COPY):
        assert found(answer(title, language)) == set(), title


def test_a_further_ground_owes_what_the_first_one_does() -> None:
    """Which data, why in this case, until when; nothing of it is asked where there is one ground alone."""
    facts = facts_needed(RequestKind.ERASURE, Outcome.PARTLY)
    one = dict(part("fi", RequestKind.ERASURE, Outcome.PARTLY, ground="accounting_law").facts)
    assert missing(facts, one) == ()
    assert missing(facts, {**one, "ground_2": "legal_claim"}) == ("kept_2", "explained_2", "until_event_2")
    vouchers = ("kept_3", "explained_3", "material_3", "newest_on_3", "financial_year_end_3", "kept_until_3")
    both = {**one, "ground_2": "freedom_of_expression", "kept_2": "juttu", "explained_2": "juttu on julkaistu"}
    assert missing(facts, {**both, "ground_3": "accounting_law"}) == vouchers
    with pytest.raises(MissingFacts, match=r"erasure\.explained_2"):
        compose(answer(VOUCHERS_AND_CLAIM, explained_2=""))


def test_no_ground_is_lost_with_the_one_before_it() -> None:
    """Whoever takes the second of three back has two."""
    context = answer(VOUCHERS_AND_CLAIM, ground_2="", kept_2="", explained_2="", until_event_2="")
    body = compose(context).body
    assert body.count("Lisäksi säilytämme") == 1
    assert filters.phrase(context.parts[0].facts["kept_3"]) in body


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.REFUSED])
def test_a_further_ground_is_asked_where_an_answer_says_what_each_keeps(kind: RequestKind, outcome: Outcome) -> None:
    """The refusal of a whole right that is no erasure names no data, so that it stands on one ground."""
    names = {fact.name for fact in facts_needed(kind, outcome)}
    assert ("ground_2" in names) is bool(names & {"kept", "left_out"})


@pytest.mark.parametrize("number", NUMBERS)
def test_the_accounting_act_refuses_the_whole_only_where_nothing_else_is_held(number: int) -> None:
    """Whichever of the grounds it is."""
    [fact] = [one for one in facts_needed(RequestKind.ERASURE, Outcome.REFUSED) if one.name == "nothing_else"]
    codes = {numbered("ground", each): "legal_claim" for each in NUMBERS}
    assert not fact.applies(codes)
    assert fact.needed({**codes, numbered("ground", number): "accounting_law"})


def test_what_is_of_no_ground_is_told_once() -> None:
    """That nothing else is held, after all that is kept."""
    body = ALBUM[("fi", "te"), WHOLE].text.body
    assert body.count("Meillä ei ole teistä muita tietoja.") == 1
    assert body.index("Lisäksi säilytämme") < body.index("Meillä ei ole teistä muita tietoja.")


WRONG: list[tuple[str, Mapping[str, str], str]] = [
    (VOUCHERS_AND_CLAIM, {"until_event_2": "toistaiseksi"}, "until_no_event"),
    (WHOLE, {"kept_2": "asiakaskortti ja laskut"}, "kept_beyond_accounting"),
    (WHOLE, {"explained_2": "kirjanpitolaki velvoittaa"}, "accounting_unexplained"),
    (
        WHOLE,
        {
            "kept_2": "laskut",
            "explained_2": "kurssin lasku on kirjanpidossa",
            "kept_until_2": "2025-12-31",
            "oldest_on_2": "",
            "oldest_until_2": "",
        },
        "keeping_over",
    ),
    (WHOLE, {"oldest_on_2": "", "oldest_until_2": ""}, "years_kept_together"),
]


@pytest.mark.parametrize(("title", "facts", "code"), WRONG)
def test_a_further_ground_is_held_to_what_the_first_one_is(title: str, facts: Mapping[str, str], code: str) -> None:
    assert found(answer(title, **facts)) == {code}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ground_that_somebody_takes_out_of_the_letter_is_missed(language: str) -> None:
    """Its provision, and its end: those of another ground do not stand for them."""
    context = answer(VOUCHERS_AND_CLAIM, language)
    [one] = context.parts
    paragraphs = compose(context).body.split("\n\n")
    event, reason = (filters.phrase(one.facts[name]) for name in ("until_event_2", "explained"))
    without_end = "\n\n".join(said for said in paragraphs if event not in said)
    assert "until_missing" in found(context, without_end)
    accounting = next(number for number, said in enumerate(paragraphs) if reason in said) - 1
    without_provision = "\n\n".join((*paragraphs[:accounting], *paragraphs[accounting + 1 :]))
    assert "ground_missing" in found(context, without_provision)


def test_the_end_of_a_ground_may_be_told_in_other_words() -> None:
    """As many sentences as there are grounds that wait for something."""
    context = answer(VOUCHERS_AND_CLAIM)
    body = compose(context).body
    event = filters.phrase(context.parts[0].facts["until_event_2"])
    assert "until_missing" not in found(context, body.replace(event, "riita on sovittu"))


def test_a_claim_is_no_vain_reason_whichever_ground_it_is() -> None:
    said = "Aiotte haastaa meidät oikeuteen."
    body = compose(answer(VOUCHERS_AND_CLAIM)).body
    assert "lawsuit_no_ground" not in found(answer(VOUCHERS_AND_CLAIM), f"{body}\n{said}\n")
    other = answer(VOUCHERS_AND_CLAIM, ground_2="still_needed")
    assert "lawsuit_no_ground" in found(other, f"{compose(other).body}\n{said}\n")


@pytest.mark.parametrize("oldest", ["2024-02-10", ""])
@pytest.mark.parametrize(("language", "form"), VOICES)
def test_the_templates_words_about_several_grounds_are_no_persons(language: str, form: str, oldest: str) -> None:
    """What a person typed into the form is, ground by ground."""
    context = replace(answer(WHOLE, language), form=form)
    [one] = context.parts
    ended = {"oldest_on_2": oldest, "oldest_until_2": oldest and "2030-12-31"}
    given = {name: said for name, said in {**one.facts, **ended}.items() if said}
    context = replace(context, parts=(replace(one, facts=given),))
    text = compose(context)
    words = template_words(context, text.body, context.today)
    around = Around(template=words, composed=text.body)
    doubted = [
        text.body[slice(*one.span)]
        for one in lint(text.body, text.subject, replace(context, identified=False), around)
        if one.code == "form_words_before_identity" and one.span
    ]
    typed = [filters.phrase(given[name]) for name in given if name.startswith(("kept", "explained", "until_event"))]
    assert doubted
    assert all(any(words in said for words in typed) for said in doubted), doubted


@given(st.dictionaries(st.sampled_from([numbered(name, n) for name in ("ground", "kept") for n in NUMBERS]), st.text()))
def test_each_fact_stands_under_its_own_ground_alone(facts: dict[str, str]) -> None:
    """And none is lost whose ground was chosen."""
    chosen = [number for number in NUMBERS if number == 1 or facts.get(numbered("ground", number))]
    told = {
        numbered(name, number): said
        for number, own in zip(chosen, by_ground(facts), strict=True)
        for name, said in own.items()
    }
    own_names = {numbered(name, number) for name in ("ground", "kept") for number in chosen}
    assert told == {name: said for name, said in facts.items() if name in own_names}


OWED = (("kept", "left_out_missing"), ("left_out", "left_out_missing"), ("explained", "reason_missing"))
GROUND = ("Peruste: ", "Grund: ", "Ground: ")
REFUSED = [
    title
    for (voice, title), one in ALBUM.items()
    if voice == ("fi", "te")
    and one.context.letter is Letter.OUTCOME  # a letter after it points to its reasons
    and any(part.outcome in REFUSING for part in one.context.parts)
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", REFUSED)
def test_nothing_that_a_refusal_owes_is_deleted_unnoticed(title: str, language: str) -> None:
    """The ground with its provision, what is not done, and why here; a reason in other words is the person's own."""
    one = ALBUM[(language, "te"), title]
    body, composed = one.text.body, Around(composed=one.text.body)

    def codes(text: str) -> set[str]:
        return {finding.code for finding in lint(text, one.text.subject, one.context, composed)}

    [refused] = [part for part in one.context.parts if part.outcome in REFUSING]
    for owed in by_ground(refused.facts):
        for name, code in OWED:
            if said := filters.phrase(owed.get(name, "")):
                assert code in codes("\n".join(line for line in body.splitlines() if said not in line)), said
        law = ground(refused.kind, owed["ground"]).provisions[0]  # type: ignore[union-attr]
        lines = body.splitlines()
        without = [one for one in lines if not (one.startswith(GROUND) and provision(law) in cited(one, language))]
        assert "ground_missing" in codes("\n".join(without)), law


@pytest.mark.parametrize(
    ("instead", "at_the_end", "missed"),
    [
        ("Lasku 1042 erääntyi jo tammikuussa.", "", False),
        ("", "Tervetuloa asioimaan meillä uudelleen.", True),
        ("", "", True),
    ],
)
def test_a_reason_is_replaced_where_it_stood(instead: str, at_the_end: str, missed: bool) -> None:
    """A sentence somewhere else in the letter is no reason (GDPR 12(4))."""
    one = ALBUM[("fi", "te"), "erasure refused open_invoice"]
    told = next(line for line in one.text.body.splitlines() if line.startswith("Teidän asiassanne"))
    body = f"{one.text.body.replace(told, instead)}\n{at_the_end}\n"
    found = lint(body, one.text.subject, one.context, Around(composed=one.text.body))
    assert ("reason_missing" in {finding.code for finding in found}) is missed


def test_what_is_masked_for_a_protected_person_is_not_missed() -> None:
    """The letter never said it: a turvakielto keeps addresses out of it."""
    one = ALBUM[("fi", "te"), "erasure refused open_invoice"]
    [part] = one.context.parts
    facts = {**part.facts, "explained": "lasku 1042 osoitteeseen Kuusitie 5 on maksamatta"}
    context = replace(one.context, parts=(replace(part, facts=facts),), protected=True)
    text = compose(context)
    assert "Kuusitie" not in text.body
    found = lint(text.body, text.subject, context, Around(composed=text.body))
    assert "reason_missing" not in {finding.code for finding in found}


@pytest.mark.parametrize(
    ("voice", "only_if"),
    [
        (("fi", "te"), "Jos käsittely perustuu oikeutettuun etuun tai yleistä etua koskevaan tehtävään, voitte"),
        (("fi", "sina"), "Jos käsittely perustuu oikeutettuun etuun tai yleistä etua koskevaan tehtävään, voit"),
        (
            ("sv", "te"),
            "Om behandlingen grundar sig på berättigat intresse eller en uppgift av allmänt intresse kan du",
        ),
        (("en", "te"), "If the processing is based on a legitimate interest or a task in the public interest, you can"),
    ],
)
def test_whose_consent_is_not_the_basis_is_offered_an_objection_where_the_law_gives_one(
    voice: tuple[str, str], only_if: str
) -> None:
    """Against a contract or a legal duty there is none (GDPR 21(1))."""
    body = " ".join(ALBUM[voice, "consent_withdrawal refused wrong_basis"].text.body.split())
    objecting = re.findall(r"[^.]*\b(?:vastustaa|invända|object)\b[^.]*\.", body)
    assert [said.strip().startswith(only_if) for said in objecting] == [True]
