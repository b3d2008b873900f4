"""What the assistant learns from its person: a corrected mail, a phrase of it that the person accepts, the file.

Every correction is recorded by `services.review` with the act that it is; here stands what may follow. Nothing is
remembered but what a person has read and accepted. Sends nothing, and moves no mail that was judged before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import letters, proposed_phrases
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.own_phrases import Classifies, Heard, hear, heard, without
from inbox_agent.rules.parse import InboundMessage, parse
from inbox_agent.rules.phrasebook import NOT_REQUEST, REQUEST, OwnPhrase, OwnPhrases, Says
from state.errors import NotFound
from state.model import CaseKey, Event, Judgement, Message, MessageKey, Relation, RequestKind, Verdict
from state.store.store import Store


class Book(Protocol):
    """Where the phrases are kept. Raises BrokenPhrases."""

    def read(self) -> OwnPhrases: ...

    def remember(self, phrase: OwnPhrase) -> None: ...

    def forget(self, words: tuple[str, ...]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """What could be learned from one corrected mail: phrases to be remembered, and ones that said the opposite of it,
    which are to be forgotten.
    """

    message: MessageKey
    judgement: Judgement
    phrases: tuple[str, ...]
    wrong: tuple[OwnPhrase, ...]


@dataclass(frozen=True, slots=True)
class Learning:
    """A person's hands on the book of phrases."""

    store: Store
    profile: ControllerProfile
    book: Book
    recogniser: Callable[[], Classifies]
    now: Callable[[], datetime]
    person: str

    def lesson_of_case(self, case: CaseKey) -> Lesson | None:
        """The lesson of the mail that opened a case."""
        opening = opening_mail(self.store, case)
        return self.lesson(opening.key) if opening else None

    def lesson(self, key: MessageKey) -> Lesson | None:
        """What the newest correction of a mail could teach; None where it teaches nothing new."""
        corrections = self.store.corrections.of_message(key)
        message = self._read(key)
        if not corrections or message is None:
            return None
        after, standing = corrections[-1].after, hear(message, self.book.read())
        says = _says(after)
        agreeing = [one for one in standing if one.phrase.says == says]
        wrong = tuple(dict.fromkeys(one.phrase for one in standing if one.phrase.says != says))
        phrases = self._proposed(message, says, agreeing)
        return Lesson(key, after, phrases, wrong) if phrases or wrong else None

    def outlook(self, lesson: Lesson, texts: Sequence[str]) -> Verdict:
        """What a mail such as this one would be taken for if these phrases were remembered."""
        message, recogniser = self._read(lesson.message), self.recogniser()
        if message is None:
            raise NotFound("message", lesson.message)
        new = tuple(self._phrase(text, lesson.judgement) for text in texts)
        kept = tuple(one for one in self.book.read().phrase if one not in lesson.wrong)
        return heard(
            recogniser.classify(message), message, OwnPhrases(phrase=(*kept, *new)), recogniser.classify
        ).verdict

    def remember(self, lesson: Lesson, texts: Sequence[str]) -> None:
        """Keep what the person accepted; forget what said the opposite. Raises BrokenPhrases."""
        for phrase in lesson.wrong:
            self.book.forget(phrase.words)
        for text in texts:
            self.book.remember(self._phrase(text, lesson.judgement))

    def _proposed(self, message: InboundMessage, says: Says, agreeing: Sequence[Heard]) -> tuple[str, ...]:
        if says == REQUEST:
            return () if agreeing else proposed_phrases.for_request(message, self.recogniser())
        return proposed_phrases.for_not_request(without(message, agreeing), self.recogniser())

    def _phrase(self, text: str, judgement: Judgement) -> OwnPhrase:
        rights = {str(kind): kind for kind in RequestKind}
        says = _says(judgement)
        kinds = [rights[kind] for kind in judgement.kinds if kind in rights] if says == REQUEST else []
        return OwnPhrase(text=text, says=says, kinds=tuple(kinds), by=self.person, on=helsinki_date(self.now()))

    def _read(self, key: MessageKey) -> InboundMessage | None:
        try:
            raw = self.store.mails.raw(key)
        except NotFound:  # purged meanwhile
            return None
        return parse(raw, self.profile.identity.trusted_authserv_ids, self.profile.controller.domains)


def correct(store: Store, case: CaseKey, verdict: Verdict, event: Event) -> None:
    """Record what a person's word about a case says of the mail that opened it."""
    opening = opening_mail(store, case)
    if opening is not None:
        live = dict.fromkeys(str(request.kind) for request in letters.live_requests(store.cases.get(case)))
        kinds = tuple(live) if verdict is Verdict.REQUEST else ()
        store.corrections.record(opening.key, Judgement(verdict, kinds), event)


def opening_mail(store: Store, case: CaseKey) -> Message | None:
    """The mail that a case began with."""
    return next((mail for mail in store.mails.of_case(case) if mail.relation is Relation.OPENING), None)


def _says(judgement: Judgement) -> Says:
    return REQUEST if judgement.verdict is Verdict.REQUEST else NOT_REQUEST
