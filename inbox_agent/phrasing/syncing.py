"""What one pass over the mailbox brought, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from inbox_agent.phrasing import days
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import Place


class Report(Protocol):
    """The counts of `services.poll.SyncReport`, which this room may not import."""

    @property
    def fetched(self) -> int: ...
    @property
    def cases(self) -> int: ...
    @property
    def joined(self) -> int: ...
    @property
    def set_aside(self) -> int: ...
    @property
    def quarantined(self) -> int: ...
    @property
    def known(self) -> int: ...
    @property
    def withheld(self) -> int: ...
    @property
    def sent(self) -> int: ...
    @property
    def doubted(self) -> datetime | None: ...
    @property
    def first_since(self) -> date | None: ...


def where_it_lies(place: Place) -> str:
    """A mail of which nothing but its place is known."""
    return _("(mail {uid} of the folder {folder})").format(uid=place.uid, folder=place.folder)


def to_be_taken_in(mails: int, since: date) -> str:
    """What a first look will bring, before it is made."""
    return ngettext(
        "{n} mail received since {day} will be taken in", "{n} mails received since {day} will be taken in", mails
    ).format(n=mails, day=days.numeric(since))


def first_look_made() -> str:
    return _("already made")


def sync_report(report: Report) -> tuple[str, ...]:
    """Say what was taken in; a first look also says how far back it reached."""
    first = (
        (_("First look: mail received since {day} was taken in.").format(day=days.numeric(report.first_since)),)
        if report.first_since
        else ()
    )
    doubted = (
        (
            _(
                "The newest mail there is of {day}. Is this computer's clock right? What came in the month before that "
                "mail was taken in."
            ).format(day=days.numeric(helsinki_date(report.doubted))),
        )
        if report.doubted
        else ()
    )
    fetched = ngettext("{n} new mail", "{n} new mails", report.fetched).format(n=report.fetched)
    ends = ", ".join(text.format(n=count) for text, count in _ends(report) if count)
    withheld = (
        ngettext(
            "{n} mail could not be read yet: the mail server does not give it.",
            "{n} mails could not be read yet: the mail server does not give them.",
            report.withheld,
        ).format(n=report.withheld),
    )
    sent = (ngettext("{n} letter was sent.", "{n} letters were sent.", report.sent).format(n=report.sent),)
    taken = (f"{fetched}: {ends}" if ends else fetched) if report.fetched else _("No new mail.")
    said = (*first, *doubted, taken, *(withheld if report.withheld else ()))
    return (*said, *(sent if report.sent else ()))


def _ends(report: Report) -> tuple[tuple[str, int], ...]:
    """Where the mails went, each end with its number."""
    return (
        (_("{n} to new cases"), report.cases),
        (_("{n} to earlier cases"), report.joined),
        (_("{n} set aside"), report.set_aside),
        (_("{n} to quarantine"), report.quarantined),
        (_("{n} known already"), report.known),
    )
