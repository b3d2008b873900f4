"""Who asks, in the hostile machine: proofs, doubts, codes, and whoever pretends to be somebody."""

from __future__ import annotations

from hypothesis import strategies as st

from state.lifecycle import FOR_ANOTHER, LIVE_CASES, OUT_OF_HAND
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Code,
    CodeKey,
    Contact,
    DraftStatus,
    IdentityLevel,
    Letter,
    Masked,
    Match,
    ProofKind,
)
from tests.hostile_base import (
    PURGED,
    mostly,
    on,
)
from tests.hostile_letters import Writing
from tests.state_world import Pick


class Impostors(Writing):
    """The person, and whoever pretends to be."""

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
        return next((code for code in found if code.key == key), PURGED)

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
