"""The agent's signs of life as one sentence: is everything well, and if not, what to do.

What is wrong is judged by `rules.alarms`; here it is said with what only a screen may show: a server's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import plain_line
from inbox_agent.phrasing.alarms import happened, where
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import PROFILE, Alarm, Beats, Trouble, alarms, connection
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import Heartbeat

_WORST = ("disconnected", "connecting", "connected")


@dataclass(frozen=True, slots=True)
class Pulse:
    """`well` is False where a person should do something; `words` say it, safe to show."""

    well: bool
    words: str


def pulse(beats: Beats, profile: ControllerProfile, now: datetime, opened: datetime) -> Pulse:
    """What the last heartbeats of the agent and of its mailboxes mean at `now`, on a desk open since `opened`."""
    if _by_another(
        beats, profile, opened
    ):  # what is wrong would be judged by servers that are nobody's concern any more
        return Pulse(False, _("the profile was changed: leave the desk (Ctrl+Q) and open it again"))
    found = alarms(beats, profile, now)
    if found:
        more = ngettext(" (and {n} more)", " (and {n} more)", len(found) - 1).format(n=len(found) - 1)
        return Pulse(False, _said(found[0], profile, now) + (more if len(found) > 1 else ""))
    wires = [beat for mailbox in profile.mailboxes if (beat := beats.get(connection(mailbox.account)))]
    if len(wires) < len(profile.mailboxes):
        return _mailbox(None, now)
    return _mailbox(
        min(wires, key=lambda beat: (_WORST.index(beat.state) if beat.state in _WORST else 0, beat.at)), now
    )


def another(beats: Beats, profile: ControllerProfile) -> str:
    """The mark of the profile by which the agent works, where it is another one than this; else empty."""
    beat = beats.get(PROFILE)
    mark = str(beat.detail.get("mark") or "") if beat else ""
    return "" if mark == profile.mark else mark


def _by_another(beats: Beats, profile: ControllerProfile, opened: datetime) -> bool:
    """Whether the agent has begun to work by another profile since this desk was opened."""
    return bool(another(beats, profile)) and beats[PROFILE].at > opened


def _said(alarm: Alarm, profile: ControllerProfile, now: datetime) -> str:
    ago = times.ago((now - alarm.since).total_seconds())
    why = plain_line(alarm.fact or "–")
    match alarm.trouble:
        case Trouble.NEVER_STARTED:
            return _("the assistant has not been started: inbox-agent run")
        case Trouble.STOPPED:
            return _("the assistant was stopped {ago}: inbox-agent run").format(ago=ago)
        case Trouble.AGENT_SILENT:
            return _("the assistant has been silent, last sign {ago}: inbox-agent run").format(ago=ago)
        case Trouble.LOGIN_REFUSED:
            return _("the mailbox refused the log-in: {why}").format(why=why)
        case Trouble.NO_SYNC:
            return _("the mailbox was last read {ago} ({why})").format(ago=ago, why=why)
        case Trouble.PROFILE_BROKEN:
            return f"{happened(alarm)} ({why})"
        case _:
            place = where(alarm, profile)
            return " ".join([happened(alarm), *([place] if place else [])])


def _mailbox(beat: Heartbeat | None, now: datetime) -> Pulse:
    if beat is None or beat.state == "connecting":
        return Pulse(True, _("connecting to the mailbox"))
    if beat.state == "disconnected":
        why = plain_line(str(beat.detail.get("why") or "–"))
        return Pulse(False, _("no connection to the mailbox, trying again ({why})").format(why=why))
    ago = times.ago((now - beat.at).total_seconds())
    return Pulse(True, _("mailbox connected, last read {ago}").format(ago=ago))
