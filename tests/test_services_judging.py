"""What a person says of a case while the agent works at the same moment: nothing too much is asked, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import deadlines
from inbox_agent.rules.intake import new_request
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    DutyKind,
    DutyStatus,
    Event,
    IdentityLevel,
    Outcome,
    Party,
    Reason,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.dashboard_desk import NOW, Desk


@pytest.fixture
def store(desk: Desk) -> Iterator[Store]:
    with desk.store() as opened:
        yield opened
        opened.journal.verify()


def live(store: Store, key: CaseKey) -> list[RequestKind]:
    return sorted(one.kind for one in store.cases.get(key).requests if one.status is RequestStatus.OPEN)


def just_before(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """The agent does something once, in the moment before a person's act takes the store for itself."""
    begin, waiting = Store.transaction, [act]

    def begins(self: Store) -> AbstractContextManager[None]:
        if waiting:
            waiting.pop()()
        return begin(self)

    monkeypatch.setattr(Store, "transaction", begins)


def asks_for_more(desk: Desk, store: Store, case: CaseKey, kind: RequestKind) -> None:
    """The agent adds a right that a further mail exercises."""
    new = new_request(kind, deadlines.helsinki_date(NOW), desk.profile)
    store.cases.add_request(case, new, Event(NOW, AGENT, Act.REQUEST_OPENED))


def test_what_is_confirmed_as_a_lesser_right_needs_no_more_than_that(desk: Desk, store: Store) -> None:
    """Taken for an erasure, which needs L2, and confirmed as a restriction, which needs L1: nobody is asked for more
    (GDPR 12(6)).
    """
    case = desk.case(1, "Aino Esimerkki", RequestKind.ERASURE, status=CaseStatus.CANDIDATE)
    desk.review(store).cases.confirm(case, (RequestKind.RESTRICTION,))

    assert store.cases.get(case).identity_required is IdentityLevel.L1


