"""Duties: laid down once, done by a person, recomputable, and gone with the right that brought them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    Counting,
    DutyKey,
    DutyKind,
    DutyStatus,
    MessageKind,
    Outcome,
    Override,
    Reckoning,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from state.views import Views
from tests.state_examples import (
    KINDS,
    MONDAY,
    NOW,
    a_duty,
    a_store,
    acts,
    answered,
    by_agent,
    by_person,
    claimed,
    closed,
    mail,
    opened,
    proposed,
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as made:
        yield made


def laid_down(store: Store, of: CaseKey, kind: DutyKind = DutyKind.TELL_RECIPIENTS) -> DutyKey:
    request = store.cases.get(of).requests[0].key
    return store.duties.open(of, a_duty(request, kind, "Lähetti Vinha Oy"), by_agent(Act.DUTY_OPENED))


def status(store: Store, duty: DutyKey) -> DutyStatus:
    return store.duties.get(duty).status


def test_a_duty_keeps_what_it_was_laid_down_with(store: Store) -> None:
    of = opened(store)
    duty = store.duties.get(laid_down(store, of))
    new = a_duty(store.cases.get(of).requests[0].key, about="Lähetti Vinha Oy")
    assert (duty.kind, duty.due_on, duty.reckoning, duty.request, duty.about) == (
        new.kind,
        new.due_on,
        new.reckoning,
        new.request,
        new.about,
    )
    assert (duty.status, duty.opened_at, duty.settled_at) == (DutyStatus.OPEN, NOW, None)


def test_the_journal_tells_what_a_date_was_counted_from_and_no_word_of_whom(store: Store) -> None:
    of = opened(store)
    laid_down(store, of)
    facts = store.journal.events(of)[-1].event.facts
    assert (facts["counting"], facts["start_on"], facts["days"], facts["due_on"]) == (
        "days",
        str(MONDAY),
        5,
        str(MONDAY + timedelta(days=5)),
    )
    assert "Vinha" not in str(facts)


def test_only_a_person_does_a_duty(store: Store) -> None:
    duty = laid_down(store, opened(store))
    with pytest.raises(IllegalTransition):
        store.duties.done(duty, by_agent(Act.DUTY_DONE))
    store.duties.done(duty, by_person(Act.DUTY_DONE))
    assert status(store, duty) is DutyStatus.DONE


def test_what_was_ticked_by_mistake_is_to_be_done_again(store: Store) -> None:
    of = opened(store)
    duty = laid_down(store, of)
    store.duties.done(duty, by_person(Act.DUTY_DONE))
    store.duties.reopen(duty, by_person(Act.DUTY_REOPENED))
    assert (status(store, duty), store.duties.get(duty).settled_at) == (DutyStatus.OPEN, None)
    assert acts(store, of)[-3:] == [Act.DUTY_OPENED, Act.DUTY_DONE, Act.DUTY_REOPENED]


def test_a_moved_duty_is_counted_anew_and_the_journal_holds_both_dates(store: Store) -> None:
    """The reason is kept beside the event, where a purge reaches it."""
    of = opened(store)
    key = laid_down(store, of)
    was, to = store.duties.get(key).due_on, MONDAY + timedelta(days=20)
    reckoning = Reckoning(Counting.ON, to)
    store.duties.move(key, to, reckoning, "Vinha on kiinni joulun", by_person(Act.DUTY_MOVED))
    moved = store.duties.get(key)
    assert (moved.due_on, moved.reckoning, moved.status) == (to, reckoning, DutyStatus.OPEN)
    event = store.journal.events(of)[-1].event
    assert (event.act, event.facts["from_on"], event.facts["due_on"]) == (Act.DUTY_MOVED, str(was), str(to))
    assert "Vinha" not in str(event)
    store.duties.done(key, by_person(Act.DUTY_DONE))
    with pytest.raises(IllegalTransition):
        store.duties.move(key, to, reckoning, "syy", by_person(Act.DUTY_MOVED))


def test_the_agent_moves_no_duty(store: Store) -> None:
    """A date moves by a person's word only."""
    key = laid_down(store, opened(store))
    with pytest.raises(IllegalTransition):
        store.duties.move(key, MONDAY, Reckoning(Counting.ON, MONDAY), "syy", by_agent(Act.DUTY_MOVED))


