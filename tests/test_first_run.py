"""From nothing to the desk in one sitting: demo or set-up, the company's own notice read, the connection tested."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from inbox_agent.commands import demo, servers_again, start
from inbox_agent.commands.start import Sitting
from inbox_agent.rules.alarms import AGENT, OUTGOING
from state.model import Heartbeat
from tests.conftest import build_mail
from tests.dashboard_terminal import in_a_terminal
from tests.servers.dovecot import Dovecot
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

NOTICE = """Tietosuojaseloste

Rekisterinpitäjä
Esimerkki Oy, y-tunnus 1234567-1, Mallikatu 1, 00100 Helsinki

Yhteyshenkilö rekisteriä koskevissa asioissa
Helmi Ruokojärvi, helmi@yritys.example, 040 000 0000

Rekisteröidyllä on oikeus tarkastaa tietonsa.
"""


class Person:
    """Answers what is asked, by a word of the question; else takes what Enter means. Keeps what was said."""

    def __init__(self, answers: dict[str, str], password: str = "") -> None:
        self.answers, self.password = answers, password
        self.asked: list[tuple[str, str]] = []
        self.said: list[str] = []

    def ask(self, question: str, default: str) -> str:
        self.asked.append((question, default))
        return next((answer for word, answer in self.answers.items() if word in question), default)

    @property
    def sitting(self) -> Sitting:
        return Sitting(self.ask, lambda _question: self.password, self.said.append)


ANSWERS = {
    "company's name": "Esimerkki Oy",
    "contact person's name": "Helmi",
    "own address": "helmi@yritys.example",
    "mailbox is watched": "tietosuoja@yritys.example",
    "IMAP": "imap.yritys.example",
    "SMTP": "smtp.yritys.example",
}


def test_the_set_up_writes_a_profile_that_reads(tmp_path: Path) -> None:
    path = tmp_path / "inbox-agent.toml"
    start.write_profile(path, Person(ANSWERS).sitting)
    profile = profiles.read(path)

    assert profile.controller.name == "Esimerkki Oy"
    assert profile.mailbox.secret == "env:INBOX_AGENT_PASSWORD"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("word", ["own address", "mailbox is watched"])
def test_what_is_no_address_is_asked_again_at_once(tmp_path: Path, word: str) -> None:
    """Found only in the finished profile it would cost all the other answers, and a look into a file nobody knows."""
    path, person = tmp_path / "inbox-agent.toml", Person(ANSWERS)
    tries = iter(["localhost", "helmi@", "helmi@yritys.example"])

    def ask(question: str, default: str) -> str:
        return next(tries) if word in question else person.ask(question, default)

    start.write_profile(path, replace(person.sitting, ask=ask))

    assert "“localhost” is no e-mail address; write it like name@company.example" in person.said
    assert len([line for line in person.said if "is no e-mail address" in line]) == 2
    assert profiles.read(path).controller.name == "Esimerkki Oy"


def test_the_password_lies_in_a_file_for_its_owner_alone_and_the_profile_only_names_it(tmp_path: Path) -> None:
    path = tmp_path / "inbox-agent.toml"
    start.write_profile(path, Person(ANSWERS, password="salainen sana").sitting)
    kept = tmp_path / "inbox-agent.password"

    assert profiles.read(path).mailbox.secret == profiles.read(path).smtp.secret == f"file:{kept}"
    assert "salainen" not in path.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0


def test_a_folder_that_the_set_up_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "tietosuoja" / "inbox-agent.toml"
    start.write_profile(path, Person(ANSWERS).sitting)
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_log_beside_the_desk_is_for_its_owner_alone(company: Company) -> None:
    """Also where an older one lies that others could read."""
    log = company.profile_path.parent / "agent.log"
    log.touch(0o644)
    company.store().close()
    with demo.agent_process(company.profile_path, bootstrap.clock()):
        assert log.stat().st_mode & 0o077 == 0


def test_the_companys_own_notice_answers_what_it_says(tmp_path: Path) -> None:
    """What it says is proposed and taken by Enter; what it says beyond the questions stands in the profile too."""
    (tmp_path / "tietosuojaseloste.txt").write_text(NOTICE, encoding="utf-8")
    person = Person({key: ANSWERS[key] for key in ("mailbox is watched", "IMAP", "SMTP")})
    path = tmp_path / "inbox-agent.toml"
    start.write_profile(path, person.sitting)
    profile = profiles.read(path)

    assert any("tietosuojaseloste.txt" in question for question, _default in person.asked)
    assert (profile.controller.name, profile.controller.business_id) == ("Esimerkki Oy", "1234567-1")
    assert (profile.contact.name, profile.contact.email) == ("Helmi Ruokojärvi", "helmi@yritys.example")


def test_a_notice_that_nobody_wants_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tietosuojaseloste.txt").write_text(NOTICE, encoding="utf-8")
    path = tmp_path / "inbox-agent.toml"
    start.write_profile(path, Person({"Read ": "no", **ANSWERS}).sitting)
    assert profiles.read(path).controller.business_id is None


def test_what_cannot_be_reached_is_said_and_nothing_answered_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "inbox-agent.toml"
    hosts = {"IMAP": "imap.invalid", "SMTP": "smtp.invalid"}
    person = Person({**ANSWERS, **hosts, "1, 2 or 3": "2", "Your choice": "3"}, password="x")

    assert start.first_run(path, person.sitting) == 0
    told = capsys.readouterr().out
    assert "imap.invalid" in told
    assert "has not been started" not in told  # the desk starts it
    assert any("Everything you answered is in" in text for text in person.said)
    assert profiles.read(path).mailbox.host == "imap.invalid"


def test_what_was_answered_wrongly_is_answered_anew_without_an_editor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Servers with their ports, and the password; what else was changed in the file stays."""
    path = tmp_path / "inbox-agent.toml"
    person = Person({**ANSWERS, "IMAP": "127.0.0.1:1", "SMTP": "127.0.0.1:1"}, password="väärä")
    start.write_profile(path, person.sitting)
    path.write_text(path.read_text(encoding="utf-8").replace("# sync_minutes = 10", "sync_minutes = 3"))
    choices = iter(["1", "3"])
    again = Person({"IMAP": "127.0.0.1:2", "SMTP": "127.0.0.1:587", "user name": "helmi"}, password="oikea")
    asked = again.sitting
    said = replace(asked, ask=lambda text, usual: next(choices) if "choice" in text else asked.ask(text, usual))

    assert not start.connected(path, said)
    profile = profiles.read(path)
    assert (profile.mailbox.host, profile.mailbox.port, profile.mailbox.user) == ("127.0.0.1", 2, "helmi")
    assert (profile.smtp.port, profile.smtp.tls, profile.smtp.user) == (587, "starttls", "helmi")
    assert profile.mailbox.sync_minutes == 3
    assert (tmp_path / "inbox-agent.password").read_text(encoding="utf-8") == "oikea\n"
    assert "nothing answers at this port" in capsys.readouterr().out


