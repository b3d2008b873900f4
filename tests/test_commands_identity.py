"""`inbox-agent identity` as a person types it; and the README's table, which is the code's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inbox_agent import cli, texts
from inbox_agent.phrasing import identity_rules
from state.model import DraftStatus, Letter
from state.store.store import Store
from tests.identity_world import AINO, ASKS, CUSTOMERS, HEADER, PROFILE, World

ROOT = Path(__file__).parents[1]
NOW = "2026-03-06T12:00:00+02:00"
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Aino has asked from an address that is not on file; two namesakes are."""
    monkeypatch.setattr(texts, "_current", texts._current)
    profile = tmp_path / "inbox-agent.toml"
    profile.write_text(PROFILE.format(sensitivity="ordinary", customers=CUSTOMERS), encoding="utf-8")
    rows = "Aino Esimerkki;a@toinen.example;;1001;;\nAino Esimerkki;b@toinen.example;;1002;;\n"
    world = World(tmp_path, rows)
    world.store.close()
    world.store = Store.open(tmp_path / "inbox-agent.db")
    world.arrive(world.mail(ASKS))
    world.store.close()

    def call(*arguments: str, code: int = 0) -> str:
        done = cli.main(["identity", "--profile", str(profile), "--now", NOW, *arguments])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out if code == 0 else said.err

    return call


def shown(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("2026-0001", "--json", *arguments))
    return found


def test_the_table_in_the_readme_is_the_code_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generated, not retold: a rule that changes changes the README or fails here."""
    monkeypatch.setattr(texts, "_current", texts._current)
    texts.use("en")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- identity rules -->\n(.*)\n<!-- end of identity rules -->", readme, re.DOTALL)
    assert found
    assert found[1].splitlines() == list(identity_rules.table())


def test_a_case_is_shown_with_its_evidence_its_reason_and_what_comes_next(run: Run) -> None:
    said = run("2026-0001")
    assert "Rekisterissä on useita sopivia; yhtäkään ei valita." in said
    assert "usea henkilö sopii" in said
    assert "Pyytäjältä ei ole vielä kysytty; kysy viimeistään tiistaina 10.3.2026." in said


def test_what_the_json_promises_is_there(run: Run) -> None:
    found = shown(run)
    assert (found["level"], found["required"], found["own_step"]) == ("L0", "L2", "ask_discriminator")
    assert found["ways"] == ["code", "call_back", "other_address"]
    assert found["contact"] == {"match": "several", "address": ""}
    assert (found["ask_by"], found["not_identified_from"], found["fallback"]) == ("2026-03-10", "2026-03-30", None)


def test_a_proof_is_recorded_with_who_saw_it_and_raises_the_level(run: Run) -> None:
    found = shown(run, "--proof", "call_back", "--words", "soitto rekisterin numeroon", "--person", "Veikko")
    assert (found["level"], found["ways"], found["reason"]) == ("L2", [], "no_doubt")
    assert [(proof["who"], proof["kind"]) for proof in found["proofs"]] == [("person:Veikko", "call_back")]
    assert shown(run, "--doubt")["level"] == "L0"


def test_who_recorded_a_proof_is_told_by_their_name(run: Run) -> None:
    """The journal's way of naming them is for programs."""
    run("2026-0001", "--proof", "id_shown", "--words", "näytti passin tiskillä", "--person", "Veikko")
    said = run("2026-0001")
    assert "kirjannut Veikko: näyttänyt henkilöllisyystodistuksen käynnillä (L4)" in said
    assert "person:" not in said
    assert "Rekisteristä ei ole vielä katsottu" not in said


@pytest.mark.parametrize(
    "last", [("--code",), ("--let-go", "urgent"), ("--received-by", "Joku Oy", "--on", "2026-02-27")]
)
def test_what_is_said_at_once_is_done_whole_or_not_at_all(run: Run, last: tuple[str, ...]) -> None:
    """Told that it cannot be done, nobody finds the half of it in the case."""
    run("2026-0001", "--proof", "id_shown", "--words", "kävi, ajokortti nähty", "--mark", "dispute", *last, code=2)
    found = shown(run)
    assert (found["level"], found["proofs"], "dispute" in found["flags"]) == ("L0", [], False)


