"""What a refused erasure keeps, and until when: what its ground carries, and what it does not (GDPR 17(3))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from replies import filters
from replies.album import part, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import NOBODY, Around
from replies.linter import lint
from replies.wording import Severity
from state.model import Outcome, RequestKind

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCOUNTING = "erasure refused accounting_law"


def found(language: str, title: str, around: Around = NOBODY, **facts: str) -> set[str]:
    """The codes of what is wrong with an answer of the album whose only part has these facts."""
    context = ALBUM[language, title].context
    [one] = context.parts
    context = replace(context, parts=(replace(one, facts={**one.facts, **facts}),))
    text = compose(context)
    return {finding.code for finding in lint(text.body, text.subject, context, around)}


BEYOND = [
    ("fi", "kaikki"),
    ("fi", "asiakaskortti, ajanvaraukset ja laskut"),
    ("fi", "muistiinpanot työnohjauksesta"),
    ("fi", "laskut, joissa on nimenne, ja asiakaskortti"),
    ("fi", "laskut ja valokuvat"),
    ("sv", "allt"),
    ("sv", "kundkortet, bokningarna och fakturorna"),
    ("sv", "anteckningar från handledningen"),
    ("en", "everything"),
    ("en", "the customer card, the bookings and the invoices"),
    ("en", "notes of the coaching"),
]


@pytest.mark.parametrize(("language", "kept"), BEYOND)
def test_the_accounting_act_keeps_no_customer_card(language: str, kept: str) -> None:
    """It keeps vouchers and books (2:10), not the card, nor bookings, nor notes."""
    assert found(language, ACCOUNTING, kept=kept) == {"kept_beyond_accounting"}


MATERIAL = [
    ("fi", "kaikki laskut ja kuitit"),
    ("fi", "laskut 2024 ja 2025"),
    ("fi", "laskut tammikuulta 2024 ja maaliskuulta 2025 sekä niiden liitteet"),
    ("fi", "laskut, joissa on nimenne ja osoitteenne"),
    ("fi", "kaksi laskua (nimi, osoite, summa) ja niihin liittyvä kirjeenvaihto"),
    ("fi", "pääkirja ja tilinpäätös"),
    ("fi", "tilausvahvistus, lähete ja maksukuitti"),
    ("sv", "alla fakturor och kvitton för 2024 och 2025"),
    ("sv", "fakturorna, där ditt namn och din adress finns"),
    ("en", "all invoices and receipts of 2024 and 2025"),
    ("en", "the invoices, on which your name and address are"),
    ("en", "two credit notes and the ledger"),
]


@pytest.mark.parametrize(("language", "kept"), MATERIAL)
def test_what_the_accounting_act_keeps_may_be_named(language: str, kept: str) -> None:
    assert found(language, ACCOUNTING, kept=kept) == set()


@pytest.mark.parametrize(
    ("language", "explained", "wrong"),
    [
        ("fi", "kirjanpitolaki", True),
        ("fi", "asiakastiedot säilytetään kirjanpitolain mukaisesti 6 vuotta", True),
        ("fi", "kirjanpitolain 2 luvun 10 § velvoittaa säilyttämään tositteet", True),
        ("fi", "ostitte valmennuksen keväällä, ja lasku on kirjanpidossamme", False),
        ("fi", "tositteet kuuluvat vuoden 2025 kirjanpitoon", False),
        ("sv", "enligt bokföringslagen ska uppgifterna bevaras i 6 år", True),
        ("sv", "fakturan för kursen hör till bokföringen", False),
        ("en", "the Accounting Act requires us to keep the data for six years", True),
        ("en", "the invoice for the course belongs to our accounts", False),
    ],
)
def test_the_reason_of_this_very_case_is_more_than_the_act(language: str, explained: str, wrong: bool) -> None:
    """A refusal tells the facts of the case, not the law again (GDPR 12(4))."""
    assert found(language, ACCOUNTING, explained=explained) == ({"accounting_unexplained"} if wrong else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_accounting_act_is_asked_for_vouchers(language: str) -> None:
    """Another ground may keep a card, where the reason is about the card."""
    kept = {"fi": "asiakaskortti", "sv": "kundkortet", "en": "the customer card"}[language]
    reason = {
        "fi": "vireillä oleva reklamaatio koskee asiakaskortin merkintöjä",
        "sv": "den anhängiga reklamationen gäller anteckningarna på kundkortet",
        "en": "the pending complaint is about the entries on the customer card",
    }[language]
    assert found(language, "erasure refused legal_claim", kept=kept, explained=reason) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_that_is_kept_is_held_to_the_act_too(language: str) -> None:
    """Where the rest was erased the letter says no less of what stays."""
    kept = {"fi": "asiakaskortti", "sv": "kundkortet", "en": "the customer card"}[language]
    partly = part(language, RequestKind.ERASURE, Outcome.PARTLY, ground="accounting_law", kept=kept)
    context = replace(ALBUM[language, ACCOUNTING].context, parts=(partly,))
    text = compose(context)
    assert "kept_beyond_accounting" in {one.code for one in lint(text.body, text.subject, context)}


@pytest.mark.parametrize(
    ("language", "event", "wrong"),
    [
        ("fi", "toistaiseksi", True),
        ("fi", "pysyvästi", True),
        ("fi", "toistaiseksi voimassa oleva sopimus on päättynyt", False),
        ("sv", "tills vidare", True),
        ("sv", "vidare", True),
        ("sv", "fakturan har betalats", False),
        ("en", "further notice", True),
        ("en", "indefinitely", True),
        ("en", "the invoice has been paid", False),
    ],
)
def test_keeping_ends_with_an_event(language: str, event: str, wrong: bool) -> None:
    """An end that never comes is none (GDPR 12(4), 5(1)(e))."""
    assert found(language, "erasure refused open_invoice", until_event=event) == (
        {"until_no_event"} if wrong else set()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_financial_year_ends_by_itself(language: str) -> None:
    """Vouchers of 2024 until the end of 2030, those of 2025 a year longer (Accounting Act 2:10)."""
    said = ALBUM[language, ACCOUNTING].text.body
    days = [filters.day(date(year, 12, 31), language) for year in (2030, 2031)]
    assert 0 < said.index(days[0]) < said.index(days[1])


@pytest.mark.parametrize(
    ("language", "kept"),
    [("fi", "laskut 2024 ja 2025"), ("sv", "fakturor 2024 och 2025"), ("en", "invoices of 2024 and 2025")],
)
def test_vouchers_of_several_years_are_not_kept_until_one_day(language: str, kept: str) -> None:
    """Without the oldest one's date the letter would keep all of them as long as the newest."""
    together = {"oldest_on": "", "oldest_until": ""}
    assert found(language, ACCOUNTING, kept=kept, **together) == {"years_kept_together"}
    assert found(language, ACCOUNTING, kept=kept.replace("2024", ""), **together) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["kept_until", "oldest_until"])
