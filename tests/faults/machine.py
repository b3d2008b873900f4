"""What happens to the machine: the agent killed at every step, a full disk, a locked database, another clock."""

from __future__ import annotations

import asyncio
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from structlog.testing import capture_logs

from inbox_agent.adapters import beside, fetch, idle
from inbox_agent.adapters.beside import ReaderBeside
from inbox_agent.adapters.smtp import SmtpSender
from inbox_agent.errors import AgentRunning
from inbox_agent.rules.understand import Understood
from state.errors import StoreBusy, StoreFull
from state.model import DraftStatus
from tests.faults.world import ASKS, Bench, Tally, World, locked
from tests.whole_way import proposed

# Where the agent is killed (-9): just before, or just after, it does this for the n-th time.
STEPS = {
    "before it connects": ("inbox_agent.adapters.session", "Session.open", "before"),
    "when it has selected a folder": ("inbox_agent.adapters.session", "Session.select", "after"),
    "when it has fetched": ("inbox_agent.adapters.session", "Session.read", "after"),
    "before a batch is stored": ("inbox_agent.services.poll", "Poll.take_in", "before"),
    "while a batch is stored": ("state.store.reading", "Reading.save_cursor", "before"),
    "when a batch is stored": ("inbox_agent.services.poll", "Poll.take_in", "after"),
    "before mails are moved": ("inbox_agent.adapters.session", "Session.move", "before"),
    "when mails are moved": ("inbox_agent.adapters.session", "Session.move", "after"),
    "when the look is over": ("inbox_agent.services.poll", "Poll.sync", "after"),
    "while letters are proposed": ("inbox_agent.services.draft", "Drafting.propose_first_letters", "before"),
    "before the claim": ("state.store.drafts", "Drafts.claim", "before"),
    "between claim and wire": ("inbox_agent.adapters.smtp", "SmtpSender.send", "before"),
    "when the text has left": ("inbox_agent.adapters.smtp", "SmtpSender.send", "after"),
    "before the answer is recorded": ("inbox_agent.services.settle", "sent", "before"),
    "when the answer is recorded": ("inbox_agent.services.settle", "sent", "after"),
    "while our copy is saved": ("inbox_agent.adapters.sent", "ImapSentFolder.save", "before"),
}

READING = ("when it has fetched", "before a batch is stored", "while a batch is stored", "when a batch is stored")
"""The steps at which readers beside the agent may be at work."""

BACKLOG_WITHIN = 150.0  # seconds, on a busy machine: programs are started, and hundreds of mails read

_KILLER = """
import functools, importlib, inspect, os, signal, sys
module, path, moment = sys.argv[1:4]
owner = importlib.import_module(module)
*inside, name = path.split(".")
for part in inside:
    owner = getattr(owner, part)
kept = inspect.getattr_static(owner, name)
original = kept.__func__ if isinstance(kept, classmethod) else kept

def die():
    os.kill(os.getpid(), signal.SIGKILL)

if inspect.iscoroutinefunction(original):
    @functools.wraps(original)
    async def killed(*arguments, **named):
        if moment == "before":
            die()
        await original(*arguments, **named)
        die()
else:
    @functools.wraps(original)
    def killed(*arguments, **named):
        if moment == "before":
            die()
        original(*arguments, **named)
        die()

setattr(owner, name, classmethod(killed) if isinstance(kept, classmethod) else killed)
from inbox_agent.adapters import beside
from inbox_agent.cli import main
beside.WORTH_IT = int(sys.argv[4])
sys.exit(main(sys.argv[5:]))
"""


