"""Erases the personal data of cases whose time is over (GDPR 5(1)(e)). When that is, `rules.retention` says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import ERASING
from inbox_agent.rules.deadlines import end_of_day, helsinki_date
from inbox_agent.rules.retention import SURE_AFTER, over_since, purge_on, steady_since
from inbox_agent.services.one_by_one import one_by_one
from state.errors import IllegalTransition, StaleWrite
from state.model import AGENT, Act, Case, Event, Heartbeat
from state.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Purging:
    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]

    def purge(self) -> int:
        """Erase every case that is over and whose day has come, and the mail set aside long ago; return how many cases.
        Repeating it is harmless. A case that cannot be erased keeps none of the others: raises Stumbled after them.

        Nothing is erased by a clock that has not gone on steadily for a day: it may have been set.
        """
        if not self._sure():
            return 0
        before = self.now() - timedelta(days=self.profile.retention.aside_days)
        self.store.mails.erase_set_aside(before, Event(self.now(), AGENT, Act.MESSAGE_ERASED))
        return one_by_one(self._ended(), self._purge, "not_purged", lambda case: case.number)

    def _sure(self) -> bool:
        last, now = self.store.pulse.read(ERASING), self.now()
        told = last.detail.get("since") if last else None
        since = steady_since(last.at if last else None, datetime.fromisoformat(str(told)) if told else None, now)
        self.store.pulse.beat(Heartbeat(ERASING, now, "looked", {"since": since.isoformat()}))
        return now - since >= SURE_AFTER

    def _ended(self) -> tuple[Case, ...]:
        today = helsinki_date(self.now())
        closed, dismissed = (end_of_day(day) for day in over_since(today, self.profile.retention))
        return self.store.cases.ended_cases(closed_before=closed, dismissed_before=dismissed, told_until=today)

    def _purge(self, case: Case) -> bool:
        now = self.now()
        day = purge_on(case, self.profile.retention)
        if day is None or helsinki_date(now) < day:
            return False
        try:
            self.store.cases.purge(case.key, Event(now, AGENT, Act.CASE_PURGED))
        except (IllegalTransition, StaleWrite) as error:
            # Reopened meanwhile, or a letter of it is still on its way: the next pass looks again.
            log.info("purge_put_off", case=case.number, why=type(error).__name__)
            return False
        return True
