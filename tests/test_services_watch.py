"""The agent goes on: whatever one of its tasks meets, the others work, and it ends when it is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.errors import Alarmed, InboxAgentError, LoginRefused, MailboxUnreachable
from inbox_agent.phrasing.alarms import to_do
from inbox_agent.phrasing.errors import phrase
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import DUTIES, PHRASES, Trouble, alarms
from inbox_agent.rules.attached import FileState, Format, ReadingEnded
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.customers import Entry
from inbox_agent.services import mailwatch, obliging, poll, taking, watch
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.report import SyncReport
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.taking import Taking
from inbox_agent.services.watch import Agent
from state.errors import IllegalTransition, StaleWrite, StoreBusy
from state.model import (
    AGENT,
    Act,
    Case,
    CaseStatus,
    Cursor,
    Event,
    Fetched,
    FolderState,
    Letter,
    Outcome,
    Party,
    Place,
    RawMessage,
    Request,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.agent_world import LETTER, NOW, Doing, Fake, agent, until
from tests.state_examples import AINO, approved, opened
from tests.state_examples import case as a_case


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


async def test_no_failure_of_one_task_ends_another(mailbox: Fake) -> None:
    """A busy store, a dead wire and a bug of ours in every task: each goes on, and the agent ends in order."""
    errors = [StoreBusy("locked"), RuntimeError("ours"), MailboxUnreachable("h", 1, "gone")]
    sending, reminding, purging = Doing(*errors), Doing(*errors), Doing(*errors)
    running = agent(mailbox, sending=sending, reminding=reminding, purging=purging, fails=list(errors))
    task = asyncio.create_task(running.run())
    await until(lambda: mailbox.waits > 0 and min(sending.calls, reminding.calls, purging.calls) > 5)
    running.stop()
    await asyncio.wait_for(task, 5)

    beat = running.store.pulse.read("agent")
    assert beat is not None
    assert beat.state == "stopped"
    assert mailbox.closed


async def test_letters_that_our_own_code_cannot_send_are_alarmed_until_they_leave_again(mailbox: Fake) -> None:
    """Neither the mail server nor the mailbox is at fault, so no other alarm would tell of it."""
    sending = Doing(*(RuntimeError("ours") for _ in range(3)))
    running = agent(mailbox, sending=sending, reminding=Doing(), purging=Doing(), fails=[])

    def troubles() -> list[Trouble]:
        return [alarm.trouble for alarm in alarms(running.store.pulse.all(), running.profile, NOW)]

    task = asyncio.create_task(running.run())
    await until(lambda: Trouble.DUTY_FAILS in troubles())
    await until(lambda: sending.calls > 3 and Trouble.DUTY_FAILS not in troubles())
    running.stop()
    await asyncio.wait_for(task, 5)


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


@pytest.mark.parametrize(("asleep", "troubles"), [(True, []), (False, [Trouble.NO_SYNC])])
async def test_a_mailbox_that_was_not_read_while_the_machine_slept_alarms_nobody(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch, *, asleep: bool, troubles: list[Trouble]
) -> None:
    """The process's own time stands still in a sleep: only what was silent while it was awake is suspicious."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    loop, night, shift = asyncio.get_running_loop(), timedelta(hours=8), timedelta()
    own = loop.time
    monkeypatch.setattr(loop, "time", lambda: own() + (0 if asleep else shift.total_seconds()))
    running.now = lambda: NOW + shift
    running._begun = NOW
    await running._live()
    assert alarms(running.store.pulse.all(), running.profile, NOW) == ()
    shift = night
    await running._live()

    assert [one.trouble for one in alarms(running.store.pulse.all(), running.profile, NOW + night)] == troubles


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
    await until(lambda: sending.calls > 1)
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


class Nobody:
    """A customers' register without entries, which knows who was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, asked: Party) -> tuple[Entry, ...]:
        self.asked.append(asked.address)
        return ()


async def test_whoever_writes_between_two_batches_of_letters_is_looked_up_before_theirs(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first letter may ask for what the register knows already."""
    monkeypatch.setattr(watch, "A_FEW", 1)
    running, register = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[]), Nobody()
    running.identifying = Identifying(running.store, running.profile, register, lambda: NOW, "1.0")
    takes = poll.Poll(mailbox, running.profile.mailbox, running.store, running.recogniser, running.profile, lambda: NOW)

    def arrives(uid: int) -> None:
        raw = LETTER.replace(b"1@", b"%d@" % uid).replace(b"maija@", b"m%d@" % uid)
        takes.take_in([RawMessage(Place("a", "INBOX", 1, uid), NOW, raw)], Cursor("a", "INBOX", 1, uid))

    real, known = running.drafting.propose_first_letters, list[int]()

    def writes(most: int) -> int:
        known.append(len(running.store.cases.not_looked_up()))
        written = real(most)
        if len(known) == 1:
            arrives(2)
        return written

    monkeypatch.setattr(Drafting, "propose_first_letters", lambda _, most: writes(most))
    arrives(1)
    await running._follow_up()

    assert known[:2] == [0, 0]
    assert [address.partition("@")[0] for address in register.asked] == ["m1", "m2"]


