"""What follows from letters that left: dates that move, duties with their dates, an order that holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from inbox_agent.errors import AnswersApart, LetterFaulty, SentencesUnowned, UsageProblem
from inbox_agent.phrasing.errors import phrase_at_desk
from inbox_agent.rules import deadlines, duties
from inbox_agent.rules.levels import Sign
from inbox_agent.services.approving import errors_among
from inbox_agent.services.deciding import Choice
from inbox_agent.services.writing import Voice
from replies.album import part
from replies.errors import MissingFacts
from state.errors import IllegalTransition
from state.journal import Entity
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    Counting,
    Draft,
    DraftKey,
    DraftStatus,
    DutyKey,
    DutyKind,
    DutyStatus,
    IdentityLevel,
    Letter,
    NewRequest,
    Outcome,
    Reckoning,
    RequestKind,
)
from tests.office import Office
from tests.state_examples import MONDAY, PERSON, mail


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.store.journal.verify()
    for key in range(1, made._uid + 1):
        for stored in made.store.journal.events(CaseKey(key)):
            facts = stored.event.facts
            if stored.event.act is Act.DUTY_OPENED:
                start = date.fromisoformat(str(facts["start_on"]))
                counted = Reckoning(Counting(str(facts["counting"])), start, int(facts["days"] or 0))
                assert str(duties.due_on(counted)) == facts["due_on"]
                assert stored.entity == Entity.DUTY
    made.store.close()


# -- duties --------------------------------------------------------------------------------------------


def test_a_new_ban_is_a_task_before_anybody_looks_at_it(office: Office) -> None:
    """Laid down with the agent's own hand as soon as the case is open."""
    case = office.case(RequestKind.MARKETING_OBJECTION)
    found = office.store.duties.of_case(case)
    assert [(duty.kind, duty.due_on) for duty in found] == [
        (DutyKind.STOP_MARKETING, date(2026, 3, 3)),
        (DutyKind.STOP_MARKETING, date(2026, 3, 5)),
    ]
    assert office.store.journal.events(case)[-1].event.actor == AGENT


def test_a_recording_named_in_an_access_request_is_frozen(office: Office) -> None:
    case = office.case(RequestKind.ACCESS, text="Haluan kuunnella puhelutallenteen.")
    found = {duty.kind: duty.about for duty in office.store.duties.of_case(case)}
    assert found[DutyKind.FREEZE_RECORDINGS] == "puhelutallenteet"


def test_the_confirmation_of_a_ban_brings_the_processors_their_instruction(office: Office) -> None:
    case = office.case(RequestKind.MARKETING_OBJECTION)
    office.send(office.review.letters.propose(case, Letter.MARKETING_STOPPED))
    assert office.duties(case)[DutyKind.INSTRUCT_PROCESSORS] == (date(2026, 3, 5), DutyStatus.OPEN)
    assert office.duties(case)[DutyKind.INFORM_JOINT_CONTROLLERS] == (date(2026, 3, 5), DutyStatus.OPEN)
    assert office.store.cases.get(case).status is CaseStatus.CLOSED


def test_an_outcome_that_denies_another_of_the_same_answer_is_not_chosen(office: Office) -> None:
    """Nothing is held, and it is erased: one of them is not true, whatever the facts (GDPR 5(1)(a))."""
    case = office.case(RequestKind.ACCESS, RequestKind.ERASURE)
    with pytest.raises(AnswersApart) as refused:
        office.choose(case, (RequestKind.ACCESS, Outcome.NO_DATA), (RequestKind.ERASURE, Outcome.GRANTED))
    said = " ".join(phrase_at_desk(refused.value))
    assert "  access to data: " in said
    assert "access=" not in said
    assert all(request.outcome is None for request in office.store.cases.get(case).requests)


def test_a_restriction_is_a_task_until_it_is_lifted(office: Office) -> None:
    case = office.case(RequestKind.RESTRICTION)
    told = {"review_on": "2026-05-04", "notified": "to_be_told"}
    office.send(office.choose(case, (RequestKind.RESTRICTION, Outcome.GRANTED), **told))
    assert office.duties(case)[DutyKind.TELL_BEFORE_LIFTING] == (date(2026, 5, 4), DutyStatus.OPEN)
    assert office.duties(case)[DutyKind.TELL_RECIPIENTS] == (date(2026, 3, 9), DutyStatus.OPEN)


def test_a_restriction_is_lifted_after_its_person_was_told(office: Office) -> None:
    """The notice is written in the closed case, of what was restricted; one that would leave too late does not."""
    case = office.case(RequestKind.RESTRICTION)
    with pytest.raises(UsageProblem, match="no_restriction"):
        office.review.letters.propose(case, Letter.RESTRICTION_LIFTED)
    office.send(office.choose(case, (RequestKind.RESTRICTION, Outcome.GRANTED), restricted="osoite"))
    assert office.store.cases.get(case).status is CaseStatus.CLOSED

    proposed = office.review.letters.proposals(case, Letter.RESTRICTION_LIFTED)
    facts = {**proposed, "lifted_on": "2026-03-16", "lifted_why": "osoite on oikaistu"}
    notice = office.review.letters.propose(case, Letter.RESTRICTION_LIFTED, facts=facts)
    assert "Rajoitus koskee: osoite." in office.store.drafts.get(notice).body
    owned = office.review.approval.findings(notice)
    assert {one.code for one in owned} == {"own_ground"}  # what a person wrote of it, which a person answers for
    before, office.now = office.now, office.now + timedelta(days=14)
    with pytest.raises(UsageProblem, match="announced"):
        office.review.approval.approve(notice, office.store.drafts.get(notice).text_hash)
    office.now = before
    office.send(notice)
    assert office.store.cases.get(case).status is CaseStatus.CLOSED
    assert office.duties(case)[DutyKind.TELL_BEFORE_LIFTING][1] is DutyStatus.OPEN  # a person ticks it
    office.store.journal.verify()


