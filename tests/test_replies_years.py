"""The years of what the Accounting Act keeps, however they are told, against the days its ends are counted from."""

from __future__ import annotations

import pytest

from replies import years
from tests.said import each
from tests.test_replies_keeping import ACCOUNTING, found

NEWEST = {"newest_on": "2025-11-20", "kept_until": "2031-12-31", "financial_year_end": "31.12."}
NO_OLDEST = {"oldest_on": "", "oldest_until": ""}
REASON = {"fi": "ostitte meiltä valmennuksen", "sv": "du köpte träning av oss", "en": "you bought coaching from us"}

OF_SEVERAL = {
    "fi": each("""
        kaikki laskut asiakkuuden alusta | laskut asiakkuuden alusta lähtien | laskut tilikausilta 12–25 | laskut
        vuodesta 2021 alkaen | kaikki laskunne | laskut koko asiakkuutenne ajalta | laskut 1/2022 ja 12/2025 |
        laskut vuosilta 22–25 | laskut useilta vuosilta | kuitit ensimmäisestä tilauksestanne asti | kaikki meillä
        olevat tositteet | laskut 2021–25 | laskut vuosien varrelta | laskut edellisiltä vuosilta ja 2025 | laskut
        asiakassuhteen alkuajoista | laskut jäsenyytenne ajalta | laskut vuodesta 2021 | laskut 2021→ | laskut
        vuosilta 2021, 2023 ja 2025 | laskut huhtikuusta 2021 tähän päivään | laskut viideltä vuodelta | laskut
        viime vuosilta | kaikki kuitit ja laskut, joissa on nimenne | laskut ennen vuotta 2025 | laskut vuoteen 2025
        asti
    """),
    "sv": each("""
        fakturor från kundrelationens början | alla fakturor | fakturor sedan 2021 | fakturor från åren 22–25 |
        fakturorna 1/2022 och 12/2025 | fakturor från hela kundförhållandet | fakturor från flera räkenskapsår |
        alla dina fakturor | fakturor 2021–25 | kvitton från första beställningen | fakturor från fem år | fakturor
        från år 2021 framåt | fakturor före 2025 | samtliga fakturor | fakturor under kundförhållandet | fakturor
        till och med 2025
    """),
    "en": each("""
        all invoices from the beginning of the customer relationship | all the invoices | invoices since 2021 |
        invoices of years 22–25 | invoices 1/2022 and 12/2025 | invoices of several financial years | all your
        receipts | invoices of 2021–25 | receipts from your first order onwards | invoices over the years | invoices
        of five years | invoices from 2021 on | every invoice | invoices before 2025 | invoices up to 2025 |
        invoices during the customer relationship
    """),
}
OF_ONE = {
    "fi": each("""
        laskut vuodelta 2025 | kaikki laskut vuodelta 2025 | lasku 12/2025 | laskut 3/2025 ja 11/2025 | lasku 301 |
        laskut tilikaudelta 25 | laskut vuoden 2025 alusta | laskut tammikuusta 2025 alkaen | lasku 2013-14 | lasku
        kurssin alusta 2025 | laskut 301–325 vuodelta 2025 | lasku 1001 ja hyvityslasku 1002 vuodelta 2025 | laskut,
        jotka maksoitte syksyllä 2025 | vuoden 2025 laskut ja kuitit | lasku päivältä 12.11.2025 | tilikauden 2025
        tositteet | viimeisin laskunne | lasku lokakuulta 2025 | laskut 5.1.2025–20.11.2025
    """),
    "sv": each("""
        fakturorna för 2025 | alla fakturor för 2025 | faktura 12/2025 | fakturorna 3/2025 och 11/2025 | faktura 301
        | fakturorna för räkenskapsåret 25 | fakturorna sedan januari 2025 | fakturorna 301–325 från år 2025 |
        fakturan av den 12.11.2025 | räkenskapsårets 2025 verifikationer | den senaste fakturan | fakturorna från
        hösten 2025
    """),
    "en": each("""
        the invoices of 2025 | all invoices of 2025 | invoice 12/2025 | the invoices 3/2025 and 11/2025 | invoice
        301 | the invoices of financial year 25 | the invoices since January 2025 | invoices 301–325 of 2025 | the
        invoice of 12 November 2025 | the vouchers of the financial year 2025 | the latest invoice | the invoices of
        autumn 2025
    """),
}
OVER = {
    "fi": each(
        "laskut 12/2013 | lasku 3/2017 | laskut tilikausilta 12–25 | laskut vuosilta 2012–25 | laskut vuodelta 17"
    ),
    "sv": each(
        "fakturorna 12/2013 | faktura 3/2017 | fakturor från åren 12–25 | fakturor 2012–25 | fakturor från år 17"
    ),
    "en": each(
        "invoices 12/2013 | invoice 3/2017 | invoices of years 12–25 | invoices of 2012–25 | invoices of year 17"
    ),
}
IN_OTHER_YEARS = (
    ("fi", "laskut 301 ja 302 vuodelta 2025", "2022-01-10"),
    ("fi", "laskut vuosilta 2024–2025", "2022-01-10"),
    ("fi", "laskut vuosilta 2022–2025", "2024-02-10"),
    ("fi", "laskut tilikausilta 22–25", "2021-02-10"),
    ("fi", "laskut vuosilta 2024–2026", "2024-02-10"),
    ("sv", "fakturorna för 2025", "2022-01-10"),
    ("sv", "fakturorna för 2022–2025", "2024-02-10"),
    ("sv", "fakturor från åren 24–25", "2023-02-10"),
    ("en", "the invoices of 2025", "2022-01-10"),
    ("en", "the invoices of 2022–2025", "2024-02-10"),
    ("en", "invoices 3/2024 and 11/2025", "2023-02-10"),
)
IN_THEIR_YEARS = (
    ("fi", "laskut vuosilta 2022–2025", "2022-01-10"),
    ("fi", "laskut tilikausilta 22–25", "2022-12-30"),
    ("fi", "kaikki laskut asiakkuuden alusta", "2021-05-02"),
    ("fi", "laskut vuodesta 2021 alkaen", "2021-05-02"),
    ("fi", "laskut 301–325", "2021-05-02"),
    ("fi", "laskut 3/2024 ja 11/2025", "2024-03-02"),
    ("sv", "fakturorna för 2022–2025", "2022-01-10"),
    ("sv", "fakturor sedan 2021", "2021-05-02"),
    ("sv", "alla fakturor", "2021-05-02"),
    ("en", "the invoices of 2022–2025", "2022-01-10"),
    ("en", "invoices since 2021", "2021-05-02"),
    ("en", "all invoices from the beginning of the customer relationship", "2021-05-02"),
)
LEDGERS = (
    ("fi", "laskut ja reskontra"),
    ("fi", "myyntireskontra"),
    ("fi", "ostoreskontrat vuodelta 2025"),
    ("sv", "fakturorna och kundreskontran"),
    ("sv", "leverantörsreskontra"),
    ("en", "the invoices and the sales ledger"),
    ("en", "the accounts receivable ledger"),
)


