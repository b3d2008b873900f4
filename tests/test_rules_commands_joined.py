"""What one command tells in several clauses stays together, and what a clause only adds makes no deed of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2027, 4, 14, 10, tzinfo=ZoneInfo("Europe/Helsinki"))


def said(text: str, place: Place = Place.CASE) -> tuple[Said, ...]:
    return understand(text, NOW, place)


def outcome(text: str) -> dict[str, Any]:
    (told,) = said(text)[0].args["outcomes"]
    return dict(told)


@pytest.mark.parametrize(
    "text",
    [
        "ei poisteta, vuokra on vielä maksamatta, muistuta perjantaina",
        "no erasure, the rent is unpaid, remind me on Friday",
        "radera inte, hyran är obetald, påminn mig på fredag",
    ],
)
def test_what_only_tells_why_goes_with_its_refusal(text: str) -> None:
    """Though another order follows at once: without it the refusal would ask for a ground that was said."""
    refused, reminder = said(text)

    assert refused.args["outcomes"][0]["ground"] == "open_invoice"
    assert (reminder.intent, reminder.args["when"]) == (Intent.REMIND_ME, "2027-04-16")


def test_the_last_of_a_list_of_places_goes_with_its_list() -> None:
    """A new sentence behind it is the next command."""
    nothing, handed = said("Tietoja ei ole, katsottiin kaupat, koeajot ja huolto. Anna asia Villelle.")

    assert nothing.args["outcomes"][0]["searched"] == "kaupat, koeajot, huolto"
    assert dict(handed.args) == {"to": "Ville"}


def test_a_clause_that_orders_nothing_is_no_command() -> None:
    """Why the letter is to be English is no second change of it."""
    (one,) = said("vastaanottaja on ulkomaalainen, käännä englanniksi", Place.DRAFT)

    assert dict(one.args) == {"change": "lang", "value": "en"}


@pytest.mark.parametrize(
    "text", ["csv siirretty uudelle palvelulle, ei muuta", "csv moved to the new provider, nothing else"]
)
def test_that_this_was_all_denies_nothing(text: str) -> None:
    """The file was moved: nothing is to be exported."""
    assert outcome(text) == {"right": "portability", "outcome": "granted"}


@pytest.mark.parametrize("text", ["profilointi lopetettu", "we no longer profile him", "profileringen avslutad"])
def test_profiling_that_has_ended_grants_the_objection(text: str) -> None:
    """No automated decision was asked to be looked at again."""
    assert outcome(text) == {"right": "objection", "outcome": "granted"}


@pytest.mark.parametrize("text", ["älä kerro naapurille mitään", "säg inget till grannen"])
def test_what_is_not_to_be_told_discloses_nothing(text: str) -> None:
    """Whoever forbids it is not taught why it is forbidden."""
    (one,) = said(text)

    assert one.intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hand over the payslips but not the manager's notes about others", "the manager's notes about others"),
        ("annetaan palkkakuitit, muistiinpanot toisista pois", "muistiinpanot toisista"),
    ],
)
def test_what_is_given_is_never_told_as_withheld(text: str, kept: str) -> None:
    """Behind a "but not", and before what is left out, stands what stays with us."""
    assert outcome(text)["kept"] == kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vaihda 14 päivää 30 päiväksi", "14 päivää -> 30 päivää"),
        ("change Monday to Wednesday in the second sentence", "Monday -> Wednesday"),
        ("vaihda maanantai tiistaiksi toisessa lauseessa", "maanantai -> tiistai"),
    ],
)
def test_a_number_or_a_day_of_the_letter_is_exchanged(text: str, value: str) -> None:
    """It moves no date of the case, and where it stands is no part of it."""
    (one,) = said(text, Place.DRAFT)

    assert (one.intent, one.args["value"], one.left_out) == (Intent.EDIT_DRAFT, value, "")


def test_why_more_time_is_needed_goes_with_the_extension() -> None:
    """Though another order follows."""
    extended, reminder = said("jatka kuukaudella, aineisto on laaja, ja muistuta perjantaina")

    assert (extended.args["months"], extended.args["reason"]) == (1, "complexity")
    assert reminder.intent is Intent.REMIND_ME


def test_the_rest_that_is_erased_is_no_part() -> None:
    """Neither what stays is told nor why."""
    (one,) = said("tiedot annettu ja loput poistettu")

    assert [it["outcome"] for it in one.args["outcomes"]] == ["granted", "granted"]
