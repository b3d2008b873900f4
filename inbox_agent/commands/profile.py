"""`inbox-agent profile`: propose a profile from a privacy notice, and look what a notice or profile lacks."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from inbox_agent.adapters import notices
from inbox_agent.phrasing import notices as phrasing
from inbox_agent.rules.notice import reader
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Read a privacy notice: propose the profile from it, or say what it lacks by law.")


def arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    _from_notice_arguments(commands.add_parser("from-notice", help=_("propose a profile from a privacy notice")))


def _from_notice_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the notice: text, Markdown, HTML or PDF"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object of fields"))
    parser.set_defaults(act=_from_notice)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.act(arguments))


def _from_notice(arguments: argparse.Namespace) -> int:
    facts = reader.facts(reader.read(notices.read(arguments.file)))
    if arguments.json:
        print(json.dumps(phrasing.as_json(facts), ensure_ascii=False))
    else:
        print("\n".join(phrasing.page(arguments.file, facts)))
    return 0
