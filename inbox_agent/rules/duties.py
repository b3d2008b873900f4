"""What must be done besides answering, and by when: the duties that a right, its outcome and its answer bring.

Owns who must be told what (GDPR 17(2), 18(3), 19, 26(3), 28(3), Data Protection Act 1050/2018, section 18) and the
days within which. The law says "without undue delay": the numbers are the profile's, our choice by default. Every
date is counted from a day that its event records, so that `due_on` gives it again. Refuses to do anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import calendar_fi, courtesies, deadlines, recordings
from inbox_agent.rules.footers import without_footers
from state.lifecycle import COPIES
from state.model import (
    CHANGED_WITH_OTHERS,
    Case,
    Counting,
    Draft,
    DraftStatus,
    Duty,
    DutyKind,
    DutyStatus,
    Letter,
    NewDuty,
    Outcome,
    Reckoning,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)

_GIVEN = frozenset({Outcome.GRANTED, Outcome.PARTLY})
# What a letter that grants a right would tell as done while it is not.
_TOLD_AS_DONE = frozenset(
    {
        DutyKind.STOP_MARKETING,
        DutyKind.STOP_PROCESSING,
        DutyKind.FIND_PROCESSORS,
        DutyKind.INSTRUCT_PROCESSORS,
        DutyKind.INFORM_JOINT_CONTROLLERS,
    }
)
_OF_OTHERS = frozenset({DutyKind.FIND_PROCESSORS, DutyKind.INSTRUCT_PROCESSORS, DutyKind.INFORM_JOINT_CONTROLLERS})
# "viimeistään 25.3.2026", "25.3.2026 mennessä", "senast 25.3.2026", "by 25.3.2026"
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}"
_BY_WHEN = re.compile(
    rf"(?:viimeistään|senast|no later than|by)\D{{0,40}}?(?P<day>{_DAY})|(?P<before>{_DAY})\s+mennessä", re.IGNORECASE
)
TOLD = _TOLD_AS_DONE | {DutyKind.COLLECT_DATA}
"""Duties of which an answer tells whether they are done."""
TOLD_IN: Mapping[Letter, frozenset[DutyKind]] = MappingProxyType(
    {Letter.OUTCOME: TOLD, Letter.LATE_DELIVERY: TOLD | {DutyKind.ERASE}}
)
"""The letters that tell whether duties are done, and of which: one about an answer that has left also of what that
announced.
"""
_BARE_NO = re.compile(
    r"\W*(?:ei(?:\s+kiitos)?|en\s+halua|stop|seis|lopeta|lopettakaa|peru(?:uta|kaa)?|poista(?:kaa)?|nej(?:\s+tack)?"
    r"|sluta|avsluta|no(?:,?\s+thank(?:s|\s+you))?|unsubscribe|cancel|remove)\W*",
    re.IGNORECASE,
)
TO_BE_TOLD = "to_be_told"
"""The choice of the facts `notified` and `published` that promises what is still to be done (GDPR 17(2), 19)."""

SOURCES: Mapping[DutyKind, str] = MappingProxyType(
    {
        DutyKind.STOP_MARKETING: "GDPR 21(3)",
        DutyKind.STOP_PROCESSING: "GDPR 7(3)",
        DutyKind.FREEZE_RECORDINGS: "GDPR 15(3), 5(2)",
        DutyKind.FIND_PROCESSORS: "GDPR 28(3), 5(2)",
        DutyKind.COLLECT_DATA: "GDPR 26(3), 28(3)(e)",
        DutyKind.CONSIDER_RESTRICTION: "GDPR 18(1)(d)",
        DutyKind.INSTRUCT_PROCESSORS: "GDPR 28(3)(e)",
        DutyKind.INFORM_JOINT_CONTROLLERS: "GDPR 26(3)",
        DutyKind.FORWARD: "GDPR 28(3)(e)",
        DutyKind.TELL_RECIPIENTS: "GDPR 19",
        DutyKind.TELL_SOURCE: "the controller's own notice",
        DutyKind.TELL_CONTROLLERS: "GDPR 17(2)",
        DutyKind.ERASE: "GDPR 17(1)",
        DutyKind.TELL_BEFORE_LIFTING: "GDPR 18(3)",
        DutyKind.TELL_OF_DELAY: "GDPR 12(3)-(4)",
        DutyKind.ANSWER_OMBUDSMAN: "1050/2018, 18",
        DutyKind.REMINDER: "",
        DutyKind.AWAIT_REPLY: "",
    }
)
"""The provision that each duty stands on; a person's own reminder stands on none."""


