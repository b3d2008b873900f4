"""What stands on the sheet of a letter that a person brings to its reader. Pure; printing is an adapter's."""

from __future__ import annotations

from datetime import date

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import letters
from replies.dating import dated
from replies.sheet import Sheet
from state.model import Case, Draft


def sheet(case: Case, draft: Draft, profile: ControllerProfile, day: date) -> Sheet:
    """The letter as it stands but for its own day, which is `day` as in the sheet's head. Where somebody with a
    turvakielto lives stands on no sheet: whoever brings the letter knows it.
    """
    where = case.postal.splitlines() if letters.PROTECTED.isdisjoint(case.flags) else ()
    controller, contact = profile.controller, profile.contact
    sender = (controller.name, controller.address, contact.name, contact.email, contact.phone)
    return Sheet(
        language=draft.language,
        sender=tuple(line for line in sender if line),
        reader=tuple(line.strip() for line in (draft.envelope.to.name, *where) if line.strip()),
        day=f"{day.day}.{day.month}.{day.year}",
        subject=draft.subject,
        body=dated(draft.body, case.number, draft.language, day),
    )


def file_name(case: Case, draft: Draft) -> str:
    """Without a name of anybody: "2026-0007-outcome-12"."""
    return f"{case.number}-{draft.letter}-{draft.key}"
