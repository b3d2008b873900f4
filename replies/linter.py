"""What an outgoing letter lacks and what must not stand in it, whoever wrote the text.

Owns `lint`: it reads the text that is about to be approved, a person's edits included, and names each finding with
its source. Refuses to mend the text, to block anything, and to phrase: findings are codes for the faces to say.
It knows words, not meanings: a clean letter is not thereby a right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from replies import catalogue, owed, protection, strangers, wording
from replies.context import DraftContext
from replies.lens import NOBODY, Around, Lens
from replies.wording import Required, Severity
from state.model import Letter

CODES = wording.codes()
"""Every code a finding can have."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a letter. `span`: its place in the body; None for what is missing and for the subject."""

    code: str
    severity: Severity
    span: tuple[int, int] | None
    source: str


def lint(body: str, subject: str, context: DraftContext, around: Around = NOBODY) -> tuple[Finding, ...]:
    """Everything wrong with the letter, in the order of the text; what is missing comes first.

    `context` is what the letter may mention, decided before it was written; the text may be a person's own.
    """
    read = Lens(body, context, around)
    found = (*_subject(subject, read.language), *_missing(read), *_told_too_early(read), *_said(read), *_shapes(read))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.span or (-1, -1)))


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
        yield from (Finding(rule.code, rule.severity, span, rule.source) for span in rule.places(read.body))


def _told_too_early(read: Lens) -> Iterator[Finding]:
    """An answer about data to somebody who has not been identified is one too early, however it is worded."""
    if read.identified:
        return
    told = any(part.outcome and catalogue.tells_of_data(part.kind, part.outcome) for part in read.parts)
    if catalogue.letter_tells_of_data(read.letter) or (read.letter is Letter.OUTCOME and told):
        rule = next(rule for rule in wording.forbidden(read.language) if rule.before_identity)
        yield Finding(rule.code, rule.severity, None, rule.source)


def _shapes(read: Lens) -> Iterator[Finding]:
    """What neither a word in the text nor one that is missing shows."""
    rules = wording.required(read.language)
    if read.letter is Letter.EXTENSION:
        yield from (_finding(rules["extension_too_late"]),) if read.context.today > read.context.promise else ()
        yield from _placed(rules["extension_too_long"], strangers.days_beyond_three_months(read))
    yield from _placed(rules["wrong_greeting"], strangers.greetings(read, rules["wrong_greeting"]))
    yield from _placed(rules["other_person"], strangers.names(read))
    yield from _placed(rules["other_address"], strangers.addresses(read))
    if owed.undone_unsaid(read):
        yield _finding(rules["undone_unsaid"])
    if owed.recipients_contradict(read, rules["recipients_contradict"]):
        yield _finding(rules["recipients_contradict"])
    if read.around.more_held:
        yield from _placed(
            rules["nothing_else_contradicts"], owed.nothing_else(read, rules["nothing_else_contradicts"])
        )
    if read.context.protected:
        yield _finding(rules["protected_person"])
        yield from _placed(rules["protected_address"], protection.places(read.body, strangers.our_whereabouts(read)))


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
