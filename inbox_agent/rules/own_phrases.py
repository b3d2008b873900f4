"""What the controller's own phrases do to a verdict: at most one step, and never a request down.

A phrase that says `request` raises (not_request -> unsure -> request) and adds its rights. One that says
`not_request` lowers *unsure* only where the rest of the mail, read without it, is no request: whoever asks for more in
the same mail is heard. On a request it is merely noted among what counted against. Phrases are looked for in the
mail's own new words and its subject, never in quotes; each that is found stands among the evidence as it is written.
Knows nothing of the recogniser but that it classifies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from inbox_agent.rules.classify import Classification, Evidence, Under
from inbox_agent.rules.fold import Token
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.phrase_search import text_words
from inbox_agent.rules.phrasebook import REQUEST, OwnPhrase, OwnPhrases
from state.model import FOLLOW_UP, MessageKind, RequestKind, Verdict

OWN_PHRASE = "own_phrase"
"""The type of evidence that is a phrase of the controller's own."""

_HEAD, _TAIL = 12_000, 4_000  # characters that are searched: as much as recognition reads
_MANY = 20  # phrases that are shown of one mail
_PEOPLE = frozenset({MessageKind.MAIL, MessageKind.LIST, MessageKind.NEWSLETTER, MessageKind.AUTOMATIC})
_RAISED = {Verdict.NOT_REQUEST: Verdict.UNSURE, Verdict.UNSURE: Verdict.REQUEST, Verdict.REQUEST: Verdict.REQUEST}
_ORDER = (*map(str, RequestKind), FOLLOW_UP)


class Classifies(Protocol):
    """What intake and `explain` need of a recogniser."""

    def classify(self, message: InboundMessage, under: Under | None = None) -> Classification: ...


@dataclass(frozen=True, slots=True)
class Taught:
    """A recogniser that also hears the phrases of the moment."""

    recogniser: Classifies
    phrases: Callable[[], OwnPhrases]

    def classify(self, message: InboundMessage, under: Under | None = None) -> Classification:
        """As the recogniser does; then what the phrases make of it. Linear in the mail's length."""
        found = self.recogniser.classify(message, under)
        return heard(found, message, self.phrases(), lambda rest: self.recogniser.classify(rest, under))


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase that stands in a mail, as the mail writes it, and where: in which field, from where to where."""

    phrase: OwnPhrase
    written: str
    field: str
    span: tuple[int, int]


def heard(
    found: Classification,
    message: InboundMessage,
    phrases: OwnPhrases,
    again: Callable[[InboundMessage], Classification],
) -> Classification:
    """Move a verdict as the phrases ask for. `again` judges what is left of the mail without them."""
    if not phrases.phrase or message.kind not in _PEOPLE or message.one_click_unsubscribe:
        return found
    standing = hear(message, phrases)
    if raising := [one for one in standing if one.phrase.says == REQUEST]:
        return _raised(found, raising, [one for one in standing if one.phrase.says != REQUEST])
    if not standing or found.verdict is Verdict.NOT_REQUEST:
        return found
    noted = replace(found, against=(*_evidence(standing), *found.against))
    if found.verdict is Verdict.UNSURE and again(without(message, standing)).verdict is Verdict.NOT_REQUEST:
        return replace(noted, verdict=Verdict.NOT_REQUEST, kinds=(), evidence=())
    return noted


def hear(message: InboundMessage, phrases: OwnPhrases) -> tuple[Heard, ...]:
    """Every phrase that stands in a mail's own words."""
    return tuple(
        Heard(phrases.phrase[number], text[start:end], field, (start, end))
        for field, text in _own_words(message).items()
        for words in _read(text)
        for number, spans in phrases.search.found(words).items()
        for start, end in spans
    )


def lowered(found: Classification) -> bool:
    """Whether it was an own phrase that made a mail no request."""
    return found.verdict is Verdict.NOT_REQUEST and any(one.type == OWN_PHRASE for one in found.against)


def without(message: InboundMessage, standing: Iterable[Heard]) -> InboundMessage:
    """The mail as if the phrases had not been written; each leaves a break, so that its neighbours do not meet."""
    rest = message
    by_field = sorted(standing, key=lambda one: one.field)
    for field, ones in groupby(by_field, key=lambda one: one.field):
        spans = [one.span for one in ones]
        if field == "forwarded" and rest.forwarded is not None:
            rest = replace(rest, forwarded=replace(rest.forwarded, text=_cut(rest.forwarded.text, spans)))
        elif field == "subject":
            rest = replace(rest, subject=_cut(rest.subject, spans))
        else:
            rest = replace(rest, new_text=_cut(rest.new_text, spans))
    return rest


def _raised(found: Classification, raising: Sequence[Heard], noted: Sequence[Heard]) -> Classification:
    kinds = {*found.kinds, *(str(kind) for one in raising for kind in one.phrase.kinds)}
    return Classification(
        _RAISED[found.verdict],
        tuple(sorted(kinds, key=_ORDER.index)),
        (*_evidence(raising), *found.evidence),
        (*_evidence(noted), *found.against),
    )


def _evidence(standing: Sequence[Heard]) -> tuple[Evidence, ...]:
    written = dict.fromkeys(" ".join(one.written.split()) for one in standing)
    return tuple(Evidence(OWN_PHRASE, phrase) for phrase in list(written)[:_MANY])


def _own_words(message: InboundMessage) -> dict[str, str]:
    """What is searched. In a forward the words that were forwarded are the person's."""
    forwarded = message.forwarded.text if message.forwarded else ""
    texts = {"subject": message.subject, "words": message.new_text, "forwarded": forwarded}
    return {field: text for field, text in texts.items() if text}


def _read(text: str) -> Iterator[list[Token]]:
    """The words of a text; of a long one those of its beginning and of its end."""
    if len(text) <= _HEAD + _TAIL:
        yield text_words(text)
    else:
        yield text_words(text, end=_HEAD)
        yield text_words(text, start=len(text) - _TAIL)


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in sorted(spans):
        if start >= position:
            kept.append(text[position:start])
        position = max(position, end)
    return " ; ".join((*kept, text[position:]))
