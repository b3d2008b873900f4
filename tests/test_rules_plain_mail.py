"""A copy goes as a plain attachment of a mail last of all, and from some controllers never."""

from __future__ import annotations

from datetime import date

import pytest

from inbox_agent.profile import Processing, Sensitivity, Told
from inbox_agent.rules import deadlines, plain_mail
from replies import catalogue
from state.model import CaseKey, Outcome, Request, RequestKey, RequestKind, RequestStatus
from tests.office import PROFILE as PLAIN

BARRED = [
    "nimi, yhteystiedot ja valmennustiedot",
    "laskutus- ja maksutiedot",
    "nimi ja pankkiyhteystiedot",
    "puhelutallenteet ja yhteystiedot",
    "palkkatiedot",
    "luottotiedot ja maksuhäiriöt",
    "namn och betalningsuppgifter",
    "namn och löneuppgifter",
    "inspelningar av samtal",
    "name and payment details",
    "salaries and working hours",
    "call recordings",
]


@pytest.mark.parametrize("categories", BARRED)
def test_recordings_coaching_and_money_go_in_no_plain_mail(categories: str) -> None:
    """In whichever language the profile names them (GDPR 32)."""
    for held in (Processing(categories=categories), Processing(sv=Told(categories=categories))):
        assert plain_mail.barred(PLAIN.model_copy(update={"processing": held}))


BORNE = [
    "nimi, yhteystiedot ja tilaukset",
    "nimi, edustettu organisaatio, yhteystiedot, laskutustiedot ja aikaisemmat tilaukset",
    "nimi, organisaatio, titteli, sähköposti, puhelin, osallistumiset ja palautteet",
    "tallennetut yhteystiedot",
    "käyttäjätili ja uutiskirjetilaus",
    "jäsennumero ja jäsenmaksun laskutusosoite",
    "varaukset ja toimitusosoitteet",
    "namn, kontaktuppgifter och beställningar",
    "namn, organisation, titel, e-post och faktureringsuppgifter",
    "evenemang som personen deltagit i",
    "name, contact details and orders",
    "name, invoicing address and study credits",
]


@pytest.mark.parametrize("categories", BORNE)
def test_ordinary_data_may_go_where_a_person_answers_for_it(categories: str) -> None:
    held = Processing(categories=categories, en=Told(categories=categories))
    assert not plain_mail.barred(PLAIN.model_copy(update={"processing": held}))


@pytest.mark.parametrize(
    ("name", "barred"),
    [
        ("Valmennuskumppani Esimerkki Oy", True),
        ("Esimerkki Coaching Ab", True),
        ("Kuurankukka Oy", False),
        ("Kuopion Pankkikatu Oy", False),
    ],
)
def test_who_coaches_says_so_in_its_name(name: str, barred: bool) -> None:
    controller = PLAIN.controller.model_copy(update={"name": name})
    assert plain_mail.barred(PLAIN.model_copy(update={"controller": controller})) is barred


def test_sensitive_registers_and_named_recordings_bar_it() -> None:
    sensitive = PLAIN.identity.model_copy(update={"sensitivity": Sensitivity.SENSITIVE})
    assert plain_mail.barred(PLAIN.model_copy(update={"identity": sensitive}))
    assert plain_mail.barred(PLAIN.model_copy(update={"processing": Processing(recordings=("kamerakuvat",))}))


NAMED = [
    "12.3.2026 käydyn puhelun tallenne ja muistiinpanot",
    "chat-viestit ja puhelun tallennetta vastaava äänitiedosto",
    "valmentajan muistiinpanot vuodelta 2025",
    "palkkalaskelmat",
    "sopimus ja tilinumero",
    "tiliotteet",
    "inspelningen av samtalet den 12 mars",
    "coachens anteckningar",
    "lönebesked och adress",
    "kontonummer",
    "the recording of the call",
    "the coach's notes",
    "pay slips of 2025",
    "bank statements",
]
PLAIN_COPY = [
    "tilaukset ja toimitusosoitteet",
    "tallennetut yhteystiedot",
    "3.2.2026 lähetetyt sähköpostit",
    "kurssivaraukset ja palautteet",
    "beställningar och adresser",
    "meddelandena den 3 februari",
    "orders and delivery addresses",
    "the e-mails of February",
]


def answered(**decision: str) -> Request:
    received = date(2026, 3, 5)
    due = deadlines.compute(received)
    kind, done = RequestKind.ACCESS, RequestStatus.DECIDED
    return Request(RequestKey(1), CaseKey(1), kind, done, received, due, None, Outcome.GRANTED, None, decision)


@pytest.mark.parametrize("fact", ["asked_data", "contents"])
@pytest.mark.parametrize(
    ("said", "barred"), [*((said, True) for said in NAMED), *((said, False) for said in PLAIN_COPY)]
)
def test_what_one_copy_holds_bars_it_too_whatever_the_profile_names(fact: str, said: str, barred: bool) -> None:
    """Recordings, what is said to a coach, and money, in the words of the answer itself (GDPR 32)."""
    assert plain_mail.named_in(answered(**{fact: said})) is barred


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.PORTABILITY])
def test_the_unprotected_way_is_the_last_that_is_offered(kind: RequestKind) -> None:
    """A form proposes the first of them (GDPR 32)."""
    [ways] = [fact.choices for fact in catalogue.facts_needed(kind, Outcome.GRANTED) if fact.name == "delivery"]
    assert ways[-1] == "attached"
    assert ways[0] != "attached"
