"""Requests by letter, telephone and visit, and letters that a person delivers: recorded, printed, never mailed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from textual.widgets import Input, OptionList, Select, SelectionList, TextArea

from inbox_agent import bootstrap
from inbox_agent.adapters import pdf
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.widgets.form import FactField
from inbox_agent.errors import CannotPrint, UsageProblem
from inbox_agent.phrasing.duties import task
from inbox_agent.profile import Deadlines
from inbox_agent.rules import paper
from inbox_agent.services.deciding import Choice
from inbox_agent.services.draft import Drafting
from inbox_agent.services.on_paper import FromAuthority, Recorded
from inbox_agent.services.review import Review
from replies.sheet import Sheet, as_html
from replies.wording import Severity
from state.errors import IllegalTransition, NotIdentified
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    Channel,
    DraftKey,
    DraftStatus,
    DutyKind,
    DutyStatus,
    Event,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.dashboard_desk import ERASED_ON_2_12, PROFILE, Desk, press, screen_text, settled

POSTAL = "Esimerkkikatu 1 A 2\n00100 Helsinki"


@pytest.fixture
def store(desk: Desk) -> Iterator[Store]:
    with desk.store() as opened:
        yield opened
        opened.journal.verify()


@pytest.fixture
def review(desk: Desk, store: Store) -> Review:
    return desk.review(store)


def recorded(review: Review, kind: RequestKind = RequestKind.MARKETING_OBJECTION, address: str = "") -> CaseKey:
    received = date(2026, 11, 20)
    told = Recorded(Channel.LETTER, "Eeva Kirje", received, (kind,), "Lopettakaa mainonta.", address, POSTAL)
    return review.on_paper.record(told)


def approved(review: Review, case: CaseKey, letter: Letter = Letter.MARKETING_STOPPED) -> DraftKey:
    draft = review.letters.propose(case, letter)
    review.approval.approve(draft, review.store.drafts.get(draft).text_hash, anyway="kirje paperilla")
    return draft


def test_a_letter_becomes_a_case_whose_clock_runs_from_its_receipt(review: Review, store: Store) -> None:
    """What was said stands as a note; the month is counted from the day it came."""
    case = store.cases.get(recorded(review))

    assert (case.channel, case.postal) == (Channel.LETTER, POSTAL)
    assert case.requests[0].due.promise == date(2026, 12, 20)
    assert case.number == "2026-0001"


@pytest.mark.parametrize(("counts_from", "promise"), [("sending", date(2026, 11, 30)), ("receipt", date(2026, 12, 5))])
def test_a_letter_counts_from_its_making_where_the_notice_promised_it(
    desk: Desk, counts_from: str, promise: date
) -> None:
    """Made on 30.10. and received on 5.11., it is answered by 30.11.; what is done at once counts from receipt."""
    deadlines = desk.profile.deadlines.model_copy(update={"count_from": counts_from})
    desk.profile = desk.profile.model_copy(update={"deadlines": deadlines})
    received, made, kinds = date(2026, 11, 5), date(2026, 10, 30), (RequestKind.CONSENT_WITHDRAWAL,)
    with desk.store() as store:
        told = Recorded(Channel.LETTER, "Eeva Kirje", received, kinds, made_on=made)
        case = store.cases.get(desk.review(store).on_paper.record(told))
        [duty] = store.duties.of_case(case.key)
        assert (case.requests[0].due.promise, duty.reckoning.start) == (promise, received)


def told_by_telephone(review: Review, said: str, kind: RequestKind = RequestKind.ACCESS) -> CaseKey:
    return review.on_paper.record(Recorded(Channel.CALL, "Tiina Esimerkki", date(2026, 11, 20), (kind,), said))


def test_who_speaks_for_another_by_telephone_is_noticed_as_in_a_mail(review: Review, store: Store) -> None:
    """A parent who asks for a child's data answers for both: more is needed than of whoever asks for their own."""
    own = store.cases.get(told_by_telephone(review, "Mitä tietoja minusta on?"))
    childs = store.cases.get(told_by_telephone(review, "Poikani Eetu, 9 v: kaikki tiedot"))
    assert own.flags == ()
    assert set(childs.flags) >= {"representative", "custodian"}
    assert childs.identity_required > own.identity_required


def test_recordings_that_are_named_by_telephone_are_frozen(review: Review, store: Store) -> None:
    """They are gone in weeks, whichever way somebody asks for them."""
    case = told_by_telephone(review, "Haluan puhelutallenteet ja kameratallenteet 3.11.")
    frozen = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.FREEZE_RECORDINGS]
    assert [duty.about for duty in frozen] == ["puhelutallenteet, kameratallenteet"]


