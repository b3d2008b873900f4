"""The catalogue is total: every right, every outcome, every ground, in every voice, and nothing without its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from replies import citations
from replies.album import VOICES, part, specimens
from replies.catalogue import facts_needed, letter_facts
from replies.context import DraftContext, Part, Sender
from replies.drafting import compose
from replies.errors import MissingFacts, NoTemplate
from replies.facts import FactKind, missing, settled
from replies.filters import of_the_reader
from replies.grounds import FEE_GROUNDS, GROUNDS, carrying
from replies.pairs import UNFIT, WITHOUT_A_RIGHT, fits, outcomes_for
from state.model import TELLS_OUTCOMES, Letter, Outcome, RequestKind

PAIRS = [(kind, outcome) for kind in RequestKind for outcome in outcomes_for(kind)]
REFUSALS = [(kind, ground.code) for kind in RequestKind for ground in carrying(kind, Outcome.REFUSED)]


ANSWERS = (*Outcome, *(letter for letter in Letter if letter not in {Letter.OUTCOME, *WITHOUT_A_RIGHT}))
"""Everything that a right may be answered with: outcomes, and the letters beside them."""


def answer(part_: Part, language: str = "fi", form: str = "te", identified: bool = True) -> DraftContext:
    return DraftContext(
        letter=Letter.OUTCOME,
        language=language,
        form=form,
        sender=Sender("Kahvipaahtimo Kuurankukka Oy"),
        case_number="2026-0007",
        received_on=date(2026, 3, 5),
        today=date(2026, 3, 19),
        promise=date(2026, 4, 5),
        parts=(part_,),
        identified=identified,
    )


def only_required(part_: Part) -> Part:
    """The part without any fact that it could do without."""
    facts = facts_needed(part_.kind, part_.outcome or Outcome.GRANTED)
    needed = {fact.name for fact in facts if fact.required}
    return replace(part_, facts={name: value for name, value in part_.facts.items() if name in needed})


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize(("kind", "outcome"), PAIRS)
def test_every_right_and_outcome_has_its_letter(kind: RequestKind, outcome: Outcome, language: str, form: str) -> None:
    """Composed with the required facts alone, each of which then stands in the letter."""
    given = only_required(part(language, kind, outcome))
    body = compose(answer(given, language, form)).body
    texts = [fact for fact in facts_needed(kind, outcome) if fact.kind is FactKind.TEXT and fact.name in given.facts]
    texts = [fact for fact in texts if fact.name != "financial_year_end"]  # a date is counted from it
    said = {**given.facts, "sources": of_the_reader(given.facts.get("sources", ""), language, form)}
    assert [fact.name for fact in texts if said[fact.name].removesuffix(".") not in body] == []


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize(("kind", "code"), REFUSALS)
def test_every_ground_has_its_words(kind: RequestKind, code: str, language: str, form: str) -> None:
    """In a refusal and in a partial answer alike."""
    refused = compose(answer(part(language, kind, Outcome.REFUSED, ground=code), language, form)).body
    partly = compose(answer(part(language, kind, Outcome.PARTLY, ground=code), language, form)).body
    said = next(line for line in refused.splitlines() if line.startswith(("Peruste: ", "Grund: ", "Ground: ")))
    assert said in partly


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_the_album_shows_every_pair_and_every_letter(language: str, form: str) -> None:
    """So that people who review it have seen everything."""
    contexts = [specimen.context for specimen in specimens(language, form)]
    assert {context.letter for context in contexts} == set(Letter)
    shown = {(part_.kind, part_.outcome) for context in contexts for part_ in context.parts if part_.outcome}
    assert shown == set(PAIRS)
    grounds = {(part_.kind, part_.facts.get("ground")) for context in contexts for part_ in context.parts}
    assert set(REFUSALS) <= grounds


@pytest.mark.parametrize(("kind", "outcome"), PAIRS)
def test_each_required_fact_is_missed_by_name(kind: RequestKind, outcome: Outcome) -> None:
    """Taking one away names that one (and what hangs on it); taking all away names all at once."""
    full = part("fi", kind, outcome)
    for name in [fact.name for fact in facts_needed(kind, outcome) if fact.needed(full.facts)]:
        less = {other: value for other, value in full.facts.items() if other != name}
        with pytest.raises(MissingFacts) as caught:
            compose(answer(replace(full, facts=less)))
        assert f"{kind}.{name}" in caught.value.names
    unconditional = {
        f"{kind}.{fact.name}" for fact in facts_needed(kind, outcome) if fact.required and fact.applies({})
    }
    with pytest.raises(MissingFacts) as caught:
        compose(answer(replace(full, facts={})))
    assert set(caught.value.names) == unconditional


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize("kind", RequestKind)
def test_the_catalogue_is_total(kind: RequestKind, language: str, form: str) -> None:
    """Every right with every answer has its words, or stands among the pairs that make no sense, with the reason."""
    contexts = [specimen.context for specimen in specimens(language, form)]
    for way in ANSWERS:
        if not fits(kind, way):
            assert UNFIT[kind, way].source.startswith("GDPR ")
        elif isinstance(way, Outcome):
            assert compose(answer(part(language, kind, way), language, form)).body
        else:
            context = next(context for context in contexts if context.letter is way)
            ends = outcomes_for(kind) if way in TELLS_OUTCOMES else ()
            for of in [part(language, kind, end) for end in ends] or [Part(kind)]:
                assert compose(replace(context, parts=(of,), language=language, form=form)).body


def test_no_pair_is_both_offered_and_excluded() -> None:
    """What makes no sense: nothing of a ban but yes, no data and forwarding; nothing to extend or pay at once."""
    assert {(kind, outcome) for kind, outcome in UNFIT if isinstance(outcome, Outcome)} == {
        (RequestKind.MARKETING_OBJECTION, outcome)
        for outcome in (Outcome.PARTLY, Outcome.REFUSED, Outcome.NOT_IDENTIFIED, Outcome.ART11)
    }
    for letter in (Letter.EXTENSION, Letter.FEE):
        assert {kind for kind in RequestKind if not fits(kind, letter)} == {
            RequestKind.MARKETING_OBJECTION,
            RequestKind.CONSENT_WITHDRAWAL,
        }
    assert [kind for kind in RequestKind if fits(kind, Letter.MARKETING_STOPPED)] == [RequestKind.MARKETING_OBJECTION]


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize("letter", [letter for letter in Letter if letter is not Letter.OUTCOME])
def test_each_required_fact_of_a_letter_is_missed_by_name(letter: Letter, language: str, form: str) -> None:
    """Taking all away names all that hang on nothing else, and the rest as soon as it is asked for."""
    context = next(found.context for found in specimens(language, form) if found.context.letter is letter)
    bare = replace(
        context,
        facts={},
        code="",
        question="",
        new_promise=None,
        extension_reason="",
        extension_explained="",
        identified=True,
    )
    required = {fact.name for fact in letter_facts(letter) if fact.required and not fact.only_if}
    if not required:
        assert compose(bare).body
        return
    with pytest.raises(MissingFacts) as caught:
        compose(bare)
    assert set(caught.value.names) == required


def test_a_fee_names_its_ground_and_its_remedies() -> None:
    """Each ground with its provision; before work; and the ways to complain (GDPR 12(4)-(5))."""
    fees = [found for found in specimens("fi", "te") if found.context.letter is Letter.FEE]
    for code, provision in FEE_GROUNDS.items():
        body = next(found.text.body for found in fees if found.context.facts["fee_ground"] == code)
        assert {"GDPR 12(5)": "12 artiklan 5 kohta", "GDPR 15(3)": "15 artiklan 3 kohta"}[provision] in body
        assert "Emme ole vielä aloittaneet työtä." in body
        assert "käräjäoikeuteen" in body
        assert "tietosuojavaltuutetun käsiteltäväksi" in body


def test_what_tells_of_data_is_not_written_to_a_stranger() -> None:
    """No fee for a further copy, no answer to a follow-up, no end of a restriction."""
    for letter in (Letter.FEE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED):
        context = next(found.context for found in specimens("fi", "te") if found.context.letter is letter)
        with pytest.raises(MissingFacts) as caught:
            compose(replace(context, identified=False))
        assert caught.value.names == ("identity",)


def test_a_restriction_is_lifted_after_it_was_told_not_with_it() -> None:
    """The person may still object to it before that day (GDPR 18(3))."""
    context = next(one.context for one in specimens("fi", "te") if one.context.letter is Letter.RESTRICTION_LIFTED)
    today, tomorrow = (
        replace(context, facts={**context.facts, "lifted_on": (context.today + timedelta(days=days)).isoformat()})
        for days in (0, 1)
    )
    assert compose(tomorrow).body
    with pytest.raises(MissingFacts) as caught:
        compose(today)
    assert caught.value.names == ("lifted_on",)


def test_nothing_is_erased_before_the_copy_that_goes_with_the_same_letter() -> None:
    """A letter that brings a copy cannot tell of an erasure that has already been made (GDPR 15(3))."""
    copy = part("fi", RequestKind.ACCESS, Outcome.GRANTED)
    for outcome in (Outcome.GRANTED, Outcome.PARTLY):
        gone = part("fi", RequestKind.ERASURE, outcome, done_on="2026-03-18")
        with pytest.raises(MissingFacts) as caught:
            compose(replace(answer(gone), parts=(gone, copy)))
        assert caught.value.names == ("erasure.done_on",)
        assert compose(answer(gone)).body
        with_the_letter = part("fi", RequestKind.ERASURE, outcome, done_on="2026-03-19")
        body = compose(replace(answer(gone), parts=(with_the_letter, copy))).body
        assert "vasta, kun jäljennös on toimitettu teille" in body


def test_a_day_to_come_that_has_passed_is_missing() -> None:
    """A late letter that names yesterday as its new day promises nothing."""
    late = next(found.context for found in specimens("fi", "te") if found.context.letter is Letter.LATE_NOTICE)
    with pytest.raises(MissingFacts) as caught:
        compose(replace(late, facts={**late.facts, "answer_by": "2026-04-08"}))
    assert caught.value.names == ("answer_by",)


def test_marketing_cannot_be_refused() -> None:
    """The ban is absolute (GDPR 21(3)): no ground, no outcome, no template."""
    assert GROUNDS[RequestKind.MARKETING_OBJECTION] == ()
    assert set(outcomes_for(RequestKind.MARKETING_OBJECTION)) == {Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED}
    for outcome in set(Outcome) - set(outcomes_for(RequestKind.MARKETING_OBJECTION)):
        assert facts_needed(RequestKind.MARKETING_OBJECTION, outcome) == ()
        with pytest.raises(NoTemplate):
            compose(answer(Part(RequestKind.MARKETING_OBJECTION, outcome)))


def test_other_people_never_keep_the_whole_answer_back() -> None:
    """Article 15(4) limits the copy: confirmation, information and the rest are owed, so it stands in part only."""
    offered = {
        outcome: next(fact for fact in facts_needed(RequestKind.ACCESS, outcome) if fact.name == "ground").choices
        for outcome in (Outcome.PARTLY, Outcome.REFUSED)
    }
    assert "others_rights" in offered[Outcome.PARTLY]
    assert "others_rights" not in offered[Outcome.REFUSED]
    with pytest.raises(MissingFacts, match=r"access\.ground"):
        compose(answer(part("fi", RequestKind.ACCESS, Outcome.REFUSED, ground="others_rights")))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("code", ["journalism", "freedom_of_expression"])
def test_no_right_is_offered_where_journalism_sets_it_aside(code: str, language: str) -> None:
    """Section 27 of the Data Protection Act sets articles 12-22 aside: a letter on it points to none of them."""
    for kind in (kind for kind, ground in REFUSALS if ground == code):
        body = compose(answer(part(language, kind, Outcome.REFUSED, ground=code), language)).body
        assert not {"GDPR 15", "GDPR 18"} & citations.cited(body, language)


@pytest.mark.parametrize(
    ("language", "form", "notice", "letter"),
    [
        ("fi", "te", "rekisteröity itse, tilauslomake", "te itse, tilauslomake"),
        ("fi", "sina", "Asiakkaalta itseltään sekä Postilta", "sinulta itseltäsi sekä Postilta"),
        ("sv", "te", "den registrerade själv", "du själv"),
        ("en", "te", "the data subject and the trade register", "you and the trade register"),
        ("en", "te", "the customer, the member themselves and the Post", "you, you and the Post"),
        ("fi", "te", "työnantaja", "työnantaja"),
        (
            "en",
            "te",
            "the customer's employer, the personnel department",
            "the customer's employer, the personnel department",
        ),
        ("en", "te", "the person who ordered, the members' register", "the person who ordered, the members' register"),
        ("en", "te", "the customer service chat", "the customer service chat"),
    ],
)
def test_a_source_is_told_to_the_person_it_means(language: str, form: str, notice: str, letter: str) -> None:
    """A notice speaks of the data subject; the letter speaks to them (GDPR 12(1), 15(1)(g))."""
    assert of_the_reader(notice, language, form) == letter


@pytest.mark.parametrize(
    ("name", "bad"), [("done_on", "17.3.2026"), ("done_on", "soon"), ("notified", "perhaps"), ("erased", "  \n ")]
)
def test_an_unusable_value_is_a_missing_fact(name: str, bad: str) -> None:
    """No date that is not ISO, no word that is not a choice, no blank."""
    full = part("fi", RequestKind.ERASURE, Outcome.GRANTED)
    with pytest.raises(MissingFacts) as caught:
        compose(answer(replace(full, facts={**full.facts, name: bad})))
    assert caught.value.names == (f"erasure.{name}",)


def test_who_asks_for_less_than_everything_is_told_that_and_no_more() -> None:
    """Recital 63: whoever narrows the request themselves gets the answer to it, and no copy that nobody asked for."""
    facts = facts_needed(RequestKind.ACCESS, Outcome.GRANTED)
    assert missing(facts, {"scope": "recipients"}) == ("recipients",)
    assert "delivery" not in missing(facts, {"scope": "information"})
    assert {"delivery", "purposes", "recipients"} <= set(missing(facts, {}))  # nobody narrowed it

    narrow = Part(RequestKind.ACCESS, Outcome.GRANTED, {"scope": "recipients", "recipients": "Lähetti Vinha Oy"})
    body = compose(answer(narrow)).body
    assert "haluatte tietää, kenelle henkilötietojanne on luovutettu" in body
    assert "vastaanottajille: Lähetti Vinha Oy" in body
    assert "Säilytysaika" not in body
    assert "liitteenä" not in body


@pytest.mark.parametrize("ground", ["needed_for_contract", "explicit_consent", "allowed_by_law"])
def test_an_exception_to_automatic_decisions_names_its_safeguards(ground: str) -> None:
    """A decision may stay automatic; a human's part in it may be had all the same (GDPR 22(2)-(3))."""
    facts = facts_needed(RequestKind.AUTOMATED_DECISION, Outcome.REFUSED)
    given = {"ground": ground, "explained": "sopimus", "other_law": "esimerkkilain 5 §"}
    assert missing(facts, given) == ("safeguards",)
    body = compose(answer(part("fi", RequestKind.AUTOMATED_DECISION, Outcome.REFUSED, ground=ground))).body
    assert "ette halua, että teitä koskeva päätös tehdään pelkästään automaattisesti" in body
    assert "Emme ota päätöstä uudelleen ihmisen käsiteltäväksi" not in body
    if ground != "allowed_by_law":  # there the law itself says which they are
        assert "Voitte aina vaatia, että ihminen käsittelee päätöksen" in body


