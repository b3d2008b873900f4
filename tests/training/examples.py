"""What is learned from: the mails of the training corpus, and plain phrases."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from inbox_agent.rules.context import reading, settled
from inbox_agent.rules.corpus import EITHER, OWN_DOMAINS, LabelledMail, parse_corpus, raw_mail
from inbox_agent.rules.features import Features, Reading, features, read_sentences, said
from inbox_agent.rules.model import VERDICT
from inbox_agent.rules.parse import parse
from inbox_agent.rules.patterns import (
    asks_barely,
    asks_by_subject,
    demands_plainly,
    speaks_certainly,
    speaks_of_a_right,
    speaks_plainly,
)
from state.model import FOLLOW_UP, RequestKind, Verdict

CORPUS = Path(__file__).parents[1] / "corpus" / "training"
PHRASES = Path(__file__).parent
KINDS = (*map(str, RequestKind), FOLLOW_UP)
FOLDS = 10
PHRASE_COST = 0.25  # a bare phrase weighs a quarter of a mail
NO_KIND = "-"  # heads the phrases of no request
Named = Mapping[str, Sequence[str]]
"""Group -> names of the features that are present, in the order of the alphabet: `Features` that are kept."""

FAIR = frozenset(
    {
        "guests",
        "third",
        "harbours",
        "islands",
        "lanes",
        "market",
        "parlours",
        "quarrels",
        "alders",
        "rivers",
        "oaks",
        "pines",
        "elms",
        "hazels",
        "aspens",
        "rowans",
    }
)
"""Hands that wrote hard but fair mails, to the evaluation's own instruction or to one like it: the upper bar is set on
them.
"""

EASY = frozenset(
    {
        "coves",
        "hills",
        "skerries",
        "villages",
        "readers",
        "courts",
        "counters",
        "crowds",
        "clinics",
        "meadows",
        "havens",
        "forges",
        "kettles",
        "lindens",
        "harvests",
        "mills",
        "piers",
        "lofts",
        "cliffs",
        "fords",
        "capes",
        "straits",
        "keels",
        "marshes",
        "piles",
        "mosses",
        "ferns",
        "reeds",
        "embers",
        "maples",
        "cedars",
        "fjords",
        "alders",
        "rivers",
        "oaks",
        "elms",
        "hazels",
        "aspens",
        "rowans",
    }
)
"""Hands whose mails are shorter and plainer than those that the bars are meant for (when they were new, less than 14 %
were unsure): they teach, and no bar is set on them.
"""

KIN = "_kin"
"""Ends the name of a hand that wrote beside mails of another hand that the recogniser had doubted: learned and left out
with that hand, and no bar is set on it.
"""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the rules say of a mail before any weight is looked at (`rules.context`, `rules.patterns`)."""

    settled: bool
    set_aside: bool  # settled as no request
    barely: bool  # never falls
    plainly: bool
    certainly: bool
    of_a_right: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One mail or phrase: its features and per head 1, -1 or 0 (says nothing). `fold` is -1 for phrases.

    `alone` are the features of its sentences.
    """

    found: Named
    alone: tuple[Named, ...]
    labels: dict[str, int]
    fold: int
    cost: float
    hand: str = ""
    mail: LabelledMail | None = None
    spoken: Spoken | None = None

    @property
    def sets_bars(self) -> bool:
        """Whether its writer wrote mails like those that the lower bar is meant for."""
        return self.hand not in EASY and not self.hand.endswith(KIN)

    @property
    def asks(self) -> bool:
        """Whether it asks for rights in words."""
        return self.labels[VERDICT] > 0 and bool(self.alone)


def read_examples(every: int = 1) -> list[Example]:
    """Every mail of the training corpus, then every phrase; or each `every`-th of them."""
    examples = [_of_mail(*one) for one in islice(_mails(), 0, None, every)]
    for path in sorted(PHRASES.glob("phrases_*.txt")):
        examples += islice(_phrases(path.read_text(encoding="utf-8"), path.stem.split("_")[1]), 0, None, every)
    return examples


def _mails() -> Iterator[tuple[LabelledMail, int, str]]:
    """The mails of the training corpus, each with its fold and whose hand wrote it."""
    hands = sorted({_hand(path).removesuffix(KIN) for path in CORPUS.glob("*.txt")} - {""})
    for path in sorted(CORPUS.glob("*.txt")):
        hand, number = _hand(path), int(path.stem.rpartition("_")[2])
        # The first Swedish and English hands wrote most of their language: there files are left out, not the hand.
        fold = hands.index(hand.removesuffix(KIN)) % FOLDS if hand else number % FOLDS
        for mail in parse_corpus(path.read_text(encoding="utf-8")):
            yield mail, fold, hand


def _hand(path: Path) -> str:
    """Who wrote a file: what stands between its language and its number."""
    return "_".join(path.stem.split("_")[1:-1])


def _of_mail(mail: LabelledMail, fold: int, hand: str) -> Example:
    message = parse(raw_mail(mail), own_domains=OWN_DOMAINS)
    read = reading(message)
    own = read_sentences(read)
    labels = {VERDICT: 0 if mail.verdict == EITHER else 1 if mail.verdict == "request" else -1}
    labels |= {kind: _told(kind, mail.required, mail.optional) if labels[VERDICT] > 0 else 0 for kind in KINDS}
    decided = settled(message, read, own, None)
    barely = asks_barely(read, own)
    spoken = Spoken(
        decided is not None,
        decided is not None and decided.verdict is Verdict.NOT_REQUEST,
        barely or asks_by_subject(own) or demands_plainly(own),
        speaks_plainly(own),
        barely or speaks_certainly(own),
        speaks_of_a_right(own),
    )
    alone = tuple(_kept(said(sentence)) for sentence in own)
    return Example(_kept(features(read, own)), alone, labels, fold, 1.0, hand, mail, spoken)


def _kept(found: Features) -> Named:
    # The same few hundred thousand names come back in every mail: each is held once.
    return {group: sorted(map(sys.intern, names)) for group, names in found.items()}


def _phrases(text: str, language: str) -> Iterator[Example]:
    """A line `[kinds]` heads the phrases of these kinds. The corpus holds the hard mails, these the plain ones."""
    required: Sequence[str] = ()
    optional: Sequence[str] = ()
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            kinds = [kind.strip() for kind in line.strip("[]").split(",")]
            required = [kind for kind in kinds if not kind.startswith("~")]
            optional = [kind[1:] for kind in kinds if kind.startswith("~")]
        else:
            yield _phrase(line, language, required, optional)


def _phrase(line: str, language: str, required: Sequence[str], optional: Sequence[str]) -> Example:
    read = Reading("", line, "", language, reply=False, forwarded=False, one_click=False, attachments=False)
    own = read_sentences(read)
    alone = tuple(_kept(said(sentence)) for sentence in own)
    if NO_KIND in required:
        labels = {VERDICT: -1} | dict.fromkeys(KINDS, 0)
    else:
        labels = {VERDICT: 1} | {kind: _told(kind, required, optional) for kind in KINDS}
    return Example(_kept(features(read, own)), alone, labels, -1, PHRASE_COST)


def _told(kind: str, required: Sequence[str] | frozenset[str], optional: Sequence[str] | frozenset[str]) -> int:
    return 1 if kind in required else 0 if kind in optional else -1
