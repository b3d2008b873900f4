"""The findings of `inbox-agent check`, one each: a green line, or what is wrong and below it what to do.

An assistant that does not run is neither good nor wrong before anybody said that it should.
"""

from __future__ import annotations

from inbox_agent.errors import SendingDeferred
from inbox_agent.phrasing import network
from inbox_agent.phrasing.errors import phrase
from inbox_agent.texts import gettext as _

GOOD, BAD, IDLE = "✓", "✗", "○"


def line(step: str, detail: str, error: Exception | None, where: str = "") -> str:
    """Say one finding. `step` is a word of `services.checking.Step`, `where` narrows it down."""
    name = f"{_names()[step]}, {where}" if where else _names()[step]
    if error is None and step == "agent" and detail:  # not started yet, or stopped: no fault of the set-up
        return "\n    ".join((f"{IDLE} {detail}", _("Start it with `inbox-agent run`.")))
    if error is None:
        return f"{GOOD} {name}" + (f": {detail}" if detail else "")
    happened, *do = phrase(error)
    if isinstance(error, SendingDeferred):  # nothing was to be sent: it was only tried whether it could be
        happened = _("The mail server for sending could not be used: {answer}").format(answer=network.why(error.answer))
        do = [_("Check the network, and host and port in [smtp] of the profile.")]
    return "\n".join((f"{BAD} {name}: {happened}", *(f"    {text}" for text in do)))


def _names() -> dict[str, str]:
    return {
        "profile": _("Profile"),
        "phrases": _("Own phrases"),
        "database": _("Database, open cases"),
        "journal": _("Journal unbroken"),
        "place": _("Place of the database, noted beside the profile"),
        "mailbox": _("Mailbox, log-in"),
        "folders": _("Folders that are read"),
        "first_look": _("First look"),
        "sent_folder": _("Folder for sent letters"),
        "sending": _("Sending, log-in"),
        "clock": _("Clock"),
        "canary": _("Test mail to the public address"),
        "agent": _("The assistant runs"),
        "register": _("Customers' register"),
        "facts": _("Facts that age, the oldest checked on"),
    }
