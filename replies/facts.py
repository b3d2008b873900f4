"""One thing that a letter says: what it is called, whether it must be said, and what of a given text is usable.

Owns the shape of a fact and how tables of facts are written. Refuses to know which letter needs which: that is
`replies.catalogue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from replies import filters


class FactKind(StrEnum):
    """What a value is: a person's own words, an ISO date, or one of `Fact.choices`."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a letter says. `source`: the provision that wants it said, or "our choice".

    `only_if` names other facts, each with the values of it under which this one is asked: any of them is enough.
    `computed`: no form asks it, because it follows from the others by law, or from what is on record. `grounds`: the
    provisions of the choices, one each, if they have any. `withheld_if`: another fact and the values of it under which
    this one may be left unsaid though it is required. `number`: of which of several grounds it is (`numbered`).
    `ahead`: of a day, that it may be yet to come. `form`: the regular expression that a text has to match, any where
    there is none; `example`: what does.
    """

    name: str
    required: bool = True
    kind: FactKind = FactKind.TEXT
    choices: tuple[str, ...] = ()
    source: str = ""
    only_if: tuple[tuple[str, frozenset[str]], ...] = ()
    computed: bool = False
    grounds: tuple[str, ...] = ()
    withheld_if: tuple[str, frozenset[str]] | None = None
    number: int = 1
    ahead: bool = False
    form: str = ""
    example: str = ""

    @property
    def base(self) -> str:
        """Its name without the number of its ground."""
        return self.name if self.number == 1 else self.name.removesuffix(f"_{self.number}")

    def needed(self, facts: Mapping[str, str]) -> bool:
        """Whether it must be said, given the other facts."""
        withheld = self.withheld_if is not None and facts.get(self.withheld_if[0], "") in self.withheld_if[1]
        return self.required and self.applies(facts) and not withheld

    def applies(self, facts: Mapping[str, str]) -> bool:
        """Whether it is asked, given the other facts."""
        return not self.only_if or any(facts.get(other, "") in values for other, values in self.only_if)

    def read(self, facts: Mapping[str, str]) -> str | date | None:
        """Its value; None where it says nothing, is no ISO date, or is not one of the choices."""
        given = filters.plain(facts.get(self.name, "")).strip()
        if self.kind is FactKind.DATE:
            return _iso(given)
        if self.kind is FactKind.CHOICE and given not in self.choices:
            return None
        if self.form and not re.fullmatch(self.form, given):
            return None
        return given if filters.phrase(given) else None


def numbered(name: str, number: int) -> str:
    """What a fact is called that belongs to the ground of that number: the first one's has no number."""
    return name if number == 1 else f"{name}_{number}"


def missing(facts: Iterable[Fact], given: Mapping[str, str]) -> tuple[str, ...]:
    """The required facts that are not there or not usable."""
    return tuple(fact.name for fact in facts if fact.needed(given) and fact.read(given) is None)


def settled(facts: Iterable[Fact], given: Mapping[str, str]) -> dict[str, str | date]:
    """The usable facts, dates as dates. What the catalogue does not know is left out."""
    values = ((fact.name, fact.read(given)) for fact in facts if fact.applies(given))
    return {name: value for name, value in values if value is not None}


def _iso(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def text(name: str, source: str, required: bool = True) -> Fact:
    return Fact(name, required, source=source)


def day(name: str, source: str, required: bool = True) -> Fact:
    return Fact(name, required, FactKind.DATE, source=source)


def choice(name: str, source: str, *choices: str) -> Fact:
    return Fact(name, True, FactKind.CHOICE, choices, source)


def on_grounds(name: str, source: str, provisions: Mapping[str, str]) -> Fact:
    """A choice among grounds, each with its provision."""
    return replace(choice(name, source, *provisions), grounds=tuple(provisions.values()))


def without(fact: Fact, choices: frozenset[str]) -> Fact:
    """A choice of which some are not offered; any other fact as it is."""
    return replace(fact, choices=tuple(choice for choice in fact.choices if choice not in choices))


def when(fact: Fact, other: str, *values: str) -> Fact:
    return replace(fact, only_if=((other, frozenset(values)),))
