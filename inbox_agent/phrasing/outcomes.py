"""What each choice means, in one line with its article; and why a right lacks some choices.

Total over outcomes, letters and the reasons of `replies.pairs.UNFIT` (tests prove it).
"""

from __future__ import annotations

from inbox_agent.phrasing import words
from inbox_agent.phrasing.provisions import source
from inbox_agent.texts import gettext as _
from replies.pairs import UNFIT
from state.model import Letter, Outcome, RequestKind


def explained(choice: Outcome | Letter) -> str:
    """One line: when it is lawful, what it must tell, on which provision."""
    return (_outcomes()[choice]) if isinstance(choice, Outcome) else _letters()[choice]


def name(kind: RequestKind, outcome: Outcome) -> str:
    """How that right ends, as a person chooses it: what is not there is no data where the right is about none."""
    said = {
        (RequestKind.AUTOMATED_DECISION, Outcome.GRANTED): _("a person has reviewed the decision"),
        (RequestKind.AUTOMATED_DECISION, Outcome.NO_DATA): _("no such decision is made automatically"),
        (RequestKind.AUTOMATED_DECISION, Outcome.REFUSED): _("refused: a human decided, or an exception applies"),
    }
    return said.get((kind, outcome)) or words.outcome(outcome)


def left_out(kind: RequestKind) -> tuple[str, ...]:
    """The outcomes that this right does not have, and why; empty where it has all."""
    found = [(outcome, UNFIT[kind, outcome]) for outcome in Outcome if (kind, outcome) in UNFIT]
    return tuple(
        _("Not “{outcome}”: {why} ({source}).").format(
            outcome=words.outcome(outcome), why=why_not(unfit.code), source=source(unfit.source)
        )
        for outcome, unfit in found
    )


def untold(kind: RequestKind, outcome: Outcome) -> str:
    """Why an outcome that this right has is not offered yet."""
    said = _("Not “{outcome}” yet: that is told only to a person who is known. Record who asks (i) first.")
    return said.format(outcome=name(kind, outcome))


def asked_once(name: str) -> str:
    """What the answer does with a fact that it tells once, whatever its rights."""
    told = {
        "late_reason": _("The promised day has passed: the letter apologises and tells this cause, and no other."),
        "data_subject": _(
            "Somebody else asks for it: the letter names whose data it is and never calls it the reader's own. If the"
            " writer asks for their own data, take the mark off the case."
        ),
    }
    return told[name]


def why_not(code: str) -> str:
    """Why a right has no such answer."""
    reasons = {
        "absolute": _("a ban on marketing is absolute"),
        "no_proof_needed": _("a ban on marketing needs no proof of who asks"),
        "no_reason_needed": _("a ban on marketing needs no reason"),
        "at_once": _("it is carried out at once"),
        "always_free": _("it is always free of charge"),
        "marketing_only": _("it is for a ban on marketing alone"),
        "restriction_only": _("it is for a restriction alone"),
    }
    return reasons[code]


def _outcomes() -> dict[Outcome, str]:
    return {
        Outcome.GRANTED: _("The request is granted; the letter says what was done and when (Article 12(3))."),
        Outcome.PARTLY: _("Granted in part; for the rest the letter says all that a refusal must say (Article 12(4))."),
        Outcome.REFUSED: _(
            "Only on a ground that the law gives; the letter tells the facts of this very case, the right to complain"
            " and to go to court (Article 12(4))."
        ),
        Outcome.NO_DATA: _(
            "Nothing was found; the letter says where and with what we searched (Articles 12(3) and 15(1))."
        ),
        Outcome.NOT_IDENTIFIED: _(
            "We asked who it is and got no proof; the letter says nothing about data (Article 12(6))."
        ),
        Outcome.ART11: _(
            "The person cannot be identified in the data; the letter says what would help (Article 11(2))."
        ),
        Outcome.FORWARDED: _(
            "We are not the controller: the request is passed on, and the letter says to whom (Article 28(3)(e))."
        ),
    }


def _letters() -> dict[Letter, str]:
    return {
        Letter.ACKNOWLEDGEMENT: _("Says that the request came and by when it is answered: good practice, no duty."),
        Letter.IDENTITY_QUESTION: _(
            "Only for reasonable doubt, once, with easy ways; the clock runs on (Article 12(6))."
        ),
        Letter.IDENTITY_CODE: _(
            "A one-time code to the contact on file; a code that comes back proves it (Article 12(6))."
        ),
        Letter.AUTHORITY_QUESTION: _(
            "Whoever writes for somebody else shows the authority; the dead are explained (Article 12(6), recital 27)."
        ),
        Letter.MARKETING_STOPPED: _("The ban is carried out at once, without reasons or proof (Article 21(3))."),
        Letter.MORE_INFORMATION: _("What the person may specify, of free will; the clock runs on (recital 63)."),
        Letter.EXTENSION: _(
            "Once, told within the first month, for complexity or the number of this person's requests (Article 12(3))."
        ),
        Letter.FEE: _(
            "Only for a manifestly unfounded or excessive request or a further copy, and before any work"
            " (Articles 12(5) and 15(3))."
        ),
        Letter.LATE_NOTICE: _("The answer is late and not ready: apology, cause and a firm day (Article 12(3))."),
        Letter.LATE_DELIVERY: _(
            "An answer on paper was brought late and does not say so: apology and cause (Article 12(3)-(4))."
        ),
        Letter.FOLLOW_UP: _("Somebody comes back to an answer: what was found and put right (Article 12(1))."),
        Letter.RESTRICTION_LIFTED: _("Told before the data is used again as it was before (Article 18(3))."),
        Letter.NOT_A_REQUEST: _("A mail that was no request: confirms nothing, leaves the way open (Article 12(2))."),
        Letter.OUTCOME: _("Tells how each right ends (Article 12(3)-(4))."),
    }
