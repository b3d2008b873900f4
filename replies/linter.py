"""What an outgoing letter lacks and what must not stand in it, whoever wrote the text.

Owns `lint`: it reads the text that is about to be approved, a person's edits included, and names each finding with
its source. Refuses to mend the text, to block anything, and to phrase: findings are codes for the faces to say.
It knows words, not meanings: a clean letter is not thereby a right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from replies import authority, catalogue, citations, filters, wording
from replies.context import Part
from replies.grounds import Ends, Ground, ground
from replies.wording import Required, Severity
from state.model import Letter, Outcome, RequestKind

CODES = wording.codes()
"""Every code a finding can have."""

_REFUSING = frozenset({Outcome.REFUSED, Outcome.PARTLY})
_GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})
_NOT_ACTING = _REFUSING | {Outcome.NOT_IDENTIFIED, Outcome.ART11}
_COMPLAINT_DUE = _NOT_ACTING | {Outcome.NO_DATA}
# Cited in every refusal anyway: they are the way to complain, not a ground.
_NO_GROUNDS = frozenset({"GDPR 12", "GDPR 77", "GDPR 79", "1050/2018 21"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a letter. `span`: its place in the body; None for what is missing and for the subject."""

    code: str
    severity: Severity
    span: tuple[int, int] | None
    source: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """The letter under the lens."""

    body: str
    letter: Letter
    parts: tuple[Part, ...]
    language: str
    identified: bool

    def answers(self, outcomes: frozenset[Outcome], kind: RequestKind | None = None) -> bool:
        """Whether it is an answer that holds such an outcome (of that right)."""
        return self.letter is Letter.OUTCOME and any(
            part.outcome in outcomes and kind in {None, part.kind} for part in self.parts
        )


def lint(  # noqa: PLR0917  # the text, then what it is read against
    body: str, subject: str, letter: Letter, parts: tuple[Part, ...], language: str, identified: bool
) -> tuple[Finding, ...]:
    """Everything wrong with the letter, in the order of the text; what is missing comes first.

    `parts` are the rights it speaks of, with outcome and facts in an outcome letter; `identified` as in DraftContext.
    """
    read = _Letter(body, letter, parts, language, identified)
    found = (*_subject(subject, language), *_missing(read), *_told_too_early(read), *_said(read))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.span or (-1, -1)))


def _subject(subject: str, language: str) -> Iterator[Finding]:
    if not re.fullmatch(rf"{catalogue.SUBJECT_WORDS[language]} \d{{4}}-\d{{4,}}", subject):
        yield _finding(wording.required(language)["subject"])


def _said(read: _Letter) -> Iterator[Finding]:
    """What stands in the text and must not."""
    for rule in wording.forbidden(read.language):
        if rule.letters and read.letter not in rule.letters:
            continue
        if rule.before_identity and read.identified:
            continue
        yield from (Finding(rule.code, rule.severity, span, rule.source) for span in rule.places(read.body))


def _told_too_early(read: _Letter) -> Iterator[Finding]:
    """An answer about data to somebody who has not been identified is one too early, however it is worded."""
    if read.identified or read.letter is not Letter.OUTCOME:
        return
    if any(part.outcome and catalogue.tells_of_data(part.kind, part.outcome) for part in read.parts):
        rule = next(rule for rule in wording.forbidden(read.language) if rule.before_identity)
        yield Finding(rule.code, rule.severity, None, rule.source)


def _missing(read: _Letter) -> Iterator[Finding]:
    """What this letter owes its reader and does not say."""
    for code, owed in _OWED.items():
        rule = wording.required(read.language)[code]
        if owed(read) and not _LOOKS.get(code, _by_words)(read, rule):
            yield _finding(rule)


def _finding(rule: Required) -> Finding:
    return Finding(rule.code, rule.severity, None, rule.source)


def _by_words(read: _Letter, rule: Required) -> bool:
    return rule.said_in(read.body)


def _contact_named(read: _Letter, _: Required) -> bool:
    return authority.ombudsman(read.language).named_in(read.body)


def _grounds_cited(read: _Letter, _: Required) -> bool:
    """Every refused part names the provision of its ground; where the ground is not known, some provision."""
    cited = citations.cited(read.body, read.language)
    chosen = [_ground(part) for part in _refused(read)]
    return all(
        citations.provision(found.provisions[0]) in cited if found else bool(cited - _NO_GROUNDS) for found in chosen
    )


def _ends_told(read: _Letter, rule: Required) -> bool:
    return all(_end_told(read, rule, part) for part in _refused(read))


def _end_told(read: _Letter, rule: Required, part: Part) -> bool:
    """A ground that ends on a date names the date; one that ends with an event says what it waits for."""
    chosen = _ground(part)
    if chosen is None or chosen.ends is None:
        return True
    if chosen.ends is Ends.ON_A_DATE:
        return _told_date(part, read.language) in read.body
    event = filters.phrase(part.facts.get("until_event", ""))
    return bool(event and event in read.body) or rule.said_in(read.body)


def _told_date(part: Part, language: str) -> str:
    """The date a letter must show; the empty text, which every letter holds, where the facts give none."""
    facts = catalogue.facts_needed(part.kind, part.outcome) if part.outcome else ()
    until = catalogue.settled(facts, part.facts).get("kept_until")
    return filters.day(until, language) if isinstance(until, date) else ""


def _refused(read: _Letter) -> Iterator[Part]:
    return (part for part in read.parts if part.outcome in _REFUSING)


def _ground(part: Part) -> Ground | None:
    return ground(part.kind, part.facts.get("ground", ""))


def _bans(read: _Letter) -> bool:
    return read.letter is Letter.MARKETING_STOPPED or read.answers(
        frozenset({Outcome.GRANTED}), RequestKind.MARKETING_OBJECTION
    )


def _asks_identity(read: _Letter) -> bool:
    asking = {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION}
    return read.letter in asking or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def _complaint_due(read: _Letter) -> bool:
    return read.answers(_COMPLAINT_DUE) or read.answers(_GIVING, RequestKind.ACCESS)


_OWED: Mapping[str, Callable[[_Letter], bool]] = MappingProxyType(
    {
        "complaint_missing": _complaint_due,
        "complaint_contact_missing": _complaint_due,
        "remedy_missing": lambda read: read.answers(_NOT_ACTING),
        "ground_missing": lambda read: read.answers(_REFUSING),
        "until_missing": lambda read: read.answers(_REFUSING),
        "extension_date_missing": lambda read: read.letter is Letter.EXTENSION,
        "extension_reason_missing": lambda read: read.letter is Letter.EXTENSION,
        "promise_missing": lambda read: (
            read.letter in {Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.MORE_INFORMATION}
        ),
        "nothing_confirmed_missing": _asks_identity,
        "stop_date_missing": _bans,
        "suppression_missing": _bans,
        "earlier_processing_missing": lambda read: read.answers(_GIVING, RequestKind.CONSENT_WITHDRAWAL),
        "lifting_notice_missing": lambda read: read.answers(_GIVING, RequestKind.RESTRICTION),
        "searched_missing": lambda read: read.answers(frozenset({Outcome.NO_DATA})),
    }
)
"""Which letters owe what."""

_LOOKS: Mapping[str, Callable[[_Letter, Required], bool]] = MappingProxyType(
    {
        "complaint_contact_missing": _contact_named,
        "ground_missing": _grounds_cited,
        "until_missing": _ends_told,
    }
)
"""How to look for what words alone do not show."""
