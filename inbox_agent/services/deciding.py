"""The outcome of each right as a person chooses it, the facts that a form begins with, and the letter that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from inbox_agent.errors import AnswersApart, UsageProblem
from inbox_agent.rules import letters, outcomes, waiting
from inbox_agent.rules.levels import Sign
from inbox_agent.services import obliging
from inbox_agent.services.acting import Acting
from inbox_agent.services.writing import scope_asked
from replies import catalogue, together
from replies.errors import MissingFacts
from replies.facts import Fact, missing
from state.model import Act, Case, CaseKey, DraftKey, Letter, Outcome, Request, RequestKey, RequestStatus


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's outcome for one right, with the facts its letter needs (`replies.catalogue.facts_needed`)."""

    request: RequestKey
    outcome: Outcome
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deciding(Acting):
    def choose(self, case: CaseKey, choices: tuple[Choice, ...], *, unidentified: bool = False) -> DraftKey:
        """Decide the outcome of one or more rights, anew where one was decided before, and compose their letter.
        `unidentified`: write it although its reader is not identified; it still needs `WhoAsks.let_go` before approval.

        Raises MissingFacts, AnswersApart, or UsageProblem for an erasure before its copy, a letter of the authority,
        what would tell of somebody who has died, and a ban for which nothing was found under the name of whoever asks,
        changing nothing.
        """
        with self.store.transaction():
            before = self._to_answer(case)
            _refuse_about_the_dead(before, choices)
            _refuse_unfounded(before, choices)
            if not unidentified:
                _refuse_to_a_stranger(before, choices)
            decided = {one.key: one for one in before.requests if one.status is RequestStatus.DECIDED}
            laid = self.store.duties.of_case(case)
            for choice in choices:
                withdrawn = decided.get(choice.request)
                self._decide(choice, obliging.Replaced(withdrawn, laid) if withdrawn else None)
            stored = self.store.cases.get(case)
            _refuse_together(stored)
            identified = unidentified or stored.identity_level >= stored.identity_required
            return self.write(stored, Letter.OUTCOME, lambda context: replace(context, identified=identified))

    def proposals(self, case: CaseKey) -> Mapping[RequestKey, Mapping[str, str]]:
        """Values for the facts of each waiting right to begin with, by fact; none of them is said by itself."""
        return self._proposals(case, letters.live_requests(self.store.cases.get(case)))

    def earlier(self, case: CaseKey) -> Mapping[RequestKey, Mapping[str, str]]:
        """Which of the proposals come of an earlier decision alone: whoever decides anew may not think of them."""
        requests = letters.live_requests(self.store.cases.get(case))
        now = self._proposals(case, requests)
        anew = self._proposals(case, [replace(request, decision={}) for request in requests])
        return {
            key: {name: said for name, said in facts.items() if anew[key].get(name) != said}
            for key, facts in now.items()
        }

    def _proposals(self, case: CaseKey, requests: Iterable[Request]) -> Mapping[RequestKey, Mapping[str, str]]:
        known = dict(waiting.first_asked(self.store.drafts.with_deliveries(case)))
        stored = self.store.cases.get(case)
        if narrowed := scope_asked(self.store, stored):
            known["scope"] = narrowed
        today, tasks = self.today(), self.store.duties.of_case(case)
        return {
            request.key: outcomes.proposals(request, self.profile, today, stored.language, known, tasks=tasks)
            for request in requests
        }

    def asked(self, case: CaseKey) -> Mapping[RequestKey, Mapping[Outcome, tuple[Fact, ...]]]:
        """What a form asks about each outcome of each waiting right. Raises UsageProblem as `choose` does."""
        stored = self._to_answer(case)
        laid = self.store.duties.of_case(case)
        return {
            request.key: outcomes.asked(stored, request, self.profile, laid)
            for request in letters.live_requests(stored)
        }

    def to_confirm(self, case: CaseKey) -> Mapping[str, str]:
        """Where data may have been searched and erased, by fact: for the person to confirm, and never said before."""
        return outcomes.to_confirm(self.profile, self.store.cases.get(case).language)

    def _to_answer(self, case: CaseKey) -> Case:
        """The case, unless it is a letter of the authority: that exercises no right which could end in any way."""
        stored = self.store.cases.get(case)
        if letters.of_authority(stored):
            raise UsageProblem("to_authority", stored.number)
        return stored

    def _decide(self, choice: Choice, replaced: obliging.Replaced | None) -> None:
        event, today = self.event(Act.REQUEST_DECIDED), self.today()
        if replaced:
            self.store.cases.undecide(choice.request, self.event(Act.REQUEST_UNDECIDED))
        self.store.cases.decide(choice.request, choice.outcome, outcomes.completed(choice.facts), event)
        obliging.decided(self.store, self.profile, choice.request, today, event, replaced=replaced)


def _refuse_about_the_dead(case: Case, choices: tuple[Choice, ...]) -> None:
    """Nobody exercises the right of one who has died (GDPR recital 27), so that no answer tells of their data."""
    kinds = {request.key: request.kind for request in case.requests}
    told = (catalogue.tells_of_data(kinds[choice.request], choice.outcome) for choice in choices)
    if Sign.DECEASED in case.flags and any(told):
        raise UsageProblem("about_deceased", case.number)


def _refuse_to_a_stranger(case: Case, choices: tuple[Choice, ...]) -> None:
    """A ban is confirmed to whoever asks (GDPR 21(2)-(3)); that nothing was found under a name is not."""
    untold = {request.key: outcomes.untold(case, request) for request in case.requests}
    if any(choice.outcome in untold[choice.request] for choice in choices):
        raise UsageProblem("nothing_found_for_whom", case.number)


def _refuse_together(case: Case) -> None:
    """What cannot stand in one letter, or not before another."""
    if outcomes.copy_first(case):
        raise UsageProblem("copy_first", case.number)
    decided = [one for one in case.requests if one.status is RequestStatus.DECIDED]
    if found := together.apart((one.kind, one.outcome) for one in decided if one.outcome):
        raise AnswersApart(found)


def _refuse_unfounded(case: Case, choices: tuple[Choice, ...]) -> None:
    """What is not done has its ground (GDPR 12(4)); where it lacks, all that its part lacks is named."""
    kinds = {request.key: request.kind for request in case.requests}
    lacking = [
        f"{kinds[choice.request]}.{name}"
        for choice in choices
        for name in missing(catalogue.facts_needed(kinds[choice.request], choice.outcome), choice.facts)
    ]
    if any(name.endswith(".ground") for name in lacking):
        raise MissingFacts(tuple(lacking))