def test_what_of_access_is_asked_for_by_telephone_is_proposed(review: Review, store: Store) -> None:
    case = told_by_telephone(review, "Kenelle tietojani on luovutettu?")
    [proposed] = review.outcomes.proposals(case).values()
    assert proposed["scope"] == "recipients"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (Recorded(Channel.CALL, "Eeva", date(2026, 11, 25), (RequestKind.ACCESS,)), "received_in_future"),
        (
            Recorded(Channel.CALL, "Eeva", date(2026, 11, 20), (RequestKind.ACCESS,), made_on=date(2026, 11, 21)),
            "made_after_receipt",
        ),
        (Recorded(Channel.CALL, " ", date(2026, 11, 20), (RequestKind.ACCESS,)), "record_needs"),
        (Recorded(Channel.CALL, "Eeva", date(2026, 11, 20), ()), "record_needs"),
    ],
)
def test_what_cannot_be_a_request_is_refused_and_nothing_is_stored(
    review: Review, store: Store, told: Recorded, code: str
) -> None:
    with pytest.raises(UsageProblem, match=code):
        review.on_paper.record(told)
    assert store.cases.open_cases() == ()


@pytest.mark.parametrize(
    "address",
    [
        "Rantatie 3, 85100 Kalajoki",
        "ei ole",
        "040 123 4567",
        "maija@",
        "@meri.example",
        "maija meri@meri.example",
        "maija@meri",
        "maija@meri.example, eero@meri.example",
        "Maija Meri <maija@meri.example>",
        "maija.meri(at)meri.example",
    ],
)
def test_what_is_no_e_mail_address_is_refused_and_nothing_is_stored(review: Review, store: Store, address: str) -> None:
    """The letter would go by mail and reach nobody, and silence is no answer (GDPR 12(3))."""
    with pytest.raises(UsageProblem, match="no_mail_address"):
        recorded(review, address=address)
    assert store.cases.open_cases() == ()


@pytest.mark.parametrize(
    "address",
    ["maija@meri.example", " maija@meri.example ", "m.meri+gdpr@posti.meri.example", "o'hara_1@meri-ab.example"],
)
def test_an_e_mail_address_is_taken(review: Review, store: Store, address: str) -> None:
    assert store.cases.get(recorded(review, address=address)).subject.address == address.strip()


@pytest.mark.parametrize("address", ["Rantatie 3", "040 123 4567", "maija@"])
def test_no_code_goes_to_what_is_no_e_mail_address_on_file(review: Review, store: Store, address: str) -> None:
    case = recorded(review, RequestKind.ACCESS)
    with pytest.raises(UsageProblem, match="on_file_no_address"):
        review.who_asks.on_file(case, address)
    assert store.identification.contact(case) is None


@pytest.mark.parametrize(
    ("told", "by"),
    [
        (FromAuthority(date(2026, 11, 20), date(2026, 12, 15)), date(2026, 12, 15)),
        (FromAuthority(date(2026, 11, 20), said="Pyydämme selvitystä viimeistään 4.12.2026."), date(2026, 12, 4)),
        (FromAuthority(date(2026, 11, 20)), date(2026, 11, 23)),
    ],
)
def test_a_letter_of_the_authority_about_no_case_is_a_case_with_its_own_day(
    review: Review, store: Store, told: FromAuthority, by: date
) -> None:
    """Its task is to be answered by the day that it names; nobody's right begins to run, and nobody is written to."""
    case = store.cases.get(review.on_paper.from_authority(told))

    assert (case.status, case.flags[0]) == (CaseStatus.CANDIDATE, "from_authority")
    assert [(duty.kind, duty.due_on) for duty in store.duties.of_case(case.key)] == [(DutyKind.ANSWER_OMBUDSMAN, by)]
    review.cases.dismiss(case.key)
    assert [duty.settled_at for duty in store.duties.of_case(case.key)] == [None]


def test_no_letter_to_a_customer_answers_the_authority(review: Review, store: Store) -> None:
    """Nor does an outcome, and nobody makes a request of it; opened again it is what it was."""
    case = review.on_paper.from_authority(FromAuthority(date(2026, 11, 20)))
    [right] = store.cases.get(case).requests
    with pytest.raises(UsageProblem, match="to_authority"):
        review.cases.confirm(case)
    for again in (False, True):
        if again:
            review.cases.dismiss(case)
            review.cases.reopen(case)
        for letter in Letter:
            with pytest.raises(UsageProblem, match="to_authority"):
                review.letters.propose(case, letter)
        with pytest.raises(UsageProblem, match="to_authority"):
            review.outcomes.asked(case)
        with pytest.raises(UsageProblem, match="to_authority"):
            review.outcomes.choose(case, (Choice(right.key, Outcome.NOT_IDENTIFIED, {}),))
    assert store.drafts.for_case(case) == ()
    assert Drafting(store, review.profile, review.now).propose_first_letters() == 0


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (FromAuthority(date(2026, 11, 25)), "received_in_future"),
        (FromAuthority(date(2026, 11, 20), date(2026, 11, 19)), "due_before_receipt"),
    ],
)
def test_a_letter_of_the_authority_is_answered_after_it_came(review: Review, told: FromAuthority, code: str) -> None:
    with pytest.raises(UsageProblem, match=code):
        review.on_paper.from_authority(told)


def test_an_answer_on_paper_is_never_offered_to_the_wire(review: Review, store: Store, desk: Desk) -> None:
    """However long it is approved: neither is it ready to be sent, nor may it be claimed."""
    draft = approved(review, recorded(review))

    assert store.drafts.ready(desk.now + timedelta(days=99)) == ()
    with pytest.raises(IllegalTransition):
        store.drafts.claim(draft, "<ours@yritys.example>", Event(desk.now, AGENT, Act.SENDING_CLAIMED))
    assert store.drafts.get(draft).status is DraftStatus.APPROVED


