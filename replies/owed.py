"""Which letter owes its reader what, and how to see whether it says it (GDPR 12(1)-(6), 15(1), 17-22).

Owns the tables from letters and outcomes to what must stand in the text, and where alone some words are a fault.
Refuses to know the words: those are `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from replies import authority, catalogue, citations, filters
from replies.context import Part
from replies.grounds import Ends, Ground, ground
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter, Outcome, RequestKind

_REFUSING = frozenset({Outcome.REFUSED, Outcome.PARTLY})
_GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})
_NOT_ACTING = _REFUSING | {Outcome.NOT_IDENTIFIED, Outcome.ART11}
_REASONS = frozenset({"explained", "other_law", "until_event", "late_reason"})
_COMPLAINT_DUE = _NOT_ACTING | {Outcome.NO_DATA}
# Cited in every refusal anyway: they are the way to complain, not a ground.
_NO_GROUNDS = frozenset({"GDPR 12", "GDPR 77", "GDPR 79", "1050/2018 21"})


def said(read: Lens, rule: Required) -> bool:
    """Whether the letter says what the rule wants, in one sentence or wherever that rule looks."""
    return _LOOKS.get(rule.code, _by_words)(read, rule)


def recipients_contradict(read: Lens, nobody: Required) -> bool:
    """Whether the copy names recipients whom another part of the same letter says there are none of."""
    named = any(
        not any(pattern.search(part.facts["recipients"]) for pattern in nobody.patterns)
        for part in read.parts
        if part.facts.get("recipients", "").strip()
    )
    return named and any(part.facts.get("notified") == "no_recipients" for part in read.parts)


def undone_unsaid(read: Lens) -> bool:
    """Whether the letter tells of what is not done everywhere yet, and not by which day to come it will be."""
    said = _without_own_day(read)
    days = (part.undone_until for part in read.parts if part.undone_until)
    return any(day < read.context.today or not filters.names_day(said, day, read.language) for day in days)


def _without_own_day(read: Lens) -> str:
    """The letter without the line of the case's number, which bears its own day: that promises and tells nothing."""
    return "\n".join(line for line in read.body.splitlines() if read.context.case_number not in line)


