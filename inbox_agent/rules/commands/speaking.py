"""What a line says of itself: articles of the law that stand for rights, and a word taken back in the next breath.

Owns passes over read words that need no vocabulary. Refuses to say what is done about a right or a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inbox_agent.rules.commands.days import mentions
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
_PARTS = ("kohda", "kohta", "alakoh", "kappale", "moment", "punkt", "stycke", "paragraph", "point", "mom")
_BETWEEN = frozenset({"etta", "ja", "tai", "vai", "seka", "och", "eller", "and", "or"})
_TOLD_AT_ONCE = 2  # words between a number and what it counts


def is_finnish(words: Sequence[Word]) -> bool:
    """Whether none of the words is surely Swedish or English."""
    return not any(word.form in FUNCTION.swedish | FUNCTION.english for word in words)


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
    return behind.startswith(_ARTICLE) or before.startswith(_ARTICLE) or before == "art"


_TAKING_BACK = (
    ("ei", "kun"),
    ("ei", "ku"),
    ("no", "wait"),
    ("i", "mean"),
    ("tai", "siis"),
    ("jag", "menar"),
    ("nej", "forresten"),
    ("eller", "nej"),
    ("tai", "ei"),
    ("oh", "no"),
    ("nej", "forlat"),
    ("tai", "oikeastaan"),
    ("eiku",),
    ("eikun",),
    ("eikku",),
    ("sorry",),
    ("siis",),
    ("forlat",),
    ("wait",),
    ("rather",),
    ("snarare",),
    ("pikemminkin",),
)
_NEAR = 2  # words that may stand around the one that takes back


def without_slips_of_the_tongue(words: Sequence[Word], today: date) -> list[Word]:
    """As in "maanantaina eikun tiistaina": of two days, names, sums or facts the one said last is meant."""
    kept = list(words)
    at = 0
    while at < len(kept):
        width = next((len(marker) for marker in _TAKING_BACK if _stands(kept, at, marker)), 0)
        start = _taken_back(kept, at, at + width, today) if width else None
        if start is None:
            at += 1
        else:
            del kept[start : at + width]
            at = start
    return kept


def _stands(words: Sequence[Word], at: int, marker: Sequence[str]) -> bool:
    return tuple(word.form for word in words[at : at + len(marker)]) == tuple(marker)


def _taken_back(words: Sequence[Word], at: int, end: int, today: date) -> int | None:
    """Where begins what is taken back; None where both sides are not of one kind."""
    found = mentions([word.form for word in words], today)
    before = next((m for m in found if m.end <= at and not _words_between(words, m.end, at)), None)
    behind = any(m.start >= end and m.start - end <= _NEAR for m in found)
    if before is not None and behind:
        return before.start
    first = next((i for i in range(at - 1, -1, -1) if words[i].kind != "mark"), None)
    second = next((i for i in range(end, len(words)) if words[i].kind != "mark"), None)
    if first is None or second is None:
        return None
    if "name" in words[first].tags and "name" in words[second].tags:
        return first
    if _asked_for(words[first]) and ("v_ask" in words[second].tags or not _DEED & {t[:2] for t in words[second].tags}):
        return first
    counted = first - 1 if "euro" in words[first].tags and first else first
    sums = {"num", "sum", "money_word"}
    return counted if sums & words[counted].tags and sums & words[second].tags else None


_DEED = frozenset({"v_"})


def _asked_for(word: Word) -> bool:
    """As in "kysy postinumero eiku asiakasnumero": a fact, whatever is asked for instead."""
    return any(tag.startswith("fact.") for tag in word.tags)


def _words_between(words: Sequence[Word], start: int, end: int) -> bool:
    return any(word.kind != "mark" for word in words[start:end])
