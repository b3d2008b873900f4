"""`inbox-agent profile`: its JSON is a contract, its page is for a person, its errors say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inbox_agent import cli
from inbox_agent.rules.notice.facts import Name
from tests.notice_corpus import FOLDER

NOTICE = FOLDER / "develop" / "photographer.txt"


def test_from_notice_gives_one_object_of_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(NOTICE), "--json"]) == 0
    fields = json.loads(capsys.readouterr().out)

    assert list(fields) == [str(name) for name in Name]
    assert all(set(field) == {"value", "quote", "sure"} for field in fields.values())
    assert fields["controllers"]["value"] == ["Studio Valoisa Oy"]
    assert fields["dpo"] == {"value": None, "quote": None, "sure": 0.0}
    assert all(0 <= field["sure"] <= 1 for field in fields.values())


def test_from_notice_shows_a_person_what_was_read_and_what_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(NOTICE)]) == 0
    page = capsys.readouterr().out

    assert "Rekisterinpitäjä: Studio Valoisa Oy" in page
    assert "Ei kerrota:" in page
    assert "tietosuojavastaava" in page.rpartition("Ei kerrota:")[2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "tyhjä"),
        (b"   \n\n", "tyhjä"),
        (b"\x7fELF\x00\x01\x02", "ei ole tekstiä"),
        (b"PK\x03\x04 and the rest", "docx"),
        (b"%PDF-1.7 and nothing else", "PDF on rikki"),
    ],
)
def test_what_is_no_notice_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path = tmp_path / "seloste"
    path.write_bytes(content)

    assert cli.main(["profile", "from-notice", str(path)]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert len(error.splitlines()) == 2


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(tmp_path / "ei.txt")]) == 2
    assert cli.main(["profile", "from-notice", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_a_notice_in_another_character_set_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        path = tmp_path / encoding
        path.write_bytes("Rekisterinpitäjä\nÄkäslompolon Ääni Oy\n".encode(encoding))
        assert cli.main(["profile", "from-notice", str(path), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["controllers"]["value"] == ["Äkäslompolon Ääni Oy"]
