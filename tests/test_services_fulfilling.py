"""What a ticked task changes in the answer that tells of it."""

from __future__ import annotations

import pytest

from state.model import CaseKey, Draft, DutyKey, DutyKind, Outcome, RequestKind
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def case(office: Office) -> CaseKey:
    """An erasure that is done here today; the processor and the joint controller are still to be told."""
    key = office.case(RequestKind.ERASURE, text="Poistakaa tietoni.")
    office.choose(key, (RequestKind.ERASURE, Outcome.GRANTED))
    return key


def answer(office: Office, case: CaseKey) -> Draft:
    return office.store.drafts.for_case(case)[-1]


def others(office: Office, case: CaseKey) -> list[DutyKey]:
    told = {DutyKind.INSTRUCT_PROCESSORS, DutyKind.INFORM_JOINT_CONTROLLERS}
    return [duty.key for duty in office.store.duties.of_case(case) if duty.kind in told]


def test_an_answer_tells_as_done_what_is_ticked(office: Office, case: CaseKey) -> None:
    """And as promised again where the tick is taken back."""
    promised = answer(office, case).body
    assert "Ne poistetaan viimeistään" in promised
    for duty in others(office, case):
        office.review.duties.done(duty)
    assert "Ne on poistettu kaikkialta" in answer(office, case).body
    office.review.duties.reopen(others(office, case)[0])
    assert answer(office, case).body == promised


def test_a_persons_own_words_stay_when_a_task_is_ticked(office: Office, case: CaseKey) -> None:
    draft = answer(office, case)
    office.review.letters.edit(draft.key, draft.subject, f"{draft.body}\nTerveisin Helmi", draft.text_hash)
    for duty in others(office, case):
        office.review.duties.done(duty)
    assert answer(office, case).body.endswith("Terveisin Helmi")


def test_an_approved_answer_stays_when_a_task_is_ticked(office: Office, case: CaseKey) -> None:
    draft = answer(office, case)
    office.review.approval.approve(draft.key, draft.text_hash, owned=True)
    office.review.duties.done(others(office, case)[0])
    assert answer(office, case).body == draft.body
