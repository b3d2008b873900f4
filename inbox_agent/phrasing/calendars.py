"""The open cases' days as calendar entries, in the interface's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from inbox_agent.phrasing import words
from inbox_agent.rules import ics
from inbox_agent.rules.ics import Entry
from inbox_agent.rules.letters import live_requests
from inbox_agent.texts import gettext as _
from state.model import Case, Duty, DutyStatus


def name() -> str:
    return _("Data protection requests")


def as_file(cases: Iterable[Case], duties: Iterable[tuple[str, Duty]], now: datetime) -> str:
    """The text of a calendar file: the days of these cases, and of these tasks with their cases' numbers."""
    return ics.calendar((*of_cases(cases), *of_duties(duties)), name(), now)


def of_cases(cases: Iterable[Case]) -> Iterator[Entry]:
    """Of each case the target and the promise of its most pressing right."""
    for case in cases:
        waiting = live_requests(case)
        if not waiting:
            continue
        due = min((request.current for request in waiting), key=lambda current: current.promise)
        target = _("Target: answer case {number}").format(number=case.number)
        last = _("Last day to answer case {number}").format(number=case.number)
        yield Entry(f"{case.number}-target", due.target, target)
        yield Entry(f"{case.number}-promise", due.promise, last)


def of_duties(duties: Iterable[tuple[str, Duty]]) -> Iterator[Entry]:
    """Of each open task its day, with its case's number."""
    for number, duty in duties:
        if duty.status is DutyStatus.OPEN:
            said = _("Task of case {number}: {task}").format(number=number, task=words.duty(duty.kind))
            yield Entry(f"{number}-task-{duty.key}", duty.due_on, said)
