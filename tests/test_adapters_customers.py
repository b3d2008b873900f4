"""The customers' register: the same answers from a CSV file, a spreadsheet, a database, a command."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from inbox_agent.adapters.customers.opening import open_register
from inbox_agent.adapters.customers.rows import entry
from inbox_agent.errors import BrokenProfile, CustomersUnreadable
from inbox_agent.profile import Customers, parse
from inbox_agent.rules.customers import MOST, Entry, match
from state.model import Match, Party

COLUMNS = ("Nimi", "Sähköposti", "Puhelin", "Numero", "Turvakielto", "Muutettu")
ROWS = (
    ("Aino Esimerkki", "Aino.Esimerkki@posti.example", "040 000 0001", "1001", "", "4.3.2026"),
    ("Väinö Esimerkki", "vaino@posti.example", "", "1002", "kyllä", ""),
    ("Esimerkki, Aino", "aino.e@toinen.example", "", "1003", "", ""),
)
NAMES = {
    "name": "nimi",
    "address": "SÄHKÖPOSTI",
    "phone": "Puhelin",
    "number": "numero",
    "protected": "turvakielto",
    "changed_on": "muutettu",
}
AINO = Entry("Aino Esimerkki", "Aino.Esimerkki@posti.example", "040 000 0001", "1001", False, date(2026, 3, 4))


def csv_register(folder: Path) -> Customers:
    text = "\n".join(";".join(row) for row in (COLUMNS, *ROWS))
    (folder / "asiakkaat.csv").write_text(text, encoding="utf-8-sig")
    return Customers(kind="csv", path="asiakkaat.csv", **NAMES)


def latin_register(folder: Path) -> Customers:
    text = "\n".join("\t".join(row) for row in (COLUMNS, *ROWS))
    (folder / "asiakkaat.txt").write_text(text, encoding="latin-1")
    return Customers(kind="csv", path="asiakkaat.txt", encoding="latin-1", **NAMES)


def xlsx_register(folder: Path) -> Customers:
    book = Workbook()
    book.active.title = "Asiakkaat"  # type: ignore[union-attr]
    for row in (COLUMNS, *ROWS):
        book.active.append(row)  # type: ignore[union-attr]
    book.active["D2"] = 1001.0  # type: ignore[index]  # as spreadsheets keep numbers
    book.active["F2"] = date(2026, 3, 4)  # type: ignore[index]
    book.save(folder / "asiakkaat.xlsx")
    return Customers(kind="xlsx", path="asiakkaat.xlsx", sheet="Asiakkaat", **NAMES)


def sql_register(folder: Path) -> Customers:
    with sqlite3.connect(folder / "asiakkaat.db") as connection:
        connection.execute("create table asiakkaat (nimi, posti, puhelin, numero, turvakielto, muutettu)")
        connection.executemany("insert into asiakkaat values (?, ?, ?, ?, ?, ?)", ROWS)
    query = (
        "select nimi, posti as sähköposti, puhelin, numero, turvakielto, muutettu from asiakkaat"
        " where lower(posti) = lower(:address) or nimi = :name or posti like 'aino%'"
    )
    return Customers(kind="sql", url=f"sqlite:///{folder / 'asiakkaat.db'}", query=query, **NAMES)


def command_register(folder: Path) -> Customers:
    lines = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    (folder / "haku.py").write_text(
        "import json, sys\n"
        "asked = json.load(sys.stdin)\n"
        "assert set(asked) == {'name', 'address'}\n"
        f"for line in {lines!r}:\n"
        "    print(json.dumps(line))\n"
    )
    return Customers(kind="command", command=(sys.executable, "haku.py"), **NAMES)


REGISTERS = [csv_register, latin_register, xlsx_register, sql_register, command_register]
Make = Callable[[Path], Customers]


@pytest.mark.parametrize("make", REGISTERS, ids=lambda make: make.__name__)
def test_every_register_finds_the_very_address_whatever_its_letters_case(tmp_path: Path, make: Make) -> None:
    register = open_register(make(tmp_path), tmp_path)
    assert register is not None
    asked = Party("", "aino.esimerkki@POSTI.example")
    found = match(asked, register.find(asked))
    assert found.contact.match is Match.EXACT
    assert AINO in register.find(asked)
    assert (found.contact.phone, found.contact.number, found.contact.changed_on) == (
        "040 000 0001",
        "1001",
        date(2026, 3, 4),
    )


@pytest.mark.parametrize("make", REGISTERS, ids=lambda make: make.__name__)
def test_every_register_says_who_has_a_turvakielto_and_who_is_not_there(tmp_path: Path, make: Make) -> None:
    register = open_register(make(tmp_path), tmp_path)
    assert register is not None
    vaino, nobody = Party("", "vaino@posti.example"), Party("Joku Muu", "joku@muualla.example")
    assert match(vaino, register.find(vaino)).contact.protected
    assert match(nobody, register.find(nobody)).contact.match is Match.NONE


@pytest.mark.parametrize("make", REGISTERS, ids=lambda make: make.__name__)
def test_no_register_is_changed_by_looking(tmp_path: Path, make: Make) -> None:
    register = open_register(make(tmp_path), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert register is not None
    register.find(Party("Aino Esimerkki", "aino.esimerkki@posti.example"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_namesakes_are_shown_and_never_picked(tmp_path: Path) -> None:
    register = open_register(csv_register(tmp_path), tmp_path)
    assert register is not None
    asked = Party("aino ESIMERKKI", "uusi@muualla.example")
    found = match(asked, register.find(asked))
    assert (found.contact.match, found.contact.address) == (Match.SEVERAL, "")
    assert {entry.number for entry in found.resembling} == {"1001", "1003"}


@pytest.mark.parametrize("address", ["vaino+kauppa@posti.example", "va.ino@posti.example", "väinö@posti.example"])
def test_an_address_that_only_resembles_is_for_the_person_s_eyes(tmp_path: Path, address: str) -> None:
    register = open_register(csv_register(tmp_path), tmp_path)
    assert register is not None
    asked = Party("", address)
    found = match(asked, register.find(asked))
    assert (found.contact.match, found.contact.address) == (Match.NEAR, "")
    assert [entry.number for entry in found.resembling] == ["1002"]


def test_one_address_of_two_people_is_nobody_s() -> None:
    both = (Entry("Aino Esimerkki", "koti@posti.example"), Entry("Väinö Esimerkki", "koti@posti.example"))
    assert match(Party("", "koti@posti.example"), both).contact.match is Match.SEVERAL


def test_the_same_person_on_several_lines_is_one() -> None:
    lines = [Entry("Aino Esimerkki", "koti@posti.example", number="7", phone=phone) for phone in ("", "040 1")]
    assert match(Party("", "koti@posti.example"), lines).contact.phone == "040 1"


# -- what can go wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (Customers(kind="csv", path="puuttuu.csv"), "unreadable"),
        (Customers(kind="csv", path="muu.csv"), "no_column"),
        (Customers(kind="csv", path="latin.csv"), "encoding"),
        (Customers(kind="csv", path="muu.csv", encoding="klingon"), "encoding"),
        (Customers(kind="xlsx", path="muu.csv"), "unreadable"),
        (Customers(kind="xlsx", path="puuttuu.xlsx"), "unreadable"),
        (
            Customers(kind="sql", url="sqlite:///tyhja.db", query="select * from asiakkaat where x = :address"),
            "unreadable",
        ),
        (Customers(kind="sql", url="nosuch://x/y", query="select 1 where :address = ''"), "no_driver"),
        (Customers(kind="command", command=("./puuttuu",)), "unreadable"),
        (Customers(kind="command", command=(sys.executable, "-c", "raise SystemExit(3)")), "failed"),
        (Customers(kind="command", command=(sys.executable, "-c", "print('hei')")), "no_json"),
        (Customers(kind="command", command=(sys.executable, "-c", "input(); input()")), "failed"),
    ],
)
def test_a_register_that_cannot_be_read_says_why_and_no_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Customers, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "muu.csv").write_text("Etunimi;Sukunimi\nAino;Esimerkki\n")
    (tmp_path / "latin.csv").write_bytes("email\nä@posti.example\n".encode("latin-1"))
    register = open_register(settings, tmp_path)
    assert register is not None
    with pytest.raises(CustomersUnreadable) as error:
        register.find(Party("Aino", "salainen@posti.example"))
    assert error.value.why == why
    assert "salainen" not in str(error.value)


def test_a_query_cannot_write_even_if_it_tries(tmp_path: Path) -> None:
    """The profile refuses what does not read; a database refuses what slips through."""
    base = sql_register(tmp_path)
    sly = base.model_construct(**{**base.model_dump(), "query": "delete from asiakkaat where posti <> :address"})
    register = open_register(sly, tmp_path)
    assert register is not None
    with pytest.raises(CustomersUnreadable):
        register.find(Party("", "aino@posti.example"))
    with sqlite3.connect(tmp_path / "asiakkaat.db") as connection:
        assert connection.execute("select count(*) from asiakkaat").fetchone() == (3,)


def test_what_a_mail_says_reaches_the_query_as_a_value_only(tmp_path: Path) -> None:
    register = open_register(sql_register(tmp_path), tmp_path)
    assert register is not None
    found = register.find(Party("' or 1=1 --", "x' or '1'='1"))
    assert {entry.number for entry in found} == {"1001", "1003"}  # the query's own "aino%", and nothing more


@pytest.mark.parametrize(
    "section",
    [
        'kind = "csv"',
        'kind = "sql"\nurl = "sqlite:///x.db"',
        'kind = "sql"\nurl = "postgresql://user:hunter2@host/db"\nquery = "select :address"',
        'kind = "sql"\nurl = "sqlite:///x.db"\nquery = "delete from asiakkaat"',
        'kind = "sql"\nurl = "sqlite:///x.db"\nquery = "select 1; drop table asiakkaat"',
        'kind = "command"',
    ],
)
def test_a_section_that_cannot_work_is_refused_without_repeating_a_password(section: str) -> None:
    with pytest.raises(BrokenProfile) as broken:
        parse(f"[customers]\n{section}\n")
    problems = [problem for problem in broken.value.problems if problem.key.startswith("customers")]
    assert problems
    assert "hunter2" not in json.dumps([repr(problem) for problem in problems])


@pytest.mark.parametrize("said", ["", "-", "0", "Ei", "ei turvakieltoa", "FALSE", "Nej", "no", "n/a", "None"])
def test_who_has_no_turvakielto_is_told_by_a_no(said: str) -> None:
    assert not entry({"t": said}, Customers(protected="t")).protected


@pytest.mark.parametrize("said", ["x", "Kyllä", "31.12.2027", "voimassa 2027 asti", "Turvakielto", "ja", "1", "T"])
def test_whatever_is_no_no_is_a_turvakielto(said: str) -> None:
    """A day on which it ends, a remark: the mistake that harms nobody is made."""
    assert entry({"t": said}, Customers(protected="t")).protected


def test_a_register_without_that_column_protects_nobody() -> None:
    assert not entry({"t": "x"}, Customers()).protected


def test_a_turvakielto_counts_wherever_it_stands() -> None:
    """In an older line of the same person, and behind more namesakes than are kept for a person's eyes."""
    asked = Party("Aino Esimerkki", "aino@posti.example")
    mine = Entry("Aino Esimerkki", "aino@posti.example", number="7", protected=True, changed_on=date(2020, 1, 1))
    newer = Entry("Aino Esimerkki", "aino@posti.example", "040 000 0002", "7", changed_on=date(2026, 1, 1))
    namesakes = [Entry("Aino Esimerkki", f"a{number}@posti.example", number=f"n{number}") for number in range(200)]

    assert match(asked, [newer, mine]).contact.protected
    found = match(asked, [*namesakes, mine]).contact
    assert (found.match, found.protected) == (Match.EXACT, True)
    elsewhere = match(Party("Aino Esimerkki", "b@posti.example"), [*namesakes, mine])
    assert (elsewhere.contact.match, elsewhere.contact.protected) == (Match.SEVERAL, True)
    assert len(elsewhere.resembling) == MOST
