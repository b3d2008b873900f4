"""What an outgoing letter lacks and what must not stand in it, whoever wrote the text.

Owns `lint`: it reads the text that is about to be approved, a person's edits included, and names each finding with
its source. Refuses to mend the text, to block anything, and to phrase: findings are codes for the faces to say.
It knows words, not meanings: a clean letter is not thereby a right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from replies import additions, catalogue, keeping, owed, protection, strangers, wording
from replies.context import DraftContext
from replies.demands import demanded
from replies.lens import NOBODY, Around, Lens
from replies.wording import Forbidden, Required, Severity
from state.model import TELLS_OF_DATA, Letter

_WORDS_OF_REASON = 2  # "sata puhelua" says what and how much
_OWN_TOO_EARLY = "own_sentence_before_identity"
_BY_POST = timedelta(days=7)  # our choice: a letter is carried up to four working days, and is to be read
_GROUND_IN_OWN_WORDS = frozenset({Letter.EXTENSION, Letter.FEE})
"""Letters whose ground the controller has to show, and a person words: no list knows every reason that is none."""

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
    found = (*_subject(subject, read.language), *_missing(read), *_told_too_early(read), *_said(read), *_shapes(read))
    return tuple(sorted(dict.fromkeys(_said_once(found)), key=lambda finding: finding.span or (-1, -1)))


def _said_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """What was found; of a sentence that is an error already, its being somebody's own needs no other."""
    found = tuple(found)
    errors = [one.span for one in found if one.severity is Severity.ERROR and one.span and one.code != _OWN_TOO_EARLY]
    for one in found:
        begins, ends = one.span or (0, 0)
        if one.code != _OWN_TOO_EARLY or not any(begins <= start and end <= ends for start, end in errors):
            yield one


def _subject(subject: str, language: str) -> Iterator[Finding]:
    if not re.fullmatch(rf"{catalogue.SUBJECT_WORDS[language]} \d{{4}}-\d{{4,}}", subject):
        yield _finding(wording.required(language)["subject"])


def _said(read: Lens) -> Iterator[Finding]:
    """What stands in the text and must not."""
    for rule in wording.forbidden(read.language):
        if rule.letters and read.letter not in rule.letters:
            continue
        if rule.before_identity and read.identified:
            continue
        if rule.code in owed.ONLY_WHERE and not owed.ONLY_WHERE[rule.code](read):
            continue
        spans = (span for span in rule.places(read.body) if not _only_told(read, rule, span))
        yield from (Finding(rule.code, rule.severity, span, rule.source) for span in spans)


def _only_told(read: Lens, rule: Forbidden, span: tuple[int, int]) -> bool:
    """Whether what stands there is no fault as it tells what is held and neither asks for it nor gives a reason."""
    if rule.demand:
        return not _demanded(read, span)
    return rule.code in owed.OF_REASONS and _among_facts(read, span)


def _among_facts(read: Lens, span: tuple[int, int]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in owed.told(read))


def _demanded(read: Lens, span: tuple[int, int]) -> bool:
    """Whether what stands there is asked for. A letter that asks who somebody is names nothing else; any other may name
    what is held, as the facts of an answer do in their own words ("from you, when you give your identity code").
    """
    if owed.asks_identity(read):
        return True
    if _among_facts(read, span):
        return False
    return demanded(wording.sentence_around(read.body, *span), read.language, telling=_tells(read))


def _tells(read: Lens) -> bool:
    """Whether the letter says something of what is or is not held."""
    told = any(part.outcome and catalogue.tells_of_data(part.kind, part.outcome) for part in read.parts)
    return read.letter in TELLS_OF_DATA or (read.letter is Letter.OUTCOME and told)


def _told_too_early(read: Lens) -> Iterator[Finding]:
    """An answer about data to somebody who has not been identified is one too early, however it is worded."""
    if not read.identified and _tells(read):
        rule = next(rule for rule in wording.forbidden(read.language) if rule.before_identity)
        yield Finding(rule.code, rule.severity, None, rule.source)


