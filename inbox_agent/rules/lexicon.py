"""The lexicon: families of words with one meaning, in three languages, as data that a lawyer can review.

Owns how the words of `inbox_agent/lexicon/*.toml` are found in a text. What a family weighs for which right
is learned (`rules.model`); which words belong to it is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from inbox_agent.rules.fold import Token, fold, squeeze
from inbox_agent.rules.lexicon_files import table

LANGUAGES = ("fi", "sv", "en")
_KEY = 3  # beginnings are indexed by their first letters
_COMPOUND = 8  # a shorter word is not searched for a later part
_SHORT = 5  # squeezed forms shorter than this meet strangers

Families: TypeAlias = frozenset[str]


class _Index:
    """Exact words, beginnings, and later parts of compounds, each found without trying them all."""

    def __init__(self) -> None:
        self._exact: dict[str, set[str]] = {}
        self._beginnings: dict[str, dict[str, set[str]]] = {}
        self._later: dict[str, dict[str, set[tuple[str, bool]]]] = {}

    def add(self, stem: str, family: str, open_end: bool, compound: bool) -> None:
        if open_end:
            self._beginnings.setdefault(stem[:_KEY], {}).setdefault(stem, set()).add(family)
        else:
            self._exact.setdefault(stem, set()).add(family)
        if compound:
            self._later.setdefault(stem[: _KEY + 1], {}).setdefault(stem, set()).add((family, open_end))

    def whole(self, form: str) -> set[str]:
        """The families of the exact word and of its longest known beginning."""
        found = set(self._exact.get(form, ()))
        best: tuple[int, set[str]] = (0, set())
        for length in range(1, min(_KEY, len(form)) + 1):
            for stem, families in self._beginnings.get(form[:length], {}).items():
                if len(stem) > best[0] and form.startswith(stem):
                    best = (len(stem), families)
        # A short beginning says little where the exact word is known.
        return found if found and best[0] < _SHORT else found | best[1]

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

    def stands_at(self, forms: Sequence[str], at: int) -> bool:
        if at + len(self.words) > len(forms):
            return False
        return all(
            form.startswith(word) if open_end else form == word
            for (word, open_end), form in zip(self.words, forms[at:], strict=False)
        )


class Lexicon:
    """The families of one language."""

    def __init__(self, families: Mapping[str, Mapping[str, object]]) -> None:
        self._plain, self._squeezed = _Index(), _Index()
        self._phrases: dict[str, list[_Phrase]] = {}
        self._known: dict[str, Families] = {}
        for family, entry in families.items():
            for stem in str(entry.get("stems", "")).split():
                self._add_stem(family, stem)
            phrases = entry.get("phrases", ())
            for phrase in phrases if isinstance(phrases, list) else ():
                self._add_phrase(family, str(phrase))

    def tags(self, tokens: Sequence[Token]) -> list[set[str]]:
        """The families of each word; a phrase counts at its first word."""
        tags = [set(self.families(token.form)) for token in tokens]
        forms = [squeeze(token.form) for token in tokens]
        for at, form in enumerate(forms):
            for phrase in self._phrases.get(form[:2], ()):
                if phrase.stands_at(forms, at):
                    tags[at].add(phrase.family)
        return tags

    def families(self, form: str) -> Families:
        """The families of one folded word."""
        known = self._known.get(form)
        if known is None:
            if len(self._known) > 50_000:  # hostile mail must not fill the memory
                self._known.clear()
            known = self._known[form] = frozenset(self._look_up(form))
        return known

    def _look_up(self, form: str) -> set[str]:
        squeezed = squeeze(form)
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
    return Lexicon(table(f"{name}.toml"))
