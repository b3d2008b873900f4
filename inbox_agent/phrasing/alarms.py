"""Alarms in words: one line for the screen, and the mail to the contact person and the deputy.

The mail holds no personal data and none of a server's words: a mailbox is named by its number and host, a case
by its number, and only where code of ours fails on it. What stands behind an alarm is shown by `inbox-agent check`.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.phrasing import days
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import Alarm, Trouble
from inbox_agent.texts import gettext as _


def happened(alarm: Alarm) -> str:
    """What is wrong, in one short sentence."""
    sentences = {
        Trouble.NEVER_STARTED: _("The assistant has not been started."),
        Trouble.STOPPED: _("The assistant was stopped."),
        Trouble.AGENT_SILENT: _("The assistant has fallen silent."),
        Trouble.STORE_FAILS: _("The assistant cannot write to its database."),
        Trouble.LOGIN_REFUSED: _("The mail server refuses the log-in: no mail is read."),
        Trouble.GRANT_EXPIRED: _("The sign-in to the mailbox has expired: no mail is read."),
        Trouble.NO_SYNC: _("The mailbox could not be read for a long time."),
        Trouble.CLOCK_BEHIND: _("This computer's clock is behind: mail has come that is of a later day."),
        Trouble.FOLDER_MISSING: _("A folder that the profile names is missing from the mailbox."),
        Trouble.EMPTIED: _("A folder that held many mails is suddenly empty."),
        Trouble.NOT_MOVED: _("Mails that were read could not be moved to the folder that the profile names."),
        Trouble.DEAF: _("The mail server does not announce new mail; it is found late."),
        Trouble.CANNOT_SEND: _("Letters and reminders cannot be sent."),
        Trouble.NOT_REACHED: _("The mail server refuses reminders and alarms to the contact person or the deputy."),
        Trouble.NO_COPY: _("Letters leave, but no copy of them could be kept in the Sent folder."),
        Trouble.NO_DRAFT: _("Proposed letters could not be put into the mailbox's Drafts folder."),
        Trouble.PROFILE_BROKEN: _("The changed profile has a fault: the assistant goes on by the one before."),
        Trouble.PHRASES_BROKEN: _("The file of own phrases is broken: what it said before counts."),
        Trouble.REGISTER_UNREADABLE: _("The customers' register cannot be read: nobody new is looked up in it."),
        Trouble.DUTY_FAILS: _("The assistant runs, but fails on something that it should do by itself."),
        Trouble.CANARY_MISSING: _("A test mail to the public contact address did not arrive."),
    }
    return sentences[alarm.trouble]


def to_do(alarm: Alarm) -> str:
    """What a person does about it."""
    run, check = "inbox-agent run", "inbox-agent check"
    sentences = {
        Trouble.NEVER_STARTED: _("Start it: {command}").format(command=run),
        Trouble.STOPPED: _("Start it: {command}").format(command=run),
        Trouble.AGENT_SILENT: _("Check whether its machine runs, and start it again: {command}").format(command=run),
        Trouble.STORE_FAILS: _(
            "Make room on the disk, end the program that keeps the database locked, or bring its file back to its "
            "place."
        ),
        Trouble.LOGIN_REFUSED: _(
            "Correct user and password: {command}. The assistant notices a new password in its file or key ring by "
            "itself; otherwise start it again."
        ).format(command=check),
        Trouble.GRANT_EXPIRED: _("Sign in again: {command}. The assistant then goes on by itself.").format(
            command="inbox-agent login"
        ),
        Trouble.NO_SYNC: _("Requests may lie there unseen. Find out why: {command}").format(command=check),
        Trouble.CLOCK_BEHIND: _("Set the clock right before anything else: deadlines are counted from it."),
        Trouble.FOLDER_MISSING: _("Correct its name in the profile, or bring it back: {command}").format(command=check),
        Trouble.EMPTIED: _("Find out who emptied it. Nothing was concluded from it; what was taken in is kept."),
        Trouble.NOT_MOVED: _(
            "They stay where they came; none is lost. Check whether the mailbox is full or may only be read: {command}"
        ).format(command=check),
        Trouble.DEAF: _("It is asked more often from now on. Nothing is lost; tell whoever keeps the server."),
        Trouble.NOT_REACHED: _(
            "Correct the addresses of the contact person and the deputy in the profile. Until then the dashboard alone "
            "tells them of a deadline."
        ),
        Trouble.NO_COPY: _("Check whether the mailbox is full. What was sent is kept in the case all the same."),
        Trouble.NO_DRAFT: _(
            "Check whether the mailbox is full or the folder gone. The letters stand in the dashboard all the same."
        ),
        Trouble.PROFILE_BROKEN: _(
            "See what is wrong, and correct it: {command}. It is taken over by itself, or by a new start where the "
            "database is another one."
        ).format(command=check),
        Trouble.PHRASES_BROKEN: _("See which line is wrong, and correct it: {command}").format(command=check),
        Trouble.REGISTER_UNREADABLE: _(
            "Until it can, each new person is asked as if there were no register. Find out why: {command}"
        ).format(command=check),
        Trouble.DUTY_FAILS: _(
            "It fails on {cases}: do yourself what is due there. The log says why; tell whoever keeps the program."
        ).format(cases=alarm.cases)
        if alarm.cases
        else _(
            "The log says on what; tell whoever keeps the program. Until then, check whether new cases have a letter "
            "and letters leave."
        ),
        Trouble.CANARY_MISSING: _(
            "Requests to that address may be lost. Find out where its mail goes: forwarding, groups, spam filters."
        ),
        Trouble.CANNOT_SEND: _("Answers may be late. Find out why: {command}").format(command=check),
    }
    return sentences[alarm.trouble]


def subject(alarms: Sequence[Alarm]) -> str:
    """The mail's subject: the worst of them."""
    return _("inbox-agent: {trouble}").format(trouble=happened(alarms[0]))


def body(alarms: Sequence[Alarm], profile: ControllerProfile) -> str:
    """The mail's text."""
    return "\n\n".join(
        (
            *(_entry(alarm, profile) for alarm in alarms),
            _("inbox-agent sends this to the contact person and the deputy."),
        )
    )


def over_subject() -> str:
    return _("inbox-agent: everything works again")


def over_body() -> str:
    return "\n\n".join(
        (
            _("What was reported has ended: mail is read and letters leave again."),
            _("inbox-agent sends this to the contact person and the deputy."),
        )
    )


def where(alarm: Alarm, profile: ControllerProfile) -> str:
    """Which mailbox, where there are several; empty otherwise."""
    if not alarm.mailbox or len(profile.mailboxes) == 1:
        return ""
    return _("mailbox {n} ({host})").format(n=alarm.mailbox, host=profile.mailboxes[alarm.mailbox - 1].host)


def _entry(alarm: Alarm, profile: ControllerProfile) -> str:
    place = where(alarm, profile)
    since = _("since {when}").format(when=days.moment(alarm.since))
    return f"{happened(alarm)}\n  {f'{place}, ' if place else ''}{since}\n  {to_do(alarm)}"
