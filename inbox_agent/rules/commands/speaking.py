"""What a line says of itself: its language, and articles of the law that stand for rights.

Owns passes over read words that need no vocabulary. Refuses to say what is done about a right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.word import Word

_RIGHTS = {
    "7": "consent_withdrawal",
    "15": "access",
    "16": "rectification",
    "17": "erasure",
    "18": "restriction",
    "20": "portability",
    "21": "objection",
    "22": "automated_decision",
}
"""GDPR 7(3) and 15 to 22: people who know the law name its article instead of the right."""
_ARTICLE = ("artikl", "artikel", "article")
_SHORT = "art"
_PARTS = ("kohda", "kohta", "alakoh", "kappale", "moment", "punkt", "stycke", "paragraph", "point", "mom")
_BETWEEN = frozenset({"etta", "ja", "tai", "vai", "seka", "och", "eller", "and", "or"})
_TOLD_AT_ONCE = 2  # words between a number and what it counts


def is_finnish(words: Sequence[Word]) -> bool:
    """Whether none of the words is surely Swedish or English."""
    return not any(word.form in FUNCTION.swedish | FUNCTION.english for word in words)


def is_swedish(words: Sequence[Word]) -> bool:
    """Whether more of the words are surely Swedish than English."""
    told = [word.form for word in words if word.form != "i"]  # of both
    return sum(form in FUNCTION.swedish for form in told) > sum(form in FUNCTION.english for form in told)


def with_articles(words: Sequence[Word]) -> list[Word]:
    """As in "15 artiklan mukainen pyyntö": the number is the right; of other articles it counts nothing."""
    named = [at for at, word in enumerate(words) if "num" in word.tags and _of_article(words, at)]
    pairs = [at for at in named if at > 1 and words[at - 1].form in _BETWEEN and "num" in words[at - 2].tags]
    named += [at - 2 for at in pairs]  # "16 että 17 artiklan"
    if not named:
        return list(words)
    return [_cited(words, at, named) for at in range(len(words))]


def _cited(words: Sequence[Word], at: int, named: Sequence[int]) -> Word:
    word = words[at]
    behind = words[at + 1].form if at + 1 < len(words) else ""
    if at in named:
        right = _RIGHTS.get(word.form.rstrip("."))
        return replace(word, kind="article", tags=frozenset({f"right.{right}"} if right else ()))
    if "num" in word.tags and behind.startswith(_PARTS):
        return replace(word, kind="article", tags=frozenset())
    if word.form.startswith((*_ARTICLE, *_PARTS)) and any(abs(at - one) <= 2 * _TOLD_AT_ONCE for one in named):
        return replace(word, tags=frozenset())
    return word


def _of_article(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].form if at else ""
    before = words[at - 2].form if before == "." and at > 1 else before
    behind = words[at + 1].form if at + 1 < len(words) else ""
    return behind.startswith(_ARTICLE) or behind == _SHORT or before.startswith(_ARTICLE) or before == "art"
