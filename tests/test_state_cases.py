"""The promises about cases, their rights and their erasure, kept alike in a file and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition, NotFound
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    Envelope,
    ExtensionReason,
    IdentityLevel,
    Letter,
    MessageStatus,
    Outcome,
    Party,
    Reason,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.state_examples import (
    AINO,
    KINDS,
    LATER,
    MONDAY,
    NOW,
    PERSON,
    a_store,
    answered,
    approved,
    by_agent,
    by_person,
    case,
    claimed,
    closed,
    due,
    extended,
    identified,
    letter,
    mail,
    opened,
    proposed,
    right,
    told,
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as opened:
        yield opened


def test_a_candidate_is_confirmed_as_it_stands(store: Store) -> None:
    key = opened(store, status=CaseStatus.CANDIDATE)
    store.cases.confirm(key, None, by_person(Act.CASE_CONFIRMED))
    assert store.cases.get(key).status is CaseStatus.OPEN
    assert [request.status for request in store.cases.get(key).requests] == [RequestStatus.OPEN]


def test_confirming_other_rights_keeps_what_was_right_and_drops_the_rest(store: Store) -> None:
    key = opened(store, RequestKind.ACCESS, RequestKind.OBJECTION, status=CaseStatus.CANDIDATE)

    store.cases.confirm(key, (right(RequestKind.ACCESS), right(RequestKind.ERASURE)), by_person(Act.CASE_CONFIRMED))

    assert [(request.key, request.kind, request.status) for request in store.cases.get(key).requests] == [
        (1, RequestKind.ACCESS, RequestStatus.OPEN),
        (2, RequestKind.OBJECTION, RequestStatus.DROPPED),
        (3, RequestKind.ERASURE, RequestStatus.OPEN),
    ]
    with pytest.raises(IllegalTransition):
        store.cases.confirm(key, None, by_person(Act.CASE_CONFIRMED))


def test_confirming_no_right_at_all_is_refused(store: Store) -> None:
    key = opened(store, status=CaseStatus.CANDIDATE)
    with pytest.raises(ValueError, match="clock"):
        store.cases.confirm(key, (), by_person(Act.CASE_CONFIRMED))
    assert store.cases.get(key).status is CaseStatus.CANDIDATE


def test_dismissing_drops_the_rights_withdraws_the_letters_and_sets_the_mails_aside(store: Store) -> None:
    key = opened(store, RequestKind.ACCESS, RequestKind.ERASURE)
    waiting, going = proposed(store, key), approved(store, key, Letter.IDENTITY_QUESTION)

    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED, LATER))

    found = store.cases.get(key)
    assert (found.status, found.closed_at) == (CaseStatus.DISMISSED, LATER)
    assert {request.status for request in found.requests} == {RequestStatus.DROPPED}
    assert {store.drafts.get(draft).status for draft in (waiting, going)} == {DraftStatus.SUPERSEDED}
    assert [(m.status, m.reason) for m in store.mails.of_case(key)] == [(MessageStatus.SET_ASIDE, Reason.NOT_A_REQUEST)]
    assert store.drafts.ready(LATER) == ()


def test_a_dismissed_case_comes_back_with_its_old_clock(store: Store) -> None:
    key = opened(store)
    before = store.cases.get(key)
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED, LATER))

    store.cases.reopen(key, by_person(Act.CASE_REOPENED))

    assert store.cases.get(key) == before
    assert [message.status for message in store.mails.of_case(key)] == [MessageStatus.FILED]


def test_a_dismissed_case_comes_back_with_the_rights_it_had_at_last(store: Store) -> None:
    """What a person had corrected before the dismissal stays corrected."""
    key = opened(store, RequestKind.ACCESS, RequestKind.OBJECTION, status=CaseStatus.CANDIDATE)
    rights = (right(RequestKind.ACCESS), right(RequestKind.ERASURE))
    store.cases.confirm(key, rights, by_person(Act.CASE_CONFIRMED))
    [access] = [request for request in store.cases.get(key).requests if request.kind is RequestKind.ACCESS]
    store.cases.drop_request(access.key, by_person(Act.REQUEST_DROPPED))
    for _ in range(2):
        before = store.cases.get(key)
        store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
        store.cases.reopen(key, by_person(Act.CASE_REOPENED))
        assert store.cases.get(key) == before
    assert [r.kind for r in before.requests if r.status is RequestStatus.OPEN] == [RequestKind.ERASURE]


def test_a_case_that_was_dismissed_without_a_right_comes_back_with_a_clock(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    store.cases.drop_request(request.key, by_person(Act.REQUEST_DROPPED))
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    store.cases.reopen(key, by_person(Act.CASE_REOPENED))
    assert [request.status for request in store.cases.get(key).requests] == [RequestStatus.OPEN]


def test_a_case_with_an_unanswered_right_cannot_be_closed(store: Store) -> None:
    key = opened(store, RequestKind.ACCESS, RequestKind.ERASURE)
    first, second = store.cases.get(key).requests
    store.cases.drop_request(first.key, by_person(Act.REQUEST_DROPPED))
    with pytest.raises(IllegalTransition):
        store.cases.close(key, by_person(Act.CASE_CLOSED))

    store.cases.drop_request(second.key, by_person(Act.REQUEST_DROPPED))
    store.cases.close(key, by_person(Act.CASE_CLOSED, LATER))

    assert (store.cases.get(key).status, store.cases.get(key).closed_at) == (CaseStatus.CLOSED, LATER)
    store.cases.reopen(key, by_person(Act.CASE_REOPENED))
    assert {request.status for request in store.cases.get(key).requests} == {RequestStatus.OPEN}


def test_closing_supersedes_what_was_only_proposed_and_lets_go_what_was_approved(store: Store) -> None:
    key = opened(store)
    waiting, going = proposed(store, key), approved(store, key, Letter.OUTCOME)
    answered(store, key)

    store.cases.close(key, by_agent(Act.CASE_CLOSED))

    assert store.drafts.get(waiting).status is DraftStatus.SUPERSEDED
    assert [draft.key for draft in store.drafts.ready(NOW)] == [going]


def test_a_closed_case_comes_back_with_its_answered_rights_undecided(store: Store) -> None:
    key = closed(store)
    store.cases.reopen(key, by_person(Act.CASE_REOPENED))
    [request] = store.cases.get(key).requests
    assert (request.status, request.outcome, request.decision) == (RequestStatus.OPEN, None, {})
    assert request.due == due(MONDAY)


def test_whose_turn_it_is_changes_and_only_a_waiting_case_resumes(store: Store) -> None:
    key = opened(store)
    with pytest.raises(IllegalTransition):
        store.cases.resume(key, by_person(Act.CASE_RESUMED))
    store.cases.wait(key, by_agent(Act.CASE_WAITING))
    store.cases.resume(key, by_person(Act.CASE_RESUMED))
    answered(store, key)
    store.cases.close(key, by_agent(Act.CASE_CLOSED))
    with pytest.raises(IllegalTransition):
        store.cases.resume(key, by_person(Act.CASE_RESUMED))
    assert store.cases.get(key).status is CaseStatus.CLOSED


def test_open_cases_are_those_that_are_not_over_by_promise(store: Store) -> None:
    late = store.intake.open_case(mail(1), case(received_on=MONDAY + timedelta(days=9)), by_agent(Act.CASE_OPENED))
    over = opened(store, uid=2)
    store.cases.dismiss(over, by_person(Act.CASE_DISMISSED))
    early = opened(store, uid=3, status=CaseStatus.CANDIDATE)
    assert [found.key for found in store.cases.open_cases()] == [early, late]


def test_a_right_is_decided_taken_back_and_answered(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests

    store.cases.decide(request.key, Outcome.REFUSED, {"ground": "12(5)"}, by_person(Act.REQUEST_DECIDED))
    [decided] = store.cases.get(key).requests
    assert (decided.status, decided.outcome, decided.decision) == (
        RequestStatus.DECIDED,
        Outcome.REFUSED,
        {"ground": "12(5)"},
    )
    store.cases.undecide(request.key, by_person(Act.REQUEST_UNDECIDED))
    assert store.cases.get(key).requests == (request,)
    with pytest.raises(IllegalTransition):
        store.cases.answered(request.key, by_agent(Act.REQUEST_ANSWERED))
    answered(store, key)
    with pytest.raises(IllegalTransition):
        store.cases.undecide(request.key, by_person(Act.REQUEST_UNDECIDED))
    with pytest.raises(IllegalTransition):
        store.cases.drop_request(request.key, by_person(Act.REQUEST_DROPPED))


def test_taking_an_outcome_back_takes_the_letter_back_that_would_have_told_it(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    going, other = approved(store, key, Letter.OUTCOME), approved(store, key)

    store.cases.undecide(request.key, by_person(Act.REQUEST_UNDECIDED))

    assert store.drafts.get(going).status is DraftStatus.SUPERSEDED
    assert store.drafts.get(other).status is DraftStatus.APPROVED


def test_an_outcome_whose_letter_is_on_its_way_cannot_be_taken_back(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    claimed(store, key, Letter.OUTCOME)
    for act in (store.cases.undecide, store.cases.drop_request):
        with pytest.raises(IllegalTransition):
            act(request.key, by_person(Act.REQUEST_UNDECIDED))
    assert store.cases.get(key).requests[0].status is RequestStatus.DECIDED


def test_a_clock_is_extended_once_and_the_extension_is_in_force(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    notice = told(store, key)

    extend(store, request.key, notice)

    [found] = store.cases.get(key).requests
    assert (found.due, found.current, found.extension_reason) == (due(MONDAY), extended(MONDAY), "complexity")
    with pytest.raises(IllegalTransition):
        extend(store, request.key, notice)


def test_a_settled_right_has_no_clock_to_extend(store: Store) -> None:
    key = opened(store)
    notice = told(store, key)
    answered(store, key)
    [request] = store.cases.get(key).requests
    with pytest.raises(IllegalTransition):
        extend(store, request.key, notice)


def test_no_date_moves_before_its_notice_has_left(store: Store) -> None:
    """An approved notice that is still on its way moves nothing (GDPR 12(3))."""
    key = opened(store)
    [request] = store.cases.get(key).requests
    with pytest.raises(IllegalTransition):
        extend(store, request.key, claimed(store, key, Letter.EXTENSION))
    assert store.cases.get(key).requests[0].extended is None


def test_another_letter_is_no_notice(store: Store) -> None:
    """Nor is the notice of another case."""
    key, other = opened(store), opened(store, uid=2)
    [request] = store.cases.get(key).requests
    sent = claimed(store, key)
    store.drafts.sent(sent, "250 OK", by_agent(Act.DRAFT_SENT))
    for wrong in (sent, told(store, other)):
        with pytest.raises(IllegalTransition):
            extend(store, request.key, wrong)


def test_a_notice_after_the_first_month_moves_nothing(store: Store) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    notice = told(store, key)
    with pytest.raises(IllegalTransition):
        extend(store, request.key, notice, due(MONDAY).promise + timedelta(days=1))
    extend(store, request.key, notice, due(MONDAY).promise)


def extend(store: Store, request: RequestKey, notice: DraftKey, told_on: date = MONDAY) -> None:
    event = by_agent(Act.REQUEST_EXTENDED)
    store.cases.extend(request, extended(MONDAY), ExtensionReason.COMPLEXITY, notice, told_on, event)


def test_a_right_is_added_to_a_live_case_only(store: Store) -> None:
    key = opened(store)
    added = store.cases.add_request(key, right(RequestKind.ERASURE), by_person(Act.REQUEST_OPENED))
    assert store.cases.get(key).requests[1].key == added
    answered(store, key)
    store.cases.close(key, by_agent(Act.CASE_CLOSED))
    with pytest.raises(IllegalTransition):
        store.cases.add_request(key, right(RequestKind.OBJECTION), by_person(Act.REQUEST_OPENED))


def test_an_identity_is_recorded_with_its_level_in_the_journal(store: Store) -> None:
    key = opened(store)
    identified(store, key, IdentityLevel.L3, "soitto tuttuun numeroon")
    assert store.cases.get(key).identity_level is IdentityLevel.L3
    stored, _ = store.journal.events(key)[-2:]
    facts = {"proof": "other", "level": "L3"}
    assert (stored.event.actor, dict(stored.event.facts), stored.new) == (PERSON, facts, None)


# -- purge -----------------------------------------------------------------------------------------


def test_only_an_ended_case_is_purged(store: Store) -> None:
    key = opened(store)
    with pytest.raises(IllegalTransition):
        store.cases.purge(key, by_agent(Act.CASE_PURGED))
    assert store.cases.get(key).subject == AINO


def test_a_purged_case_keeps_its_number_dates_and_outcomes_and_takes_nothing_in(store: Store) -> None:
    key = closed(store)
    [message] = store.mails.of_case(key)
    before = store.cases.get(key)

    store.cases.purge(key, by_agent(Act.CASE_PURGED))

    after = store.cases.get(key)
    assert (after.number, after.received_on, after.closed_at) == (before.number, before.received_on, LATER)
    assert (after.requests[0].outcome, after.requests[0].due) == (Outcome.GRANTED, due(MONDAY))
    assert (after.status, after.subject, after.flags) == (CaseStatus.PURGED, Party("", ""), ())
    with pytest.raises(NotFound):
        store.mails.raw(message.key)
    assert store.intake.known(message.content_hash) == message.key
    assert store.threads.known(["<mail-1@posti.example>"], AINO.address) == ()
    aside = store.intake.set_aside(mail(2), Reason.OWN_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
    for act in (
        lambda: store.intake.follow_up(mail(3), key, (), by_agent(Act.MESSAGE_FILED)),
        lambda: store.placing.put_under(aside, key, by_person(Act.MESSAGE_FILED)),
        lambda: store.cases.reopen(key, by_person(Act.CASE_REOPENED)),
        lambda: store.cases.note(key, "x", by_person(Act.NOTE_ADDED)),
        lambda: identified(store, key, IdentityLevel.L2, "x"),
        lambda: store.drafts.propose(letter(key), by_agent(Act.DRAFT_PROPOSED)),
        lambda: store.cases.purge(key, by_agent(Act.CASE_PURGED)),
    ):
        with pytest.raises(IllegalTransition):
            act()


def test_nothing_that_anybody_wrote_outlives_the_purge(tmp_path: Path) -> None:
    """Every text that a mail, a letter, a server or a person brought in holds one word; no byte of it is left."""
    word = "salaisuus"
    person = Party(f"Aino {word}", f"{word}@posti.example")
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        arrival = mail(1, text=word * 2000, sender=person)
        arrival = replace(arrival, subject=word, message_id=f"<{word}@posti.example>")
        key = store.intake.open_case(arrival, case(subject=person), by_agent(Act.CASE_OPENED))
        [request] = store.cases.get(key).requests
        new = replace(letter(key, word), subject=word, facts={"x": word}, envelope=Envelope(person, word, (word,)))
        draft = store.drafts.propose(new, by_agent(Act.DRAFT_PROPOSED))
        store.drafts.edit(draft, word, f"{word}!", store.drafts.get(draft).text_hash, by_person(Act.DRAFT_EDITED))
        store.drafts.approve(draft, store.drafts.get(draft).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
        store.drafts.claim(draft, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))
        store.drafts.sent(draft, f"250 {word}", by_agent(Act.DRAFT_SENT))
        store.cases.decide(request.key, Outcome.PARTLY, {"ground": word}, by_person(Act.REQUEST_DECIDED))
        store.cases.answered(request.key, by_agent(Act.REQUEST_ANSWERED))
        identified(store, key, IdentityLevel.L3, word)
        store.cases.note(key, word, by_person(Act.NOTE_ADDED))
        store.cases.close(key, by_agent(Act.CASE_CLOSED))

        store.cases.purge(key, by_agent(Act.CASE_PURGED))

        tables = store._database.rows("select name from sqlite_master where type = 'table'")
        rows = [tuple(row) for table in tables for row in store._database.rows(f"select * from {table[0]}")]  # noqa: S608
        assert word not in str(rows)
        assert word.encode() not in path.read_bytes() + (tmp_path / "inbox.db-wal").read_bytes()
        store.journal.verify()


def test_an_erased_mail_cannot_become_a_case_again(store: Store) -> None:
    key, other = opened(store), opened(store, uid=2)
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    [message] = store.mails.of_case(key)
    store.cases.purge(key, by_agent(Act.CASE_PURGED))
    with pytest.raises(IllegalTransition):
        store.mails.refile(message.key, case(), by_person(Act.CASE_OPENED))
    with pytest.raises(IllegalTransition):
        store.placing.put_under(message.key, other, by_person(Act.MESSAGE_FILED))


def ended(store: Store, closed_before: datetime, dismissed_before: datetime) -> list[CaseKey]:
    found = store.cases.ended_cases(
        closed_before=closed_before, dismissed_before=dismissed_before, told_until=date(2026, 1, 1)
    )
    return [one.key for one in found]


def test_the_cases_to_purge_are_the_ended_ones_the_longest_over_first(store: Store) -> None:
    late, early, live = closed(store), opened(store, uid=2), opened(store, uid=3)
    store.cases.dismiss(early, by_person(Act.CASE_DISMISSED))
    after = LATER + timedelta(hours=1)
    assert ended(store, after, after) == [early, late]
    assert ended(store, after, NOW) == [late]
    assert ended(store, LATER, after) == [early]
    store.cases.purge(early, by_agent(Act.CASE_PURGED))
    assert ended(store, after, after) == [late]
    assert store.cases.get(live).status is CaseStatus.OPEN


def test_a_case_with_a_letter_on_its_way_is_not_purged(store: Store) -> None:
    key = opened(store)
    claimed(store, key)
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    with pytest.raises(IllegalTransition):
        store.cases.purge(key, by_agent(Act.CASE_PURGED))
    assert store.drafts.in_flight()[0][0].body


def test_cases_without_a_letter_are_found_by_the_store(store: Store) -> None:
    """The agent asks only for cases that want their first letter: confirmed, not over, without one."""
    wanting = opened(store, RequestKind.ACCESS, uid=1)
    opened(store, RequestKind.ACCESS, uid=2, status=CaseStatus.CANDIDATE)
    has_one = opened(store, RequestKind.ACCESS, uid=3)
    proposed(store, has_one)

    assert [case.key for case in store.cases.without_letter()] == [wanting]


def test_a_right_that_needs_more_raises_what_its_case_needs(store: Store) -> None:
    """The case's required identity level is that of its most demanding right, and is never lowered by another."""
    key = opened(store, RequestKind.MARKETING_OBJECTION)
    for kind, level in ((RequestKind.ACCESS, IdentityLevel.L3), (RequestKind.ERASURE, IdentityLevel.L1)):
        store.cases.add_request(key, replace(right(kind), identity_required=level), by_person(Act.REQUEST_OPENED))

    assert store.cases.get(key).identity_required is IdentityLevel.L3