def test_a_delivered_answer_ends_the_case_as_a_sent_one_does(review: Review, store: Store) -> None:
    case = recorded(review)
    draft = approved(review, case)
    review.on_paper.delivered(draft, "post")

    assert store.drafts.get(draft).status is DraftStatus.SENT
    assert store.cases.get(case).requests[0].outcome is Outcome.GRANTED
    assert store.cases.get(case).status is CaseStatus.CLOSED
    delivery = store.drafts.delivery(draft)
    assert delivery is not None
    assert delivery.answer == "post"


def test_a_letter_with_an_address_cannot_be_said_to_be_delivered(review: Review, store: Store, desk: Desk) -> None:
    """Otherwise an approval could be answered twice: on paper and by mail."""
    draft = approved(review, recorded(review, address="eeva@posti.example"))

    with pytest.raises(UsageProblem, match="goes_by_mail"):
        review.on_paper.delivered(draft, "post")
    with pytest.raises(IllegalTransition):
        store.drafts.delivered(draft, "post", desk.now, Event(desk.now, "person:Helmi", Act.DRAFT_DELIVERED))


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 25)])
def test_a_letter_is_delivered_between_its_approval_and_today(review: Review, day: date) -> None:
    draft = approved(review, recorded(review))
    with pytest.raises(UsageProblem, match="delivered_when"):
        review.on_paper.delivered(draft, "post", day)


def erasing(review: Review, store: Store) -> DraftKey:
    """An approved answer on paper of 24.11. that says the data will be erased on 2.12., promised by 20.12."""
    case = recorded(review, RequestKind.ERASURE)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "näytti ajokortin")
    [request] = store.cases.get(case).requests
    draft = review.outcomes.choose(case, (Choice(request.key, Outcome.GRANTED, ERASED_ON_2_12),))
    review.approval.approve(draft, store.drafts.get(draft).text_hash, anyway="kirje paperilla")
    return draft


def test_a_letter_on_paper_bears_the_day_on_which_it_is_printed(desk: Desk, review: Review, store: Store) -> None:
    """In its head and beside its number, whenever it was approved; printed again after it left, the day it left on."""
    draft = erasing(review, store)
    for on, day in ((datetime(2026, 11, 30, 8, tzinfo=UTC), "30.11.2026"), (desk.now, "24.11.2026")):
        sheet = desk.review(store, on).on_paper.sheet(draft)
        assert (sheet.day, sheet.body.splitlines()[-1]) == (day, f"Asia 2026-0001, {day}")
    assert store.drafts.get(draft).body.splitlines()[-1] == "Asia 2026-0001, 24.11.2026"

    assert desk.review(store, datetime(2026, 12, 1, 8, tzinfo=UTC)).on_paper.delivered(draft, "post") == ""
    assert desk.review(store, datetime(2027, 3, 1, 8, tzinfo=UTC)).on_paper.sheet(draft).day == "1.12.2026"


@pytest.mark.parametrize("day", [3, 21])
def test_nothing_is_printed_that_announces_what_is_past(desk: Desk, review: Review, store: Store, day: int) -> None:
    """As no mail leaves then; what was brought all the same is recorded, and what is past by then is said."""
    draft, on, code = erasing(review, store), datetime(2026, 12, day, 8, tzinfo=UTC), "announced_before_it_leaves"
    with pytest.raises(UsageProblem, match=code):
        desk.review(store, on).on_paper.sheet(draft)
    assert desk.review(store, on).on_paper.delivered(draft, "post") == (code if day == 3 else "answer_late")
    assert store.drafts.get(draft).status is DraftStatus.SENT


def test_what_was_approved_in_time_is_not_printed_late(desk: Desk, review: Review, store: Store) -> None:
    """A late answer apologises and tells why (GDPR 12(3)-(4)): one that was written late may be printed any day."""
    case = recorded(review, RequestKind.ACCESS)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "näytti ajokortin")
    [request] = store.cases.get(case).requests
    in_time = review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, _no_data()),))
    review.approval.approve(in_time, store.drafts.get(in_time).text_hash, anyway="kirje paperilla")
    promised, after, later = (datetime(2026, 12, day, 8, tzinfo=UTC) for day in (20, 21, 22))
    assert desk.review(store, promised).on_paper.sheet(in_time).day == "20.12.2026"
    with pytest.raises(UsageProblem, match="late_since_approval"):
        desk.review(store, after).on_paper.sheet(in_time)

    late = desk.review(store, after)
    facts = {**_no_data(), "late_reason": "kirje jäi postilokeroon"}
    anew = late.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, facts),))
    late.approval.approve(anew, store.drafts.get(anew).text_hash, anyway="kirje paperilla")
    assert desk.review(store, later).on_paper.sheet(anew).day == "22.12.2026"


def no_data(review: Review, store: Store) -> DraftKey:
    """An approved answer on paper of 24.11., promised by 20.12."""
    case = recorded(review, RequestKind.ACCESS)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "näytti ajokortin")
    [request] = store.cases.get(case).requests
    draft = review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, _no_data()),))
    review.approval.approve(draft, store.drafts.get(draft).text_hash, anyway="kirje paperilla")
    return draft


