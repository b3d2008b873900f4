"""`inbox-agent explain`: what the assistant would do with these mails, and why. Stores and sends nothing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from inbox_agent import bootstrap
from inbox_agent.adapters import given_file
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import explaining
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, duties, letters
from inbox_agent.rules.analysis import analysis, not_understood
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.familiarity import says_sina
from inbox_agent.rules.intake import FROM_AUTHORITY, OpenCase, decide
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.understand import Understood, understand
from inbox_agent.texts import gettext as _
from replies.drafting import compose
from state.model import Counting, NewCase

log = structlog.get_logger()


def summary() -> str:
    return _("Say what the assistant would do with mails (.eml files or folders of them), and why.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    profile = opening.profile_or_specimen(arguments)
    recogniser = bootstrap.recogniser(profile, arguments.profile) if arguments.profile else Recogniser.load()
    moment = opening.now(arguments)()
    for path in _files(arguments.path):
        explained = {"path": str(path), **_explain_or_say(given_file.read_bytes(path), recogniser, profile, moment)}
        if arguments.json:
            print(json.dumps(explained, ensure_ascii=False))
        else:
            print("\n".join(explaining.lines(explained)), end="\n\n")
    return 0


def _explain_or_say(raw: bytes, recogniser: Classifies, profile: ControllerProfile, now: datetime) -> dict[str, Any]:
    try:
        return explain(raw, recogniser, profile, now)
    except Exception:  # one mail that breaks us must not hide the others
        log.exception("mail_not_understood")
        return {**not_understood(), "authority": None, "draft": None}


def explain(raw: bytes, recogniser: Classifies, profile: ControllerProfile, now: datetime) -> dict[str, Any]:
    """Understand one mail as intake would, alone: no other case is known. A file tells no INTERNALDATE,
    so the receipt is what its topmost Received header says, else its Date, else `now`.
    """
    understood = understand(raw, recogniser, profile, bootstrap.attached_files())
    received_at = understood.message.received_at or understood.message.sent_at or now
    received_on = deadlines.receipt_date(received_at, understood.message.sent_at, profile.deadlines.count_from)
    decision = decide(understood, received_at, (), profile)
    opened = decision.case if isinstance(decision, OpenCase) else None
    return {
        **analysis(understood, received_on, profile.deadlines),
        "authority": _authority(understood, opened),
        "draft": _draft(understood, opened, profile, now),
    }


def _authority(understood: Understood, opened: NewCase | None) -> dict[str, Any] | None:
    """The day by which a letter of the supervisory authority is answered, and whether the letter itself names it."""
    if opened is None or FROM_AUTHORITY not in opened.flags:
        return None
    duty = duties.with_authority(understood.message.new_text, opened.received_on)
    return {"answer_by": str(duty.due_on), "named": duty.reckoning.counting is Counting.ON}


def _draft(
    understood: Understood, opened: NewCase | None, profile: ControllerProfile, now: datetime
) -> dict[str, str] | None:
    if opened is None:
        return None
    case = letters.preview(opened)
    letter = letters.first_letter_of(case, profile)
    if letter is None or not case.subject.address:
        return None
    scope = understood.narrowed.scope if understood.narrowed else ""
    today, familiar = deadlines.helsinki_date(now), says_sina(understood.message.new_text)
    text = compose(letters.context(case, letter, profile, today, scope=scope, says_sina=familiar))
    return {"template": text.template, "subject": text.subject, "body": text.body}


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        elif path.exists() or given_file.is_standard(path):
            yield path
        else:
            raise UsageProblem("no_such_file", str(path))
