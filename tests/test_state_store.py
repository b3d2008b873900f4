"""The promises of the store as a whole: transactions, reminders, signs of life. In a file and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from state.errors import IllegalTransition, StaleWrite
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    Heartbeat,
)
from state.store.store import Store
from tests.state_examples import (
    KINDS,
    LATER,
    MONDAY,
    NOW,
    a_store,
    acts,
    by_agent,
    by_person,
    case,
    mail,
    opened,
    proposed,
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with a_store(request.param, tmp_path) as opened:
        yield opened


def test_a_reminder_is_claimed_once_and_sent_once(store: Store) -> None:
    key = opened(store)
    assert store.reminders.claim(key, "target-5", MONDAY, by_agent(Act.REMINDER_CLAIMED))
    assert not store.reminders.claim(key, "target-5", MONDAY, by_agent(Act.REMINDER_CLAIMED))
    assert store.reminders.claim(key, "target-2", MONDAY, by_agent(Act.REMINDER_CLAIMED))
    assert store.reminders.claim(None, "target-5", MONDAY, by_agent(Act.REMINDER_CLAIMED))
    assert not store.reminders.claim(None, "target-5", MONDAY, by_agent(Act.REMINDER_CLAIMED))

    store.reminders.sent(key, "target-5", MONDAY, by_agent(Act.REMINDER_SENT))

    assert store.reminders.claimed(key) == {("target-5", MONDAY), ("target-2", MONDAY)}
    assert store.reminders.claimed(None) == {("target-5", MONDAY)}
    for rung in ("target-5", "never claimed"):
        with pytest.raises(StaleWrite):
            store.reminders.sent(key, rung, MONDAY, by_agent(Act.REMINDER_SENT))
    assert acts(store, key).count(Act.REMINDER_SENT) == 1


def test_the_last_sign_of_life_is_kept(store: Store) -> None:
    assert store.pulse.read("mailbox") is None
    store.pulse.beat(Heartbeat("mailbox", NOW, "connecting", {}))
    last = Heartbeat("mailbox", LATER, "connected", {"fetched": 3, "why": None})
    store.pulse.beat(last)
    assert store.pulse.read("mailbox") == last


def test_several_acts_become_one_and_all_are_undone_together(store: Store) -> None:
    def open_propose_and_fail() -> None:
        with store.transaction():
            proposed(store, opened(store))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        open_propose_and_fail()
    assert store.cases.open_cases() == ()
    assert store.journal.verify() == 0


def test_an_act_that_fails_within_a_transaction_undoes_itself_and_nothing_else(store: Store) -> None:
    """Making a case of a filed mail fails only after the case has been written."""
    key = opened(store)
    [filed] = store.mails.of_case(key)
    with store.transaction():
        first = proposed(store, key)
        with pytest.raises(IllegalTransition):
            store.mails.refile(filed.key, case(), by_person(Act.CASE_OPENED))
        store.cases.wait(key, by_agent(Act.CASE_WAITING))
    assert store.drafts.get(first).status is DraftStatus.PROPOSED
    assert [(found.key, found.status) for found in store.cases.open_cases()] == [(key, CaseStatus.WAITING)]


def test_the_callers_facts_stand_with_the_act_that_the_caller_named(store: Store) -> None:
    event = replace(by_agent(Act.CASE_OPENED), facts={"lexicon": 3})
    key = store.intake.open_case(mail(1), case(), event)
    facts = {stored.event.act: stored.event.facts for stored in store.journal.events(key)}
    assert facts[Act.CASE_OPENED]["lexicon"] == 3
    assert "lexicon" not in facts[Act.REQUEST_OPENED]


def test_an_instant_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.intake.open_case(mail(1), case(), by_agent(Act.CASE_OPENED, NOW.replace(tzinfo=None)))