def test_an_outcome_taken_back_takes_the_instructions_back_and_a_new_one_brings_them_anew(office: Office) -> None:
    case = office.case(RequestKind.RECTIFICATION)
    office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED))
    office.choose(case, (RequestKind.RECTIFICATION, Outcome.REFUSED))
    assert {status for _, status in office.duties(case).values()} == {DutyStatus.CANCELLED}
    office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED))
    open_ones = [duty.kind for duty in office.store.duties.of_case(case) if duty.status is DutyStatus.OPEN]
    assert open_ones == [DutyKind.INSTRUCT_PROCESSORS, DutyKind.INFORM_JOINT_CONTROLLERS]


def test_the_day_of_stopping_is_told_while_others_are_still_to_hear(office: Office) -> None:
    """What we did, and when, is told whoever has still to do the same for us (GDPR 12(3))."""
    for kind, done in (
        (RequestKind.OBJECTION, "Olemme lopettaneet 1.3.2026"),
        (RequestKind.CONSENT_WITHDRAWAL, "olemme lopettaneet 1.3.2026"),
        (RequestKind.ERASURE, "Olemme poistaneet 1.3.2026"),
    ):
        case = office.case(kind)
        for duty in office.store.duties.of_case(case):
            office.review.duties.done(duty.key)
        draft = office.choose(case, (kind, Outcome.GRANTED), done_on="2026-03-01", notified="told")
        body = office.store.drafts.get(draft).body
        assert (done in body, "viimeistään 5.3.2026 myös siel" in body) == (True, True)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        (RequestKind.OBJECTION, "Olemme lopettaneet 2.3.2026", "Käsittely lopetettiin 12.3.2026 myös siellä"),
        (RequestKind.CONSENT_WITHDRAWAL, "olemme lopettaneet 2.3.2026", "Käsittely lopetettiin 12.3.2026 myös siellä"),
        (RequestKind.ERASURE, "Olemme poistaneet 2.3.2026", "kanssamme, ne poistettiin 12.3.2026"),
        (RequestKind.RESTRICTION, "2.3.2026 alkaen", "Käsittely rajoitettiin 12.3.2026 myös siellä"),
        (RequestKind.RECTIFICATION, "2.3.2026", "Oikaisu tehtiin 12.3.2026 myös siellä"),
    ],
)
def test_what_others_did_later_is_told_with_its_own_day(
    office: Office, kind: RequestKind, ours: str, theirs: str
) -> None:
    """That all was done on the day on which we began is untrue (GDPR 5(1)(a)); ticked the same day, one day is told."""
    for days, told in ((10, True), (0, False)):
        case = office.case(kind)
        draft = office.choose(case, (kind, Outcome.GRANTED), done_on="2026-03-02", notified="told")
        office.now += timedelta(days=days)
        for duty in office.store.duties.of_case(case):
            if duty.status is DutyStatus.OPEN:
                office.review.duties.done(duty.key)
        draft = office.store.drafts.for_case(case)[-1].key
        body = office.store.drafts.get(draft).body
        assert (ours in body, theirs in body) == (True, told)
        assert not errors_among(office.review.approval.findings(draft))
        office.now -= timedelta(days=days)


def test_what_we_have_still_to_stop_is_not_told_as_stopped(office: Office) -> None:
    case = office.case(RequestKind.CONSENT_WITHDRAWAL)
    draft = office.choose(case, (RequestKind.CONSENT_WITHDRAWAL, Outcome.GRANTED))
    assert "lopetamme viimeistään" in office.store.drafts.get(draft).body


def open_of(office: Office, case: CaseKey) -> list[tuple[DutyKind, date]]:
    return [(one.kind, one.due_on) for one in office.store.duties.of_case(case) if one.status is DutyStatus.OPEN]


@pytest.mark.parametrize("kind", [RequestKind.ERASURE, RequestKind.OBJECTION, RequestKind.RECTIFICATION])
def test_an_outcome_chosen_again_opens_no_task_that_is_done(office: Office, kind: RequestKind) -> None:
    """A typing error mended does not tell the processors twice, nor tell as undone what they did."""
    case = office.case(kind)
    office.choose(case, (kind, Outcome.GRANTED))
    for duty in office.store.duties.of_case(case):
        if duty.status is DutyStatus.OPEN:
            office.review.duties.done(duty.key)
    draft = office.choose(case, (kind, Outcome.GRANTED))
    assert open_of(office, case) == []
    assert "viimeistään 5.3.2026" not in office.store.drafts.get(draft).body
    office.choose(case, (kind, Outcome.REFUSED))
    office.choose(case, (kind, Outcome.GRANTED))
    assert open_of(office, case) == []


def test_an_outcome_chosen_again_puts_no_task_off(office: Office) -> None:
    """The promised day does not wander with every mended word, nor past the day of the answer."""
    case = office.case(RequestKind.ERASURE)
    office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED))
    first = open_of(office, case)
    office.now += timedelta(days=2)
    office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED), done_on="2026-03-02")
    assert open_of(office, case) == first
    moved = next(one for one in office.store.duties.of_case(case) if one.status is DutyStatus.OPEN)
    office.review.duties.move(moved.key, date(2026, 3, 9), "Kirjepalvelu on kiinni perjantaihin")
    office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED), done_on="2026-03-02")
    assert (moved.kind, date(2026, 3, 9)) in open_of(office, case)


def test_what_was_done_for_a_part_is_done_again_for_the_whole(office: Office) -> None:
    """The processors heard of what was erased in part: of the rest they have still to hear."""
    case = office.case(RequestKind.ERASURE)
    office.choose(case, (RequestKind.ERASURE, Outcome.PARTLY))
    for duty in office.store.duties.of_case(case):
        office.review.duties.done(duty.key)
    office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED))
    assert {kind for kind, _ in open_of(office, case)} == {
        DutyKind.INSTRUCT_PROCESSORS,
        DutyKind.INFORM_JOINT_CONTROLLERS,
    }


