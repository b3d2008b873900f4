"""How well recognition does on labelled mails: the arithmetic, and nothing else.

Owns what counts as right (tests/corpus/LABELS.md). Refuses files, printing and the recogniser itself: answers
come in with the mails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inbox_agent.rules.corpus import EITHER, KINDS, LabelledMail
from state.model import Verdict

REQUEST = str(Verdict.REQUEST)
NOT_REQUEST = str(Verdict.NOT_REQUEST)


@dataclass(frozen=True, slots=True)
class Answer:
    """What recognition said of one labelled mail."""

    mail: LabelledMail
    verdict: Verdict
    kinds: frozenset[str]

    @property
    def missed(self) -> bool:
        """A request that was set aside: the fine."""
        return self.mail.verdict == REQUEST and self.verdict is Verdict.NOT_REQUEST

    @property
    def false_alarm(self) -> bool:
        """Something else that was taken for a request: the minute."""
        return self.mail.verdict == NOT_REQUEST and self.verdict is Verdict.REQUEST

    @property
    def unsure(self) -> bool:
        """Neither answer. A mail that a lawyer could read both ways may be answered so."""
        return self.mail.verdict != EITHER and self.verdict is Verdict.UNSURE

    @property
    def wrong_kinds(self) -> bool:
        """A request, not missed, with a right too few or too many; the optional ones count neither way."""
        if self.mail.verdict != REQUEST or self.verdict is Verdict.NOT_REQUEST:
            return False
        return self.kinds - self.mail.optional != self.mail.required - self.mail.optional


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """Per cent, to one decimal; 0 of nothing is 0."""
        return round(100 * self.part / self.whole, 1) if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One right: of the mails that ask for it, how many were told so; of those told so, how many ask for it."""

    kind: str
    recall: Share
    precision: Share


@dataclass(frozen=True, slots=True)
class TraitFigures:
    """One trait of the corpus: its mails, and how many of them went wrong (missed, false alarm, wrong rights)."""

    trait: str
    wrong: Share


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set. `confusion` maps (label, verdict) to a count; `misses` are worst first."""

    mails: int
    confusion: dict[tuple[str, str], int]
    missed: Share
    false_alarms: Share
    unsure: Share
    exact: Share
    kinds: tuple[KindFigures, ...]
    traits: tuple[TraitFigures, ...]
    misses: tuple[Answer, ...]


def report(answers: Iterable[Answer]) -> Report:
    """Count. An unsure request keeps its kinds; a missed one has none right."""
    given = tuple(answers)
    requests = [answer for answer in given if answer.mail.verdict == REQUEST]
    others = [answer for answer in given if answer.mail.verdict == NOT_REQUEST]
    return Report(
        mails=len(given),
        confusion=dict(Counter((answer.mail.verdict, str(answer.verdict)) for answer in given)),
        missed=_share(requests, [answer.missed for answer in requests]),
        false_alarms=_share(others, [answer.false_alarm for answer in others]),
        unsure=_share(given, [answer.unsure for answer in given]),
        exact=_share(requests, [not (answer.missed or answer.wrong_kinds) for answer in requests]),
        kinds=tuple(_kind(kind, requests) for kind in sorted(KINDS)),
        traits=_traits(given),
        misses=tuple(
            sorted((answer for answer in given if _wrong(answer)), key=lambda answer: (_rank(answer), answer.mail.id))
        ),
    )


def _share(of: Sequence[Answer], hits: Iterable[bool]) -> Share:
    return Share(sum(hits), len(of))


def _kind(kind: str, requests: Sequence[Answer]) -> KindFigures:
    asking = [answer for answer in requests if kind in answer.mail.required]
    told = [answer for answer in requests if kind in answer.kinds and kind not in answer.mail.optional]
    return KindFigures(
        kind,
        recall=_share(asking, [kind in answer.kinds for answer in asking]),
        precision=_share(told, [kind in answer.mail.required for answer in told]),
    )


def _traits(given: Sequence[Answer]) -> tuple[TraitFigures, ...]:
    by_trait: dict[str, list[Answer]] = {}
    for answer in given:
        for trait in answer.mail.traits:
            by_trait.setdefault(trait, []).append(answer)
    figures = (
        TraitFigures(trait, _share(answers, [_wrong(answer) for answer in answers]))
        for trait, answers in by_trait.items()
    )
    return tuple(sorted(figures, key=lambda trait: (-trait.wrong.whole, trait.trait)))


def _wrong(answer: Answer) -> bool:
    return answer.missed or answer.false_alarm or answer.wrong_kinds


def _rank(answer: Answer) -> int:
    return 0 if answer.missed else 1 if answer.false_alarm else 2