@pytest.mark.parametrize(("reviewed", "said"), [("changed", "Päätös muuttui"), ("upheld", "Päätös pysyi ennallaan")])
def test_a_review_says_whether_it_changed_the_decision(reviewed: str, said: str) -> None:
    found = part("fi", RequestKind.AUTOMATED_DECISION, Outcome.GRANTED, reviewed=reviewed)
    assert f"{said}: " in compose(answer(found)).body


def test_what_hangs_on_a_choice_is_asked_only_with_it() -> None:
    """Accounting law wants a date, an open invoice an event, another Act its section."""
    facts = facts_needed(RequestKind.ERASURE, Outcome.REFUSED)
    given = {"kept": "laskut", "explained": "avoin"}
    accounting = ("material", "newest_on", "financial_year_end", "kept_until", "nothing_else")
    assert missing(facts, {**given, "ground": "accounting_law"}) == accounting
    assert missing(facts, {**given, "ground": "open_invoice"}) == ("until_event",)
    assert set(missing(facts, {**given, "ground": "legal_obligation"})) == {"until_event", "other_law"}
    assert missing(facts, {**given, "ground": "unfounded_or_excessive"}) == ()
    left_over = settled(facts, {**given, "ground": "unfounded_or_excessive", "kept_until": "2031-12-31"})
    assert "kept_until" not in left_over


