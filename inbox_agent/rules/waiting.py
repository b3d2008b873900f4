"""The clock while somebody is asked who they are: it runs (GDPR 12(3) knows no pause), and silence is answered.

Owns when the asking and the proof were, the disputed fallback that follows (EDPB Guidelines 01/2022, 159), and from
when on "not identified" is drafted. Days are Helsinki's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import calendar_fi, deadlines
from inbox_agent.rules.deadlines import Fallback
from replies.reckoning import months_after
from state.lifecycle import CODE_LIFE
from state.model import (
    Act,
    Case,
    CaseStatus,
    Delivery,
    Draft,
    DraftStatus,
    IdentityLevel,
    Letter,
    Request,
    RequestKind,
    RequestStatus,
    StoredEvent,
)

ASKING = frozenset({Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION})
_OURS = frozenset({CaseStatus.OPEN, CaseStatus.WAITING})

Sent = Sequence[tuple[Draft, Delivery | None]]


@dataclass(frozen=True, slots=True)
class Wait:
    """When the person was first asked, when they had proved it, and the fallback, which nobody should plan by.

    `ask_by`: the day by which they ought to be asked; `answer_on`: from when "not identified" is drafted; `today`: the
    day it is told of, by which the others are past or to come; `needed`: more must be known of who asks.
    """

    ask_by: date
    asked_on: date | None
    proved_on: date | None
    answer_on: date
    fallback: Fallback | None
    today: date
    needed: bool = True


def wait(case: Case, sent: Sent, events: Iterable[StoredEvent], profile: ControllerProfile, today: date) -> Wait:
    """How a case has waited for its person's identity."""
    asked, proved = first_asked_on(sent), _proved_on(events)
    computed = deadlines.of_case(case)
    fallback = deadlines.suspension_fallback(computed, asked, proved) if asked else None
    ask_by = calendar_fi.add_working_days(case.received_on, profile.identity.ask_within_working_days)
    needed = case.identity_level < case.identity_required
    return Wait(ask_by, asked, proved, _answer_on(case, asked, profile), fallback, today, needed)


def first_asked_on(sent: Sent) -> date | None:
    """When the person was first asked who they are: the day on which the first such letter left. A later question of
    the same moves nothing: whether they were asked in time, and what a refusal tells them, hangs on the first one.
    """
    return min((day for day, _ in _asked(sent)), default=None)


def days_asked(sent: Sent) -> frozenset[date]:
    """The days on which a letter left that asks who somebody is, or for whom they speak."""
    return frozenset(day for day, _ in _asked(sent))


def first_asked(sent: Sent) -> Mapping[str, str]:
    """What an answer "not identified" tells of that asking: when it was, and why (GDPR 12(6)). Empty before it."""
    asked = _asked(sent)
    if not asked:
        return {}
    day, draft = min(asked, key=lambda found: found[0])
    told = draft.facts.get("doubt", "")
    return {"asked_on": day.isoformat(), **({"doubt": told} if told else {})}


def _asked(sent: Sent) -> list[tuple[date, Draft]]:
    return [
        (deadlines.helsinki_date(delivery.claimed_at), draft)
        for draft, delivery in sent
        if draft.letter in ASKING and draft.status is DraftStatus.SENT and delivery
    ]


def unanswered(case: Case) -> tuple[Request, ...]:
    """The rights that "not identified" would answer: undecided, and not a ban, which needs nobody's identity."""
    return tuple(
        request
        for request in case.requests
        if request.status is RequestStatus.OPEN and request.kind is not RequestKind.MARKETING_OBJECTION
    )


def final_facts(case: Case, sent: Sent, profile: ControllerProfile, today: date) -> Mapping[str, str] | None:
    """The facts of a "not identified" that is due to be drafted; None where it is not: too early, nobody was asked,
    the person is identified, a decision has been made, or an answer has left already.
    """
    asked, requests = first_asked_on(sent), unanswered(case)
    decided = any(request.status is RequestStatus.DECIDED for request in case.requests)
    if case.status not in _OURS or case.identity_level >= case.identity_required or asked is None:
        return None
    answered = any(draft.letter is Letter.OUTCOME and draft.status is DraftStatus.SENT for draft, _ in sent)
    if not requests or decided or answered or today < _answer_on(case, asked, profile):
        return None
    answered_on = max(today, min(request.current.promise for request in requests))
    open_until = months_after(answered_on, profile.identity.open_months)
    return {**first_asked(sent), "open_until": open_until.isoformat()}


def _answer_on(case: Case, asked: date | None, profile: ControllerProfile) -> date:
    """In time before the target. Who was asked only once the promised day was past has as long as their code is good:
    what they were just asked is not refused in the same breath.
    """
    clocks = [request.current for request in unanswered(case) or case.requests]
    in_time = calendar_fi.add_working_days(min(clock.target for clock in clocks), -profile.identity.final_answer_days)
    late = asked is not None and asked > min(clock.promise for clock in clocks)
    return max(in_time, asked + CODE_LIFE) if asked and late else in_time


def _proved_on(events: Iterable[StoredEvent]) -> date | None:
    """The last time that the needed level came to be reached; None where it has been lost since."""
    judged = [stored for stored in events if stored.event.act is Act.IDENTITY_ASSESSED]
    since = list(takewhile(_reached, reversed(judged)))
    return deadlines.helsinki_date(since[-1].event.at) if since else None


def _reached(stored: StoredEvent) -> bool:
    facts = stored.event.facts
    level, required = IdentityLevel(str(facts["level"])), IdentityLevel(str(facts["required"]))
    return level >= required
