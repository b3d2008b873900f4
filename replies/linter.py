"""What an outgoing letter lacks and what must not stand in it, whoever wrote the text.

Owns `lint`: it reads the text that is about to be approved, a person's edits included, and names each finding with
its source. Refuses to mend the text, to block anything, and to phrase: findings are codes for the faces to say.
It knows words, not meanings: a clean letter is not thereby a right one.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from types import MappingProxyType

from replies import authority, catalogue, citations, filters, protection, wording
from replies.context import DraftContext, Part
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


_ABOUT_NO_DEADLINE = catalogue.WITHOUT_A_RIGHT | {Letter.FOLLOW_UP}
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")  # RFC 5321, 4.5.3.1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a letter. `span`: its place in the body; None for what is missing and for the subject."""

    code: str
    severity: Severity
    span: tuple[int, int] | None
    source: str


@dataclass(frozen=True, slots=True)
class Around:
    """Whom the letter is for, and who else there is: their names and addresses must not stand in it."""

    address: str = ""
    others: tuple[str, ...] = ()


NOBODY = Around()


@dataclass(frozen=True, slots=True)
class _Letter:
    """The letter under the lens."""

    body: str
    context: DraftContext
    around: Around

    @property
    def letter(self) -> Letter:
        return self.context.letter

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.context.parts

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def identified(self) -> bool:
        return self.context.identified

    @property
    def late(self) -> bool:
        """Whether the promised day of what it is about has passed."""
        return self.context.today > self.context.promise and self.letter not in _ABOUT_NO_DEADLINE

    def answers(self, outcomes: frozenset[Outcome], *kinds: RequestKind) -> bool:
        """Whether it is an answer that holds such an outcome (of one of these rights)."""
        return self.letter is Letter.OUTCOME and any(
            part.outcome in outcomes and (not kinds or part.kind in kinds) for part in self.parts
        )


def lint(body: str, subject: str, context: DraftContext, around: Around = NOBODY) -> tuple[Finding, ...]:
    """Everything wrong with the letter, in the order of the text; what is missing comes first.

    `context` is what the letter may mention, decided before it was written; the text may be a person's own.
    """
    read = _Letter(body, context, around)
    found = (*_subject(subject, read.language), *_missing(read), *_told_too_early(read), *_said(read), *_shapes(read))
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
        if rule.code in _ONLY_WHERE and not _ONLY_WHERE[rule.code](read):
            continue
        yield from (Finding(rule.code, rule.severity, span, rule.source) for span in rule.places(read.body))


def _told_too_early(read: _Letter) -> Iterator[Finding]:
    """An answer about data to somebody who has not been identified is one too early, however it is worded."""
    if read.identified:
        return
    told = any(part.outcome and catalogue.tells_of_data(part.kind, part.outcome) for part in read.parts)
    if catalogue.letter_tells_of_data(read.letter) or (read.letter is Letter.OUTCOME and told):
        rule = next(rule for rule in wording.forbidden(read.language) if rule.before_identity)
        yield Finding(rule.code, rule.severity, None, rule.source)


def _shapes(read: _Letter) -> Iterator[Finding]:
    """What neither a word in the text nor one that is missing shows."""
    rules = wording.required(read.language)
    if read.letter is Letter.EXTENSION:
        yield from (_finding(rules["extension_too_late"]),) if read.context.today > read.context.promise else ()
        yield from _placed(rules["extension_too_long"], _days_beyond_three_months(read))
    yield from _placed(rules["wrong_greeting"], _strange_greeting(read, rules["wrong_greeting"]))
    yield from _placed(rules["other_person"], _names_of_others(read))
    yield from _placed(rules["other_address"], _strange_addresses(read))
    if read.context.protected:
        yield _finding(rules["protected_person"])
        yield from _placed(rules["protected_address"], protection.places(read.body, _our_whereabouts(read)))


