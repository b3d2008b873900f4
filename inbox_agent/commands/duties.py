"""`inbox-agent duties`: what must be done besides answering, by date; done, moved, cancelled, laid down by a person."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import duties as phrasing
from inbox_agent.phrasing.listing import json_line, safe
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.duties import provision
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from state.model import Case, Duty, DutyKey, DutyKind
from state.views import Views


def summary() -> str:
    return _("List the tasks that requests bring, by date; tick what was done.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", nargs="?", help=_("the case's number, such as 2026-0007"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    parser.add_argument("--done", type=int, action="append", default=[], metavar="N", help=_("this task is done"))
    parser.add_argument("--undo", type=int, action="append", default=[], metavar="N", help=_("it was not done"))
    parser.add_argument(
        "--cancel",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help=_("nothing to do after all (with --reason)"),
    )
    parser.add_argument("--move", type=int, metavar="N", help=_("set another date (with --due, --reason)"))
    parser.add_argument("--reason", default="", metavar="TEXT", help=_("why it is moved or cancelled"))
    parser.add_argument("--add", choices=[str(kind) for kind in DutyKind], help=_("add a task (with CASE, --due)"))
    parser.add_argument("--due", type=opening.day, metavar="DATE", help=_("its date"))
    parser.add_argument("--about", default="", metavar="TEXT", help=_("whom or what it concerns"))
    parser.add_argument("--person", default=None, help=_("who did it (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    path, profile = opening.profile_path(arguments), opening.profile(arguments)
    now = opening.now(arguments)
    with opening.store(arguments) as store:
        _carry_out(arguments, bootstrap.review(profile, store, now, arguments.person))
    with Views.open(bootstrap.database(profile, path)) as views:
        _show(arguments, views, helsinki_date(now()))
    return 0


def as_json(duty: Duty, case: Case, today: date) -> dict[str, Any]:
    """One task as `duties --json` and `case --json` print it. `counted` gives its date again."""
    kinds = {request.key: str(request.kind) for request in case.requests}
    return {
        "task": duty.key,
        "case": case.number,
        "kind": str(duty.kind),
        "status": str(duty.status),
        "due": duty.due_on.isoformat(),
        "days_left": (duty.due_on - today).days,
        "right": kinds[duty.request] if duty.request else None,
        "about": safe(duty.about),
        "source": provision(duty),
        "counted": {
            "from": duty.reckoning.start.isoformat(),
            "days": duty.reckoning.days,
            "counting": str(duty.reckoning.counting),
        },
    }


def _carry_out(arguments: argparse.Namespace, review: Review) -> None:
    """Everything that was said, or nothing of it."""
    with review.store.transaction():
        for keys, act in (
            (arguments.done, review.duties.done),
            (arguments.undo, review.duties.reopen),
            (arguments.cancel, partial(review.duties.cancel, why=arguments.reason)),
        ):
            for key in keys:
                act(_task(arguments, review, key))
        if arguments.move is not None:
            if arguments.due is None or arguments.add:
                raise UsageProblem("move_needs", str(arguments.move))
            review.duties.move(_task(arguments, review, arguments.move), arguments.due, arguments.reason)
        if arguments.add:
            if arguments.case is None or arguments.due is None:
                raise UsageProblem("duty_needs", arguments.add)
            case = review.store.cases.by_number(arguments.case)
            review.duties.add(case.key, DutyKind(arguments.add), arguments.due, arguments.about)


def _task(arguments: argparse.Namespace, review: Review, number: int) -> DutyKey:
    """The task of that number; where a case is named, one of that case."""
    key = DutyKey(number)
    if arguments.case is not None:
        case = review.store.cases.by_number(arguments.case)
        if review.store.duties.get(key).case != case.key:
            raise UsageProblem("task_of_another", str(number))
    return key


def _show(arguments: argparse.Namespace, views: Views, today: date) -> None:
    if arguments.case is not None:
        case = views.by_number(arguments.case)
        for duty in views.duties(case.key):
            line = phrasing.line(duty, today)
            print(json_line(as_json(duty, case, today)) if arguments.json else f"{duty.key}  {line}")
        return
    rows = views.duties_due(today)
    if not arguments.json:
        print("\n".join(phrasing.due_list(rows, today)))
    for row in rows if arguments.json else ():
        print(json_line(as_json(row.duty, views.case(row.duty.case), today)))
