"""`inbox-agent cases`: the open cases by deadline, and how many mails were set aside."""

from __future__ import annotations

import argparse
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.phrasing import listing
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.texts import gettext as _
from state.views import QueueRow, Views


def summary() -> str:
    return _("List the open cases, the nearest deadline first.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    today = helsinki_date(opening.now(arguments)())
    opening.store(arguments).close()  # migrates the database: a view only reads
    with Views.open(bootstrap.database(opening.profile(arguments), path)) as views:
        rows = (*views.ended_with_letter(today), *views.queue(today))
        if arguments.json:
            for row in rows:
                print(json_line(as_json(row)))
        else:
            print("\n".join(listing.queue(rows, views.counts(today))))
    return 0


def as_json(row: QueueRow) -> dict[str, Any]:
    """One case as `cases --json` prints it."""
    return {
        "case": row.number,
        "status": str(row.status),
        "name": listing.safe(row.name),
        "address": listing.safe(row.address),
        "kinds": [str(kind) for kind in row.kinds],
        "received": str(row.received_on),
        "promise": str(row.promise),
        "backstop": str(row.backstop),
        "target": str(row.target),
        "days_left": row.days_left,
        "identity": {"level": str(row.identity_level), "required": str(row.identity_required)},
        "draft": str(row.draft) if row.draft else None,
        "flags": list(row.flags),
    }
