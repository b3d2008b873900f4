"""Dates, names, citations and the authority's address as letters print them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies import authority, citations, filters
from replies.grounds import GROUNDS

EASTER = date(2026, 4, 5)


@pytest.mark.parametrize(
    ("language", "plain", "promised"),
    [
        ("fi", "5.4.2026", "su 5.4.2026"),
        ("sv", "5.4.2026", "sö 5.4.2026"),
        ("en", "5 April 2026", "Sun 5 April 2026"),
    ],
)
def test_a_date_has_no_leading_zeros_and_a_promised_one_its_weekday(language: str, plain: str, promised: str) -> None:
    """The same day in each language."""
    assert filters.day(EASTER, language) == plain
    assert filters.promised_day(EASTER, language) == promised


@given(st.dates())
def test_every_printed_date_is_found_again_as_a_date(value: date) -> None:
    """The linter's date pattern covers whatever letters print."""
    for language, pattern in filters.DATE_PATTERN.items():
        assert re.fullmatch(pattern, filters.day(value, language)) is not None or value.year < 1000


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a ja b"), (["a", "b", "c"], "a, b ja c")]
)
def test_lists_are_read_aloud(items: list[str], said: str) -> None:
    """Commas and one conjunction."""
    assert filters.listed(items, "fi") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vi raderade svaren.", "Vi raderade svaren."),
        ("öljyisimmät tiedot poistettiin.", "Öljyisimmät tiedot poistettiin."),
        ("“we erased the profile”.", "“We erased the profile”."),
        ("e-posten raderades.", "E-posten raderades."),
        ("Poistimme profiilin.", "Poistimme profiilin."),
        ("iPhone-sovelluksen tiedot poistettiin.", "iPhone-sovelluksen tiedot poistettiin."),
        ("profiili.example on suljettu.", "profiili.example on suljettu."),
        ("3 listaa tyhjennettiin.", "3 listaa tyhjennettiin."),
        ("", ""),
    ],
)
def test_what_stands_after_a_full_stop_begins_with_a_capital(text: str, said: str) -> None:
    """Save what is spelled otherwise: a brand, an address."""
    assert filters.capital(text) == said


@pytest.mark.parametrize(
    ("given_name", "greeted"),
    [
        ("Maija Virtanen", "Maija Virtanen"),
        ("Virtanen, Maija", "Maija Virtanen"),
        ('"Virtanen, Maija"', "Maija Virtanen"),
        ("Åke Öhman-Lind", "Åke Öhman-Lind"),
        ("Anna-Liisa K. O’Neill", "Anna-Liisa K. O’Neill"),
        ("Ma\u0308ki", "Mäki"),
        ("maija@kuurankukka.example", ""),
        ("Voita palkinto: http://paha.example", ""),
        ("{{7*7}}", ""),
        ("{% include 'x' %}", ""),
        ("Maija\nVirtanen", ""),
        ("Maija\r\nBcc: kaikki@paha.example", ""),
        ("A" * 200, ""),
        ("", ""),
    ],
)
def test_only_what_is_plainly_a_name_is_greeted(given_name: str, greeted: str) -> None:
    """A display name is the sender's free text."""
    assert filters.salutation_name(given_name) == greeted


@given(st.text())
def test_a_greeted_name_is_one_line_of_letters(name: str) -> None:
    """Whatever the mail gave, the greeting holds nothing but a name."""
    greeted = filters.salutation_name(name)
    assert all(sign.isalpha() or sign in " .-'’" for sign in greeted)


