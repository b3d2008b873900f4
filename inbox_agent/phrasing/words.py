"""The names of things as lists and lines show them: a few words each, in the interface's language.

Total over each closed vocabulary (a test proves it). Flags and types of evidence are open sets: one without
a name falls back to its code, spelled out, for an old database may hold it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from inbox_agent.rules.attached import FileState
from inbox_agent.rules.deadlines import Urgency
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import (
    FOLLOW_UP,
    Act,
    CaseStatus,
    DraftStatus,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    IdentityLevel,
    Letter,
    MessageKind,
    MessageStatus,
    Outcome,
    Reason,
    RequestKind,
    RequestStatus,
    Verdict,
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
    return ", ".join(names.get(code) or _spelled(code) for code in codes)


def matter(kinds: Iterable[RequestKind], flags: Collection[str], status: CaseStatus) -> str:
    """What a case is about: the rights it exercises. One that the supervisory authority opened exercises none: it has a
    right for its clock's sake, until a person says that it is a request.
    """
    if FROM_AUTHORITY in flags and status is CaseStatus.CANDIDATE:
        return _("letter of the authority")
    return types([str(kind) for kind in kinds])


def verdict(found: Verdict | str) -> str:
    """What recognition says of a mail."""
    names = {
        Verdict.REQUEST: _("request"),
        Verdict.UNSURE: _("not sure"),
        Verdict.NOT_REQUEST: _("not a request"),
    }
    return names[Verdict(found)]


def message_kind(sort: MessageKind) -> str:
    """What sort of mail it is."""
    names = {
        MessageKind.MAIL: _("mail"),
        MessageKind.AUTO_REPLY: _("automatic reply"),
        MessageKind.AUTOMATIC: _("sent by a program"),
        MessageKind.BOUNCE: _("delivery failure"),
        MessageKind.READ_RECEIPT: _("read receipt"),
        MessageKind.NEWSLETTER: _("newsletter"),
        MessageKind.LIST: _("mailing list"),
        MessageKind.CALENDAR: _("calendar invitation"),
    }
    return names[sort]


def message_status(status: MessageStatus) -> str:
    """Where a mail ended."""
    names = {
        MessageStatus.FILED: _("filed under a case"),
        MessageStatus.SET_ASIDE: _("set aside"),
        MessageStatus.QUARANTINED: _("quarantined"),
    }
    return names[status]


def reason(why: Reason) -> str:
    """Why a mail was set aside or quarantined."""
    names = {
        Reason.NOT_A_REQUEST: _("not a request"),
        Reason.OWN_PHRASE: _("not a request: an own phrase"),
        Reason.AUTOMATIC: _("automatic message"),
        Reason.MASS_MAIL: _("mass mail"),
        Reason.OWN_MAIL: _("our own mail"),
        Reason.UNREADABLE: _("could not be read"),
        Reason.TOO_LARGE: _("too large"),
        Reason.CANARY: _("our own test mail"),
        Reason.NOT_GIVEN: _("the mail server does not give it: look for it in your own mail program"),
        Reason.GIVEN_AT_LAST: _("the mail server gave the mail later: it was taken in"),
        Reason.BY_PERSON: _("set aside by a person"),
    }
    return names[why]


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
        RequestStatus.ANSWERED: _("answered"),
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
        IdentityLevel.L1: _("the sender's address is authentic"),
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
        DutyKind.COLLECT_DATA: _("collect the person's data from processors and joint controllers"),
        DutyKind.CONSIDER_RESTRICTION: _("consider restricting the processing while the objection is weighed"),
        DutyKind.INSTRUCT_PROCESSORS: _("instruct the processors"),
        DutyKind.INFORM_JOINT_CONTROLLERS: _("inform the joint controllers"),
        DutyKind.TELL_RECIPIENTS: _("tell the recipients of the data"),
        DutyKind.TELL_SOURCE: _("tell whoever gave the wrong data"),
        DutyKind.TELL_CONTROLLERS: _("tell other controllers to erase links and copies"),
        DutyKind.ERASE: _("erase the data as promised"),
        DutyKind.TELL_BEFORE_LIFTING: _("look at the restriction again; tell the person before it is lifted"),
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


def flag(code: str) -> str:
    """What a person should look at before anything else."""
    names = {
        "reply_to_elsewhere": _("replies are asked to another address"),
        "lookalike_domain": _("the sender's domain imitates another"),
        "display_name_trick": _("the sender's name pretends another address"),
        "several_from": _("several senders are named"),
        "no_from": _("no sender is named"),
        "group_rewritten": _("a mailing group has replaced the sender's address"),
        "hidden_text": _("the mail holds hidden text"),
        "parts_contradict": _("the mail's two versions say different things"),
        "identity_code": _("the mail holds a personal identity code"),
        "truncated": _("the mail was too long to be read whole"),
        "date_in_future": _("the mail is dated in the future"),
        "representative": _("written on behalf of another"),
        "third_person": _("about another person's data"),
        "forwarded": _("forwarded by a colleague"),
        "web_form": _("sent by our own web form: who asks stands in the text or in the reply address"),
        "scanned": _("a paper scanned by our own device: who asks, and when it came, stands on it"),
        "by_program": _("sent by a program: who asks may stand in the text, and the sender may read no answer"),
        "from_authority": _("by its address, from the supervisory authority: check that it is, and the day in it"),
        "lawyer": _("a lawyer writes for a client"),
        "guardian": _("a guardian writes"),
        "custodian": _("a parent or custodian writes about a child"),
        "spouse": _("a spouse writes"),
        "relative": _("a relative or friend writes"),
        "agent": _("somebody with an authorisation writes"),
        "portal": _("a service sends requests for its users"),
        "works_council": _("a representative of the staff writes"),
        "deceased": _("about somebody who has died"),
        "protected": _("turvakielto: mask every address, town and phone number"),
        "protected_on_file": _("turvakielto in the register: mask every address, town and phone number"),
        "dispute": _("a dispute, a former spouse or a stalker"),
        "contact_change": _("contact details are to be changed: ask over the old ones"),
        "spelling": _("the spelling of a name or title is to be corrected"),
        "answer_elsewhere": _("the answer is asked to another address"),
        "identity_document": _("a copy of an identity document is attached: it is removed with the decision"),
        "joint_receipt": _("it seems to have been received earlier: see who is asking"),
        "code_from_stranger": _("the right code came back from a sender who is not believed"),
        "shared_mailbox": _("several people may read the mailbox"),
        "employer_address": _("the address is our own company's"),
        "address_changed": _("contact details were changed lately"),
        "attachment_only": _("the request may be in an attachment"),
        "kind_unknown": _("which right is meant is not known"),
        "other_sender_in_thread": _("another sender in an existing case's thread"),
    }
    return names.get(code) or _spelled(code)


def file_state(state: str) -> str:
    """Why an attached file was not read, as the end of a sentence."""
    names: dict[str, str] = {
        FileState.READ: _("it was read"),
        FileState.PICTURE: _("it is a picture"),
        FileState.NO_TEXT: _("it holds no text, only pictures of pages"),
        FileState.LOCKED: _("it is locked with a password"),
        FileState.BROKEN: _("it is broken"),
        FileState.TOO_LARGE: _("it is too large"),
        FileState.TOO_SLOW: _("reading it took too long"),
        FileState.OTHER_FORMAT: _("I do not open files of this kind"),
        FileState.IDENTITY_DOCUMENT: _("it is a copy of an identity document"),
        FileState.NO_READER: _("no safe process could be started to read it"),
        FileState.NOT_TRIED: _("the mail has many files"),
    }
    return names.get(state) or _spelled(state)


def act(done: Act) -> str:
    """What was done, as the history of a case tells it."""
    names = {
        Act.MESSAGE_FILED: _("mail filed under the case"),
        Act.MESSAGE_SET_ASIDE: _("mail set aside"),
        Act.MESSAGE_QUARANTINED: _("mail quarantined"),
        Act.MESSAGE_SEEN_AGAIN: _("the same mail seen again"),
        Act.MESSAGE_ERASED: _("mail erased: its time was over"),
        Act.MESSAGE_PUT_UNDER: _("a mail put under this case"),
        Act.MESSAGE_TAKEN_OUT: _("the mail taken out of this case again"),
        Act.CANARY_CLAIMED: _("test mail about to be sent"),
        Act.CANARY_SENT: _("test mail sent"),
        Act.CANARY_ARRIVED: _("test mail arrived"),
        Act.CASE_OPENED: _("case opened"),
        Act.CASE_CONFIRMED: _("confirmed as a request"),
        Act.CASE_DISMISSED: _("dismissed as no request"),
        Act.CASE_WAITING: _("began to wait for the person"),
        Act.CASE_RESUMED: _("our turn again"),
        Act.CASE_CLOSED: _("case closed"),
        Act.CASE_REOPENED: _("case reopened"),
        Act.CASE_PURGED: _("personal data erased"),
        Act.IDENTITY_RECORDED: _("identity recorded"),
        Act.MESSAGE_CUT: _("copy of an identity document removed"),
        Act.IDENTITY_WITHDRAWN: _("proofs of identity taken back"),
        Act.IDENTITY_ASSESSED: _("identity assessed anew"),
        Act.IDENTITY_OVERRIDDEN: _("let go without identification"),
        Act.CONTACT_RECORDED: _("looked up in the register"),
        Act.CODE_ISSUED: _("one-time code made"),
        Act.CODE_RETURNED: _("one-time code came back"),
        Act.CODE_WRONG: _("wrong one-time code"),
        Act.CODE_MASKED: _("one-time code taken out of sight"),
        Act.CASE_HANDED_OVER: _("case handed over"),
        Act.CASE_JOINED: _("cases joined"),
        Act.CASE_PARTED: _("cases parted again"),
        Act.REQUEST_RECEIPT_RESTORED: _("the receipt counts as before the joining"),
        Act.ABSENCE_SET: _("absence set"),
        Act.CASE_FLAGGED: _("marked"),
        Act.CASE_RECEIVED_EARLIER: _("received earlier elsewhere"),
        Act.NOTE_ADDED: _("note added"),
        Act.REMINDER_CLAIMED: _("reminder due"),
        Act.REMINDER_SENT: _("reminder sent"),
        Act.DUTY_OPENED: _("task laid down"),
        Act.DUTY_DONE: _("task done"),
        Act.DUTY_CANCELLED: _("task cancelled"),
        Act.DUTY_REOPENED: _("task opened again"),
        Act.DUTY_MOVED: _("task moved"),
        Act.CORRECTED: _("the assistant's reading corrected"),
        Act.CORRECTION_EXPORTED: _("given out as anonymised training material"),
        Act.REQUEST_OPENED: _("right opened with its own deadline"),
        Act.REQUEST_EXTENDED: _("deadline extended"),
        Act.REQUEST_DECIDED: _("outcome chosen"),
        Act.REQUEST_UNDECIDED: _("outcome taken back"),
        Act.REQUEST_ANSWERED: _("answered"),
        Act.REQUEST_DROPPED: _("right dropped"),
        Act.REQUEST_REOPENED: _("right reopened"),
        Act.DRAFT_PROPOSED: _("letter proposed"),
        Act.DRAFT_EDITED: _("letter edited"),
        Act.FINDINGS_OVERRIDDEN: _("approved in spite of remarks"),
        Act.DRAFT_APPROVED: _("letter approved"),
        Act.APPROVAL_WITHDRAWN: _("approval withdrawn"),
        Act.DRAFT_REJECTED: _("letter rejected"),
        Act.DRAFT_SUPERSEDED: _("letter replaced by a newer one"),
        Act.SENDING_CLAIMED: _("sending began"),
        Act.SENDING_DEFERRED: _("sending put off: the mail server took nothing"),
        Act.DRAFT_OFFERED: _("letter put into the mailbox's drafts"),
        Act.OFFER_WITHDRAWN: _("letter no longer among the mailbox's drafts"),
        Act.SENT_COPY_NOTICED: _("a letter sent from a mail program was noticed"),
        Act.DRAFT_SENT: _("letter sent"),
        Act.DRAFT_DELIVERED: _("letter delivered by a person"),
        Act.DRAFT_REFUSED: _("letter refused by the mail server"),
        Act.SENDING_UNCERTAIN: _("unclear whether the letter left"),
    }
    return names[done]


def _spelled(code: str) -> str:
    return code.replace("_", " ")
