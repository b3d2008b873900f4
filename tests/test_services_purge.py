"""Erasing what is kept no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from inbox_agent.profile import Contact, Controller, ControllerProfile, Mailbox, Retention, Smtp
from inbox_agent.rules.alarms import ERASING
from inbox_agent.services.purge import Purging
from state.errors import IllegalTransition, NotFound
from state.model import Act, CaseStatus, Heartbeat, NewRequest, Outcome, Reason
from state.store.store import Store
from tests.state_examples import LATER, by_agent, by_person, case, claimed, closed, mail, opened

PROFILE = ControllerProfile(
    controller=Controller(name="Esimerkki Oy"),
    contact=Contact(name="Maija Virtanen", email="maija@yritys.example"),
    mailbox=Mailbox(host="mail.example"),
    smtp=Smtp(host="mail.example", sender="tietosuoja@yritys.example"),
    retention=Retention(closed_days=10, dismissed_days=3, aside_days=5),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store
        store.journal.verify()


def purge_after(store: Store, days: int) -> int:
    """By a clock that has gone on steadily for long."""
    now = LATER + timedelta(days=days)
    steady = {"since": (now - timedelta(days=30)).isoformat()}
    store.pulse.beat(Heartbeat(ERASING, now - timedelta(hours=1), "looked", steady))
    return Purging(store, PROFILE, lambda: now).purge()


def purges(store: Store, *hours: float) -> list[int]:
    """What is erased in looks so many hours after the case was closed."""
    return [Purging(store, PROFILE, lambda: LATER + timedelta(hours=at)).purge() for at in hours]  # noqa: B023


@pytest.mark.parametrize("years", [1, 30])
def test_a_clock_that_is_set_ahead_erases_nothing_and_once_put_right_neither(store: Store, years: int) -> None:
    """A machine that begins in 2056 and is put right an hour later has not taken anybody's data."""
    case, ahead = closed(store), years * 8766.0
    assert purges(store, 1, ahead, ahead + 1, ahead + 20, 2, 3) == [0] * 6
    assert store.cases.get(case).subject.address


def test_after_a_pause_or_a_start_a_steady_day_comes_before_anything_is_erased(store: Store) -> None:
    """Somebody's holiday, or a weekly look: what is due is erased a day later."""
    closed(store)
    assert purges(store, 1, 500, 512, 523.9, 524) == [0, 0, 0, 0, 1]


def test_an_agent_that_is_started_for_a_pass_a_day_erases_too(store: Store) -> None:
    """Each pass is a look."""
    closed(store)
    assert purges(store, *range(0, 241, 24)) == [*[0] * 10, 1]


def test_a_closed_case_is_erased_on_its_day_and_not_before(store: Store) -> None:
    case = closed(store)
    assert purge_after(store, 9) == 0
    assert store.cases.get(case).subject.address
    assert purge_after(store, 10) == 1
    assert store.cases.get(case).status is CaseStatus.PURGED
    assert not store.cases.get(case).subject.address


def test_what_an_answer_told_is_kept_though_the_profile_keeps_longer_by_now(store: Store) -> None:
    case = opened(store)
    [request] = store.cases.get(case).requests
    told = {"trace_until": (LATER + timedelta(days=4)).date().isoformat()}
    store.cases.decide(request.key, Outcome.GRANTED, told, by_person(Act.REQUEST_DECIDED, LATER))
    store.cases.answered(request.key, by_agent(Act.REQUEST_ANSWERED, LATER))
    store.cases.close(case, by_agent(Act.CASE_CLOSED, LATER))
    assert [purge_after(store, days) for days in (3, 4)] == [0, 1]


def test_a_second_pass_finds_nothing_to_erase(store: Store) -> None:
    closed(store)
    assert purge_after(store, 10) == 1
    assert purge_after(store, 11) == 0


def test_a_dismissed_case_goes_sooner(store: Store) -> None:
    case = opened(store, status=CaseStatus.CANDIDATE)
    store.cases.dismiss(case, by_person(Act.CASE_DISMISSED, LATER))
    assert purge_after(store, 2) == 0
    assert purge_after(store, 3) == 1


def test_an_open_case_is_never_erased(store: Store) -> None:
    opened(store)
    assert purge_after(store, 10_000) == 0


def test_a_case_whose_letter_is_still_on_its_way_waits(store: Store) -> None:
    """Dismissed while the server had not answered yet: erased by a later pass, once it is known."""
    case = opened(store, uid=2)
    draft = claimed(store, case)
    other = closed(store)
    store.cases.dismiss(case, by_person(Act.CASE_DISMISSED, LATER))
    assert purge_after(store, 10) == 1
    assert store.cases.get(other).status is CaseStatus.PURGED
    store.drafts.sent(draft, "250 taken", by_agent(Act.DRAFT_SENT, LATER))
    assert purge_after(store, 11) == 1
    assert store.cases.get(case).status is CaseStatus.PURGED


def test_mail_that_became_no_case_goes_when_its_time_is_over(store: Store) -> None:
    """Its text and its writer go, from the day on which it was set aside; it is not taken in again for that."""
    arrival = mail(7)
    key = store.intake.set_aside(arrival, Reason.NOT_A_REQUEST, by_agent(Act.MESSAGE_SET_ASIDE, LATER))
    purge_after(store, 4)
    assert store.mails.raw(key) == arrival.raw.raw
    purge_after(store, 6)

    with pytest.raises(NotFound):
        store.mails.raw(key)
    assert store.mails.get(key).sender.address == ""
    assert store.intake.known(arrival.content_hash) == key
    with pytest.raises(IllegalTransition):
        store.mails.refile(key, case(), by_person(Act.CASE_OPENED, LATER))


def test_what_waits_for_a_person_does_not_go(store: Store) -> None:
    """A quarantined mail may be a request that nobody has read yet."""
    key = store.intake.quarantine(mail(8), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED, LATER))
    purge_after(store, 10_000)
    assert store.mails.raw(key)


def test_a_joined_case_waits_for_the_one_it_goes_on_in_without_a_word(store: Store) -> None:
    """It is neither tried nor logged at each pass; once the other is erased, the next pass erases it."""
    stays, gone = opened(store), opened(store, uid=2)
    rights = [(NewRequest(one.kind, one.received_on, one.due), one.due) for one in store.cases.get(gone).requests]
    store.joining.join(gone, stays, rights, by_person(Act.CASE_JOINED))
    with capture_logs() as logs:
        assert purge_after(store, 30) == 0
    assert logs == []
    store.cases.dismiss(stays, by_person(Act.CASE_DISMISSED, LATER))
    assert [purge_after(store, 30), purge_after(store, 30)] == [1, 1]
    assert store.cases.get(gone).status is CaseStatus.PURGED
