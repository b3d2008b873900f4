"""The commands: their JSON is a contract, their errors one manner, their README true."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from inbox_agent.errors import InboxAgentError
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.draft import Drafting
from inbox_agent.services.poll import Mailbox, Poll
from state.model import Cursor, Place, RawMessage

ROOT = Path(__file__).parents[1]
SHARED_MAIL = ROOT.parent / "shared" / "mail"
ASKS = "Käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
MESSAGE_KEYS = {
    "message_id", "subject", "from", "date", "attachments", "text", "new_text", "kind", "language", "references",
    "defects",
}  # fmt: skip
KEYS = {
    "path", "message", "verdict", "types", "evidence", "against", "forwarded", "identity", "reply_to", "needs_human",
    "attachment_only", "scope", "logic", "attached", "flags", "joint_receipt", "deadline", "authority", "draft",
}  # fmt: skip

Mail = Callable[..., bytes]


@pytest.fixture
def explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Explain one raw mail as JSON."""

    def run(raw: bytes, *words: str) -> dict[str, Any]:
        path = tmp_path / "mail.eml"
        path.write_bytes(raw)
        assert cli.main(["explain", str(path), "--json", *words]) == 0
        explained: dict[str, Any] = json.loads(capsys.readouterr().out)
        return explained

    return run


def test_explain_keeps_its_contract(explain: Callable[..., dict[str, Any]], mail: Mail) -> None:
    """One object with exactly the promised fields; the receipt is the topmost Received header's."""
    raw = b"Received: from a.example by mx.yritys.example; Thu, 5 Mar 2026 12:00:00 +0200\r\n" + mail(body=ASKS)
    explained = explain(raw, "--now", "2026-03-06T12:00:00+02:00")

    assert set(explained) == KEYS
    assert set(explained["message"]) == MESSAGE_KEYS
    assert explained["verdict"] == "request"
    assert explained["types"] == ["access"]
    assert explained["evidence"]
    assert explained["deadline"] == {
        "received": "2026-03-05",
        "promise": "2026-04-05",
        "backstop": "2026-04-07",
        "target": "2026-04-02",
        "extension": {"promise": "2026-06-05", "backstop": "2026-06-05", "target": "2026-06-05"},
    }
    assert "su 5.4.2026" in explained["draft"]["body"]


def test_explain_drafts_nothing_for_what_is_no_request(explain: Callable[..., dict[str, Any]], mail: Mail) -> None:
    """No clock and no letter for a question on an invoice."""
    explained = explain(mail("Lasku", "Hei, laskun 4411 summa näyttää väärältä. Voitteko tarkistaa?\n"))

    assert (explained["verdict"], explained["deadline"], explained["draft"]) == ("not_request", None, None)


@pytest.mark.parametrize(
    ("body", "by", "said"),
    [
        ("Pyydämme selvitystä viimeistään 15.12.2026.\n", "2026-12-15", "vastata viimeistään 15.12.2026: se päivä"),
        ("Pyydämme soittamaan meille.\n", "2026-11-11", "lukea viesti viimeistään 11.11.2026"),
    ],
)
def test_explain_says_what_becomes_of_a_letter_of_the_authority(  # noqa: PLR0917
    explain: Callable[..., dict[str, Any]],
    mail: Mail,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    body: str,
    by: str,
    said: str,
) -> None:
    """No request, and yet a case with the day that it names, or the next working day; told in words too."""
    raw = mail("Selvityspyyntö", body, sender="Toimisto <tietosuoja@om.fi>", date="Tue, 10 Nov 2026 09:00:00 +0200")
    explained = explain(raw)
    assert (explained["verdict"], explained["authority"]["answer_by"]) == ("not_request", by)
    assert cli.main(["explain", str(tmp_path / "mail.eml")]) == 0
    assert said in " ".join(capsys.readouterr().out.split())


def test_identity_codes_and_control_characters_never_come_out(
    explain: Callable[..., dict[str, Any]], mail: Mail
) -> None:
    """A henkilötunnus is masked and an escape sequence made visible in everything that is printed."""
    explained = explain(mail("Tunnus 010190-999R", f"{ASKS} Tunnukseni on 010190-999R.\n\x1b]0;oho\x07\n"))
    printed = json.dumps(explained, ensure_ascii=False)

    assert "999R" not in printed
    assert "\x1b" not in printed


