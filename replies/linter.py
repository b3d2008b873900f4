"""What an outgoing letter lacks and what must not stand in it, whoever wrote the text.

Owns `lint`: it reads the text that is about to be approved, a person's edits included, and names each finding with
its source. Refuses to mend the text, to block anything, and to phrase: findings are codes for the faces to say.
It knows words, not meanings: a clean letter is not thereby a right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from replies import (
    accounting,
    acts,
    additions,
    catalogue,
    causes,
    choices,
    clauses,
    contradictions,
    days,
    fields,
    hindrances,
    informed,
    keeping,
    lost,
    occasions,
    owed,
    presence,
    promises,
    reasons,
    secrecy,
    strangers,
    unnamed,
    whereabouts,
    wording,
)
from replies.context import DraftContext
from replies.demands import demanded, spared
from replies.lens import NOBODY, Around, Lens
from replies.wording import Forbidden, Required, Severity
from state.model import TELLS_OF_DATA, TELLS_OUTCOMES, Letter

_Finds = Callable[[Lens, Required], Iterable[tuple[int, int] | None]]
_LESSER = frozenset(
    {"own_sentence_before_identity", "other_language", "further_request_hindered", "data_demanded"}
    | {"act_in_own_words", "item_unchecked", "reviewer_unclear", "cause_unchecked"}
)
"""What goes without saying where an error is told of the same place."""
_GROUND_IN_OWN_WORDS = frozenset({Letter.EXTENSION, Letter.FEE, Letter.RESTRICTION_LIFTED})
"""Letters whose ground the controller has to show, and a person words: no list knows every reason that is none. Of an
answer, the reasons of its refusals are such words.
"""

CODES = wording.codes()
"""Every code a finding can have."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a letter. `span`: its place in the body; None for what is missing and for the subject.
    `sentence`: the person's own one that stands there, where they are to answer for it.
    """

    code: str
    severity: Severity
    span: tuple[int, int] | None
    source: str
    sentence: str = ""


def lint(body: str, subject: str, context: DraftContext, around: Around = NOBODY) -> tuple[Finding, ...]:
    """Everything wrong with the letter, in the order of the text; what is missing comes first.

    `context` is what the letter may mention, decided before it was written; the text may be a person's own.
    """
    read = Lens(body, context, around)
    found = (
        *_subject(subject, read.language),
        *_missing(read),
        *_told_too_early(read),
        *_said(read),
        *_shapes(read),
        *_in_fields(read),
        *_hindering(read),
        *_by_a_person(read),
    )
    return tuple(sorted(dict.fromkeys(_said_once(found)), key=lambda finding: finding.span or (-1, -1)))


def _said_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """What was found. What is an error already needs no other for being somebody's own, nor a remark on its words."""
    found = tuple(found)
    errors = [one.span for one in found if one.severity is Severity.ERROR and one.span and one.code not in _LESSER]
    for one in found:
        begins, ends = one.span or (0, 0)
        if one.code not in _LESSER or not any(start < ends and begins < end for start, end in errors):
            yield one


def _subject(subject: str, language: str) -> Iterator[Finding]:
    if not re.fullmatch(rf"{choices.SUBJECT_WORDS[language]} \d{{4}}-\d{{4,}}", subject):
        yield _finding(wording.required(language)["subject"])


def _said(read: Lens) -> Iterator[Finding]:
    """What stands in the text and must not."""
    for rule in wording.forbidden(read.language):
        if rule.letters and read.letter not in rule.letters:
            continue
        if rule.before_identity and read.identified:
            continue
        if rule.code in occasions.ONLY_WHERE and not occasions.ONLY_WHERE[rule.code](read):
            continue
        spans = (span for span in rule.places(read.body) if not _only_told(read, rule, span))
        spans = (span for span in spans if rule.code != "other_language" or not _of_our_name(read, span))
        yield from (_finding(rule, span) for span in spans)


def _only_told(read: Lens, rule: Forbidden, span: tuple[int, int]) -> bool:
    """Whether what stands there is no fault as it tells what is held and neither asks for it nor gives a reason."""
    if rule.demand:
        return not _demanded(read, span)
    return rule.code in occasions.OF_REASONS and _among_facts(read, span)


