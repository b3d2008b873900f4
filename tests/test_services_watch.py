"""The agent goes on: whatever one of its tasks meets, the others work, and it ends when it is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.errors import GrantExpired, InboxAgentError, LoginRefused, MailboxUnreachable
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.alarms import PHRASES, Trouble, alarms, connection, oddities
from inbox_agent.rules.attached import FileState, Format, ReadingEnded
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services import mailwatch, poll, taking, watch
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.mailwatch import Connection
from inbox_agent.services.notices import Notices
from inbox_agent.services.report import SyncReport
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.taking import Taking
from inbox_agent.services.watch import Agent
from state.errors import StoreBusy
from state.model import (
    AGENT,
    Act,
    CaseStatus,
    Cursor,
    Event,
    Fetched,
    FolderInfo,
    FolderState,
    Outcome,
    Place,
    RawMessage,
    RequestStatus,
)
from state.store.store import Store
from tests.state_examples import case as a_case

NOW = datetime(2026, 3, 6, tzinfo=UTC)
LETTER = (
    b"From: Maija <maija@posti.example>\r\nTo: t@yritys.example\r\nSubject: Omat tiedot\r\n"
    b"Message-ID: <1@posti.example>\r\n\r\nPyyd\xc3\xa4n j\xc3\xa4ljenn\xc3\xb6ksen kaikista tiedoistani.\r\n"
)


class Fake:
    """A mailbox with one folder that lets a test put mail there when it likes."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.junk: list[bytes] = []
        self.waits = 0
        self.closed = False
        self.at_select: Callable[[], None] = lambda: None

    async def folders(self) -> tuple[FolderInfo, ...]:
        return (FolderInfo("INBOX", ""), FolderInfo("Junk", "\\Junk"))

    async def select(self, folder: str) -> FolderState:
        self._folder = folder
        if folder == "Junk":
            self.at_select()
        return FolderState(1, len(self._there) + 1, len(self._there))

    async def uids(self, after: int, since: date | None) -> list[int]:
        return [uid for uid in range(1, len(self._there) + 1) if uid > after]

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[Fetched]:
        account = specimen().account
        for uid in uids:
            yield Fetched((RawMessage(Place(account, self._folder, 1, uid), NOW, self._there[uid - 1]),))

    async def head(self, uid: int) -> RawMessage | None:
        return None

    async def move(self, uids: Sequence[int], folder: str) -> None: ...

    async def wait(self, seconds: float) -> bool:
        self.waits += 1
        await asyncio.sleep(3600)
        return False

    @property
    def _there(self) -> list[bytes]:
        return self.mails if self._folder == "INBOX" else self.junk


class Doing:
    """One of the agent's acts, which counts its calls and raises what a test wants."""

    def __init__(self, *errors: Exception) -> None:
        self.calls, self._errors = 0, list(errors)

    async def __call__(self) -> int:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return 0

    settle_interrupted = send_approved = remind = look = before_sending = __call__

    def purge(self) -> int:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return 0


@pytest.fixture
def mailbox() -> Fake:
    return Fake()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailwatch, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_REMINDERS", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_TROUBLE", 0.05)
    monkeypatch.setattr(watch, "LOOK_FOR_APPROVALS", 0.01)
    monkeypatch.setattr(watch, "LOOK_FOR_ENDED_CASES", 0.01)


def agent(mailbox: Fake, *, sending: Doing, reminding: Doing, purging: Doing, fails: list[Exception]) -> Agent:
    @asynccontextmanager
    async def connect(_server: Server) -> AsyncIterator[Connection]:
        if fails:
            raise fails.pop(0)
        try:
            yield mailbox
        finally:
            mailbox.closed = True

    opened: Callable[[Server], AbstractAsyncContextManager[Connection]] = connect
    store, profile = Store.open(":memory:"), specimen()
    return Agent(
        opened,
        store,
        Recogniser.load(),
        profile,
        Identifying(store, profile, None, lambda: NOW, "1.0"),
        Drafting(store, profile, lambda: NOW),
        sending,  # type: ignore[arg-type]
        reminding,  # type: ignore[arg-type]
        purging,  # type: ignore[arg-type]
        Alarming(store, Notices(sending, profile, lambda: NOW, lambda: "<a@x>"), profile, lambda: NOW),  # type: ignore[arg-type]
        Doing(),  # type: ignore[arg-type]
        Doing(),  # type: ignore[arg-type]
        Rereading(store, Taking(store, Recogniser.load(), profile, lambda: NOW), "1.0"),
        lambda: NOW,
    )


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110  # it looks at a store and at counters, which announce nothing
            await asyncio.sleep(0.005)