def afterwards(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what is said to become of the data goes against the answer: that the processing which stopped goes on, that
    data was erased which another part keeps or a task has still to reach, or is kept which another part erases.
    """
    goes_on, erased, kept = rule.patterns
    kinds = {part.outcome: part for part in read.parts if part.kind is RequestKind.ERASURE}
    for part in read.parts:
        said = filters.phrase(part.facts.get("afterwards", ""))
        if part.outcome not in _GIVING or not said:
            continue
        against = [goes_on]
        if part.undone_until or not kinds.keys().isdisjoint(_REFUSING):
            against.append(erased)
        if Outcome.GRANTED in kinds:
            against.append(kept)
        if any(pattern.search(said) for pattern in against):
            yield from (match.span() for match in re.finditer(re.escape(said), read.body))


def collected_in_part(read: Lens) -> bool:
    """Whether the letter gives a copy, or says that nothing is held, of data that has not been collected everywhere.

    What somebody asks of the processing alone, and of its recipients, needs no collecting (GDPR 15(1)).
    """
    if read.letter is not Letter.OUTCOME:
        return False
    waiting = (part for part in read.parts if part.uncollected)
    return any(
        part.outcome is Outcome.NO_DATA
        or (part.outcome in _GIVING and catalogue.access_scope(part.facts) in catalogue.COPIED)
        for part in waiting
    )


def nothing_else(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the letter says that nothing but what is kept is held."""
    return (match.span() for pattern in rule.patterns for match in pattern.finditer(read.body))


def asks_identity(read: Lens) -> bool:
    """Whether the letter asks who somebody is, or tells that they did not show it."""
    asking = {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION}
    return read.letter in asking or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def extension_explained(read: Lens, reason: Required) -> tuple[int, int] | None:
    """Where a letter says what makes the request complex: after the colon, or the rest of the line that names the
    lawful reason. None where it names none.
    """
    words = "|".join(one.pattern for one in reason.patterns)
    named = re.search(rf"(?:{words})\w*", read.body, re.IGNORECASE)
    if named is None:
        return None
    ends = read.body.find("\n", named.end())
    ends = ends if ends >= 0 else len(read.body)
    colon = read.body.find(":", named.end(), ends)
    return (colon + 1 if colon >= 0 else named.end()), ends


def shows_how_many(read: Lens, rule: Required, begins: int) -> tuple[re.Pattern[str], ...]:
    """What would show that there is much to go through, or that there are several requests, where the line of the
    reason that begins there claims so; nothing where it claims neither.
    """
    claiming = read.body[read.body.rfind("\n", 0, begins) + 1 : begins]
    pairs = zip(rule.patterns[::2], rule.patterns[1::2], strict=True)
    return tuple(shown for claim, shown in pairs if claim.search(claiming))


def asked_after_work(read: Lens) -> bool:
    """Whether a fee is asked for work that has begun: it is told before, so that its reader may withdraw."""
    return read.letter is Letter.FEE and any(part.begun for part in read.parts)


def number_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a fee calls a request excessive and tells of nothing but how many there were."""
    excessive, reason, shown = rule.patterns
    if read.letter is Letter.FEE and excessive.search(read.body):
        yield from (match.span(1) for match in reason.finditer(read.body) if not shown.search(match[1]))


def never_asked(read: Lens) -> Iterator[tuple[int, int]]:
    """Where "not identified" tells of a question on a day on which none left from this case, or none can have."""
    for part in read.parts if read.answers(frozenset({Outcome.NOT_IDENTIFIED})) else ():
        facts = catalogue.facts_needed(part.kind, part.outcome) if part.outcome else ()
        day = catalogue.settled(facts, part.facts).get("asked_on")
        if isinstance(day, date) and not _may_have_asked(read, day):
            yield from (match.span() for match in re.finditer(re.escape(filters.day(day, read.language)), read.body))


def _may_have_asked(read: Lens, day: date) -> bool:
    known = read.around.asked_on
    return read.context.received_on <= day <= read.context.today and (known is None or day in known)


def told(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the letter tells of what was given, in the words of its facts: each line of them by itself. Why the rest
    was not given is no such thing.
    """
    given = (part.facts.items() for part in read.parts if part.outcome in _GIVING)
    values = (filters.plain(value) for facts in given for name, value in facts if name not in _REASONS)
    lines = (line.strip(" .") for value in values for line in value.splitlines())
    for line in filter(None, dict.fromkeys(lines)):
        yield from (match.span() for match in re.finditer(re.escape(line), read.body, re.IGNORECASE))


def _each_somewhere(read: Lens, rule: Required) -> bool:
    return all(pattern.search(read.body) for pattern in rule.patterns)


def _at_least_two(read: Lens, rule: Required) -> bool:
    """Two lines of a list: lettered ones, or bullets besides those that tell several rights asked for."""
    lettered, bullets = (len(pattern.findall(read.body)) for pattern in rule.patterns)
    asked = len({part.kind for part in read.parts})
    return lettered > 1 or bullets - (asked if asked > 1 else 0) > 1


def _controller_named(read: Lens, _: Required) -> bool:
    return read.context.sender.name in read.body


def _reachable(read: Lens, _: Required) -> bool:
    """A mail can be answered, so that one whose sender is not known to have another way in has that one."""
    sender = read.context.sender
    ways = [way for way in (sender.contact_email, sender.contact_phone) if way]
    return read.context.on_paper or not ways or any(way in read.body for way in ways)


def _way_in(read: Lens, _: Required) -> bool:
    """Paper cannot be answered by itself: it names an address or a number of ours (GDPR 12(2))."""
    return any(_ways_in(read))


def _way_in_without_mail(read: Lens, _: Required) -> bool:
    """Whoever wrote on paper may have no e-mail."""
    found = tuple(_ways_in(read))
    return not found or found != (read.context.sender.contact_email,)


def _ways_in(read: Lens) -> Iterator[str]:
    """Our ways in that the text names, whatever its line breaks."""
    sender, text = read.context.sender, " ".join(read.body.split())
    known = (filters.one_line(sender.address), sender.contact_phone, sender.contact_email)
    return (way for way in known if way and way in text)


def _numbered(read: Lens, _: Required) -> bool:
    return read.context.case_number in read.body


def _receipt_told(read: Lens, _: Required) -> bool:
    return filters.day(read.context.received_on, read.language) in _without_own_day(read)


def _fee_ground_cited(read: Lens, _: Required) -> bool:
    return bool({"GDPR 12", "GDPR 15"} & citations.cited(read.body, read.language))


def _by_words(read: Lens, rule: Required) -> bool:
    return rule.said_in(read.body)


def _contact_named(read: Lens, _: Required) -> bool:
    return authority.ombudsman(read.language).named_in(read.body)


def _grounds_cited(read: Lens, _: Required) -> bool:
    """Every refused part names the provision of its ground; where the ground is not known, some provision."""
    cited = citations.cited(read.body, read.language)
    chosen = [_ground(part) for part in _refused(read)]
    return all(
        citations.provision(found.provisions[0]) in cited if found else bool(cited - _NO_GROUNDS) for found in chosen
    )


def _ends_told(read: Lens, rule: Required) -> bool:
    return all(_end_told(read, rule, part) for part in _refused(read))


def _other_law_named(read: Lens, rule: Required) -> bool:
    """Whether each provision of a further Act is named by its section, wherever the letter leads to one."""
    lead, section = rule.patterns
    named = [read.body[match.end() :].partition("\n")[0] for match in lead.finditer(read.body)]
    return all(map(section.search, named or [read.body]))


def _end_told(read: Lens, rule: Required, part: Part) -> bool:
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


def _refused(read: Lens) -> Iterator[Part]:
    return (part for part in read.parts if part.outcome in _REFUSING)


def _ground(part: Part) -> Ground | None:
    return ground(part.kind, part.facts.get("ground", ""))


def _bans(read: Lens) -> bool:
    granted = frozenset({Outcome.GRANTED})
    return read.letter is Letter.MARKETING_STOPPED or read.answers(granted, RequestKind.MARKETING_OBJECTION)


def _complaint_due(read: Lens) -> bool:
    if read.letter in {Letter.FEE, Letter.LATE_NOTICE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}:
        return True
    return read.answers(_COMPLAINT_DUE) or read.answers(_GIVING, RequestKind.ACCESS)


def _keeps_an_entry(read: Lens) -> bool:
    return _bans(read) or any(part.facts.get("suppression") == "kept" for part in read.parts)


def _waits_for_reader(read: Lens) -> bool:
    return read.letter in {Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}


def _late(read: Lens) -> bool:
    """An extension is not late but unlawful then, and a code goes to whom the file names: neither explains a delay."""
    return read.late and read.letter not in {Letter.EXTENSION, Letter.IDENTITY_CODE}


_ASKING = frozenset(
    {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}
)


def _gives_access(read: Lens, *scopes: str) -> bool:
    """Whether it gives access in one of these scopes."""
    given = (part for part in read.parts if part.kind is RequestKind.ACCESS and part.outcome in _GIVING)
    return read.letter is Letter.OUTCOME and any(catalogue.access_scope(part.facts) in scopes for part in given)


def _limited_by_the_act(read: Lens) -> bool:
    return any(part.facts.get("ground") == "national_limit" for part in _refused(read))


def _limited_by_another_act(read: Lens) -> bool:
    return any((chosen := _ground(part)) is not None and chosen.other_law for part in _refused(read))


def _denies(read: Lens) -> bool:
    """Whether it gives the reason of a refusal or of a fee."""
    return read.letter is Letter.FEE or read.answers(_REFUSING)


def _denies_without_claim(read: Lens) -> bool:
    """The same where no refusal stands on a legal claim of ours, which may well be told."""
    return _denies(read) and not any(part.facts.get("ground") == "legal_claim" for part in _refused(read))


def _asks_who(read: Lens) -> bool:
    """Whether the letter asks its reader who they are: in doing so it gives its reason, and more ways than one."""
    return read.letter is Letter.IDENTITY_QUESTION or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def _always(_: Lens) -> bool:
    return True


# One goes to whom the file names, the other tells what was granted.
_NOTHING_ASKED = frozenset({Letter.IDENTITY_CODE, Letter.RESTRICTION_LIFTED})
_CHANGED = (RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION)
_NO_TRACE = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.AUTOMATED_DECISION})

