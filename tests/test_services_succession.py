"""A profile that is changed while the agent runs: taken over whole where it is sound, else told, and nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent.adapters.profile_file import ProfileFile
from inbox_agent.rules.alarms import AGENT, Alarm, Trouble, alarms
from inbox_agent.services import watch
from inbox_agent.services.succession import Succession
from state.model import DraftStatus
from state.store.store import Store
from tests.agent_world import until
from tests.profile_texts import WITH_PASSWORD
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import Fault, SmtpServer
from tests.state_examples import AINO, NOW, approved, opened

_ANOTHER = """
[[more_mailboxes]]
host = "127.0.0.1"
port = {imap}
tls = "none"
user = "info"
secret = "file:{secret}"
[smtp]
"""


class House:
    """An agent at work by a profile that a test changes."""

    def __init__(self, folder: Path, imap: ScriptedImap, smtp: SmtpServer) -> None:
        self.path, self.secret = folder / "inbox-agent.toml", folder / "password"
        self.secret.write_text("salainen", encoding="utf-8")
        self.secret.chmod(0o600)
        self.text = WITH_PASSWORD.format(imap=imap.port, smtp=smtp.port, secret=self.secret)
        self.path.write_text(self.text, encoding="utf-8")
        self.now = bootstrap.clock()
        profile = ProfileFile(self.path).read()
        self.store: Store = bootstrap.first_store(profile, self.path)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Succession]:
        line = bootstrap.succession(self.path, self.store, self.now)
        work = asyncio.create_task(line.run())
        yield line
        line.stop()
        await asyncio.wait_for(work, 30)

    def change(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")

    def found(self, line: Succession) -> list[Alarm]:
        return list(alarms(self.store.pulse.all(), line.profile, self.now()))

    def broken(self, line: Succession) -> str:
        return next((alarm.fact for alarm in self.found(line) if alarm.trouble is Trouble.PROFILE_BROKEN), "")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "ALIVE_EVERY", 0.02)
    monkeypatch.setattr(watch, "LOOK_FOR_APPROVALS", 0.02)


@pytest.fixture
def house(tmp_path: Path, scripted_imap: ScriptedImap, smtp_server: SmtpServer) -> Iterator[House]:
    house = House(tmp_path, scripted_imap, smtp_server)
    yield house
    house.store.verify()
    house.store.close()


async def test_a_changed_profile_is_taken_over_without_a_restart(
    house: House, scripted_imap: ScriptedImap, mail: Callable[..., bytes]
) -> None:
    """Another mailbox is read beside the first; what was read before is not read again, and the agent never seems to
    have been stopped.
    """
    scripted_imap.mails = {1: mail(message_id="<1@posti.example>")}
    other = ScriptedImap()
    other.mails = {1: mail(sender="erkki@posti.example", message_id="<2@posti.example>")}
    other.start()
    async with house.at_work():
        await until(lambda: len(house.store.cases.open_cases()) == 1)
        house.change("[smtp]", _ANOTHER.format(imap=other.port, secret=house.secret))
        await until(lambda: len(house.store.cases.open_cases()) == 2)
        beat = house.store.pulse.read(AGENT)
        assert beat is not None
        assert beat.state == "alive"
    other.stop()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[smtp]", "[smtpp]", "smtpp"),
        ('tls = "none"\nuser', 'tls = "nonne"\nuser', "mailbox.tls"),
        ("[contact]", "[contact", "TOML"),
        ("/password", "/salasana", "salasana"),
        ("[smtp]", '[storage]\npath = "uusi.db"\n[smtp]', "uusi.db"),
    ],
)
async def test_a_changed_profile_with_a_fault_is_told_and_the_one_before_goes_on(  # noqa: PLR0917  # parameters
    house: House, scripted_imap: ScriptedImap, mail: Callable[..., bytes], old: str, new: str, said: str
) -> None:
    """The dashboard says what is wrong and where; mail is read meanwhile; corrected, nothing is told any more."""
    async with house.at_work() as line:
        await until(lambda: house.found(line) == [])
        first = line.agent
        house.change(old, new)
        await until(lambda: said in house.broken(line))
        scripted_imap.mails = {1: mail(message_id="<1@posti.example>")}
        scripted_imap.nudge()
        await until(lambda: len(house.store.cases.open_cases()) == 1)
        house.path.write_text(house.text, encoding="utf-8")
        await until(lambda: house.broken(line) == "")
        assert line.agent is first
    assert not (house.path.parent / "uusi.db").exists()


async def test_a_password_that_the_changed_profile_names_may_be_put_there_afterwards(house: House) -> None:
    async with house.at_work() as line:
        first = line.agent
        house.change(f'"file:{house.secret}"', f'"file:{house.secret}2"')
        await until(lambda: "password2" in house.broken(line))
        house.secret.rename(f"{house.secret}2")
        await until(lambda: line.agent is not first)
        assert house.broken(line) == ""


async def test_a_letter_on_its_way_is_waited_for_when_the_profile_changes(
    house: House, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has been offered, the server is slow to answer: it left once and nobody is asked whether it did."""
    monkeypatch.setattr(watch, "LAST_LETTER", 0.0)
    house.now = bootstrap.clock(NOW)
    draft = approved(house.store, opened(house.store))
    smtp_server.on("TEXT", Fault.LATE)
    async with house.at_work() as line:
        first = line.agent
        await until(lambda: smtp_server.attempts("TEXT") == 1)
        house.change("Helmi", "Helmi Uusi")
        await until(lambda: first._relieved)
        smtp_server.speak()
        await until(lambda: line.agent is not first)
    assert house.store.drafts.get(draft).status is DraftStatus.SENT
    assert [taken.recipients for taken in smtp_server.mails].count((AINO.address,)) == 1


