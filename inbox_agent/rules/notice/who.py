"""Who answers for the data: the controllers that a notice names, and whether they are joint ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import marks, names
from inbox_agent.rules.notice.document import Document
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Field
from inbox_agent.rules.notice.formless import formless
from inbox_agent.rules.notice.passages import line_at, line_of
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

JOINT = words("who.joint")
"""Words by which a notice speaks of joint controllers."""
_NOT_JOINT = words("who.not_joint")
_TOGETHER = words("who.together")
_PLURAL = words("who.controllers")
_NOT_CONTROLLER = words("who.not_controller")
_SAID_TO_BE_NONE = words("who.said_to_be_none")
_SAYS_CONTROLLER = words("who.says_controller")
# A trader says of the business what only one without a company's form says.
_TRADER = re.compile(
    r"(?P<name>(?!\w+(?:ni|mme)\s+on\b)[A-ZÅÄÖ][\w&'’-]+(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){0,4})\s+on\s+"
    r"(?:toiminimi(?!\s+[A-ZÅÄÖ])|(?:pieni\s+)?perheyritys|yhden\s+\w+\s+\w*yritys|yksityi(?:nen|sen)\s+elinkeinonharjoittaja"
    r"|(?:minun\s+)?yksinyrittäjä)"
)
# The form of a business told in brackets: "Kutomo Lanka (tmi)".
_TRADER_IN_BRACKETS = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\w&'’-]+(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){0,4})\s*\((?:[Tt]mi|[Tt]oiminimi)\)"
)
_BARE_NAME = re.compile(
    r"(?:Nimi|Yritys|Yhtiö|Organisaatio|Name|Namn)\s*:\s*(?P<name>\S.*)|(?P<whole>[A-ZÅÄÖ][^\d@:.?]{2,60})"
)
_NO_BARE_NAME = words("who.no_bare_name")
_OWN_BUSINESS = words("who.own_business")
_TITLE_FIRST = 6
_BESIDE = 60
_ENDS = re.compile(r"(?<=[a-zåäö]{3})[.!?](?=\s+[A-ZÅÄÖ])")
_HELPS = re.compile(rf"\b(?!ylläpit)(?:{words('subjects.does').pattern})\b", re.IGNORECASE)


def controllers(document: Document) -> Field:
    """The controllers that the notice names: one, or all joint ones."""
    joint = is_joint(document)
    # Of joint ones, an id beside one of them says nothing of the others.
    last = (_on_their_own, _in_title, _beside_its_id) if joint else (_beside_its_id, _on_their_own, _in_title)
    for found in (_under_heading, _said_to_be, _without_form, *last):
        if named := tuple(dict.fromkeys(found(document))):
            chosen = named if joint or _several(document) else _each_with_an_id(document) or named[:1]
            _, quote, sure = chosen[0]
            return Field(tuple(dict.fromkeys(_as_written(each[0], document) for each in chosen)), quote, sure)
    return NOTHING


def _each_with_an_id(document: Document) -> list[tuple[str, str, float]]:
    """Several organisations, the business id of each right behind its name: the notice speaks for all of them."""
    told: dict[str, tuple[str, str, float]] = {}
    for number, each in _with_an_id(document):
        told.setdefault(number, each)
    return list(told.values()) if len(told) > 1 else []


def _with_an_id(document: Document) -> Iterator[tuple[str, tuple[str, str, float]]]:
    """Organisations with the business id right behind their names."""
    for section in document.sections:
        above = len(section.heading) + 1  # a page may set the name itself as a heading
        text = f"{section.heading}\n{section.text}"
        for name, start in names.mentions(text):  # a title may name it before its id is told
            behind = text[start + len(name) : start + len(name) + _BESIDE]
            found = marks.BUSINESS_ID.search(behind)
            if found and not names.organisations(behind[: found.start()]):
                line = section.heading if start < above else line_at(section, start - above)
                yield found[0], (name, line, LIKELY)


def _as_written(name: str, document: Document) -> str:
    """A name in capitals as the notice writes it elsewhere; in small letters "toiminimi" only says what it is."""
    name = name.removeprefix("toiminimi ")
    if not name.isupper():
        return name
    written = re.finditer(re.escape(name), document.text, re.IGNORECASE)
    return next((found[0] for found in written if not found[0].isupper()), name)


def is_joint(document: Document) -> bool:
    """Whether the notice speaks of joint controllers of its own (GDPR 26), or names several under one heading."""
    if _NOT_JOINT.search(document.text):
        return False
    return _several(document) or bool(JOINT.search(document.text))


def _several(document: Document) -> bool:
    """Whether a heading of several controllers has several names below it, be they joint or each for itself."""
    return any(
        _PLURAL.search(section.heading) and len(names.organisations(section.text)) > 1
        for section in document.sections_about(Topic.CONTROLLER)
    )


def joint_controllers(document: Document) -> Field:
    said = next((each for each in document.sentences if JOINT.search(each.text)), None)
    if is_joint(document):
        return Field(True, said.text if said else _joint_heading(document), SURE)
    if _perhaps_joint(document):
        return NOTHING
    found = controllers(document)
    return Field(False, found.quote, LIKELY)


def _perhaps_joint(document: Document) -> bool:
    """Whether it cannot be told: something is done together with others, or several organisations stand where one is
    expected, and no word says how they share it.
    """
    if _NOT_JOINT.search(document.text):
        return False
    if any(_TOGETHER.search(each.text) for each in document.sentences):
        return True
    own = "\n".join(section.text for section in document.sections_about(Topic.CONTROLLER))
    named = [
        name
        for name, start in names.organisations(own)
        if not (
            _NOT_CONTROLLER.search(own[max(0, start - 25) : start])
            or own[:start].endswith("/ ")  # the same in another language
            or _serves(own, start, start + len(name))
        )
    ]
    return any(not set(name.split()) <= set(named[0].split()) for name in named[1:])  # the others shorten the first


def _joint_heading(document: Document) -> str | None:
    headings = (section.heading for section in document.sections)
    return next((heading for heading in headings if JOINT.search(heading) or _PLURAL.search(heading)), None)


def _under_heading(document: Document) -> Iterator[tuple[str, str, float]]:
    """Organisations under the controller's heading; where none shows its form, the name that stands there."""
    sections = document.sections_about(Topic.CONTROLLER, Topic.JOINT)
    shown = False
    for section in sections:
        for name, start in names.organisations(section.text):
            behind = section.text[start + len(name) : start + len(name) + _BESIDE]
            if not (_NOT_CONTROLLER.search(section.text[max(0, start - 25) : start]) or _SAID_TO_BE_NONE.match(behind)):
                shown = True
                line = line_at(section, start)
                yield names.whole(line, name) or name, line, SURE
    for section in () if shown else sections:
        if trader := _trader(section.text):
            yield trader["name"], line_at(section, trader.start()), LIKELY
        for line in section.lines[:3]:
            if found := _BARE_NAME.fullmatch(line.split(",")[0].split("(")[0].strip()):
                name = (found["name"] or found["whole"]).strip()
                known = is_placeholder(name) or _NO_BARE_NAME.search(name) or names.organisations(name)
                if len(name.split()) <= 6 and not known:
                    yield name, line, GUESS