def test_the_people_of_other_live_cases_are_known_by_name_and_ones_own_are_not(store: Store) -> None:
    """So that no letter names them: ended cases and other cases of the same person are left out."""
    mine = opened(store)
    for uid, name, address in (
        (2, "Pekka Keksitty", "pekka@posti.example"),
        (3, "Aino Toisaalla", AINO.address),
        (4, "Yksinimi", "yksi@posti.example"),
        (5, "Oili Ohimennyt", "oili@posti.example"),
    ):
        key = store.intake.open_case(mail(uid), case(subject=Party(name, address)), by_agent(Act.CASE_OPENED))
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    assert store.cases.other_people(mine) == ("Pekka Keksitty",)


def test_a_fee_is_asked_for_what_is_open_and_withdrawn_with_the_decision(store: Store) -> None:
    """Before any work (GDPR 12(5)): decided, the approved notice goes; written for what is decided, it is refused."""
    key = opened(store)
    identified(store, key, IdentityLevel.L2)
    [request] = store.cases.get(key).requests
    notice = approved(store, key, Letter.FEE)
    store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
    assert store.drafts.get(notice).status is DraftStatus.SUPERSEDED
    with pytest.raises(IllegalTransition):
        approved(store, key, Letter.FEE)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.PARTLY])
def test_nothing_is_refused_without_its_ground(store: Store, outcome: Outcome) -> None:
    key = opened(store)
    [request] = store.cases.get(key).requests
    with pytest.raises(IllegalTransition):
        store.cases.decide(request.key, outcome, {"explained": "muuten vain"}, by_person(Act.REQUEST_DECIDED))
    assert store.cases.get(key).requests[0].status is RequestStatus.OPEN


def test_a_ban_on_marketing_is_never_refused(store: Store) -> None:
    key = opened(store, RequestKind.MARKETING_OBJECTION)
    [request] = store.cases.get(key).requests
    for outcome in (Outcome.REFUSED, Outcome.PARTLY, Outcome.NOT_IDENTIFIED, Outcome.ART11):
        with pytest.raises(IllegalTransition):
            store.cases.decide(request.key, outcome, {"ground": "x"}, by_person(Act.REQUEST_DECIDED))
