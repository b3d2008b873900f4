"""Words with one meaning, found in whatever spelling: stems, clitics, doubled letters, missing dots, one slip.

Owns how `inbox_agent/lexicon/commands/words.toml` is looked up. Refuses grammar: which meanings make an intent
stands in `rules.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import TypeAlias

from inbox_agent.rules.commands.inflection import eastern, orders, reports, skeleton
from inbox_agent.rules.fold import fold, squeeze
from inbox_agent.rules.lexicon_files import table

Tags: TypeAlias = frozenset[str]
Concepts: TypeAlias = tuple[str, ...]
Meanings: TypeAlias = dict[str, Concepts]
Phrase: TypeAlias = tuple[tuple[str, bool], ...]
"""Folded words, each with whether it is only a beginning."""
GAP = "_"
"""In a phrase, for up to three words of any kind: "ota _ esiin"."""
NOTHING: Tags = frozenset()
LANGUAGES = ("fi", "sv", "en")
_KEY = 3  # beginnings are indexed by their first letters
_SLIPPING = 7  # letters from which a slip is forgiven
_SQUEEZED = 4  # letters from which doubled ones may be single
_LONG = 12  # letters from which two are
_SPOKEN = 4  # letters of a skeleton that tells a word
_PARADIGMS = {"v": orders, "d": reports}
_THEIRS = ("staan", "ssaan", "llaan", "lleen", "ltaan", "kseen")  # "laskustaan"
_POSSESSIVES = ("nsa", "mme", "nne", "ni", "si")
_CLITICS = ("han", "kohan", "ppa", "pas", "pa", "kin", "kaan", "s")
_QUESTION = "ko"
_WISHED = ("atko", "etko", "utko", "ytko", "otko")
_DEED = "v_"
_ASKED_VERB = ("aako", "eeko", "iiko", "ooko", "uuko", "yyko", "atko", "anko", "siko")


class Vocabulary:
    """The concepts and their words, in all languages at once: a line is too short to tell its language first."""

    def __init__(self, concepts: Mapping[str, object], ordinary: Collection[str] = ()) -> None:
        self._ordinary = frozenset(map(fold, ordinary))  # as they are, no slips of other words
        self._exact: Meanings = {}
        self._single: Meanings = {}  # doubled letters made one: met only where nothing else is
        self._beginnings: dict[str, Meanings] = {}
        self._later: Meanings = {}
        self._written: dict[str, list[tuple[str, str]]] = {}  # phrases by their first letters, not yet cut into words
        self._phrases: dict[str, list[tuple[Phrase, str]]] = {}
        self._skeletons: dict[str, dict[str, set[str]]] = {}
        for concept, entry in _flat(concepts):
            for language in LANGUAGES:
                self._add_words(concept, str(entry.get(language, "")))
            given = entry.get("phrases", ())
            self._add_phrases(concept, given if isinstance(given, list) else ())

    @cached_property
    def _slips(self) -> Mapping[str, Sequence[str]]:
        """The words that another may be a slip of, by their first two letters; made at the first unknown word."""
        found: dict[str, list[str]] = {}
        for stem in sorted({*self._exact, *(stem for stems in self._beginnings.values() for stem in stems)}):
            found.setdefault(stem[:2], []).append(stem)
        return found

    def phrases(self, form: str) -> Iterator[tuple[Phrase, str]]:
        """The phrases that a folded word may begin, each with its concept."""
        for letters in dict.fromkeys((form[:2], form[:1])):
            if letters not in self._phrases:
                self._phrases[letters] = [(_cut(text), concept) for text, concept in self._written.get(letters, ())]
            yield from self._phrases[letters]

    def tags(self, form: str) -> Tags:
        """What a folded word means; empty for an unknown one."""
        return _tags(self, form)

    def knows(self, form: str) -> bool:
        """Whether the word is known as it is written, not as a slip of another."""
        return bool(self._whole(form) | self._later_part(form))

    def is_a_slip(self, form: str) -> bool:
        """Whether the word has a meaning only as a slip of another."""
        slipped = self._slipped(form)
        return bool(slipped) and self.look_up(form) == frozenset(slipped) and not self.knows(form)

    def look_up(self, form: str) -> Tags:
        """As `tags`, without the memory."""
        if form.endswith("kko") and len(form) >= _SLIPPING and not self._known(form):
            return self._known(form[:-3])  # "näytäkkö": will you show
        asked = form not in self._exact and form.endswith(_QUESTION)
        if asked and any(tag.startswith(_DEED) for tag in self._known(form[: -len(_QUESTION)])):
            asking = form[: -len(_QUESTION)]  # "siirrätkö" asks to do it, "siirretäänkö" whether it is to be done
            return self._known(asking) if form.endswith(_WISHED) else frozenset({"q_may"})
        if asked and form.endswith(_ASKED_VERB):
            return self._known(form[: -len(_QUESTION)]) | {"q_is"}  # "siirtyykö", "kuuluuko"
        found = self._known(form)
        if found:
            return found
        for clitic in _CLITICS:
            if (
                form.endswith(clitic)
                and len(form) - len(clitic) >= _KEY
                and (bare := self._known(form[: -len(clitic)]))
            ):
                return bare
        if form in self._ordinary:
            return NOTHING
        if said := self._said(form):
            return said - {"known"}
        return self._owned(form) or self._eastern(form) or frozenset(self._slipped(form))

    def _eastern(self, form: str) -> Tags:
        """The meaning of a word as it is said in Savo ("kolome", "velekoo", "pöyvälle")."""
        if len(form) < _SPOKEN:
            return NOTHING
        said = (self._known(one) or (self._said(one) if len(one) > _SPOKEN + 1 else NOTHING) for one in eastern(form))
        return next((found - {"known"} for found in said if found), NOTHING)

    def _said(self, form: str) -> Tags:
        """The meaning of a word written as it is spoken ("kirjottaa", "lomal"); the index is made letter by letter."""
        if form[:1] not in self._skeletons:
            found = self._skeletons.setdefault(form[:1], {})
            for known, concepts in self._exact.items():
                if known.startswith(form[:1]):
                    found.setdefault(skeleton(known), set()).update(concepts)
        bare = skeleton(form)
        return frozenset(self._skeletons[form[:1]].get(bare, ()) if len(bare) >= _SPOKEN else ())

    def _owned(self, form: str) -> Tags:
        """The meaning of a word with its owner at the end ("osoitteensa")."""
        if form.endswith(_THEIRS) and (found := self._known(form[:-2])):
            return found
        for ending in _POSSESSIVES:
            bare = form.removesuffix(ending)
            if bare != form and len(bare) >= _SPOKEN and (found := self._known(f"{bare}n") or self._known(bare)):
                return found
        return NOTHING

    def _known(self, form: str) -> Tags:
        bare = squeeze(form)
        met = self._whole(form) or self._whole(bare).union(self._single.get(bare, ()))
        return frozenset(met | self._later_part(form))

    def _whole(self, form: str) -> set[str]:
        best: tuple[int, Concepts] = (0, ())
        for length in range(1, min(_KEY, len(form)) + 1):
            for stem, concepts in self._beginnings.get(form[:length], {}).items():
                if len(stem) > best[0] and form.startswith(stem):
                    best = (len(stem), concepts)
        return {*self._exact.get(form, ()), *best[1]}

    def _later_part(self, form: str) -> set[str]:
        return {
            concept for stem, concepts in self._later.items() if form.find(stem, _KEY) >= _KEY for concept in concepts
        }

    def _slipped(self, form: str) -> set[str]:
        """The meaning of the one nearest known word, if it is near; nothing where two are as near."""
        if len(form) < _SLIPPING or form in self._ordinary or any(mark.isdigit() for mark in form):
            return set()
        allowed = 2 if len(form) >= _LONG else 1
        best: dict[int, set[str]] = {}
        for stem in self._slips.get(form[:2], ()):
            # A slip in the first letters is another word, one in the last another mood ("tarkista", "tarkisti").
            if len(stem) < _SLIPPING or stem[:-1] == form[:-1]:
                continue
            distance = min(self._distances(form, stem, allowed), default=allowed + 1)
            if distance <= allowed:
                best.setdefault(distance, set()).add(stem)
        if not best:
            return set()
        # The longest of the nearest words holds most of what was written.
        nearest = best[min(best)]
        length = max(len(stem) for stem in nearest)
        meanings = [self._meaning(stem) for stem in sorted(nearest) if len(stem) == length]
        return set(frozenset.intersection(*meanings))

    def _distances(self, form: str, stem: str, allowed: int) -> Iterator[int]:
        if stem in self._exact and abs(len(form) - len(stem)) <= allowed:
            yield distance(form, stem, allowed)
        if stem in self._beginnings.get(stem[:_KEY], {}):
            for length in range(len(stem) - 1, len(stem) + 2):
                if length <= len(form) and len(stem) <= len(form):
                    # A mere beginning is no measure for two slips: farther than one is farther than any.
                    near = distance(form[:length], stem, 1)
                    yield near if near <= 1 else allowed + 1

    def _meaning(self, stem: str) -> Tags:
        return frozenset(self._exact.get(stem, ()) + self._beginnings.get(stem[:_KEY], {}).get(stem, ()))

    def _add_words(self, concept: str, text: str) -> None:
        """Words as they are written, folded all at once; "lähettää/v" stands for all orders, "/d" for all reports."""
        folded, one = fold(text), (concept,)
        for written, form, bare in zip(text.split(), folded.split(), squeeze(folded).split(), strict=True):
            verb, _, paradigm = written.partition("/")
            if paradigm:
                for inflected in _PARADIGMS[paradigm](verb):
                    _put(self._exact, inflected, one)
            else:
                self._add(one, form, bare)

    def _add(self, one: Concepts, form: str, bare: str) -> None:
        stem, bare = form.strip("+*"), bare.strip("+*")
        squeezed = bare if len(bare) >= _SQUEEZED and bare != stem else ""
        if form.endswith("*"):
            for beginning in (stem, squeezed) if squeezed else (stem,):
                _put(self._beginnings.setdefault(beginning[:_KEY], {}), beginning, one)
        else:
            _put(self._exact, stem, one)
            if squeezed:
                _put(self._single, squeezed, one)
        if form.startswith("+"):
            _put(self._later, stem, one)

    def _add_phrases(self, concept: str, given: Sequence[str]) -> None:
        for text in fold("\n".join(given)).splitlines():
            self._written.setdefault(text[:2].rstrip("* "), []).append((text, concept))


def _put(meanings: Meanings, form: str, one: Concepts) -> None:
    """Add a concept to a form. Most forms have one, whose tuple they share: thousands of sets would be slow to make."""
    held = meanings.get(form)
    meanings[form] = one if held is None else held if one[0] in held else held + one


def _cut(phrase: str) -> Phrase:
    return tuple((word.rstrip("*"), word.endswith("*")) for word in phrase.split())


@lru_cache(maxsize=20_000)
def _tags(vocabulary: Vocabulary, form: str) -> Tags:
    return vocabulary.look_up(form)


def distance(one: str, other: str, limit: int) -> int:
    """Letters to put in, leave out, change or swap (optimal string alignment); `limit` + 1 for more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _flat(tables: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, entry in tables.items():
        if not isinstance(entry, dict):
            continue
        if {"phrases", *LANGUAGES} & entry.keys():
            yield prefix + name, entry
        yield from _flat(entry, f"{prefix}{name}.")


@cache
def vocabulary() -> Vocabulary:
    """The shipped words."""
    ordinary = table("commands/ordinary.toml")
    return Vocabulary(table("commands/words.toml"), " ".join(map(str, ordinary.values())).split())