def test_of_another_correction_the_processors_have_still_to_hear(office: Office) -> None:
    """What was corrected is another thing now (GDPR 19): the tick was for the first."""
    case, chosen = office.case(RequestKind.RECTIFICATION), (RequestKind.RECTIFICATION, Outcome.GRANTED)
    office.choose(case, chosen, corrected="sukunimi on nyt Esimerkki")
    for duty in office.store.duties.of_case(case):
        office.review.duties.done(duty.key)
    office.choose(case, chosen, corrected="Sukunimi on nyt  Esimerkki")
    assert open_of(office, case) == []
    office.choose(case, chosen, corrected="syntymäaika on 1.2.1980")
    assert DutyKind.INSTRUCT_PROCESSORS in {kind for kind, _ in open_of(office, case)}


# -- the copy before the erasure -----------------------------------------------------------------------


def test_access_and_erasure_in_one_mail_end_with_the_copy_sent_and_the_erasure_to_be_done(office: Office) -> None:
    """One letter, the copy first; the erasure is a task that can be ticked only after the letter has left."""
    case = office.case(RequestKind.ERASURE, RequestKind.ACCESS)
    both = ((RequestKind.ERASURE, Outcome.GRANTED), (RequestKind.ACCESS, Outcome.GRANTED))
    office.collect(case)
    draft = office.choose(case, *both, notified="told")
    early = duties.by_person(DutyKind.ERASE, MONDAY, "kaikki")
    own = office.store.duties.open(case, early, office.event(Act.DUTY_OPENED))
    with pytest.raises(IllegalTransition):
        office.review.duties.done(own)
    office.send(draft)
    [promised] = [duty for duty in office.store.duties.of_case(case) if duty.kind is DutyKind.ERASE and duty.key != own]
    assert promised.due_on == MONDAY
    for duty in (own, promised.key):
        office.review.duties.done(duty)


def test_what_a_letter_promised_is_neither_cancelled_nor_put_off(office: Office) -> None:
    """Its reader counts on the day (GDPR 5(1)(a), 17(1)): sooner is free, later or never only after another letter."""
    case = office.case(RequestKind.ERASURE, RequestKind.ACCESS)
    office.collect(case)
    both = ((RequestKind.ERASURE, Outcome.GRANTED), (RequestKind.ACCESS, Outcome.GRANTED))
    office.choose(case, *both, notified="told")
    later = max(due for due, _status in office.duties(case).values())  # the processors' own, which the letter names
    draft = office.choose(case, *both, notified="told", done_on=later.isoformat())
    office.send(draft)
    [duty] = [duty for duty in office.store.duties.of_case(case) if duty.kind is DutyKind.ERASE]
    assert duty.due_on == later
    with pytest.raises(UsageProblem, match="duty_promised"):
        office.review.duties.cancel(duty.key, "ei ehditä nyt")
    with pytest.raises(UsageProblem, match="duty_promised"):
        office.review.duties.move(duty.key, later + timedelta(days=1), "ei ehditä nyt")
    with pytest.raises(UsageProblem, match="duty_reason"):
        office.review.duties.move(duty.key, office.today, ".")
    office.review.duties.move(duty.key, office.today, "ehditään jo nyt")
    assert office.store.duties.get(duty.key).due_on == office.today


def test_an_erasure_alone_is_not_answered_while_the_copy_is_open(office: Office) -> None:
    case = office.case(RequestKind.ERASURE, RequestKind.PORTABILITY)
    with pytest.raises(UsageProblem, match="copy_first"):
        office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED))
    assert office.store.drafts.for_case(case) == ()
    office.choose(case, (RequestKind.ERASURE, Outcome.REFUSED))  # what is kept can still be copied


def test_a_copy_asked_for_later_stops_the_answer_that_was_written_before(office: Office) -> None:
    """Between the writing and the approval the person asks to see the data."""
    case = office.case(RequestKind.ERASURE)
    draft = office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED))
    due = deadlines.compute(MONDAY).due
    added = NewRequest(RequestKind.ACCESS, MONDAY, due)
    office.store.cases.add_request(case, added, office.event(Act.REQUEST_OPENED, PERSON))
    with pytest.raises(UsageProblem, match="copy_first"):
        office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash)


# -- the extension gate --------------------------------------------------------------------------------


def extension(office: Office, case: CaseKey, reason: str = "complexity", explained: str = "sata puhelua") -> DraftKey:
    facts = {"extension_reason": reason, "extension_in": "amount", "extension_explained": explained}
    return office.review.letters.propose(case, Letter.EXTENSION, facts=facts)


def test_the_dates_move_when_the_notice_has_left_and_only_once(office: Office) -> None:
    case = office.case(RequestKind.ACCESS, RequestKind.MARKETING_OBJECTION)
    draft = extension(office, case)
    office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash, owned=True)
    assert {request.extended for request in office.store.cases.get(case).requests} == {None}
    office.leave(draft)
    access, ban = office.store.cases.get(case).requests
    assert access.extended == deadlines.compute(MONDAY).extension
    assert ban.extended is None  # a ban waits for nothing
    with pytest.raises(UsageProblem, match="already_extended"):
        extension(office, case)


def test_a_notice_written_in_time_is_not_approved_after_the_month(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    draft = extension(office, case)
    office.now += timedelta(days=32)
    with pytest.raises(UsageProblem, match="too_late"):
        office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash)


def test_a_notice_that_left_too_late_moves_no_date(office: Office) -> None:
    """Approved on the last day, kept by the wire over midnight: the letter is out, the law's date stands."""
    case = office.case(RequestKind.ACCESS)
    draft = extension(office, case)
    office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash, owned=True)
    office.now += timedelta(days=32)
    office.leave(draft)
    [request] = office.store.cases.get(case).requests
    assert (request.extended, request.current) == (None, deadlines.compute(MONDAY).due)


