"""The one voice of errors: what happened, and what to do next. Total over every error class (a test proves it).

Exceptions carry facts; the sentences about them stand here, a profile's in `phrasing.problems`, those about
what was asked in `phrasing.usage`.
"""

from __future__ import annotations

from functools import singledispatch

from inbox_agent import errors
from inbox_agent.phrasing import alarms, days, facts, findings, network, problems, usage, words
from inbox_agent.rules.alarms import Alarm, Trouble
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.visible import visible_line
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from replies import errors as replies
from state import errors as state
from state.model import CaseStatus, DraftStatus, IdentityLevel, MessageStatus, RequestStatus


@singledispatch
def phrase(error: Exception) -> tuple[str, ...]:
    """Say an error in lines for a person: first what happened, last what to do."""
    return (_("Something unexpected happened: {error}").format(error=str(error) or type(error).__name__),)


# -- the program --------------------------------------------------------------------------------------


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
    if error.left is None:
        return (
            _("The folder of the database is not there: {folder}").format(folder=error.path.parent),
            _("Nothing was created. Connect the disk or bring the folder back, then start again."),
            _("If it has moved, name the place as [storage] path in the profile."),
        )
    return (
        _("The database is gone: {path}").format(path=error.path),
        _("Nothing was created. Bring it back (a backup, the disk it lay on), then start again."),
        _("To begin anew without what it knew, delete {left} too, and start `inbox-agent run`.").format(
            left=error.left
        ),
    )


@phrase.register
def _letter_faulty(error: errors.LetterFaulty) -> tuple[str, ...]:
    return (
        _("The letter was not approved:"),
        *(findings.finding(code) for code in error.codes),
        _("Correct it in the dashboard, or give a corrected text with --body FILE."),
        _("It may also leave against the finding, for a reason that is recorded: there, or with --anyway REASON."),
    )


@phrase.register
def _sentences_unowned(error: errors.SentencesUnowned) -> tuple[str, ...]:
    return (
        _("The letter was not approved: no template and no recorded fact says this, you do:"),
        *(f"  “{visible_line(sentence)}”" for sentence in error.sentences),
        _("If it is true and its reader may know it, say so with --mine; otherwise take it out."),
    )


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
def _cannot_print(error: errors.CannotPrint) -> tuple[str, ...]:
    texts = {
        "extra": (_("PDF files cannot be made: fpdf2 is not installed."), _('Type: pip install "inbox-agent[print]".')),
        "script": (_("The letter has letters that the PDF's typeface lacks."), _("Give a name that ends in .html.")),
        "suffix": (_("{path} is neither a .pdf nor a .html file."), _("Give a name that ends in .pdf or .html.")),
        "file": (_("{path} cannot be written."), _("Check the folder, and whether there is room on the disk.")),
    }
    return tuple(text.format(path=error.path) for text in texts.get(error.why, (error.why, "")))


@phrase.register
def _secret_missing(error: errors.SecretMissing) -> tuple[str, ...]:
    happened, do = _secrets().get(error.why, (error.why, _("Check the reference in the profile.")))
    place = error.reference or _("no reference")
    return (_("The password could not be had ({place}): {why}").format(place=place, why=happened), do)


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
    return (
        _("{host} did not let {user} log in: {answer}").format(host=error.host, user=error.user, answer=error.answer),
        _("Check the user and the password, then start again. It is not tried again by itself: accounts get locked."),
    )


@phrase.register
def _grant_expired(error: errors.GrantExpired) -> tuple[str, ...]:
    return (
        _("The sign-in of {user} has expired: {answer}").format(user=error.user, answer=error.answer),
        _("Sign in again: {command}. The assistant then goes on by itself.").format(command="inbox-agent login"),
    )


@phrase.register
def _alarmed(error: errors.Alarmed) -> tuple[str, ...]:
    alarm = Alarm(Trouble(error.trouble), error.since, cases=error.cases)
    if alarm.trouble is Trouble.NEVER_STARTED:
        return (alarms.happened(alarm), alarms.to_do(alarm))
    since = _("since {when}").format(when=days.moment(error.since))
    return (f"{alarms.happened(alarm)} ({since})", alarms.to_do(alarm))


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


# -- the store ----------------------------------------------------------------------------------------


@phrase.register
def _not_found(error: state.NotFound) -> tuple[str, ...]:
    return (
        _("There is no such thing: {entity} {key}.").format(entity=_entity(error.entity), key=error.key),
        _("List the cases with “inbox-agent cases”."),
    )


@phrase.register
def _illegal_transition(error: state.IllegalTransition) -> tuple[str, ...]:
    old, new = _status(error.entity, error.old), _status(error.entity, error.new)
    return (
        _("This cannot be done: {entity}, now “{old}”, cannot become “{new}”.").format(
            entity=_entity(error.entity), old=old, new=new
        ),
        _("Nothing was changed. Look at the case again: it may have moved on."),
    )


@phrase.register
def _stale_write(error: state.StaleWrite) -> tuple[str, ...]:
    return (
        _("Somebody else was faster: {entity} {key} has changed.").format(entity=_entity(error.entity), key=error.key),
        _("Nothing was changed. Look at it as it stands now and decide again."),
    )


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


