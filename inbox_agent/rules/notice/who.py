"""Who answers for the data and how to reach them: controllers, business id, contact person, channels, register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from inbox_agent.profile import business_id_valid
from inbox_agent.rules.notice import marks
from inbox_agent.rules.notice.document import Document, Section
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Field
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

JOINT = words("who.joint")
"""Words by which a notice speaks of joint controllers."""
_NOT_JOINT = words("who.not_joint")
_PLURAL = words("who.controllers")
_PERSONAL_CONTACT = words("who.contact_person")
_PERSONAL = words("who.contact_of_a_person")
_NOT_CONTROLLER = words("who.not_controller")
_SAYS_CONTROLLER = words("who.says_controller")
# A trader says of the business what only one without a company's form says.
_TRADER = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\w&'’-]+(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){0,4})\s+on\s+"
    r"(?:toiminimi|(?:pieni\s+)?perheyritys|yhden\s+\w+\s+\w*yritys|yksityi(?:nen|sen)\s+elinkeinonharjoittaja"
    r"|(?:minun\s+)?yksinyrittäjä)"
)
# The form of a business told in brackets: "Kutomo Lanka (tmi)".
_TRADER_IN_BRACKETS = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\w&'’-]+(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){0,4})\s*\((?:[Tt]mi|[Tt]oiminimi)\)"
)
_BARE_NAME = re.compile(
    r"(?:Nimi|Yritys|Yhtiö|Organisaatio|Name|Namn)\s*:\s*(?P<name>\S.*)|(?P<whole>[A-ZÅÄÖ][^\d@:.?]{2,60})"
)
# A name with "ja" in it, told from two names by standing alone on the controller's line.
_ALONE = re.compile(
    r"(?!.*\b(?:Oyj?|Ab|Ky|Ay|ry)\b.*\bja\b)(?:[A-ZÅÄÖ][\w&'’-]*[ ]){1,3}ja(?:[ ][A-ZÅÄÖ][\w&'’-]*){1,4}"
)
_NO_BARE_NAME = words("who.no_bare_name")
_CONTACT_SAID = words("who.contact_said")
_ANSWERS = words("who.answers")
_RUNS = words("who.runs")
_OWN_BUSINESS = words("who.own_business")
_ONE_NAME = re.compile(r"yhteys\s?(?:henkilö|hlö)\s*:?\s+([A-ZÅÄÖ][a-zåäö]{2,15})\b")

_REGISTER_SAID = words("who.register_said")
_REGISTER_WORD = re.compile(
    r"(?<![\w-])((?:[A-ZÅÄÖa-zåäö]+-\s(?:ja|sekä)\s)?[A-ZÅÄÖa-zåäö]+(?:-[a-zåäö]+){0,2}rekisteri)(?:n|in|ssä|llä|lle|ä|stä|ssa|lla|a|iin|ään)?\b"
)
_KINDS_OF_REGISTER = ("rekisteri", "register", "registret", "luettelo", "kortisto", "tietokanta", "förteckning")
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s+")
_A_REGISTER = re.compile(r"(?:[\w-]+\s+){0,4}[\w-]*(?:rekisteri|register)\W?", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\brekisterit\b|\b(?:kah|kol|nel|useita|seuraavat|seuraavia)\w*\s+(?:\w+\s+)?rekisteri", re.IGNORECASE
)
_NO_REGISTER = words("who.no_register")
_TITLE_FIRST = 6
_BESIDE = 60
_HELPS = re.compile(rf"\b(?!ylläpit)(?:{words('subjects.does').pattern})\b", re.IGNORECASE)


def controllers(document: Document) -> Field:
    """The controllers that the notice names: one, or all joint ones."""
    joint = is_joint(document)
    for found in (_under_heading, _said_to_be, _on_their_own, _in_title):
        if names := tuple(dict.fromkeys(found(document))):
            chosen = names if joint or _several(document) else names[:1]
            _, quote, sure = chosen[0]
            return Field(tuple(dict.fromkeys(each[0] for each in chosen)), quote, sure)
    return NOTHING


def is_joint(document: Document) -> bool:
    """Whether the notice speaks of joint controllers of its own (GDPR 26), or names several under one heading."""
    if _NOT_JOINT.search(document.text):
        return False
    return _several(document) or bool(JOINT.search(document.text))


def _several(document: Document) -> bool:
    """Whether a heading of several controllers has several names below it, be they joint or each for itself."""
    return any(
        _PLURAL.search(section.heading) and len(marks.organisations(section.text)) > 1
        for section in document.sections_about(Topic.CONTROLLER)
    )


def joint_controllers(document: Document) -> Field:
    said = next((each for each in document.sentences if JOINT.search(each.text)), None)
    if is_joint(document):
        return Field(True, said.text if said else _joint_heading(document), SURE)
    found = controllers(document)
    return Field(False, found.quote, LIKELY)


def _joint_heading(document: Document) -> str | None:
    headings = (section.heading for section in document.sections)
    return next((heading for heading in headings if JOINT.search(heading) or _PLURAL.search(heading)), None)


def business_ids(document: Document) -> tuple[tuple[str, str, bool], ...]:
    """Every business id in the notice with its quote and whether its check digit is right."""
    found = []
    for section in document.sections:
        for match in marks.BUSINESS_ID.finditer(section.text):
            digits, check = (part for part in match.groups() if part)
            number = f"{digits.zfill(7)}-{check}"
            found.append((number, _line_at(section, match.start()), business_id_valid(number)))
    return tuple(dict.fromkeys(found))


def business_id(document: Document) -> Field:
    """The first business id whose check digit is right."""
    valid = [one for one in business_ids(document) if one[2]]
    return Field(valid[0][0], valid[0][1], SURE) if valid else NOTHING


def contact_name(document: Document) -> Field:
    """The contact person's name, where the notice gives one; an address that looks like a name is none."""
    for section in document.sections_about(Topic.CONTACT):
        if Topic.DPO in section.topics and Topic.CONTACT not in section.topics:
            continue
        for name, start in marks.persons(section.text):
            return Field(name, _line_at(section, start), SURE)
    for section in document.sections:
        if Topic.DPO in section.topics or Topic.COMPLAINT in section.topics:
            continue
        if found := _introduced(document, section):
            return found
    single = _ONE_NAME.search(document.text)
    return Field(single[1], _line_of(document, single[0]), GUESS) if single else NOTHING


