"""What the store refuses, and what is wrong with its file: what happened, and what to do next."""

from __future__ import annotations

from inbox_agent.phrasing import mails, words
from inbox_agent.phrasing.voice import phrase, step_at_desk
from inbox_agent.texts import gettext as _
from state import errors as state
from state.model import CaseStatus, DraftStatus, IdentityLevel, MessageStatus, RequestStatus


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
def _not_authorised(error: state.NotAuthorised) -> tuple[str, ...]:
    return (
        _("The letter does not leave yet: its reader writes for another person, and nobody has seen their authority."),
        _("Without it the answer may go to the data subject's own address."),
        _("When you have seen the authority: {command}").format(
            command=f"inbox-agent identity {error.case} --proof authority"
        ),
    )


@step_at_desk.register
def _record_authority(_error: state.NotAuthorised) -> str:
    return _("i: record that you have seen the authority, or the data subject's own address.")


@phrase.register
def _not_identified(error: state.NotIdentified) -> tuple[str, ...]:
    return (
        _("The letter does not leave yet: it tells of somebody's data, and it is not sure enough that they asked."),
        _("Known now: {reached} ({level}). Needed: {needed} ({required}).").format(
            level=error.level,
            reached=words.identity_level(IdentityLevel(error.level)),
            required=error.required,
            needed=words.identity_level(IdentityLevel(error.required)),
        ),
        _("See what to ask: {command}").format(command=f"inbox-agent identity {error.case}"),
    )


@step_at_desk.register
def _ask(_error: state.NotIdentified) -> str:
    return _("i: see what to ask, or record how you know them.")


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
        **{("message", each): mails.message_status(each) for each in MessageStatus},
        **{("case", each): words.case_status(each) for each in CaseStatus},
        **{("request", each): words.request_status(each) for each in RequestStatus},
        **{("draft", each): words.draft_status(each) for each in DraftStatus},
    }
    return named.get((entity, status), status)
