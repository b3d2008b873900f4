"""Until when something is kept: what a refusal waits for, backups, and what is kept of the case (GDPR 5(1)(e), 12(4)).

Owns the reading of those facts where the letter shows them. Refuses to know the words, which are `replies.wording`'s,
and the Accounting Act: that is `replies.accounting`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from replies import catalogue, facts, filters
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter


def endless(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what a ground is to end with is no event, such as "until further notice"."""
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        said = filters.phrase(refusal.facts.get("until_event", ""))
        if any(pattern.search(said) for pattern in rule.patterns):
            yield from read.shows(said)


def overwritten(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the backups of what was erased are said to hold it until a day that has passed."""
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        if part.facts.get("backups") == "overwritten":
            day = facts.day("backups_until", "").read(part.facts)
            if isinstance(day, date) and day < read.context.today:
                yield from read.names(day)


def long(read: Lens) -> Iterator[tuple[int, int]]:
    """Where something is kept of the case, or in backups, until after the day that the profile gives (GDPR 5(1)(e))."""
    at_most = dict(read.around.at_most)
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        for fact in catalogue.facts_needed(part.kind, part.outcome) if part.outcome else ():
            last, told = at_most.get(fact.name), fact.read(part.facts) if fact.applies(part.facts) else None
            if last and isinstance(told, date) and told > last:
                yield from read.names(told)