@given(st.text())
def test_no_control_character_survives_printing(text: str) -> None:
    """No NUL, no escape sequence, no bidirectional override; line breaks stay."""
    printed = filters.plain(f"{text}\0\x1b[2J\u202e\u2066\u200b\r\n{text}")
    assert not [sign for sign in printed if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cf"}]
    assert "\n" in printed


@given(st.text())
def test_a_fact_inside_a_sentence_is_one_line(text: str) -> None:
    """Line breaks of a fact never break a letter's sentence."""
    assert len(filters.phrase(text).splitlines()) <= 1


def test_a_sentence_gets_one_stop() -> None:
    """Neither none nor two."""
    assert filters.sentence("laskut") == filters.sentence("laskut.") == "laskut."
    assert filters.sentence("oletko varma?") == "oletko varma?"
    assert filters.sentence("  ") == ""
    assert filters.sentence("nimi\n- osoite.\n") == "nimi; osoite."


@pytest.mark.parametrize(
    ("reference", "language", "formal"),
    [
        ("GDPR 17(3)(e)", "fi", "EU:n yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta"),
        ("GDPR 12(3)", "fi", "EU:n yleisen tietosuoja-asetuksen 12 artiklan 3 kohta"),
        ("GDPR 19", "fi", "EU:n yleisen tietosuoja-asetuksen 19 artikla"),
        ("GDPR recital 63", "fi", "EU:n yleisen tietosuoja-asetuksen johdanto-osan 63 kappale"),
        ("1336/1997 2:10", "fi", "kirjanpitolain (1336/1997) 2 luvun 10\u00a0§"),
        ("1050/2018 34", "fi", "tietosuojalain (1050/2018) 34\u00a0§"),
        ("GDPR 17(3)(e)", "sv", "artikel 17.3 e i EU:s allmänna dataskyddsförordning"),
        ("1336/1997 2:10", "sv", "2 kap. 10\u00a0§ i bokföringslagen (1336/1997)"),
        ("GDPR 17(3)(e)", "en", "Article 17(3)(e) of the EU General Data Protection Regulation"),
        ("1336/1997 2:10", "en", "chapter 2, section 10 of the Accounting Act (1336/1997)"),
    ],
)
def test_citations_are_formal(reference: str, language: str, formal: str) -> None:
    """Each level inflected as the language wants."""
    assert citations.cite(reference, language) == formal


def test_what_is_no_reference_is_refused() -> None:
    """A typing error in a template never becomes a citation."""
    with pytest.raises(ValueError, match="GDPR 17c"):
        citations.cite("GDPR 17c", "fi")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_ground_s_citation_is_found_again(language: str) -> None:
    """What a letter cites, the linter recognises, whether or not its non-breaking space survived editing."""
    for grounds in GROUNDS.values():
        for reference in (reference for ground in grounds for reference in ground.provisions):
            text = citations.cite(reference, language).replace("\u00a0", " ")
            assert citations.provision(reference) in citations.cited(f"… ({text}).", language)


def test_the_authority_has_every_detail_in_every_language() -> None:
    """Name, two addresses, telephone, mail, web, and a day on which they were checked."""
    for language in ("fi", "sv", "en"):
        office = authority.ombudsman(language)
        assert all((office.name, office.visiting, office.postal, office.phone, office.email, office.web))
        assert office.checked_on >= date(2026, 1, 1)
        assert office.named_in(f"Kirjoittakaa: {office.postal}.")
        assert not office.named_in("Ratapihantie 9, 00520 Helsinki")


def test_templates_never_repeat_the_authority_s_details() -> None:
    """An office that moves is changed in one file."""
    data = tomllib.loads(resources.files("replies").joinpath("data/authority.toml").read_text(encoding="utf-8"))
    details = {data["email"], *(value for table in ("fi", "sv", "en") for value in data[table].values())}
    details -= {data[language]["name"] for language in ("fi", "sv", "en")}
    for template in _files(resources.files("replies") / "templates"):
        assert not [detail for detail in details if detail in template]


def _files(folder) -> list[str]:  # noqa: ANN001  # a Traversable, whose module moved between Python versions
    found: list[str] = []
    for entry in folder.iterdir():
        found += _files(entry) if entry.is_dir() else [entry.read_text(encoding="utf-8")]
    return found


@pytest.mark.parametrize(
    ("said", "language", "read"),
    [
        ("Posti Oy, Tilit Oy, Routa Oy", "fi", "Posti Oy, Tilit Oy ja Routa Oy"),
        ("Posti Ab, Tilit Ab", "sv", "Posti Ab och Tilit Ab"),
        ("Posti Ltd", "en", "Posti Ltd"),
        ("Posti Oy, Kone ja Rauta Oy", "fi", "Posti Oy, Kone ja Rauta Oy"),
        ("Tilit Oy (Espoo, Turku), Posti Oy", "fi", "Tilit Oy (Espoo, Turku), Posti Oy"),
    ],
)
def test_names_parted_by_commas_are_read_as_a_list(said: str, language: str, read: str) -> None:
    """What is no plain list, or has its "and", stays as it was written."""
    assert filters.named(said, language) == read
