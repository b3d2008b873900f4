"""Where a mail's features stand in the model's tables, found without writing out their names.

Owns a second, faster way to what `rules.features` names: what a word tells is remembered, what a sentence holds is
found once, and a mail holds what its sentences hold. The names decide (they are what was learned); a test holds both
ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from inbox_agent.rules.features import GROUPS, REACH, STEM, Reading, Sentence, context, parts
from inbox_agent.rules.meetings import Meetings
from inbox_agent.rules.model import Rows
from inbox_agent.rules.pairs import Followers, paired
from inbox_agent.rules.remembered import Remembered

NONE = -1
"""The row of what was never learned."""


class _Word(NamedTuple):
    """The row of a word itself, of it in a subject, and those of its parts; the rows of the pairs that it begins; its
    stem, and the rows of what its stem is near before.
    """

    alone: int
    in_subject: int
    parts: tuple[int, ...]
    followers: Followers
    stem: str
    near: Followers


class Spelled(NamedTuple):
    """The words of one sentence; of each what `_Word` says, and the row of the pair that it ends."""

    sentence: Sentence
    alone: Sequence[int]
    in_subject: Sequence[int]
    parts: Sequence[tuple[int, ...]]
    pairs: Sequence[int]
    stems: Sequence[str]
    near: Sequence[Followers]


class Said(NamedTuple):
    """The rows of one sentence. `again`: those of parts that several of its words have, once for each word too many."""

    sentence: Sentence
    rows: Rows
    again: Sequence[int]


class Found(NamedTuple):
    """The rows of a mail. `beside`: those that none of its sentences has; `own`: the sentences, `some`: their rows but
    for those of parts, which ordinary mail is not asked for.
    """

    rows: Rows
    beside: Rows
    own: Sequence[Spelled]
    some: Sequence[Rows]

    @property
    def known(self) -> int:
        """How many rows the mail has."""
        return sum(map(len, self.rows.values()))

    def each(self) -> list[Said]:
        """The rows of each sentence."""
        return list(map(_with_parts, self.own, self.some))


class Finder:
    """Finds the rows of mails and of sentences in one model's tables (group -> name -> row)."""

    def __init__(self, tables: Mapping[str, Mapping[str, int]]) -> None:
        self._families, self._context = tables["families"], tables["context"]
        self.words = Words(tables)
        self._meetings = Meetings(tables["frames"])

    def spelled(self, own: Iterable[Sentence]) -> list[Spelled]:
        """The words of each sentence."""
        return list(map(self.words.spelled, own))

    def of_mail(self, reading: Reading, own: Sequence[Spelled]) -> Found:
        """The rows of `features.features`."""
        some = list(map(self._some, own))
        rows = {name: set[int]().union(*(one[name] for one in some)) for name in GROUPS}
        pieces: dict[str, tuple[int, ...]] = {}
        for one in own:
            pieces.update(zip(one.sentence.forms, one.parts, strict=True))
        rows["parts"].update(*pieces.values())
        beside = self._beside(reading, [one.sentence for one in own])
        for name, further in beside.items():
            rows[name].update(further)
        return Found(rows, beside, own, some)

    def of_sentence(self, spelled: Spelled) -> Said:
        """The rows of `features.said`."""
        return _with_parts(spelled, self._some(spelled))

    def _some(self, spelled: Spelled) -> Rows:
        return {
            "words": _words(spelled),
            "stems": _near(spelled),
            "parts": (),
            "families": _known(self._families, spelled.sentence.said),
            "frames": self._meetings.rows(spelled.sentence),
            "context": (),
        }

    def _beside(self, reading: Reading, own: Sequence[Sentence]) -> dict[str, Collection[int]]:
        in_subject = {family for sentence in own if sentence.subject for family in sentence.said}
        last = own[-1].said if own else ()
        names = (*(f"{one} subject" for one in in_subject), *(f"{one} last" for one in last))
        return {
            "families": _known(self._families, names),
            "context": _known(self._context, set(context(reading, own))),
        }


class Words(Remembered[str, _Word]):
    """Word -> what the tables hold of it."""

    def __init__(self, tables: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__(self._found)
        self._words, self._stems = (paired(tables[name]) for name in ("words", "stems"))
        self._beginning, self._in_subject = (self._words.followers[word] for word in ("", "s"))
        self._pieces = tables["parts"]

    def _found(self, form: str) -> _Word:
        stem = form[:STEM]
        return _Word(
            self._words.single(form, NONE),
            self._in_subject.get(form, NONE),
            tuple(_known(self._pieces, parts((form,)))),
            self._words.followers[form],
            stem,
            self._stems.followers[stem],
        )

    def spelled(self, sentence: Sentence) -> Spelled:
        """The words of a sentence."""
        forms = sentence.forms
        alone, in_subject, pieces, followers, stems, near = zip(*map(self.__getitem__, forms), strict=True)
        pairs = tuple(map(dict.get, (self._beginning, *followers), forms, repeat(NONE)))
        return Spelled(sentence, alone, in_subject, pieces, pairs, stems, near)


def unite(rows: Iterable[Collection[int]]) -> tuple[set[int], list[int]]:
    """What stands in any of these, and what in several, once for each too many."""
    united: set[int] = set()
    again: list[int] = []
    for some in rows:
        again += united.intersection(some)
        united.update(some)
    return united, again


def _with_parts(spelled: Spelled, some: Rows) -> Said:
    pieces, again = unite(spelled.parts)
    return Said(spelled.sentence, {**some, "parts": pieces}, again)


def _words(spelled: Spelled) -> set[int]:
    found = {*spelled.alone, *spelled.pairs}
    if spelled.sentence.subject:
        found.update(spelled.in_subject)
    found.discard(NONE)
    return found


def _near(spelled: Spelled) -> set[int]:
    """Each stem with those near behind it."""
    stems, near = spelled.stems, spelled.near
    found: set[int] = set()
    for far in range(1, min(REACH + 1, len(stems))):
        found.update(map(dict.get, near, stems[far:], repeat(NONE)))
    found.discard(NONE)
    return found


def _known(table: Mapping[str, int], names: Iterable[str]) -> set[int]:
    found = set(map(table.get, names, repeat(NONE)))
    found.discard(NONE)
    return found