async def test_nobody_is_written_to_before_they_were_looked_up_whoever_wrote_the_letter(mailbox: Fake) -> None:
    """A request on paper is answered at the desk at once, between two looks: the register is asked first."""
    running, register = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[]), Nobody()
    running.identifying = Identifying(running.store, running.profile, register, lambda: NOW, "1.0")
    await running._settle_and_send()
    assert register.asked == []
    key = approved(running.store, opened(running.store))
    assert running.store.drafts.ready(NOW)[0].key == key
    await running._settle_and_send()

    assert register.asked == [AINO.address]


async def test_a_look_up_on_which_our_own_code_fails_is_told_to_a_person_and_keeps_back_no_other(mailbox: Fake) -> None:
    """The log alone is read by nobody: it is an alarm until it works again."""

    class Breaks(Nobody):
        broken = True

        def find(self, asked: Party) -> tuple[Entry, ...]:
            super().find(asked)
            if self.broken and asked.address.startswith("m1@"):
                raise ValueError(asked)
            return ()

    running, register = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[]), Breaks()
    running.identifying = Identifying(running.store, running.profile, register, lambda: NOW, "1.0")
    takes = poll.Poll(mailbox, running.profile.mailbox, running.store, running.recogniser, running.profile, lambda: NOW)
    for uid in (1, 2):
        raw = LETTER.replace(b"1@", b"%d@" % uid).replace(b"maija@", b"m%d@" % uid)
        takes.take_in([RawMessage(Place("a", "INBOX", 1, uid), NOW, raw)], Cursor("a", "INBOX", 1, uid))

    async def troubles() -> list[Trouble]:
        await running._live()
        return [alarm.trouble for alarm in alarms(running.store.pulse.all(), running.profile, NOW)]

    await running._follow_up()
    assert Trouble.DUTY_FAILS in await troubles()
    assert len(running.store.cases.not_looked_up()) == 1
    assert running.store.cases.without_letter() == ()
    register.broken = False
    await running._follow_up()
    assert Trouble.DUTY_FAILS not in await troubles()
    assert running.store.cases.not_looked_up() == ()


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
            await until(lambda: bool(running.store.drafts.for_case(key)))  # noqa: B023
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


@pytest.mark.parametrize("error", [KeyError("ours"), IllegalTransition("case", "open", "open")])
async def test_a_case_that_our_own_code_cannot_write_to_keeps_back_no_other_and_is_alarmed(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Its duties and its letter fail; the others get theirs, however the failure is called."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    opened = [
        running.store.cases.record(a_case(RequestKind.MARKETING_OBJECTION), "", *[Event(NOW, "person:Helmi", act)] * 2)
        for act in [Act.CASE_OPENED] * 2
    ]
    broken = opened[0]
    real_letter, real_duties = Drafting._propose, obliging.with_right

    def letter(self: Drafting, case: Case, kind: Letter) -> bool:
        if case.key == broken:
            raise error
        return real_letter(self, case, kind)

    def duties(store: Store, profile: ControllerProfile, request: Request, event: Event) -> None:
        if request.case == broken:
            raise error
        real_duties(store, profile, request, event)

    monkeypatch.setattr(Drafting, "_propose", letter)
    monkeypatch.setattr(obliging, "with_right", duties)
    await running._follow_up()
    await running._live()

    assert [bool(running.store.drafts.for_case(key)) for key in opened] == [False, True]
    assert [bool(running.store.duties.of_case(key)) for key in opened] == [False, True]
    [found] = [one for one in alarms(running.store.pulse.all(), running.profile, NOW) if one.mailbox == 0]
    number = running.store.cases.get(broken).number
    assert (found.trouble, found.cases) == (Trouble.DUTY_FAILS, number)
    assert number in to_do(found)
    assert number in "\n".join(phrase(Alarmed(found.trouble, found.since, found.cases)))


async def test_what_a_person_changed_while_cases_were_listed_is_no_bug(
    mailbox: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store refuses once, for the case is another by now; read anew it is written to, and nobody is alarmed."""
    running = agent(mailbox, sending=Doing(), reminding=Doing(), purging=Doing(), fails=[])
    key = opened(running.store)
    real, refusals = Drafting._propose, [StaleWrite("draft", 1, "proposed")]

    def letter(self: Drafting, case: Case, kind: Letter) -> bool:
        if refusals:
            raise refusals.pop()
        return real(self, case, kind)

    monkeypatch.setattr(Drafting, "_propose", letter)
    await running._follow_up()

    assert running.store.drafts.for_case(key)
    beat = running.store.pulse.read(DUTIES)
    assert beat is not None
    assert beat.state == "well"


async def test_an_act_whose_change_the_store_refuses_is_alarmed(mailbox: Fake) -> None:
    """The store itself is well: it is code of ours that asks for what the law of change does not give."""
    refused = IllegalTransition("case", "purged", "open")
    sending = Doing(*(refused for _ in range(50)))
    running = agent(mailbox, sending=sending, reminding=Doing(), purging=Doing(), fails=[])
    task = asyncio.create_task(running.run())

    def troubles() -> list[Trouble]:
        return [alarm.trouble for alarm in alarms(running.store.pulse.all(), running.profile, NOW)]

    await until(lambda: Trouble.DUTY_FAILS in troubles())
    running.stop()
    await asyncio.wait_for(task, 5)
