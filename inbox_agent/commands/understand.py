"""`inbox-agent understand`: what the assistant understands of a line written to it. Does nothing."""

from __future__ import annotations

import argparse

from inbox_agent.commands import opening
from inbox_agent.phrasing import commands as phrasing
from inbox_agent.phrasing.command_findings import reason
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules.commands.model import Intent, Place
from inbox_agent.rules.commands.understanding import deciding_words, understand
from inbox_agent.texts import gettext as _


def summary() -> str:
    """One line for the help."""
    return _("Say what is understood of a line written to the assistant; nothing is done.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("text", metavar="TEXT", help=_("what a person writes, in quotes"))
    parser.add_argument("--context", type=Place, choices=list(Place), default=Place.CASE, help=_("where it is written"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: argparse.Namespace) -> int:
    """Understand and tell."""
    now = opening.now(arguments)()
    found = understand(arguments.text, now, arguments.context)
    if arguments.json:
        print(json_line({"intents": [one.as_json() for one in found]}))
        return 0
    for one in found:
        print("\n".join(phrasing.lines(one)))
        if one.intent is Intent.NONE:
            print(f"  {reason(str(one.args['reason']))}")
            print(
                "\n".join(f"  {number}. {choice}" for number, choice in phrasing.choices(one)),
                end="\n" * bool(one.choices),
            )
    if words := deciding_words(arguments.text, now, arguments.context):
        print(phrasing.decided_by(words))
    return 0
