"""What the commands that write letters share: facts from the command line, and the letter with its remarks shown."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inbox_agent.commands import approve
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import facts, provisions
from inbox_agent.phrasing.findings import finding
from inbox_agent.phrasing.listing import json_line, safe
from inbox_agent.rules.visible import masked, visible
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from replies.context import NO_FACTS
from replies.facts import Fact, FactKind
from replies.linter import Finding
from state.model import DraftKey


def common(parser: argparse.ArgumentParser) -> None:
    """The options of every command that writes a letter."""
    parser.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", help=_("what the letter says"))
    parser.add_argument(
        "--proposals", action="store_true", help=_("fill the facts not given with what the case and the profile say")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))
    parser.add_argument("--person", default=None, help=_("who chooses (default: the profile's contact person)"))


def pair(text: str, problem: str) -> tuple[str, str]:
    """Part NAME=VALUE. Raises UsageProblem with that code where there is no such mark."""
    name, mark, value = text.partition("=")
    if not mark:
        raise UsageProblem(problem, text)
    return name.strip(), value.strip()


def given(texts: Iterable[str], asked: Mapping[str, Fact]) -> dict[str, str]:
    """The facts that were given, by name. Raises UsageProblem for one that no letter here asks, and for a value that it
    cannot have.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, value = pair(text, "no_such_fact")
        if name not in asked or asked[name].computed:
            raise UsageProblem("no_such_fact", name)
        if value and asked[name].read({asked[name].name: value}) is None:
            raise UsageProblem("no_such_value", f"{text}; {_allowed(asked[name])}")
        found[name] = value
    return found


def _allowed(fact: Fact) -> str:
    return " | ".join(fact.choices) if fact.kind is FactKind.CHOICE else "YYYY-MM-DD"


def described(
    asked: Sequence[Fact], proposed: Mapping[str, str], to_confirm: Mapping[str, str] = NO_FACTS
) -> list[dict[str, Any]]:
    """The facts of a letter as JSON, with what they could begin with, and what a person must confirm before."""
    return [
        {
            "name": fact.name,
            "label": facts.label(fact),
            "kind": str(fact.kind),
            "required": fact.required,
            "choices": list(fact.choices),
            "grounds": list(fact.grounds),
            "only_if": _condition(*fact.only_if[0]) if fact.only_if else None,
            "or_if": [_condition(*other) for other in fact.only_if[1:]],
            "withheld_if": _condition(*fact.withheld_if) if fact.withheld_if else None,
            "source": fact.source,
            "proposal": safe(proposed[fact.name]) if proposed.get(fact.name) else None,
            "to_confirm": safe(to_confirm[fact.name]) if to_confirm.get(fact.name) else None,
        }
        for fact in asked
        if not fact.computed
    ]


def _condition(fact: str, values: frozenset[str]) -> dict[str, Any]:
    return {"fact": fact, "is": sorted(values)}


def lines(
    asked: Sequence[Fact], proposed: Mapping[str, str], to_confirm: Mapping[str, str] = NO_FACTS, *, prefix: str = ""
) -> Iterable[str]:
    """The same for reading; what a further ground asks is told once, as it is what the first one does."""
    for fact in asked:
        if fact.number > 1 and fact.base == "ground":
            owed = next(one.name for one in asked if one.number == fact.number and one.base != fact.base)
            told = _("the facts above with _{number}, such as {example}")
            shown = told.format(number=fact.number, example=f"{prefix}{owed}")
            yield f"    {prefix}{fact.name}  {facts.label(fact)}: {shown}"
        if fact.computed or fact.number > 1:
            continue
        star = "" if fact.required else _(" (if there is something to say)")
        yield f"    {prefix}{fact.name}  {facts.label(fact)}{star} ({provisions.source(fact.source)})"
        for first, (other, allowed) in enumerate(fact.only_if):
            text = _("or with {fact} = {values}") if first else _("only with {fact} = {values}")
            yield "      " + text.format(fact=other, values=" | ".join(sorted(allowed)))
        if fact.withheld_if:
            values = " | ".join(sorted(fact.withheld_if[1]))
            yield "      " + _("may be left out with {fact} = {values}").format(fact=fact.withheld_if[0], values=values)
        if fact.kind is FactKind.CHOICE:
            yield from (f"      {value}: {facts.choice(fact, value)}" for value in fact.choices)
        if proposed.get(fact.name):
            yield "      " + _("proposal: {value}").format(value=safe(proposed[fact.name]))
        elif to_confirm.get(fact.name):
            yield "      " + _("if it was done, say it yourself: {value}").format(value=safe(to_confirm[fact.name]))


def show(review: Review, key: DraftKey, number: str, *, as_json: bool) -> None:
    """Print the letter that was written, with the linter's remarks."""
    draft, found = review.store.drafts.get(key), review.approval.findings(key)
    if not as_json:
        print(approve.letter(draft))
        print()
        print("\n".join((*approve.remarks(found), *approve.way_on(found, number))))
        return
    written = {
        "letter": str(draft.letter),
        "status": str(draft.status),
        "to": safe(draft.envelope.to.address),
        "subject": safe(draft.subject),
        "body": masked(visible(draft.body)),
    }
    print(json_line({"case": number, "letter": written, "findings": findings(found)}))


def findings(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """The linter's findings as JSON. `at`: the place in the body, null for what is missing; `sentence`: one of the
    person's own, which they are to answer for.
    """
    return [
        {
            "code": one.code,
            "severity": str(one.severity),
            "text": finding(one.code),
            "source": one.source,
            "at": list(one.span) if one.span else None,
            "sentence": masked(visible(one.sentence)),
        }
        for one in found
    ]