def _of_our_name(read: Lens, span: tuple[int, int]) -> bool:
    """Whether what stands there is of the name or address of whoever writes, which are of no language."""
    sender = read.context.sender
    shown = (place for ours in (sender.name, *sender.joint, sender.address) if ours for place in read.shows(ours))
    return any(start <= span[0] and span[1] <= end for start, end in shown)


def _among_facts(read: Lens, span: tuple[int, int]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in occasions.told(read))


def _demanded(read: Lens, span: tuple[int, int]) -> bool:
    """Whether what stands there is asked for. A letter that asks who somebody is names nothing else; any other may name
    what is held, as the facts of an answer do in their own words ("from you, when you give your identity code").
    """
    if spared(clauses.around(read.body, span[1], read.language), read.language):
        return False
    if occasions.asks_identity(read) or fields.asked(read, span):
        return True
    if _among_facts(read, span):
        return False
    return demanded(wording.sentence_around(read.body, *span), read.language, telling=_tells(read))


def _tells(read: Lens) -> bool:
    """Whether the letter says something of what is or is not held."""
    told = any(part.outcome and catalogue.tells_of_data(part.kind, part.outcome) for part in read.parts)
    return read.letter in TELLS_OF_DATA or (read.letter in TELLS_OUTCOMES and told)


def _told_too_early(read: Lens) -> Iterator[Finding]:
    """An answer about data to somebody who has not been identified is one too early, however it is worded."""
    if not read.identified and _tells(read):
        rule = next(rule for rule in wording.forbidden(read.language) if rule.before_identity)
        yield _finding(rule)


def _shapes(read: Lens) -> Iterator[Finding]:
    """What neither a word in the text nor one that is missing shows."""
    rules = wording.required(read.language)
    for code, finds in _SHAPES.items():
        yield from (_finding(rules[code], span) for span in finds(read, rules[code]))


def _in_fields(read: Lens) -> Iterator[Finding]:
    """What a person filled into the form and must not have: the same is a fault there as in an edited letter."""
    rules = _every_rule(read.language)
    yield from (_finding(rules[code], span) for code, span in fields.faults(read))
    yield from (_owned(read, wording.required(read.language)[code], span) for code, span in acts.places(read))
    yield from (_owned(read, wording.required(read.language)[code], span) for code, span in informed.unclear(read))
    if not contradictions.processors_denied(read):
        untold = informed.left_out(read)
        yield from (replace(_finding(rules[code], span), sentence=name) for code, name, span in untold)
    cause = wording.required(read.language)["cause_unchecked"]
    yield from (_owned(read, cause, span) for span in causes.unclear(read))
    person = wording.required(read.language)["person_named"]
    yield from (_owned(read, person, span) for span in fields.naming(read))


@cache
def _every_rule(language: str) -> Mapping[str, Required | Forbidden]:
    return {**{one.code: one for one in wording.forbidden(language)}, **wording.required(language)}


def _hindering(read: Lens) -> Iterator[Finding]:
    """What takes from the reader what is theirs, in whoever's words."""
    rules = _every_rule(read.language)
    yield from (_finding(rules[code], span) for code, span in hindrances.places(read))


def _by_a_person(read: Lens) -> Iterator[Finding]:
    """The sentences of a person's own that they are to answer for."""
    rules, written = wording.required(read.language), additions.added(read)
    yield from (_finding(rules[code]) for code in lost.codes(read, rules["left_out_missing"], written))
    judged = tuple(unnamed.places(read))
    filled_in = tuple(span for span in additions.filled_in(read, written) if not _meets(span, judged))
    if not read.identified:
        yield from (_owned(read, rules[additions.of_form(read, rules, span)], span) for span in filled_in)
    else:
        grounds = filled_in if read.letter in _GROUND_IN_OWN_WORDS else additions.of_refusals(read, filled_in)
        yield from (_owned(read, rules["own_ground"], span) for span in grounds)
        if read.letter is Letter.MORE_INFORMATION:
            yield from (_owned(read, rules["own_sentence"], span) for span in filled_in)
    yield from (_owned(read, rule, span) for rule, span in additions.own(read, rules, written))
    yield from (_owned(read, rules["person_named"], span) for span in additions.naming(read, written))
    yield from (_owned(read, rules["copy_in_plain_mail"], span) for span in secrecy.in_plain_mail(read))


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _owned(read: Lens, rule: Required, span: tuple[int, int]) -> Finding:
    return replace(_finding(rule, span), sentence=read.body[slice(*span)].strip())


