"""What is done with the data and why: purposes, legal bases, sources, retention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Basis, Field
from inbox_agent.rules.notice.numbers import is_numbered
from inbox_agent.rules.notice.passages import prose, told
from inbox_agent.rules.notice.takings import taken
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import families, words

_BASIS_ONLY = words("what.basis_only")
_CONTENT_ONLY = words("what.content_only")
_PURPOSES_SAID = words("what.purposes_said")
_NO_PURPOSE = words("what.no_purpose")
_DATA_USED = words("what.data_used")
_USED = words("what.used")
_USED_FOR = words("what.used_for")
_USED_OTHERWISE = words("what.used_otherwise")
_RECORDED = words("what.recorded")
_REASON = words("what.reason")
_RECORD = words("what.record")
_GOES = words("what.goes")
_WHEN_IT_GOES = words("what.when_it_goes")
_GOES_OTHERWISE = words("what.goes_otherwise")
_BASES = {Basis(name): pattern for name, pattern in families("what.bases").items()}
_BASIS_SAID = words("what.basis_said")
_NO_BASIS_TOPICS = RIGHTS - {Topic.REQUEST} | {
    Topic.SOURCES,
    Topic.RECIPIENTS,
    Topic.TRANSFER,
    Topic.RETENTION,  # names the law that sets a time
    Topic.COOKIES,
    Topic.SECURITY,
    Topic.COMPLAINT,
    Topic.CHANGES,
}
_BASIS_BESIDE = words("what.basis_beside")
_CONDITIONAL = words("what.conditional")
_OF_THE_DEAL = words("what.of_the_deal")
_LEGAL_LIST = words("what.legal_list")
_GROUND = words("what.ground")
_NO_GROUND = words("what.no_ground")
_LAW = words("what.law")
_OBLIGES = words("what.obliges")
_OF_OTHER_DUTIES = words("what.of_other_duties")
_NOT_ERASED = words("what.not_erased")

# The letters of GDPR 6(1) behind its number: "6 artiklan 1 kohdan b, c ja f alakohta", "Art. 6(1)(b) and (f)".
_ARTICLE_6 = re.compile(
    r"(?:\bart\w*\.?\s*6\b|\b6\s*\.?\s*art\w*\.?)\W{0,3}(?:1\b\W{0,3})?(?:kohda\w*|kohta|k\.|mom\w*\.?)?\W{0,3}"
    r"(?P<letters>\b[a-f]\b(?:\W{0,3}(?:(?:ja|tai|sekä|och|and|or)\b)?\W{0,3}\b[a-f]\b)*)",
    re.IGNORECASE,
)
_LETTERS = {
    "a": Basis.CONSENT,
    "b": Basis.CONTRACT,
    "c": Basis.LEGAL_OBLIGATION,
    "f": Basis.LEGITIMATE_INTEREST,
}

# From whom or from where: the endings of Finnish that say it.
_FROM_WHOM = re.compile(r"\w(?:lta|ltä|sta|stä)\b")
_SOURCES_SAID = words("what.sources_said")
_SOMETIMES = words("what.sometimes")
_PORTABILITY = families("rights.told")["portability"]

PERIOD = words("what.period")
_SPAN_SAID = words("what.span_said")
_KEEPS = words("what.keeps")
_NOT_KEEPS = words("what.not_keeps")
_LISTED = re.compile(r";\s+|,\s+(?:ja|sekä|och|samt|and)\s+")


def purposes(document: Document) -> Field:
    """The purposes as the notice words them."""
    under = document.under(Topic.PURPOSES)
    # Under a heading of both, what only names the basis is no purpose.
    # Nor is what data there is, nor where it comes from, nor what takes a right away: it would stand in every letter.
    purely = [
        each
        for each in under
        if not (each.about(Topic.BASIS) and _BASIS_ONLY.search(each.text))
        and not _tells_sources_alone(each.text)
        and not _CONTENT_ONLY.search(each.text)
        and not taken(each)
    ]
    if found := told(document, (Topic.PURPOSES,), only=purely or [each for each in under if not taken(each)]):
        return found
    elsewhere = (*RIGHTS, Topic.COMPLAINT, Topic.COOKIES, Topic.SECURITY, Topic.TRANSFER)
    own = [each for each in document.sentences if not (each.about(*elsewhere) or _NO_PURPOSE.search(each.text))]
    said = [each for each in own if _says_purpose(each.text)] or [each for each in own if _uses(each.text)][:1]
    return Field(prose(said), said[0].text, GUESS) if said else NOTHING


def _says_purpose(text: str) -> bool:
    """Whether a sentence says what data is for: not what one takes along, nor where it comes from alone."""
    sources = _SOURCES_SAID.search(text) and not _USED_FOR.search(text)
    return bool(_PURPOSES_SAID.search(text)) and not (sources or _PORTABILITY.search(text))


def _uses(text: str) -> bool:
    """Whether a sentence says that data is needed or used and what for, or why it is asked for, in whatever order; not
    to keep it safe, nor for requests.
    """
    used = _USED.search(text) and _USED_FOR.search(text)
    asked = _RECORDED.search(text) and _REASON.search(text)
    return bool(_DATA_USED.search(text) and (used or asked)) and not _USED_OTHERWISE.search(text)


def _tells_sources_alone(text: str) -> bool:
    return bool(_SOURCES_SAID.search(text) and _FROM_WHOM.search(text)) and not _PURPOSES_SAID.search(text)


def legal_bases(document: Document) -> Field:
    """The bases of GDPR 6(1) that the notice itself names for its own processing."""
    found: dict[Basis, str] = {}
    for sentence in basis_sentences(document):
        for basis, pattern in _BASES.items():
            if pattern.search(sentence.text) or basis in _by_letter(sentence.text):
                found.setdefault(basis, sentence.text)
        if _laid_by_law(sentence.text):
            found.setdefault(Basis.LEGAL_OBLIGATION, sentence.text)
    if not found:
        return NOTHING
    return Field(
        tuple(str(basis) for basis in Basis if basis in found),
        next(iter(found.values())),
        SURE if document.under(Topic.BASIS) else LIKELY,
    )


def _by_letter(text: str) -> Iterator[Basis]:
    """The bases that a sentence names by the letters of GDPR 6(1)."""
    for found in _ARTICLE_6.finditer(text):
        yield from (_LETTERS[letter] for letter in re.findall(r"\b[abcf]\b", found["letters"].lower()))


def _laid_by_law(text: str) -> bool:
    """Whether a sentence says that a law leaves no choice, in whatever order it names the two; not of what a person
    has a right to, or of when something would be otherwise.
    """
    return bool(_LAW.search(text) and _OBLIGES.search(text)) and not _OF_OTHER_DUTIES.search(text)


def _stands_on(text: str) -> bool:
    """Whether a sentence without a heading gives a contract, a consent or an interest as the ground, in whatever words:
    "Kauppa on sopimus, ja sen varassa ..."; not of whom there is a contract with, nor of when it ends.
    """
    if not _GROUND.search(text) or _NO_GROUND.search(text) or names.organisations(text) or _names_a_time(text):
        return False
    return any(_BASES[basis].search(text) for basis in (Basis.CONTRACT, Basis.CONSENT, Basis.LEGITIMATE_INTEREST))


def basis_sentences(document: Document) -> Iterator[Sentence]:
    """Where the notice tells why it may process: under that heading, or where a sentence says it is the ground."""
    near = beside_rights(document)
    for sentence in document.sentences:
        if any(each.search(sentence.text) for each in (_CONDITIONAL, _LEGAL_LIST, _OF_THE_DEAL)):
            continue
        if sentence in near and _NOT_ERASED.search(sentence.text):
            continue
        if sentence.about(Topic.BASIS) or (
            not sentence.about(*_NO_BASIS_TOPICS)
            and (
                _BASIS_SAID.search(sentence.text)
                or _laid_by_law(sentence.text)
                or (sentence not in near and _stands_on(sentence.text))
                or (sentence.about(Topic.PURPOSES) and _BASIS_BESIDE.search(sentence.text))
            )
        ):
            yield sentence


def sources(document: Document) -> Field:
    if found := told(document, (Topic.SOURCES,), only=None):
        return found
    said = [
        sentence
        for sentence in document.sentences
        if _SOURCES_SAID.search(sentence.text)
        and not sentence.about(*RIGHTS, Topic.COOKIES)
        and not _PORTABILITY.search(sentence.text)  # what one has given is what one takes along
    ]
    said.sort(key=lambda each: not _FROM_WHOM.search(each.text))
    if not said:
        return NOTHING
    further = [each for each in _behind(document, said[-1]) if _SOMETIMES.match(each.text) and each not in said]
    return Field(prose([*said, *further]), said[0].text, LIKELY)


def _behind(document: Document, sentence: Sentence) -> Sequence[Sentence]:
    """The sentence right behind one, of the same section."""
    at = document.sentences.index(sentence) + 1
    return [each for each in document.sentences[at : at + 1] if each.section == sentence.section]


def retention(document: Document) -> Field:
    """How long data is kept: what stands under its heading, else the sentences that say it."""
    said = [each for each in retention_sentences(document) if not taken(each)]
    if found := told(document, (Topic.RETENTION,), only=said):
        return found
    return Field(prose(said), said[0].text, LIKELY) if said else NOTHING


def retention_sentences(document: Document) -> tuple[Sentence, ...]:
    """Every sentence that tells how long something is kept."""
    return tuple(
        each
        for each in document.sentences
        if (each.about(Topic.RETENTION) and not each.about(Topic.ERASURE))
        or (
            (each.about(Topic.RETENTION) or not each.about(*RIGHTS, Topic.SECURITY, Topic.COOKIES))
            and (_keeps(each.text) or any(map(_keeps, _LISTED.split(each.text))))
        )
    )


def _keeps(text: str) -> bool:
    """Whether a text says how long something is kept; not what is done when it is asked for."""
    told = (_KEEPS.search(text) and _names_a_time(text)) or _goes(text)
    return bool(told) and not _NOT_KEEPS.search(text)


def _names_a_time(text: str) -> bool:
    return bool(PERIOD.search(text) or _SPAN_SAID.search(text)) or is_numbered(text)


def _goes(text: str) -> bool:
    """Whether a sentence says that something kept about people goes, and when, in whatever order; not on request."""
    told = _RECORD.search(text) and _GOES.search(text) and _WHEN_IT_GOES.search(text)
    return bool(told) and not _GOES_OTHERWISE.search(text)