async def killed(bench: Bench, step: str, worth_it: int = beside.WORTH_IT) -> Tally:
    """Killed in the middle of a pass with mail to take in and a letter to send; two more passes, nothing else. From so
    many mails on readers are started that are worth it.
    """
    module, path, moment = STEPS[step]
    with bench.world(mailbox='move_to = "Archive"') as world:
        world.deliver(1)
        await _pass(world)
        with world.store(5.0) as store:
            world.approve_all(store)
        world.deliver(3)
        words = [sys.executable, "-c", _KILLER, module, path, moment, str(worth_it), "run", "--once"]
        done = await asyncio.to_thread(
            subprocess.run,
            [*words, "--profile", world.company.profile_path],
            check=False,
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        for _ in range(2):
            await _pass(world)
        return world.tally()


async def _pass(world: World) -> None:
    """`inbox-agent run --once`, as a process."""
    done = await asyncio.to_thread(world.company.command, "run", "--once")
    assert done.returncode == 0, done.stderr


async def reader_killed(bench: Bench) -> Tally:
    """What reads along a backlog is killed as soon as it is asked: the agent reads all itself."""
    with bench.world() as world, world.store() as store:
        world.account.append(*(world.mail() for _ in range(120)))
        world.sent_in = world.account.mails()
        met = 0

        def killing(raws: Sequence[bytes]) -> Sequence[Understood | None]:
            nonlocal met
            met += 1
            reader.process.kill()
            return ReaderBeside.understand(reader, raws)

        @contextmanager
        def readers(_mails: int) -> Iterator[Sequence[ReaderBeside]]:
            nonlocal reader
            reader = ReaderBeside(world.company.profile, lambda: False)
            with patch.object(reader, "understand", killing):
                yield [reader]
            reader.end()

        reader: ReaderBeside
        async with world.running(store) as agent:
            agent.beside = readers
            await world.until(world.has_everything)
        assert met
        return world.tally()


async def taken_over(bench: Bench) -> Tally:
    """Killed in the middle of a backlog of which another process reads a part. A second agent, which the first kept out
    for as long as it was there, reads the rest and writes every letter.
    """
    with bench.world() as world:
        world.deliver(1)
        await _pass(world)
        says = (ASKS, *("kokous on huomenna kello kymmenen.",) * 9)
        world.account.append(*(world.mail(says[n % 10]) for n in range(beside.WORTH_IT + fetch.BATCH_MAILS)))
        world.sent_in = world.account.mails()
        first = world.company.start("run")
        try:
            await world.until(lambda: world.stored() > fetch.BATCH_MAILS, BACKLOG_WITHIN)
            first.send_signal(signal.SIGSTOP)  # so that it is in the middle, however long the second takes to start
            refused = await asyncio.to_thread(world.company.command, "run")
            assert refused.returncode == AgentRunning.exit_code, refused.stderr
        finally:
            first.kill()
            first.wait()
        assert not world.has_everything()
        second = world.company.start("run")
        try:
            with world.store() as store:
                await world.until(lambda: world.answers_everything(store), BACKLOG_WITHIN)
                assert len(proposed(store)) == len(store.cases.open_cases())
        finally:
            second.terminate()
            second.wait(10)
        return world.tally()


async def disk_full(bench: Bench, worth_it: int = beside.WORTH_IT) -> Tally:
    """The database cannot grow while mail comes: nothing is taken in until there is room, and nothing is forgotten."""
    with bench.world() as world, world.store() as store, patch.object(beside, "WORTH_IT", worth_it):
        world.deliver(2)
        async with world.running(store):
            await world.until(world.has_everything, BACKLOG_WITHIN)
            [pages] = store._database.rows("pragma page_count")
            store._database.rows(f"pragma max_page_count = {pages[0]}")
            world.account.append(*(world.mail() + b"." * 40_000 for _ in range(6)))
            world.sent_in[-6:] = world.account.mails()[-6:]
            await world.until(lambda: "database" in world.shown)
            store._database.rows("pragma max_page_count = 1000000")
            await world.until(world.has_everything, BACKLOG_WITHIN)
        return world.tally()


async def file_may_not_grow(bench: Bench) -> Tally:
    """The system itself refuses to let the database's files grow: a quota, a full disk, as a process meets it."""
    with bench.world() as world:
        world.deliver(1)
        await _pass(world)
        world.account.append(*(world.mail() + b"." * 60_000 for _ in range(4)))
        world.sent_in[-4:] = world.account.mails()[-4:]
        before, size = world.notices(), world.database.stat().st_size
        limits = (resource.RLIMIT_FSIZE, (size + 40_000, size + 40_000))
        refused = await asyncio.to_thread(
            world.company.command, "run", "--once", preexec_fn=lambda: resource.setrlimit(*limits)
        )
        assert refused.returncode == 1, refused.stderr
        assert world.notices() == before + 1, refused.stderr
        world.shown.update({"exit status", "mail", "words"})
        await _pass(world)
        return world.tally()


async def start_refused(bench: Bench, broken: Callable[[World], AbstractContextManager[object]], code: int) -> Tally:
    """Something keeps the agent from starting, twice; then it is whole. The person has it by mail once, and its end."""
    with bench.world() as world:
        world.deliver(2)
        await _pass(world)
        before = world.notices()
        with broken(world):
            world.deliver(2)
            for _ in range(2):
                refused = await asyncio.to_thread(world.company.command, "run", "--once")
                assert refused.returncode == code, refused.stderr
            assert world.notices() == before + 1, refused.stderr
            world.shown.update({"exit status", "mail", "words"})
        await _pass(world)
        assert world.notices() == before + 2
        return world.tally()


@contextmanager
def disk_away(world: World) -> Iterator[None]:
    """The database's disk is not mounted: its folder is empty, without the lock of its agent too. Nothing is made."""
    database = world.database
    files = list(database.parent.glob(f"{database.name}*"))
    disk = database.parent / "disk"
    disk.mkdir()
    for file in files:
        file.rename(disk / file.name)
    yield
    assert list(database.parent.glob(f"{database.name}*")) == []
    for file in files:
        (disk / file.name).rename(file)


@contextmanager
def profile_changed(world: World, old: str, new: str) -> Iterator[None]:
    """Its file says something else."""
    path = world.company.profile_path
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new), encoding="utf-8")
    yield
    path.write_text(whole, encoding="utf-8")