def test_the_accounting_act_refuses_the_whole_only_where_nothing_else_is_held() -> None:
    """It keeps vouchers and books: a customer card beside them is answered "partly" (Accounting Act 2:10)."""
    asked = {outcome: {fact.name for fact in facts_needed(RequestKind.ERASURE, outcome)} for outcome in Outcome}
    assert "nothing_else" in asked[Outcome.REFUSED]
    assert "nothing_else" not in asked[Outcome.PARTLY]


def test_every_fact_says_who_wants_it() -> None:
    """A provision, a recital or our own choice; choices where there is a choice."""
    facts = [fact for kind, outcome in PAIRS for fact in facts_needed(kind, outcome)]
    facts += [fact for letter in Letter for fact in letter_facts(letter)]
    for fact in facts:
        assert fact.source.startswith(("GDPR ", "1336/1997", "1050/2018")) or fact.source == "our choice", fact.name
        assert bool(fact.choices) == (fact.kind is FactKind.CHOICE), fact.name


STATEMENT = {"fi": "lisäselvityksen", "sv": "kompletterande utlåtande", "en": "supplementary statement"}
AGAIN = {"fi": "Arvioimme", "sv": "bedömer vi", "en": "We will"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("code", [ground.code for ground in carrying(RequestKind.RECTIFICATION, Outcome.REFUSED)])
def test_a_supplementary_statement_is_never_all_that_is_left_after_a_refused_correction(
    language: str, code: str
) -> None:
    """What somebody knows more is looked at again; no statement is taken to what was asked without ground."""
    body = compose(answer(part(language, RequestKind.RECTIFICATION, Outcome.REFUSED, ground=code), language)).body
    assert AGAIN[language].casefold() in body.casefold()
    assert (STATEMENT[language] in body) is (code in {"data_accurate", "recorded_assessment", "true_at_its_time"})