async def test_an_agent_that_cannot_be_put_together_for_a_fault_of_ours_costs_the_one_at_work_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It beats and works on, and the fault is told."""
    async with house.at_work() as line:
        first = line.agent
        monkeypatch.setattr(line, "build", lambda _: 1 / 0)
        house.change("Helmi", "Helmi Uusi")
        await until(lambda: Trouble.DUTY_FAILS in [alarm.trouble for alarm in house.found(line)])
        beats: set[str] = set()

        def goes_on() -> bool:
            beats.add(str(house.store.pulse.read(AGENT)))
            return len(beats) > 40

        await until(goes_on)
        assert line.agent is first


async def test_told_to_stop_while_another_takes_over_it_stops(house: House) -> None:
    async with house.at_work() as line:
        house.change("Helmi", "Helmi Uusi")
        await until(lambda: line._next is not None)
    beat = house.store.pulse.read(AGENT)
    assert beat is not None
    assert beat.state == "stopped"


@pytest.mark.parametrize(("slow", "left"), [("TEXT", DraftStatus.UNCERTAIN), ("RCPT", DraftStatus.APPROVED)])
async def test_told_to_stop_while_another_takes_over_it_waits_for_a_letter_no_longer_than_ever(
    house: House, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch, slow: str, left: DraftStatus
) -> None:
    """Whoever stops it would kill it before long. What had not been offered yet leaves after the next start."""
    monkeypatch.setattr(watch, "LAST_BEFORE_RELIEF", 3600.0)
    monkeypatch.setattr(watch, "LAST_LETTER", 0.05)
    house.now = bootstrap.clock(NOW)
    draft = approved(house.store, opened(house.store))
    smtp_server.on(slow, Fault.LATE)
    async with house.at_work() as line:
        await until(lambda: smtp_server.attempts(slow) == 1)
        house.change("Helmi", "Helmi Uusi")
        await until(lambda: line._next is not None)
    beat = house.store.pulse.read(AGENT)
    assert beat is not None
    assert beat.state == "stopped"
    assert house.store.drafts.get(draft).status is left


def test_a_profile_that_is_being_written_is_not_judged(tmp_path: Path) -> None:
    """An editor empties the file, then writes it: only what stands there at two looks counts, and once."""
    path = tmp_path / "inbox-agent.toml"
    path.write_text("", encoding="utf-8")
    file = ProfileFile(path)
    looks = [file.changed()]
    for text in ("[", "[smtp]", "[smtp]"):
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
        looks.append(file.changed())
    assert looks == [False, False, False, True]
    with pytest.raises(Exception, match="problem"):
        file.read()
    assert not file.changed()
    path.unlink()
    assert [file.changed(), file.changed()] == [False, True]
