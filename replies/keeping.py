"""What a refused erasure keeps, and until when: whether the letter's ground carries it (GDPR 12(4), 17(3); the
Accounting Act 1336/1997, 2:10).

Owns the reading of those facts where the letter shows them. Refuses to know the words: those are `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from replies import catalogue, facts, filters
from replies.grounds import ACCOUNTING_ACT
from replies.lens import Lens
from replies.refusals import Refusal
from replies.wording import Required
from state.model import Letter

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BRACKETED = re.compile(r"\([^)]*\)")
_ITEMS = re.compile(r",|;|\b(?:ja|sekä|och|samt|and)\b", re.IGNORECASE)


def beyond_accounting(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the Accounting Act is to keep what is neither a voucher nor a book: a customer card, notes, everything."""
    for refusal in _by_accounting(read):
        said = refusal.facts.get("kept", "")
        if not _accounting_alone(filters.phrase(said), rule):
            yield from read.shows(said)


def _accounting_alone(said: str, rule: Required) -> bool:
    """Whether every item is accounting material; what stands on it ("invoices, on which your name is") may be named."""
    material, when, on_it, others = rule.patterns
    named = _BRACKETED.sub("", said)
    leads = on_it.search(named)
    items, rest = (named[: leads.start()], named[leads.end() :]) if leads else (named, "")
    found = [item for item in _ITEMS.split(items) if not when.fullmatch(item)]
    return bool(found) and all(map(material.search, found)) and not any(map(others.search, (*found, rest)))


def law_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what is said of this very case only says again what the Accounting Act says of every case."""
    [law] = rule.patterns
    for refusal in _by_accounting(read):
        said = filters.phrase(refusal.facts.get("explained", ""))
        if said and not re.search(r"\w{3,}", law.sub(" ", said)):
            yield from read.shows(said)


def endless(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what a ground is to end with is no event, such as "until further notice"."""
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        said = filters.phrase(refusal.facts.get("until_event", ""))
        if any(pattern.search(said) for pattern in rule.patterns):
            yield from read.shows(said)


def years_together(read: Lens) -> Iterator[tuple[int, int]]:
    """Where vouchers of several years are kept until one day: each year of theirs ends by itself (Act 2:10)."""
    for refusal in _by_accounting(read):
        said = refusal.facts.get("kept", "")
        if not refusal.facts.get("oldest_on") and len(set(_YEAR.findall(said))) > 1:
            yield from read.shows(said)


def over(read: Lens) -> Iterator[tuple[int, int]]:
    """Where something is kept until a day that has passed."""
    for refusal in _by_accounting(read):
        yield from _past(read, refusal.facts, "oldest_until", "kept_until")


def overwritten(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the backups of what was erased are said to hold it until a day that has passed."""
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        if part.facts.get("backups") == "overwritten":
            yield from _past(read, part.facts, "backups_until")


def long(read: Lens) -> Iterator[tuple[int, int]]:
    """Where something is kept of the case, or in backups, until after the day that the profile gives (GDPR 5(1)(e))."""
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        for fact in catalogue.facts_needed(part.kind, part.outcome) if part.outcome else ():
            last, told = read.around.at_most.get(fact.name), fact.read(part.facts) if fact.applies(part.facts) else None
            if last and isinstance(told, date) and told > last:
                yield from read.names(told)


def _past(read: Lens, given: Mapping[str, str], *names: str) -> Iterator[tuple[int, int]]:
    for day in (facts.day(name, "").read(given) for name in names):
        if isinstance(day, date) and day < read.context.today:
            yield from read.names(day)


def _by_accounting(read: Lens) -> Iterator[Refusal]:
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        if refusal.ground is not None and ACCOUNTING_ACT in refusal.ground.provisions:
            yield refusal
