"""`approve` at a real terminal: every word in view, none broken, and only "yes" approves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from state.model import DraftStatus, RequestKind
from state.store.store import Store
from tests.bare_profile import WITH_USER
from tests.dashboard_desk import Desk
from tests.dashboard_terminal import in_a_terminal


@pytest.mark.parametrize(
    ("language", "question", "answer", "status", "told"),
    [
        (
            "fi",
            "kyllä: ",
            "kyllä",
            DraftStatus.APPROVED,
            "Hyväksytty. Avustaja lähettää sen 20.12.2026 klo 8.00. Se ei ole",
        ),
        ("sv", "ja: ", "nej", DraftStatus.PROPOSED, "Ingenting godkändes."),
        ("en", "yes: ", "", DraftStatus.PROPOSED, "Nothing was approved."),
    ],
)
def test_the_letter_is_read_and_answered(  # noqa: PLR0917  # one way through it in each language
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    question: str,
    answer: str,
    status: DraftStatus,
    told: str,
) -> None:
    path = tmp_path / "inbox-agent.toml"
    path.write_text(WITH_USER, encoding="utf-8")
    desk = Desk(bootstrap.database(profiles.read(path), path))
    draft = desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ACCESS))
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", language)
    told_when = ["--at", "2026-12-20T08:00", "--now", desk.now.isoformat()]
    command = [sys.executable, "-m", "inbox_agent", "approve", "1", "--profile", str(path), *told_when]

    _code, shown = in_a_terminal(command, (60, 24), after=question, keys=f"{answer}\n".encode())

    assert told in " ".join(shown.split())
    assert max(len(line.rstrip()) for line in shown.split(question)[0].splitlines()) < 60
    assert "henkilöllisyystodistuksesta" in shown  # a long word is not broken
    with Store.open(desk.path) as store:
        assert store.drafts.get(draft).status is status
