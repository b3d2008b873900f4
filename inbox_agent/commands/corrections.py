"""`inbox-agent corrections`: where people corrected the assistant; only when told to, anonymised training mails."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import corrections as phrasing
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.training import Material, Training
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import CaseKey, Correction, Judgement
from state.store.store import Store


def summary() -> str:
    return _("List where people corrected the assistant's reading of a mail; export them as anonymised training mails.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    parser.add_argument(
        "what", nargs="?", choices=["export"], help=_("write the corrected mails out, anonymised, after a preview")
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=_("where to write them"))
    parser.add_argument("--yes", action="store_true", help=_("write without asking (the text is printed all the same)"))
    parser.add_argument("--person", default=None, help=_("who exports (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    with opening.store(arguments) as store:
        return _export(arguments, store) if arguments.what == "export" else _list(arguments, store)


def _list(arguments: argparse.Namespace, store: Store) -> int:
    found = store.corrections.all()
    numbers = {key: store.cases.get(key).number for key in {one.case for one in found if one.case}}
    if not arguments.json:
        print("\n".join(phrasing.corrections(found, numbers)))
    for one in found if arguments.json else ():
        print(json_line(_as_json(one, store, numbers)))
    return 0


def _export(arguments: argparse.Namespace, store: Store) -> int:
    if arguments.folder is None:
        raise UsageProblem("export_where")
    profile, now = opening.profile(arguments), opening.now(arguments)
    training = Training(store, profile, now, arguments.person or profile.contact.name)
    material = training.material()
    path = arguments.folder / f"corrections-{helsinki_date(now())}.txt"
    if path.exists():
        raise UsageProblem("export_there", str(path))
    print(material.text)
    print(_told(material), file=sys.stderr)
    if not material.mails:
        return 1
    if not (arguments.yes or _confirmed(path)):
        print(_("Nothing was written."), file=sys.stderr)
        return 1
    _write(path, material.text)
    training.given_out(material)
    print(_("Written to {path}. Read it once more before you hand it on.").format(path=path), file=sys.stderr)
    return 0


def _told(material: Material) -> str:
    count, left_out = len(material.mails), material.left_out
    told = ngettext("{n} corrected mail, anonymised.", "{n} corrected mails, anonymised.", count).format(n=count)
    if not left_out:
        return told
    rest = ngettext(
        "{n} more is left out: erased, or too short.", "{n} more are left out: erased, or too short.", left_out
    )
    return f"{told} {rest.format(n=left_out)}"


def _confirmed(path: Path) -> bool:
    if not sys.stdin.isatty():
        raise UsageProblem("export_needs_terminal")
    print(_("A program found the names and numbers: read the text above, it may have missed some."), file=sys.stderr)
    asked = _("Write exactly this text to {path}? Type yes: ").format(path=path)
    return input(asked).strip().casefold() in {"yes", "kyllä", "ja"}


def _write(path: Path, text: str) -> None:
    """A new file for its owner only; an old one is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _as_json(one: Correction, store: Store, numbers: dict[CaseKey, str]) -> dict[str, Any]:
    return {
        "message": one.message,
        "message_id": store.mails.get(one.message).message_id,
        "case": numbers[one.case] if one.case else None,
        "before": _judged(one.before),
        "after": _judged(one.after),
        "who": one.actor.removeprefix("person:"),
        "at": one.at.isoformat(),
    }


def _judged(judgement: Judgement) -> dict[str, Any]:
    return {"verdict": str(judgement.verdict), "types": list(judgement.kinds)}
