"""The names of things as lists and lines show them: a few words each, in the interface's language.

Total over each closed vocabulary (a test proves it). Types of evidence are an open set: one without a name falls back
to its code, spelled out, for an old database may hold it. What mails and acts are called: `mails`, `acts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from inbox_agent.rules.deadlines import Urgency
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import (
    AGENT,
    FOLLOW_UP,
    MAIL_CLIENT,
    CaseStatus,
    DraftStatus,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    IdentityLevel,
    Letter,
    Outcome,
    RequestKind,
    RequestStatus,
)


def days_left(days: int) -> str:
    """How far a promise is: "3 days left", "due today", "2 days late" (negative)."""
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("{n} day left", "{n} days left", days).format(n=days)
    return ngettext("{n} day late", "{n} days late", -days).format(n=-days)


def kind(right: RequestKind) -> str:
    """A right that is exercised."""
    names = {
        RequestKind.ACCESS: _("access to data"),
        RequestKind.RECTIFICATION: _("rectification"),
        RequestKind.ERASURE: _("erasure"),
        RequestKind.RESTRICTION: _("restriction of processing"),
        RequestKind.PORTABILITY: _("data portability"),
        RequestKind.OBJECTION: _("objection to processing"),
        RequestKind.MARKETING_OBJECTION: _("ban on direct marketing"),
        RequestKind.CONSENT_WITHDRAWAL: _("withdrawal of consent"),
        RequestKind.AUTOMATED_DECISION: _("automated decision"),
    }
    return names[right]


def types(codes: Iterable[str]) -> str:
    """The words of an analysis' `types` or evidence: rights, the follow-up relation, "request"; may be none."""
    rights: dict[str, str] = {str(right): kind(right) for right in RequestKind}
    names = {**rights, FOLLOW_UP: _("follow-up"), "request": _("request"), "own_phrase": _("own phrase")}
    return ", ".join(names.get(code) or code.replace("_", " ") for code in codes)


def actor(who: str) -> str:
    """Who did something, as the journal names them."""
    names = {AGENT: _("the assistant"), MAIL_CLIENT: _("a person's own mail program")}
    return names.get(who) or who.removeprefix("person:")


def matter(kinds: Iterable[RequestKind], flags: Collection[str], status: CaseStatus) -> str:
    """What a case is about: the rights it exercises. One that the supervisory authority opened exercises none: it has a
    right for its clock's sake, until a person says that it is a request.
    """
    if FROM_AUTHORITY in flags and status is CaseStatus.CANDIDATE:
        return _("letter of the authority")
    return types([str(kind) for kind in kinds])


def case_status(status: CaseStatus) -> str:
    """How a case stands."""
    names = {
        CaseStatus.CANDIDATE: _("not sure"),
        CaseStatus.OPEN: _("open"),
        CaseStatus.WAITING: _("waiting for the person"),
        CaseStatus.CLOSED: _("closed"),
        CaseStatus.DISMISSED: _("not a request"),
        CaseStatus.PURGED: _("erased"),
    }
    return names[status]


def request_status(status: RequestStatus) -> str:
    """How one right of a case stands."""
    names = {
        RequestStatus.OPEN: _("open"),
        RequestStatus.DECIDED: _("decided, answer not sent"),
        RequestStatus.ANSWERED: _("answer given"),
        RequestStatus.DROPPED: _("dropped"),
    }
    return names[status]


def outcome(end: Outcome) -> str:
    """How a right ends."""
    names = {
        Outcome.GRANTED: _("granted"),
        Outcome.PARTLY: _("granted in part"),
        Outcome.REFUSED: _("refused"),
        Outcome.NO_DATA: _("no data found"),
        Outcome.NOT_IDENTIFIED: _("identity not established"),
        Outcome.ART11: _("person cannot be identified in the data"),
        Outcome.FORWARDED: _("passed on to the controller"),
    }
    return names[end]


