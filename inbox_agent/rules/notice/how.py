"""How a person uses their rights by this notice: time, fee, proof, form, languages, complaint, officer, age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice, takewhile

from inbox_agent.rules.notice import marks, names, who
from inbox_agent.rules.notice.beside import beside_rights
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import GUESS, LIKELY, NOTHING, SURE, Field
from inbox_agent.rules.notice.matter import asks_where, of_request
from inbox_agent.rules.notice.passages import prose, stretch
from inbox_agent.rules.notice.topics import NUMBER, RIGHTS, Topic
from inbox_agent.rules.notice.wording import families, words

_ANSWERS = words("how.answers")
_TIME = words("how.time")
_OF_ANOTHER = words("how.of_another")
_EXTENDS = words("how.extends")
_FEE = words("how.fee")
_FREE_THING = words("how.free_thing")
_ONLY_SOME = words("how.fee_for_some")
_ABOUT_REQUEST = words("how.about_request")
_IDENTITY = words("how.identity")
_IDENTITY_CHECKED = words("how.identity_checked")
_IDENTITY_OF_OTHERS = words("how.identity_of_others")
_IDENTITY_ON_DOUBT = words("clauses.identity_on_doubt")
_IDENTITY_ALWAYS = words("clauses.identity_always")
SIGNED = words("how.signed")
"""Words by which a notice speaks of a signature."""
_EMAIL_REFUSED = words("how.email_refused")
_NOT_SIGNED = words("how.not_signed")
_PLAIN_WAY = words("how.plain_way")
_ASKS_FOR_OWN_DATA = words("how.asks_for_own_data")
_REQUESTS = words("how.requests")
_LANGUAGES = families("how.languages")
_LISTED_LANGUAGES = families("how.listed_languages")
_LANGUAGE_SAID = words("how.language_said")
_LISTS_LANGUAGES = words("how.lists_languages")
_OMBUDSMAN = words("how.ombudsman")
_DPO = words("how.dpo")
_NO_DPO = words("how.no_dpo")
_DATED = words("how.dated")
_LAW = words("how.law")
_LAW_WORDS = words("how.law_words")
_AT_THE_END, _AT_THE_HEAD = 4, 6  # lines of a notice that may be nothing but its date
_DATE_AT_THE_END = 12
_BARE_ANSWER = 2  # words that say nothing without their question
_LONGEST_ANSWER = 3  # sentences
_DATE_LINE = re.compile(r"^[\w\s,.:–()|-]{0,40}$")


def response_time(document: Document) -> Field:
    """The clause that promises when an answer comes."""
    for sentence in _request_sentences(document):
        found = _TIME.search(sentence.text)
        if sentence.about(*RIGHTS) and not of_request(sentence.text, sentence, frozenset()):
            continue  # "tilauksen voi peruuttaa 14 päivän kuluessa"
        if found and _ANSWERS.search(document.asked(sentence)):
            clause = _OF_ANOTHER.split(found[0], maxsplit=1)[0].strip(" ,;()")
            return Field(clause, sentence.text, SURE if not _EXTENDS.search(sentence.text) else LIKELY)
    return NOTHING


def _request_sentences(document: Document) -> list[Sentence]:
    """Sentences about requests and their answers, those under their own headings first."""
    excluded = (
        Topic.RETENTION,
        Topic.RECIPIENTS,
        Topic.PURPOSES,
        Topic.SOURCES,
        Topic.TRANSFER,
        Topic.COOKIES,
        Topic.SECURITY,
        Topic.CONTENT,
    )
    near = beside_rights(document)
    own = [each for each in document.sentences if each.about(*RIGHTS) or each in near]
    return own + [each for each in document.sentences if each not in own and not each.about(*excluded)]


def fee_clause(document: Document) -> Field:
    """What using the rights costs, by the sentence that tells it for every request before one for some of them."""
    near = beside_rights(document)
    told = [
        sentence
        for sentence in _request_sentences(document)
        if _FEE.search(_FREE_THING.sub("", document.asked(sentence))) and _is_of_rights(document, sentence, near)
    ]
    told.sort(key=lambda each: _ONLY_SOME.search(each.text) is not None)
    if not told:
        return NOTHING
    if len(told[0].text.split()) <= _BARE_ANSWER and not _FEE.search(told[0].text):
        whole = document.asked(told[0])
        return Field(whole, whole, LIKELY)
    clause = _with_what_follows(document, told[0])
    return Field(prose(clause), stretch(document, clause), LIKELY)


def _is_of_rights(document: Document, sentence: Sentence, near: Set[Sentence]) -> bool:
    """Whether what a sentence says of money is said of using the rights, by its words or by where it stands."""
    if sentence.about(*RIGHTS) or sentence in near:
        asked = document.asked(sentence)
        return _ABOUT_REQUEST.search(asked) is not None or asks_where(_FEE, sentence, near)
    return bool(_ABOUT_REQUEST.search(sentence.text) and _ASKS_FOR_OWN_DATA.search(sentence.text))


def _with_what_follows(document: Document, first: Sentence) -> list[Sentence]:
    """A sentence on fees, and those right behind it that go on about them ("A fee may be charged only if ...")."""
    at = document.sentences.index(first)
    further = takewhile(
        lambda each: each.section == first.section and _FEE.search(each.text) is not None, document.sentences[at + 1 :]
    )
    return [first, *further]


def identity_clause(document: Document) -> Field:
    """How it is made sure who asks, by the sentence that says when before one that only mentions it."""
    told = [
        sentence
        for sentence in _request_sentences(document)
        if _IDENTITY.search(document.asked(sentence))
        and _IDENTITY_CHECKED.search(document.asked(sentence))
        and not _IDENTITY_OF_OTHERS.search(sentence.text)
    ]
    told.sort(key=_only_mentions_identity)
    if not told:
        return NOTHING
    clause = told[:1] if _IDENTITY.search(told[0].text) else _answer(document, told[0])
    return Field(prose(clause), stretch(document, clause), LIKELY)


def _only_mentions_identity(sentence: Sentence) -> bool:
    """Whether a sentence speaks of identity and does not say when it is proved; what answers a question does."""
    text = sentence.text
    says_when = _IDENTITY_ON_DOUBT.search(text) or _IDENTITY_ALWAYS.search(text)
    return _IDENTITY.search(text) is not None and not says_when


def _answer(document: Document, first: Sentence) -> list[Sentence]:
    """What answers a question in its heading, from the sentence that begins to."""
    at = document.sentences.index(first)
    told = takewhile(lambda each: each.section == first.section, document.sentences[at:])
    return list(islice(told, _LONGEST_ANSWER))


def signature_required(document: Document) -> Field:
    """True where an ordinary e-mail would not do, since it must be signed or is not taken at all; False where the
    notice shows a way that it would, else None.
    """
    near = beside_rights(document)
    for sentence in _request_sentences(document):
        if not _NOT_SIGNED.search(sentence.text) and asks_where(SIGNED, sentence, near, unless_denied=True):
            return Field(True, sentence.text, SURE)
    for sentence in _request_sentences(document):
        if _EMAIL_REFUSED.search(sentence.text) and _REQUESTS.search(sentence.text):
            return Field(True, sentence.text, SURE)
    for sentence in _request_sentences(document):
        if sentence.about(*RIGHTS, Topic.CONTACT) and _shows_a_way(sentence.text):
            return Field(False, sentence.text, LIKELY)
    return NOTHING


def _shows_a_way(text: str) -> bool:
    """Whether a sentence names a way of asking that needs no hand signature; an own form may need one."""
    named = _PLAIN_WAY.search(text) is not None or any(marks.emails(text))
    return named and _REQUESTS.search(text) is not None and "lomakkeella" not in text


def languages(document: Document) -> Field:
    """The languages in which the notice says one is served, as it orders them."""
    for sentence in document.sentences:
        listed = sentence.about(Topic.LANGUAGES) or _LISTS_LANGUAGES.search(sentence.text)
        if not (listed or _LANGUAGE_SAID.search(sentence.text)):
            continue
        found = [
            (match.start(), code)
            for code, pattern in (*_LANGUAGES.items(), *(_LISTED_LANGUAGES.items() if listed else ()))
            if (match := pattern.search(sentence.text))
        ]
        if found:
            return Field(tuple(dict.fromkeys(code for _, code in sorted(found))), sentence.text, LIKELY)
    return NOTHING


def complaint_body_present(document: Document) -> Field:
    """Whether the ombudsman is named as the one to complain to."""
    for sentence in (*document.under(Topic.COMPLAINT), *document.under(*RIGHTS), *document.sentences):
        if _OMBUDSMAN.search(sentence.text):
            return Field(True, sentence.text, SURE)
    heading = next((section.heading for section in document.sections if _OMBUDSMAN.search(section.heading)), None)
    return Field(True, heading, LIKELY) if heading else Field(False, None, LIKELY)


def dpo(document: Document) -> Field:
    """The data protection officer, by name, else by the address given."""
    if _NO_DPO.search(document.text):
        return NOTHING
    own = [
        line
        for section in document.sections_about(Topic.DPO)
        for line in section.lines
        if Topic.CONTACT not in section.topics or _DPO.search(line) or _DPO.match(_bare(section.heading))
    ]
    said = [sentence.text for sentence in document.sentences if _DPO.search(sentence.text)]
    ours = set(who.controllers(document).value or ())  # type: ignore[arg-type]  # a list or nothing
    for lines, sure in ((own, SURE), (said, LIKELY)):
        for find in (names.persons, _firms if lines is own else marks.emails, marks.emails):
            for line in lines:
                for value, _ in find(line):
                    if value not in ours:
                        return Field(value, line, sure)
    return NOTHING


def _bare(heading: str) -> str:
    return NUMBER.sub("", heading, count=1)


def _firms(line: str) -> Iterator[tuple[str, int]]:
    """An officer that is a company, which a line names first."""
    return ((name, start) for name, start in names.organisations(line) if start == 0)


def last_updated(document: Document) -> Field:
    """The latest date that the notice gives for itself."""
    dated = [
        (day, text)
        for section in document.sections
        for text in (section.heading, *section.lines)
        if _DATED.search(text) or Topic.UPDATED in section.topics
        for day, start in marks.dates(text)
        if not _LAW.search(text[max(0, start - 20) : start])
    ]
    if dated:
        day, text = max(dated)
        return Field(day, text if len(text) < 300 else text[:300], SURE)
    lines = [line for section in document.sections for line in (section.heading, *section.lines)]
    for line in (*reversed(lines[-_AT_THE_END:]), *lines[:_AT_THE_HEAD]):
        for day, start in marks.dates(line):
            ends_with_it = len(line) - start <= _DATE_AT_THE_END and not _LAW_WORDS.search(line)
            if ends_with_it or (_DATE_LINE.match(line) and not _LAW_WORDS.search(line)):
                return Field(day, line, GUESS)
    return NOTHING
