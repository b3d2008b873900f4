"""The names of a group of features, most of which are two words: first word -> second word -> row.

Owns how they lie in the model's file, and their look-up. Half a million names need not be written out for that: what
follows a word is laid out when that word is first met. Pure; refuses to know what a word is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

Followers = dict[str, int]
"""Second word -> row."""

_NOTHING: Followers = {}
_NUMBER = "I"
_WIDTH = array(_NUMBER).itemsize


class Pairs(Mapping[str, int]):
    """Name -> row; a name is a word, or two with a space between them, and the rows are in the order of the names.
    `words`: all that occur, in order. Of each: `alone`, whether it is a name (0 or 1), and `counts`, of how many pairs
    it is the first. `seconds`: the places of the others in `words`, one first word's after another's.
    """

    def __init__(self, words: Sequence[str], alone: bytes, counts: Sequence[int], seconds: Sequence[int]) -> None:
        self._words, self._alone, self._counts, self._seconds = words, alone, counts, seconds
        self._places = dict(zip(words, range(len(words)), strict=True))
        self._before = list(accumulate(counts, initial=0))  # pairs before each word's
        self._singles = list(accumulate(alone, initial=0))  # and single names
        self.followers = _Remembered(self)

    @classmethod
    def of(cls, names: Iterable[str]) -> Pairs:
        """These names, whose order is theirs by first and second word; ValueError for another order."""
        wanted = list(names)
        split = [name.partition(" ") for name in wanted]
        words = sorted({word for first, space, second in split for word in ((first, second) if space else (first,))})
        places = dict(zip(words, range(len(words)), strict=True))
        alone, counts, seconds = bytearray(len(words)), array(_NUMBER, bytes(_WIDTH * len(words))), array(_NUMBER)
        for first, space, second in split:
            if space:
                counts[places[first]] += 1
                seconds.append(places[second])
            else:
                alone[places[first]] = 1
        made = cls(words, bytes(alone), counts, seconds)
        if list(made) != wanted:
            raise ValueError("the names are not in the order of their words")
        return made

    @property
    def words(self) -> Sequence[str]:
        """All words that occur, in order."""
        return self._words

    def packed(self) -> bytes:
        """What `unpacked` reads, beside the words."""
        return self._alone + b"".join(array(_NUMBER, one).tobytes() for one in (self._counts, self._seconds))

    @classmethod
    def unpacked(cls, words: Sequence[str], size: int, raw: bytes, start: int) -> tuple[Pairs, int]:
        """Read `size` names of these words, from `start` in `raw`; and where what follows begins."""
        alone = raw[start : start + len(words)]
        counted = start + len(words)
        told = counted + _WIDTH * len(words)
        ends = told + _WIDTH * (size - sum(alone))
        counts, seconds = (array(_NUMBER, raw[one:other]) for one, other in ((counted, told), (told, ends)))
        return cls(words, alone, counts, seconds), ends

    def following(self, first: str) -> Followers:
        """The second words behind this one, with their rows."""
        place = self._places.get(first)
        if place is None:
            return _NOTHING
        begin, end = self._before[place], self._before[place + 1]
        rows = range(begin + self._singles[place + 1], end + self._singles[place + 1])
        return dict(zip(map(self._words.__getitem__, self._seconds[begin:end]), rows, strict=True))

    def __getitem__(self, name: str) -> int:
        first, space, second = name.partition(" ")
        if space:
            return self.followers[first][second]
        row = self.single(name, -1)
        if row < 0:
            raise KeyError(name)
        return row

    def single(self, word: str, otherwise: int) -> int:
        """The row of a word alone, or what stands for none."""
        place = self._places.get(word)
        if place is None or not self._alone[place]:
            return otherwise
        return self._before[place] + self._singles[place]

    def __iter__(self) -> Iterator[str]:
        for place, word in enumerate(self._words):
            if self._alone[place]:
                yield word
            yield from (
                f"{word} {self._words[at]}" for at in self._seconds[self._before[place] : self._before[place + 1]]
            )

    def __len__(self) -> int:
        return self._before[-1] + self._singles[-1]


class _Remembered(dict[str, Followers]):
    """What follows a word, laid out once. Of words that nothing follows (hostile mail has many) only the empty one
    is remembered, which stands between sentences.
    """

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def __missing__(self, first: str) -> Followers:
        found = self._pairs.following(first)
        if found or not first:
            self[first] = found
        return found


def paired(names: Mapping[str, int]) -> Pairs:
    """These names as pairs, which they may be already; ValueError where their rows are not in the order of words."""
    return names if isinstance(names, Pairs) else Pairs.of(names)
