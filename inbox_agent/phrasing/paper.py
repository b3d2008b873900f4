"""How a request came and how a letter left or was brought, in words."""

from __future__ import annotations

from inbox_agent.phrasing import words
from inbox_agent.rules.leaving import ANSWER_LATE
from inbox_agent.texts import gettext as _
from state.model import Channel, Letter

DELIVERED: tuple[str, ...] = ("post", "registered", "handed_over", "told")
"""How a person may have brought an answer: by post, by registered post, into the hand, read out (GDPR 12(1))."""


def channel(how: Channel) -> str:
    """How a request reached us."""
    names = {
        Channel.MAIL: _("by e-mail"),
        Channel.LETTER: _("by letter"),
        Channel.CALL: _("by telephone"),
        Channel.VISIT: _("in person"),
    }
    return names[how]


def delivered(how: str) -> str:
    """How a letter was brought to its reader; a word nobody knows is said as it is."""
    names = {
        "post": _("by post"),
        "registered": _("by registered post"),
        "handed_over": _("handed over"),
        "told": _("read out, as the person asked"),
    }
    return names.get(how, how)


def recorded(past: str) -> str:
    """That the delivery is recorded, and what to do where the letter was late, or a day past that it announces."""
    if not past:
        return _("Recorded.")
    if past == ANSWER_LATE:
        return _(
            "Recorded. By then it was late, which it does not say. The letter “{letter}” (late_delivery) tells it and"
            " ticks the task."
        ).format(letter=words.letter(Letter.LATE_DELIVERY))
    return _(
        "Recorded. By then it was late, or a day that it tells was over: write to its reader what was done, when, and"
        " why late."
    )


def unseen() -> str:
    """What a letter's delivery says where the mailbox could not be read when it left."""
    return _(
        "The mailbox could not be read when it left: see whether a newer mail, or a copy sent by hand, lies there."
    )


def sent(answer: str) -> str:
    """The same as `left` with the name of who said it: a mail server's own words mean little alone."""
    said = left(answer)
    return _("mail server: {answer}").format(answer=said) if said[:1].isdigit() else said


def left(answer: str) -> str:
    """What is recorded of a letter's sending: the assistant's own words in the interface's language, a server's as
    they are.
    """
    names = {
        "settled by a person": _("said by a person"),
        "found in the Sent folder": _("found in the Sent folder"),
        "it cannot be written as a mail": _("it cannot be written as a mail"),
        "interrupted": _("the sending was interrupted"),
        "stopped": _("the assistant was stopped meanwhile"),
        "the text was not offered": _("the assistant was stopped meanwhile"),
        "LoginRefused": _("the mail server refuses our log-in"),
        "GrantExpired": _("our sign-in to the mail server has expired"),
        "SecretMissing": _("the password of the mail server is missing"),
        "UsageProblem": _("the settings of the mail server for sending are wrong"),
    }
    return names.get(answer, answer)
