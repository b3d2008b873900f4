"""Whether a clause forbids what its rule says.

Owns which "not" stands with the deed, which belongs to another meaning ("ei täsmää"), and what hangs on a condition.
"""

from __future__ import annotations

from inbox_agent.rules.commands.clauses import Clause, tags_of
from inbox_agent.rules.commands.grammar import Rule
from inbox_agent.rules.commands.model import ASKING, Intent
from inbox_agent.rules.commands.reading import Line


def forbids(line: Line, clause: Clause, rule: Rule, end: int) -> bool:
    """Whether the clause forbids what its rule says. A "not" that belongs to the rule's own words forbids nothing."""
    if rule.intent is Intent.NONE and not rule.uses("v_close"):
        return False
    if rule.intent is Intent.APPROVE and "hold_word" in tags_of(line, (clause.start, end)):
        return True
    for at in range(clause.start, end):
        word = line.words[at]
        own = word.phrases - (_IDLE if rule.uses("v_skip") or rule.uses("no_longer") else _IDLE | _UNNEEDED)
        own = frozenset(one for one in own if rule.uses(one) or one in _REFUSING) if "dont" in word.tags else own
        if not {"dont", "not"} & word.tags or own or _conditional(line, clause, at):
            continue  # a "not" inside another meaning ("ei täsmää") or behind "jos" forbids nothing
        if rule.uses("not") and "not" in word.tags and "dont" not in word.tags:
            continue
        if "dont" in word.tags or (rule.intent not in ASKING and _denies(line, clause, at, end)):
            return True
    return False


_IDLE = frozenset({"not", "dont", "undecided", "hold_word", "small", "tentative"})
"""Phrases that do not take the sense out of a "not" inside them."""


_UNNEEDED = frozenset({"v_skip", "no_longer"})


_REFUSING = frozenset({"v_refuse", "no_deed"})
"""Phrases whose "not" is the answer itself."""


_LATER_NOT = frozenset({"inte", "not", "ej", "inget", "ingenting", "inga", "nothing", "never", "aldrig"})


_DEED = ("v_", "more_time")


_TO = frozenset({"to_me", "to_name", "to_role"})


_TRAILING = frozenset({"siis", "enaa", "kiitos", "nyt", "viela", "tassa", "tahan", "sit", "sitten", "todellakaan"})


def _denies(line: Line, clause: Clause, at: int, end: int) -> bool:
    """Whether "en", "inte" or "not" stands with a deed: before it in Finnish and English, after it in Swedish."""
    deed = [i for i in range(clause.start, end) if any(tag.startswith(_DEED) for tag in line.words[i].tags)]
    if any(at < i for i in deed) or (line.words[at].form in _LATER_NOT and bool(deed)):
        return True
    if at + 1 < end and _TO & line.words[at + 1].tags:
        return True  # "ei mulle vaan Sakulle"
    behind = [word.form for word in line.words[at + 1 : end] if word.kind == "word"]
    return line.words[at].form == "ei" and bool(deed) and _TRAILING.issuperset(behind)  # "jatkoaikaa ei siis"


def _conditional(line: Line, clause: Clause, at: int) -> bool:
    return any(conditions(line, i) or "cond_word" in line.words[i].tags for i in range(clause.start, at))


def conditions(line: Line, at: int) -> bool:
    """The word "jos" and its like; the Swedish "om" only where a clause begins with it."""
    word = line.words[at]
    begins = at == 0 or line.words[at - 1].kind == "mark"
    return "cond_word" in word.tags and not word.phrases and (word.form != "om" or begins)