OWED: Mapping[str, Callable[[Lens], bool]] = MappingProxyType(
    {
        "controller_missing": _always,
        "contact_missing": _always,
        "way_in_missing": lambda read: read.context.on_paper,
        "only_mail_in": lambda read: read.context.on_paper and read.letter not in _ASKING,
        "asked_by_mail_only": lambda read: read.context.on_paper and read.letter in _ASKING,
        "number_missing": _always,
        "received_missing": _always,
        "understood_missing": lambda read: read.letter not in _NOTHING_ASKED,
        "complaint_missing": _complaint_due,
        "complaint_contact_missing": _complaint_due,
        "remedy_missing": lambda read: read.answers(_NOT_ACTING) or read.letter is Letter.FEE,
        "ground_missing": lambda read: read.answers(_REFUSING),
        "other_law_unnamed": _limited_by_another_act,
        "until_missing": lambda read: read.answers(_REFUSING),
        "ombudsman_gets_missing": _limited_by_the_act,
        "extension_date_missing": lambda read: read.letter is Letter.EXTENSION,
        "extension_reason_missing": lambda read: read.letter is Letter.EXTENSION,
        "promise_missing": lambda read: _waits_for_reader(read) and not read.late,
        "voluntary_missing": lambda read: read.letter is Letter.MORE_INFORMATION,
        "nothing_confirmed_missing": asks_identity,
        "doubt_missing": _asks_who,
        "options_missing": _asks_who,
        "stop_date_missing": _bans,
        "suppression_missing": _bans,
        "earlier_processing_missing": lambda read: read.answers(_GIVING, RequestKind.CONSENT_WITHDRAWAL),
        "lifting_notice_missing": lambda read: read.answers(_GIVING, RequestKind.RESTRICTION),
        "copy_missing": lambda read: (
            read.answers(_GIVING, RequestKind.PORTABILITY) or _gives_access(read, *catalogue.COPIED)
        ),
        "access_information_missing": lambda read: _gives_access(read, "all", "information"),
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
        "apology_missing": _late,
        "late_reason_missing": _late,
        "firm_day_missing": lambda read: read.letter is Letter.LATE_NOTICE or (_late(read) and _waits_for_reader(read)),
        "fee_ground_missing": lambda read: read.letter is Letter.FEE,
        "fee_amount_missing": lambda read: read.letter is Letter.FEE,
        "fee_choice_missing": lambda read: read.letter is Letter.FEE,
    }
)
"""Which letters owe what."""