def test_one_of_the_namesakes_is_chosen_by_a_person_and_gets_a_code(run: Run, tmp_path: Path) -> None:
    found = shown(run, "--look-up")
    assert [entry["number"] for entry in found["resembling"]] == ["1001", "1002"]
    assert shown(run, "--choose", "2")["contact"] == {"match": "chosen", "address": "b@toinen.example"}
    with Store.open(tmp_path / "inbox-agent.db") as store:
        letters = [draft for case in store.cases.open_cases() for draft in store.drafts.for_case(case.key)]
    assert [(draft.letter, draft.envelope.to.address) for draft in letters if draft.status is DraftStatus.PROPOSED] == [
        (Letter.IDENTITY_QUESTION, AINO),
        (Letter.IDENTITY_CODE, "b@toinen.example"),
    ]


def test_a_sign_is_put_on_and_taken_off(run: Run) -> None:
    assert shown(run, "--mark", "dispute")["required"] == "L3"
    assert shown(run, "--mark", "protected")["required"] == "L4"
    assert shown(run, "--unmark", "protected", "--unmark", "protected")["required"] == "L3"


def test_an_earlier_receipt_by_a_joint_controller_moves_the_clock(run: Run, tmp_path: Path) -> None:
    run("2026-0001", "--received-by", "Esimerkki Palvelut Oy", "--on", "2026-02-27")
    with Store.open(tmp_path / "inbox-agent.db") as store:
        [request] = store.cases.by_number("2026-0001").requests
        assert (str(request.received_on), str(request.due.promise)) == ("2026-02-27", "2026-03-27")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Kerro, mikä asia."),
        (("2026-0009",), 1, "2026-0009"),
        (("2026-0001", "--proof", "other"), 2, "ei ole omaa tasoa"),
        (("2026-0001", "--proof", "other", "--level", "L4", "--words", "tuttu ääni"), 2, "enintään tason L2"),
        (("2026-0001", "--proof", "strong"), 2, "missä palvelussa"),
        (("2026-0001", "--choose", "3"), 2, "ei ole numeroa 3"),
        (("2026-0001", "--received-by", "Joku Oy", "--on", "2026-02-27"), 2, "yrityksesi eikä"),
        (("2026-0001", "--received-by", "Esimerkki Palvelut Oy", "--on", "2026-03-27"), 2, "ei ole aiempi"),
        (("2026-0001", "--received-by", "Esimerkki Palvelut Oy"), 2, "Minä päivänä"),
        (("2026-0001", "--let-go", "urgent"), 2, "vaatii syyn"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    assert said in run(*arguments, code=code)


def test_a_register_that_cannot_be_read_is_said_and_nothing_changes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "asiakkaat.csv").write_text(HEADER.replace("Sähköposti", "Muu"), encoding="utf-8")
    assert "tämännimistä saraketta" in run("2026-0001", "--look-up", code=1)
    assert shown(run)["contact"] == {"match": "several", "address": ""}


def test_a_request_on_paper_is_told_in_paper_s_words(run: Run, tmp_path: Path) -> None:
    profile = ["--profile", str(tmp_path / "inbox-agent.toml"), "--now", NOW]
    assert cli.main(["add", "letter", "--name", "Väinö Esimerkki", "--right", "access", *profile]) == 0
    said = run("2026-0002")
    assert "Väinö Esimerkki (kirjeitse)" in said
    assert "Pyyntö tuli kirjeellä" in said
    assert "palvelin" not in said
    assert "kertakäyttökoodi" not in said


def test_a_letter_that_an_act_proposes_is_named_with_its_command(run: Run) -> None:
    said = run("2026-0001", "--on-file", "a@toinen.example")
    assert "Kirje osoitteeseen a@toinen.example odottaa hyväksyntää: inbox-agent approve 2026-0001" in said
