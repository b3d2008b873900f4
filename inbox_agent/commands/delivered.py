"""`inbox-agent delivered`: a person says that a letter on paper was brought to its reader."""

from __future__ import annotations

import argparse

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing.paper import DELIVERED, recorded
from inbox_agent.texts import gettext as _
from state.model import DraftStatus


def summary() -> str:
    return _("Say that a letter on paper was brought to its reader.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument("--how", required=True, choices=DELIVERED, help=_("how it was brought"))
    parser.add_argument("--on", type=opening.day, default=None, metavar="DATE", help=_("on which day (default: today)"))
    parser.add_argument("--person", default=None, help=_("who did it (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    with opening.store(arguments) as store:
        review = bootstrap.review(opening.profile(arguments), store, opening.now(arguments), arguments.person)
        case = store.cases.by_number(arguments.case)
        waiting = [
            one for one in store.drafts.for_case(case.key) if one.on_paper and one.status is DraftStatus.APPROVED
        ]
        if not waiting:
            raise UsageProblem("approve_first", case.number)
        past = review.on_paper.delivered(waiting[-1].key, arguments.how, arguments.on)
    print(recorded(past))
    return 0