@pytest.mark.parametrize("choice", ["1", "2"])
def test_a_slip_in_the_file_that_is_corrected_by_hand_ends_no_sitting(tmp_path: Path, choice: str) -> None:
    """It is said with its line, and tested again when the person has looked."""
    path = tmp_path / "inbox-agent.toml"
    path.write_text("[controller]\nname = Esimerkki Oy\n")
    choices = iter([choice, "3"])
    person = Person({})

    assert not start.connected(path, replace(person.sitting, ask=lambda _question, _usual: next(choices)))
    assert len([said for said in person.said if "inbox-agent.toml:2" in said]) == 2


@pytest.mark.parametrize(
    "text", ["[mailbox]\n# port = 993\nport = 7\n[smtp]\n", "[mailbox]\n[smtp]\n", "[mailbox]\nport=7  # x\n[smtp]\n"]
)
def test_a_setting_is_put_once_wherever_it_stands(text: str) -> None:
    """In its own line, over a commented default, or where the section has none."""
    found = tomllib.loads(servers_again.put(text, servers_again.server("mailbox", "imap.example:143")))

    assert found["mailbox"] == {"host": "imap.example", "port": 143, "tls": "starttls"}


def test_a_bare_host_over_one_with_a_port_has_the_usual_port_again() -> None:
    """The old port would answer nobody; where it was the usual one, how it begins stays as it is written."""
    written = '[mailbox]\nhost = "old.example"\nport = {}\ntls = "starttls"\n'
    for before, tls in ((143, "implicit"), (993, "starttls")):
        settings = servers_again.server("mailbox", "imap.example", before)
        found = tomllib.loads(servers_again.put(written.format(before), settings))

        assert found["mailbox"] == {"host": "imap.example", "port": 993, "tls": tls}