@phrase.register
def _not_authorised(error: state.NotAuthorised) -> tuple[str, ...]:
    return (
        _(
            "{given}: the writer asks for another person, and their authority has not been seen: no answer to them."
        ).format(given=error.case),
        _(
            "Record the authority (identity --proof authority), or the data subject's own address"
            " (identity --on-file) and write the answer anew: it goes to the data subject. If they ask for"
            " themselves after all, take the sign off (identity --unmark)."
        ),
    )


@phrase.register
def _not_identified(error: state.NotIdentified) -> tuple[str, ...]:
    return (
        _("Case {case}: the letter tells of data, and who asks is not established well enough.").format(
            case=error.case
        ),
        _("Reached: {level} ({reached}). Needed: {required} ({needed}).").format(
            level=error.level,
            reached=words.identity_level(IdentityLevel(error.level)),
            required=error.required,
            needed=words.identity_level(IdentityLevel(error.required)),
        ),
        _("See what to ask next: inbox-agent identity {case}, or i in the case.").format(case=error.case),
    )


@phrase.register
def _code_not_taken(error: state.CodeNotTaken) -> tuple[str, ...]:
    return (
        _("The one-time code does not count: it was used, is too old, or a newer one was sent."),
        _("Send a new code."),
    )


@phrase.register
def _store_busy(_error: state.StoreBusy) -> tuple[str, ...]:
    return (
        _("Another program kept the database locked."),
        _("Try again in a moment. If it lasts, look for a backup or a second agent that holds it."),
    )


@phrase.register
def _store_full(_error: state.StoreFull) -> tuple[str, ...]:
    return (
        _("There is no room left to store anything: the last change was undone."),
        _("Make room on the disk. Mails stay on the server until they are stored."),
    )


@phrase.register
def _store_unusable(error: state.StoreUnusable) -> tuple[str, ...]:
    return (
        _("The database cannot be used: {why}").format(why=error.why),
        _("Check that its folder exists and may be written; if the file is damaged, restore a backup."),
    )


@phrase.register
def _no_database(error: state.NoDatabase) -> tuple[str, ...]:
    return (
        _("There is no database {path}; none was created.").format(path=error.path),
        _("The assistant's first start makes it: inbox-agent run."),
        _("If there was one, bring it back first (a backup, the disk it lay on)."),
    )


@phrase.register
def _foreign_database(error: state.ForeignDatabase) -> tuple[str, ...]:
    return (
        _("{path} is the database of another program; nothing in it was touched.").format(path=error.path),
        _("Name another file as [storage] path in the profile."),
    )


@phrase.register
def _newer_database(error: state.NewerDatabase) -> tuple[str, ...]:
    return (
        _("{path} was written by a newer version of inbox-agent.").format(path=error.path),
        _("Install that version; an older one would not understand what is stored."),
    )


@phrase.register
def _broken_chain(error: state.BrokenChain) -> tuple[str, ...]:
    return (
        _("The journal has been altered: event {seq} does not follow from the one before it.").format(seq=error.seq),
        _("Keep the file as it is, compare it with a backup and find out who wrote to it."),
    )


@phrase.register
def _contradiction(error: state.Contradiction) -> tuple[str, ...]:
    return (
        _(
            "The journal does not tell what the database holds ({entity} {key}): somebody has written to the file."
        ).format(entity=error.entity, key=error.key),
        _("Keep the file as it is, compare it with a backup and find out who wrote to it."),
    )


# -- the letters --------------------------------------------------------------------------------------


@phrase.register
def _no_template(error: replies.NoTemplate) -> tuple[str, ...]:
    return (
        _("There is no letter for this: {letter}, {language}.").format(letter=error.letter, language=error.language),
        _("Choose another outcome, or another language for the case."),
    )


@phrase.register
def _missing_facts(error: replies.MissingFacts) -> tuple[str, ...]:
    return (
        _("The letter still needs:"),
        *(f"  {line}" for name in error.names for line in facts.missing(name)),
        _("Fill them in: the assistant invents nothing."),
    )


@phrase.register
def _unsafe_subject(error: replies.UnsafeSubject) -> tuple[str, ...]:
    return (
        _("No subject line can hold the case number {number}.").format(number=repr(error.number)),
        _("The database holds a case number that this program does not give: find out who wrote it."),
    )


# -- words within -------------------------------------------------------------------------------------


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


def _entity(noun: str) -> str:
    nouns = {
        "message": _("the mail"),
        "case": _("the case"),
        "request": _("the request"),
        "draft": _("the letter"),
        "reminder": _("the reminder"),
    }
    return nouns.get(noun, noun)


def _status(entity: str, status: str) -> str:
    """A status in words; what is no status of that entity is said as it is."""
    named: dict[tuple[str, str], str] = {
        **{("message", each): words.message_status(each) for each in MessageStatus},
        **{("case", each): words.case_status(each) for each in CaseStatus},
        **{("request", each): words.request_status(each) for each in RequestStatus},
        **{("draft", each): words.draft_status(each) for each in DraftStatus},
    }
    return named.get((entity, status), status)
