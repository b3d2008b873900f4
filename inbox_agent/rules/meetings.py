"""Which families of the lexicon meet in a sentence, as rows of the model's table of frames.

Owns the faster way to what `features.frames` names: frames stand by their first family, and what the acts of a word
with the roles near it are called is remembered. The names decide; a test holds both ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, compress

from inbox_agent.rules.features import ACTS, NEAR, ROLES, Sentence
from inbox_agent.rules.lexicon import Families
from inbox_agent.rules.remembered import Remembered

_Others = Mapping[str, int]
"""The other family of a frame -> its row."""

_Asked = Callable[[str], int | None]
_NO_FAMILIES: Families = frozenset()


class Meetings:
    """Finds the rows of frames in one table of them (name -> row)."""

    def __init__(self, frames: Mapping[str, int]) -> None:
        self._frames = frames
        self._parts: Remembered[Families, tuple[Families, int]] = Remembered(_played)
        self._acts: Remembered[tuple[Families, int], frozenset[int]] = Remembered(self._of_acts)
        self._together, self._onward = (_by_first(frames, mark) for mark in (" & ", " > "))

    def rows(self, sentence: Sentence) -> set[int]:
        """The rows of `features.frames`."""
        if not sentence.said:
            return set()
        found = self._acting(sentence.tags)
        for first, others in chain(self._beside(sentence.said), self._behind(sentence.tags)):
            found.update(map(first, others))
        found.discard(None)
        return found  # type: ignore[return-value]  # it has just lost the None

    def _beside(self, said: Families) -> Iterator[tuple[_Asked, Iterable[str]]]:
        """Each with the others in a sentence."""
        met = sorted(said)
        for at, one in enumerate(met[:-1], 1):
            if one in self._together:
                yield self._together[one].get, met[at:]

    def _behind(self, tags: Sequence[Families]) -> Iterator[tuple[_Asked, Iterable[str]]]:
        """Each of a word with those that follow it near."""
        for at, families in enumerate(tags, 1):
            if families and (later := _NO_FAMILIES.union(*tags[at : at + NEAR - 1])):
                for one in families:
                    if one in self._onward:
                        yield self._onward[one].get, later

    def _acting(self, tags: Sequence[Families]) -> set[int | None]:
        """Of the acts of each word with the roles that its neighbourhood fills."""
        acts, roles = zip(*map(self._parts.__getitem__, tags), strict=True)
        acting = set(compress(zip(acts, _near(bytes(roles)), strict=True), acts))
        return set().union(*map(self._acts.__getitem__, acting))

    def _of_acts(self, acting: tuple[Families, int]) -> frozenset[int]:
        """Of acts and the roles that are filled near them."""
        acts, roles = acting
        named = (self._frames.get(f"{act} {_letters(roles)}") for act in acts)
        return frozenset(row for row in named if row is not None)


def _played(families: Families) -> tuple[Families, int]:
    """The acts among them, and the roles that they fill."""
    return families & ACTS, sum(1 << at for at, (_, role) in enumerate(ROLES) if families & role)


def _near(roles: bytes) -> bytes:
    """Of each word the roles that are filled from NEAR words before it to NEAR + 1 behind it: each byte with the nine
    that follow it, NEAR bytes earlier.
    """
    words = int.from_bytes(bytes(NEAR) + roles, "little")
    two = words | words >> 8
    four = two | two >> 16
    return (four | four >> 32 | two >> 64).to_bytes(NEAR + len(roles), "little")[: len(roles)]


def _by_first(frames: Mapping[str, int], mark: str) -> Mapping[str, _Others]:
    """First family -> the other -> the row of both."""
    rows: dict[str, dict[str, int]] = {}
    for name, row in frames.items():
        one, met, other = name.partition(mark)
        if met:
            rows.setdefault(one, {})[other] = row
    return rows


@cache
def _letters(roles: int) -> str:
    return "".join(letter for at, (letter, _) in enumerate(ROLES) if roles & 1 << at)
