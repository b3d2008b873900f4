"""What a person may record as a proof of who somebody is, by its kind, its level and their words of it.

Owns the reading of `lexicon/proofs.toml`: the words that plainly tell a proof of each kind (GDPR 5(2)). Words that are
not on that list give nothing by themselves: the person is asked, or gives less. Says why by the code of a
UsageProblem.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from inbox_agent.rules.leaving import reasoned
from inbox_agent.rules.levels import L1, L2, PROOFS
from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.visible import masked
from replies.data_files import filled, whole
from state.model import IdentityLevel, ProofKind

MOST_IN_OTHER_WAYS = L2
"""What another way than the table's gives at most (our choice): what gives more has a kind of its own."""

_ON_A_DOCUMENT = frozenset({ProofKind.ID_SHOWN, ProofKind.STRONG, ProofKind.LOG_IN})  # which may well bear the code
_COPIED = frozenset({ProofKind.AUTHORITY, ProofKind.SIGNED_LETTER})  # they may come as pictures
_UNCLEAR: Mapping[ProofKind, str] = {
    ProofKind.ID_SHOWN: "id_shown_needs_document",
    ProofKind.STRONG: "strong_needs_service",
    ProofKind.LOG_IN: "log_in_unclear",
    ProofKind.CALL_BACK: "call_back_unclear",
    ProofKind.KNOWN_FACTS: "facts_unclear",
}


def refused(kind: ProofKind, level: IdentityLevel | None, words: str, joint: Collection[str] = ()) -> str:
    """Why this is not recorded as a proof; "" where it is. `joint`: the joint controllers of the profile."""
    if by := _proves_nobody(kind, words):
        return by
    if kind in _UNCLEAR:
        return "" if _plain(kind, words) else _UNCLEAR[kind]
    if kind is ProofKind.JOINT_CONTROLLER:
        return "" if level is None or level <= _by_another(words, joint) else "joint_unclear"
    return _in_another_way(level, words) if kind is ProofKind.OTHER and level is not None else ""


def _in_another_way(level: IdentityLevel, words: str) -> str:
    if level > MOST_IN_OTHER_WAYS:
        return "proof_other_level"
    if not reasoned(words):
        return "proof_needs_words"
    return "" if level <= L1 or _most(words) >= level or _plain(ProofKind.OTHER, words) else "proof_other_unclear"


def _proves_nobody(kind: ProofKind, words: str) -> str:
    """A code, which may identify nobody (tietosuojalaki 1050/2018, 29), or a document that was not seen itself."""
    said = _pattern("words", "denied").sub(" ", words)
    if kind not in _ON_A_DOCUMENT and (_pattern("never", "code").search(said) or masked(said) != said):
        return "proof_by_identity_code"
    return "proof_by_copy" if kind not in _COPIED and _pattern("never", "copy").search(said) else ""


def _by_another(words: str, joint: Collection[str]) -> IdentityLevel:
    """The most that a joint controller's word gives: as it says how; L2 where it only says that (our choice)."""
    names = [name for name in joint if name.casefold() in words.casefold()]
    rest = words
    for name in names:
        rest = re.sub(re.escape(name) + r"(?:[:'’]?\w*)", " ", rest, flags=re.IGNORECASE)
    if not names or rest == words:
        return IdentityLevel.L0
    how = _pattern(ProofKind.JOINT_CONTROLLER, "may").sub(" ", rest)
    return L2 if not re.search(r"\w", how) else _most(how)


def _most(words: str) -> IdentityLevel:
    """The highest level of the kinds that words plainly tell."""
    levels = (PROOFS[kind] for kind in _UNCLEAR if _plain(kind, words))
    return max((level for level in levels if level is not None), default=IdentityLevel.L0)


def _plain(kind: ProofKind, words: str) -> bool:
    """Whether words tell a proof of this kind and nothing else: each is one of its list, and what it needs is there."""
    said = masked(words)
    needs = (whole(filled(pattern, _words())) for pattern in _data()[kind]["needs"])
    left = _pattern(kind, "may").sub(" ", said)
    return all(need.search(said) for need in needs) and not re.search(r"[\w#]", left)


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    given = _data()[section][name]
    listed = [given] if isinstance(given, str) else [*given, *(_data()["any"]["may"] if name == "may" else ())]
    # The longer before the shorter: "came back" before "came".
    return whole("|".join(sorted((filled(one, _words()) for one in listed), key=len, reverse=True)))


@cache
def _words() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for name, pattern in _data()["words"].items():
        words[name] = filled(pattern, words)
    return words


@cache
def _data() -> Mapping[str, Any]:
    return table("proofs.toml")