def due_on(reckoning: Reckoning) -> date:
    """The date that a reckoning gives."""
    match reckoning.counting:
        case Counting.ON:
            return reckoning.start
        case Counting.DAYS:
            return reckoning.start + timedelta(days=reckoning.days)
        case Counting.WORKING_DAYS:
            return calendar_fi.add_working_days(reckoning.start, reckoning.days)


def came_late(duty: Duty) -> bool:
    """Whether a duty was laid down when its own day had passed: a mailbox was looked at for the first time, or somebody
    said late what a mail is. Nobody has let that day pass; what is to be done is to be done at once.
    """
    return duty.due_on < deadlines.helsinki_date(duty.opened_at)


def days_left(duty: Duty, today: date) -> int:
    """The days until a duty is awaited; negative when it is late. One that came late is awaited the day it came."""
    return (max(duty.due_on, deadlines.helsinki_date(duty.opened_at)) - today).days


def with_right(
    request: Request, arrived_on: date, texts: Sequence[str], profile: ControllerProfile
) -> tuple[NewDuty, ...]:
    """What comes with a right as soon as it is a request. `texts`: what the person wrote in the case's mails.

    Counted from the day `arrived_on`, on which it reached us. The receipt of a controller that counts the month from
    the sending may lie before that; such a promise is about the answer alone.
    """
    return tuple(_with_right(request, arrived_on, texts, profile))


def _with_right(request: Request, start: date, texts: Sequence[str], profile: ControllerProfile) -> Iterator[NewDuty]:
    settings = profile.duties
    if request.kind in COPIES and profile.processing.processors is None:
        yield _soon(DutyKind.FIND_PROCESSORS, request.key, start, settings.processors_days)
    if request.kind in COPIES and (holders := [name for _, who in _others(profile) for name in who]):
        yield _soon(DutyKind.COLLECT_DATA, request.key, start, settings.processors_days, ", ".join(holders))
    match request.kind:
        case RequestKind.MARKETING_OBJECTION:
            for channels, days in (
                (settings.electronic, settings.electronic_days),
                (settings.other, settings.other_days),
            ):
                if channels:
                    yield _soon(DutyKind.STOP_MARKETING, request.key, start, days, ", ".join(channels))
        case RequestKind.CONSENT_WITHDRAWAL:
            yield _soon(DutyKind.STOP_PROCESSING, request.key, start, deadlines.AT_ONCE)
        case RequestKind.OBJECTION:
            yield _soon(DutyKind.CONSIDER_RESTRICTION, request.key, start, settings.processors_days)
        case RequestKind.ACCESS | RequestKind.RESTRICTION:
            # Who asks for a restriction may need a recording that we would let go (GDPR 18(1)(b)-(c)).
            known = tuple(profile.processing.recordings) if request.kind is RequestKind.ACCESS else ()
            if kept := recordings.kept(known, "\n".join(texts)):
                yield _soon(DutyKind.FREEZE_RECORDINGS, request.key, start, settings.recordings_days, ", ".join(kept))
        case _:
            return


def before_confirmed(
    request: Request, arrived_on: date, texts: Sequence[str], profile: ControllerProfile
) -> tuple[NewDuty, ...]:
    """What cannot wait until a person has said that a mail is a request: recordings that it names are gone in weeks,
    and a "no" to a campaign, with nothing beside it, is a ban (GDPR 21(3)). Either harms nobody if it is no request.
    """
    kinds = {
        DutyKind.FREEZE_RECORDINGS: recordings.named("\n".join(texts)),
        DutyKind.STOP_MARKETING: any(map(_is_bare_no, texts)),
    }
    found = with_right(request, arrived_on, texts, profile)
    return tuple(duty for duty in found if kinds.get(duty.kind))


