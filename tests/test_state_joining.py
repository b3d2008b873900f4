"""Two cases become one: nothing is lost, the earlier receipt counts, and no promise is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition, StaleWrite
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DueDates,
    DutyKind,
    DutyStatus,
    ExtensionReason,
    Letter,
    MessageStatus,
    NewRequest,
    Outcome,
    Reason,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from state.views import TurnKind, Views
from tests.state_examples import (
    AINO,
    KINDS,
    MONDAY,
    NOW,
    a_duty,
    a_store,
    acts,
    approved,
    by_agent,
    by_person,
    case,
    due,
    extended,
    mail,
    proposed,
    right,
    told,
)

EARLIER = MONDAY - timedelta(days=9)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as made:
        yield made


def received(store: Store, uid: int, *kinds: RequestKind, status: CaseStatus = CaseStatus.OPEN) -> CaseKey:
    new = case(*kinds, status=status, subject=AINO, received_on=MONDAY)
    return store.intake.open_case(mail(uid), new, by_agent(Act.CASE_OPENED))


def join(store: Store, gone: CaseKey, into: CaseKey) -> None:
    rights: list[tuple[NewRequest, DueDates]] = [
        (NewRequest(one.kind, one.received_on, one.due), extended(one.received_on))
        for one in store.cases.get(gone).requests
    ]
    store.joining.join(gone, into, rights, by_person(Act.CASE_JOINED))


@pytest.fixture
def stays(store: Store) -> CaseKey:
    return received(store, 1, RequestKind.ACCESS)


@pytest.fixture
def gone(store: Store, stays: CaseKey) -> CaseKey:
    return received(store, 2, RequestKind.ACCESS, RequestKind.ERASURE)


def test_mails_rights_tasks_and_notes_go_over(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    store.cases.note(gone, "Soitti myös.", by_person(Act.NOTE_ADDED))
    store.duties.open(gone, a_duty(kind=DutyKind.REMINDER), by_person(Act.DUTY_OPENED))
    join(store, gone, stays)

    assert len(store.mails.of_case(stays)) == 2
    assert store.mails.of_case(gone) == ()
    assert [one.kind for one in store.cases.get(stays).requests] == [RequestKind.ACCESS, RequestKind.ERASURE]
    assert [(one.kind, one.status) for one in store.duties.of_case(stays)] == [(DutyKind.REMINDER, DutyStatus.OPEN)]
    assert [one.status for one in store.duties.of_case(gone)] == [DutyStatus.CANCELLED]
    assert Act.NOTE_ADDED in acts(store, stays)
    assert Act.CASE_JOINED in acts(store, stays)
    assert Act.CASE_JOINED in acts(store, gone)


def test_of_a_right_in_both_the_earlier_receipt_counts(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    store.cases.add_request(gone, right(RequestKind.PORTABILITY, EARLIER), by_person(Act.REQUEST_OPENED))
    store.cases.add_request(stays, right(RequestKind.PORTABILITY, MONDAY), by_person(Act.REQUEST_OPENED))
    join(store, gone, stays)

    [portability] = [one for one in store.cases.get(stays).requests if one.kind is RequestKind.PORTABILITY]
    assert (portability.received_on, portability.due) == (EARLIER, due(EARLIER))


def test_what_came_with_a_joined_case_counts_from_an_earlier_receipt_of_the_whole(
    store: Store, stays: CaseKey, gone: CaseKey
) -> None:
    """The other case had brought a day before this one's; that all of it was received earlier still moves it too."""
    [access, _erasure] = store.cases.get(gone).requests
    said = by_person(Act.CASE_RECEIVED_EARLIER)
    store.cases.right_received_earlier(access.key, EARLIER, due(EARLIER), extended(EARLIER), said)
    join(store, gone, stays)
    first = EARLIER - timedelta(days=5)
    store.cases.received_earlier(stays, first, due(first), extended(first), said)

    live = [one for one in store.cases.get(stays).requests if one.status is RequestStatus.OPEN]
    assert {(one.received_on, one.due) for one in live} == {(first, due(first))}