def test_nothing_but_bans_cannot_be_extended(office: Office) -> None:
    case = office.case(RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL)
    with pytest.raises(UsageProblem, match="nothing_to_extend"):
        extension(office, case)


@pytest.mark.parametrize("explained", ["meillä on kesälomakausi", "Henkilöstöpula", "syynä on kova kiire"])
def test_an_extension_for_a_reason_of_ours_is_not_even_written(office: Office, explained: str) -> None:
    """Neither as a proposal: what the law gives no time for is not put before anybody to approve (GDPR 12(3))."""
    case = office.case(RequestKind.ACCESS)
    before = office.store.drafts.for_case(case)
    with pytest.raises(UsageProblem, match="extension_explained"):
        extension(office, case, explained=explained)
    assert office.store.drafts.for_case(case) == before


def test_numbers_are_a_reason_only_where_the_person_waits_for_several_answers(office: Office) -> None:
    """One request is not many, whoever says so; a second one of the same person makes it true (GDPR 12(3))."""
    case = office.case(RequestKind.ACCESS, RequestKind.MARKETING_OBJECTION)
    with pytest.raises(UsageProblem, match="one_request_only"):
        extension(office, case, "number_of_requests", "viisi pyyntöä")
    office.case(RequestKind.ERASURE)
    assert extension(office, case, "number_of_requests", "kaksi laajaa pyyntöä")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_letter_is_held_against_the_rules_of_its_own_language(office: Office, language: str) -> None:
    """Not of its case's: what a reader of Swedish is owed stands in Swedish (GDPR 12(1))."""
    case = office.case(RequestKind.ACCESS)
    receipt = office.review.letters.propose(case, Letter.ACKNOWLEDGEMENT)
    spoken = office.review.letters.speak(receipt, Voice(language=language))
    assert office.review.approval.findings(spoken) == ()


def test_a_late_receipt_keeps_its_day_in_another_language(office: Office) -> None:
    """What its draft records, it says: the linter believes it (GDPR 12(3))."""
    case = office.case(RequestKind.ACCESS)
    office.now += timedelta(days=40)
    receipt = office.review.letters.propose(case, Letter.ACKNOWLEDGEMENT, facts={"answer_by": "2026-04-17"})
    spoken = office.review.letters.speak(receipt, Voice(language="sv"))
    assert "17.4.2026" in office.store.drafts.get(spoken).body


def test_the_cause_of_a_late_receipt_is_said_again_and_never_translated(office: Office) -> None:
    """It is a person's own words: they stay in another form of address, and stand in no letter of another language."""
    case = office.case(RequestKind.ACCESS)
    office.now += timedelta(days=40)
    cause = {"late_reason": "pyyntö oli jäänyt roskapostiin"}
    receipt = office.review.letters.propose(case, Letter.ACKNOWLEDGEMENT, facts=cause)
    with pytest.raises(UsageProblem, match="own_words_in_it"):
        office.review.letters.speak(receipt, Voice(language="sv"))
    spoken = office.review.letters.speak(receipt, Voice(form="sina"))
    assert cause["late_reason"] in office.store.drafts.get(spoken).body


# -- letters before and after ---------------------------------------------------------------------------


def test_courtesy_leaves_from_a_dismissed_case_and_leaves_it_so(office: Office) -> None:
    case = office.case(RequestKind.ACCESS, level=IdentityLevel.L1)
    with pytest.raises(UsageProblem, match="is_a_request"):
        office.review.letters.propose(case, Letter.NOT_A_REQUEST, facts={"concern": "lasku"})
    office.review.cases.dismiss(case)
    office.send(office.review.letters.propose(case, Letter.NOT_A_REQUEST, facts={"concern": "lasku"}))
    assert office.store.cases.get(case).status is CaseStatus.DISMISSED


def test_the_answer_to_a_further_message_closes_the_case_again(office: Office) -> None:
    """They come back to an answered case; what was answered stays so, and the case is over once we have replied."""
    case = office.case(RequestKind.RECTIFICATION)
    office.send(office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED)))
    assert office.store.cases.get(case).status is CaseStatus.CLOSED
    again = mail(9, text="Sanoitte korjanneenne, mutta nimi on yhä väärin.")
    office.store.intake.follow_up(again, case, (), office.event(Act.MESSAGE_FILED))
    assert office.store.cases.get(case).status is CaseStatus.OPEN
    facts = {
        **office.review.letters.proposals(case, Letter.FOLLOW_UP),
        "concern": "nimi on yhä väärin",
        "finding": "laskutuksen tieto oli jäänyt korjaamatta",
        "result": "mended",
        "remedied": "nimi on korjattu sinnekin",
    }
    office.send(office.review.letters.propose(case, Letter.FOLLOW_UP, facts=facts))
    assert office.store.cases.get(case).status is CaseStatus.CLOSED


def test_who_has_none_of_the_data_is_no_recipient(office: Office) -> None:
    """That nobody else has it may be told once the task that names them is cancelled with its reason."""
    case = office.case(RequestKind.RECTIFICATION)
    draft = office.choose(case, (RequestKind.RECTIFICATION, Outcome.GRANTED), notified="no_recipients")
    assert "processors_denied" in errors_among(office.review.approval.findings(draft))
    for duty in office.store.duties.of_case(case):
        if duty.kind is DutyKind.INSTRUCT_PROCESSORS:
            office.review.duties.cancel(duty.key, "käsittelijällä ei ole hänen tietojaan")
    draft = office.store.drafts.for_case(case)[-1].key
    assert "processors_denied" not in errors_among(office.review.approval.findings(draft))


def test_a_fee_makes_it_their_turn_and_moves_no_date(office: Office) -> None:
    """The clock runs while we wait (GDPR 12(3) knows no pause)."""
    case = office.case(RequestKind.ACCESS)
    facts = {
        "fee_ground": "excessive",
        "fee_explained": "sama pyyntö kolmannen kerran viikossa",
        "fee_amount": "18 euroa",
        "fee_basis": "työ",
        "not_begun": "so",
    }
    office.send(office.review.letters.propose(case, Letter.FEE, facts=facts))
    found = office.store.cases.get(case)
    assert found.status is CaseStatus.WAITING
    assert [request.current for request in found.requests] == [deadlines.compute(MONDAY).due]


