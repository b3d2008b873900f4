"""`inbox-agent phrases`: the controller's own phrases; one more, or one less."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import Problem, UsageProblem
from inbox_agent.phrasing import corrections as phrasing
from inbox_agent.phrasing import problems
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.phrasebook import NOT_REQUEST, REQUEST, OwnPhrase, fault
from inbox_agent.texts import gettext as _
from state.model import RequestKind


def summary() -> str:
    return _("List the own phrases that recognition knows besides its lexicon; add one, forget one.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    parser.add_argument("--add", metavar="TEXT", help=_("remember this phrase (with --right, or --not-request)"))
    parser.add_argument("--forget", type=int, metavar="N", help=_("forget the phrase of this number"))
    says(parser)
    parser.add_argument("--person", default=None, help=_("who says so (default: the profile's contact person)"))


def says(parser: argparse.ArgumentParser) -> None:
    """The two options that say what a mail or a phrase is."""
    parser.add_argument(
        "--right",
        action="append",
        default=[],
        type=RequestKind,
        choices=list(RequestKind),
        help=_("it is a request, of this right (may be repeated)"),
    )
    parser.add_argument("--not-request", action="store_true", help=_("it is no request"))


def run(arguments: argparse.Namespace) -> int:
    profile = opening.profile(arguments)
    book = bootstrap.phrasebook(profile, opening.profile_path(arguments))
    if arguments.add is not None:
        person = arguments.person or profile.contact.name
        book.remember(_phrase(arguments, person, opening.now(arguments)()))
    if arguments.forget is not None:
        known = book.read().phrase
        if not 1 <= arguments.forget <= len(known):
            raise UsageProblem("no_such_phrase", str(arguments.forget))
        book.forget(known[arguments.forget - 1].words)
    if not arguments.json:
        print("\n".join(phrasing.phrases(book.read().phrase)))
    for phrase in book.read().phrase if arguments.json else ():
        print(json_line(_as_json(phrase)))
    return 0


def checked(text: str) -> str:
    """A phrase that may be remembered. Raises UsageProblem."""
    if code := fault(text):
        raise UsageProblem("faulty_phrase", problems.sentence(Problem(0, "phrase.text", code)))
    return text


def _phrase(arguments: argparse.Namespace, person: str, now: datetime) -> OwnPhrase:
    if bool(arguments.right) is arguments.not_request:
        raise UsageProblem("correct_what", arguments.add)
    text, on = checked(arguments.add), helsinki_date(now)
    if arguments.not_request:
        return OwnPhrase(text=text, says=NOT_REQUEST, by=person, on=on)
    return OwnPhrase(text=text, says=REQUEST, kinds=tuple(arguments.right), by=person, on=on)


def _as_json(phrase: OwnPhrase) -> dict[str, Any]:
    return {
        "text": phrase.text,
        "says": phrase.says,
        "kinds": [str(kind) for kind in phrase.kinds],
        "by": phrase.by,
        "on": phrase.on.isoformat() if phrase.on else None,
    }
