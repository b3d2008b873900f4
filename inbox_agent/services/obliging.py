"""Lays down the duties that follow from rights, outcomes and letters. Which they are, `rules.duties` says.

Every act is part of the caller's transaction and harmless to repeat: a right's duties are laid down once, and those of
an outcome that is chosen again are neither done twice nor put off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import duties
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.rules.parse import InboundMessage
from replies.authority import sends_from
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    Duty,
    DutyKind,
    DutyStatus,
    Event,
    Message,
    Request,
    RequestKey,
)
from state.store.store import Store


def oblige(store: Store, profile: ControllerProfile, event: Event) -> int:
    """Lay down what comes with every confirmed right that has nothing laid down yet; return of how many rights."""
    with store.transaction():
        waiting = store.duties.unobliged()
        for request in waiting:
            with_right(store, profile, request, event)
    return len(waiting)


def with_right(store: Store, profile: ControllerProfile, request: Request, event: Event) -> None:
    """Lay down what comes with one right of a confirmed case; what was laid down before it was confirmed is not twice,
    nor are recordings that are frozen already.
    """
    case, mails = store.cases.get(request.case), store.mails.of_case(request.case)
    found = duties.with_right(request, _arrived_on(case, request, mails), _texts(store, case, mails), profile)
    laid = {
        duty.kind
        for duty in store.duties.of_case(request.case)
        if duty.status is not DutyStatus.CANCELLED
        and (duty.request == request.key or (duty.kind, duty.status) == (DutyKind.FREEZE_RECORDINGS, DutyStatus.OPEN))
    }
    early = {DutyKind.FREEZE_RECORDINGS, DutyKind.STOP_MARKETING} & laid
    store.duties.oblige(request.key, [duty for duty in found if duty.kind not in early], _as(event))


def before_confirmed(store: Store, profile: ControllerProfile, key: CaseKey, event: Event) -> None:
    """Lay down what cannot wait until a person has said of a candidate whether it is a request."""
    case = store.cases.get(key)
    if case.status is not CaseStatus.CANDIDATE or FROM_AUTHORITY in case.flags:
        return
    mails = store.mails.of_case(key)
    texts = _texts(store, case, mails)
    for request in case.requests:
        for duty in duties.before_confirmed(request, _arrived_on(case, request, mails), texts, profile):
            store.duties.open(key, duty, _as(event))


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an outcome takes the place of: the right as it was decided before, and the case's tasks as they were then,
    which keep their day.
    """

    request: Request
    laid: Sequence[Duty]


def decided(
    store: Store,
    profile: ControllerProfile,
    key: RequestKey,
    on: date,
    event: Event,
    *,
    replaced: Replaced | None = None,
) -> None:
    """Lay down what comes with the outcome of a right that has just been decided, save what is done already."""
    request = store.cases.request(key)
    laid = replaced.laid if replaced else store.duties.of_case(request.case)
    before = replaced.request if replaced else None
    for duty in duties.chosen_again(request, duties.with_outcome(request, profile, on), laid, before):
        store.duties.open(request.case, duty, _as(event))


def answered(  # noqa: PLR0917  # the act and its circumstances
    store: Store, profile: ControllerProfile, request: Request, draft: Draft, sent_on: date, event: Event
) -> None:
    """Lay down what the letter that told a right's outcome promised; it left on the day `sent_on`."""
    case, written_on = store.cases.get(request.case), helsinki_date(draft.created_at)
    for duty in duties.with_answer(case, request, profile, written_on, sent_on):
        store.duties.open(case.key, duty, _as(event))


def authority_wrote(store: Store, key: CaseKey, message: InboundMessage, received_on: date, event: Event) -> None:
    """Lay down the answer that a letter of the supervisory authority asks for; any other mail brings nothing."""
    if sends_from(message.sender.address):
        store.duties.open(key, duties.with_authority(message.new_text, received_on), _as(event))


def _arrived_on(case: Case, request: Request, mails: Sequence[Message]) -> date:
    """The day on which the mail that brought a right reached us; of one that came by no mail, its receipt."""
    days = (helsinki_date(message.received_at) for message in mails)
    told = max(request.received_on, helsinki_date(case.received_at))
    return min((day for day in days if day >= request.received_on), default=told)


def _texts(store: Store, case: Case, mails: Sequence[Message]) -> list[str]:
    """What the person wrote, and what was noted of what they said: a request by telephone names recordings, too."""
    found = (message.analysis.get("message", {}) for message in mails)
    written = (str(understood.get("new_text") or understood.get("text") or "") for understood in found)
    return [*written, *store.cases.notes(case.key)]


def _as(event: Event) -> Event:
    return replace(event, act=Act.DUTY_OPENED)
