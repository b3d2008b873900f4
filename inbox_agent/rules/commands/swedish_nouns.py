"""Swedish nouns without the article at their end: "kvittona" is kvitton, "bokningssystemet" bokningssystem.

Owns the definite endings of what people name in a line. Refuses a noun behind its owner ("kunders ansikten"), which
has no article, and names. Where the word's end does not tell an article it keeps its letters.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.rules.commands.word import Word

_ENDINGS = (
    ("orna", "or"),
    ("arna", "ar"),
    ("erna", "er"),
    ("ena", "en"),
    ("ona", "on"),
    ("tret", "ter"),
    ("gret", "ger"),
    ("mret", "mmer"),
    ("pret", "pper"),
    ("mmet", "m"),
    ("ndet", "nde"),
    ("cket", "cke"),
    ("et", ""),
    ("ot", "o"),
    ("mmen", "m"),
    ("anden", "anden"),
    ("enden", "enden"),
    ("en", ""),
    ("ern", "er"),
    ("orn", "or"),
    ("an", "a"),
)
_WHOLE = ("itet", "paket", "internet", "vatten", "tecken", "botten", "papperen", "mälan", "sökan", "önskan", "början")
"""How words end that only look as if they had an article."""
_SHORTEST = 3  # letters of a stem
_OWNING = frozenset({"andra", "andras", "min", "mina", "mitt", "var", "vara", "vart", "fler", "flera", "manga"})
_ARTICLES = frozenset({"den", "det", "de"})


def without_article(text: str) -> str:
    """One noun in the form that a list of things has."""
    low = text.lower()
    if low.endswith(_WHOLE):
        return text
    for ending, base in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST:
            return text[: len(text) - len(ending)] + base
    return text


def owned(before: Word | None) -> bool:
    """Whether a noun behind this word has no article of its own: "hennes kvitton", "andra kunders ansikten"."""
    return before is not None and (before.form in _OWNING or before.form.endswith("s"))


def without_leading_article(words: Sequence[Word]) -> Sequence[Word]:
    """As in "de gamla fakturorna"."""
    return words[1:] if len(words) > 1 and words[0].form in _ARTICLES else words
