"""Whether a mail exercises a right, which ones, and the phrases that decided.

Owns the verdict. First what the thread alone settles (`rules.context`), then what was learned of words and families
of the lexicon (`rules.model`, `rules.network`, `rules.jury`), with two bars: below the lower one not a request, from
the upper one on a request, between them unsure. The bars stand where cross-validation over writers put them, closer to
missing nothing than to disturbing nobody (our choice: a missed request is a fine, a false alarm is a minute).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inbox_agent.rules import model
from inbox_agent.rules.context import Settled, Under, answers_within, reading, sent_to_many, settled
from inbox_agent.rules.evidence import Evidence, Voices
from inbox_agent.rules.features import Reading, Sentence, read_sentences, shortened
from inbox_agent.rules.hearing import Hearing
from inbox_agent.rules.jury import Spoken, Votes
from inbox_agent.rules.kinds import Kinds
from inbox_agent.rules.network import AGAINST, HOPELESS, Network
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.patterns import (
    asks_barely,
    asks_by_subject,
    asks_for_erasure,
    demands_plainly,
    says_enough,
    says_too_much,
    speaks_certainly,
    speaks_of_a_right,
    speaks_plainly,
)
from inbox_agent.rules.rows import Finder, Found, Spelled
from state.model import RequestKind, Verdict

__all__ = ["Classification", "Evidence", "Recogniser", "Under"]

LITTLE_SAID = -0.5
"""The lower bar of a mail with hardly a known word ("Test.", a note with a picture): what is not known says nothing,
which is no doubt yet. One of 140 such labelled mails is a request that lies below.
"""

GRACE = 1.0
"""How far below the lower bar a wording that is plain but for half of it, or beside another matter, still comes before
a person: with each writer left out twelve requests lay there and three below, of 582 other mails 138 and 444, of
which 63 speak of nothing else.
"""

REQUEST = "request"
"""The type of evidence that speaks of the verdict rather than of one right."""


@dataclass(frozen=True, slots=True)
class Classification:
    """`kinds` holds RequestKind values and `follow_up`, in the order of the articles; empty for not_request."""

    verdict: Verdict
    kinds: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


class Recogniser:
    """Decides about one mail at a time. Nothing of one mail bears on the next: words, and what they hold of
    the model, are remembered to be found faster, within bounds.
    """

    def __init__(self, weights: model.Model) -> None:
        self._model = weights
        self._finder = Finder({name: group.rows for name, group in weights.groups.items()})
        self._voices = Voices(weights)
        self._hearing = Hearing(weights, self._finder.words)
        self._kinds, self._network = Kinds(weights), Network(weights)

    @classmethod
    def load(cls) -> Recogniser:
        """Load the model and the lexicon that the program ships."""
        return cls(model.shipped())

    def classify(self, message: InboundMessage, under: Under | None = None) -> Classification:
        """Decide about one parsed mail; `under` is what it answers, where the caller knows. Linear, never raises."""
        read = reading(message)
        own = read_sentences(read)
        spelled = self._finder.spelled(own)
        decided = settled(message, read, own, under) or self._weighed(read, spelled, sent_to_many(message))
        if decided.verdict is Verdict.REQUEST and answers_within(message):  # it may be ours that asks
            decided = replace(decided, verdict=Verdict.UNSURE)
        return Classification(decided.verdict, decided.kinds, *self._why(decided, read, spelled))

    def _weighed(self, read: Reading, spelled: Sequence[Spelled], to_many: bool) -> Settled:
        own, found = [one.sentence for one in spelled], self._finder.of_mail(read, spelled)
        score, spoken = self._score(found)
        bars = self._model.thresholds
        barely, enough = asks_barely(read, own), says_enough(own, read.quoted)
        could_be = score >= (bars.low if enough else max(bars.low, LITTLE_SAID))
        if not (could_be or barely or self._plainly(score, own)):
            return Settled(Verdict.NOT_REQUEST)
        loud = score >= bars.high and speaks_of_a_right(own) and enough
        sure = loud and not says_too_much(own) and not to_many  # an advert is loud, too
        certain = sure or barely or (could_be and speaks_certainly(own))
        named = {RequestKind.ERASURE} if asks_for_erasure(own) else ()
        rights = self._kinds.among(spoken or self._spoken(found)[1], named)
        return Settled(Verdict.REQUEST if certain else Verdict.UNSURE, rights)

    def _plainly(self, score: float, own: Sequence[Sentence]) -> bool:
        """Whether its wording brings a mail of this score before a person."""
        near = score >= self._model.thresholds.low - GRACE
        return asks_by_subject(own) or demands_plainly(own) or (near and speaks_plainly(own))

    def _score(self, found: Found) -> tuple[float, Spoken | None]:
        """What all votes say together, and what is said of the rights (not asked of a hopeless mail)."""
        linear = self._model.scores(found.rows, (model.VERDICT,))[model.VERDICT]
        if linear < HOPELESS:
            return linear + AGAINST, None
        vote, spoken = self._spoken(found)
        over = tuple(self._kinds.over(spoken).values())
        return self._model.jury.of_mail(Votes(linear, vote, over, spoken)), spoken

    def _spoken(self, found: Found) -> tuple[float, Spoken]:
        """The network's vote for the verdict, and what is said of the rights."""
        heard = self._hearing.of(found)
        votes = self._network.votes(heard)
        return votes[model.VERDICT], self._kinds.spoken(heard, votes, found.known)

    def _why(
        self, decided: Settled, read: Reading, own: Sequence[Spelled]
    ) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        words = shortened(read.words)
        against = Evidence(REQUEST, self._voices.opposing(model.VERDICT, own, read.subject, words))
        found = [Evidence(kind, self._voices.deciding(kind, own, read.subject, words)) for kind in decided.kinds]
        return tuple(filter(_says_something, found)), tuple(filter(_says_something, [against]))


def _says_something(found: Evidence) -> bool:
    return bool(found.phrase)
