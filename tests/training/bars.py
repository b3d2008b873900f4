"""Where the bars stand: between not a request, unsure and a request, and for each kind.

Chosen on scores of mails whose writer was left out of the learning, and with what the rules decide beside the
score (`rules.classify`): a mail that the thread settles needs no bar, plain words are never missed or have a lower one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inbox_agent.rules.classify import GRACE
from inbox_agent.rules.model import VERDICT
from state.model import FOLLOW_UP
from tests.training.examples import FAIR, KINDS, Example

MISSED, FALSE = 0.015, 0.03
"""Of the requests of every hand whose mails set bars, and of the other mails of hands that wrote hard but fair ones.
The figures asked for are 1 % and 3 % of mails like those of the evaluation. All hands together are harder (riddles,
irony, traps), so that the lower bar may let a little more fall.
"""

SEVERAL = 0.3
"""The share of requests that ask for several rights, as the bars of the rights take it to be. Half of the later hands'
do, on purpose; the everyday evaluation's, written to no such brief, are 31 %.
"""

LOWEST = {FOLLOW_UP: -8}
"""In twentieths. Plain first requests are rare among these mails: a lower bar sees a follow-up in each of them."""

Scores = Mapping[int, float]
"""Position of an example -> score of the verdict."""

Sums = Mapping[int, Mapping[str, float]]
"""Position of an example -> kind -> score of mail and loudest sentence together."""


def bars_of_verdict(examples: Sequence[Example], scores: Scores) -> tuple[float, float]:
    """The lower and the upper bar."""
    asked = [at for at in scores if examples[at].sets_bars and examples[at].labels[VERDICT] > 0]
    low = _low(asked, examples, scores)
    others = [at for at in scores if examples[at].hand in FAIR and examples[at].labels[VERDICT] < 0]
    high = _high(others, examples, scores, low)
    return round(low, 4), round(max(low, high), 4)


def bars_of_rights(examples: Sequence[Example], sums: Sums) -> dict[str, float]:
    """The bars with which most requests have exactly their rights, those with several counted as SEVERAL of all."""
    asked = [at for at in sums if examples[at].asks]
    weights = _weights([_several(examples[at]) for at in asked])
    bars = dict.fromkeys(KINDS, -0.3)
    for _ in range(3):
        for kind in KINDS:
            lowest = LOWEST.get(kind, -24)
            bars[kind] = max(
                (_exact(examples, sums, asked, weights, bars | {kind: bar / 20}), -abs(bar), bar / 20)
                for bar in range(lowest, 17)
            )[2]
    return bars


def _low(requests: Sequence[int], examples: Sequence[Example], scores: Scores) -> float:
    """At most MISSED of the requests are below it (far below if loose), those that the thread set aside counted."""
    weighed = [(at, spoken) for at in requests if (spoken := examples[at].spoken)]
    judged = [(at, spoken) for at, spoken in weighed if not (spoken.settled or spoken.plainly)]
    could_be = sorted(scores[at] + GRACE * spoken.loosely for at, spoken in judged)
    allowed = _allowed(MISSED, requests) - sum(spoken.set_aside for _, spoken in weighed)
    return could_be[max(0, allowed)]


def _high(others: Sequence[int], examples: Sequence[Example], scores: Scores, low: float) -> float:
    """At most FALSE of the other mails reach it, those that sound certain counted."""
    weighed = [(at, spoken) for at in others if (spoken := examples[at].spoken) and not spoken.settled]
    certain = [at for at, spoken in weighed if spoken.certainly and scores[at] >= low]
    could_be = sorted(scores[at] for at, spoken in weighed if spoken.of_a_right and not spoken.certainly)
    allowed = max(0, _allowed(FALSE, others) - len(certain))
    return could_be[-1 - allowed] + 1e-4


def _allowed(share: float, mails: Sequence[int]) -> int:
    """How many of these may lie beyond a bar so that of the next ones, too, at most this share is expected there: of n
    the next one falls beyond the k-th with the chance k / (n + 1).
    """
    return int(share * (len(mails) + 1)) - 1


def _several(example: Example) -> bool:
    return sum(example.labels[kind] > 0 for kind in KINDS) > 1


def _weights(several: Sequence[bool]) -> list[float]:
    """How much each request counts."""
    many = sum(several)
    each = {True: SEVERAL / max(1, many), False: (1 - SEVERAL) / max(1, len(several) - many)}
    return [each[one] for one in several]


def _exact(
    examples: Sequence[Example],
    sums: Sums,
    asked: Sequence[int],
    weights: Sequence[float],
    bars: Mapping[str, float],
) -> float:
    """The share of requests on which exactly the right kinds clear their bars (the best one always does)."""
    right = 0.0
    for at, weight in zip(asked, weights, strict=True):
        over = {kind: sums[at][kind] - bars[kind] for kind in KINDS}
        best = max(over, key=over.__getitem__)
        right += weight * all(
            not (label := examples[at].labels[kind]) or (label > 0) == (over[kind] > 0 or kind == best)
            for kind in KINDS
        )
    return right