def _placed(rule: Required, spans: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    return (Finding(rule.code, rule.severity, span, rule.source) for span in spans)


def _days_beyond_three_months(read: _Letter) -> Iterator[tuple[int, int]]:
    """Days promised in the text that lie after the third month from receipt (GDPR 12(3))."""
    last = _months_after(read.context.received_on, 3)
    for match in re.finditer(filters.DATE_PATTERN[read.language], read.body):
        day = filters.read_day(match[0], read.language)
        if day is not None and day > last:
            yield match.span()


def _strange_greeting(read: _Letter, rule: Required) -> Iterator[tuple[int, int]]:
    """A name greeted that shares no word with the reader's own; the fault of a letter copied from another case."""
    known = set(filters.salutation_name(read.context.recipient_name).casefold().split())
    match = rule.patterns[0].search(read.body)
    if match and known and not known & set(match[1].casefold().split()):
        yield match.span(1)


def _names_of_others(read: _Letter) -> Iterator[tuple[int, int]]:
    own = read.context.recipient_name.casefold()
    for name in read.around.others:
        if len(name.split()) > 1 and name.casefold() != own:
            pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in name.split())
            yield from (match.span() for match in re.finditer(pattern, read.body, re.IGNORECASE))


def _strange_addresses(read: _Letter) -> Iterator[tuple[int, int]]:
    """Addresses that are neither the reader's, nor ours, nor the authority's, nor among the facts."""
    context = read.context
    facts = (*context.facts.values(), *(value for part in context.parts for value in part.facts.values()))
    known = (read.around.address, context.sender.contact_email, authority.ombudsman(read.language).email)
    said = " ".join((*known, context.question, context.signature, context.extension_explained, *facts)).casefold()
    for match in _ADDRESS.finditer(read.body):
        if match[0].casefold() not in said:
            yield match.span()


def _our_whereabouts(read: _Letter) -> str:
    """Addresses and numbers that may stand in any letter: the controller's and the authority's."""
    sender, ombudsman = read.context.sender, authority.ombudsman(read.language)
    return " ".join(map(str, (*astuple(sender), *astuple(ombudsman))))


