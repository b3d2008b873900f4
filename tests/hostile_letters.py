"""Letters and the wire in the hostile machine: proposed, approved, claimed, lost, delivered, sent by hand."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from state.lifecycle import LIVE_CASES, text_hash
from state.model import (
    Act,
    Case,
    CaseStatus,
    Draft,
    DraftStatus,
    IdentityLevel,
    Letter,
    Outcome,
    Override,
    Party,
    RequestKind,
    RequestStatus,
)
from tests.hostile_base import (
    ENDS,
    IN_FLIGHT,
    Base,
    UndoneError,
    mostly,
    on,
)
from tests.state_examples import letter
from tests.state_world import Pick


class Writing(Base):
    """What may be done with one letter, and whether that is lawful by this machine's own book."""

    def propose_one(self, before: Case, kind: Letter, *, on_paper: bool = False, to_writer: bool = False) -> bool:
        """Propose a letter about every right of a case; False where the case takes none any more."""
        event, word = self.world.by_agent(Act.DRAFT_PROPOSED), self.world.secret(before.key)
        new = letter(before.key, f"Hei {word}", kind=kind, about=tuple(request.key for request in before.requests))
        address = before.subject.address if to_writer else f"{word}@posti.example"
        person = Party(word, "" if on_paper else address)
        new = replace(new, envelope=replace(new.envelope, to=person, in_reply_to=f"<{word}@x>", references=(word,)))
        lawful, drafts = before.status is not CaseStatus.PURGED, self.world.desk.drafts
        return self.world.attempt(lawful, lambda: self.drafts.append(drafts.propose(new, event)))

    def _deliver(self, draft: Draft) -> None:
        event = self.world.by_person(Act.DRAFT_DELIVERED)
        lawful = draft.status is DraftStatus.APPROVED and draft.on_paper and not self._tells_too_early(draft)
        drafts = self.world.desk.drafts
        if self.world.attempt(lawful, lambda: drafts.delivered(draft.key, "post", event.at, event)):
            after = drafts.get(draft.key)
            assert text_hash(after.envelope, after.subject, after.body) == self.approved_text[draft.key]
            assert not any(key == draft.key for key, _ in self.arrived)

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
        return draft.letter in {Letter.FEE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED} or (
            draft.letter in {Letter.OUTCOME, Letter.LATE_DELIVERY} and not answers_in_silence
        )

    def _try_past_the_store(self, draft: Draft) -> None:
        if draft.status is DraftStatus.APPROVED:
            refusal = sqlite3.IntegrityError if self._tells_too_early(draft) else UndoneError
            with pytest.raises(refusal), self.world.desk._database.transaction():
                self._only_try(draft)

    def _only_try(self, draft: Draft) -> None:
        way = DraftStatus.SENT if draft.on_paper else DraftStatus.SENDING
        self.world.desk._database.write("update drafts set status = ? where id = ?", way, draft.key)
        raise UndoneError

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

    def die(self) -> None:
        self.world.leave_behind()
        self.world.go_on()


class Letters(Writing):
    """A person at their letters, the wire, and a saboteur."""

    @on("cases", kind=st.sampled_from(Letter), then=st.sampled_from(("wait", "approve", *ENDS)), to_writer=mostly)
    def propose(self, pick: Pick, kind: Letter, then: str, to_writer: bool) -> None:
        drafts = self.world.desk.drafts
        before = self._case(pick, *LIVE_CASES)
        if self.propose_one(before, kind, to_writer=to_writer and bool(before.subject.address)) and then != "wait":
            self._approve(drafts.get(self.drafts[-1]), fresh=True, person=True)
            if then != "approve":
                self._send(drafts.get(self.drafts[-1]), then)

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

    @on("drafts", fresh=mostly)
    def edit(self, pick: Pick, fresh: bool) -> None:
        draft, event = self._draft(pick, DraftStatus.PROPOSED), self.world.by_person(Act.DRAFT_EDITED)
        body, seen = f"{draft.body} {self.world.secret(draft.case)}", draft.text_hash if fresh else "what was shown"
        lawful, drafts = fresh and draft.status is DraftStatus.PROPOSED, self.world.desk.drafts
        self.world.attempt(lawful, lambda: drafts.edit(draft.key, draft.subject, body, seen, event))

    @on("drafts", fresh=mostly, person=mostly, faulty=st.booleans())
    def approve(self, pick: Pick, fresh: bool, person: bool, faulty: bool) -> None:
        self._approve(self._draft(pick, DraftStatus.PROPOSED), fresh, person, faulty)

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

    @on("drafts", end=st.sampled_from(ENDS))
    def send(self, pick: Pick, end: str) -> None:
        self._send(self._draft(pick, DraftStatus.APPROVED), end)

    @on("drafts")
    def the_store_forgets_to_look(self, pick: Pick) -> None:
        """The database itself lets nothing go that tells of data too early, whatever the store above it forgets."""
        self._try_past_the_store(self._draft(pick, DraftStatus.APPROVED))

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

    @rule()
    def crash(self) -> None:
        self.world.leave_behind()
        self.world.go_on()
