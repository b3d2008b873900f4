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
    ("fi", "tilausvahvistus, lähete ja maksukuitti"),
    ("sv", "alla fakturor och kvitton för 2024 och 2025"),
    ("sv", "fakturorna, där ditt namn och din adress finns"),
    ("en", "all invoices and receipts of 2024 and 2025"),
    ("en", "the invoices, on which your name and address are"),
    ("en", "two credit notes"),
]


@pytest.mark.parametrize(("language", "kept"), MATERIAL)
def test_what_the_accounting_act_keeps_may_be_named(language: str, kept: str) -> None:
    assert found(language, ACCOUNTING, kept=kept) == set()


BOOKS = [("fi", "pääkirja ja tilinpäätös"), ("sv", "huvudboken och bokslutet"), ("en", "the ledger and the journal")]
VOUCHERS = [("fi", "laskut ja kuitit"), ("sv", "fakturor och kvitton"), ("en", "invoices and receipts")]
OF_BOTH = [(language, f"{one}, {other}") for (language, one), (_, other) in zip(BOOKS, VOUCHERS, strict=True)]
OF_NEITHER = [("fi", "kirjanpitoaineisto"), ("sv", "räkenskapsmaterialet"), ("en", "bookkeeping material")]
OF_THE_BOOKS = [
    ("fi", "pääkirjan tositteet"),
    ("fi", "laskut, jotka on viety pääkirjaan"),
    ("fi", "lasku 77 (päiväkirjan rivi 12)"),
    ("sv", "fakturorna, som finns i huvudboken"),
    ("en", "the invoices, which are entered in the ledger"),
]


@pytest.mark.parametrize(
    ("language", "kept", "material", "wrong"),
    [
        *((*row, "books", False) for row in (*BOOKS, *OF_NEITHER)),
        *((*row, "vouchers", False) for row in (*VOUCHERS, *OF_NEITHER, *OF_THE_BOOKS)),
        *((*row, "vouchers", True) for row in BOOKS),
        *((*row, "books", True) for row in VOUCHERS),
        *(
            (language, f"{kept}, {BOOKS[place][1]}", "vouchers", True)
            for place, (language, kept) in enumerate(VOUCHERS)
        ),
        *((*row, material, True) for row in OF_BOTH for material in ("vouchers", "books")),
    ],
)
def test_vouchers_and_books_are_each_kept_for_their_own_time(
    language: str, kept: str, material: str, wrong: bool
) -> None:
    """Six years and ten (Act 2:10): neither is kept, nor promised to be erased, by the other's day."""
    assert ("kept_as_other_material" in found(language, ACCOUNTING, kept=kept, material=material)) is wrong


VOUCHER = {"fi": "laskut", "sv": "fakturorna", "en": "the invoices"}
OVER = [
    ("fi", {"explained": "laskut vuosilta 2012–2025 kuuluvat kirjanpitoon"}),
    ("fi", {"explained": "lasku 77 vuodelta 2017 on kirjanpidossa"}),
    ("fi", {"kept": "lasku 77 vuodelta 2017"}),
    ("fi", {"kept": "laskut 2017 ja 2025"}),
    ("sv", {"explained": "fakturorna för åren 2012–2025 hör till bokföringen"}),
    ("sv", {"explained": "faktura 77 från 2017 hör till bokföringen"}),
    ("sv", {"kept": "faktura 77 från år 2017"}),
    ("en", {"explained": "the invoices of 2012–2025 belong to the accounts"}),
    ("en", {"explained": "invoice 77 of 2017 belongs to the accounts"}),
    ("en", {"kept": "invoice 77 of 2017"}),
]


@pytest.mark.parametrize(("language", "facts"), OVER)
def test_what_is_of_a_year_whose_time_is_over_is_kept_no_longer(language: str, facts: dict[str, str]) -> None:
    """Whatever date the time was counted from: vouchers of 2017 were to be erased after 2023 (GDPR 5(1)(e))."""
    given = {"kept": VOUCHER[language], **facts}
    assert "keeping_over" in found(language, ACCOUNTING, **given)


SINCE_2020 = {"oldest_on": "2020-03-01", "oldest_until": "2026-12-31"}
IN_TIME = [
    ("fi", {"explained": "laskut vuosilta 2021 ja 2025 kuuluvat kirjanpitoon"}),
    ("fi", {"explained": "ostitte koneen 2012, ja takuuhuollon lasku on tilikaudelta 2025"}),
    ("fi", {"explained": "lasku on tilikaudelta 2025; vuosien 2012–2018 laskut on jo poistettu"}),
    ("fi", {"explained": "vuonna 2012 alkaneen asiakkuuden lasku on tilikaudelta 2025"}),
    ("fi", {"explained": "lasku 2017-0031 on tilikaudelta 2025"}),
    ("fi", {"explained": "kirjanpitolaki 1336/1997 koskee laskua 77, jonka maksoitte 2025"}),
    ("fi", {"kept": "lasku 2017-0031"}),
    ("fi", {"kept": "laskut 2020–2025", **SINCE_2020}),
    ("sv", {"explained": "du köpte maskinen 2012, och fakturan för servicen är från 2025"}),
    ("sv", {"explained": "fakturan är från 2025; fakturorna för 2012–2018 har redan raderats"}),
    ("sv", {"kept": "fakturorna för 2020–2025", **SINCE_2020}),
    ("en", {"explained": "you bought the machine in 2012, and the invoice for its repair is of 2025"}),
    ("en", {"explained": "the invoice of the repair is of 2025; those of 2012–2018 have been erased"}),
    ("en", {"kept": "invoices of 2020–2025", **SINCE_2020}),
]


