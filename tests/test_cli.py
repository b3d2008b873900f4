"""The manners of the command line itself: its own words, its version, and how a case is named."""

from __future__ import annotations

import argparse
import inspect
from importlib.metadata import version
from pathlib import Path

import pytest

from inbox_agent import cli, texts
from inbox_agent.errors import SendingDeferred
from inbox_agent.phrasing import parser
from inbox_agent.phrasing.checking import line
from state.model import RequestKind
from tests.test_commands_outcome import Office


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("fi", ("case",), ("puuttuu: CASE", "Ohje: inbox-agent case --help")),
        ("sv", ("cases", "--foo"), ("okänt här: --foo", "Hjälp: inbox-agent --help")),
        ("en", ("foo",), ("'foo' is none of these", "Help: inbox-agent --help")),
    ],
)
def test_a_mistyped_command_is_told_in_the_interfaces_language(
    language: str,
    words: tuple[str, ...],
    said: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong, and where the help is; the exit code is 2."""
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", language)
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert [each for each in said if each not in err] == []


def test_the_parsers_words_are_those_that_argparse_says() -> None:
    """A word that argparse does not ask for would translate nothing."""
    source = inspect.getsource(argparse)
    assert [word for word in parser._words() if repr(word) not in source] == []


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"inbox-agent {version('inbox-agent')}\n")


def test_a_bare_number_is_the_newest_case_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As people say it: "case 1" is 2026-0001, and so is "case 2026-1"; what is not there is named as it was said."""
    texts.use("fi")
    office = Office(tmp_path, capsys)
    office.case(RequestKind.ACCESS)
    assert office.json("case", "1") == office.json("case", "2026-1") == office.json("case", "2026-0001")
    code, _out, err = office.run("case", "7")
    assert code == 1
    assert " 7" in err


def test_check_ends_with_the_code_of_the_first_trouble(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A password that is missing (3) is the cause; that no letter can be sent (6) only follows from it."""
    office = Office(tmp_path, capsys)
    code, out, _err = office.run("check")
    assert "✗" in out or "✖" in out
    assert code == 3


def test_check_names_a_register_of_customers_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The alarm sends its reader there to find out why."""
    office = Office(tmp_path, capsys)
    with office.path.open("a", encoding="utf-8") as profile:
        profile.write('\n[customers]\nkind = "csv"\npath = "asiakkaat.csv"\n')
    _code, out, _err = office.run("check")
    assert [one[0] for one in out.splitlines() if "(csv)" in one] == ["✗"]

    (tmp_path / "asiakkaat.csv").write_text("name,email\nAino Esimerkki,aino@posti.example\n", encoding="utf-8")
    _code, out, _err = office.run("check")
    assert [one[0] for one in out.splitlines() if one.endswith(": csv")] == ["✓"]


def test_a_server_for_sending_that_cannot_be_used_is_named_as_such() -> None:
    """`check` sends no letter, so none was refused."""
    told = line("sending", "", SendingDeferred("connection refused"))

    assert told.startswith("✗ ")
    assert "did not take the letter" not in told
    assert "[smtp]" in told


def test_an_assistant_that_was_not_started_is_neither_good_nor_wrong_and_how_to_start_it_is_told() -> None:
    idle, *do = line("agent", "The assistant has not been started.", None).splitlines()

    assert idle == "○ The assistant has not been started."
    assert any("inbox-agent run" in text for text in do)
    assert line("agent", "", None) == "✓ The assistant runs"
