"""From settled facts to a letter: the one place that renders a template.

Owns `compose`. Refuses to guess: whatever a letter would say without a fact behind it is named in MissingFacts, all
of it at once. Templates are the package's own files and nothing else; texts from mails and forms are values, printed
once and never read as templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from operator import ge, gt, le
from types import MappingProxyType, SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from replies import authority, catalogue, choices, citations, filters, pairs, protection
from replies.context import DraftContext, Part
from replies.errors import MissingFacts, NoTemplate, UnsafeSubject
from replies.facts import Fact, missing, settled
from replies.refusals import refusals
from replies.sections import copy_first, in_order, sections
from state.model import TELLS_OF_DATA, TELLS_OUTCOMES, Letter, Outcome, RequestKind

IDENTITY = "identity"
"""Named among the missing facts where a letter would tell about data before its asker is identified."""

_A_FEW_DAYS = timedelta(days=7)  # asking for an answer "within a few days" leaves this much before the promise


@dataclass(frozen=True, slots=True)
class DraftText:
    """A composed letter. `template` says which: the letter's name and, of an outcome letter, its parts."""

    template: str
    subject: str
    body: str


def compose(context: DraftContext) -> DraftText:
    """Write the letter. Raises NoTemplate, UnsafeSubject, or MissingFacts with every fact still needed.

    Facts of a part are named `kind.fact` in MissingFacts ("erasure.erased"), facts of the letter by themselves.
    """
    context = _protected(context) if context.protected else context
    parts = in_order(context.parts)
    _check_templates(context, parts)
    if lacking := (*_missing_of_letter(context), *(name for part in parts for name in _missing_of(context, part))):
        raise MissingFacts(tuple(dict.fromkeys(lacking)))
    environment = _environment(context.language, context.form, context.represented)
    body = environment.get_template(f"{context.letter}.txt.j2").render(_values(context, parts))
    return DraftText(_name(context.letter, parts), subject(context.case_number, context.language), _tidy(body))


def _protected(context: DraftContext) -> DraftContext:
    """The facts of whoever has a turvakielto, without addresses, towns and phone numbers; ours may stand."""
    ours = f"{context.sender.address} {context.sender.contact_phone}"

    def masked(facts: Mapping[str, str]) -> Mapping[str, str]:
        return {name: protection.masked(value, ours) for name, value in facts.items()}

    return replace(
        context,
        facts=masked(context.facts),
        parts=tuple(replace(part, facts=masked(part.facts)) for part in context.parts),
        question=protection.masked(context.question, ours),
        extension_explained=protection.masked(context.extension_explained, ours),
    )


def subject(case_number: str, language: str) -> str:
    """The subject line: the case number and nothing that tells what it is about. Raises UnsafeSubject."""
    if not case_number.isprintable():
        raise UnsafeSubject(case_number)
    return f"{choices.SUBJECT_WORDS[language]} {case_number}"


def _check_templates(context: DraftContext, parts: tuple[Part, ...]) -> None:
    if context.language not in choices.LANGUAGES:
        raise NoTemplate(str(context.letter), context.language)
    if context.letter is not Letter.OUTCOME:
        return
    for part in parts:
        if part.outcome is not None and part.outcome not in pairs.outcomes_for(part.kind):
            raise NoTemplate(f"{part.kind} {part.outcome}", context.language)


def _missing_of_letter(context: DraftContext) -> Iterator[str]:
    if context.letter is Letter.OUTCOME and not context.parts:
        yield "outcome"
    elif context.letter is Letter.OUTCOME:
        yield from (f"{context.parts[0].kind}.{fact.name}" for fact in _owed_once(context))
    tells = context.letter in TELLS_OF_DATA or context.facts.get("given_already", "").strip()
    if not context.identified and tells:
        yield IDENTITY
    facts, given = catalogue.letter_facts(context.letter), _letter_facts(context)
    yield from missing(facts, given)
    days = settled(facts, given)
    yield from (name for name, fits in _DAYS.items() if _misses(days.get(name), context.today, fits))


def _owed_once(context: DraftContext) -> Iterator[Fact]:
    """What an answer owes and none of its parts says: why it is late, and whose data it tells of to somebody else. The
    cause may be left open in it as a gap.
    """
    late = context.today > context.promise and not context.with_gaps
    answers = tuple((part.kind, part.outcome) for part in context.parts)
    for fact, asked in ((catalogue.LATE_REASON, late), (catalogue.DATA_SUBJECT, context.represented)):
        if asked and catalogue.owed(fact, answers) and not any(fact.read(part.facts) for part in context.parts):
            yield fact


_DAYS: Mapping[str, Callable[[date, date], bool]] = MappingProxyType(
    {
        "answer_by": ge,
        "reply_by": ge,
        "delivered_on": le,
        "copy_given_on": le,  # the first copy is free: a further one there is only after it (GDPR 15(3))
        "lifted_on": gt,  # told before, not with, the lifting (GDPR 18(3))
    }
)
"""How the days that a letter names lie to the day it is written on; one that lies otherwise is as good as missing."""


def _misses(day: object, today: date, fits: Callable[[date, date], bool]) -> bool:
    return isinstance(day, date) and not fits(day, today)


