"""Rules: which meanings together say which intent.

Owns the reading of `inbox_agent/lexicon/commands/rules.toml` and the choice of the best rule for a clause: the one
with most groups of meanings met, then the heavier, then the earlier. Deterministic and without memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from inbox_agent.rules.commands.model import Intent, Place
from inbox_agent.rules.commands.vocabulary import Tags
from inbox_agent.rules.lexicon_files import table


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Each of `needs` must be met by one of its meanings, none of `without`."""

    intent: Intent
    needs: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    args: Mapping[str, Any]
    score: float
    weak: bool
    places: frozenset[str]
    order: int

    def met(self, tags: Tags, place: Place) -> bool:
        if self.places and place not in self.places:
            return False
        return all(any(_has(tags, one) for one in group) for group in self.needs) and not any(
            _has(tags, one) for one in self.without
        )

    def uses(self, tag: str) -> bool:
        """Whether one of its groups asks for this meaning."""
        return any(
            tag == one or (one.endswith(".*") and tag.startswith(one[:-1])) for group in self.needs for one in group
        )


def _has(tags: Tags, wanted: str) -> bool:
    if wanted.endswith("*"):
        return any(tag.startswith(wanted[:-1]) for tag in tags)
    return wanted in tags


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped rules, in their order."""
    given = table("commands/rules.toml")["rule"]
    return tuple(_rule(entry, order) for order, entry in enumerate(given if isinstance(given, list) else ()))


def best(tags: Iterable[str], place: Place, intents: Set[Intent] = frozenset(Intent)) -> Rule | None:
    """The rule that says most about these meanings, of the rules for these intents."""
    found = frozenset(tags)
    by_tag, others = _by_tag()
    near = {rule.order: rule for tag in found for rule in by_tag.get(tag, ())} | {rule.order: rule for rule in others}
    met = [rule for rule in near.values() if rule.intent in intents and rule.met(found, place)]
    return max(met, key=lambda rule: (rule.score, -rule.order), default=None)


@cache
def _by_tag() -> tuple[Mapping[str, tuple[Rule, ...]], tuple[Rule, ...]]:
    """The rules by the meanings of one of their groups, without which they cannot be met; and those that name kinds."""
    indexed: dict[str, tuple[Rule, ...]] = {}
    others: list[Rule] = []
    for rule in rules():
        group = next((group for group in rule.needs if not any(one.endswith("*") for one in group)), None)
        for tag in group or ():
            indexed[tag] = (*indexed.get(tag, ()), rule)
        if group is None:
            others.append(rule)
    return indexed, tuple(others)


def _rule(entry: Mapping[str, Any], order: int) -> Rule:
    needs: list[tuple[str, ...]] = []
    without: list[str] = []
    for item in str(entry["when"]).split():
        if item.startswith("!"):
            without += item[1:].split("|")
        else:
            needs.append(tuple(item.split("|")))
    return Rule(
        Intent(entry["intent"]),
        tuple(needs),
        tuple(without),
        MappingProxyType(dict(entry.get("args", {}))),
        len(needs) + float(entry.get("weight", 0)),
        bool(entry.get("weak", False)),
        frozenset(str(entry.get("context", "")).split()),
        order,
    )
