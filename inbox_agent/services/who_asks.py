"""What a person does about who asks: record a proof, say which entry it is, doubt, send a code, let a letter go.

One method, one act, each names its person. The evidence itself is never taken: only that it was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inbox_agent.errors import UsageProblem
from inbox_agent.profile import is_address
from inbox_agent.rules import deadlines, leaving, letters
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.rules.joint import JOINT_RECEIPT, EarlierReceipt, later_rights, proposed
from inbox_agent.rules.levels import Sign, proof_level
from inbox_agent.rules.proof_seen import refused
from inbox_agent.rules.visible import masked
from inbox_agent.services import identifying
from inbox_agent.services.acting import Acting
from state.model import (
    Act,
    CaseKey,
    Contact,
    DraftKey,
    IdentityLevel,
    Letter,
    Match,
    ProofKind,
)

REASONS = ("nothing_on_file", "known_in_person", "urgent", "other")
"""Why a letter may be let go although its reader is not identified (our choice)."""

FLAGS = (Sign.DISPUTE, Sign.PROTECTED, Sign.THIRD_PERSON, Sign.REPRESENTATIVE, Sign.SHARED_MAILBOX, Sign.DECEASED)
"""The signs that a person may put on a case or take off it."""


@dataclass(frozen=True, slots=True)
class WhoAsks(Acting):
    def assessment(self, case: CaseKey) -> Assessment:
        return identifying.assessment(self.store, self.profile, self.store.cases.get(case), self.now())

    def prove(self, case: CaseKey, kind: ProofKind, level: IdentityLevel | None, words: str) -> Assessment:
        """Record that a proof of this kind was seen. `level` only where the kind has none of its own. Of the `words` no
        personal identity code is kept: a proof is that it was seen, never what it said.

        Raises UsageProblem where it is needed and missing, for a round trip, which only a code makes, or for
        what proves nobody.
        """
        number = self.store.cases.get(case).number
        if kind is ProofKind.ROUND_TRIP:
            raise UsageProblem("round_trip_by_code", number)
        if why := refused(kind, level, words, self.profile.controller.joint):
            raise UsageProblem(why, number)
        try:
            reached = proof_level(kind, level)
        except ValueError:
            raise UsageProblem("proof_needs_level", number) from None
        event = self.event(Act.IDENTITY_RECORDED)
        said = masked(words)
        return identifying.record_proof(self.store, self.profile, case, (kind, reached), words=said, event=event)

    def doubt(self, case: CaseKey, words: str) -> Assessment:
        """Take every proof back, and every code that is out. What was approved on their strength does not leave any
        more.
        """
        with self.store.transaction():
            self.store.identification.withdraw_proofs(case, masked(words), self.event(Act.IDENTITY_WITHDRAWN))
            return self._reassess(case)

    def choose_contact(self, case: CaseKey, contact: Contact, *, looked_up: bool = True) -> DraftKey | None:
        """Say what is on file for a case's person. Where that is another address than the asker's, a code to it is
        proposed, and its letter's key is returned. `looked_up`: whether the register itself gave it.
        """
        with self.store.transaction():
            event = self.event(Act.CONTACT_RECORDED)
            identifying.record_contact(self.store, self.profile, case, contact, event, looked_up=looked_up)
            stored = self.store.cases.get(case)
            elsewhere = contact.address and contact.address.casefold() != stored.subject.address.casefold()
            if elsewhere and stored.identity_level < stored.identity_required:
                return self.send_code(case)
            return None

    def on_file(self, case: CaseKey, address: str, name: str = "") -> DraftKey | None:
        """`choose_contact` for an address that a person found in the register by hand. A turvakielto that the register
        has told is not taken away by it; one that it has not told yet is found when the agent asks it about this too.

        Raises UsageProblem for what is no e-mail address.
        """
        if not is_address(address):
            raise UsageProblem("on_file_no_address", address)
        asker, known = self.store.cases.get(case).subject, self.store.identification.contact(case)
        same = address.casefold() == asker.address.casefold()
        match, protected = Match.EXACT if same else Match.CHOSEN, known is not None and known.protected
        typed = Contact(match, name or asker.name, address, protected=protected)
        return self.choose_contact(case, typed, looked_up=False)

    def send_code(self, case: CaseKey) -> DraftKey:
        """Propose a letter with a new one-time code, to the contact on file where there is one.

        Raises UsageProblem where who asks is established: nobody may be asked then.
        """
        stored = self.store.cases.get(case)
        if code := letters.obstacle(stored, Letter.IDENTITY_CODE, self.today()):
            raise UsageProblem(code, stored.number)
        return self.write(stored, Letter.IDENTITY_CODE)

    def mark(self, case: CaseKey, sign: Sign, on: bool) -> Assessment:
        """Put a sign on a case or take it off."""
        with self.store.transaction():
            self.store.identification.flag(case, str(sign), on, self.event(Act.CASE_FLAGGED))
            return self._reassess(case)

    def let_go(self, draft: DraftKey, expected_hash: str, reason: str, words: str) -> None:
        """Let this exact text be approved although its reader is not identified; `reason` is one of `REASONS`.

        Raises UsageProblem without words, or where the person has a turvakielto: nothing but L4 will do then;
        NotAuthorised for an answer to whoever writes for another.
        """
        event = self.event(Act.IDENTITY_OVERRIDDEN)
        with self.store.transaction():
            letter = self.store.drafts.get(draft)
            case, contact = self.store.cases.get(letter.case), self.store.identification.contact(letter.case)
            if Sign.PROTECTED in case.flags or (contact and contact.protected):
                raise UsageProblem("protected", case.number)
            if reason not in REASONS or not leaving.reasoned(words):
                raise UsageProblem("override_needs_reason", case.number)
            self.store.identification.override(draft, expected_hash, reason, masked(words.strip()), event)

    def received_earlier(self, case: CaseKey, on: date, by: str) -> None:
        """Say that the company or a joint controller received the request earlier: the clock runs from then (GDPR
        12(3), 26(3)). Where the case itself came before that day, this is said of the rights that were passed on since.

        Raises UsageProblem for a day that is not earlier, or whoever is neither in the profile.
        """
        if by not in {self.profile.controller.name, *self.profile.controller.joint}:
            raise UsageProblem("no_joint_controller", by)
        event, settings, cases = self.event(Act.CASE_RECEIVED_EARLIER), self.profile.deadlines, self.store.cases
        with self.store.transaction():
            stored = self.store.cases.get(case)
            passed_on, told = later_rights(stored, self.store.mails.of_case(case), on), self.earlier_receipt(case)
            if on >= stored.received_on and not passed_on:
                raise UsageProblem("not_earlier", on.isoformat())
            if on < stored.received_on:
                due = deadlines.received_earlier(stored, on, settings)
                cases.received_earlier(case, on, due.due, due.extension, event)
            else:
                for right in passed_on:
                    due = deadlines.right_received_earlier(right, on, settings)
                    cases.right_received_earlier(right.key, on, due.due, due.extension, event)
            if self.earlier_receipt(case) in {None, told}:  # another right may have been passed on with a later day
                self.store.identification.flag(case, JOINT_RECEIPT, False, self.event(Act.CASE_FLAGGED))

    def earlier_receipt(self, case: CaseKey) -> EarlierReceipt | None:
        """What the case's mails propose: that the request was received elsewhere first."""
        return proposed(self.store.cases.get(case), self.store.mails.of_case(case))

    def _reassess(self, case: CaseKey) -> Assessment:
        return identifying.reassess(self.store, self.profile, case, self.event(Act.IDENTITY_ASSESSED))