FEE = {
    "fee_ground": "excessive",
    "fee_explained": "sama pyyntö kolmannen kerran viikossa",
    "fee_amount": "18 euroa",
    "fee_basis": "työ",
    "not_begun": "so",
}


EXTENSION = {
    "extension_reason": "complexity",
    "extension_in": "amount",
    "extension_explained": "pyyntö koskee 240 puhelutallennetta kolmelta vuodelta",
}


@pytest.mark.parametrize("fee_first", [True, False])
def test_a_fee_and_an_extension_do_not_wait_to_leave_together(office: Office, fee_first: bool) -> None:
    """Each tells the day of the answer as it knows it, and one of them would be untrue (GDPR 12(1))."""
    case = office.case(RequestKind.ACCESS)
    fee = office.review.letters.propose(case, Letter.FEE, facts=FEE)
    more = office.review.letters.propose(case, Letter.EXTENSION, facts=EXTENSION)
    first, second = (fee, more) if fee_first else (more, fee)
    office.review.approval.approve(first, office.store.drafts.get(first).text_hash, anyway="tarkistettu toisen kanssa")
    with pytest.raises(UsageProblem, match="fee_beside_extension"):
        office.review.approval.approve(second, office.store.drafts.get(second).text_hash, anyway="tarkistettu yhdessä")


def test_a_fee_written_before_the_extension_left_tells_no_old_day(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    fee = office.review.letters.propose(case, Letter.FEE, facts=FEE)
    office.send(office.review.letters.propose(case, Letter.EXTENSION, facts=EXTENSION))
    with pytest.raises(UsageProblem, match="fee_beside_extension"):
        office.review.approval.approve(fee, office.store.drafts.get(fee).text_hash, owned=True)
    office.now += timedelta(minutes=1)
    anew = office.review.letters.propose(case, Letter.FEE, facts=FEE)
    office.review.approval.approve(anew, office.store.drafts.get(anew).text_hash, owned=True)


def test_no_fee_is_asked_once_the_data_is_collected(office: Office) -> None:
    """The work is done: whoever is asked now could not withdraw before it costs (EDPB Guidelines 01/2022, 194)."""
    case = office.case(RequestKind.ACCESS)
    facts = {
        "fee_ground": "excessive",
        "fee_explained": "sama asia",
        "fee_amount": "18 euroa",
        "fee_basis": "työ",
        "not_begun": "so",
    }
    draft = office.review.letters.propose(case, Letter.FEE, facts=facts)
    assert "fee_after_work" not in {found.code for found in office.review.approval.findings(draft)}
    office.collect(case)
    assert "fee_after_work" in {found.code for found in office.review.approval.findings(draft)}


def test_a_fee_says_that_no_work_was_done_only_where_somebody_says_so(office: Office) -> None:
    """What was searched in our own systems is on no list of tasks: its letter tells what the person answers for."""
    case = office.case(RequestKind.ACCESS)
    facts = {"fee_ground": "excessive", "fee_explained": "sama asia", "fee_amount": "18 euroa", "fee_basis": "työ"}
    with pytest.raises(MissingFacts, match="not_begun"):
        office.review.letters.propose(case, Letter.FEE, facts=facts)


def test_how_many_answers_a_person_waits_for_is_proposed_to_the_extension(office: Office) -> None:
    """With the days on which they were asked for, from three on; what is decided is waited for no more, and one letter
    counts once, whatever the rights in it.
    """
    one = office.case(RequestKind.ACCESS, RequestKind.PORTABILITY, level=IdentityLevel.L0)
    office.case(RequestKind.RECTIFICATION, RequestKind.ERASURE)
    decided = office.case(RequestKind.RESTRICTION)
    office.choose(decided, (RequestKind.RESTRICTION, Outcome.GRANTED))
    assert office.review.letters.proposals(one, Letter.EXTENSION) == {}
    office.case(RequestKind.OBJECTION)
    proposed = office.review.letters.proposals(one, Letter.EXTENSION)
    assert proposed == {
        "extension_reason": "number_of_requests",
        "extension_explained": "3 pyyntöä, jotka saimme 2.3.2026",
    }
    notice = office.review.letters.propose(one, Letter.EXTENSION, facts=proposed)
    assert [str(one.severity) for one in office.review.approval.findings(notice)] == ["own"]


def test_an_older_decision_on_an_automatic_decision_is_asked_what_the_review_came_to(office: Office) -> None:
    """It was decided before anybody was asked whether the review changed it: nothing else of it is lost."""
    case = office.case(RequestKind.AUTOMATED_DECISION)
    [request] = office.store.cases.get(case).requests
    older = part("fi", RequestKind.AUTOMATED_DECISION, Outcome.GRANTED, done_on="2026-03-02").facts
    known = {name: said for name, said in older.items() if name != "reviewed"}
    event = office.event(Act.REQUEST_DECIDED, "person:Helmi")
    office.store.cases.decide(request.key, Outcome.GRANTED, known, event)
    with pytest.raises(MissingFacts) as caught:
        office.review.letters.propose(case, Letter.OUTCOME)
    assert caught.value.names == ("automated_decision.reviewed",)
    proposed = office.review.outcomes.proposals(case)[request.key]
    assert ("reviewed" in proposed, proposed["result"]) == (False, older["result"])
    choice = Choice(request.key, Outcome.GRANTED, {**known, "reviewed": "upheld"})
    assert office.review.outcomes.choose(case, (choice,))


def test_an_apology_is_for_what_is_late(office: Office) -> None:
    case = office.case(RequestKind.ACCESS, level=IdentityLevel.L1)
    facts = {"late_reason": "roskaposti", "answer_by": "2026-04-10"}
    with pytest.raises(UsageProblem, match="not_late"):
        office.review.letters.propose(case, Letter.LATE_NOTICE, facts=facts)
    office.now += timedelta(days=32)
    office.send(office.review.letters.propose(case, Letter.LATE_NOTICE, facts=facts))
    assert office.store.cases.get(case).requests[0].current == deadlines.compute(MONDAY).due


# -- errors and reasons --------------------------------------------------------------------------------


def test_that_no_marketing_was_found_is_told_to_nobody_unknown(office: Office) -> None:
    """The ban itself needs no proof (GDPR 21(3)); what the register holds under a name is its bearer's to know."""
    case = office.case(RequestKind.MARKETING_OBJECTION, level=IdentityLevel.L0)
    with pytest.raises(UsageProblem, match="nothing_found_for_whom"):
        office.choose(case, (RequestKind.MARKETING_OBJECTION, Outcome.NO_DATA))
    assert office.store.cases.get(case).requests[0].outcome is None
    every = "sähköposti, tekstiviestit, puhelin ja posti"
    draft = office.choose(case, (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED), channels=every)
    office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash)


