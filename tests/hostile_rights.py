"""Rights and their clocks in the hostile machine: confirmed, decided, extended, joined, received earlier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from inbox_agent.rules import deadlines
from state.lifecycle import LIVE_CASES, LIVE_REQUESTS
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    DraftStatus,
    DueDates,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    Letter,
    MessageStatus,
    NewRequest,
    Outcome,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from state.store.retraction import UNTIL_THE_OUTCOME, WITH_THE_OUTCOME
from tests.hostile_base import (
    IN_FLIGHT,
    LATE,
    days,
    live,
    mostly,
    on,
    picks,
    rights,
)
from tests.hostile_letters import Writing
from tests.state_examples import a_duty, extended
from tests.state_world import Pick


class Rights(Writing):
    """A person at the rights of cases, and the agent when an answer has left."""

    @on("cases", kinds=st.none() | rights)
    def confirm(self, pick: Pick, kinds: list[RequestKind] | None) -> None:
        before = self._case(pick, CaseStatus.CANDIDATE)
        day, event = before.received_on, self.world.by_person(Act.CASE_CONFIRMED)
        new = None if kinds is None else self._rights(kinds, day)
        lawful, cases = before.status is CaseStatus.CANDIDATE, self.world.desk.cases
        if self.world.attempt(lawful, lambda: cases.confirm(before.key, new, event)) and kinds is not None:
            assert {request.kind for request in live(cases.get(before.key))} == set(kinds)

    @on("cases")
    def dismiss(self, pick: Pick) -> None:
        before, event = self._case(pick, *LIVE_CASES), self.world.by_person(Act.CASE_DISMISSED)
        lawful = before.status in LIVE_CASES
        if self.world.attempt(lawful, lambda: self.world.desk.cases.dismiss(before.key, event)):
            assert not live(self.world.desk.cases.get(before.key))
            assert before.key not in {draft.case for draft in self.world.desk.drafts.ready(LATE)}

    @on("cases")
    def close(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.OPEN), self.world.by_person(Act.CASE_CLOSED)
        lawful = before.status in {CaseStatus.OPEN, CaseStatus.WAITING} and not live(before)
        self.world.attempt(lawful, lambda: self.world.desk.cases.close(before.key, event))

    @on("cases", outcome=st.sampled_from((Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED, None)))
    def answer_everything_and_close(self, pick: Pick, outcome: Outcome | None) -> None:
        """Or (None) say of everything that it was not asked after all."""
        before, cases = self._case(pick, CaseStatus.OPEN, CaseStatus.WAITING), self.world.desk.cases
        waiting = live(before) if before.status in {CaseStatus.OPEN, CaseStatus.WAITING} else []
        if any(self._on_its_way(request) for request in waiting):
            return
        for request in waiting:
            if outcome is None:
                cases.drop_request(request.key, self.world.by_person(Act.REQUEST_DROPPED))
                continue
            if request.status is RequestStatus.OPEN:
                cases.decide(request.key, outcome, {}, self.world.by_person(Act.REQUEST_DECIDED))
            cases.answered(request.key, self.world.by_agent(Act.REQUEST_ANSWERED))
        if waiting:
            cases.close(before.key, self.world.by_agent(Act.CASE_CLOSED))

    @on("cases")
    def reopen(self, pick: Pick) -> None:
        """With a clock that somebody watches, and with its mails."""
        before, event = self._case(pick, CaseStatus.CLOSED), self.world.by_person(Act.CASE_REOPENED)
        lawful = before.status in {CaseStatus.CLOSED, CaseStatus.DISMISSED} and before.joined_to is None
        if self.world.attempt(lawful, lambda: self.world.desk.cases.reopen(before.key, event)):
            assert live(self.world.desk.cases.get(before.key))
            inside = self.world.desk.mails.of_case(before.key)
            assert {mail.status for mail in inside} <= {MessageStatus.FILED}

    @on("cases", into=picks)
    def join(self, pick: Pick, into: Pick) -> None:
        self._join(self._case(pick, *LIVE_CASES), self._case(into, CaseStatus.OPEN, CaseStatus.WAITING))

    def _join(self, gone: Case, stays: Case) -> None:
        """Nothing of the one that leaves is lost, and what it promised is promised still."""
        rights = [
            (NewRequest(request.kind, request.received_on, request.due), extended(request.received_on))
            for request in live(gone)
        ]
        drafts = self.world.desk.drafts.for_case(gone.key)
        bound = any(draft.status in {DraftStatus.APPROVED, *IN_FLIGHT} for draft in drafts)
        bound = bound or any(one.status is RequestStatus.DECIDED or one.extended for one in live(gone))
        bound = bound or any(one.outcome is Outcome.NOT_IDENTIFIED for one in gone.requests)
        lawful = {gone.status, stays.status} <= LIVE_CASES and stays.status is not CaseStatus.CANDIDATE and not bound
        lawful = lawful and gone.key != stays.key
        mails, before = self.world.desk.mails.of_case(gone.key), self._beside(gone)
        event = self.world.by_person(Act.CASE_JOINED)
        if self.world.attempt(lawful, lambda: self.world.desk.joining.join(gone.key, stays.key, rights, event)):
            left, after = self.world.desk.cases.get(gone.key), self.world.desk.cases.get(stays.key)
            assert (left.status, left.joined_to, live(left)) == (CaseStatus.CLOSED, stays.key, [])
            assert {mail.key for mail in mails} <= {mail.key for mail in self.world.desk.mails.of_case(stays.key)}
            pointers = [mail.message_id for mail in mails if mail.message_id]
            deliveries = [self.world.desk.drafts.delivery(draft.key) for draft in drafts]
            pointers += [one.message_id for one in deliveries if one]
            found = self.world.desk.threads.known(pointers, "")
            assert [one.case for one in found] == ([stays.key] if pointers else [])
            assert before <= self._beside(stays)
            kept = {one.kind for one in live(stays) if one.extended}
            self.promised |= {one.key: one.due for one in after.requests}
            self.before_joining[gone.key] = gone.status
            for one in live(gone):
                first = min(held.due.promise for held in live(after) if held.kind is one.kind)
                assert first <= one.due.promise or one.kind in kept

    def _beside(self, found: Case) -> Counter[tuple[str, ...]]:
        """What stands in a case by itself: notes, and tasks that come with none of its live rights."""
        rows = self.world.desk._database.rows(
            "select text from notes join events on seq = event_seq where notes.case_id = ? and act = ?",
            found.key,
            Act.NOTE_ADDED,
        )
        own = {one.key for one in live(found)}
        duties = self.world.desk.duties.of_case(found.key)
        tasks = [one for one in duties if one.status is DutyStatus.OPEN and one.request not in own]
        return Counter(
            [*(("note", row["text"]) for row in rows), *((one.kind, str(one.due_on), one.about) for one in tasks)]
        )

    @on("cases")
    def part(self, pick: Pick) -> None:
        """Each has its own clocks again, neither is without one, and the other's dates are those of its own receipt."""
        gone = pick.among([self.world.desk.cases.get(key) for key in self.cases], lambda one: one.joined_to is not None)
        lawful = self.world.desk.parting.may_part(gone.key)
        event = self.world.by_person(Act.CASE_PARTED)
        if self.world.attempt(lawful, lambda: self.world.desk.parting.part(gone.key, event)):
            stays = self.world.desk.cases.get(CaseKey(gone.joined_to or 0))
            mine = self.world.desk.cases.get(gone.key)
            assert mine.joined_to is None
            was = self.before_joining[gone.key]
            assert mine.status in {was, CaseStatus.OPEN}
            assert (mine.status is CaseStatus.CANDIDATE) is (was is CaseStatus.CANDIDATE)
            assert live(mine)
            assert live(stays)
            self.promised |= {one.key: one.due for one in stays.requests}

    @on("cases", ago=st.integers(-2, 20))
    def a_right_was_received_earlier(self, pick: Pick, ago: int) -> None:
        """A joint controller had got one right before: its clock alone runs from then, and promises no more time."""
        before = self._request(pick, *LIVE_REQUESTS)
        self._right_received(before, before.received_on - timedelta(days=ago))

    @on("cases", ago=st.integers(-2, 20))
    def a_case_was_received_earlier(self, pick: Pick, ago: int) -> None:
        """The same of a whole case: with it go the live rights that came later than that."""
        before = self._case(pick, *LIVE_CASES)
        self._case_received(before, before.received_on - timedelta(days=ago))

    @on("cases", ago=st.integers(1, 10), further=st.integers(-9, 10))
    def a_right_was_received_earlier_and_then_its_case(self, pick: Pick, ago: int, further: int) -> None:
        """Before that day or after it: none of both is said of the right alone to give it more time."""
        right = self._request(pick, *LIVE_REQUESTS)
        case = self.world.desk.cases.get(right.case)
        self._right_received(right, case.received_on - timedelta(days=ago))
        self._case_received(case, case.received_on - timedelta(days=max(1, ago + further)))

    def _right_received(self, before: Request, on: date) -> None:
        cases, event = self.world.desk.cases, self.world.by_person(Act.CASE_RECEIVED_EARLIER)
        due = deadlines.right_received_earlier(before, on, self.notice).due
        lawful = before.status in LIVE_REQUESTS and on < before.received_on
        others = self._clocks_but(before.key)
        if self.world.attempt(lawful, lambda: cases.right_received_earlier(before.key, on, due, extended(on), event)):
            self.promised[before.key] = due
            assert due.promise <= before.due.promise
            assert self._clocks_but(before.key) == others

    def _case_received(self, stored: Case, on: date) -> None:
        cases, event = self.world.desk.cases, self.world.by_person(Act.CASE_RECEIVED_EARLIER)
        before = cases.get(stored.key)
        due = deadlines.received_earlier(before, on, self.notice).due
        lawful = before.status in LIVE_CASES and on < before.received_on
        if self.world.attempt(lawful, lambda: cases.received_earlier(before.key, on, due, extended(on), event)):
            moved = [one for one in live(before) if one.received_on > on]
            self.promised |= {one.key: due for one in moved}
            after = cases.get(before.key)
            assert after.received_on == on
            for old, new in zip(live(before), live(after), strict=True):
                assert new.received_on == min(old.received_on, on)
                assert new.due.promise <= old.due.promise

    def _clocks_but(self, key: RequestKey) -> dict[RequestKey, tuple[date, DueDates]]:
        every = [one for case in self.cases for one in self.world.desk.cases.get(case).requests]
        return {one.key: (one.received_on, one.current) for one in every if one.key != key}

    @on("cases", which=st.integers(0, 3))
    def an_answered_right_comes_alive(self, pick: Pick, which: int) -> None:
        """A late proof, while another right of its case goes on."""
        before, cases = self._case(pick, CaseStatus.OPEN, CaseStatus.WAITING), self.world.desk.cases
        right = before.requests[which % len(before.requests)]
        event = self.world.by_agent(Act.REQUEST_REOPENED)
        lawful = before.status in LIVE_CASES and right.status in {RequestStatus.ANSWERED, RequestStatus.DROPPED}
        if self.world.attempt(lawful, lambda: cases.revive(right.key, event)):
            assert cases.get(before.key).requests[which % len(before.requests)].due == right.due

    @on("cases", kind=st.sampled_from(RequestKind), day=days)
    def add_a_right(self, pick: Pick, kind: RequestKind, day: date) -> None:
        """Whatever it needs, the case needs no less than before."""
        before, event = self._case(pick, *LIVE_CASES), self.world.by_person(Act.REQUEST_OPENED)
        [new] = self._rights([kind], day)
        lawful = before.status in LIVE_CASES
        if self.world.attempt(lawful, lambda: self.world.desk.cases.add_request(before.key, new, event)):
            assert self.world.desk.cases.get(before.key).identity_required >= before.identity_required

    def _on_its_way(self, request: Request) -> bool:
        """Whether a letter that tells this right's outcome has been claimed."""
        return any(
            draft.status in IN_FLIGHT and draft.letter is Letter.OUTCOME and request.key in draft.requests
            for draft in self.world.desk.drafts.for_case(request.case)
        )

    @on("cases", outcome=st.sampled_from(Outcome), grounded=mostly)
    def decide(self, pick: Pick, outcome: Outcome, grounded: bool) -> None:
        request, event = self._request(pick, RequestStatus.OPEN), self.world.by_person(Act.REQUEST_DECIDED)
        facts = {"ground": self.world.secret(request.case)} if grounded else {"explained": "muuten vain"}
        of_a_ban = outcome in {Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED}
        possible = of_a_ban or request.kind is not RequestKind.MARKETING_OBJECTION
        reasoned = grounded or outcome not in {Outcome.REFUSED, Outcome.PARTLY}
        lawful = request.status is RequestStatus.OPEN and possible and reasoned
        self._task_of(request, DutyKind.CONSIDER_RESTRICTION)
        if self.world.attempt(lawful, lambda: self.world.desk.cases.decide(request.key, outcome, facts, event)):
            self._nothing_is_left_of(request, Letter.FEE, UNTIL_THE_OUTCOME)

    @on("cases")
    def undecide(self, pick: Pick) -> None:
        request, event = self._request(pick, RequestStatus.DECIDED), self.world.by_person(Act.REQUEST_UNDECIDED)
        lawful = request.status is RequestStatus.DECIDED and not self._on_its_way(request)
        self._task_of(request, DutyKind.INSTRUCT_PROCESSORS)
        if self.world.attempt(lawful, lambda: self.world.desk.cases.undecide(request.key, event)):
            self._nothing_is_left_of(request, Letter.OUTCOME, WITH_THE_OUTCOME)

    @on("cases")
    def answer(self, pick: Pick) -> None:
        request, event = self._request(pick, RequestStatus.DECIDED), self.world.by_agent(Act.REQUEST_ANSWERED)
        lawful = request.status is RequestStatus.DECIDED
        self.world.attempt(lawful, lambda: self.world.agent.cases.answered(request.key, event))

    @on("cases")
    def drop(self, pick: Pick) -> None:
        request, event = self._request(pick, *LIVE_REQUESTS), self.world.by_person(Act.REQUEST_DROPPED)
        lawful = request.status in LIVE_REQUESTS and not self._on_its_way(request)
        self._task_of(request, DutyKind.TELL_RECIPIENTS)
        if self.world.attempt(lawful, lambda: self.world.desk.cases.drop_request(request.key, event)):
            self._nothing_is_left_of(request, Letter.FEE, frozenset(DutyKind))
            self._nothing_is_left_of(request, Letter.OUTCOME, frozenset(DutyKind))

    def _task_of(self, request: Request, kind: DutyKind) -> None:
        """Lay one down, with all that the right itself brings laid down before."""
        if request.status in LIVE_REQUESTS:
            self.world.agent.duties.oblige(request.key, (), self.world.by_agent(Act.DUTY_OPENED))
        if self.world.desk.cases.get(request.case).status is not CaseStatus.PURGED:
            event, new = self.world.by_agent(Act.DUTY_OPENED), a_duty(request.key, kind)
            self.duties.append(self.world.agent.duties.open(request.case, new, event))

    def _nothing_is_left_of(self, request: Request, letter: Letter, kinds: Collection[DutyKind]) -> None:
        """Neither such a letter that may still leave, nor such a task that waits to be done."""
        for draft in self.world.desk.drafts.for_case(request.case):
            about = draft.letter is letter and request.key in draft.requests
            assert not (about and draft.status in {DraftStatus.PROPOSED, DraftStatus.APPROVED})
        for duty in self.world.desk.duties.of_case(request.case):
            assert not (duty.request == request.key and duty.kind in kinds and duty.status is DutyStatus.OPEN)

    @on("cases", in_time=mostly)
    def extend(self, pick: Pick, in_time: bool) -> None:
        """By whatever letter there is."""
        request, drafts = self._request(pick, *LIVE_REQUESTS), self.world.desk.drafts
        every = [drafts.get(key) for key in self.drafts]
        if every:
            mine = [one for one in every if one.case == request.case and one.letter is Letter.EXTENSION]
            self._extend(request, pick.among(mine or every, lambda _: True), in_time=in_time)

    @on("cases", in_time=mostly)
    def an_extension_is_told(self, pick: Pick, in_time: bool) -> None:
        """By a notice of its own, that leaves."""
        request = self._request(pick, *LIVE_REQUESTS)
        if self.propose_one(self.world.desk.cases.get(request.case), Letter.EXTENSION):
            self._approve(self.world.desk.drafts.get(self.drafts[-1]), fresh=True, person=True)
            self._send(self.world.desk.drafts.get(self.drafts[-1]), "taken")
            self._extend(request, self.world.desk.drafts.get(self.drafts[-1]), in_time=in_time)

    def _extend(self, request: Request, notice: Draft, *, in_time: bool) -> None:
        event, last = self.world.by_agent(Act.REQUEST_EXTENDED), request.due.promise
        left = notice.letter is Letter.EXTENSION and notice.status is DraftStatus.SENT
        told_on = last - timedelta(days=3) if in_time else last + timedelta(days=1)
        said = left and request.key in notice.requests and in_time
        lawful = said and request.status in LIVE_REQUESTS and request.extended is None
        new, cases, why = extended(request.received_on), self.world.agent.cases, ExtensionReason.COMPLEXITY
        self.world.attempt(lawful, lambda: cases.extend(request.key, new, why, notice.key, told_on, event))

    @on("cases", later=st.integers(-4, 5), sooner=st.booleans(), longer=st.booleans())
    def they_ask_twice(self, pick: Pick, later: int, sooner: bool, longer: bool) -> None:
        """The same right in two cases, which are then joined; of the second the notice may promise a sooner answer, and
        the first may have been extended.
        """
        if longer:
            self.an_extension_is_told(pick, in_time=True)
        here = self._case(pick, CaseStatus.OPEN, CaseStatus.WAITING)
        kinds = [request.kind for request in live(here)]
        if kinds:
            day = here.received_on + timedelta(days=later)
            new = self._new_case(kinds, day, CaseStatus.OPEN)
            if sooner:
                due = deadlines.compute(day, day + timedelta(days=3)).due
                new = replace(new, requests=tuple(replace(one, due=due) for one in new.requests))
            opened, noted = self.world.by_person(Act.CASE_OPENED), self.world.by_person(Act.NOTE_ADDED)
            said = self.world.secret()
            self._remember(self.world.desk.cases.record(new, said, opened, noted), new)
            self.world.secrets[self.cases[-1]].add(said)
            self._join(self.world.desk.cases.get(self.cases[-1]), here)
