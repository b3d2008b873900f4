"""Outcomes: several rights in one line, what a deed waits for, where was looked, and what stays open meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.base_forms import base_form, to_do
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def heard(text: str) -> tuple[Said, ...]:
    return understand(text, NOW)


def outcomes(text: str) -> list[dict[str, Any]]:
    return [it for one in heard(text) for it in one.args.get("outcomes", ())]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "Insyn och portabilitet bifalles, radering avslås med stöd av bokföringslagen.",
            [("access", "granted"), ("portability", "granted"), ("erasure", "refused")],
        ),
        (
            "Poistoa ei tehdä, oikaisu tehdään. Poiston esteenä voimassa oleva takuusopimus.",
            [("erasure", "refused"), ("rectification", "granted")],
        ),
        ("portability ok, file boat.json", [("portability", "granted")]),
    ],
)
def test_each_right_has_one_answer_and_its_own(text: str, answers: list[tuple[str, str]]) -> None:
    """A ground told behind two answers makes no third, and a refusal does not reach the rights that are granted."""
    assert [(one.get("right"), one["outcome"]) for one in outcomes(text)] == answers


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Poisto suoritetaan, kun loppulasku on maksettu.", "loppulasku on maksettu"),
        ("Once the boat has been sold we'll erase him.", "the boat has been sold"),
        ("Poistetaan takuuajan päätyttyä 30.9.", "2026-09-30"),
    ],
)
def test_what_is_granted_for_later_waits_for_its_moment(text: str, moment: str) -> None:
    """The moment is told in the words said, or by its day."""
    assert [one.get("after") for one in outcomes(text)] == [moment]


@pytest.mark.parametrize("text", ["poistetaan vasta kun olen lukenut kirjeen", "poista kun oon kysynyt Jarilta"])
def test_what_waits_for_who_speaks_is_held(text: str) -> None:
    """Nothing leaves before the person has done what she reserves."""
    assert all(one.args.get("hold") for one in heard(text) if one.intent is Intent.SET_OUTCOME)


@pytest.mark.parametrize(
    "text",
    ["Merkitse rajoittaminen hyväksytyksi, jätä asia kuitenkin auki.", "osoitteen oikaisu ok, mitään ei suljeta"],
)
def test_a_case_that_stays_open_is_held(text: str) -> None:
    """That nothing is closed yet goes with the deed."""
    assert [one.args.get("hold") for one in heard(text)] == [True]


@pytest.mark.parametrize("text", ["hyväksy poisto, laskutus on auki", "annetaan tiedot"])
def test_what_is_open_is_not_always_the_case(text: str) -> None:
    """An open invoice holds nothing back."""
    assert not any(one.args.get("hold") for one in heard(text))


@pytest.mark.parametrize(
    "text",
    [
        *("älä hyväksy markkinointikieltoa", "don't grant the marketing objection"),
        *("no more texts, but the marketing objection is not accepted", "en hyväksy vastustusta, mainokset jatkuu"),
    ],
)
def test_a_ban_on_marketing_that_is_not_granted_is_not_heard_as_granted(text: str) -> None:
    """Only the "no" that ends the advertising belongs to the deed."""
    assert "granted" not in {one["outcome"] for one in outcomes(text)}


@pytest.mark.parametrize(
    ("said", "called"),
    [
        *(("rekisterin", "rekisteri"), ("puhelin", "puhelin"), ("uutiskirjelista", "uutiskirjelista")),
        *(("kelakyydistä", "kelakyyti"), ("tiketistä", "tiketti"), ("klinikasta", "klinikka"), ("datasta", "data")),
        *(("tilaushistoria", "tilaushistoria"), ("oikeudesta", "oikeus"), ("arkistoinnista", "arkistointi")),
    ],
)
def test_a_thing_is_named_in_its_base_form(said: str, called: str) -> None:
    """The strong grade comes back when the ending that closed the syllable goes."""
    assert base_form(said) == called


@pytest.mark.parametrize(
    ("said", "called"),
    [("soittamaan", "soittaa"), ("vastaamaan", "vastata"), ("tekemään", "tehdä"), ("kirje", "kirje")],
)
def test_a_deed_is_named_by_its_infinitive(said: str, called: str) -> None:
    """As one is reminded of it."""
    assert to_do(said) == called


@pytest.mark.parametrize(
    ("said", "value"), [("thirty-five", 35), ("trettiofem", 35), ("fjorton", 14), ("sixty", 60), ("six", 6)]
)
def test_tens_and_units_are_one_number(said: str, value: int) -> None:
    """A fee of thirty-five euros is not one of thirty."""
    assert number(said) == value


def test_what_stands_behind_a_colon_is_taken_out() -> None:
    """The word that announces it ("lause") is not what is meant."""
    (one,) = heard("poista kirjeestä lause: ei tarvitse tehdä nyt mitään")
    assert one.args == {"change": "remove", "value": "ei tarvitse tehdä nyt mitään"}


def test_places_are_named_without_what_joins_them() -> None:
    """Where was looked is a list of places, whatever stands between them."""
    (one,) = outcomes("Letade i kortregistret å i hittegodsboken, ingenting.")
    assert one.get("searched") == "kortregister, hittegodsbok"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("poisto evätään perusopetuslain nojalla", "perusopetuslaki"),
        ("radering nekad, arkivlagen", "arkivlagen"),
        ("no erasure, Working Hours Act", "Working Hours Act"),
    ],
)
def test_an_act_by_its_name_is_a_ground_that_the_law_knows(text: str, act: str) -> None:
    """Whatever Act it is: the letter cites it, so that its name is not lost (GDPR 17(3)(b))."""
    (one,) = outcomes(text)
    assert (one["outcome"], one["ground"], one["lawful"]) == ("refused", act, True)


@pytest.mark.parametrize(
    "text", ["mainoksia ei lopeteta potilaslain takia", "radera inte, ditt förslag", "ei poisteta jollain tavalla"]
)
def test_no_act_stands_against_a_ban_on_marketing_and_no_other_word_is_one(text: str) -> None:
    assert not any(one.get("lawful") for one in outcomes(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("alkoholilaki vaatii säilyttämään luvat, muut tiedot poistin", "luvat"),
        ("tilausta ei voi poistaa ku lasku maksamatta, muut tiedot poistettiin perjantaina", "tilaus"),
        ("radera inte betygen, skollagen, allt annat borttaget", "betyg"),
    ],
)
def test_what_is_kept_is_neither_the_act_nor_the_verb(text: str, kept: str) -> None:
    (one,) = outcomes(text)
    assert (one["outcome"], one["kept"]) == ("partly", kept)


@pytest.mark.parametrize(
    "text",
    [
        "Kamerakuvassa näkyy naapuri, sitä osaa ei anneta, muut tiedot toimitettiin 4.2.",
        "videolla näkyy toinen asukas, se kohta leikattu pois, loput annettu 4.2.",
        "another tenant is in the footage so that bit stays out, he got the rest on 4 February",
    ],
)
def test_others_in_a_copy_keep_back_their_part_of_it(text: str) -> None:
    """What is left out is no erasure, and no refusal of the whole (GDPR 15(4))."""
    (one,) = outcomes(text)
    assert (one["right"], one["outcome"], one["ground"]) == ("access", "partly", "others_rights")
    assert one["done_on"] == "2026-02-04"


@pytest.mark.parametrize(
    "text", ["suostumus peruttu, kuva otettu pois nettisivuilta eilen", "samtycket återkallat, bilden borttagen igår"]
)
def test_a_picture_taken_away_carries_out_the_withdrawal(text: str) -> None:
    (one,) = outcomes(text)
    assert (one["right"], one["outcome"], one["done_on"]) == ("consent_withdrawal", "granted", "2026-03-10")


def test_data_erased_beside_a_withdrawal_are_an_answer_of_their_own() -> None:
    told = outcomes("suostumuksen peruutus kirjattu ja kaikki tiedot poistettu eilen")
    assert {one["right"] for one in told} == {"consent_withdrawal", "erasure"}


def test_the_same_day_is_the_one_told_before() -> None:
    told = outcomes("rekisteriote annettu 9.3., sukunimi korjattu samana päivänä")
    assert [(one["right"], one["done_on"]) for one in told] == [
        ("access", "2026-03-09"),
        ("rectification", "2026-03-09"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "tilaustiedot annettu 2.2. ja profiili poistettu 3.2., laskut jää kirjanpitolain vuoksi 2033 loppuun",
        "tilaustiedot annettu 2.2. ja profiili poistettu 3.2., laskut pidetään kirjanpitolain takia 2033 loppuun",
    ],
)
def test_what_stays_beside_other_answers_makes_the_erasure_one_in_part(text: str) -> None:
    """Never told as an erasure of everything, nor the ground as a refusal of another right."""
    told = outcomes(text)
    assert [(one["right"], one["outcome"], one["done_on"]) for one in told] == [
        ("access", "granted", "2026-02-02"),
        ("erasure", "partly", "2026-02-03"),
    ]
    assert (told[1]["ground"], told[1]["kept"], told[1]["kept_until"]) == ("accounting_law", "laskut", "2033-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "ostolista annettu ja nimi korjattu, molemmat eilen",
        "köphistoriken lämnades ut och namnet rättades, båda i går",
        "order list handed over and the address corrected, both yesterday",
    ],
)
def test_one_day_told_of_both_is_the_day_of_each(text: str) -> None:
    assert [(one["right"], one["done_on"]) for one in outcomes(text)] == [
        ("access", "2026-03-10"),
        ("rectification", "2026-03-10"),
    ]


def test_one_day_told_of_two_listed_rights_is_the_day_of_each() -> None:
    told = outcomes("poisto ja oikaisu tehty eilen")
    assert [one["done_on"] for one in told] == ["2026-03-10", "2026-03-10"]


def test_a_day_behind_joined_deeds_is_not_that_of_what_is_refused() -> None:
    told = outcomes("arviokirja toimitettu ja puhelinnumero oikaistu eilen, poisto evätty koska lasku on auki")
    assert [(one["right"], one.get("done_on")) for one in told] == [
        ("access", "2026-03-10"),
        ("rectification", "2026-03-10"),
        ("erasure", None),
    ]


def test_a_day_until_which_something_stays_is_no_day_of_a_deed() -> None:
    told = outcomes(
        "kulkuluvat poistettu 9.3., palkkalaskelmat pidetään kirjanpitolain takia 2036 loppuun, osoite korjattu samalla"
    )
    assert {one["right"]: one["done_on"] for one in told} == {"erasure": "2026-03-09", "rectification": "2026-03-09"}


def test_a_right_listed_before_an_answer_is_answered_with_it() -> None:
    told = outcomes("oikaisu ja markkinointikielto hyväksytään")
    assert {(one["right"], one["outcome"]) for one in told} == {
        ("rectification", "granted"),
        ("marketing_objection", "granted"),
    }


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("vastustus läpi, profilointi lopetettu eilen", "objection"),
        ("we upheld the objection and ceased profiling yesterday", "objection"),
        ("portability is refused, since the processing rests on a statutory task and not on consent", "portability"),
        ("siirtotiedosto mukana nimellä koivu.csv, kama annettu", "portability"),
    ],
)
def test_how_or_why_it_was_answered_is_no_second_answer(text: str, right: str) -> None:
    assert [one["right"] for one in outcomes(text)] == [right]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("I'm not removing her, she was rude to my staff", "she was rude to my staff"),
        ("ei poisteta kun se on ihan liian iso homma", "se on ihan liian iso homma"),
    ],
)
def test_a_reason_of_ones_own_goes_on_to_its_end(text: str, ground: str) -> None:
    assert [one["ground"] for one in outcomes(text)] == [ground]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("newsletter stopped for her yesterday", ["email"]),
        ("uutiskirje ja tekstiviestimainokset lopetettu häneltä tänään", ["email", "sms"]),
    ],
)
def test_a_newsletter_is_mail(text: str, channels: list[str]) -> None:
    assert [one["channels"] for one in outcomes(text)] == [channels]


def test_data_handed_over_by_any_name_stay_told_beside_what_is_kept() -> None:
    """The access told first is neither lost nor what is named as kept."""
    told = outcomes("Tilaustiedot annettu, tiedostot poistettu, laskut jää kirjanpitolain vuoksi")
    assert [(one["right"], one["outcome"], one.get("kept")) for one in told] == [
        ("access", "granted", None),
        ("erasure", "partly", "laskut"),
    ]


def test_a_ban_told_in_two_clauses_ends_by_both_ways() -> None:
    """The second clause tells how the ban was carried out: no second answer, and yet another way."""
    (one,) = outcomes("unsubscribed her from the newsletter and stopped the calls too")
    assert one == {"right": "marketing_objection", "outcome": "granted", "channels": ["email", "phone"]}
