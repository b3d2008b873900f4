"""Where the database is not there, nothing makes an empty one in its place but the agent's first start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inbox_agent import cli
from inbox_agent.cli import COMMANDS
from state.store.store import Store
from tests.bare_profile import WITH_USER, setting

ON_A_CASE = {
    "case": ["2026-0001"],
    "outcome": ["2026-0001"],
    "write": ["2026-0001", "acknowledgement"],
    "approve": ["2026-0001"],
    "identity": ["2026-0001"],
    "print": ["2026-0001", "kirje.html"],
    "delivered": ["2026-0001", "--how", "post"],
    "correct": ["2026-0001", "--not-request"],
    "add": ["letter", "--name", "Aino", "--right", "access"],
}
OF_THE_STORE = [
    *([name, *words] for name, words in ON_A_CASE.items()),
    *([name] for name in ("run", "check", "dashboard", "cases", "duties", "corrections", "stats", "calendar")),
    ["run", "--once"],
    ["check", "--alive"],
    ["dashboard", "--web"],
]
WITHOUT_IT = {"demo", "init", "login", "phrases", "letters", "explain", "understand", "deadline", "evaluate", "profile"}


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile whose database lies on a disk of its own."""
    monkeypatch.setenv("INBOX_AGENT_PASSWORD", "salainen")
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", "fi")
    path = tmp_path / "inbox-agent.toml"
    path.write_text(setting(WITH_USER, "storage", 'path = "levy/inbox-agent.db"'), encoding="utf-8")
    (tmp_path / "levy").mkdir()
    return path


def test_every_command_is_of_the_store_or_not() -> None:
    assert {words[0] for words in OF_THE_STORE} | WITHOUT_IT == set(COMMANDS)


def told(words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = cli.main([*words, "--profile", str(profile)])
    out, err = capsys.readouterr()
    return code, " ".join((out + err).split())


@pytest.mark.parametrize("words", OF_THE_STORE, ids=" ".join)
def test_a_folder_that_is_away_is_told_and_not_made_anew(
    words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (profile.parent / "levy").rmdir()
    code, said = told(words, profile, capsys)

    assert code != 0
    assert f"Tietokannan kansio puuttuu: {profile.parent / 'levy'}" in said
    assert "Mitään ei luotu. Liitä levy tai palauta kansio" in said
    assert not (profile.parent / "levy").exists()


@pytest.mark.parametrize("words", OF_THE_STORE, ids=" ".join)
def test_a_file_that_is_gone_is_told_and_not_made_anew(
    words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That there was one, the agent's lock beside it tells; even the agent itself makes none then."""
    left = profile.parent / "levy" / "inbox-agent.db.lock"
    left.touch()
    code, said = told(words, profile, capsys)

    assert code != 0
    assert "Tietokanta on kadonnut" in said
    assert f"poista myös {left}" in said
    assert [path.name for path in (profile.parent / "levy").iterdir()] == [left.name]


@pytest.mark.parametrize("words", OF_THE_STORE, ids=" ".join)
def test_the_empty_folder_of_a_disk_that_is_not_mounted_is_no_first_start(
    words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk takes the lock along too. That there was a database, and where, stands beside the profile."""
    told(["run", "--once"], profile, capsys)
    folder = profile.parent / "levy"
    shutil.rmtree(folder)
    folder.mkdir()
    code, said = told(words, profile, capsys)

    assert code != 0
    assert said.count(f"Tietokanta on kadonnut: {folder / 'inbox-agent.db'}") == 1
    assert f"poista myös {profile}.database" in said
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("words", OF_THE_STORE, ids=" ".join)
def test_a_database_that_was_emptied_is_no_first_start(
    words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite takes an empty file, as a disk that failed may leave it, for a new database."""
    told(["run", "--once"], profile, capsys)
    file = profile.parent / "levy" / "inbox-agent.db"
    file.write_bytes(b"")
    code, said = told(words, profile, capsys)

    assert code != 0
    assert f"Tietokanta on kadonnut: {file}" in said
    assert file.stat().st_size == 0


def test_a_profile_that_names_another_place_does_not_begin_anew_there(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Moved in the profile alone: the database still lies where it was, which is told. Moved too, it is found."""
    told(["run", "--once"], profile, capsys)
    old, new = (profile.parent / "levy" / name for name in ("inbox-agent.db", "uusi.db"))
    profile.write_text(profile.read_text(encoding="utf-8").replace(old.name, new.name), encoding="utf-8")
    code, said = told(["run", "--once"], profile, capsys)
    assert code != 0
    assert f"Viimeksi se oli täällä: {old}" in said
    assert not new.exists()

    old.rename(new)
    told(["run", "--once"], profile, capsys)
    new.unlink()
    assert f"Tietokanta on kadonnut: {new}" in told(["run", "--once"], profile, capsys)[1]


def test_whoever_wants_to_begin_anew_deletes_what_is_named(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(["run", "--once"], profile, capsys)
    shutil.rmtree(profile.parent / "levy")
    (profile.parent / "levy").mkdir()
    profile.with_name("inbox-agent.toml.database").unlink()
    told(["run", "--once"], profile, capsys)

    assert (profile.parent / "levy" / "inbox-agent.db").stat().st_size > 0


def test_a_profile_whose_folder_may_not_be_written_starts_all_the_same(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where it is mounted read-only; then only what lies beside the database tells that there was one."""
    profile.with_name("inbox-agent.toml.database").mkdir()
    told(["run", "--once"], profile, capsys)

    assert (profile.parent / "levy" / "inbox-agent.db").stat().st_size > 0


@pytest.mark.parametrize("writable", [True, False])
def test_a_check_tells_that_the_place_of_the_database_is_not_noted(
    profile: Path, capsys: pytest.CaptureFixture[str], writable: bool
) -> None:
    """The log's warning reaches nobody who could mend it."""
    if not writable:
        profile.with_name("inbox-agent.toml.database").mkdir()
    told(["run", "--once"], profile, capsys)
    code, said = told(["check"], profile, capsys)

    assert code != 0
    assert ("✗ Tietokannan paikka" in said) is not writable
    assert ("inbox-agent.toml.database ei kerro" in said) is not writable


@pytest.mark.parametrize("words", [words for words in OF_THE_STORE if words[0] not in {"run", "check"}], ids=" ".join)
def test_before_the_first_start_nothing_else_makes_a_database(
    words: list[str], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(words, profile, capsys)

    assert code == 1
    assert "Sen tekee avustajan ensimmäinen käynnistys: inbox-agent run." in said
    assert list((profile.parent / "levy").iterdir()) == []


def test_the_check_of_a_fresh_set_up_is_green_and_makes_nothing(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, said = told(["check"], profile, capsys)

    assert "✓ Tietokanta" in said
    assert list((profile.parent / "levy").iterdir()) == []


def test_the_agents_first_start_makes_the_database(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever becomes of that start: the mail server is not there."""
    told(["run", "--once"], profile, capsys)

    with Store.open(profile.parent / "levy" / "inbox-agent.db", create=False) as store:
        assert store.cases.open_cases() == ()
