"""The interface's catalogues: every language says everything, with the same placeholders."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from inbox_agent import texts
from inbox_agent.dashboard import times
from inbox_agent.phrasing import days, words
from inbox_agent.phrasing.commands import form
from inbox_agent.rules.commands.model import Intent, Said

PACKAGE = Path(texts.__file__).parent
COMPLETE = tuple(language for language in texts.LANGUAGES if language != "en")  # the texts themselves are English


def used() -> set[str | tuple[str, ...]]:
    """Every text that the sources ask for; plurals as (singular, plural)."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=keywords)
    return {message for _file, _line, message, _comments, _context in found if message}


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "inbox_agent.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(message: Message) -> Iterator[tuple[str, str]]:
    """Pairs of original and translation, each form of a plural against the plural's original."""
    if isinstance(message.id, tuple):
        yield from ((message.id[1], form) for form in message.string)
    else:
        yield str(message.id), str(message.string)


def singular(message: Message) -> str | None:
    return message.string[0] if isinstance(message.id, tuple) else None


def whole(message: Message) -> bool:
    """Whether a text, and every form of a plural, is translated and not merely guessed."""
    forms = message.string if isinstance(message.id, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    """No text of the interface falls back to English by oversight."""
    known = {message.id for message in catalogue(language) if message.id and whole(message)}

    assert used() - known == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_no_translation_is_left_over(language: str) -> None:
    """A text that left the sources leaves the catalogue too."""
    assert {message.id for message in catalogue(language) if message.id} - used() == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_translations_have_the_placeholders_of_the_original(language: str) -> None:
    """No fact is lost or invented; only the singular of what is counted may leave out the number."""
    wrong = [
        (original, form)
        for message in catalogue(language)
        if message.id
        for original, form in translations(message)
        if fields(form) != fields(original) and not (form == singular(message) and fields(form) <= fields(original))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", COMPLETE)
def test_the_compiled_catalogue_is_the_source(language: str) -> None:
    """What is installed speaks as the source file says: nobody forgot to compile."""
    texts.use(language)
    one = next(m for m in catalogue(language) if m.id and isinstance(m.id, str))

    assert texts.gettext(str(one.id)) == one.string


@pytest.mark.parametrize(
    ("language", "day", "hour", "late"),
    [
        ("fi", "sunnuntaina 5.4.2026", "klo 9.05", "2 päivää myöhässä"),
        ("sv", "söndagen den 5.4.2026", "kl. 9.05", "2 dagar försenat"),
        ("en", "on Sunday 5.4.2026", "9:05", "2 days late"),
    ],
)
def test_days_hours_and_counts_are_written_as_the_language_does(language: str, day: str, hour: str, late: str) -> None:
    """Weekdays, clock times and plurals follow the interface's language; numbers of dates are Finland's."""
    texts.use(language)

    assert days.on(date(2026, 4, 5)) == day
    assert times.hour(datetime(2026, 4, 5, 6, 5, tzinfo=UTC)) == hour
    assert words.days_left(-2) == late


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("fi", "5.4.2026 klo 9.05", "sunnuntaina 5.4.2026 klo 9.05"),
        ("sv", "5.4.2026 kl. 9.05", "söndagen den 5.4.2026 kl. 9.05"),
        ("en", "5.4.2026 at 9:05", "on Sunday 5.4.2026 at 9:05"),
    ],
)
def test_an_hour_is_written_in_one_way_wherever_it_stands(language: str, moment: str, said: str) -> None:
    """In what happened, and in what was understood of a line."""
    texts.use(language)

    assert days.moment(datetime(2026, 4, 5, 6, 5, tzinfo=UTC)) == moment
    assert said in {told for _name, told in form(Said(Intent.REMIND_ME, {"when": "2026-04-05T09:05"}))}


def test_finnish_texts_cite_the_regulation_as_finnish_authorities_do() -> None:
    """Article and paragraph in words and in the genitive: "tietosuoja-asetuksen 12 artiklan 6 kohta"."""
    said = [str(message.string) for message in catalogue("fi") if message.id]

    assert [text for text in said if re.search(r"\d\(\d|GDPR|tietosuoja-asetus \d+ artik", text)] == []
