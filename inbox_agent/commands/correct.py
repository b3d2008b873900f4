"""`inbox-agent correct`: say what a mail really is, and what the assistant should remember of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from inbox_agent import bootstrap
from inbox_agent.commands import opening, phrases
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import corrections as phrasing
from inbox_agent.phrasing import mails
from inbox_agent.phrasing.listing import aside, safe
from inbox_agent.services.learning import Learning, Lesson, opening_mail
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from state.errors import NotFound
from state.model import CaseStatus, MessageKey
from state.store.store import Store
from state.views import Views


def summary() -> str:
    return _("Say that a case is no request, that a mail set aside is one, or which rights it is about.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", nargs="?", help=_("the case's number; without it and --mail: a list"))
    parser.add_argument("--mail", type=int, metavar="N", help=_("a mail that was set aside, by its number in the list"))
    phrases.says(parser)
    parser.add_argument(
        "--remember", action="append", default=[], metavar="TEXT", help=_("an own phrase to be remembered, unasked")
    )
    parser.add_argument("--person", default=None, help=_("who corrects (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    path, profile, now = opening.profile_path(arguments), opening.profile(arguments), opening.now(arguments)
    texts = [phrases.checked(text) for text in arguments.remember]
    with opening.store(arguments) as store:
        if arguments.case is None and arguments.mail is None:
            with Views.open(bootstrap.database(profile, path)) as views:
                print("\n".join(aside(views.set_aside())))
            return 0
        review = bootstrap.review(profile, store, now, arguments.person)
        corrected = _carry_out(arguments, review)
        judged = store.corrections.judgement(store.mails.get(corrected))
        print(_("Noted: {judgement}.").format(judgement=phrasing.judgement(judged)))
        learning = bootstrap.learner(profile, path, store, now, arguments.person)
        _learn(learning, learning.lesson(corrected), texts)
    return 0


def _carry_out(arguments: argparse.Namespace, review: Review) -> MessageKey:
    """Correct the case or the mail; the mail that was corrected."""
    kinds = tuple(arguments.right)
    if bool(kinds) is arguments.not_request:
        raise UsageProblem("correct_what", arguments.case or str(arguments.mail))
    if arguments.mail is not None:
        return _mail(review, MessageKey(arguments.mail), arguments)
    case = review.store.cases.by_number(arguments.case)
    if arguments.not_request:
        review.cases.dismiss(case.key)
    elif case.status is CaseStatus.CANDIDATE:
        review.cases.confirm(case.key, kinds)
    else:
        review.cases.change_rights(case.key, kinds)
    return _opening(review.store, arguments.case)


def _mail(review: Review, mail: MessageKey, arguments: argparse.Namespace) -> MessageKey:
    stored = review.store.mails.get(mail)
    if stored.case is not None:
        raise UsageProblem("is_a_case", str(mail))
    if arguments.not_request:
        raise UsageProblem("correct_what", str(mail))
    review.cases.make_case(mail, tuple(arguments.right))
    return mail


def _opening(store: Store, number: str) -> MessageKey:
    mail = opening_mail(store, store.cases.by_number(number).key)
    if mail is None:
        raise NotFound("message", number)
    return mail.key


def _learn(learning: Learning, lesson: Lesson | None, texts: Sequence[str]) -> None:
    """Remember what was given; else propose, and remember what the person accepts."""
    if lesson is None:
        return
    for phrase in lesson.wrong:
        print(_("Speaks against it: “{phrase}” ({says})").format(phrase=safe(phrase.text), says=phrasing.says(phrase)))
    for text in lesson.phrases if not texts else ():
        print(_("Worth remembering: “{phrase}”").format(phrase=safe(text)))
    accepted = list(texts) or _accepted(lesson)
    if accepted is None:
        print(_("Nothing was remembered."))
        return
    verdict = learning.outlook(lesson, accepted)
    learning.remember(lesson, accepted)
    print(_("Remembered. From now on a mail like this: {verdict}.").format(verdict=mails.verdict(verdict)))


def _accepted(lesson: Lesson) -> list[str] | None:
    """What the person answers: yes, nothing, or a phrase of their own. Without a terminal nothing is accepted."""
    if not sys.stdin.isatty():
        return None
    answer = input(_("Remember? Type yes, or another phrase; Enter: nothing. ")).strip()
    if answer.casefold() in {"yes", "kyllä", "ja"}:
        return list(lesson.phrases)
    return [phrases.checked(answer)] if answer else None