def test_explain_reads_folders_and_never_fails_for_a_mail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mail: Mail
) -> None:
    """Garbage beside a good mail is explained too: one line each."""
    (tmp_path / "a.eml").write_bytes(mail(body=ASKS))
    (tmp_path / "b.eml").write_bytes(b"\xff\x00garbage")
    (tmp_path / "c.eml").write_bytes(b"")

    assert cli.main(["explain", str(tmp_path), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(line) for line in lines] == [KEYS] * 3
    assert [line["needs_human"] for line in lines] == [False, True, True]


@pytest.mark.skipif(not SHARED_MAIL.exists(), reason="the mails of other projects' tests are not here")
def test_other_projects_nasty_mails_are_all_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """No mail of theirs breaks us, and every one is accounted for."""
    files = [path for path in SHARED_MAIL.rglob("*") if path.is_file()]

    assert cli.main(["explain", str(SHARED_MAIL), "--json"]) == 0
    explained = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(explained) == len(files)


def test_a_day_may_be_typed_as_it_is_written_in_finland(capsys: pytest.CaptureFixture[str]) -> None:
    """24.11.2026 is understood wherever a day is given, not the ISO form alone."""
    told = []
    for written in ("31.1.2026", "2026-01-31"):
        assert cli.main(["deadline", written, "--json"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_deadline_keeps_its_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a day, ISO dates; with --extended the extension's dates stand first."""
    assert cli.main(["deadline", "2026-01-31", "2026-11-24", "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert set(first) == {"received", "promise", "backstop", "target", "extension", "derivation"}
    assert (first["promise"], first["backstop"], first["target"]) == ("2026-02-28", "2026-03-02", "2026-02-27")
    assert second["promise"] == "2026-12-24"

    assert cli.main(["deadline", "2026-01-31", "--extended", "--json"]) == 0
    extended = json.loads(capsys.readouterr().out)
    assert extended["promise"] == extended["extension"]["promise"] == "2026-04-28"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["deadline", "tomorrow"], 2),
        (["deadline", "9999-12-31"], 2),
        (["explain", "/nowhere/at/all.eml"], 2),
        (["cases", "--profile", "/nowhere/profile.toml"], 3),
    ],
)
def test_errors_go_to_stderr_and_say_what_to_do(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every error ends with its exit code, at least two sentences on stderr, and nothing on stdout."""
    assert cli.main(words) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) >= 2


def test_a_moment_without_a_zone_is_finnish_whatever_the_machine_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server runs in UTC, or elsewhere: five minutes to midnight is that day all the same."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        moment = cli._instant("2026-01-31T23:55")
    finally:
        monkeypatch.undo()
        time.tzset()

    assert moment.astimezone(UTC) == datetime(2026, 1, 31, 21, 55, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["tomorrow", "9999-12-31T23:59:00+00:00", "0001-01-01"])
def test_a_moment_that_is_none_is_said_so(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--now` is refused as a usage error, in the program's own words."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["deadline", "2026-01-31", "--now", moment])

    assert ended.value.code == 2
    assert moment in capsys.readouterr().err


def test_a_file_that_cannot_be_read_ends_without_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder where a profile should be is told in words, like every error."""
    assert cli.main(["cases", "--profile", str(tmp_path)]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_question_left_with_end_of_file_ends_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """^D at a question of `init` is a way out, as ^C is."""
    monkeypatch.setattr("inbox_agent.commands.init._ask", _end_of_file)

    assert cli.main(["init", "--profile", str(tmp_path / "p.toml")]) == 130


def _end_of_file(*_: object) -> str:
    raise EOFError


def test_a_bug_shows_its_trace_without_the_mail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log of a failure holds where it was, and nothing of what the mail said."""

    def breaks(_raw: bytes, *_: object) -> None:
        raise RuntimeError("ours")

    (tmp_path / "a.eml").write_bytes(mail(body="salaisuus-4411"))
    monkeypatch.setattr("inbox_agent.commands.explain.understand", breaks)

    assert cli.main(["explain", str(tmp_path), "--json"]) == 0
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert "salaisuus" not in logged


def test_the_help_needs_no_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the demo's servers the program works, and the demo says what to install."""
    for name in ("inbox_agent.commands.demo", "inbox_agent.demo.servers"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in ("aiosmtpd", "aiosmtpd.controller", "aiosmtpd.smtp"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    assert ended.value.code == 0
    assert cli.main(["demo", "--no-ui"]) == 2
    assert len(capsys.readouterr().err.splitlines()) >= 2


def test_the_demo_goes_the_whole_way_on_any_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Delivered, taken in, drafted, approved, sent, arrived and threaded; midsummer eve is a day like any."""
    assert cli.main(["demo", "--no-ui", "--now", "2026-06-19T12:00+03:00"]) == 0
    assert "In-Reply-To <" in capsys.readouterr().out


def test_every_command_is_in_the_readme() -> None:
    """A command that nobody can read about does not exist, and the README names none that does not."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Commands")[1].split("### Exit codes")[0]
    named = set(re.findall(r"`([a-z]+)(?: [^`]*)?`", table.split("|---|---|")[1]))

    assert set(cli.COMMANDS) <= named


def test_every_exit_code_is_in_the_readme() -> None:
    """The table of exit codes covers what the errors carry."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("### Exit codes")[1]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}

    def codes(error: type[InboxAgentError]) -> set[int]:
        return {error.exit_code}.union(*(codes(kind) for kind in error.__subclasses__()))

    assert codes(InboxAgentError) <= told


def test_the_cases_keep_their_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is promised of `cases --json` and `case --json` is what they print, key for key."""
    contract = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    path = tmp_path / "inbox-agent.toml"
    words = ["--company", "Esimerkki Oy", "--contact", "Helmi", "--email", "h@oma.example", "--mailbox", "t@y.example"]
    assert (
        cli.main(["init", "--profile", str(path), *words, "--imap-host", "y.example", "--smtp-host", "y.example"]) == 0
    )
    profile, raw = profiles.read(path), b"From: Aino <aino@posti.example>\r\nSubject: Asia\r\n\r\n" + ASKS.encode()
    with bootstrap.first_store(profile, path) as store:
        taking = Poll(cast("Mailbox", None), profile.mailbox, store, Recogniser.load(), profile, bootstrap.clock())
        mail = RawMessage(Place(profile.account, "INBOX", 1, 1), datetime(2026, 3, 5, tzinfo=UTC), raw)
        taking.take_in([mail], Cursor(profile.account, "INBOX", 1, 0))
        Drafting(store, profile, bootstrap.clock()).propose_first_letters()
    capsys.readouterr()

    for call in (["cases", "--json"], ["case", "2026-0001", "--json"]):
        assert cli.main([*call, "--profile", str(path)]) == 0
        printed = json.loads(capsys.readouterr().out)
        promised = re.search(rf"`{call[0]}(?: N)? --json`: `(.*?)`", contract, re.DOTALL)
        assert promised is not None
        assert _keys(printed) == set(re.findall(r'"(\w+)"', promised[1]))


def _keys(value: object) -> set[str]:
    """Every key of a JSON value, but for those within evidence, which `explain` describes."""
    if isinstance(value, dict):
        return set(value).union(*(_keys(inner) for key, inner in value.items() if key != "evidence"))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def test_explain_says_when_a_passed_on_request_had_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A colleague passes on what had lain at another of the company's addresses: its day is told."""
    path = tmp_path / "passed.eml"
    path.write_text(
        "From: anna@yritys.example\nSubject: VL: Tietopyyntö\nDate: Thu, 05 Nov 2026 09:00:00 +0200\n"
        "Content-Type: text/plain; charset=utf-8\n\nTämä tuli myyntiin.\n\n-----Alkuperäinen viesti-----\n"
        "Lähettäjä: Aino <aino@posti.example>\nLähetetty: maanantai 12. lokakuuta 2026 10.12\n"
        f"Vastaanottaja: myynti@yritys.example\nAihe: Tietopyyntö\n\n{ASKS}\n",
        encoding="utf-8",
    )
    assert cli.main(["explain", str(path)]) == 0
    assert "Esimerkki Oy näyttää saaneen pyynnön maanantaina 12.10.2026" in capsys.readouterr().out
