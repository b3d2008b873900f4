"""The agent's signs of life as one sentence: is everything well, and if not, what to do.

The words of the heartbeats are those of `services.watch`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import plain_line
from inbox_agent.texts import gettext as _
from state.model import Heartbeat

SILENT_AFTER = 30  # seconds; the agent beats every five


@dataclass(frozen=True, slots=True)
class Pulse:
    """`well` is False where a person should do something; `words` say it, safe to show."""

    well: bool
    words: str


def pulse(agent: Heartbeat | None, mailbox: Heartbeat | None, now: datetime) -> Pulse:
    """What the last heartbeats of the agent and of its mailbox connection mean at `now` (aware)."""
    if agent is None:
        return Pulse(False, _("the assistant has not been started: inbox-agent run"))
    if agent.state == "stopped":
        return Pulse(False, _("the assistant was stopped {ago}: inbox-agent run").format(ago=_ago(agent, now)))
    if (now - agent.at).total_seconds() > SILENT_AFTER:
        return Pulse(False, _("the assistant has been silent, last sign {ago}").format(ago=_ago(agent, now)))
    return _mailbox(mailbox, now)


def _mailbox(beat: Heartbeat | None, now: datetime) -> Pulse:
    if beat is None or beat.state == "connecting":
        return Pulse(True, _("connecting to the mailbox"))
    if beat.state == "login_refused":
        return Pulse(False, _("the mailbox refused the log-in: {why}").format(why=_why(beat)))
    if beat.state == "disconnected":
        return Pulse(False, _("no connection to the mailbox, trying again ({why})").format(why=_why(beat)))
    return Pulse(True, _("mailbox connected, last read {ago}").format(ago=_ago(beat, now)))


def _ago(beat: Heartbeat, now: datetime) -> str:
    return times.ago((now - beat.at).total_seconds())


def _why(beat: Heartbeat) -> str:
    return plain_line(str(beat.detail.get("why") or "–"))
