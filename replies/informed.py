"""What an answer tells of the processing: whether each item of it says anything (GDPR 15(1)-(2), 22(3)).

Owns the look at the values of its facts. Refuses to know the words, which are `replies.hollow`'s, `replies.known`'s,
`replies.reviewers`'s and `replies.wording`'s, and whether what an item says is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from replies import filters, hollow, known, reviewers
from replies.context import Part
from replies.lens import Lens
from replies.pairs import GIVING
from replies.wording import Required
from state.model import RequestKind

_ITEMS: tuple[hollow.Item, ...] = ("purposes", "categories", "recipients", "retention", "sources")
_CHECKED: tuple[hollow.Item, ...] = ("purposes", "recipients", "retention", "sources")
_WORDS_OF_LOGIC = 2  # one word is no cause that its reader could contest (C-203/22); "osoite puuttui" is


def empty(read: Lens, _: Required) -> Iterator[tuple[int, int]]:
    """Where an item holds empty words: recipients that nobody is named of, a storage time without a measure, a decision
    without its logic, a mere pointer to the notice.
    """
    for part in _access(read):
        for item in _ITEMS:
            said = filters.phrase(part.facts.get(item, ""))
            if _says_nothing(read, item, said):
                yield from read.shows(said)
            yield from (span for span, now in _edited(read, said) if hollow.empty(item, now, read.language))
        if part.facts.get("automated_decisions") == "made":
            yield from _without_logic(read, part.facts.get("automated_explained", ""))
    for part in _reviewed(read):
        yield from _without_logic(read, part.facts.get("logic", ""))


def _edited(read: Lens, said: str) -> Iterator[tuple[tuple[int, int], str]]:
    """What a person wrote in place of a fact, behind the words that lead to it, with its place."""
    stood = next(replace(read, body=read.around.composed).shows(said), None) if said else None
    if stood is None or any(read.shows(said)):
        return
    lead = read.around.composed[: stood[0]].rpartition("\n")[2]
    for now in re.finditer(rf"(?m)^{re.escape(lead)}(.+)$", read.body) if lead.strip() else ():
        yield now.span(1), now[1].strip(" .")


def by_machine(read: Lens, _: Required) -> Iterator[tuple[int, int]]:
    """Where whoever reviewed an automated decision is no human being (GDPR 22(3))."""
    for part in _reviewed(read):
        said = filters.phrase(part.facts.get("reviewer", ""))
        if said and reviewers.no_human(said, read.language, read.around.people):
            yield from read.shows(said)


def unclear(read: Lens) -> Iterator[tuple[str, tuple[int, int]]]:
    """What a person answers for, with its code: an item and a logic that name nothing plainly (GDPR 15(1)(a)-(h)), and
    who decided anew where no word tells a human being who did so.
    """
    for part in _access(read):
        for item in _CHECKED:
            yield from _unchecked(read, item, part.facts.get(item, ""))
        if part.facts.get("automated_decisions") == "made":
            yield from _unchecked(read, "logic", part.facts.get("automated_explained", ""))
    for part in _reviewed(read):
        yield from _unchecked(read, "logic", part.facts.get("logic", ""))
        said, people = filters.phrase(part.facts.get("reviewer", "")), read.around.people
        if said and not reviewers.no_human(said, read.language, people) and not _plain(read, "reviewer", said):
            yield from (("reviewer_unclear", span) for span in read.shows(said))


def _unchecked(read: Lens, item: hollow.Item, told: str) -> Iterator[tuple[str, tuple[int, int]]]:
    said = filters.phrase(told)
    if said and not _says_nothing(read, item, said) and not _plain(read, item, said):
        yield from (("item_unchecked", span) for span in read.shows(said))


def _plain(read: Lens, item: str, said: str) -> bool:
    return known.plain(item, said, read.language, (*read.around.ours, *read.around.people))


def _says_nothing(read: Lens, item: hollow.Item, said: str) -> bool:
    """Whether it is an error already."""
    if item != "logic":
        return hollow.empty(item, said, read.language)
    empty = hollow.empty("logic", said, read.language) or hollow.withheld(said, read.language)
    return empty or len(said.split()) < _WORDS_OF_LOGIC


def _without_logic(read: Lens, told: str) -> Iterator[tuple[int, int]]:
    said = filters.phrase(told)
    if said and _says_nothing(read, "logic", said):
        yield from read.shows(said)


def unsafe(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a transfer abroad is told without what safeguards it (GDPR 15(2))."""
    [safeguard] = rule.patterns
    for part in _access(read):
        said = filters.phrase(part.facts.get("transfers_explained", ""))
        if part.facts.get("transfers") == "made" and not safeguard.search(said):
            yield from read.shows(said)


def transfers_denied(read: Lens) -> Iterator[tuple[int, int]]:
    """The recipients that are known to move data outside the EU and the EEA, in an answer that says that none goes."""
    if any(part.facts.get("transfers") == "none" for part in _access(read)):
        for service in read.around.abroad:
            yield from read.shows(service)


def left_out(read: Lens) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Those who process the data for us, by the case's tasks, and are not among the recipients that an answer names
    (GDPR 4(9), 15(1)(c); C-154/21), each with its code and the place of these; once more where they move data abroad,
    and it says that none goes (15(2)).
    """
    text = read.body.casefold()
    missing = [name for name in read.holders if _LEGAL_FORM.sub("", name).casefold() not in text]
    for part in _access(read):
        said = filters.phrase(part.facts.get("recipients", ""))
        for place in list(read.shows(said))[:1] if said else ():
            yield from (("holders_left_out", name, place) for name in missing)
            if part.facts.get("transfers") == "none":
                moving = (name for name in missing if any(one in name for one in read.around.abroad_for_us))
                yield from (("holders_abroad", name, place) for name in moving)


_LEGAL_FORM = re.compile(r"(?:[ ,]+(?:Oyj?|Abp?|Ltd|Inc|LLC|GmbH|AS|ApS|B\.?V)\.?)+$", re.IGNORECASE)


def _reviewed(read: Lens) -> Iterator[Part]:
    return (part for part in read.parts if part.kind is RequestKind.AUTOMATED_DECISION and part.outcome in GIVING)


def _access(read: Lens) -> Iterator[Part]:
    return (part for part in read.parts if part.kind is RequestKind.ACCESS and part.outcome in GIVING)