def test_a_letter_with_errors_leaves_only_with_a_reason(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    draft = office.review.letters.propose(case, Letter.ACKNOWLEDGEMENT)
    before = office.store.drafts.get(draft)
    office.review.letters.edit(draft, before.subject, before.body + "Vastaamme 30 päivässä.\n", before.text_hash)
    shown = office.store.drafts.get(draft).text_hash
    for blank in ("", "   "):
        with pytest.raises(LetterFaulty) as caught:
            office.review.approval.approve(draft, shown, blank)
        assert caught.value.codes == ("thirty_days",)
    office.review.approval.approve(draft, shown, "hän kysyi päivistä")
    told = [stored.event for stored in office.store.journal.events(case)]
    assert [event.facts["codes"] for event in told if event.act is Act.FINDINGS_OVERRIDDEN] == ["thirty_days"]


def test_a_question_in_own_words_before_the_identity_leaves_with_a_reason(office: Office) -> None:
    """Which order is meant tells that there was one."""
    case = office.case(RequestKind.ACCESS, level=IdentityLevel.L1)
    facts = {"question": "Koskeeko pyyntönne tilausta 1042?"}
    draft = office.review.letters.propose(case, Letter.MORE_INFORMATION, facts=facts)
    shown = office.store.drafts.get(draft).text_hash
    with pytest.raises(LetterFaulty) as caught:
        office.review.approval.approve(draft, shown, owned=True)
    assert caught.value.codes == ("form_words_before_identity",)
    office.review.approval.approve(draft, shown, "tilausnumero on hänen omasta viestistään", owned=True)


def test_a_clean_letter_records_no_reason(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    draft = office.review.letters.propose(case, Letter.ACKNOWLEDGEMENT)
    office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash, "varmuuden vuoksi")
    assert Act.FINDINGS_OVERRIDDEN not in [stored.event.act for stored in office.store.journal.events(case)]


def test_words_added_before_the_reader_is_known_are_for_their_writer_to_answer_for(office: Office) -> None:
    """A question about identity as its template gave it is clean; what a person adds is theirs, not forbidden."""
    case = office.case(RequestKind.ACCESS, level=IdentityLevel.L0)
    question = office.review.letters.propose(case, Letter.IDENTITY_QUESTION)
    body = office.store.drafts.get(question).body
    approval = office.review.approval
    assert approval.findings(question) == ()
    found = approval.findings(question, f"{body}\nMuistamme teidät hyvin.\n")
    assert [(one.code, str(one.severity)) for one in found] == [("own_sentence_before_identity", "error")]


def test_a_persons_own_sentences_leave_only_once_they_answer_for_them(office: Office) -> None:
    """That they did is in the journal, the sentences are not."""
    case = office.case(RequestKind.ACCESS)
    office.collect(case)
    draft = office.choose(case, (RequestKind.ACCESS, Outcome.GRANTED), recipients="Kirjepalvelu Oy")
    stored = office.store.drafts.get(draft)
    added = stored.body.replace("\n\n", "\n\nLapsenne Ella on myös rekisterissä.\n\n", 1)
    office.review.letters.edit(draft, stored.subject, added, stored.text_hash)
    shown = office.store.drafts.get(draft).text_hash
    with pytest.raises(SentencesUnowned) as caught:
        office.review.approval.approve(draft, shown)
    assert caught.value.sentences == ("Lapsenne Ella on myös rekisterissä.",)
    office.review.approval.approve(draft, shown, owned=True)
    [told] = [one.event for one in office.store.journal.events(case) if one.event.act is Act.DRAFT_APPROVED]
    assert told.facts["own_sentences"] == "1"
    assert "Ella" not in str(told.facts)


def test_another_persons_name_leaves_only_with_a_recorded_reason(office: Office) -> None:
    """In any case of Finnish; of the reader's own name nothing is said."""
    case = office.case(RequestKind.ACCESS)
    office.collect(case)
    draft = office.choose(case, (RequestKind.ACCESS, Outcome.GRANTED))
    stored = office.store.drafts.get(draft)
    findings = office.review.approval.findings
    added = findings(draft, f"{stored.body}\nSaimme osoitteen Matti Virtaselta.\n")
    assert ("person_named", "Saimme osoitteen Matti Virtaselta.") in {(one.code, one.sentence) for one in added}
    theirs = findings(draft, f"{stored.body}\nSaimme osoitteen henkilöltä {stored.envelope.to.name}.\n")
    assert "person_named" not in {one.code for one in theirs}


# -- what is not done yet ------------------------------------------------------------------------------

_DONE = ("Ne on poistettu", "on voimassa", "Kirjasimme")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (RequestKind.ERASURE, Outcome.GRANTED),
        (RequestKind.ERASURE, Outcome.PARTLY),
        (RequestKind.OBJECTION, Outcome.GRANTED),
        (RequestKind.CONSENT_WITHDRAWAL, Outcome.GRANTED),
        (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED),
        (RequestKind.MARKETING_OBJECTION, Outcome.NO_DATA),
        (RequestKind.RECTIFICATION, Outcome.GRANTED),
        (RequestKind.RESTRICTION, Outcome.GRANTED),
    ],
)
def test_no_letter_says_done_what_a_task_still_has_to_do(office: Office, kind: RequestKind, outcome: Outcome) -> None:
    """Processors are instructed by the third working day, channels stopped by then: the letter says by when. What is
    done here is told as done here alone.
    """
    case = office.case(kind)
    draft = office.choose(case, (kind, outcome), notified="told")
    body = office.store.drafts.get(draft).body
    assert not any(said in body for said in _DONE)
    assert "viimeistään 5.3.2026" in body
    assert "undone_unsaid" not in {found.code for found in office.review.approval.findings(draft)}


