"""What keeps the program from its work: the profile, the machine, the files it reads, what was asked of it."""

from __future__ import annotations

from inbox_agent import errors
from inbox_agent.phrasing import alarms, days, problems, usage
from inbox_agent.phrasing.voice import phrase
from inbox_agent.rules.alarms import Alarm, Trouble
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext


@phrase.register
def _broken_profile(error: errors.BrokenProfile) -> tuple[str, ...]:
    # Two readings of one value (a date, a number of days) may fail with the same words.
    lines = dict.fromkeys(problems.line(error.path, problem) for problem in error.problems)
    head = ngettext("The profile {path} has {n} problem:", "The profile {path} has {n} problems:", len(lines))
    return (head.format(path=error.path, n=len(lines)), *lines, _("Correct what is named and start again."))


@phrase.register
def _broken_phrases(error: errors.BrokenPhrases) -> tuple[str, ...]:
    lines = dict.fromkeys(problems.line(error.path, problem) for problem in error.problems)
    head = ngettext("The own phrases {path} have {n} problem:", "The own phrases {path} have {n} problems:", len(lines))
    return (head.format(path=error.path, n=len(lines)), *lines, _("Correct what is named; nothing was changed."))


@phrase.register
def _no_profile(error: errors.NoProfile) -> tuple[str, ...]:
    return (
        _("There is no profile {path}.").format(path=error.path),
        _("Write one with “inbox-agent init”, or name another one with --profile."),
    )


@phrase.register
def _agent_running(error: errors.AgentRunning) -> tuple[str, ...]:
    return (
        _("Another agent already works on {database}.").format(database=error.database),
        _("Let it work, or stop it first: two agents would take each other's sending for a crash."),
    )


@phrase.register
def _database_lost(error: errors.DatabaseLost) -> tuple[str, ...]:
    if not error.left:
        return (
            _("The folder of the database is not there: {folder}").format(folder=error.path.parent),
            _("Nothing was created. Connect the disk or bring the folder back, then start again."),
            _("If it has moved, name the place as [storage] path in the profile."),
        )
    return (
        _("The database is gone: {path}").format(path=error.path),
        *((_("It was last here: {place}").format(place=error.was),) if _moved(error) else ()),
        _("Nothing was created. Bring it back (a backup, the disk it lay on), then start again."),
        _("To begin again without what it knew, delete {left} too, and start `inbox-agent run`.").format(
            left=", ".join(str(file) for file in error.left)
        ),
    )


@phrase.register
def _place_not_noted(error: errors.PlaceNotNoted) -> tuple[str, ...]:
    return (
        _("{note} does not say that the database lies here: {database}").format(
            note=error.note, database=error.database
        ),
        _("Without it a disk that is not mounted would pass for a first start, and an empty database be made."),
        _("Let the assistant's user write into the profile's folder, and start the assistant again."),
    )


@phrase.register
def _another_database(error: errors.AnotherDatabase) -> tuple[str, ...]:
    return (
        _("The profile names another database, {path}, which only a new start opens.").format(path=error.path),
        _("Stop the assistant, move the database there, and start it again."),
    )


def _moved(error: errors.DatabaseLost) -> bool:
    """Whether the profile names another place than the one where it was."""
    return error.was != error.path.absolute()


@phrase.register
def _clock_behind(error: errors.ClockBehind) -> tuple[str, ...]:
    minutes = max(round(error.ahead.total_seconds() / 60), 1)
    return (
        ngettext(
            "The agent was last alive {n} minute from now: this machine's clock was set back.",
            "The agent was last alive {n} minutes from now: this machine's clock was set back.",
            minutes,
        ).format(n=minutes),
        _("Set the clock right before anything else: deadlines are counted from it."),
    )


