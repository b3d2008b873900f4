"""What was asked and cannot be done as said: why, and what to do instead, by the code of a UsageProblem."""

from __future__ import annotations

from inbox_agent.rules.deadlines import Gate
from inbox_agent.texts import gettext as _


def lines(code: str, given: str) -> tuple[str, ...]:
    """First what is the matter, then what to do. A code nobody has worded is said as it is."""
    texts = (_extensions() | _acts() | _commands() | _settings()).get(code)
    if texts is None:
        return (_("This cannot be done: {code} {given}").format(code=code, given=given).strip(),)
    return tuple(text.format(given=given) for text in texts)


def _extensions() -> dict[str, tuple[str, str]]:
    """Why a deadline is not extended (GDPR 12(3)), by the gate's codes."""
    answer = _("Answer by the promised day.")
    return {
        Gate.NOT_YET_RECEIVED: (
            _("{given}: the request has not arrived by today's date."),
            _("Check the clock of this computer, or --now."),
        ),
        Gate.ALREADY_EXTENDED: (_("{given}: the deadline has been extended already, and it may be only once."), answer),
        Gate.TOO_LATE: (
            _("{given}: an extension must be told within the first month, which is over."),
            _("Answer now, apologise and give the reason."),
        ),
        Gate.UNLAWFUL_REASON: (
            _("{given}: only the complexity or the number of the person's requests is a reason to extend."),
            answer,
        ),
    }


def _acts() -> dict[str, tuple[str, str]]:
    return {
        "no_address": (
            _("{given}: the person's address is not known, so no letter can be written."),
            _("Answer by another way and record it as a note."),
        ),
        "nothing_decided": (_("{given}: no outcome has been chosen."), _("Choose the outcome first.")),
        "nothing_waits": (
            _("{given}: nothing waits for an answer."),
            _("Open the case again, or choose another letter."),
        ),
        "is_a_request": (
            _("{given} is a request: it cannot be answered as if it were none."),
            _("If it is none, dismiss the case first."),
        ),
        "nothing_answered": (
            _("{given}: nothing has been answered yet that this letter could come back to."),
            _("Choose the outcome instead."),
        ),
        "not_late": (_("{given} is not late."), _("Answer by the promised day.")),
        "no_fee": (
            _("{given}: no fee can be asked: what waits is always free, or decided already (GDPR 12(5))."),
            _("Carry it out without a fee."),
        ),
        "copy_of_access_only": (
            _("{given}: a fee for a further copy is for the right of access alone (GDPR 15(3))."),
            _("Choose another ground, or no fee."),
        ),
        "no_ban": (
            _("{given}: no ban on marketing was asked for."),
            _("Choose another letter."),
        ),
        "copy_first": (
            _("{given}: somebody waits for a copy, so the erasure is answered with it or after it (GDPR 15(3))."),
            _("Choose the outcome of the access or portability too."),
        ),
        "nothing_to_extend": (
            _("{given}: no right waits whose deadline could be extended."),
            _("A ban on marketing and a withdrawn consent are carried out at once."),
        ),
        "nothing_to_approve": (
            _("{given}: no letter waits for approval."),
            _("Choose an outcome or a letter in the dashboard first."),
        ),
        "approve_needs_terminal": (
            _("The letter must be seen before it is approved, and there is no terminal to show it on."),
            _("Run “inbox-agent approve” in a terminal, or approve it in the dashboard."),
        ),
    }


def _commands() -> dict[str, tuple[str, str]]:
    return {
        "date": (_("“{given}” is no date."), _("Write it as YYYY-MM-DD.")),
        "duty_needs": (
            _("A task ({given}) needs its case and its date."),
            _("Type for instance: inbox-agent duties 2026-0007 --add {given} --due 2026-12-31"),
        ),
        "not_text": (_("{given} is no text in UTF-8."), _("Save it as UTF-8.")),
        "no_such_right": (
            _("{given} is no right that waits in this case."),
            _("Write KIND=OUTCOME; without --right the command shows what may be chosen."),
        ),
        "no_such_outcome": (
            _("{given}: this right has no such outcome."),
            _("Without --right the command shows what may be chosen, and why something may not."),
        ),
        "no_such_fact": (
            _("{given} is no fact of this letter."),
            _("Write NAME=VALUE, for a right KIND.NAME=VALUE; without choices the command lists the facts."),
        ),
        "no_such_file": (_("There is no file or folder {given}."), _("Check the path.")),
        "profile_exists": (
            _("{given} is there already; nothing was written over it."),
            _("Name another file with --profile, or move that one away."),
        ),
        "no_corpus": (
            _("There are no labelled mails in {given}."),
            _("Name a folder of .txt files with labelled mails."),
        ),
        "broken_corpus": (_("The labelled mails cannot be read: {given}"), _("Correct that file.")),
        "microsoft_extra": (
            _("Signing in with Microsoft needs the package msal."),
            _("Install it: {command}").format(command='pip install "inbox-agent[m365]"'),
        ),
        "no_sign_in": (
            _("No mailbox of the profile signs in with Microsoft or Google."),
            _('Give sign_in = "microsoft" or "google" in the profile; a password needs no signing in.'),
        ),
        "device_google": (
            _("Google gives no mail access to a device code."),
            _("Sign in with a browser on this machine, or forward a port: {command}").format(
                command="ssh -L 8425:127.0.0.1:8425; inbox-agent login --port 8425 --no-browser"
            ),
        ),
        "demo_extra": (
            _("The demo's mail servers are not installed."),
            _("Install inbox-agent[demo], or type “make demo” in its folder."),
        ),
        "init_needs": (_("{given} is missing."), _("Give it, or run “inbox-agent init” in a terminal to be asked.")),
    }


def _settings() -> dict[str, tuple[str, str]]:
    return {
        "plain_text_wire": (
            _("Letters and passwords would travel to {given} without encryption."),
            _("Set tls to “implicit” or “starttls” in the profile; “none” is for this very computer only."),
        ),
        "ca_file": (
            _("The certificate file {given} cannot be used."),
            _("Check that ca_file in the profile names a readable PEM file."),
        ),
    }
