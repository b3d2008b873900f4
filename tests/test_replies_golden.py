"""The album of letters, word for word, in the four voices; people review it here.

To renew it after a deliberate change of wording: `UPDATE_GOLDEN=1 pytest tests/test_replies_golden.py`, then read the
difference. A paragraph that stands in many letters is printed once, at the top, and referred to by its number.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from replies.album import VOICES, specimens
from replies.printing import as_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_letters_stand_word_for_word_in_the_golden_album(language: str, form: str) -> None:
    """No letter changes without somebody reading the change."""
    path = GOLDEN / (f"letters_{language}_{form}.txt" if language == "fi" else f"letters_{language}.txt")
    now = as_text(language, form)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


TE_WORDS = re.compile(
    r"\b(?:te|teitä|teille|teidän|teiltä|teistä|teihin|olette|voitte|saatte|jos ette)\b|\w+nne\b", re.IGNORECASE
)
SINA_WORDS = re.compile(r"\b(?:sinä|sinua|sinulle|sinun|sinulta|sinusta|sinuun|olet|voit|saat|jos et)\b", re.IGNORECASE)
NO_SUFFIX = {"sinne", "minne", "tänne", "jonne", "tilanne"}


def test_the_familiar_album_addresses_nobody_formally() -> None:
    """Not one te-form word in any sinä letter."""
    assert {word for word in TE_WORDS.findall(as_text("fi", "sina")) if word.lower() not in NO_SUFFIX} == set()


def test_the_formal_album_addresses_nobody_familiarly() -> None:
    """Not one sinä-form word in any te letter."""
    assert SINA_WORDS.findall(as_text("fi", "te")) == []


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_no_letter_lets_its_making_show(language: str, form: str) -> None:
    """No template mark, no unset value, no doubled stop or space in any letter."""
    for specimen in specimens(language, form):
        body = specimen.text.body
        assert not re.search(r"\{\{|\{%|\{#|\bNone\b(?! of)|Undefined|SimpleNamespace|Macro", body), specimen.title
        assert not re.search(r"[^.]\.\.(?!\.)|  | [.,;:](?:\s|$)|\n{3}|[ \t]\n", body), specimen.title
