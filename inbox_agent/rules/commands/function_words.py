"""Words without a meaning of their own: where a line is cut, what is left of it, how it was spoken.

Owns `inbox_agent/lexicon/commands/function_words.toml`. Refuses words that mean something: those are `vocabulary`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inbox_agent.rules.fold import fold
from inbox_agent.rules.lexicon_files import table


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """Words without a meaning of their own that decide how a line is cut and what is left of it; all folded."""

    joining: frozenset[str]
    causes: frozenset[str]
    fillers: frozenset[str]
    swedish: frozenset[str]
    english: frozenset[str]
    before_a_case_number: frozenset[str]
    subordinate: frozenset[str]
    small_in_a_reminder: frozenset[str]
    small_in_a_removal: frozenset[str]
    small_in_a_topic: frozenset[str]
    small_in_a_note: frozenset[str]
    helping: frozenset[str]
    needing: frozenset[str]
    going_on: frozenset[str]
    any_more: frozenset[str]
    around_a_thing: frozenset[str]
    obliging: frozenset[str]
    word_named: frozenset[str]
    word_into: frozenset[str]
    word_surely_into: frozenset[str]
    word_swapped: frozenset[str]
    passage: frozenset[str]
    records: frozenset[str]
    between_places: frozenset[str]
    around_a_place: frozenset[str]
    only_then: frozenset[str]
    before_a_day: frozenset[str]
    from_then: frozenset[str]
    moments: frozenset[str]
    come_about: frozenset[str]
    before_a_deed: frozenset[str]
    advertising: frozenset[str]
    just_now: frozenset[str]
    politely: frozenset[str]
    told_done: frozenset[str]
    loans: frozenset[str]
    doubting: frozenset[str]
    question_words: frozenset[str]
    asking_whether: frozenset[str]
    asking_if_done: frozenset[str]
    come_first: frozenset[str]
    open_still: frozenset[str]
    reserving: frozenset[str]
    unfinished: frozenset[str]
    bare_refusal: frozenset[str]
    telling: frozenset[str]
    nearly: frozenset[str]
    i_have_not: frozenset[str]
    calling: frozenset[str]
    cancelling: frozenset[str]
    spoken: Mapping[str, str]
    channels: Mapping[str, str]
    identifications: Mapping[str, str]
    documents: Mapping[str, str]
    kept: Mapping[str, str]
    undone: Mapping[str, str]
    strong: Mapping[str, str]
    invoices: tuple[str, ...]


def _function_words() -> FunctionWords:
    given = dict(table("commands/function_words.toml"))
    invoices = tuple(map(fold, str(given.pop("invoices")).split()))
    pairs = {name: dict(_pairs(str(given.pop(name)))) for name in _PAIRED}
    words = {name: frozenset(map(fold, str(words).split())) for name, words in given.items()}
    spoken = {short: fold(written) for short, written in pairs.pop("spoken").items()}
    channels, identifications, documents, kept, undone, strong = (pairs[name] for name in _PAIRED[1:])
    return FunctionWords(
        **words,
        spoken=spoken,
        channels=channels,
        identifications=identifications,
        documents=documents,
        kept=kept,
        undone=undone,
        strong=strong,
        invoices=invoices,
    )


_PAIRED = ("spoken", "channels", "identifications", "documents", "kept", "undone", "strong")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split():
        word, _, meant = pair.partition("=")
        yield fold(word), meant


FUNCTION = _function_words()