_LOOKS: Mapping[str, Callable[[Lens, Required], bool]] = MappingProxyType(
    {
        "controller_missing": _controller_named,
        "contact_missing": _reachable,
        "way_in_missing": _way_in,
        "only_mail_in": _way_in_without_mail,
        "asked_by_mail_only": _way_in_without_mail,
        "number_missing": _numbered,
        "received_missing": _receipt_told,
        "complaint_contact_missing": _contact_named,
        "ground_missing": _grounds_cited,
        "other_law_unnamed": _other_law_named,
        "until_missing": _ends_told,
        "access_information_missing": _each_somewhere,
        "options_missing": _at_least_two,
        "fee_ground_missing": _fee_ground_cited,
        "fee_choice_missing": _each_somewhere,
    }
)
"""How to look for what words in one sentence do not show."""

ONLY_WHERE: Mapping[str, Callable[[Lens], bool]] = MappingProxyType(
    {
        "total_erasure_promised": _keeps_an_entry,
        "new_month": lambda read: read.late,
        "ground_unlawful": _denies,
        "lawsuit_no_ground": _denies_without_claim,
        "access_ground_unlawful": lambda read: read.answers(_REFUSING, RequestKind.ACCESS, RequestKind.PORTABILITY),
        "trade_secret_blanket": lambda read: read.answers(
            frozenset({Outcome.REFUSED}), RequestKind.ACCESS, RequestKind.PORTABILITY
        ),
        "marketing_no_compelling_ground": lambda read: read.answers(_REFUSING, RequestKind.OBJECTION),
        "pdf_for_portability": lambda read: read.answers(_GIVING, RequestKind.PORTABILITY),
        "reason_demanded": lambda read: RequestKind.OBJECTION not in {part.kind for part in read.parts},
    }
)
"""Where alone some words are a fault."""

OF_REASONS = frozenset(
    {"ground_unlawful", "lawsuit_no_ground", "access_ground_unlawful", "marketing_no_compelling_ground"}
)
"""What is a fault as a reason only: the data itself may tell that somebody was rude."""
