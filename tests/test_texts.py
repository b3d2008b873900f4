"""The interface's catalogues: Finnish says everything, with the same placeholders."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from inbox_agent import texts

PACKAGE = Path(texts.__file__).parent
COMPLETE = ("fi",)


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


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    """No text of the interface falls back to English by oversight."""
    known = {message.id for message in catalogue(language) if message.id and message.string and not message.fuzzy}

    assert used() - known == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_no_translation_is_left_over(language: str) -> None:
    """A text that left the sources leaves the catalogue too."""
    assert {message.id for message in catalogue(language) if message.id} - used() == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_translations_name_only_placeholders_of_the_original(language: str) -> None:
    """A translation may leave a placeholder out of its singular, never invent one."""
    wrong = [
        (original, form)
        for message in catalogue(language)
        if message.id
        for original, form in translations(message)
        if not fields(form) <= fields(original)
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_source() -> None:
    """What is installed speaks as the source file says: nobody forgot to compile."""
    texts.use("fi")
    one = next(m for m in catalogue("fi") if m.id and isinstance(m.id, str))

    assert texts.gettext(str(one.id)) == one.string