def tasks(store: Store, case: CaseKey) -> list[tuple[DutyKind, date, DutyStatus]]:
    laid = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.TELL_OF_DELAY]
    return [(duty.kind, duty.due_on, duty.status) for duty in laid]


@pytest.mark.parametrize(
    ("day", "laid"),
    [(19, []), (20, []), (21, [(DutyKind.TELL_OF_DELAY, date(2027, 1, 5), DutyStatus.OPEN)])],
)
def test_an_answer_that_was_brought_late_leaves_its_case_open_with_the_task_to_say_why(
    desk: Desk, review: Review, store: Store, day: int, laid: list[tuple[DutyKind, date, DutyStatus]]
) -> None:
    """Whoever records it later has it to do that very day (GDPR 12(3)-(4)); in time, the case is over."""
    draft, recorded_on = no_data(review, store), datetime(2027, 1, 5, 8, tzinfo=UTC)
    case = store.drafts.get(draft).case
    desk.review(store, recorded_on).on_paper.delivered(draft, "post", date(2026, 12, day))

    assert tasks(store, case) == laid
    assert store.cases.get(case).status is (CaseStatus.OPEN if laid else CaseStatus.CLOSED)
    assert store.cases.get(case).requests[0].status is RequestStatus.ANSWERED


def test_what_is_late_and_announces_what_is_past_has_the_task_too(desk: Desk, review: Review, store: Store) -> None:
    draft = erasing(review, store)
    desk.review(store, datetime(2026, 12, 21, 8, tzinfo=UTC)).on_paper.delivered(draft, "post")
    assert [status for _, _, status in tasks(store, store.drafts.get(draft).case)] == [DutyStatus.OPEN]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_ways_that_paper_offers_are_the_template_s_own_words(review: Review, store: Store, language: str) -> None:
    """Nobody answers for them (GDPR 12(2), 12(6)): what was not proved is told with no way that needs an e-mail."""
    wanted = Recorded(
        Channel.LETTER, "Eeva Kirje", date(2026, 11, 20), (RequestKind.ERASURE,), "Poistakaa", "", POSTAL, language
    )
    case = review.on_paper.record(wanted)
    asked = review.letters.propose(case, Letter.IDENTITY_QUESTION)
    told(review, store, asked)
    [request] = store.cases.get(case).requests
    day = date(2026, 11, 24).isoformat()
    answer = review.outcomes.choose(case, (Choice(request.key, Outcome.NOT_IDENTIFIED, {"asked_on": day}),))
    assert {one.code for one in review.approval.findings(answer)} & {"own_sentence", "other_language"} == set()


def told(later: Review, store: Store, draft: DraftKey) -> None:
    """Approve a letter that comes after the answer, and bring it to its reader."""
    later.approval.approve(draft, store.drafts.get(draft).text_hash, anyway="kirje paperilla")
    later.on_paper.delivered(draft, "post")


CAUSE = {"late_reason": "kirje jäi lähtevän postin lokeroon"}


def test_the_apology_for_an_answer_that_came_late_needs_its_cause_alone_and_ends_the_case(
    desk: Desk, review: Review, store: Store
) -> None:
    """It tells by itself what was answered, when that came and by when it was due (GDPR 12(3)-(4))."""
    draft, later = no_data(review, store), desk.review(store, datetime(2026, 12, 23, 8, tzinfo=UTC))
    case = store.drafts.get(draft).case
    assert later.on_paper.delivered(draft, "post", date(2026, 12, 21)) == "answer_late"
    apology = later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)

    body = store.drafts.get(apology).body
    for said in ("toimitettiin teille 21.12.2026", "viimeistään su 20.12.2026", CAUSE["late_reason"], "emme löytäneet"):
        assert said in body
    told(later, store, apology)
    [task] = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.TELL_OF_DELAY]
    assert (task.status, store.cases.get(case).status) == (DutyStatus.DONE, CaseStatus.CLOSED)
    with pytest.raises(UsageProblem, match="no_delay_untold"):
        later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)


def test_the_apology_speaks_of_what_came_late_alone(desk: Desk, review: Review, store: Store) -> None:
    """Of a ban that was confirmed in time it says nothing, in whichever voice it is written anew."""
    kinds = (RequestKind.ACCESS, RequestKind.MARKETING_OBJECTION)
    wanted = Recorded(Channel.LETTER, "Eeva Kirje", date(2026, 11, 20), kinds, "Mitä tietoja?", "", POSTAL)
    case = review.on_paper.record(wanted)
    stopped = review.letters.propose(case, Letter.MARKETING_STOPPED)
    told(review, store, stopped)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "näytti ajokortin")
    [request] = [one for one in store.cases.get(case).requests if one.kind is RequestKind.ACCESS]
    answer = review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, _no_data()),))
    review.approval.approve(answer, store.drafts.get(answer).text_hash, anyway="kirje paperilla")
    later = desk.review(store, datetime(2026, 12, 21, 8, tzinfo=UTC))
    later.on_paper.delivered(answer, "post")

    apology = later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)
    assert "markkinoin" not in store.drafts.get(apology).body
    assert store.drafts.get(apology).requests == (request.key,)
    assert not [one for one in later.approval.findings(apology) if one.severity is Severity.ERROR]


