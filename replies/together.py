"""Which answers of one letter cannot stand beside each other, whatever their facts say.

Owns the pairs of outcomes that go against one another. Refuses to look at words: that is `replies.contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from replies.pairs import GIVING, REFUSING
from state.model import Outcome, RequestKind

Answer = tuple[RequestKind, Outcome]

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
