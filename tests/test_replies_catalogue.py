"""The catalogue is total: every right, every outcome, every ground, in every voice, and nothing without its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replies.album import VOICES, part, specimens
from replies.catalogue import FactKind, facts_needed, letter_facts, missing, outcomes_for, settled
from replies.context import DraftContext, Part, Sender
from replies.drafting import compose
from replies.errors import MissingFacts, NoTemplate
from replies.grounds import GROUNDS
from state.model import Letter, Outcome, RequestKind

PAIRS = [(kind, outcome) for kind in RequestKind for outcome in outcomes_for(kind)]
REFUSALS = [(kind, ground.code) for kind in RequestKind for ground in GROUNDS[kind]]


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
    assert [fact.name for fact in texts if given.facts[fact.name].removesuffix(".") not in body] == []


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
    for name in [fact.name for fact in facts_needed(kind, outcome) if fact.required and fact.name in full.facts]:
        less = {other: value for other, value in full.facts.items() if other != name}
        with pytest.raises(MissingFacts) as caught:
            compose(answer(replace(full, facts=less)))
        assert f"{kind}.{name}" in caught.value.names
    unconditional = {
        f"{kind}.{fact.name}" for fact in facts_needed(kind, outcome) if fact.required and not fact.only_if
    }
    with pytest.raises(MissingFacts) as caught:
        compose(answer(replace(full, facts={})))
    assert set(caught.value.names) == unconditional


def test_marketing_cannot_be_refused() -> None:
    """The ban is absolute (GDPR 21(3)): no ground, no outcome, no template."""
    assert GROUNDS[RequestKind.MARKETING_OBJECTION] == ()
    assert set(outcomes_for(RequestKind.MARKETING_OBJECTION)) == {Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED}
    for outcome in set(Outcome) - set(outcomes_for(RequestKind.MARKETING_OBJECTION)):
        assert facts_needed(RequestKind.MARKETING_OBJECTION, outcome) == ()
        with pytest.raises(NoTemplate):
            compose(answer(Part(RequestKind.MARKETING_OBJECTION, outcome)))


@pytest.mark.parametrize(
    ("name", "bad"), [("done_on", "17.3.2026"), ("done_on", "soon"), ("notified", "perhaps"), ("erased", "  \n ")]
)
def test_an_unusable_value_is_a_missing_fact(name: str, bad: str) -> None:
    """No date that is not ISO, no word that is not a choice, no blank."""
    full = part("fi", RequestKind.ERASURE, Outcome.GRANTED)
    with pytest.raises(MissingFacts) as caught:
        compose(answer(replace(full, facts={**full.facts, name: bad})))
    assert caught.value.names == (f"erasure.{name}",)


def test_what_hangs_on_a_choice_is_asked_only_with_it() -> None:
    """Accounting law wants a date, an open invoice an event, another Act its section."""
    facts = facts_needed(RequestKind.ERASURE, Outcome.REFUSED)
    given = {"kept": "laskut", "explained": "avoin"}
    assert missing(facts, {**given, "ground": "accounting_law"}) == ("kept_until",)
    assert missing(facts, {**given, "ground": "open_invoice"}) == ("until_event",)
    assert set(missing(facts, {**given, "ground": "legal_obligation"})) == {"until_event", "other_law"}
    assert missing(facts, {**given, "ground": "unfounded_or_excessive"}) == ()
    left_over = settled(facts, {**given, "ground": "unfounded_or_excessive", "kept_until": "2031-12-31"})
    assert "kept_until" not in left_over


def test_every_fact_says_who_wants_it() -> None:
    """A provision, a recital or our own choice; choices where there is a choice."""
    facts = [fact for kind, outcome in PAIRS for fact in facts_needed(kind, outcome)]
    facts += [fact for letter in Letter for fact in letter_facts(letter)]
    for fact in facts:
        assert fact.source.startswith("GDPR ") or fact.source == "our choice", fact.name
        assert bool(fact.choices) == (fact.kind is FactKind.CHOICE), fact.name
