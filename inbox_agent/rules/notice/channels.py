"""How to reach who answers for the data: business id, contact person, mailbox, telephone, postal address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from inbox_agent.profile import business_id_valid
from inbox_agent.rules.notice import marks, names
from inbox_agent.rules.notice.document import Document, Section
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Field
from inbox_agent.rules.notice.passages import line_at, line_of
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

_PERSONAL_CONTACT = words("who.contact_person")
_PERSONAL = words("who.contact_of_a_person")
_CONTACT_SAID = words("who.contact_said")
_ANSWERS = words("who.answers")
_RUNS = words("who.runs")
_HELPS = words("who.helps")
_REACHED_BEHIND = words("who.reached_behind")
_TURN_TO = words("who.turn_to")
_CLOSING = re.compile(rf"^[^.\n]{{0,40}}(?:{words('who.closing').pattern})[\s,.:]+", re.IGNORECASE | re.MULTILINE)
_UNDERSIGNED = words("who.undersigned")
_OF_DATA = words("who.mailbox_of_data")
_FOR_DATA = words("who.mailbox_for_data")
_OFFICER = words("how.dpo")
_DEPUTY = words("who.deputy")
_BEFORE, _FAR_BEFORE, _SIGNATURE = 40, 90, 160
_BENT = (
    (re.compile(r"(?<=[aeiouyäö])se(?:en|lle|lta|ltä|n)$"), "nen"),
    (re.compile(r"([Mm])äe(?:lle|lta|ltä|n)$"), r"\1äki"),
    (re.compile(r"([Nn])ieme(?:lle|ltä|n)$"), r"\1iemi"),
    (re.compile(r"([Ll])ahde(?:lle|lta|n)$"), r"\1ahti"),
    (re.compile(r"([Kk])ose(?:lle|lta|n)$"), r"\1oski"),
    (re.compile(r"([Jj])oe(?:lle|lta|n)$"), r"\1oki"),
    (re.compile(r"([Vv])uore(?:lle|lta|n)$"), r"\1uori"),
    (re.compile(r"([Ss])aare(?:lle|lta|n)$"), r"\1aari"),
    (re.compile(r"([Jj])ärve(?:lle|ltä|n)$"), r"\1ärvi"),
    (re.compile(r"([Ll])amme(?:lle|lta|n)$"), r"\1ampi"),
    (re.compile(r"([Kk])ankaa(?:lle|lta|n)$"), r"\1angas"),
    (re.compile(r"([Rr])anna(?:lle|lta|n)$"), r"\1anta"),
    (re.compile(r"([Vv])irra(?:lle|lta|n)$"), r"\1irta"),
    (re.compile(r"([Pp])ello(?:lle|lta|n)$"), r"\1elto"),
    (re.compile(r"(?<=[aeiouyäö])(?:lle|lta|ltä)$"), ""),
    (re.compile(r"([aouyäö])\1n$"), r"\1"),
    (re.compile(r"(?<=[aouyäö])n$"), ""),
)
_ONE_NAME = re.compile(r"yhteys\s?(?:henkilö|hlö)\s*:?\s+([A-ZÅÄÖ][a-zåäö]{2,15})\b")


def business_ids(document: Document) -> tuple[tuple[str, str, bool], ...]:
    """Every business id in the notice with its quote and whether its check digit is right."""
    found = []
    for section in document.sections:
        for match in marks.BUSINESS_ID.finditer(section.text):
            digits, check = (part for part in match.groups() if part)
            number = f"{digits.zfill(7)}-{check}"
            found.append((number, line_at(section, match.start()), business_id_valid(number)))
    return tuple(dict.fromkeys(found))


def business_id(document: Document) -> Field:
    """The first business id whose check digit is right."""
    valid = [one for one in business_ids(document) if one[2]]
    return Field(valid[0][0], valid[0][1], SURE) if valid else NOTHING


def contact_name(document: Document) -> Field:
    """The contact person's name, where the notice gives one; an address that looks like a name is none."""
    if found := _person(document):
        name, section, start, sure = found
        return Field(_called(name, section, start), line_at(section, start), sure)
    single = _ONE_NAME.search(document.text)
    return Field(single[1], line_of(document, single[0]), GUESS) if single else NOTHING


