"""`inbox-agent approve`: show the exact text of a case's letter, and approve just that text."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import LetterFaulty, UsageProblem
from inbox_agent.phrasing.listing import safe
from inbox_agent.rules.alarms import AGENT
from inbox_agent.rules.visible import visible
from inbox_agent.services.watch import ALIVE_EVERY
from inbox_agent.texts import gettext as _
from state.model import Draft, DraftStatus
from state.store.store import Store

_SILENT = timedelta(seconds=6 * ALIVE_EVERY)


def summary() -> str:
    return _("Show the proposed letter of a case and approve it; the agent sends what is approved.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument(
        "--yes", action="store_true", help=_("approve without asking (the text is printed all the same)")
    )
    parser.add_argument("--person", default=None, help=_("who approves (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)
    with opening.store(arguments) as store:
        draft = _proposed(store, arguments.case)
        print(letter(draft))
        review = bootstrap.review(opening.profile(arguments), store, now, arguments.person)
        if errors := review.errors_in(draft.key):
            raise LetterFaulty(errors)
        if not (arguments.yes or _confirmed()):
            print(_("Nothing was approved."))
            return 1
        review.approve(draft.key, draft.text_hash)
        print(_("Approved. {how}").format(how=_how_it_leaves(store, now())))
        return 0


def letter(draft: Draft) -> str:
    """The letter as its reader will get it, safe to print."""
    to = f"{safe(draft.envelope.to.name)} <{safe(draft.envelope.to.address)}>".strip()
    return "\n".join(
        (
            _("To: {to}").format(to=to),
            _("Subject: {subject}").format(subject=safe(draft.subject)),
            "",
            visible(draft.body),
        )
    )


def _proposed(store: Store, number: str) -> Draft:
    case = store.cases.by_number(number)
    proposed = [draft for draft in store.drafts.for_case(case.key) if draft.status is DraftStatus.PROPOSED]
    if not proposed:
        raise UsageProblem("nothing_to_approve", number)
    return proposed[-1]


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise UsageProblem("approve_needs_terminal")
    return input(_("Approve exactly this text? Type yes: ")).strip().casefold() in {"yes", "kyllä", "ja"}


def _how_it_leaves(store: Store, now: datetime) -> str:
    beat = store.pulse.read(AGENT)
    if beat is None or beat.state == "stopped" or now - beat.at > _SILENT:  # one that was killed says nothing
        return _(
            "The agent is not running: start it with `inbox-agent run`, or send now with `inbox-agent run --once`."
        )
    return _("The agent sends it shortly.")
