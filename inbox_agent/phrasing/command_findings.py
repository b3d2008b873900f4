"""What the line tells before anything is done: the law's word, what was not understood, and why nothing is done."""

from __future__ import annotations

from inbox_agent.phrasing.listing import safe
from inbox_agent.rules.commands.model import NOT_UNDERSTOOD
from inbox_agent.texts import gettext as _


def reason(code: str) -> str:
    """Why nothing is done."""
    names = {
        "smalltalk": _("You are welcome."),
        "nonsense": _("I did not understand. F1 lists what can be said."),
        "unclear": _("I am not sure what should happen. Say it in other words, or press F1 for what can be said."),
        "off_topic": _("I do not know that. I help with requests under data protection law."),
        "undecided": _("Take your time. The clock runs on; the date stands above."),
        "negated": _("Good: it is not done."),
    }
    return names.get(code, code)


def finding(code: str) -> str:
    """What must be known before anything: the law's word, what was not understood, and what to do instead."""
    if code.startswith(NOT_UNDERSTOOD):
        words = safe(code.removeprefix(NOT_UNDERSTOOD))
        return _("I did not understand this: {words}. Say it in other words, or leave it out.").format(words=words)
    names = {
        "hetu_needless": _(
            "Do not ask for a personal identity code: it proves nothing and is data nobody needs (Article 5(1)(c), "
            "Data Protection Act 29). Ask for a customer number or the month of the latest order."
        ),
        "id_copy_needless": _(
            "Do not ask for a picture of an identity document: it is more than is needed (Articles 12(6) and 5(1)(c)). "
            "Ask for what the register already holds, or call back a number on file."
        ),
        "signature_needless": _(
            "A signature proves nobody in a mail and may not be required (Article 12(2)). Ask for what the register "
            "already holds."
        ),
        "clock_runs_on": _("The month runs on while you wait for the answer (Article 12(3))."),
        "reason_is_none_in_law": _(
            "This is no reason for an extension: only complexity or the number of requests is (Article 12(3)). "
            "Answer what you can in time."
        ),
        "two_months_at_most": _("Two further months at most (Article 12(3))."),
        "only_once": _("A deadline may be extended once only (Article 12(3))."),
        "reason_missing": _("Why? Complexity or the number of requests is a reason; say which (Article 12(3))."),
        "excess_to_be_shown": _(
            "That a request is manifestly unfounded or excessive must be shown by the controller (Article 12(5))."
        ),
        "once_a_year_repealed": _(
            "The rule of one free copy a year was repealed in 2018: an answer is free (Articles 12(5) and 15(3))."
        ),
        "fee_ground_missing": _(
            "Answers are free. Is it a further copy, or a manifestly excessive request? Say which (Articles 12(5) and"
            " 15(3))."
        ),
        "first_copy_free": _(
            "The first copy is free; only a further one may cost a reasonable sum (GDPR 12(5), 15(3))."
        ),
        "ground_missing": _("On what ground? Please say; I do not make one up."),
        "ground_is_none_in_law": _("These words are no ground in law for a refusal. Is there another one?"),
        "ground_not_for_this_right": _("This ground does not answer this right. Look at it once more."),
        "only_in_part": _(
            "Other people's rights keep back their part of a copy, never the whole answer (Article 15(4)). Grant in"
            " part."
        ),
        "vouchers_alone": _(
            "The Accounting Act keeps vouchers and books, and nothing else. Is there a customer card, an account or a "
            "note? Then grant in part (1336/1997, 2:10)."
        ),
        "marketing_ban_never_refused": _(
            "A ban on direct marketing cannot be refused: marketing must stop (Article 21(2)-(3))."
        ),
        "withdrawal_never_refused": _("A withdrawal of consent cannot be refused (Article 7(3))."),
        "complaint_right_needed": _(
            "A refusal must tell of the complaint to the Data Protection Ombudsman and of the court (Article 12(4))."
        ),
        "reason_needless": _(
            "Nobody must say why they want their data (Articles 12(2) and 15). Ask which data is meant."
        ),
        "to_missing": _("To whom? Say a name."),
        "reminder_moved": _(
            "The reminders of this case that are still to come are cancelled; this one takes their place."
        ),
        "unsafe_bulk_send": _(
            "Letters are approved one by one, each with its own text in view. Open the first: Enter."
        ),
        "unsafe_bulk_outcome": _(
            "Outcomes are decided case by case, each with its own grounds. Open the first: Enter."
        ),
        "unsafe_delete_case": _(
            "A case is not deleted: it is closed, and its personal data is erased when its retention ends. That "
            "is how it is shown that you answered."
        ),
        "unsafe_wipe": _("Nothing is wiped from here. Cases erase themselves when their retention ends."),
        "unsafe_skip_approval": _("No letter leaves without your approval of that exact text. Read it and press a."),
        "unsafe_skip_identity": _(
            "Before the person is identified, nothing about them may leave. The least that is enough: a customer "
            "number, or a call to a number on file."
        ),
        "unsafe_disclose": _("Data goes only to the person it is about, or to one with an authorisation."),
        "unsafe_falsify_date": _(
            "The day of receipt is the day the request came. It is not changed to win time; an extension or an "
            "honest apology is the way."
        ),
        "unsafe_unverified_recipient": _(
            "The answer goes to an address that is known to be the person's. Confirm the new one first, from the "
            "old one or by a call."
        ),
    }
    return names.get(code, code.replace("_", " "))