def _whole(holds: Callable[[Lens], bool]) -> _Finds:
    """A rule of the letter as a whole, at no place."""
    return lambda read, _: (None,) if holds(read) else ()


def _places(looks: Callable[[Lens], Iterable[tuple[int, int]]]) -> _Finds:
    return lambda read, _: looks(read)


_SHAPES: Mapping[str, _Finds] = MappingProxyType(
    {
        "extension_too_late": _whole(days.extension_too_late),
        "extension_too_long": _places(days.beyond_three_months),
        "extension_vague": _places(reasons.vague),
        "extension_uncounted": reasons.uncounted,
        "extension_unmeasured": reasons.unmeasured,
        "extension_few": reasons.few,
        "extension_own_work": reasons.of_our_own,
        "fee_after_work": _whole(reasons.asked_after_work),
        "fee_number_alone": reasons.number_alone,
        "fee_disproportionate": reasons.disproportionate,
        "fee_uncounted": reasons.fee_uncounted,
        "reasons_untold": _whole(reasons.untold),
        "refusal_unexplained": reasons.law_alone,
        "late_far": _places(days.far),
        "late_too_far": _places(days.too_far),
        "answer_beyond": _places(promises.beyond),
        "reply_too_late": _places(days.reply_too_late),
        "lifted_too_soon": _whole(days.lifted_too_soon),
        "wrong_greeting": strangers.greetings,
        "taken_for_the_reader": strangers.taken_for_the_reader,
        "other_person": _places(strangers.names),
        "other_address": _places(strangers.addresses),
        "answers_apart": _whole(contradictions.answers_apart),
        "restricted_erased": contradictions.restricted_erased,
        "restricted_beside_erased": _places(contradictions.restricted_beside_erased),
        "needed_for_stopped": contradictions.needed_for_stopped,
        "needed_beside_stopped": _places(contradictions.needed_beside_stopped),
        "channels_left_out": _places(contradictions.channels_left_out),
        "undone_unsaid": _whole(contradictions.undone_unsaid),
        "afterwards_contradicts": contradictions.afterwards,
        "uncollected": _whole(contradictions.collected_in_part),
        "everywhere_unknown": contradictions.everywhere,
        "effort_alone": reasons.effort_alone,
        "never_asked": _places(contradictions.never_asked),
        "beyond_the_material": _places(unnamed.beyond),
        "item_empty": informed.empty,
        "reviewed_by_machine": informed.by_machine,
        "transfer_unsafe": informed.unsafe,
        "transfers_denied": _places(informed.transfers_denied),
        "sensitive_in_mail": secrecy.in_the_mail,
        "sensitive_attached": _whole(secrecy.attached),
        "field_in_other_language": fields.foreign,
        "joint_untold": _whole(contradictions.joint_untold),
        "processors_denied": _whole(contradictions.processors_denied),
        "processors_untold": _whole(contradictions.processors_untold),
        "recipients_contradict": contradictions.recipients,
        "nothing_else_contradicts": contradictions.nothing_else,
        "kept_beyond_accounting": accounting.beyond,
        "kept_as_other_material": accounting.of_other_material,
        "accounting_unexplained": accounting.law_alone,
        "until_no_event": keeping.endless,
        "years_kept_together": accounting.years_together,
        "kept_in_other_years": _places(accounting.in_other_years),
        "counted_from_other_years": _places(accounting.of_other_years),
        "newest_to_come": _places(accounting.to_come),
        "keeping_over": _places(accounting.over),
        "keeping_long": _places(keeping.long),
        "done_before_receipt": _places(days.before_receipt),
        "link_days": _places(days.link),
        "passed_on_amiss": _places(days.passed_on),
        "backups_over": _places(keeping.overwritten),
        "protected_person": _whole(lambda read: read.context.protected),
        "protected_address": _places(whereabouts.places),
    }
)
"""Where each of these is found: its places, or None for the letter as a whole."""


def _missing(read: Lens) -> Iterator[Finding]:
    """What this letter owes its reader and does not say."""
    affirmed = additions.affirmed(read)
    for code, owes in owed.OWED.items():
        rule = wording.required(read.language)[code]
        if owes(read) and not presence.said(affirmed if rule.affirmed else read, rule):
            yield _finding(rule)


def _finding(rule: Required | Forbidden, span: tuple[int, int] | None = None) -> Finding:
    return Finding(rule.code, rule.severity, span, rule.source)
