"""The derivation of a deadline as sentences: each date, the step that led to it, and its provision."""

from __future__ import annotations

from inbox_agent.phrasing import days
from inbox_agent.rules.deadlines import Deadline, Fallback, Provision, Step, StepCode
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext


def derivation(deadline: Deadline) -> tuple[str, ...]:
    """Say how every date of a deadline came about, one sentence a step, its provision in brackets."""
    return tuple(f"{_sentence(step)} ({provision(step.provision)})" for step in deadline.steps)


def fallback(found: Fallback) -> str:
    """Say until when the answer could still be argued to be in time, and that this is disputed."""
    paused = ngettext("{n} day", "{n} days", found.paused_days).format(n=found.paused_days)
    return _(
        "If waiting for the person is held to have stopped the clock ({paused}), the answer is in time still {on};"
        " this is disputed, do not plan by it (EDPB Guidelines 01/2022, paragraph 159)"
    ).format(paused=paused, on=days.on(found.on))


def provision(code: Provision) -> str:
    """A provision as it is cited."""
    names = {
        Provision.GDPR_12_3: _("Article 12(3)"),
        Provision.EVENT_DAY: _("Regulation 1182/71, article 3(1)"),
        Provision.MONTHS: _("Regulation 1182/71, article 3(2)(c)"),
        Provision.HOLIDAYS_COUNT: _("Regulation 1182/71, article 3(3)"),
        Provision.ROLLING: _("Regulation 1182/71, article 3(4)"),
        Provision.NOTICE: _("the controller's privacy notice"),
        Provision.OUR_CHOICE: _("our choice"),
    }
    return names[code]


def _sentence(step: Step) -> str:
    sentence = _sentences()[step.code].format(
        on=days.on(step.on),
        day=days.named(step.on),
        to=days.to(step.on),
        eve=days.listed([step.on]),
        number=step.start.day,
        passed=days.listed(step.passed),
    )
    return sentence[0].upper() + sentence[1:]  # a language may begin one with an uncapitalised weekday


def _sentences() -> dict[StepCode, str]:
    return {
        StepCode.RECEIVED: _("The request arrived {on}; the day of arrival is not counted"),
        StepCode.SAME_DAY: _("The month ends on the same day of the next month, {on}"),
        StepCode.LAST_DAY: _("The next month has no day {number}, so the month ends on its last day, {on}"),
        StepCode.ALL_DAYS_COUNT: _("Weekends and holidays within the month are counted"),
        StepCode.PROMISED: _("The answer is due without undue delay, {on} at the latest; this day is promised"),
        StepCode.NOTICE_PROMISES: _(
            "The privacy notice promises the answer sooner, {on} at the latest; this day is kept"
        ),
        StepCode.NOT_ROLLED: _("{day} is a working day, so the last day does not move"),
        StepCode.EVE_NOT_ROLLED: _("{eve} is a working day in law, so the last day does not move"),
        StepCode.ROLLED: _(
            "The last day would move {to} (no working day: {passed}); that day is a reserve, promised to nobody"
        ),
        StepCode.TARGET_SAME: _("The target is that same day, {day}"),
        StepCode.TARGET_EARLIER: _("The target is the last day before it with open offices, {day} (closed: {passed})"),
        StepCode.EXTENSION_NOTICE: _("An extension and its reasons must be told to the person at the latest {on}"),
        StepCode.THREE_MONTHS: _("Extended, the time ends three months from the arrival, {on}"),
        StepCode.TWO_MORE_MONTHS: _("Counted as two more months from the end of the first, it ends {on}"),
        StepCode.EXTENSION_PROMISED: _("Of the two the earlier is promised: {day}"),
    }
