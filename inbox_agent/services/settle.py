"""What follows once it is known that a letter left: whose turn it is, which dates move, what is answered.

One act for the sending itself, for a person who settles an uncertain letter and for one who brought a letter to its
reader, so that all end alike. Sends nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, duties, letters
from inbox_agent.services import codes, obliging
from state.lifecycle import LIVE_REQUESTS
from state.model import (
    Act,
    CaseStatus,
    Draft,
    Duty,
    Event,
    ExtensionReason,
    Letter,
    Masked,
    MessageKind,
    Outcome,
    Request,
    RequestStatus,
    Verdict,
)
from state.store.store import Store

ANSWERS = frozenset({Letter.OUTCOME, Letter.MARKETING_STOPPED})
"""The letters that answer a right."""

_DONE = frozenset({RequestStatus.ANSWERED, RequestStatus.DROPPED})


def sent(store: Store, profile: ControllerProfile, draft: Draft, answer: str, event: Event) -> None:
    """Record that the letter left, and what follows from it, in one transaction. `answer` is the server's word."""
    with store.transaction():
        store.drafts.sent(draft.key, answer, event, _masked(store, draft))
        _follow(store, profile, draft, event)


def delivered(  # noqa: PLR0917  # the act and its circumstances
    store: Store, profile: ControllerProfile, draft: Draft, how: str, at: datetime, event: Event
) -> None:
    """Record that a person brought the letter to its reader at the instant `at`, and what follows from it."""
    with store.transaction():
        store.drafts.delivered(draft.key, how, at, event, _masked(store, draft))
        _follow(store, profile, draft, event)


def _follow(store: Store, profile: ControllerProfile, draft: Draft, event: Event) -> None:
    """Whose turn it is, which dates move and what is answered, now that the letter has left."""
    match draft.letter:
        case Letter.FEE | Letter.MORE_INFORMATION:
            _their_turn(store, draft, event)
        case Letter.IDENTITY_QUESTION | Letter.IDENTITY_CODE | Letter.AUTHORITY_QUESTION:
            _their_turn(store, draft, event)
        case Letter.EXTENSION:
            _extend(store, draft, event)
        case Letter.OUTCOME | Letter.MARKETING_STOPPED:
            _answered(store, profile, draft, event)
        case Letter.LATE_DELIVERY:
            _told_of_delay(store, draft, event)
            ended(store, draft, event)
        case Letter.FOLLOW_UP:
            ended(store, draft, event)
        case Letter.ACKNOWLEDGEMENT | Letter.LATE_NOTICE | Letter.NOT_A_REQUEST | Letter.RESTRICTION_LIFTED:
            pass


def _masked(store: Store, draft: Draft) -> Masked | None:
    """The letter without its one-time code: only its reader holds the code from now on."""
    code = codes.carried(store, draft)
    if code is None:
        return None
    # As it stands: a person who sent it by hand may have changed its words just now.
    return codes.masked(store.drafts.get(draft.key), code)


def _their_turn(store: Store, draft: Draft, event: Event) -> None:
    if store.cases.get(draft.case).status is CaseStatus.OPEN and not _unread(store, draft):
        store.cases.wait(draft.case, _as(event, Act.CASE_WAITING))


def _extend(store: Store, draft: Draft, event: Event) -> None:
    """Move the dates of which the notice left in time; a notice that left too late moves nothing (GDPR 12(3))."""
    told_on = _left_on(store, draft, event)
    reason = ExtensionReason(draft.facts["reason"])
    for request in _about(store, draft):
        if request.extended is None and request.status in LIVE_REQUESTS and told_on <= request.due.promise:
            due = deadlines.compute(request.received_on).extension
            store.cases.extend(request.key, due, reason, draft.key, told_on, _as(event, Act.REQUEST_EXTENDED))


def _answered(store: Store, profile: ControllerProfile, draft: Draft, event: Event) -> None:
    left_on = _left_on(store, draft, event)
    for request in _about(store, draft):
        status = request.status
        if draft.letter is Letter.MARKETING_STOPPED and status is RequestStatus.OPEN:
            # The ban is absolute (GDPR 21(3)): the letter that a person approved is the decision.
            store.cases.decide(request.key, Outcome.GRANTED, {}, _as(event, Act.REQUEST_DECIDED))
            obliging.decided(store, profile, request.key, left_on, event)
            status = RequestStatus.DECIDED
        if status is RequestStatus.DECIDED:
            store.cases.answered(request.key, _as(event, Act.REQUEST_ANSWERED))
            obliging.answered(store, profile, store.cases.request(request.key), draft, left_on, event)
    ended(store, draft, event)


def ended(store: Store, draft: Draft, event: Event) -> None:
    """End the case in which nothing waits any more, with its last letter: no right, no mail, and no delay that its
    reader has not been told of.
    """
    case = store.cases.get(draft.case)
    done = {request.status for request in case.requests} <= _DONE and not _unread(store, draft)
    if done and case.status in {CaseStatus.OPEN, CaseStatus.WAITING} and not _delay_untold(store, draft):
        store.cases.close(case.key, _as(event, Act.CASE_CLOSED))


def _delay_untold(store: Store, draft: Draft) -> tuple[Duty, ...]:
    return duties.delay_untold(store.duties.of_case(draft.case))


def _told_of_delay(store: Store, draft: Draft, event: Event) -> None:
    """That the reader hears of the delay is the deed of the person who approved the letter; of another answer that came
    late they have heard nothing yet.
    """
    by_whom = replace(event, act=Act.DUTY_DONE, actor=draft.approved_by or event.actor)
    for duty in _delay_untold(store, draft):
        if duties.concerns(duty, draft):
            store.duties.done(duty.key, by_whom)


def left_on(store: Store, draft: Draft) -> date | None:
    """The day on which a letter left, whenever that became known; None where nobody knows that it did."""
    delivery = store.drafts.delivery(draft.key)
    return deadlines.helsinki_date(delivery.claimed_at) if delivery else None


def _left_on(store: Store, draft: Draft, event: Event) -> date:
    """What follows is counted from it."""
    return left_on(store, draft) or deadlines.helsinki_date(event.at)


def _unread(store: Store, draft: Draft) -> bool:
    """Whether the person wrote, with more than thanks, after the letter was approved: it answers nothing of that, so it
    is our turn still.
    """
    since = store.mails.filed_since_approval(draft.key)
    return any(mail.kind is MessageKind.MAIL and mail.verdict is not Verdict.NOT_REQUEST for mail in since)


def _about(store: Store, draft: Draft) -> tuple[Request, ...]:
    return letters.requests_of(store.cases.get(draft.case), draft)


def _as(event: Event, act: Act) -> Event:
    return replace(event, act=act)
