"""What was understood of a line, as a form: codes in words, and what a person said as they said it."""

from __future__ import annotations

from typing import Any

import pytest

from inbox_agent.phrasing import commands
from inbox_agent.rules.commands.model import Intent, Said


@pytest.mark.parametrize(
    ("intent", "args"),
    [
        (Intent.NOTE, {"text": "ok"}),
        (Intent.NOTE, {"text": "2026-03-01"}),
        (Intent.SEARCH, {"query": "spam"}),
        (Intent.ASSIGN, {"note": "report"}),
        (Intent.ADD_PAPER_REQUEST, {"name": "Post"}),
        (Intent.REMIND_ME, {"about": "start"}),
        (Intent.EDIT_DRAFT, {"change": "add", "value": "plain"}),
        (Intent.SET_OUTCOME, {"outcomes": [{"right": "erasure", "outcome": "partly", "kept": "letters"}]}),
        (Intent.SET_OUTCOME, {"outcomes": [{"right": "access", "outcome": "granted", "searched": "csv"}]}),
    ],
)
def test_a_person_s_own_words_stand_as_they_were_written(intent: Intent, args: dict[str, Any]) -> None:
    """They are what is kept, sent or looked for, also where a code of ours is spelled so."""
    [*_, own] = (args.get("outcomes") or [args])[0].values()
    [*_, (_label, shown)] = commands.form(Said(intent, args))
    assert shown.rpartition(": ")[2] == own


@pytest.mark.parametrize(
    ("intent", "args", "told"),
    [
        (Intent.EDIT_DRAFT, {"change": "tone", "value": "plain"}, "plainer"),
        (Intent.EDIT_DRAFT, {"change": "lang", "value": "sv"}, "Swedish"),
        (Intent.EXPLAIN_DEADLINE, {"about": "start"}, "its beginning"),
        (
            Intent.SET_OUTCOME,
            {"outcomes": [{"outcome": "no_data", "searched": ["csv", "till"]}]},
            "no data; Searched: csv, till",
        ),
        (Intent.REMIND_ME, {"when": "2026-03-02T09:00"}, "on Monday 2.3.2026 at 9:00"),
    ],
)
def test_codes_and_days_are_worded(intent: Intent, args: dict[str, Any], told: str) -> None:
    [*_, (_label, shown)] = commands.form(Said(intent, args))
    assert shown == told
