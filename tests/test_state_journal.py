"""The journal tells every change once, and tells when somebody has touched it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from state.errors import BrokenChain, Contradiction
from state.journal import Entity
from state.model import Act, CaseStatus, DraftStatus, MessageStatus, RequestStatus
from state.store.store import Store
from tests.state_examples import (
    AINO,
    approved,
    by_agent,
    by_person,
    claimed,
    closed,
    mail,
    opened,
    proposed,
)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened_store:
        yield opened_store


def _connection(store: Store) -> sqlite3.Connection:
    connection: sqlite3.Connection = store._database._connection
    return connection


def _tamper(store: Store, statement: str) -> None:
    """What somebody with the file and an SQLite shell can do."""
    connection = _connection(store)
    connection.execute("pragma foreign_keys = off")
    connection.execute("drop trigger events_are_not_rewritten")
    connection.execute("drop trigger events_are_not_removed")
    connection.execute(statement)


def test_an_untouched_journal_verifies_and_says_how_long_it_is(store: Store) -> None:
    assert store.journal.verify() == 0
    closed(store)
    assert store.journal.verify() == len(store.journal.events(store.cases.by_number("2026-0001").key))


def test_replaying_the_journal_gives_every_status(store: Store) -> None:
    closed(store)
    other = opened(store, uid=2)
    claimed(store, other)
    assert store.journal.replay() == {
        (Entity.CASE, 1): CaseStatus.CLOSED,
        (Entity.CASE, 2): CaseStatus.OPEN,
        (Entity.REQUEST, 1): RequestStatus.ANSWERED,
        (Entity.REQUEST, 2): RequestStatus.OPEN,
        (Entity.MESSAGE, 1): MessageStatus.FILED,
        (Entity.MESSAGE, 2): MessageStatus.FILED,
        (Entity.DRAFT, 1): DraftStatus.SENDING,
    }


@pytest.mark.parametrize(
    "statement",
    [
        "update events set actor = 'person:Joku Muu' where seq = 2",
        "update events set at = '2020-01-01T00:00:00.000000+00:00' where seq = 2",
        "update events set facts = '{}' where seq = 2",
        "update events set act = 'draft_approved' where seq = 2",
        "update events set new = 'approved' where seq = 2",
        "update events set case_id = null where seq = 2",
        "update events set prev_hash = hash where seq = 2",
        "update events set hash = 'x' where seq = 2",
        "delete from events where seq = 2",
    ],
)
def test_a_line_that_was_touched_breaks_the_chain_where_it_stands(store: Store, statement: str) -> None:
    proposed(store, opened(store))
    _tamper(store, statement)
    with pytest.raises(BrokenChain) as broken:
        store.journal.verify()
    assert broken.value.seq == 2


def test_lines_removed_from_the_end_contradict_the_tables(store: Store) -> None:
    key = approved(store, opened(store))
    _tamper(store, "delete from events where act = 'draft_approved'")
    assert store.journal.replay()[Entity.DRAFT, key] != store.drafts.get(key).status


@pytest.mark.parametrize(
    "statement",
    [
        "delete from events where act = 'draft_approved'",
        "update drafts set status = 'refused'",
        "update cases set status = 'closed', closed_at = opened_at",
        "delete from drafts",
    ],
)
def test_a_table_that_was_touched_contradicts_the_journal(store: Store, statement: str) -> None:
    """Its chain is whole: what it tells is held against what is."""
    approved(store, opened(store))
    assert store.verify() == store.journal.verify()
    _tamper(store, statement)
    store.journal.verify()
    with pytest.raises(Contradiction):
        store.verify()


@pytest.mark.parametrize("statement", ["update events set actor = 'x'", "delete from events"])
def test_the_schema_stops_an_accident_with_the_journal(store: Store, statement: str) -> None:
    opened(store)
    with pytest.raises(sqlite3.IntegrityError):
        _connection(store).execute(statement)


def test_the_journal_never_holds_what_a_letter_or_a_person_said(store: Store) -> None:
    key = opened(store)
    claimed(store, key)
    store.cases.note(key, "Aino soitti", by_person(Act.NOTE_ADDED))
    store.intake.follow_up(mail(2), key, (), by_agent(Act.MESSAGE_FILED))
    lines = [tuple(row) for row in store._database.rows("select * from events")]
    for secret in (AINO.name, AINO.address, "olemme saaneet", "soitti", "Tietoni", "mail-1@"):
        assert secret.casefold() not in str(lines).casefold()
