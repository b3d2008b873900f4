"""The limits of access in the Data Protection Act (1050/2018, 34 §): which of the three it is, and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import VOICES, part
from replies.catalogue import facts_needed
from replies.choices import LANGUAGES
from replies.citations import cite, cited
from replies.context import DraftContext
from replies.drafting import compose
from replies.errors import MissingFacts
from replies.facts import missing
from replies.grounds import LIMITS, NATIONAL_LIMIT
from replies.linter import lint
from state.model import Outcome, RequestKind
from tests.test_replies_catalogue import answer


def refused(language: str = "fi", form: str = "te", **facts: str) -> DraftContext:
    """A refused access on the Act's limits; an empty fact is taken out."""
    whole = part(language, RequestKind.ACCESS, Outcome.REFUSED, ground=NATIONAL_LIMIT)
    given = {name: said for name, said in {**whole.facts, **facts}.items() if said}
    return answer(replace(whole, facts=given), language, form)


@pytest.mark.parametrize("number", ["", "_2"])
def test_which_of_the_three_limits_it_is_has_to_be_chosen(number: str) -> None:
    """Each choice with its own provision; the first ground asks it as a further one does."""
    asked = facts_needed(RequestKind.ACCESS, Outcome.PARTLY)
    given = {"ground": "others_rights", f"ground{number}": NATIONAL_LIMIT, f"left_out{number}": "nauhoite"}
    assert f"limit{number}" in missing(asked, given)
    [limit] = [fact for fact in asked if fact.name == f"limit{number}"]
    assert dict(zip(limit.choices, limit.grounds, strict=True)) == dict(LIMITS)
    with pytest.raises(MissingFacts, match=r"access\.limit"):
        compose(refused(limit=""))


@pytest.mark.parametrize(("language", "form"), VOICES)
@pytest.mark.parametrize("code", LIMITS)
def test_a_letter_that_tells_its_reasons_tells_the_limit(language: str, form: str, code: str) -> None:
    """With its paragraph and what it protects; who keeps the reasons back cites the section alone."""
    told = compose(refused(language, form, limit=code)).body
    kept = compose(refused(language, form, limit=code, explained="")).body
    paragraph, section = cite(LIMITS[code], language), cite("1050/2018 34", language)
    assert (paragraph in told, paragraph in kept) == (True, False)
    assert section in kept
    assert {"1050/2018 34"} <= cited(told, language) & cited(kept, language)
    assert len([line for line in told.split("\n\n") if line not in kept.split("\n\n")]) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_that_are_kept_back_are_remarked(language: str) -> None:
    """A warning, and none where the letter gives them."""
    for explained, remarks in (("", ["reasons_untold"]), (refused(language).parts[0].facts["explained"], [])):
        context = refused(language, explained=explained)
        text = compose(context)
        assert [found.code for found in lint(text.body, text.subject, context)] == remarks
