"""The command `understand`: its JSON is a contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox_agent import cli
from tests.commands_figures import HOME, Labelled, labelled


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    assert cli.main(["understand", "--json", *argv]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_json_of_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The intents in the order said, with their arguments, whether they need a second Enter, and findings."""
    found = told(capsys, "jatka määräaikaa loman takia ja avaa seuraava", "--now", "2026-03-11T09:00")

    assert found == {
        "intents": [
            {
                "intent": "extend",
                "args": {"reason": "holiday", "lawful": False},
                "must_confirm": True,
                "findings": ["reason_is_none_in_law"],
            },
            {"intent": "show_case", "args": {"case": "next"}, "must_confirm": False, "findings": []},
        ]
    }


def test_the_moment_is_the_one_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Days are counted from --now, in Helsinki."""
    found = told(capsys, "muistuta huomenna", "--now", "2026-03-11T23:30:00+00:00")

    assert found["intents"][0]["args"] == {"when": "2026-03-13"}


def test_the_context_decides_where_words_alone_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    """Over the list "next" is the next case to fall due, in a case the next step."""
    over_list = told(capsys, "mikä seuraavaksi", "--context", "list")
    in_case = told(capsys, "mikä seuraavaksi", "--context", "case")

    assert over_list["intents"][0]["intent"] == "show_due"
    assert in_case["intents"][0]["args"] == {"what": "next_steps"}


def test_the_words_that_decided_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a person sees on which words the reading rests, and no others."""
    assert cli.main(["understand", "jatka määräaikaa kahdella kuukaudella, kiitos ja hyvää viikonloppua"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]

    assert "jatka" in told
    assert "viikonloppua" not in told


def test_for_people_it_is_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the same is told in words, the law's word with it."""
    assert cli.main(["understand", "pyydä hetu"]) == 0
    out = capsys.readouterr().out

    assert "henkilötunnus" in out
    assert "▲" in out


def test_every_understood_command_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No intent, argument or finding lacks words: one command of each set of intents, arguments and their values."""
    for command in {_said_of(command): command for command in labelled(HOME / "development")}.values():
        assert cli.main(["understand", command.text, "--now", "2026-09-08T09:00"]) == 0
        assert "_" not in capsys.readouterr().out.replace(command.text, "")


def _said_of(command: Labelled) -> tuple[tuple[str, str, object], ...]:
    """Intents, their arguments, and the values of those that are taken from a closed list."""
    return tuple(
        (intent, name, value if isinstance(value, str) and value.isidentifier() else type(value).__name__)
        for intent, args in command.intents
        for name, value in {"": None, **args}.items()
    )