def _said_to_be(document: Document) -> Iterator[tuple[str, str, float]]:
    """An organisation that a sentence calls the controller."""
    for sentence in document.sentences:
        if _SAYS_CONTROLLER.search(sentence.text) or JOINT.search(sentence.text):
            for name, start in names.organisations(sentence.text):
                if not _NOT_CONTROLLER.search(sentence.text[max(0, start - 25) : start]):
                    yield name, sentence.text, LIKELY
    if trader := _trader(document.text):
        yield trader["name"], line_of(document, trader[0]), LIKELY


def _without_form(document: Document) -> Iterator[tuple[str, str, float]]:
    yield from ((name, quote, GUESS) for name, quote in formless(document))


def _trader(text: str) -> re.Match[str] | None:
    return _TRADER.search(text) or _TRADER_IN_BRACKETS.search(text)


def _beside_its_id(document: Document) -> Iterator[tuple[str, str, float]]:
    """The organisation whose business id the notice gives."""
    yield from (each for _, each in _with_an_id(document))


def _on_their_own(document: Document) -> Iterator[tuple[str, str, float]]:
    """Who writes that they practise on their own: the person whom the title or the first lines name."""
    if said := next((each for each in document.sentences if _OWN_BUSINESS.search(each.text)), None):
        for section in document.sections[:2]:
            for line in (section.heading, *section.lines[:_TITLE_FIRST]):
                for name, _ in names.persons(line):
                    yield name, said.text, LIKELY


def _in_title(document: Document) -> Iterator[tuple[str, str, float]]:
    """An organisation in the notice's title or first lines, but none that they say does something for another."""
    for section in document.sections[:2]:
        for line in (section.heading, *section.lines[:_TITLE_FIRST]):
            title = _ENDS.split(line, maxsplit=1)[0]  # what a paragraph goes on to name is anybody
            for name, start in names.organisations(title):
                if not _serves(line, start, start + len(name)):
                    yield name, line, GUESS


def _serves(line: str, start: int, end: int) -> bool:
    """Whether the sentence makes an organisation a helper: "Paperit hoitaa X Oy", "X Oy välittää maksut"."""
    beside = line[end : end + _BESIDE]
    if marks.BUSINESS_ID.search(beside) or any(marks.addresses(beside)):
        return False  # of whom the notice gives these, it speaks for
    before = re.split(r"[.!?:]\s", line[:start])[-1]
    said = any(found.end() <= len(before) for found in _HELPS.finditer(before + line[start:end]))
    return bool(said or _HELPS.match(line[end:].lstrip()) or _NOT_CONTROLLER.search(before))
