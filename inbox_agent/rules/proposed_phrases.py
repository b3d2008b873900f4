"""Which phrase of a corrected mail is worth remembering: what decided, freed of whatever points at a person.

Owns the choice. Refuses to keep anything: a person reads what is proposed, changes it, or lets it be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from inbox_agent.rules.fold import fold, sentences
from inbox_agent.rules.own_phrases import Classifies, hear, without
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.personal import personal
from inbox_agent.rules.phrase_search import GAP, WIDEST_GAP, text_words
from inbox_agent.rules.phrasebook import NOT_REQUEST, OwnPhrase, OwnPhrases, is_meaningful
from state.model import Verdict

_MOST_PROPOSED = 3
_MOST_SENTENCES = 25  # that are weighed one by one
_LONG = 16  # words: of a longer sentence the deciding phrase alone is proposed
_MOST_GAPS = 3
_READ = 12_000  # characters
_RANK = (Verdict.NOT_REQUEST, Verdict.UNSURE, Verdict.REQUEST)
_GREETINGS = frozenset(
    {
        "hei", "heippa", "hey", "moi", "moikka", "moro", "terve", "tervehdys", "paivaa", "huomenta", "iltaa", "hyvaa",
        "hej", "hejsan", "hello", "hi", "god", "dag", "dear", "good", "morning",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: int


def for_not_request(message: InboundMessage, recogniser: Classifies) -> tuple[str, ...]:
    """The phrases without which the mail would have been taken for no request: the fewest, at most three."""
    rest, proposed = message, []
    for _ in range(_MOST_PROPOSED):
        found = recogniser.classify(rest)
        if found.verdict is Verdict.NOT_REQUEST:
            break
        phrase = _deciding(rest, [evidence.phrase for evidence in found.evidence])
        standing = hear(rest, _alone(phrase)) if phrase else ()
        if not standing:
            break
        proposed.append(phrase)
        rest = without(rest, standing)
    return tuple(proposed)


def for_request(message: InboundMessage, recogniser: Classifies) -> tuple[str, ...]:
    """The sentence that asks most like a request; of equal ones the longest. None where there is no sentence."""
    names = names_in(message)
    ranked = sorted(
        _sentences(message),
        key=lambda one: (_rank(message, one, recogniser), min(one.words, _LONG)),
        reverse=True,
    )
    proposals = (phrase_of(one.text, names) for one in ranked)
    return next(((phrase,) for phrase in proposals if phrase), ())


def names_in(message: InboundMessage) -> tuple[str, ...]:
    """Whatever a mail's header says of people: their names, and addresses that spell one."""
    parties = [message.sender, *message.recipients, *filter(None, [message.reply_to])]
    addresses = [party.address.partition("@")[0] for party in parties]
    return (*(party.name for party in parties if party.name), *(local for local in addresses if "." in local))


def phrase_of(text: str, names: Collection[str]) -> str:
    """A text as a phrase: its words, `…` for what may point at a person, without a greeting. Empty where too little
    is left.
    """
    said = list(_said(text, names))
    while said and (said[0] == "" or fold(said[0]) in _GREETINGS):
        del said[0]
    stretches: list[list[str]] = [[]]
    run = 0
    for word in said:
        run = 0 if word else run + 1
        if run > WIDEST_GAP:  # what was left out is longer than a gap may be: the phrase ends here, or begins anew
            stretches.append([])
        elif word:
            stretches[-1].append(word)
        elif stretches[-1] and run == 1:
            stretches[-1].append(GAP)
    longest: list[str] = max((_few_gaps(stretch) for stretch in stretches), key=len)
    phrase = " ".join(longest)
    return phrase if is_meaningful(phrase) else ""


def _said(text: str, names: Collection[str]) -> Iterator[str]:
    """The words of a text in order; an empty one for each that may point at a person."""
    left_out = bytearray(len(text))
    for one in personal(text, names):
        left_out[one.start : one.end] = b"x" * (one.end - one.start)
    for token in text_words(text):
        yield "" if any(left_out[token.start : token.end]) else text[token.start : token.end]


def _few_gaps(pieces: Sequence[str]) -> list[str]:
    """The beginning up to one gap too many, without a gap at its end."""
    gaps = [at for at, piece in enumerate(pieces) if piece == GAP]
    kept = list(pieces[: gaps[_MOST_GAPS]] if len(gaps) > _MOST_GAPS else pieces)
    while kept and kept[-1] == GAP:
        kept.pop()
    return kept


def _deciding(message: InboundMessage, phrases: Sequence[str]) -> str:
    """The sentence that the evidence stands in, or the evidence where that is long; where there is none, the mail."""
    names = names_in(message)
    for phrase in phrases:
        around = next(
            (one for one in _sentences(message) if " ".join(phrase.split()) in " ".join(one.text.split())), None
        )
        texts = [around.text] if around and around.words <= _LONG else []
        for text in (*texts, phrase):
            if found := phrase_of(text, names):
                return found
    return next(filter(None, (phrase_of(one.text, names) for one in _sentences(message))), "")


def _rank(message: InboundMessage, sentence: _Sentence, recogniser: Classifies) -> int:
    alone = replace(message, subject="", new_text=sentence.text, quoted="", forwarded=None)
    return _RANK.index(recogniser.classify(alone).verdict)


def _sentences(message: InboundMessage) -> tuple[_Sentence, ...]:
    return tuple(_all_sentences(message))[:_MOST_SENTENCES]


def _all_sentences(message: InboundMessage) -> Iterator[_Sentence]:
    forwarded = message.forwarded.text if message.forwarded else ""
    for text in (message.new_text[:_READ], forwarded[:_READ], message.subject):
        for words in sentences(text):
            if words:
                yield _Sentence(text[words[0].start : words[-1].end], len(words))


def _alone(phrase: str) -> OwnPhrases:
    return OwnPhrases(phrase=(OwnPhrase(text=phrase, says=NOT_REQUEST),))
