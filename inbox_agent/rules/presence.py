"""Who is at which desk, and who answers while the contact person is away. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from inbox_agent.profile import ControllerProfile
from state.model import Absence, CaseKey, Heartbeat

DESK = "desk:"  # with the desk's id: the component of an open dashboard
STILL_HERE = timedelta(seconds=60)  # a dashboard says so three times as often


def people(beats: Mapping[str, Heartbeat], now: datetime, mine: str) -> dict[CaseKey, tuple[str, ...]]:
    """Who else is on which case at `now` (aware). `mine` is the id of the desk that asks."""
    found: defaultdict[CaseKey, list[str]] = defaultdict(list)
    for component, beat in sorted(beats.items()):
        if not component.startswith(DESK) or component == f"{DESK}{mine}" or now - beat.at > STILL_HERE:
            continue
        case, person = beat.detail.get("case"), str(beat.detail.get("person") or "")
        if isinstance(case, int) and person not in found[CaseKey(case)]:
            found[CaseKey(case)].append(person)
    return {case: tuple(names) for case, names in found.items()}


def away(profile: ControllerProfile, absences: Iterable[Absence], today: date) -> Absence | None:
    """The absence in which the contact person is today, by the profile or as set in the dashboard."""
    planned = (Absence(one.first, one.last) for one in profile.contact.away)
    current = [one for one in (*planned, *absences) if one.first <= today <= one.last]
    return max(current, key=lambda one: one.last, default=None)
