"""Clauses that take away what the law gives, told by what they speak of together and not by how they say it.

Owns the reading of `lexicon/notice_takings.toml`: families of words, of which several must meet in one sentence. A
table of phrases finds the phrase that was thought of; here a ban, what cannot be banned and the word for advertising
meet in any order. Refuses what a family of exceptions is heard beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.topics import Topic

# Where a sentence turns to another matter.
_TURNS = re.compile(r";\s*|,?\s+(?:mutta|vaan|kun taas|but|whereas|men|medan)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taking:
    """`together`: of each one must be heard; `unless`: of none. `by_clause`: within one clause of the sentence;
    `beside`: where no heading says what it is about, only beside told rights.
    """

    code: str
    together: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    topics: frozenset[Topic]
    beyond: frozenset[Topic]
    by_clause: bool
    beside: bool

    def hits(self, sentence: Sentence, near: Set[Sentence]) -> bool:
        """`near`: the sentences that stand beside told rights (`beside_rights`)."""
        # A notice without headings tells everything under none.
        elsewhere = self.topics and sentence.topics and not sentence.about(*self.topics)
        apart = self.beside and not sentence.topics and sentence not in near
        if elsewhere or apart or sentence.about(*self.beyond):
            return False
        return any(map(self._heard, _TURNS.split(sentence.text) if self.by_clause else (sentence.text,)))

    def _heard(self, text: str) -> bool:
        if any(family.search(text) for family in self.unless):
            return False
        return all(family.search(text) for family in self.together)


def findings(document: Document) -> Iterator[tuple[str, str]]:
    """Each code with every sentence or heading that gives rise to it; what ends in a colon may stand as a heading."""
    headings = (Sentence(each.heading, each.topics, 0) for each in document.sections if each.heading)
    near = beside_rights(document)
    for sentence in (*document.sentences, *headings):
        yield from ((code, sentence.text) for code in taken(sentence, near))


def taken(sentence: Sentence, near: Set[Sentence] = frozenset()) -> frozenset[str]:
    """What a sentence takes away, by the linter's codes."""
    return frozenset(each.code for each in takings() if each.hits(sentence, near))


class _Entry(TypedDict, total=False):
    code: str
    all: list[str]
    unless: list[str]
    topics: list[str]
    beyond: list[str]
    clause: bool
    beside: bool


@cache
def takings() -> tuple[Taking, ...]:
    """The reviewed list."""
    listed = table("notice_takings.toml")
    families = {name: re.compile("|".join(words), re.IGNORECASE) for name, words in listed["families"].items()}
    return tuple(_taking(entry, families) for entry in listed["takings"])


def _taking(entry: _Entry, families: Mapping[str, re.Pattern[str]]) -> Taking:
    return Taking(
        code=entry["code"],
        together=tuple(families[name] for name in entry["all"]),
        unless=tuple(families[name] for name in entry.get("unless", [])),
        topics=frozenset(map(Topic, entry.get("topics", []))),
        beyond=frozenset(map(Topic, entry.get("beyond", []))),
        by_clause=entry.get("clause", False),
        beside=entry.get("beside", False),
    )
