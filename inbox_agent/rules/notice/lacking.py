"""What a notice lacks about who, why, to whom and where (GDPR 13(1), 26(2)): decided from what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.fold import fold
from inbox_agent.rules.notice import abroad, channels, marks, names, who
from inbox_agent.rules.notice.document import Document, Section, Sentence
from inbox_agent.rules.notice.facts import GUESS, Facts, Name, Transfer
from inbox_agent.rules.notice.placeholders import placeholders
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import words

Found = Iterator[tuple[str, str | None]]

_LEGAL_PERSON = words("lacking.legal_person")
_ROLE = words("lacking.role_mailbox")
_ONLY_TO_CONTACT = words("lacking.only_to_contact")
_ONE_READER = words("lacking.one_reader")
_ESSENCE = words("lacking.joint_essence")
_ESSENCE_HIDDEN = words("lacking.joint_essence_hidden")
_CONFLICT = words("lacking.dpo_conflict")
_REPORTS = words("lacking.dpo_reports")
_SPECIAL = words("lacking.special_data")
_NO_SPECIAL = words("lacking.no_special_data")
_ARTICLE_9 = words("lacking.article_9")
_NOT_DISCLOSED = words("lacking.not_disclosed")
_TO_OTHERS = words("lacking.to_others")
_RELATION = words("lacking.relation_as_basis")
_MARKETING = words("lacking.marketing")
_NO_MARKETING = words("lacking.no_marketing")
_OTHER_BASIS = words("lacking.other_basis")


def findings(document: Document, facts: Facts) -> Found:
    yield from _controller(document, facts)
    yield from _channels(document, facts)
    yield from _reasons(document, facts)
    yield from _receivers(document, facts)
    yield from _leftovers(document, facts)


def _controller(document: Document, facts: Facts) -> Found:
    named = facts[Name.CONTROLLERS]
    ids = channels.business_ids(document)
    if named.value is None:
        yield "controller_not_legal_person", None
    elif named.sure <= GUESS and not ids and not any(map(_LEGAL_PERSON.search, _names(named.value))):
        yield "controller_not_legal_person", named.quote
    if not ids:
        yield "business_id_missing", None
    elif not any(valid for _, _, valid in ids):
        yield "business_id_invalid", ids[0][1]
    if facts[Name.ADDRESS].value is None:
        yield "no_address", None
    told = any(map(_tells_essence, _of_joint(document))) or any(map(_heads_essence, document.sections))
    if facts[Name.JOINT_CONTROLLERS].value and not told:
        yield "joint_essence_missing", facts[Name.JOINT_CONTROLLERS].quote


def _tells_essence(sentence: Sentence) -> bool:
    return bool(_ESSENCE.search(sentence.text)) and not _ESSENCE_HIDDEN.search(sentence.text)


def _heads_essence(section: Section) -> bool:
    """Whether a heading says that what the controllers agreed stands below it, and it does."""
    told = [each for each in section.sentences if not _ESSENCE_HIDDEN.search(each.text)]
    return Topic.JOINT in section.topics and bool(told and _ESSENCE.search(section.heading))


def _of_joint(document: Document) -> Iterator[Sentence]:
    """What stands under their headings, and where a notice without any speaks of them."""
    spoken = {sentence.section for sentence in document.sentences if who.JOINT.search(sentence.text)}
    for sentence in document.sentences:
        if sentence.about(Topic.JOINT, Topic.CONTROLLER, Topic.CONTACT) or sentence.section in spoken:
            yield sentence


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _channels(document: Document, facts: Facts) -> Found:
    if all(facts[name].value is None for name in (Name.CONTACT_NAME, Name.CONTACT_EMAIL, Name.CONTACT_PHONE)):
        yield "contact_missing", None
    if facts[Name.CONTACT_EMAIL].value is None:
        yield "no_email_channel", None
        if alone := _reached_by_a_person_alone(document, facts):
            yield "single_contact", alone
    elif said := next((each for each in document.sentences if _ONE_READER.search(each.text)), None):
        yield "single_contact", said.text
    elif not _officer_beside(facts) and all(
        _personal(mailbox, _persons(document, facts)) for mailbox in channels.all_emails(document)
    ):
        yield "single_contact", facts[Name.CONTACT_EMAIL].quote
    elif facts[Name.CONTACT_NAME].value is not None and (only := _only_to_contact(document)):
        yield "single_contact", only.text
    officer = facts[Name.DPO]
    beside = _lines_with(document, str(officer.value)) if officer.value is not None else ()
    if any(_CONFLICT.search(text) and not _REPORTS.search(text) for text in beside):
        yield "dpo_conflict", officer.quote


def _reached_by_a_person_alone(document: Document, facts: Facts) -> str | None:
    """The contact person's telephone, where it is the only one told and the postal address is care of that person."""
    person, phone, address = facts[Name.CONTACT_NAME], facts[Name.CONTACT_PHONE], facts[Name.ADDRESS]
    if None in (person.value, phone.value, address.value):
        return None
    numbers = {number for section in document.sections for number, _ in marks.phones(section.text)}
    care_of = f"c/o {person.value}" in (address.quote or "")
    return phone.quote if care_of and len(numbers) == 1 else None


