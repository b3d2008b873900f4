"""What is asked, promised, wanted by somebody else, or left open is no deed, in whatever language it is told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2027, 12, 14, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


def proposed(text: str) -> list[Intent]:
    return [one.intent for one in understand(text, NOW) if one.must_confirm]


@pytest.mark.parametrize(
    "text",
    [
        "has the data been erased already",
        "har uppgifterna raderats",
        "fick hon sina uppgifter",
        "kuka poisti tiedot",
        "milloin tiedot poistettiin",
        "who deleted the data",
        "when was it erased",
        "när raderades det",
    ],
)
def test_a_question_about_a_deed_is_not_the_deed(text: str) -> None:
    """Who asks whether it was done does not say that it was."""
    assert proposed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "hän sanoi että tiedot on poistettu",
        "he said he'd delete it himself",
        "the customer wants it sent today",
        "hon skrev att hon har betalat",
    ],
)
def test_what_somebody_else_says_or_wants_is_not_said_by_the_speaker(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "luvattiin poistaa ensi viikolla",
        "kerroin hänelle että tiedot poistetaan joulukuussa",
        "we promised to delete it next week",
        "vi lovade radera nästa vecka",
    ],
)
def test_what_was_promised_is_not_done(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "let's see tomorrow whether we erase it",
        "Liisa varmaan hoitaa tämän",
        "Liisa probably handles this",
        "Lisa sköter nog det här",
    ],
)
def test_a_doubt_beside_the_deed_leaves_it_open(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    "text",
    ["nothing has been sent yet", "tietoja ei ole vielä annettu", "not identified yet", "ei tunnistettu vielä"],
)
def test_what_was_not_done_so_far_is_no_outcome(text: str) -> None:
    """Neither that nothing was found, nor that nobody could be identified."""
    assert proposed(text) == []


def test_who_forbids_giving_before_it_is_known_who_asks_skips_nothing() -> None:
    assert proposed("älä anna tietoja ennen kuin tiedetään kuka se on") == []


@pytest.mark.parametrize(
    "text",
    [
        "hän haluaa tietonsa, myönnetään",
        "she wants her data, grant it",
        "he wants a copy, data attached, grant the access",
    ],
)
def test_what_they_want_may_be_granted_in_the_same_line(text: str) -> None:
    """A later clause is the speaker's own."""
    assert proposed(text) == [Intent.SET_OUTCOME]


@pytest.mark.parametrize(
    "text",
    [
        "siirtyikö tämä jo Liisalle",
        "did Liisa take this",
        "har reklamen stoppats",
        "frågade vi efter kundnumret",
        "Liisa kysyi tästä eilen",
        "Liisa on lomalla",
        "asiakas maksoi 20 euroa",
        "the customer paid 20 euros",
        "hän ei suostu maksamaan",
        "he gave his customer number",
    ],
)
def test_what_is_only_told_of_somebody_orders_nothing(text: str) -> None:
    """Nothing is handed over, charged, extended or refused by it."""
    assert proposed(text) == []