async def test_no_failure_of_one_task_ends_another(mailbox: Fake) -> None:
    """A busy store, a dead wire and a bug of ours in every task: each goes on, and the agent ends in order."""
    errors = [StoreBusy("locked"), RuntimeError("ours"), MailboxUnreachable("h", 1, "gone")]
    sending, reminding, purging = Doing(*errors), Doing(*errors), Doing(*errors)
    running = agent(mailbox, sending=sending, reminding=reminding, purging=purging, fails=list(errors))
    task = asyncio.create_task(running.run())
    await _until(lambda: mailbox.waits > 0 and min(sending.calls, reminding.calls, purging.calls) > 5)
    running.stop()
    await asyncio.wait_for(task, 5)

    beat = running.store.pulse.read("agent")
    assert beat is not None
    assert beat.state == "stopped"
    assert mailbox.closed


async def test_a_broken_file_of_phrases_is_alarmed_until_it_is_whole_again(mailbox: Fake) -> None:
    """Whoever edits the file and breaks it learns of it in the dashboard, and since when; mended, the alarm ends."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    whole = [True, False, False, True]
    running.phrases_whole = lambda: whole[0]
    seen = []
    while whole:
        await running._live()
        beat = running.store.pulse.all()[PHRASES]
        seen.append((beat.state, [one.trouble for one in alarms(running.store.pulse.all(), specimen(), NOW)]))
        whole.pop(0)

    broken = ("broken", [Trouble.PHRASES_BROKEN])
    assert seen == [("whole", []), broken, broken, ("whole", [])]


async def test_told_to_stop_it_lets_go_of_whatever_it_waits_for(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox that hangs and a letter that is never answered for hold the end up no longer than a letter may take."""
    monkeypatch.setattr(watch, "LAST_LETTER", 0.1)

    class Hanging(Doing):
        async def send_approved(self) -> int:  # type: ignore[override]
            self.calls += 1
            await asyncio.sleep(3600)
            return 0

    async def hangs(folder: str) -> FolderState:
        await asyncio.sleep(3600)
        raise AssertionError(folder)

    monkeypatch.setattr(mailbox, "select", hangs)
    sending = Hanging()
    running = agent(mailbox, sending=sending, reminding=Doing(), purging=Doing(), fails=[])
    task = asyncio.create_task(running.run())
    await _until(lambda: sending.calls > 1)
    running.stop()

    await asyncio.wait_for(task, 5)


@dataclass
class SlowReader:
    """Reads a file until it is given up, as the reader of the agent does; counts files. `ends`: it knows."""

    ends: bool = True
    begun: threading.Event = field(default_factory=threading.Event)
    given_up: threading.Event = field(default_factory=threading.Event)
    files: int = 0

    def __call__(self, data: bytes, form: Format) -> tuple[FileState, str]:
        self.files += 1
        self.begun.set()
        assert self.given_up.wait(30)
        if self.ends:
            raise ReadingEnded
        return FileState.TOO_LARGE, ""


def _with_file(number: int) -> bytes:
    head = "From: maija@posti.example\r\nSubject: Liite\r\nContent-Type: application/pdf\r\n"
    return f"{head}Message-ID: <{number}@posti.example>\r\n\r\n%PDF-1.7".encode()


async def _stopped_while_it_reads(running: Agent, reader: SlowReader) -> None:
    running.give_up = reader.given_up.set if reader.ends else lambda: None
    task = asyncio.create_task(running.run())
    assert await asyncio.to_thread(reader.begun.wait, 30)
    running.stop()
    await asyncio.wait_for(task, 5)