def two_late(desk: Desk, review: Review, store: Store, language: str) -> tuple[Review, CaseKey]:
    """A ban's confirmation and an answer about access, promised by 20.12., both written in time and brought late: on
    21.12. and on 22.12., which is today.
    """
    kinds = (RequestKind.ACCESS, RequestKind.MARKETING_OBJECTION)
    wanted = Recorded(Channel.LETTER, "Eeva Kirje", date(2026, 11, 20), kinds, "Mitä tietoja?", "", POSTAL, language)
    case = review.on_paper.record(wanted)
    stopped = approved(review, case)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "näytti ajokortin")
    [request] = [one for one in store.cases.get(case).requests if one.kind is RequestKind.ACCESS]
    answer = review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, _no_data()),))
    review.approval.approve(answer, store.drafts.get(answer).text_hash, anyway="kirje paperilla")
    later = desk.review(store, datetime(2026, 12, 22, 8, tzinfo=UTC))
    later.on_paper.delivered(stopped, "post", date(2026, 12, 21))
    later.on_paper.delivered(answer, "post")
    return later, case


LATE_ANSWERS = {
    "fi": (("21.12.2026", "Suoramarkkinointikielto"), ("22.12.2026", "Tietojen saaminen")),
    "sv": (("21.12.2026", "Direktmarknadsföringsförbud"), ("22.12.2026", "Tillgång till uppgifter")),
    "en": (("21 December 2026", "- Direct marketing"), ("22 December 2026", "- Access to your data")),
}
"""The day on which each of `two_late` was brought, and what the letter calls its right."""


@pytest.mark.parametrize("language", LATE_ANSWERS)
def test_of_two_answers_that_came_late_each_has_its_own_apology(
    desk: Desk, review: Review, store: Store, language: str
) -> None:
    """A letter tells of one, ticks that one's task and leaves the case open for the other's (GDPR 12(3)-(4))."""
    later, case = two_late(desk, review, store, language)
    ban, access = LATE_ANSWERS[language]
    for mine, others, status, left in (
        (ban, access, CaseStatus.OPEN, DutyStatus.OPEN),
        (access, ban, CaseStatus.CLOSED, DutyStatus.DONE),
    ):
        apology = later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)
        said, _, _its_own_day = store.drafts.get(apology).body.rpartition("2026-0001")
        assert [words in said for words in (*mine, *others)] == [True, True, False, False]
        told(later, store, apology)
        assert store.cases.get(case).status is status
        assert [found for _, _, found in tasks(store, case)] == [DutyStatus.DONE, left]


def test_the_tasks_of_two_late_answers_are_told_apart(desk: Desk, review: Review, store: Store) -> None:
    """Each names the right whose answer came late, so that nobody ticks the other's."""
    _, case = two_late(desk, review, store, "fi")
    laid = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.TELL_OF_DELAY]
    assert [task(duty).partition(" (")[2] for duty in laid] == ["ban on direct marketing)", "access to data)"]


def test_two_apologies_are_printed_and_brought_together(desk: Desk, review: Review, store: Store) -> None:
    """While the first is approved and not yet brought, the next one tells of the other answer."""
    later, case = two_late(desk, review, store, "fi")
    apologies = []
    for _ in range(2):
        apologies.append(later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE))
        later.approval.approve(apologies[-1], store.drafts.get(apologies[-1]).text_hash, anyway="kirje paperilla")
    about = [request for apology in apologies for request in store.drafts.get(apology).requests]
    assert set(about) == {request.key for request in store.cases.get(case).requests}

    later.on_paper.delivered(apologies[1], "post")
    assert store.cases.get(case).status is CaseStatus.OPEN
    later.on_paper.delivered(apologies[0], "post")
    assert store.cases.get(case).status is CaseStatus.CLOSED


def test_no_apology_tells_what_a_person_told_themselves(desk: Desk, review: Review, store: Store) -> None:
    """The task of the ban is ticked; the letter is about the other answer."""
    later, case = two_late(desk, review, store, "fi")
    [ban] = [one.key for one in store.cases.get(case).requests if one.kind is RequestKind.MARKETING_OBJECTION]
    [its_task] = [
        duty for duty in store.duties.of_case(case) if (duty.kind, duty.request) == (DutyKind.TELL_OF_DELAY, ban)
    ]
    later.duties.done(its_task.key)
    apology = store.drafts.get(later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE))
    assert "22.12.2026" in apology.body
    assert ban not in apology.requests


