"""What is done with the data and why: purposes, legal bases, sources, recipients, transfers, retention."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from inbox_agent.rules.notice import marks
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Basis, Field, Transfer, Value
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.who import controllers
from inbox_agent.rules.notice.wording import families, words

_LONGEST = 700

_GIVES = words("what.gives")
_BASIS_ONLY = words("what.basis_only")
_PURPOSES_SAID = words("what.purposes_said")
_BASES = {Basis(name): pattern for name, pattern in families("what.bases").items()}
_BASIS_SAID = words("what.basis_said")
_NO_BASIS_TOPICS = RIGHTS - {Topic.REQUEST} | {
    Topic.SOURCES,
    Topic.RECIPIENTS,
    Topic.TRANSFER,
    Topic.COOKIES,
    Topic.SECURITY,
    Topic.COMPLAINT,
    Topic.CHANGES,
}
_CONDITIONAL = words("what.conditional")
_LEGAL_LIST = words("what.legal_list")

# From whom or from where: the endings of Finnish that say it.
_FROM_WHOM = re.compile(r"\w(?:lta|ltä|sta|stä)\b")
_SOURCES_SAID = words("what.sources_said")

_TRANSFER_TALK = words("what.transfer_talk")
_EU_LAW = words("what.eu_law")
_MOVES = words("what.moves")
_NONE = words("what.none")
_BARE_NONE = words("what.bare_none")
_UNLESS = words("what.unless")
_MAYBE = words("what.maybe")
_DOES = words("what.does")
SAFEGUARDS = families("what.safeguards")
"""What may carry a transfer (GDPR 45-49), as notices word it; the Privacy Shield carries nothing since Schrems II."""

SERVICES = words("what.services")
"""Services whose provider is outside the EU and the EEA or moves data there."""

_NOT_DISCLOSED = words("what.not_disclosed")

_NO_ITEMS = words("what.no_items")
_GIVEN_TO = re.compile(r"(?:lle|lta|ltä|ille|ilta|iltä)$")

PERIOD = words("what.period")
_KEEPS = words("what.keeps")
_NOT_KEEPS = words("what.not_keeps")


def purposes(document: Document) -> Field:
    """The purposes as the notice words them."""
    told = document.under(Topic.PURPOSES)
    # Under a heading of both, what only names the basis is no purpose.
    purely = [each for each in told if not (each.about(Topic.BASIS) and _BASIS_ONLY.search(each.text))]
    if found := _told(document, (Topic.PURPOSES,), only=purely or told):
        return found
    elsewhere = (*RIGHTS, Topic.COMPLAINT, Topic.COOKIES, Topic.SECURITY, Topic.TRANSFER)
    for sentence in document.sentences:
        if _PURPOSES_SAID.search(sentence.text) and not sentence.about(*elsewhere):
            return Field(sentence.text, sentence.text, GUESS)
    return NOTHING


def legal_bases(document: Document) -> Field:
    """The bases of GDPR 6(1) that the notice itself names for its own processing."""
    found: dict[Basis, str] = {}
    for sentence in basis_sentences(document):
        for basis, pattern in _BASES.items():
            if pattern.search(sentence.text):
                found.setdefault(basis, sentence.text)
    if not found:
        return NOTHING
    return Field(
        tuple(str(basis) for basis in Basis if basis in found),
        next(iter(found.values())),
        SURE if document.under(Topic.BASIS) else LIKELY,
    )


def basis_sentences(document: Document) -> Iterator[Sentence]:
    """Where the notice tells why it may process: under that heading, or where a sentence says it is the ground."""
    for sentence in document.sentences:
        if _CONDITIONAL.search(sentence.text) or _LEGAL_LIST.search(sentence.text):
            continue
        if sentence.about(Topic.BASIS) or (
            not sentence.about(*_NO_BASIS_TOPICS)
            and (
                _BASIS_SAID.search(sentence.text)
                or (sentence.about(Topic.PURPOSES) and re.search(r"\(|:|–| - |lakisääteis|suostumuk", sentence.text))
            )
        ):
            yield sentence


def sources(document: Document) -> Field:
    if found := _told(document, (Topic.SOURCES,), only=None):
        return found
    said = [
        sentence
        for sentence in document.sentences
        if _SOURCES_SAID.search(sentence.text) and not sentence.about(*RIGHTS, Topic.COOKIES)
    ]
    said.sort(key=lambda each: not _FROM_WHOM.search(each.text))
    return Field(said[0].text, said[0].text, LIKELY) if said else NOTHING


def recipients(document: Document) -> Field:
    """Who gets the data, by name where the notice names them, else by category."""
    sentences = [each for each in document.under(Topic.RECIPIENTS) if not is_placeholder(each.text)]
    named = [each for each in document.sentences if each not in sentences and _gives(each)]
    ours = controllers(document).value
    found: dict[str, str] = {}
    for sentence in (*sentences, *named):
        if Topic.SOURCES in sentence.topics and _SOURCES_SAID.search(sentence.text):
            continue
        for name in (tuple(_items(sentence.text)) if sentence in sentences else ()) or _receivers(sentence.text):
            if not _is_ours(name, ours):
                found.setdefault(name, sentence.text)
    return Field(tuple(found), next(iter(found.values())), SURE if sentences else LIKELY) if found else NOTHING


def _gives(sentence: Sentence) -> bool:
    if sentence.about(
        *RIGHTS,
        Topic.COMPLAINT,
        Topic.SOURCES,
        Topic.RETENTION,
        Topic.CONTROLLER,
        Topic.CONTACT,
        Topic.DPO,
        Topic.BASIS,
        Topic.CONTENT,
    ):
        return False
    return bool(SERVICES.search(sentence.text) or _GIVES.search(sentence.text))


def _receivers(text: str) -> Iterator[str]:
    """Named receivers in a sentence, in its order: organisations, known services, categories."""
    if _NOT_DISCLOSED.fullmatch(text):
        return
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, str]] = []
    for name, start in marks.organisations(text):
        taken.append((start, start + len(name)))
        hits.append((start, name))
    named = [(found, found[0]) for found in SERVICES.finditer(text)]
    named += [(found, name) for name, pattern in _categories().items() for found in pattern.finditer(text)]
    for found, name in named:
        if not any(start <= found.start() < end for start, end in taken):
            hits.append((found.start(), name))
    yield from dict.fromkeys(name for _, name in sorted(hits))


def _items(text: str) -> Iterator[str]:
    """The items of a sentence that is nothing but a list of recipients, in its own words; else nothing."""
    if _NOT_DISCLOSED.fullmatch(text) or _BARE_NONE.match(text) or _NO_ITEMS.search(text):
        return
    parts = [part.strip(" .") for part in re.split(r",|;|\s+ja\s+|\s+sekä\s+", re.sub(r"\s*\([^()]*\)", "", text))]
    if all(0 < len(part.split()) <= 5 for part in parts):
        for part in parts:
            yield from tuple(_receivers(part)) or (part,) if _GIVEN_TO.search(part) else (part,)


def _is_ours(name: str, ours: Value) -> bool:
    """Whether a receiver is the controller itself, by its name or by a part of it."""
    words = set(name.split())
    return isinstance(ours, tuple) and any(len(words) > 1 and words <= set(one.split()) for one in ours)


@cache
def _categories() -> Mapping[str, re.Pattern[str]]:
    text = resources.files("inbox_agent").joinpath("lexicon/notice_receivers.toml").read_text(encoding="utf-8")
    return {name: re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE) for name, words in tomllib.loads(text).items()}


def transfer(document: Document) -> Field:
    """What is said of transfers outside the EU and the EEA; the quote names the safeguard where there is one."""
    told = transfer_sentences(document)
    positive = [each for each in told if not _denies(each.text)]
    moving = [
        each
        for each in positive
        if any(words.search(each.text) for words in (_MAYBE, _DOES, _UNLESS)) or _safeguards((each,))
    ]
    if moving:
        quote = _stretch(document, told)
        if _safeguards(told) == {"adequacy"}:
            return Field(str(Transfer.ADEQUACY_ONLY), quote, LIKELY)
        certain = any(
            _DOES.search(each.text)
            and not _MAYBE.search(each.text)
            and not _UNLESS.search(each.text)
            and not _basis_only(each.text)
            for each in moving
        )
        hedged = any(_MAYBE.search(each.text) or _UNLESS.search(each.text) for each in told)
        return Field(str(Transfer.YES if certain or not hedged else Transfer.POSSIBLE), quote, LIKELY)
    denied = [each for each in told if _denies(each.text)]
    return Field(str(Transfer.NO), denied[0].text, SURE) if denied else NOTHING


def transfer_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences about transfers: under their heading, or wherever one speaks of moving data abroad."""
    under = [
        each
        for each in document.under(Topic.TRANSFER)
        if _TRANSFER_TALK.search(each.text)
        or _safeguards((each,))
        or _only_transfer(each)
        or (_BARE_NONE.match(each.text))
    ]
    anywhere = [
        each
        for each in document.sentences
        if each not in under
        and _TRANSFER_TALK.search(_EU_LAW.sub("", each.text))
        and (_MOVES.search(each.text))
        and not each.about(*RIGHTS, Topic.COMPLAINT, Topic.CONTROLLER, Topic.CONTACT)
    ]
    return tuple(each for each in document.sentences if each in under or each in anywhere)