async def test_a_file_in_quarantine_that_is_given_up_is_read_after_the_next_start(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to stop while it reads a mail again, the agent stores nothing of it, least of all that it was tried."""
    running, reader = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[]), SlowReader()
    profile = running.profile
    with monkeypatch.context() as older:
        older.setattr(taking, "understand", lambda *_: 1 / 0)
        taken = poll.Poll(mailbox, profile.mailbox, running.store, running.recogniser, profile, lambda: NOW)
        unread = RawMessage(Place(profile.account, "INBOX", 1, 1), NOW, _with_file(1))
        taken.take_in([unread], Cursor(profile.account, "INBOX", 1, 0))
    reads = Taking(running.store, running.recogniser, profile, lambda: NOW, reader)
    running.rereading = Rereading(running.store, reads, "2.0")
    await _stopped_while_it_reads(running, reader)

    assert [waiting.key for waiting in running.store.mails.unread("2.0")] == [1]


async def test_told_to_stop_it_begins_no_further_mail_of_a_batch(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many mails came together: the agent ends, the thread with the mail in its hands; nothing is stored."""

    async def together(uids: Sequence[int]) -> AsyncIterator[Fetched]:
        yield Fetched(tuple(RawMessage(Place("a", "INBOX", 1, uid), NOW, _with_file(uid)) for uid in uids))

    mailbox.mails = [_with_file(number) for number in range(50)]
    monkeypatch.setattr(mailbox, "fetch", together)
    running, reader = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[]), SlowReader(False)
    running.reads = reader
    await _stopped_while_it_reads(running, reader)
    reader.given_up.set()
    await asyncio.get_running_loop().shutdown_default_executor()

    assert reader.files == 1
    assert running.store.reading.cursor(running.profile.account, "INBOX") is None


async def test_what_was_read_again_before_a_failure_is_followed_up(mailbox: Fake) -> None:
    """The store is busy at the second mail: the case of the first gets its letter all the same."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.rereading = Doing(StoreBusy("locked"))  # type: ignore[assignment]
    profile = running.profile
    taken = poll.Poll(mailbox, profile.mailbox, running.store, running.recogniser, profile, lambda: NOW)
    taken.take_in(
        [RawMessage(Place(profile.account, "INBOX", 1, 1), NOW, LETTER)], Cursor(profile.account, "INBOX", 1, 0)
    )
    [case] = running.store.cases.open_cases()
    with pytest.raises(StoreBusy):
        await running._reread()

    assert running.store.drafts.for_case(case.key)


async def test_told_to_stop_it_writes_no_further_letters(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first look may bring hundreds of requests: their letters hold up no end, and are written by the next start."""
    monkeypatch.setattr(watch, "A_FEW", 2)
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])

    def told_to_stop(count: int) -> bytes:
        running.stop()
        return bytes(range(count))

    running.drafting = Drafting(running.store, running.profile, lambda: NOW, told_to_stop)
    mailbox.mails = [LETTER.replace(b"1@", b"%d@" % number).replace(b"maija@", b"m%d@" % number) for number in range(6)]
    poll.Poll(
        mailbox, running.profile.mailbox, running.store, running.recogniser, running.profile, lambda: NOW
    ).take_in(
        [RawMessage(Place("a", "INBOX", 1, uid), NOW, raw) for uid, raw in enumerate(mailbox.mails, 1)],
        Cursor("a", "INBOX", 1, 0),
    )
    await asyncio.wait_for(running.run(), 5)

    assert len(running.store.cases.without_letter()) == 4


async def test_mail_that_comes_while_other_folders_are_read_is_not_left_lying(mailbox: Fake) -> None:
    """Nobody announces it, so it is looked for before the agent waits."""

    def comes() -> None:
        mailbox.mails = [LETTER]

    mailbox.at_select = comes
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    task = asyncio.create_task(running.run())
    await _until(lambda: mailbox.waits > 0)
    running.stop()
    await task

    assert len(running.store.cases.open_cases()) == 1


def _connection_state(running: Agent) -> str:
    beat = running.store.pulse.read(connection(running.profile.account))
    return beat.state if beat else ""


