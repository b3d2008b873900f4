"""Sends a test mail through the public contact address now and then, and shows whether it was found.

Finding it is intake's (`services.poll`), telling its absence `services.alarm`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import structlog

from inbox_agent.errors import InboxAgentError, SendingDeferred
from inbox_agent.phrasing import canary as phrasing
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import canary
from inbox_agent.rules.alarms import CANARY
from inbox_agent.services.send import RETRY_AFTER, RETRY_LOGIN_AFTER, Sender
from inbox_agent.services.way_out import NOT_LET_IN
from state.model import AGENT, Act, Canary, Event, Heartbeat
from state.store.store import Store

log = structlog.get_logger()


@dataclass(slots=True)
class Canarying:
    """Between two looks it holds only when the canary that the server deferred is sent again."""

    store: Store
    sender: Sender
    profile: ControllerProfile
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    _again_at: datetime | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    async def look(self) -> None:
        """Send one if it is time, and show how the last one fares. The wire's errors are logged, not raised."""
        if not self.profile.canary.every_days:
            return
        last = self.store.canaries.last()
        if not self._begun:
            self._begun, self._again_at = True, self._left_unsent(last)
        if self._again_at is not None:
            if self.now() >= self._again_at and last is not None:
                await self._send(last)
        elif canary.due(last, self.profile.canary, self.now()):
            self.store.canaries.claim(self.new_token(), Event(self.now(), AGENT, Act.CANARY_CLAIMED))
            last = self.store.canaries.last()
            if last is not None:
                await self._send(last)
        self._show()

    def _left_unsent(self, last: Canary | None) -> datetime | None:
        """When to send again what an earlier process claimed and may not have sent; should it have, both are known as
        ours. One that is missing by now is told, and followed by another.
        """
        if last is None or last.sent_at or last.arrived_at or canary.missing(last, self.profile.canary, self.now()):
            return None
        return last.claimed_at + RETRY_AFTER

    async def _send(self, bird: Canary) -> None:
        address = self.profile.canary.address or self.profile.smtp.sender
        self._again_at = None
        try:
            await self.sender.send(self._compose(bird, address), self.profile.smtp.sender, address)
        except SendingDeferred:
            self._again_at = self.now() + RETRY_AFTER
        except NOT_LET_IN:
            self._again_at = self.now() + RETRY_LOGIN_AFTER
        except InboxAgentError as error:  # it will be missing, which is told
            log.error("canary_lost", error=type(error).__name__)
        else:
            self.store.canaries.sent(bird.key, Event(self.now(), AGENT, Act.CANARY_SENT))

    def _show(self) -> None:
        last = self.store.canaries.last()
        gone = canary.missing(last, self.profile.canary, self.now())
        since = last.claimed_at if last and gone else self.now()
        self.store.pulse.beat(Heartbeat(CANARY, since, "missing" if gone else "well", {}))

    def _compose(self, bird: Canary, address: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(self.profile.controller.name, addr_spec=self.profile.smtp.sender)
        message["To"] = Address(addr_spec=address)
        message["Subject"] = phrasing.subject()
        message["Date"] = format_datetime(self.now())
        message["Message-ID"] = canary.message_id(bird.token, self.profile.smtp.sender.rpartition("@")[2])
        message[canary.HEADER] = bird.token
        message["Auto-Submitted"] = "auto-generated"  # nobody's absence notice may answer it (RFC 3834, 5)
        message.set_content(phrasing.body())
        return message
