"""Clauses on using the rights that one sentence's words do not decide alone: form, proof, time, complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.denials import asserts
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.how import SIGNED
from inbox_agent.rules.notice.matter import of_request
from inbox_agent.rules.notice.numbers import spans
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import words

_MONTH = 31
_DAYS_OF_A_MONTH = 30  # a careful reader takes thirty days for a month; letters promise the month itself (1182/71)
_SAYS_MONTH = re.compile(r"\b(?:kuukau|kk\b|month|månad)", re.IGNORECASE)
_ALWAYS = words("clauses.identity_always")
_ON_DOUBT = words("clauses.identity_on_doubt")
_IDENTITY = words("how.identity")
_CHECKED = words("how.identity_checked")
_ANSWERS = words("how.answers")
_EXTENDS = words("how.extends")
_COMPLAINT = words("clauses.complaint")
_OMBUDSMAN = words("how.ombudsman")
_AUTHORITY = words("clauses.authority")
_NARROW = words("clauses.complaint_narrow")
_GENERAL = words("clauses.complaint_general")
_BY_OWN_FORM = words("clauses.by_own_form")
_OTHER_WAY = words("clauses.other_way")
_EVERY_REQUEST = words("clauses.every_request")
_ONE_RIGHT = frozenset({Topic.ACCESS, Topic.RECTIFICATION})
_BEYOND_ONE_RIGHT = frozenset({Topic.COMPLAINT, Topic.ERASURE, Topic.OBJECTION})


def findings(document: Document, facts: Facts) -> Iterator[tuple[str, str | None]]:
    demanded = facts[Name.SIGNATURE_REQUIRED]
    if demanded.value is True and SIGNED.search(demanded.quote or ""):
        yield "signature_demanded", demanded.quote
    near = beside_rights(document)
    for sentence in document.sentences:
        if _identity_always(sentence.text) and of_request(sentence.text, sentence, near):
            yield "identity_always", sentence.text
        if _too_late(sentence, document.asked(sentence), promised=sentence.text == facts[Name.RESPONSE_TIME].quote):
            yield "response_time_too_long", sentence.text
    if form := _own_form_alone(document):
        yield "written_form_demanded", form.text
    yield from _complaint(document, facts)


def _own_form_alone(document: Document) -> Sentence | None:
    """Where an own form is the way to ask, and no other is told (EDPB 01/2022, 52-56): the sentence that says where
    every request must go, which leaves no choice, or else the one that names the form.
    """
    told = document.under(*RIGHTS)
    form = next((each for each in told if _BY_OWN_FORM.search(each.text)), None)
    if form is None or any(_OTHER_WAY.search(each.text) for each in told):
        return None
    return next((each for each in told if _EVERY_REQUEST.search(each.text)), form)


def _identity_always(text: str) -> bool:
    if not _IDENTITY.search(text) or not _CHECKED.search(text):
        return False
    return asserts(_ALWAYS, text) and not _ON_DOUBT.search(text)


def _too_late(sentence: Sentence, asked: str, *, promised: bool) -> bool:
    """An answer promised later than a month from the request, extensions apart. `asked`: the sentence with the heading
    that it answers; `promised`: it was read as the promised time.
    """
    if not (promised or sentence.about(*RIGHTS)) and "pyyn" not in sentence.text.lower():
        return False
    if not _ANSWERS.search(asked) or _EXTENDS.search(sentence.text) or sentence.about(Topic.RETENTION):
        return False
    allowed = _MONTH if _SAYS_MONTH.search(sentence.text) else _DAYS_OF_A_MONTH
    # Five working days are a week at least.
    days = [number * 7 / 5 if working else number for number, working in spans(sentence.text)]
    return max(days, default=0) > allowed


def _complaint(document: Document, facts: Facts) -> Iterator[tuple[str, str | None]]:
    told = [each for each in document.sentences if tells_of_complaint(each)]
    if not told:
        # A heading may ask whether one is content: by itself that tells no right.
        headings = [each.heading for each in document.sections_about(Topic.COMPLAINT)]
        if not any(_COMPLAINT.search(each) or "viranomai" in each or _OMBUDSMAN.search(each) for each in headings):
            yield "no_complaint_right", None
        return
    if not facts[Name.COMPLAINT_BODY_PRESENT].value:
        yield "complaint_body_unnamed", told[0].text
        return
    # Where the ombudsman is found says nothing of when one may complain.
    speaking = [each for each in told if _COMPLAINT.search(each.text)] or told
    if all(_only_for_one_right(each) for each in speaking):
        yield "complaint_narrowed", speaking[0].text


def tells_of_complaint(sentence: Sentence) -> bool:
    """Whether a sentence tells of the right to complain, or to whom."""
    named = bool(_OMBUDSMAN.search(sentence.text) or _AUTHORITY.search(sentence.text))
    if sentence.about(Topic.COMPLAINT) and named:
        return True
    return bool(_COMPLAINT.search(sentence.text)) and (named or sentence.about(*RIGHTS, Topic.COMPLAINT))


def _only_for_one_right(sentence: Sentence) -> bool:
    if _GENERAL.search(sentence.text):
        return False
    below_one = bool(sentence.topics & _ONE_RIGHT) and not sentence.topics & _BEYOND_ONE_RIGHT
    return bool(_NARROW.search(sentence.text)) or below_one
