"""What the model looks at in one mail: words, parts of words, families of the lexicon and how they stand together.

Owns the names of features. Refuses weights: those are learned (`rules.model`). A feature is present or absent;
each group is scaled by its own size, so that a long mail shouts no louder than a short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from inbox_agent.rules.fold import clauses
from inbox_agent.rules.lexicon import Families, lexicon

GROUPS = ("words", "stems", "parts", "families", "frames", "context")

# A request stands at the beginning or at the end of a mail; the middle of a very long one is not read for it.
# Our choice: 12,000 characters from the start, 4,000 from the end, 3,000 of what is quoted.
_HEAD, _TAIL, _QUOTED, _SUBJECT = 12_000, 4_000, 3_000, 300
_PART = 5  # letters of the longest piece of a word; the shortest has two
_SHORT_NOTE = 20  # words: what is said so briefly leans on what it quotes
NEAR = 4  # words between two families that are said to stand together
STEM = 4  # letters; with 3 or 5, mails of writers left out were told apart less well
REACH = 5  # words from one stem to another that is said to stand near; 3, 8 and the whole sentence did less well

SELF = frozenset({"my", "about_me", "of_me", "to_me", "ending_my"})
OWN_OBJECT = frozenset(
    {
        "data", "data_plural", "record", "register", "contact", "birth_id", "recording", "photo", "account",
        "application", "evaluation", "health", "location", "list_m", "web", "copy",
    }
)  # fmt: skip
BUSINESS = frozenset(
    {
        "order", "invoice", "booking", "contract", "offer", "complaint", "login", "product_info", "public", "vendor",
        "animal_thing", "job", "breach", "general_question",
    }
)  # fmt: skip
MOOD = frozenset({"want", "polite_ask", "ending_command", "ending_polite"})
NEGATION = frozenset({"not", "do_not", "anymore"})
ACTS = frozenset(
    {
        "delete", "away", "close", "stop", "see", "copy", "send", "tell", "know", "where_from", "who", "why",
        "how_long", "hold", "process", "share", "get_by_you", "fix", "wrong", "keep", "freeze", "transfer", "format",
        "objection", "tracking", "consent", "withdraw", "machine", "decision", "human", "marketing", "call", "message",
        "legal", "request_word", "remind", "still", "thanks", "yes", "no_word",
    }
)  # fmt: skip
_NOTHING: Families = frozenset()
ROLES = (("S", SELF), ("O", OWN_OBJECT), ("B", BUSINESS), ("M", MOOD), ("N", NEGATION))


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one mail: its own words, what it quotes, and how it came."""

    subject: str
    words: str
    quoted: str
    language: str
    reply: bool
    forwarded: bool
    one_click: bool
    attachments: bool


class Sentence(NamedTuple):
    """One sentence: where it stands in the text, the forms of its words, the families of each (`tags`) and of all
    (`said`). `subject` tells which text it stands in.
    """

    start: int
    end: int
    forms: Sequence[str]
    tags: Sequence[Families]
    said: Families
    subject: bool


Features = dict[str, set[str]]
"""Group -> names of the features that are present."""


def shortened(text: str) -> str:
    """The part of a text that is read; what is left out stands in its middle."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n\n{text[-_TAIL:]}"


def read_sentences(reading: Reading) -> list[Sentence]:
    """The sentences of subject and own words, tagged."""
    words = lexicon(reading.language)
    return [
        Sentence(clause.start, clause.end, clause.forms, tags, _NOTHING.union(*tags), subject)
        for text, subject in ((reading.subject[:_SUBJECT], True), (shortened(reading.words), False))
        for clause in clauses(text)
        for tags in [words.spoken(clause.forms)]
    ]


def said(sentence: Sentence) -> Features:
    """Name what the model may weigh in one sentence alone: of several rights in a mail, each has its own."""
    return {
        **_spoken([sentence]),
        "families": set(sentence.said),
        "context": set(),
    }


def features(reading: Reading, read: Sequence[Sentence]) -> Features:
    """Name everything the model may weigh in a mail.

    Neither the mail's length nor its language is among it: both told one writer from another, not a request.
    """
    return {
        **_spoken(read),
        "families": set(_families(read)),
        "context": set(context(reading, read)),
    }


def _spoken(read: Sequence[Sentence]) -> Features:
    return {
        "words": {word for sentence in read for word in _words(sentence)},
        "stems": {pair for sentence in read for pair in near_stems(sentence.forms)},
        "parts": set(parts({form for sentence in read for form in sentence.forms})),
        "frames": {frame for sentence in read for frame in frames(sentence)},
    }


def _words(sentence: Sentence) -> Iterator[str]:
    previous = ""
    for form in sentence.forms:
        yield form
        yield f"{previous} {form}"
        if sentence.subject:
            yield f"s {form}"
        previous = form


def near_stems(forms: Sequence[str]) -> Iterator[str]:
    """The beginnings of two words that stand near each other, in their order: what is done to what, in any case form
    and with words between them.
    """
    stems = [form[:STEM] for form in forms]
    for at, stem in enumerate(stems):
        for later in stems[at + 1 : at + 1 + REACH]:
            yield f"{stem} {later}"


def parts(forms: Iterable[str]) -> Iterator[str]:
    """Pieces of words, their ends marked."""
    for form in forms:
        bounded = f"<{form[:24]}>"
        pieces: Sequence[str] = bounded
        for longer in range(1, _PART):
            pieces = list(map(add, pieces, bounded[longer:]))
            yield from pieces


def _families(read: Sequence[Sentence]) -> Iterator[str]:
    for at, sentence in enumerate(read):
        last = at == len(read) - 1
        for family in sentence.said:
            yield family
            if sentence.subject:
                yield f"{family} subject"
            if last:
                yield f"{family} last"


def frames(sentence: Sentence) -> Iterator[str]:
    """Families that meet in one sentence: in any order, in order and near, and an act with its roles."""
    met = sorted(sentence.said)
    for at, one in enumerate(met):
        for other in met[at + 1 :]:
            yield f"{one} & {other}"
    for at, families in enumerate(sentence.tags):
        if not families:
            continue
        for later in sentence.tags[at + 1 : at + NEAR]:
            for one in families:
                for other in later:
                    yield f"{one} > {other}"
        if acts := families & ACTS:
            near = _NOTHING.union(*sentence.tags[max(0, at - NEAR) : at + NEAR + 2])
            roles = "".join(letter for letter, role in ROLES if near & role)
            for act in acts:
                yield f"{act} {roles}"


def context(reading: Reading, read: Sequence[Sentence]) -> Iterator[str]:
    """How the mail came, what it quotes, and what its few own words do under that."""
    for name, present in (
        ("reply", reading.reply),
        ("quoted", bool(reading.quoted)),
        ("forwarded", reading.forwarded),
        ("one click", reading.one_click),
        ("attachments", reading.attachments),
    ):
        if present:
            yield name
    forms = [clause.forms for clause in clauses(reading.quoted[:_QUOTED])]
    words = lexicon(reading.language)
    quoted = _NOTHING.union(*(tags for one in forms for tags in words.tags(one)))
    yield from (f"quotes {family}" for family in quoted)
    yield from (f"quotes {form}" for form in set().union(*forms))
    if sum(len(sentence.forms) for sentence in read if not sentence.subject) <= _SHORT_NOTE:
        own = _NOTHING.union(*(sentence.said for sentence in read))
        yield from (f"{mine} under {family}" for mine in own & ACTS for family in quoted)
