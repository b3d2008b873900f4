"""What the registers are called: under their heading, in a sentence that names them, or in the title."""

from __future__ import annotations

import re
from collections import Counter

from inbox_agent.rules.notice.document import Document
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Field
from inbox_agent.rules.notice.passages import line_of
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

_REGISTER_SAID = words("who.register_said")
_REGISTER_WORD = re.compile(
    r"(?<![\w-])((?:[A-ZÅÄÖa-zåäö]+-\s(?:ja|sekä)\s)?[A-ZÅÄÖa-zåäö]+(?:-[a-zåäö]+){0,2}rekisteri)(?:n|in|ssä|llä|lle|ä|stä|ssa|lla|a|iin|ään)?\b"
)
_KINDS_OF_REGISTER = ("rekisteri", "register", "registret", "luettelo", "kortisto", "tietokanta", "förteckning")
_KINDS = re.compile("|".join(_KINDS_OF_REGISTER), re.IGNORECASE)
_NAME_SAID = re.compile(r"^(?:rekisterin )?nimi\s*:\s*", re.IGNORECASE)
# What says that the names follow: "Denna beskrivning gäller två register: ...".
_COVERS = re.compile(r"^[^:]{0,60}\b(?:gäller|omfattar|koskee|kattaa|covers|seuraav\w+|följande)\b[^:]{0,40}:\s*(?=\S)")
_AND_MORE = re.compile(r"\.\s+(?=[A-ZÅÄÖ]).*", re.DOTALL)  # what a sentence beside the name goes on to tell
_IN_FINNISH = re.compile(r"rekisteri|luettelo|\bnimi\b", re.IGNORECASE)
# How many there are, and which: "Rekistereitä on kaksi, potilasrekisteri ja ostajien rekisteri".
_COUNTED = re.compile(
    r"\b(?:rekistereitä\s+on\s+(?:kaksi|kolme|neljä|viisi)|(?:kahdelle|kolmelle|neljälle)\s+rekisterille"
    r"|(?:kaksi|kolme|neljä|kahta|kolmea|neljää)\s+rekisteriä|(?:två|tre|fyra|fem)\s+register|(?:two|three|four|five)\s+registers)"
    r"\s*[,:]\s*(?P<names>[^.;]+)",
    re.IGNORECASE,
)
_BENT = re.compile(r"rekisteri(?:lle|ä)$")
_FEW = 4
_IN_SWEDISH = re.compile(r"[A-ZÅÄÖ][a-zåäö-]{2,}regist(?:er|ret)")
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s+")
_PARTED = re.compile(r"\s+(?:ja|sekä|och|and)\s+|,\s*")
_A_REGISTER = re.compile(r"(?:[\w-]+\s+){0,4}[\w-]*(?:rekisteri|register)\W?", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\brekisterit\b|\b(?:kah|kol|nel|useita|seuraavat|seuraavia)\w*\s+(?:\w+\s+)?rekisteri", re.IGNORECASE
)
_NO_REGISTER = words("who.no_register")


def register_names(document: Document) -> Field:
    """The registers by name: under their heading, as a sentence names them, or by the title."""
    lines = _register_lines(document)
    headed = _headed(document)
    if named := tuple(dict.fromkeys(name for line in lines for name in _names_in(_NUMBERED.sub("", line)))):
        return Field(named, lines[0], SURE)
    if len(headed) > 1:
        return Field(tuple(headed), next(iter(headed.values())), LIKELY)
    if counted := _counted(document):
        return counted
    if said := _REGISTER_SAID.search(document.text):
        return Field((_tidy_register(next(filter(None, said.groups()))),), line_of(document, said[0]), SURE)
    return _in_passing(document)


def _counted(document: Document) -> Field | None:
    """The registers that a sentence lists behind how many they are."""
    if counted := _COUNTED.search(document.text):
        names = tuple(_BENT.sub("rekisteri", name) for name in _PARTED.split(counted["names"].strip()))
        short = all(len(name.split()) <= _FEW for name in names)  # one of them may be an archive, or a letter
        if len(names) > 1 and short and any(map(_KINDS.search, names)):
            return Field(names, line_of(document, counted[0]), SURE)
    return None


def _in_passing(document: Document) -> Field:
    """Registers that the head of a table names, or the words of a line."""
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


def _headed(document: Document) -> dict[str, str]:
    """The headings that are registers' names; in Swedish where none is in Finnish."""
    bare = {_bare(each.heading): each.heading for each in document.sections}
    finnish = {name: heading for name, heading in bare.items() if _is_register(name)}
    swedish = (name for name in bare if _IN_SWEDISH.fullmatch(name) and not _NO_REGISTER.match(name))
    return finnish or {name: bare[name] for name in swedish}


def _bare(heading: str) -> str:
    """A heading without its number, and not in capitals."""
    bare = _NUMBERED.sub("", heading)
    return bare.capitalize() if bare.isupper() else bare


def _is_register(heading: str) -> bool:
    found = _REGISTER_WORD.fullmatch(heading)
    return found is not None and not _NO_REGISTER.match(found[1]) and found[1].lower() != "rekisteri"


def _register_lines(document: Document) -> list[str]:
    """The lines that name registers under their headings: the first, and others that are a name alone."""
    lines: list[str] = []
    told = document.sections_about(Topic.REGISTER)
    often = Counter(section.heading for section in told if len(section.lines) == 1)
    for section in told:
        if _IN_FINNISH.search(section.heading) is None and _IN_FINNISH.search(told[0].heading):
            continue  # the same told again in another language
        for line in section.lines:
            alone = _first_cell(_NUMBERED.sub("", line))
            of_column = often[section.heading] > 1  # each cell below a table's head names one
            if _names_in(line) and (not lines or of_column or _A_REGISTER.fullmatch(alone)):
                lines.append(line)
    return lines


def _first_cell(line: str) -> str:
    """Of a row that tells of a register its name; any other line as it is."""
    name, parted, rest = line.partition(", ")
    return name if parted and _A_REGISTER.fullmatch(name) and not _KINDS.search(rest) else line


def _names_in(line: str) -> tuple[str, ...]:
    line = _first_cell(_COVERS.sub("", line))
    name = re.sub(r"^[^,]{3,80}\b(?:Oyj?|Ab|Ky|ry|Tmi|Osk),\s*", "", _tidy_register(_AND_MORE.sub("", line)))
    if not name or is_placeholder(name) or len(name) > 120 or "seloste" in name.lower():
        return tuple(
            dict.fromkeys(match[1] for match in _REGISTER_WORD.finditer(line) if not _NO_REGISTER.match(match[1]))
        )
    parts = re.split(rf"{_PARTED.pattern}|\s*/\s*|(?<=rekisteri)\s+(?=[A-ZÅÄÖ])", name)
    named = (part.lower().endswith(_KINDS_OF_REGISTER) or part.startswith("Register över ") for part in parts)
    if len(parts) < 2 or not all(named):
        return (name,)
    finnish = tuple(part for part in parts if part.lower().endswith("rekisteri"))
    return finnish if finnish and "/" in name else tuple(parts)  # the others say it in another language


def _tidy_register(name: str) -> str:
    return _NAME_SAID.sub("", name.strip(' .:”"“')).removeprefix("Yrityksen ")
