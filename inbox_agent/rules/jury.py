"""The last vote: what the other votes mean side by side, and where in the mail they were loud.

A right that a story's first sentence sounds of is asked less often than one that its end does, and what is said beside
a sentence that asks for something else explains it. No sum of the scores tells that; small trees (`rules.trees`),
learned of the scores of mails whose writer was left out, correct them. Owns what the trees look at, which training and
program name alike. Refuses to learn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inbox_agent.rules.trees import Forest, say

SAID_WEIGHT = 0.5  # of the loudest sentence beside the whole mail; 0.3 and 0.6 did alike with writers left out
RIGHT_WEIGHT = 0.5
"""Of how far the nearest right is over its bar, beside linear score and network: what sounds like one certain right is
the more a request. Between 0.4 and 0.8 one in sixteen fewer mails of writers left out is unsure at the same errors.
"""
VOTED_WEIGHT = 0.3  # of what the network says for a right beside both; 0.15 and 0.5 did a little less well
NEAREST = 3  # rights: how far over its bar each of the nearest is
SILENT = -1.5  # what no sentence says where there is none
FAR = -0.7
"""So far below its bar a right is not asked about: one in thirty that were asked lies there, three of four others."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a mail says of the rights, in one order: the score of each by the whole mail, by each of its sentences and
    by the network; and how many of its features are known.
    """

    whole: Sequence[float]
    each: Sequence[Sequence[float]]
    voted: Sequence[float]
    known: int
    sums: Sequence[float] = field(init=False)  # what all three say for each right together

    def __post_init__(self) -> None:
        loudest = map(max, zip(*self.sentences, strict=True))
        said = zip(self.whole, loudest, self.voted, strict=True)
        sums = [one + SAID_WEIGHT * loud + VOTED_WEIGHT * voted for one, loud, voted in said]
        object.__setattr__(self, "sums", sums)

    @property
    def sentences(self) -> Sequence[Sequence[float]]:
        """What each sentence says; of a mail without one, silence."""
        return self.each or [[SILENT] * len(self.whole)]


@dataclass(frozen=True, slots=True)
class Votes:
    """What is said of one mail before the jury has seen it: the linear score, the network's vote, and how far each
    right is over its bar.
    """

    linear: float
    network: float
    over: Sequence[float]
    spoken: Spoken

    def together(self) -> float:
        """Their sum."""
        return self.linear + self.network + RIGHT_WEIGHT * max((0.0, *self.over))


@dataclass(frozen=True, slots=True)
class Jury:
    """`verdict` corrects the score of the verdict, `rights` that of each right over `bars`."""

    verdict: Forest = ()
    rights: Forest = ()
    bars: Mapping[str, float] = field(default_factory=dict)

    def of_mail(self, votes: Votes) -> float:
        """The score of the verdict."""
        return votes.together() + say(self.verdict, facts_of_mail(votes))

    def of_rights(self, spoken: Spoken, before: Mapping[str, float]) -> dict[str, float]:
        """How far each right is over its bar. `before`: how far it was before the jury saw it."""
        told = zip(before.items(), corrected(self.rights, spoken, tuple(before.values())), strict=True)
        return {kind: total - self.bars[kind] for (kind, _), total in told}


def corrected(rights: Forest, spoken: Spoken, over: Sequence[float]) -> list[float]:
    """The sums of the rights; those not far below their bars corrected."""
    asked = [kind for kind, above in enumerate(over) if above > FAR]
    sums = list(spoken.sums)
    for kind, facts in zip(asked, facts_of_rights(spoken, over, asked), strict=True):
        sums[kind] += say(rights, facts)
    return sums


def facts_of_rights(spoken: Spoken, over: Sequence[float], asked: Iterable[int]) -> list[tuple[float, ...]]:
    """What the trees see of each right that is asked: of itself, of the others, and which of them it is. `over`: how
    far each right is over its bar.
    """
    each, sums = spoken.sentences, spoken.sums
    loudest = [max(one, default=SILENT) for one in each]
    ranked = [SILENT, SILENT, SILENT, *sorted(sums)]
    mail = (float(len(each)), float(spoken.known), ranked[-1])
    return [
        (
            *_of_itself(spoken.whole[kind], said),
            *_beside(kind, max(range(len(said)), key=said.__getitem__), each, loudest),
            *(sums[kind] - ranked[-2], sums[kind] - ranked[-3], ranked[-1] - sums[kind]),
            *mail,
            *(spoken.voted[kind], spoken.voted[kind] - _nearest_other(kind, spoken.voted)),
            *over,
            *spoken.voted,
            *(float(kind == one) for one in range(len(sums))),
        )
        for kind in asked
        for said in [[one[kind] for one in each]]
    ]


def _of_itself(whole: float, said: Sequence[float]) -> tuple[float, ...]:
    """Whole mail, loudest and second loudest sentence, and how much all that are not silent say."""
    second = sorted(said)[-2] if len(said) > 1 else SILENT
    return whole, max(said), second, sum(max(one + 1.0, 0.0) for one in said)


def _beside(
    kind: int, there: int, each: Sequence[Sequence[float]], loudest: Sequence[float]
) -> tuple[float, float, float, float]:
    """How far it is before another right in its loudest sentence; what is loudest in the sentences beside that one; and
    where that stands, from 0 to 1.
    """
    others = _nearest_other(kind, each[there])
    before = loudest[there - 1] if there else SILENT
    behind = loudest[there + 1] if there + 1 < len(each) else SILENT
    return each[there][kind] - others, before, behind, (there + 0.5) / len(each)


def _nearest_other(kind: int, said: Sequence[float]) -> float:
    return max((*said[:kind], *said[kind + 1 :]), default=SILENT)


def facts_of_mail(votes: Votes) -> tuple[float, ...]:
    """What the trees see of a mail: the votes, their sum and the nearest rights; the loudest right of its first and of
    its last sentence, how many sentences it has, where the loudest stands, and how many features are known.
    """
    spoken = votes.spoken
    loudest = [max(one, default=SILENT) for one in spoken.sentences]
    place = (max(range(len(loudest)), key=loudest.__getitem__) + 0.5) / len(loudest)
    said = (votes.linear, votes.network, votes.together(), *votes.over, *sorted(votes.over)[-NEAREST:])
    return (*said, loudest[0], loudest[-1], float(len(spoken.each)), place, float(spoken.known))