def deputy(document: Document) -> tuple[Field, Field]:
    """Who stands in for the contact person, and the mailbox told beside that name, where the notice says so."""
    for section in document.sections:
        for name, start in names.persons(section.text):
            if _deputises(section.text, name, start):
                line = line_at(section, start)
                mailbox = next((value for value, _ in marks.emails(_beside(name, section, start))), None)
                return Field(name, line, LIKELY), Field(mailbox, line, LIKELY) if mailbox else NOTHING
    return NOTHING, NOTHING


def _deputises(text: str, name: str, start: int) -> bool:
    """Whether a name is said to stand in for another's: "sijainen Petri Salo", "Petri Salo (varahenkilö)"."""
    found = tuple(_DEPUTY.finditer(text, max(0, start - _BEFORE), start))
    between = text[found[-1].end() : start] if found else ""
    if found and not re.search(r"[.;,\n()]", between) and not any(names.persons(between)):
        return True
    behind = text[start + len(name) :]
    return re.match(r"\s*\(\s*", behind) is not None and bool(_DEPUTY.match(behind.lstrip(" (")))


def _person(document: Document) -> tuple[str, Section, int, float] | None:
    """The contact person as the notice names them: the name, where it stands, and how sure that is."""
    for section in document.sections_about(Topic.CONTACT):
        for name, start in names.persons(section.text):
            if not _deputises(section.text, name, start):
                return name, section, start, SURE
    for section in document.sections:
        if section.topics.isdisjoint({Topic.DPO, Topic.COMPLAINT}) and (found := _introduced(document, section)):
            return *found, LIKELY
    for section in document.sections:
        if section.topics.isdisjoint({Topic.DPO, Topic.COMPLAINT}) and (helping := _helping(section)):
            return *helping, GUESS
    return _signed(document)


def _signed(document: Document) -> tuple[str, Section, int, float] | None:
    """Whoever signs a notice that is a letter, with a way to reach them or as the one who answers for these matters."""
    for section in document.sections:
        for closing in _CLOSING.finditer(section.text):
            below = section.text[closing.end() : closing.end() + _SIGNATURE]
            named = next((name for name, start in names.persons(below.partition("\n")[0]) if start == 0), None)
            if named and (any(marks.emails(below)) or any(marks.phones(below)) or _UNDERSIGNED.search(document.text)):
                return named, section, closing.end(), GUESS
    return None


def _introduced(document: Document, section: Section) -> tuple[str, Section, int] | None:
    """A person whom a sentence presents as the one to turn to; a part of an organisation's name is none, but a trader
    has their own.
    """
    named = (name.split() for name, _ in names.organisations(document.text))
    companies = [set(words) for words in named if not {"Tmi", "T:mi", "Toiminimi", "toiminimi"} & set(words)]
    for name, start in names.persons(section.text):
        if any(set(name.split()) <= company for company in companies) or _deputises(section.text, name, start):
            continue
        before, after = (
            section.text[max(0, start - _FAR_BEFORE) : start],
            section.text[start + len(name) : start + len(name) + 30],
        )
        if _CONTACT_SAID.search(before) or _ANSWERS.search(after) or _RUNS.search(before):
            return name, section, start
    return None


def _helping(section: Section) -> tuple[str, Section, int] | None:
    """Who is said to help, with a way to reach them right behind the name: "Papereissa auttaa Aino Kivi, 040 ..."."""
    for name, start in names.persons(section.text):
        before = re.split(r"[.\n]", section.text[max(0, start - _FAR_BEFORE) : start])[-1]
        if _HELPS.search(before) and _REACHED_BEHIND.search(section.text[start + len(name) :]):
            return name, section, start
    return None


def _called(name: str, section: Section, start: int) -> str:
    """A person's name without the ending of "turn to", "write to": Finnish bends the last word of it alone."""
    if not _TURN_TO.search(section.text[max(0, start - _BEFORE) : start]):
        return name
    first, _, last = name.rpartition(" ")
    return f"{first} {next((bare for end, by in _BENT if (bare := end.sub(by, last)) != last), last)}"


