"""What a part owes that is refused, wholly or in what was left out: which data, on which ground, why here, until when.

Owns the facts of a refusal (GDPR 12(4)), and the grounds that an answer stands on: several where each keeps data of its
own, as vouchers and what a claim needs. Refuses to know which grounds there are: those are `replies.grounds`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from replies import facts
from replies.context import Part
from replies.facts import Fact, numbered
from replies.grounds import GROUNDS, LIMITS, NATIONAL_LIMIT, Ends, Ground, carrying, ground
from replies.pairs import REFUSING
from state.model import Outcome, RequestKind

NUMBERS = (1, 2, 3)
"""The grounds that one answer may stand on, each for other data. Three are our choice: more are not known to us."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not done on one ground: its `facts`, under the names that those of a first ground have. `ground`: None
    where the law gives none of that code.
    """

    ground: Ground | None
    facts: Mapping[str, str]


def refusals(part: Part) -> tuple[Refusal, ...]:
    """What a part leaves undone, ground by ground; nothing where it leaves nothing."""
    if part.outcome not in REFUSING:
        return ()
    return tuple(Refusal(ground(part.kind, given.get("ground", "")), given) for given in by_ground(part.facts))


def by_ground(given: Mapping[str, _Value]) -> Iterator[Mapping[str, _Value]]:
    """The facts of each ground under the names that those of a first one have. What is of no ground comes first."""
    for number in NUMBERS:
        own = {_base(name): said for name, said in given.items() if numbered(_base(name), number) == name}
        if number == 1 or own.get("ground"):
            yield own


def _base(name: str) -> str:
    """The name of a fact without the number of its ground."""
    return next((name.removesuffix(f"_{number}") for number in NUMBERS if name.endswith(f"_{number}")), name)


def refusal(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    """What a refusal owes: what stays undone, on which ground, why in this case, until when (GDPR 12(4)); and the same
    of further grounds where it says what stays undone on each.
    """
    undone = _undone(kind, outcome)
    further = NUMBERS[1:] if undone else ()
    return (
        *undone,
        _ground(kind, outcome, 1),
        *_on_a_ground(kind, 1),
        *(fact for number in further for fact in _further(kind, outcome, undone, number)),
        *_on_any_ground(kind, outcome, (1, *further)),
    )


def _undone(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    if kind is RequestKind.ERASURE:
        return (facts.text("kept", "GDPR 12(4)"),)
    return (facts.text("left_out", "GDPR 12(4)"),) if outcome is Outcome.PARTLY else ()


def _ground(kind: RequestKind, outcome: Outcome, number: int) -> Fact:
    provisions = {one.code: ", ".join(one.provisions) for one in carrying(kind, outcome)}
    return replace(
        facts.on_grounds(numbered("ground", number), "GDPR 12(4)", provisions), required=number == 1, number=number
    )


def _further(kind: RequestKind, outcome: Outcome, undone: tuple[Fact, ...], number: int) -> Iterator[Fact]:
    """Another ground, which may be left out, and what is then owed of it."""
    chosen = _ground(kind, outcome, number)
    codes = frozenset(chosen.choices)
    # It is asked after the one before it, and never lost where somebody takes that one back.
    yield replace(chosen, only_if=((numbered("ground", number - 1), codes), (chosen.name, codes)))
    for fact in undone:
        own = replace(fact, name=numbered(fact.name, number), number=number)
        yield facts.when(own, chosen.name, *chosen.choices)
    reason, *rest = _on_a_ground(kind, number)
    yield from (facts.when(reason, chosen.name, *chosen.choices), *rest)


def _on_a_ground(kind: RequestKind, number: int) -> Iterator[Fact]:
    """Why the ground holds in this case, and what only some grounds want said; a right whose grounds never want it has
    no such fact.
    """
    named = numbered("ground", number)
    # The reasons are told unless telling would defeat the purpose of the limit (Data Protection Act, 34 §).
    reason = replace(facts.text("explained", "GDPR 12(4)"), withheld_if=(named, frozenset({NATIONAL_LIMIT})))
    limits = facts.on_grounds("limit", "1050/2018 34", LIMITS)
    wanted = {fact: [one.code for one in GROUNDS[kind] if one.ends is Ends.ON_A_DATE] for fact in _ACCOUNTED} | {
        limits: [one.code for one in GROUNDS[kind] if one.code == NATIONAL_LIMIT],
        facts.text("until_event", "GDPR 12(4)"): [one.code for one in GROUNDS[kind] if one.ends is Ends.WITH_AN_EVENT],
        facts.text("other_law", "GDPR 12(4)"): [one.code for one in GROUNDS[kind] if one.other_law],
        facts.text("safeguards", "GDPR 22(2)-(3)"): [one.code for one in GROUNDS[kind] if one.safeguards],
    }
    conditional = (facts.when(fact, named, *codes) for fact, codes in wanted.items() if codes)
    return (replace(fact, name=numbered(fact.name, number), number=number) for fact in (reason, *conditional))


_DAY_AND_MONTH = (
    r"(?:(?:0?[1-9]|[12]\d)\.\s?(?:0?[1-9]|1[0-2])|30\.\s?(?:0?[13-9]|1[0-2])|31\.\s?(?:0?[13578]|1[02]))\.?"
)
_ACCOUNTED = (
    facts.choice("material", "1336/1997, 2:10", "vouchers", "books"),
    facts.day("newest_on", "1336/1997, 2:10"),
    facts.day("oldest_on", "1336/1997, 2:10", required=False),
    replace(facts.text("financial_year_end", "1336/1997, 2:10"), form=_DAY_AND_MONTH, example="31.12."),
    replace(facts.day("kept_until", "GDPR 12(4)"), computed=True),
    replace(facts.day("oldest_until", "GDPR 12(4)", required=False), computed=True),
)


def _on_any_ground(kind: RequestKind, outcome: Outcome, numbers: tuple[int, ...]) -> Iterator[Fact]:
    """The Accounting Act keeps vouchers and books, so that it refuses the whole only where nothing else is held."""
    dated = frozenset(one.code for one in GROUNDS[kind] if one.ends is Ends.ON_A_DATE)
    if dated and outcome is Outcome.REFUSED:
        asked = tuple((numbered("ground", number), dated) for number in numbers)
        yield replace(facts.choice("nothing_else", "1336/1997, 2:10", "so"), only_if=asked)
