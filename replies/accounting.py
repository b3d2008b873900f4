"""What a refused erasure keeps by the Accounting Act (1336/1997, 2:10): whether that is its material, and for how long.

Owns the comparison of what a person named, its years among them, with the material and the days that the term was
counted from. Refuses to count the term (`kept_until` is given) and to know the words: those are `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from replies import facts, filters, wording, years
from replies.grounds import ACCOUNTING_ACT
from replies.lens import Lens
from replies.refusals import Refusal
from replies.wording import Required
from state.model import Letter

_BRACKETED = re.compile(r"\([^)]*\)")
_ITEMS = re.compile(r",|;|\b(?:ja|sekä|och|samt|and)\b", re.IGNORECASE)
_CLAUSES = re.compile(
    r",|;|\b(?:ja|sekä|mutta|och|samt|men|and|but)\b(?!\s+(?:vuo\w+\s+|år\s+|tilikau\w+\s+)?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_CALENDAR_YEAR = re.compile(r"31\.\s?12\.?")


def beyond(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the Act is to keep what is neither a voucher nor a book: a customer card, notes, everything."""
    for refusal in refused(read):
        said = refusal.facts.get("kept", "")
        if not _material_alone(filters.phrase(said), rule):
            yield from read.shows(said)


def _material_alone(said: str, rule: Required) -> bool:
    """Whether every item is accounting material; what stands on it ("invoices, on which your name is") may be named."""
    material, when, on_it, others = rule.patterns
    named = _BRACKETED.sub("", said)
    leads = on_it.search(named)
    items, rest = (named[: leads.start()], named[leads.end() :]) if leads else (named, "")
    found = [item for item in _ITEMS.split(items) if not when.fullmatch(item)]
    return bool(found) and all(map(material.search, found)) and not any(map(others.search, (*found, rest)))


