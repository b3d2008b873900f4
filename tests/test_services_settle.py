"""What follows once a letter left is counted from its leaving, and forgets nothing that came meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inbox_agent.rules import calendar_fi
from inbox_agent.services import writing
from inbox_agent.services.approving import errors_among
from inbox_agent.services.on_paper import Recorded
from inbox_agent.services.one_by_one import Stumbled
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    Channel,
    DraftKey,
    DraftStatus,
    DutyKind,
    Letter,
    MessageKind,
    Outcome,
    ProofKind,
    RequestKind,
    RequestStatus,
    Verdict,
)
from tests.identity_world import ASKS, World, asked_world
from tests.office import PROFILE, Office
from tests.state_examples import mail

AUTOMATIC = MessageKind.READ_RECEIPT


@pytest.fixture
def office() -> Office:
    return Office()


def approve(office: Office, draft: DraftKey) -> None:
    approval = office.review.approval
    approval.approve(draft, approval.dated(draft).text_hash, owned=True)


def comes(office: Office, case: CaseKey, verdict: Verdict, kind: MessageKind = MessageKind.MAIL) -> None:
    """A further mail of the person, of the right that they asked for already."""
    again = replace(mail(90), verdict=verdict, kind=kind)
    office.store.intake.follow_up(again, case, (), office.event(Act.MESSAGE_FILED))


@pytest.mark.parametrize(
    ("verdict", "kind", "status"),
    [
        (Verdict.REQUEST, MessageKind.MAIL, CaseStatus.OPEN),
        (Verdict.UNSURE, MessageKind.MAIL, CaseStatus.OPEN),
        (Verdict.NOT_REQUEST, MessageKind.MAIL, CaseStatus.CLOSED),
        (Verdict.UNSURE, AUTOMATIC, CaseStatus.CLOSED),
    ],
)
def test_what_the_person_writes_while_their_answer_waits_to_leave_keeps_the_case_open(
    office: Office, verdict: Verdict, kind: MessageKind, status: CaseStatus
) -> None:
    """Approved on Friday for Monday; on Saturday they ask for something else. The answer says nothing of that, and in a
    closed case nobody would read it; thanks and machines close it as ever.
    """
    case = office.case(RequestKind.ACCESS)
    office.collect(case)
    answer = office.choose(case, (RequestKind.ACCESS, Outcome.NO_DATA))
    approve(office, answer)
    comes(office, case, verdict, kind)
    office.leave(answer)
    assert office.store.cases.get(case).status is status


def test_what_was_there_at_the_approval_was_read(office: Office) -> None:
    """Whoever approves has the whole conversation before them, also at a second approval."""
    case = office.case(RequestKind.ACCESS)
    office.collect(case)
    answer = office.choose(case, (RequestKind.ACCESS, Outcome.NO_DATA))
    approve(office, answer)
    comes(office, case, Verdict.REQUEST)
    office.review.approval.withdraw(answer)
    office.send(answer)
    assert office.store.cases.get(case).status is CaseStatus.CLOSED


def test_a_question_that_crosses_with_the_persons_mail_does_not_make_it_their_turn(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    question = office.review.letters.propose(case, Letter.MORE_INFORMATION, question="Mistä ajasta?")
    approve(office, question)
    comes(office, case, Verdict.UNSURE)
    office.leave(question)
    assert office.store.cases.get(case).status is CaseStatus.OPEN


def test_tasks_are_counted_from_the_day_on_which_an_uncertain_letter_left(office: Office) -> None:
    """A person finds out four days later that it had left: the recipients are told no four days later for that."""
    case = office.case(RequestKind.RECTIFICATION)
    answer = office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED), notified="to_be_told")
    approve(office, answer)
    left_on = office.today
    office.store.drafts.claim(answer, "<ours@yritys.example>", office.event(Act.SENDING_CLAIMED))
    office.store.drafts.uncertain(answer, "interrupted", office.event(Act.SENDING_UNCERTAIN))
    office.now += timedelta(days=4)
    office.review.letters.settle(answer, was_sent=True)
    days = PROFILE.duties.recipients_days
    assert office.duties(case)[DutyKind.TELL_RECIPIENTS][0] == calendar_fi.add_working_days(left_on, days)


def test_a_paper_letter_brought_days_ago_counts_from_that_day(office: Office) -> None:
    """Recorded on Friday, delivered on Tuesday: what it promised is due as if it had been recorded at once."""
    told = Recorded(Channel.LETTER, "Eeva Kirje", office.today, (RequestKind.RECTIFICATION,), postal="Esimerkkikatu 1")
    case = office.review.on_paper.record(told)
    office.review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
    answer = office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED), notified="to_be_told")
    approval = office.review.approval
    approval.approve(answer, approval.dated(answer).text_hash, "kirje paperilla")
    brought_on = office.today
    office.now += timedelta(days=3)
    office.review.on_paper.delivered(answer, "postin mukana", brought_on)
    days = PROFILE.duties.recipients_days
    assert office.duties(case)[DutyKind.TELL_RECIPIENTS][0] == calendar_fi.add_working_days(brought_on, days)


def test_a_final_answer_that_cannot_be_written_decides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decided without its letter it would be shown as done; it is tried again, and written once it can be."""
    world = asked_world(lambda: World(tmp_path, None))
    world.later(days=25)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "compose", lambda *_: (_ for _ in ()).throw(ValueError("ours")))
        with pytest.raises(Stumbled):  # somebody is told
            world.work()
    assert [one.status for one in world.only.requests] == [RequestStatus.OPEN]
    world.work()
    assert [one.status for one in world.only.requests] == [RequestStatus.DECIDED]
    assert [one.letter for one in world.drafts(DraftStatus.PROPOSED)] == [Letter.OUTCOME]


