"""Why an identity question may be asked at all: the controller may only where it has reasonable doubts (GDPR 12(6)).

Owns the reason of every question. Refuses to say what is asked: that is `rules.identity.ways`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum

from inbox_agent.rules.identity.evidence import Evidence
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.speakers import Circumstance


class Doubt(StrEnum):
    """Why an identity question may be asked. NO_DOUBT: it may not."""

    NO_DOUBT = "no_doubt"
    PROTECTED_PERSON = "protected_person"
    DISPUTED = "disputed"
    SUSPICIOUS_SENDER = "suspicious_sender"
    ANSWER_ELSEWHERE = "answer_elsewhere"
    ANOTHER_PERSON = "another_person"
    SEVERAL_READERS = "several_readers"
    CHANGED_CONTACT = "changed_contact"
    TAKEOVER = "takeover"  # contact details are to be changed: asked over the old ones
    FAILED_AUTHENTICATION = "failed_authentication"
    UNPROVEN_SENDER = "unproven_sender"
    PASSED_ON = "passed_on"  # somebody else passed the request on
    WEB_FORM = "web_form"
    UNPROVEN_WRITER = "unproven_writer"  # it came by no mail
    NOT_ON_FILE = "not_on_file"
    ADDRESS_NOT_ENOUGH = "address_not_enough"


_DOUBTS: dict[str, Doubt] = {
    Sign.PROTECTED: Doubt.PROTECTED_PERSON,
    Sign.DISPUTE: Doubt.DISPUTED,
    Sign.REPLY_TO_ELSEWHERE: Doubt.ANSWER_ELSEWHERE,
    Sign.ANSWER_ELSEWHERE: Doubt.ANSWER_ELSEWHERE,
    Sign.LOOKALIKE_DOMAIN: Doubt.SUSPICIOUS_SENDER,
    Sign.DISPLAY_NAME_TRICK: Doubt.SUSPICIOUS_SENDER,
    Sign.OUR_NAME: Doubt.SUSPICIOUS_SENDER,
    Sign.SEVERAL_FROM: Doubt.SUSPICIOUS_SENDER,
    Sign.REPRESENTATIVE: Doubt.ANOTHER_PERSON,
    Sign.DECEASED: Doubt.ANOTHER_PERSON,
    Sign.THIRD_PERSON: Doubt.ANOTHER_PERSON,
    Sign.GROUP_REWRITTEN: Doubt.SEVERAL_READERS,
    Sign.SHARED_MAILBOX: Doubt.SEVERAL_READERS,
    Sign.EMPLOYER_ADDRESS: Doubt.SEVERAL_READERS,
    Sign.ADDRESS_CHANGED: Doubt.CHANGED_CONTACT,
    Circumstance.CONTACT_CHANGE: Doubt.TAKEOVER,
    Evidence.AUTHENTICATION_FAILED: Doubt.FAILED_AUTHENTICATION,
    Evidence.OTHER_DOMAIN_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.NOT_AUTHENTICATED: Doubt.UNPROVEN_SENDER,
    Evidence.FORWARDED: Doubt.PASSED_ON,
    Evidence.WEB_FORM: Doubt.WEB_FORM,
    Evidence.SCANNED: Doubt.UNPROVEN_WRITER,
    Evidence.BY_LETTER: Doubt.UNPROVEN_WRITER,
    Evidence.BY_CALL: Doubt.UNPROVEN_WRITER,
    Evidence.BY_VISIT: Doubt.UNPROVEN_WRITER,
    Evidence.NOT_ON_FILE: Doubt.NOT_ON_FILE,
    Evidence.ADDRESS_AUTHENTICATED: Doubt.ADDRESS_NOT_ENOUGH,
}

UNTOLD = frozenset({Doubt.NO_DOUBT, Doubt.PROTECTED_PERSON, Doubt.DISPUTED, Doubt.CHANGED_CONTACT, Doubt.NOT_ON_FILE})
"""What no letter to somebody unidentified may tell: what the register holds, and what would serve a persecutor."""


def doubt(flags: Collection[str], signs: Collection[Sign], evidence: Collection[Evidence]) -> Doubt:
    """The weightiest reason, the signs before a takeover before what the mail shows."""
    return next(_doubts(flags, signs, evidence), Doubt.ADDRESS_NOT_ENOUGH)


def told(flags: Collection[str], signs: Collection[Sign], evidence: Collection[Evidence]) -> Doubt:
    """The weightiest reason that a letter may tell. `signs` and `evidence` are of the mails alone, not the register."""
    found = (reason for reason in _doubts(flags, signs, evidence) if reason not in UNTOLD)
    return next(found, Doubt.ADDRESS_NOT_ENOUGH)


def _doubts(flags: Collection[str], signs: Collection[Sign], evidence: Collection[Evidence]) -> Iterator[Doubt]:
    takeover = (Circumstance.CONTACT_CHANGE,) if Circumstance.CONTACT_CHANGE in flags else ()
    return (_DOUBTS[code] for code in (*signs, *takeover, *evidence) if code in _DOUBTS)