def _is_bare_no(text: str) -> bool:
    """Whether a text says no and nothing else but a greeting, a name and what a mail client adds."""
    return bool(_BARE_NO.fullmatch(courtesies.core(without_footers(text.splitlines()))))


def with_outcome(request: Request, profile: ControllerProfile, decided_on: date) -> tuple[NewDuty, ...]:
    """What comes with the outcome of a decided right: those who process for us or with us must hear of it, and where
    nobody has said who they are, they are found out first. What another controller answers is passed on by its day.
    """
    if request.outcome is Outcome.FORWARDED:
        return tuple(_pass_on(request, decided_on))
    if request.kind not in CHANGED_WITH_OTHERS or request.outcome not in _GIVEN:
        return ()
    unknown = ((DutyKind.FIND_PROCESSORS, ()),) if profile.processing.processors is None else ()
    reckoning, told = _told_by(request, profile, decided_on), (*unknown, *_others(profile))
    return tuple(_counted(kind, request.key, reckoning, ", ".join(who)) for kind, who in told)


def chosen_again(
    request: Request, new: Sequence[NewDuty], laid: Sequence[Duty], before: Request | None
) -> tuple[NewDuty, ...]:
    """Of what comes with an outcome, what is still to be done where the same was laid down for this right already: none
    of what is done, and what was open (as `laid`) until its day. A day that the outcome itself tells is its own; what
    others heard of another act (the right as it was decided `before`) they have still to hear of this one.
    """
    anew = before is not None and _is_another_act(before, request)
    return tuple(left for one in new if (left := _left(one, laid, anew=anew)))


def _is_another_act(before: Request, request: Request) -> bool:
    """Whether more is granted, or something else is corrected, erased, restricted or stopped (GDPR 19)."""
    if before.outcome not in _GIVEN:
        return False
    widened = (before.outcome, request.outcome) == (Outcome.PARTLY, Outcome.GRANTED)
    return widened or _act(before) != _act(request)


def _act(request: Request) -> list[list[str]]:
    return [str(request.decision.get(name, "")).casefold().split() for name in _ACTS]


def _left(new: NewDuty, laid: Sequence[Duty], *, anew: bool) -> NewDuty | None:
    same = [duty for duty in laid if _same(new, duty)]
    if any(duty.status is DutyStatus.DONE for duty in same) and not (anew and new.kind in _OF_OTHERS):
        return None
    days = ((duty.due_on, duty.reckoning) for duty in same if duty.status is DutyStatus.OPEN)
    due, reckoning = next(days, (new.due_on, new.reckoning))
    return replace(new, due_on=due, reckoning=reckoning)


def _same(new: NewDuty, duty: Duty) -> bool:
    told = (new.reckoning == duty.reckoning) or new.reckoning.counting is not Counting.ON
    return told and (duty.request, duty.kind, duty.about) == (new.request, new.kind, new.about)


def _told_by(request: Request, profile: ControllerProfile, decided_on: date) -> Reckoning:
    """By when those who process for us or with us hear of an outcome. What needs no weighing, a ban and a withdrawal,
    waits for none of it: its few days run from the receipt, and once they are over it is done at once.
    """
    if request.kind not in _WITHOUT_WEIGHING:
        return Reckoning(Counting.WORKING_DAYS, decided_on, profile.duties.processors_days)
    soon = Reckoning(Counting.WORKING_DAYS, request.received_on, profile.duties.other_days)
    return soon if due_on(soon) >= decided_on else Reckoning(Counting.WORKING_DAYS, decided_on, deadlines.AT_ONCE)


_ACTS = ("corrected", "erased", "restricted", "stopped")
"""The facts of an outcome that say what was done to the data."""
_WITHOUT_WEIGHING = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL})


