"""The hostile machine: mails twice and out of order, crashes anywhere, every act at every moment, lawful or not.

After each step the promises of the house are asserted:

1. whatever was claimed had, at that moment, exactly the text that a person approved;
2. one approval brings at most one letter to the other end of the wire;
3. every mail taken in is in exactly one status, and its bytes are there;
4. the journal's chain verifies, and replaying it gives every status in the tables;
5. every right's and every duty's dates can be computed again from the journal, whatever answer the controller's notice
   promises since: a promise that was given is kept, a changed one counts for the rights opened from then on;
6. no letter that tells of data is claimed before its case's person is identified to the level that this needs (by a
   code that came back once, in time, from the address it went to; or by what a person saw), unless a person let that
   very text go: whatever is forged, replayed, sent to another case or sent twice; and none to whoever writes for
   another before their authority was seen, whatever a person lets go;
7. a letter without an e-mail address never reaches the wire, and one with one never ends as delivered by a person;
8. what was personal in a purged case is in no column and in no byte of the file.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inbox_agent.profile import Deadlines
from inbox_agent.rules import deadlines
from inbox_agent.rules.duties import due_on
from state.database import instant
from state.errors import StateError
from state.journal import Entity
from state.lifecycle import FOR_ANOTHER, LIVE_CASES, LIVE_REQUESTS, OUT_OF_HAND, copy_owed, text_hash
from state.model import (
    Act,
    Arrival,
    CanaryKey,
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    Code,
    CodeKey,
    Contact,
    Counting,
    Draft,
    DraftKey,
    DraftStatus,
    DueDates,
    Duty,
    DutyKey,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    IdentityLevel,
    Letter,
    Masked,
    Match,
    MessageKey,
    MessageStatus,
    NewCase,
    NewRequest,
    Outcome,
    Override,
    Party,
    ProofKind,
    Reason,
    Reckoning,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from state.store.retraction import REMINDERS
from tests.state_examples import MONDAY, NOW, a_duty, case, extended, letter, place
from tests.state_world import Pick, World

IN_FLIGHT = {DraftStatus.SENDING, DraftStatus.UNCERTAIN}
_PURGED = Code(CodeKey(0), CaseKey(0), DraftKey(0), "", "", "", 0, None, None)  # codes go with their case
LATE = NOW + timedelta(days=999)
TABLES = {
    Entity.MESSAGE: "messages",
    Entity.CASE: "cases",
    Entity.REQUEST: "requests",
    Entity.DRAFT: "drafts",
    Entity.DUTY: "duties",
}

# What may become of a sending: the server's word, no word, or our own death before or after the text went out.
ENDS = ("taken", "deferred", "refused", "lost", "lost but taken", "crash", "crash after")

mostly = st.sampled_from((True, True, True, False))
picks = st.builds(Pick, st.integers(0, 9), mostly)
days = st.integers(0, 40).map(lambda offset: MONDAY + timedelta(days=offset))
rights = st.lists(st.sampled_from(RequestKind), min_size=1, max_size=3, unique=True)


COUNTED = frozenset({Act.REQUEST_OPENED, Act.CASE_RECEIVED_EARLIER, Act.REQUEST_RECEIPT_RESTORED})
"""The lines of the journal that give a right its dates."""


class _UndoneError(Exception):
    """Takes back what was only tried."""


def on(rows: str, **arguments: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """A rule that is tried on one of these rows, once there are any."""
    return lambda function: precondition(lambda self: getattr(self, rows))(rule(pick=picks, **arguments)(function))


class HostileStore(RuleBasedStateMachine):
    """A person, an agent, a mail server and a saboteur in one world."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.cases: list[CaseKey] = []
        self.drafts: list[DraftKey] = []
        self.others: list[MessageKey] = []
        self.duties: list[DutyKey] = []
        self.taken: dict[str, Arrival] = {}
        self.approvals: Counter[DraftKey] = Counter()
        self.approved_text: dict[DraftKey, str] = {}
        self.arrived: Counter[tuple[DraftKey, int]] = Counter()
        self.erased: set[str] = set()
        self.forgotten: set[str] = set()  # hashes of mails whose time was over
        self.birds: dict[str, CanaryKey] = {}
        self.found: dict[str, datetime] = {}
        self.held_back: dict[int, int] = {}  # UIDs that the server did not give, with their tries
        self.proven: dict[CaseKey, IdentityLevel] = {}
        self.let_go: set[tuple[DraftKey, str]] = set()
        self.codes: list[CodeKey] = []
        self.came_back: Counter[CodeKey] = Counter()
        self.misses: Counter[CodeKey] = Counter()
        self.doubted: set[CodeKey] = set()
        self.notice = Deadlines()
        self.promised: dict[RequestKey, DueDates] = {}
        self.for_another: set[CaseKey] = set()
        self.authorised: set[CaseKey] = set()

    def teardown(self) -> None:
        self.world.end()

    # -- choosing ---------------------------------------------------------------------------------

    def _case(self, pick: Pick, *statuses: CaseStatus) -> Case:
        found = [self.world.desk.cases.get(key) for key in self.cases]
        return pick.among(found, lambda one: one.status in statuses)

    def _request(self, pick: Pick, *statuses: RequestStatus) -> Request:
        found = [request for key in self.cases for request in self.world.desk.cases.get(key).requests]
        return pick.among(found, lambda one: one.status in statuses)

    def _draft(self, pick: Pick, *statuses: DraftStatus) -> Draft:
        found = [self.world.desk.drafts.get(key) for key in self.drafts]
        return pick.among(found, lambda one: one.status in statuses)

    def _loose(self, key: MessageKey) -> bool:
        """Whether a mail may be put under a case: it is in none, or was set aside with one that still holds it."""
        found = self.world.desk.mails.get(key)
        erased = found.case is not None and self.world.desk.cases.get(found.case).status is CaseStatus.PURGED
        erased = erased or found.content_hash in self.forgotten
        return found.status is not MessageStatus.FILED and not erased

    def _unread(self, key: MessageKey) -> bool:
        return self.world.desk.mails.get(key).status is MessageStatus.QUARANTINED

    # -- the mail server --------------------------------------------------------------------------

    def _new_case(self, kinds: list[RequestKind], day: date, status: CaseStatus) -> NewCase:
        word = self.world.secret()
        new = case(*kinds, status=status, subject=Party(word, f"{word}@posti.example"), received_on=day)
        return replace(new, requests=self._rights(kinds, day))

    def _rights(self, kinds: list[RequestKind], day: date) -> tuple[NewRequest, ...]:
        """Rights received on this day, with the dates that the notice of the moment promises."""
        return tuple(NewRequest(kind, day, deadlines.under(day, self.notice).due) for kind in kinds)

    def _remember(self, key: CaseKey, new: NewCase) -> None:
        self.cases.append(key)
        self.world.secrets[key] = {new.subject.name}

    @rule(kinds=rights, day=days, sure=mostly)
    def a_request_comes(self, kinds: list[RequestKind], day: date, sure: bool) -> None:
        arrival = self.world.mail()
        new = self._new_case(kinds, day, CaseStatus.OPEN if sure else CaseStatus.CANDIDATE)
        self._remember(self.world.agent.intake.open_case(arrival, new, self.world.by_agent(Act.CASE_OPENED)), new)
        self.taken[arrival.content_hash] = arrival

    @rule(kinds=rights, day=days, how=st.sampled_from((Channel.LETTER, Channel.CALL, Channel.VISIT)))
    def a_request_comes_on_paper(self, kinds: list[RequestKind], day: date, how: Channel) -> None:
        word, said = self.world.secret(), self.world.secret()
        new = case(*kinds, subject=Party(word, ""), received_on=day)
        new = replace(new, channel=how, postal=f"{word}katu 1", requests=self._rights(kinds, day))
        opened, noted = self.world.by_person(Act.CASE_OPENED), self.world.by_person(Act.NOTE_ADDED)
        self._remember(self.world.desk.cases.record(new, said, opened, noted), new)
        self.world.secrets[self.cases[-1]].add(said)

    @rule(days=st.none() | st.integers(1, 31), working=st.none() | st.integers(1, 22))
    def the_notice_promises_otherwise(self, days: int | None, working: int | None) -> None:
        """The controller's profile was changed while cases are open."""
        self.notice = Deadlines(answer_days=days, answer_working_days=working)

    @rule(readable=st.booleans())
    def something_else_comes(self, readable: bool) -> None:
        arrival, intake = self.world.mail(), self.world.agent.intake
        if readable:
            key = intake.set_aside(arrival, Reason.MASS_MAIL, self.world.by_agent(Act.MESSAGE_SET_ASIDE))
        else:
            key = intake.quarantine(arrival, Reason.UNREADABLE, self.world.by_agent(Act.MESSAGE_QUARANTINED))
        self.others.append(key)
        self.taken[arrival.content_hash] = arrival

    @on("cases", more=st.lists(st.sampled_from(RequestKind), max_size=2, unique=True), day=days)
    def they_write_again(self, pick: Pick, more: list[RequestKind], day: date) -> None:
        before, arrival = self._case(pick, *CaseStatus), self.world.mail()
        new = self._rights(more, day)
        event, intake = self.world.by_agent(Act.MESSAGE_FILED), self.world.agent.intake
        lawful = before.status is not CaseStatus.PURGED and before.joined_to is None
        if self.world.attempt(lawful, lambda: intake.follow_up(arrival, before.key, new, event)):
            self.taken[arrival.content_hash] = arrival
            candidate = before.status is CaseStatus.CANDIDATE
            after = self.world.agent.cases.get(before.key)
            assert after.status is (CaseStatus.CANDIDATE if candidate else CaseStatus.OPEN)

    @on("taken", elsewhere=st.booleans())
    def the_same_mail_comes_again(self, pick: Pick, elsewhere: bool) -> None:
        """As after a crash before the cursor was saved, a new UIDVALIDITY, a move: in any order, again and again."""
        arrival = pick.among(list(self.taken.values()), lambda _: True)
        if elsewhere:
            self.world.uid += 1
            arrival = replace(arrival, raw=replace(arrival.raw, place=place(self.world.uid, "Junk", 8)))
        intake, event = self.world.agent.intake, self.world.by_agent(Act.MESSAGE_SEEN_AGAIN)
        key = intake.known(arrival.content_hash)
        assert key is not None
        if not self._unread(key):  # what lies unread is taken in by `a_newer_version_reads_it`
            self.world.attempt(False, lambda: intake.open_case(arrival, case(), event))
            self.world.attempt(False, lambda: intake.set_aside(arrival, Reason.MASS_MAIL, event))
        intake.sighted(key, arrival.raw.place, event)
        assert intake.seen(arrival.raw.place)

    @rule(uid=st.integers(900, 904), tries=st.integers(0, 3))
    def the_server_does_not_give_a_mail(self, uid: int, tries: int) -> None:
        where, now = place(uid), self.world.now()
        self.world.agent.reading.withhold(where, tries, now)
        self.held_back[uid] = tries

    @rule(uid=st.integers(900, 904))
    def it_gives_it_after_all(self, uid: int) -> None:
        self.world.agent.reading.release(place(uid))
        self.held_back.pop(uid, None)

    @rule(lost=st.booleans())
    def a_test_mail_is_sent(self, lost: bool) -> None:
        token = f"{len(self.birds):032x}"
        claim, sent = self.world.by_agent(Act.CANARY_CLAIMED), self.world.by_agent(Act.CANARY_SENT)
        self.birds[token] = key = self.world.agent.canaries.claim(token, claim)
        if not lost:
            self.world.agent.canaries.sent(key, sent)
            self.world.attempt(False, lambda: self.world.agent.canaries.sent(key, sent))

    @on("birds", forged=st.booleans())
    def a_test_mail_comes_back(self, pick: Pick, forged: bool) -> None:
        """Once, again, or one that nobody sent: only the first coming back of one of ours is evidence."""
        token = "f" * 32 if forged else pick.among(list(self.birds), lambda _: True)
        event = self.world.by_agent(Act.CANARY_ARRIVED)
        assert self.world.agent.canaries.arrived(token, event.at, "INBOX", event) is not forged
        if not forged:
            self.found.setdefault(token, event.at)

    @rule(minutes_ago=st.integers(0, 30))
    def what_was_set_aside_long_ago_is_forgotten(self, minutes_ago: int) -> None:
        """Only mails that belong to no case, and none that was moved since."""
        mails, now = self.world.agent.mails, self.world.now()
        before = now - timedelta(minutes=minutes_ago)
        loose = [found for key in self.others if (found := mails.get(key)).case is None]
        aside = [found for found in loose if found.status is MessageStatus.SET_ASIDE]
        rows = self.world.agent._database.rows("select * from events where entity = 'message' and new is not null")
        moved = {row["entity_id"] for row in rows if instant(row["at"]) >= before}
        over = [found for found in aside if found.key not in moved and found.content_hash not in self.forgotten]
        count = mails.erase_set_aside(before, self.world.by_agent(Act.MESSAGE_ERASED))
        assert count == len(over)
        self.forgotten |= {found.content_hash for found in over}
        self.erased |= {self.taken[found.content_hash].sender.name for found in over}
        if over:
            left = self.world.bytes_on_disk()
            assert not [word for word in self.erased if word.encode() in left]

    # -- the person: mails and cases --------------------------------------------------------------

    @on("others", day=days)
    def make_a_case_of_it(self, pick: Pick, day: date) -> None:
        message, mails = pick.among(self.others, self._loose), self.world.desk.mails
        new, event = self._new_case([RequestKind.ERASURE], day, CaseStatus.OPEN), self.world.by_person(Act.CASE_OPENED)
        opened: list[CaseKey] = []
        if self.world.attempt(self._loose(message), lambda: opened.append(mails.refile(message, new, event))):
            self._remember(opened[0], new)

    @on("others", day=days)
    def a_newer_version_reads_it(self, pick: Pick, day: date) -> None:
        """What lay unread in quarantine becomes a case by the agent; a mail that was read is not taken in again."""
        message, intake = pick.among(self.others, self._unread), self.world.agent.intake
        arrival = self.taken[self.world.agent.mails.get(message).content_hash]
        new = self._new_case([RequestKind.ACCESS], day, CaseStatus.CANDIDATE)
        event, opened = self.world.by_agent(Act.CASE_OPENED), list[CaseKey]()
        if self.world.attempt(self._unread(message), lambda: opened.append(intake.open_case(arrival, new, event))):
            self._remember(opened[0], new)

    @on("others", into=picks)
    def put_it_under_a_case(self, pick: Pick, into: Pick) -> None:
        if self.cases:
            message, under = pick.among(self.others, self._loose), self._case(into, *LIVE_CASES)
            lawful = under.status is not CaseStatus.PURGED and self._loose(message)
            event, mails = self.world.by_person(Act.MESSAGE_FILED), self.world.desk.mails
            self.world.attempt(lawful, lambda: mails.attach(message, under.key, event))

    @on("cases", kinds=st.none() | rights)
    def confirm(self, pick: Pick, kinds: list[RequestKind] | None) -> None:
        before = self._case(pick, CaseStatus.CANDIDATE)
        day, event = before.received_on, self.world.by_person(Act.CASE_CONFIRMED)
        new = None if kinds is None else self._rights(kinds, day)
        lawful, cases = before.status is CaseStatus.CANDIDATE, self.world.desk.cases
        if self.world.attempt(lawful, lambda: cases.confirm(before.key, new, event)) and kinds is not None:
            assert {request.kind for request in _live(cases.get(before.key))} == set(kinds)

    @on("cases")
    def dismiss(self, pick: Pick) -> None:
        before, event = self._case(pick, *LIVE_CASES), self.world.by_person(Act.CASE_DISMISSED)
        lawful = before.status in LIVE_CASES
        if self.world.attempt(lawful, lambda: self.world.desk.cases.dismiss(before.key, event)):
            assert not _live(self.world.desk.cases.get(before.key))
            assert before.key not in {draft.case for draft in self.world.desk.drafts.ready(LATE)}

    @on("cases")
    def wait(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.OPEN), self.world.by_agent(Act.CASE_WAITING)
        self.world.attempt(before.status is CaseStatus.OPEN, lambda: self.world.desk.cases.wait(before.key, event))

    @on("cases")
    def resume(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.WAITING), self.world.by_person(Act.CASE_RESUMED)
        self.world.attempt(before.status is CaseStatus.WAITING, lambda: self.world.desk.cases.resume(before.key, event))

    @on("cases")
    def close(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.OPEN), self.world.by_person(Act.CASE_CLOSED)
        lawful = before.status in {CaseStatus.OPEN, CaseStatus.WAITING} and not _live(before)
        self.world.attempt(lawful, lambda: self.world.desk.cases.close(before.key, event))

    @on("cases", outcome=st.sampled_from((Outcome.GRANTED, Outcome.NO_DATA, Outcome.FORWARDED)))
    def answer_everything_and_close(self, pick: Pick, outcome: Outcome) -> None:
        before, cases = self._case(pick, CaseStatus.OPEN, CaseStatus.WAITING), self.world.desk.cases
        if before.status in {CaseStatus.OPEN, CaseStatus.WAITING}:
            for request in _live(before):
                if request.status is RequestStatus.OPEN:
                    cases.decide(request.key, outcome, {}, self.world.by_person(Act.REQUEST_DECIDED))
                cases.answered(request.key, self.world.by_agent(Act.REQUEST_ANSWERED))
            cases.close(before.key, self.world.by_agent(Act.CASE_CLOSED))

    @on("cases")
    def reopen(self, pick: Pick) -> None:
        before, event = self._case(pick, CaseStatus.CLOSED), self.world.by_person(Act.CASE_REOPENED)
        lawful = before.status in {CaseStatus.CLOSED, CaseStatus.DISMISSED} and before.joined_to is None
        self.world.attempt(lawful, lambda: self.world.desk.cases.reopen(before.key, event))

    @on("cases", into=picks)
    def join(self, pick: Pick, into: Pick) -> None:
        """Nothing of the one that leaves is lost, and what it promised is promised still."""
        gone, stays = self._case(pick, *LIVE_CASES), self._case(into, CaseStatus.OPEN, CaseStatus.WAITING)
        rights = [
            (NewRequest(request.kind, request.received_on, request.due), extended(request.received_on))
            for request in _live(gone)
        ]
        drafts = self.world.desk.drafts.for_case(gone.key)
        bound = any(draft.status in {DraftStatus.APPROVED, *IN_FLIGHT} for draft in drafts)
        bound = bound or any(one.status is RequestStatus.DECIDED or one.extended for one in _live(gone))
        bound = bound or any(one.outcome is Outcome.NOT_IDENTIFIED for one in gone.requests)
        lawful = {gone.status, stays.status} <= LIVE_CASES and stays.status is not CaseStatus.CANDIDATE and not bound
        lawful = lawful and gone.key != stays.key
        mails = {mail.key for mail in self.world.desk.mails.of_case(gone.key)}
        event = self.world.by_person(Act.CASE_JOINED)
        if self.world.attempt(lawful, lambda: self.world.desk.joining.join(gone.key, stays.key, rights, event)):
            left, after = self.world.desk.cases.get(gone.key), self.world.desk.cases.get(stays.key)
            assert (left.status, left.joined_to, _live(left)) == (CaseStatus.CLOSED, stays.key, [])
            assert mails <= {mail.key for mail in self.world.desk.mails.of_case(stays.key)}
            kept = {one.kind for one in _live(stays) if one.extended}
            self.promised |= {one.key: one.due for one in after.requests}
            for one in _live(gone):
                first = min(held.due.promise for held in _live(after) if held.kind is one.kind)
                assert first <= one.due.promise or one.kind in kept

    @on("cases")
    def part(self, pick: Pick) -> None:
        """Each has its own clocks again, neither is without one, and the other's dates are those of its own receipt."""
        gone = pick.among([self.world.desk.cases.get(key) for key in self.cases], lambda one: one.joined_to is not None)
        lawful = self.world.desk.parting.may_part(gone.key)
        event = self.world.by_person(Act.CASE_PARTED)
        if self.world.attempt(lawful, lambda: self.world.desk.parting.part(gone.key, event)):
            stays = self.world.desk.cases.get(CaseKey(gone.joined_to or 0))
            mine = self.world.desk.cases.get(gone.key)
            assert (mine.status, mine.joined_to) == (CaseStatus.OPEN, None)
            assert _live(mine)
            assert _live(stays)
            self.promised |= {one.key: one.due for one in stays.requests}

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
        before, event = self._case(pick, *LIVE_CASES), self.world.by_person(Act.REQUEST_OPENED)
        [new] = self._rights([kind], day)
        lawful = before.status in LIVE_CASES
        self.world.attempt(lawful, lambda: self.world.desk.cases.add_request(before.key, new, event))

    @on("cases")
    def write_beside_it(self, pick: Pick) -> None:
        before, cases = self._case(pick, *LIVE_CASES), self.world.desk.cases
        word, lawful = self.world.secret(before.key), before.status is not CaseStatus.PURGED
        note = self.world.by_person(Act.NOTE_ADDED)
        self.world.attempt(lawful, lambda: cases.note(before.key, word, note))

    @on("cases", dismissed_first=st.booleans())
    def purge(self, pick: Pick, dismissed_first: bool) -> None:
        before = self._case(pick, *(LIVE_CASES if dismissed_first else (CaseStatus.CLOSED, CaseStatus.DISMISSED)))
        if dismissed_first and before.status in LIVE_CASES:
            self.world.desk.cases.dismiss(before.key, self.world.by_person(Act.CASE_DISMISSED))
            before = self.world.desk.cases.get(before.key)
        event = self.world.by_agent(Act.CASE_PURGED)
        going = [draft for draft in self.world.desk.drafts.for_case(before.key) if draft.status in IN_FLIGHT]
        inside = self.world.desk.mails.of_case(before.key)
        duties = self.world.desk.duties.of_case(before.key)
        owing = [one for one in duties if one.status is DutyStatus.OPEN and one.kind not in REMINDERS]
        goes_on = before.joined_to and self.world.desk.cases.get(before.joined_to).status is not CaseStatus.PURGED
        lawful = before.status in {CaseStatus.CLOSED, CaseStatus.DISMISSED} and not going and not owing and not goes_on
        if self.world.attempt(lawful, lambda: self.world.desk.cases.purge(before.key, event)):
            self.erased |= self.world.secrets.pop(before.key)
            self.erased |= {self.taken[message.content_hash].sender.name for message in inside}
            left = self.world.bytes_on_disk()
            assert not [word for word in self.erased if word.encode() in left]

    # -- the person, and whoever pretends to be: who asks -----------------------------------------

    @on("cases", kind=st.sampled_from(ProofKind), level=st.sampled_from(IdentityLevel))
    def a_proof_is_seen(self, pick: Pick, kind: ProofKind, level: IdentityLevel) -> None:
        self._prove(self._case(pick, *LIVE_CASES), kind, level)

    def _prove(self, before: Case, kind: ProofKind, level: IdentityLevel) -> None:
        event, word = self.world.by_person(Act.IDENTITY_RECORDED), self.world.secret()
        store, lawful = self.world.desk.identification, before.status is not CaseStatus.PURGED
        if self.world.attempt(lawful, lambda: store.record_proof(before.key, kind, level, word, event)):
            self.world.secrets[before.key].add(word)
            self._reach(before.key, level)
            if kind is ProofKind.AUTHORITY:
                self.authorised.add(before.key)

    @on("cases", known=mostly, flag=st.sampled_from(sorted(FOR_ANOTHER)))
    def the_writer_speaks_for_another(self, pick: Pick, known: bool, flag: str) -> None:
        """Seen of a mail, said by a person, or taken back: at any moment, also after an approval."""
        self._flag(self._case(pick, *LIVE_CASES).key, flag, on=known)

    def _flag(self, key: CaseKey, flag: str, *, on: bool) -> None:
        lawful = self.world.desk.cases.get(key).status is not CaseStatus.PURGED
        event, store = self.world.by_person(Act.CASE_FLAGGED), self.world.desk.identification
        if self.world.attempt(lawful, lambda: store.flag(key, flag, on, event)):
            for_another = not FOR_ANOTHER.isdisjoint(self.world.desk.cases.get(key).flags)
            (self.for_another.add if for_another else self.for_another.discard)(key)

    @on("cases")
    def the_proofs_are_doubted(self, pick: Pick) -> None:
        """What was approved before, and has not left, must not leave any more."""
        before, event = self._case(pick, *LIVE_CASES), self.world.by_person(Act.IDENTITY_WITHDRAWN)
        lawful, word = before.status is not CaseStatus.PURGED, self.world.secret()
        if self.world.attempt(lawful, lambda: self.world.desk.identification.withdraw_proofs(before.key, word, event)):
            self.world.secrets[before.key].add(word)
            self.proven.pop(before.key, None)
            self.authorised.discard(before.key)
            codes = self.world.desk.identification.codes(before.key)
            self.doubted |= {code.key for code in codes if code.sent_at}  # what is out proves nothing any more
            self._reach(before.key, IdentityLevel.L1)

    @on("cases", seen=st.booleans(), late=st.booleans(), on_paper=st.booleans())
    def somebody_answers_whoever_writes_for_another(self, pick: Pick, seen: bool, late: bool, on_paper: bool) -> None:
        """Identified as well as can be, with or without their authority, found out before the approval or after it."""
        before = self._case(pick, *LIVE_CASES)
        if before.status not in LIVE_CASES:
            return
        self._prove(before, ProofKind.AUTHORITY if seen else ProofKind.ID_SHOWN, IdentityLevel.L4)
        to_writer = bool(before.subject.address) and not on_paper
        self.propose_one(before, Letter.OUTCOME, on_paper=not to_writer, to_writer=to_writer)
        for step in ("approve", "flag") if late else ("flag", "approve"):
            if step == "flag":
                self._flag(before.key, "representative", on=True)
            else:
                self._approve(self.world.desk.drafts.get(self.drafts[-1]), fresh=True, person=True)
        left = self.world.desk.drafts.get(self.drafts[-1])
        self._try_past_the_store(left)
        self._deliver(left) if left.on_paper else self._send(left, "taken")

    def _reach(self, key: CaseKey, level: IdentityLevel) -> None:
        """As the assessment would: the best of what was proven."""
        self.proven[key] = max(self.proven.get(key, IdentityLevel.L1), level)
        required = self.world.agent.cases.get(key).identity_required
        event = self.world.by_agent(Act.IDENTITY_ASSESSED)
        self.world.agent.identification.assess(key, self.proven[key], required, event)

    @on("cases", address=st.booleans())
    def the_register_is_asked(self, pick: Pick, address: bool) -> None:
        before, word = self._case(pick, *LIVE_CASES), self.world.secret()
        event, lawful = self.world.by_agent(Act.CONTACT_RECORDED), before.status is not CaseStatus.PURGED
        found = Contact(Match.EXACT, word, f"{word}@posti.example") if address else Contact(Match.NONE)
        store = self.world.agent.identification
        if self.world.attempt(lawful, lambda: store.record_contact(before.key, found, event)) and address:
            self.world.secrets[before.key].add(word)

    @on("cases", sent=mostly)
    def a_code_goes_out(self, pick: Pick, sent: bool) -> None:
        before = self._case(pick, *LIVE_CASES)
        if before.status in LIVE_CASES:
            self.propose_one(before, Letter.IDENTITY_QUESTION)
            event = self.world.by_agent(Act.CODE_ISSUED)
            self.codes.append(self.world.agent.identification.issue(self.drafts[-1], "salt", "digest", event))
            if sent:
                draft = self.world.desk.drafts.get(self.drafts[-1])
                self._approve(draft, fresh=True, person=True)
                self._send(self.world.desk.drafts.get(draft.key), "taken")

    def _code(self, key: CodeKey) -> Code:
        found = [code for case in self.cases for code in self.world.desk.identification.codes(case)]
        return next((code for code in found if code.key == key), _PURGED)

    def _counts(self, key: CodeKey) -> bool:
        """Whether this code would be taken now: by this machine's own book, not by the store's."""
        code = self._code(key)
        asked = self.world.desk.identification.codes(code.case)  # of cases that were joined to it, too
        left = [other for other in asked if other.sent_at and other.case == code.case]
        newest = bool(left) and max(other.key for other in left) == key
        young = code.sent_at is not None and self.world.minutes_since(code.sent_at) < 7 * 24 * 60
        untouched = not self.came_back[key] and key not in self.doubted
        return newest and young and untouched and self.misses[key] < 5

    @on("codes", late=st.sampled_from((False, False, False, True)))
    def a_code_comes_back(self, pick: Pick, late: bool) -> None:
        """The right one; perhaps again, perhaps too late, perhaps one that a newer one replaced or that never left."""
        key = pick.among(self.codes, self._counts)
        if late:
            self.world.minutes += 7 * 24 * 60
        lawful, event = self._counts(key), self.world.by_agent(Act.CODE_RETURNED)
        if self.world.attempt(lawful, lambda: self.world.agent.identification.redeem(key, event)):
            self.came_back[key] += 1
            self._reach(self._code(key).case, IdentityLevel.L2)

    @on("codes")
    def a_wrong_code_comes(self, pick: Pick) -> None:
        key = pick.among(self.codes, self._counts)
        lawful, event = self._counts(key), self.world.by_agent(Act.CODE_WRONG)
        if self.world.attempt(lawful, lambda: self.world.agent.identification.miss(key, event)):
            self.misses[key] += 1

    @on("drafts")
    def a_code_is_taken_out_of_its_letter(self, pick: Pick) -> None:
        """Only of a letter that is never sent again; what was approved of it stays known by its hash."""
        draft, event = self._draft(pick, *OUT_OF_HAND), self.world.by_agent(Act.CODE_MASKED)
        erased = self.world.desk.cases.get(draft.case).status is CaseStatus.PURGED
        if not erased:
            masked, drafts = Masked(draft.body[:5], ""), self.world.agent.drafts
            if self.world.attempt(draft.status in OUT_OF_HAND, lambda: drafts.conceal(draft.key, masked, event)):
                assert drafts.get(draft.key).text_hash == draft.text_hash
                assert draft.key not in {left.key for left in drafts.with_codes()}

    @on("drafts", fresh=mostly, person=mostly)
    def let_it_go_all_the_same(self, pick: Pick, fresh: bool, person: bool) -> None:
        draft, word = self._draft(pick, DraftStatus.PROPOSED), self.world.secret()
        seen = draft.text_hash if fresh else "what was shown"
        event = (self.world.by_person if person else self.world.by_agent)(Act.IDENTITY_OVERRIDDEN)
        lawful, store = fresh and person and draft.status is DraftStatus.PROPOSED, self.world.desk.identification
        lawful = lawful and not self._tells_another(draft)
        if self.world.attempt(lawful, lambda: store.override(draft.key, seen, "urgent", word, event)):
            self.world.secrets[draft.case].add(word)
            self.let_go.add((draft.key, draft.text_hash))

    # -- the person: rights -----------------------------------------------------------------------

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
        if self.world.attempt(lawful, lambda: self.world.desk.cases.decide(request.key, outcome, facts, event)):
            unsent = {DraftStatus.PROPOSED, DraftStatus.APPROVED}
            for draft in self.world.desk.drafts.for_case(request.case):
                fee = draft.letter is Letter.FEE and request.key in draft.requests
                assert not (fee and draft.status in unsent)

    @on("cases")
    def undecide(self, pick: Pick) -> None:
        request, event = self._request(pick, RequestStatus.DECIDED), self.world.by_person(Act.REQUEST_UNDECIDED)
        lawful = request.status is RequestStatus.DECIDED and not self._on_its_way(request)
        self.world.attempt(lawful, lambda: self.world.desk.cases.undecide(request.key, event))

    @on("cases")
    def answer(self, pick: Pick) -> None:
        request, event = self._request(pick, RequestStatus.DECIDED), self.world.by_agent(Act.REQUEST_ANSWERED)
        lawful = request.status is RequestStatus.DECIDED
        self.world.attempt(lawful, lambda: self.world.agent.cases.answered(request.key, event))

    @on("cases")
    def drop(self, pick: Pick) -> None:
        request, event = self._request(pick, *LIVE_REQUESTS), self.world.by_person(Act.REQUEST_DROPPED)
        lawful = request.status in LIVE_REQUESTS and not self._on_its_way(request)
        self.world.attempt(lawful, lambda: self.world.desk.cases.drop_request(request.key, event))

    @on("cases", in_time=mostly)
    def extend(self, pick: Pick, in_time: bool) -> None:
        request, event = self._request(pick, *LIVE_REQUESTS), self.world.by_agent(Act.REQUEST_EXTENDED)
        new, last = extended(request.received_on), request.due.promise
        notices = [
            draft
            for draft in self.world.desk.drafts.for_case(request.case)
            if draft.letter is Letter.EXTENSION and draft.status is DraftStatus.SENT and request.key in draft.requests
        ]
        others = [self.world.desk.drafts.get(key) for key in self.drafts]
        if notices or others:
            notice = pick.among(notices or others, lambda _: True)
            told_on = last - timedelta(days=3) if in_time else last + timedelta(days=1)
            said = notice in notices and in_time
            lawful = said and request.status in LIVE_REQUESTS and request.extended is None
            cases, why = self.world.agent.cases, ExtensionReason.COMPLEXITY
            self.world.attempt(lawful, lambda: cases.extend(request.key, new, why, notice.key, told_on, event))

    # -- the person: duties -----------------------------------------------------------------------

    def _duty(self, pick: Pick, *statuses: DutyStatus) -> Duty:
        found = [self.world.desk.duties.get(key) for key in self.duties]
        return pick.among(found, lambda one: one.status in statuses)

    @on("cases", kind=st.sampled_from(DutyKind), days=st.integers(0, 60), of_a_right=mostly)
    def lay_down_a_duty(self, pick: Pick, kind: DutyKind, days: int, of_a_right: bool) -> None:
        before, event = self._case(pick, *LIVE_CASES), self.world.by_agent(Act.DUTY_OPENED)
        request = before.requests[0].key if of_a_right else None
        new = a_duty(request, kind, self.world.secret(before.key), days)
        lawful, duties = before.status is not CaseStatus.PURGED, self.world.agent.duties
        self.world.attempt(lawful, lambda: self.duties.append(duties.open(before.key, new, event)))

    @rule()
    def lay_down_what_comes_with_rights(self) -> None:
        """Twice does no more than once."""
        duties, event = self.world.agent.duties, self.world.by_agent(Act.DUTY_OPENED)
        for request in (*(wanting := duties.unobliged()), *wanting):
            before = {duty.key for duty in duties.of_case(request.case)}
            duties.oblige(request.key, (a_duty(request.key, DutyKind.STOP_MARKETING),), event)
            self.duties += [duty.key for duty in duties.of_case(request.case) if duty.key not in before]
        assert duties.unobliged() == ()

    @on("duties", person=mostly)
    def do_a_duty(self, pick: Pick, person: bool) -> None:
        duty = self._duty(pick, DutyStatus.OPEN)
        event = (self.world.by_person if person else self.world.by_agent)(Act.DUTY_DONE)
        early = duty.kind is DutyKind.ERASE and copy_owed(self.world.desk.cases.get(duty.case))
        lawful = duty.status is DutyStatus.OPEN and person and not early
        self.world.attempt(lawful, lambda: self.world.desk.duties.done(duty.key, event))

    @on("duties")
    def cancel_a_duty(self, pick: Pick) -> None:
        duty, event = self._duty(pick, DutyStatus.OPEN), self.world.by_person(Act.DUTY_CANCELLED)
        why = self.world.secret(duty.case)
        self.world.attempt(duty.status is DutyStatus.OPEN, lambda: self.world.desk.duties.cancel(duty.key, event, why))

    @on("duties", days=st.integers(0, 90), counting=st.sampled_from(Counting), person=mostly)
    def move_a_duty(self, pick: Pick, days: int, counting: Counting, person: bool) -> None:
        """Only a person, only what is still to be done; the old date and what the new one was counted from are told."""
        duty = self._duty(pick, DutyStatus.OPEN)
        why = self.world.secret(duty.case)
        event = (self.world.by_person if person else self.world.by_agent)(Act.DUTY_MOVED)
        reckoning = Reckoning(counting, MONDAY, days)
        lawful, duties = duty.status is DutyStatus.OPEN and person, self.world.desk.duties
        self.world.attempt(lawful, lambda: duties.move(duty.key, due_on(reckoning), reckoning, why, event))

    @on("duties")
    def a_duty_was_not_done(self, pick: Pick) -> None:
        duty, event = self._duty(pick, DutyStatus.DONE), self.world.by_person(Act.DUTY_REOPENED)
        purged = self.world.desk.cases.get(duty.case).status is CaseStatus.PURGED
        lawful = duty.status is DutyStatus.DONE and not purged
        self.world.attempt(lawful, lambda: self.world.desk.duties.reopen(duty.key, event))

    # -- the person: letters ----------------------------------------------------------------------

    @on("cases", kind=st.sampled_from(Letter), then=st.sampled_from(("wait", "approve", *ENDS)), to_writer=mostly)
    def propose(self, pick: Pick, kind: Letter, then: str, to_writer: bool) -> None:
        drafts = self.world.desk.drafts
        before = self._case(pick, *LIVE_CASES)
        if self.propose_one(before, kind, to_writer=to_writer and bool(before.subject.address)) and then != "wait":
            self._approve(drafts.get(self.drafts[-1]), fresh=True, person=True)
            if then != "approve":
                self._send(drafts.get(self.drafts[-1]), then)

    def propose_one(self, before: Case, kind: Letter, *, on_paper: bool = False, to_writer: bool = False) -> bool:
        """Propose a letter about every right of a case; False where the case takes none any more."""
        event, word = self.world.by_agent(Act.DRAFT_PROPOSED), self.world.secret(before.key)
        new = letter(before.key, f"Hei {word}", kind=kind, about=tuple(request.key for request in before.requests))
        address = before.subject.address if to_writer else f"{word}@posti.example"
        person = Party(word, "" if on_paper else address)
        new = replace(new, envelope=replace(new.envelope, to=person, in_reply_to=f"<{word}@x>", references=(word,)))
        lawful, drafts = before.status is not CaseStatus.PURGED, self.world.desk.drafts
        return self.world.attempt(lawful, lambda: self.drafts.append(drafts.propose(new, event)))

    @on("cases", kind=st.sampled_from(Letter), then=st.sampled_from(("wait", "approve", "send", "deliver")))
    def propose_on_paper(self, pick: Pick, kind: Letter, then: str) -> None:
        drafts = self.world.desk.drafts
        if self.propose_one(self._case(pick, *LIVE_CASES), kind, on_paper=True) and then != "wait":
            self._approve(drafts.get(self.drafts[-1]), fresh=True, person=True)
            if then == "send":
                self._send(drafts.get(self.drafts[-1]), "taken")
            elif then == "deliver":
                self._deliver(drafts.get(self.drafts[-1]))

    @on("drafts")
    def deliver(self, pick: Pick) -> None:
        """On paper or not, approved or not."""
        self._deliver(self._draft(pick, DraftStatus.APPROVED))

    def _deliver(self, draft: Draft) -> None:
        event = self.world.by_person(Act.DRAFT_DELIVERED)
        lawful = draft.status is DraftStatus.APPROVED and draft.on_paper and not self._tells_too_early(draft)
        drafts = self.world.desk.drafts
        if self.world.attempt(lawful, lambda: drafts.delivered(draft.key, "post", event.at, event)):
            after = drafts.get(draft.key)
            assert text_hash(after.envelope, after.subject, after.body) == self.approved_text[draft.key]
            assert not any(key == draft.key for key, _ in self.arrived)

    @on("drafts", fresh=mostly)
    def edit(self, pick: Pick, fresh: bool) -> None:
        draft, event = self._draft(pick, DraftStatus.PROPOSED), self.world.by_person(Act.DRAFT_EDITED)
        body, seen = f"{draft.body} {self.world.secret(draft.case)}", draft.text_hash if fresh else "what was shown"
        lawful, drafts = fresh and draft.status is DraftStatus.PROPOSED, self.world.desk.drafts
        self.world.attempt(lawful, lambda: drafts.edit(draft.key, draft.subject, body, seen, event))

    @on("drafts", fresh=mostly, person=mostly, faulty=st.booleans())
    def approve(self, pick: Pick, fresh: bool, person: bool, faulty: bool) -> None:
        self._approve(self._draft(pick, DraftStatus.PROPOSED), fresh, person, faulty)

    def _before_work(self, draft: Draft) -> bool:
        """A fee is asked for open rights only; every other letter has its time."""
        about = [one for one in self.world.desk.cases.get(draft.case).requests if one.key in draft.requests]
        open_still = bool(about) and all(one.status is RequestStatus.OPEN for one in about)
        return draft.letter is not Letter.FEE or open_still

    def _approve(self, draft: Draft, fresh: bool, person: bool, faulty: bool = False) -> None:
        override = Override(("unfilled",), self.world.secret(draft.case)) if faulty else None
        seen = draft.text_hash if fresh else "what was shown before"
        event = (self.world.by_person if person else self.world.by_agent)(Act.DRAFT_APPROVED)
        lawful = fresh and person and draft.status is DraftStatus.PROPOSED and not self._tells_too_early(draft)
        lawful = lawful and self._before_work(draft)
        drafts = self.world.desk.drafts
        if self.world.attempt(lawful, lambda: drafts.approve(draft.key, seen, event.at, event, override)):
            self.approvals[draft.key] += 1
            self.approved_text[draft.key] = text_hash(draft.envelope, draft.subject, draft.body)

    @on("drafts")
    def withdraw_the_approval(self, pick: Pick) -> None:
        draft, event = self._draft(pick, DraftStatus.APPROVED), self.world.by_person(Act.APPROVAL_WITHDRAWN)
        lawful = draft.status is DraftStatus.APPROVED
        self.world.attempt(lawful, lambda: self.world.desk.drafts.withdraw_approval(draft.key, event))

    @on("drafts")
    def reject(self, pick: Pick) -> None:
        draft, event = self._draft(pick, DraftStatus.PROPOSED), self.world.by_person(Act.DRAFT_REJECTED)
        lawful = draft.status is DraftStatus.PROPOSED
        self.world.attempt(lawful, lambda: self.world.desk.drafts.reject(draft.key, event))

    # -- the wire ---------------------------------------------------------------------------------

    @on("drafts", end=st.sampled_from(ENDS))
    def send(self, pick: Pick, end: str) -> None:
        self._send(self._draft(pick, DraftStatus.APPROVED), end)

    def _tells_too_early(self, draft: Draft) -> bool:
        """Whether a letter would tell of data to somebody who is not known well enough, by this machine's own book."""
        found = self.world.desk.cases.get(draft.case)
        known = max(self.proven.get(draft.case, IdentityLevel.L1), IdentityLevel.L1)
        let_go = (draft.key, draft.text_hash) in self.let_go
        early = self._tells(draft) and known < found.identity_required and not let_go
        return early or self._tells_another(draft)

    def _tells_another(self, draft: Draft) -> bool:
        """Whether it would go to a writer whose authority to ask for somebody else nobody has seen."""
        direct = draft.envelope.to.address not in {"", self.world.desk.cases.get(draft.case).subject.address}
        return self._tells(draft) and draft.case in self.for_another - self.authorised and not direct

    def _tells(self, draft: Draft) -> bool:
        found = self.world.desk.cases.get(draft.case)
        about = [request for request in found.requests if request.key in draft.requests]
        silent = {Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED}
        answers_in_silence = about and all(
            one.outcome in silent or (one.kind is RequestKind.MARKETING_OBJECTION and one.outcome is Outcome.GRANTED)
            for one in about
        )
        return draft.letter in {Letter.FEE, Letter.FOLLOW_UP} or (
            draft.letter is Letter.OUTCOME and not answers_in_silence
        )

    @on("drafts")
    def the_store_forgets_to_look(self, pick: Pick) -> None:
        """The database itself lets nothing go that tells of data too early, whatever the store above it forgets."""
        self._try_past_the_store(self._draft(pick, DraftStatus.APPROVED))

    def _try_past_the_store(self, draft: Draft) -> None:
        if draft.status is DraftStatus.APPROVED:
            refusal = sqlite3.IntegrityError if self._tells_too_early(draft) else _UndoneError
            with pytest.raises(refusal), self.world.desk._database.transaction():
                self._only_try(draft)

    def _only_try(self, draft: Draft) -> None:
        way = DraftStatus.SENT if draft.on_paper else DraftStatus.SENDING
        self.world.desk._database.write("update drafts set status = ? where id = ?", way, draft.key)
        raise _UndoneError

    def _send(self, draft: Draft, end: str) -> None:
        event = self.world.by_agent(Act.SENDING_CLAIMED)
        drafts, key, message_id = self.world.agent.drafts, draft.key, f"<{event.at:%d%H%M}@us.example>"
        earlier = drafts.delivery(key)
        lawful = draft.status is DraftStatus.APPROVED and not draft.on_paper and not self._tells_too_early(draft)
        if self.world.attempt(lawful, lambda: drafts.claim(key, message_id, event)):
            delivery, left = drafts.delivery(key), drafts.get(key)
            assert delivery is not None
            assert delivery.message_id == (earlier.message_id if earlier else message_id)
            assert text_hash(left.envelope, left.subject, left.body) == self.approved_text[key] == left.approved_hash
            if end in {"taken", "lost but taken", "crash after"}:
                self.arrived[key, self.approvals[key]] += 1
            self._record(draft, end)

    def _record(self, draft: Draft, end: str) -> None:
        said, now, drafts = f"said {self.world.secret(draft.case)}", self.world.now(), self.world.agent.drafts
        match end:
            case "taken":
                drafts.sent(draft.key, said, self.world.by_agent(Act.DRAFT_SENT))
            case "deferred":
                drafts.deferred(draft.key, said, now, self.world.by_agent(Act.SENDING_DEFERRED))
            case "refused":
                drafts.refused(draft.key, said, self.world.by_agent(Act.DRAFT_REFUSED))
            case "lost" | "lost but taken":
                drafts.uncertain(draft.key, said, self.world.by_agent(Act.SENDING_UNCERTAIN))
            case _:
                self.crash()
                assert draft.key in {found.key for found, _ in self.world.agent.drafts.in_flight()}

    @on("drafts", end=st.booleans())
    def a_person_sends_it_by_hand(self, pick: Pick, end: bool) -> None:
        """From their own mail program, in their own words: one letter, and none by us after it."""
        draft, drafts = self._draft(pick, DraftStatus.PROPOSED, DraftStatus.APPROVED), self.world.agent.drafts
        word, event = self.world.secret(draft.case), self.world.by_person(Act.DRAFT_APPROVED)
        body, message_id = f"{draft.body} {word}", f"<{word}@ohjelma.example>"
        said = replace(draft, text_hash=text_hash(draft.envelope, "Vs", body))
        open_still = draft.status in {DraftStatus.PROPOSED, DraftStatus.APPROVED} and not draft.on_paper
        lawful = open_still and self._before_work(draft) and not self._tells_too_early(said)
        if self.world.attempt(lawful, lambda: drafts.sent_by_hand(draft.key, "Vs", body, message_id, event)):
            self.approvals[draft.key] += 1
            self.approved_text[draft.key] = text_hash(draft.envelope, "Vs", body)
            self.arrived[draft.key, self.approvals[draft.key]] += 1
            noticed = self.world.by_agent(Act.SENT_COPY_NOTICED)
            assert self.world.agent.offers.noticed(draft.case, message_id, noticed)
            assert not self.world.agent.offers.noticed(draft.case, message_id, noticed)
            if end:
                drafts.sent(draft.key, "found in Sent", self.world.by_person(Act.DRAFT_SENT))

    @on("drafts", found=st.booleans())
    def settle(self, pick: Pick, found: bool) -> None:
        """Found in Sent, or a person says; what is settled stays so."""
        draft, drafts = self._draft(pick, *IN_FLIGHT), self.world.agent.drafts
        done, event = drafts.sent if found else drafts.refused, self.world.by_person(Act.DRAFT_SENT)
        self.world.attempt(draft.status in IN_FLIGHT, lambda: done(draft.key, "a person looked", event))

    # -- the saboteur -----------------------------------------------------------------------------

    @rule()
    def crash(self) -> None:
        self.world.leave_behind()
        self.world.go_on()

    @on("cases")
    def crash_in_the_middle(self, pick: Pick) -> None:
        before, found = self.world.everything(), self._case(pick, *LIVE_CASES)
        with suppress(KeyboardInterrupt), self.world.agent.transaction():
            with suppress(StateError):
                self.world.agent.cases.dismiss(found.key, self.world.by_agent(Act.CASE_DISMISSED))
            self.world.leave_behind()
            raise KeyboardInterrupt
        self.world.go_on()
        assert self.world.everything() == before

    # -- the promises -----------------------------------------------------------------------------

    @invariant()
    def one_approval_brings_one_letter(self) -> None:
        assert all(number == 1 for number in self.arrived.values())
        claimed = self.world.agent._database.rows("select draft_id from deliveries")
        assert {row["draft_id"] for row in claimed} <= set(self.approvals)

    @invariant()
    def every_mail_is_accounted_for(self) -> None:
        rows = self.world.agent._database.rows(
            "select content_hash, status, raw, (select status from cases where id = case_id) as of_case "
            "from messages left join raw_messages on raw_messages.message_id = messages.id"
        )
        assert len(rows) == len(self.taken)
        for row in rows:
            arrival = self.taken[row["content_hash"]]
            assert row["status"] in set(MessageStatus)
            gone = row["of_case"] == CaseStatus.PURGED or row["content_hash"] in self.forgotten
            assert row["raw"] == (None if gone else arrival.raw.raw)
            assert self.world.agent.intake.seen(arrival.raw.place)

    @invariant()
    def no_withheld_mail_is_forgotten(self) -> None:
        found = self.world.agent.reading.withheld(place(0).account, place(0).folder, place(0).uidvalidity, LATE)
        assert {each.place.uid: each.tries for each in found} == self.held_back

    @invariant()
    def a_test_mail_arrives_at_most_once(self) -> None:
        rows = self.world.agent._database.rows("select token, arrived_at from canaries where arrived_at is not null")
        assert {row["token"]: instant(row["arrived_at"]) for row in rows} == self.found

    @invariant()
    def the_journal_tells_the_tables(self) -> None:
        database, journal = self.world.agent._database, self.world.agent.journal
        journal.verify()
        assert journal.replay() == {
            (entity, row["id"]): row["status"]
            for entity, table in TABLES.items()
            for row in database.rows(f"select id, status from {table}")  # noqa: S608
        }
        last: dict[tuple[str, int], str] = {}
        for row in database.rows("select entity, entity_id, old, new from events where new is not null order by seq"):
            assert row["old"] == last.get((row["entity"], row["entity_id"]))
            last[row["entity"], row["entity_id"]] = row["new"]

    @invariant()
    def the_tallies_are_what_counting_gives(self) -> None:
        rows = self.world.agent._database.rows
        for told, counted in (
            (
                "select status, promise_on, cases from case_tally where cases > 0",
                "select status, coalesce(promise_on, ''), count(*) from cases group by 1, 2",
            ),
            (
                "select status, mails from mail_tally where mails > 0",
                "select status, count(*) from messages where erased = 0 group by 1",
            ),
        ):
            assert sorted(map(tuple, rows(told))) == sorted(map(tuple, rows(counted)))

    @invariant()
    def every_clock_can_be_computed_again(self) -> None:
        for key in self.cases:
            found = self.world.agent.cases.get(key)
            said = [one for one in self.world.agent.journal.events(key) if one.entity == Entity.REQUEST]
            told = {(stored.entity_id, stored.event.act): stored.event.facts for stored in said}
            dated = {stored.entity_id: stored.event.facts for stored in said if stored.event.act in COUNTED}
            for request in found.requests:
                opened = dated[request.key]
                received_on, promise = (date.fromisoformat(str(opened[name])) for name in ("received_on", "promise"))
                longer = (request.key, Act.REQUEST_EXTENDED) in told
                again = deadlines.compute(received_on, promise).due
                assert (request.received_on, request.due) == (received_on, again)
                assert request.due == self.promised.setdefault(request.key, request.due)
                assert request.extended == (extended(received_on) if longer else None)
            assert found.status in LIVE_CASES or not _live(found)

    @invariant()
    def every_duty_can_be_counted_again(self) -> None:
        for key in self.duties:
            duty = self.world.agent.duties.get(key)
            dated = [
                stored.event.facts
                for stored in self.world.agent.journal.events(duty.case)
                if (stored.entity, stored.entity_id) == (Entity.DUTY, key)
                and stored.event.act in {Act.DUTY_OPENED, Act.DUTY_MOVED}
            ]
            assert [told["due_on"] for told in dated[:-1]] == [told["from_on"] for told in dated[1:]]
            told = dated[-1]
            start = date.fromisoformat(str(told["start_on"]))
            counted = Reckoning(Counting(str(told["counting"])), start, int(told["days"] or 0))
            assert (duty.reckoning, duty.due_on) == (counted, due_on(counted))
            assert duty.status is not DutyStatus.OPEN or told["kind"] == duty.kind

    @invariant()
    def the_queue_stands_in_the_order_of_the_promises(self) -> None:
        for row in self.world.agent._database.rows("select id, promise_on from cases"):
            found = self.world.agent.cases.get(row["id"])
            clocks = _live(found) or found.requests
            assert row["promise_on"] == min(request.current.promise for request in clocks).isoformat()

    @invariant()
    def nothing_personal_outlives_its_purge(self) -> None:
        if self.erased:
            everything = str(self.world.everything())
            assert not [word for word in self.erased if word in everything]


def _live(found: Case) -> list[Request]:
    return [request for request in found.requests if request.status in LIVE_REQUESTS]


TestHostileStore = HostileStore.TestCase
TestHostileStore.settings = settings(deadline=None)
