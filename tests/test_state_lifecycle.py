"""The lifecycle tables are the only judge: what they do not offer is refused and changes nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from state import lifecycle
from state.errors import IllegalTransition, StaleWrite
from state.journal import EDGES, Entity, act_of
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DutyStatus,
    MessageStatus,
    Outcome,
    Reason,
    RequestStatus,
)
from state.store.ledger import Ledger, _Row
from state.store.store import Store
from tests.state_examples import (
    a_duty,
    answered,
    approved,
    by_agent,
    by_person,
    claimed,
    closed,
    mail,
    opened,
    proposed,
)

TABLES = {
    Entity.MESSAGE: lifecycle.MESSAGE,
    Entity.CASE: lifecycle.CASE,
    Entity.REQUEST: lifecycle.REQUEST,
    Entity.DRAFT: lifecycle.DRAFT,
    Entity.DUTY: lifecycle.DUTY,
}
STATUSES = {
    Entity.MESSAGE: MessageStatus,
    Entity.CASE: CaseStatus,
    Entity.REQUEST: RequestStatus,
    Entity.DRAFT: DraftStatus,
    Entity.DUTY: DutyStatus,
}
PAIRS = [(entity, old, new) for entity, kind in STATUSES.items() for old, new in itertools.product(kind, repeat=2)]
ILLEGAL = [(entity, old, new) for entity, old, new in PAIRS if new not in TABLES[entity][old]]


@pytest.mark.parametrize("entity", STATUSES)
def test_every_status_has_its_row_in_the_table(entity: Entity) -> None:
    assert set(TABLES[entity]) == set(STATUSES[entity])


@pytest.mark.parametrize("entity", STATUSES)
def test_every_edge_has_one_act_and_no_act_stands_where_there_is_no_edge(entity: Entity) -> None:
    edges = {(old, new) for old, following in TABLES[entity].items() for new in following}
    assert {edge for edge in EDGES[entity] if edge[0] is not None} == edges


@pytest.mark.parametrize(("entity", "old", "new"), PAIRS)
def test_advance_lets_pass_exactly_what_the_table_offers(entity: Entity, old: CaseStatus, new: CaseStatus) -> None:
    if new in TABLES[entity][old]:
        assert lifecycle.advance(old, new) is new
    else:
        with pytest.raises(IllegalTransition):
            lifecycle.advance(old, new)


def test_no_way_leads_to_sending_except_from_an_approval() -> None:
    assert [old for old, following in lifecycle.DRAFT.items() if DraftStatus.SENDING in following] == [
        DraftStatus.APPROVED
    ]
    for final in (DraftStatus.SENT, DraftStatus.REFUSED, DraftStatus.REJECTED, DraftStatus.SUPERSEDED):
        assert lifecycle.DRAFT[final] == frozenset()
    assert lifecycle.CASE[CaseStatus.PURGED] == frozenset()


# -- the same through the store's one hand ---------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A row brought into a status by lawful acts."""

    key: int
    case: CaseKey | None


def _message(store: Store, status: MessageStatus) -> Found:
    match status:
        case MessageStatus.FILED:
            of = opened(store)
            return Found(store.mails.of_case(of)[0].key, of)
        case MessageStatus.SET_ASIDE:
            key = store.intake.set_aside(mail(1), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
        case MessageStatus.QUARANTINED:
            key = store.intake.quarantine(mail(1), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))
    return Found(key, None)


def _case(store: Store, status: CaseStatus) -> Found:
    if status is CaseStatus.CANDIDATE:
        key = opened(store, status=status)
    elif status in {CaseStatus.CLOSED, CaseStatus.PURGED}:
        key = closed(store)
    else:
        key = opened(store)
    match status:
        case CaseStatus.WAITING:
            store.cases.wait(key, by_agent(Act.CASE_WAITING))
        case CaseStatus.DISMISSED:
            store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
        case CaseStatus.PURGED:
            store.cases.purge(key, by_agent(Act.CASE_PURGED))
    return Found(key, key)


