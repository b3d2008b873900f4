"""The file of own phrases on a real disk: read anew when it changes, never half written, never lost."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from inbox_agent.adapters.phrasebook import Phrasebook
from inbox_agent.errors import BrokenPhrases
from inbox_agent.rules.phrasebook import NOT_REQUEST, OwnPhrase

BROKEN = '[[phrase]]\ntext = "laskun rivi puuttuu"\n'


def phrase(text: str) -> OwnPhrase:
    return OwnPhrase(text=text, says=NOT_REQUEST, by="Helmi Ruokojärvi")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own-phrases.toml"


def said(book: Phrasebook) -> list[str]:
    return [one.text for one in book.current().phrase]


def test_without_a_file_there_are_no_phrases(path: Path) -> None:
    assert said(Phrasebook(path)) == []


def test_what_one_process_remembers_another_hears_at_once(path: Path) -> None:
    agent, dashboard = Phrasebook(path), Phrasebook(path)
    assert said(agent) == []
    dashboard.remember(phrase("laskun rivi puuttuu"))
    assert said(agent) == ["laskun rivi puuttuu"]
    assert dashboard.forget(phrase("Laskun rivi puuttuu").words)
    assert not dashboard.forget(phrase("laskun rivi puuttuu").words)
    assert said(agent) == []


def test_while_the_file_is_broken_the_agent_goes_on_with_what_it_knew(path: Path) -> None:
    book = Phrasebook(path)
    book.remember(phrase("laskun rivi puuttuu"))
    whole = path.read_text(encoding="utf-8")
    path.write_text(BROKEN, encoding="utf-8")
    assert said(book) == ["laskun rivi puuttuu"]
    assert not book.whole()
    with pytest.raises(BrokenPhrases):
        book.read()
    with pytest.raises(BrokenPhrases):
        book.remember(phrase("toinen asia kokonaan"))
    assert path.read_text(encoding="utf-8") == BROKEN
    path.write_text(whole, encoding="utf-8")
    assert book.whole()
    assert said(book) == ["laskun rivi puuttuu"]


def test_while_the_file_cannot_be_read_the_agent_goes_on_with_what_it_knew(path: Path) -> None:
    """It is told once, without a word of it; no mail fails on it."""
    book = Phrasebook(path)
    book.remember(phrase("laskun rivi puuttuu"))
    path.rename(path.with_suffix(".kept"))
    path.mkdir()  # opening it fails for everybody, root too
    with capture_logs() as told:
        assert said(book) == said(book) == ["laskun rivi puuttuu"]
    assert [(one["event"], one["codes"]) for one in told] == [("own_phrases_broken", ["unreadable"])]
    assert not book.whole()
    with pytest.raises(BrokenPhrases) as found:
        Phrasebook(path).read()
    assert [(one.code, one.given) for one in found.value.problems] == [("unreadable", "Is a directory")]


def test_a_file_that_is_no_text_is_told_as_such(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BrokenPhrases) as found:
        Phrasebook(path).read()
    assert [one.code for one in found.value.problems] == ["encoding"]


def test_comments_and_permissions_of_the_persons_own_stay(path: Path) -> None:
    path.write_text("# vain meille\n", encoding="utf-8")
    path.chmod(0o640)
    Phrasebook(path).remember(phrase("laskun rivi puuttuu"))
    assert path.read_text(encoding="utf-8").startswith("# vain meille\n")
    assert path.stat().st_mode & 0o777 == 0o640


def test_writers_wait_for_one_another(path: Path) -> None:
    texts = [f"laskun rivi {'abcdefgh'[number] * 3} puuttuu" for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda text: Phrasebook(path).remember(phrase(text)), texts))
    assert sorted(said(Phrasebook(path))) == sorted(texts)


def test_a_write_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Phrasebook(path)
    book.remember(phrase("laskun rivi puuttuu"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        book.remember(phrase("toinen asia kokonaan"))
    assert said(Phrasebook(path)) == ["laskun rivi puuttuu"]
    assert [one.name for one in path.parent.iterdir() if one.name.startswith("own-phrases.toml.")] == [
        "own-phrases.toml.lock"
    ]