def _shapes(read: Lens) -> Iterator[Finding]:
    """What neither a word in the text nor one that is missing shows."""
    rules = wording.required(read.language)
    yield from _of_its_kind(read, rules)
    yield from _placed(rules["wrong_greeting"], strangers.greetings(read, rules["wrong_greeting"]))
    yield from _placed(rules["other_person"], strangers.names(read))
    yield from _placed(rules["other_address"], strangers.addresses(read))
    if not read.identified:
        yield from _placed(rules["own_words_before_identity"], additions.filled_in(read))
    yield from (_owned(read, rule, span) for rule, span in additions.own(read, rules))
    yield from (_owned(read, rules["person_named"], span) for span in additions.naming(read))
    if owed.undone_unsaid(read):
        yield _finding(rules["undone_unsaid"])
    yield from _placed(rules["afterwards_contradicts"], owed.afterwards(read, rules["afterwards_contradicts"]))
    if owed.collected_in_part(read):
        yield _finding(rules["uncollected"])
    if owed.asked_after_work(read):
        yield _finding(rules["fee_after_work"])
    yield from _placed(rules["fee_number_alone"], owed.number_alone(read, rules["fee_number_alone"]))
    yield from _placed(rules["never_asked"], owed.never_asked(read))
    if owed.recipients_contradict(read, rules["recipients_contradict"]):
        yield _finding(rules["recipients_contradict"])
    if read.around.more_held:
        yield from _placed(
            rules["nothing_else_contradicts"], owed.nothing_else(read, rules["nothing_else_contradicts"])
        )
    yield from _placed(
        rules["kept_beyond_accounting"], keeping.beyond_accounting(read, rules["kept_beyond_accounting"])
    )
    yield from _placed(rules["accounting_unexplained"], keeping.law_alone(read, rules["accounting_unexplained"]))
    yield from _placed(rules["until_no_event"], keeping.endless(read, rules["until_no_event"]))
    yield from _placed(rules["years_kept_together"], keeping.years_together(read))
    yield from _placed(rules["keeping_over"], keeping.over(read))
    yield from _placed(rules["backups_over"], keeping.overwritten(read))
    if read.context.protected:
        yield _finding(rules["protected_person"])
        yield from _placed(rules["protected_address"], protection.places(read.body, strangers.our_whereabouts(read)))


def _of_its_kind(read: Lens, rules: Mapping[str, Required]) -> Iterator[Finding]:
    """What only a letter of its kind can have wrong."""
    if read.letter is Letter.EXTENSION:
        yield from (_finding(rules["extension_too_late"]),) if read.context.today > read.context.promise else ()
        yield from _placed(rules["extension_too_long"], strangers.days_beyond_three_months(read))
        yield from _thin_reason(read)
    if read.letter in _GROUND_IN_OWN_WORDS:
        yield from (_owned(read, rules["own_ground"], span) for span in additions.filled_in(read))
    if _lifted_too_soon(read):
        yield _finding(rules["lifted_too_soon"])


def _lifted_too_soon(read: Lens) -> bool:
    """Whether a restriction is lifted before a notice on paper can have come: the person is to know beforehand."""
    lifted = read.context.facts.get("lifted_on", "")
    if read.letter is not Letter.RESTRICTION_LIFTED or not read.context.on_paper or not lifted:
        return False
    return date.fromisoformat(lifted) < read.context.today + _BY_POST


def _thin_reason(read: Lens) -> Iterator[Finding]:
    """A reason to extend that says nothing, or not how much: that the request is complex is what it has to show."""
    rules = wording.required(read.language)
    if not (place := owed.extension_explained(read, rules["extension_reason_missing"])):
        return
    said = read.body[slice(*place)]
    if len(re.findall(r"\w{2,}", said)) < _WORDS_OF_REASON:
        yield from _placed(rules["extension_vague"], (place,))
        return
    claimed = owed.shows_how_many(read, rules["extension_uncounted"], place[0])
    rule = rules["extension_uncounted" if claimed else "extension_unmeasured"]
    if not any(pattern.search(said) for pattern in (claimed or rule.patterns)):
        yield from _placed(rule, (place,))
    handful, more = rules["extension_few"].patterns
    if handful.search(said) and not more.search(said):
        yield from _placed(rules["extension_few"], (place,))


def _owned(read: Lens, rule: Required, span: tuple[int, int]) -> Finding:
    return replace(_finding(rule), span=span, sentence=read.body[slice(*span)].strip())


def _placed(rule: Required, spans: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    return (Finding(rule.code, rule.severity, span, rule.source) for span in spans)


def _missing(read: Lens) -> Iterator[Finding]:
    """What this letter owes its reader and does not say."""
    for code, owes in owed.OWED.items():
        rule = wording.required(read.language)[code]
        if owes(read) and not owed.said(read, rule):
            yield _finding(rule)


def _finding(rule: Required) -> Finding:
    return Finding(rule.code, rule.severity, None, rule.source)