async def database_locked(bench: Bench) -> Tally:
    """A backup, or a hand with a database program, holds the write lock for longer than we wait."""
    with bench.world() as world, world.store() as store:
        world.deliver(2)
        path = world.database
        async with world.running(store):
            await world.until(world.has_everything)
            with locked(path), capture_logs() as said:
                world.deliver(3)
                await world.until(lambda: _met(said, "disconnected"))
            await world.until(lambda: world.answers_everything(store))
            world.approve_all(store)
            with locked(path), capture_logs() as said:
                await world.until(lambda: _met(said, "failed"))
            await world.until(world.settled)
        return world.tally()


def _met(said: Sequence[MutableMapping[str, Any]], event: str, why: type[Exception] = StoreBusy) -> bool:
    """Whether the agent has waited for the lock, or for room, in vain, as its log tells."""
    return any((line["event"], line.get("error")) == (event, why.__name__) for line in said)


async def no_room_as_a_letter_leaves(bench: Bench) -> Tally:
    """The letter was claimed and the mail server took it; that it did cannot be written down before there is room."""
    with bench.world() as world, world.store() as store:
        world.deliver(1)
        sending = SmtpSender.send

        async def send(sender: SmtpSender, *mail: Any) -> str:
            answer = await sending(sender, *mail)
            resource.setrlimit(resource.RLIMIT_FSIZE, (_written(world), hard))
            return answer

        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        async with world.running(store):
            await world.until(lambda: world.answers_everything(store))
            try:
                with patch.object(SmtpSender, "send", send), capture_logs() as said:
                    world.approve_all(store)
                    await world.until(lambda: _met(said, "failed", StoreFull))
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            await world.until(world.settled)
        return world.tally()


def _written(world: World) -> int:
    """How large the database's files are: with no more than that nothing can be written."""
    return max(file.stat().st_size for file in world.database.parent.glob(f"{world.database.name}*"))


async def slept(bench: Bench) -> Tally:
    """The machine sleeps for a night with connections open, of which the mail server knows nothing in the morning.
    That no mail was read meanwhile is nobody's trouble: nobody is alarmed.
    """
    with bench.world() as world, world.store() as store:
        world.deliver(2)
        night, awake = timedelta(hours=8), idle.passed
        async with world.running(store):
            await world.until(lambda: world.answers_everything(store) and world.connected())
            bench.dovecot.freeze()
            try:
                world.shift = night
                with patch.object(idle, "passed", lambda: awake() + night.total_seconds()):
                    await world.until(lambda: not world.connected())
            finally:
                bench.dovecot.thaw()
            world.deliver(2)
            await world.until(lambda: world.answers_everything(store))
            world.approve_all(store)
            await world.until(world.settled)
        assert not any(rung.startswith("alarm:") for rung in world.told())
        return world.tally()


async def clock_changed(bench: Bench, by: timedelta) -> Tally:
    """The machine's clock is set, to the past or the future, while mail comes and a letter waits."""
    with bench.world() as world, world.store() as store:
        world.deliver(2)
        async with world.running(store):
            await world.until(lambda: world.answers_everything(store))
            world.approve_all(store)
            await world.until(world.settled)
            world.shift = by
            world.deliver(2)
            await world.until(lambda: world.answers_everything(store))
            world.shift = timedelta()
            world.approve_all(store)
            await world.until(world.settled)
            assert DraftStatus.UNCERTAIN not in world.statuses()
        return world.tally()
