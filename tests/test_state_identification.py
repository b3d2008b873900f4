"""Who asks, as the store keeps it: codes that count once, letters that wait for their level, what a person lets go."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from replies.catalogue import tells_of_data
from replies.pairs import outcomes_for
from state import lifecycle
from state.errors import CodeNotTaken, IllegalTransition, NotAuthorised, NotIdentified, StaleWrite
from state.model import (
    TELLS_OF_DATA,
    TELLS_OUTCOMES,
    Act,
    CaseKey,
    CodeKey,
    Contact,
    DraftKey,
    DraftStatus,
    Envelope,
    IdentityLevel,
    Letter,
    Match,
    Outcome,
    Party,
    ProofKind,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.state_examples import (
    MONDAY,
    NOW,
    acts,
    approved,
    by_agent,
    by_person,
    claimed,
    due,
    identified,
    letter,
    opened,
    proposed,
)

AINO = Contact(Match.EXACT, "Aino Esimerkki", "aino.esimerkki@posti.example", changed_on=MONDAY, protected=True)
LEFT = by_agent(Act.CODE_RETURNED, NOW + timedelta(hours=1))


def sent_code(store: Store, of: CaseKey) -> CodeKey:
    """A code whose letter has been claimed at NOW."""
    draft = proposed(store, of, Letter.IDENTITY_QUESTION)
    code = store.identification.issue(draft, "salt", "digest", by_agent(Act.CODE_ISSUED))
    store.drafts.approve(draft, store.drafts.get(draft).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    store.drafts.claim(draft, f"<letter-{draft}@us.example>", by_agent(Act.SENDING_CLAIMED))
    return code


def answer(store: Store, of: CaseKey, outcome: Outcome = Outcome.GRANTED) -> DraftKey:
    """The proposed answer to every right of a case."""
    for request in store.cases.get(of).requests:
        store.cases.decide(request.key, outcome, {}, by_person(Act.REQUEST_DECIDED))
    return proposed(store, of, Letter.OUTCOME)


def test_a_code_counts_once() -> None:
    with Store.open(":memory:") as store:
        code = sent_code(store, opened(store))
        store.identification.redeem(code, LEFT)
        with pytest.raises(CodeNotTaken):
            store.identification.redeem(code, LEFT)


def test_a_code_counts_for_seven_days_from_its_sending() -> None:
    with Store.open(":memory:") as store:
        code = sent_code(store, opened(store))
        with pytest.raises(CodeNotTaken):
            store.identification.redeem(code, by_agent(Act.CODE_RETURNED, NOW + timedelta(days=7)))
        store.identification.redeem(code, by_agent(Act.CODE_RETURNED, NOW + timedelta(days=7, seconds=-1)))


def test_a_code_whose_letter_never_left_does_not_count() -> None:
    with Store.open(":memory:") as store:
        draft = proposed(store, opened(store), Letter.IDENTITY_QUESTION)
        code = store.identification.issue(draft, "salt", "digest", by_agent(Act.CODE_ISSUED))
        with pytest.raises(CodeNotTaken):
            store.identification.redeem(code, LEFT)


def test_a_newer_code_replaces_the_older_one() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        old, new = sent_code(store, case), sent_code(store, case)
        with pytest.raises(CodeNotTaken):
            store.identification.redeem(old, LEFT)
        store.identification.redeem(new, LEFT)


def test_five_wrong_ones_stop_a_code() -> None:
    with Store.open(":memory:") as store:
        code = sent_code(store, opened(store))
        for _ in range(lifecycle.WRONG_CODES):
            store.identification.miss(code, LEFT)
        with pytest.raises(CodeNotTaken):
            store.identification.redeem(code, LEFT)


def test_the_store_holds_no_code_but_its_hash_and_the_journal_neither() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        sent_code(store, case)
        row = store._database.row("select * from codes")
        assert row is not None
        assert set(row.keys()) == {"id", "case_id", "draft_id", "salt", "digest", "wrong", "used_at", "masked"}
        issued = [stored for stored in store.journal.events(case) if stored.event.act is Act.CODE_ISSUED]
        assert [dict(stored.event.facts) for stored in issued] == [{"code": 1}]


def test_an_answer_waits_for_the_level_it_needs() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        draft = answer(store, case)
        seen = store.drafts.get(draft).text_hash
        with pytest.raises(NotIdentified):
            store.drafts.approve(draft, seen, NOW, by_person(Act.DRAFT_APPROVED))
        store.identification.assess(case, IdentityLevel.L2, IdentityLevel.L2, by_agent(Act.IDENTITY_ASSESSED))
        store.drafts.approve(draft, seen, NOW, by_person(Act.DRAFT_APPROVED))


def test_an_approved_answer_does_not_leave_once_the_proof_is_doubted() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        draft = approved(store, case, Letter.OUTCOME)
        store.identification.assess(case, IdentityLevel.L1, IdentityLevel.L2, by_agent(Act.IDENTITY_ASSESSED))
        with pytest.raises(NotIdentified):
            store.drafts.claim(draft, "<a@us.example>", by_agent(Act.SENDING_CLAIMED))


def test_the_database_itself_refuses_what_the_store_would_forget() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        approved(store, case, Letter.OUTCOME)
        store.identification.assess(case, IdentityLevel.L1, IdentityLevel.L2, by_agent(Act.IDENTITY_ASSESSED))
        with pytest.raises(sqlite3.IntegrityError, match="not identified"), store._database.transaction():
            store._database.write("update drafts set status = 'sending'")


def for_another(store: Store, case: CaseKey) -> None:
    store.identification.flag(case, "representative", True, by_person(Act.CASE_FLAGGED))


def authority_seen(store: Store, case: CaseKey) -> None:
    seen = by_person(Act.IDENTITY_RECORDED)
    store.identification.record_proof(case, ProofKind.AUTHORITY, IdentityLevel.L0, "valtakirja nähty", seen)


def test_an_answer_to_whoever_writes_for_another_waits_for_the_authority() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        identified(store, case)
        for_another(store, case)
        draft = answer(store, case)
        seen = store.drafts.get(draft).text_hash
        with pytest.raises(NotAuthorised):
            store.drafts.approve(draft, seen, NOW, by_person(Act.DRAFT_APPROVED))
        with pytest.raises(NotAuthorised):
            store.identification.override(draft, seen, "urgent", "kiire", by_person(Act.IDENTITY_OVERRIDDEN))
        authority_seen(store, case)
        store.drafts.approve(draft, seen, NOW, by_person(Act.DRAFT_APPROVED))


def test_the_database_itself_refuses_whoever_writes_for_another() -> None:
    """Also where a level is reached and a person let the letter go before the writer turned out to be another."""
    with Store.open(":memory:") as store:
        case = opened(store)
        draft = approved(store, case, Letter.OUTCOME)
        for_another(store, case)
        claim = "update drafts set status = 'sending'"
        with pytest.raises(sqlite3.IntegrityError, match="no authority"), store._database.transaction():
            store._database.write(claim)
        store.identification.withdraw_proofs(case, "", by_person(Act.IDENTITY_WITHDRAWN))
        identified(store, case)
        with pytest.raises(sqlite3.IntegrityError, match="no authority"), store._database.transaction():
            store._database.write(claim)
        authority_seen(store, case)
        store.drafts.claim(draft, "<a@us.example>", by_agent(Act.SENDING_CLAIMED))
        assert store.drafts.get(draft).status is DraftStatus.SENDING


def test_an_authority_that_was_doubted_counts_no_more_in_the_database_either() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        approved(store, case, Letter.OUTCOME)
        for_another(store, case)
        authority_seen(store, case)
        store.identification.withdraw_proofs(case, "", by_person(Act.IDENTITY_WITHDRAWN))
        identified(store, case)
        with pytest.raises(sqlite3.IntegrityError, match="no authority"), store._database.transaction():
            store._database.write("update drafts set status = 'sending'")


def test_a_letter_brought_by_hand_waits_for_the_identity_in_the_database_too() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        identified(store, case)
        about = tuple(request.key for request in store.cases.get(case).requests)
        paper = replace(letter(case, kind=Letter.OUTCOME, about=about), envelope=Envelope(Party("Aino", ""), None, ()))
        draft = store.drafts.propose(paper, by_agent(Act.DRAFT_PROPOSED))
        store.drafts.approve(draft, store.drafts.get(draft).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
        store.identification.assess(case, IdentityLevel.L1, IdentityLevel.L2, by_agent(Act.IDENTITY_ASSESSED))
        with pytest.raises(sqlite3.IntegrityError, match="not identified"), store._database.transaction():
            store._database.write("update drafts set status = 'sent'")


@pytest.mark.parametrize("outcome", [Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED])
def test_an_answer_that_says_nothing_of_data_waits_for_nobody(outcome: Outcome) -> None:
    with Store.open(":memory:") as store:
        draft = answer(store, opened(store), outcome)
        store.drafts.approve(draft, store.drafts.get(draft).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
        store.drafts.claim(draft, "<a@us.example>", by_agent(Act.SENDING_CLAIMED))
        assert store.drafts.get(draft).status is DraftStatus.SENDING


def test_a_marketing_ban_needs_nobody_s_identity() -> None:
    with Store.open(":memory:") as store:
        draft = answer(store, opened(store, RequestKind.MARKETING_OBJECTION))
        store.drafts.approve(draft, store.drafts.get(draft).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
        assert store.drafts.get(draft).status is DraftStatus.APPROVED


def test_a_person_lets_one_text_go_and_a_changed_text_not() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        draft = answer(store, case)
        seen = store.drafts.get(draft).text_hash
        store.identification.override(draft, seen, "urgent", "hätä", by_person(Act.IDENTITY_OVERRIDDEN))
        store.drafts.edit(draft, "Asia", "toinen teksti", seen, by_person(Act.DRAFT_EDITED))
        changed = store.drafts.get(draft).text_hash
        with pytest.raises(NotIdentified):
            store.drafts.approve(draft, changed, NOW, by_person(Act.DRAFT_APPROVED))
        store.identification.override(draft, changed, "urgent", "hätä", by_person(Act.IDENTITY_OVERRIDDEN))
        store.drafts.approve(draft, changed, NOW, by_person(Act.DRAFT_APPROVED))
        store.drafts.claim(draft, "<a@us.example>", by_agent(Act.SENDING_CLAIMED))
        assert acts(store, case).count(Act.IDENTITY_OVERRIDDEN) == 2


def test_only_a_person_who_sees_the_text_lets_it_go() -> None:
    with Store.open(":memory:") as store:
        draft = answer(store, opened(store))
        seen = store.drafts.get(draft).text_hash
        with pytest.raises(IllegalTransition):
            store.identification.override(draft, seen, "urgent", "", by_agent(Act.IDENTITY_OVERRIDDEN))
        with pytest.raises(StaleWrite):
            store.identification.override(draft, "other", "urgent", "", by_person(Act.IDENTITY_OVERRIDDEN))


def test_a_proof_is_who_saw_what_kind_when_and_can_be_doubted() -> None:
    with Store.open(":memory:") as store:
        case, seen = opened(store), by_person(Act.IDENTITY_RECORDED)
        store.identification.record_proof(case, ProofKind.CALL_BACK, IdentityLevel.L2, "numero rekisteristä", seen)
        [proof] = store.identification.proofs(case)
        assert (proof.at, proof.actor, proof.kind, proof.level) == (
            NOW,
            seen.actor,
            ProofKind.CALL_BACK,
            IdentityLevel.L2,
        )
        store.identification.withdraw_proofs(case, "", by_person(Act.IDENTITY_WITHDRAWN))
        assert store.identification.proofs(case) == ()


def test_the_contact_on_file_is_kept_whole_and_goes_with_the_case() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        store.identification.record_contact(case, Contact(Match.NONE), by_agent(Act.CONTACT_RECORDED))
        store.identification.record_contact(case, AINO, by_agent(Act.CONTACT_RECORDED))
        assert store.identification.contact(case) == AINO
        claimed(store, case)
        store.drafts.sent(DraftKey(1), "", by_agent(Act.DRAFT_SENT))
        store.cases.dismiss(case, by_person(Act.CASE_DISMISSED))
        store.cases.purge(case, by_agent(Act.CASE_PURGED))
        assert store.identification.contact(case) is None


def test_a_flag_is_put_on_and_taken_off_once() -> None:
    with Store.open(":memory:") as store:
        case = opened(store)
        for on in (True, True, False, False):
            store.identification.flag(case, "dispute", on, by_person(Act.CASE_FLAGGED))
        assert store.cases.get(case).flags == ("identity_code",)
        assert acts(store, case).count(Act.CASE_FLAGGED) == 2


@pytest.mark.parametrize("kind", RequestKind)
def test_the_law_of_change_and_the_letters_agree_on_what_tells_of_data(kind: RequestKind) -> None:
    for outcome in outcomes_for(kind):
        request = Request(
            RequestKey(1), CaseKey(1), kind, RequestStatus.DECIDED, MONDAY, due(MONDAY), None, None, outcome, {}
        )
        assert lifecycle.tells_of_data(Letter.OUTCOME, [request]) == tells_of_data(kind, outcome)


@pytest.mark.parametrize("letter", [letter for letter in Letter if letter not in TELLS_OUTCOMES])
def test_of_the_other_letters_those_tell_of_data_that_are_named(letter: Letter) -> None:
    assert lifecycle.tells_of_data(letter, ()) == (letter in TELLS_OF_DATA)


@pytest.mark.parametrize("letter", sorted(TELLS_OUTCOMES))
def test_what_tells_outcomes_of_no_known_right_is_taken_to_tell_of_data(letter: Letter) -> None:
    """The answer, and the apology that tells it again: nothing says that it is silent."""
    assert lifecycle.tells_of_data(letter, ())


@pytest.mark.parametrize("kind", RequestKind)
def test_they_agree_on_how_a_right_may_end(kind: RequestKind) -> None:
    """What the catalogue offers is what the store takes; a refusal only with its ground."""
    for outcome in Outcome:
        offered = outcome in outcomes_for(kind)
        assert lifecycle.may_end(kind, outcome, {"ground": "legal_claim"}) == offered
        reasoned = outcome not in {Outcome.REFUSED, Outcome.PARTLY}
        for blank in ({}, {"ground": " "}):
            assert lifecycle.may_end(kind, outcome, blank) == (offered and reasoned)
