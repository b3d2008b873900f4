"""The lexicon: families of words with one meaning, in three languages, as data that a lawyer can review.

Owns how the words of `inbox_agent/lexicon/*.toml` are found in a text. What a family weighs for which right
is learned (`rules.model`); which words belong to it is written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

from inbox_agent.rules.fold import fold, squeeze
from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.remembered import Remembered

LANGUAGES = ("fi", "sv", "en")
_KEY = 3  # beginnings are indexed by their first letters
_COMPOUND = 8  # a shorter word is not searched for a later part
_SHORT = 5  # squeezed forms shorter than this meet strangers
_ENDED = 5  # a shorter word is no stem with an ending

Families: TypeAlias = frozenset[str]
_NOTHING: set[str] = set()


class _Index:
    """Exact words, beginnings, and later parts of compounds, each found without trying them all."""

    def __init__(self) -> None:
        self._exact: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        self._lengths: dict[str, list[int]] = {}  # of beginnings by their first letters, the longest first
        self._later: dict[str, dict[str, set[tuple[str, bool]]]] = {}

    def add(self, stem: str, family: str, open_end: bool, compound: bool) -> None:
        if open_end:
            self._beginnings.setdefault(stem, set()).add(family)
            lengths = self._lengths.setdefault(stem[:_KEY], [])
            lengths[:] = sorted({*lengths, len(stem)}, reverse=True)
        else:
            self._exact.setdefault(stem, set()).add(family)
        if compound:
            self._later.setdefault(stem[: _KEY + 1], {}).setdefault(stem, set()).add((family, open_end))

    def whole(self, form: str) -> set[str]:
        """The families of the exact word and of its longest known beginning."""
        found, begun = self._exact.get(form, _NOTHING), self._beginning(form)
        # A short beginning says little where the exact word is known.
        return found if found and len(begun) < _SHORT else found | self._beginnings.get(begun, _NOTHING)

    def _beginning(self, form: str) -> str:
        """The longest known one; empty where none is."""
        for key in range(_KEY, 0, -1):
            for length in self._lengths.get(form[:key], ()):
                if form[:length] in self._beginnings:
                    return form[:length]
        return ""

    def later_part(self, form: str) -> set[str]:
        """The families of the later part of a compound: `asiakas|tietoni`."""
        found: set[str] = set()
        for at in range(_KEY, len(form) - _KEY):
            for stem, families in self._later.get(form[at : at + _KEY + 1], {}).items():
                if form.startswith(stem, at):
                    ends = at + len(stem) == len(form)
                    found.update(family for family, open_end in families if open_end or ends)
        return found


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[tuple[str, bool], ...]  # squeezed form, open end
    family: str

    def begins_with(self, squeezed: str) -> bool:
        return _is(self.words[0], squeezed)

    def stands_at(self, words: Sequence[_Word], at: int) -> bool:
        """Whether it goes on after its first word, which is known to be there."""
        further = len(self.words) - 1
        behind = [word.squeezed for word in words[at + 1 : at + 1 + further]]
        return len(behind) == further and all(map(_is, self.words[1:], behind))


def _is(word: tuple[str, bool], squeezed: str) -> bool:
    return squeezed.startswith(word[0]) if word[1] else squeezed == word[0]


class _Word(NamedTuple):
    """What is known of one folded word: its families, the phrases that may begin with it, and its squeezed form."""

    families: Families
    phrases: tuple[_Phrase, ...]
    squeezed: str


class Lexicon:
    """The families of one language. `ending` adds what the end of a word tells."""

    def __init__(self, families: Mapping[str, Mapping[str, object]], ending: Callable[[str], Families]) -> None:
        self._plain, self._squeezed = _Index(), _Index()
        self._phrases: dict[str, list[_Phrase]] = {}
        self._words: Remembered[str, _Word] = Remembered(self._word)
        self._spoken: Remembered[str, _Word] = Remembered(lambda form: self._with_ending(form, ending(form)))
        for family, entry in families.items():
            for stem in str(entry.get("stems", "")).split():
                self._add_stem(family, stem)
            phrases = entry.get("phrases", ())
            for phrase in phrases if isinstance(phrases, list) else ():
                self._add_phrase(family, str(phrase))

    def tags(self, forms: Sequence[str]) -> list[Families]:
        """The families of each word; a phrase counts at its first word."""
        return self._tagged(list(map(self._words.__getitem__, forms)))

    def spoken(self, forms: Sequence[str]) -> list[Families]:
        """The same, with what the ends of the words tell: whose, and in what mood."""
        return self._tagged(list(map(self._spoken.__getitem__, forms)))

    def families(self, form: str) -> Families:
        """The families of one folded word."""
        return self._words[form].families

    @staticmethod
    def _tagged(words: Sequence[_Word]) -> list[Families]:
        tags = [word.families for word in words]
        for at, phrases in enumerate([word.phrases for word in words]):
            for phrase in phrases:
                if phrase.stands_at(words, at):
                    tags[at] |= {phrase.family}
        return tags

    def _word(self, form: str) -> _Word:
        squeezed = squeeze(form)
        begun = tuple(phrase for phrase in self._phrases.get(squeezed[:2], ()) if phrase.begins_with(squeezed))
        return _Word(frozenset(self._look_up(form, squeezed)), begun, squeezed)

    def _with_ending(self, form: str, told: Families) -> _Word:
        word = self._words[form]
        return word._replace(families=word.families | told) if told else word

    def _look_up(self, form: str, squeezed: str) -> set[str]:
        found = self._plain.whole(form)
        if not found and len(squeezed) >= _SHORT:
            found = self._squeezed.whole(squeezed)
        if len(form) >= _COMPOUND:
            found = found | (self._plain.later_part(form) or self._squeezed.later_part(squeezed))
        return found

    def _add_stem(self, family: str, written: str) -> None:
        stem = "".join(mark for mark in fold(written.strip("+*")) if mark.isalnum() or mark == "€")
        open_end, compound = written.endswith("*"), written.startswith("+")
        self._plain.add(stem, family, open_end, compound)
        if len(squeeze(stem)) >= _SHORT - 1:
            self._squeezed.add(squeeze(stem), family, open_end, compound)

    def _add_phrase(self, family: str, written: str) -> None:
        words = tuple((squeeze(fold(word.rstrip("*"))), word.endswith("*")) for word in written.split())
        self._phrases.setdefault(words[0][0][:2], []).append(_Phrase(words, family))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of `fi`, `sv` or `en`; Finnish for any other word."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    return Lexicon(table(f"{name}.toml"), finnish_ending if language == "fi" else _no_ending)


def _no_ending(form: str) -> Families:
    return frozenset()


def finnish_ending(form: str) -> Families:
    """What a Finnish ending says, whose and in what mood: tietoni, poistakaa, voisitteko."""
    return frozenset(_ending(form)) if len(form) >= _ENDED else frozenset()


def _ending(form: str) -> Iterator[str]:
    if form.endswith(("ni", "nikin", "niki")):
        yield "ending_my"
    if form.endswith(("nne", "nnekin")):
        yield "ending_your"
    if form.endswith(("kaa", "kaapa", "kaas", "kaat", "kkee", "kea", "taka", "aka", "ska")):
        yield "ending_command"
    if form.endswith(("isitteko", "isitko", "isitteks", "isiko", "isko", "itteko", "atteko", "etteko")):
        yield "ending_polite"
    elif form.endswith(("ko", "ks", "kohan", "kos")) and len(form) > 5:
        yield "ending_question"
