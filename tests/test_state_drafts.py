"""The promises about letters: an approval binds a text, a claim happens once. In a file and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from state.errors import IllegalTransition, StaleWrite
from state.lifecycle import text_hash
from state.model import MAIL_CLIENT, Act, DraftStatus, Event, Letter
from state.store.store import Store
from tests.state_examples import (
    KINDS,
    LATER,
    NOW,
    PERSON,
    a_store,
    approved,
    by_agent,
    by_person,
    claimed,
    letter,
    mail,
    opened,
    proposed,
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as opened:
        yield opened


def test_a_proposed_letter_is_what_was_composed(store: Store) -> None:
    key = opened(store)
    new = letter(key, about=(store.cases.get(key).requests[0].key,))
    draft = store.drafts.get(store.drafts.propose(new, by_agent(Act.DRAFT_PROPOSED)))
    assert (draft.envelope, draft.subject, draft.body, draft.original_body) == (
        new.envelope,
        new.subject,
        new.body,
        new.body,
    )
    assert (draft.requests, draft.facts, draft.template) == (new.requests, new.facts, new.template)
    assert draft.text_hash == text_hash(new.envelope, new.subject, new.body)
    assert (draft.approved_by, draft.approved_at, draft.approved_hash, draft.not_before) == (None,) * 4


def test_a_new_proposal_takes_the_place_of_the_same_letter_only(store: Store) -> None:
    key = opened(store)
    first, other = proposed(store, key), proposed(store, key, Letter.IDENTITY_QUESTION)
    proposed(store, key)
    assert store.drafts.get(first).status is DraftStatus.SUPERSEDED
    assert store.drafts.get(other).status is DraftStatus.PROPOSED


def test_an_edit_changes_the_text_that_was_seen_and_no_other(store: Store) -> None:
    key = proposed(store, opened(store))
    shown = store.drafts.get(key)
    store.drafts.edit(key, "Uusi otsikko", "Uusi teksti", shown.text_hash, by_person(Act.DRAFT_EDITED))

    edited = store.drafts.get(key)
    assert (edited.subject, edited.body, edited.original_body) == ("Uusi otsikko", "Uusi teksti", shown.body)
    assert edited.text_hash == text_hash(shown.envelope, "Uusi otsikko", "Uusi teksti")
    with pytest.raises(StaleWrite):
        store.drafts.edit(key, "Kolmas", "Kolmas", shown.text_hash, by_person(Act.DRAFT_EDITED))
    with pytest.raises(StaleWrite):
        store.drafts.approve(key, shown.text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    assert store.drafts.get(key) == edited


def test_an_edit_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    key = proposed(store, opened(store))
    draft, events = store.drafts.get(key), store.journal.verify()
    store.drafts.edit(key, draft.subject, draft.body, draft.text_hash, by_person(Act.DRAFT_EDITED))
    assert store.journal.verify() == events


def test_a_text_with_the_separator_of_its_hash_is_refused(store: Store) -> None:
    of = opened(store)
    with pytest.raises(ValueError, match="NUL"):
        store.drafts.propose(letter(of, "a\0b"), by_agent(Act.DRAFT_PROPOSED))
    key = proposed(store, of)
    with pytest.raises(ValueError, match="NUL"):
        store.drafts.edit(key, "a\0b", "c", store.drafts.get(key).text_hash, by_person(Act.DRAFT_EDITED))


def test_an_approval_is_a_persons_and_stands_with_its_time_and_hash(store: Store) -> None:
    key = proposed(store, opened(store))
    shown = store.drafts.get(key).text_hash
    with pytest.raises(IllegalTransition):
        store.drafts.approve(key, shown, NOW, by_agent(Act.DRAFT_APPROVED))

    store.drafts.approve(key, shown, LATER, by_person(Act.DRAFT_APPROVED))

    draft = store.drafts.get(key)
    assert (draft.approved_by, draft.approved_at, draft.approved_hash, draft.not_before) == (PERSON, NOW, shown, LATER)
    assert store.drafts.ready(LATER - timedelta(microseconds=1)) == ()
    assert store.drafts.ready(LATER) == (draft,)
    with pytest.raises(IllegalTransition):
        store.drafts.edit(key, "x", "y", shown, by_person(Act.DRAFT_EDITED))


def test_an_approval_can_be_withdrawn_until_the_claim(store: Store) -> None:
    key = approved(store, opened(store))
    store.drafts.withdraw_approval(key, by_person(Act.APPROVAL_WITHDRAWN))
    draft = store.drafts.get(key)
    assert (draft.status, draft.approved_by, draft.approved_hash) == (DraftStatus.PROPOSED, None, None)
    store.drafts.approve(key, draft.text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    store.drafts.claim(key, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))
    with pytest.raises(IllegalTransition):
        store.drafts.withdraw_approval(key, by_person(Act.APPROVAL_WITHDRAWN))


def test_only_an_approved_letter_is_claimed_and_only_once(store: Store) -> None:
    key = proposed(store, opened(store))
    with pytest.raises(IllegalTransition):
        store.drafts.claim(key, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))
    assert store.drafts.delivery(key) is None
    store.drafts.approve(key, store.drafts.get(key).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    delivery = store.drafts.claim(key, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))
    assert (delivery, delivery.attempts) == (store.drafts.delivery(key), 1)
    with pytest.raises(IllegalTransition):
        store.drafts.claim(key, "<another@us.example>", by_agent(Act.SENDING_CLAIMED))
    assert store.drafts.delivery(key) == delivery


@pytest.mark.parametrize("column", ["body", "subject", "to_address", "to_name", "in_reply_to"])
def test_a_text_changed_behind_the_approval_is_not_claimed(store: Store, column: str) -> None:
    key = approved(store, opened(store))
    store._database._connection.execute(f"update drafts set {column} = 'muu' where id = ?", [key])  # noqa: S608
    with pytest.raises(StaleWrite):
        store.drafts.claim(key, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED))
    assert store.drafts.get(key).status is DraftStatus.APPROVED


def test_a_deferred_letter_is_tried_again_as_the_same_mail(store: Store) -> None:
    key = claimed(store, opened(store))
    store.drafts.deferred(key, "451 later", LATER, by_agent(Act.SENDING_DEFERRED))
    assert store.drafts.ready(NOW) == ()

    [draft] = store.drafts.ready(LATER)
    again = store.drafts.claim(key, "<another@us.example>", by_agent(Act.SENDING_CLAIMED, LATER))

    assert draft.approved_by == PERSON
    assert (again.message_id, again.attempts, again.answer) == (f"<letter-{key}@us.example>", 2, "451 later")
    assert again == store.drafts.delivery(key)


def test_a_settled_letter_keeps_the_servers_word_and_never_moves_again(store: Store) -> None:
    key = claimed(store, opened(store))
    assert [draft.key for draft, _ in store.drafts.in_flight()] == [key]
    store.drafts.sent(key, "250 ok", by_agent(Act.DRAFT_SENT, LATER))

    delivery = store.drafts.delivery(key)
    assert delivery is not None
    assert (delivery.answer, delivery.settled_at) == ("250 ok", LATER)
    assert store.drafts.in_flight() == ()
    for act in (store.drafts.sent, store.drafts.refused, store.drafts.uncertain):
        with pytest.raises(IllegalTransition):
            act(key, "x", by_agent(Act.DRAFT_SENT))
    assert store.drafts.delivery(key) == delivery


@pytest.mark.parametrize("verdict", [DraftStatus.SENT, DraftStatus.REFUSED])
def test_an_uncertain_letter_is_settled_and_never_sent_again(store: Store, verdict: DraftStatus) -> None:
    key = claimed(store, opened(store))
    store.drafts.uncertain(key, "connection lost", by_agent(Act.SENDING_UNCERTAIN))
    assert [draft.status for draft, _ in store.drafts.in_flight()] == [DraftStatus.UNCERTAIN]
    with pytest.raises(IllegalTransition):
        store.drafts.deferred(key, "x", NOW, by_agent(Act.SENDING_DEFERRED))
    with pytest.raises(IllegalTransition):
        store.drafts.claim(key, "<again@us.example>", by_agent(Act.SENDING_CLAIMED))

    settle = store.drafts.sent if verdict is DraftStatus.SENT else store.drafts.refused
    settle(key, "a person looked", by_person(Act.DRAFT_SENT))

    assert store.drafts.get(key).status is verdict


def test_a_rejected_letter_is_over(store: Store) -> None:
    key = proposed(store, opened(store))
    store.drafts.reject(key, by_person(Act.DRAFT_REJECTED))
    with pytest.raises(IllegalTransition):
        store.drafts.approve(key, store.drafts.get(key).text_hash, NOW, by_person(Act.DRAFT_APPROVED))


def test_what_came_before_a_letter_by_hand_was_noticed_is_not_answered_by_it(store: Store) -> None:
    """The person wrote again between the sending and our look into the Sent folder. What the letter was written for is
    older than it.
    """
    of = opened(store)
    key = proposed(store, of)
    again = store.intake.follow_up(mail(90), of, (), by_agent(Act.MESSAGE_FILED))
    draft, event = store.drafts.get(key), Event(NOW, MAIL_CLIENT, Act.DRAFT_APPROVED)
    store.drafts.sent_by_hand(key, draft.subject, draft.body, "<oma@ohjelma.example>", event)

    assert [one.key for one in store.mails.filed_since_approval(key)] == [again]
