"""Whether what was not found is missing, or only was not understood: the one is told as a fault, the other is asked.

Owns the looser look: words that hint at what a strict reading did not find, and whether the notice was read at all.
What a notice lacks can be said only of one that is understood; in doubt a person is asked instead of blamed.
Refuses to fill anything: a hint is no reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from inbox_agent.rules.notice import abroad, marks, names, rights, what
from inbox_agent.rules.notice.clauses import tells_of_complaint
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.takings import taken
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import families, words

_HINTS = families("doubts.hints")
_NO_HINTS = families("doubts.no_hints")
_ANSWERS = words("how.answers")
_LAW = words("how.law")
_LAW_BEFORE = 20  # characters before a date that tell whose it is
_ELSEWHERE = {
    "rights_missing": frozenset(
        {
            Topic.RETENTION,
            Topic.TRANSFER,
            Topic.COOKIES,
            Topic.SECURITY,
            Topic.RECIPIENTS,
            Topic.CONTENT,
            Topic.PURPOSES,
        }
    ),
    "retention_missing": RIGHTS | {Topic.PURPOSES, Topic.CONTENT, Topic.COOKIES, Topic.SECURITY, Topic.COMPLAINT},
    "legal_basis_missing": RIGHTS | {Topic.TRANSFER, Topic.RECIPIENTS, Topic.COOKIES, Topic.SECURITY},
}
"""Under which headings words that look like a thing are about another."""
_OWN = {"legal_basis_missing": frozenset({Topic.BASIS, Topic.PURPOSES})}
_CHANNELS = (Name.CONTACT_EMAIL, Name.CONTACT_PHONE)
_CONTENT = (
    Name.PURPOSES,
    Name.LEGAL_BASES,
    Name.SOURCES,
    Name.RECIPIENTS,
    Name.RETENTION,
    Name.COMPLAINT_BODY_PRESENT,
)
_KINDS = (
    Name.CONTROLLERS,
    Name.ADDRESS,  # what follows is told by notices only
    Name.PURPOSES,
    Name.LEGAL_BASES,
    Name.SOURCES,
    Name.RECIPIENTS,
    Name.TRANSFER,
    Name.RETENTION,
    Name.RESPONSE_TIME,
    Name.FEE_CLAUSE,
    Name.IDENTITY_CLAUSE,
)
_OF_DATA = words("doubts.of_data")
_OF_NOTICES = RIGHTS | {
    Topic.CONTROLLER,
    Topic.DPO,
    Topic.REGISTER,
    Topic.PURPOSES,
    Topic.BASIS,
    Topic.CONTENT,
    Topic.SOURCES,
    Topic.RECIPIENTS,
    Topic.TRANSFER,
    Topic.RETENTION,
    Topic.COMPLAINT,
}
_FEWEST = 2  # of the labelled notices each has three at least, of other texts none more than one
_HALF_OF_KINDS, _SOME_OF_KINDS = 7, 4  # of the fourteen: eleven fields, a channel, the rights, the complaint
_BY_SHAPE = frozenset({"business_id_missing", "no_address", "contact_missing", "no_email_channel"})
"""What is told by figures and signs, whatever words stand around them."""


def is_notice(document: Document, facts: Facts) -> bool:
    """Whether a text tells of personal data as a privacy notice does: by headings or by what was read of it. Terms of
    service and rules of an association also speak of fees, signatures and identity, of things that are no requests.
    """
    topics = frozenset[Topic]().union(*(section.topics for section in document.sections)) & _OF_NOTICES
    told = sum(bool(facts[name].value) for name in _CONTENT)
    return _OF_DATA.search(document.text) is not None and max(len(topics), told) >= _FEWEST


def is_hinted(code: str, document: Document, facts: Facts) -> bool:
    """Whether looser words hint at what a code says is missing. At recipients that are told under no heading hints any
    organisation beside the controller.
    """
    if code == "recipients_unnamed":
        return not document.under(Topic.RECIPIENTS) and any(_others(document, facts))
    return any(_hints(code, document))


def _others(document: Document, facts: Facts) -> Iterator[str]:
    ours = facts[Name.CONTROLLERS].value
    for section in document.sections:
        if section.topics.isdisjoint({Topic.CONTROLLER, Topic.COMPLAINT, Topic.SOURCES}):
            named = (name for name, _ in names.organisations(section.text))
            yield from (name for name in named if not (isinstance(ours, tuple) and name in ours))


def understood(code: str, document: Document, facts: Facts) -> bool:
    """Whether enough of the kinds of things that a notice tells were read in it, whatever it lacks of the rest, to say
    of what this code stands for that it is missing: half of them, fewer where its shape would have shown it.
    """
    read = [bool(facts[name].value) for name in _KINDS]
    read.append(any(facts[name].value for name in _CHANNELS))
    read.append(bool(rights.told(document)))
    read.append(any(map(tells_of_complaint, document.sentences)))
    some = code in _BY_SHAPE or not any(_unread(document, facts))
    return sum(read) >= (_SOME_OF_KINDS if some else _HALF_OF_KINDS)


def _unread(document: Document, facts: Facts) -> Iterator[Sentence]:
    """The sentences on personal data that stand under no known heading, tell no right and gave no field: a short notice
    without any says little, and is not misread.
    """
    quotes = [field.quote for field in facts.values() if field.quote]
    for sentence in document.sentences:
        text = sentence.text
        if (
            sentence.topics
            or not text.endswith((".", "!"))
            or not _OF_DATA.search(text)
            or any(text in quote or quote in text for quote in quotes)
        ):
            continue
        if not (taken(sentence) or any(told.search(text) for told in rights.TOLD.values())):
            yield sentence


def _hints(code: str, document: Document) -> Iterator[str]:
    if code == "undated":
        yield from _dates(document)
    if code not in _HINTS:
        return
    family = code.partition(":")[0]
    read = frozenset(_read_otherwise(family, document))
    for sentence in document.sentences:
        if sentence in read or (
            sentence.about(*_ELSEWHERE.get(family, ())) and not sentence.about(*_OWN.get(family, ()))
        ):
            continue
        if family == "retention_missing" and _ANSWERS.search(sentence.text):
            continue
        denied = _NO_HINTS.get(code)
        if _HINTS[code].search(sentence.text) and not (denied and denied.search(sentence.text)):
            yield sentence.text


def _read_otherwise(family: str, document: Document) -> tuple[Sentence, ...]:
    """The sentences that are read as telling another thing than what is missing."""
    if family == "rights_missing":
        return what.retention_sentences(document)
    return abroad.transfer_sentences(document) if family == "retention_missing" else ()


def _dates(document: Document) -> Iterator[str]:
    """Dates that may be the notice's own: none of a law's."""
    for section in document.sections:
        for text in (section.heading, *section.lines):
            for day, start in marks.dates(text):
                if not _LAW.search(text[max(0, start - _LAW_BEFORE) : start]):
                    yield day
