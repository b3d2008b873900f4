"""What a person should do next about a case: decided here, in words here.

Owns only the order of importance. Whether an act is lawful is the store's and the rules' judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inbox_agent.dashboard.readings import Dossier, Post
from inbox_agent.phrasing.findings import in_short
from inbox_agent.rules.letters import promise
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from replies.linter import Finding
from replies.wording import Severity
from state.model import CaseStatus, DraftStatus, DutyKind, DutyStatus, IdentityLevel, Letter
from state.views import QueueRow

ANSWER_ANYWAY = 5  # days before the promise: what has not come by now is not waited for (GDPR 12(4))


class Step(StrEnum):
    AUTHORITY = "authority"
    CONFIRM = "confirm"
    SETTLE = "settle"
    WRITE_AGAIN = "write_again"
    LEAVING = "leaving"
    DELIVER = "deliver"
    MEND = "mend"
    APPROVE = "approve"
    IDENTIFY = "identify"
    WAIT = "wait"
    ANSWER = "answer"
    DECIDE = "decide"
    APOLOGISE = "apologise"
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
    delay_untold: bool = False,
    held_back: bool = False,
    faulty: bool = False,
    only_received: bool = False,
) -> Step:
    """The one thing to do now. `draft` is the newest live draft's status, `days_left` counts to the promise; a letter
    `on_paper` is delivered by a person. `authority`: the supervisory authority wrote it; `tasks`: some are open;
    `delay_untold`: one of them is to say that the answer came late, and why. A letter that is `held_back` until its
    reader is known, or `faulty`, is not to be approved as it stands; where the answer is late and can be given, one by
    which a request is `only_received` is not mended before it.
    """
    if status is CaseStatus.CANDIDATE:
        return Step.AUTHORITY if authority else Step.CONFIRM
    over = status not in {CaseStatus.OPEN, CaseStatus.WAITING}
    if over and draft in {None, DraftStatus.REFUSED}:
        return Step.TASKS if tasks else Step.NOTHING
    if draft is DraftStatus.APPROVED and on_paper:
        return Step.DELIVER
    if draft is DraftStatus.PROPOSED and faulty and only_received and days_left < 0 and level >= required:
        return Step.DECIDE
    if draft is DraftStatus.PROPOSED and (held_back or faulty):
        return Step.IDENTIFY if held_back else Step.MEND
    if draft in _BY_DRAFT:
        return _BY_DRAFT[draft]
    if delay_untold:
        return Step.APOLOGISE
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
    Step.MEND: "edit",
    Step.APPROVE: "approve",
    Step.IDENTIFY: "identity",
    Step.ANSWER: "outcome",
    Step.DECIDE: "outcome",
    Step.APOLOGISE: "write",
    Step.TASKS: "duties",
}
"""The act of the case's screen that does the step; waiting is done by none."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """What stands in the way of approving a proposed letter: its reader is not known, or the linter's errors; `places`
    are the words that were left to be filled in.
    """

    held_back: bool = False
    codes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


NO_BLOCKS = Blocks()


def blocks(post: Post | None, body: str, found: Sequence[Finding]) -> Blocks:
    """What the linter's findings of a letter's text and its reader's level leave to be done before its approval."""
    if post is None or post.draft.status is not DraftStatus.PROPOSED:
        return NO_BLOCKS
    errors = sorted((each for each in found if each.severity is Severity.ERROR), key=lambda each: each.span is None)
    places = (body[slice(*each.span)] for each in errors if each.code == UNFILLED and each.span)
    return Blocks(post.held_back, tuple(dict.fromkeys(each.code for each in errors)), tuple(dict.fromkeys(places)))


UNFILLED = "unfilled"  # the linter's code of a place that a template leaves to the person


def of_row(row: QueueRow, barred: Blocks = NO_BLOCKS) -> Step:
    return next_step(
        row.status,
        row.draft,
        row.identity_level,
        row.identity_required,
        row.days_left,
        on_paper=row.on_paper,
        authority=DutyKind.ANSWER_OMBUDSMAN in row.tasks,
        tasks=bool(row.tasks),
        delay_untold=DutyKind.TELL_OF_DELAY in row.tasks,
        held_back=barred.held_back,
        faulty=bool(barred.codes),
        only_received=row.letter is Letter.ACKNOWLEDGEMENT,
    )


def of_case(found: Dossier, post: Post | None, today: date, barred: Blocks) -> Step:
    """The same for a case that is open on the screen; `post` is the letter in view."""
    case, tasks = found.case, [duty.kind for duty in found.duties if duty.status is DutyStatus.OPEN]
    return next_step(
        case.status,
        post.draft.status if post else None,
        case.identity_level,
        case.identity_required,
        (promise(case) - today).days,
        on_paper=post is not None and post.draft.on_paper,
        authority=DutyKind.ANSWER_OMBUDSMAN in tasks,
        tasks=bool(tasks),
        delay_untold=DutyKind.TELL_OF_DELAY in tasks,
        held_back=barred.held_back,
        faulty=bool(barred.codes),
        only_received=post is not None and post.draft.letter is Letter.ACKNOWLEDGEMENT,
    )


def say(step: Step, letter: Letter | None) -> str:
    """The step in a few words; an approval names the letter."""
    if step is Step.APPROVE and letter is not None:
        return _approvals()[letter]
    return _steps()[step]


def say_whole(step: Step, letter: Letter | None, barred: Blocks) -> str:
    """The same where there is room: with what has to be mended in the letter."""
    if step is not Step.MEND:
        return say(step, letter)
    if barred.places:
        return _("Fill in the letter: {places}").format(places=", ".join(barred.places))
    first, *others = barred.codes
    more = ngettext(" (and {n} more)", " (and {n} more)", len(others)).format(n=len(others)) if others else ""
    return _("Correct the letter: {what}").format(what=in_short(first)) + more


def _steps() -> dict[Step, str]:
    return {
        Step.AUTHORITY: _("Answer the Ombudsman"),
        Step.CONFIRM: _("Say whether this is a request"),
        Step.SETTLE: _("Find out if the letter left"),
        Step.WRITE_AGAIN: _("Letter refused: write it again"),
        Step.LEAVING: _("The letter is on its way out"),
        Step.DELIVER: _("Print and deliver it"),
        Step.MEND: _("Correct the letter first"),
        Step.APPROVE: _("Check and approve the letter"),
        Step.IDENTIFY: _("Establish the identity"),
        Step.WAIT: _("Waiting for the person"),
        Step.ANSWER: _("Answer now with what you have"),
        Step.DECIDE: _("Choose the outcome"),
        Step.APOLOGISE: _("Tell that the answer was late"),
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
        Letter.LATE_DELIVERY: _("Approve the apology"),
        Letter.FOLLOW_UP: _("Approve the further answer"),
        Letter.RESTRICTION_LIFTED: _("Approve the notice"),
        Letter.NOT_A_REQUEST: _("Approve the courteous answer"),
        Letter.OUTCOME: _("Approve the answer"),
    }