async def test_an_expired_sign_in_is_loud_and_its_renewal_is_noticed(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token stopped renewing: shown and mailed at once, and the agent goes on by itself once a person signed in."""
    monkeypatch.setattr(mailwatch, "LOOK_FOR_GRANT", 0.01)
    fails: list[Exception] = [GrantExpired("login.example", "t", "invalid_grant") for _ in range(5)]
    sending = Doing()
    running = agent(mailbox, sending=sending, reminding=Doing(), purging=Doing(), fails=fails)
    shown: list[str] = []
    task = asyncio.create_task(running.run())
    await _until(lambda: bool(shown.append(_connection_state(running))) or mailbox.waits > 0)
    running.stop()
    await task

    assert "grant_expired" in shown
    assert _connection_state(running) == "connected"
    assert running.store.reminders.claimed(None)


async def test_a_refused_password_is_tried_once(mailbox: Fake) -> None:
    """Accounts get locked: only a person starts it again."""
    fails: list[Exception] = [LoginRefused("mail.example", "t", "no") for _ in range(9)]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=fails)
    task = asyncio.create_task(running.run())
    await _until(lambda: _connection_state(running) == "login_refused")
    await _until(lambda: bool(running.store.reminders.claimed(None)))
    running.stop()
    await task

    assert len(fails) == 8


async def test_a_mailbox_that_hangs_holds_up_no_other(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """One server answers nothing for hours: the other mailbox's requests become cases."""
    other = specimen().mailbox.model_copy(update={"user": "rekry@yritys.example"})
    hung = Fake()

    async def hangs(folder: str) -> FolderState:
        await asyncio.sleep(3600)
        raise AssertionError(folder)

    monkeypatch.setattr(hung, "select", hangs)
    mailbox.mails = [LETTER]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.profile = running.profile.model_copy(
        update={"mailbox": other, "more_mailboxes": (running.profile.mailbox,)}
    )

    @asynccontextmanager
    async def connect(server: Server) -> AsyncIterator[Connection]:
        yield hung if server is other else mailbox

    running.connect = connect
    task = asyncio.create_task(running.run())
    await _until(lambda: bool(running.store.cases.open_cases()))
    running.stop()
    await asyncio.wait_for(task, 5)


async def test_a_server_that_announces_nothing_is_found_out(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """IDLE went deaf: the mail is found by the look at intervals, and from then on the server is asked more often."""
    rounds: list[float] = []

    async def deaf(seconds: float) -> bool:
        rounds.append(seconds)
        if len(rounds) == 1:
            mailbox.mails = [LETTER]  # received at NOW, announced by nobody
            return False
        mailbox.waits += 1
        await asyncio.sleep(3600)
        return False

    monkeypatch.setattr(mailbox, "wait", deaf)
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    running.now = lambda: NOW + timedelta(hours=1)
    task = asyncio.create_task(running.run())
    await _until(lambda: mailbox.waits > 0)
    running.stop()
    await task

    assert len(running.store.cases.open_cases()) == 1
    odd = running.store.pulse.read(oddities(running.profile.account))
    assert odd is not None
    assert "deaf" in odd.detail
    assert rounds[1] <= mailwatch.DEAF_ROUND < rounds[0]


async def test_mail_in_a_folder_that_nobody_listens_to_is_no_sign_of_deafness(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Junk is looked into at intervals; what lay there meanwhile was not to be announced."""

    async def quiet(seconds: float) -> bool:
        mailbox.junk = [LETTER]
        mailbox.waits += 1
        await asyncio.sleep(min(seconds, 0.05))
        return False

    monkeypatch.setattr(mailbox, "wait", quiet)
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    often = running.profile.mailbox.model_copy(update={"sync_minutes": 0.0005})
    running.profile = running.profile.model_copy(update={"mailbox": often})
    running.now = lambda: NOW + timedelta(hours=1)
    task = asyncio.create_task(running.run())
    await _until(lambda: bool(running.store.cases.open_cases()) and mailbox.waits > 3)
    running.stop()
    await task

    odd = running.store.pulse.read(oddities(running.profile.account))
    assert odd is not None
    assert "deaf" not in odd.detail


async def test_a_pass_without_a_mailbox_still_reminds_and_sends(mailbox: Fake) -> None:
    """Cron's pass does what it can, and says in the end what it could not."""
    sending, reminding, purging = Doing(), Doing(), Doing()
    gone: list[Exception] = [MailboxUnreachable("h", 1, "gone")]
    running = agent(mailbox, sending=sending, reminding=reminding, purging=purging, fails=gone)
    with pytest.raises(InboxAgentError):
        await running.once()

    assert (reminding.calls, purging.calls) == (1, 1)
    assert sending.calls == 2


def test_a_mail_that_nobody_can_decide_on_is_quarantined_alone(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug behind the parser costs neither the mail nor its batch, nor is it met again for ever."""
    profile = specimen()
    store = Store.open(":memory:")
    taking = poll.Poll(mailbox, profile.mailbox, store, Recogniser.load(), profile, lambda: NOW)
    far = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)  # has no date in Helsinki
    batch = [
        RawMessage(Place(profile.account, "INBOX", 1, 1), far, LETTER),
        RawMessage(Place(profile.account, "INBOX", 1, 2), NOW, LETTER.replace(b"<1@", b"<2@")),
    ]
    report = taking.take_in(batch, Cursor(profile.account, "INBOX", 1, 0))

    assert (report.quarantined, report.cases) == (1, 1)
    assert store.reading.cursor(profile.account, "INBOX") == Cursor(profile.account, "INBOX", 1, 2)


def test_a_bounced_answer_gives_its_rights_their_old_clocks_back(mailbox: Fake) -> None:
    """What was answered by a letter that nobody got is owed as before, not a month later."""
    profile, store = specimen(), Store.open(":memory:")
    taking = poll.Poll(mailbox, profile.mailbox, store, Recogniser.load(), profile, lambda: NOW)

    def comes(uid: int, raw: bytes) -> None:
        place = Place(profile.account, "INBOX", 1, uid)
        taking.take_in([RawMessage(place, NOW, raw)], Cursor(profile.account, "INBOX", 1, uid - 1))

    comes(1, LETTER)
    [case] = store.cases.open_cases()
    if case.status is CaseStatus.CANDIDATE:
        store.cases.confirm(case.key, None, Event(NOW, "person:Helmi", Act.CASE_CONFIRMED))
    for request in case.requests:
        store.cases.decide(request.key, Outcome.GRANTED, {}, Event(NOW, "person:Helmi", Act.REQUEST_DECIDED))
        store.cases.answered(request.key, Event(NOW, AGENT, Act.REQUEST_ANSWERED))
    store.cases.close(case.key, Event(NOW, AGENT, Act.CASE_CLOSED))
    comes(
        2,
        b"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n"
        b"Message-ID: <1@posti.example>\r\n",
    )

    [again] = store.cases.open_cases()
    assert [(request.status, request.received_on) for request in again.requests] == [
        (RequestStatus.OPEN, request.received_on) for request in case.requests
    ]


async def test_what_follows_is_done_where_something_was_read_again_and_not_else(mailbox: Fake) -> None:
    """Nothing read: nothing follows. Told to stop in the middle: the next start does it."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    follows = Doing()
    running._follow_up = follows  # type: ignore[method-assign]
    await running._reread()
    assert follows.calls == 0

    async def one_more() -> SyncReport:
        return SyncReport(joined=1)

    running.rereading = Doing()  # type: ignore[assignment]
    running.rereading.look = one_more  # type: ignore[method-assign]
    await running._reread()
    assert follows.calls == 1

    async def hangs() -> SyncReport:
        await asyncio.sleep(3600)
        return SyncReport()

    running.rereading.look = hangs  # type: ignore[method-assign]
    reading = asyncio.create_task(running._reread())
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert follows.calls == 1


async def test_what_follows_needs_no_mailbox(mailbox: Fake) -> None:
    """The log-in is refused: who telephoned gets a first letter all the same, by the agent and by cron's pass."""
    for once in (False, True):
        fails: list[Exception] = [LoginRefused("mail.example", "t", "no") for _ in range(9)]
        running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=fails)
        key = running.store.cases.record(a_case(), "", *[Event(NOW, "person:Helmi", Act.CASE_OPENED)] * 2)
        if once:
            with pytest.raises(LoginRefused):
                await running.once()
        else:
            task = asyncio.create_task(running.run())
            await _until(lambda: bool(running.store.drafts.for_case(key)))  # noqa: B023
            running.stop()
            await task

        assert running.store.drafts.for_case(key)


async def test_a_step_that_fails_keeps_back_no_other(mailbox: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug where old mails are looked through: the first letters are written, and the mailbox stays connected."""
    monkeypatch.setattr(Identifying, "mask_codes", lambda _: 1 / 0)
    mailbox.mails = [LETTER]
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    await running.once()
    [opened] = running.store.cases.open_cases()

    assert running.store.drafts.for_case(opened.key)
