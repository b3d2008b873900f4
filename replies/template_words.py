"""The sentences of a letter that its reviewed template wrote: those that hold a person's own words are left out.

Owns the comparison of a letter with its template rendered from other words. Refuses to judge: before the reader is
identified the linter doubts whatever is not among these sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from replies import catalogue
from replies.context import DraftContext
from replies.drafting import compose
from replies.errors import RepliesError
from replies.facts import Fact, FactKind
from replies.wording import same_sentence, sentences
from state.model import Letter

_FORMS = ("te", "sina")
_STRANGE = "qzxj"  # no word of any language that letters are written in


def template_words(context: DraftContext, original: str, written_on: date) -> str:
    """Those sentences of a letter, as its template gave it on that day, that no words of a person stand in."""
    context = replace(context, today=written_on)
    if not any(fact.kind is FactKind.TEXT for fact in _facts(context)):
        return original
    written = {same_sentence(text, context.language) for body in _rendered(context) for _, text in sentences(body)}
    if not written:
        return original
    own = (text for _, text in sentences(original) if same_sentence(text, context.language) in written)
    return "\n".join(own)


def _facts(context: DraftContext) -> Iterator[Fact]:
    yield from catalogue.letter_facts(context.letter, late=context.today > context.promise)
    for part in context.parts if context.letter is Letter.OUTCOME else ():
        yield from catalogue.facts_needed(part.kind, part.outcome, catalogue.ONCE) if part.outcome else ()


def _rendered(context: DraftContext) -> Iterator[str]:
    """The letter from a strange word in place of a person's: in either form, with what may be left out and without.
    Without, the gaps for what only a person knows stand in it too: they are the template's own words.
    """
    for form in _FORMS:
        for whole in (True, False):
            try:
                # What it says of data stands in a person's words, which is what is looked for.
                yield compose(_strange(replace(context, form=form, identified=True), whole=whole)).body
            except RepliesError:
                continue


def _stands(fact: Fact, given: Mapping[str, str], *, whole: bool) -> bool:
    """Whether it is filled in: what may be left out where the letter is whole, of choices what was chosen."""
    if fact.kind is FactKind.CHOICE and not fact.required:
        return bool(given.get(fact.name))
    return whole or (fact.required and fact != catalogue.LATE_REASON)


def _value(fact: Fact, given: Mapping[str, str], today: date) -> str:
    """What stands in a fact's place: a strange word for a person's own. A day stays, because the template's words for
    one that is yet to come are others.
    """
    if fact.kind is FactKind.TEXT and not fact.form:
        return _STRANGE
    if fact.kind is FactKind.CHOICE:
        return given.get(fact.name) or fact.choices[0]
    return given[fact.name] if fact.read(given) is not None else fact.example or today.isoformat()


def _strange(context: DraftContext, *, whole: bool) -> DraftContext:
    def filled(facts: Iterable[Fact], given: Mapping[str, str]) -> dict[str, str]:
        return {fact.name: _value(fact, given, context.today) for fact in facts if _stands(fact, given, whole=whole)}

    facts = filled(catalogue.letter_facts(context.letter, late=context.today > context.promise), context.facts)
    parts = (
        replace(part, facts=filled(catalogue.facts_needed(part.kind, part.outcome, catalogue.ONCE), part.facts))
        for part in context.parts
        if part.outcome
    )
    return replace(
        context,
        facts=facts,
        parts=tuple(parts) if context.letter is Letter.OUTCOME else context.parts,
        question=_STRANGE,
        new_promise=context.today,
        extension_reason=facts.get("extension_reason", ""),
        extension_explained=_STRANGE,
        with_gaps=not whole,
    )
