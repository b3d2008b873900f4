"""Looks whether everything that the agent needs is there, without changing anything: one finding a step.

Decides nothing; a step that fails does not hide the ones after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from inbox_agent.errors import Alarmed, CheckedFact, ClockBehind, FactsAged, FolderReadOnly, InboxAgentError, MailAhead
from inbox_agent.phrasing import days
from inbox_agent.phrasing.alarms import happened
from inbox_agent.phrasing.canary import how_it_fared
from inbox_agent.phrasing.syncing import first_look_made, to_be_taken_in
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules import ageing, folders
from inbox_agent.rules.alarms import AGENT, Alarm, Trouble, alarms
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.phrasebook import NO_PHRASES, OwnPhrases
from inbox_agent.services.first_look import MAY_BE_AHEAD, first_look
from inbox_agent.services.identifying import Register
from inbox_agent.services.poll import Mailbox
from state.errors import StateError
from state.model import Party
from state.store.store import Store

CLOCK_MAY_DIFFER = timedelta(minutes=5)


class Step(StrEnum):
    """What is looked at, in this order."""

    PROFILE = "profile"
    PHRASES = "phrases"
    DATABASE = "database"
    JOURNAL = "journal"
    MAILBOX = "mailbox"
    FOLDERS = "folders"
    FIRST_LOOK = "first_look"
    SENT_FOLDER = "sent_folder"
    SENDING = "sending"
    CLOCK = "clock"
    FACTS = "facts"
    REGISTER = "register"
    CANARY = "canary"
    PLACE = "place"
    AGENT = "agent"


_NEEDS = MappingProxyType(
    {
        Step.FOLDERS: {Step.MAILBOX},
        Step.FIRST_LOOK: {Step.MAILBOX, Step.DATABASE},
        Step.SENT_FOLDER: {Step.MAILBOX},
        Step.JOURNAL: {Step.DATABASE},
        Step.CLOCK: {Step.DATABASE},
        Step.AGENT: {Step.DATABASE},
        Step.CANARY: {Step.DATABASE},
        Step.PLACE: {Step.DATABASE},
    }
)


NOT_RUNNING = frozenset({Trouble.NEVER_STARTED, Trouble.STOPPED})
"""What is no fault where nobody said that it runs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One step and how it went: `error` is what went wrong, `detail` a fact to show beside it."""

    step: Step
    error: Exception | None = None
    detail: str = ""


class Prober(Protocol):
    async def probe(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Checking:
    profile: ControllerProfile
    open_store: Callable[[], Store]
    connect: Callable[[Server], AbstractAsyncContextManager[Mailbox]]
    prober: Callable[[], Prober]
    facts: tuple[CheckedFact, ...]
    now: Callable[[], datetime]
    read_phrases: Callable[[], OwnPhrases] = lambda: NO_PHRASES
    open_register: Callable[[], Register | None] = lambda: None
    refuse_unnoted: Callable[[], None] = lambda: None

    async def findings(self) -> AsyncIterator[Finding]:
        """Look at everything; yield each finding as it is made."""
        yield Finding(Step.PROFILE, detail=self.profile.controller.name)
        failed: set[Step] = set()
        for step, look in self._looks():
            if _NEEDS.get(step, set()) & failed:
                continue  # it could only say the same again
            try:
                yield Finding(step, detail=await look())
            except (InboxAgentError, StateError) as error:
                failed.add(step)
                yield Finding(step, error)

    def _looks(self) -> tuple[tuple[Step, Callable[[], Awaitable[str]]], ...]:
        return (
            (Step.PHRASES, self._phrases),
            (Step.DATABASE, self._database),
            (Step.JOURNAL, self._journal),
            (Step.MAILBOX, self._mailbox),
            (Step.FOLDERS, self._folders),
            (Step.FIRST_LOOK, self._first_look),
            (Step.SENT_FOLDER, self._sent_folder),
            (Step.SENDING, self._sending),
            (Step.CLOCK, self._clock),
            (Step.FACTS, self._facts),
            *(((Step.REGISTER, self._register),) if self.profile.customers.in_use else ()),
            *(((Step.CANARY, self._canary),) if self.profile.canary.every_days else ()),
            (Step.PLACE, self._place),
            (Step.AGENT, self._agent),
        )

    async def _phrases(self) -> str:
        return str(len(self.read_phrases().phrase))

    async def _database(self) -> str:
        with self.open_store() as store:
            return str(len(store.cases.open_cases()))

    async def _place(self) -> str:
        self.refuse_unnoted()
        return ""

    async def _journal(self) -> str:
        with self.open_store() as store:
            store.verify()
        return ""

    async def _mailbox(self) -> str:
        for server in self.profile.mailboxes:
            async with self.connect(server):
                pass
        return ", ".join(server.account for server in self.profile.mailboxes)

    async def _folders(self) -> str:
        found: list[str] = []
        for server in self.profile.mailboxes:
            async with self.connect(server) as mailbox:
                watched = folders.watched(await mailbox.folders(), server)
                for folder in watched if server.move_to else ():
                    if (await mailbox.select(folder)).read_only:
                        raise FolderReadOnly(folder)
                found += watched
        return ", ".join(found)

    async def _first_look(self) -> str:
        """What the agent's first look will take in: nobody should be surprised by it. Reads no mail."""
        with self.open_store() as store:
            fresh = [each for each in self.profile.mailboxes if not store.reading.read_before(each.account)]
        told: list[str] = []
        for server in fresh:
            mails, earliest = 0, self.now().date()
            async with self.connect(server) as mailbox:
                for folder in folders.watched(await mailbox.folders(), server):
                    there = await mailbox.select(folder)
                    look = await first_look(mailbox, folder, there, server, self.now())
                    if look.doubted is not None and look.doubted - self.now() > MAY_BE_AHEAD:
                        raise MailAhead(look.doubted, self.now())
                    earliest = min(earliest, look.since)
                    mails += len(await mailbox.uids(0, look.since))
            told.append(to_be_taken_in(mails, earliest))
        return "; ".join(told) or first_look_made()

    async def _sent_folder(self) -> str:
        async with self.connect(self.profile.mailbox) as mailbox:
            return folders.sent_folder(await mailbox.folders(), self.profile.smtp.sent_folder) or ""

    async def _sending(self) -> str:
        await self.prober().probe()
        return self.profile.smtp.sender

    async def _clock(self) -> str:
        """A clock set back would miscount deadlines: the store's own last sign of life must not lie ahead of it."""
        with self.open_store() as store:
            beat = store.pulse.read(AGENT)
        if beat and beat.at - self.now() > CLOCK_MAY_DIFFER:
            raise ClockBehind(beat.at - self.now())
        return days.moment(self.now())

    async def _facts(self) -> str:
        if aged := ageing.aged(self.facts, helsinki_date(self.now())):
            raise FactsAged(aged)
        return days.numeric(min(fact.checked_on for fact in self.facts))

    async def _register(self) -> str:
        """Asks for the contact person, so that the answer is no surprise to whoever keeps the register."""
        person = self.profile.contact
        if (register := self.open_register()) is not None:
            await asyncio.to_thread(register.find, Party(person.name, person.email))
        return self.profile.customers.kind

    async def _canary(self) -> str:
        with self.open_store() as store:
            return how_it_fared(store.canaries.last())

    async def _agent(self) -> str:
        """An agent that was not started, or was stopped, is no fault of the set-up."""
        found = self.alarms()
        troubles = [alarm for alarm in found if alarm.trouble not in NOT_RUNNING]
        if troubles:
            worst = troubles[0]
            raise Alarmed(worst.trouble, worst.since, worst.cases)
        return happened(found[0]) if found else ""

    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong with the running agent, the worst first. Asks the database alone. Raises StateError."""
        with self.open_store() as store:
            return alarms(store.pulse.all(), self.profile, self.now())
