"""`inbox-agent print`: an approved letter without an e-mail address, as a file to be printed."""

from __future__ import annotations

import argparse
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent.adapters import pdf
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.texts import gettext as _
from state.model import DraftStatus

_WHOLE = frozenset({DraftStatus.APPROVED, DraftStatus.SENT})


def summary() -> str:
    return _("Save an approved letter on paper: as PDF, or as a page that a browser prints.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument("file", metavar="FILE", type=Path, help=_("where to: a name that ends in .pdf or .html"))


def run(arguments: argparse.Namespace) -> int:
    with opening.store(arguments) as store:
        case = store.cases.by_number(arguments.case)
        letters = [one for one in store.drafts.for_case(case.key) if one.on_paper and one.status in _WHOLE]
        if not letters:
            raise UsageProblem("nothing_to_print", case.number)
        review = bootstrap.review(opening.profile(arguments), store, opening.now(arguments))
        sheet = review.on_paper.sheet(letters[-1].key)
    path = pdf.save(sheet, arguments.file)
    print(_("{path} is written. It holds personal data: delete it when it has been printed.").format(path=path))
    return 0