def _only_transfer(sentence: Sentence) -> bool:
    return Topic.RECIPIENTS not in sentence.topics


def _denies(text: str) -> bool:
    """Whether a sentence says that nothing goes abroad, without a way out."""
    return bool(_BARE_NONE.match(text) or _NONE.search(text)) and not _UNLESS.search(text)


def _basis_only(text: str) -> bool:
    return bool(re.match(r"\W*(?:siirto|siirrot|tällöin)\b", text, re.IGNORECASE))


def _safeguards(sentences: Iterable[Sentence]) -> set[str]:
    return {name for name, pattern in SAFEGUARDS.items() for each in sentences if pattern.search(each.text)}


def safeguards(document: Document) -> set[str]:
    """The safeguards that the notice names, wherever it does."""
    return _safeguards(document.sentences)


def retention(document: Document) -> Field:
    """How long data is kept: what stands under its heading, else the sentences that say it."""
    if found := _told(document, (Topic.RETENTION,), only=retention_sentences(document)):
        return found
    said = retention_sentences(document)
    return Field(prose(said), said[0].text, LIKELY) if said else NOTHING


def retention_sentences(document: Document) -> tuple[Sentence, ...]:
    """Every sentence that tells how long something is kept."""
    return tuple(
        each
        for each in document.sentences
        if (each.about(Topic.RETENTION) and not each.about(Topic.ERASURE))
        or (
            _KEEPS.search(each.text)
            and (
                PERIOD.search(each.text)
                or re.search(r"toistaiseksi|pysyvästi|niin kauan|\b(?:päättymi|kunnes|kun|ajan)\b", each.text)
            )
            and not each.about(*RIGHTS, Topic.SECURITY, Topic.COOKIES)
            and not _NOT_KEEPS.search(each.text)
        )
    )


