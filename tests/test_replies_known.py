"""One floor under every field that a person words: what is plainly a thing is free, the rest is answered for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from inbox_agent import profile as profiles
from inbox_agent.rules import outcomes
from replies import known
from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import NOBODY, Around
from replies.linter import lint
from replies.wording import Severity
from tests.bare_profile import BARE, setting

ITEMS = Path(__file__).parent / "corpus_items"
ALBUM = {(language, found.title): found.context for language in LANGUAGES for found in specimens(language, "te")}
TITLES = {
    "erased": "erasure granted",
    "erased_from": "erasure granted",
    "restricted": "restriction granted",
    "stopped": "objection granted",
    "searched": "access no_data",
    "corrected": "rectification granted",
    "purposes": "access granted",
    "sources": "access granted",
    "logic": "automated_decision granted",
    "reviewer": "automated_decision granted",
    "late_reason": "transferred and corrected, late",
}
FLOORS = {"erased_from": "place"}
JUDGED = {"nothing_done", "act_in_own_words", "item_empty", "item_unchecked", "reviewed_by_machine", "reviewer_unclear"}
JUDGED |= {"cause_of_somebody", "cause_no_excuse", "cause_unchecked", "total_erasure_promised"}


def values(name: str) -> Iterator[tuple[str, str, str]]:
    table: Mapping[str, Mapping[str, list[str]]] = tomllib.loads((ITEMS / f"{name}.toml").read_text(encoding="utf-8"))
    for language, fields in table.items():
        for field, said in fields.items():
            yield from ((language, field, one) for one in said)


def found(language: str, field: str, said: str, around: Around = NOBODY) -> set[str]:
    """What is said of the value of a field in a letter of the album."""
    context = ALBUM[language, TITLES[field]]
    parts = tuple(replace(one, facts={**one.facts, field: said}) for one in context.parts)
    context = replace(context, parts=parts)
    text = compose(context)
    told = lint(text.body, text.subject, context, around)
    return {one.code for one in told if one.code in JUDGED or one.severity is Severity.ERROR}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fewer_than_one_ordinary_value_in_ten_is_asked_of(language: str) -> None:
    """A tick that is asked of everybody is answered by nobody."""
    said = [(field, one) for spoken, field, one in values("plain") if spoken == language]
    asked = [one for field, one in said if not known.plain(FLOORS.get(field, field), one, language)]
    assert len(said) > 100
    assert len(asked) < len(said) / 10, asked


@pytest.mark.parametrize(("language", "field", "said"), values("doubtful"))
def test_what_is_no_plain_thing_never_passes_unremarked(language: str, field: str, said: str) -> None:
    """In words that no list of faults knows (GDPR 5(1)(a), 12(1), 15(1), 22(3))."""
    assert found(language, field, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_album_is_asked_nothing(language: str) -> None:
    for field, title in TITLES.items():
        context = ALBUM[language, title]
        text = compose(context)
        codes = {one.code for one in lint(text.body, text.subject, context)}
        assert not codes & JUDGED, field


def test_the_profile_s_own_words_are_asked_nothing() -> None:
    """They were written once, for the notice: what a register is called there needs no list."""
    processing = ('purposes = "rakkaus lajiin"', 'systems = ["hyllymetri"]')
    ours = outcomes.own_words(profiles.parse(setting(BARE, "processing", *processing)), "fi")
    assert found("fi", "purposes", "rakkaus lajiin") == {"item_unchecked"}
    assert found("fi", "purposes", "rakkaus lajiin", Around(ours=ours)) == set()
    assert found("fi", "searched", "hyllymetri") == {"act_in_own_words"}
    assert found("fi", "searched", "hyllymetri ja asiakasrekisteri", Around(ours=ours)) == set()
    firms = outcomes.own_words(
        profiles.parse(setting(BARE, "processing", 'recipients = ["Aa Oy", "kylän kirjuri"]')), "fi"
    )
    assert known.plain("recipients", "Aa Oy ja kylän kirjuri", "fi", firms)
    assert known.plain("recipients", "kylän kirjuri", "fi", firms)


def test_a_cause_of_a_thing_that_tells_of_somebody_is_answered_for() -> None:
    """A thing as its subject does not carry a person's affairs (GDPR 5(1)(c))."""
    context = ALBUM["fi", "late_notice"]
    context = replace(context, facts={**context.facts, "late_reason": "järjestelmän omistaja oli matkoilla"})
    text = compose(context)
    assert "cause_unchecked" in {one.code for one in lint(text.body, text.subject, context)}
