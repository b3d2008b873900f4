"""The labels of the scored reader: an intent, with the one argument whose few values are told as an intent is.

Owns the way from an intent and its arguments to a label and back. Refuses every other argument: the fields read those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.rules.commands.model import Intent

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
}
SEVERAL = "several"
"""Instead of an outcome, where a part says outcomes of different kinds."""


def label(intent: Intent, args: Mapping[str, Any]) -> str:
    """As in "edit_draft.tone", "set_outcome.refused", "undo"."""
    if intent is Intent.SET_OUTCOME:
        said = {str(one["outcome"]) for one in args.get("outcomes", ())}
        return f"{intent}.{said.pop() if len(said) == 1 else SEVERAL}"
    value = args.get(_TOLD.get(intent, ""))
    return f"{intent}.{value}" if value else str(intent)


def meant(label: str) -> tuple[Intent, dict[str, Any]]:
    """The intent of a label, and the argument that it holds; that of an outcome is read with its right and ground."""
    name, _, value = label.partition(".")
    intent = Intent(name)
    return intent, {_TOLD[intent]: value} if value and intent in _TOLD else {}
