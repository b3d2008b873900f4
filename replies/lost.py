"""What a letter said as it was composed and says no more: what is done or not done, to what, when and why.

Owns the comparison of the deleted sentences with the facts that they bore (GDPR 12(3)-(4), 15(1)-(2), 16-22). Refuses
to judge what somebody wrote in their place: they answer for that (`replies.additions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from replies import additions, catalogue, citations, filters
from replies.additions import Written
from replies.facts import Fact, FactKind
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter

Place = tuple[int, int]

_CODES = {"kept": "left_out_missing", "left_out": "left_out_missing", "explained": "reason_missing"}
_OTHERWISE = "told_missing"
_OF_COMPLAINT = frozenset({"GDPR 77", "GDPR 79", "1050/2018 21"})  # known by their words (`replies.owed`)
_WORDS_INSTEAD = 3  # "lasku on maksamatta"


def codes(read: Lens, no: Required, written: Written) -> Iterator[str]:
    """The code of each kind of fact that somebody took out of the letter with its sentence, and of what it owes without
    one: the `no` of a refusal, what the law gives. What they wrote in the place of it, or tell elsewhere in words of
    their own (`written`), is no loss.
    """
    composed = replace(read, body=read.around.composed)
    deleted = [(span, text) for span, text in additions.deleted(read) if not _replaced(read, span, written)]
    gone = [span for span, _ in deleted]
    elsewhere = {law for _, text in written for law in citations.cited(text, read.language)}
    for _, text in deleted:
        if read.letter is Letter.OUTCOME and read.refused and no.said_in(text):
            yield no.code
        elif citations.cited(text, read.language) - elsewhere - _OF_COMPLAINT:
            yield _OTHERWISE
    for fact, given in _told(read) if gone else ():
        for places in _places(composed, fact, given):
            if any(_within(place, gone) for place in places) and not _told_anew(read, fact, given, written):
                yield _CODES.get(fact.base, _OTHERWISE)


def _told(read: Lens) -> Iterator[tuple[Fact, Mapping[str, str]]]:
    """The facts that the letter owes, or that words of a person were given for, each beside those it is among."""
    if read.letter is not Letter.OUTCOME:
        context = read.context
        apart = {"question": context.question, "extension_explained": context.extension_explained}
        given = {**apart, **context.facts}
        yield from ((fact, given) for fact in catalogue.letter_facts(read.letter) if _owed(fact, given))
        return
    for part in read.parts:
        needed = catalogue.facts_needed(part.kind, part.outcome, catalogue.ONCE) if part.outcome else ()
        yield from ((fact, part.facts) for fact in needed if _owed(fact, part.facts))


def _owed(fact: Fact, given: Mapping[str, str]) -> bool:
    """A day that nobody had to name may go; so may what is our own choice to tell."""
    bound = fact.required or fact.kind is FactKind.TEXT
    return bound and fact.applies(given) and fact.source != "our choice" and fact.kind is not FactKind.CHOICE


def _places(read: Lens, fact: Fact, given: Mapping[str, str]) -> Iterator[tuple[Place, ...]]:
    """Where a text says a fact: of each line of its words, or of its day."""
    said = fact.read(given)
    if isinstance(said, date):
        yield tuple(read.names(said))
    elif said:
        for line in filter(None, filters.phrase(filters.plain(said)).split("; ")):
            yield tuple(read.shows(line))


def _within(place: Place, gone: list[Place]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in gone)


def _told_anew(read: Lens, fact: Fact, given: Mapping[str, str], written: Written) -> bool:
    own = [span for span, _ in written]
    return all(any(_within(place, own) for place in places) for places in _places(read, fact, given))


def _replaced(read: Lens, gone: Place, written: Written) -> bool:
    """Whether something of a person's own stands where a sentence stood."""
    begins, ends = _between(read, *gone)
    own = (span for span, text in written if len(text.split()) >= _WORDS_INSTEAD)
    return any(begins <= start and stop <= ends for start, stop in own)


def _between(read: Lens, start: int, stop: int) -> Place:
    """The stretch of the letter between the lines that surrounded a place in it as it was composed."""
    before = read.around.composed[:start].splitlines()[:-1]
    after = read.around.composed[stop:].splitlines()[1:]
    last = next((line for line in reversed(before) if line and line in read.body), "")
    begins = read.body.find(last) + len(last)
    following = next((line for line in after if line and line in read.body[begins:]), "")
    return begins, read.body.find(following, begins) if following else len(read.body)