def _cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, listed in table.items() for said in listed]


def codes(language: str, kept: str, **given: str) -> set[str]:
    return found(language, ACCOUNTING, **{"explained": REASON[language], **NEWEST, **NO_OLDEST, **given}, kept=kept)


@pytest.mark.parametrize(("language", "kept"), _cases(OF_SEVERAL))
def test_what_goes_back_over_years_wants_the_oldest_ones_day(language: str, kept: str) -> None:
    """Each year ends by itself; "from the beginning" and "all" are of several (Act 2:10)."""
    assert "years_kept_together" in codes(language, kept)


@pytest.mark.parametrize(("language", "kept"), _cases(OF_ONE))
def test_what_is_of_one_year_does_not(language: str, kept: str) -> None:
    assert codes(language, kept) == set()


@pytest.mark.parametrize(("language", "kept"), _cases(OVER))
def test_a_year_whose_time_is_over_is_read_however_it_is_written(language: str, kept: str) -> None:
    assert "keeping_over" in codes(language, kept)


@pytest.mark.parametrize(("language", "kept", "oldest"), IN_OTHER_YEARS)
def test_the_days_are_of_the_years_that_are_named(language: str, kept: str, oldest: str) -> None:
    """Else the letter promises to destroy some of it too early, or to keep it too long."""
    assert "kept_in_other_years" in codes(language, kept, oldest_on=oldest, oldest_until="2029-12-31")


@pytest.mark.parametrize(("language", "kept", "oldest"), IN_THEIR_YEARS)
def test_days_of_the_years_that_are_named_are_no_error(language: str, kept: str, oldest: str) -> None:
    assert codes(language, kept, oldest_on=oldest, oldest_until="2029-12-31") == set()


def test_a_financial_year_may_be_called_by_either_of_its_years() -> None:
    given = {"financial_year_end": "30.6.", "oldest_on": "2023-08-15", "oldest_until": "2030-12-31"}
    assert "kept_in_other_years" not in codes("fi", "laskut tilikausilta 2024–2025", **given)


@pytest.mark.parametrize(("language", "kept"), LEDGERS)
def test_a_ledger_is_a_book(language: str, kept: str) -> None:
    """Ten years and not six (Act 2:10)."""
    assert "kept_as_other_material" in codes(language, kept, material="vouchers")


def test_the_number_of_an_act_or_an_invoice_names_no_year() -> None:
    assert years.named("laki 1336/1997, lasku 2017-0031", "fi") == ()
    assert years.named("lasku 13/2013", "fi") == ()
