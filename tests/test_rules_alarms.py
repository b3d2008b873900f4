"""Suspicious silence: when signs of life, or their absence, are something a person must hear of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.commands.opening import specimen
from inbox_agent.phrasing.alarms import body, happened, subject, to_do
from inbox_agent.profile import Canary, Customers
from inbox_agent.rules.alarms import (
    AGENT,
    CANARY,
    COPIES,
    OFFERS,
    OUTGOING,
    PHRASES,
    REGISTER,
    Alarm,
    Beats,
    Trouble,
    alarms,
    connection,
    looks,
    oddities,
)
from state.model import Heartbeat

NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)
CUSTOMERS = Customers(kind="csv", path="asiakkaat.csv")
PROFILE = specimen().model_copy(update={"canary": Canary(every_days=7), "customers": CUSTOMERS})
ACCOUNT = PROFILE.account


def beat(component: str, minutes: float, state: str, **detail: str) -> Heartbeat:
    return Heartbeat(component, NOW - timedelta(minutes=minutes), state, detail)


def well(**changes: Heartbeat | None) -> Beats:
    """All is well, but for these: by what they are about."""
    begun = (NOW - timedelta(hours=9)).isoformat()
    usual = {
        "agent": beat(AGENT, 0, "alive", since=begun),
        "wire": beat(connection(ACCOUNT), 1, "connected"),
        "looks": beat(looks(ACCOUNT), 9, "done"),
        "odd": beat(oddities(ACCOUNT), 9, "none"),
        "out": beat(OUTGOING, 60, "sent"),
    }
    return {each.component: each for each in {**usual, **changes}.values() if each is not None}


def troubles(beats: Beats) -> list[Trouble]:
    return [alarm.trouble for alarm in alarms(beats, PROFILE, NOW)]


def test_where_all_is_well_there_is_no_alarm() -> None:
    assert troubles(well()) == []


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"agent": None}, Trouble.NEVER_STARTED),
        ({"agent": beat(AGENT, 1, "stopped")}, Trouble.STOPPED),
        ({"agent": beat(AGENT, 1, "alive")}, Trouble.AGENT_SILENT),
        ({"agent": beat(AGENT, 27 * 60, "pass")}, Trouble.AGENT_SILENT),
        ({"wire": beat(connection(ACCOUNT), 0, "login_refused", why="NO")}, Trouble.LOGIN_REFUSED),
        ({"wire": beat(connection(ACCOUNT), 0, "grant_expired", why="invalid_grant")}, Trouble.GRANT_EXPIRED),
        ({"wire": beat(connection(ACCOUNT), 0, "store_fails", why="full")}, Trouble.STORE_FAILS),
        ({"looks": beat(looks(ACCOUNT), 31, "done")}, Trouble.NO_SYNC),
        ({"looks": None}, Trouble.NO_SYNC),
        ({"odd": beat(oddities(ACCOUNT), 1, "odd", emptied="40")}, Trouble.EMPTIED),
        ({"odd": beat(oddities(ACCOUNT), 1, "odd", folder_missing="1")}, Trouble.FOLDER_MISSING),
        ({"odd": beat(oddities(ACCOUNT), 1, "odd", deaf="")}, Trouble.DEAF),
        ({"odd": beat(oddities(ACCOUNT), 1, "odd", clock_behind="2026-11-20")}, Trouble.CLOCK_BEHIND),
        ({"odd": beat(oddities(ACCOUNT), 1, "odd", not_moved="full")}, Trouble.NOT_MOVED),
        ({"copies": beat(COPIES, 5, "failing", why="full")}, Trouble.NO_COPY),
        ({"offers": beat(OFFERS, 5, "failing", why="full")}, Trouble.NO_DRAFT),
        ({"phrases": beat(PHRASES, 5, "broken")}, Trouble.PHRASES_BROKEN),
        ({"register": beat(REGISTER, 5, "unreadable", why="unreadable")}, Trouble.REGISTER_UNREADABLE),
        ({"bird": beat(CANARY, 90, "missing")}, Trouble.CANARY_MISSING),
        ({"out": beat(OUTGOING, 0, "login_refused", why="535")}, Trouble.CANNOT_SEND),
        ({"out": beat(OUTGOING, 0, "deferred", since=(NOW - timedelta(hours=1)).isoformat())}, Trouble.CANNOT_SEND),
    ],
)
def test_each_silence_is_told_by_its_name(changes: dict[str, Heartbeat | None], trouble: Trouble) -> None:
    assert troubles(well(**changes)) == [trouble]


def test_a_register_that_the_profile_names_no_more_is_no_trouble() -> None:
    """What was told of it stays in the store, and means nothing."""
    told = well(register=beat(REGISTER, 5, "unreadable"))
    assert alarms(told, PROFILE.model_copy(update={"customers": Customers()}), NOW) == ()


def test_a_quiet_wire_that_is_read_at_intervals_is_no_silence() -> None:
    """Nobody writes for days: the looks still succeed."""
    assert troubles(well(wire=beat(connection(ACCOUNT), 3000, "connected"))) == []


def test_a_connection_that_hangs_is_silence_though_it_looks_connected() -> None:
    """The state says connected, IDLE says nothing, and no look has succeeded."""
    hangs = well(wire=beat(connection(ACCOUNT), 300, "connected"), looks=beat(looks(ACCOUNT), 300, "done"))
    assert troubles(hangs) == [Trouble.NO_SYNC]


def test_an_agent_that_has_just_begun_is_given_its_time() -> None:
    """A machine that was off over the week-end does not alarm when it is switched on."""
    begun = beat(AGENT, 0, "alive", since=(NOW - timedelta(minutes=1)).isoformat())
    assert troubles(well(agent=begun, looks=beat(looks(ACCOUNT), 3000, "done"))) == []


def test_one_letter_that_was_deferred_is_no_alarm() -> None:
    assert troubles(well(out=beat(OUTGOING, 0, "deferred", since=NOW.isoformat()))) == []


def test_what_a_dead_process_left_behind_is_not_repeated() -> None:
    """Its last connection may have been refused: what counts is that it is dead."""
    dead = well(agent=beat(AGENT, 9, "alive"), wire=beat(connection(ACCOUNT), 9, "login_refused"))
    assert troubles(dead) == [Trouble.AGENT_SILENT]


def test_each_mailbox_has_its_own_alarms() -> None:
    """One that works hides nothing about the other."""
    other = PROFILE.mailbox.model_copy(update={"user": "rekry@yritys.example"})
    profile = PROFILE.model_copy(update={"more_mailboxes": (other,)})
    beats = {**well(), connection(other.account): beat(connection(other.account), 1, "login_refused", why="NO")}
    [alarm] = alarms(beats, profile, NOW)
    assert (alarm.trouble, alarm.mailbox) == (Trouble.LOGIN_REFUSED, 2)
    assert "2" in body([alarm], profile)


@given(st.sampled_from(Trouble), st.text(max_size=30), st.integers(0, 1))
def test_an_alarm_mail_holds_no_server_words_and_no_user(trouble: Trouble, fact: str, mailbox: int) -> None:
    """What a server says may hold a name; a mail may be read over a shoulder."""
    alarm = Alarm(trouble, NOW, mailbox, f"secret{fact}")
    text = subject([alarm]) + body([alarm], PROFILE)
    assert "secret" not in text
    assert PROFILE.mailbox.user not in text


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_is_worded_with_what_to_do(trouble: Trouble) -> None:
    assert happened(Alarm(trouble, NOW))
    assert to_do(Alarm(trouble, NOW))