def test_nothing_is_kept_until_a_day_that_has_passed(language: str, name: str) -> None:
    """What was to be kept until 2018 is to be erased (GDPR 5(1)(e)); the day itself still counts."""
    today = ALBUM[language, ACCOUNTING].context.today
    assert found(language, ACCOUNTING, **{name: (today - timedelta(days=1)).isoformat()}) == {"keeping_over"}
    assert found(language, ACCOUNTING, **{name: today.isoformat()}) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_backups_are_not_overwritten_in_the_past(language: str) -> None:
    """A letter that says by when they will be says a day to come."""
    today = ALBUM[language, "erasure granted"].context.today
    yesterday = (today - timedelta(days=1)).isoformat()
    assert found(language, "erasure granted", backups_until=yesterday) == {"backups_over"}
    assert found(language, "erasure granted", backups_until=today.isoformat()) == set()


def test_what_is_kept_longer_than_the_profile_says_is_asked_about() -> None:
    """In backups and of the case; and so is a day of doing before the request came (GDPR 5(1)(e), 12(3))."""
    limits = Around(at_most={"backups_until": date(2026, 6, 15), "trace_until": date(2029, 3, 31)})
    table = [
        ("erasure granted", {"backups": "overwritten", "backups_until": "2046-01-01"}, {"keeping_long"}),
        ("erasure granted", {"backups": "overwritten", "backups_until": "2026-06-15"}, set()),
        ("erasure granted", {"trace_until": "2099-01-01"}, {"keeping_long"}),
        ("access no_data", {"trace_until": "2099-01-01"}, {"keeping_long"}),
        ("access no_data", {"trace_until": "2029-03-17"}, set()),
        ("rectification granted", {"done_on": "2019-06-01"}, {"done_before_receipt"}),
        ("rectification granted", {"done_on": "2026-03-05"}, set()),
    ]
    for title, facts, codes in table:
        one = next(found for found in specimens("fi", "te") if found.title == title)
        [told] = one.context.parts
        context = replace(one.context, parts=(replace(told, facts={**told.facts, **facts}),))
        text = compose(context)
        found = lint(text.body, text.subject, context, limits)
        assert {each.code for each in found} == codes, facts
        assert all(each.severity is Severity.WARNING for each in found)
