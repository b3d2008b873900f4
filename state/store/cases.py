"""Cases and their requests: what a person or the agent does with them after intake.

Every method is one transaction. Refuses to compute a date or to choose an outcome; it is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from state.database import json_text, utc_text
from state.errors import IllegalTransition
from state.journal import Entity, Facts
from state.lifecycle import LIVE_REQUESTS, UNSETTLED_DRAFTS, may_end
from state.model import (
    REMINDERS,
    Act,
    Case,
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    DueDates,
    Event,
    ExtensionReason,
    Letter,
    MessageStatus,
    NewCase,
    NewRequest,
    Outcome,
    Reason,
    Request,
    RequestKey,
    RequestStatus,
)
from state.store import erasure, filing
from state.store.ledger import Ledger
from state.store.retraction import (
    OF_A_REQUEST,
    PROPOSED,
    UNSENT,
    UNTIL_THE_OUTCOME,
    cancel,
    drafts_in,
    open_duties,
    retract,
    with_the_outcome,
)


@dataclass(frozen=True, slots=True)
class Cases:
    _ledger: Ledger

    # -- looking up -------------------------------------------------------------------------------

    def get(self, key: CaseKey) -> Case:
        """Raises NotFound."""
        return self._ledger.records.case(key)

    def by_number(self, number: str) -> Case:
        """Find a case by its number ("2026-0007"). Raises NotFound."""
        return self._ledger.records.case_by_number(number)

    def request(self, key: RequestKey) -> Request:
        """Raises NotFound."""
        return self._ledger.records.request(key)

    def other_people(self, key: CaseKey) -> tuple[str, ...]:
        """The names of the people of the other live cases: none of them belongs into this one's letters."""
        return self._ledger.records.other_people(key)

    def open_cases(self) -> tuple[Case, ...]:
        """The cases that are not over: candidates, ours and theirs, by promise."""
        rows = self._ledger.database.rows(
            "select id from cases where status in ('candidate', 'open', 'waiting') order by promise_on, id"
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def without_letter(self) -> tuple[Case, ...]:
        """The confirmed cases that are not over and have no letter but superseded ones, by promise."""
        rows = self._ledger.database.rows(
            "select id from cases where status in ('open', 'waiting') and not exists"
            " (select 1 from drafts where case_id = cases.id and status <> 'superseded') order by promise_on, id"
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def with_sent(self, letters: Collection[Letter]) -> tuple[Case, ...]:
        """The confirmed cases that are not over and had one of these letters sent, by promise."""
        rows = self._ledger.database.rows(
            "select id from cases where status in ('open', 'waiting') and exists (select 1 from drafts"
            " where case_id = cases.id and status = 'sent' and letter in (select value from json_each(?)))"
            " order by promise_on, id",
            json_text([str(letter) for letter in letters]),
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def others_of_person(self, key: CaseKey) -> tuple[Case, ...]:
        """The other cases of the same address that are not over, oldest first."""
        rows = self._ledger.database.rows(
            "select id from cases where id <> ?1 and status in ('candidate', 'open', 'waiting')"
            " and subject_key = (select subject_key from cases where id = ?1) order by id",
            key,
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def not_looked_up(self) -> tuple[Case, ...]:
        """The cases that are not over and whose person nobody has looked up in the register, by promise: that somebody
        typed an address is no look.
        """
        rows = self._ledger.database.rows(
            "select id from cases where status in ('candidate', 'open', 'waiting') and not exists"
            " (select 1 from contacts where case_id = cases.id and looked_up = 1) order by promise_on, id"
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def changed_since(self, seq: int) -> tuple[Case, ...]:
        """The cases that are not over and to which something happened after this line of the journal, by promise."""
        rows = self._ledger.database.rows(
            "select cases.id from (select distinct case_id from events where seq > ?) changed"
            " cross join cases on cases.id = changed.case_id where status in ('candidate', 'open', 'waiting')"
            " order by promise_on, cases.id",
            seq,
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    def ended_cases(self, *, closed_before: datetime, dismissed_before: datetime, told_until: date) -> tuple[Case, ...]:
        """The cases that are over and still hold personal data, the longest over first: those closed or dismissed
        before these instants, and those of which an answer named `told_until` or an earlier day. One that goes on in
        another waits for that one's purge.
        """
        rows = self._ledger.database.rows(
            "select id from cases where id in ("
            "select id from cases where status = 'closed' and closed_at < ?1"
            " union select id from cases where status = 'dismissed' and closed_at < ?2"
            " union select case_id from requests where json_extract(decision, '$.trace_until') <= ?3)"
            " and status in ('closed', 'dismissed') and (joined_to is null"
            " or (select status from cases other where other.id = cases.joined_to) = 'purged')"
            " order by closed_at, id",
            utc_text(closed_before),
            utc_text(dismissed_before),
            told_until.isoformat(),
        )
        return self._ledger.records.cases(CaseKey(row["id"]) for row in rows)

    # -- the case ---------------------------------------------------------------------------------

    def record(self, new: NewCase, said: str, event: Event, noted: Event) -> CaseKey:
        """Open a case that came by no mail. What was `said` is kept as a note: `noted` is its event.

        Raises ValueError without a request.
        """
        with self._ledger.database.transaction():
            case = filing.open_case(self._ledger, new, event)
            if said:
                filing.remark_beside(self._ledger, case, Act.NOTE_ADDED, said, noted)
            return case

    def confirm(self, key: CaseKey, kinds: tuple[NewRequest, ...] | None, event: Event) -> None:
        """Say that a candidate is a request; with `kinds`, of these rights instead of the recognised ones.

        A right that was recognised already keeps its request. Raises ValueError for no right at all.
        """
        if kinds is not None and not kinds:
            raise ValueError("a case without a request has no clock")
        with self._ledger.database.transaction():
            case = self.get(key)
            self._ledger.move_case(case, CaseStatus.OPEN, Act.CASE_CONFIRMED, event)
            if kinds is not None:
                self._replace_requests(case, kinds, event)

    def dismiss(self, key: CaseKey, event: Event) -> None:
        """Say that it is no request: its rights are dropped, its unsent letters withdrawn, its mails set aside."""
        with self._ledger.database.transaction():
            case = self.get(key)
            self._end(case, CaseStatus.DISMISSED, Act.CASE_DISMISSED, event)
            for request in _live(case):
                self._drop(request, event)
            cancel(self._ledger, open_duties(self._ledger, key, kinds=OF_A_REQUEST), event)
            retract(self._ledger, drafts_in(self._ledger, key, UNSENT), event)
            filing.move_mails(self._ledger, case, MessageStatus.SET_ASIDE, Reason.NOT_A_REQUEST, event)

    def wait(self, key: CaseKey, event: Event) -> None:
        """It is their turn. The clock runs all the same."""
        with self._ledger.database.transaction():
            self._ledger.move_case(self.get(key), CaseStatus.WAITING, Act.CASE_WAITING, event)

    def resume(self, key: CaseKey, event: Event) -> None:
        """It is our turn again."""
        with self._ledger.database.transaction():
            filing.resume_case(self._ledger, self.get(key), event)

    def close(self, key: CaseKey, event: Event) -> None:
        """End an answered case; letters that were only proposed are superseded.

        Raises IllegalTransition while a right is neither answered nor dropped: its clock would be lost.
        """
        with self._ledger.database.transaction():
            case = self.get(key)
            for request in _live(case):
                raise IllegalTransition("request", request.status, CaseStatus.CLOSED)
            self._end(case, CaseStatus.CLOSED, Act.CASE_CLOSED, event)
            retract(self._ledger, drafts_in(self._ledger, key, PROPOSED), event)

    def reopen(self, key: CaseKey, event: Event) -> None:
        """Open an ended case again, with the rights that its end had settled and their old clocks."""
        with self._ledger.database.transaction():
            filing.restore(self._ledger, self.get(key), event)

    def received_earlier(self, key: CaseKey, on: date, due: DueDates, longer: DueDates, event: Event) -> None:
        """Move the receipt of a live case to an earlier day, and every live clock that began later than that: one that
        came with a joined case may have begun before this one's receipt. `longer` are the dates of an extension.

        Raises IllegalTransition for a later day or an ended case.
        """
        with self._ledger.database.transaction():
            case = self.get(key)
            filing.refuse_ended(case)
            if on >= case.received_on:
                raise IllegalTransition("case", case.received_on.isoformat(), on.isoformat())
            self._ledger.database.write("update cases set received_on = ? where id = ?", on.isoformat(), key)
            facts = {"received_on": on.isoformat()}
            self._ledger.remark(Entity.CASE, key, key, Act.CASE_RECEIVED_EARLIER, event, facts=facts)
            for request in _live(case):
                if request.received_on > on:
                    filing.receive_earlier(self._ledger, request, on, event, due=due, longer=longer)

    def right_received_earlier(self, key: RequestKey, on: date, due: DueDates, longer: DueDates, event: Event) -> None:
        """Move the receipt of one live right alone to an earlier day; `longer` are the dates of an extension. Raises
        IllegalTransition for a later day or a right that is not live.
        """
        with self._ledger.database.transaction():
            request = self._ledger.records.request(key)
            if request.status not in LIVE_REQUESTS or on >= request.received_on:
                raise IllegalTransition("request", request.received_on.isoformat(), on.isoformat())
            filing.receive_earlier(self._ledger, request, on, event, due=due, longer=longer)

    def hand_over(self, key: CaseKey, to: str, note: str, event: Event) -> None:
        """Give a case to somebody of the controller's people, with a note for them; empty: to whoever takes it.

        Raises IllegalTransition for an ended case.
        """
        with self._ledger.database.transaction():
            filing.refuse_ended(self.get(key))
            self._ledger.database.write("update cases set assigned = ? where id = ?", filing.storable(to) or None, key)
            facts = {"to": filing.storable(to)}
            filing.remark_beside(self._ledger, key, Act.CASE_HANDED_OVER, note, event, facts=facts)

    def note(self, key: CaseKey, text: str, event: Event) -> None:
        """Keep a person's remark on a case."""
        with self._ledger.database.transaction():
            filing.refuse_purged(self.get(key))
            filing.remark_beside(self._ledger, key, Act.NOTE_ADDED, text, event)

    def notes(self, key: CaseKey) -> tuple[str, ...]:
        """The remarks kept on a case, oldest first; of one that came by no mail, what was said comes first."""
        rows = self._ledger.database.rows(
            "select notes.text from notes join events on seq = event_seq where notes.case_id = ? and act = ?"
            " and text is not null order by event_seq",
            key,
            Act.NOTE_ADDED,
        )
        return tuple(row["text"] for row in rows)

    def purge(self, key: CaseKey, event: Event) -> None:
        """Erase everything personal of an ended case; number, kinds, statuses and dates remain.

        Raises IllegalTransition while the case is live, one of its letters is on its way, one of its duties open, or
        the case in which it goes on not purged; a reminder that a person asked for holds nothing back, it is cancelled.
        """
        with self._ledger.database.transaction():
            case = self.get(key)
            if case.joined_to is not None and self.get(case.joined_to).status is not CaseStatus.PURGED:
                raise IllegalTransition("case", case.status, CaseStatus.PURGED)
            cancel(self._ledger, open_duties(self._ledger, key, kinds=REMINDERS), event)
            for duty in open_duties(self._ledger, key):
                raise IllegalTransition("duty", duty.status, CaseStatus.PURGED)
            retract(self._ledger, drafts_in(self._ledger, key, UNSETTLED_DRAFTS), event)
            erasure.erase(self._ledger.database, key)
            self._ledger.move_case(case, CaseStatus.PURGED, Act.CASE_PURGED, event)
        self._ledger.database.checkpoint()

    # -- its requests -----------------------------------------------------------------------------

    def add_request(self, key: CaseKey, new: NewRequest, event: Event) -> RequestKey:
        """Open another right under a live case. Raises IllegalTransition where the case has ended."""
        with self._ledger.database.transaction():
            filing.refuse_ended(self.get(key))
            return filing.open_request(self._ledger, key, new, event)

    def drop_request(self, request: RequestKey, event: Event) -> None:
        """Say that this right was not exercised after all, or was withdrawn; its unsent outcome letters go with it."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            self._drop(stored, event)
            self._retract_outcome(stored, event)

    def extend(  # noqa: PLR0917  # everything that the law asks of an extension
        self, request: RequestKey, due: DueDates, reason: ExtensionReason, notice: DraftKey, told_on: date, event: Event
    ) -> None:
        """Move a live request's clock, once (GDPR 12(3)), because its notice left on the day `told_on`.

        Raises IllegalTransition for a second time, for a notice that has not left or speaks of other rights, and for
        one that left after the first month.
        """
        with self._ledger.database.transaction():
            stored, told = self._ledger.records.request(request), self._ledger.records.draft(notice)
            live = stored.extended is None and stored.status in LIVE_REQUESTS
            said = told.letter is Letter.EXTENSION and told.status is DraftStatus.SENT and request in told.requests
            if not (live and said and told_on <= stored.due.promise):
                raise IllegalTransition("request", stored.status, "extended")
            columns = filing.due_columns(due, "extended_")
            self._ledger.database.write(
                "update requests set extended_promise_on = ?, extended_backstop_on = ?, extended_target_on = ?, "
                "extension_reason = ? where id = ?",
                *columns.values(),
                reason,
                request,
            )
            facts: Facts = {"reason": reason, "notice": notice, "told_on": str(told_on), **filing.due_facts(due)}
            self._ledger.remark(Entity.REQUEST, request, stored.case, Act.REQUEST_EXTENDED, event, facts=facts)

    def decide(self, request: RequestKey, outcome: Outcome, decision: Mapping[str, str], event: Event) -> None:
        """Choose the outcome of an open right; `decision` holds the facts that its letter needs. A notice of a fee
        that has not left is withdrawn: what is decided costs nothing any more.

        Raises IllegalTransition for an outcome that this right cannot have, and for a refusal without its ground.
        """
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            if not may_end(stored.kind, outcome, decision):
                raise IllegalTransition("request", stored.status, outcome)
            self._ledger.move_request(
                stored,
                RequestStatus.DECIDED,
                Act.REQUEST_DECIDED,
                event,
                facts={"outcome": outcome},
                columns={"outcome": outcome, "decision": json_text(dict(decision))},
            )
            self._retract_fees(stored, event)
            cancel(self._ledger, open_duties(self._ledger, stored.case, request, UNTIL_THE_OUTCOME), event)

    def undecide(self, request: RequestKey, event: Event) -> None:
        """Take the outcome back; letters that would have told it are withdrawn.

        Raises IllegalTransition where such a letter is on its way already.
        """
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            self._ledger.move_request(
                stored, RequestStatus.OPEN, Act.REQUEST_UNDECIDED, event, columns=filing.UNDECIDED
            )
            self._retract_outcome(stored, event)
            cancel(self._ledger, open_duties(self._ledger, stored.case, request, with_the_outcome(stored.kind)), event)

    def revive(self, request: RequestKey, event: Event) -> None:
        """Open an answered or dropped right of a live case again, with its old clock. Raises IllegalTransition else."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            filing.refuse_ended(self.get(stored.case))
            self._ledger.move_request(stored, RequestStatus.OPEN, Act.REQUEST_REOPENED, event, columns=filing.UNDECIDED)

    def answered(self, request: RequestKey, event: Event) -> None:
        """The letter with the decided outcome has left."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            self._ledger.move_request(stored, RequestStatus.ANSWERED, Act.REQUEST_ANSWERED, event)

    # -- within -----------------------------------------------------------------------------------

    def _replace_requests(self, case: Case, kinds: tuple[NewRequest, ...], event: Event) -> None:
        wanted = {new.kind for new in kinds}
        kept = {request.kind for request in _live(case) if request.kind in wanted}
        for request in _live(case):
            if request.kind not in wanted:
                self._drop(request, event)
        for new in kinds:
            if new.kind not in kept:
                filing.open_request(self._ledger, case.key, new, event)

    def _drop(self, request: Request, event: Event) -> None:
        columns = {**filing.UNDECIDED, "obliged": 0}
        self._ledger.move_request(request, RequestStatus.DROPPED, Act.REQUEST_DROPPED, event, columns=columns)
        cancel(self._ledger, open_duties(self._ledger, request.case, request.key), event)
        self._retract_fees(request, event)

    def _retract_fees(self, request: Request, event: Event) -> None:
        """Nothing is asked any more for a right that no longer waits; what is on its way cannot be called back."""
        fees = [draft for draft in drafts_in(self._ledger, request.case, UNSENT) if draft.letter is Letter.FEE]
        retract(self._ledger, [draft for draft in fees if request.key in draft.requests], event)

    def _retract_outcome(self, request: Request, event: Event) -> None:
        drafts = drafts_in(self._ledger, request.case, UNSETTLED_DRAFTS)
        about = [draft for draft in drafts if draft.letter is Letter.OUTCOME and request.key in draft.requests]
        retract(self._ledger, about, event)

    def _end(self, case: Case, new: CaseStatus, act: Act, event: Event) -> None:
        self._ledger.move_case(case, new, act, event, columns={"closed_at": utc_text(event.at)})


def _live(case: Case) -> tuple[Request, ...]:
    return tuple(request for request in case.requests if request.status in LIVE_REQUESTS)
