"""What lines of an outcome tell beside it: whole names, whose day is whose, what goes on. Lines are invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from inbox_agent.rules.commands.understanding import understand

TUESDAY = datetime.fromisoformat("2027-02-16T11:20:00+02:00")


def outcomes(line: str) -> list[dict[str, Any]]:
    (said,) = understand(line, TUESDAY)
    return list(said.args["outcomes"])


def test_the_end_of_a_contract_is_not_that_of_the_keeping() -> None:
    (one,) = outcomes("turn down the erasure, her subscription contract runs till June")
    assert one["ground"] == "contract_needed"
    assert "kept_until" not in one


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("hän sai kaikki tietonsa, naapurin numero mustattiin", "naapurin numero"),
        ("kopiossa peitettiin kollegan palkka", "kollegan palkka"),
        ("the neighbour's name is blacked out", "the neighbour's name"),
    ],
)
def test_what_is_hidden_for_others_is_named_whole(line: str, kept: str) -> None:
    (one,) = outcomes(line)
    assert (one["outcome"], one["ground"], one["kept"]) == ("partly", "others_rights", kept)


@pytest.mark.parametrize(
    ("line", "searched"),
    [
        ("nothing on file, went through billing, support desk and app logs", "billing, support desk, app logs"),
        ("ee löyvy mistään, syynättiin kassa ja noutolista", "kassa, noutolista"),
    ],
)
def test_each_place_where_was_looked_is_named_whole(line: str, searched: str) -> None:
    (one,) = outcomes(line)
    assert one["searched"] == searched


def test_what_may_go_on_is_no_channel_that_ended() -> None:
    (one,) = outcomes("mainostekstarit loppu häneltä, sähköposti saa jatkua")
    assert one["channels"] == ["sms"]


def test_a_day_behind_joined_deeds_is_that_of_each() -> None:
    assert [one.get("done_on") for one in outcomes("tiedot annettu ja osoite korjattu eilen")] == ["2027-02-15"] * 2


def test_a_day_of_the_first_deed_is_not_that_of_the_next() -> None:
    told = outcomes("korjasin osoitteen tänään ja mainokset on lopetettu tekstareina")
    assert [one.get("done_on") for one in told] == ["2027-02-16", None]


def test_an_act_whose_name_has_a_hyphen_is_the_ground() -> None:
    (one,) = outcomes("Osakasluettelosta ei voi poistaa asunto-osakeyhtiölain vuoksi.")
    assert one["ground"] == "asunto-osakeyhtiölaki"


def test_an_invoice_that_is_open_is_a_ground_by_whatever_name() -> None:
    (one,) = outcomes("poisto hylätään, koska kyytilasku on yhä auki")
    assert one["ground"] == "open_invoice"


def test_what_was_done_on_its_day_waits_for_nothing() -> None:
    (one,) = outcomes("annettiin vasta 3.2., määräaika oli jo mennyt")
    assert (one["done_on"], one["late"]) == ("2027-02-03", True)


def test_a_version_is_no_time() -> None:
    (said,) = understand("muistuta perjantaina versiosta 2.10", TUESDAY)
    assert said.args["when"] == "2027-02-19"


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("muistuta huomenna päivitys klo 9", "09:00"),
        ("muistuta huomenna päivitys 14.30", "14:30"),
        ("muistuta huomenna versio klo 9", "09:00"),
        ("påminn mig i morgon om uppdatering kl 9", "09:00"),
        ("remind me tomorrow about the release at 9", "09:00"),
    ],
)
def test_a_time_behind_an_update_stays_a_time(said: str, time: str) -> None:
    (reminder,) = understand(said, TUESDAY)

    assert str(reminder.args["when"]).partition("T")[2] == time


def test_a_duty_left_undone_is_not_recorded_as_done() -> None:
    (said,) = understand("yhteisrekisterinpitäjälle vielä ilmoittamatta", TUESDAY)
    assert said.args == {"duty": "joint_told", "done": False}


def test_a_duty_to_tell_that_was_not_done_is_not_recorded_as_done() -> None:
    (said,) = understand("alihankkijalle ei vielä kerrottu", TUESDAY)
    assert said.args["done"] is False


def test_what_was_sent_in_english_is_not_late() -> None:
    (one,) = outcomes("sent her the copy yesterday with the other client's name blacked out")
    assert "late" not in one
    assert one["kept"] == "the other client's name"


def test_a_duty_told_as_done_on_a_day_is_done_whatever_fills_the_pause() -> None:
    (said,) = understand("kerro alihankkijalle... no siis se on jo kerrottu eilen", TUESDAY)
    assert said.args == {"duty": "processors_told", "done": True, "on": "2027-02-15"}
