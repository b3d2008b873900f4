"""The agent: keeps the mailboxes watched, letters sent and reminders made, and says that it lives.

Supervises; decides nothing. Every wait ends at once when it is told to stop. No failure of one task ends
another, no mailbox waits for another. What it does stands in the store, so that it may be killed at any instant.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from inbox_agent.errors import InboxAgentError
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.alarms import AGENT, DUTIES, PHRASES, connection
from inbox_agent.rules.attached import ReadsFile
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.services import mailwatch
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.canary import Canarying
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.mailwatch import Connect, MailWatch, back_off
from inbox_agent.services.offer import Offering
from inbox_agent.services.one_by_one import Stumbled
from inbox_agent.services.purge import Purging
from inbox_agent.services.remind import Reminding
from inbox_agent.services.report import SyncReport
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.send import Sending
from inbox_agent.services.thinking import Readers, alone
from inbox_agent.services.way_out import Door
from state.errors import STORE_FAILS, StateError
from state.model import Heartbeat
from state.store.store import Store

log = structlog.get_logger()

ALIVE_EVERY = 5.0  # seconds
LOOK_FOR_APPROVALS = 0.5
LOOK_FOR_TROUBLE = 20.0
SLEPT = timedelta(minutes=1)  # of our clock beyond the process's own time: the machine slept, or the clock was set
LOOK_FOR_REMINDERS = 60.0
LOOK_FOR_SENT = 60.0
LOOK_FOR_COPIES = 60.0  # of letters of which nobody knows whether they left
COPY_COMES_WITHIN = timedelta(minutes=10)  # of the claim, where the server itself keeps one; then a person says
LOOK_FOR_UNREAD = 3600.0  # mails that a newer version may read: at the start, and should that have failed
LOOK_FOR_WHAT_FOLLOWS = 3600.0  # whatever the mailboxes do; after each of their looks it is done anyway
LOOK_FOR_ENDED_CASES = 3600.0
A_FEW = 20  # letters written in one go, about a quarter of a second: what keeps a code safe takes its time
LAST_LETTER = 2.5  # that a letter on its way may still take when the agent is told to stop: it ends within five
LAST_BEFORE_RELIEF = 20.0  # the same where another one goes on: less than the silence that is suspicious


@dataclass
class Agent:
    """The running assistant. `connect` opens one connection to a mailbox of the profile; `tell` says to whoever
    supervises the process that it is alive.
    """

    connect: Connect
    store: Store
    recogniser: Classifies
    profile: ControllerProfile
    identifying: Identifying
    drafting: Drafting
    sending: Sending
    reminding: Reminding
    purging: Purging
    door: Door
    alarming: Alarming
    canarying: Canarying
    offering: Offering
    rereading: Rereading
    now: Callable[[], datetime]
    tell: Callable[[], None] = lambda: None
    reads: ReadsFile | None = None
    beside: Readers = alone
    give_up: Callable[[], None] = lambda: None  # ends the reading of a file at once
    phrases_whole: Callable[[], bool] = lambda: True
    renewed: Callable[[Server, datetime], bool] = lambda _server, _since: False  # another secret than was refused then
    relieved: Callable[[], bool] = lambda: False  # another agent stands ready, which works by a changed profile
    _relieved: bool = False
    _stop: asyncio.Event = field(default_factory=asyncio.Event)  # told to, or relieved
    _told_to_stop: asyncio.Event = field(default_factory=asyncio.Event)
    _anew: bool = True  # what waits for the log-in that was refused is to be tried: started, or it was put right
    _unsettled: bool = True  # a crash or a failure may have left letters claimed
    _copies_at: float = 0.0  # of the loop's clock: when copies are looked for again
    _begun: datetime | None = None  # or since when the machine is awake: from then on its silence counts
    _seen: tuple[datetime, float] | None = None  # our clock and the loop's, when they were compared last
    _phrases: str = ""  # as was told last
    _failing: dict[str, tuple[str, ...]] = field(default_factory=dict)  # acts on which our own code failed, and cases
    _told: dict[str, str] | None = None  # the same as was told last

    async def look(self) -> SyncReport:
        """Take the mail in and propose letters; nothing leaves and nobody is reminded. Raises what a mailbox raises."""
        report = SyncReport()
        for server in self.profile.mailboxes:
            report += await self._mailwatch(server).once()
        return report

    async def once(self) -> SyncReport:
        """One pass: settle what a crash left, sync, draft, remind, send what is approved, purge what is due, tell
        what is wrong.

        A mailbox that cannot be read keeps nobody from being reminded: its error is raised last.
        """
        self.show(Heartbeat(AGENT, self.now(), "pass", {}))
        self._look_at_phrases()
        await self.sending.settle_interrupted()
        put_right = await self.door.put_right()
        report, failed = await self.rereading.look(), None
        for server in self.profile.mailboxes:
            try:
                report += await self._mailwatch(server).once()
            except InboxAgentError as error:
                failed = failed or error
        if failed is not None:  # else it was done after each look
            await self._follow_up()
        await self.reminding.remind()
        await self.canarying.look()
        try:
            await self.offering.look()
        except InboxAgentError as error:
            failed = failed or error
        report = replace(report, sent=await self.sending.send_approved(unseen=failed is not None, anew=put_right))
        self.purging.purge()
        await self.alarming.look()
        if failed is not None:
            raise failed
        return report

    async def run(self) -> None:
        """Work until `stop` is called or another agent takes over, whatever fails meanwhile: wire, store, or code of
        ours.
        """
        self._begun = self.now()
        async with asyncio.TaskGroup() as tasks:
            reading = [tasks.create_task(self._mailwatch(server).watch()) for server in self.profile.mailboxes]
            reading.append(tasks.create_task(self._repeat(self._reread, LOOK_FOR_UNREAD)))
            reading.append(tasks.create_task(self._repeat(self._follow_up, LOOK_FOR_WHAT_FOLLOWS)))
            letters = {
                tasks.create_task(self._repeat(self._settle_and_send, LOOK_FOR_APPROVALS)),
                tasks.create_task(self._repeat(self.reminding.remind, LOOK_FOR_REMINDERS)),
                tasks.create_task(self._repeat(self._look_for_trouble, LOOK_FOR_TROUBLE)),
                tasks.create_task(self._repeat(self.canarying.look, LOOK_FOR_REMINDERS)),
                tasks.create_task(self._repeat(self.offering.look, LOOK_FOR_SENT)),
            }
            tasks.create_task(self._repeat(self._purge, LOOK_FOR_ENDED_CASES))
            tasks.create_task(self._repeat(self._live, ALIVE_EVERY))
            tasks.create_task(self._repeat(self._make_way, ALIVE_EVERY))
            await self._stop.wait()
            for task in reading:
                task.cancel()  # a batch is stored whole or not at all, so any moment is good
            cut = tasks.create_task(self._cut_short(letters))
            await asyncio.wait(letters)
            cut.cancel()
        if not self._relieved:
            self.show(Heartbeat(AGENT, self.now(), "stopped", {}))

    def stop(self) -> None:
        """End every wait, also that of one which makes way. Safe to call from a signal handler of the loop."""
        self._told_to_stop.set()
        self._end()

    def _end(self) -> None:
        self._stop.set()
        self.give_up()

    async def _cut_short(self, letters: Collection[asyncio.Task[None]]) -> None:
        """Cancel what takes too long: what had not left yet waits; of the rest nobody knows, and a person is told."""
        if self._relieved:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_BEFORE_RELIEF - LAST_LETTER):
                    await self._told_to_stop.wait()
        await asyncio.sleep(LAST_LETTER)
        for task in letters:
            task.cancel()

    # -- the mailboxes ----------------------------------------------------------------------------

    def _mailwatch(self, server: Server) -> MailWatch:
        return MailWatch(
            server,
            self.connect,
            self.store,
            self.recogniser,
            self.profile,
            self.now,
            self.show,
            self._follow_up,
            self._pause,
            reads=self.reads,
            beside=self.beside,
            renewed=self.renewed,
        )

    async def _follow_up(self) -> None:
        """What follows from what is new. Whoever asks is looked up before the first letter is written."""
        steps = (
            self.identifying.look_up_new,
            self.identifying.cut_documents,
            self.identifying.mask_codes,
            self.drafting.lay_down_duties,
            self._write_first_letters,
            self.drafting.propose_final_answers,
        )
        for step in steps:
            await self._follow(step)

    async def _follow(self, step: Callable[[], object]) -> None:
        self._say(_name(step), await self._stumbles(step))

    async def _stumbles(self, step: Callable[[], object]) -> tuple[str, ...] | None:
        """Do it; where code of ours failed on it, the cases on which it did, as far as they are known. Else None."""
        try:
            done = step()
            if isinstance(done, Awaitable):
                await done
        except STORE_FAILS:
            raise
        except Exception as error:  # a bug of ours in one step must not keep back the others, nor the mailbox
            log.exception("not_followed_up", step=_name(step))
            return _cases_in(error)
        return None

    async def _write_first_letters(self) -> None:
        # Told to stop between them, the agent ends; the rest is written after the next start. Whose mail came meanwhile
        # is looked up too before a letter is written.
        while self.drafting.propose_first_letters(A_FEW) == A_FEW:
            await asyncio.sleep(0)
            await self._stumbles(self.identifying.look_up_new)

    async def _reread(self) -> None:
        """What was read before a failure is followed up too; once told to stop, by the first look of the next start."""
        try:
            read = await self.rereading.look()
        except Exception:
            if not self._stop.is_set():
                await self._follow_up()
            raise
        if read != SyncReport():
            await self._follow_up()

    # -- letters and reminders --------------------------------------------------------------------

    async def _settle_and_send(self) -> None:
        """Send what is approved. At the start, and after a failure, first look up what may have been left claimed; and
        now and then whether a copy of what became uncertain has come.
        """
        clock = asyncio.get_running_loop().time
        if self._unsettled:
            await self.sending.settle_interrupted()
        elif clock() >= self._copies_at:
            await self.sending.settle_interrupted(self.now() - COPY_COMES_WITHIN)
            self._copies_at = clock() + LOOK_FOR_COPIES
        self._unsettled = True
        if await self.door.put_right(anew=self._anew):
            self._anew = True
            await self.reminding.remind()
        if ready := {draft.case for draft in self.store.drafts.ready(self.now())}:
            # A person may have written to somebody since the last look.
            await self._follow(partial(self.identifying.look_up_new, ready))
        asked = await self.offering.before_sending()
        await self.sending.send_approved(unseen=not asked or not self._all_connected(), anew=self._anew)
        self._unsettled = self._anew = False

    def _all_connected(self) -> bool:
        beats = (self.store.pulse.read(connection(server.account)) for server in self.profile.mailboxes)
        return all(beat is not None and beat.state == "connected" for beat in beats)

    async def _purge(self) -> None:
        self.purging.purge()

    async def _look_for_trouble(self) -> None:
        await self._live()  # first: what no mail came in while the machine slept is nobody's trouble
        await self.alarming.look()

    def _look_at_time(self) -> None:
        now, clock = self.now(), asyncio.get_running_loop().time()
        if self._seen is not None and now - self._seen[0] - timedelta(seconds=clock - self._seen[1]) > SLEPT:
            log.info("slept", seconds=round((now - self._seen[0]).total_seconds()))
            self._begun = now
        self._seen = now, clock

    async def _live(self) -> None:
        self._look_at_time()
        self.tell()
        since = self._begun.isoformat() if self._begun else None
        self.show(Heartbeat(AGENT, self.now(), "alive", {"since": since}))
        self._look_at_phrases()

    async def _make_way(self) -> None:
        """End where another agent stands ready. Beside the signs of life: a fault of ours here must not end them."""
        if not self._stop.is_set() and self.relieved():
            self._relieved = True
            self._end()

    def _look_at_phrases(self) -> None:
        """Say when the file of own phrases breaks, and when it is whole again; not at every look, so that it is known
        since when.
        """
        state = "whole" if self.phrases_whole() else "broken"
        if state != self._phrases:
            self.show(Heartbeat(PHRASES, self.now(), state, {}))
            self._phrases = state

    # -- going on ---------------------------------------------------------------------------------

    async def _repeat(self, act: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Do it at intervals until told to stop. What fails is tried again, after longer and longer waits."""
        delay = mailwatch.FIRST_DELAY
        while not self._stop.is_set():
            try:
                await act()
            except (InboxAgentError, *STORE_FAILS) as error:
                log.error("failed", act=act.__qualname__, error=type(error).__name__)
                delay = await back_off(delay, self._pause)
            except Exception as error:  # a bug of ours in one act must not end the others
                log.exception("failed", act=act.__qualname__)
                self._say(act.__qualname__, _cases_in(error))
                delay = await back_off(delay, self._pause)
            else:
                self._say(act.__qualname__, None)
                delay = mailwatch.FIRST_DELAY
                await self._pause(seconds)

    def _say(self, act: str, cases: tuple[str, ...] | None) -> None:
        """Tell when our own code begins to fail on something, on which cases, and when that is over: a log is read by
        nobody. None: it did not fail.
        """
        self._failing.pop(act, None)
        if cases is not None:
            self._failing[act] = cases
        on = sorted({case for failed in self._failing.values() for case in failed})
        failing = {"why": ", ".join(sorted(self._failing)), "cases": ", ".join(on)}
        if failing != self._told:
            self.show(Heartbeat(DUTIES, self.now(), "failing" if self._failing else "well", failing))
            self._told = failing

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # wait_for of Python 3.11 can lose a cancellation
                await self._stop.wait()

    def show(self, beat: Heartbeat) -> None:
        """Show life. A sign that the store cannot take is missed: what shows it also shows its age."""
        with suppress(StateError):
            self.store.pulse.beat(beat)


def _name(step: Callable[[], object]) -> str:
    return str(getattr(step.func if isinstance(step, partial) else step, "__name__", ""))


def _cases_in(error: Exception) -> tuple[str, ...]:
    return error.cases if isinstance(error, Stumbled) else ()
