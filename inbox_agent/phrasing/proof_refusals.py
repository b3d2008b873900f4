"""Why words are not recorded as a proof of who somebody is, and which would be: by the code of `rules.proof_seen`."""

from __future__ import annotations

from inbox_agent.texts import gettext as _


def texts() -> dict[str, tuple[str, str]]:
    """First what is the matter, then what to do; words between quotation marks are taken as they stand there."""
    return {
        "proof_needs_level": (
            _("{given}: this kind of proof has no level of its own."),
            _("Say which level it gives: --level L1 … L4."),
        ),
        "proof_by_identity_code": (
            _(
                "{given}: a personal identity code proves nobody; identifying by it is forbidden (Data Protection Act,"
                " section 29)."
            ),
            _("Use a code to the contact on file, a call back, strong identification or a document shown on a visit."),
        ),
        "proof_by_copy": (
            _("{given}: a picture or a copy of an identity document proves nobody: anybody can have it."),
            _("Record a document only that its bearer showed you themselves; delete the copy."),
        ),
        "proof_other_level": (
            _("{given}: another way gives at most L2; what gives more has a kind of its own."),
            _("Give --level L1 or L2, or record log_in, id_shown or strong."),
        ),
        "proof_needs_words": (
            _("{given}: the proof is kept on record, and these words say nothing of how it was got."),
            _("Say in a few words how it was established who they are: --words."),
        ),
        "proof_other_unclear": (
            _("{given}: what anybody may know, or nobody checked, gives at most L1."),
            _(
                "Record --level L1, or say only what came back from a contact on file: “code sent by text message to"
                " the number on file came back”."
            ),
        ),
        "id_shown_needs_document": (
            _("{given}: which document did its bearer show you in person?"),
            _("Say only that: “showed a passport at our desk”. A library card or somebody's word is no such document."),
        ),
        "strong_needs_service": (
            _("{given}: strong electronic identification by which service?"),
            _(
                "Say only that: “Suomi.fi, bank codes”. Others are a mobile certificate, Freja, BankID and Mobile ID;"
                " a log-in by Facebook or Google is none."
            ),
        ),
        "log_in_unclear": (
            _("{given}: did you see that they logged in, to their own account with you?"),
            _(
                "Say only that: “logged in to their own account, seen in the log”. What they say of it themselves"
                " is none."
            ),
        ),
        "call_back_unclear": (
            _("{given}: did you call yourself, and a number on file?"),
            _("Say only that: “we called the number in our register”. Whoever calls you proves nothing by it."),
        ),
        "facts_unclear": (
            _("{given}: which two or three things did they know that only the customer knows?"),
            _(
                "Name their kind only: “order number and the sum of the last invoice”. An address or a date of birth is"
                " known to many."
            ),
        ),
        "joint_unclear": (
            _("{given}: the word of a joint controller gives L2, and more only where it says how."),
            _("Name it, as the profile does, and the way: its name, then “identified the customer by Suomi.fi”."),
        ),
    }
