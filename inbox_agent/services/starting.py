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
from inbox_agent.rules.starting import FailedStart, is_due, keeps_quiet
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.notices import AGAIN_AFTER, Ending, Notices
from state.errors import StoreBusy

log = structlog.get_logger()


class Note(Protocol):
    """What is known of failed starts, by the way they failed."""

    def read(self) -> Mapping[str, FailedStart]: ...

    def write(self, starts: Mapping[str, FailedStart]) -> None:
        """Raises OSError. Nothing to note leaves nothing behind."""
        ...


@dataclass(frozen=True, slots=True)
class Starting:
    notices: Notices
    note: Note
    now: Callable[[], datetime]

    async def failed(self, error: Exception, *, begun: bool) -> bool:
        """Tell that a start failed, or a pass that had `begun`, where that is due. Whether somebody has it by mail."""
        known, way = self.note.read(), type(error).__name__
        since = self._since(known.get(way))
        start = replace(known.get(way) or FailedStart(since), since=since)
        if not is_due(known.get(way), self.now(), passes=isinstance(error, StoreBusy)):
            self._noted({**known, way: start})
            return False
        if not self._noted({**known, way: replace(start, told_on=helsinki_date(self.now()), over=False)}):
            return False
        ending = await self.notices.send(phrasing.subject(begun=begun), phrasing.body(error, since, begun=begun))
        if ending in AGAIN_AFTER:  # certainly not taken: a later start tries again
            self._noted({**known, way: replace(start, not_before=self.now() + AGAIN_AFTER[ending])})
        return ending is Ending.TAKEN

    def begins(self, alarming: Alarming) -> None:
        """What was told of earlier starts may be over: then the agent tells so, once nothing else is wrong."""
        known = self.note.read()
        if any(start.end_is_due for start in known.values()):
            alarming.remember_told("start")
            self._noted({way: replace(start, over=True) for way, start in known.items()})

    def succeeded(self) -> None:
        """What fails in turns with good starts is told once a day, too."""
        if known := self.note.read():
            quiet = {way: start for way, start in known.items() if keeps_quiet(start, self.now())}
            self._noted({way: replace(start, since=None) for way, start in quiet.items()})

    def _since(self, known: FailedStart | None) -> datetime:
        return (known.since if known else None) or self.now()

    def _noted(self, starts: Mapping[str, FailedStart]) -> bool:
        try:
            self.note.write(starts)
        except OSError as error:
            log.warning("failed_start_not_noted", error=type(error).__name__)
            return False
        return True