def _introduced(document: Document, section: Section) -> Field | None:
    """A person whom a sentence presents as the one to turn to; a part of an organisation's name is none, but a trader
    has their own.
    """
    named = (name.split() for name, _ in marks.organisations(document.text))
    companies = [set(words) for words in named if not {"Tmi", "T:mi", "Toiminimi", "toiminimi"} & set(words)]
    for name, start in marks.persons(section.text):
        if any(set(name.split()) <= company for company in companies):
            continue
        before, after = (
            section.text[max(0, start - 90) : start],
            section.text[start + len(name) : start + len(name) + 30],
        )
        if _CONTACT_SAID.search(before) or _ANSWERS.search(after) or _RUNS.search(before):
            return Field(name, _line_at(section, start), LIKELY)
    return None


def contact_email(document: Document) -> Field:
    return _channel(document, marks.emails)


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
    return _first(document, find, (Topic.CONTACT, Topic.CONTROLLER, Topic.REQUEST, Topic.RIGHTS, Topic.ACCESS))


def _first(document: Document, find: Callable[[str], Iterable[tuple[str, int]]], topics: Sequence[Topic]) -> Field:
    """The first hit under these headings, in their order; then anywhere that is not another's."""
    for topic in topics:
        # The contact person's own section before one that tells everybody's contact details.
        for section in sorted(document.sections_about(topic), key=lambda one: _not_the_persons(topic, one)):
            for value, start in find(section.text):
                return Field(value, _line_at(section, start), SURE)
    for section in document.sections:
        if section.topics.isdisjoint({Topic.COMPLAINT, Topic.DPO, Topic.RECIPIENTS, Topic.COOKIES}):
            for value, start in find(section.text):
                return Field(value, _line_at(section, start), LIKELY)
    for section in document.sections_about(Topic.DPO):
        for value, start in find(section.text):
            return Field(value, _line_at(section, start), GUESS)
    return NOTHING


