"""The command `duties`: its JSON is a contract; ticking, taking back and laying down all or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from inbox_agent.phrasing.duties import task
from state.model import Act, DutyKind, DutyStatus, RequestKind
from state.store.store import Store
from tests.bare_profile import BARE
from tests.office import Office
from tests.state_examples import a_duty, by_agent, opened

KEYS = {"task", "case", "kind", "status", "due", "days_left", "right", "about", "source", "counted"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "inbox-agent.toml"
    path.write_text(BARE, encoding="utf-8")
    with store(path) as made:
        of = opened(made, RequestKind.ACCESS, RequestKind.RECTIFICATION)
        rectification = made.cases.get(of).requests[1].key
        made.duties.open(of, a_duty(rectification, about="Lähetti Vinha Oy"), by_agent(Act.DUTY_OPENED))
        made.duties.open(of, a_duty(kind=DutyKind.ERASE, days=9), by_agent(Act.DUTY_OPENED))
    return path


def store(path: Path) -> Store:
    return bootstrap.first_store(profiles.read(path), path)


def run(path: Path, *words: str) -> int:
    return cli.main(["duties", "--profile", str(path), "--now", "2026-03-05T12:00:00+02:00", *words])


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_due_list_keeps_its_contract(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, by date; `counted` gives the date again."""
    assert run(office, "--json") == 0
    first, second = printed(capsys)
    assert set(first) == set(second) == KEYS
    assert first == {
        "task": 1,
        "case": "2026-0001",
        "kind": "tell_recipients",
        "status": "open",
        "due": "2026-03-07",
        "days_left": 2,
        "right": "rectification",
        "about": "Lähetti Vinha Oy",
        "source": "GDPR 19",
        "counted": {"from": "2026-03-02", "days": 5, "counting": "days"},
    }
    assert second["right"] is None


def test_a_task_is_ticked_and_taken_back(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is done leaves the list of all cases, not the case's."""
    assert run(office, "--done", "1") == 0
    assert "Vinha" not in capsys.readouterr().out
    assert run(office, "2026-0001", "--json") == 0
    assert [line["status"] for line in printed(capsys)] == ["done", "open"]
    assert run(office, "--undo", "1", "--json") == 0
    assert len(printed(capsys)) == 2
    with store(office) as made:
        assert made.journal.events(made.cases.by_number("2026-0001").key)[-1].event.actor == "person:Helmi Ruokojärvi"


def test_a_task_is_laid_down_for_the_day_that_a_letter_names(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("2026-0001", "--add", "answer_ombudsman", "--due", "2026-04-15", "--about", "selvityspyyntö", "--json")
    assert run(office, *words) == 0
    added = printed(capsys)[-1]
    assert (added["kind"], added["due"], added["about"]) == ("answer_ombudsman", "2026-04-15", "selvityspyyntö")
    assert added["counted"] == {"from": "2026-04-15", "days": 0, "counting": "on"}


def test_a_task_is_moved_with_its_reason_and_counted_anew(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a reason, to a day that has passed, or of another case it is not."""
    assert run(office, "--move", "1", "--due", "2026-03-20", "--reason", "Vinha on kiinni", "--json") == 0
    moved = next(task for task in printed(capsys) if task["task"] == 1)
    assert moved["due"] == "2026-03-20"
    assert moved["counted"] == {"from": "2026-03-20", "days": 0, "counting": "on"}
    assert run(office, "--move", "1", "--due", "2026-03-21") == 2
    assert "--reason" in capsys.readouterr().err
    assert run(office, "--move", "1", "--reason", "syy") == 2
    assert "--due" in capsys.readouterr().err
    assert run(office, "--move", "1", "--due", "2026-03-04", "--reason", "syy") == 2
    assert capsys.readouterr().err
    with store(office) as made:
        opened(made, uid=2)
    assert run(office, "2026-0002", "--move", "1", "--due", "2026-03-21", "--reason", "syy") == 2
    assert "1" in capsys.readouterr().err
    assert cli.main(["case", "2026-0001", "--profile", str(office), "--now", "2026-03-05T12:00:00+02:00"]) == 0
    said = capsys.readouterr().out
    assert "7.3.2026 → 20.3.2026" in said
    assert "Vinha on kiinni" in said


def test_a_task_is_cancelled_with_its_reason(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing goes undone without a word."""
    assert run(office, "--cancel", "1") == 2
    assert "--reason" in capsys.readouterr().err
    assert run(office, "2026-0001", "--cancel", "1", "--reason", "ei luovutettu", "--json") == 0
    assert [task["status"] for task in printed(capsys)] == ["cancelled", "open"]


def test_an_erasure_waits_for_its_copy_and_nothing_else_is_done_then(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All or nothing: the lawful tick of the same command is not kept."""
    assert run(office, "--done", "1", "--done", "2") == 1
    assert capsys.readouterr().err
    with store(office) as made:
        of = made.cases.by_number("2026-0001").key
        assert {duty.status for duty in made.duties.of_case(of)} == {DutyStatus.OPEN}


@pytest.mark.parametrize("words", [("--add", "erase"), ("2026-0001", "--add", "erase")])
def test_what_a_new_task_lacks_is_said(
    office: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(office, *words) == 2
    assert "--due" in capsys.readouterr().err


def test_a_case_shows_its_tasks(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as JSON."""
    assert cli.main(["case", "2026-0001", "--profile", str(office), "--now", "2026-03-05T12:00:00+02:00"]) == 0
    assert "Lähetti Vinha Oy" in capsys.readouterr().out
    assert cli.main(["case", "2026-0001", "--profile", str(office), "--json"]) == 0
    assert [set(task) for task in json.loads(capsys.readouterr().out)["duties"]] == [KEYS, KEYS]


def test_the_list_of_cases_says_how_many_tasks_are_due(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["cases", "--profile", str(office), "--now", "2026-03-07T12:00:00+02:00"]) == 0
    assert "1 " in capsys.readouterr().out.splitlines()[-1].rpartition(";")[2]
    assert cli.main(["cases", "--profile", str(office), "--now", "2026-03-06T12:00:00+02:00"]) == 0
    assert "inbox-agent duties" not in capsys.readouterr().out


def test_a_task_says_of_which_right_somebody_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two rights of one case the same recipients hear something else."""
    assert run(office) == 0
    assert "(tietojen oikaiseminen): Lähetti Vinha Oy" in capsys.readouterr().out


def test_the_data_of_two_rights_of_one_case_is_collected_in_two_tasks_told_apart() -> None:
    """Alike they would look like one task shown twice, and ticking one would seem to leave it undone."""
    office = Office()
    case = office.case(RequestKind.ACCESS, RequestKind.PORTABILITY)
    told = [task(one) for one in office.store.duties.of_case(case) if one.kind is DutyKind.COLLECT_DATA]
    assert len(told) == len(set(told)) == 2