@pytest.mark.parametrize(
    ("kind", "outcome", "facts", "held"),
    [
        (RequestKind.ACCESS, Outcome.GRANTED, {}, True),
        (RequestKind.ACCESS, Outcome.PARTLY, {}, True),
        (RequestKind.ACCESS, Outcome.NO_DATA, {}, True),
        (RequestKind.PORTABILITY, Outcome.GRANTED, {}, True),
        (RequestKind.ACCESS, Outcome.GRANTED, {"scope": "recipients"}, False),
        (RequestKind.ACCESS, Outcome.REFUSED, {}, False),
    ],
)
def test_no_copy_leaves_before_the_data_has_been_collected(
    office: Office, kind: RequestKind, outcome: Outcome, facts: dict[str, str], held: bool
) -> None:
    """What processors and joint controllers hold belongs to it (GDPR 26(3), 28(3)(e)); a reason is recorded."""
    case = office.case(kind)
    draft = office.choose(case, (kind, outcome), **facts)
    approval = office.review.approval
    assert ("uncollected" in {found.code for found in approval.findings(draft)}) is held
    if held:
        with pytest.raises(LetterFaulty, match="uncollected"):
            approval.approve(draft, office.store.drafts.get(draft).text_hash)
    office.collect(case)
    assert "uncollected" not in {found.code for found in approval.findings(draft)}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_ban_that_is_not_carried_out_yet_is_told_as_such_in_every_language(office: Office, language: str) -> None:
    case = office.case(RequestKind.MARKETING_OBJECTION)
    draft = office.review.letters.propose(case, Letter.MARKETING_STOPPED)
    spoken = office.review.letters.speak(draft, Voice(language=language))
    said = {"sv": "genomför ditt direktmarknadsföringsförbud senast 5.3.2026", "en": "by 5 March 2026"}
    assert said[language] in office.store.drafts.get(spoken).body


def test_the_tasks_done_the_letter_says_so(office: Office) -> None:
    case = office.case(RequestKind.MARKETING_OBJECTION)
    for duty in office.store.duties.of_case(case):
        office.review.duties.done(duty.key)
    draft = office.review.letters.propose(case, Letter.MARKETING_STOPPED)
    assert "on voimassa 2.3.2026 alkaen" in office.store.drafts.get(draft).body


def test_a_letter_that_says_done_what_is_not_is_held_until_the_task_is_ticked(office: Office) -> None:
    """A person's own words count as much as ours; a day that has passed promises nothing."""
    case = office.case(RequestKind.ERASURE)
    draft = office.choose(case, (RequestKind.ERASURE, Outcome.GRANTED), notified="told")
    stored = office.store.drafts.get(draft)
    claimed = stored.body.replace("Ne poistetaan viimeistään 5.3.2026 myös", "Ne on poistettu myös")
    office.review.letters.edit(draft, stored.subject, claimed, stored.text_hash)
    with pytest.raises(LetterFaulty, match="undone_unsaid"):
        office.review.approval.approve(draft, office.store.drafts.get(draft).text_hash)
    office.now += timedelta(days=4)
    assert "undone_unsaid" in {found.code for found in office.review.approval.findings(draft, stored.body)}
    for duty in office.store.duties.of_case(case):
        office.review.duties.done(duty.key)
    assert "undone_unsaid" not in {found.code for found in office.review.approval.findings(draft)}


def test_nothing_is_told_of_somebody_who_has_died(office: Office) -> None:
    """No right of theirs is exercised any more (GDPR recital 27); what tells of no data may be answered."""
    case = office.case(RequestKind.ACCESS)
    office.review.who_asks.mark(case, Sign.DECEASED, on=True)
    for outcome in (Outcome.GRANTED, Outcome.REFUSED, Outcome.NO_DATA):
        with pytest.raises(UsageProblem, match="about_deceased"):
            office.choose(case, (RequestKind.ACCESS, outcome))
    assert all(request.outcome is None for request in office.store.cases.get(case).requests)
    office.choose(case, (RequestKind.ACCESS, Outcome.FORWARDED))


def test_marketing_to_somebody_who_has_died_ends_and_nobody_forbids_it(office: Office) -> None:
    """Whichever letter says so, once somebody has said that they died."""
    case = office.case(RequestKind.MARKETING_OBJECTION)
    before = office.review.letters.propose(case, Letter.MARKETING_STOPPED)
    assert "kieltonne" in office.store.drafts.get(before).body
    office.review.who_asks.mark(case, Sign.DECEASED, on=True)
    after = office.review.letters.propose(case, Letter.MARKETING_STOPPED)
    chosen = office.choose(case, (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED), channels="sähköposti")
    for draft in (after, chosen):
        body = office.store.drafts.get(draft).body
        assert "Otamme osaa." in body
        assert "kieltonsa" not in body


