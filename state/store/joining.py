"""Two cases become one: the same person, the same matter, two numbers.

Nothing is lost: mails, rights, tasks and notes go over to the case that stays, replies to either find it, and the other
remains, closed, with its number, its letters and its journal. Of a right that both hold the earlier receipt counts, and
the earlier promise. `parting` makes them two again.
Refuses what would hide a promise: a letter on its way, a right that is decided or extended, a case that has ended; and
a right that was answered "not identified", which a proof brings back to life (GDPR 12(6)) and here nobody could give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from state.database import utc_text
from state.errors import IllegalTransition, StaleWrite
from state.journal import Entity, Facts
from state.lifecycle import LIVE_REQUESTS, UNSETTLED_DRAFTS
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DueDates,
    Event,
    MessageStatus,
    NewDuty,
    NewRequest,
    Outcome,
    Reason,
    Relation,
    Request,
    RequestStatus,
)
from state.store import filing
from state.store.duties import Duties
from state.store.ledger import Columns, Ledger
from state.store.retraction import PROPOSED, cancel, drafts_in, open_duties, retract


@dataclass(frozen=True, slots=True)
class Joining:
    _ledger: Ledger

    def join(self, gone: CaseKey, into: CaseKey, rights: Iterable[tuple[NewRequest, DueDates]], event: Event) -> None:
        """Join `gone` to `into`. `rights` are the live ones of `gone` as they would run there, each with the dates that
        an extension would give it.

        Raises IllegalTransition where one of them has ended, `into` is not confirmed, a letter of `gone` is approved or
        on its way, or a right of it is decided, extended or answered "not identified"; StaleWrite where it holds a live
        right that is not among `rights`: that would be lost.
        """
        with self._ledger.database.transaction():
            leaving, staying = self._ledger.records.case(gone), self._ledger.records.case(into)
            self._refuse(leaving, staying)
            after = self._ledger.journal.last()
            self._take_mails(leaving, staying, event)
            self._take_rights(leaving, staying, rights, event)
            self._take_duties(leaving, staying, event)
            self._take_notes(leaving, staying, event)
            self._end(leaving, staying, after, event)

    # -- within -----------------------------------------------------------------------------------

    def _refuse(self, leaving: Case, staying: Case) -> None:
        filing.refuse_ended(leaving)
        filing.refuse_ended(staying)
        if leaving.key == staying.key or staying.status is CaseStatus.CANDIDATE:
            raise IllegalTransition("case", staying.status, "joined")
        for draft in drafts_in(self._ledger, leaving.key, UNSETTLED_DRAFTS - PROPOSED):
            raise IllegalTransition("draft", draft.status, DraftStatus.SUPERSEDED)
        for request in leaving.requests:
            bound = request.status is RequestStatus.DECIDED or request.outcome is Outcome.NOT_IDENTIFIED
            if bound or (request.extended and request.status in LIVE_REQUESTS):
                raise IllegalTransition("request", request.status, RequestStatus.DROPPED)

    def _take_mails(self, leaving: Case, staying: Case, event: Event) -> None:
        filing.move_mails(self._ledger, leaving, MessageStatus.SET_ASIDE, Reason.BY_PERSON, event)
        for message in self._ledger.records.messages(leaving.key):
            filing.put_under(self._ledger, message, staying.key, Relation.FOLLOW_UP, event)
        # Replies to our letters of the other number come here too.
        self._ledger.database.write("update threads set case_id = ? where case_id = ?", staying.key, leaving.key)

    def _take_rights(
        self, leaving: Case, staying: Case, rights: Iterable[tuple[NewRequest, DueDates]], event: Event
    ) -> None:
        held = {request.kind: request for request in staying.requests if request.status in LIVE_REQUESTS}
        given = tuple(rights)
        if {one.kind for one in leaving.requests if one.status in LIVE_REQUESTS} - {new.kind for new, _ in given}:
            raise StaleWrite("case", leaving.key, "as it was read")
        for new, longer in given:
            same = held.get(new.kind)
            if same is None:
                filing.open_request(self._ledger, staying.key, new, event)
            elif new.received_on < same.received_on or new.due.promise < same.due.promise:
                on, due = min(new.received_on, same.received_on), min(new.due, same.due, key=lambda due: due.promise)
                kept = longer if on == new.received_on else same.extended or longer
                filing.receive_earlier(self._ledger, same, on, event, due=due, longer=kept)
        for request in leaving.requests:
            if request.status in LIVE_REQUESTS:
                self._drop(request, event)

    def _drop(self, request: Request, event: Event) -> None:
        columns = {**filing.UNDECIDED, "obliged": 0}
        self._ledger.move_request(request, RequestStatus.DROPPED, Act.REQUEST_DROPPED, event, columns=columns)

    def _take_duties(self, leaving: Case, staying: Case, event: Event) -> None:
        """What a live right brings is laid down anew with it; the rest goes over with its day."""
        mine = open_duties(self._ledger, leaving.key)
        live = {request.key for request in leaving.requests if request.status in LIVE_REQUESTS}
        for duty in mine:
            if duty.request not in live:
                anew = NewDuty(duty.kind, duty.due_on, duty.reckoning, None, duty.about)
                Duties(self._ledger).open(staying.key, anew, event)
        cancel(self._ledger, mine, event)

    def _take_notes(self, leaving: Case, staying: Case, event: Event) -> None:
        rows = self._ledger.database.rows(
            "select notes.text from notes join events on seq = event_seq where notes.case_id = ? and act = ?"
            " and text is not null order by event_seq",
            leaving.key,
            Act.NOTE_ADDED,
        )
        for row in rows:
            filing.remark_beside(self._ledger, staying.key, Act.NOTE_ADDED, row["text"], event)

    def _end(self, leaving: Case, staying: Case, after: int, event: Event) -> None:
        retract(self._ledger, drafts_in(self._ledger, leaving.key, PROPOSED), event)
        live = self._ledger.records.case(leaving.key)
        if live.status is CaseStatus.CANDIDATE:  # that it belongs to a request confirms it
            self._ledger.move_case(live, CaseStatus.OPEN, Act.CASE_CONFIRMED, event)
            live = self._ledger.records.case(leaving.key)
        columns: Columns = {"closed_at": utc_text(event.at), "joined_to": staying.key}
        self._ledger.move_case(live, CaseStatus.CLOSED, Act.CASE_CLOSED, event, columns=columns)
        # `after`: the joining's lines follow that one, so that they can be undone (`parting`).
        into: Facts = {"into": staying.number, "after": after}
        for case, facts in ((leaving, into), (staying, {"from": leaving.number})):
            self._ledger.remark(Entity.CASE, case.key, case.key, Act.CASE_JOINED, event, facts=facts)
        if staying.status is CaseStatus.WAITING:
            filing.resume_case(self._ledger, staying, event)
