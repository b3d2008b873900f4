"""Days said by their ordinal are the days meant, in each language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2026, 3, 11, 9, 40, tzinfo=ZoneInfo("Europe/Helsinki"))


def when(text: str) -> object:
    (one,) = understand(text, NOW)
    return one.args.get("when")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("muistuta toukokuun viidentenätoista", "2026-05-15"),
        ("muistuta kymmenes neljättä", "2026-04-10"),
        ("muistuta viidestoista päivä", "2026-03-15"),
        ("muistuta kahdeskymmenes viides toukokuuta", "2026-05-25"),
        ("muistuta ensimmäinen päivä toukokuuta", "2026-05-01"),
        ("påminn mig den tredje maj", "2026-05-03"),
        ("påminn mig den femtonde", "2026-03-15"),
        ("remind me on the 3rd of May", "2026-05-03"),
        ("remind me on the twenty-first of June", "2026-06-21"),
        ("remind me on the fifteenth", "2026-03-15"),
    ],
)
def test_a_day_said_by_its_ordinal_is_that_day(text: str, day: str) -> None:
    """With its month, by the number of the month, or of the nearest month."""
    assert when(text) == day


@pytest.mark.parametrize("text", ["muistuta joka toinen päivä", "another extension on top of the first, please"])
def test_an_ordinal_of_something_else_is_no_day(text: str) -> None:
    (one,) = understand(text, NOW)
    assert not {"when", "until"} & one.args.keys()


def test_noon_is_a_time() -> None:
    assert when("muistuta torstaina puolelta päivin") == "2026-03-12T12:00"
