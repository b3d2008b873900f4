"""`inbox-agent add`: a request that came by letter, by telephone or in person becomes a case."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import telling
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.on_paper import FromAuthority, OnPaper, Recorded
from inbox_agent.texts import gettext as _
from state.model import CaseKey, Channel, RequestKind

_OMBUDSMAN = "ombudsman"


def summary() -> str:
    return _("Record a request that came by letter, by telephone or in person.")


def arguments(parser: argparse.ArgumentParser) -> None:
    channels = [str(channel) for channel in Channel if channel is not Channel.MAIL]
    parser.add_argument(
        "channel",
        choices=[*channels, _OMBUDSMAN],
        help=_("how it came; ombudsman: a letter of the Data Protection Ombudsman about no case of yours"),
    )
    parser.add_argument("--name", default="", help=_("the person's name"))
    parser.add_argument(
        "--right",
        action="append",
        default=[],
        choices=[str(kind) for kind in RequestKind],
        help=_("the right that is exercised (may be repeated)"),
    )
    parser.add_argument(
        "--received", type=opening.day, default=None, metavar="DATE", help=_("the day it reached you (default: today)")
    )
    parser.add_argument(
        "--made",
        type=opening.day,
        default=None,
        metavar="DATE",
        help=_("the date on the request, where your notice counts from it"),
    )
    parser.add_argument(
        "--due",
        type=opening.day,
        default=None,
        metavar="DATE",
        help=_("the day by which the Ombudsman wants an answer"),
    )
    parser.add_argument("--said", default="", metavar="TEXT", help=_("what was asked; - reads it from the input"))
    parser.add_argument("--postal", default="", metavar="TEXT", help=_("the postal address, for the answer on paper"))
    mail = _("an e-mail address, if the answer goes there")
    parser.add_argument("--email", "--address", dest="address", default="", metavar="EMAIL", help=mail)
    parser.add_argument("--language", default="", choices=["fi", "sv", "en"], help=_("the language of the letters"))
    parser.add_argument("--person", default=None, help=_("who records it (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)
    if arguments.channel != _OMBUDSMAN and arguments.due:
        raise UsageProblem("due_of_ombudsman", arguments.channel)
    with opening.store(arguments) as store:
        review = bootstrap.review(opening.profile(arguments), store, now, arguments.person)
        case = store.cases.get(_record(arguments, review.on_paper, helsinki_date(now())))
        laid = store.duties.of_case(case.key)
    print("\n".join(telling.case(case, (), laid, helsinki_date(now()))))
    return 0


def _record(arguments: argparse.Namespace, on_paper: OnPaper, today: date) -> CaseKey:
    received_on = arguments.received or today
    said = sys.stdin.read() if arguments.said == "-" else arguments.said
    if arguments.channel == _OMBUDSMAN:
        return on_paper.from_authority(FromAuthority(received_on, arguments.due, said))
    told = Recorded(
        channel=Channel(arguments.channel),
        name=arguments.name,
        received_on=received_on,
        kinds=tuple(dict.fromkeys(map(RequestKind, arguments.right))),
        said=said,
        address=arguments.address,
        postal=arguments.postal.replace("\\n", "\n"),
        language=arguments.language,
        made_on=arguments.made,
    )
    return on_paper.record(told)
