"""The last vote and the bars, learned of what the other votes say of mails whose writer was left out of the learning.

What corrects a mail's scores while a bar is chosen is learned, too, without the mails of its writer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from inbox_agent.rules.jury import FAR, Jury, Spoken, Votes, corrected, facts_of_mail, facts_of_rights
from inbox_agent.rules.model import SAID, VERDICT, Thresholds
from inbox_agent.rules.network import AGAINST, HOPELESS
from inbox_agent.rules.trees import Forest, say
from tests.training.bars import bars_of_rights, bars_of_verdict
from tests.training.examples import FOLDS, KINDS, Example
from tests.training.forest import Size, grow
from tests.training.learning import score, to_row
from tests.training.network import votes
from tests.training.whole import Learned, as_kept

RIGHTS_MARGIN, VERDICT_MARGIN = 0.5, 3.0
"""How far on its side of zero a score is wanted. Of a verdict further than at 1, for its bars lie there: one mail in
ten fewer is unsure at the same errors.
"""
RIGHTS_SIZE, VERDICT_SIZE = Size(120, 12), Size(60, 8)
"""More and larger trees leave a little more verdicts unsure; 200 trees find rights no better."""

Facts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one mail by the model that had not learned it."""

    linear: float
    network: float
    spoken: Spoken

    @property
    def hopeless(self) -> bool:
        """Whether the rights are not asked."""
        return self.linear < HOPELESS

    def over(self, bars: Mapping[str, float]) -> list[float]:
        """How far each right is over its bar."""
        return [one - bars[kind] for kind, one in zip(KINDS, self.spoken.sums, strict=True)]

    def votes(self, bars: Mapping[str, float]) -> Votes:
        """As the jury is told of them."""
        return Votes(self.linear, self.network, self.over(bars), self.spoken)


class Lesson(NamedTuple):
    """What trees see, the score that they correct, its label (1 or -1) and the fold of its mail."""

    facts: Facts
    start: float
    label: int
    fold: int


class Chosen(NamedTuple):
    """The bars and the jury; and of each fold the jury that has not seen its mails."""

    thresholds: Thresholds
    jury: Jury
    left_out: tuple[Jury, ...]


def left_out_scores(examples: Sequence[Example], models: Sequence[Learned]) -> dict[int, Said]:
    """What the model that has not seen its writer says of each mail, with weights as coarse as the program keeps."""
    kept = [as_kept(one) for one in models]
    return {at: _said(example, kept[example.fold]) for at, example in enumerate(examples) if example.fold >= 0}


def _said(example: Example, learned: Learned) -> Said:
    row = to_row(example.found, learned.vocabulary)
    alone = [to_row(one, learned.vocabulary) for one in example.alone]
    linear, weights = score(row, learned.weights[VERDICT]), learned.weights
    vote, *voted = votes(learned.network, row, alone)
    return Said(
        linear,
        vote,
        Spoken(
            [score(row, weights[kind]) for kind in KINDS],
            [[score(one, weights[SAID + kind]) for kind in KINDS] for one in alone],
            voted,
            len(row[0]) - 1,
        ),
    )


def choose(examples: Sequence[Example], said: Mapping[int, Said]) -> Chosen:
    """Jury and bars: first those of the rights, then those of the verdict, which knows how near each right is."""
    bars = bars_of_rights(examples, {at: _sums(one) for at, one in said.items() if examples[at].asks})
    rights, sums = _rights(examples, said, bars)
    voted = {at: one.votes(bars) for at, one in said.items() if not one.hopeless}
    verdicts, scores = _verdicts(examples, voted)
    scores |= {at: one.linear + AGAINST for at, one in said.items() if one.hopeless}
    over = bars_of_rights(examples, sums)
    juries = [Jury(verdict, right, over) for verdict, right in zip(verdicts, rights, strict=True)]
    return Chosen(Thresholds(*bars_of_verdict(examples, scores), bars), juries[-1], tuple(juries[:-1]))


def _sums(said: Said) -> dict[str, float]:
    return dict(zip(KINDS, said.spoken.sums, strict=True))


def _rights(
    examples: Sequence[Example], said: Mapping[int, Said], bars: Mapping[str, float]
) -> tuple[list[Forest], dict[int, dict[str, float]]]:
    """The trees that correct rights, and the corrected sum of each."""
    over = {at: one.over(bars) for at, one in said.items() if examples[at].asks}
    lessons = [
        Lesson(facts, row[kind], examples[at].labels[KINDS[kind]], examples[at].fold)
        for at, row in over.items()
        for asked in [[kind for kind, above in enumerate(row) if above > FAR and examples[at].labels[KINDS[kind]]]]
        for kind, facts in zip(asked, facts_of_rights(said[at].spoken, row, asked), strict=True)
    ]
    forests = _forests(lessons, RIGHTS_MARGIN, RIGHTS_SIZE)
    sums = {at: corrected(forests[examples[at].fold], said[at].spoken, row) for at, row in over.items()}
    return forests, {at: dict(zip(KINDS, row, strict=True)) for at, row in sums.items()}


def _verdicts(examples: Sequence[Example], voted: Mapping[int, Votes]) -> tuple[list[Forest], dict[int, float]]:
    """The trees that correct verdicts, and the corrected score of each mail. What the thread settles teaches none."""
    seen = {at: facts_of_mail(one) for at, one in voted.items()}
    lessons = [
        Lesson(seen[at], votes.together(), label, examples[at].fold)
        for at, votes in voted.items()
        if (label := examples[at].labels[VERDICT]) and (spoken := examples[at].spoken) and not spoken.settled
    ]
    forests = _forests(lessons, VERDICT_MARGIN, VERDICT_SIZE)
    return forests, {at: one.together() + say(forests[examples[at].fold], seen[at]) for at, one in voted.items()}


def _forests(lessons: Sequence[Lesson], margin: float, size: Size) -> list[Forest]:
    """What is learned from all but each fold, and at last from all."""
    facts = np.array([one.facts for one in lessons])
    start, labels = np.array([one.start for one in lessons]), np.array([float(one.label) for one in lessons])
    folds = np.array([one.fold for one in lessons])
    learned_from = [*(folds != fold for fold in range(FOLDS)), folds >= 0]
    return [grow(facts[which], start[which], labels[which], margin, size) for which in learned_from]
