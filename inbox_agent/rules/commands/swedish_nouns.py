"""Swedish nouns without the article at their end: "kvittona" is kvitton, "bokningssystemet" bokningssystem.

Owns the definite endings of what people name in a line, and the reading of `lexicon/commands/swedish_nouns.toml`.
Refuses a noun behind its owner ("kunders ansikten"), which has no article, and names. Where neither the word's end nor
the list tells an article it keeps its letters: "budget", "examen", "ärenden".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.lexicon_files import table

_SURE = (
    ("orna", "or"),
    ("arna", "ar"),
    ("erna", "er"),
    ("ona", "on"),
    ("tret", "ter"),
    ("gret", "ger"),
    ("mret", "mmer"),
    ("pret", "pper"),
)
"""Endings that nothing but an article makes, and what the noun has without."""
_SURE_STEM = 2  # letters before them: "la-gret"
_SHORTEST = 3  # letters of a noun
_OF_ENDING = 5  # more of one that an ending alone tells
_ARTICLES_ENDED = (
    ("t", re.compile(r"[eo]$")),
    ("n", re.compile(r"(?:a|or|er|el)$")),
    ("et", re.compile(r"(?<!er)(?<!el)$")),
    ("en", re.compile(r"(?<!er)(?<!el)(?<!and)(?<!end)$")),
    ("ena", re.compile(r"(?<!er)(?<!el)$")),
)
"""The articles, the longer noun first, and how one ends that has it: "foton" and "meddelanden" are plurals without."""
_DOUBLED = ("mmet", "mmen")  # "programmet" is of program: no m stands twice at a word's end
_OWNING = frozenset({"andra", "andras", "min", "mina", "mitt", "var", "vara", "vart", "fler", "flera", "manga"})
_ARTICLES = frozenset({"den", "det", "de"})


def without_article(text: str) -> str:
    """One noun in the form that a list of things has."""
    low = text.lower()
    for ending, base in _SURE:
        if low.endswith(ending) and len(low) - len(ending) >= _SURE_STEM:
            return text[: len(text) - len(ending)] + base
    return next((text[:left] for left in _lengths(low) if _known(low[:left])), text)


def _lengths(low: str) -> Iterator[int]:
    """How long the noun may be without an article, the longer first: "ärendet" is ärende, "landet" land."""
    for article, ended in _ARTICLES_ENDED:
        if low.endswith(article) and ended.search(low.removesuffix(article)):
            yield len(low) - len(article)
    if low.endswith(_DOUBLED):
        yield len(low) - 3


def _known(noun: str) -> bool:
    nouns, endings = _listed()
    return len(noun) >= _SHORTEST and (noun.endswith(nouns) or (len(noun) > _OF_ENDING and noun.endswith(endings)))


@cache
def _listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = table("commands/swedish_nouns.toml")
    nouns, endings = (tuple(str(given[name]).split()) for name in ("nouns", "endings"))
    return nouns, endings


def owned(before: Word | None) -> bool:
    """Whether a noun behind this word has no article of its own: "hennes kvitton", "andra kunders ansikten"."""
    return before is not None and (before.form in _OWNING or before.form.endswith("s"))


def without_leading_article(words: Sequence[Word]) -> Sequence[Word]:
    """As in "de gamla fakturorna"."""
    return words[1:] if len(words) > 1 and words[0].form in _ARTICLES else words
