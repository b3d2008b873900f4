"""Arguments of few values set right by what the scored reader hears of them.

The fields read single words; the reader weighs the whole clause. Where it is sure, it fills in what no word told and
corrects what a word told wrongly. Refuses free words, days, names and numbers: those only the fields read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.rules.commands.heard import Heard
from inbox_agent.rules.commands.labels import ABSENT, FREE
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.statutes import is_act

_NEAR = 0.1
"""How far the next value must be behind to fill in what no word told,"""
_FAR = 0.2
"""to correct what a word told,"""
_NOT_AT_ALL = 1.2
"""and to drop it."""
_INVENTED = frozenset({"ground"})
"""What must not be filled in on a mere likelihood."""
_TRUE = {"true": True, "false": False}


def settled(intent: Intent, given: Mapping[str, Any], heard: Heard) -> dict[str, Any]:
    """The arguments, with the slots of one intent as they were heard."""
    if intent is not heard.intent:
        return dict(given)
    if intent is not Intent.SET_OUTCOME:
        told = _settled(given, heard, tuple(heard.slots))
        return {name: value for name, value in told.items() if name != "about" or not told.get("cancel")}
    outcomes = list(given.get("outcomes", ()))
    if len(outcomes) == 1:
        outcomes = [_settled(outcomes[0], heard, tuple(name for name in heard.slots if name != "hold"))]
    return _settled({**given, "outcomes": outcomes}, heard, ("hold",))


def _settled(given: Mapping[str, Any], heard: Heard, names: tuple[str, ...]) -> dict[str, Any]:
    settled = dict(given)
    for name in names:
        value, gap = heard.slots.get(name, (FREE, 0.0))
        told = settled.get(name)
        if name == "ground" and is_act(told):
            continue  # an Act by its name is the ground in the words said
        if name == "done" and told is False:
            continue  # what was denied is never heard as done
        if name == "attachment" and told is not None and value == ABSENT:
            continue  # a word said that something goes along
        if value == FREE or (name == "period" and ({"period", "until"} & settled.keys() or gap < _FAR)):
            continue
        if value == ABSENT:
            if told is not None and gap > _NOT_AT_ALL:
                del settled[name]
        elif gap > _bar(name, told):
            settled[name] = [value] if name == "rights" else _TRUE.get(value, value)
    return settled


def _bar(name: str, told: object) -> float:
    if told is None or told == []:
        return _FAR if name in _INVENTED else _NEAR
    return _NOT_AT_ALL if name == "rights" else _FAR
