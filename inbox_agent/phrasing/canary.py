"""The test mail in words, for whoever comes across it."""

from __future__ import annotations

from inbox_agent.phrasing import days
from inbox_agent.texts import gettext as _
from state.model import Canary


def subject() -> str:
    return _("Test mail of inbox-agent")


def body() -> str:
    return _(
        "inbox-agent sends this mail to the public contact address of the register to see that mail to it arrives. "
        "Nobody needs to answer or to do anything."
    )


def how_it_fared(last: Canary | None) -> str:
    """When the last one was sent and found."""
    if last is None:
        return _("none has been sent yet")
    sent = _("sent {when}").format(when=days.moment(last.claimed_at))
    if last.arrived_at is None:
        return _("{sent}, not found yet").format(sent=sent)
    found = days.moment(last.arrived_at)
    return _("{sent}, arrived {when} ({folder})").format(sent=sent, when=found, folder=last.folder)
