"""Mails in quarantine that could not be read are tried again by each new version of the program.

A mail that can be read by then is taken in like any other, with the receipt that it had: its clock has run all along.
Decides nothing: that is `rules.intake`.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass

import structlog

from inbox_agent.services import codes
from inbox_agent.services.report import SyncReport
from inbox_agent.services.taking import Taking
from state.model import Attempt, RawMessage
from state.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rereading:
    """`version` names the program as it is now."""

    store: Store
    taking: Taking
    version: str

    async def look(self) -> SyncReport:
        """Try each of them once for this version. Raises what the store raises."""
        report = SyncReport()
        while unread := self.store.mails.unread(self.version):
            for waiting in unread:
                mail = RawMessage(waiting.place, waiting.received_at, self.store.mails.raw(waiting.key))
                thought = await asyncio.to_thread(self.taking.understand, mail)
                [understood] = await codes.read_beside(self.store, [thought], self.taking.now(), threading.Event())
                with self.store.transaction():
                    report += self.taking.take_again(mail, understood)
                    self.store.mails.tried(waiting.key, Attempt.READ, self.version)
        if report != SyncReport():
            log.info("read_at_last", cases=report.cases, joined=report.joined, set_aside=report.set_aside)
        return report
