"""A word taken back in the next breath: "maanantaina eikun tiistaina", "klockan två, nej tre", "Wednesday, scrap that".

Owns what counts as taking back and what of the line it undoes: the one said last is meant, of two days, times, names,
facts, numbers, or two words of one kind. Refuses to undo a deed: "hylkää, eiku myönnä" is for the guards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from inbox_agent.rules.commands.clock_times import times
from inbox_agent.rules.commands.days import mentions
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.word import Word

_TAKING_BACK = (
    ("no", "hang", "on"),
    ("ei", "kun"),
    ("ei", "ku"),
    ("no", "wait"),
    ("i", "mean"),
    ("tai", "siis"),
    ("jag", "menar"),
    ("nej", "forresten"),
    ("eller", "nej"),
    ("tai", "ei"),
    ("oh", "no"),
    ("nej", "forlat"),
    ("tai", "oikeastaan"),
    ("scrap", "that"),
    ("make", "it"),
    ("eiku",),
    ("eikun",),
    ("eikku",),
    ("sorry",),
    ("siis",),
    ("forlat",),
    ("wait",),
    ("rather",),
    ("snarare",),
    ("pikemminkin",),
    ("nej",),
    ("no",),
)
_BARE = frozenset({("nej",), ("no",)})
"""What takes back only behind a mark: "no erasure" does not."""
_NEAR = 2  # words that may stand around the one that takes back
_FAR = 5  # words between what is taken back and what is meant
_STATUS = frozenset({"open_word", "closed_word", "waiting_us", "waiting_them"})
_KINDS = ("lang.", "period.", "route.", "right.")


def without_slips_of_the_tongue(words: Sequence[Word], today: date) -> list[Word]:
    """The words of a line without those that it takes back."""
    kept, at = list(words), 0
    while at < len(kept):
        width = next((len(marker) for marker in _TAKING_BACK if _stands(kept, at, marker)), 0)
        meant = _mended(kept, at, at + width, today) if width else None
        kept, at = (kept, at + 1) if meant is None else (meant, 0)
    return kept


def _stands(words: Sequence[Word], at: int, marker: Sequence[str]) -> bool:
    told = tuple(word.form for word in words[at : at + len(marker)]) == tuple(marker)
    return told and (tuple(marker) not in _BARE or (at > 0 and words[at - 1].kind == "mark"))


def _mended(words: Sequence[Word], at: int, end: int, today: date) -> list[Word] | None:
    """The words as they were meant; None where both sides are not of one kind."""
    second = next((i for i in range(end, len(words)) if words[i].kind != "mark" and not _small(words[i])), None)
    first = next((i for i in range(at - 1, -1, -1) if words[i].kind != "mark"), None)
    if second is None or first is None:
        return None
    lost = _days(words, at, end, today) or _times(words, at, end) or _named(words, at, second)
    lost = lost or _facts(words, first, second)
    if not lost and tuple(word.form for word in words[at:end]) not in _BARE:
        lost = _of_a_kind(words, at, second)
    if lost:
        return [word for i, word in enumerate(words) if i not in lost and not at <= i < end]
    return _counted(words, at, end, second)


def _small(word: Word) -> bool:
    return word.form in _SMALL


_SMALL = frozenset({"vasta", "siis", "pa", "at", "till", "to", "on", "for", "sittenkin", "nyt"})


def _days(words: Sequence[Word], at: int, end: int, today: date) -> set[int]:
    """A day before it, with its time where the day meant has one of its own."""
    forms = [word.form for word in words]
    found = mentions(forms, today)
    clock = {i for start, _, stop in times(forms) for i in range(start, stop)}
    behind = next((m for m in found if m.start >= end and m.start - end <= _NEAR), None)
    before = next((m for m in reversed(found) if m.end <= at), None)
    if behind is None or before is None:
        return set()
    between = {i for i in range(before.end, at) if words[i].kind != "mark"}
    if between - clock:
        return set()
    return {*range(before.start, before.end), *(between if behind.time else ())}


def _times(words: Sequence[Word], at: int, end: int) -> set[int]:
    found = list(times([word.form for word in words]))
    behind = any(end <= start <= end + 1 for start, _, _ in found)
    before = next((range(start, stop) for start, _, stop in reversed(found) if stop <= at), range(0))
    return set(before) if behind else set()


def _named(words: Sequence[Word], at: int, second: int) -> set[int]:
    """A name that another, or who speaks, stands for: "Kurt, nej, till mig"."""
    meant = {"name", "to_name"} & words[second].tags or words[second].form in _ME
    before = next((i for i in range(at - 1, max(at - _FAR, -1), -1) if "name" in words[i].tags), None)
    return {before} if meant and before is not None and not _ordered(words, before + 1, at) else set()


_ME = frozenset({"mulle", "minulle", "itselleni", "mig", "mej", "me", "myself"})


def _ordered(words: Sequence[Word], start: int, end: int) -> bool:
    return any(tag.startswith("v_") for word in words[start:end] for tag in word.tags)


def _facts(words: Sequence[Word], first: int, second: int) -> set[int]:
    """As in "kysy postinumero eiku asiakasnumero": a fact, whatever is asked for instead."""
    asked = any(tag.startswith("fact.") for tag in words[first].tags)
    other_deed = "v_ask" not in words[second].tags and _ordered(words, second, second + 1)
    return {first} if asked and not other_deed else set()


def _of_a_kind(words: Sequence[Word], at: int, second: int) -> set[int]:
    """As in "ruotsinkieliset, eiku englanninkieliset", "avoimet, eiku suljetut"."""
    meant = set(_kinds(words[second]))
    near = range(at - 1, max(at - _FAR, -1), -1)
    before = next((i for i in near if meant & set(_kinds(words[i]))), None)
    return {before} if before is not None else set()


def _kinds(word: Word) -> Iterator[str]:
    for tag in word.tags:
        if tag in _STATUS:
            yield "status"
        yield from (kind for kind in _KINDS if tag.startswith(kind))


def _counted(words: Sequence[Word], at: int, end: int, second: int) -> list[Word] | None:
    """As in "en månad, nej två", "kuukaudella, eiku kahdella", "21 och 24, nej 21 och 25"."""
    if number(words[second].form) is None and "sum" not in words[second].tags:
        return None
    if _pair(words, second) and _pair(words, at - 4):
        return [*words[: at - 4], *words[end:]]
    near = [i for i in range(at - 1, max(at - _FARTHEST, -1), -1) if _counts(words[i])]
    before = next((i for i in near if i + 1 < at and _UNITS & words[i + 1].tags), next(iter(near), None))
    kept = [word for i, word in enumerate(words) if i != second and not at <= i < end]
    if before is not None and (before >= at - _FAR or _UNITS & words[before + 1].tags):
        if second + 1 < len(words) and _UNITS & words[second + 1].tags:
            return [word for i, word in enumerate(words) if not before <= i < end]
        return [*kept[:before], words[second], *kept[before + 1 :]]
    unit = next((i for i in range(at - 1, max(at - _FAR, -1), -1) if _UNITS & words[i].tags), None)
    return [*kept[:unit], words[second], *kept[unit:]] if unit is not None else None


_UNITS = frozenset({"euro", "months_word"})
_FARTHEST = 10  # words
_AND = frozenset({"ja", "och", "and"})


def _pair(words: Sequence[Word], at: int) -> bool:
    three = words[at : at + 3] if at >= 0 else ()
    return len(three) > 2 and _counts(three[0]) and three[1].form in _AND and _counts(three[2])


def _counts(word: Word) -> bool:
    return number(word.form) is not None or bool({"num", "sum", "money_word"} & word.tags)
