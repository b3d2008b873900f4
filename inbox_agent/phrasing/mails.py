"""The names of what a mail is, where it ended, and what of it a person should look at, in the interface's language.

Total over each closed vocabulary (a test proves it). Flags are an open set: one without a name falls back to its code,
spelled out, for an old database may hold it.
"""

from __future__ import annotations

from inbox_agent.rules.attached import FileState
from inbox_agent.texts import gettext as _
from state.model import MessageKind, MessageStatus, Reason, Verdict


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


def flag(code: str) -> str:
    """What a person should look at before anything else."""
    names = {
        "reply_to_elsewhere": _("replies are asked to another address"),
        "lookalike_domain": _("the sender's domain imitates another"),
        "display_name_trick": _("the sender's name pretends another address"),
        "our_name": _("the sender bears the name of our own contact person"),
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
        "sealed": _("the message itself lies in a secure-mail service: open it there, if the sender can be believed"),
        "by_program": _("sent by a program: who asks may stand in the text, and the sender may read no answer"),
        "from_authority": _("apparently from the supervisory authority: check that it is, and the day in it"),
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
        "employment": _("an employee, a former one or an applicant: whoever looks after staff matters takes part"),
        "minor": _("a child seems to ask for themselves: tell their parents nothing without hearing them"),
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
    return names.get(code) or code.replace("_", " ")


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
    return names.get(state) or state.replace("_", " ")
