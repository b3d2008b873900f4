"""`inbox-agent profile`: propose a profile from a privacy notice, and look what a notice or profile lacks by law."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.adapters import given_file, notices
from inbox_agent.errors import NoticeUnreadable, UsageProblem
from inbox_agent.phrasing import notices as phrasing
from inbox_agent.phrasing.proposing import profile_text
from inbox_agent.rules.notice import linter, reader
from inbox_agent.rules.notice.document import Document
from inbox_agent.rules.notice.doubts import is_notice
from inbox_agent.rules.notice.profiles import lint_profile
from inbox_agent.rules.notice.proposal import proposal
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Read a privacy notice: propose the profile from it, or say what it lacks by law.")


def arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    propose = commands.add_parser("from-notice", help=_("propose a profile from a privacy notice"))
    propose.add_argument("file", type=Path, metavar="FILE", help=_("the notice: text, Markdown, HTML or PDF"))
    propose.add_argument("--json", action="store_true", help=_("one JSON object of fields"))
    propose.add_argument("--toml", type=Path, metavar="PATH", help=_("write the proposed profile to this file"))
    propose.add_argument("--force", action="store_true", help=_("overwrite a profile that exists"))
    propose.set_defaults(act=_from_notice)
    check = commands.add_parser("check", help=_("say where a notice or a profile falls short of the law"))
    check.add_argument("file", type=Path, metavar="FILE", help=_("the notice, or a profile (.toml)"))
    check.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    check.add_argument(
        "--questions", action="store_true", help=_("with --json: what was not found and may yet be told, too")
    )
    check.set_defaults(act=_check)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.act(arguments))


def _from_notice(arguments: argparse.Namespace) -> int:
    notice = _notice(notices.read(arguments.file), arguments.file)
    facts = reader.facts(notice)
    if arguments.toml:
        text = profile_text(arguments.file, proposal(notice, facts))
        if given_file.is_standard(arguments.toml):  # the profile alone, to be read on
            given_file.write(arguments.toml, text)
            return 0
        _write(arguments.toml, text, force=arguments.force)
        said = _("{path} is written: check every line, and give what the notice does not say.")
        print(said.format(path=arguments.toml), file=sys.stderr)
    if arguments.json:
        print(json.dumps(phrasing.as_json(facts), ensure_ascii=False))
    else:
        print("\n".join(phrasing.page(arguments.file, facts)))
    return 0


def _write(path: Path, text: str, *, force: bool) -> None:
    if path.exists() and not force:
        raise UsageProblem("profile_exists", str(path))
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def _check(arguments: argparse.Namespace) -> int:
    findings, judged = _findings(arguments.file)
    if arguments.json:
        told = findings if arguments.questions else tuple(each for each in findings if not each.asks)
        for code, finding in linter.in_the_list(told):
            print(json.dumps(phrasing.finding_json(code, finding), ensure_ascii=False))
    else:
        print("\n".join(phrasing.findings_page(arguments.file, findings, is_notice=judged)))
    return 0


def _findings(path: Path) -> tuple[tuple[linter.Finding, ...], bool]:
    """What was found, and whether the text was one to be judged: a profile, or what reads like a notice."""
    if path.suffix == ".toml":
        return lint_profile(profiles.read(path)), True
    text = notices.read(path)
    if profiles.tells_of_one(text):  # from the input, which has no name
        return lint_profile(profiles.parse(text, path)), True
    notice = _notice(text, path)
    facts = reader.facts(notice)
    return linter.examine(notice, facts), is_notice(notice, facts)


def _notice(text: str, path: Path) -> Document:
    notice = reader.read(text)
    if len(notice.text) > reader.LONGEST:
        raise NoticeUnreadable(path, "too_long")
    return notice
