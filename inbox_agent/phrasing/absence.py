"""Who answers while the contact person is away, in one sentence."""

from __future__ import annotations

from inbox_agent.phrasing import days
from inbox_agent.profile import ControllerProfile
from inbox_agent.texts import gettext as _
from state.model import Absence


def told(profile: ControllerProfile, absence: Absence) -> str:
    contact = profile.contact
    if not contact.deputy_name:
        return _("{name} is away until {day}, and the profile names no deputy.").format(
            name=contact.name, day=days.numeric(absence.last)
        )
    return _("{name} is away until {day}: {deputy} answers.").format(
        name=contact.name, day=days.numeric(absence.last), deputy=contact.deputy_name
    )
