"""What a person does with a case: confirm, choose, edit, approve, correct. One method, one act.

Each act names its person and is one transaction. Sends nothing: an approved letter waits for
services.send. The dashboard and the commands both act through here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from inbox_agent.errors import CannotPrint, LetterFaulty, UsageProblem
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, duties, letters, outcomes, paper, waiting
from inbox_agent.services import identifying, learning, obliging, settle
from inbox_agent.services.hands import Hands
from inbox_agent.services.learning import Learning
from inbox_agent.services.on_paper import OnPaper
from inbox_agent.services.who_asks import WhoAsks
from inbox_agent.services.writing import Random, Writing
from replies.catalogue import letter_facts
from replies.context import NO_FACTS, DraftContext
from replies.lens import Around
from replies.linter import Finding, lint
from replies.sheet import Sheet
from replies.wording import Severity
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    DueDates,
    DutyKey,
    DutyKind,
    Event,
    IdentityLevel,
    Letter,
    MessageKey,
    NewCase,
    NewRequest,
    Outcome,
    Override,
    ProofKind,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
    Verdict,
)
from state.store.store import Store

Press = Callable[[Sheet, str], Path]
Keep = Callable[[str, str], Path]


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's outcome for one right, with the facts its letter needs (`replies.catalogue.facts_needed`)."""

    request: RequestKey
    outcome: Outcome
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """A person's hands. `person` goes into every event as the actor `person:<name>`."""

    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]
    person: str
    random: Random = secrets.token_bytes
    press: Press | None = None  # puts a sheet into a file of this name
    learning: Learning | None = None  # where what is corrected may be remembered
    keep: Keep | None = None  # writes a report into a file of this name

    # -- the case ---------------------------------------------------------------------------------

    def confirm(self, case: CaseKey, kinds: tuple[RequestKind, ...] | None = None) -> None:
        """Say that a candidate is a request; with `kinds`, of these rights instead of the proposed ones."""
        requests = None if kinds is None else self._requests(self.store.cases.get(case), kinds)
        with self.store.transaction():
            self.store.cases.confirm(case, requests, self._event(Act.CASE_CONFIRMED))
            learning.correct(self.store, case, Verdict.REQUEST, self._event(Act.CORRECTED))
            obliging.oblige(self.store, self.profile, self._event(Act.DUTY_OPENED))

    def change_rights(self, case: CaseKey, kinds: tuple[RequestKind, ...]) -> None:
        """Say that a confirmed case is about these rights: others are dropped, new ones run from the case's receipt.

        Raises UsageProblem where none would be left: that is a dismissal.
        """
        stored = self.store.cases.get(case)
        live = letters.live_requests(stored)
        if not kinds:
            raise UsageProblem("no_right_left", stored.number)
        with self.store.transaction():
            for new in self._requests(stored, tuple(kind for kind in kinds if kind not in {one.kind for one in live})):
                self.store.cases.add_request(case, new, self._event(Act.REQUEST_OPENED))
            for request in live:
                if request.kind not in kinds:
                    self.store.cases.drop_request(request.key, self._event(Act.REQUEST_DROPPED))
            learning.correct(self.store, case, Verdict.REQUEST, self._event(Act.CORRECTED))
            obliging.oblige(self.store, self.profile, self._event(Act.DUTY_OPENED))
            identifying.reassess(self.store, self.profile, case, self._event(Act.IDENTITY_ASSESSED))
            self._write_first_letter_anew(self.store.cases.get(case))

    def dismiss(self, case: CaseKey) -> None:
        """Say that it is no request after all: its requests are dropped, its mails set aside."""
        with self.store.transaction():
            self.store.cases.dismiss(case, self._event(Act.CASE_DISMISSED))
            learning.correct(self.store, case, Verdict.NOT_REQUEST, self._event(Act.CORRECTED))

    def reopen(self, case: CaseKey) -> None:
        with self.store.transaction():
            dismissed = self.store.cases.get(case).status is CaseStatus.DISMISSED
            self.store.cases.reopen(case, self._event(Act.CASE_REOPENED))
            if dismissed:
                learning.correct(self.store, case, Verdict.REQUEST, self._event(Act.CORRECTED))
            obliging.oblige(self.store, self.profile, self._event(Act.DUTY_OPENED))

    def close(self, case: CaseKey) -> None:
        self.store.cases.close(case, self._event(Act.CASE_CLOSED))

    def note(self, case: CaseKey, text: str) -> None:
        self.store.cases.note(case, text, self._event(Act.NOTE_ADDED))

    def record_identity(self, case: CaseKey, level: IdentityLevel, method: str) -> None:
        """Record that the person was identified to `level` by `method`; the evidence itself is never kept."""
        self.who_asks.prove(case, ProofKind.OTHER, level, method)

    @property
    def on_paper(self) -> OnPaper:
        """What a person does about requests and letters on paper."""
        return OnPaper(self.store, self.profile, self.now, self.person)

    def save(self, name: str, text: str) -> Path:
        """Write a report beside the profile, and say where it is. Raises CannotPrint."""
        if self.keep is None:
            raise CannotPrint("file", Path(name))
        return self.keep(name, text)

    def print_letter(self, draft: DraftKey) -> Path:
        """Put a letter that a person brings to its reader into a file to be printed, and say where it is.

        Raises UsageProblem for a letter that is not approved or goes by mail, CannotPrint.
        """
        letter = self.store.drafts.get(draft)
        case = self.store.cases.get(letter.case)
        if self.press is None or not letter.on_paper or letter.approved_hash is None:
            raise UsageProblem("nothing_to_print", case.number)
        return self.press(paper.sheet(case, letter, self.profile, self._today()), paper.file_name(case, letter))

    @property
    def hands(self) -> Hands:
        """What several people at one desk tell one another."""
        return Hands(self.store, self.now, self.person)

    @property
    def who_asks(self) -> WhoAsks:
        """What a person does about a case's identity."""
        return WhoAsks(self.store, self.profile, self.now, self.person, self.random)

    def make_case(self, message: MessageKey, kinds: tuple[RequestKind, ...]) -> CaseKey:
        """Make a set-aside or quarantined mail a case: its clock runs from the mail's own receipt."""
        stored = self.store.intake.message(message)
        received_on = deadlines.receipt_date(stored.received_at, stored.sent_at, self.profile.deadlines.count_from)
        due = deadlines.compute(received_on).due
        required = letters.required_level(kinds, self.profile)
        case = NewCase(
            status=CaseStatus.OPEN,
            subject=letters.subject_in(stored),
            language=stored.language,
            received_at=stored.received_at,
            received_on=received_on,
            identity_level=letters.level_in(stored.analysis),
            identity_required=required,
            flags=letters.flags_in(stored.analysis),
            requests=tuple(self._request(kind, received_on, due) for kind in kinds),
        )
        with self.store.transaction():
            opened = self.store.intake.refile(message, case, self._event(Act.CASE_OPENED))
            learning.correct(self.store, opened, Verdict.REQUEST, self._event(Act.CORRECTED))
            obliging.oblige(self.store, self.profile, self._event(Act.DUTY_OPENED))
            identifying.reassess(self.store, self.profile, opened, self._event(Act.IDENTITY_ASSESSED))
        return opened

    # -- letters ----------------------------------------------------------------------------------

    def choose_outcomes(self, case: CaseKey, choices: tuple[Choice, ...], *, unidentified: bool = False) -> DraftKey:
        """Decide the outcome of one or more rights, anew where one was decided before, and compose their letter.
        `unidentified`: write it although its reader is not identified; it still needs `WhoAsks.let_go` before approval.

        Raises MissingFacts, or UsageProblem for an erasure before its copy, changing nothing.
        """
        with self.store.transaction():
            decided = {r.key for r in self.store.cases.get(case).requests if r.status is RequestStatus.DECIDED}
            for choice in choices:
                if choice.request in decided:
                    self.undecide(choice.request)
                event = self._event(Act.REQUEST_DECIDED)
                self.store.cases.decide(choice.request, choice.outcome, outcomes.completed(choice.facts), event)
                obliging.decided(self.store, self.profile, choice.request, self._today(), event)
            stored = self.store.cases.get(case)
            if outcomes.copy_first(stored):
                raise UsageProblem("copy_first", stored.number)
            identified = unidentified or stored.identity_level >= stored.identity_required
            return self._propose(stored, Letter.OUTCOME, lambda context: replace(context, identified=identified))

    def proposals(self, case: CaseKey) -> Mapping[RequestKey, Mapping[str, str]]:
        """Values for the facts of each waiting right to begin with, by fact; none of them is said by itself."""
        stored, asked = self.store.cases.get(case), self._asked_on(case)
        return {
            request.key: outcomes.proposals(request, self.profile, self._today(), asked)
            for request in letters.live_requests(stored)
        }

    def letter_proposals(self, case: CaseKey, letter: Letter) -> Mapping[str, str]:
        """The same for the facts of a letter as a whole."""
        mails = self.store.intake.of_case(case)
        last = deadlines.helsinki_date(mails[-1].received_at) if mails else self._today()
        found = {"followed_on": last, "remedied_on": self._today()}
        asked = {fact.name for fact in letter_facts(letter)}
        return {name: day.isoformat() for name, day in found.items() if name in asked}

    def undecide(self, request: RequestKey) -> None:
        self.store.cases.undecide(request, self._event(Act.REQUEST_UNDECIDED))

    def propose(
        self, case: CaseKey, letter: Letter, *, question: str = "", facts: Mapping[str, str] = NO_FACTS
    ) -> DraftKey:
        """Compose a letter with the facts of its own (`replies.catalogue.letter_facts`).

        Raises UsageProblem where such a letter cannot be written about this case now, MissingFacts.
        """
        stored = self.store.cases.get(case)
        if letter is Letter.EXTENSION:
            return self.propose_extension(
                case, facts.get("extension_reason", ""), facts.get("extension_explained", ""), facts
            )
        if code := letters.obstacle(stored, letter, self._today()):
            raise UsageProblem(code, stored.number)
        if facts.get("fee_ground") == "further_copy" and {
            request.kind for request in letters.concerned(stored, letter)
        } != {RequestKind.ACCESS}:
            raise UsageProblem("copy_of_access_only", stored.number)
        said = question or facts.get("question", "")
        return self._propose(stored, letter, lambda context: replace(context, question=said, facts=facts))

    def propose_extension(
        self, case: CaseKey, reason: str, explained: str, facts: Mapping[str, str] = NO_FACTS
    ) -> DraftKey:
        """Compose the notice of an extension (GDPR 12(3)). The dates move only when the notice has been sent.

        Raises UsageProblem with the gate's code where the law gives no extension.
        """
        stored = self.store.cases.get(case)
        about = letters.concerned(stored, Letter.EXTENSION)
        if not about:
            raise UsageProblem("nothing_to_extend", stored.number)
        new_promises = [self._pass_gate(stored, request, reason, self._today()) for request in about]
        return self._propose(
            stored,
            Letter.EXTENSION,
            lambda context: replace(
                context,
                new_promise=min(new_promises),
                extension_reason=reason,
                extension_explained=explained,
                facts=facts,
            ),
            facts={"reason": reason},
        )

    def edit(self, draft: DraftKey, subject: str, body: str, expected_hash: str) -> None:
        self.store.drafts.edit(draft, subject, body, expected_hash, self._event(Act.DRAFT_EDITED))

    def approve(self, draft: DraftKey, expected_hash: str, anyway: str = "") -> datetime:
        """Approve the exact text whose hash was shown; return the instant from which it is sent. `anyway` is why the
        letter leaves in spite of the linter's errors, and is recorded with them.

        Raises StaleWrite where the text has changed since it was shown, LetterFaulty where it has errors and no reason
        is given, UsageProblem for the notice of an extension that the law no longer gives, for an erasure before its
        copy and for an answer to whoever writes for another without their authority.
        """
        event = self._event(Act.DRAFT_APPROVED)
        not_before = event.at + timedelta(seconds=self.profile.replies.hold_seconds)
        with self.store.transaction():
            self._refuse_late_notice(draft, not_before)
            self._refuse_before_copy(draft)
            identifying.refuse_unauthorised(self.store, self.store.drafts.get(draft))
            # Another text than the one shown is refused by the store, whatever is wrong with it.
            shown = self.store.drafts.get(draft).text_hash == expected_hash
            codes = self.errors_in(draft) if shown else ()
            if codes and not anyway.strip():
                raise LetterFaulty(codes)
            override = Override(codes, anyway.strip()) if codes else None
            self.store.drafts.approve(draft, expected_hash, not_before, event, override)
        return not_before

    def findings(self, draft: DraftKey, body: str | None = None) -> tuple[Finding, ...]:
        """What the linter says of a letter as it stands, or with another body in its place."""
        letter = self.store.drafts.get(draft)
        case = self.store.cases.get(letter.case)
        context = letters.context(case, letter.letter, self.profile, self._today())
        let_go = body in {None, letter.body} and self.store.identification.let_go(letter)
        context = replace(context, recipient_name=letter.envelope.to.name, identified=context.identified or let_go)
        others = self.store.cases.other_people(case.key)
        text = letter.body if body is None else body
        return lint(text, letter.subject, context, Around(letter.envelope.to.address, others))

    def errors_in(self, draft: DraftKey) -> tuple[str, ...]:
        """The codes of what the linter holds for errors in a letter as it stands."""
        return errors_among(self.findings(draft))

    def withdraw_approval(self, draft: DraftKey) -> None:
        """Take an approval back; possible until the sending is claimed."""
        self.store.drafts.withdraw_approval(draft, self._event(Act.APPROVAL_WITHDRAWN))

    def reject(self, draft: DraftKey) -> None:
        self.store.drafts.reject(draft, self._event(Act.DRAFT_REJECTED))

    def settle(self, draft: DraftKey, was_sent: bool) -> None:
        """Say whether an uncertain letter left. If not, a new one is composed: this one is never sent again."""
        if was_sent:
            letter = self.store.drafts.get(draft)
            settle.sent(self.store, self.profile, letter, "settled by a person", self._event(Act.DRAFT_SENT))
        else:
            self.store.drafts.refused(draft, "settled by a person", self._event(Act.DRAFT_REFUSED))

    # -- duties -----------------------------------------------------------------------------------

    def add_duty(self, case: CaseKey, kind: DutyKind, due: date, about: str = "") -> DutyKey:
        """Lay down a duty of the person's own choosing, such as the day that the ombudsman's letter names."""
        return self.store.duties.open(case, duties.by_person(kind, due, about), self._event(Act.DUTY_OPENED))

    def duty_done(self, duty: DutyKey) -> None:
        """Raises IllegalTransition for an erasure while a copy is owed."""
        self.store.duties.done(duty, self._event(Act.DUTY_DONE))

    def cancel_duty(self, duty: DutyKey) -> None:
        """Say that there is nothing to do after all."""
        self.store.duties.cancel(duty, self._event(Act.DUTY_CANCELLED))

    def reopen_duty(self, duty: DutyKey) -> None:
        """Say that it was not done."""
        self.store.duties.reopen(duty, self._event(Act.DUTY_REOPENED))

    # -- within -----------------------------------------------------------------------------------

    def _write_first_letter_anew(self, case: Case) -> None:
        """A first letter that nobody has approved yet names the rights of the moment."""
        proposed = [one for one in self.store.drafts.for_case(case.key) if one.status is DraftStatus.PROPOSED]
        stale = [draft for draft in proposed if draft.letter in letters.FIRST]
        first = letters.first_letter_of(case, self.profile)
        for draft in stale:
            if draft.letter is not first:
                self.reject(draft.key)
        if stale and first:
            self._propose(case, first)

    def _propose(
        self,
        case: Case,
        letter: Letter,
        adjust: Callable[[DraftContext], DraftContext] = lambda context: context,
        facts: Mapping[str, str] = NO_FACTS,
    ) -> DraftKey:
        writing = Writing(self.store, self.profile, self.random)
        draft = writing.propose(case, letter, self._event(Act.DRAFT_PROPOSED), adjust, facts)
        if draft is None:
            raise UsageProblem("no_address", case.number)
        return draft

    def _refuse_late_notice(self, draft: DraftKey, leaves_at: datetime) -> None:
        """A notice of extension must leave in the first month, whenever it was written (GDPR 12(3))."""
        letter = self.store.drafts.get(draft)
        if letter.letter is not Letter.EXTENSION:
            return
        case = self.store.cases.get(letter.case)
        for request in case.requests:
            if request.key in letter.requests:
                self._pass_gate(case, request, letter.facts["reason"], deadlines.helsinki_date(leaves_at))

    def _refuse_before_copy(self, draft: DraftKey) -> None:
        """No answer tells of an erasure while somebody's copy is undecided, asked for since it was written or not."""
        letter = self.store.drafts.get(draft)
        case = self.store.cases.get(letter.case)
        if letter.letter is Letter.OUTCOME and outcomes.copy_first(case):
            raise UsageProblem("copy_first", case.number)

    def _pass_gate(self, case: Case, request: Request, reason: str, on: date) -> date:
        """The day that an extension told `on` that day gives. Raises UsageProblem where the law gives none."""
        deadline = deadlines.compute(request.received_on)
        gate = deadlines.may_extend(deadline, on, reason, already=request.extended is not None)
        if not gate.allowed:
            raise UsageProblem(gate.code, case.number)
        return deadline.extension.promise

    def _asked_on(self, case: CaseKey) -> date | None:
        """When the person was asked who they are: the newest identity question that left."""
        asked = [
            delivery.settled_at or delivery.claimed_at
            for draft in self.store.drafts.for_case(case)
            if draft.letter in waiting.ASKING and draft.status is DraftStatus.SENT
            if (delivery := self.store.drafts.delivery(draft.key))
        ]
        return deadlines.helsinki_date(asked[-1]) if asked else None

    def _requests(self, case: Case, kinds: tuple[RequestKind, ...]) -> tuple[NewRequest, ...]:
        due = deadlines.compute(case.received_on).due
        return tuple(self._request(kind, case.received_on, due) for kind in kinds)

    def _request(self, kind: RequestKind, received_on: date, due: DueDates) -> NewRequest:
        return NewRequest(kind, received_on, due, letters.required_level((kind,), self.profile))

    def _today(self) -> date:
        return deadlines.helsinki_date(self.now())

    def _event(self, act: Act) -> Event:
        return Event(self.now(), f"person:{self.person}", act)


def errors_among(found: Sequence[Finding]) -> tuple[str, ...]:
    """The codes of the findings that stand in the way of an approval, each once."""
    return tuple(dict.fromkeys(finding.code for finding in found if finding.severity is Severity.ERROR))
