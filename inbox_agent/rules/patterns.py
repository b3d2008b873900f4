"""Plain wordings: what no weighing may talk away, and what needs none.

Owns a few rules of families that stand close together in one sentence ("poistakaa kaikki tietoni"). The model learns
from hard mails, where plain words often mean something else; a sentence that names one's own data and speaks of
nothing else therefore never ends as not_request, but with a person at least. One that leaves half unsaid, or speaks
of another matter too, does so unless the mail weighs far against a request (`classify.GRACE`). A wording is certain
where it also asks, or cites the article of the right, and nothing in its sentence speaks of another matter: then it
is a request unless the whole mail weighs clearly against it. Refuses everything finer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from inbox_agent.rules.features import Reading, Sentence
from inbox_agent.rules.lexicon import Families

_NEAR = 7  # words
_EMPTY = 3  # words: a name under nothing
_SHORT = 6  # words: one sentence that asks, with its courtesies
_ENOUGH = 4  # different known words (our choice: of 2,945 loud requests with each writer left out, 40 have fewer)
_TOO_MUCH = 500  # words (our choice: the longest labelled mail has 327)
_MINE = frozenset({"my", "about_me", "ending_my"})
_ASKS = frozenset({"want", "polite_ask", "ending_command", "ending_polite"})
_DATA = frozenset({"data_plural"})
_NOBODY = frozenset({"not", "do_not", "we", "remind", "vendor"})
_OWN_DATA = frozenset({"data", "data_plural", "record", "register"})
_ANOTHER_MATTER = _NOBODY | {
    "animal_thing", "booking", "breach", "colleague", "deceased", "done", "general_question", "invoice", "login",
    "offer", "order", "product_info", "public", "thanks", "third",
}  # fmt: skip
_BARELY = _MINE | _ASKS | frozenset({
    "account", "away", "consent", "contact", "data", "data_plural", "delete", "fix", "marketing", "no_word", "of_me",
    "register", "stop", "thanks", "withdraw", "you",
})  # fmt: skip
_HARMLESS = frozenset({"legal_article", "polite_ask"})
_OF_RIGHTS = frozenset({
    "about_me", "away", "consent", "contact", "copy", "data", "data_plural", "delete", "evaluation", "fix", "format",
    "freeze", "hold", "human", "keep", "know", "legal", "legal_article", "list_m", "machine", "marketing", "no_word",
    "objection", "of_me", "photo", "process", "record", "recording", "register", "remind", "request_word", "see",
    "share", "stop", "tracking", "transfer", "where_from", "withdraw", "wrong", "yes",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """One rule: each of `needs` must be met near the first, and none of `without`."""

    needs: tuple[Families, ...]
    without: Families = _NOBODY


PLAIN = (
    Plain((frozenset({"delete"}), _DATA, _MINE)),
    Plain((frozenset({"copy", "see", "send", "what"}), _DATA, _MINE, _ASKS)),
    Plain((frozenset({"what"}), _DATA, frozenset({"about_me"}), frozenset({"you"}))),
    Plain((frozenset({"fix"}), _DATA, _MINE)),
    # For somebody else: whether they may is another question, which is put to the writer.
    Plain((frozenset({"data", "data_plural"}), frozenset({"third"}), _ASKS)),
    Plain((frozenset({"freeze"}), _DATA, _MINE)),
    Plain((frozenset({"format"}), _DATA, _MINE)),
    Plain((frozenset({"objection"}), frozenset({"process", "tracking"}), _MINE)),
    Plain((frozenset({"withdraw"}), frozenset({"consent"}), frozenset({"my", "ending_my"}))),
)

ERASE = (Plain((frozenset({"delete"}), _DATA, _MINE, _ASKS)),)
"""Asked beside another right, too: under a follow-up in the same mail the weights take it for what was asked before,
which it often is, and then it may be told as well.
"""

LOOSE = (
    # What names no data, as often said of an order, a bill or a poster of one's own.
    Plain((frozenset({"fix"}), frozenset({"my", "ending_my"}), _ASKS)),
    Plain((frozenset({"stop", "do_not"}), frozenset({"marketing"})), frozenset({"we"})),
    Plain((frozenset({"anymore"}), frozenset({"not"}), frozenset({"marketing"})), frozenset({"we"})),
    # One's own data that the reader holds, and not what of it ("asia koskisi tietojani, joita teillä on").
    Plain((_DATA, _MINE, frozenset({"you"}), frozenset({"hold"}))),
)


CERTAIN = (
    Plain((frozenset({"delete"}), _OWN_DATA, _MINE, _ASKS)),
    Plain((frozenset({"copy", "see", "send", "what"}), _OWN_DATA, _MINE, _ASKS)),
    Plain((frozenset({"legal_article"}), _ASKS)),
    Plain((frozenset({"legal_article"}), _OWN_DATA)),
)


BARE = (
    Plain((frozenset({"delete"}), frozenset({"of_me", "about_me"}))),
    Plain((frozenset({"delete"}), frozenset({"account", "contact", "data", "data_plural"}), _MINE)),
    Plain((frozenset({"fix"}), frozenset({"contact", "data", "data_plural"}), _MINE)),
    Plain((frozenset({"withdraw"}), frozenset({"consent"}), _MINE)),
    Plain((frozenset({"stop", "no_word"}), frozenset({"marketing"})), frozenset({"we"})),
)
"""What a mail asks that says nothing else at all ("poistakaa mut"): no other word could mean another matter."""


def speaks_certainly(own: Sequence[Sentence]) -> bool:
    """Whether one of these sentences asks for a right outright, and for nothing else."""
    return _alone(CERTAIN, own)


def asks_barely(read: Reading, own: Sequence[Sentence]) -> bool:
    """Whether the mail is one short sentence, under nothing, whose every word belongs to what it asks."""
    subject = [sentence for sentence in own if sentence.subject]
    text = [sentence for sentence in own if not sentence.subject]
    if read.reply or read.quoted or len(text) != 1 or len(text[0].forms) > _SHORT or any(map(_strays, subject)):
        return False
    return all(tags & _BARELY for tags in text[0].tags) and _meets(BARE, text[0])


def _strays(sentence: Sentence) -> bool:
    # "Article 15" is no newspaper's article, and "tack" after a wish no thanks.
    if sentence.said.isdisjoint(_ANOTHER_MATTER):
        return False
    return any(tags & _ANOTHER_MATTER for tags in sentence.tags if not tags & _HARMLESS)


def speaks_of_a_right(own: Sequence[Sentence]) -> bool:
    """Whether any word at all belongs to a family that requests are made of."""
    return any(sentence.said & _OF_RIGHTS for sentence in own)


def says_enough(own: Sequence[Sentence], quoted: str) -> bool:
    """Whether there is enough to be sure of: a few words that the lexicon knows, or a mail that the words answer.

    Of two known words among strange ones the model has learned nothing, however loud it is ("Hello. So there. Me.").
    """
    known: set[str] = set()
    for sentence in own:
        known.update(compress(sentence.forms, sentence.tags))
        if len(known) >= _ENOUGH:
            return True
    return bool(quoted.strip())


def says_too_much(own: Sequence[Sentence]) -> bool:
    """Whether a mail is far longer than any that the model has learned from: then its sum says little."""
    return sum(len(sentence.forms) for sentence in own) > _TOO_MUCH


def speaks_plainly(own: Sequence[Sentence]) -> bool:
    """Whether one of these sentences asks in plain words, or nearly."""
    left = _left(PLAIN + LOOSE, own)
    return bool(left) and any(_meets(left, sentence) for sentence in own)


def demands_plainly(own: Sequence[Sentence]) -> bool:
    """Whether one of these sentences names one's own data in plain words, and speaks of nothing else."""
    return _alone(PLAIN, own)