def contact_email(document: Document) -> Field:
    """The mailbox for matters of personal data: the contact person's, the one that says so, else the first."""
    found = _channel(document, marks.emails)
    if found.sure == SURE and _for_data(found.quote or "", str(found.value)):
        return found
    beside = _person(document)
    if beside and any(marks.emails(_beside(*beside[:3]))):
        return found
    told = [(value, line) for value, label, line in _mailboxes(document) if _for_data(f"{label} {line}", value)]
    return Field(*told[0], SURE) if told and len(all_emails(document)) > 1 else found


def _mailboxes(document: Document) -> Iterator[tuple[str, str, str]]:
    """Every mailbox that is the controller's own, with the label right before it and the line that it stands on."""
    others = {Topic.COMPLAINT, Topic.DPO, Topic.RECIPIENTS, Topic.COOKIES, Topic.CONSENT}
    for section in document.sections:
        if section.topics.isdisjoint(others):
            first = len(section.lines[0]) if section.lines else 0
            for value, start in marks.emails(section.text):
                yield value, section.heading if start < first else "", line_at(section, start)


def _for_data(line: str, mailbox: str) -> bool:
    """Whether a mailbox is said to be for personal data, by its name or by the line that it alone stands on."""
    alone = sum(1 for _ in marks.emails(line)) == 1 and not _OFFICER.search(line)
    return _OF_DATA.search(mailbox.partition("@")[0]) is not None or (alone and _FOR_DATA.search(line) is not None)


def contact_phone(document: Document) -> Field:
    return _channel(document, marks.phones)


def address(document: Document) -> Field:
    """The controller's postal address; the contact person's where the controller's is not given."""
    return _first(document, marks.addresses, (Topic.CONTROLLER, Topic.CONTACT))


def all_emails(document: Document) -> tuple[str, ...]:
    """Every address that leads to the controller, in the notice's order."""
    sections = [section for section in document.sections if Topic.COMPLAINT not in section.topics]
    return tuple(dict.fromkeys(each for section in sections for each, _ in marks.emails(section.text)))


def _channel(document: Document, find: Callable[[str], Iterable[tuple[str, int]]]) -> Field:
    """A way to the contact person: the one that is told beside their name before any that stands elsewhere."""
    if found := _person(document):
        name, section, start, _ = found
        for value, at in find(_beside(name, section, start)):
            return Field(value, line_at(section, start + len(name) + at), SURE)
    return _first(document, find, (Topic.CONTACT, Topic.CONTROLLER, Topic.REQUEST, Topic.RIGHTS, Topic.ACCESS))


def _beside(name: str, section: Section, start: int) -> str:
    """What the sentence that names a person goes on to tell, until it names another."""
    behind = section.text[start + len(name) :]
    told = next((each.text for each in section.sentences if name in each.text), name)
    own = behind[: len(told.partition(name)[2])]
    return own[: next((at for _, at in names.persons(own)), len(own))]


def _first(document: Document, find: Callable[[str], Iterable[tuple[str, int]]], topics: Sequence[Topic]) -> Field:
    """The first hit under these headings, in their order; then anywhere that is not another's."""
    for topic in topics:
        # The contact person's own section before one that tells everybody's contact details.
        for section in sorted(document.sections_about(topic), key=lambda one: _not_the_persons(topic, one)):
            for value, start in find(section.text):
                return Field(value, line_at(section, start), SURE)
    for section in document.sections:
        if section.topics.isdisjoint({Topic.COMPLAINT, Topic.DPO, Topic.RECIPIENTS, Topic.COOKIES}):
            for value, start in find(section.text):
                return Field(value, line_at(section, start), LIKELY)
    for section in document.sections_about(Topic.DPO):
        for value, start in find(section.text):
            return Field(value, line_at(section, start), GUESS)
    return NOTHING


def _not_the_persons(topic: Topic, section: Section) -> int:
    """How far a section is from the contact person's own; the same for all under other headings."""
    if topic is not Topic.CONTACT:
        return 0
    others = Topic.DPO in section.topics and not _PERSONAL_CONTACT.search(section.heading)
    return (Topic.CONTROLLER in section.topics) + (not _PERSONAL.search(section.heading)) + 3 * others