def _not_the_persons(topic: Topic, section: Section) -> int:
    """How far a section is from the contact person's own; the same for all under other headings."""
    if topic is not Topic.CONTACT:
        return 0
    others = Topic.DPO in section.topics and not _PERSONAL_CONTACT.search(section.heading)
    return (Topic.CONTROLLER in section.topics) + (not _PERSONAL.search(section.heading)) + 3 * others


def register_names(document: Document) -> Field:
    """The registers by name: under their heading, as a sentence names them, or by the title."""
    lines = _register_lines(document)
    headed = [bare for section in document.sections if _is_register(bare := _NUMBERED.sub("", section.heading))]
    if named := tuple(dict.fromkeys(name for line in lines for name in _names_in(_NUMBERED.sub("", line)))):
        return Field(named, lines[0], SURE)
    if len(headed) > 1:
        return Field(tuple(dict.fromkeys(headed)), headed[0], LIKELY)
    if said := _REGISTER_SAID.search(document.text):
        return Field((_tidy_register(said[1]),), _line_of(document, said[0]), SURE)
    for section in document.sections:
        if not section.topics.isdisjoint(
            {Topic.SOURCES, Topic.RECIPIENTS, Topic.RETENTION, Topic.COMPLAINT, Topic.SECURITY}
        ):
            continue
        for text in (section.heading, *section.lines):
            if len(columns := [part.strip() for part in text.split(",")]) > 1 and all(
                map(_A_REGISTER.fullmatch, columns)
            ):
                return Field(tuple(dict.fromkeys(columns)), text, LIKELY)  # the head of a table of several registers
            names = [found[1] for found in _REGISTER_WORD.finditer(text) if not _NO_REGISTER.match(found[1])]
            if own := tuple(dict.fromkeys(name for name in names if name.lower() != "rekisteri")):
                return Field(own if _SEVERAL.search(text) else own[:1], text, GUESS)
    return NOTHING


def _is_register(heading: str) -> bool:
    found = _REGISTER_WORD.fullmatch(heading)
    return found is not None and not _NO_REGISTER.match(found[1]) and found[1].lower() != "rekisteri"


def _register_lines(document: Document) -> list[str]:
    """The lines that name registers under their headings: the first, and others that are a name alone."""
    lines: list[str] = []
    for section in document.sections_about(Topic.REGISTER):
        for line in section.lines:
            if _names_in(line) and (not lines or _A_REGISTER.fullmatch(_NUMBERED.sub("", line))):
                lines.append(line)
    return lines


def _names_in(line: str) -> tuple[str, ...]:
    name = re.sub(r"^[^,]{3,80}\b(?:Oyj?|Ab|Ky|ry|Tmi|Osk),\s*", "", _tidy_register(line))
    if not name or is_placeholder(name) or len(name) > 120 or "seloste" in name.lower():
        return tuple(
            dict.fromkeys(match[1] for match in _REGISTER_WORD.finditer(line) if not _NO_REGISTER.match(match[1]))
        )
    parts = re.split(r"\s+(?:ja|sekä|och|and)\s+|,\s*|\s*/\s*|(?<=rekisteri)\s+(?=[A-ZÅÄÖ])", name)
    return (
        tuple(parts) if len(parts) > 1 and all(part.lower().endswith(_KINDS_OF_REGISTER) for part in parts) else (name,)
    )


