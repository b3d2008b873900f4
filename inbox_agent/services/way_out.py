"""How the ways out are: the signs of life of letters, and of notices to the contact person and the deputy.

Owns their states and since when each lasts. What waits for a log-in that was refused is let go here once somebody has
put right what logs in. A sign that the store cannot take is missed: whatever shows it also shows its age.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from inbox_agent.errors import GrantExpired, LoginRefused, SecretMissing, UsageProblem
from inbox_agent.rules.alarms import NOTICES, OUTGOING
from state.errors import StateError
from state.model import Heartbeat
from state.store.store import Store

NOT_LET_IN = (LoginRefused, GrantExpired, SecretMissing, UsageProblem)
"""Why nothing leaves until a person has put something right."""

AT_ANY_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One of them: `component` names it."""

    store: Store
    now: Callable[[], datetime]
    component: str

    def works(self) -> None:
        self._beat("sent")

    def defers(self, why: str) -> None:
        self._beat("deferred", why)

    def shuts_out(self, why: str) -> None:
        self._beat("login_refused", why)

    def refuses(self, why: str) -> None:
        """What was sent to us is not taken, for good."""
        self._beat("refused", why)

    @property
    def shut(self) -> bool:
        last = self._last()
        return last is not None and last.state in {"deferred", "login_refused"}

    def rests(self, refused_for: timedelta | None = None) -> None:
        """Nothing waits: what was deferred is moot by now, and no trouble of today's. Neither is a log-in that was
        refused so long ago: the next try tells.
        """
        last = self._last()
        if last is None:
            return
        long_ago = refused_for is not None and self.now() - last.at >= refused_for
        if last.state == "deferred" or (last.state == "login_refused" and long_ago):
            self._beat("nothing_waits")

    def _last(self) -> Heartbeat | None:
        with suppress(StateError):
            return self.store.pulse.read(self.component)
        return None

    def _beat(self, state: str, why: str = "") -> None:
        last, now = self._last(), self.now()
        same = last is not None and last.state == state
        since = str(last.detail.get("since") or last.at.isoformat()) if last and same else now.isoformat()
        with suppress(StateError):
            self.store.pulse.beat(Heartbeat(self.component, now, state, {"why": why, "since": since}))


async def _never(_since: datetime) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Door:
    """What logs in. `renewed`: whether it was put right since then; it asks no server."""

    store: Store
    now: Callable[[], datetime]
    renewed: Callable[[datetime], Awaitable[bool]] = _never

    async def put_right(self, *, anew: bool = False) -> bool:
        """Whether it was refused and has been put right since, or with `anew` may have been. The notices that waited
        for it are due from now on, those that a server deferred too; the letters are their sender's.
        """
        beats = filter(None, map(self.store.pulse.read, (OUTGOING, NOTICES)))
        told = {"login_refused", *(["refused"] if anew else [])}  # an address of ours, too, may be another one now
        refused = [beat for beat in beats if beat.state in told]
        since = max((beat.at for beat in refused), default=None)
        if since is None or not (anew or await self.renewed(since)):
            return False
        with self.store.transaction():
            self.store.reminders.bring_forward(self.now())
            for beat in refused:  # until the next try tells otherwise
                self.store.pulse.beat(Heartbeat(beat.component, self.now(), "nothing_waits", {}))
        return True
