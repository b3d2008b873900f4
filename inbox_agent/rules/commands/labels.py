"""The labels of the scored reader: an intent, with the one argument whose few values are told as an intent is; and
slots, further arguments of few values, each scored among the commands of its intent.

Owns the way from an intent and its arguments to labels and back. Refuses every other argument: the fields read those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inbox_agent.rules.commands.model import Intent
from replies.grounds import GROUNDS
from state.model import RequestKind

GROUND_CODES = frozenset(ground.code for grounds in GROUNDS.values() for ground in grounds)

_TOLD: Mapping[Intent, str] = {
    Intent.SHOW_CASE: "what",
    Intent.SEARCH: "status",
    Intent.EXPLAIN_VERDICT: "about",
    Intent.EXPLAIN_DEADLINE: "about",
    Intent.ASK_IDENTITY: "method",
    Intent.EXTEND: "reason",
    Intent.FEE: "ground",
    Intent.MARK_NOT_REQUEST: "route",
    Intent.REOPEN: "from",
    Intent.EDIT_DRAFT: "change",
    Intent.ADD_PAPER_REQUEST: "channel",
    Intent.RECORD_IDENTITY: "result",
    Intent.STATS: "measure",
    Intent.EXPORT: "what",
    Intent.RECORD_DUTY: "duty",
    Intent.UNSAFE: "what",
    Intent.NONE: "reason",
    Intent.CHANGE_KIND: "how",
}
_HOW = ("set", "add", "remove")
WHOLE = "="
"""Before the name of an intent: whatever its argument is, as "=stats"."""
SEVERAL = "several"
"""Instead of an outcome, where a part says outcomes of different kinds."""


def label(intent: Intent, args: Mapping[str, Any]) -> str:
    """As in "edit_draft.tone", "set_outcome.refused", "undo"."""
    if intent is Intent.SET_OUTCOME:
        said = {str(one["outcome"]) for one in args.get("outcomes", ())}
        return f"{intent}.{said.pop() if len(said) == 1 else SEVERAL}"
    if intent is Intent.CHANGE_KIND:
        return f"{intent}.{next((how for how in _HOW if how in args), _HOW[0])}"
    value = args.get(_TOLD.get(intent, ""))
    return f"{intent}.{value}" if value else str(intent)


def whole(intent: Intent) -> str:
    """As in "=stats"."""
    return f"{WHOLE}{intent}"


def is_label(head: str) -> bool:
    """Whether what is scored is a label, and no slot and no whole intent."""
    return SLOT not in head and not head.startswith(WHOLE)


def of_intent(head: str, intent: Intent) -> bool:
    """Whether what is scored is a label of this intent, one of its slots, or the intent as a whole."""
    return head in {str(intent), whole(intent)} or head.startswith((f"{intent}.", f"{intent}{SLOT}"))


def meant(label: str) -> tuple[Intent, dict[str, Any]]:
    """The intent of a label, and the argument that it holds; of an outcome, what all its outcomes are."""
    name, _, value = label.partition(".")
    intent = Intent(name)
    told = "outcome" if intent is Intent.SET_OUTCOME else _TOLD.get(intent)
    return intent, {told: value} if value and told else {}


_SLOTS: Mapping[Intent, tuple[str, ...]] = {
    Intent.SHOW_DUE: ("period",),
    Intent.SEARCH: ("right",),
    Intent.ASK_IDENTITY: ("hold",),
    Intent.ASK_MORE_INFO: ("right", "ground"),
    Intent.SET_OUTCOME: ("right", "ground", "attachment", "after", "late", "hold", "done_on"),
    Intent.EXTEND: ("second",),
    Intent.ADD_PAPER_REQUEST: ("rights",),
    Intent.STATS: ("right", "period"),
    Intent.RECORD_IDENTITY: ("method",),
    Intent.MARK_NOT_REQUEST: ("reply",),
    Intent.ASSIGN: ("scope",),
    Intent.REMIND_ME: ("cancel", "condition"),
    Intent.RECORD_DUTY: ("done",),
    Intent.NONE: ("negated",),
}
SLOT = "/"
ABSENT = "-"
_WHICH, _SPANS = ("this", "last", "next"), ("week", "month", "quarter", "year")
FREE = "words"
"""A value of which each is another: an attachment's name, a ground in the words said."""
_KNOWN: Mapping[str, frozenset[str]] = {
    "right": frozenset({"all", *RequestKind}),
    "rights": frozenset(RequestKind),
    "ground": frozenset({*GROUND_CODES, "large_data"}),
    "after": frozenset({"access", "identity"}),
    "method": frozenset({"call_back", "round_trip"}),
    "condition": frozenset({"no_reply"}),
    "done_on": frozenset(),
    "period": frozenset({"today", "next", "overdue", "all", *(f"{at}_{span}" for at in _WHICH for span in _SPANS)}),
}


def slots(intent: Intent, args: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The slots of an intent with what its arguments say: "right", "erasure"."""
    outcomes = args.get("outcomes", ())
    if len(outcomes) > 1:
        return
    said = {**args, **(outcomes[0] if outcomes else {})}
    for name in _SLOTS.get(intent, ()):
        yield name, _value(name, said.get(name))


def _value(name: str, value: object) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return str(value[0]) if len(value) == 1 else FREE
    text = str(value)
    if (name, text) == ("scope", "this"):
        return ABSENT  # of the open case, as without it
    return text if (name not in _KNOWN and name != "attachment") or text in _KNOWN.get(name, ()) else FREE


def slot(intent: Intent, name: str, value: str) -> str:
    """As in "set_outcome/right=erasure"."""
    return f"{intent}{SLOT}{name}={value}"


def slot_names(intent: Intent) -> tuple[str, ...]:
    return _SLOTS.get(intent, ())