def _pass_on(request: Request, decided_on: date) -> Iterator[NewDuty]:
    """The task of a day to come; on an earlier one, or on the very day, it was done."""
    day = _day(request.decision.get("forwarded_on", ""))
    if day and day > decided_on:
        about = request.decision.get("forwarded_to", "")
        yield _counted(DutyKind.FORWARD, request.key, Reckoning(Counting.ON, day), about)


def instructed_by(kind: RequestKind, profile: ControllerProfile, decided_on: date) -> date | None:
    """The day by which those who process for us or with us hear of such a right; None where nobody has to."""
    somebody = profile.processing.processors is None or _others(profile)
    if kind not in CHANGED_WITH_OTHERS or not somebody:
        return None
    return calendar_fi.add_working_days(decided_on, profile.duties.processors_days)


def _others(profile: ControllerProfile) -> tuple[tuple[DutyKind, tuple[str, ...]], ...]:
    """Who processes for us or with us, each with the duty towards them."""
    told = (
        (DutyKind.INSTRUCT_PROCESSORS, profile.processing.processors or ()),
        (DutyKind.INFORM_JOINT_CONTROLLERS, profile.controller.joint),
    )
    return tuple((kind, tuple(who)) for kind, who in told if who)


def with_answer(
    case: Case, request: Request, profile: ControllerProfile, written_on: date, sent_on: date
) -> tuple[NewDuty, ...]:
    """What comes with the letter that told the outcome, written and sent on these days: what it promised."""
    if request.outcome not in _GIVEN:
        return ()
    return tuple(_with_answer(case, request, profile, written_on, sent_on))


def _with_answer(
    case: Case, request: Request, profile: ControllerProfile, written_on: date, sent_on: date
) -> Iterator[NewDuty]:
    said = request.decision
    if said.get("notified") == TO_BE_TOLD:
        yield from _tell_recipients(request, profile, sent_on)
    if request.kind is RequestKind.RECTIFICATION and profile.promises.tell_source:
        yield _soon(DutyKind.TELL_SOURCE, request.key, sent_on, profile.duties.recipients_days)
    if said.get("published") == TO_BE_TOLD:
        yield _soon(DutyKind.TELL_CONTROLLERS, request.key, sent_on, profile.duties.recipients_days)
    day = _day(said.get("done_on", ""))
    if request.kind is RequestKind.ERASURE and day and (day > written_on or copy_given(case)):
        yield _counted(DutyKind.ERASE, request.key, Reckoning(Counting.ON, day), said.get("erased", ""))
    if request.kind is RequestKind.RESTRICTION:
        review = _day(said.get("review_on", ""))
        reckoning = (
            Reckoning(Counting.ON, review)
            if review
            else Reckoning(Counting.DAYS, sent_on, profile.duties.restriction_review_days)
        )
        yield _counted(DutyKind.TELL_BEFORE_LIFTING, request.key, reckoning, said.get("restricted", ""))


def _tell_recipients(request: Request, profile: ControllerProfile, sent_on: date) -> Iterator[NewDuty]:
    """The recipients whom no other task of the outcome is about: those who process for us or with us have their own."""
    named = [name.strip() for name in request.decision.get("notified_named", "").split(",") if name.strip()]
    others = {name for _, who in _others(profile) for name in who}
    left = [name for name in named or profile.processing.recipients if name not in others]
    if left or not named:
        about = ", ".join(left)
        yield _soon(DutyKind.TELL_RECIPIENTS, request.key, sent_on, profile.duties.recipients_days, about)


def undone_until(request: Request, laid: Sequence[Duty], *, told_before: bool = False) -> date | None:
    """The day by which what an answer tells of this right is done everywhere, where a duty of it is still open.
    `told_before`: the answer has left, so that what it announced is to be done as well.
    """
    if request.kind not in CHANGED_WITH_OTHERS:
        return None
    kinds = _TOLD_AS_DONE | ({DutyKind.ERASE} if told_before else set())
    open_ = (duty for duty in laid if duty.request == request.key and duty.status is DutyStatus.OPEN)
    return max((duty.due_on for duty in open_ if duty.kind in kinds), default=None)