def _officer_beside(facts: Facts) -> bool:
    """Whether a data protection officer is named beside a contact person: two may be reached, not one alone."""
    officer, contact = facts[Name.DPO].value, facts[Name.CONTACT_NAME].value
    return officer is not None and contact is not None and str(officer) != str(contact)


def _persons(document: Document, facts: Facts) -> str:
    """The persons whom the notice names, those apart who are part of the controller's name; by one name too."""
    own = frozenset(" ".join(_names(facts[Name.CONTROLLERS].value)).split())
    named = (person for section in document.sections for person, _ in names.persons(section.text))
    contact = facts[Name.CONTACT_NAME].value
    return " ".join(
        (
            *(person for person in named if not set(person.split()) & own),
            *((contact,) if isinstance(contact, str) else ()),
        )
    )


def _only_to_contact(document: Document) -> Sentence | None:
    """The sentence by which requests must go to the contact person."""
    return next((each for each in document.under(*RIGHTS) if _ONLY_TO_CONTACT.search(each.text)), None)


def _personal(mailbox: str, name: str) -> bool:
    """Whether a mailbox is a person's own: it holds their name, or two words of which none is a role."""
    local = mailbox.partition("@")[0]
    parts = [part for part in re.split(r"[._-]", local) if part]
    if any(len(part) > 2 and part in fold(local) for part in fold(name).replace("-", "").split()):
        return True
    return len(parts) == 2 and all(part.isalpha() and len(part) > 1 for part in parts) and not _ROLE.search(local)


def _lines_with(document: Document, words_: str) -> Iterator[str]:
    return (line for section in document.sections for line in section.lines if words_ in line)


def _reasons(document: Document, facts: Facts) -> Found:
    bases = facts[Name.LEGAL_BASES]
    wrong = next((each for each in document.sentences if _RELATION.search(each.text)), None)
    if bases.value is None and wrong:
        yield "legal_basis_wrong", wrong.text
    elif bases.value is None and not any(_OTHER_BASIS.search(each.text) for each in document.sentences):
        yield "legal_basis_missing", None
    if bases.value == ("contract",) and _for_marketing(document):
        yield "legal_basis_wrong", bases.quote
    told = [
        each
        for each in document.sentences
        if _SPECIAL.search(each.text) and not _NO_SPECIAL.search(each.text) and not each.about(Topic.RIGHTS)
    ]
    if told and not _ARTICLE_9.search(document.text):
        # Whoever gets data tells less of what it is than any other line.
        shown = next((each for each in told if not each.about(Topic.RECIPIENTS)), told[0])
        yield "special_category_basis_missing", shown.text


def _for_marketing(document: Document) -> bool:
    told = document.under(Topic.PURPOSES, Topic.BASIS)
    return any(_MARKETING.search(each.text) and not _NO_MARKETING.search(each.text) for each in told)


def _receivers(document: Document, facts: Facts) -> Found:
    if facts[Name.RECIPIENTS].value is None:
        told = document.under(Topic.RECIPIENTS)
        denied = (each.text for each in told or document.sentences if _NOT_DISCLOSED.search(each.text))
        # That nothing goes abroad says nothing of who gets it here.
        if not any(_TO_OTHERS.search(text) or not abroad.speaks_of_abroad(text) for text in denied):
            yield "recipients_unnamed", told[0].text if told else None
    transfer = facts[Name.TRANSFER]
    if transfer.value is None:
        outside = [each for each in document.sentences if abroad.SERVICES.search(each.text)]
        if outside:
            yield "transfer_missing", outside[0].text
    elif transfer.value in {Transfer.YES, Transfer.POSSIBLE} and not abroad.safeguards(document):
        yield "transfer_basis_missing", transfer.quote


def _leftovers(document: Document, facts: Facts) -> Found:
    if left := next(placeholders(document.text), None):
        line = next((line for line in document.text.splitlines() if left.split("\n")[0] in line), left)
        yield "placeholder_left", line
    if facts[Name.LAST_UPDATED].value is None:
        yield "undated", None