def test_a_right_that_is_added_while_two_cases_are_joined_goes_with_them(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A further mail of the one that leaves came in the same moment: its right runs on in the one that stays."""
    stays, leaves = (desk.case(days, "Aino Esimerkki", RequestKind.ACCESS) for days in (5, 3))
    just_before(monkeypatch, lambda: asks_for_more(desk, store, leaves, RequestKind.ERASURE))
    desk.review(store).cases.join(stays, leaves)

    assert live(store, stays) == [RequestKind.ACCESS, RequestKind.ERASURE]


def test_a_right_that_is_added_while_a_person_corrects_the_rights_is_not_opened_twice(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.case(5, "Aino Esimerkki", RequestKind.ACCESS)
    just_before(monkeypatch, lambda: asks_for_more(desk, store, case, RequestKind.ERASURE))
    desk.review(store).cases.change_rights(case, (RequestKind.ERASURE,))

    assert live(store, case) == [RequestKind.ERASURE]


def test_an_earlier_receipt_counts_for_what_came_in_the_same_moment(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No day that was promised moves to a later one, that of a right added just now neither."""
    desk.profile = desk.profile.model_copy(
        update={"controller": desk.profile.controller.model_copy(update={"joint": ("Routa Oy",)})}
    )
    case = desk.case(5, "Aino Esimerkki", RequestKind.ACCESS)
    before = store.cases.get(case)
    soon = new_request(RequestKind.ERASURE, before.received_on, desk.profile)
    soon = type(soon)(soon.kind, soon.received_on, deadlines.compute(before.received_on, NOW.date()).due)
    just_before(monkeypatch, lambda: store.cases.add_request(case, soon, Event(NOW, AGENT, Act.REQUEST_OPENED)))
    desk.review(store).who_asks.received_earlier(case, before.received_on - timedelta(days=1), "Routa Oy")

    assert all(one.due.promise <= NOW.date() for one in store.cases.get(case).requests)


def test_a_mail_that_a_person_makes_a_case_is_answered_in_a_language_of_the_controller(
    desk: Desk, store: Store
) -> None:
    """As a mail that became one by itself: whoever answers in Finnish only writes no Swedish letter."""
    replies = desk.profile.replies.model_copy(update={"languages": ("fi",)})
    desk.profile = desk.profile.model_copy(update={"replies": replies})
    mail = replace(desk.mail(NOW, Party("Aina", "aina@posti.example"), "Hej", "Hej, radera mig."), language="sv")
    key = store.intake.set_aside(mail, Reason.NOT_A_REQUEST, Event(NOW, AGENT, Act.MESSAGE_SET_ASIDE))
    case = desk.review(store).cases.make_case(key, (RequestKind.ERASURE,))

    assert store.cases.get(case).language == "fi"


def test_a_mail_put_under_a_case_is_heeded_like_one_that_found_it_itself(desk: Desk, store: Store) -> None:
    """What waited for a reply ends, what it says of a turvakielto raises what is needed, and it is our turn."""
    case = desk.case(9, "Aino Esimerkki", RequestKind.ACCESS)
    review = desk.review(store)
    review.duties.add(case, DutyKind.AWAIT_REPLY, NOW.date(), "")
    store.cases.wait(case, Event(NOW, AGENT, Act.CASE_WAITING))
    mail = desk.mail(desk.ago(1), Party("A", "toinen@posti.example"), "Asia", "Hei.", flags=["protected"])
    aside = store.intake.set_aside(mail, Reason.NOT_A_REQUEST, Event(NOW, AGENT, Act.MESSAGE_SET_ASIDE))

    review.cases.put_under(aside, case, (RequestKind.ACCESS, RequestKind.ERASURE))

    stored = store.cases.get(case)
    assert stored.status is CaseStatus.OPEN
    assert stored.identity_required is IdentityLevel.L4
    assert [(one.kind, one.received_on) for one in stored.requests] == [
        (RequestKind.ACCESS, desk.ago(9).date()),
        (RequestKind.ERASURE, desk.ago(1).date()),
    ]
    waiting = (DutyKind.AWAIT_REPLY, DutyStatus.OPEN)
    assert waiting not in [(duty.kind, duty.status) for duty in store.duties.of_case(case)]


def test_what_a_mail_brought_to_a_wrong_case_goes_with_it(desk: Desk, store: Store) -> None:
    """Its right, its tasks and what it raised; what another mail of the case says too still counts."""
    case = desk.case(9, "Aino Esimerkki", RequestKind.ACCESS)
    before, review = store.cases.get(case), desk.review(store)
    for flags, required in ((["protected"], IdentityLevel.L4), ([], before.identity_required)):
        mails = [
            desk.mail(desk.ago(1), Party("A", "toinen@posti.example"), "Asia", f"Hei {flags} {n}.", flags=said)
            for n, said in enumerate((["protected"], flags))
        ]
        wrong, right = (
            store.intake.set_aside(mail, Reason.NOT_A_REQUEST, Event(NOW, AGENT, Act.MESSAGE_SET_ASIDE))
            for mail in mails
        )
        review.cases.put_under(wrong, case, (RequestKind.MARKETING_OBJECTION,))
        review.cases.put_under(right, case)
        assert any(duty.kind is DutyKind.STOP_MARKETING for duty in store.duties.of_case(case))

        assert review.cases.take_out(wrong) == case

        assert store.cases.get(case).identity_required is required
        assert live(store, case) == [RequestKind.ACCESS]
        assert not [duty for duty in store.duties.of_case(case) if duty.status is DutyStatus.OPEN]
        review.cases.take_out(right)


def test_a_mail_on_which_a_decision_rests_is_not_taken_out_and_that_is_said(desk: Desk, store: Store) -> None:
    case, review = desk.case(9, "Aino Esimerkki", RequestKind.ACCESS), desk.review(store)
    mail = desk.mail(desk.ago(1), Party("A", "toinen@posti.example"), "Asia", "Hei.")
    wrong = store.intake.set_aside(mail, Reason.NOT_A_REQUEST, Event(NOW, AGENT, Act.MESSAGE_SET_ASIDE))
    review.cases.put_under(wrong, case, (RequestKind.ERASURE,))
    *_, brought = store.cases.get(case).requests
    store.cases.decide(brought.key, Outcome.GRANTED, {}, Event(NOW, "person:T", Act.REQUEST_DECIDED))

    with pytest.raises(UsageProblem, match="take_out_bound"):
        review.cases.take_out(wrong)