def test_nothing_now_leaves_nothing_behind(tmp_path: Path) -> None:
    assert start.first_run(tmp_path / "inbox-agent.toml", Person({"1, 2 or 3": "3"}).sitting) == 0
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_the_program_alone_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "inbox-agent --help" in capsys.readouterr().err


@pytest.fixture
def company(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer) -> Company:
    return Company.found(tmp_path, dovecot.new_account(), smtp_server)


def test_with_a_connection_the_first_look_opens_cases_and_sends_nothing(
    company: Company, smtp_server: SmtpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Real servers: the last month's mail is taken in, its letters proposed, nobody written to or reminded; whoever
    sits there reads words, no events.
    """
    text = "Käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista itseäni koskevista henkilötiedoista."
    company.receives(build_mail(body=text, sender="aino@posti.example", message_id="<a@posti.example>"))
    person = Person({"Open the desk": "no"})

    assert start.to_the_desk(company.profile_path, person.sitting) == 0
    with company.store() as store:
        assert len(store.cases.open_cases()) == 1
    assert any("1 new mail" in said for said in person.said)
    assert "event=" not in capsys.readouterr().err
    assert smtp_server.mails == ()


def test_one_pass_by_hand_says_what_is_wrong(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, under what was taken in."""
    with company.store() as store:
        store.pulse.beat(Heartbeat(OUTGOING, bootstrap.clock()(), "login_refused", {"why": "535 no"}))
    company.receives(build_mail(body="Hei", sender="aino@posti.example", message_id="<a@posti.example>"))

    assert cli.main(["run", "--once", "--profile", str(company.profile_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any(line.startswith("✗") for line in told)


@pytest.fixture
def looked(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """A company that is set up and has had its first look."""
    assert company.command("run", "--once").returncode == 0
    monkeypatch.setenv("INBOX_AGENT_PROFILE", str(company.profile_path))
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", "en")
    return company


ALONE = [sys.executable, "-m", "inbox_agent"]
QUIT = b"\x11"


def test_the_program_alone_opens_the_desk_with_the_assistant_beside_it(looked: Company) -> None:
    """Whoever comes back another day finds everything alive, from the first moment on."""
    with looked.store() as store:
        store.pulse.beat(Heartbeat(AGENT, bootstrap.clock()(), "stopped", {}))
    status, shown = in_a_terminal(ALONE, after="mailbox connected", keys=QUIT)
    assert status == 0
    assert "was stopped" not in shown
    assert "the assistant works as long as it is open" in " ".join(shown.split())


def test_where_the_assistant_is_at_work_the_desk_opens_alone(looked: Company) -> None:
    with bootstrap.only_agent(looked.profile, looked.profile_path):
        status, _shown = in_a_terminal(ALONE, after="F1", keys=QUIT)
    assert status == 0
    assert not (looked.folder / "agent.log").exists()
