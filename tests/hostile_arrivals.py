"""The mail server's part of the hostile machine: requests, further mails, and all that a mailbox can do to a reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from inbox_agent.profile import Deadlines
from state.database import instant
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    Channel,
    MessageKey,
    MessageStatus,
    Party,
    Reason,
    RequestKind,
)
from tests.hostile_base import (
    Base,
    days,
    mostly,
    on,
    picks,
    rights,
)
from tests.state_examples import case, place
from tests.state_world import Pick

MARKS = ("protected",)  # what a mail that a person puts under a case says of who asks


class Arrivals(Base):
    """Requests come, and further mails; the controller's notice changes meanwhile."""

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


class Mailroom(Arrivals):
    """Everything else that lies in a mailbox, in any order, once more, or not given at all."""

    @rule(readable=st.booleans())
    def something_else_comes(self, readable: bool) -> None:
        arrival, intake = self.world.mail(), self.world.agent.intake
        if readable:
            key = intake.set_aside(arrival, Reason.MASS_MAIL, self.world.by_agent(Act.MESSAGE_SET_ASIDE))
        else:
            key = intake.quarantine(arrival, Reason.UNREADABLE, self.world.by_agent(Act.MESSAGE_QUARANTINED))
        self.others.append(key)
        self.taken[arrival.content_hash] = arrival

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

    @on("others", into=picks, more=st.lists(st.sampled_from(RequestKind), max_size=2, unique=True), day=days)
    def put_it_under_a_case(self, pick: Pick, into: Pick, more: list[RequestKind], day: date) -> None:
        if self.cases:
            message, under = pick.among(self.others, self._loose), self._case(into, *CaseStatus)
            lawful = under.status is not CaseStatus.PURGED and under.joined_to is None and self._loose(message)
            new, placing = self._rights(more, day), self.world.desk.placing
            event = self.world.by_person(Act.MESSAGE_PUT_UNDER)
            if self.world.attempt(lawful, lambda: placing.put_under(message, under.key, event, new, MARKS)):
                after = self.world.desk.cases.get(under.key)
                assert after.status is (
                    CaseStatus.CANDIDATE if under.status is CaseStatus.CANDIDATE else CaseStatus.OPEN
                )

    @on("others")
    def take_it_out_of_the_case(self, pick: Pick) -> None:
        """It is where it was, the rights that it brought wait for nobody, and no promise of another right moves."""
        message, placing = pick.among(self.others, self._filed), self.world.desk.placing
        event, lawful = self.world.by_person(Act.MESSAGE_TAKEN_OUT), placing.may_take_out(message)
        under = self.world.desk.mails.get(message).case
        if self.world.attempt(lawful, lambda: placing.take_out(message, event, MARKS)):
            left = self.world.desk.mails.get(message)
            assert left.status is MessageStatus.SET_ASIDE
            assert left.case != under
            assert self.world.desk.cases.get(under or CaseKey(0)).status is not CaseStatus.PURGED

    def _filed(self, key: MessageKey) -> bool:
        return self.world.desk.mails.get(key).status is MessageStatus.FILED