def _months_after(day: date, months: int) -> date:
    """The same day-number, or the month's last where it has none (Regulation 1182/71, 3(2)(c))."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _missing(read: _Letter) -> Iterator[Finding]:
    """What this letter owes its reader and does not say."""
    for code, owed in _OWED.items():
        rule = wording.required(read.language)[code]
        if owed(read) and not _LOOKS.get(code, _by_words)(read, rule):
            yield _finding(rule)


def _finding(rule: Required) -> Finding:
    return Finding(rule.code, rule.severity, None, rule.source)


def _each_somewhere(read: _Letter, rule: Required) -> bool:
    return all(pattern.search(read.body) for pattern in rule.patterns)


def _at_least_two(read: _Letter, rule: Required) -> bool:
    """Two lines of a list: lettered ones, or bullets besides those that tell several rights asked for."""
    lettered, bullets = (len(pattern.findall(read.body)) for pattern in rule.patterns)
    asked = len({part.kind for part in read.parts})
    return lettered > 1 or bullets - (asked if asked > 1 else 0) > 1


def _controller_named(read: _Letter, _: Required) -> bool:
    return read.context.sender.name in read.body


def _reachable(read: _Letter, _: Required) -> bool:
    sender = read.context.sender
    ways = [way for way in (sender.contact_email, sender.contact_phone) if way]
    return not ways or any(way in read.body for way in ways)


def _numbered(read: _Letter, _: Required) -> bool:
    return read.context.case_number in read.body


def _receipt_told(read: _Letter, _: Required) -> bool:
    return filters.day(read.context.received_on, read.language) in read.body


def _fee_ground_cited(read: _Letter, _: Required) -> bool:
    return bool({"GDPR 12", "GDPR 15"} & citations.cited(read.body, read.language))


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
    granted = frozenset({Outcome.GRANTED})
    return read.letter is Letter.MARKETING_STOPPED or read.answers(granted, RequestKind.MARKETING_OBJECTION)


def _asks_identity(read: _Letter) -> bool:
    asking = {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION}
    return read.letter in asking or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def _complaint_due(read: _Letter) -> bool:
    if read.letter in {Letter.FEE, Letter.LATE_NOTICE, Letter.FOLLOW_UP}:
        return True
    return read.answers(_COMPLAINT_DUE) or read.answers(_GIVING, RequestKind.ACCESS)


def _keeps_an_entry(read: _Letter) -> bool:
    return _bans(read) or any(part.facts.get("suppression") == "kept" for part in read.parts)


def _waits_for_reader(read: _Letter) -> bool:
    return read.letter in {Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}


def _limited_by_the_act(read: _Letter) -> bool:
    return any(part.facts.get("ground") == "national_limit" for part in _refused(read))


def _always(_: _Letter) -> bool:
    return True


_CHANGED = (RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION)
_NO_TRACE = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.AUTOMATED_DECISION})

_OWED: Mapping[str, Callable[[_Letter], bool]] = MappingProxyType(
    {
        "controller_missing": _always,
        "contact_missing": _always,
        "number_missing": _always,
        "received_missing": _always,
        "understood_missing": lambda read: read.letter is not Letter.IDENTITY_CODE,  # it goes to whom the file names
        "complaint_missing": _complaint_due,
        "complaint_contact_missing": _complaint_due,
        "remedy_missing": lambda read: read.answers(_NOT_ACTING) or read.letter is Letter.FEE,
        "ground_missing": lambda read: read.answers(_REFUSING),
        "until_missing": lambda read: read.answers(_REFUSING),
        "ombudsman_gets_missing": _limited_by_the_act,
        "extension_date_missing": lambda read: read.letter is Letter.EXTENSION,
        "extension_reason_missing": lambda read: read.letter is Letter.EXTENSION,
        "promise_missing": _waits_for_reader,
        "voluntary_missing": lambda read: read.letter is Letter.MORE_INFORMATION,
        "nothing_confirmed_missing": _asks_identity,
        "options_missing": lambda read: (
            read.letter is Letter.IDENTITY_QUESTION or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))
        ),
        "stop_date_missing": _bans,
        "suppression_missing": _bans,
        "earlier_processing_missing": lambda read: read.answers(_GIVING, RequestKind.CONSENT_WITHDRAWAL),
        "lifting_notice_missing": lambda read: read.answers(_GIVING, RequestKind.RESTRICTION),
        "copy_missing": lambda read: read.answers(_GIVING, RequestKind.ACCESS, RequestKind.PORTABILITY),
        "access_information_missing": lambda read: read.answers(_GIVING, RequestKind.ACCESS),
        "file_format_missing": lambda read: read.answers(_GIVING, RequestKind.PORTABILITY),
        "recipients_told_missing": lambda read: read.answers(_GIVING, *_CHANGED),
        "backups_missing": lambda read: read.answers(_GIVING, RequestKind.ERASURE),
        "trace_missing": lambda read: (
            read.answers(_GIVING, RequestKind.ERASURE)
            or read.answers(frozenset({Outcome.NO_DATA}), *(set(RequestKind) - _NO_TRACE))
        ),
        "searched_missing": lambda read: read.answers(frozenset({Outcome.NO_DATA})),
        "extra_data_missing": lambda read: read.answers(frozenset({Outcome.ART11})),
        "passed_on_missing": lambda read: read.answers(frozenset({Outcome.FORWARDED})),
        "apology_missing": lambda read: read.late and read.letter is not Letter.EXTENSION,
        "firm_day_missing": lambda read: read.letter is Letter.LATE_NOTICE,
        "fee_ground_missing": lambda read: read.letter is Letter.FEE,
        "fee_amount_missing": lambda read: read.letter is Letter.FEE,
        "fee_choice_missing": lambda read: read.letter is Letter.FEE,
    }
)
"""Which letters owe what."""

_LOOKS: Mapping[str, Callable[[_Letter, Required], bool]] = MappingProxyType(
    {
        "controller_missing": _controller_named,
        "contact_missing": _reachable,
        "number_missing": _numbered,
        "received_missing": _receipt_told,
        "complaint_contact_missing": _contact_named,
        "ground_missing": _grounds_cited,
        "until_missing": _ends_told,
        "access_information_missing": _each_somewhere,
        "options_missing": _at_least_two,
        "fee_ground_missing": _fee_ground_cited,
        "fee_choice_missing": _each_somewhere,
    }
)
"""How to look for what words in one sentence do not show."""

_ONLY_WHERE: Mapping[str, Callable[[_Letter], bool]] = MappingProxyType(
    {
        "total_erasure_promised": _keeps_an_entry,
        "new_month": lambda read: read.late,
        "pdf_for_portability": lambda read: read.answers(_GIVING, RequestKind.PORTABILITY),
        "reason_demanded": lambda read: RequestKind.OBJECTION not in {part.kind for part in read.parts},
    }
)
"""Where alone some words are a fault."""