def _request(store: Store, status: RequestStatus) -> Found:
    of = opened(store)
    [request] = store.cases.get(of).requests
    match status:
        case RequestStatus.DECIDED:
            store.cases.decide(request.key, Outcome.GRANTED, {}, by_person(Act.REQUEST_DECIDED))
        case RequestStatus.ANSWERED:
            answered(store, of)
        case RequestStatus.DROPPED:
            store.cases.drop_request(request.key, by_person(Act.REQUEST_DROPPED))
    return Found(request.key, of)


def _draft(store: Store, status: DraftStatus) -> Found:
    of = opened(store)
    event = by_person(Act.DRAFT_REJECTED)
    settle: Mapping[DraftStatus, Callable[[], int]] = {
        DraftStatus.PROPOSED: lambda: proposed(store, of),
        DraftStatus.SUPERSEDED: lambda: (proposed(store, of), proposed(store, of))[0],
        DraftStatus.REJECTED: lambda: _then(proposed(store, of), lambda key: store.drafts.reject(key, event)),
        DraftStatus.APPROVED: lambda: approved(store, of),
        DraftStatus.SENDING: lambda: claimed(store, of),
        DraftStatus.SENT: lambda: _then(claimed(store, of), lambda key: store.drafts.sent(key, "250", event)),
        DraftStatus.REFUSED: lambda: _then(claimed(store, of), lambda key: store.drafts.refused(key, "550", event)),
        DraftStatus.UNCERTAIN: lambda: _then(claimed(store, of), lambda key: store.drafts.uncertain(key, "", event)),
    }
    return Found(settle[status](), of)


def _duty(store: Store, status: DutyStatus) -> Found:
    of = opened(store)
    key = store.duties.open(of, a_duty(), by_agent(Act.DUTY_OPENED))
    match status:
        case DutyStatus.DONE:
            store.duties.done(key, by_person(Act.DUTY_DONE))
        case DutyStatus.CANCELLED:
            store.duties.cancel(key, by_person(Act.DUTY_CANCELLED))
    return Found(key, of)


def _then(key: int, act: Callable[..., None]) -> int:
    act(key)
    return key


REACH: Mapping[Entity, Callable[..., Found]] = {
    Entity.MESSAGE: _message,
    Entity.CASE: _case,
    Entity.REQUEST: _request,
    Entity.DRAFT: _draft,
    Entity.DUTY: _duty,
}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened_store:
        yield opened_store


def _everything(store: Store) -> list[list[tuple[object, ...]]]:
    tables = store._database.rows("select name from sqlite_master where type = 'table' order by name")
    return [[tuple(row) for row in store._database.rows(f"select * from {name[0]}")] for name in tables]  # noqa: S608


@pytest.mark.parametrize(("entity", "old", "new"), ILLEGAL)
def test_an_illegal_move_raises_and_changes_nothing(
    store: Store, entity: Entity, old: CaseStatus, new: CaseStatus
) -> None:
    found = REACH[entity](store, old)
    row, before = _Row(entity, found.key, found.case), _everything(store)
    ledger: Ledger = store.cases._ledger
    for act in Act:
        with pytest.raises(IllegalTransition), store.transaction():
            ledger._move(row, old, new, act, by_person(act), facts={}, columns={})
    assert _everything(store) == before


@pytest.mark.parametrize(("entity", "old", "new"), [pair for pair in PAIRS if pair not in ILLEGAL])
def test_a_lawful_move_under_the_name_of_another_act_is_refused(
    store: Store, entity: Entity, old: CaseStatus, new: CaseStatus
) -> None:
    found = REACH[entity](store, old)
    row, before = _Row(entity, found.key, found.case), _everything(store)
    for act in set(Act) - {act_of(entity, old, new)}:
        with pytest.raises(IllegalTransition), store.transaction():
            store.cases._ledger._move(row, old, new, act, by_person(act), facts={}, columns={})
    assert _everything(store) == before


def test_a_row_that_somebody_else_moved_first_is_left_alone(store: Store) -> None:
    key = opened(store)
    seen = store.cases.get(key)
    store.cases.wait(key, by_agent(Act.CASE_WAITING))
    before = _everything(store)
    with pytest.raises(StaleWrite), store.transaction():
        store.cases._ledger.move_case(seen, CaseStatus.WAITING, Act.CASE_WAITING, by_agent(Act.CASE_WAITING))
    assert _everything(store) == before