def test_a_reply_to_either_finds_the_one_that_goes_on(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """By the mails' own Message-IDs and by the address; the closed one is found by nothing any more."""
    ids = [message.message_id or "" for message in store.mails.of_case(gone)]
    join(store, gone, stays)

    assert [thread.case for thread in store.threads.known(ids, "")] == [stays]
    assert [thread.case for thread in store.threads.known([], AINO.address)] == [stays]


def test_it_stays_closed_and_outlives_the_other_by_nothing(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """It is opened by nobody again, and erased only after the case in which it goes on."""
    join(store, gone, stays)
    with pytest.raises(IllegalTransition):
        store.cases.reopen(gone, by_person(Act.CASE_REOPENED))
    with pytest.raises(IllegalTransition):
        store.cases.purge(gone, by_agent(Act.CASE_PURGED))
    store.cases.dismiss(stays, by_person(Act.CASE_DISMISSED))
    store.cases.purge(stays, by_agent(Act.CASE_PURGED))
    store.cases.purge(gone, by_agent(Act.CASE_PURGED))


def test_what_binds_us_already_is_not_joined(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """A decided right, a letter approved, a case that has ended, one that is not confirmed, and itself."""
    with pytest.raises(IllegalTransition):
        join(store, gone, gone)
    with pytest.raises(IllegalTransition):
        join(store, gone, received(store, 3, RequestKind.ACCESS, status=CaseStatus.CANDIDATE))
    bound = received(store, 4, RequestKind.ACCESS)
    approved(store, bound)
    decided = received(store, 5, RequestKind.ACCESS)
    request = store.cases.get(decided).requests[0].key
    store.cases.decide(request, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    over = received(store, 6, RequestKind.ACCESS)
    store.cases.dismiss(over, by_person(Act.CASE_DISMISSED))
    for one in (bound, decided, over):
        with pytest.raises(IllegalTransition):
            join(store, one, stays)
    assert store.cases.get(stays).requests[0].kind is RequestKind.ACCESS
    assert len(store.mails.of_case(stays)) == 1


def test_the_conversation_tells_that_they_were_joined(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store, Views.open(path) as views:
        one, other = received(store, 1, RequestKind.ACCESS), received(store, 2, RequestKind.ERASURE)
        join(store, other, one)
        told = [turn.event for turn in views.conversation(one) if turn.kind is TurnKind.EVENT]
        assert {"from": "2026-0002"} in [dict(stored.event.facts) for stored in told if stored]


def test_a_right_that_was_answered_not_identified_is_not_joined(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """A proof opens it again; in a case that has gone on elsewhere nobody could."""
    access, _erasure = store.cases.get(gone).requests
    store.cases.decide(access.key, Outcome.NOT_IDENTIFIED, {}, by_person(Act.REQUEST_DECIDED))
    store.cases.answered(access.key, by_agent(Act.REQUEST_ANSWERED))
    with pytest.raises(IllegalTransition):
        join(store, gone, stays)
    assert store.cases.get(gone).status is CaseStatus.OPEN


def test_where_only_the_promise_is_earlier_the_extension_stays_counted_from_the_receipt(store: Store) -> None:
    """The notice has promised other days since: the later request's promise comes first, its extension would not."""
    stays, gone = received(store, 1, RequestKind.ACCESS), received(store, 2, RequestKind.ACCESS)
    [access] = store.cases.get(stays).requests
    notice, event = told(store, stays), by_person(Act.REQUEST_EXTENDED)
    store.cases.extend(access.key, extended(MONDAY), ExtensionReason.COMPLEXITY, notice, MONDAY, event)
    later = MONDAY + timedelta(days=3)
    new = NewRequest(RequestKind.ACCESS, later, due(MONDAY - timedelta(days=1)))
    store.joining.join(gone, stays, [(new, extended(later))], by_person(Act.CASE_JOINED))

    access = next(one for one in store.cases.get(stays).requests if one.kind is RequestKind.ACCESS)
    assert (access.received_on, access.due, access.extended) == (MONDAY, new.due, extended(MONDAY))


def test_codes_follow_through_every_joining(store: Store) -> None:
    """A into B, B into C: a code that A's person holds is found in C, and a doubt there takes it back."""
    first, second, third = (received(store, uid, RequestKind.ACCESS) for uid in (1, 2, 3))
    letter = proposed(store, first, Letter.IDENTITY_QUESTION)
    store.identification.issue(letter, "salt", "digest", by_agent(Act.CODE_ISSUED))
    store.drafts.approve(letter, store.drafts.get(letter).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    store.drafts.claim(letter, "<asked@us.example>", by_agent(Act.SENDING_CLAIMED))
    store.drafts.sent(letter, "250 OK", by_agent(Act.DRAFT_SENT))
    join(store, first, second)
    join(store, second, third)

    assert [code.case for code in store.identification.codes(third)] == [first]
    store.identification.withdraw_proofs(third, "", by_person(Act.IDENTITY_WITHDRAWN))
    assert [code.doubted for code in store.identification.codes(third)] == [True]


# -- parted again ---------------------------------------------------------------------------------


def part(store: Store, gone: CaseKey) -> None:
    store.parting.part(gone, by_person(Act.CASE_PARTED))


def shape(store: Store, key: CaseKey) -> object:
    """What a joining moves."""
    found = store.cases.get(key)
    rights = sorted((one.kind, one.received_on, one.due) for one in found.requests if one.status is RequestStatus.OPEN)
    duties = [(one.kind, one.due_on, one.about) for one in store.duties.of_case(key) if one.status is DutyStatus.OPEN]
    mails = [(one.key, one.relation, one.status) for one in store.mails.of_case(key)]
    return found.status, found.joined_to, rights, duties, mails


def test_parted_cases_are_what_they_were(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """Mails with how they belonged, rights with their dates, tasks; and replies find each its own."""
    store.cases.add_request(gone, right(RequestKind.PORTABILITY, EARLIER), by_person(Act.REQUEST_OPENED))
    store.cases.add_request(stays, right(RequestKind.PORTABILITY, MONDAY), by_person(Act.REQUEST_OPENED))
    store.duties.open(gone, a_duty(kind=DutyKind.REMINDER), by_person(Act.DUTY_OPENED))
    before = [shape(store, key) for key in (stays, gone)]
    ids = [message.message_id or "" for message in store.mails.of_case(gone)]
    join(store, gone, stays)
    part(store, gone)

    assert [shape(store, key) for key in (stays, gone)] == before
    assert [thread.case for thread in store.threads.known(ids, "")] == [gone]
    assert Act.CASE_PARTED in acts(store, stays)
    assert Act.CASE_PARTED in acts(store, gone)
    store.journal.verify()


def test_the_copy_of_a_note_does_not_stay_with_the_other_person(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store, Views.open(path) as views:
        one, other = received(store, 1, RequestKind.ACCESS), received(store, 2, RequestKind.ERASURE)
        store.cases.note(other, "Soitti myös.", by_person(Act.NOTE_ADDED))
        join(store, other, one)
        part(store, other)
        noted = [[turn.text for turn in views.conversation(key) if turn.kind is TurnKind.NOTE] for key in (one, other)]
        assert noted == [[], ["Soitti myös."]]


def test_nothing_is_parted_on_which_something_stands(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """An approval, a decision, a later joining; and what was never joined."""
    with pytest.raises(IllegalTransition):
        part(store, gone)
    join(store, gone, stays)
    assert store.parting.may_part(gone)
    third = received(store, 3, RequestKind.ACCESS)
    join(store, third, stays)
    assert not store.parting.may_part(gone)
    with pytest.raises(IllegalTransition):
        part(store, gone)
    store.cases.decide(store.cases.get(stays).requests[0].key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    with pytest.raises(IllegalTransition):
        part(store, third)
    assert store.cases.get(third).joined_to == stays


def test_a_later_joining_that_was_undone_is_in_nobodys_way(store: Store, stays: CaseKey, gone: CaseKey) -> None:
    """Three were one; the last that came is parted first, then the one before it."""
    before = [shape(store, key) for key in (stays, gone)]
    join(store, gone, stays)
    new = case(RequestKind.ACCESS, RequestKind.OBJECTION, subject=AINO, received_on=EARLIER)
    third = store.intake.open_case(mail(3), new, by_agent(Act.CASE_OPENED))
    join(store, third, stays)
    part(store, third)
    assert store.parting.may_part(gone)
    part(store, gone)

    assert [shape(store, key) for key in (stays, gone)] == before
    store.journal.verify()


@pytest.mark.parametrize("who", ["stays", "gone"])
@pytest.mark.parametrize("wrote_since", [False, True])
def test_whose_turn_it_was_is_told_again(
    store: Store, stays: CaseKey, gone: CaseKey, who: str, wrote_since: bool
) -> None:
    """The joined case is ours to answer; parted, whoever was asked is waited for again, unless they wrote since."""
    waits = stays if who == "stays" else gone
    store.cases.wait(waits, by_agent(Act.CASE_WAITING))
    join(store, gone, stays)
    if wrote_since and who == "stays":
        store.intake.follow_up(mail(9, sender=AINO), stays, (), by_agent(Act.MESSAGE_FILED))
    part(store, gone)

    ours = wrote_since and who == "stays"
    assert store.cases.get(waits).status is (CaseStatus.OPEN if ours else CaseStatus.WAITING)
    assert store.cases.get(gone if who == "stays" else stays).status is CaseStatus.OPEN


def test_what_only_the_joining_confirmed_is_a_candidate_again(store: Store, stays: CaseKey) -> None:
    doubtful = received(store, 2, RequestKind.ERASURE, status=CaseStatus.CANDIDATE)
    before = shape(store, doubtful)
    join(store, doubtful, stays)
    part(store, doubtful)

    assert shape(store, doubtful) == before
    with pytest.raises(IllegalTransition):  # and nothing else leads back
        store.cases.wait(doubtful, by_agent(Act.CASE_WAITING))
    store.cases.confirm(doubtful, None, by_person(Act.CASE_CONFIRMED))
    store.journal.verify()


def test_a_notice_that_tells_of_the_other_ones_earlier_day_is_retracted(store: Store, stays: CaseKey) -> None:
    new = case(RequestKind.ACCESS, subject=AINO, received_on=EARLIER)
    gone = store.intake.open_case(mail(2), new, by_agent(Act.CASE_OPENED))
    join(store, gone, stays)
    notice = proposed(store, stays, Letter.EXTENSION)
    part(store, gone)

    assert store.drafts.get(notice).status is DraftStatus.SUPERSEDED


def test_what_a_colleague_passed_on_since_goes_with_whom_it_is_about(store: Store, stays: CaseKey) -> None:
    other = replace(AINO, address="pekka@posti.example")
    new = case(RequestKind.ERASURE, subject=other, received_on=MONDAY)
    gone = store.intake.open_case(mail(7, sender=other), new, by_agent(Act.CASE_OPENED))
    join(store, gone, stays)
    passed_on = replace(mail(8, sender=AINO), analysis={"forwarded": {"subject_address": other.address}})
    theirs = store.intake.follow_up(passed_on, stays, (), by_agent(Act.MESSAGE_FILED))
    part(store, gone)

    assert theirs in {one.key for one in store.mails.of_case(gone)}


def test_what_the_other_address_wrote_since_goes_with_it(store: Store, stays: CaseKey) -> None:
    other = replace(AINO, address="pekka@posti.example")
    new = case(RequestKind.ERASURE, subject=other, received_on=MONDAY)
    gone = store.intake.open_case(mail(7, sender=other), new, by_agent(Act.CASE_OPENED))
    join(store, gone, stays)
    theirs = store.intake.follow_up(mail(8, sender=other), stays, (), by_agent(Act.MESSAGE_FILED))
    ours = store.intake.follow_up(mail(9, sender=AINO), stays, (), by_agent(Act.MESSAGE_FILED))
    part(store, gone)

    assert theirs in {one.key for one in store.mails.of_case(gone)}
    assert ours in {one.key for one in store.mails.of_case(stays)}


def test_nothing_is_parted_where_a_right_or_a_sign_came_to_light_since(store: Store, stays: CaseKey) -> None:
    """Left behind, it would be answered to the wrong person, or no longer guard the right one."""
    other = replace(AINO, address="pekka@posti.example")
    for number, came in enumerate(("right", "sign")):
        new = case(RequestKind.ERASURE, subject=other, received_on=MONDAY)
        gone = store.intake.open_case(mail(20 + number, sender=other), new, by_agent(Act.CASE_OPENED))
        join(store, gone, stays)
        assert store.parting.may_part(gone)
        if came == "right":
            added = (right(RequestKind.RECTIFICATION, MONDAY),)
            store.intake.follow_up(mail(30, sender=other), stays, added, by_agent(Act.MESSAGE_FILED))
        else:
            store.identification.flag(stays, "protected", True, by_agent(Act.CASE_FLAGGED))
        assert not store.parting.may_part(gone)


def test_a_right_that_whoever_joins_does_not_know_of_is_not_dropped(
    store: Store, stays: CaseKey, gone: CaseKey
) -> None:
    """It was opened after the case was read: nothing is joined, and it is read anew."""
    before = store.cases.get(gone)
    with pytest.raises(StaleWrite):
        store.joining.join(gone, stays, [], by_person(Act.CASE_JOINED))
    assert store.cases.get(gone) == before


def test_a_mail_is_not_put_under_a_case_that_goes_on_in_another(store: Store) -> None:
    """There nobody would read it; it stays where it was."""
    key, into = received(store, 1, RequestKind.ACCESS), received(store, 2, RequestKind.ERASURE)
    join(store, key, into)
    unread = store.intake.quarantine(mail(3), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    with pytest.raises(IllegalTransition):
        store.placing.put_under(unread, key, by_person(Act.MESSAGE_FILED))

    assert store.mails.get(unread).status is MessageStatus.QUARANTINED
