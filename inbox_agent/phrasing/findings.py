"""What is wrong with a letter, in a sentence for the one who mends it, by the codes of `replies.linter`."""

from __future__ import annotations

from inbox_agent.texts import gettext as _


def finding(code: str) -> str:
    """Say one finding. Total over `replies.linter.CODES` (a test proves it)."""
    return {**_forbidden(), **_missing()}[code]


def _forbidden() -> dict[str, str]:
    return {
        "bare_law": _("“The law” alone is no ground: name the Act and its section."),
        "confirmed_before_identity": _("The letter says whether there is data before the identity is established."),
        "extension_reason_unlawful": _("Workload, holidays and technical trouble are no reasons to extend."),
        "id_copy_demanded": _("Do not ask for a copy of an identity document."),
        "identity_code": _("There is a personal identity code in the letter: take it out."),
        "identity_code_demanded": _("Do not ask for the personal identity code."),
        "login_or_reason_demanded": _("Neither a log-in nor a reason may be demanded to stop marketing."),
        "old_authority": _("This contact of the Data Protection Ombudsman is out of date."),
        "once_a_year": _("The right is not limited to once a year."),
        "privacy_shield": _("Privacy Shield is void: it secures no transfer."),
        "repealed_law": _("This law has been repealed."),
        "signature_demanded": _("A signature may not be demanded: a request needs no form."),
        "thirty_days": _("The time is one month, not thirty days."),
        "unfilled": _("Something was left to be filled in."),
    }


def _missing() -> dict[str, str]:
    return {
        "complaint_contact_missing": _("The contact of the Data Protection Ombudsman is missing."),
        "complaint_missing": _("The right to complain to the Data Protection Ombudsman is missing."),
        "earlier_processing_missing": _("Say that what was done before the withdrawal remains lawful."),
        "extension_date_missing": _("The new date is missing."),
        "extension_reason_missing": _("The reason of the extension is missing."),
        "ground_missing": _("The provision that the refusal stands on is missing."),
        "lifting_notice_missing": _("Say that the person is told before the restriction is lifted."),
        "nothing_confirmed_missing": _("Say that nothing can be confirmed before the identity is established."),
        "promise_missing": _("The day by which the person is answered is missing."),
        "remedy_missing": _("The right to go to court is missing."),
        "searched_missing": _("Say what was searched."),
        "stop_date_missing": _("The day from which marketing has stopped is missing."),
        "subject": _("The subject must be the word and the case number alone, like “Asia 2026-0007”."),
        "suppression_missing": _("Say that an entry is kept so that the ban holds."),
        "until_missing": _("Say until when, or until what happens, the data is kept."),
    }
