"""Where the bars stand: between not a request, unsure and a request, and for each kind.

Chosen on scores of mails whose writer was left out of the learning, and with what the rules decide beside the
score (`rules.classify`): a mail that the thread settles needs no bar, plain words have a lower one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inbox_agent.rules.classify import GRACE
from inbox_agent.rules.model import VERDICT
from state.model import FOLLOW_UP
from tests.training.examples import FAIR, KINDS, Example

MISSED, FALSE = 0.015, 0.025
"""Of the requests of every hand whose mails set bars, and of the other mails of hands that wrote hard but fair ones.
The figures asked for are 1 % and 3 % of mails like those of the evaluation. All hands together are harder (riddles,
irony, traps), so that the lower bar may let a little more fall; the upper one keeps a little in hand.
"""

SEVERAL = 0.3
"""The share of requests that ask for several rights, as the bars of the rights take it to be. Half of the later hands'
do, on purpose; the everyday evaluation's, written to no such brief, are 31 %.
"""

LOWEST = {FOLLOW_UP: -8}
"""In twentieths. Plain first requests are rare among these mails: a lower bar sees a follow-up in each of them."""

Values = NDArray[np.float64]
Scores = Mapping[int, float]
"""Position of an example -> score of the verdict."""

Sums = Mapping[int, Mapping[str, float]]
"""Position of an example -> kind -> score of mail and loudest sentence together."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests with the labels of their rights (1, -1, or 0: says nothing) and what is said for each, row by row."""

    labels: NDArray[np.int_]
    sums: Values

    def exact(self, bars: Values) -> float:
        """The share on which exactly the right kinds clear their bars (the nearest one always does)."""
        over = self.sums - bars
        clear = over > 0
        clear[np.arange(len(over)), over.argmax(axis=1)] = True
        right = ((self.labels == 0) | ((self.labels > 0) == clear)).all(axis=1)
        several = (self.labels > 0).sum(axis=1) > 1
        return SEVERAL * _share(right, several) + (1 - SEVERAL) * _share(right, ~several)


def _share(right: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return int((right & among).sum()) / max(1, int(among.sum()))


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
    labels = np.array([[examples[at].labels[kind] for kind in KINDS] for at in asked])
    requests = Requests(labels, np.array([[sums[at][kind] for kind in KINDS] for at in asked]))
    bars = np.full(len(KINDS), -0.3)
    for _ in range(3):
        for at, kind in enumerate(KINDS):
            lowest = LOWEST.get(kind, -24)
            tried = ((_with(bars, at, step / 20), -abs(step)) for step in range(lowest, 17))
            bars = max(tried, key=lambda one: (requests.exact(one[0]), one[1], one[0][at]))[0]
    return dict(zip(KINDS, bars.tolist(), strict=True))


def _with(bars: Values, at: int, bar: float) -> Values:
    changed = bars.copy()
    changed[at] = bar
    return changed


def _low(requests: Sequence[int], examples: Sequence[Example], scores: Scores) -> float:
    """At most MISSED of the requests are below it (far below if plain), those that the thread set aside counted."""
    weighed = [(at, spoken) for at in requests if (spoken := examples[at].spoken)]
    judged = [(at, spoken) for at, spoken in weighed if not (spoken.settled or spoken.barely)]
    could_be = sorted(scores[at] + GRACE * spoken.plainly for at, spoken in judged)
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
