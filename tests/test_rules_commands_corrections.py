"""What a person puts right in the saying: only what was said last is meant, and nothing else is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2026, 3, 11, 9, 40, tzinfo=ZoneInfo("Europe/Helsinki"))


def args(text: str) -> dict[str, Any]:
    (one,) = understand(text, NOW)
    return dict(one.args)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("muistuta perjantaina kello 9, eiku vasta maanantaina kello 9", "2026-03-16T09:00"),
        ("muistuta torstaina kello 8, eiku kello 10", "2026-03-12T10:00"),
        ("muistuta huhtikuun 15. päivä, eiku 14. päivä", "2026-04-14"),
        ("påminn mig på fredag klockan 9, nej på måndag klockan 9", "2026-03-16T09:00"),
        ("påminn mig klockan två, nej tre", "2026-03-11T15:00"),
        ("remind me on Friday, scrap that, on Monday at half past 8", "2026-03-16T08:30"),
    ],
)
def test_of_two_times_the_one_said_last_is_meant(text: str, when: str) -> None:
    assert args(text)["when"] == when


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("siirrä Ristolle, eiku Leilalle", "Leila"),
        ("ge det åt Håkan, nej åt Siv", "Siv"),
        ("uudet pyynnöt menee Ristolle, eiku mulle", "me"),
    ],
)
def test_of_two_receivers_the_one_said_last_has_the_case(text: str, to: str) -> None:
    assert args(text)["to"] == to


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("pidennä kuukaudella, eiku kahdella, järjestelmiä on viisi", "months", 2),
        ("förläng med en månad, nej två, fem system", "months", 2),
        ("kaksikymppiä toisesta kopiosta, eiku kolmekymppiä", "amount", 30),
        ("15 euros for a further copy, make it 20", "amount", 20),
        ("yhdistä 21 ja 24, eiku 21 ja 25", "cases", ["21", "25"]),
        ("fråga efter kundnumret, nej postnumret räcker", "facts", ["postcode"]),
    ],
)
def test_of_two_figures_or_facts_the_one_said_last_counts(text: str, name: str, value: object) -> None:
    assert args(text)[name] == value


def test_a_right_put_right_leaves_the_first_one_unanswered() -> None:
    """No refusal of the right that was named by mistake."""
    outcomes = args("poistosta kieltäydytään, eiku siis oikaisusta, tieto on oikein")["outcomes"]
    assert [(one["right"], one["outcome"]) for one in outcomes] == [("rectification", "refused")]


def test_a_sentence_taken_back_orders_nothing() -> None:
    """Of an order and another in its place, only the second is heard."""
    said = understand("soita takaisin laskun numeroon. Eiku kysytäänkin asiakasnumero.", NOW)
    assert [(one.intent, one.args["facts"]) for one in said] == [(Intent.ASK_IDENTITY, ["customer_number"])]
    assert "method" not in said[0].args


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("myönnä poisto ja muistuta maanantaina", {Intent.SET_OUTCOME, Intent.REMIND_ME}),
        ("hylätään oikaisu, tieto on oikein. Nej tack sa kunden.", {Intent.SET_OUTCOME}),
    ],
)
def test_what_is_not_put_right_stays(text: str, intents: set[Intent]) -> None:
    """Without a word that takes back, or with nothing of one kind behind it, both are meant."""
    assert {one.intent for one in understand(text, NOW)} >= intents


def test_what_is_added_takes_nothing_back() -> None:
    """Another place behind "eiku vielä" goes on a list."""
    outcomes = args("ei ole tietoja, katsoin tarjoukset ja puhelimen, eiku vielä sähköpostin")["outcomes"]
    assert "puhelin" in str(outcomes[0]["searched"])


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("muistuta tunnin päästä", "2026-03-11T10:40"),
        ("muistuta puolen tunnin päästä", "2026-03-11T10:10"),
        ("remind me in two hours", "2026-03-11T11:40"),
        ("påminn mig om en timme", "2026-03-11T10:40"),
        ("muistuta vartin kuluttua", "2026-03-11T09:55"),
        ("muistuta illalla kuudelta", "2026-03-11T18:00"),
        ("muistuta aamukuudelta", "2026-03-12T06:00"),
    ],
)
def test_a_time_without_a_day_is_the_next_one(text: str, when: str) -> None:
    """Hours are counted from now; an hour that is over today is tomorrow's."""
    assert args(text)["when"] == when
