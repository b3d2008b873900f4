"""What a mail server, or the way into it, does not give: what happened, and what to do next."""

from __future__ import annotations

from inbox_agent import errors
from inbox_agent.phrasing import network
from inbox_agent.phrasing.voice import phrase
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext


@phrase.register
def _mailbox_unreachable(error: errors.MailboxUnreachable) -> tuple[str, ...]:
    return (
        _("The mail server {host}:{port} could not be reached: {why}").format(
            host=error.host, port=error.port, why=network.why(error.why)
        ),
        _("Check the network, and host and port in the profile. A running agent tries again by itself."),
    )


@phrase.register
def _login_refused(error: errors.LoginRefused) -> tuple[str, ...]:
    if error.answer == errors.NO_LOG_IN:
        return (
            _("{host} offers no log-in.").format(host=error.host),
            _("Check port and tls in [smtp] of the profile. Where the server wants no log-in, take its user out."),
        )
    return (
        _("{host} did not let {user} log in: {answer}").format(host=error.host, user=error.user, answer=error.answer),
        _("Check the user and the password. The same ones are not tried again by themselves: accounts get locked."),
    )


@phrase.register
def _grant_expired(error: errors.GrantExpired) -> tuple[str, ...]:
    return (
        _("The sign-in of {user} has expired: {answer}").format(user=error.user, answer=error.answer),
        _("Sign in again: {command}. The assistant then goes on by itself.").format(command="inbox-agent login"),
    )


@phrase.register
def _secret_missing(error: errors.SecretMissing) -> tuple[str, ...]:
    happened, do = _secrets().get(error.why, (error.why, _("Check the reference in the profile.")))
    place = error.reference or _("no reference")
    return (_("The password could not be had ({place}): {why}").format(place=place, why=happened), do)


def _secrets() -> dict[str, tuple[str, str]]:
    """Why a password could not be had, and what to do, by `adapters.secrets`' words."""
    write_it = _("Write the password there, and nothing else.")
    refer_to_it = _("Give “secret” in the profile as env:NAME, file:/path or keyring:service/user.")
    return {
        "not_given": (_("the profile names none"), refer_to_it),
        "unknown_form": (_("the reference is of no known form"), refer_to_it),
        "not_set": (_("the environment variable is not set"), _("Set it for the account that runs inbox-agent.")),
        "empty": (_("there is nothing in it"), write_it),
        "file_missing": (_("there is no such file"), _("Write the password into that file; only you may read it.")),
        "file_unreadable": (_("the file may not be read"), _("Let the account that runs inbox-agent read it.")),
        "file_open_to_others": (_("others may read the file"), _("Take their right away: chmod 600 FILE.")),
        "not_text": (_("the file holds no text"), write_it),
        "keyring_not_installed": (_("the key ring is not installed"), _("Install inbox-agent[keyring].")),
        "keyring_locked": (_("the key ring is locked"), _("Unlock it, or use a file or the environment instead.")),
        "not_in_keyring": (_("the key ring has no such entry"), _("Add it: keyring set SERVICE USER.")),
    }


@phrase.register
def _folder_missing(error: errors.FolderMissing) -> tuple[str, ...]:
    return (
        _("The mailbox has no folder “{folder}”.").format(folder=error.folder),
        _("It has: {folders}. Correct the folder's name in the profile.").format(folders=", ".join(error.there)),
    )


@phrase.register
def _not_kept(error: errors.NotKept) -> tuple[str, ...]:
    return (
        _("The folder “{folder}” took no mail: {answer}").format(folder=error.folder, answer=error.answer),
        _("Make room in the mailbox, or see who may write to the folder."),
    )


@phrase.register
def _folder_read_only(error: errors.FolderReadOnly) -> tuple[str, ...]:
    return (
        _("The folder “{folder}” may only be read: no mail can be moved out of it.").format(folder=error.folder),
        _("Have your user given the right to change it, or take move_to out of the profile. Mails are read meanwhile."),
    )


@phrase.register
def _mailbox_emptied(error: errors.MailboxEmptied) -> tuple[str, ...]:
    return (
        ngettext(
            "The folder “{folder}” held {n} mail and is empty now.",
            "The folder “{folder}” held {n} mails and is empty now.",
            error.had,
        ).format(folder=error.folder, n=error.had),
        _("Nothing was concluded from it. Find out who emptied it; what was taken in is kept."),
    )


@phrase.register
def _sending_refused(error: errors.SendingRefused) -> tuple[str, ...]:
    return (
        _("The mail server refused the letter for good: {code} {answer}").format(code=error.code, answer=error.answer),
        _("Check the recipient's address, then write and approve the letter again."),
    )


@phrase.register
def _sending_deferred(error: errors.SendingDeferred) -> tuple[str, ...]:
    return (
        _("The mail server did not take the letter: {answer}").format(answer=error.answer),
        _("Nothing was sent. A running agent tries again by itself."),
    )


@phrase.register
def _sending_uncertain(error: errors.SendingUncertain) -> tuple[str, ...]:
    return (
        _("The connection broke while the letter was being sent: {answer}").format(answer=error.answer),
        _("Look in your Sent folder and say whether it left. It is never sent again by itself."),
    )
