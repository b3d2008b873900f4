"""The album of letters, word for word, in the four voices; people review it here.

To renew it after a deliberate change of wording: `UPDATE_GOLDEN=1 pytest tests/test_replies_golden.py`, then read the
difference. A paragraph that stands in many letters is printed once, at the top, and referred to by its number.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from replies.album import VOICES, specimens

GOLDEN = Path(__file__).parent / "golden"
OFTEN = 15


def album(language: str, form: str) -> str:
    """All letters of one voice as one readable text."""
    letters = [(specimen.title, specimen.text) for specimen in specimens(language, form)]
    uses = Counter(paragraph for _, text in letters for paragraph in text.body.rstrip().split("\n\n"))
    numbers = {paragraph: f"[{number}]" for number, paragraph in enumerate(_often(uses), start=1)}
    pages = [f"{number}\n{paragraph}" for paragraph, number in numbers.items()]
    for title, text in letters:
        said = [numbers.get(paragraph, paragraph) for paragraph in text.body.rstrip().split("\n\n")]
        pages.append(f"=== {title} ===\n{text.subject}\n\n" + _flow(said))
    return "\n\n".join(pages) + "\n"


def _often(uses: Counter[str]) -> list[str]:
    return [paragraph for paragraph, count in uses.items() if count >= OFTEN]


def _flow(said: list[str]) -> str:
    """Join paragraphs by empty lines, and numbers that follow one another by spaces."""
    return re.sub(r"(?<=^)(\[\d+\])\n\n(?=\[\d+\]$)", r"\1 ", "\n\n".join(said), flags=re.MULTILINE)


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_letters_stand_word_for_word_in_the_golden_album(language: str, form: str) -> None:
    """No letter changes without somebody reading the change."""
    path = GOLDEN / (f"letters_{language}_{form}.txt" if language == "fi" else f"letters_{language}.txt")
    now = album(language, form)
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
    assert {word for word in TE_WORDS.findall(album("fi", "sina")) if word.lower() not in NO_SUFFIX} == set()


def test_the_formal_album_addresses_nobody_familiarly() -> None:
    """Not one sinä-form word in any te letter."""
    assert SINA_WORDS.findall(album("fi", "te")) == []


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_no_letter_lets_its_making_show(language: str, form: str) -> None:
    """No template mark, no unset value, no doubled stop or space in any letter."""
    for specimen in specimens(language, form):
        body = specimen.text.body
        assert not re.search(r"\{\{|\{%|\{#|\bNone\b(?! of)|Undefined|SimpleNamespace|Macro", body), specimen.title
        assert not re.search(r"[^.]\.\.(?!\.)|  | [.,;:](?:\s|$)|\n{3}|[ \t]\n", body), specimen.title
