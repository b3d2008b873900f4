"""What a person filled into the form of a letter or an answer: the words of it that no template wrote.

Owns the one reading of those fields, and where the letter shows them. Refuses to judge them: which words are a fault in
which field is data (`data/fields.toml`), what follows is the linter's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypedDict, cast

from replies import causes, data_files, filters, persons, strangers
from replies.context import Part
from replies.lens import Lens
from replies.pairs import REFUSING
from replies.refusals import by_ground
from replies.wording import Required
from state.model import Letter

_CAUSE = "late_reason"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its `name` without the number of its ground, and what was written into it. `of`: the letter, or the
    right, with the ground that is refused on where there is one; `reason`: why it holds in this case.
    """

    name: str
    said: str
    of: tuple[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may not be said in some fields. `where`: of which letters, or rights and grounds; either may be any.
    `explained`: what a reason may say that makes it none.
    """

    code: str
    names: frozenset[str]
    where: frozenset[tuple[str, str]]
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    explained: re.Pattern[str] | None

    def broken_by(self, field: Field) -> bool:
        if field.name not in self.names or not self._looks_at(field.of) or not field.said:
            return False
        if self.unless is not None and self.unless.search(field.said):
            return False
        if self.explained is not None and self.explained.search(field.reason):
            return False
        return any(pattern.search(field.said) for pattern in self.patterns)

    def _looks_at(self, of: tuple[str, str]) -> bool:
        right, ground = of
        return bool(self.where & {of, (right, "*"), ("*", ground), ("*", "*")})


class _Entry(TypedDict, total=False):
    code: str
    fields: list[str]
    where: list[str]
    fi: list[str]
    sv: list[str]
    en: list[str]
    unless: Mapping[str, str]
    explained: Mapping[str, str]


class _Data(TypedDict):
    rule: list[_Entry]
    names: Mapping[str, list[str]]
    meant: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


def filled(read: Lens) -> Iterator[Field]:
    """Every field of the letter that somebody wrote words into, and the cause of a delay wherever they told it."""
    context = read.context
    apart = {"question": context.question, "extension_explained": context.extension_explained}
    own = {**context.facts, **{name: said for name, said in apart.items() if said}}
    letter = ((name, value, (read.letter.value, ""), "") for name, value in own.items())
    answers = (
        (name, value, _where_of(part, facts), facts.get("explained", ""))
        for part in (read.parts if read.letter is Letter.OUTCOME else ())
        for facts in by_ground(part.facts)
        for name, value in facts.items()
    )
    causes_told = ((_CAUSE, cause, (read.letter.value, ""), "") for cause in causes.told(read))
    for name, value, of, reason in (*letter, *answers, *causes_told):
        if said := filters.phrase(filters.plain(value)):
            yield Field(name, said, of, reason)


def _where_of(part: Part, facts: Mapping[str, str]) -> tuple[str, str]:
    return part.kind.value, facts.get("ground", "") if part.outcome in REFUSING else ""


def faults(read: Lens) -> Iterator[tuple[str, tuple[int, int]]]:
    """The code of each fault in a field that the letter shows, and where."""
    fields = tuple(filled(read))
    for rule in _rules(read.language):
        for field in fields:
            if rule.broken_by(field):
                yield from ((rule.code, span) for span in read.shows(field.said))


def asked(read: Lens, span: tuple[int, int]) -> bool:
    """Whether a place stands in a question to the reader: whatever is named there is asked for, save where it asks
    what the request means.
    """
    meant = re.compile(_data()["meant"][read.language], re.IGNORECASE)
    questions = (field.said for field in filled(read) if field.name == "question" and not meant.search(field.said))
    shown = (place for said in questions for place in read.shows(said))
    return any(start <= span[0] and span[1] <= end for start, end in shown)


def naming(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a field names another person, by their whole name or half of it: a reason, or what is left out, needs none.
    What protects somebody does not tell whose they are to the reader either (GDPR 15(4)).
    """
    named, whose = _data()["names"], " ".join(part.facts.get("data_subject", "") for part in read.parts)
    strange = strangers.people(read, beside=whose)
    for field in filled(read):
        if field.name not in named["fields"] or field.of[1] in named["unless"]:
            continue
        for name in strange:
            if name in field.said:
                yield from read.shows(name)
        points = _pointing(field)
        if points(read, field.said) and not any(name in field.said for name in strange):
            yield from read.shows(field.said)


def _pointing(field: Field) -> Callable[[Lens, str], bool]:
    """How closely a field is read for somebody who is pointed at without their whole name."""
    if field.name == _CAUSE:
        return persons.blamed
    return persons.given_away if field.of[1] in _data()["names"]["protecting"] else persons.pointed_at


def foreign(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a whole field is in another language than the letter: most of its words, and none in the letter's. A name,
    written large, is of no language, and what stands beside it may be its own.
    """
    other, own = rule.patterns
    for field in filled(read):
        words = _WORD.findall(field.said)
        found = [word for word in words if other.fullmatch(word)]
        if 2 * len(found) > len(words) + len(_NAME.findall(field.said)) and not any(map(own.fullmatch, words)):
            yield from read.shows(field.said)


_NAME = re.compile(r"(?<![\w@./-])[A-ZÅÄÖ][\wåäö-]*")
_WORD = re.compile(r"(?<![\w@./-])[a-zåäö][a-zåäö-]+(?![\w@/]|\.\w)")


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    return tuple(_rule(entry, language) for entry in _data()["rule"])


def _rule(entry: _Entry, language: str) -> Rule:
    said = {"fi": entry["fi"], "sv": entry["sv"], "en": entry["en"]}[language]
    words = data_files.named(_data()["words"][language], language)
    return Rule(
        code=entry["code"],
        names=frozenset(entry["fields"]),
        where=frozenset(_where(one) for one in entry["where"]),
        patterns=tuple(re.compile(data_files.filled(text, words), re.IGNORECASE) for text in said),
        unless=_pattern(entry.get("unless", {}), language, words),
        explained=_pattern(entry.get("explained", {}), language, words),
    )


def _pattern(said: Mapping[str, str], language: str, words: Mapping[str, str]) -> re.Pattern[str] | None:
    return re.compile(data_files.filled(said[language], words), re.IGNORECASE) if language in said else None


def _where(text: str) -> tuple[str, str]:
    right, _, ground = text.partition(".")
    return right, ground


@cache
def _data() -> _Data:
    return cast("_Data", data_files.table("fields.toml"))
