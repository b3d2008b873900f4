"""What a notice says of transfers outside the EU and the EEA, and what it rests them on (GDPR 13(1)(f), 44-49)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import LIKELY, NOTHING, SURE, Field, Transfer
from inbox_agent.rules.notice.passages import stretch
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import families, words

_INSIDE = words("abroad.inside")
_TALK = words("abroad.transfer_talk")
_EU_LAW = words("abroad.eu_law")
_MOVES = words("abroad.moves")
_NONE = words("abroad.none")
BARE_NONE = words("abroad.bare_none")
"""A cell or a line that says no and nothing more."""
_UNLESS = words("abroad.unless")
_MAYBE = words("abroad.maybe")
_TRANSFERS = words("abroad.transfers")
_DOES = words("abroad.does")
_ON_ITS_BASIS = words("abroad.on_its_basis")
_TAKEN_ALONG = words("abroad.taken_along")
_OTHERS = (*RIGHTS, Topic.COMPLAINT)
_WHO = (Topic.CONTROLLER, Topic.CONTACT)  # tells where somebody is, unless it says that nothing goes abroad

SAFEGUARDS = families("abroad.safeguards")
"""What may carry a transfer (GDPR 45-49), as notices word it; the Privacy Shield carries nothing since Schrems II."""

_ADEQUATE = frozenset({"adequacy", "dpf"})  # the framework is a decision of the Commission on adequacy, too

SERVICES = words("abroad.services")
"""Services whose provider is outside the EU and the EEA or moves data there."""


def services(text: str) -> tuple[str, ...]:
    """The services that a text names whose provider is outside the EU and the EEA or moves data there, each once."""
    return tuple(dict.fromkeys(match[0] for match in SERVICES.finditer(text)))


def transfer(document: Document) -> Field:
    """What is said of transfers outside the EU and the EEA; the quote names the safeguard where there is one."""
    told = transfer_sentences(document)
    moving = [each for each in told if not _denies(each.text) and not _stays(each.text) and _moves(each)]
    if moving:
        return Field(str(_kind(told, moving)), stretch(document, told), LIKELY)
    denied = [each for each in told if _denies(each.text)]
    return Field(str(Transfer.NO), denied[0].text, SURE) if denied else NOTHING


def _kind(told: tuple[Sentence, ...], moving: list[Sentence]) -> Transfer:
    if "adequacy" in (named := _named(told)) and named <= _ADEQUATE:
        return Transfer.ADEQUACY_ONLY
    certain = any(
        _DOES.search(each.text) and not _hedged(each) and not _ON_ITS_BASIS.search(each.text) for each in moving
    )
    return Transfer.YES if certain or not any(map(_hedged, told)) else Transfer.POSSIBLE


def _moves(sentence: Sentence) -> bool:
    return _DOES.search(sentence.text) is not None or _hedged(sentence) or bool(_named((sentence,)))


def _hedged(sentence: Sentence) -> bool:
    return bool(_MAYBE.search(sentence.text) or _UNLESS.search(sentence.text))


def transfer_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences about transfers: under their heading, wherever one speaks of moving data abroad, and headings that
    say themselves that none goes.
    """
    told = tuple(each for each in document.sentences if _told_under_heading(each) or _told_elsewhere(each))
    return (*told, *_saying_headings(document))


def _saying_headings(document: Document) -> Iterator[Sentence]:
    for number, section in enumerate(document.sections):
        if Topic.TRANSFER in section.topics and _denies(section.heading) and speaks_of_abroad(section.heading):
            yield Sentence(section.heading, section.topics, number)


def _told_under_heading(sentence: Sentence) -> bool:
    if not sentence.about(Topic.TRANSFER):
        return False
    text = sentence.text
    # Under "Siirtäminen" stands what one takes along, too.
    alone = sentence.topics.isdisjoint({Topic.RECIPIENTS, Topic.PORTABILITY}) and not _TAKEN_ALONG.search(text)
    return alone or bool(_TALK.search(text) or BARE_NONE.match(text) or _named((sentence,)))


def _told_elsewhere(sentence: Sentence) -> bool:
    text = sentence.text
    named = _named((sentence,))
    speaks = _TALK.search(without_its_law(text)) and (_MOVES.search(text) or _NONE.search(text) or named)
    speaks = speaks or (named and _TRANSFERS.search(text))  # of what the sentence before sends abroad
    return bool(speaks) and not sentence.about(*_OTHERS) and (not sentence.about(*_WHO) or _denies(text))


def speaks_of_abroad(text: str) -> bool:
    """Whether a sentence is about countries outside the EU and the EEA rather than about anybody."""
    return bool(_TALK.search(text))


def without_its_law(text: str) -> str:
    """A sentence without the name of the regulation, which speaks of the EU and of no place."""
    return _EU_LAW.sub("", text)


def _denies(text: str) -> bool:
    """Whether a sentence says that nothing goes abroad, without a way out."""
    return bool(BARE_NONE.match(text) or _NONE.search(text)) and not _UNLESS.search(text)


def _stays(text: str) -> bool:
    """Whether a sentence names a country of the EU or the EEA and none outside."""
    return bool(_INSIDE.search(text)) and not _TALK.search(text)


def _named(sentences: Iterable[Sentence]) -> set[str]:
    return {name for name, pattern in SAFEGUARDS.items() for each in sentences if pattern.search(each.text)}


def safeguards(document: Document) -> set[str]:
    """The safeguards that the notice names, wherever it does."""
    return _named(document.sentences)
