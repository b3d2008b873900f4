"""Meanings that several words have together: "soita ja varmista", "ota _ esiin".

Owns where a phrase of the lexicon stands in a line, whatever small words are between its own, and what its words still
mean by themselves. Refuses single words: those are `vocabulary`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.inflection import skeleton
from inbox_agent.rules.commands.vocabulary import GAP, Phrase, Vocabulary
from inbox_agent.rules.commands.word import Word

_MOST_SKIPPED = 2
_WIDEST = 3  # words that a gap in a phrase may hold
_SHORT = 3  # letters: shorter words must be met whole


_EMPTY = frozenset({"polite_wish", "indefinite", "all_well"})
_ESTABLISHING = frozenset({"ident_ok", "ident_failed", "not_arrived"})
_WHOLE_DEED = frozenset({"brought_up"})
"""What a phrase does whatever verb it is said with: the verb's own meaning is lost."""
_ONE_OF_A_KIND = ("ground.", "right.", "tone.")
"""Kinds of which a phrase says one, whatever its words say by themselves."""
_LOST = {"right": ("right.", "done."), "tone": ("tone.",)}
"""What the words of such a phrase lose; a ground takes away every kind."""


def with_phrases(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words of a line with the meanings of the phrases that they make."""
    tags: list[set[str]] = [set(word.tags) for word in words]
    covered: list[set[str]] = [set() for _ in words]
    found = list(_longest(_phrases(words, vocabulary)))
    for at, end, concept in found:
        for inside in range(at, end):
            covered[inside].add(concept)
            tags[inside] = _left_of(tags[inside], concept)
        tags[at].add(concept)
    for at, end, concept in found:
        if concept.startswith(
            "ground."
        ):  # "virhettä ei löytynyt" says that the data are right, not that there are none
            for inside in range(at, end):
                tags[inside] -= {"no_data", "q_ground", "v_note", "v_note_word"}
    return [
        Word(word.start, word.end, word.text, word.form, word.kind, frozenset(tags[at]), frozenset(covered[at]))
        for at, word in enumerate(words)
    ]


def _left_of(tags: set[str], concept: str) -> set[str]:
    """What a word inside a phrase still means by itself."""
    if concept in _EMPTY:
        return set()
    if concept.startswith("period."):
        return {tag for tag in tags if tag.startswith(("period.", "about."))}
    if concept in _ESTABLISHING | _WHOLE_DEED:
        return {tag for tag in tags if not tag.startswith("v_")}
    if concept == "ground.human_decided":
        return {tag for tag in tags if not tag.startswith(("v_", *_ONE_OF_A_KIND))} - {"forward"}  # "by hand"
    if concept == "asked_for":
        return tags - {"cond_word"}
    if concept == "v_refuse":
        return tags - {"v_change", "v_give", "v_write"}
    if concept.startswith(_ONE_OF_A_KIND):
        lost = _LOST.get(concept.partition(".")[0], (*_ONE_OF_A_KIND, "v_open"))
        return {tag for tag in tags if not tag.startswith(lost)}
    return tags


def _phrases(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    for at, word in enumerate(words):
        for phrase, concept in _begun(vocabulary, word.form):
            if (end := _phrase_end(words, at, phrase)) is not None:
                yield at, end, concept


@lru_cache(maxsize=20_000)
def _begun(vocabulary: Vocabulary, form: str) -> tuple[tuple[Phrase, str], ...]:
    """The phrases that a folded word begins, each with its concept."""
    return tuple(found for found in vocabulary.phrases(form) if _is(form, *found[0][0]))


def _longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of phrases of one kind, one inside another does not count: "haluaa tietonsa pois" is no "haluaa tietonsa"."""
    spans = list(found)
    for at, end, concept in spans:
        kind = concept.partition(".")[0]
        beaten = any(
            a < end <= e and (a, e) != (at, end) and (a <= at or e > end) and other.partition(".")[0] == kind
            for a, e, other in spans
        )
        if not beaten or "." not in concept:
            yield at, end, concept


def _phrase_end(words: Sequence[Word], at: int, phrase: Sequence[tuple[str, bool]]) -> int | None:
    skipped = 0
    for order, (stem, open_end) in enumerate(phrase):
        if stem == GAP:
            return _behind_a_gap(words, at, phrase[order + 1 :])
        while at < len(words) and not _is(words[at].form, stem, open_end):
            comma = words[at].text == "," and stem in FUNCTION.subordinate
            filler = order and (comma or words[at].form in FUNCTION.fillers) and skipped < _MOST_SKIPPED
            if not filler:
                return None
            at += 1
            skipped += 1
        if at >= len(words):
            return None
        at += 1
    return at


def _behind_a_gap(words: Sequence[Word], at: int, rest: Sequence[tuple[str, bool]]) -> int | None:
    """Where the rest of a phrase ends, a few words on ("ota se Kivimäen juttu esiin"); a "not" bridges nothing."""
    for start in range(at, min(at + _WIDEST, len(words)) + 1):
        if (end := _phrase_end(words, start, rest)) is not None:
            return end
        if start < len(words) and (words[start].kind == "mark" or {"not", "dont"} & words[start].tags):
            return None
    return None


def _is(form: str, stem: str, open_end: bool) -> bool:
    if form == stem or (open_end and form.startswith(stem)):
        return True
    if form[:1] != stem[:1] or open_end:
        return False
    full = FUNCTION.spoken.get(form, form)  # "oo" is "ole"
    return full == FUNCTION.spoken.get(stem, stem) or (len(stem) > _SHORT and skeleton(full) == skeleton(stem))
