"""What lines of an outcome tell beside it: whole names, whose day is whose, what goes on. Lines are invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from inbox_agent.rules.commands.carried_out import in_case
from inbox_agent.rules.commands.model import Intent
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


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("poistetaan vasta 1.6.", "2027-06-01"),
        ("radera först den 1 juni", "2027-06-01"),
        ("poista tiedot vasta 15.5. jälkeen", "2027-05-15"),
        ("poisto vasta kun tiedot on luovutettu", "access"),
        ("erase once the data has been handed over", "access"),
        ("annetaan tiedot vasta kun tiedetään kuka kysyy", "identity"),
    ],
)
def test_a_deed_that_waits_names_for_what(line: str, after: str) -> None:
    """A day to come is no day on which it was done."""
    (one,) = outcomes(line)
    assert one["after"] == after
    assert "done_on" not in one


@pytest.mark.parametrize(
    ("line", "searched"),
    [
        ("ei loytynyt mitaan, etsin Netvisorista, Gmailista ja mapista 12", "Netvisor, Gmail, mappi 12"),
        ("Emme löytäneet mitään varauskirjasta emmekä sähköpostista.", "varauskirja, sähköposti"),
    ],
)
def test_a_place_is_named_by_its_own_name_and_number(line: str, searched: str) -> None:
    (one,) = outcomes(line)
    assert one["searched"] == searched


def test_a_right_that_is_left_undone_for_nobody_identified_is_named() -> None:
    (one,) = outcomes("Asukas ei ole todistanut henkilöllisyyttään, joten emme anna tietoja.")
    assert (one["right"], one["outcome"]) == ("access", "not_identified")


@pytest.mark.parametrize(
    "line",
    [
        "Hän ei saa enää mainoksia kirjeitse eikä tekstiviestillä.",
        "hon får inte längre reklam per post eller sms",
    ],
)
def test_that_somebody_gets_no_more_advertising_is_the_ban(line: str) -> None:
    (one,) = outcomes(line)
    assert (one["right"], one["outcome"], one["channels"]) == ("marketing_objection", "granted", ["post", "sms"])


def test_an_account_that_is_erased_is_more_than_a_ban_carried_out() -> None:
    told = outcomes("uutiskirje katkaistu 30.4., tili poistettu tänään")
    assert [(one["right"], one["done_on"]) for one in told] == [
        ("marketing_objection", "2026-04-30"),
        ("erasure", "2027-02-16"),
    ]


def test_a_day_told_once_is_that_of_both_where_both_are_said_to_be_done() -> None:
    told = outcomes("osoite korjattu tänään ja tiedot annettu, molemmat siis kunnossa")
    assert [one.get("done_on") for one in told] == ["2027-02-16"] * 2


@pytest.mark.parametrize("line", ["kaikki hänen tietonsa tuhottiin maanantaina", "all her data was erased on Monday"])
def test_the_data_that_a_deed_is_done_to_are_not_left_out(line: str) -> None:
    (said,) = understand(line, TUESDAY)
    assert (said.args["outcomes"][0]["right"], said.left_out) == ("erasure", "")


def test_a_ban_carried_out_answers_the_open_right_and_else_ticks_the_duty() -> None:
    (said,) = understand("markkinointi lopetettu eilen", TUESDAY)
    assert in_case(said, ["marketing_objection"], duty_open=True) == said
    assert in_case(said, ["access"], duty_open=False) == said
    ticked = in_case(said, ["access"], duty_open=True)
    assert (ticked.intent, ticked.args["duty"], ticked.args["on"]) == (
        Intent.RECORD_DUTY,
        "marketing_stopped",
        "2027-02-15",
    )
