"""The hostile mailbox: forged, replayed, crossed and duplicate mails against the whole way from mail to letter.

Promise 6, by this machine's own book: a letter that tells of data leaves only for a case whose person sent the right
code back from the address on file, in time, or whose proof a person saw and has not doubted since; and it goes to that
address and to nobody else. Whoever is known to write for another gets none before their authority was seen.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inbox_agent.rules.levels import Sign
from state.lifecycle import CODE_LIFE
from state.model import CaseKey, DraftStatus, IdentityLevel, Letter, ProofKind
from tests.identity_world import AINO, ASKS, STRANGER, World

ON_FILE = f"Aino Esimerkki;{AINO};040 000 0001;1;;\nKettu Esimerkki;{STRANGER};;2;;\n"
LOOKALIKE = "aino@p0sti.example"
QUOTE = "to 5. maaliskuuta 2026 Esimerkki Oy kirjoitti:\n> "

# How somebody writes: the sender, what our server found of it, and headers that make it automatic or go elsewhere.
WRITERS: dict[str, dict[str, Any]] = {
    "Aino": {"sender": AINO},
    "Kettu": {"sender": STRANGER, "name": "Kettu Esimerkki"},
    "Kettu as Aino": {"sender": AINO, "authentic": False},
    "Kettu as Aino, replies to Kettu": {"sender": AINO, "headers": f"Reply-To: <{STRANGER}>\r\n"},
    "look-alike": {"sender": LOOKALIKE},
    "Aino's absence notice": {"sender": AINO, "headers": "Auto-Submitted: auto-replied\r\n"},
}
PROOFS_SEEN = (ProofKind.CALL_BACK, ProofKind.SIGNED_LETTER, ProofKind.ID_SHOWN, ProofKind.AUTHORITY)
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
        self.codes: list[tuple[CaseKey, str, str, datetime]] = []  # case, code, Message-ID, when it left
        self.proven: set[CaseKey] = set()
        self.speaks_for_another: set[CaseKey] = set()
        self.authorised: set[CaseKey] = set()
        self.told: list[tuple[CaseKey, str]] = []

    def teardown(self) -> None:
        self.world.store.close()
        shutil.rmtree(self.folder)

    # -- mail -------------------------------------------------------------------------------------

    @rule(writer=st.sampled_from(list(WRITERS)))
    def somebody_asks(self, writer: str) -> None:
        self._arrive(self.world.mail(ASKS, **WRITERS[writer]))

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
        _, right, own_thread, _ = self.codes[-1 - code % len(self.codes)]
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
        """Whether this mail may prove something, generously: only Aino or Kettu in person, in the code's own case."""
        if writer not in {"Aino", "Kettu"} or "osoitteeseen" in words:
            return
        address = WRITERS[writer]["sender"]
        for case, code, message_id, left in self.codes:
            theirs = self.world.case(case).subject.address == address
            in_its_case = any(other == message_id or one == case for one, _, other, _ in self.codes if other == answers)
            if theirs and in_its_case and code == typed and self.world.now < left + CODE_LIFE:
                self.proven.add(case)

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
                self.world.approve(draft.key)
        before = {draft.key for draft in self.world.drafts(DraftStatus.SENT)}
        self.world.send()
        for draft in self.world.drafts(DraftStatus.SENT):
            if draft.key not in before and draft.letter is Letter.IDENTITY_QUESTION:
                delivery = self.world.store.drafts.delivery(draft.key)
                assert delivery is not None
                self.codes.append((draft.case, self.world.code(draft), delivery.message_id, delivery.claimed_at))

    @precondition(lambda self: self.world.cases)
    @rule(which=st.integers(0, 5))
    def helmi_tries_to_answer(self, which: int) -> None:
        case = self.world.cases[which % len(self.world.cases)]
        if case.status not in {"open", "waiting"}:
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
    @rule(which=st.integers(0, 5), kind=st.sampled_from(PROOFS_SEEN))
    def helmi_sees_a_proof(self, which: int, kind: ProofKind) -> None:
        case = self.world.cases[which % len(self.world.cases)]
        found = self.world.review.who_asks.prove(case.key, kind, None, "nähty")
        if found.level >= IdentityLevel.L2:
            self.proven.add(case.key)
        if kind is ProofKind.AUTHORITY:
            self.authorised.add(case.key)

    @precondition(lambda self: self.proven)
    @rule()
    def helmi_doubts(self) -> None:
        case = min(self.proven)
        self.authorised.discard(case)
        self.world.review.who_asks.doubt(case, "epäilen")
        self.proven.discard(case)

    # -- the promises -----------------------------------------------------------------------------

    @invariant()
    def no_level_is_higher_than_what_was_proven(self) -> None:
        for case in self.world.cases:
            assert case.identity_level < IdentityLevel.L2 or case.key in self.proven

    @invariant()
    def what_was_told_went_to_the_person_themselves(self) -> None:
        for key, to in self.told:
            assert self.world.case(key).subject.address in to

    @invariant()
    def the_journal_verifies(self) -> None:
        self.world.store.journal.verify()


TestHostileMailbox = HostileMailbox.TestCase
TestHostileMailbox.settings = settings(
    deadline=None, max_examples=20, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
)
