"""The reminder that goes to the contact person: one plain mail about all cases that are due for one.

Names a case by its number and the person's name and says nothing else about anybody: the mail may be read
on a telephone, by a deputy, over a shoulder. The subject names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.phrasing import days, duties, words
from inbox_agent.rules.reminders import DutyReminder, Reminder, Rung
from inbox_agent.rules.visible import masked, visible_line
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import CaseStatus


def subject(reminders: Sequence[Reminder | DutyReminder]) -> str:
    """How many cases, and how the most pressing one stands."""
    number = len({reminder.case.number for reminder in reminders})
    nearest = words.days_left(min(reminder.days_left for reminder in reminders))
    return ngettext(
        "Reminder: {n} data protection request ({nearest})",
        "Reminder: {n} data protection requests (the most pressing one: {nearest})",
        number,
    ).format(n=number, nearest=nearest)


def body(reminders: Sequence[Reminder | DutyReminder], away: str = "") -> str:
    """The mail's text, the most pressing case first. `away` says who answers while the contact person does not."""
    ordered = sorted(reminders, key=lambda reminder: (reminder.days_left, reminder.case.number))
    return "\n\n".join(
        (
            *([away] if away else []),
            _("These requests are waiting for you:"),
            *(_entry(reminder) for reminder in ordered),
            _("Open them with: {command}").format(command="inbox-agent dashboard"),
            _("inbox-agent sends this to the contact person and the deputy."),
        )
    )


def why(reminder: Reminder) -> str:
    """What the reminder asks for."""
    if reminder.case.status is CaseStatus.CANDIDATE:
        return _("Say first whether this is a request at all.")
    sentences = {
        Rung.ACKNOWLEDGE: _("No letter has been sent yet: acknowledge the request."),
        Rung.ASK_IDENTITY: _("The person's identity is not established and has not been asked: ask now, once."),
        Rung.FIRST_DRAFT: _("No outcome has been chosen yet: begin the answer."),
        Rung.TARGET: _("The target for the answer is {target}."),
        Rung.EXTENSION: _(
            "If an extension is needed, decide on it now: the person must be told at the latest {promise}."
        ),
        Rung.ACT_AT_ONCE: _("Act at once and confirm it: this does not wait for the month."),
        Rung.OVERDUE: _("The answer is late: answer today, apologise and give the reason."),
    }
    due = reminder.due
    return sentences[reminder.rung].format(target=days.named(due.target), promise=days.on(due.promise))


def _entry(reminder: Reminder | DutyReminder) -> str:
    case = reminder.case
    name = masked(visible_line(case.subject.name))
    head = f"{case.number}  {name}".rstrip()
    if isinstance(reminder, DutyReminder):
        task = _("To be done {day} at the latest: {task}").format(
            day=days.on(reminder.duty.due_on), task=words.duty(reminder.duty.kind)
        )
        return f"{head}\n  {duties.left(reminder.duty, reminder.days_left)}; {task}"
    by = _("answer at the latest {promise}").format(promise=days.on(reminder.due.promise))
    return f"{head}\n  {words.days_left(reminder.days_left)}; {by}\n  {why(reminder)}"
