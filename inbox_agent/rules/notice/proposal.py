"""From what a notice says to the profile that keeps it: each setting with the words that it rests on.

Owns which words of a notice become which setting. Refuses to fill what the notice does not say: such a setting is
proposed without a value, for a person to give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, get_args

from inbox_agent.profile import Language
from inbox_agent.rules.language import language_of
from inbox_agent.rules.notice.abroad import safeguards
from inbox_agent.rules.notice.categories import as_written
from inbox_agent.rules.notice.channels import deputy
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import LIKELY, NOTHING, SURE, Facts, Field, Name, Transfer
from inbox_agent.rules.notice.linter import lint
from inbox_agent.rules.notice.numbers import spans
from inbox_agent.rules.notice.passages import MORE, prose
from inbox_agent.rules.notice.processors import processors
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

Setting: TypeAlias = str | bool | int | tuple[str, ...] | None

# The fewest days and working days that a month has: fewer are sooner than it, whenever it begins.
_SHORTEST_MONTH, _WORKING_DAYS_OF_A_MONTH = 28, 18
_WRITTEN = get_args(Language)  # letters are written in these, whatever else a notice serves in
_USUAL = "fi"  # the language of a profile that names none
_FEW_WORDS = 7
_AIMED_AT = words("proposal.aimed_at")
_FROM_MAKING = words("proposal.from_making")
_TELLS_SOURCE = words("proposal.tells_source")
_PICK_UP = words("proposal.pick_up")
_PUBLIC_MAIL = words("proposal.public_mail")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One setting of the profile. `value` None: the notice does not say, or says by a `quote` what cannot stand.
    `more`: it says more of it than is proposed.
    """

    section: str
    key: str
    value: Setting
    quote: str | None = None
    sure: float = 0.0
    more: bool = False


def proposal(document: Document, facts: Facts) -> tuple[Proposed, ...]:
    """The profile that a notice proposes, in the order of the profile's file."""
    return (
        *_controller(facts),
        _as("contact", "name", facts[Name.CONTACT_NAME]),
        _as("contact", "email", facts[Name.CONTACT_EMAIL]),
        _as("contact", "phone", facts[Name.CONTACT_PHONE]),
        *_deputy(document),
        *_choices(document, facts),
        *_processing(document, facts),
        *_promises(document, facts),
    )


def _as(section: str, key: str, field: Field) -> Proposed:
    return Proposed(section, key, field.value, field.quote, field.sure)


def _controller(facts: Facts) -> Iterator[Proposed]:
    named = facts[Name.CONTROLLERS]
    names = named.value if isinstance(named.value, tuple) else ()
    yield Proposed("controller", "name", names[0] if names else None, named.quote, named.sure)
    yield _as("controller", "business_id", facts[Name.BUSINESS_ID])
    yield _as("controller", "address", facts[Name.ADDRESS])
    email = facts[Name.CONTACT_EMAIL]
    domain = str(email.value or "").rpartition("@")[2]
    if domain and not _PUBLIC_MAIL.search(domain):
        yield Proposed("controller", "domains", (domain,), email.quote, LIKELY)
    if len(names) > 1 and facts[Name.JOINT_CONTROLLERS].value:
        yield Proposed("controller", "joint", names[1:], named.quote, named.sure)


def _deputy(document: Document) -> Iterator[Proposed]:
    name, mailbox = deputy(document)
    if name.value:
        yield _as("contact", "deputy_name", name)
    if mailbox.value:
        yield _as("contact", "deputy_email", mailbox)


def _choices(document: Document, facts: Facts) -> Iterator[Proposed]:
    special = next((each for each in lint(document, facts) if each.code == "special_category_basis_missing"), None)
    sensitive = special.quote if special else _special(document)
    if sensitive:
        yield Proposed("identity", "sensitivity", "sensitive", sensitive, LIKELY)
    prose_ = [each.text for each in document.sentences if len(each.text.split()) > _FEW_WORDS]
    if prose_ and (written := language_of("\n".join(prose_))) != _USUAL:
        yield Proposed("replies", "language", written, prose_[0], LIKELY)  # what is told of the processing is in it
    told = facts[Name.LANGUAGES]
    if isinstance(told.value, tuple) and (ours := tuple(code for code in told.value if code in _WRITTEN)):
        yield Proposed("replies", "languages", ours, told.quote, told.sure)
    time = facts[Name.RESPONSE_TIME]
    if time.value and _FROM_MAKING.search(str(time.value)):
        yield Proposed("deadlines", "count_from", "sending", time.quote, SURE)
    yield from _sooner(time)


def _sooner(time: Field) -> Iterator[Proposed]:
    """A promise of an answer sooner than the law's month; an aim is none, nor one with the month beside it."""
    told = spans(str(time.value or ""))
    if not told or _AIMED_AT.search(time.quote or ""):
        return
    days, working = max(told)
    if working and days <= _WORKING_DAYS_OF_A_MONTH:
        yield Proposed("deadlines", "answer_working_days", days, time.quote, SURE)
    elif not working and days < _SHORTEST_MONTH:
        yield Proposed("deadlines", "answer_days", days, time.quote, SURE)


def _special(document: Document) -> str | None:
    data = words("lacking.special_data")
    no_data = words("lacking.no_special_data")
    return next(
        (each.text for each in document.sentences if data.search(each.text) and not no_data.search(each.text)), None
    )


def _processing(document: Document, facts: Facts) -> Iterator[Proposed]:
    yield _told("purposes", facts[Name.PURPOSES])
    yield _told("categories", _text(document.under(Topic.CONTENT)))
    told = facts[Name.RECIPIENTS]
    names = tuple(map(as_written, told.value)) if isinstance(told.value, tuple) else None
    yield Proposed("processing", "recipients", names, told.quote, told.sure)
    if handling := processors(document):
        yield _as("processing", "processors", handling)
    yield _told("retention", facts[Name.RETENTION])
    yield _told("sources", facts[Name.SOURCES])
    transfer = facts[Name.TRANSFER]
    moved = None if safeguards(document) == {"privacy_shield"} else transfer.quote  # it carries nothing any more
    yield Proposed(
        "processing", "transfers", "" if transfer.value == Transfer.NO else moved, transfer.quote, transfer.sure
    )


def _told(key: str, field: Field) -> Proposed:
    """What the notice tells of the processing, without the mark of what is left out."""
    if not isinstance(field.value, str):
        return _as("processing", key, field)
    value = field.value.removesuffix(MORE)
    return Proposed("processing", key, value, field.quote, field.sure, more=value != field.value)


def _text(sentences: tuple[Sentence, ...]) -> Field:
    if not sentences:
        return NOTHING
    return Field(prose(sentences), sentences[0].text, SURE)


def _promises(document: Document, facts: Facts) -> Iterator[Proposed]:
    for sentence in document.sentences:
        if _TELLS_SOURCE.search(sentence.text):
            yield Proposed("promises", "tell_source", True, sentence.text, SURE)
            break
    for sentence in document.sentences:
        if _PICK_UP.search(sentence.text) and facts[Name.ADDRESS].value:
            yield Proposed("promises", "pick_up", facts[Name.ADDRESS].value, sentence.text, LIKELY)
            break
