"""Where alone some words are a fault: the letters that they do not suit, and what of a letter only tells.

Owns which rule of words looks at which letter. Refuses to know the words: those are `replies.wording`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from replies.lens import Lens
from replies.pairs import GIVING, REFUSING
from replies.refusals import by_ground
from state.model import Letter, Outcome, RequestKind

_REASONS = frozenset({"explained", "other_law", "until_event", "late_reason"})


def asks_identity(read: Lens) -> bool:
    """Whether the letter asks who somebody is, or tells that they did not show it."""
    asking = {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION}
    return read.letter in asking or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def told(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the letter tells of what was given, in the words of its facts: each line of them by itself. Why the rest
    was not given is no such thing.
    """
    given = (facts for part in read.parts if part.outcome in GIVING for facts in by_ground(part.facts))
    values = (value for facts in given for name, value in facts.items() if name not in _REASONS)
    return (place for said in dict.fromkeys(values) for place in read.shows(said))


def _denies(read: Lens) -> bool:
    """Whether it gives the reason of a refusal or of a fee."""
    return read.letter is Letter.FEE or read.answers(REFUSING)


def _denies_without_claim(read: Lens) -> bool:
    """The same where no refusal stands on a legal claim of ours, which may well be told."""
    return _denies(read) and not any(one.facts.get("ground") == "legal_claim" for one in read.refused)


def bans(read: Lens) -> bool:
    granted = frozenset({Outcome.GRANTED})
    return read.letter is Letter.MARKETING_STOPPED or read.answers(granted, RequestKind.MARKETING_OBJECTION)


def _ends_marketing(read: Lens) -> bool:
    return bans(read) or read.answers(GIVING, RequestKind.ERASURE, RequestKind.CONSENT_WITHDRAWAL)


def _keeps_an_entry(read: Lens) -> bool:
    return bans(read) or any(part.facts.get("suppression") == "kept" for part in read.parts)


ONLY_WHERE: Mapping[str, Callable[[Lens], bool]] = MappingProxyType(
    {
        "total_erasure_promised": _keeps_an_entry,
        "new_month": lambda read: read.late,
        "ground_unlawful": _denies,
        "lawsuit_no_ground": _denies_without_claim,
        "access_ground_unlawful": lambda read: read.answers(REFUSING, RequestKind.ACCESS, RequestKind.PORTABILITY),
        "trade_secret_blanket": lambda read: read.answers(
            frozenset({Outcome.REFUSED}), RequestKind.ACCESS, RequestKind.PORTABILITY
        ),
        "marketing_no_compelling_ground": lambda read: read.answers(REFUSING, RequestKind.OBJECTION),
        "restricted_goes_on": lambda read: read.answers(GIVING, RequestKind.RESTRICTION),
        "marketing_goes_on": _ends_marketing,
        "ban_narrowed": bans,
        "stopped_goes_on": lambda read: read.answers(
            frozenset({Outcome.GRANTED}), RequestKind.OBJECTION, RequestKind.CONSENT_WITHDRAWAL
        ),
        "pdf_for_portability": lambda read: read.answers(GIVING, RequestKind.PORTABILITY),
        "reason_demanded": lambda read: RequestKind.OBJECTION not in {part.kind for part in read.parts},
    }
)
"""Where alone some words are a fault."""

OF_REASONS = frozenset(
    {"ground_unlawful", "lawsuit_no_ground", "access_ground_unlawful", "marketing_no_compelling_ground"}
)
"""What is a fault as a reason only: the data itself may tell that somebody was rude."""
