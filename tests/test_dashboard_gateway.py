"""The gateway: one thread, both connections, errors as sentences."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from inbox_agent.dashboard.gateway import Gateway, NotDone
from inbox_agent.errors import UsageProblem
from state.errors import ForeignDatabase, StoreBusy
from state.model import CaseKey, DraftKey, Letter, RequestKind
from state.store.store import Store
from state.views import Views
from tests.dashboard_desk import Desk


def gateway(desk: Desk) -> Gateway:
    return Gateway(lambda: Views.open(desk.path), lambda: desk.review(Store.open(desk.path, busy_timeout=0.1)))


async def test_reads_and_acts_share_one_thread_that_is_not_ours(desk: Desk) -> None:
    door = gateway(desk)
    threads = {await door.read(lambda _: threading.get_ident()), await door.act(lambda _: threading.get_ident())}
    await door.close()
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_the_first_read_creates_the_database(desk: Desk) -> None:
    """A dashboard that is opened before the agent ever ran shows an empty desk."""
    door = gateway(desk)
    assert (await door.read(lambda views: views.counts(desk.now.date()))).open == 0
    await door.close()
    assert desk.path.exists()


async def test_what_is_not_there_is_a_sentence(desk: Desk) -> None:
    door = gateway(desk)
    with pytest.raises(NotDone) as caught:
        await door.read(lambda views: views.case(CaseKey(7)))
    await door.close()
    assert caught.value.lines[0] == "There is no such thing: the case 7."


async def test_a_text_that_changed_is_a_sentence_and_nothing_is_approved(desk: Desk) -> None:
    draft = desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ACCESS))
    door = gateway(desk)
    with pytest.raises(NotDone, match="Somebody else was faster"):
        await door.act(lambda review: review.approval.approve(draft, "another hash"))
    assert (await door.read(lambda views: views.draft(draft))).approved_by is None
    await door.close()


async def test_a_locked_store_is_a_sentence(desk: Desk) -> None:
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    door = gateway(desk)
    await door.read(lambda views: views.case(case))
    with desk.store() as store, store.transaction(), pytest.raises(NotDone) as caught:
        await door.act(lambda review: review.cases.note(case, "odottaa"))
    await door.close()
    assert isinstance(caught.value.cause, StoreBusy)


async def test_a_foreign_file_is_a_sentence(desk: Desk) -> None:
    with sqlite3.connect(desk.path) as other:
        other.execute("create table recipes (name text)")
    other.close()
    door = gateway(desk)
    with pytest.raises(NotDone) as caught:
        await door.read(lambda views: views.data_version())
    await door.close()
    assert isinstance(caught.value.cause, ForeignDatabase)


async def test_usage_problems_are_sentences(desk: Desk) -> None:
    case = desk.case(40, "Aino Esimerkki", RequestKind.ACCESS)
    door = gateway(desk)
    with pytest.raises(NotDone) as caught:
        await door.act(lambda review: review.letters.propose(case, Letter.EXTENSION))
    await door.close()
    assert isinstance(caught.value.cause, UsageProblem)
    assert "within the first month" in caught.value.lines[0]


async def test_a_mistake_of_ours_is_not_hidden(desk: Desk) -> None:
    """Only what the program raises on purpose becomes a sentence."""
    door = gateway(desk)
    with pytest.raises(ZeroDivisionError):
        await door.read(lambda views: 1 // 0 + views.draft(DraftKey(1)).key)
    await door.close()
