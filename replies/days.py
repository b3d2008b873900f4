"""Days of a letter on which the law does not let happen what it tells: an extension too late or too long, a notice that
comes too late.

Owns their reckoning from the day of receipt and from the letter's own. Refuses to judge them: the linter says what
follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from replies import facts, filters
from replies.lens import Lens
from replies.reckoning import months_after
from state.model import Letter

_FEW_DAYS = timedelta(days=14)  # our choice: a late answer is near
LINK_DAYS = timedelta(days=14)
"""For how long at most a link to a copy is open (our choice; GDPR 32)."""
_TO_OPEN = timedelta(days=3)  # our choice: a mail is not read every day
_AT_ONCE = timedelta(days=7)  # our choice: three working days, and Easter may lie between them
_BY_POST = timedelta(days=7)  # our choice: a letter is carried up to four working days, and is to be read


def extension_too_late(read: Lens) -> bool:
    """Whether the time is extended after the promised day."""
    return read.letter is Letter.EXTENSION and read.context.today > read.context.promise


def beyond_three_months(read: Lens) -> Iterator[tuple[int, int]]:
    """Days to which an extension promises the answer after the third month from receipt, or from where a notice counts
    (GDPR 12(3)).
    """
    last = months_after(read.context.counted_from or read.context.received_on, 3)
    dates = re.finditer(filters.DATE_PATTERN[read.language], read.body) if read.letter is Letter.EXTENSION else ()
    for match in dates:
        day = filters.read_day(match[0], read.language)
        if day is not None and day > last:
            yield match.span()


def far(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a late letter puts its answer off by more than a few days."""
    yield from _put_off(read, read.context.today + _FEW_DAYS, _latest(read))


def too_far(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a late letter puts its answer off beyond the third month from receipt (GDPR 12(3))."""
    yield from _put_off(read, _latest(read), date.max)


def _latest(read: Lens) -> date:
    """The last day that a late letter may name; where three months are over already, the nearest ones."""
    context = read.context
    return max(months_after(context.counted_from or context.received_on, 3), context.today + _FEW_DAYS)


def _put_off(read: Lens, after: date, until: date) -> Iterator[tuple[int, int]]:
    day = facts.day("answer_by", "").read(read.context.facts) if read.late else None
    if isinstance(day, date) and after < day <= until:
        yield from read.names(day)


def reply_too_late(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a fee asks for the choice after the day of the answer that waits for it: the time runs on (GDPR 12(3))."""
    given = read.context.facts
    day, later = (facts.day(name, "").read(given) for name in ("reply_by", "answer_by"))
    answered = later if read.late and isinstance(later, date) else read.context.promise
    if read.letter is Letter.FEE and isinstance(day, date) and day > max(answered, read.context.today):
        yield from read.names(day)


def before_receipt(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a right is said to have been carried out before it was exercised: the day may be mistaken."""
    came = read.context.counted_from or read.context.received_on
    told = [part.facts for part in read.parts] if read.letter is Letter.OUTCOME else [read.context.facts]
    for given in told:
        done = facts.day("done_on", "").read(given)
        if isinstance(done, date) and done < came:
            yield from read.names(done)


def link(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a link to a copy ends before its reader may have opened it, or stays open for longer than a fortnight."""
    today = read.context.today
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        until = (
            facts.day("available_until", "").read(part.facts) if part.facts.get("delivery") == "secure_link" else None
        )
        if isinstance(until, date) and not today + _TO_OPEN <= until <= today + LINK_DAYS:
            yield from read.names(until)


def passed_on(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a request is said to be passed on before it came, or so late that who decides about it cannot answer in
    time: it goes on without delay (GDPR 12(3), 28(3)(e)).
    """
    context = read.context
    first, last = context.counted_from or context.received_on, min(context.promise, context.today + _AT_ONCE)
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        day = facts.day("forwarded_on", "").read(part.facts)
        if isinstance(day, date) and (day < first or max(last, context.today) < day):
            yield from read.names(day)


def lifted_too_soon(read: Lens) -> bool:
    """Whether a restriction is lifted before a notice on paper can have come: the person is to know beforehand."""
    lifted = facts.day("lifted_on", "").read(read.context.facts)
    if read.letter is not Letter.RESTRICTION_LIFTED or not read.context.on_paper or not isinstance(lifted, date):
        return False
    return lifted < read.context.today + _BY_POST