def letter(sort: Letter) -> str:
    """What a letter is for."""
    names = {
        Letter.ACKNOWLEDGEMENT: _("acknowledgement"),
        Letter.IDENTITY_QUESTION: _("identity question"),
        Letter.IDENTITY_CODE: _("one-time code"),
        Letter.AUTHORITY_QUESTION: _("question about the authority"),
        Letter.MARKETING_STOPPED: _("confirmation of the marketing ban"),
        Letter.MORE_INFORMATION: _("question to specify the request"),
        Letter.EXTENSION: _("extension notice"),
        Letter.FEE: _("notice of a fee"),
        Letter.LATE_NOTICE: _("notice that the answer is late"),
        Letter.LATE_DELIVERY: _("apology that the answer came late"),
        Letter.FOLLOW_UP: _("answer to a further message"),
        Letter.RESTRICTION_LIFTED: _("notice that a restriction is lifted"),
        Letter.NOT_A_REQUEST: _("courteous answer: not a request"),
        Letter.OUTCOME: _("answer"),
    }
    return names[sort]


def draft_status(status: DraftStatus) -> str:
    """How a letter stands."""
    names = {
        DraftStatus.PROPOSED: _("proposed"),
        DraftStatus.APPROVED: _("approved"),
        DraftStatus.SENDING: _("being sent"),
        DraftStatus.SENT: _("sent"),
        DraftStatus.REFUSED: _("refused by the mail server"),
        DraftStatus.UNCERTAIN: _("unclear whether it left"),
        DraftStatus.REJECTED: _("rejected"),
        DraftStatus.SUPERSEDED: _("replaced by a newer one"),
    }
    return names[status]


def identity_level(level: IdentityLevel) -> str:
    """How a person is known at a level."""
    names = {
        IdentityLevel.L0: _("not established"),
        IdentityLevel.L1: _("the sender's address is authentic, or the facts told match the records"),
        IdentityLevel.L2: _("confirmed through contact details on file"),
        IdentityLevel.L3: _("logged in, or confirmed through two channels"),
        IdentityLevel.L4: _("strong electronic identification, or an identity document shown"),
    }
    return names[level]


def urgency(near: Urgency) -> str:
    """How near a target is."""
    names = {
        Urgency.CALM: _("time in hand"),
        Urgency.SOON: _("approaching"),
        Urgency.URGENT: _("urgent"),
        Urgency.DUE_TODAY: _("last working day"),
        Urgency.OVERDUE: _("overdue"),
    }
    return names[near]


def language(code: str) -> str:
    """A language by name."""
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}.get(code, code)


def extension_reason(why: ExtensionReason) -> str:
    """For what a deadline is extended."""
    names = {
        ExtensionReason.COMPLEXITY: _("the request is complex"),
        ExtensionReason.NUMBER_OF_REQUESTS: _("the person has made several requests"),
    }
    return names[why]


def duty(task: DutyKind) -> str:
    """What must be done besides answering."""
    names = {
        DutyKind.STOP_MARKETING: _("stop the marketing"),
        DutyKind.STOP_PROCESSING: _("stop what rested on the consent"),
        DutyKind.FREEZE_RECORDINGS: _("save recordings and logs from being erased"),
        DutyKind.FIND_PROCESSORS: _("find out which processors hold the data, and pass the request on to them"),
        DutyKind.COLLECT_DATA: _("collect the person's data from processors and joint controllers"),
        DutyKind.CONSIDER_RESTRICTION: _("consider restricting the processing while the objection is weighed"),
        DutyKind.INSTRUCT_PROCESSORS: _("instruct the processors"),
        DutyKind.INFORM_JOINT_CONTROLLERS: _("inform the joint controllers"),
        DutyKind.FORWARD: _("pass the request on to the controller"),
        DutyKind.TELL_RECIPIENTS: _("tell the recipients of the data"),
        DutyKind.TELL_SOURCE: _("tell whoever gave the wrong data"),
        DutyKind.TELL_CONTROLLERS: _("tell other controllers to erase links and copies"),
        DutyKind.ERASE: _("erase the data as promised"),
        DutyKind.TELL_BEFORE_LIFTING: _("look at the restriction again; tell the person before it is lifted"),
        DutyKind.TELL_OF_DELAY: _("say sorry that the answer came late, and tell why"),
        DutyKind.ANSWER_OMBUDSMAN: _("answer the Data Protection Ombudsman"),
        DutyKind.REMINDER: _("reminder of your own"),
        DutyKind.AWAIT_REPLY: _("see whether the person has answered"),
    }
    return names[task]


def duty_status(status: DutyStatus) -> str:
    """How a task stands."""
    names = {
        DutyStatus.OPEN: _("to be done"),
        DutyStatus.DONE: _("done"),
        DutyStatus.CANCELLED: _("cancelled"),
    }
    return names[status]
