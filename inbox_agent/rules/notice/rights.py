"""Which of the rights a notice tells at all (GDPR 13(2)(b)-(c)), and whether it narrows erasure or portability."""

from __future__ import annotations

from collections.abc import Iterator

from inbox_agent.rules.notice.abroad import without_its_law
from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.document import Document, Section, Sentence
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import families, words

TOLD = families("rights.told")
"""How each right is told, by its name in the findings."""

_ELSEWHERE = (Topic.COOKIES, Topic.SECURITY, Topic.TRANSFER, Topic.CHANGES, Topic.CONTENT)
_HEADED = {Topic.ACCESS: "access", Topic.RECTIFICATION: "rectification"}
_HEADED_AS_THE_LAW_HAS_IT = {
    Topic.ERASURE: "erasure",
    Topic.RESTRICTION: "restriction",
    Topic.OBJECTION: "objection",
    Topic.PORTABILITY: "portability",
    Topic.CONSENT: "consent_withdrawal",
}
_AS_THE_LAW_HAS_IT = words("rights.as_the_law_has_it")
_YES = words("rights.yes")
_CUE = words("rights.cue")
_NOT_TOLD = families("rights.not_told")
_NO_ERASURE = words("rights.no_erasure")
_ERASED_IF_WRONG = words("rights.erased_if_wrong")
_BY_LAW = words("rights.by_law")
_BY_PURPOSE = words("rights.by_purpose")
_IF_FEASIBLE = words("rights.if_feasible")
_DIRECTLY = words("rights.directly")
_FOR_PAYERS = words("rights.for_payers")


def findings(document: Document, facts: Facts) -> Iterator[tuple[str, str | None]]:
    held = told(document)
    consent = "consent" in (facts[Name.LEGAL_BASES].value or ())  # type: ignore[operator]
    for right in TOLD:
        if right not in held and (right != "consent_withdrawal" or consent):
            yield f"rights_missing:{right}", None
    sentences = tuple(_about_rights(document))
    yield from (("erasure_narrowed", each.text) for each in sentences if _narrows_erasure(each.text))
    yield from (("portability_narrowed", each.text) for each in sentences if _narrows_portability(each))


def told(document: Document) -> frozenset[str]:
    """The rights that the notice tells at all, by their names in the findings."""
    return frozenset(_by_heading(document)) | frozenset(
        right
        for right, pattern in TOLD.items()
        for sentence in _about_rights(document)
        if pattern.search(sentence.text) and not _is_something_else(right, sentence.text)
    )


def _is_something_else(right: str, text: str) -> bool:
    return right in _NOT_TOLD and _NOT_TOLD[right].search(without_its_law(text)) is not None


def _by_heading(document: Document) -> Iterator[str]:
    """The rights that a heading alone tells: in old forms with the way to use them below it, as one of a
    list, or as a question that is answered with yes ("Saanko ne pois? Saat").
    """
    for section in document.sections:
        if not section.topics.isdisjoint(_ELSEWHERE) and Topic.PORTABILITY not in section.topics:
            continue
        if section.sentences:
            yield from (right for topic, right in _HEADED.items() if topic in section.topics)
            yield from _by_reference(section)
        is_item = not section.sentences or section.heading[:1].islower()
        granted = section.heading.endswith("?") and any(_YES.match(each.text) for each in section.sentences[:1])
        if (is_item or granted) and not section.topics.isdisjoint(RIGHTS):
            yield from (right for right, pattern in TOLD.items() if pattern.search(section.heading))


def _by_reference(section: Section) -> Iterator[str]:
    """The rights that a heading names, where below it stands only when: "Poistaminen: 17 artiklan tilanteissa"."""
    for topic, right in _HEADED_AS_THE_LAW_HAS_IT.items():
        if topic in section.topics and any(
            _AS_THE_LAW_HAS_IT.search(each.text) and not _is_something_else(right, each.text)
            for each in section.sentences
        ):
            yield right


def _about_rights(document: Document) -> Iterator[Sentence]:
    """Sentences that tell what a person may do: under such headings, by their own words, or beside such ones."""
    near = beside_rights(document)
    for sentence in document.sentences:
        if (
            sentence.about(*RIGHTS, Topic.COMPLAINT)
            or sentence in near
            or (not sentence.about(*_ELSEWHERE) and _CUE.search(sentence.text))
        ):
            yield sentence


def _narrows_erasure(text: str) -> bool:
    """A blanket refusal without a legal duty behind it, or erasure of wrong data only (17(1) has six grounds)."""
    if _ERASED_IF_WRONG.search(text):
        return True
    return bool(_NO_ERASURE.search(text)) and (not _BY_LAW.search(text) or bool(_BY_PURPOSE.search(text)))


def _narrows_portability(sentence: Sentence) -> bool:
    """Receiving one's data is unconditional, whoever pays; only the direct way to another controller may depend on
    technology.
    """
    if _FOR_PAYERS.search(sentence.text) and TOLD["portability"].search(sentence.text):
        return True
    return bool(_IF_FEASIBLE.search(sentence.text)) and not _DIRECTLY.search(sentence.text)
