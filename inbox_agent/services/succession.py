"""The agents of one process, one after the other: whoever changes the profile has an agent that works by it.

A changed profile is checked whole before it counts. One with a fault changes nothing but what is told; the agent goes
on by the one it has. Each agent ends as if it were told to, so that nothing is lost or done twice between two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from inbox_agent.errors import AnotherDatabase, InboxAgentError
from inbox_agent.phrasing.errors import phrase
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import AGENT, PROFILE
from inbox_agent.services.watch import Agent
from state.model import Heartbeat

log = structlog.get_logger()


class ProfileFile(Protocol):
    def changed(self) -> bool: ...

    def read(self) -> ControllerProfile: ...


@dataclass
class Succession:
    """`build` puts an agent together, and raises InboxAgentError where what a profile names is not there."""

    file: ProfileFile
    profile: ControllerProfile
    build: Callable[[ControllerProfile], Agent]
    now: Callable[[], datetime]
    agent: Agent = field(init=False)
    _wanted: ControllerProfile | None = field(default=None, init=False)  # changed, and no agent works by it yet
    _next: Agent | None = field(default=None, init=False)
    _told: str = field(default="", init=False)  # what is wrong with the changed profile
    _told_to_stop: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.agent = self._built(self.profile)

    async def run(self) -> None:
        """Work until `stop` is called."""
        self._tell("whole")
        await self.agent.run()
        while self._next is not None and not self._told_to_stop:
            self.agent, self._next = self._next, None
            await self.agent.run()
        if self._next is not None:  # told to stop while it took over: the one before has not said that it stopped
            self.agent.show(Heartbeat(AGENT, self.now(), "stopped", {}))

    def stop(self) -> None:
        """Safe to call from a signal handler of the loop."""
        self._told_to_stop = True
        self.agent.stop()

    def give_up(self) -> None:
        self.agent.give_up()

    def _built(self, profile: ControllerProfile) -> Agent:
        agent = self.build(profile)
        agent.relieved = self._relieved
        return agent

    def _relieved(self) -> bool:
        """Whether an agent that works by a changed profile stands ready."""
        try:
            if self.file.changed():
                self._wanted = None
                self._wanted = self.file.read()
            if self._wanted is None:
                return False
            successor = self._successor(self._wanted)  # again, where it names a password that was not there yet
        except InboxAgentError as error:
            self._refuse(error)
            return False
        self.profile, self._wanted, self._next = self._wanted, None, successor
        self._tell("whole")
        return successor is not None

    def _successor(self, profile: ControllerProfile) -> Agent | None:
        """None where nothing has changed that counts."""
        if profile.storage.path != self.profile.storage.path:
            raise AnotherDatabase(profile.storage.path)
        return self._built(profile) if profile != self.profile else None

    def _refuse(self, error: InboxAgentError) -> None:
        """Not at every look, so that it is known since when."""
        said = phrase(error)
        why = " ".join(said[:-1] or said)  # what is wrong; the advice that comes last is the alarm's
        if why != self._told:
            log.error("changed_profile_not_taken", error=type(error).__name__)
            self._tell("broken", why)

    def _tell(self, state: str, why: str = "") -> None:
        self._told = why
        self.agent.show(Heartbeat(PROFILE, self.now(), state, {"why": why, "mark": self.profile.mark}))
