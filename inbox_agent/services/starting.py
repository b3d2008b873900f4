"""That the agent could not start, told by mail: whoever waits for its reminders does not look at its exit status.

There may be no store then. What was told is noted before it is sent, and where it cannot be noted nothing is: a program
that is started again and again would send as often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from inbox_agent.phrasing import starting as phrasing
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.starting import FailedStart, is_due
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.notices import AGAIN_AFTER, Ending, Notices
from state.errors import StoreBusy

log = structlog.get_logger()


class Note(Protocol):
    """What is known of failed starts since the last good one, by the way they failed."""

    def read(self) -> Mapping[str, FailedStart]: ...

    def write(self, starts: Mapping[str, FailedStart]) -> None:
        """Raises OSError. Nothing to note leaves nothing behind."""
        ...


@dataclass(frozen=True, slots=True)
class Starting:
    notices: Notices
    note: Note
    now: Callable[[], datetime]

    async def failed(self, error: Exception) -> bool:
        """Tell that a start has failed, where that is due. Whether somebody has it by mail."""
        known, way = self.note.read(), type(error).__name__
        start = known.get(way) or FailedStart(self.now())
        if not is_due(known.get(way), self.now(), passes=isinstance(error, StoreBusy)):
            self._noted({**known, way: start})
            return False
        if not self._noted({**known, way: replace(start, told_on=helsinki_date(self.now()))}):
            return False
        ending = await self.notices.send(phrasing.subject(), phrasing.body(error, start.since))
        if ending in AGAIN_AFTER:  # certainly not taken: a later start tries again
            self._noted({**known, way: replace(start, not_before=self.now() + AGAIN_AFTER[ending])})
        return ending is Ending.TAKEN

    def begins(self, alarming: Alarming) -> None:
        """What was told of earlier starts may be over: then the agent tells so, once nothing else is wrong."""
        if any(start.told_on for start in self.note.read().values()):
            alarming.remember_told("start")

    def succeeded(self) -> None:
        if self.note.read():
            self._noted({})

    def _noted(self, starts: Mapping[str, FailedStart]) -> bool:
        try:
            self.note.write(starts)
        except OSError as error:
            log.warning("failed_start_not_noted", error=type(error).__name__)
            return False
        return True
