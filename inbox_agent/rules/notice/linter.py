"""Where a notice promises less than the law gives, or stands on what has been repealed.

Owns `lint` and the table of findings (`lexicon/notice_findings.toml`): each code once a notice, with the words that
gave rise to it. Refuses to advise: codes are for the faces to say. It reads words, not deeds: a clean notice is not
thereby a true one. Silence is preferred to a false alarm, since a person who is warned for nothing stops reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.notice import clauses, keeping, lacking, names, rights, takings
from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.denials import asserts
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.doubts import is_hinted, is_notice, understood
from inbox_agent.rules.notice.facts import Facts
from inbox_agent.rules.notice.matter import asks_where
from inbox_agent.rules.notice.topics import Topic


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing short of the law. `quote` is None for what is missing; a code may name a right after a colon.
    `asks`: it was not found, and may be told in words that are not understood: a question, no fault.
    """

    code: str
    quote: str | None
    source: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """When a sentence alone gives rise to a finding. Without `any`, rules.notice's own modules decide. `listed`: the
    code of the closed list that other programs read, "" where none of it fits and only people are told.
    """

    code: str
    listed: str
    source: str
    any: re.Pattern[str] | None
    also: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    past: re.Pattern[str] | None
    under: frozenset[Topic]
    beyond: frozenset[Topic]
    asks: bool
    denied: bool

    def hits(self, sentence: Sentence, near: Set[Sentence], following: str = "") -> bool:
        """`near`: the sentences beside told rights; `following`: the sentence after, which may tell what is past."""
        # A notice without headings tells everything under none.
        elsewhere = self.under and sentence.topics and not sentence.about(*self.under)
        if self.any is None or elsewhere or sentence.about(*self.beyond):
            return False
        text = sentence.text
        if (self.also and not self.also.search(text)) or (self.unless and self.unless.search(text)):
            return False
        if self.past and self.past.search(_without_names(f"{text} {following}")):
            return False
        if not self.asks:
            return asserts(self.any, text) if self.denied else self.any.search(text) is not None
        return asks_where(self.any, sentence, near, unless_denied=self.denied)


def _without_names(text: str) -> str:
    """A text without its organisations: "Vanha Rauta Oy" makes nothing past."""
    for name, _ in names.organisations(text):
        text = text.replace(name, "")
    return text


def lint(document: Document, facts: Facts) -> tuple[Finding, ...]:
    """Every fault, in the table's order; of each code the first place. What is only in doubt is asked: `questions`."""
    return tuple(finding for finding in examine(document, facts) if not finding.asks)


def questions(document: Document, facts: Facts) -> tuple[Finding, ...]:
    """What was not found and may yet be told: for a person to look, and no fault."""
    return tuple(finding for finding in examine(document, facts) if finding.asks)


def examine(document: Document, facts: Facts) -> tuple[Finding, ...]:
    """Faults and questions, in the table's order; of each code the first place."""
    found: dict[str, str | None] = {}
    for code, quote in (*_by_words(document), *_by_facts(document, facts)):
        found.setdefault(code, quote)
    if "legal_basis_wrong" in found:
        found.pop("legal_basis_missing", None)  # one is named, if a wrong one
    order = list(rules())
    whole = is_notice(document, facts)
    return tuple(
        Finding(
            code,
            found[code],
            rules()[_base(code)].source,
            asks=not whole or _in_doubt(code, found[code], document, facts),
        )
        for code in sorted(found, key=lambda code: order.index(_base(code)))
    )


def _in_doubt(code: str, quote: str | None, document: Document, facts: Facts) -> bool:
    """Whether what a code says is missing may be told in words that are not understood."""
    return (quote is None and not understood(code, document, facts)) or is_hinted(code, document, facts)


def in_the_list(findings: Iterable[Finding]) -> tuple[tuple[str, Finding], ...]:
    """The findings that the closed list of codes knows, each with its code there and once: a fault before a
    question.
    """
    known: dict[str, Finding] = {}
    for finding in findings:
        rule = rules()[_base(finding.code)]
        code = finding.code.replace(rule.code, rule.listed, 1)
        if rule.listed and (code not in known or (known[code].asks and not finding.asks)):
            known[code] = finding
    return tuple(known.items())


def _base(code: str) -> str:
    return code.partition(":")[0]


def _by_words(document: Document) -> Iterator[tuple[str, str]]:
    headings = (Sentence(section.heading, frozenset(), 0) for section in document.sections if section.heading)
    sentences = (*document.sentences, *headings)
    behind = [each.text for each in (*sentences[1:], *sentences[:1])]
    near = beside_rights(document)
    for rule in rules().values():
        for sentence, following in zip(sentences, behind, strict=True):
            if rule.hits(sentence, near, following):
                yield rule.code, sentence.text
    yield from takings.findings(document)


def _by_facts(document: Document, facts: Facts) -> Iterator[tuple[str, str | None]]:
    for room in (lacking, keeping, rights, clauses):
        yield from room.findings(document, facts)


class _Entry(TypedDict, total=False):
    listed: str
    source: str
    any: list[str]
    also: list[str]
    unless: list[str]
    past: list[str]
    under: list[str]
    beyond: list[str]
    asks: bool
    denied: bool


@cache
def rules() -> Mapping[str, Rule]:
    """The table of findings by code."""
    entries: Mapping[str, _Entry] = table("notice_findings.toml")
    return {code: _rule(code, entry) for code, entry in entries.items()}


def _rule(code: str, entry: _Entry) -> Rule:
    return Rule(
        code=code,
        listed=entry.get("listed", code),
        source=entry["source"],
        any=_pattern(entry.get("any", [])),
        also=_pattern(entry.get("also", [])),
        unless=_pattern(entry.get("unless", [])),
        past=_pattern(entry.get("past", [])),
        under=frozenset(map(Topic, entry.get("under", []))),
        beyond=frozenset(map(Topic, entry.get("beyond", []))),
        asks=entry.get("asks", False),
        denied=entry.get("denied", False),
    )


def _pattern(alternatives: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None
