"""A person's letters about a case as a whole: written, edited, rejected, and settled where nobody knows if one left.

Sends nothing and approves nothing; a letter that tells outcomes is written by `services.deciding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import deadlines, duties, extending, leaving, letters
from inbox_agent.services import settle
from inbox_agent.services.acting import Acting
from inbox_agent.services.writing import Voice, Writing, untouched
from replies.catalogue import letter_facts
from replies.context import NO_FACTS
from replies.facts import FactKind
from state.errors import IllegalTransition
from state.model import Act, Case, CaseKey, Draft, DraftKey, DraftStatus, Letter, RequestKind


@dataclass(frozen=True, slots=True)
class Corresponding(Acting):
    def propose(
        self, case: CaseKey, letter: Letter, *, question: str = "", facts: Mapping[str, str] = NO_FACTS
    ) -> DraftKey:
        """Compose a letter with the facts of its own (`replies.catalogue.letter_facts`).

        Raises UsageProblem where such a letter cannot be written about this case now, where the law gives no extension,
        for a reason of our own, or of numbers where the person waits for one answer alone; MissingFacts.
        """
        stored = self.store.cases.get(case)
        if code := letters.obstacle(stored, letter, self.today(), self.store.duties.of_case(case)):
            raise UsageProblem(code, stored.number)
        if letter is Letter.LATE_DELIVERY:
            return self._propose_late_delivery(stored, facts)
        if letter is Letter.EXTENSION:
            return self._propose_extension(stored, facts)
        if facts.get("fee_ground") == "further_copy" and _kinds(stored, letter) != {RequestKind.ACCESS}:
            raise UsageProblem("copy_of_access_only", stored.number)
        said = question or facts.get("question", "")
        recorded = {**facts, **({"question": said} if said else {})}
        return self.write(stored, letter, lambda context: replace(context, question=said, facts=facts), recorded)

    def _propose_extension(self, stored: Case, facts: Mapping[str, str]) -> DraftKey:
        """Compose the notice of an extension (GDPR 12(3)). The dates move only when the notice has been sent."""
        reason, explained = facts.get("extension_reason", ""), facts.get("extension_explained", "")
        about = letters.concerned(stored, Letter.EXTENSION)
        if said := extending.unlawful(explained, stored.language):
            raise UsageProblem("extension_explained", said)
        if not extending.by_number(reason, (stored, *self.store.cases.others_of_person(stored.key))):
            raise UsageProblem("one_request_only", stored.number)
        promise = min(extending.new_promise(stored, request, reason, self.today()) for request in about)
        return self.write(
            stored,
            Letter.EXTENSION,
            lambda context: replace(
                context, new_promise=promise, extension_reason=reason, extension_explained=explained, facts=facts
            ),
            facts={**facts, "reason": reason},
        )

    def _propose_late_delivery(self, stored: Case, facts: Mapping[str, str]) -> DraftKey:
        """Compose what tells that an answer on paper came late, and why (GDPR 12(3)-(4)): each such answer has a letter
        of its own, the earliest first of which none on its way tells.
        """
        drafts = self.store.drafts.for_case(stored.key)
        late = [(one, on) for one in drafts if (on := self._untold_since(stored, one))]
        if not late:
            raise UsageProblem("no_delay_untold", stored.number)
        apologies = [one for one in drafts if one.letter is Letter.LATE_DELIVERY and one.status in leaving.ON_ITS_WAY]
        going = {request for apology in apologies for request in apology.requests}
        answer, on = next((each for each in late if going.isdisjoint(each[0].requests)), late[0])
        told = {**facts, "delivered_on": on.isoformat()}
        answered = replace(stored, requests=letters.requests_of(stored, answer))
        return self.write(answered, Letter.LATE_DELIVERY, lambda context: replace(context, facts=told), told)

    def _untold_since(self, stored: Case, answer: Draft) -> date | None:
        """The day on which an answer was brought late of which that is still to be told; None for any other letter."""
        if answer.letter not in settle.ANSWERS or answer.status is not DraftStatus.SENT:
            return None
        on = settle.left_on(self.store, answer)
        laid = duties.delay_untold(self.store.duties.of_case(stored.key))
        untold = any(duties.concerns(duty, answer) for duty in laid)
        return on if on and untold and leaving.late_since(stored, answer, on) else None

    def proposals(self, case: CaseKey, letter: Letter) -> Mapping[str, str]:
        """Values for the facts of a letter to begin with, by fact; none of them is said by itself."""
        mails = self.store.mails.of_case(case)
        last = deadlines.helsinki_date(mails[-1].received_at) if mails else self.today()
        found = {"followed_on": last.isoformat(), "remedied_on": self.today().isoformat()}
        stored = self.store.cases.get(case)
        if letter is Letter.EXTENSION:
            cases = (stored, *self.store.cases.others_of_person(case))
            found |= extending.by_number_proposed(cases, stored.language)
        if role := letters.role_of(stored):
            found["role"] = str(role)
        for request in letters.about(stored, Letter.RESTRICTION_LIFTED):
            found["restricted"] = request.decision.get("restricted", "")
        asked = {fact.name for fact in letter_facts(letter)}
        return {name: said for name, said in found.items() if name in asked and said}

    def speak(self, draft: DraftKey, voice: Voice) -> DraftKey:
        """Write a proposed letter anew from the same facts, by the reviewed template in another language or form of
        address; it takes the other's place.

        Raises UsageProblem where a person's own words stand in it, which no template translates, and where only
        Finnish has a second form.
        """
        letter = self.store.drafts.get(draft)
        case = self.store.cases.get(letter.case)
        language = voice.language or letter.language
        if not untouched(letter, case) or _own_words(letter, language):
            raise UsageProblem("own_words_in_it", case.number)
        if voice.form and language != "fi":
            raise UsageProblem("one_form_only", case.number)
        writing = Writing(self.store, self.profile, self.random)
        key = writing.anew(letter, self.event(Act.DRAFT_PROPOSED), voice)
        if key is None:
            raise UsageProblem("no_address", case.number)
        return key

    def edit(self, draft: DraftKey, subject: str, body: str, expected_hash: str) -> None:
        """Raises StaleWrite where the text has changed since it was shown."""
        self.store.drafts.edit(draft, subject, body, expected_hash, self.event(Act.DRAFT_EDITED))

    def reject(self, draft: DraftKey) -> None:
        self.store.drafts.reject(draft, self.event(Act.DRAFT_REJECTED))

    def settle(self, draft: DraftKey, was_sent: bool) -> None:
        """Say whether an uncertain letter left. If not, a new one is composed: this one is never sent again.

        Raises IllegalTransition for any other: of one that is on the wire nobody can say yet that it did not leave.
        """
        with self.store.transaction():
            letter = self.store.drafts.get(draft)
            if letter.status is not DraftStatus.UNCERTAIN:
                raise IllegalTransition("draft", letter.status, DraftStatus.SENT if was_sent else DraftStatus.REFUSED)
            if was_sent:
                settle.sent(self.store, self.profile, letter, "settled by a person", self.event(Act.DRAFT_SENT))
            else:
                self.store.drafts.refused(draft, "settled by a person", self.event(Act.DRAFT_REFUSED))


def _own_words(letter: Draft, language: str) -> bool:
    """Whether what a person said stands in a letter that is to be written anew in this language."""
    asked, translated = letter_facts(letter.letter), language != letter.language
    said = any(fact.kind is FactKind.TEXT and fact.read(letter.facts) for fact in asked)
    return any(fact.required for fact in asked) or (translated and (said or letter.letter is Letter.OUTCOME))


def _kinds(case: Case, letter: Letter) -> set[RequestKind]:
    return {request.kind for request in letters.concerned(case, letter)}
