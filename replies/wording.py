"""The linter's word lists: what a letter may not say and what it must, by language, each with its source.

Owns the reading of `data/wording.toml`. Refuses to decide which letter needs what: that is `replies.linter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypedDict, cast

from replies import clauses
from replies.clauses import FAR, SENTENCE_ENDS
from replies.data_files import filled, shared, table
from replies.filters import DATE_PATTERN

_WRAPPED = re.compile(r"(?<!\n)\n(?=[a-zåäö]{2})")
_ITEM = re.compile(r"\s*(?:[-*•]|[a-z0-9]{1,2}[.)])\s", re.IGNORECASE)


class Severity(StrEnum):
    """An error stands in the way of approval until a person gives a reason, what is their own until they say that it is
    true; a warning only shows itself.
    """

    ERROR = "error"
    OWN = "own"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A thing not to say, in one language. `letters` empty: in no letter. `demand`: a thing not to ask for. `unless`
    exempts the whole sentence, `denied` only the clause that a match ends in; where `despite` is said, neither does.
    """

    code: str
    language: str
    severity: Severity
    source: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    despite: re.Pattern[str] | None
    letters: frozenset[str]
    before_identity: bool
    demand: bool

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the text says it, save in sentences and clauses that say the opposite or speak of something else."""
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                if self._meant(text, *match.span()):
                    yield match.span()

    def _meant(self, text: str, start: int, end: int) -> bool:
        whole = self.unless is not None and self.unless.search(sentence_around(text, start, end))
        part = self.denied is not None and self.denied.search(clauses.around(text, end, self.language))
        if not whole and not part:
            return True
        lines = _WRAPPED.sub(" ", text)
        return self.despite is not None and bool(self.despite.search(sentence_around(lines, start, end)))


@dataclass(frozen=True, slots=True)
class Required:
    """A thing to say, in one language: some sentence matches all patterns. Without any, the linter itself looks.
    `affirmed`: what a person denies in their own words is not said.
    """

    code: str
    severity: Severity
    source: str
    patterns: tuple[re.Pattern[str], ...]
    affirmed: bool = False

    def said_in(self, text: str) -> bool:
        """Whether one sentence says it."""
        return any(all(pattern.search(part) for pattern in self.patterns) for part in SENTENCE_ENDS.split(text))


class _Entry(TypedDict, total=False):
    severity: str
    source: str
    any: list[str]
    unless: Mapping[str, str]
    denied: Mapping[str, str]
    despite: Mapping[str, str]
    letters: list[str]
    before_identity: bool
    demand: bool
    affirmed: bool


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or sentences, that a match stands in, of an endless one its nearer part; before an item of a list
    also the line that leads to the list.
    """
    begins = max(0, start - FAR)
    for ended in SENTENCE_ENDS.finditer(text, begins):
        if ended.end() > start:
            break
        begins = ended.end()
    following = SENTENCE_ENDS.search(text, end, end + FAR)
    return _lead(text[:start]) + text[begins : following.start() if following else end + FAR]


def _lead(before: str) -> str:
    """The line that leads to the list of whose item this is the beginning, with its line break; "" outside a list."""
    lines = before[-FAR:].split("\n")
    if not _ITEM.match(lines[-1]):
        return ""
    return next((f"{line}\n" for line in reversed(lines[:-1]) if not _ITEM.match(line)), "")


def sentences(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The sentences of a text, each with its place; a line without a stop is one by itself."""
    begins = 0
    for ended in (*SENTENCE_ENDS.finditer(text), None):
        stops = ended.start() if ended else len(text)
        if text[begins:stops].strip():
            yield (begins, stops), text[begins:stops]
        begins = ended.end() if ended else stops


def same_sentence(sentence: str, language: str) -> str:
    """A sentence as it is compared with another: whatever its spaces and the days that it names."""
    return re.sub(rf"(?:\b\w{{2,3}} )?{DATE_PATTERN[language]}", "{date}", " ".join(sentence.split()))


@cache
def forbidden(language: str) -> tuple[Forbidden, ...]:
    """Everything a letter in this language may not say."""
    return tuple(
        Forbidden(
            code=code,
            language=language,
            severity=Severity(entry["severity"]),
            source=entry["source"],
            patterns=_patterns(language, (*entry.get("any", ()), *_of(entry, language))),
            unless=next(iter(_patterns(language, _one(entry.get("unless", {}), language))), None),
            denied=next(iter(_patterns(language, _one(entry.get("denied", {}), language))), None),
            despite=next(iter(_patterns(language, _one(entry.get("despite", {}), language))), None),
            letters=frozenset(entry.get("letters", ())),
            before_identity=entry.get("before_identity", False),
            demand=entry.get("demand", False),
        )
        for code, entry in _data()["forbidden"].items()
    )


@cache
def required(language: str) -> Mapping[str, Required]:
    """Everything a letter in this language may have to say, by code."""
    return {
        code: Required(
            code,
            Severity(entry["severity"]),
            entry["source"],
            _patterns(language, _of(entry, language)),
            entry.get("affirmed", False),
        )
        for code, entry in (*_data()["required"].items(), *_data()["shape"].items())
    }


def codes() -> tuple[str, ...]:
    """Every code a finding can have."""
    return tuple(code for table in _data().values() for code in table)


def _of(entry: _Entry, language: str) -> tuple[str, ...]:
    return tuple(cast("Mapping[str, list[str]]", entry).get(language, ()))


def _one(said: Mapping[str, str], language: str) -> tuple[str, ...]:
    return (said[language],) if language in said else ()


def _patterns(language: str, texts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    words = {**shared(language), "date": DATE_PATTERN[language]}
    return tuple(re.compile(filled(text, words), re.IGNORECASE) for text in texts)


@cache
def _data() -> Mapping[str, Mapping[str, _Entry]]:
    return table("wording.toml")
