"""What a person should do next about a case: decided here, in words here.

Owns only the order of importance. Whether an act is lawful is the store's and the rules' judgement.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from inbox_agent.dashboard.readings import Dossier
from inbox_agent.rules.letters import promise
from inbox_agent.texts import gettext as _
from state.model import CaseStatus, Draft, DraftStatus, DutyKind, DutyStatus, IdentityLevel, Letter
from state.views import QueueRow

ANSWER_ANYWAY = 5  # days before the promise: what has not come by now is not waited for (GDPR 12(4))


class Step(StrEnum):
    AUTHORITY = "authority"
    CONFIRM = "confirm"
    SETTLE = "settle"
    WRITE_AGAIN = "write_again"
    LEAVING = "leaving"
    DELIVER = "deliver"
    APPROVE = "approve"
    IDENTIFY = "identify"
    WAIT = "wait"
    ANSWER = "answer"
    DECIDE = "decide"
    TASKS = "tasks"
    NOTHING = "nothing"


def next_step(
    status: CaseStatus,
    draft: DraftStatus | None,
    level: IdentityLevel,
    required: IdentityLevel,
    days_left: int,
    *,
    on_paper: bool = False,
    authority: bool = False,
    tasks: bool = False,
) -> Step:
    """The one thing to do now. `draft` is the newest live draft's status, `days_left` counts to the promise; a letter
    `on_paper` is delivered by a person. `authority`: the supervisory authority wrote it; `tasks`: some are open.
    """
    if status is CaseStatus.CANDIDATE:
        return Step.AUTHORITY if authority else Step.CONFIRM
    over = status not in {CaseStatus.OPEN, CaseStatus.WAITING}
    if over and draft in {None, DraftStatus.REFUSED}:
        return Step.TASKS if tasks else Step.NOTHING
    if draft is DraftStatus.APPROVED and on_paper:
        return Step.DELIVER
    if draft in _BY_DRAFT:
        return _BY_DRAFT[draft]
    if status is CaseStatus.WAITING:
        return Step.WAIT if days_left > ANSWER_ANYWAY else Step.ANSWER
    return Step.DECIDE if level >= required else Step.IDENTIFY


_BY_DRAFT = {
    DraftStatus.UNCERTAIN: Step.SETTLE,
    DraftStatus.REFUSED: Step.WRITE_AGAIN,
    DraftStatus.SENDING: Step.LEAVING,
    DraftStatus.APPROVED: Step.LEAVING,
    DraftStatus.PROPOSED: Step.APPROVE,
}


ACTS = {
    Step.AUTHORITY: "duties",
    Step.CONFIRM: "confirm",
    Step.SETTLE: "settle",
    Step.WRITE_AGAIN: "write",
    Step.DELIVER: "print",
    Step.APPROVE: "approve",
    Step.IDENTIFY: "identity",
    Step.ANSWER: "outcome",
    Step.DECIDE: "outcome",
    Step.TASKS: "duties",
}
"""The act of the case's screen that does the step; waiting is done by none."""


def of_row(row: QueueRow) -> Step:
    return next_step(
        row.status,
        row.draft,
        row.identity_level,
        row.identity_required,
        row.days_left,
        on_paper=row.on_paper,
        authority=DutyKind.ANSWER_OMBUDSMAN in row.tasks,
        tasks=bool(row.tasks),
    )


def of_case(found: Dossier, letter: Draft | None, today: date) -> Step:
    """The same for a case that is open on the screen; `letter` is the one in view."""
    case, tasks = found.case, [duty.kind for duty in found.duties if duty.status is DutyStatus.OPEN]
    return next_step(
        case.status,
        letter.status if letter else None,
        case.identity_level,
        case.identity_required,
        (promise(case) - today).days,
        on_paper=letter is not None and letter.on_paper,
        authority=DutyKind.ANSWER_OMBUDSMAN in tasks,
        tasks=bool(tasks),
    )


def say(step: Step, letter: Letter | None) -> str:
    """The step in a few words; an approval names the letter."""
    if step is Step.APPROVE and letter is not None:
        return _approvals()[letter]
    return _steps()[step]


def _steps() -> dict[Step, str]:
    return {
        Step.AUTHORITY: _("Answer the Ombudsman"),
        Step.CONFIRM: _("Say whether this is a request"),
        Step.SETTLE: _("Find out if the letter left"),
        Step.WRITE_AGAIN: _("Letter refused: write it again"),
        Step.LEAVING: _("The letter is on its way out"),
        Step.DELIVER: _("Print and deliver it"),
        Step.APPROVE: _("Check and approve the letter"),
        Step.IDENTIFY: _("Establish the identity"),
        Step.WAIT: _("Waiting for the person"),
        Step.ANSWER: _("Answer now with what you have"),
        Step.DECIDE: _("Choose the outcome"),
        Step.TASKS: _("Do the open tasks"),
        Step.NOTHING: _("Nothing to do"),
    }


def _approvals() -> dict[Letter, str]:
    return {
        Letter.ACKNOWLEDGEMENT: _("Approve the acknowledgement"),
        Letter.IDENTITY_QUESTION: _("Approve the identity question"),
        Letter.IDENTITY_CODE: _("Approve the one-time code"),
        Letter.AUTHORITY_QUESTION: _("Approve the authority question"),
        Letter.MARKETING_STOPPED: _("Approve the marketing stop"),
        Letter.MORE_INFORMATION: _("Approve the question"),
        Letter.EXTENSION: _("Approve the extension notice"),
        Letter.FEE: _("Approve the notice of a fee"),
        Letter.LATE_NOTICE: _("Approve the apology"),
        Letter.FOLLOW_UP: _("Approve the further answer"),
        Letter.RESTRICTION_LIFTED: _("Approve the notice"),
        Letter.NOT_A_REQUEST: _("Approve the courteous answer"),
        Letter.OUTCOME: _("Approve the answer"),
    }