def test_the_apology_says_what_is_still_being_done(desk: Desk, review: Review, store: Store) -> None:
    """An erasure that the answer announced for a day, and that nobody ticked, is none that was done; ticked later, it
    was done then.
    """
    draft = erasing(review, store)
    later = desk.review(store, datetime(2026, 12, 21, 8, tzinfo=UTC))
    later.on_paper.delivered(draft, "post")
    case = store.drafts.get(draft).case
    open_ = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.ERASE]
    apology = later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)
    assert [duty.status for duty in open_] == [DutyStatus.OPEN]
    assert "toteutamme pyynnön kaikkialla viimeistään" in store.drafts.get(apology).body
    assert "undone_unsaid" in {one.code for one in later.approval.findings(apology)}

    for duty in store.duties.of_case(case):
        if duty.status is DutyStatus.OPEN and duty.kind is not DutyKind.TELL_OF_DELAY:
            later.duties.done(duty.key)
    [anew] = [one for one in store.drafts.for_case(case) if one.status is DraftStatus.PROPOSED]
    assert "toteutimme pyynnön 21.12.2026" in anew.body
    assert "undone_unsaid" not in {one.code for one in later.approval.findings(anew.key)}


@pytest.mark.parametrize("finding", ["haimme asiakasrekisteristä", "vastaus myöhästyi, koska kirje jäi lokeroon"])
def test_a_further_letter_ends_no_case_of_which_the_delay_is_untold(
    desk: Desk, review: Review, store: Store, finding: str
) -> None:
    """Whatever its words: what is owed has a letter of its own (GDPR 12(3)-(4))."""
    draft, later = no_data(review, store), desk.review(store, datetime(2026, 12, 21, 8, tzinfo=UTC))
    case = store.drafts.get(draft).case
    later.on_paper.delivered(draft, "post")
    facts = {"followed_on": "2026-12-21", "concern": "vastaus myöhästyi", "finding": finding, "result": "stands"}
    told(later, store, later.letters.propose(case, Letter.FOLLOW_UP, facts=facts))

    assert [status for _, _, status in tasks(store, case)] == [DutyStatus.OPEN]
    assert store.cases.get(case).status is CaseStatus.OPEN


@pytest.mark.parametrize("how", ["done", "cancelled"])
def test_the_case_is_over_too_where_a_person_told_of_the_delay_themselves(
    desk: Desk, review: Review, store: Store, how: str
) -> None:
    draft, later = no_data(review, store), desk.review(store, datetime(2026, 12, 21, 8, tzinfo=UTC))
    case = store.drafts.get(draft).case
    later.on_paper.delivered(draft, "post")
    [task] = [duty for duty in store.duties.of_case(case) if duty.kind is DutyKind.TELL_OF_DELAY]
    if how == "done":
        later.duties.done(task.key)
    else:
        later.duties.cancel(task.key, "kerroin sen puhelimessa")
    assert store.cases.get(case).status is CaseStatus.CLOSED


def test_nothing_about_a_person_is_handed_over_before_they_are_identified(review: Review, store: Store) -> None:
    """What was approved before a proof was doubted does not go by hand either."""
    case = recorded(review, RequestKind.ACCESS)
    review.who_asks.prove(case, ProofKind.ID_SHOWN, None, "käynti, passi nähty")
    request = store.cases.get(case).requests[0]
    draft = review.outcomes.choose(case, (Choice(request.key, Outcome.NO_DATA, _no_data()),))
    review.approval.approve(draft, store.drafts.get(draft).text_hash, anyway="kirje paperilla")
    doubted = Event(datetime(2026, 11, 24, 12, 5, tzinfo=UTC), AGENT, Act.IDENTITY_ASSESSED)
    store.identification.assess(case, IdentityLevel.L0, store.cases.get(case).identity_required, doubted)
    with pytest.raises(NotIdentified):
        review.on_paper.delivered(draft, "handed_over")


def test_an_apology_tells_how_a_right_ended_to_nobody_who_is_doubted_since(
    desk: Desk, review: Review, store: Store
) -> None:
    """As the answer itself does, also where the program lets it pass."""
    draft, on = no_data(review, store), datetime(2026, 12, 21, 8, tzinfo=UTC)
    later, case = desk.review(store, on), store.drafts.get(draft).case
    later.on_paper.delivered(draft, "post")
    apology = later.letters.propose(case, Letter.LATE_DELIVERY, facts=CAUSE)
    later.approval.approve(apology, store.drafts.get(apology).text_hash, anyway="kirje paperilla")
    doubted = Event(datetime(2026, 12, 21, 8, 5, tzinfo=UTC), AGENT, Act.IDENTITY_ASSESSED)
    store.identification.assess(case, IdentityLevel.L0, store.cases.get(case).identity_required, doubted)
    with pytest.raises(NotIdentified):
        later.on_paper.delivered(apology, "post")


def _no_data() -> dict[str, str]:
    return {"searched": "asiakasrekisteri", "searched_with": "nimi", "identifiers": "nimi", "trace_until": "2029-11-24"}


def test_the_assistant_proposes_a_letter_that_asks_for_no_code_by_mail(
    review: Review, store: Store, desk: Desk
) -> None:
    """Who has no e-mail address is not asked to answer a mail."""
    case = recorded(review, RequestKind.ACCESS)
    Drafting(store, desk.profile, lambda: desk.now).propose_first_letters()
    [draft] = store.drafts.for_case(case)

    assert draft.on_paper
    assert store.identification.codes(case) == ()
    assert draft.envelope.to.name == "Eeva Kirje"


