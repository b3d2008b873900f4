"""Notices to the contact person and the deputy: the only mails that leave without a person's approval.

Owns their envelope and how their sending ended. What they say, and whether it is time to say it, is the
callers': reminders and alarms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from types import MappingProxyType

import structlog

from inbox_agent.errors import (
    InboxAgentError,
    SendingDeferred,
    SendingRefused,
)
from inbox_agent.profile import Reachable
from inbox_agent.rules.automation import NOTICE
from inbox_agent.services.send import RETRY_AFTER, RETRY_LOGIN_AFTER, Sender
from inbox_agent.services.way_out import NOT_LET_IN, WayOut

log = structlog.get_logger()


class Ending(StrEnum):
    """How a notice ended: it counts as taken as soon as one of its recipients has it."""

    TAKEN = "taken"
    DEFERRED = "deferred"  # certainly not taken
    SHUT_OUT = "shut_out"  # the same, because the log-in was refused: that is seldom tried again
    REFUSED = "refused"  # not taken, for good
    LOST = "lost"  # nobody knows


AGAIN_AFTER: Mapping[Ending, timedelta] = MappingProxyType(
    {Ending.DEFERRED: RETRY_AFTER, Ending.SHUT_OUT: RETRY_LOGIN_AFTER}
)
"""When a notice that was certainly not taken may be tried again."""


# Which ending counts where recipients differ: what somebody has, or may have, is not sent again; what one of them may
# get later is, whatever the other's server says.
_FIRST = (Ending.TAKEN, Ending.LOST, Ending.SHUT_OUT, Ending.DEFERRED, Ending.REFUSED)


@dataclass(frozen=True, slots=True)
class Notices:
    """`way_out`: where the screen shows how they leave; None where there is no store for it."""

    sender: Sender
    profile: Reachable
    now: Callable[[], datetime]
    new_message_id: Callable[[], str]
    way_out: WayOut | None

    async def send(self, subject: str, body: str, calendar: str = "") -> Ending:
        """Send to the contact person and the deputy, with a calendar file (RFC 5545) where one is given. The wire's
        errors are logged and shown, not raised.
        """
        ended = [await self._send_to(*recipient, subject, body, calendar) for recipient in self._recipients()]
        answers = dict(reversed(ended))  # the contact person's before the deputy's
        self._show(answers)
        return next(ending for ending in _FIRST if ending in answers)

    def _show(self, answers: Mapping[Ending, str]) -> None:
        """Whoever is not reached learns of it on the screen, also where the other one is."""
        if self.way_out is None:
            return
        if Ending.REFUSED in answers:
            self.way_out.refuses(answers[Ending.REFUSED])
        elif Ending.SHUT_OUT in answers:
            self.way_out.shuts_out(answers[Ending.SHUT_OUT])
        elif Ending.TAKEN in answers:
            self.way_out.works()
        elif Ending.DEFERRED in answers:
            self.way_out.defers(answers[Ending.DEFERRED])

    async def _send_to(self, name: str, address: str, subject: str, body: str, calendar: str) -> tuple[Ending, str]:
        message = self._compose(name, address, subject, body)
        if calendar:
            message.add_attachment(calendar, subtype="calendar", filename="inbox-agent.ics")
        try:
            await self.sender.send(message, self.profile.smtp.sender, address)
        except SendingDeferred as error:
            log.warning("notice_deferred")
            return Ending.DEFERRED, error.answer
        except NOT_LET_IN as error:
            log.warning("notice_shut_out", error=type(error).__name__)
            return Ending.SHUT_OUT, str(error)
        except SendingRefused as error:
            log.error("notice_refused")
            return Ending.REFUSED, str(error)
        except InboxAgentError as error:
            log.error("notice_lost", error=type(error).__name__)
            return Ending.LOST, ""
        return Ending.TAKEN, ""

    def _recipients(self) -> tuple[tuple[str, str], ...]:
        contact = self.profile.contact
        deputy = ((contact.deputy_name, contact.deputy_email),) if contact.deputy_email else ()
        return ((contact.name, contact.email), *deputy)

    def _compose(self, name: str, address: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(self.profile.controller.name, addr_spec=self.profile.smtp.sender)
        message["To"] = Address(name, addr_spec=address)
        message["Subject"] = subject
        message["Date"] = format_datetime(self.now())
        message["Message-ID"] = self.new_message_id()
        # Nobody's absence notice may answer it (RFC 3834, 5).
        message["Auto-Submitted"] = "auto-generated"
        message[NOTICE] = "yes"
        message.set_content(body)
        return message
