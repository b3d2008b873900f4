"""Days and times as people say them: "torstaina", "viikon päästä", "4. maaliskuuta klo 8", "i övermorgon".

Owns the reading of one mention into a day that may lie ahead or behind; which of both is meant, the intent knows.
Refuses to guess: "viime viikolla" is no day, and none is made of it. Days are plain dates in Helsinki.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from inbox_agent.rules.commands.clock_times import times
from inbox_agent.rules.commands.dates import in_words, near_day, plain, weekday, whole_month
from inbox_agent.rules.commands.feasts import feast
from inbox_agent.rules.commands.mention import Mention, Reader
from inbox_agent.rules.commands.spans import counted, span
from inbox_agent.rules.commands.units import month_named

_UNTIL_AFTER = frozenset({"asti", "saakka", "mennessa", "loppuun", "loppuunmennessa"})
_UNTIL_BEFORE = frozenset({"until", "till", "til", "by", "ennen", "before", "innan", "senast", "viimeistaan", "tills"})
_UNTIL_LED = ("till och med", "up to and including", "up to", "till den", "until the", "till the", "til the", "by the")
_FROM_AFTER = frozenset({"alkaen", "lahtien", "alkain"})
_FROM_BEFORE = frozenset({"from", "fran", "since", "sedan"})


def mentions(forms: Sequence[str], today: date) -> tuple[Mention, ...]:
    """Every day said in these folded words, in order."""
    return tuple(_joined(list(_dated(list(_mentions(forms, today)), forms, today)), forms))


def _dated(found: Sequence[Mention], forms: Sequence[str], today: date) -> Iterator[Mention]:
    """A weekday before its date ("perjantaihin 20.3.", "maanantaina 30. elokuuta") is that day."""
    start: int | None = None  # of the weekday that goes before the next date
    for mention, following in zip_longest(found, found[1:]):
        named = mention if start is None else replace(mention, start=start)
        dated = following is not None and following.start == mention.end and _date_at(forms, mention.end, today)
        start = mention.start if dated and weekday(forms, mention.start, today) else None
        if start is None:
            yield named


def _date_at(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """A date in figures or with its month that begins there."""
    month = at + 1 < len(forms) and month_named(forms[at + 1])
    return (plain(forms, at, today) or (in_words(forms, at, today) if month else None)) if at < len(forms) else None


def _mentions(forms: Sequence[str], today: date) -> Iterator[Mention]:
    at = 0
    while at < len(forms):
        for reader in _READERS:
            try:
                found = reader(forms, at, today)
            except (ValueError, OverflowError):  # 31.2. is no day
                found = None
            if found:
                found = _bounded(found, forms)
                yield found
                at = found.end
                break
        else:
            at += 1


def _joined(found: list[Mention], forms: Sequence[str]) -> Iterator[Mention]:
    """Put a clock time to the day it stands near; a time without a day is left out."""
    near = [(at, time, end) for at, time, end in times(forms) if not any(m.start <= at < m.end for m in found)]
    of = {_nearest(found, at): time for at, time, _end in reversed(near)}
    for mention in found:
        yield replace(mention, time=of[mention.start]) if mention.start in of else mention


def _nearest(found: Sequence[Mention], at: int) -> int:
    """The beginning of the mention that a time belongs to: the last before it, else the first behind."""
    before = [mention.start for mention in found if mention.end <= at]
    return before[-1] if before else next((mention.start for mention in found), -1)


def _bounded(mention: Mention, forms: Sequence[str]) -> Mention:
    """See whether the mention is said as an end or a beginning."""
    before = forms[mention.start - 1] if mention.start else ""
    after = forms[mention.end] if mention.end < len(forms) else ""
    last = forms[mention.end - 1]
    led = " ".join(forms[max(mention.start - 3, 0) : mention.start]).endswith(_UNTIL_LED)
    until = mention.until or after in _UNTIL_AFTER or before in _UNTIL_BEFORE or led or last.endswith("taihin")
    since = mention.since or after in _FROM_AFTER or before in _FROM_BEFORE or (after == "-" and not until)
    before_dash = before == "-" or (mention.start > 1 and before in {"och", "to"} and forms[mention.start - 2] == "")
    end = mention.end + 1 if after in _UNTIL_AFTER or after in _FROM_AFTER else mention.end
    return replace(mention, until=until or before_dash, since=since, end=end)


def _feast(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """A feast said as an end or a beginning; else it is only spoken of."""
    around = {*forms[max(at - 2, 0) : at], *forms[at + 1 : at + 2]}
    bounds = _UNTIL_AFTER | _UNTIL_BEFORE | _FROM_AFTER | _FROM_BEFORE | {"jalkeen", "after", "efter"}
    found = feast(forms[at], today) if around & bounds else None
    return Mention(at, at + 1, *found) if found else None


_READERS: tuple[Reader, ...] = (plain, in_words, whole_month, span, near_day, weekday, counted, _feast)