# -- what stands under a heading ----------------------------------------------------------------------


def _told(document: Document, topics: tuple[Topic, ...], only: Sequence[Sentence] | None = None) -> Field | None:
    """What stands under these headings as one text, its quote one stretch of it."""
    sentences = [
        each for each in document.under(*topics) if not is_placeholder(each.text) and (only is None or each in only)
    ]
    if not sentences:
        return None
    return Field(prose(sentences), _stretch(document, sentences), SURE)


def prose(sentences: Iterable[Sentence]) -> str:
    """Sentences and items of lists as one text of bearable length."""
    texts = [each.text for each in sentences]
    ended = [text if text.endswith((".", "!", "?", ";", ":", ",")) else f"{text};" for text in texts[:-1]]
    return textwrap.shorten(" ".join((*ended, *texts[-1:])), _LONGEST, placeholder=" …")


def _stretch(document: Document, sentences: Sequence[Sentence]) -> str:
    """The notice's own words from the first of these to the last that stands with it, if that is not too much."""
    section = document.sections[sentences[0].section]
    whole = " ".join(section.lines)
    together = [each.text for each in sentences if each.section == sentences[0].section]
    start, last = whole.find(together[0]), whole.rfind(together[-1])
    end = last + len(together[-1])
    return whole[start:end] if 0 <= start <= last and end - start <= _LONGEST else together[0]
