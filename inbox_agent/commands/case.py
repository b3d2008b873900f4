"""`inbox-agent case`: one case, its requests, its conversation and its journal."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import duties, opening
from inbox_agent.phrasing import telling
from inbox_agent.phrasing.listing import json_line, safe
from inbox_agent.rules.analysis import dates
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.visible import masked, visible
from inbox_agent.texts import gettext as _
from state.model import Case, Draft, Message, Request
from state.views import Views


def summary() -> str:
    return _("Show one case: its rights and deadlines, the mails, the letters, what was done.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    today = helsinki_date(opening.now(arguments)())
    opening.store(arguments).close()
    with Views.open(bootstrap.database(opening.profile(arguments), path)) as views:
        case = views.by_number(arguments.case)
        if arguments.json:
            print(json_line(as_json(views, case, today)))
        else:
            print("\n".join(telling.case(case, views.conversation(case.key), views.duties(case.key), today)))
    return 0


def as_json(views: Views, case: Case, today: date) -> dict[str, Any]:
    """One case as `case --json` prints it; texts are sanitised, identity codes masked."""
    turns = views.conversation(case.key)
    return {
        "case": case.number,
        "status": str(case.status),
        "name": safe(case.subject.name),
        "address": safe(case.subject.address),
        "channel": str(case.channel),
        "language": case.language,
        "received": str(case.received_on),
        "identity": {"level": str(case.identity_level), "required": str(case.identity_required)},
        "flags": list(case.flags),
        "requests": [_request(request) for request in case.requests],
        "duties": [duties.as_json(duty, case, today) for duty in views.duties(case.key)],
        "messages": [_message(turn.message) for turn in turns if turn.message],
        "letters": [_letter(turn.draft, views) for turn in turns if turn.draft],
        "events": [
            {"at": stored.event.at.isoformat(), "actor": stored.event.actor, "act": str(stored.event.act)}
            for stored in views.trail(case.key)
        ],
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "kind": str(request.kind),
        "status": str(request.status),
        "received": str(request.received_on),
        **dates(request.current),
        "extended": request.extended is not None,
        "outcome": str(request.outcome) if request.outcome else None,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "received_at": message.received_at.isoformat(),
        "from": safe(message.sender.address),
        "subject": safe(message.subject),
        "relation": str(message.relation) if message.relation else None,
        "evidence": list(message.analysis.get("evidence", [])),
    }


def _letter(draft: Draft, views: Views) -> dict[str, Any]:
    delivery = views.delivery(draft.key)
    return {
        "letter": str(draft.letter),
        "status": str(draft.status),
        "to": safe(draft.envelope.to.address),
        "subject": safe(draft.subject),
        "body": masked(visible(draft.body)),
        "message_id": delivery.message_id if delivery and not draft.on_paper else None,
        "answer": safe(delivery.answer) if delivery and delivery.answer else None,
        "mailbox_unseen": delivery is not None and delivery.unseen,
    }
