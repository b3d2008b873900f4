"""`-` where a command takes a FILE: the input or the output, and no file of that name."""

from __future__ import annotations

import io
import sys
import tomllib
from email.message import EmailMessage
from pathlib import Path

import pytest

from inbox_agent import cli
from state.store.store import Store

NOTICE = "Tietosuojaseloste\n\nRekisterinpitäjä: Esimerkki Oy, y-tunnus 1234567-1\nYhteyshenkilö: Helmi Ruokojärvi\n"
SET_UP = ["--company", "Esimerkki Oy", "--contact", "Helmi", "--email", "h@oma.example", "--mailbox", "t@y.example"]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A profile and a store with one case, and the options that lead to them; the working folder is empty."""
    path = tmp_path / "inbox-agent.toml"
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", "en")
    cli.main(["init", "--profile", str(path), *SET_UP, "--imap-host", "y.example", "--smtp-host", "y.example"])
    Store.open(tmp_path / "inbox-agent.db").close()
    options = ["--profile", str(path), "--now", "2026-11-24T12:00:00+02:00"]
    cli.main(["add", "letter", "--name", "Eeva Kirje", "--right", "access", "--received", "2026-11-20", *options])
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    capsys.readouterr()
    return options


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["calendar", "-"], "BEGIN:VCALENDAR"),
        (["stats", "--html", "-"], "<!doctype html>"),
        (["letters", "--lang", "en", "--html", "-"], "<!doctype html>"),
    ],
)
def test_what_is_written_to_a_dash_is_printed_and_nothing_else(
    words: list[str], begins: str, at: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*words, *at]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(begins)
    assert "is written" not in printed
    assert list(Path.cwd().iterdir()) == []


def test_a_mail_is_explained_from_the_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "aino@posti.example", "Pyyntö"
    mail.set_content("Poistakaa kaikki tietoni.")
    give(monkeypatch, mail.as_bytes())
    assert cli.main(["explain", "-", "--json"]) == 0
    assert '"verdict": "request"' in capsys.readouterr().out


def test_a_notice_is_read_from_the_input_and_its_profile_alone_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, NOTICE.encode())
    assert cli.main(["profile", "from-notice", "-", "--toml", "-"]) == 0
    assert tomllib.loads(capsys.readouterr().out)["controller"]["name"] == "Esimerkki Oy"


def test_a_letters_text_is_read_from_the_input(
    at: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["write", "2026-0001", "identity_question", *at]) == 0
    give(monkeypatch, "Arvoisa vastaanottaja,\r\nlähettäkää henkilötunnuksenne.\r\n".encode())
    capsys.readouterr()
    assert cli.main(["approve", "2026-0001", "--check", "--body", "-", *at]) == 1
    assert "✖" in capsys.readouterr().out