@phrase.register
def _mail_ahead(error: errors.MailAhead) -> tuple[str, ...]:
    told = _("The newest mail came on {mail}, but this computer's clock shows {now}: it is behind.")
    return (
        told.format(mail=days.numeric(helsinki_date(error.received_at)), now=days.numeric(helsinki_date(error.now))),
        _("Set the clock right before anything else: deadlines are counted from it."),
    )


@phrase.register
def _facts_aged(error: errors.FactsAged) -> tuple[str, ...]:
    names = _facts()
    told = _("{fact}: last checked on {day}, against {source}.")
    return (
        _("Facts that the program repeats were checked more than a year ago:"),
        *(
            told.format(fact=names.get(fact.name, fact.name), day=days.numeric(fact.checked_on), source=fact.source)
            for fact in error.facts
        ),
        _("Compare them with their sources, and take a newer version of the program."),
    )


def _facts() -> dict[str, str]:
    return {
        "ombudsman": _("The ombudsman's contact details"),
        "holidays": _("The holidays"),
        "accounting": _("The years that the Accounting Act asks"),
        "transfers": _("What a transfer outside the EU may rest on"),
        "authorities": _("The names of authorities"),
    }


@phrase.register
def _alarmed(error: errors.Alarmed) -> tuple[str, ...]:
    alarm = Alarm(Trouble(error.trouble), error.since, cases=error.cases)
    if alarm.trouble is Trouble.NEVER_STARTED:
        return (alarms.happened(alarm), alarms.to_do(alarm))
    since = _("since {when}").format(when=days.moment(error.since))
    return (f"{alarms.happened(alarm)} ({since})", alarms.to_do(alarm))


@phrase.register
def _notice_unreadable(error: errors.NoticeUnreadable) -> tuple[str, ...]:
    happened, do = _notices().get(error.why, (error.why, _("Check the path.")))
    return (
        _("{path} cannot be read as a privacy notice: {why}").format(
            path=error.path, why=happened.format(given=error.given)
        ),
        do,
    )


def _notices() -> dict[str, tuple[str, str]]:
    """Why a file is no notice that can be read, and what to do, by the codes of adapters.notices."""
    as_text = _("Save the notice as text, HTML or PDF, and name that file.")
    return {
        "missing": (_("there is no such file"), _("Check the path.")),
        "folder": (_("it is a folder"), _("Name the file itself.")),
        "unreadable": (_("the system says {given}"), _("Check the file's permissions.")),
        "empty": (_("it is empty"), as_text),
        "binary": (_("it holds no text"), as_text),
        "too_large": (_("it is too large for a notice"), as_text),
        "too_long": (_("it is too long for a notice"), _("Keep only the notice in the file.")),
        "other_format": (_("it is a {given} file"), as_text),
        "locked": (_("the PDF is protected by a password"), as_text),
        "scanned": (_("the PDF holds pictures only"), _("Name a file whose text can be selected.")),
        "broken_pdf": (_("the PDF is broken ({given})"), as_text),
    }


@phrase.register
def _usage_problem(error: errors.UsageProblem) -> tuple[str, ...]:
    return usage.lines(error.code, error.given)


@phrase.register
def _customers_unreadable(error: errors.CustomersUnreadable) -> tuple[str, ...]:
    whys = {
        "unreadable": _("it cannot be read"),
        "encoding": _("its text is not in the encoding that the profile names"),
        "no_column": _("it has no column with this name"),
        "not_installed": _("the extra is not installed: pip install inbox-agent[…]"),
        "no_driver": _("the driver of this database is not installed"),
        "too_slow": _("it did not answer in time"),
        "failed": _("the command ended with an error"),
        "no_json": _("its answer is no JSON"),
    }
    detail = f" ({error.detail})" if error.detail else ""
    return (
        _("The customers' register ({kind}): {why}{detail}.").format(
            kind=error.kind, why=whys.get(error.why, error.why), detail=detail
        ),
        _("Correct the section [customers] of the profile; until then nobody is looked up, and nothing is lost."),
    )
