"""`inbox-agent dashboard` as a person starts it: a profile, a terminal, a key to leave."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from state.model import RequestKind
from tests.bare_profile import WITH_USER
from tests.dashboard_desk import Desk
from tests.dashboard_terminal import CSI, closed_after, in_a_terminal

CTRL_Q = b"\x11"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", "en")
    (tmp_path / "inbox-agent.toml").write_text(WITH_USER, encoding="utf-8")
    return tmp_path


def dashboard(folder: Path, after: str) -> tuple[int, str]:
    options = ["--profile", str(folder / "inbox-agent.toml"), "--now", "2026-11-24T12:05:00+00:00"]
    command = [sys.executable, "-m", "inbox_agent", "dashboard", *options]
    status, written = in_a_terminal(command, (80, 24), after=after, keys=CTRL_Q)
    return status, CSI.sub("", written)


def test_it_shows_the_cases_of_the_profiles_store_and_leaves_on_ctrl_q(folder: Path) -> None:
    Desk(folder / "inbox-agent.db").case(3, "Aino Esimerkki", RequestKind.ERASURE)
    status, shown = dashboard(folder, "Aino Esimerkki")
    assert status == 0
    assert "the assistant has not been started" in shown


def test_a_closed_terminal_ends_it_and_keeps_what_was_typed(folder: Path) -> None:
    """Whoever closes the window by its cross leaves no program behind, and loses no half-written letter."""
    desk = Desk(folder / "inbox-agent.db")
    draft = desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ERASURE))
    options = ["--profile", str(folder / "inbox-agent.toml"), "--now", "2026-11-24T12:05:00+00:00"]
    command = [sys.executable, "-m", "inbox_agent", "dashboard", *options]
    steps = [("Aino Esimerkki", b"\r"), ("Outcome", b"e"), ("TO", b"Hyvinkin"), ("Save", b"")]
    assert closed_after(command, steps) == 0
    with desk.store() as store:
        assert "Hyvinkin" in store.drafts.get(draft).body


def test_an_editor_that_is_not_there_gives_the_terminal_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no editor is told so on the desk, which goes on taking keys."""
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    desk = Desk(folder / "inbox-agent.db")
    desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ERASURE))
    options = ["--profile", str(folder / "inbox-agent.toml"), "--now", "2026-11-24T12:05:00+00:00"]
    command = [sys.executable, "-m", "inbox_agent", "dashboard", *options]
    steps = [("Aino Esimerkki", b"\r"), ("Outcome", b"\x1bOS"), ("Set EDITOR", b"\x1b"), ("Open cases", b"")]
    assert closed_after(command, steps) == 0


def test_a_terminal_closed_in_silence_ends_it_too(folder: Path) -> None:
    """What started it and outlives the terminal (here a shell, as `make` does) keeps the signal from it."""
    Desk(folder / "inbox-agent.db").case(3, "Aino Esimerkki", RequestKind.ERASURE)
    options = ["--profile", str(folder / "inbox-agent.toml"), "--now", "2026-11-24T12:05:00+00:00"]
    command = [sys.executable, "-m", "inbox_agent", "dashboard", *options]
    waiting = ["sh", "-c", 'trap : HUP; "$@"; exit $?', "sh", *command]
    assert closed_after(waiting, [("Aino Esimerkki", b"")]) == 0


def test_before_the_agent_ever_ran_it_says_so_and_makes_nothing(folder: Path) -> None:
    """Whether the database was not made yet or is gone, an empty desk would tell that there is nothing to do."""
    command = [sys.executable, "-m", "inbox_agent", "dashboard", "--profile", str(folder / "inbox-agent.toml")]
    status, shown = in_a_terminal(command, (80, 24))
    assert status == 1
    assert "inbox-agent run" in " ".join(shown.split())
    assert not (folder / "inbox-agent.db").exists()


def test_without_a_profile_it_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "inbox_agent", "dashboard", "--profile", str(tmp_path / "none.toml")]
    status, shown = in_a_terminal(command, (80, 24))
    assert status == 3
    assert "inbox-agent init" in shown
