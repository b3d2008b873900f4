"""`inbox-agent write`: a letter that is no answer: acknowledgement, question, extension, fee, apology, courtesy.

Without a letter it shows which may be written now, each with its article, and why the others may not.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import choosing, opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import outcomes as phrasing
from inbox_agent.phrasing import words
from inbox_agent.phrasing.errors import phrase
from inbox_agent.phrasing.listing import json_line
from inbox_agent.rules import letters, outcomes
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from replies.catalogue import letter_facts
from state.model import Case, Letter


def summary() -> str:
    return _("Write another letter of a case: a question, an extension, a fee, an apology.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument(
        "letter", metavar="LETTER", nargs="?", choices=[str(letter) for letter in Letter], help=_("which")
    )
    choosing.common(parser)


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)
    with opening.store(arguments) as store:
        review = bootstrap.review(opening.profile(arguments), store, now, arguments.person)
        case = store.cases.by_number(arguments.case)
        if arguments.letter is None:
            _show_letters(review, case, helsinki_date(now()), as_json=arguments.json)
            return 0
        letter = Letter(arguments.letter)
        asked = {fact.name: fact for fact in letter_facts(letter) if not fact.computed}
        said = choosing.given(arguments.fact, asked)
        proposed = review.letters.proposals(case.key, letter) if arguments.proposals else {}
        facts = {**outcomes.fitting(letter_facts(letter), proposed), **said}
        choosing.show(
            review, review.letters.propose(case.key, letter, facts=facts), case.number, as_json=arguments.json
        )
    return 0


def _show_letters(review: Review, case: Case, today: date, *, as_json: bool) -> None:
    told = [_described(review, case, letter, today) for letter in Letter]
    if as_json:
        print(json_line({"case": case.number, "letters": told}))
        return
    for letter, facts in zip(Letter, told, strict=True):
        print(f"{letter}  {words.letter(letter)}. {phrasing.explained(letter)}")
        if facts["obstacle"]:
            print(f"  ✖ {facts['obstacle']}")
        else:
            print("\n".join(choosing.lines(letter_facts(letter), review.letters.proposals(case.key, letter))))


def _described(review: Review, case: Case, letter: Letter, today: date) -> dict[str, Any]:
    code = letters.obstacle(case, letter, today, review.store.duties.of_case(case.key))
    return {
        "letter": str(letter),
        "explained": phrasing.explained(letter),
        "obstacle": " ".join(phrase(UsageProblem(code, case.number))) if code else None,
        "facts": choosing.described(letter_facts(letter), review.letters.proposals(case.key, letter)),
    }