def ticked_on(request: Request, laid: Sequence[Duty], *, told_before: bool = False) -> date | None:
    """The last day on which a duty of others, of which an answer to this right tells, was ticked; `told_before` as in
    `undone_until`. On which day we did our own part, the answer's facts say.
    """
    if request.kind not in CHANGED_WITH_OTHERS:
        return None
    kinds = _OF_OTHERS | ({DutyKind.ERASE} if told_before else set())
    done = (duty for duty in laid if duty.request == request.key and duty.status is DutyStatus.DONE)
    days = (deadlines.helsinki_date(duty.settled_at) for duty in done if duty.kind in kinds and duty.settled_at)
    return max(days, default=None)


def undone_here(request: Request, laid: Sequence[Duty]) -> bool:
    """Whether we have still to do ourselves what an answer tells of this right; else those who process for us have."""
    return DutyStatus.OPEN in _statuses(request, laid, *(_TOLD_AS_DONE - _OF_OTHERS))


def holders(laid: Sequence[Duty]) -> tuple[str, ...]:
    """Who has the data of a case by its tasks: of whom it is collected and who is instructed. Where a person cancelled
    such a task, these have none of it.
    """
    tasks = (duty for duty in laid if duty.kind in _OF_HOLDERS and duty.status is not DutyStatus.CANCELLED)
    return tuple(dict.fromkeys(name for duty in tasks for name in duty.about.split(", ") if name))


_OF_HOLDERS = frozenset({DutyKind.COLLECT_DATA, DutyKind.INSTRUCT_PROCESSORS})


def sought(request: Request, laid: Sequence[Duty]) -> bool:
    """Whether it has still to be found out who processes the data of this right for us."""
    return DutyStatus.OPEN in _statuses(request, laid, DutyKind.FIND_PROCESSORS)


def processors_unknown(request: Request, profile: ControllerProfile, laid: Sequence[Duty]) -> bool:
    """Whether nobody has said yet who processes the data of this right for us: to find it out is a task of the case, or
    becomes one once the right is granted.
    """
    tasks = {duty.status for duty in laid if duty.kind is DutyKind.FIND_PROCESSORS}
    told = profile.processing.processors is not None or bool(tasks - {DutyStatus.OPEN})
    return sought(request, laid) or (request.kind in CHANGED_WITH_OTHERS and not told)


def uncollected(request: Request, laid: Sequence[Duty]) -> bool:
    """Whether the data of this right is still to be collected from those who process for us or with us."""
    waiting = _statuses(request, laid, DutyKind.COLLECT_DATA, DutyKind.FIND_PROCESSORS)
    return request.kind in COPIES and DutyStatus.OPEN in waiting


def begun(request: Request, laid: Sequence[Duty]) -> bool:
    """Whether the work on this right that a fee would pay has begun: its data has been collected from others."""
    return DutyStatus.DONE in _statuses(request, laid, DutyKind.COLLECT_DATA)


def _statuses(request: Request, laid: Sequence[Duty], *kinds: DutyKind) -> frozenset[DutyStatus]:
    """How far the tasks of these kinds are that came with a right."""
    return frozenset(duty.status for duty in laid if duty.request == request.key and duty.kind in kinds)


_PROMISED = frozenset(
    {
        DutyKind.ERASE,
        DutyKind.TELL_RECIPIENTS,
        DutyKind.TELL_SOURCE,
        DutyKind.TELL_CONTROLLERS,
        DutyKind.TELL_BEFORE_LIFTING,
        DutyKind.FORWARD,
    }
)
_TELLS_ANEW = frozenset({Letter.OUTCOME, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED})