def test_a_final_answer_that_is_late_is_written_with_a_gap_for_its_cause(tmp_path: Path) -> None:
    """Only a person knows the cause: they see the letter that waits for it, and it leaves once it tells it."""
    world = asked_world(lambda: World(tmp_path, None))
    world.later(days=60)
    world.work()
    [answer] = world.drafts(DraftStatus.PROPOSED)
    assert (answer.letter, "Syy viivästykseen: [kerro tähän syy]." in answer.body) == (Letter.OUTCOME, True)
    approval = world.review.approval
    assert errors_among(approval.findings(answer.key)) == ("unfilled",)

    told = answer.body.replace("[kerro tähän syy]", "viesti oli jäänyt roskapostikansioon")
    world.review.letters.edit(answer.key, answer.subject, told, answer.text_hash)
    approval.approve(answer.key, approval.dated(answer.key).text_hash, owned=True)
    world.send()
    assert "viesti oli jäänyt roskapostikansioon" in world.outgoing.mails[-1].get_content()
    assert {request.status for request in world.only.requests} == {RequestStatus.ANSWERED}


def test_who_is_asked_too_late_has_the_life_of_the_code_before_a_final_answer(tmp_path: Path) -> None:
    """Asked when the promised day was past: the letter gives seven days for the code, and so does what follows it."""
    world = World(tmp_path, None)
    world.arrive(world.mail(ASKS))
    world.later(days=40)
    world.send_all()
    world.later(days=6)
    world.work()
    assert world.drafts(DraftStatus.PROPOSED) == []
    world.later(days=1)
    world.work()
    assert [one.letter for one in world.drafts(DraftStatus.PROPOSED)] == [Letter.OUTCOME]


def test_a_late_question_that_nobody_has_written_in_is_not_doubted(tmp_path: Path) -> None:
    """Its code, too, is the template's: what is missing is said, and no sentence is taken for a person's own."""
    world = World(tmp_path, None)
    old = world.mail(ASKS)
    world.later(days=60)
    world.arrive(old)
    [question] = world.drafts(DraftStatus.PROPOSED)
    assert (question.letter, "[kerro tähän syy]" in question.body) == (Letter.IDENTITY_QUESTION, True)
    found = world.review.approval.findings(question.key)
    assert {one.code for one in found} == {"firm_day_missing", "unfilled"}
