"""`inbox-agent outcome`: how each right ends, with the facts that its letter must tell; the letter follows.

Without a choice it shows what may be chosen, each with its article, and which facts each choice needs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import choosing, opening
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import outcomes as phrasing
from inbox_agent.phrasing import words
from inbox_agent.phrasing.listing import json_line, safe
from inbox_agent.rules import letters, outcomes
from inbox_agent.rules.letters import live_requests
from inbox_agent.services.deciding import Choice
from inbox_agent.texts import gettext as _
from replies.facts import Fact
from replies.pairs import UNFIT, outcomes_for
from state.model import Case, Outcome, Request, RequestKey

_Asked = Mapping[RequestKey, Mapping[Outcome, tuple[Fact, ...]]]
"""What each outcome of each right wants said."""


def summary() -> str:
    return _("Choose how each right of a case ends; the answer is written from the facts.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument(
        "--right", action="append", default=[], metavar="KIND=OUTCOME", help=_("how this right ends (may be repeated)")
    )
    parser.add_argument(
        "--unidentified",
        action="store_true",
        help=_("write it before its reader is identified (then: identity --let-go)"),
    )
    choosing.common(parser)


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)
    with opening.store(arguments) as store:
        review = bootstrap.review(opening.profile(arguments), store, now, arguments.person)
        case = store.cases.by_number(arguments.case)
        proposed = review.outcomes.proposals(case.key)
        to_confirm = review.outcomes.to_confirm(case.key)
        once = letters.owed_once(case, review.outcomes.today(), store.identification.contact(case.key))
        asked = _with_what_is_told_once(review.outcomes.asked(case.key), once)
        if not arguments.right:
            if arguments.json:
                print(json_line(as_json(case, asked, proposed, to_confirm)))
            else:
                print("\n".join(_told(case, asked, proposed, to_confirm)))
            return 0
        earlier, choices = review.outcomes.earlier(case.key), _choices(arguments, case, asked, proposed)
        draft = review.outcomes.choose(case.key, choices, unidentified=arguments.unidentified)
        choosing.show(review, draft, case.number, as_json=arguments.json)
        if stayed := _stayed(arguments, case, choices, earlier):
            print("\n".join(stayed), file=sys.stderr if arguments.json else sys.stdout)
    return 0


def _stayed(
    arguments: argparse.Namespace,
    case: Case,
    choices: tuple[Choice, ...],
    earlier: Mapping[RequestKey, Mapping[str, str]],
) -> tuple[str, ...]:
    """The facts that an earlier decision gave and that nobody said anew, each with its right."""
    kinds = {request.key: request.kind for request in case.requests}
    told = {text.partition("=")[0].strip().rpartition(".")[2] for text in arguments.fact}
    facts = [
        f"  {kinds[choice.request]}.{name}={safe(said)}"
        for choice in choices
        for name, said in choice.facts.items()
        if name not in told and earlier.get(choice.request, {}).get(name) == said
    ]
    head = _("These stay from the earlier decision. Where one is not so any more, say it anew with --fact:")
    return (head, *facts) if facts else ()


def _with_what_is_told_once(asked: _Asked, once: tuple[Fact, ...]) -> _Asked:
    return {key: {outcome: (*facts, *once) for outcome, facts in outcomes_.items()} for key, outcomes_ in asked.items()}


def _choices(
    arguments: argparse.Namespace, case: Case, asked: _Asked, proposed: Mapping[RequestKey, Mapping[str, str]]
) -> tuple[Choice, ...]:
    waiting = {str(request.kind): request for request in live_requests(case)}
    chosen = [_chosen(text, waiting) for text in arguments.right]
    named = {f"{request.kind}.{fact.name}": fact for request, outcome in chosen for fact in asked[request.key][outcome]}
    said = choosing.given([_of_a_right(text, named) for text in arguments.fact], named)
    return tuple(
        _choice(
            request,
            outcome,
            asked[request.key][outcome],
            said,
            proposed[request.key] if arguments.proposals else {},
            language=case.language,
        )
        for request, outcome in chosen
    )


def _of_a_right(text: str, asked: Mapping[str, Fact]) -> str:
    """A fact named without its right is that of the one chosen right that asks it. Raises UsageProblem where several
    do.
    """
    name = text.partition("=")[0].strip()
    meant = [full for full in asked if full.partition(".")[2] == name]
    if len(meant) > 1:
        raise UsageProblem("fact_of_which_right", " | ".join(meant))
    return f"{meant[0]}{text.lstrip()[len(name) :]}" if meant else text


def _chosen(text: str, waiting: Mapping[str, Request]) -> tuple[Request, Outcome]:
    kind, outcome = choosing.pair(text, "no_such_right")
    if kind not in waiting:
        raise UsageProblem("no_such_right", kind)
    if outcome not in {str(each) for each in outcomes_for(waiting[kind].kind)}:
        raise UsageProblem("no_such_outcome", text)
    return waiting[kind], Outcome(outcome)


def _choice(
    request: Request,
    outcome: Outcome,
    asked: tuple[Fact, ...],
    said: Mapping[str, str],
    proposed: Mapping[str, str],
    *,
    language: str,
) -> Choice:
    """One right's outcome with its facts, what was said before what is proposed."""
    own = {
        name.removeprefix(f"{request.kind}."): value
        for name, value in said.items()
        if name.startswith(f"{request.kind}.")
    }
    return Choice(request.key, outcome, {**outcomes.fitting(asked, proposed, own, language=language), **own})


def as_json(
    case: Case, asked: _Asked, proposed: Mapping[RequestKey, Mapping[str, str]], to_confirm: Mapping[str, str]
) -> dict[str, Any]:
    """What may be chosen, as `outcome --json` prints it."""
    return {
        "case": case.number,
        "rights": [
            {
                "kind": str(request.kind),
                "status": str(request.status),
                "outcome": str(request.outcome) if request.outcome else None,
                "choices": [
                    {
                        "outcome": str(outcome),
                        "explained": phrasing.explained(outcome),
                        "facts": choosing.described(facts, proposed[request.key], to_confirm),
                    }
                    for outcome, facts in asked[request.key].items()
                ],
                "not": [
                    {"outcome": str(outcome), "why": phrasing.why_not(unfit.code), "source": unfit.source}
                    for outcome in Outcome
                    if (unfit := UNFIT.get((request.kind, outcome)))
                ],
            }
            for request in live_requests(case)
        ],
    }


def _told(
    case: Case, asked: _Asked, proposed: Mapping[RequestKey, Mapping[str, str]], to_confirm: Mapping[str, str]
) -> Iterator[str]:
    for request in live_requests(case):
        yield f"{request.kind}  {words.kind(request.kind)} – {words.request_status(request.status)}"
        for outcome, facts in asked[request.key].items():
            yield f"  {request.kind}={outcome}  {phrasing.name(request.kind, outcome)}. {phrasing.explained(outcome)}"
            yield from choosing.lines(facts, proposed[request.key], to_confirm, prefix=f"{request.kind}.")
        yield from (f"  {line}" for line in phrasing.left_out(request.kind))
