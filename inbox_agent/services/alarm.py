"""Alarms by mail: what silence hides, told to the contact person and the deputy by a road that still works.

What is wrong, `rules.alarms` says. Each trouble is told once a day and claimed in the store before the wire is
touched; a lasting oddity is told once. What the mail server certainly did not take is put off there. When all that was
told is over, that is told too. Where the store itself fails, all this is remembered by this process alone. No mail
from here holds personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog

from inbox_agent.phrasing import alarms as phrasing
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import ABOUT_THE_PROCESS, Alarm, Trouble, alarms
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.notices import AGAIN_AFTER, Ending, Notices
from state.errors import StateError
from state.model import AGENT, Act, Event, Heartbeat
from state.store.store import Store

log = structlog.get_logger()

TOLD = "told"  # the component that remembers, across restarts, what was told and is not over
_LASTING = frozenset(
    {
        Trouble.EMPTIED,
        Trouble.NOT_MOVED,
        Trouble.DEAF,
        Trouble.FOLDER_MISSING,
        Trouble.NO_COPY,
        Trouble.NO_DRAFT,
        Trouble.PROFILE_BROKEN,
        Trouble.PHRASES_BROKEN,
    }
)
_FAILS_TWICE = 2  # looks in a row: another process may hold the store for a moment

_Key = tuple[str, date]


@dataclass(slots=True)
class Alarming:
    store: Store
    notices: Notices
    profile: ControllerProfile
    now: Callable[[], datetime]
    _unstored: dict[_Key, datetime | None] = field(default_factory=dict, init=False)  # told, or when it may be again
    _failures: int = field(default=0, init=False)
    _failing_since: datetime | None = field(default=None, init=False)

    async def look(self) -> None:
        """Tell what is wrong and was not told yet; tell when all of it is over."""
        found = self._found()
        if not self.profile.alarms.mail:
            return
        new = [alarm for alarm in found if not self._in_its_own_way(alarm) and self._claim(alarm)]
        if new:
            await self._tell(new)
        elif not found and self._told():
            await self.notices.send(phrasing.over_subject(), phrasing.over_body())
            self._remember(())

    def _found(self) -> Sequence[Alarm]:
        """What is wrong, the store's own failure first: then nothing else is known."""
        try:
            self.store.pulse.beat(Heartbeat("alarms", self.now(), "looked", {}))
            beats = self.store.pulse.all()
        except StateError as error:
            self._failures += 1
            self._failing_since = self._failing_since or self.now()
            log.error("store_fails", error=type(error).__name__)
            certain = self._failures >= _FAILS_TWICE
            return (Alarm(Trouble.STORE_FAILS, self._failing_since),) if certain else ()
        self._failures, self._failing_since = 0, None
        return [alarm for alarm in alarms(beats, self.profile, self.now()) if alarm.trouble not in ABOUT_THE_PROCESS]

    def _in_its_own_way(self, alarm: Alarm) -> bool:
        """That no notice can leave, no notice can tell."""
        way_out = self.notices.way_out
        return alarm.trouble is Trouble.CANNOT_SEND and way_out is not None and way_out.shut

    # -- each once --------------------------------------------------------------------------------

    def _claim(self, alarm: Alarm) -> bool:
        key = self._key(alarm)
        try:
            return self.store.reminders.claim(None, *key, Event(self.now(), AGENT, Act.REMINDER_CLAIMED))
        except StateError:
            again_at = self._unstored.get(key)
            if key in self._unstored and (again_at is None or self.now() < again_at):
                return False
            self._unstored[key] = None
            return True

    def _key(self, alarm: Alarm) -> _Key:
        day = alarm.since if alarm.trouble in _LASTING else self.now()
        return (f"alarm:{alarm.trouble}:{alarm.mailbox}", helsinki_date(day))

    async def _tell(self, new: Sequence[Alarm]) -> None:
        ending = await self.notices.send(phrasing.subject(new), phrasing.body(new, self.profile))
        keys = frozenset(self._key(alarm) for alarm in new)
        if ending in AGAIN_AFTER:
            self._put_off(keys, self.now() + AGAIN_AFTER[ending])
            return
        self._remember([*self._told(), *(rung for rung, _ in keys)])
        if ending is Ending.TAKEN:
            self._record_sent(keys - self._unstored.keys())

    def _put_off(self, keys: frozenset[_Key], until: datetime) -> None:
        for key in keys:
            try:
                self.store.reminders.put_off(None, *key, until)
            except StateError:
                self._unstored[key] = until

    def _record_sent(self, keys: frozenset[_Key]) -> None:
        try:
            with self.store.transaction():
                for key in keys:
                    self.store.reminders.sent(None, *key, Event(self.now(), AGENT, Act.REMINDER_SENT))
        except StateError as error:
            log.warning("alarm_not_recorded", error=type(error).__name__)

    # -- what was told and is not over ------------------------------------------------------------

    def remember_told(self, rung: str) -> None:
        """What was told before there was a store to remember it, and is over now."""
        self._remember([*self._told(), rung])

    def _told(self) -> list[str]:
        try:
            beat = self.store.pulse.read(TOLD)
        except StateError:
            return []
        return str(beat.detail.get("rungs") or "").split() if beat else []

    def _remember(self, rungs: Sequence[str]) -> None:
        try:
            told = " ".join(dict.fromkeys(rungs))
            self.store.pulse.beat(Heartbeat(TOLD, self.now(), "told" if told else "over", {"rungs": told}))
        except StateError as error:
            log.warning("alarm_not_remembered", error=type(error).__name__)
