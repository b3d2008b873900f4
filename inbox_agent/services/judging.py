"""What a person says a mail or a case is: a request, of these rights, or none; ours again, over, with a note.

Each act is one transaction. What it says of the opening mail is recorded as a correction (`services.learning`).
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import deadlines, letters
from inbox_agent.rules.intake import new_request, spoken
from inbox_agent.services import identifying, learning, obliging
from inbox_agent.services.acting import Acting
from state.lifecycle import LIVE_CASES, answered_unidentified
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    DraftStatus,
    DueDates,
    MessageKey,
    NewCase,
    NewRequest,
    Request,
    RequestKind,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Judging(Acting):
    def confirm(self, case: CaseKey, kinds: tuple[RequestKind, ...] | None = None) -> None:
        """Say that a candidate is a request; with `kinds`, of these rights instead of the proposed ones.

        Raises UsageProblem where a person recorded it as a letter of the authority.
        """
        with self.store.transaction():
            stored = self.store.cases.get(case)
            if letters.of_authority(stored) and stored.channel is not Channel.MAIL:
                raise UsageProblem("to_authority", stored.number)
            requests = None if kinds is None else self._requests(stored, kinds)
            self.store.cases.confirm(case, requests, self.event(Act.CASE_CONFIRMED))
            self._is_request(case)
            identifying.reassess(self.store, self.profile, case, self.event(Act.IDENTITY_ASSESSED))

    def change_rights(self, case: CaseKey, kinds: tuple[RequestKind, ...]) -> None:
        """Say that a confirmed case is about these rights: others are dropped, new ones run from the case's receipt.

        Raises UsageProblem where none would be left: that is a dismissal.
        """
        with self.store.transaction():
            stored = self.store.cases.get(case)
            live = letters.live_requests(stored)
            if not kinds:
                raise UsageProblem("no_right_left", stored.number)
            known = {request.kind for request in live}
            for new in self._requests(stored, tuple(kind for kind in kinds if kind not in known)):
                self.store.cases.add_request(case, new, self.event(Act.REQUEST_OPENED))
            for request in live:
                if request.kind not in kinds:
                    self.store.cases.drop_request(request.key, self.event(Act.REQUEST_DROPPED))
            self._is_request(case)
            identifying.reassess(self.store, self.profile, case, self.event(Act.IDENTITY_ASSESSED))
            self._write_first_letter_anew(self.store.cases.get(case))

    def dismiss(self, case: CaseKey) -> None:
        """Say that it is no request after all: its requests are dropped, its mails set aside."""
        with self.store.transaction():
            self.store.cases.dismiss(case, self.event(Act.CASE_DISMISSED))
            learning.correct(self.store, case, Verdict.NOT_REQUEST, self.event(Act.CORRECTED))

    def reopen(self, case: CaseKey) -> None:
        """Take up an ended case again; of a dismissed one this says that it was a request after all."""
        with self.store.transaction():
            dismissed = self.store.cases.get(case).status is CaseStatus.DISMISSED
            self.store.cases.reopen(case, self.event(Act.CASE_REOPENED))
            if dismissed:
                learning.correct(self.store, case, Verdict.REQUEST, self.event(Act.CORRECTED))
            obliging.oblige(self.store, self.profile, self.event(Act.DUTY_OPENED))

    def close(self, case: CaseKey) -> None:
        """Raises IllegalTransition while one of its rights is neither answered nor dropped."""
        self.store.cases.close(case, self.event(Act.CASE_CLOSED))

    def join(self, one: CaseKey, other: CaseKey) -> CaseKey:
        """Say that two cases are one matter of one person; return the one that goes on, which is that received first.

        Raises UsageProblem where that is not confirmed yet, one of them has ended, or the other was answered "not
        identified"; IllegalTransition where something of it is decided, extended or on its way.
        """
        with self.store.transaction():  # what the agent adds to either meanwhile would be lost
            staying, leaving = sorted(
                map(self.store.cases.get, (one, other)), key=lambda case: (case.received_at, case.key)
            )
            _refuse_joining(staying, leaving)
            rights = [(self._moved(request), self._longer(request)) for request in letters.live_requests(leaving)]
            self.store.joining.join(leaving.key, staying.key, rights, self.event(Act.CASE_JOINED))
            for flag in leaving.flags:
                self.store.identification.flag(staying.key, flag, True, self.event(Act.CASE_FLAGGED))
            self._is_request(staying.key)
            identifying.reassess(self.store, self.profile, staying.key, self.event(Act.IDENTITY_ASSESSED))
            self._write_first_letter_anew(self.store.cases.get(staying.key))
        return staying.key

    def part(self, gone: CaseKey) -> CaseKey:
        """Say that a case that was joined to another is one by itself after all; return the one that it was joined to.

        Raises UsageProblem where something stands on the joined case: a letter that left, a decision, a proof; and
        where that one was joined once more since.
        """
        stored = self.store.cases.get(gone)
        if self._joined_further(stored):
            raise UsageProblem("part_joined_further", stored.number)
        if not self.store.parting.may_part(gone):
            raise UsageProblem("part_bound", stored.number)
        with self.store.transaction():
            stayed = self.store.parting.part(gone, self.event(Act.CASE_PARTED))
            own = {flag for mail in self.store.mails.of_case(stayed) for flag in letters.flags_in(mail.analysis)}
            for flag in self._flagged_by_joining(stayed, stored):
                if flag not in own:
                    self.store.identification.flag(stayed, flag, False, self.event(Act.CASE_FLAGGED))
            obliging.oblige(self.store, self.profile, self.event(Act.DUTY_OPENED))
            for case in (stayed, gone):
                identifying.reassess(self.store, self.profile, case, self.event(Act.IDENTITY_ASSESSED))
            self._write_first_letter_anew(self.store.cases.get(stayed))
        return stayed

    def _joined_further(self, gone: Case) -> bool:
        """Whether the case that this one was joined to has gone on in a third, or taken a third in, since."""
        if gone.joined_to is None:
            return False
        if self.store.cases.get(gone.joined_to).joined_to is not None:
            return True
        taken_in: list[object] = []
        for one in self.store.journal.events(gone.joined_to):
            other = one.event.facts.get("from")
            if one.event.act is Act.CASE_JOINED and other:
                taken_in.append(other)
            elif one.event.act is Act.CASE_PARTED and other in taken_in:
                taken_in.remove(other)
        return bool(taken_in) and taken_in[-1] != gone.number

    def _flagged_by_joining(self, stayed: CaseKey, gone: Case) -> set[str]:
        """The flags that came to a case with the one that was joined to it."""
        trail = self.store.journal.events(stayed)
        [*_earlier, joined] = (
            one.seq for one in trail if one.event.act is Act.CASE_JOINED and one.event.facts.get("from") == gone.number
        )
        flagged = (one.event.facts for one in trail if one.seq > joined and one.event.act is Act.CASE_FLAGGED)
        return {str(facts["flag"]) for facts in flagged if facts["on"] and facts["flag"] in gone.flags}

    def _moved(self, request: Request) -> NewRequest:
        return NewRequest(
            request.kind, request.received_on, request.due, letters.required_level((request.kind,), self.profile)
        )

    def _longer(self, request: Request) -> DueDates:
        return deadlines.under(request.received_on, self.profile.deadlines).extension

    def note(self, case: CaseKey, text: str) -> None:
        self.store.cases.note(case, text, self.event(Act.NOTE_ADDED))

    def make_case(self, message: MessageKey, kinds: tuple[RequestKind, ...]) -> CaseKey:
        """Make a set-aside or quarantined mail a case: its clock runs from the mail's own receipt."""
        stored = self.store.mails.get(message)
        received_on = deadlines.receipt_date(stored.received_at, stored.sent_at, self.profile.deadlines.count_from)
        case = NewCase(
            status=CaseStatus.OPEN,
            subject=letters.subject_in(stored),
            language=spoken(stored.language, self.profile),
            received_at=stored.received_at,
            received_on=received_on,
            identity_level=letters.level_in(stored.analysis),
            identity_required=letters.required_level(kinds, self.profile),
            flags=letters.flags_in(stored.analysis),
            requests=tuple(new_request(kind, received_on, self.profile) for kind in kinds),
        )
        with self.store.transaction():
            opened = self.store.mails.refile(message, case, self.event(Act.CASE_OPENED))
            self._is_request(opened)
            identifying.reassess(self.store, self.profile, opened, self.event(Act.IDENTITY_ASSESSED))
        return opened

    def put_under(self, message: MessageKey, case: CaseKey, kinds: tuple[RequestKind, ...] = ()) -> None:
        """Say that a set-aside or quarantined mail belongs to a case, which is our turn then. `kinds` are the rights
        that it exercises besides, each with a clock of its own from the mail's receipt; one that is open in the case
        goes on as it is.

        Raises IllegalTransition where the mail is filed or erased, or the case is purged or goes on in another.
        """
        stored = self.store.mails.get(message)
        received_on = deadlines.receipt_date(stored.received_at, stored.sent_at, self.profile.deadlines.count_from)
        rights = tuple(new_request(kind, received_on, self.profile) for kind in kinds)
        event = self.event(Act.MESSAGE_PUT_UNDER)
        with self.store.transaction():
            self.store.placing.put_under(message, case, event, rights, identifying.raised_by(stored))
            self._judge_anew(case)

    def take_out(self, message: MessageKey) -> CaseKey:
        """Say that a mail does not belong to the case that a person put it under; return that case. The rights and
        marks that it brought go with it, and whose turn it was is so again.

        Raises UsageProblem where something stands on it: a right of its own is decided or answered, or a letter that
        rests on it is approved or has left.
        """
        with self.store.transaction():
            if not self.store.placing.may_take_out(message):
                raise UsageProblem("take_out_bound", self._number_of(message))
            taken = self.store.mails.get(message)
            others = [mail for mail in self.store.mails.of_case(taken.case or CaseKey(0)) if mail.key != message]
            said = {flag for mail in others for flag in letters.flags_in(mail.analysis)}
            flags = [flag for flag in identifying.raised_by(taken) if flag not in said]
            case = self.store.placing.take_out(message, self.event(Act.MESSAGE_TAKEN_OUT), flags)
            self._judge_anew(case)
        return case

    def _judge_anew(self, case: CaseKey) -> None:
        """What follows from other mails and rights than before: tasks, levels, the letter that nobody approved yet."""
        obliging.oblige(self.store, self.profile, self.event(Act.DUTY_OPENED))
        identifying.reassess(self.store, self.profile, case, self.event(Act.IDENTITY_ASSESSED))
        self._write_first_letter_anew(self.store.cases.get(case))

    def _number_of(self, message: MessageKey) -> str:
        case = self.store.mails.get(message).case
        return "" if case is None else self.store.cases.get(case).number

    def _is_request(self, case: CaseKey) -> None:
        learning.correct(self.store, case, Verdict.REQUEST, self.event(Act.CORRECTED))
        obliging.oblige(self.store, self.profile, self.event(Act.DUTY_OPENED))

    def _write_first_letter_anew(self, case: Case) -> None:
        """A first letter that nobody has approved yet names the rights of the moment."""
        proposed = [one for one in self.store.drafts.for_case(case.key) if one.status is DraftStatus.PROPOSED]
        stale = [draft for draft in proposed if draft.letter in letters.FIRST]
        first = letters.first_letter_of(case, self.profile)
        for draft in stale:
            if draft.letter is not first:
                self.store.drafts.reject(draft.key, self.event(Act.DRAFT_REJECTED))
        if stale and first:
            self.write(case, first)

    def _requests(self, case: Case, kinds: tuple[RequestKind, ...]) -> tuple[NewRequest, ...]:
        return tuple(new_request(kind, case.received_on, self.profile) for kind in kinds)


def _refuse_joining(staying: Case, leaving: Case) -> None:
    if not {staying.status, leaving.status} <= LIVE_CASES or staying.key == leaving.key:
        raise UsageProblem("join_live", leaving.number)
    if staying.status is CaseStatus.CANDIDATE:
        raise UsageProblem("join_candidate", staying.number)
    if answered_unidentified(leaving):
        raise UsageProblem("join_unidentified", leaving.number)