def of_other_material(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where books are kept as long as vouchers, or vouchers as long as books: each has its own term."""
    *_, on_it, _ = wording.required(read.language)["kept_beyond_accounting"].patterns
    for refusal in refused(read):
        said = filters.phrase(refusal.facts.get("kept", ""))
        [named, *_] = on_it.split(_BRACKETED.sub("", said), maxsplit=1)
        kinds = {_material_of(item, rule) for item in _ITEMS.split(named)} - {""}
        if kinds - {refusal.facts.get("material", "")}:
            yield from read.shows(said)


def _material_of(item: str, rule: Required) -> str:
    """Which material an item is by its words; "" where they do not tell."""
    books, vouchers = rule.patterns
    if books.search(item):
        return "books"
    return "vouchers" if vouchers.search(item) else ""


def law_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what is said of this very case only says again what the Act says of every case. That they are vouchers is
    said of this case where what is kept names which.
    """
    law, vouchers = rule.patterns
    words = wording.required(read.language)["years_kept_together"]
    for refusal in refused(read):
        said = filters.phrase(refusal.facts.get("explained", ""))
        named = vouchers.search(said) and _named_ones(read, filters.phrase(refusal.facts.get("kept", "")), words)
        if said and not named and not re.search(r"\w{3,}", law.sub(" ", said)):
            yield from read.shows(said)


def _named_ones(read: Lens, kept: str, rule: Required) -> bool:
    """Whether the vouchers that are kept are named by their kind, and by their years or numbers."""
    material, _, numbers = rule.patterns
    return bool(material.search(kept) and (_in(read, kept, rule) or numbers.search(kept)))


def years_together(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where material of several years is kept until one day: each year of it ends by itself. What goes back to a
    beginning, or is all there is, is of several.
    """
    for refusal in refused(read):
        if not refusal.facts.get("oldest_on"):
            several = [named.said for named in _years(read, refusal, rule) if named.first < named.last]
            kept = filters.phrase(refusal.facts.get("kept", ""))
            several += [kept] if years.without_beginning(kept, read.language) else []
            yield from (place for said in dict.fromkeys(several) for place in read.shows(said))


def in_other_years(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the oldest one is of another year than the first that is named, or the newest one of an earlier one than
    the last: the letter would promise to destroy some of it too early, or to keep it too long.
    """
    words = wording.required(read.language)["years_kept_together"]
    for refusal in refused(read):
        newest, oldest = (facts.day(name, "").read(refusal.facts) for name in ("newest_on", "oldest_on"))
        kept, into_next = filters.phrase(refusal.facts.get("kept", "")), _into_next(refusal.facts)
        if found := _in(read, kept, words):
            of_another = isinstance(oldest, date) and abs(oldest.year - min(found)) > into_next
            if of_another or (isinstance(newest, date) and newest.year + into_next < max(found)):
                yield from read.shows(kept)


def over(read: Lens) -> Iterator[tuple[int, int]]:
    """Where something is kept until a day that has passed, or is of a year whose time is over."""
    words = wording.required(read.language)["years_kept_together"]
    for refusal in refused(read):
        for name in ("oldest_until", "kept_until"):
            day = facts.day(name, "").read(refusal.facts)
            if isinstance(day, date) and day < read.context.today:
                yield from read.names(day)
        for named in _years(read, refusal, words):
            ends = _last_day(named.oldest, refusal.facts)
            if ends is not None and ends < read.context.today:
                yield from read.shows(named.said)


def of_other_years(read: Lens) -> Iterator[tuple[int, int]]:
    """Where every year named is before the one that the time is counted from: it would be kept too long."""
    words = wording.required(read.language)["years_kept_together"]
    for refusal in refused(read):
        newest, named = facts.day("newest_on", "").read(refusal.facts), tuple(_years(read, refusal, words))
        latest = max((one.last for one in named), default=None)
        if isinstance(newest, date) and latest is not None and latest + _into_next(refusal.facts) < newest.year:
            yield from (place for one in named for place in read.shows(one.said))


def to_come(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the time is counted from a day that has not come: no voucher bears it yet."""
    for refusal in refused(read):
        newest = facts.day("newest_on", "").read(refusal.facts)
        ends = facts.day("kept_until", "").read(refusal.facts)
        if isinstance(newest, date) and isinstance(ends, date) and newest > read.context.today:
            yield from read.names(ends)


def refused(read: Lens) -> Iterator[Refusal]:
    """What the letter keeps by the Act."""
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        if refusal.ground is not None and ACCOUNTING_ACT in refusal.ground.provisions:
            yield refusal


@dataclass(frozen=True, slots=True)
class _Named:
    """Words that name the years of what is kept. `oldest`: of which year something surely is."""

    said: str
    first: int
    last: int
    oldest: int


def _years(read: Lens, refusal: Refusal, rule: Required) -> Iterator[_Named]:
    """The years of what is kept, and of the vouchers that its reason names, clause by clause: what is said there to be
    erased is not kept, and of single years only the last is surely theirs.
    """
    vouchers, erased, _ = rule.patterns
    kept, reason = (filters.phrase(refusal.facts.get(name, "")) for name in ("kept", "explained"))
    newest = facts.day("newest_on", "").read(refusal.facts)
    if found := _in(read, kept, rule):
        goes_on = isinstance(newest, date) and years.goes_on(kept, read.language)
        last = max(*found, newest.year) if goes_on and isinstance(newest, date) else max(found)
        yield _Named(kept, min(found), last, min(found))
    for clause in _CLAUSES.split(reason):
        found = _in(read, clause, rule)
        if found and vouchers.search(clause) and not erased.search(clause):
            oldest = min(found) if years.spanned(clause) else max(found)
            yield _Named(reason, min(found), max(found), oldest)


def _in(read: Lens, said: str, rule: Required) -> tuple[int, ...]:
    """Every year that words name, of a span its ends; the numbers of invoices are none."""
    *_, numbers = rule.patterns
    return years.named(numbers.sub(" ", said), read.language)


def _last_day(year: int, given: Mapping[str, str]) -> date | None:
    """The last day that a year's material can have to be kept, by the newest one's; None where none is counted."""
    newest, ends = facts.day("newest_on", "").read(given), facts.day("kept_until", "").read(given)
    if not isinstance(newest, date) or not isinstance(ends, date):
        return None
    return date(year + ends.year - newest.year + _into_next(given), ends.month, 28)


def _into_next(given: Mapping[str, str]) -> int:
    """How many years later than the calendar's the financial year of a day may end."""
    return 0 if _CALENDAR_YEAR.fullmatch(given.get("financial_year_end", "").strip()) else 1
