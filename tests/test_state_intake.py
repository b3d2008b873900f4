"""The promises of intake, kept alike by a database in a file and one in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition, NotFound, StaleWrite
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    Cursor,
    MessageStatus,
    Party,
    Reason,
    Relation,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.state_examples import (
    AINO,
    KINDS,
    MONDAY,
    NOW,
    a_store,
    acts,
    by_agent,
    by_person,
    case,
    claimed,
    closed,
    due,
    mail,
    opened,
    place,
    right,
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as opened:
        yield opened


def test_a_mail_opens_a_case_with_its_rights_and_everything_it_said(store: Store) -> None:
    key = opened(store, RequestKind.ACCESS, RequestKind.ERASURE)

    found = store.cases.get(key)
    [message] = store.mails.of_case(key)
    assert (found.number, found.status, found.subject) == ("2026-0001", CaseStatus.OPEN, AINO)
    assert [request.kind for request in found.requests] == [RequestKind.ACCESS, RequestKind.ERASURE]
    assert all(request.due == due(MONDAY) and request.received_on == MONDAY for request in found.requests)
    assert (message.status, message.relation, message.case) == (MessageStatus.FILED, Relation.OPENING, key)
    assert message.analysis == mail(1).analysis
    assert message.place == place(1)
    assert message.received_at == NOW
    assert store.mails.raw(message.key) == mail(1).raw.raw
    assert acts(store, key) == [Act.CASE_OPENED, Act.REQUEST_OPENED, Act.REQUEST_OPENED, Act.MESSAGE_FILED]


def test_numbers_count_the_cases_of_each_year_of_receipt(store: Store) -> None:
    for uid, day in enumerate((date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2025, 12, 30)), start=1):
        store.intake.open_case(mail(uid), case(received_on=day), by_agent(Act.CASE_OPENED))

    numbers = [store.cases.by_number(number).key for number in ("2025-0001", "2026-0001", "2026-0002", "2025-0002")]
    assert numbers == [1, 2, 3, 4]


def test_an_unknown_case_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.cases.get(CaseKey(1))
    with pytest.raises(NotFound):
        store.cases.by_number("2026-0001")


def test_a_case_without_a_right_is_refused_because_it_would_have_no_clock(store: Store) -> None:
    with pytest.raises(ValueError, match="clock"):
        store.intake.open_case(mail(1), replace(case(), requests=()), by_agent(Act.CASE_OPENED))
    assert store.intake.known(mail(1).content_hash) is None


@pytest.mark.parametrize("status", [CaseStatus.WAITING, CaseStatus.CLOSED, CaseStatus.DISMISSED, CaseStatus.PURGED])
def test_a_case_comes_to_be_as_a_candidate_or_open_and_as_nothing_else(store: Store, status: CaseStatus) -> None:
    with pytest.raises(IllegalTransition):
        opened(store, status=status)
    assert store.journal.verify() == 0


def test_the_same_bytes_are_one_mail_wherever_they_lie(store: Store) -> None:
    opened(store)
    key = store.intake.known(mail(1).content_hash)
    assert key is not None
    junk = place(99, "Junk")

    store.intake.sighted(key, junk, by_agent(Act.MESSAGE_SEEN_AGAIN))
    store.intake.sighted(key, junk, by_agent(Act.MESSAGE_SEEN_AGAIN))

    assert store.intake.seen(place(1))
    assert store.intake.seen(junk)
    assert store.mails.get(key).place == junk
    assert acts(store, CaseKey(1)).count(Act.MESSAGE_SEEN_AGAIN) == 1


def test_a_mail_that_is_known_or_whose_place_is_known_is_not_taken_in_twice(store: Store) -> None:
    opened(store)
    same_bytes = replace(mail(1), raw=replace(mail(1).raw, place=place(50)))
    same_place = replace(mail(2), raw=replace(mail(2).raw, place=place(1)))
    for arrival in (same_bytes, same_place):
        with pytest.raises(StaleWrite):
            store.intake.open_case(arrival, case(), by_agent(Act.CASE_OPENED))
        with pytest.raises(StaleWrite):
            store.intake.set_aside(arrival, Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
        with pytest.raises(StaleWrite):
            store.intake.follow_up(arrival, CaseKey(1), (), by_agent(Act.MESSAGE_FILED))
    assert len(store.mails.of_case(CaseKey(1))) == 1


def test_a_follow_up_joins_its_case_and_adds_rights_with_their_own_clocks(store: Store) -> None:
    key = opened(store)
    thursday = MONDAY + timedelta(days=3)

    store.intake.follow_up(mail(2), key, (right(RequestKind.ERASURE, thursday),), by_agent(Act.MESSAGE_FILED))

    found = store.cases.get(key)
    assert [(request.kind, request.received_on) for request in found.requests] == [
        (RequestKind.ACCESS, MONDAY),
        (RequestKind.ERASURE, thursday),
    ]
    assert [message.relation for message in store.mails.of_case(key)] == [Relation.OPENING, Relation.FOLLOW_UP]


def test_a_follow_up_makes_a_waiting_case_ours_again(store: Store) -> None:
    key = opened(store)
    store.cases.wait(key, by_agent(Act.CASE_WAITING))

    store.intake.follow_up(mail(2), key, (), by_agent(Act.MESSAGE_FILED))

    assert store.cases.get(key).status is CaseStatus.OPEN
    assert acts(store, key)[-2:] == [Act.MESSAGE_FILED, Act.CASE_RESUMED]


def test_a_follow_up_to_a_closed_case_is_not_filed_unseen(store: Store) -> None:
    key = closed(store)

    store.intake.follow_up(mail(2), key, (), by_agent(Act.MESSAGE_FILED))

    found = store.cases.get(key)
    assert (found.status, found.closed_at) == (CaseStatus.OPEN, None)
    assert [request.status for request in found.requests] == [RequestStatus.ANSWERED]


def test_a_follow_up_to_a_dismissed_case_brings_it_back_with_its_rights(store: Store) -> None:
    key = opened(store)
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))

    store.intake.follow_up(mail(2), key, (), by_agent(Act.MESSAGE_FILED))

    assert store.cases.get(key).status is CaseStatus.OPEN
    assert [request.status for request in store.cases.get(key).requests] == [RequestStatus.OPEN]
    assert {message.status for message in store.mails.of_case(key)} == {MessageStatus.FILED}


def test_a_mail_that_wants_no_answer_is_kept_with_its_reason(store: Store) -> None:
    aside = store.intake.set_aside(mail(1), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
    unread = store.intake.quarantine(mail(2), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    assert (store.mails.get(aside).status, store.mails.get(aside).reason) == (
        MessageStatus.SET_ASIDE,
        Reason.MASS_MAIL,
    )
    assert store.mails.get(unread).status is MessageStatus.QUARANTINED
    assert store.mails.raw(unread) == mail(2).raw.raw


def test_a_person_makes_a_set_aside_mail_a_case(store: Store) -> None:
    aside = store.intake.set_aside(mail(1), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))

    key = store.mails.refile(aside, case(), by_person(Act.CASE_OPENED))

    assert [message.key for message in store.mails.of_case(key)] == [aside]
    assert store.mails.get(aside).reason is None
    with pytest.raises(IllegalTransition):
        store.mails.refile(aside, case(), by_person(Act.CASE_OPENED))
    assert len(store.cases.open_cases()) == 1


def test_a_person_puts_a_quarantined_mail_under_a_case_that_waits_for_it(store: Store) -> None:
    key = opened(store)
    store.cases.wait(key, by_agent(Act.CASE_WAITING))
    unread = store.intake.quarantine(mail(2), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    store.placing.put_under(unread, key, by_person(Act.MESSAGE_FILED))

    assert store.cases.get(key).status is CaseStatus.OPEN
    assert store.mails.get(unread).relation is Relation.FOLLOW_UP
    assert [thread.case for thread in store.threads.known(["<mail-2@posti.example>"], "")] == [key]


def test_what_stood_for_a_mail_is_still_there_when_the_mail_itself_comes(store: Store) -> None:
    """A person made a case of what was known of it, or left it in quarantine: both are found and read as before, and
    the mail is taken in at its place.
    """
    filed, left = (
        store.intake.quarantine(mail(uid), Reason.NOT_GIVEN, by_agent(Act.MESSAGE_QUARANTINED)) for uid in (1, 2)
    )
    made = store.mails.refile(filed, case(), by_person(Act.CASE_OPENED))
    for key, uid in ((filed, 1), (left, 2)):
        store.intake.make_way(key, place(uid), by_agent(Act.MESSAGE_SET_ASIDE))
        assert not store.intake.seen(place(uid))
        given = replace(mail(uid + 2), raw=replace(mail(uid + 2).raw, place=place(uid)))
        store.intake.set_aside(given, Reason.NOT_A_REQUEST, by_agent(Act.MESSAGE_SET_ASIDE))
        assert store.intake.seen(place(uid))

    assert [found.key for found in store.mails.of_case(made)] == [filed]
    assert store.mails.get(left).reason is Reason.GIVEN_AT_LAST
    assert store.intake.known(mail(1).content_hash) == filed


@pytest.mark.parametrize("dismissed", [False, True])
def test_a_mail_put_under_an_ended_case_opens_it(store: Store, dismissed: bool) -> None:
    """Under a case that has ended nobody would read it; what a dismissal dropped has its old clock again."""
    key = opened(store) if dismissed else closed(store)
    [before] = store.cases.get(key).requests
    if dismissed:
        store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    unread = store.intake.quarantine(mail(2), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    store.placing.put_under(unread, key, by_person(Act.MESSAGE_FILED))

    after = store.cases.get(key)
    assert after.status is CaseStatus.OPEN
    assert [one.status for one in after.requests] == [RequestStatus.OPEN if dismissed else RequestStatus.ANSWERED]
    assert after.requests[0].due == before.due
    store.journal.verify()


def test_a_mail_moved_out_of_a_dismissed_case_leads_to_its_new_case_only(store: Store) -> None:
    old = opened(store)
    store.cases.dismiss(old, by_person(Act.CASE_DISMISSED))
    [message] = store.mails.of_case(old)

    new = store.mails.refile(message.key, case(), by_person(Act.CASE_OPENED))

    assert [thread.case for thread in store.threads.known(["<mail-1@posti.example>"], "") if thread.by_reference] == [
        new
    ]
    assert store.mails.of_case(old) == ()


def test_a_thread_is_found_by_any_mail_in_it_by_our_letters_and_by_the_address(store: Store) -> None:
    first, second = opened(store), opened(store, RequestKind.ERASURE, uid=2)
    claimed(store, first)
    stranger = Party("", "joku@muu.example")

    by_mail = store.threads.known(["<unknown@x.example>", "<mail-2@posti.example>"], stranger.address)
    by_letter = store.threads.known(["<letter-1@us.example>"], stranger.address)
    by_address = store.threads.known([], AINO.address.upper())

    assert [(thread.case, thread.by_reference, thread.kinds) for thread in by_mail] == [
        (second, True, frozenset({RequestKind.ERASURE}))
    ]
    assert [(thread.case, thread.number, thread.address) for thread in by_letter] == [
        (first, "2026-0001", AINO.address)
    ]
    assert [(thread.case, thread.by_reference) for thread in by_address] == [(first, False), (second, False)]
    assert store.threads.known([], "") == ()


def test_half_characters_of_a_hostile_header_are_stored_as_marks(store: Store) -> None:
    hostile = replace(mail(1), subject="x\udce4y", message_id="<\udcff@x>", sender=Party("\ud800", "a\udc80@x.example"))
    key = store.intake.set_aside(hostile, Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))

    assert store.mails.get(key).subject == "x?y"
    assert store.threads.known(["<\udcff@x>"], "a\udc80@x.example") == ()


def test_a_cursor_is_what_was_saved_last(store: Store) -> None:
    cursor = Cursor("tietosuoja@mail.example", "INBOX", 7, 12)
    assert store.reading.cursor(cursor.account, cursor.folder) is None
    store.reading.save_cursor(cursor)
    store.reading.save_cursor(replace(cursor, uidvalidity=8, last_uid=3))
    assert store.reading.cursor(cursor.account, cursor.folder) == replace(cursor, uidvalidity=8, last_uid=3)
    assert store.reading.cursor(cursor.account, "Junk") is None
