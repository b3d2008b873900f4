"""Which answers of one letter cannot stand beside each other, whatever their facts say.

Owns the pairs of outcomes that go against one another, and of things done to the same data. Refuses to look at the
words of the letter: that is `replies.contradictions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from replies.pairs import GIVING, REFUSING
from state.model import Outcome, RequestKind

Answer = tuple[RequestKind, Outcome]

_SHORTEST, _ENDING = 4, 2  # of a word: languages inflect its end
_STEM = 5  # of a word that is looked for in compounds too: "profilointi", "ostoprofiili"
_OF_DATA = GIVING | REFUSING
_DENYING = frozenset({Outcome.NO_DATA, Outcome.NOT_IDENTIFIED, Outcome.ART11})
# A ban and a withdrawal are carried out whoever asks and whatever is held (GDPR 7(3), 21(2)-(3)).
_WHATEVER_IS_HELD = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL})
# What these do not find is marketing, or a decision: there may be data all the same.
_OF_SOMETHING_ELSE = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.AUTOMATED_DECISION})


def apart(answers: Iterable[Answer]) -> tuple[Answer, Answer] | None:
    """The first two answers of which one cannot be true if the other is (GDPR 5(1)(a), 11, 12(6)); None without any.

    Who was not identified, or whose data could not be told from others', gets no other answer about data; where none
    is held, nothing of it can be given, done or refused.
    """
    return next((pair for pair in combinations(answers, 2) if _against(*pair) or _against(*reversed(pair))), None)


def _against(one: Answer, other: Answer) -> bool:
    """Whether the first denies what the second speaks of."""
    (kind, denying), (about, spoken) = one, other
    if denying not in _DENYING or (denying is Outcome.NO_DATA and kind in _OF_SOMETHING_ELSE):
        return False
    if spoken in _DENYING:
        return spoken is not denying and not (spoken is Outcome.NO_DATA and about in _OF_SOMETHING_ELSE)
    return spoken in _OF_DATA and about not in _WHATEVER_IS_HELD


def both_named(one: str, other: str, everything: re.Pattern[str], joint: re.Pattern[str]) -> Iterator[str]:
    """The items of the first list that the second one names too, whatever their ends, or covers with `everything`.
    `joint`: what stands between two items.
    """
    listed, others = _items(one, joint), _items(other, joint)
    for item, beside in product(listed, others):
        if everything.search(item) or everything.search(beside) or _same(item, beside):
            yield item


def shared(one: str, other: str, general: re.Pattern[str]) -> bool:
    """Whether a word of the first, in whatever form or compound, stands in the second too. `general`: what says nothing
    of which data, or which processing, is meant.
    """
    stems = {word[:_STEM] for word in re.findall(r"\w+", general.sub(" ", one).casefold()) if len(word) >= _STEM}
    return any(stem in other.casefold() for stem in stems)


def _items(said: str, joint: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for part in joint.split(said) if (item := part.strip(" .\n"))))


def _same(one: str, other: str) -> bool:
    """Whether two items name the same by their words' beginnings: one may say more of it than the other."""
    words, beside = re.findall(r"\w+", one.casefold()), re.findall(r"\w+", other.casefold())
    return bool(words and beside) and (_within(words, beside) or _within(beside, words))


def _within(words: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(_alike(word, other) for other in others) for word in words)


def _alike(one: str, other: str) -> bool:
    shown = max(_SHORTEST, min(len(one), len(other)) - _ENDING)
    return one[:shown] == other[:shown]
