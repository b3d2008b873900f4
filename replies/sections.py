"""The stretches of an outcome letter: what each right was answered, in the order and in the words of its facts.

Owns what a template sees of a part. Refuses to render, and to judge what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from replies import catalogue, choices, citations
from replies.context import Part
from replies.facts import settled
from replies.grounds import LIMITS, ground
from replies.pairs import GIVING, OF_EVERY_RIGHT
from replies.refusals import by_ground
from state.model import Outcome, RequestKind

# The copy goes out before anything is erased, so its part stands first and the erasure's last.
_ORDER = (
    RequestKind.ACCESS,
    RequestKind.PORTABILITY,
    RequestKind.RECTIFICATION,
    RequestKind.RESTRICTION,
    RequestKind.MARKETING_OBJECTION,
    RequestKind.OBJECTION,
    RequestKind.CONSENT_WITHDRAWAL,
    RequestKind.AUTOMATED_DECISION,
    RequestKind.ERASURE,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """What a section leaves undone on one ground, whose provisions `law` cites."""

    facts: SimpleNamespace
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What one stretch of an outcome letter speaks of: usually one right, several where one answer serves them all."""

    kinds: tuple[RequestKind, ...]
    outcome: Outcome
    facts: SimpleNamespace
    refusals: tuple[Refused, ...]
    undone_until: date | None
    undone_here: bool
    elsewhere_on: date | None  # where that was later than here
    sought: bool

    @property
    def kind(self) -> RequestKind:
        return self.kinds[0]


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts as the letter tells them."""
    return tuple(sorted(parts, key=lambda part: _ORDER.index(part.kind)))


def copy_first(parts: Iterable[Part]) -> bool:
    """Whether the letter brings a copy, before which nothing is erased."""
    copies = {RequestKind.ACCESS, RequestKind.PORTABILITY}
    given = (part for part in parts if part.kind in copies and part.outcome in GIVING)
    return any(choices.access_scope(part.facts) in choices.COPIED for part in given)


def sections(language: str, parts: tuple[Part, ...]) -> Iterator[Section]:
    """One section per right; rights that get the very same answer to who asks or who answers share one."""
    groups: list[list[Part]] = []
    for part in parts:
        twin = next((group for group in groups if _same_answer(group[0], part)), None)
        if twin is None:
            groups.append([part])
        else:
            twin.append(part)
    for group in groups:
        part = group[0]
        if part.outcome is not None:
            yield _section(language, tuple(twin.kind for twin in group), part.outcome, part)


def _same_answer(one: Part, other: Part) -> bool:
    return one.outcome in OF_EVERY_RIGHT and one.outcome == other.outcome and dict(one.facts) == dict(other.facts)


def _section(language: str, kinds: tuple[RequestKind, ...], outcome: Outcome, part: Part) -> Section:
    facts = settled(catalogue.facts_needed(kinds[0], outcome, catalogue.ONCE), part.facts)
    refused = (_refused(language, kinds[0], given) for given in by_ground(facts) if "ground" in given)
    return Section(
        kinds,
        outcome,
        SimpleNamespace(**facts),
        tuple(refused),
        part.undone_until,
        part.undone_here,
        _elsewhere_on(facts.get("done_on"), part.ticked_on),
        part.sought,
    )


def _elsewhere_on(here: str | date | None, ticked: date | None) -> date | None:
    return ticked if isinstance(here, date) and ticked and ticked > here else None


def _refused(language: str, kind: RequestKind, facts: Mapping[str, str | date]) -> Refused:
    law = tuple(citations.cite(provision, language) for provision in _provisions(kind, facts))
    return Refused(SimpleNamespace(**facts), law)


def _provisions(kind: RequestKind, facts: Mapping[str, str | date]) -> tuple[str, ...]:
    """What a ground stands on. Which limit of the Data Protection Act it is, is a reason: told where reasons are."""
    chosen = ground(kind, str(facts["ground"]))
    if "limit" in facts and "explained" in facts:
        return (LIMITS[str(facts["limit"])],)
    return chosen.provisions if chosen else ()