def sheet(body: str = "Hei,\n\nlopetimme – ”heti” – markkinoinnin äöåÄÖÅ €.\n") -> Sheet:
    return Sheet("fi", ("Esimerkki Oy", "Katu 1"), ("Eeva Kirje", "Kuja 2"), "24.11.2026", "Asia 2026-0001", body)


def test_the_pdf_holds_sender_reader_day_subject_and_every_word(tmp_path: Path) -> None:
    long = sheet("\n\n".join(f"Kappale {n} äö." for n in range(120)))
    path = pdf.save(long, tmp_path / "kirje.pdf")
    read = pypdf.PdfReader(BytesIO(path.read_bytes()))
    text = "\n".join(page.extract_text() for page in read.pages)

    assert len(read.pages) > 1
    for part in ("Esimerkki Oy", "Eeva Kirje", "24.11.2026", "Asia 2026-0001", "Kappale 0 äö.", "Kappale 119 äö."):
        assert part in text
    assert path.stat().st_mode & 0o077 == 0


def test_dashes_quotes_and_the_euro_reach_the_paper(tmp_path: Path) -> None:
    read = pypdf.PdfReader(pdf.save(sheet(), tmp_path / "kirje.pdf"))
    assert "lopetimme – ”heti” – markkinoinnin äöåÄÖÅ €." in read.pages[0].extract_text()


def test_what_the_typeface_lacks_becomes_a_page_for_the_browser(tmp_path: Path) -> None:
    odd = sheet("Hyvä Łukasz,\n")
    with pytest.raises(CannotPrint, match="script"):
        pdf.save(odd, tmp_path / "kirje.pdf")
    saved = pdf.printable(odd, tmp_path, "kirje")

    assert saved.suffix == ".html"
    assert "Łukasz" in saved.read_text(encoding="utf-8")


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = as_html(sheet("<script>alert(1)</script> http://seuranta.example/x.png"))
    assert "<script>" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotPrint, match="suffix"):
        pdf.save(sheet(), tmp_path / "kirje.doc")


def test_the_files_name_names_nobody(review: Review, store: Store) -> None:
    case = recorded(review)
    draft = store.drafts.get(approved(review, case))
    assert paper.file_name(store.cases.get(case), draft) == f"2026-0001-marketing_stopped-{draft.key}"


