"""Duties in words: one line each for a list, a case and a reminder. What they concern is personal: sanitised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inbox_agent.phrasing import acts, days, usage, words
from inbox_agent.phrasing.listing import safe, table
from inbox_agent.phrasing.provisions import source
from inbox_agent.rules.duties import came_late, day_unknown, days_left, provision
from inbox_agent.texts import gettext as _
from state.model import Act, Duty, DutyKind, DutyStatus, Event
from state.views import DutyRow


def task(duty: Duty) -> str:
    """What is to be done, with whom or what: "instruct the processors (erasure): Kirjepalvelu Oy"."""
    what = _("read the day to answer in the Data Protection Ombudsman's letter") if day_unknown(duty) else ""
    what = what or words.duty(duty.kind)
    if duty.right and duty.kind in _OF_SEVERAL_RIGHTS:
        what = f"{what} ({words.kind(duty.right)})"
    return ": ".join(filter(None, (what, safe(duty.about))))


def left(duty: Duty, days_left: int) -> str:
    """How far a task is, in words; one that came when its day had passed is not late yet, but to be done at once."""
    return _("do it today") if came_late(duty) and days_left == 0 else words.days_left(days_left)


def line(duty: Duty, today: date) -> str:
    """A task with its date and provision, or that it is settled."""
    if duty.status is not DutyStatus.OPEN:
        return f"{task(duty)} ({words.duty_status(duty.status)})"
    how_far = left(duty, days_left(duty, today))
    both = "; ".join(filter(None, (how_far, source(provision(duty)))))
    if came_late(duty):
        day = days.named(duty.due_on)
        return _("{task}; its day was {day} ({left})").format(task=task(duty), day=day, left=both)
    return _("{task}, {day} at the latest ({left})").format(task=task(duty), day=days.on(duty.due_on), left=both)


def due_list(rows: Sequence[DutyRow], today: date) -> tuple[str, ...]:
    """The open tasks of all cases, the nearest first. The first column is the number that `--done` takes."""
    if not rows:
        return (_("No tasks are open."),)
    header = (_("task"), _("case"), _("by"), _("left"), _("person"), _("what"))
    cells = [
        (
            str(row.duty.key),
            row.number,
            days.numeric(row.duty.due_on),
            left(row.duty, days_left(row.duty, today)),
            safe(row.name or row.address),
            task(row.duty),
        )
        for row in rows
    ]
    return table(header, cells)


def happened(event: Event) -> str:
    """What an event of a case says; of a task also which one, of an approval that the assistant took back also why."""
    kind = event.facts.get("kind")
    if event.act in _OF_A_DUTY and isinstance(kind, str):
        said = f"{acts.act(event.act)}: {words.duty(DutyKind(kind))}"
        return f"{said}, {_from_to(event)}" if event.act is Act.DUTY_MOVED else said
    if event.act in {Act.CASE_JOINED, Act.CASE_PARTED}:
        number = event.facts.get("into") or event.facts.get("from")
        return f"{acts.act(event.act)}: {number}"
    if event.act is Act.APPROVAL_WITHDRAWN and (why := event.facts.get("why")):
        return f"{acts.act(event.act)}. {usage.lines(str(why), str(event.facts.get('number')))[0]}"
    if event.act is Act.CASE_HANDED_OVER:
        return f"{acts.act(event.act)}: {event.facts.get('to')}"
    return acts.act(event.act)


def _from_to(event: Event) -> str:
    old, new = (date.fromisoformat(str(event.facts[name])) for name in ("from_on", "due_on"))
    return f"{days.numeric(old)} → {days.numeric(new)}"


# Who is told or asked because of one right may have to be told or asked of another of the same case, something else;
# and of two answers that came late one may have been told of.
_OF_SEVERAL_RIGHTS = frozenset(
    {
        DutyKind.COLLECT_DATA,
        DutyKind.FIND_PROCESSORS,
        DutyKind.INSTRUCT_PROCESSORS,
        DutyKind.INFORM_JOINT_CONTROLLERS,
        DutyKind.FORWARD,
        DutyKind.TELL_RECIPIENTS,
        DutyKind.TELL_CONTROLLERS,
        DutyKind.TELL_OF_DELAY,
    }
)
_OF_A_DUTY = frozenset({Act.DUTY_OPENED, Act.DUTY_DONE, Act.DUTY_CANCELLED, Act.DUTY_REOPENED, Act.DUTY_MOVED})
