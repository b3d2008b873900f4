"""A batch that several read is understood as one would: whatever becomes of the readers beside."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from inbox_agent import bootstrap, profile
from inbox_agent.adapters import beside
from inbox_agent.adapters.beside import WORTH_IT, ReaderBeside, ReadersBeside
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.own_phrases import Taught
from inbox_agent.rules.phrasebook import NOT_REQUEST, OwnPhrase
from inbox_agent.rules.understand import Understood, understand
from inbox_agent.services.thinking import PATIENCE, Beside, Sharing
from state.model import Place, RawMessage
from tests.bench.mails import mails
from tests.conftest import build_mail

SPECIMEN = profile.read(Path(__file__).parents[1] / "inbox_agent" / "profiles" / "specimen.toml")
RECOGNISER = Recogniser.load()
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
ORPHAN = """
import sys
from pathlib import Path
from inbox_agent import profile
from inbox_agent.adapters.beside import ReaderBeside
one = ReaderBeside(profile.read(Path(sys.argv[1])), lambda: False)
one.understand([])
print(one.process.pid, flush=True)
sys.stdin.read()
"""


def batch(size: int = 30) -> list[RawMessage]:
    return [RawMessage(Place("a", "INBOX", 1, at), AT, raw) for at, raw in enumerate(mails(size, small=True), 1)]


def own(mail: RawMessage) -> Understood | None:
    return understand(mail.raw, RECOGNISER, SPECIMEN)


def among(
    readers: Sequence[Beside],
    given: Sequence[RawMessage],
    own: Callable[[RawMessage], Understood | None] = own,
    ended: threading.Event | None = None,
    patience: float = PATIENCE,
) -> list[Understood | None]:
    """What is thought of a batch that these readers begin and this process ends."""
    sharing = Sharing(given, own, ended or threading.Event(), patience)
    sharing.begin(readers)
    return sharing.end()


class Told:
    """A reader that does as the test says."""

    def __init__(self, tell: Callable[[Sequence[bytes]], Sequence[Understood | None]]) -> None:
        self.tell, self.asked, self.ended = tell, 0, threading.Event()

    def understand(self, raws: Sequence[bytes]) -> Sequence[Understood | None]:
        self.asked += 1
        return self.tell(raws)

    def end(self) -> None:
        self.ended.set()


def gone(raws: Sequence[bytes]) -> Sequence[Understood | None]:
    raise EOFError


def leaves_all(raws: Sequence[bytes]) -> Sequence[Understood | None]:
    return [None for _ in raws]


@pytest.mark.parametrize("tell", [gone, leaves_all])
def test_what_a_reader_does_not_tell_is_understood_here(
    tell: Callable[[Sequence[bytes]], Sequence[Understood | None]],
) -> None:
    """Each mail once, in its order, whether the reader died or left it to us."""
    given = batch()
    reader = Told(tell)
    assert among([reader], given) == [own(mail) for mail in given]
    assert reader.asked


def too_few(raws: Sequence[bytes]) -> Sequence[Understood | None]:
    return leaves_all(raws)[1:]


def fails(raws: Sequence[bytes]) -> Sequence[Understood | None]:
    raise ValueError(raws[0])


@pytest.mark.parametrize("tell", [fails, too_few])
def test_a_reader_on_which_our_own_code_fails_costs_no_mail_and_tells_none(
    tell: Callable[[Sequence[bytes]], Sequence[Understood | None]],
) -> None:
    """All is understood here; the kind of error is told, its words are not; it is asked no more."""
    given, reader = batch(), Told(tell)
    with capture_logs() as told:
        assert among([reader], given) == [own(mail) for mail in given]
    assert [(one["event"], one["error"]) for one in told] == [("reader_failed", "ValueError")]
    assert reader.asked == 1
    assert reader.ended.is_set()


def test_a_reader_that_hangs_is_ended() -> None:
    """The batch waits for it no longer than the patience lasts."""
    given, reader = batch(), Told(gone)

    def hangs(raws: Sequence[bytes]) -> Sequence[Understood | None]:
        reader.ended.wait()
        raise EOFError

    reader.tell = hangs
    found = among([reader], given, patience=0.1)
    assert found == [own(mail) for mail in given]
    assert reader.ended.is_set()


def test_told_to_end_nobody_waits_for_a_reader() -> None:
    """Of a batch that is given up no further mail is begun, by nobody."""
    ended, reader, release = threading.Event(), Told(gone), threading.Event()

    def slow(raws: Sequence[bytes]) -> Sequence[Understood | None]:
        release.wait()
        return leaves_all(raws)

    def first(mail: RawMessage) -> Understood | None:
        ended.set()
        return own(mail)

    reader.tell = slow
    given = batch()
    try:
        assert among([reader], given, first, ended) == [own(given[0])]
    finally:
        release.set()


def test_a_reader_beside_understands_as_the_agent_does() -> None:
    """Bit for bit, in a process of its own; a mail whose matter lies in a document is left to who may open it."""
    raws = [*mails(12), build_mail(body="Poistakaa kaikki tietoni.")]
    scan = next(raw for raw in mails(200) if b"application/pdf" in raw)
    reader = ReaderBeside(SPECIMEN, lambda: False)
    try:
        assert reader.understand(raws) == [understand(raw, RECOGNISER, SPECIMEN) for raw in raws]
        alone = understand(scan, RECOGNISER, SPECIMEN).message.attachment_only
        assert [one is None for one in reader.understand([scan])] == [alone]
    finally:
        reader.end()


def test_a_reader_that_is_killed_costs_no_mail() -> None:
    """Killed with -9 in the middle of a batch: the rest is understood here."""
    given, reader = batch(60), ReaderBeside(SPECIMEN, lambda: False)

    def kills(mail: RawMessage) -> Understood | None:
        os.kill(reader.process.pid, signal.SIGKILL)
        return own(mail)

    try:
        assert among([reader], given, kills) == [own(mail) for mail in given]
    finally:
        reader.end()


def test_a_reader_ends_with_the_agent_that_is_killed() -> None:
    """Killing the agent with -9 leaves no process behind: its wire ends."""
    where = Path(__file__).parents[1] / "inbox_agent" / "profiles" / "specimen.toml"
    pipe = subprocess.PIPE
    agent = subprocess.Popen([sys.executable, "-c", ORPHAN, where], stdin=pipe, stdout=pipe)
    assert agent.stdin
    assert agent.stdout
    with closing(agent.stdin), closing(agent.stdout):
        reader = os.pidfd_open(int(agent.stdout.readline()))
        agent.kill()
        agent.wait()
        assert _ends(reader)


def test_few_mails_one_core_and_own_phrases_start_no_reader() -> None:
    """A reader is worth its start only where much waits and a core is free; own phrases the agent hears alone."""
    two = ReadersBeside(SPECIMEN, lambda: False, lambda: 2)
    for readers, mails_there in (
        (two, WORTH_IT - 1),
        (replace(two, cores=lambda: 1), WORTH_IT),
        (replace(two, taught=lambda: True), WORTH_IT),
    ):
        with readers(mails_there) as started:
            assert list(started) == []
    usual = sys.getswitchinterval()
    with two(WORTH_IT) as started:
        [one] = started
        assert one.process.poll() is None
        assert sys.getswitchinterval() < usual  # it is answered soon
        with two(WORTH_IT) as more:  # another mailbox meanwhile: it reads alone
            assert list(more) == []
    assert one.process.poll() is not None
    assert sys.getswitchinterval() == usual


def test_phrases_that_cannot_be_read_stop_no_backlog() -> None:
    """Nobody knows whether there are any: the agent reads alone."""

    def unreadable() -> bool:
        raise PermissionError

    with ReadersBeside(SPECIMEN, unreadable, lambda: 2)(WORTH_IT) as started:
        assert list(started) == []


def test_phrases_of_a_file_that_broke_meanwhile_start_no_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agent goes on judging with them, and a reader does not know them."""
    for server in (SPECIMEN.mailbox, SPECIMEN.smtp):
        monkeypatch.setenv(server.secret.removeprefix("env:"), "secret")
    where = tmp_path / "inbox-agent.toml"
    book = bootstrap.phrasebook(SPECIMEN, where)
    book.remember(OwnPhrase(text="laskun rivi puuttuu", says=NOT_REQUEST, by="Helmi Ruokojärvi"))
    with bootstrap.first_store(SPECIMEN, where) as store:
        agent = bootstrap.agent(SPECIMEN, where, store, bootstrap.clock())
    assert isinstance(agent.recogniser, Taught)
    assert isinstance(agent.beside, ReadersBeside)
    book.path.write_text("[[phrase]]\n", encoding="utf-8")
    with replace(agent.beside, cores=lambda: 2)(WORTH_IT) as started:
        assert agent.recogniser.phrases().phrase
        assert list(started) == []


def test_a_reader_of_another_version_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program was replaced while the agent ran: it reads all itself."""
    monkeypatch.setattr(beside, "_PROGRAM", "0.0.0")
    reader = ReaderBeside(SPECIMEN, lambda: False)
    try:
        for _ in range(2):
            with pytest.raises(EOFError):
                reader.understand([b""])
    finally:
        reader.end()


def test_phrases_taught_meanwhile_are_heard() -> None:
    """From then on a reader says that it is gone: the agent reads all itself."""
    reader = ReaderBeside(SPECIMEN, lambda: True)
    try:
        with pytest.raises(EOFError):
            reader.understand([b""])
    finally:
        reader.end()


def _ends(process: int) -> bool:
    with closing(os.fdopen(process)):
        return bool(select.select([process], [], [], 30)[0])