def test_why_a_duty_was_moved_or_cancelled_goes_with_the_case(tmp_path: Path) -> None:
    """Told in the conversation, erased with the rest."""
    with a_store("file", tmp_path) as store:
        of = closed(store)
        key, other = laid_down(store, of), laid_down(store, of)
        store.duties.move(key, MONDAY, Reckoning(Counting.ON, MONDAY), "kiinni joulun", by_person(Act.DUTY_MOVED))
        for duty in (key, other):
            store.duties.cancel(duty, by_person(Act.DUTY_CANCELLED), "tiedot eivät menneet minnekään")
        with Views.open(tmp_path / "inbox.db") as views:
            told = [turn.text for turn in views.conversation(of)]
            assert {"kiinni joulun", "tiedot eivät menneet minnekään"} <= set(told)
            store.cases.purge(of, by_agent(Act.CASE_PURGED))
            assert {turn.text for turn in views.conversation(of)} & set(filter(None, told)) == set()


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.PORTABILITY])
def test_nothing_is_erased_before_the_copy_has_been_sent(store: Store, kind: RequestKind) -> None:
    """The erasure cannot be marked done while somebody waits for a copy (GDPR 15(3), 17(1))."""
    of = opened(store, kind, RequestKind.ERASURE)
    duty = store.duties.open(of, a_duty(kind=DutyKind.ERASE), by_agent(Act.DUTY_OPENED))
    with pytest.raises(IllegalTransition):
        store.duties.done(duty, by_person(Act.DUTY_DONE))
    assert status(store, duty) is DutyStatus.OPEN
    answered(store, of)
    store.duties.done(duty, by_person(Act.DUTY_DONE))


def test_what_comes_with_a_right_is_laid_down_once(store: Store) -> None:
    of = opened(store)
    [request] = store.duties.unobliged()
    for _ in range(2):
        store.duties.oblige(request.key, (a_duty(request.key),), by_agent(Act.DUTY_OPENED))
    assert len(store.duties.of_case(of)) == 1
    assert store.duties.unobliged() == ()


def test_a_candidate_obliges_to_nothing_before_it_is_confirmed(store: Store) -> None:
    of = opened(store, status=CaseStatus.CANDIDATE)
    assert store.duties.unobliged() == ()
    store.cases.confirm(of, None, by_person(Act.CASE_CONFIRMED))
    assert [request.case for request in store.duties.unobliged()] == [of]


def test_duties_go_with_their_right(store: Store) -> None:
    """Dropped: cancelled. Opened again: laid down anew."""
    of = opened(store)
    request = store.cases.get(of).requests[0]
    store.duties.oblige(request.key, (a_duty(request.key),), by_agent(Act.DUTY_OPENED))
    store.cases.dismiss(of, by_person(Act.CASE_DISMISSED))
    assert {duty.status for duty in store.duties.of_case(of)} == {DutyStatus.CANCELLED}
    store.cases.reopen(of, by_person(Act.CASE_REOPENED))
    assert [found.key for found in store.duties.unobliged()] == [request.key]


def test_the_authority_is_answered_whatever_the_case_was(store: Store) -> None:
    """Dismissed as no request: its letter still wants its answer."""
    of = opened(store, status=CaseStatus.CANDIDATE)
    duty = store.duties.open(of, a_duty(kind=DutyKind.ANSWER_OMBUDSMAN), by_agent(Act.DUTY_OPENED))
    store.cases.dismiss(of, by_person(Act.CASE_DISMISSED))
    assert status(store, duty) is DutyStatus.OPEN
    with pytest.raises(IllegalTransition):
        store.cases.purge(of, by_agent(Act.CASE_PURGED))


def test_a_reminder_that_waits_for_a_reply_ends_with_it(store: Store) -> None:
    """The other reminder stays, and an automatic answer is no reply."""
    of = opened(store)
    waits, stays = (laid_down(store, of, kind) for kind in (DutyKind.AWAIT_REPLY, DutyKind.REMINDER))
    automatic = replace(mail(2, text="Olen lomalla."), kind=MessageKind.AUTO_REPLY)
    store.intake.follow_up(automatic, of, (), by_agent(Act.MESSAGE_FILED))
    assert status(store, waits) is DutyStatus.OPEN
    store.intake.follow_up(mail(3, text="Tässä vastaus."), of, (), by_agent(Act.MESSAGE_FILED))
    assert (status(store, waits), status(store, stays)) == (DutyStatus.CANCELLED, DutyStatus.OPEN)


def test_a_reminder_keeps_no_data_from_being_erased(store: Store) -> None:
    """A note to oneself is no reason to keep anybody's data (GDPR 5(1)(e))."""
    of = closed(store)
    laid_down(store, of, DutyKind.REMINDER)
    store.cases.purge(of, by_agent(Act.CASE_PURGED))
    assert store.cases.get(of).status is CaseStatus.PURGED