def _tidy_register(name: str) -> str:
    return name.strip(' .:”"“').removeprefix("Yrityksen ")


# -- the controllers, three ways ---------------------------------------------------------------------


def _under_heading(document: Document) -> Iterator[tuple[str, str, float]]:
    """Organisations under the controller's heading; where none shows its form, the name that stands there."""
    sections = document.sections_about(Topic.CONTROLLER, Topic.JOINT)
    for section in sections:
        for name, start in marks.organisations(section.text):
            if not _NOT_CONTROLLER.search(section.text[max(0, start - 25) : start]):
                line = _line_at(section, start)
                yield (line if _ALONE.fullmatch(line) and line.endswith(name) else name), line, SURE
    for section in sections:
        if trader := _trader(section.text):
            yield trader["name"], _line_at(section, trader.start()), LIKELY
        for line in section.lines[:3]:
            if found := _BARE_NAME.fullmatch(line.split(",")[0].split("(")[0].strip()):
                name = (found["name"] or found["whole"]).strip()
                known = is_placeholder(name) or _NO_BARE_NAME.search(name) or marks.organisations(name)
                if len(name.split()) <= 6 and not known:
                    yield name, line, GUESS


def _said_to_be(document: Document) -> Iterator[tuple[str, str, float]]:
    """An organisation that a sentence calls the controller."""
    for sentence in document.sentences:
        if _SAYS_CONTROLLER.search(sentence.text):
            for name, start in marks.organisations(sentence.text):
                if not _NOT_CONTROLLER.search(sentence.text[max(0, start - 25) : start]):
                    yield name, sentence.text, LIKELY
    if trader := _trader(document.text):
        yield trader["name"], _line_of(document, trader[0]), LIKELY


def _trader(text: str) -> re.Match[str] | None:
    return _TRADER.search(text) or _TRADER_IN_BRACKETS.search(text)


def _on_their_own(document: Document) -> Iterator[tuple[str, str, float]]:
    """Who writes that they practise on their own: the person whom the title or the first lines name."""
    if said := next((each for each in document.sentences if _OWN_BUSINESS.search(each.text)), None):
        for section in document.sections[:2]:
            for line in (section.heading, *section.lines[:_TITLE_FIRST]):
                for name, _ in marks.persons(line):
                    yield name, said.text, LIKELY


def _in_title(document: Document) -> Iterator[tuple[str, str, float]]:
    """An organisation in the notice's title or first lines, but none that they say does something for another."""
    for section in document.sections[:2]:
        for line in (section.heading, *section.lines[:_TITLE_FIRST]):
            for name, start in marks.organisations(line):
                if not _serves(line, start, start + len(name)):
                    yield name, line, GUESS


def _serves(line: str, start: int, end: int) -> bool:
    """Whether the sentence makes an organisation a helper: "Paperit hoitaa X Oy", "X Oy välittää maksut"."""
    beside = line[end : end + _BESIDE]
    if marks.BUSINESS_ID.search(beside) or any(marks.addresses(beside)):
        return False  # of whom the notice gives these, it speaks for
    before = re.split(r"[.!?:]\s", line[:start])[-1]
    return bool(_HELPS.search(before) or _HELPS.match(line[end:].lstrip()) or _NOT_CONTROLLER.search(before))


# -- quotes ------------------------------------------------------------------------------------------


def _line_at(section: Section, start: int) -> str:
    """The line that a place in the section's text lies on; of a long one, the sentence."""
    begin = section.text.rfind("\n", 0, start) + 1
    end = section.text.find("\n", start)
    line = section.text[begin : end if end >= 0 else None]
    near = section.text[start : start + 12].split("\n")[0]
    sentence = next((each.text for each in section.sentences if near in each.text), line)
    return line if len(line) <= len(sentence) else sentence


def _line_of(document: Document, words: str) -> str:
    first = words.strip().split("\n")[0]
    return next((each.text for each in document.sentences if first in each.text), first)
