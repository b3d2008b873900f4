"""The closed list of intents, and what is understood of one line.

Owns the names that the dashboard and `inbox-agent understand` share. Refuses to act: an intent is what was
said, what may be done about it is the services' to judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Intent(StrEnum):
    """What may be said; every other line is `NONE`."""

    SHOW_DUE = "show_due"
    SHOW_CASE = "show_case"
    SEARCH = "search"
    EXPLAIN_VERDICT = "explain_verdict"
    EXPLAIN_DEADLINE = "explain_deadline"
    ASK_IDENTITY = "ask_identity"
    ASK_MORE_INFO = "ask_more_info"
    SET_OUTCOME = "set_outcome"
    EXTEND = "extend"
    FEE = "fee"
    MARK_NOT_REQUEST = "mark_not_request"
    REOPEN = "reopen"
    APPROVE = "approve"
    EDIT_DRAFT = "edit_draft"
    ASSIGN = "assign"
    REMIND_ME = "remind_me"
    NOTE = "note"
    ADD_PAPER_REQUEST = "add_paper_request"
    MERGE = "merge"
    CHANGE_KIND = "change_kind"
    RECORD_IDENTITY = "record_identity"
    STATS = "stats"
    UNDO = "undo"
    HELP = "help"
    EXPORT = "export"
    RECORD_DUTY = "record_duty"
    UNSAFE = "unsafe"
    NONE = "none"


ASKING = frozenset(
    {
        Intent.SHOW_DUE,
        Intent.SHOW_CASE,
        Intent.SEARCH,
        Intent.EXPLAIN_VERDICT,
        Intent.EXPLAIN_DEADLINE,
        Intent.STATS,
        Intent.HELP,
        Intent.EXPORT,
        Intent.NONE,
    }
)
"""What changes nothing, so that it needs no second Enter."""


class Place(StrEnum):
    """Where the line was written: over the list, in an open case, or in its letter."""

    LIST = "list"
    CASE = "case"
    DRAFT = "draft"


NOT_UNDERSTOOD = "not_understood:"
"""What the finding of words left out begins with; the words follow as they were written."""

Args = Mapping[str, Any]
"""JSON's own types; dates are ISO texts. What was not said is absent."""


@dataclass(frozen=True, slots=True)
class Said:
    """One intent of a line. `findings` are codes of what the person must know before anything (`phrasing.commands`);
    `choices` are what a line that is not surely understood may mean, of which the person picks one.
    """

    intent: Intent
    args: Args
    findings: tuple[str, ...] = ()
    choices: tuple[Said, ...] = ()

    @property
    def must_confirm(self) -> bool:
        """Whether it would change something: then it is shown filled in, and done only on Enter again."""
        return self.intent not in ASKING

    @property
    def left_out(self) -> str:
        """The words of the line that this leaves out, as they were written: with any, it is not to be carried out."""
        return next(
            (code.removeprefix(NOT_UNDERSTOOD) for code in self.findings if code.startswith(NOT_UNDERSTOOD)), ""
        )

    def as_json(self) -> dict[str, object]:
        """The contract of `inbox-agent understand --json`; "choices" only where there are any."""
        told: dict[str, object] = {
            "intent": str(self.intent),
            "args": dict(self.args),
            "must_confirm": self.must_confirm,
            "findings": list(self.findings),
        }
        return {**told, "choices": [one.as_json() for one in self.choices]} if self.choices else told
