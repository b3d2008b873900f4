"""What is put right within a line: "perjantaina kello 9, eiku vasta maanantaina kello 9", "åt Håkan, nej åt Siv".

Owns which words a correction takes back, and what stands in their place. Refuses where both sides are not of one kind:
then nothing is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inbox_agent.rules.commands.clock_times import times
from inbox_agent.rules.commands.days import mentions
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.units import month_named
from inbox_agent.rules.commands.word import Word

_SURE = (
    ("actually", "make", "it"),
    ("no", "hang", "on"),
    ("no", "make", "it"),
    ("scrap", "that"),
    ("hang", "on"),
    ("make", "it"),
    ("ei", "kun"),
    ("ei", "ku"),
    ("no", "wait"),
    ("eller", "nej"),
    ("eiku",),
    ("eikun",),
    ("eikku",),
    ("nej",),
    ("no",),
)
_ALSO_ELSE = (
    ("i", "mean"),
    ("tai", "siis"),
    ("jag", "menar"),
    ("nej", "forresten"),
    ("tai", "ei"),
    ("oh", "no"),
    ("nej", "forlat"),
    ("tai", "oikeastaan"),
    ("sorry",),
    ("siis",),
    ("forlat",),
    ("wait",),
    ("rather",),
    ("snarare",),
    ("pikemminkin",),
)
"""What takes back only between two days, or beside what it takes back."""
_HARDLY = frozenset({("siis",), ("wait",), ("tai", "ei")})
"""What hardly ever takes back a number: "kaksi kuukautta, siis toukokuuhun"."""
_BARE = frozenset({("nej",), ("no",)})
_BEHIND_A_MARK = _BARE | {("make", "it"), ("hang", "on")}
"""What corrects only where a pause stands before it: "no erasure" does not."""
_FILLING = frozenset({"siis", "vasta", "no", "alltsa", "sentaan", "forst"})
_ADDING = frozenset({"viela", "myos", "lisaksi", "ocksa", "aven", "also", "too"})
_NEAR = 2  # words
_ENDS = frozenset({".", "!", "?", "\n"})


def without_slips_of_the_tongue(words: Sequence[Word], today: date) -> list[Word]:
    """The words of a line without those that it takes back."""
    kept, at = list(words), 0
    while at < len(kept):
        meant = _put_right(kept, at, today)
        kept, at = (kept, at + 1) if meant is None else (meant, 0)
    return kept


def _put_right(words: Sequence[Word], at: int, today: date) -> list[Word] | None:
    """The words without what is taken back by a correction that begins there; None where none does."""
    marker = next(
        (one for one in _LONGEST_FIRST if tuple(word.form for word in words[at : at + len(one)]) == one), None
    )
    if marker is None or at == 0 or (marker in _BEHIND_A_MARK and words[at - 1].kind != "mark"):
        return None
    if marker == ("no",) and not any(word.form in FUNCTION.english for word in words):
        return None  # the Finnish "well"
    end = at + len(marker)
    while end < len(words) and (words[end].kind == "mark" or words[end].form in _FILLING):
        end += 1
    if end >= len(words) or any(word.form in _ADDING for word in words[end : end + _NEAR]):
        return None
    said = _Correction(words, at, end, today)
    if marker in _ALSO_ELSE:
        counted = said.figures() or said.months() if marker not in _HARDLY else None
        return said.day() or said.beside() or counted
    return (
        said.sentence(marker)
        or said.day()
        or said.beside()
        or said.clock()
        or said.figures()
        or said.months()
        or (None if marker in _BARE and said.of_a_right() else said.alike())
    )


_LONGEST_FIRST = sorted((*_SURE, *_ALSO_ELSE), key=len, reverse=True)


class _Correction:
    """A correction whose marker stands at `at`; what is meant instead begins at `end`."""

    def __init__(self, words: Sequence[Word], at: int, end: int, today: date) -> None:
        self.words, self.at, self.end, self.today = list(words), at, end, today
        self.forms = [word.form for word in words]

    def sentence(self, marker: tuple[str, ...]) -> list[Word] | None:
        """As in "Mitä tänään erääntyy? Eiku näytä koko viikko.": another order in place of the sentence before."""
        before, ordered = self.words[self.at - 1], self.words[self.end].tags
        orders = ordered & {"v_show", "v_open"} if marker in _BEHIND_A_MARK else any(t[:2] == "v_" for t in ordered)
        if before.text not in _ENDS or not orders:
            return None
        start = max((i for i in range(self.at - 1) if self.words[i].text in _ENDS), default=-1) + 1
        return self.words[:start] + self.words[self.end :]

    def day(self) -> list[Word] | None:
        """As in "på fredag klockan 9, nej på måndag klockan 9"; the day of a month is of the month told before."""
        found = mentions(self.forms, self.today)
        behind = next((m for m in found if self.end <= m.start <= self.end + _NEAR), None)
        before = next((m for m in reversed(found) if m.end <= self.at), None)
        if behind is None or before is None or not self._only_times(before.end):
            return None
        of_month = next((i for i in range(before.start, before.end) if month_named(self.forms[i].rstrip("."))), None)
        day = next((i for i in range(before.start, before.end) if self.words[i].kind == "num"), None)
        bare = not any(month_named(self.forms[i]) for i in range(behind.start, behind.end))
        if of_month is not None and day is not None and bare and self.words[behind.start].kind == "num":
            return [
                *self.words[:day],
                self.words[behind.start],
                *self.words[day + 1 : self.at],
                *self.words[behind.end :],
            ]
        between = [] if behind.time else self._between(before.end)
        lead = 1 if before.start and self.forms[before.start - 1] == self.forms[self.end] else 0
        return self.words[: before.start - lead] + between + self.words[self.end :]

    def _only_times(self, start: int) -> bool:
        """Whether nothing but marks, "päivä" and the time of the day stands between a day and the correction."""
        timed = {i for first, _, last in times(self.forms) for i in range(first, last)}
        return all(
            i in timed or self.words[i].kind == "mark" or self.forms[i] in {"paiva", "paivana"}
            for i in range(start, self.at)
        )

    def clock(self) -> list[Word] | None:
        """As in "kello 13 katselmuksesta, eiku kello 14"."""
        told = list(times(self.forms))
        before = next(((first, last) for first, _, last in reversed(told) if last <= self.at), None)
        behind = next((first for first, _, _ in told if self.end <= first <= self.end + _NEAR), None)
        if before is None or behind is None:
            return None
        return self.words[: before[0]] + self.words[self.end :] + self._between(before[1])

    def _between(self, start: int) -> list[Word]:
        """What stands between the words taken back and the correction, without the pause before it."""
        stop = self.at
        while stop > start and self.words[stop - 1].kind == "mark":
            stop -= 1
        return self.words[start:stop]

    def figures(self) -> list[Word] | None:
        """As in "kaksikymppiä kopiosta, eiku kolmekymppiä", "21 och 24, nej 21 och 25", "klockan två, nej tre"."""
        meant, end = [], self.end
        while end < len(self.words) and _counts(self.words[end]):
            meant.append(end)
            end += (
                2 if end + 2 < len(self.words) and self.forms[end + 1] in _AND and _counts(self.words[end + 2]) else 1
            )
            if self.forms[end - 1] not in _AND:
                break
        told = [i for i in range(self.at) if _counts(self.words[i])]
        alike = [i for i in told if self.words[i].kind == self.words[meant[0]].kind] if meant else []
        if not meant or len(alike or told) < len(meant):
            return None
        taken = (alike or told)[-len(meant) :]
        if self.forms[taken[-1] + 1 : taken[-1] + 2] == self.forms[end : end + 1] and end < len(self.words):
            end += 1  # the unit said again
        new = dict(zip(taken, (self.words[i] for i in meant), strict=True))
        return [new.get(i, word) for i, word in enumerate(self.words[: self.at])] + self.words[end:]

    def months(self) -> list[Word] | None:
        """As in "pidennä kuukaudella, eiku kahdella"."""
        unit = next((i for i in reversed(range(self.at)) if "months_word" in self.words[i].tags), None)
        if unit is None or not _counts(self.words[self.end]):
            return None
        count = self.words[self.end]
        return [*self.words[:unit], count, *self.words[unit : self.at], *self.words[self.end + 1 :]]

    def alike(self) -> list[Word] | None:
        """As in "menee Ristolle, eiku mulle", "åt Håkan, nej åt Siv", "this week, make it next week"."""
        meant = self.words[self.end]
        if meant.form in _LEADING:
            first = next((i for i in reversed(range(self.at - 1)) if self.forms[i] == meant.form), None)
            if first is None:
                return None
            return self.words[:first] + self.words[self.end :] if not self._between(first + 2) else None
        last = next((i for i in reversed(range(self.at)) if self.words[i].kind != "mark"), 0)
        if self.forms[self.end + 1 : self.end + 2] == [self.forms[last]] and last:
            return self.words[: last - 1] + self.words[self.end :]
        ending = next((one for one in _CASES if meant.form.endswith(one)), None)
        taken = next((i for i in reversed(range(self.at)) if ending and self.forms[i].endswith(ending)), None)
        taken = last if taken is None and _kinds(meant) & _kinds(self.words[last]) else taken
        if taken is None or {t[:2] for t in meant.tags} & {"v_"} != {t[:2] for t in self.words[taken].tags} & {"v_"}:
            return None
        return [*self.words[:taken], replace(meant), *self.words[taken + 1 : self.at], *self.words[self.end + 1 :]]

    def beside(self) -> list[Word] | None:
        """As in "kysy postinumero eiku asiakasnumero": a name, a fact or a sum right before the correction."""
        at = max(i for i in range(self.at) if i == 0 or self.words[i].kind != "mark")
        before, meant = self.words[at], self.words[self.end]
        if not {"name"} <= before.tags & meant.tags and not (_is_fact(before) and not _other_deed(meant)):
            at = at - 1 if "euro" in before.tags and at else at
            if not (_SUMS & self.words[at].tags and _SUMS & meant.tags):
                return None
        return self.words[:at] + self.words[self.end :]

    def of_a_right(self) -> bool:
        """Whether an answer to a right may stand behind it: "yes to access, no to erasure" takes nothing back."""
        return any(tag.startswith("right.") for word in self.words[self.end : self.end + _NEAR] for tag in word.tags)


_AND = frozenset({"ja", "och", "and"})
_LEADING = frozenset({"at", "till", "to", "for", "fran", "from"})
_CASES = ("kieliset", "kielisen", "sprakiga", "lle", "lta", "sta", "ksi")


def _counts(word: Word) -> bool:
    return (
        word.kind in {"num", "money"}
        or "money_word" in word.tags
        or (word.kind == "word" and "name" not in word.tags and number(word.form) is not None)
    )


def _is_fact(word: Word) -> bool:
    return any(tag.startswith("fact.") for tag in word.tags) or _NUMBERED.search(word.form) is not None


_NUMBERED = re.compile(r"\w{3,}(?:numero|nummer|number|tunnus)")
"""A number that a company has its own name for: "jäsennumero"."""


def _other_deed(word: Word) -> bool:
    return "v_ask" not in word.tags and any(tag.startswith("v_") for tag in word.tags)


_SUMS = frozenset({"num", "sum", "money_word"})
_STATUS = frozenset({"open_word", "closed_word", "waiting_us", "waiting_them"})
_KINDS = frozenset({"name", "fact", "right", "lang", "period", "route"})


def _kinds(word: Word) -> frozenset[str]:
    return _KINDS & {tag.partition(".")[0] for tag in word.tags} | ({"status"} if _STATUS & word.tags else frozenset())
