"""`inbox-agent init`: write a commented profile, asking only what nobody else can know."""

from __future__ import annotations

import argparse
import sys
from importlib import resources
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.commands import opening
from inbox_agent.commands.sitting import missing
from inbox_agent.errors import Problem, UsageProblem
from inbox_agent.phrasing.problems import sentence
from inbox_agent.texts import gettext as _

_ADDRESSES = frozenset({"email", "mailbox"})
QUESTIONS = ("company", "contact", "email", "mailbox", "imap_host", "smtp_host")


def summary() -> str:
    return _("Write a commented profile; asks only what it must.")


def arguments(parser: argparse.ArgumentParser) -> None:
    for key, text in questions().items():
        parser.add_argument(f"--{key.replace('_', '-')}", default=None, metavar="TEXT", help=text)
    parser.add_argument("--force", action="store_true", help=_("overwrite a profile that exists"))


def run(arguments: argparse.Namespace) -> int:
    path = opening.profile_path(arguments)
    if path.exists() and not arguments.force:
        raise UsageProblem("profile_exists", str(path))
    answers = {key: getattr(arguments, key) or _ask(key, text) for key, text in questions().items()}
    text = fill(answers)
    profiles.parse(text, path)
    write(path, text)
    print(_("{path} is written. Put the password where it says, then run `inbox-agent check`.").format(path=path))
    return 0


def fill(answers: dict[str, str]) -> str:
    """Put the answers into the commented model profile of the interface's language, as TOML strings."""
    language = _("en")  # the language's own code, in every catalogue
    name = "new.toml" if language == "fi" else f"new.{language}.toml"
    text = (resources.files("inbox_agent") / "profiles" / name).read_text(encoding="utf-8")
    for key in QUESTIONS:
        text = text.replace(f'"@{key}@"', _toml_string(answers[key]))
    return text


def _toml_string(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else " " for letter in escaped) + '"'


def _ask(key: str, text: str) -> str:
    if not sys.stdin.isatty():
        raise UsageProblem("init_needs", f"--{key.replace('_', '-')}")
    while problem := wrong(key, answer := input(f"{text}: ").strip()):
        print(problem)
    return answer


def wrong(key: str, answer: str) -> str:
    """What is wrong with the answer to one of the questions, in a sentence; empty where nothing is."""
    if answer and key in _ADDRESSES and not profiles.is_address(answer):
        return sentence(Problem(0, key, "address", answer))
    return missing(answer)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # where cases, log and password will lie
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def questions() -> dict[str, str]:
    return {
        "company": _("the company's name"),
        "contact": _("the contact person's name"),
        "email": _("the contact person's own address, for reminders"),
        "mailbox": _("the address whose mailbox is watched, such as tietosuoja@yritys.example"),
        "imap_host": _("the IMAP server"),
        "smtp_host": _("the SMTP server"),
    }