@pytest.mark.parametrize(("language", "facts"), IN_TIME)
def test_other_years_than_those_of_the_vouchers_are_no_fault(language: str, facts: dict[str, str]) -> None:
    reason = {
        "fi": "lasku on kirjanpidossa",
        "sv": "fakturan finns i bokföringen",
        "en": "the invoice is in our accounts",
    }
    given = {"kept": VOUCHER[language], "explained": reason[language], **facts}
    assert found(language, ACCOUNTING, **given) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_is_counted_from_what_is_kept(language: str) -> None:
    """The newest voucher has come, and is of a year that is named, as far as any is; a year that goes on past the
    calendar's may be called by either.
    """
    named = {"kept": f"{VOUCHER[language]} 2024", "explained": VOUCHER[language], "oldest_on": "", "oldest_until": ""}
    table = [
        ({"newest_on": "2024-11-20", "kept_until": "2030-12-31"}, set()),
        ({"newest_on": "2025-11-20"}, {"counted_from_other_years"}),
        ({"newest_on": "2025-03-20", "financial_year_end": "30.6."}, set()),
        ({"newest_on": "2026-03-20", "kept_until": "2032-12-31"}, {"newest_to_come", "counted_from_other_years"}),
    ]
    for facts, codes in table:
        told = found(language, ACCOUNTING, **named, **facts)
        assert told & {"newest_to_come", "counted_from_other_years"} == codes, facts


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
    together = {"oldest_on": "", "oldest_until": "", "explained": VOUCHER[language] + " 2025"}
    assert found(language, ACCOUNTING, kept=kept, **together) == {"years_kept_together"}
    assert found(language, ACCOUNTING, kept=kept.replace("2024", ""), **together) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["kept_until", "oldest_until"])
def test_nothing_is_kept_until_a_day_that_has_passed(language: str, name: str) -> None:
    """What was to be kept until 2018 is to be erased (GDPR 5(1)(e)); the day itself still counts."""
    today = ALBUM[language, ACCOUNTING].context.today
    of_no_year = {"kept": VOUCHER[language], "explained": VOUCHER[language]}
    for day, codes in ((today - timedelta(days=1), {"keeping_over"}), (today, set())):
        assert found(language, ACCOUNTING, **of_no_year, **{name: day.isoformat()}) == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_backups_are_not_overwritten_in_the_past(language: str) -> None:
    """A letter that says by when they will be says a day to come."""
    today = ALBUM[language, "erasure granted"].context.today
    yesterday = (today - timedelta(days=1)).isoformat()
    assert found(language, "erasure granted", backups_until=yesterday) == {"backups_over"}
    assert found(language, "erasure granted", backups_until=today.isoformat()) == set()


def test_what_is_kept_longer_than_the_profile_says_is_asked_about() -> None:
    """In backups and of the case; and so is a day of doing before the request came (GDPR 5(1)(e), 12(3))."""
    limits = Around(at_most=(("backups_until", date(2026, 6, 15)), ("trace_until", date(2029, 3, 31))))
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["access granted", "portability granted"])
def test_a_link_is_open_long_enough_to_be_opened_and_no_longer(language: str, title: str) -> None:
    """Three days at the least and a fortnight at the most (our choice; GDPR 12(2), 32): a remark, not an error."""
    today = ALBUM[language, title].context.today
    for days, wrong in ((0, True), (2, True), (3, False), (7, False), (14, False), (15, True), (400, True)):
        until = (today + timedelta(days=days)).isoformat()
        given = {"delivery": "secure_link", "available_until": until}
        assert found(language, title, **given) == ({"link_days"} if wrong else set()), days
        assert "link_days" not in found(language, title, **{**given, "delivery": "protected_file"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["erasure", "restriction", "objection", "consent_withdrawal", "automated_decision"])
def test_no_right_is_carried_out_before_it_is_exercised(language: str, kind: str) -> None:
    """The day may be mistaken (GDPR 5(1)(a)); the day of the receipt is none of these."""
    assert "done_before_receipt" in found(language, f"{kind} granted", done_on="2026-03-04")
    assert "done_before_receipt" not in found(language, f"{kind} granted", done_on="2026-03-05")


def test_what_stands_around_a_letter_can_be_kept_by_its_value() -> None:
    """A frozen record is hashed as any other."""
    limits = (("backups_until", date(2026, 6, 15)),)
    assert len({Around(), Around(at_most=limits), Around(at_most=limits)}) == 2
