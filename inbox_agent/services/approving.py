"""A person's approval of one exact text, and what stands in its way: the linter, the gate of an extension, a copy owed.

Sends nothing: an approved letter waits for `services.send`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from inbox_agent.errors import LetterFaulty, SentencesUnowned, UsageProblem
from inbox_agent.rules import deadlines, leaving, letters, outcomes
from inbox_agent.rules.surroundings import Surroundings
from inbox_agent.services.acting import Acting
from replies.dating import dated
from replies.linter import Finding, lint
from replies.template_words import template_words
from replies.wording import Severity
from state.model import Act, Case, Draft, DraftKey, DraftStatus, Letter, Override


@dataclass(frozen=True, slots=True)
class Approving(Acting):
    def approve(
        self,
        draft: DraftKey,
        expected_hash: str,
        anyway: str = "",
        leaves_at: datetime | None = None,
        *,
        owned: bool = False,
    ) -> datetime:
        """Approve the exact text whose hash was shown; return the instant from which it is sent, which is `leaves_at`
        where that is later than the time to undo. `anyway` is why the letter leaves in spite of the linter's errors,
        and is recorded with them; `owned` says that the person's own sentences in it are true and may be told, which
        such a reason says too.

        Raises StaleWrite where the text has changed since it was shown, LetterFaulty where it has errors and no
        reason is given, SentencesUnowned where nobody answers for such sentences, UsageProblem for the notice
        of an extension that the law no longer gives, for an erasure before its copy, for a fee beside one that
        waits to leave, for a letter that bears another day than that of its leaving (`dated` again), announces
        what is past by then or goes to another address than the one on file, and for a time after the promise
        or of a letter on paper; NotIdentified and NotAuthorised as the store does.
        """
        event = self.event(Act.DRAFT_APPROVED)
        not_before = self._soonest(event.at)
        with self.store.transaction():
            letter, case = self._read(draft)
            if leaves_at is not None:
                self._refuse_waiting(letter, case, leaves_at)
                not_before = max(not_before, leaves_at)
            day = deadlines.helsinki_date(not_before)
            _refuse_before_copy(letter, case)
            _refuse(case, leaving.beside_approved(letter, self.store.drafts.for_case(case.key)))
            # Another text than the one shown is refused by the store, whatever is wrong with it.
            shown = letter.text_hash == expected_hash
            if shown and letter.status is DraftStatus.PROPOSED:
                self._refuse_as_it_stands(letter, case, day)
            found = self._found(letter, case, letter.body) if shown else ()
            codes, own = errors_among(found), own_among(found)
            if codes and not anyway.strip():
                raise LetterFaulty(case.number, codes)
            if codes and not leaving.reasoned(anyway):
                raise UsageProblem("reason_needs_words", case.number)
            if own and not (owned or anyway.strip()):
                raise SentencesUnowned(case.number, own)
            override = Override(codes, anyway.strip()) if codes else None
            event = replace(event, facts={**event.facts, "own_sentences": str(len(own))}) if own else event
            self.store.drafts.approve(draft, expected_hash, not_before, event, override)
        return not_before

    def dated(self, draft: DraftKey, leaves_at: datetime | None = None) -> Draft:
        """The letter as it is to be shown for its approval: it bears the day on which it leaves, `leaves_at` or now.

        What is approved leaves word for word, so the day is set before. A text that was let go as it stands keeps its
        own. Raises UsageProblem as `approve` does for a time, and for what is past by then.
        """
        with self.store.transaction():
            letter, case = self._read(draft)
            if leaves_at is not None:
                self._refuse_waiting(letter, case, leaves_at)
            if letter.status is not DraftStatus.PROPOSED:
                return letter
            soonest = self._soonest(self.now())
            on = deadlines.helsinki_date(max(soonest, leaves_at or soonest))
            _refuse(case, leaving.past_announcement(case, letter, on))
            if self.store.identification.let_go(letter):
                return letter
            body, original = (
                dated(text, case.number, letter.language, on) for text in (letter.body, letter.original_body)
            )
            event = self.event(Act.DRAFT_EDITED)
            self.store.drafts.edit(draft, letter.subject, body, letter.text_hash, event, original_body=original)
            return self.store.drafts.get(draft)

    def withdraw(self, draft: DraftKey) -> None:
        """Take an approval back; possible until the sending is claimed."""
        self.store.drafts.withdraw_approval(draft, self.event(Act.APPROVAL_WITHDRAWN))

    def findings(self, draft: DraftKey, body: str | None = None) -> tuple[Finding, ...]:
        """What the linter says of a letter as it stands, or with another body in its place."""
        letter, case = self._read(draft)
        return self._found(letter, case, letter.body if body is None else body)

    def _soonest(self, approved_at: datetime) -> datetime:
        """When a letter leaves at the earliest: after the time to undo its approval."""
        return approved_at + timedelta(seconds=self.profile.replies.hold_seconds)

    def _read(self, draft: DraftKey) -> tuple[Draft, Case]:
        letter = self.store.drafts.get(draft)
        return letter, self.store.cases.get(letter.case)

    def _refuse_waiting(self, letter: Draft, case: Case, leaves_at: datetime) -> None:
        """No letter is kept until it is late, a late one not beyond today; and none on paper leaves by itself."""
        if letter.on_paper:
            raise UsageProblem("paper_leaves_by_hand", case.number)
        day = deadlines.helsinki_date(leaves_at)
        if day > max(self.today(), letters.promise(case)):
            raise UsageProblem("leaves_too_late", case.number)

    def _refuse_as_it_stands(self, letter: Draft, case: Case, day: date) -> None:
        """What it says of its day, of another or of its reader is not true any more: it was shown before midnight, or
        for another time, or more is known since.
        """
        _refuse(case, leaving.past_extension(case, letter, day))
        _refuse(case, leaving.past_announcement(case, letter, day))
        contact, let_go = self.store.identification.contact(case.key), self.store.identification.let_go(letter)
        _refuse(case, leaving.protected_since(case, contact) if let_go else "")
        if let_go:
            return
        _refuse(case, leaving.misaddressed(case, letter, contact))
        if dated(letter.body, case.number, letter.language, day) != letter.body:
            _refuse(case, "bears_another_day")

    def _found(self, letter: Draft, case: Case, body: str) -> tuple[Finding, ...]:
        # Who is not identified was let go for one exact text.
        let_go = body == letter.body and self.store.identification.let_go(letter)
        laid = self.store.duties.of_case(case.key)
        context = letters.as_written(case, letter, self.profile, self.today(), laid, let_go=let_go)
        template = template_words(context, letter.original_body, deadlines.helsinki_date(letter.created_at))
        around = self._surroundings(case).around(letter, body, template, self.today())
        return lint(body, letter.subject, context, around)

    def _surroundings(self, case: Case) -> Surroundings:
        return Surroundings(
            case,
            self.profile,
            others=self.store.cases.other_people(case.key),
            sent=self.store.drafts.with_deliveries(case.key),
            mails=self.store.mails.of_case(case.key),
            notes=self.store.cases.notes(case.key),
        )


def errors_among(found: Sequence[Finding]) -> tuple[str, ...]:
    """The codes of the findings that stand in the way of an approval, each once."""
    return tuple(dict.fromkeys(finding.code for finding in found if finding.severity is Severity.ERROR))


def own_among(found: Sequence[Finding]) -> tuple[str, ...]:
    """The person's own sentences that nothing on record states, for them to answer for; none that has to go anyway."""
    return tuple(finding.sentence for finding in found if finding.severity is Severity.OWN)


def _refuse(case: Case, code: str) -> None:
    if code:
        raise UsageProblem(code, case.number)


def _refuse_before_copy(letter: Draft, case: Case) -> None:
    """No answer tells of an erasure while somebody's copy is undecided, asked for since it was written or not."""
    if letter.letter is Letter.OUTCOME and outcomes.copy_first(case):
        raise UsageProblem("copy_first", case.number)