async def test_a_call_is_recorded_from_the_desk_and_its_letter_printed_and_delivered(desk: Desk) -> None:
    """The key n records, a approves, y prints, h says that it was delivered; no mail is anywhere."""
    printed: list[str] = []
    app = desk.app(press=lambda sheet, name: printed.append(sheet.reader[0]) or Path(f"/letters/{name}.pdf"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one("#name", Input).value = "Eeva Kirje"
        app.screen.query_one("#kinds", SelectionList).select(RequestKind.MARKETING_OBJECTION)
        app.screen.query_one("#postal", TextArea).text = POSTAL
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
        assert "It came by letter on Tue 24.11.2026" in screen_text(app)
        with desk.store() as store:
            [case] = store.cases.open_cases()
            draft = approved(desk.review(store), case.key)
        await app.look()
        await settled(pilot)
        assert "Shift+P prints it, h records its delivery" in screen_text(app)
        await press(pilot, "tab")
        assert POSTAL.splitlines()[0] in str(app.screen.query_one("#recipient").render())
        await press(pilot, "P")
        assert printed == ["Eeva Kirje"]
        await press(pilot, "h", "ctrl+s")
    with desk.store() as store:
        assert store.drafts.get(draft).status is DraftStatus.SENT
        assert store.cases.get(case.key).status is CaseStatus.CLOSED


async def test_that_an_answer_came_late_is_told_from_the_desk_by_its_cause_alone(desk: Desk) -> None:
    """The case says what to do; the key w offers the letter, which asks for the cause and for nothing else."""
    with desk.store() as store:
        review = desk.review(store, datetime(2026, 11, 24, 8, tzinfo=UTC))
        draft = no_data(review, store)
        case = store.drafts.get(draft).case
        desk.now = datetime(2026, 12, 21, 8, tzinfo=UTC)
        desk.review(store).on_paper.delivered(draft, "post")
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        assert "Tell that the answer was late" in screen_text(app)
        await press(pilot, "w")
        options = app.screen.query_one("#letters", OptionList)
        options.highlighted = [option.id for option in options.options].index(Letter.LATE_DELIVERY)
        await press(pilot, "enter")
        [cause] = [field for field in app.screen.query(FactField) if field.display]
        cause.query_one(TextArea).text = CAUSE["late_reason"]
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        letter = views.drafts(case)[-1]
    assert letter.letter is Letter.LATE_DELIVERY
    assert CAUSE["late_reason"] in letter.body


async def test_a_street_in_the_field_of_the_e_mail_is_refused_at_the_desk(desk: Desk) -> None:
    """The form stays open, says what is wrong and stands in that field; corrected, it is recorded."""
    app = desk.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one("#name", Input).value = "Maija Meri"
        app.screen.query_one("#kinds", SelectionList).select(RequestKind.ACCESS)
        mail = app.screen.query_one("#address", Input)
        mail.value = "Rantatie 3, 85100 Kalajoki"
        await press(pilot, "ctrl+s")
        assert "This is no e-mail address" in screen_text(app)
        assert app.focused is mail
        mail.value = "maija@meri.example"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseScreen)


async def test_a_visit_is_recorded_from_the_top_of_the_form_to_its_end(desk: Desk) -> None:
    """How it came is asked first and stands in view; Tab leads on, and nobody has to go back."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        assert "How it came" in screen_text(app)
        await press(pilot, "enter", "down", "down", "enter")
        await press(pilot, "tab", *"Eeva", "tab", "tab", "space", "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
    with desk.store() as store:
        [case] = store.cases.open_cases()
    assert (case.channel, case.subject.name) == (Channel.VISIT, "Eeva")


async def test_the_day_that_a_letter_bears_is_asked_where_the_notice_counts_from_it(desk: Desk) -> None:
    """A letter of 30.10. that came on 5.11. is due by 30.11. where the notice promised a month from its making; a day
    after the one on which it came is asked about.
    """
    promised = replace(desk, profile=desk.profile.model_copy(update={"deadlines": Deadlines(count_from="sending")}))
    app = promised.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one("#name", Input).value = "Eeva Kirje"
        app.screen.query_one("#kinds", SelectionList).select(RequestKind.ACCESS)
        app.screen.query_one("#day", Input).value = "5.11.2026"
        app.screen.query_one("#made", Input).value = "6.11.2026"
        await press(pilot, "ctrl+s")
        assert "not after the day it reached you" in screen_text(app)
        app.screen.query_one("#made", Input).value = "30.10.2026"
        await press(pilot, "ctrl+s")
    with desk.store() as store:
        [case] = store.cases.open_cases()
    assert [request.due.promise for request in case.requests] == [date(2026, 11, 30)]


async def test_the_day_that_a_letter_bears_is_not_asked_where_only_its_receipt_counts(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        assert not app.screen.query("#made")


async def test_a_letter_of_the_authority_is_recorded_from_the_desk(desk: Desk) -> None:
    """Its window asks for no name and no right, but for the day that the letter names."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one("#channel", Select).value = "ombudsman"
        await settled(pilot)
        assert "What they want" not in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "The day it names" in screen_text(app)
        app.screen.query_one("#due", Input).value = "15.12.2026"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
    with desk.store() as store:
        [case] = store.cases.open_cases()
        [task] = store.duties.of_case(case.key)
    assert (task.kind, task.due_on) == (DutyKind.ANSWER_OMBUDSMAN, date(2026, 12, 15))


async def test_a_record_without_name_day_or_right_says_what_is_missing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n", "ctrl+s")
        assert "Write the person's name." in screen_text(app)
        app.screen.query_one("#name", Input).value = "Eeva"
        app.screen.query_one("#day", Input).value = "31.12.2026"
        await press(pilot, "ctrl+s")
        assert "today or earlier" in screen_text(app)
        app.screen.query_one("#day", Input).value = "24.11.2026"
        await press(pilot, "ctrl+s")
        assert "Tick at least one right." in screen_text(app)


@pytest.mark.parametrize("paragraphs", range(1, 40))
def test_a_signature_stands_alone_on_no_page_and_every_further_page_says_which_it_is(
    tmp_path: Path, paragraphs: int
) -> None:
    """Wherever the page ends, the last words of the letter stand with its signature; a single page has no number."""
    text = "\n\n".join(f"Kappale {n}: vastaamme pyyntöönne ja kerromme, mitä teimme." for n in range(paragraphs))
    letter = sheet(
        f"{text}\n\nYstävällisin terveisin\n\nHelmi Ruokojärvi\nEsimerkki Oy\n\nAsia 2026-0001, 24.11.2026\n"
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(pdf.save(letter, tmp_path / "kirje.pdf")).pages]

    end = (f"Kappale {paragraphs - 1}:", "Ystävällisin terveisin", "Helmi Ruokojärvi", "Asia 2026-0001, 24.11.2026")
    assert all(words in pages[-1] for words in end)
    assert all(f"{at} ({len(pages)})" in page for at, page in enumerate(pages[1:], start=2))
    assert "(1)" not in pages[0]
    assert sum(page.count("Kappale ") for page in pages) == paragraphs
    assert 'class="body end">Kappale ' + f"{paragraphs - 1}:" in as_html(letter)


def test_who_stands_in_the_profiles_folder_is_told_the_whole_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“letters/2026-0001.pdf” tells nobody where to look."""
    monkeypatch.chdir(tmp_path)
    bootstrap.first_store(PROFILE, Path("inbox-agent.toml")).close()
    review = bootstrap.desk(PROFILE, Path("inbox-agent.toml"), bootstrap.clock()).open_review()
    assert review.save("luvut.csv", "") == tmp_path / "reports" / "luvut.csv"
    review.store.close()


async def test_the_cursor_goes_to_what_is_missing(desk: Desk) -> None:
    """What is typed next answers what was asked."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n", "tab", "ctrl+s")
        assert "Write the person's name." in screen_text(app)
        await press(pilot, "E", "e", "v", "a", "ctrl+s")
        assert "Tick at least one right." in screen_text(app)
        await press(pilot, "space", "ctrl+s")
        assert isinstance(app.screen, CaseScreen)
