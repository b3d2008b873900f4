"""The hostile mailbox: forged, replayed, crossed and duplicate mails against the whole way from mail to letter.

Promise 6, by this machine's own book: a letter that tells of data leaves only for a case whose person sent the right
code back from the address on file, in time, or whose proof a person saw and has not doubted since; and it goes to that
address and to nobody else. Whoever is known to write for another gets none before their authority was seen. No level is
higher than its evidence: a code that had not gone to the address on file is no second channel beside a call, and what
one mailbox proved lends another nothing in the next case.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inbox_agent.errors import UsageProblem
from inbox_agent.rules.levels import Sign
from state.lifecycle import CODE_LIFE
from state.model import CaseKey, DraftStatus, IdentityLevel, Letter, Outcome, ProofKind
from tests.identity_world import AINO, ASKS, STRANGER, World

OUTI, OUTI_ONCE = "outi@uusi.example", "outi@posti.example"  # the register holds the old address alone
ON_FILE = (
    f"Aino Esimerkki;{AINO};040 000 0001;1;;\nKettu Esimerkki;{STRANGER};;2;;\nOuti Esimerkki;{OUTI_ONCE};040 2;3;;\n"
)
LOOKALIKE = "aino@p0sti.example"
ERASES = "Pyydän poistamaan kaikki henkilötietoni rekisteristänne."
RESTRICTS = "Pyydän rajoittamaan henkilötietojeni käsittelyä, kunnes asia on selvitetty."
QUOTE = "to 5. maaliskuuta 2026 Esimerkki Oy kirjoitti:\n> "

# How somebody writes: the sender, what our server found of it, and headers that make it automatic or go elsewhere.
WRITERS: dict[str, dict[str, Any]] = {
    "Aino": {"sender": AINO},
    "Kettu": {"sender": STRANGER, "name": "Kettu Esimerkki"},
    "Outi": {"sender": OUTI, "name": "Outi Esimerkki"},
    "Outi, from her old address": {"sender": OUTI_ONCE, "name": "Outi Esimerkki"},
    "Kettu as Aino": {"sender": AINO, "authentic": False},
    "Kettu as Aino, replies to Kettu": {"sender": AINO, "headers": f"Reply-To: <{STRANGER}>\r\n"},
    "look-alike": {"sender": LOOKALIKE},
    "Aino's absence notice": {"sender": AINO, "headers": "Auto-Submitted: auto-replied\r\n"},
}
IN_PERSON = frozenset({"Aino", "Kettu", "Outi", "Outi, from her old address"})
PROOFS_SEEN = {
    ProofKind.CALL_BACK: "soitettu rekisterissä olevaan numeroon",
    ProofKind.SIGNED_LETTER: "nähty",
    ProofKind.ID_SHOWN: "passi nähty",
    ProofKind.AUTHORITY: "nähty",
}
WORDS = (
    "{code}",
    "koodi on {code}",
    f"Koodi alla.\n\n{QUOTE}koodi {{code}}",
    "{code} lähettäkää osoitteeseen x@y.example",
)


class HostileMailbox(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder, ON_FILE)
        self.codes: list[tuple[CaseKey, str, str, datetime, str]] = []  # case, code, Message-ID, when and where it left
        self.came_back: set[tuple[CaseKey, str]] = set()  # from the mailbox at this address
        self.seen: dict[CaseKey, set[ProofKind]] = {}
        self.known: set[str] = {AINO, STRANGER, OUTI_ONCE}  # addresses that may be worth something in another case
        self.speaks_for_another: set[CaseKey] = set()
        self.authorised: set[CaseKey] = set()
        self.told: list[tuple[CaseKey, str]] = []

    def teardown(self) -> None:
        self.world.store.close()
        shutil.rmtree(self.folder)

    # -- mail -------------------------------------------------------------------------------------

    @rule(writer=st.sampled_from([*WRITERS, "Outi"]), text=st.sampled_from([ASKS, ERASES]))
    def somebody_asks(self, writer: str, text: str) -> None:
        self._arrive(self.world.mail(text, **WRITERS[writer]))

    @precondition(lambda self: self.codes)
    @rule(code=st.integers(0, 3))
    def whoever_got_a_code_sends_it_back(self, code: int) -> None:
        """From the mailbox that it went to, as the letter asks."""
        _, right, answers, _, to = self.codes[-1 - code % len(self.codes)]
        writer = next((name for name in WRITERS if name in IN_PERSON and WRITERS[name]["sender"] == to), None)
        if writer is not None:
            raw = self.world.mail(right, answers=answers, subject="Vs: Asia", **WRITERS[writer])
            self._judge(raw, writer, "{code}", right, answers)
            self._arrive(raw)

    @precondition(lambda self: self.codes)
    @rule(
        writer=st.sampled_from(list(WRITERS)),
        words=st.sampled_from(WORDS),
        code=st.integers(0, 5),
        thread=st.integers(0, 5),
        straight=st.sampled_from([True, True, False]),
        garble=st.sampled_from([False, False, False, True]),
        twice=st.booleans(),
    )
    def somebody_sends_a_code(  # noqa: PLR0917  # who, what, where, how often
        self, writer: str, words: str, code: int, thread: int, straight: bool, garble: bool, twice: bool
    ) -> None:
        """`straight`: under the letter that it came with; else crossed, under any other."""
        _, right, own_thread, _, _ = self.codes[-1 - code % len(self.codes)]
        answers = own_thread if straight else self.codes[thread % len(self.codes)][2]
        typed = f"X9{right[2:]}" if garble else right
        raw = self.world.mail(words.format(code=typed), answers=answers, subject="Vs: Asia", **WRITERS[writer])
        self._judge(raw, writer, words, typed, answers)
        self._arrive(raw)
        if twice:
            self._arrive(raw)

    @precondition(lambda self: self.world.mails)
    @rule(which=st.integers(0, 20), new_id=st.booleans())
    def a_mail_comes_again(self, which: int, new_id: bool) -> None:
        """Replayed by a server, or by somebody who changed its Message-ID and cannot make it authentic."""
        raw = self.world.mails[which % len(self.world.mails)]
        if new_id:
            self.world.uid += 1
            raw = raw.replace(b"Message-ID: <", f"Message-ID: <again-{self.world.uid}-".encode())
            raw = raw.replace(b"dmarc=pass", b"dmarc=fail")
        self._arrive(raw)

    def _arrive(self, raw: bytes) -> None:
        self.world.arrive(raw)

    def _judge(self, raw: bytes, writer: str, words: str, typed: str, answers: str) -> None:
        """Whether this mail may prove something, generously: only its person themselves, in the code's own case."""
        if writer not in IN_PERSON or "osoitteeseen" in words:
            return
        address = WRITERS[writer]["sender"]
        for case, code, message_id, left, to in self.codes:
            theirs = address in {self.world.case(case).subject.address, self._on_file(case)}
            in_its_case = any(
                other == message_id or one == case for one, _, other, _, _ in self.codes if other == answers
            )
            if theirs and in_its_case and code == typed and self.world.now < left + CODE_LIFE:
                self.came_back.add((case, to))

    def _on_file(self, case: CaseKey) -> str:
        contact = self.world.store.identification.contact(case)
        return contact.address if contact else ""

    def _provable(self, case: CaseKey) -> IdentityLevel:
        """The highest level that the evidence of a case can give, by this machine's own book."""
        seen, on_file = self.seen.get(case, set()), self._on_file(case)
        channels = (ProofKind.CALL_BACK in seen) + bool(on_file and (case, on_file) in self.came_back)
        if ProofKind.ID_SHOWN in seen:
            return IdentityLevel.L4
        if channels:
            return IdentityLevel.L3 if channels == 2 else IdentityLevel.L2
        known = self.world.case(case).subject.address in self.known
        return IdentityLevel.L1 if known or ProofKind.SIGNED_LETTER in seen else IdentityLevel.L0

    @property
    def proven(self) -> set[CaseKey]:
        return {case.key for case in self.world.cases if self._provable(case.key) >= IdentityLevel.L2}

    # -- the person and time ----------------------------------------------------------------------

    @rule(days=st.sampled_from([0, 1, 3, 8]))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days, minutes=1)
        self.world.work()

    @rule()
    def helmi_sends_what_is_proposed(self) -> None:
        for case in self.world.cases:
            if case.status == "candidate":
                self.world.review.cases.confirm(case.key)
        self.world.work()
        for draft in self.world.drafts(DraftStatus.PROPOSED):
            if draft.letter is not Letter.OUTCOME:
                with suppress(UsageProblem):  # since it was written another address came on file
                    self.world.approve(draft.key)
        before = {draft.key for draft in self.world.drafts(DraftStatus.SENT)}
        self.world.send()
        for draft in self.world.drafts(DraftStatus.SENT):
            if draft.key not in before and draft.letter in {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE}:
                delivery = self.world.store.drafts.delivery(draft.key)
                assert delivery is not None
                left, to = delivery.claimed_at, draft.envelope.to.address
                self.codes.append((draft.case, self.world.code(draft), delivery.message_id, left, to))

    @precondition(lambda self: self.world.cases)
    @rule(which=st.integers(0, 5))
    def helmi_tries_to_answer(self, which: int) -> None:
        case = self.world.cases[which % len(self.world.cases)]
        told_nothing = any(request.outcome is Outcome.NOT_IDENTIFIED for request in case.requests)
        if case.status not in {"open", "waiting"} or told_nothing:
            return
        if self.world.answer(case.key):
            self.told.append((case.key, str(self.world.outgoing.mails[-1]["To"])))
            assert case.key in self.proven
            assert case.key not in self.speaks_for_another - self.authorised

    @precondition(lambda self: self.world.cases)
    @rule(which=st.integers(0, 5), on=st.booleans())
    def helmi_says_whether_the_writer_speaks_for_another(self, which: int, on: bool) -> None:
        case = self.world.cases[which % len(self.world.cases)].key
        self.world.review.who_asks.mark(case, Sign.REPRESENTATIVE, on)
        (self.speaks_for_another.add if on else self.speaks_for_another.discard)(case)

    @precondition(lambda self: self.world.cases)
    @rule(which=st.integers(0, 5), kind=st.sampled_from(tuple(PROOFS_SEEN)))
    def helmi_sees_a_proof(self, which: int, kind: ProofKind) -> None:
        case = self.world.cases[which % len(self.world.cases)]
        self.world.review.who_asks.prove(case.key, kind, None, PROOFS_SEEN[kind])
        self.seen.setdefault(case.key, set()).add(kind)
        if kind in {ProofKind.CALL_BACK, ProofKind.ID_SHOWN}:
            self.known.add(case.subject.address)
        if kind is ProofKind.AUTHORITY:
            self.authorised.add(case.key)

    @precondition(lambda self: self.came_back)
    @rule(which=st.integers(0, 2))
    def helmi_calls_back_whoever_sent_a_code(self, which: int) -> None:
        """To the number on file, whatever mailbox the code came from."""
        case, _ = sorted(self.came_back)[which % len(self.came_back)]
        self.world.review.who_asks.prove(case, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
        self.seen.setdefault(case, set()).add(ProofKind.CALL_BACK)
        self.known.add(self.world.case(case).subject.address)

    @precondition(lambda self: any(to == OUTI_ONCE for _, to in self.came_back))
    @rule(text=st.sampled_from([ASKS, ERASES, RESTRICTS]))
    def outi_asks_again(self, text: str) -> None:
        """After her old mailbox has proved her, from the new one, which has not."""
        self._arrive(self.world.mail(text, **WRITERS["Outi"]))

    @precondition(lambda self: self.proven)
    @rule()
    def helmi_doubts(self) -> None:
        case = min(self.proven)
        self.authorised.discard(case)
        self.world.review.who_asks.doubt(case, "epäilen")
        self.seen.pop(case, None)
        self.came_back = {(one, to) for one, to in self.came_back if one != case}

    @precondition(lambda self: any(case.subject.address == OUTI for case in self.world.cases))
    @rule(address=st.sampled_from([OUTI_ONCE, OUTI_ONCE, OUTI]))
    def helmi_finds_outi_in_the_register(self, address: str) -> None:
        """By her old address, which is right, or by the one that she writes from now."""
        for case in self.world.cases:
            if case.subject.address == OUTI and case.status in {"open", "waiting"}:
                self.world.review.who_asks.on_file(case.key, address, "Outi Esimerkki")
                self.known |= {address} if address == OUTI else set()

    # -- the promises -----------------------------------------------------------------------------

    @invariant()
    def no_level_is_higher_than_its_evidence(self) -> None:
        for case in self.world.cases:
            assert case.identity_level <= self._provable(case.key)
            if (case.key, case.subject.address) in self.came_back and self._on_file(case.key) == case.subject.address:
                self.known.add(case.subject.address)

    @invariant()
    def what_was_told_went_to_the_person_themselves(self) -> None:
        for key, to in self.told:
            assert any(
                address and address in to for address in (self.world.case(key).subject.address, self._on_file(key))
            )

    @invariant()
    def the_journal_verifies(self) -> None:
        self.world.store.journal.verify()


TestHostileMailbox = HostileMailbox.TestCase
TestHostileMailbox.settings = settings(
    deadline=None, max_examples=20, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
)