def promised(duty: Duty, case: Case, drafts: Sequence[Draft]) -> bool:
    """Whether a letter that left says that this will be done, and none that left since tells its reader otherwise. Then
    it is neither left undone nor put off (GDPR 5(1)(a), 17(1), 18(3), 19).
    """
    told = _TOLD_AS_DONE | _PROMISED
    answered = any(one.key == duty.request and one.status is RequestStatus.ANSWERED for one in case.requests)
    return answered and duty.kind in told and not any(_tells_anew(one, duty) for one in drafts)


def _tells_anew(draft: Draft, duty: Duty) -> bool:
    left = draft.status is DraftStatus.SENT and draft.letter in _TELLS_ANEW
    return left and draft.created_at > duty.opened_at


def copy_given(case: Case) -> bool:
    """Whether the case's answer brings a copy, which goes before any erasure."""
    return any(request.kind in COPIES and request.outcome in _GIVEN for request in case.requests)


def by_person(kind: DutyKind, due: date, about: str) -> NewDuty:
    """A duty that a person lays down, such as the day that a letter of the ombudsman names."""
    return NewDuty(kind, due, moved(due), None, about)


def moved(to: date) -> Reckoning:
    """What a date that a person sets in a duty's place is counted from: itself."""
    return Reckoning(Counting.ON, to)


def of_delay(answered: Sequence[RequestKey], today: date) -> NewDuty:
    """What an answer to these rights brings that was written in time and brought late: its reader hears of it, and
    why, at once. It is one task, of the first of them.
    """
    return NewDuty(DutyKind.TELL_OF_DELAY, today, moved(today), min(answered))


def delay_untold(laid: Sequence[Duty]) -> tuple[Duty, ...]:
    """The tasks to tell a reader that, and why, an answer came late."""
    return tuple(duty for duty in laid if duty.kind is DutyKind.TELL_OF_DELAY and duty.status is DutyStatus.OPEN)


def concerns(duty: Duty, letter: Draft) -> bool:
    """Whether a task is about a right that the letter is about; one of the case as a whole is about them all."""
    return duty.request is None or duty.request in letter.requests


def reminder(due: date, about: str, *, unless_reply: bool) -> NewDuty:
    """What a person asks to be reminded of; `unless_reply`: only where the data subject has not written by then."""
    return by_person(DutyKind.AWAIT_REPLY if unless_reply else DutyKind.REMINDER, due, about)


def with_authority(text: str, received_on: date, by: date | None = None) -> NewDuty:
    """What a letter of the supervisory authority brings: its own day, which a person may tell (`by`), or where it names
    none the next working day.
    """
    named = (
        [by]
        if by
        else [
            day
            for match in _BY_WHEN.finditer(text)
            if (day := _numeric(match["day"] or match["before"])) and day > received_on
        ]
    )
    if named:
        return by_person(DutyKind.ANSWER_OMBUDSMAN, min(named), "")
    reckoning = Reckoning(Counting.WORKING_DAYS, received_on, deadlines.AT_ONCE)
    return NewDuty(DutyKind.ANSWER_OMBUDSMAN, due_on(reckoning), reckoning)


def day_unknown(duty: Duty) -> bool:
    """Whether a letter of the supervisory authority named no day that was understood, and nobody has told it."""
    return duty.kind is DutyKind.ANSWER_OMBUDSMAN and duty.reckoning.counting is not Counting.ON


def provision(duty: Duty) -> str:
    """What a task stands on, as `SOURCES` does; that a letter is read at once is our choice."""
    return "our choice" if day_unknown(duty) else SOURCES[duty.kind]


def _numeric(text: str) -> date | None:
    try:
        day, month, year = (int(number) for number in text.split("."))
        return date(year, month, day)
    except ValueError:
        return None


def _soon(kind: DutyKind, request: RequestKey, start: date, days: int, about: str = "") -> NewDuty:
    return _counted(kind, request, Reckoning(Counting.WORKING_DAYS, start, days), about)


def _counted(kind: DutyKind, request: RequestKey, reckoning: Reckoning, about: str) -> NewDuty:
    return NewDuty(kind, due_on(reckoning), reckoning, request, about)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
