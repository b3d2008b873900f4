"""Why a sender is believed or doubted, as sentences: evidence, signs, and the reason of an identity question."""

from __future__ import annotations

from inbox_agent.rules.identity import Doubt, Evidence, Sign
from inbox_agent.texts import gettext as _


def evidence(code: Evidence | str) -> str:
    """What the mail says about its sender. Stored analyses hold the bare code."""
    sentences = {
        Evidence.ADDRESS_AUTHENTICATED: _("The mail demonstrably comes from the address it names."),
        Evidence.OTHER_DOMAIN_AUTHENTICATED: _("The mail is authenticated, but not for the address it names."),
        Evidence.AUTHENTICATION_FAILED: _("The sender's address failed authentication: it may be forged."),
        Evidence.NOT_AUTHENTICATED: _("Our mail server did not say whether the sender's address is authentic."),
        Evidence.FORWARDED: _("A colleague forwarded the mail: nothing is known about the first sender's address."),
    }
    return sentences[Evidence(code)]


def sign(code: Sign | str) -> str:
    """What raised the level that an answer needs."""
    sentences = {
        Sign.REPLY_TO_ELSEWHERE: _("Replies are asked to another address than the sender's."),
        Sign.LOOKALIKE_DOMAIN: _("The sender's domain imitates another one."),
        Sign.DISPLAY_NAME_TRICK: _("The sender's name shows another address than the sender's own."),
        Sign.SEVERAL_FROM: _("The mail names several senders."),
        Sign.REPRESENTATIVE: _("Somebody writes on behalf of the person: ask for the authorisation."),
        Sign.THIRD_PERSON: _("The mail asks about another person's data."),
        Sign.GROUP_REWRITTEN: _("A mailing group has put its own address in the sender's place."),
        Sign.SHARED_MAILBOX: _("Several people may read the sender's mailbox."),
    }
    return sentences[Sign(code)]


def doubt(code: Doubt | str) -> str:
    """The reason that justifies an identity question (GDPR 12(6)), or that there is none."""
    sentences = {
        Doubt.NO_DOUBT: _("Nothing gives reason to doubt who wrote: identity may not be asked for."),
        Doubt.SUSPICIOUS_SENDER: _("The sender's details contradict one another."),
        Doubt.ANOTHER_PERSON: _("The writer and the person the data is about are not the same."),
        Doubt.SEVERAL_READERS: _("The address does not show which of its readers wrote."),
        Doubt.FAILED_AUTHENTICATION: _("The sender's address may be forged."),
        Doubt.UNPROVEN_SENDER: _("Nothing proves that the mail comes from the address it names."),
        Doubt.ADDRESS_NOT_ENOUGH: _("The answer would give out or change data: an e-mail address alone is not enough."),
    }
    return sentences[Doubt(code)]
