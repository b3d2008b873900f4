"""The door of the command line: find the command, run it, phrase what went wrong, choose the exit code.

Owns the common options and the one manner of errors: a sentence on stderr that says what to do next.
stdout is the commands' data.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from inbox_agent import texts
from inbox_agent.adapters import logs, terminal
from inbox_agent.errors import InboxAgentError, UsageProblem
from inbox_agent.phrasing.errors import phrase
from inbox_agent.phrasing.parser import speak
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.texts import gettext as _
from replies.errors import RepliesError
from state.errors import StateError

# Name -> module of inbox_agent.commands; imported only when called, so that `deadline` does not load Textual.
COMMANDS = {
    "demo": "demo",
    "init": "init",
    "check": "check",
    "login": "login",
    "run": "run",
    "dashboard": "dashboard",
    "add": "add",
    "cases": "cases",
    "case": "case",
    "duties": "duties",
    "outcome": "outcome",
    "write": "write",
    "approve": "approve",
    "identity": "identity",
    "print": "print",
    "delivered": "delivered",
    "correct": "correct",
    "corrections": "corrections",
    "phrases": "phrases",
    "stats": "stats",
    "calendar": "calendar",
    "letters": "letters",
    "explain": "explain",
    "understand": "understand",
    "deadline": "deadline",
    "evaluate": "evaluate",
    "profile": "profile",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (README, "Exit codes")."""
    with terminal.letters_only():
        try:
            return _run(argv)
        finally:
            terminal.let_go_of_the_unsaid()


def _run(argv: Sequence[str] | None) -> int:
    texts.use(os.environ.get("INBOX_AGENT_LANGUAGE", texts.DEFAULT))
    logs.to_stderr()
    given = sys.argv[1:] if argv is None else argv
    # Alone, the program opens the desk, or leads to it; `--help` and every mistake are the parser's.
    try:
        arguments = _parser(given).parse_args(argv) if given else _alone()
        return int(arguments.run(arguments))
    except (KeyboardInterrupt, EOFError):  # ^C, or ^D at a question
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not an error worth a trace.
        terminal.let_go(sys.__stdout__)
        return 0
    except (InboxAgentError, StateError, RepliesError, OSError) as error:
        for line in phrase(error):
            print(line, file=sys.stderr)
        return getattr(error, "exit_code", 1)


def _alone() -> argparse.Namespace:
    return argparse.Namespace(run=import_module("inbox_agent.commands.start").run, profile=None, now=None)


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    speak()
    parser = argparse.ArgumentParser(
        prog="inbox-agent",
        description=_("The assistant of the register contact person: GDPR requests from mail to reply."),
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {version('inbox-agent')}", help=_("show the version")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    called = next((word for word in argv if word in COMMANDS), None)
    for name, module in COMMANDS.items():
        # Only the called command (or all, for --help of the program) has to be loaded.
        if called is None or called == name:
            command = import_module(f"inbox_agent.commands.{module}")
            sub = commands.add_parser(name, help=command.summary(), description=command.summary())
            _common(sub)
            command.arguments(sub)
            sub.set_defaults(run=command.run)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile",
        type=Path,
        default=None,
        metavar="FILE",
        help=_("the profile (default: $INBOX_AGENT_PROFILE, else ./inbox-agent.toml)"),
    )
    parser.add_argument("--now", type=_instant, default=None, metavar="ISO", help=_("act as if it were this moment"))


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI)  # whatever the machine's own zone is
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(_no_date(text)) from None
    # At the edge of what can be written an instant has no date in Helsinki, and none a month later.
    if not date.min.year < moment.year < date.max.year:
        raise argparse.ArgumentTypeError(_no_date(text))
    return moment


def _no_date(text: str) -> str:
    return " ".join(phrase(UsageProblem("date", text)))
