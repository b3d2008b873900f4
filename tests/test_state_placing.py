"""A mail that a person put under a wrong case is taken out again, and what it brought goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DutyKind,
    DutyStatus,
    MessageKey,
    MessageStatus,
    Outcome,
    Reason,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.state_examples import (
    KINDS,
    MONDAY,
    a_duty,
    a_store,
    acts,
    answered,
    approved,
    by_agent,
    by_person,
    claimed,
    closed,
    mail,
    opened,
    proposed,
    right,
)

LATER = MONDAY + timedelta(days=3)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def case(store: Store) -> CaseKey:
    return opened(store)


@pytest.fixture
def aside(store: Store) -> MessageKey:
    return store.intake.set_aside(mail(2), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))


def put(store: Store, message: MessageKey, case: CaseKey, *kinds: RequestKind, flags: tuple[str, ...] = ()) -> None:
    rights = [right(kind, LATER) for kind in kinds]
    store.placing.put_under(message, case, by_person(Act.MESSAGE_PUT_UNDER), rights, flags)


def take(store: Store, message: MessageKey, flags: tuple[str, ...] = ()) -> None:
    store.placing.take_out(message, by_person(Act.MESSAGE_TAKEN_OUT), flags)


def test_the_mail_lies_where_it_lay_and_replies_to_it_find_the_case_no_more(
    store: Store, case: CaseKey, aside: MessageKey
) -> None:
    put(store, aside, case)
    take(store, aside)

    left = store.mails.get(aside)
    assert (left.status, left.reason, left.case, left.relation) == (
        MessageStatus.SET_ASIDE,
        Reason.MASS_MAIL,
        None,
        None,
    )
    assert store.threads.known(["<mail-2@posti.example>"], "") == ()
    assert {Act.MESSAGE_PUT_UNDER, Act.MESSAGE_TAKEN_OUT} <= set(acts(store, case))
    store.verify()


def test_from_quarantine_it_is_set_aside_by_a_person(store: Store, case: CaseKey) -> None:
    unread = store.intake.quarantine(mail(2), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))
    put(store, unread, case)
    take(store, unread)

    assert store.mails.get(unread).reason is Reason.BY_PERSON


def test_a_mail_of_a_dismissed_case_is_that_case_s_again(store: Store, case: CaseKey) -> None:
    dismissed = opened(store, RequestKind.ERASURE, uid=2)
    store.cases.dismiss(dismissed, by_person(Act.CASE_DISMISSED))
    [message] = store.mails.of_case(dismissed)
    put(store, message.key, case)
    take(store, message.key)

    assert [one.key for one in store.mails.of_case(dismissed)] == [message.key]
    assert [thread.case for thread in store.threads.known(["<mail-2@posti.example>"], "")] == [dismissed]


def test_the_rights_and_marks_that_it_brought_go_with_it_and_the_others_keep_their_dates(
    store: Store, case: CaseKey, aside: MessageKey
) -> None:
    [before] = store.cases.get(case).requests
    put(store, aside, case, RequestKind.ACCESS, RequestKind.ERASURE, flags=("protected",))
    take(store, aside, ("protected",))

    after = store.cases.get(case)
    assert [(one.kind, one.status) for one in after.requests] == [
        (RequestKind.ACCESS, RequestStatus.OPEN),
        (RequestKind.ERASURE, RequestStatus.DROPPED),
    ]
    assert after.requests[0].due == before.due
    assert "protected" not in after.flags


def test_a_mark_that_somebody_spoke_of_since_stands(store: Store, case: CaseKey, aside: MessageKey) -> None:
    put(store, aside, case, flags=("protected",))
    for on in (False, True):
        store.identification.flag(case, "protected", on, by_person(Act.CASE_FLAGGED))
    take(store, aside, ("protected",))

    assert "protected" in store.cases.get(case).flags


def test_a_letter_that_rests_on_it_is_no_longer_proposed(store: Store, case: CaseKey, aside: MessageKey) -> None:
    put(store, aside, case, RequestKind.ERASURE)
    about = proposed(store, case)
    take(store, aside)

    assert store.drafts.get(about).status is DraftStatus.SUPERSEDED


def test_what_waited_for_them_waits_again(store: Store, case: CaseKey, aside: MessageKey) -> None:
    """And the reminder that ended with the mail is there again, on its day."""
    duty = store.duties.open(case, a_duty(kind=DutyKind.AWAIT_REPLY), by_person(Act.DUTY_OPENED))
    day = store.duties.get(duty).due_on
    store.cases.wait(case, by_person(Act.CASE_WAITING))
    put(store, aside, case)
    take(store, aside)

    assert store.cases.get(case).status is CaseStatus.WAITING
    [again] = [one for one in store.duties.of_case(case) if one.status is DutyStatus.OPEN]
    assert (again.kind, again.due_on) == (DutyKind.AWAIT_REPLY, day)


def test_where_they_have_written_since_it_is_our_turn(store: Store, case: CaseKey, aside: MessageKey) -> None:
    store.duties.open(case, a_duty(kind=DutyKind.AWAIT_REPLY), by_person(Act.DUTY_OPENED))
    store.cases.wait(case, by_person(Act.CASE_WAITING))
    put(store, aside, case)
    store.intake.follow_up(mail(3), case, (), by_agent(Act.MESSAGE_FILED))
    take(store, aside)

    assert store.cases.get(case).status is CaseStatus.OPEN
    assert {one.status for one in store.duties.of_case(case)} == {DutyStatus.CANCELLED}


def test_an_ended_case_that_only_this_mail_had_opened_ends_again(store: Store, aside: MessageKey) -> None:
    key = closed(store)
    put(store, aside, key)
    take(store, aside)

    assert store.cases.get(key).status is CaseStatus.CLOSED


def test_a_dismissed_case_is_dismissed_again_with_its_rights(store: Store, case: CaseKey, aside: MessageKey) -> None:
    store.cases.dismiss(case, by_person(Act.CASE_DISMISSED))
    put(store, aside, case)
    take(store, aside)

    after = store.cases.get(case)
    assert (after.status, after.requests[0].status) == (CaseStatus.DISMISSED, RequestStatus.DROPPED)


@pytest.mark.parametrize("then", ["mail", "right"])
def test_a_case_that_was_taken_up_since_stays_open(store: Store, aside: MessageKey, then: str) -> None:
    key = closed(store)
    put(store, aside, key)
    if then == "mail":
        store.intake.follow_up(mail(3), key, (), by_agent(Act.MESSAGE_FILED))
    else:
        store.cases.add_request(key, right(RequestKind.ERASURE, LATER), by_person(Act.REQUEST_OPENED))
    take(store, aside)

    assert store.cases.get(key).status is CaseStatus.OPEN


@pytest.mark.parametrize("then", ["decided", "approved", "on its way"])
def test_what_the_world_has_seen_is_not_taken_out(store: Store, case: CaseKey, aside: MessageKey, then: str) -> None:
    put(store, aside, case, RequestKind.ERASURE)
    *_, brought = store.cases.get(case).requests
    match then:
        case "decided":
            store.cases.decide(brought.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
        case "approved":
            approved(store, case)
        case _:
            claimed(store, case)

    assert not store.placing.may_take_out(aside)
    with pytest.raises(IllegalTransition):
        take(store, aside)


def test_a_letter_that_left_without_resting_on_it_holds_nothing_back(
    store: Store, case: CaseKey, aside: MessageKey
) -> None:
    """A mail without rights of its own does not stay among somebody else's because they were answered."""
    put(store, aside, case)
    answered(store, case)
    take(store, aside)

    assert store.mails.get(aside).status is MessageStatus.SET_ASIDE


def test_only_what_a_person_put_there_is_taken_out_once(store: Store, case: CaseKey, aside: MessageKey) -> None:
    [opening] = store.mails.of_case(case)
    assert not store.placing.may_take_out(opening.key)
    assert not store.placing.may_take_out(aside)
    put(store, aside, case)
    take(store, aside)
    assert not store.placing.may_take_out(aside)
    put(store, aside, case)
    assert store.placing.may_take_out(aside)
