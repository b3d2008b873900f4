"""Sentences that take from their reader what the law, or the letter itself, gives: whoever wrote them, in any order.

Owns the reading of `data/hindrances.toml` and where alone each rule of it looks. Refuses to judge the reviewed
template's own sentences, and to say how grave a finding is: that is `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypedDict, cast

from replies import wording
from replies.data_files import filled, named, table
from replies.lens import Lens
from state.model import Letter, Outcome, RequestKind


@dataclass(frozen=True, slots=True)
class Rule:
    """What a sentence must not say: all of `about` and any of `says`, save where it says `unless`."""

    code: str
    where: str
    about: tuple[re.Pattern[str], ...]
    says: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def broken_by(self, sentence: str) -> bool:
        if self.unless is not None and self.unless.search(sentence):
            return False
        about = all(pattern.search(sentence) for pattern in self.about)
        return about and any(pattern.search(sentence) for pattern in self.says)


class _InLanguage(TypedDict, total=False):
    about: list[str]
    says: list[str]
    unless: str


class _Entry(TypedDict, total=False):
    code: str
    where: str
    fi: _InLanguage
    sv: _InLanguage
    en: _InLanguage


def places(read: Lens) -> Iterator[tuple[str, tuple[int, int]]]:
    """The code and the place of each sentence that hinders its reader."""
    reviewed = {_even(said) for _, said in wording.sentences(read.around.template)}
    for span, said in wording.sentences(read.body):
        sentence = _even(said)
        if sentence not in reviewed:
            found = (rule.code for rule in _rules(read.language) if _looks(read, rule) and rule.broken_by(sentence))
            yield from ((code, span) for code in dict.fromkeys(found))


def _even(text: str) -> str:
    return " ".join(text.split())


def _looks(read: Lens, rule: Rule) -> bool:
    return not rule.where or _OCCASIONS[rule.where](read)


def _granted(kind: RequestKind) -> Callable[[Lens], bool]:
    """Whether all of what was asked is given of that right: what is given in part tells what is not."""
    return lambda read: read.answers(frozenset({Outcome.GRANTED}), kind)


def _recipients_told(read: Lens) -> bool:
    told = {part.facts.get("notified", "") for part in read.parts} & {"told", "to_be_told"}
    return read.letter is Letter.OUTCOME and bool(told)


_OCCASIONS: Mapping[str, Callable[[Lens], bool]] = MappingProxyType(
    {
        "access_granted": _granted(RequestKind.ACCESS),
        "erasure_granted": _granted(RequestKind.ERASURE),
        "rectification_granted": _granted(RequestKind.RECTIFICATION),
        "restriction_granted": _granted(RequestKind.RESTRICTION),
        "recipients_told": _recipients_told,
        "no_fee": lambda read: read.letter is not Letter.FEE,
        "stopped": lambda read: read.answers(
            frozenset({Outcome.GRANTED}), RequestKind.OBJECTION, RequestKind.CONSENT_WITHDRAWAL
        ),
    }
)


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    data = table("hindrances.toml")
    words = named(data["words"][language], language)
    return tuple(_rule(cast("_Entry", entry), language, words) for entry in data["rule"])


def _rule(entry: _Entry, language: str, words: Mapping[str, str]) -> Rule:
    said = {"fi": entry["fi"], "sv": entry["sv"], "en": entry["en"]}[language]
    unless = said.get("unless")
    return Rule(
        code=entry["code"],
        where=entry.get("where", ""),
        about=tuple(_pattern(one, words) for one in said.get("about", ())),
        says=tuple(_pattern(one, words) for one in said["says"]),
        unless=_pattern(unless, words) if unless else None,
    )


def _pattern(text: str, words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(filled(text, words), re.IGNORECASE)
