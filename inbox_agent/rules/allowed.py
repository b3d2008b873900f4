"""Which channels of direct marketing somebody allows beside a ban: its scope is all of them unless they say otherwise.

Owns the reading of `lexicon/scope/channels.toml`. Refuses to narrow a ban by anything but a plain permission of
advertising: a question, a condition, or what else than advertising may come that way narrows nothing (GDPR 21(2)-(3)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from inbox_agent.rules.fold import fold_in_place
from inbox_agent.rules.lexicon_files import table

_LONGEST = 8_000  # characters read
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]?")
_CLAUSE = re.compile(r"[.!?;\n]+|,\s|\s[–-]\s|\b(?:mutta|vaan|men|utan|but)\b")


def forbidden(channels: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the channels that a ban covers, as its writer worded it (`texts`)."""
    kept = {family for text in texts for family in _allowed(fold_in_place(text[:_LONGEST]))}
    return tuple(channel for channel in channels if _families(fold_in_place(channel)).isdisjoint(kept))


def _allowed(text: str) -> set[str]:
    plain = (said for said in _SENTENCE.findall(text) if not said.endswith("?") and not _says(said, "conditional"))
    return {
        family
        for said in plain
        for clause in _CLAUSE.split(said)
        if _says(clause, "allows") and not _says(clause, "denies") and _of_advertising(clause)
        for family in _families(clause)
    }


def _of_advertising(clause: str) -> bool:
    """Whether nothing is allowed but advertising, or to use the channel at all: a confirmation or a bill is neither."""
    for pattern in (*_patterns("allows"), *_channels().values()):
        clause = pattern.sub(" ", clause)
    return all(_says(word, "beside") for word in clause.split() if any(map(str.isalnum, word)))


def _families(text: str) -> frozenset[str]:
    return frozenset(family for family, called in _channels().items() if called.search(text))


def _says(clause: str, what: str) -> bool:
    return any(pattern.search(clause) for pattern in _patterns(what))


@cache
def _channels() -> Mapping[str, re.Pattern[str]]:
    named: Mapping[str, list[str]] = table("scope/channels.toml")["channels"]
    return {family: re.compile(rf"\b(?:{'|'.join(called)})\b") for family, called in named.items()}


@cache
def _patterns(what: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in table("scope/channels.toml")[what]["any"])