def test_a_ban_takes_its_few_days_from_the_receipt_however_late_it_is_answered(office: Office) -> None:
    """Its letter names no later day than marketing by itself does; once they are over, the next working day (A7)."""
    case = office.case(RequestKind.MARKETING_OBJECTION, RequestKind.ACCESS)
    office.now += timedelta(days=2)  # Wednesday
    office.choose(case, (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED))
    assert office.duties(case)[DutyKind.INSTRUCT_PROCESSORS] == (date(2026, 3, 5), DutyStatus.OPEN)

    late = office.case(RequestKind.CONSENT_WITHDRAWAL)
    office.now += timedelta(days=7)
    office.choose(late, (RequestKind.CONSENT_WITHDRAWAL, Outcome.GRANTED))
    assert office.duties(late)[DutyKind.INSTRUCT_PROCESSORS] == (date(2026, 3, 12), DutyStatus.OPEN)


@pytest.fixture
def passed_on(office: Office) -> list[DutyKey]:
    """Two rights that were passed on to one controller by the same day: one deed (GDPR 28(3)(e))."""
    case = office.case(RequestKind.ACCESS, RequestKind.ERASURE)
    facts = {"forwarded_to": "Halla Oy", "forwarded_on": "2026-03-04"}
    office.choose(case, (RequestKind.ACCESS, Outcome.FORWARDED), (RequestKind.ERASURE, Outcome.FORWARDED), **facts)
    twins = [duty.key for duty in office.store.duties.of_case(case) if duty.kind is DutyKind.FORWARD]
    assert len(twins) == 2
    return twins


def statuses(office: Office, tasks: list[DutyKey]) -> set[DutyStatus]:
    return {office.store.duties.get(task).status for task in tasks}


def test_what_one_deed_does_for_several_rights_is_ticked_once(office: Office, passed_on: list[DutyKey]) -> None:
    office.review.duties.done(passed_on[0])
    assert statuses(office, passed_on) == {DutyStatus.DONE}


def test_both_tasks_of_one_deed_may_be_ticked(office: Office, passed_on: list[DutyKey]) -> None:
    """A window or a command that names them both is not refused; what is no such task is not done twice."""
    for task in passed_on:
        office.review.duties.done(task)
    assert statuses(office, passed_on) == {DutyStatus.DONE}
    other = office.case(RequestKind.MARKETING_OBJECTION)
    stop = office.store.duties.of_case(other)[0].key
    office.review.duties.done(stop)
    with pytest.raises(IllegalTransition):
        office.review.duties.done(stop)


def test_a_deed_that_was_not_done_is_open_again_for_every_right(office: Office, passed_on: list[DutyKey]) -> None:
    office.now += timedelta(hours=1)
    office.review.duties.done(passed_on[0])
    office.now += timedelta(hours=1)
    for task in passed_on:
        office.review.duties.reopen(task)
        assert statuses(office, passed_on) == {DutyStatus.OPEN}


class Erasing:
    """An erasure that is granted, its letter proposed and the processors still to be told."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.case = office.case(RequestKind.ERASURE, text="Poistakaa tietoni.")
        office.choose(self.case, (RequestKind.ERASURE, Outcome.GRANTED), notified="told")

    @property
    def letter(self) -> Draft:
        drafts = self.office.store.drafts.for_case(self.case)
        [proposed] = [draft for draft in drafts if draft.status is DraftStatus.PROPOSED]
        return proposed

    def tasks(self) -> list[DutyKey]:
        laid = self.office.store.duties.of_case(self.case)
        return [duty.key for duty in laid if duty.kind in duties.TOLD and duty.status is DutyStatus.OPEN]


def test_a_ticked_task_is_told_in_the_form_that_its_person_chose(office: Office) -> None:
    erasing = Erasing(office)
    office.review.letters.speak(erasing.letter.key, Voice(form="sina"))
    promised = erasing.letter.body
    for task in erasing.tasks():
        office.review.duties.done(task)
    told = erasing.letter.body
    assert told != promised
    assert ("tietosi" in told, "tietonne" in told) == (True, False)


def test_a_letter_with_a_subject_of_ones_own_is_not_written_anew(office: Office) -> None:
    """A person's own words in its first line are as much theirs as those in its text."""
    erasing = Erasing(office)
    letter = erasing.letter
    office.review.letters.edit(letter.key, f"{letter.subject} – tilaus 77", letter.body, letter.text_hash)
    with pytest.raises(UsageProblem, match="own_words_in_it"):
        office.review.letters.speak(letter.key, Voice(form="sina"))
    office.review.duties.done(erasing.tasks()[0])
    assert erasing.letter.subject == f"{letter.subject} – tilaus 77"


def test_what_became_of_a_task_is_told_whatever_it_was(office: Office) -> None:
    """Moved, it is promised by the new day; where there is nothing to do, nothing is promised any more."""
    erasing = Erasing(office)
    assert "viimeistään 5.3.2026" in erasing.letter.body
    for task in erasing.tasks():
        office.review.duties.move(task, date(2026, 3, 10), "käsittelijän järjestelmä on alhaalla tiistaihin")
    assert ("5.3.2026" in erasing.letter.body, "viimeistään 10.3.2026" in erasing.letter.body) == (False, True)
    for task in erasing.tasks():
        office.review.duties.cancel(task, "käsittelijällä ei ole hänen tietojaan")
    assert "10.3.2026" not in erasing.letter.body


def test_a_ban_is_confirmed_as_narrow_as_its_writer_worded_it(office: Office) -> None:
    """Letters that they allow need not be forbidden; any other channel that is left out needs a reason (GDPR 21(2))."""
    told = {"channels": "sähköposti, tekstiviestit ja puhelin"}
    for text, codes in (
        ("Kiellän markkinoinnin, mutta kirjeitä saa lähettää.", ()),
        ("Kiellän markkinoinnin.", ("channels_left_out",)),
    ):
        case = office.case(RequestKind.MARKETING_OBJECTION, text=text)
        for duty in office.store.duties.of_case(case):
            office.review.duties.done(duty.key)
        draft = office.choose(case, (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED), **told)
        assert errors_among(office.review.approval.findings(draft)) == codes
