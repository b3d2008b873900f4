"""Where one command of a line ends and the next begins.

A clause may tell on or say another thing; what the scored reader hears on both sides of the joint, and the words at
it, tell which. Owns the clues of a joint and the cutting. Refuses what each piece means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inbox_agent.rules.commands.heard import Heard, Hearing
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.word import Word

MOST = 8  # clauses; what stands behind them belongs to the last
_NEXT = frozenset({"sitten", "sit", "sen", "then", "sedan", "lisaksi", "samalla", "myos", "also", "dessutom"})
_LONG = 8  # words


def pieces(hearing: Hearing) -> Iterator[tuple[int, int]]:
    """The clauses of each command, first and behind the last."""
    start, count = 0, len(hearing.clauses)
    for at in range(1, min(count, MOST)):
        if any(hearing.scores.joint(clues_of(hearing, start, at, end)) > 0 for end in {count, at + 1}):
            yield start, at
            start = at
    yield start, count


def clues_of(hearing: Hearing, start: int, at: int, end: int) -> Mapping[str, float]:
    """What speaks for and against a joint before clause `at`, between `start` and `end`."""
    left, following = hearing.of(start, at), hearing.of(at, at + 1)
    rest, whole = hearing.of(at, end), hearing.of(start, end)
    found = {
        **_loudness("l", left),
        **_loudness("f", following),
        **_loudness("r", rest),
        **_loudness("w", whole),
        "lesser": min(left.margin, max(following.margin, rest.margin)),
        "closer": min(left.gap, max(following.gap, rest.gap)),
        "second": whole.margin - whole.gap,
        "l in w": left.by_intent[whole.intent],
        "f in w": following.by_intent[whole.intent],
        "r in w": rest.by_intent[whole.intent],
        "f in l": left.by_intent[following.intent],
        "r in l": left.by_intent[rest.intent],
        "l in f": following.by_intent[left.intent],
        "l in r": rest.by_intent[left.intent],
        "apart": _apart(left, rest),
        "apart next": _apart(left, following),
        f"pair {left.intent}>{rest.intent}": 1.0,
        f"left {left.intent}": 1.0,
        f"rest {rest.intent}": 1.0,
        f"next {following.intent}": 1.0,
    }
    if Intent.NONE in {left.intent, rest.intent, following.intent}:
        found["nothing"] = 1.0
    return found | dict.fromkeys(_at_the_joint(hearing, start, at), 1.0) | _lengths(hearing, start, at)


def _loudness(side: str, heard: Heard) -> dict[str, float]:
    return {f"{side} margin": heard.margin, f"{side} gap": heard.gap}


def _apart(one: Heard, other: Heard) -> float:
    """How surely both sides say different things."""
    if one.intent is other.intent:
        return 0.0
    return max(0.0, min(one.margin - one.by_intent[other.intent], other.margin - other.by_intent[one.intent]))


def _at_the_joint(hearing: Hearing, start: int, at: int) -> Iterator[str]:
    clause, words = hearing.clauses[at], hearing.line.words
    yield f"joiner {clause.joiner}"
    yield f"word {words[clause.start].form}"
    yield from (f"tag {tag}" for tag in sorted(words[clause.start].tags))
    if clause.start + 1 < len(words):
        yield from (f"second {tag}" for tag in sorted(words[clause.start + 1].tags))
    if clause.start > 1 and words[clause.start - 2].kind == "mark":
        yield "mark and word"
    if any(word.form in _NEXT for word in words[max(0, clause.start - 1) : clause.start + 3]):
        yield "then"
    following = _has_deed(words[slice(*hearing.words(at, at + 1))])
    if following:
        yield "deed"
    if following and _has_deed(words[slice(*hearing.words(start, at))]):
        yield "deeds"


def _has_deed(words: tuple[Word, ...]) -> bool:
    return any(tag.startswith("v_") for word in words for tag in word.tags)


def _lengths(hearing: Hearing, start: int, at: int) -> dict[str, float]:
    left, right = hearing.words(start, at), hearing.words(at, at + 1)
    return {
        "left long": min(left[1] - left[0], _LONG) / _LONG,
        "right long": min(right[1] - right[0], _LONG) / _LONG,
    }