def _missing_of(context: DraftContext, part: Part) -> Iterator[str]:
    if context.letter not in TELLS_OUTCOMES:
        return
    if part.outcome is None:
        yield f"{part.kind}.outcome"
        return
    if not context.identified and catalogue.tells_of_data(part.kind, part.outcome):
        yield IDENTITY
    if context.letter is not Letter.OUTCOME:
        return
    facts = catalogue.facts_needed(part.kind, part.outcome)
    yield from (f"{part.kind}.{name}" for name in missing(facts, part.facts))
    done_on = settled(facts, part.facts).get("done_on")
    # An erasure may follow the copy that goes with the letter; everything else is told only once it is done.
    ahead = any(fact.name == "done_on" and fact.ahead for fact in facts)
    if isinstance(done_on, date) and done_on > context.today and not ahead:
        yield f"{part.kind}.done_on"
    # Nor is it told that something was erased whose copy goes with this very letter (GDPR 15(3)).
    if part.kind is RequestKind.ERASURE and isinstance(done_on, date) and done_on < context.today:
        yield from (f"{part.kind}.done_on",) if copy_first(context.parts) else ()


def _letter_facts(context: DraftContext) -> Mapping[str, str]:
    """The facts of the letter as one mapping, whichever field of the context holds them."""
    return {
        **context.facts,
        "question": context.question,
        "code": context.code,
        "new_promise": context.new_promise.isoformat() if context.new_promise else "",
        "extension_reason": context.extension_reason,
        "extension_explained": context.extension_explained,
    }


def _values(context: DraftContext, parts: tuple[Part, ...]) -> dict[str, object]:
    """Everything a template may name."""
    facts = settled(catalogue.letter_facts(context.letter), _letter_facts(context))
    outcome = context.letter is Letter.OUTCOME
    shown = tuple(sections(context.language, parts)) if context.letter in TELLS_OUTCOMES else ()
    for fact in catalogue.ONCE if outcome else ():
        if said := [getattr(section.facts, fact.name) for section in shown if hasattr(section.facts, fact.name)]:
            facts[fact.name] = said[0]
    late = context.today > context.promise
    about_nothing = context.letter in pairs.WITHOUT_A_RIGHT
    return {
        "letter": context.letter,
        "name": filters.salutation_name(context.recipient_name),
        "sender": context.sender,
        "signature": filters.paragraphs(context.signature),
        "case_number": context.case_number,
        "received_on": context.received_on,
        "counted_from": None if outcome else context.counted_from,
        "today": context.today,
        "promise": context.promise,
        "late": late,
        "in_good_time": context.promise - context.today > _A_FEW_DAYS,
        "facts": SimpleNamespace(**facts),
        "ways": context.ways,
        "channel": context.channel,
        "on_paper": context.on_paper,
        "represented": context.represented,
        "deceased": context.deceased,
        "data_subject": facts.get("data_subject", ""),
        "code": context.code,
        "asked": tuple(dict.fromkeys(part.kind for part in parts)),
        "sections": shown,
        "copy_first": copy_first(parts),
        "access_scope": next(
            (choices.access_scope(part.facts) for part in parts if part.kind is RequestKind.ACCESS), "all"
        ),
        "excepted": any(_excepted(part) for part in parts),
        "stopped_by": next((part.undone_until for part in parts if part.kind is RequestKind.MARKETING_OBJECTION), None),
        "complaint": (outcome and not context.deceased)
        or context.letter in pairs.COMPLAINED_OF
        or (late and not about_nothing),
        "remedy": any(part.outcome in pairs.NOT_ACTING for part in parts) or context.letter in pairs.COMPLAINED_OF,
        "authority": authority.ombudsman(context.language),
    }


def _excepted(part: Part) -> bool:
    """Whether a decision stays automatic by an exception of the law (GDPR 22(2)), so that a human's part in it was not
    what was refused.
    """
    return part.outcome is Outcome.REFUSED and any(one.ground and one.ground.safeguards for one in refusals(part))


def _name(letter: Letter, parts: tuple[Part, ...]) -> str:
    if letter is not Letter.OUTCOME:
        return str(letter)
    return f"{letter}/" + "+".join(f"{part.kind}.{part.outcome}" for part in parts)


def _tidy(body: str) -> str:
    """One empty line between paragraphs, none at the ends, no trailing spaces."""
    lines = (line.rstrip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@cache
def _environment(language: str, form: str, represented: bool) -> Environment:
    """The templates of one language with its filters. `te(a, b)` chooses by how Finnish addresses its reader, and a
    third text where the data is another's; `own(a, b)` chooses by that alone.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("replies", f"templates/{language}"),
        autoescape=False,  # plain text: HTML escapes would be wrong in it
        undefined=StrictUndefined,
        finalize=filters.printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # an included file ends its own line
    )
    spoken: Mapping[str, Callable[..., str]] = {
        "day": filters.day,
        "promised_day": filters.promised_day,
        "listed": filters.listed,
        "named": filters.named,
        "cite": citations.cite,
    }
    environment.filters.update({name: partial(function, language=language) for name, function in spoken.items()})
    environment.filters.update(phrase=filters.phrase, sentence=filters.sentence, paragraphs=filters.paragraphs)
    environment.filters.update(capital=filters.capital)
    environment.filters.update(one_line=filters.one_line)
    if represented:
        environment.filters["of_the_reader"] = str
    else:
        environment.filters["of_the_reader"] = partial(filters.of_the_reader, language=language, form=form)

    def address(te: str, sina: str, another: str = "") -> str:
        return another if represented and another else sina if form == "sina" else te

    environment.globals["te"] = address
    environment.globals["own"] = lambda own, another: another if represented else own
    return environment