def test_an_outcome_taken_back_takes_its_own_duties_with_it(store: Store) -> None:
    of = opened(store)
    request = store.cases.get(of).requests[0]
    with_the_right, with_the_outcome = (
        laid_down(store, of, kind) for kind in (DutyKind.STOP_MARKETING, DutyKind.INSTRUCT_PROCESSORS)
    )
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    store.cases.undecide(request.key, by_person(Act.REQUEST_UNDECIDED))
    assert status(store, with_the_right) is DutyStatus.OPEN
    assert status(store, with_the_outcome) is DutyStatus.CANCELLED
    assert store.cases.get(of).requests[0].status is RequestStatus.OPEN


@pytest.mark.parametrize(
    ("kind", "left"), [(RequestKind.ERASURE, DutyStatus.CANCELLED), (RequestKind.ACCESS, DutyStatus.OPEN)]
)
def test_who_processes_the_data_is_still_sought_for_a_copy_whose_outcome_was_taken_back(
    store: Store, kind: RequestKind, left: DutyStatus
) -> None:
    """With a copy that task came before any outcome; with a change it was the outcome's."""
    of = opened(store, kind)
    request = store.cases.get(of).requests[0]
    task = laid_down(store, of, DutyKind.FIND_PROCESSORS)
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    store.cases.undecide(request.key, by_person(Act.REQUEST_UNDECIDED))
    assert status(store, task) is left


def test_what_only_the_waiting_asked_for_goes_with_the_outcome(store: Store) -> None:
    of = opened(store, RequestKind.OBJECTION)
    duty = laid_down(store, of, DutyKind.CONSIDER_RESTRICTION)
    request = store.cases.get(of).requests[0]
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    assert status(store, duty) is DutyStatus.CANCELLED


def test_a_case_with_an_open_duty_is_not_erased(store: Store) -> None:
    """Whoever must still be told cannot be told from an empty row."""
    of = closed(store)
    duty = laid_down(store, of)
    with pytest.raises(IllegalTransition):
        store.cases.purge(of, by_agent(Act.CASE_PURGED))
    store.duties.done(duty, by_person(Act.DUTY_DONE))
    store.cases.purge(of, by_agent(Act.CASE_PURGED))
    assert store.duties.get(duty).about == ""
    with pytest.raises(IllegalTransition):
        store.duties.reopen(duty, by_person(Act.DUTY_REOPENED))
    with pytest.raises(IllegalTransition):
        laid_down(store, of)


def test_the_due_list_stands_by_date_and_holds_ended_cases_too(tmp_path: Path) -> None:
    with a_store("file", tmp_path) as store:
        of, over = opened(store), opened(store, uid=2)
        late, soon = (
            store.duties.open(key, a_duty(days=days), by_agent(Act.DUTY_OPENED)) for key, days in ((of, 9), (over, 2))
        )
        answered(store, over)
        store.cases.close(over, by_agent(Act.CASE_CLOSED))
        with Views.open(tmp_path / "inbox.db") as views:
            rows = views.duties_due(MONDAY)
            assert [row.duty.key for row in rows] == [soon, late]
            assert [row.number for row in rows] == ["2026-0002", "2026-0001"]
            assert [row.duty.key for row in views.duties_due(MONDAY, timedelta(days=2))] == [soon]
            counted = [views.counts(MONDAY + timedelta(days=days)).tasks for days in (1, 2, 9)]
            assert counted == [0, 1, 2]
            store.duties.done(soon, by_person(Act.DUTY_DONE))
            assert [row.duty.key for row in views.duties_due(MONDAY)] == [late]


def test_a_persons_reason_against_the_linter_is_kept_beside_its_event(store: Store) -> None:
    """Codes and hash in the journal, the words where a purge reaches them."""
    of = opened(store)
    key = proposed(store, of)
    override = Override(("unfilled", "subject"), "Henkilö pyysi itse lomaketta")
    store.drafts.approve(key, store.drafts.get(key).text_hash, NOW, by_person(Act.DRAFT_APPROVED), override)
    told = store.journal.events(of)[-2]
    assert (told.event.act, told.event.facts["codes"]) == (Act.FINDINGS_OVERRIDDEN, "unfilled,subject")
    assert told.event.facts["hash"] == store.drafts.get(key).approved_hash
    assert "lomaketta" not in str(told)
    with pytest.raises(IllegalTransition):
        store.drafts.approve(
            claimed(store, of), store.drafts.get(key).text_hash, NOW, by_person(Act.DRAFT_APPROVED), override
        )