def asks_for_erasure(own: Sequence[Sentence]) -> bool:
    """Whether one of these sentences asks in plain words that one's own data be erased, and nothing else."""
    return _alone(ERASE, own)


def _alone(rules: Sequence[Plain], own: Sequence[Sentence]) -> bool:
    """Whether a sentence that speaks of nothing else meets one of these rules."""
    left = _left(rules, own)
    return bool(left) and any(_meets(left, sentence) and not _strays(sentence) for sentence in own)


def _left(rules: Sequence[Plain], own: Sequence[Sentence]) -> list[Plain]:
    """The rules that can be met: most mails lack as a whole what one needs."""
    said: Families = frozenset().union(*(sentence.said for sentence in own))
    return [rule for rule in rules if not any(map(said.isdisjoint, rule.needs))]


def asks_by_subject(own: Sequence[Sentence]) -> bool:
    """Whether the subject names a request above an empty mail."""
    said = sum(len(sentence.forms) for sentence in own if not sentence.subject)
    return said <= _EMPTY and any("request_word" in sentence.said for sentence in own if sentence.subject)


def _meets(rules: Sequence[Plain], sentence: Sentence) -> bool:
    said = sentence.said
    # Most sentences lack what a rule needs, and are spared the search for nearness.
    return any(_met(rule, sentence.tags) for rule in rules if not any(map(said.isdisjoint, rule.needs)))


def _met(rule: Plain, tags: Sequence[Families]) -> bool:
    for at, families in enumerate(tags):
        if families & rule.needs[0]:
            near = set().union(*tags[max(0, at - _NEAR) : at + _NEAR + 1])
            if all(near & need for need in rule.needs[1:]) and not near & rule.without:
                return True
    return False
